"""How wide and high the cells and columns of a table are in a font size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.charts.table import Cell, Column
from valuemix.export.pptx.page.text import LINE, lines_of, points_of
from valuemix.typing import BoolArray, FloatArray

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
    least, wished = np.array([needs(column, size, cut=cut) for column in columns]).T
    room = width - least.sum()
    if room < -0.01 and len(columns) > 1:
        return None
    if wished.sum() > width:
        widths = _shared(columns, least, wished, size, room)
    else:
        widths = _spread(np.array([column.align == "center" for column in columns]), wished, width)
    return Measures(list(columns), size, widths.tolist(), _heights(columns, widths, size))


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
    columns: Sequence[Column], least: FloatArray, wished: FloatArray, size: float, room: float
) -> FloatArray:
    """Widths where there is room for some wishes: short names first, that they stay on one line."""
    brief = np.array([column.align == "left" for column in columns]) & (wished <= SHORT * size)
    widths = least
    for turn in (brief, ~brief):
        more = np.where(turn, wished - least, 0.0)
        part = min(room / more.sum(), 1.0) if more.any() else 0.0
        widths = widths + part * more
        room -= part * more.sum()
    return widths


def _spread(shaded: BoolArray, wished: FloatArray, width: float) -> FloatArray:
    """Widths that fill the box: shaded cells become equally wide, others grow in proportion."""
    if not shaded.any():
        return np.asarray(wished * width / wished.sum())
    rest = (width - wished.sum()) / shaded.sum()
    equal = wished[shaded].mean() + rest
    if equal < wished[shaded].max():
        return np.asarray(wished + rest * shaded)
    return np.where(shaded, equal, wished)


def _heights(columns: Sequence[Column], widths: FloatArray, size: float) -> list[float]:
    """Height of the heads and of every row."""
    small = heading_size(size)
    room = [float(width) - 2 * SIDE for width in widths]
    heads = [lines_of(c.head, wide, small, bold=True) for c, wide in zip(columns, room, strict=True)]
    result = [max(heads) * small * LINE + 2 * PAD * size + 3]
    for row in zip(*(column.cells for column in columns), strict=True):
        lines = [
            lines_of(cell.text, wide, size, bold=cell.bold) for cell, wide in zip(row, room, strict=True)
        ]
        result.append(max(lines) * size * LINE + 2 * PAD * size)
    return result
