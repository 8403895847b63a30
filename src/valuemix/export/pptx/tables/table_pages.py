"""Tables that go over as many slides as they need, so that nothing of them is left out or too small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from valuemix.charts.table import Column
from valuemix.export.pptx.tables.table_fit import fit_table
from valuemix.export.pptx.tables.table_measures import Measures

__all__ = ["pages_of"]


def pages_of(columns: Sequence[Column], width: float, height: float) -> list[list[Column]]:
    """Parts of a table, about equally large, each of which fits a slide as a whole.

    Parameters
    ----------
    columns : sequence of Column
        With equally many cells; shaded ones are parted, the others come again on every slide. Without cells
        there is no part.
    width, height : float
        Room in points.

    Examples
    --------
    >>> from valuemix.charts.table import Cell
    >>> names = Column("Proposition", [Cell(f"P{place}") for place in range(40)])
    >>> scores = [Column(f"D{place}", [Cell("5.0")] * 40, "center") for place in range(4)]
    >>> [(len(page), len(page[0].cells)) for page in pages_of([names, *scores], 800, 330)]
    [(5, 20), (5, 20)]
    """
    if not columns or not columns[0].cells:
        return []
    shaded = [place for place, column in enumerate(columns) if column.align == "center"]
    rows = len(columns[0].cells)

    def fitted(across: int, down: int) -> list[tuple[list[Column], Measures]]:
        return [(page, fit_table(page, width, height)) for page in _parted(columns, shaded, across, down)]

    def is_wide(across: int) -> bool:
        return all(len(found.columns) == len(page) for page, found in fitted(across, 1))

    def is_high(down: int) -> bool:
        return all(len(found.heights) == len(page[0].cells) + 1 for page, found in fitted(across, down))

    across = next(filter(is_wide, range(1, len(shaded) + 1)), len(shaded) or 1)
    down = next(filter(is_high, range(1, rows + 1)), rows)
    return _parted(columns, shaded, across, down)


def _parted(columns: Sequence[Column], shaded: list[int], across: int, down: int) -> list[list[Column]]:
    return [
        [
            replace(column, cells=column.cells[first : last + 1])
            for place, column in enumerate(columns)
            if column.align != "center" or place in shaded[left : right + 1]
        ]
        for left, right in _ends(len(shaded), across)
        for first, last in _ends(len(columns[0].cells), down)
    ]


def _ends(count: int, parts: int) -> list[tuple[int, int]]:
    """First and last place of each of some parts."""
    pieces = np.array_split(np.arange(count), max(parts, 1))
    return [(int(piece[0]), int(piece[-1])) for piece in pieces if len(piece)] or [(0, -1)]
