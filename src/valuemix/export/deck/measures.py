"""How wide, how high and in which font size a table is set, so that it fits its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from valuemix.exhibits.wording import short_names
from valuemix.export.deck.colors import INK, Paint
from valuemix.export.deck.text import LINE, cut_to, lines_of, points_of

__all__ = ["PAD", "SIDE", "Cell", "Column", "Measures", "heading_size", "measured"]

SIZES = (14, 13, 12, 11, 10, 9)
SMALL_SIZES = (12, 11, 10, 9)
"""Font sizes to try again with where texts have to be cut."""

SIDE = 7.0
"""Margin at the left and right of a cell in points."""

PAD = 0.25
"""Margin above and below a text in font sizes."""

NAME = 17.0
"""Widest that names have to be, in font sizes; longer ones are cut."""


@dataclass(frozen=True)
class Cell:
    """One cell; a marked one is outlined."""

    text: str
    bold: bool = False
    paint: Paint = INK
    fill: Paint | None = None
    marked: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : str
        Above it.
    cells : sequence of Cell
        One a row.
    align : {"left", "right", "center"}
        Texts stand left and may wrap; numbers stand right, or in the centre of shaded cells.
    lines : int
        Lines that a text may take.
    """

    heading: str
    cells: Sequence[Cell]
    align: Literal["left", "right", "center"] = "left"
    lines: int = 2


@dataclass(frozen=True)
class Measures:
    """A table that fits: columns with their texts as shown; sizes in points, that of the heads first."""

    columns: list[Column]
    size: float
    widths: list[float]
    heights: list[float]


def heading_size(size: float) -> float:
    """Font size of the heads of columns."""
    return max(size - 2, 8)


def measured(columns: Sequence[Column], width: float, height: float) -> Measures:
    """Font size, widths and heights with which a table fits.

    First the size falls, then texts are cut, then the last columns and rows are left out.

    Parameters
    ----------
    columns : sequence of Column
    width, height : float
        Room in points.

    Examples
    --------
    >>> names = Column("Proposition", [Cell("Express"), Cell("Green line")])
    >>> values = Column("Value", [Cell("5.5"), Cell("5.0")], "right")
    >>> found = measured([names, values], 400, 200)
    >>> found.size, round(sum(found.widths)), len(found.heights)
    (14, 400, 3)
    """
    for size in SIZES:
        found = _at(columns, size, width)
        if found is not None and sum(found.heights) <= height:
            return _airy(found, height)
    for size in SMALL_SIZES:
        found = _at([_short(column, size) for column in columns], size, width)
        if found is not None and sum(found.heights) <= height:
            return _airy(found, height)
    return _left_out([_short(column, SIZES[-1]) for column in columns], width, height)


def _left_out(columns: Sequence[Column], width: float, height: float) -> Measures:
    """The first columns and rows, as many as fit in the smallest size."""
    found = None
    kept = list(columns)
    while found is None:
        found = _at(kept, SIZES[-1], width)
        kept = kept[:-1]
    rows = len(found.heights) - 1
    while rows > 1 and sum(found.heights[: rows + 1]) > height:
        rows -= 1
    shown = [replace(column, cells=column.cells[:rows]) for column in found.columns]
    return replace(found, columns=shown, heights=found.heights[: rows + 1])


def _short(column: Column, size: float) -> Column:
    """Texts of a column on one line, names still different from each other."""
    if column.align != "left":
        return column
    names = [cell.text for cell in column.cells]
    short = dict(zip(dict.fromkeys(names), short_names(list(dict.fromkeys(names)), NAME), strict=True))
    cells = [replace(cell, text=short[cell.text]) for cell in column.cells]
    return replace(column, heading=cut_to(column.heading, NAME * size, size, 1), cells=cells, lines=1)


def _at(columns: Sequence[Column], size: float, width: float) -> Measures | None:
    """The table in a font size; None where it is too wide."""
    least, wished = zip(*(_needs(column, size) for column in columns), strict=True)
    room = width - sum(least)
    if room < -0.01 and len(columns) > 1:
        return None
    more = [wish - need for need, wish in zip(least, wished, strict=True)]
    if sum(more) > room:
        widths = [need + extra * room / sum(more) for need, extra in zip(least, more, strict=True)]
    else:
        widths = _spread(columns, list(wished), width)
    return Measures(list(columns), size, widths, _heights(columns, widths, size))


def _needs(column: Column, size: float) -> tuple[float, float]:
    """Least and wished width of a column with its margins."""
    head = points_of(column.heading, heading_size(size), bold=True)
    words = max(points_of(word, heading_size(size), bold=True) for word in column.heading.split(" "))
    head_least = max(min(words, 7 * size), head / 3 * 1.2 if head > 12 * size else head / 2 * 1.1)
    cells = [points_of(cell.text, size, bold=cell.bold) for cell in column.cells]
    widest = max(cells, default=0.0)
    if column.align != "left":
        return max(widest, head_least) + 2 * SIDE + 0.5, max(
            widest, head_least, min(head, 9 * size)
        ) + 2 * SIDE + 0.5
    longest = max((_longest_word(cell, size) for cell in column.cells), default=0.0)
    wrapped = widest / column.lines * (1.15 if column.lines > 1 else 1.0)
    return max(wrapped, longest, head_least) + 2 * SIDE, max(widest, head) + 2 * SIDE + 0.5


def _longest_word(cell: Cell, size: float) -> float:
    words = (points_of(word, size, bold=cell.bold) for word in cell.text.split(" "))
    return min(max(words), NAME * size)


def _spread(columns: Sequence[Column], wished: list[float], width: float) -> list[float]:
    """Widths that fill the box: shaded cells become equally wide, others grow in proportion."""
    centered = [place for place, column in enumerate(columns) if column.align == "center"]
    rest = width - sum(wished)
    if not centered:
        return [wish * width / sum(wished) for wish in wished]
    equal = (sum(wished[place] for place in centered) + rest) / len(centered)
    if equal < max(wished[place] for place in centered):
        return [
            wish + (rest / len(centered) if place in centered else 0.0) for place, wish in enumerate(wished)
        ]
    return [equal if place in centered else wish for place, wish in enumerate(wished)]


def _heights(columns: Sequence[Column], widths: Sequence[float], size: float) -> list[float]:
    """Height of the heads and of every row."""
    inner = [width - 2 * SIDE for width in widths]
    small = heading_size(size)
    heads = [
        lines_of(column.heading, room, small, bold=True) for column, room in zip(columns, inner, strict=True)
    ]
    result = [max(heads) * small * LINE + 2 * PAD * size + 3]
    for row in zip(*(column.cells for column in columns), strict=True):
        lines = max(
            lines_of(cell.text, room, size, bold=cell.bold) for cell, room in zip(row, inner, strict=True)
        )
        result.append(lines * size * LINE + 2 * PAD * size)
    return result


def _airy(found: Measures, height: float) -> Measures:
    """The same with higher rows where there is room for them."""
    rows = len(found.heights) - 1
    spare = (height - sum(found.heights)) / max(rows, 1)
    extra = min(spare, 1.6 * found.size)
    return replace(found, heights=[found.heights[0], *(each + extra for each in found.heights[1:])])
