"""How wide and high the cells and columns of a table are in a font size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valuemix.charts.table import Cell, Column
from valuemix.export.pptx.page.text import LINE, lines_of, points_of

__all__ = ["HEAD_LINES", "SIDE", "Measures", "heading_size", "measured", "needs"]

SIDE = 7.0
"""Margin at the left and right of a cell in points."""

PAD = 0.25
"""Margin above and below a text in font sizes."""

WORD, CUT_WORD = 17.0, 9.0
"""Longest word that a column makes room for, in font sizes; longer ones are broken."""

SHORT = 14.0
"""Width of names that should not be broken, in font sizes."""

HEAD_LINES = 3
"""Lines of a heading that is cut."""


@dataclass(frozen=True)
class Measures:
    """A table that fits: columns with their texts as shown; sizes in points, that of the heads first."""

    columns: list[Column]
    size: float
    widths: list[float]
    heights: list[float]


def heading_size(size: float) -> float:
    """Font size of the heads of columns."""
    return max(size - 2, 9)


def measured(columns: Sequence[Column], size: float, width: float, *, cut: bool = False) -> Measures | None:
    """The table in a font size; None where it is too wide.

    Parameters
    ----------
    columns : sequence of Column
    size : float
        Font size in points.
    width : float
        Room in points.
    cut : bool
        Whether names and headings have been cut: then they may be broken anywhere.
    """
    least, wished = zip(*(needs(column, size, cut=cut) for column in columns), strict=True)
    room = width - sum(least)
    if room < -0.01 and len(columns) > 1:
        return None
    full = sum(wished) > width
    widths = _shared(columns, least, wished, size, room) if full else _spread(columns, list(wished), width)
    return Measures(list(columns), size, widths, _heights(columns, widths, size))


def needs(column: Column, size: float, *, cut: bool) -> tuple[float, float]:
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


def _shared(
    columns: Sequence[Column], least: Sequence[float], wished: Sequence[float], size: float, room: float
) -> list[float]:
    """Widths where there is room for some wishes: short names first, that they stay on one line."""
    brief = [c.align == "left" and wish <= SHORT * size for c, wish in zip(columns, wished, strict=True)]
    widths = list(least)
    for turn in (True, False):
        own = zip(least, wished, brief, strict=True)
        more = [wish - need if is_brief == turn else 0.0 for need, wish, is_brief in own]
        part = min(room / sum(more), 1.0) if sum(more) else 0.0
        widths = [width + part * extra for width, extra in zip(widths, more, strict=True)]
        room -= part * sum(more)
    return widths


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
