"""How wide, how high and in which font size a table is set, so that it fits its box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from valuemix.exhibits.lettering import text_width
from valuemix.exhibits.wording import short_names
from valuemix.export.deck.colors import INK, Paint
from valuemix.export.deck.text import LINE, lines_of, points_of

__all__ = ["PAD", "SIDE", "Cell", "Column", "Measures", "heading_size", "measured"]

SIZES = (14, 13, 12, 11, 10, 9)
CUT_SIZES = (12, 11, 10, 9)
"""Font sizes to try again with where names have to be cut."""

PROSE_SIZE = 10
"""Smallest font size of sentences: rather fewer rows than sentences that nobody can read."""

SIDE = 7.0
"""Margin at the left and right of a cell in points."""

PAD = 0.25
"""Margin above and below a text in font sizes."""

CUT_NAMES = {2: 24.0, 1: 17.0}
"""Widest that a name is in font sizes where it is cut to two lines, and to one."""

WORD, CUT_WORD = 17.0, 9.0
"""Longest word that a column makes room for, in font sizes; longer ones are broken."""

BESIDE = 0.35
"""Share of the width that names may take beside shaded cells where they are cut."""

HEAD_LINES = 3
"""Lines of a heading that is cut."""


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
        Lines that a text may take; more than two for sentences, which are cut last.
    note : str
        Stands in brackets after the heading, however much of that is cut.
    """

    heading: str
    cells: Sequence[Cell]
    align: Literal["left", "right", "center"] = "left"
    lines: int = 2
    note: str = ""

    @property
    def head(self) -> str:
        """Heading with its note."""
        return f"{self.heading} ({self.note})" if self.note else self.heading


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

    First the size falls, then names are cut, then the last columns and rows are left out.

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
    for found in _attempts(columns, width):
        if found is not None and sum(found.heights) <= height:
            return _airy(found, height)
    return _left_out(columns, width, height)


def _attempts(columns: Sequence[Column], width: float) -> Iterator[Measures | None]:
    """The table in smaller and smaller sizes, then with names cut."""
    smallest = PROSE_SIZE if any(map(_is_prose, columns)) else 0
    for size in (size for size in SIZES if size >= smallest):
        yield _at(columns, size, width)
    for lines in (2, 1):
        for size in (size for size in CUT_SIZES if size >= smallest):
            yield _at(_shortened(columns, size, width, lines), size, width, cut=True)


def _is_prose(column: Column) -> bool:
    return column.lines > 2


def _left_out(columns: Sequence[Column], width: float, height: float) -> Measures:
    """The first columns and rows, as many as fit in the smallest size."""
    size = PROSE_SIZE if any(map(_is_prose, columns)) else SIZES[-1]
    kept = _shortened(columns, size, width, 2 if size == PROSE_SIZE else 1)
    found = _at(kept, size, width, cut=True)
    for lines in (2, 1) if found is None else ():
        cut = [replace(each, lines=min(each.lines, lines)) for each in columns]
        kept = _shortened(cut, SIZES[-1], width, lines)
        found = found or _at(kept, SIZES[-1], width, cut=True)
    while found is None:
        found, kept = _at(kept, SIZES[-1], width, cut=True), kept[:-1]
    rows = len(found.heights) - 1
    while rows > 1 and sum(found.heights[: rows + 1]) > height:
        rows -= 1
    shown = [replace(column, cells=column.cells[:rows]) for column in found.columns]
    return replace(found, columns=shown, heights=found.heights[: rows + 1])


def _shortened(columns: Sequence[Column], size: float, width: float, lines: int) -> list[Column]:
    """Columns with names and headings cut, still different from each other."""
    named = [c for c in columns if c.align == "left" and not _is_prose(c)]
    others = [c for c in columns if c.align == "right" or _is_prose(c)]
    centered = [c for c in columns if c.align == "center"]
    room = BESIDE * width if centered else width - sum(_needs(c, size, cut=True)[0] for c in others)
    wide = (room / max(len(named), 1) - 2 * SIDE) / points_of("0", size) * text_width("0") * lines * 0.85
    names = [_short_names(c, lines, min(wide, CUT_NAMES[lines])) if c in named else c for c in columns]
    return _short_heads(names, size, width) if centered else names


def _short_names(column: Column, lines: int, wide: float) -> Column:
    names = list(dict.fromkeys(cell.text for cell in column.cells))
    short = dict(zip(names, short_names(names, max(wide, 5.0)), strict=True))
    return replace(column, cells=[replace(cell, text=short[cell.text]) for cell in column.cells], lines=lines)


def _short_heads(columns: Sequence[Column], size: float, width: float) -> list[Column]:
    """Headings of shaded columns cut to what these can have in width."""
    centered = [column for column in columns if column.align == "center"]
    taken = sum(_needs(column, size, cut=True)[0] for column in columns if column.align != "center")
    room = max((width - taken) / len(centered) - 2 * SIDE, 0.0)
    wide = HEAD_LINES * 0.8 * room / points_of("0", heading_size(size), bold=True) * text_width("0")
    note = max(text_width(f" ({column.note})") if column.note else 0.0 for column in centered)
    heads = iter(short_names([column.heading for column in centered], max(wide - note, 3.0)))
    return [replace(c, heading=next(heads)) if c.align == "center" else c for c in columns]


def _at(columns: Sequence[Column], size: float, width: float, *, cut: bool = False) -> Measures | None:
    """The table in a font size; None where it is too wide."""
    least, wished = zip(*(_needs(column, size, cut=cut) for column in columns), strict=True)
    room = width - sum(least)
    if room < -0.01 and len(columns) > 1:
        return None
    more = [wish - need for need, wish in zip(least, wished, strict=True)]
    if sum(more) > room:
        widths = [need + extra * room / sum(more) for need, extra in zip(least, more, strict=True)]
    else:
        widths = _spread(columns, list(wished), width)
    return Measures(list(columns), size, widths, _heights(columns, widths, size))


def _needs(column: Column, size: float, *, cut: bool) -> tuple[float, float]:
    """Least and wished width of a column with its margins; headings that are cut take what there is."""
    head = points_of(column.head, heading_size(size), bold=True)
    words = max(points_of(word, heading_size(size), bold=True) for word in column.head.split(" "))
    head_least = max(min(words, 7 * size), head / HEAD_LINES * 1.2 if head > 12 * size else head / 2 * 1.1)
    head_least = 0.0 if cut and column.align == "center" else head_least
    widest = max((points_of(cell.text, size, bold=cell.bold) for cell in column.cells), default=0.0)
    margins = 2 * SIDE + 0.5
    if column.align != "left":
        return max(widest, head_least) + margins, max(widest, head_least, min(head, 9 * size)) + margins
    longest = max(
        (_longest_word(cell, size, CUT_WORD if cut else WORD) for cell in column.cells), default=0.0
    )
    wrapped = widest / column.lines * (1.15 if column.lines > 1 else 1.0)
    return max(wrapped, longest, head_least) + margins, max(widest, head) + margins


def _longest_word(cell: Cell, size: float, most: float) -> float:
    words = (points_of(word, size, bold=cell.bold) for word in cell.text.split(" "))
    return min(max(words), most * size)


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
        lines_of(column.head, room, small, bold=True) for column, room in zip(columns, inner, strict=True)
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
