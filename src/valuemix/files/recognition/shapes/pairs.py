"""Columns in pairs under the head of each option: its score, and what that adds to the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import FloatArray

__all__ = ["are_pairs"]

_PAIR, _LEAST = 2, 4


def are_pairs(frame: Frame) -> bool:
    """Whether every group of columns is a score and that score times one weight a row, whatever they are called."""
    pairs = _grouped(frame)
    if len(pairs) < _PAIR or any(len(pair) != _PAIR for pair in pairs):
        return False
    columns = [column for pair in pairs for column in pair]
    rows = [r for r in frame.rows.places if np.isfinite(frame.grid.numbers[r, columns]).all()]
    return len(rows) >= _LEAST and any(
        all(_is_product(frame, rows, pair, weights) for pair in pairs)
        for weights in _weights(frame, rows, pairs)
    )


def _grouped(frame: Frame) -> list[list[int]]:
    """Columns of each group."""
    groups: dict[str, list[int]] = {}
    for column, group in frame.columns.groups.items():
        groups.setdefault(group, []).append(column)
    return [sorted(columns) for columns in groups.values()]


def _weights(frame: Frame, rows: Sequence[int], pairs: Sequence[Sequence[int]]) -> Iterator[FloatArray]:
    """What may weigh: a column beside the pairs, as it stands, in percent or as a share of its sum."""
    inside = {column for pair in pairs for column in pair}
    for column in frame.columns.places:
        numbers = frame.grid.numbers[rows, column]
        if column not in inside and np.isfinite(numbers).all() and np.ptp(numbers) > 0:
            yield from (numbers, numbers / 100, numbers / numbers.sum())


def _is_product(frame: Frame, rows: Sequence[int], pair: Sequence[int], weights: FloatArray) -> bool:
    score, product = frame.grid.numbers[np.ix_(rows, pair)].T
    places = decimals_of(frame.grid.texts[rows, pair[1]])
    return bool(equal_as_printed(score * weights, product, places).all())
