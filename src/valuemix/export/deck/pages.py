"""Tables that may go over several slides, so that nothing of them is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from valuemix.export.deck.measures import Column

__all__ = ["pages_of"]

MOST_ROWS, MOST_SENTENCES = 15, 7
MOST_COLUMNS = 8
"""Shaded columns; the names of the rows and what stands beside them come again on every slide."""


def pages_of(columns: Sequence[Column]) -> list[list[Column]]:
    """Parts of a table, about equally large, that fit one slide each.

    Examples
    --------
    >>> from valuemix.export.deck.measures import Cell
    >>> names = Column("Proposition", [Cell(f"P{place}") for place in range(20)])
    >>> scores = [Column(f"D{place}", [Cell("5.0")] * 20, "center") for place in range(4)]
    >>> [(len(page), len(page[0].cells)) for page in pages_of([names, *scores])]
    [(5, 10), (5, 10)]
    """
    shaded = [place for place, column in enumerate(columns) if column.align == "center"]
    rows = len(columns[0].cells)
    most = MOST_SENTENCES if any(column.lines > 2 for column in columns) else MOST_ROWS
    return [
        [
            replace(column, cells=column.cells[first : last + 1])
            for place, column in enumerate(columns)
            if column.align != "center" or place in shaded[left : right + 1]
        ]
        for left, right in _parts(len(shaded), MOST_COLUMNS)
        for first, last in _parts(rows, most)
    ]


def _parts(count: int, most: int) -> list[tuple[int, int]]:
    """First and last place of each of as few parts as there must be."""
    pieces = np.array_split(np.arange(count), max(-(-count // most), 1))
    return [(int(piece[0]), int(piece[-1])) for piece in pieces if len(piece)]
