"""How a table is made to fit its box: smaller, with names cut, and only then with rows left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from valuemix.charts.table import Column
from valuemix.exhibits.words.lettering import text_width
from valuemix.exhibits.words.wording import short_names, shortened
from valuemix.export.pptx.page.text import points_of
from valuemix.export.pptx.tables.table_measures import (
    HEAD_LINES,
    SIDE,
    Measures,
    heading_size,
    measured,
    needs,
)

__all__ = ["SMALLEST", "fit_table"]

SIZES = (14, 13, 12, 11, 10, 9)
SMALLEST = SIZES[-1]
CUT_SIZES = (12, 11, 10, 9)
"""Font sizes to try again with where names have to be cut."""

PROSE_SIZE = 10
"""Smallest font size of sentences: rather fewer rows than sentences that nobody can read."""

CUT_NAMES = {2: 24.0, 1: 17.0}
"""Widest that a name is in font sizes where it is cut to two lines, and to one."""

BESIDE = 0.35
"""Share of the width that names may take beside shaded cells where they are cut."""


def fit_table(columns: Sequence[Column], width: float, height: float) -> Measures:
    """Font size, widths and heights with which a table fits.

    First the size falls, then names are cut, then the last columns and rows are left out.

    Parameters
    ----------
    columns : sequence of Column
    width, height : float
        Room in points.

    Examples
    --------
    >>> from valuemix.charts.table import Cell
    >>> names = Column("Proposition", [Cell("Express"), Cell("Green line")])
    >>> values = Column("Value", [Cell("5.5"), Cell("5.0")], "right")
    >>> found = fit_table([names, values], 400, 200)
    >>> found.size, round(sum(found.widths)), len(found.heights)
    (14, 400, 3)
    """
    for found in _attempts(columns, width):
        if found is not None and sum(found.heights) <= height:
            return _airy(found, height)
    return _left_out(columns, width, height)


def _attempts(columns: Sequence[Column], width: float) -> Iterator[Measures | None]:
    """The table in smaller and smaller sizes, then with names cut to two lines, then to one."""
    smallest = PROSE_SIZE if any(map(_is_sentences, columns)) else 0
    for size in (size for size in SIZES if size >= smallest):
        yield measured(columns, size, width)
    for lines in (2, 1):
        for size in (size for size in CUT_SIZES if size >= smallest):
            yield _cut(columns, size, width, lines)


def _left_out(columns: Sequence[Column], width: float, height: float) -> Measures:
    """The first columns and rows, as many as fit in the smallest size."""
    found = next(filter(None, _narrow(columns, width)))
    rows = max(sum(high <= height for high in accumulate(found.heights)) - 1, 1)
    shown = [replace(column, cells=column.cells[:rows]) for column in found.columns]
    return replace(found, columns=shown, heights=found.heights[: rows + 1])


def _narrow(columns: Sequence[Column], width: float) -> Iterator[Measures | None]:
    """The table in the smallest size, then with sentences on fewer lines, then without its last columns."""
    prose = any(map(_is_prose, columns))
    yield _cut(columns, PROSE_SIZE if prose else SIZES[-1], width, 2 if prose else 1)
    for lines in (2, 1):
        brief = [replace(each, lines=min(each.lines, lines)) for each in columns]
        yield _cut(brief, SIZES[-1], width, lines)
    kept = _shortened(brief, SIZES[-1], width, 1)
    for count in range(len(kept) - 1, 0, -1):
        yield measured(kept[:count], SIZES[-1], width, cut=True)


def _cut(columns: Sequence[Column], size: float, width: float, lines: int) -> Measures | None:
    return measured(_shortened(columns, size, width, lines), size, width, cut=True)


def _is_prose(column: Column) -> bool:
    return column.lines > 2


def _is_sentences(column: Column) -> bool:
    return _is_prose(column) and not any(cell.ground for cell in column.cells)


def _is_name(column: Column) -> bool:
    return column.align == "left" and not _is_prose(column)


def _shortened(columns: Sequence[Column], size: float, width: float, lines: int) -> list[Column]:
    """Columns with names and headings cut, still different from each other."""
    if any(column.align == "center" for column in columns):
        room = BESIDE * width
    else:
        room = width - sum(needs(c, size, cut=True)[0] for c in columns if not _is_name(c))
    count = max(sum(map(_is_name, columns)), 1)
    wide = (room / count - 2 * SIDE) / points_of("0", size) * text_width("0") * lines * 0.85
    wide = min(wide, CUT_NAMES[lines])
    return _short_heads([_short_names(c, lines, wide) if _is_name(c) else c for c in columns], size, width)


def _short_names(column: Column, lines: int, wide: float) -> Column:
    short = shortened(list(dict.fromkeys(cell.text for cell in column.cells)), max(wide, 5.0))
    return replace(column, cells=[replace(cell, text=short[cell.text]) for cell in column.cells], lines=lines)


def _short_heads(columns: list[Column], size: float, width: float) -> list[Column]:
    """Headings of shaded columns cut to what these can have in width."""
    centered = [column for column in columns if column.align == "center"]
    if not centered:
        return columns
    taken = sum(needs(column, size, cut=True)[0] for column in columns if column.align != "center")
    room = max((width - taken) / len(centered) - 2 * SIDE, 0.0)
    wide = HEAD_LINES * 0.8 * room / points_of("0", heading_size(size), bold=True) * text_width("0")
    note = max(text_width(f" ({column.note})") if column.note else 0.0 for column in centered)
    heads = iter(short_names([column.heading for column in centered], max(wide - note, 3.0)))
    return [replace(c, heading=next(heads)) if c.align == "center" else c for c in columns]


def _airy(found: Measures, height: float) -> Measures:
    """The same with higher rows where there is room for them."""
    rows = len(found.heights) - 1
    spare = (height - sum(found.heights)) / max(rows, 1)
    extra = min(spare, 1.6 * found.size)
    return replace(found, heights=[found.heights[0], *(each + extra for each in found.heights[1:])])
