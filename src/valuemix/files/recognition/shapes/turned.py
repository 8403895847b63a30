"""Totals in which some criteria count the other way round, such as 6 minus the note for noise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from valuemix.files.recognition.shapes.totals import Check, equal_as_printed
from valuemix.typing import FloatArray

__all__ = ["turned_check"]

_MOST_TURNED, _MOST_CRITERIA = 2, 16


def turned_check(
    values: FloatArray,
    weights: FloatArray | None,
    totals: FloatArray,
    places: FloatArray,
    criteria: Sequence[int],
    *,
    least: int = 4,
) -> Check | None:
    """Weighted sum or mean that gives every total with one criterion or two taken from a whole number; None where none.

    The number is the sum of the ends of the scale, such as 6 for notes of 1 to 5, and nobody need tell it: it follows
    from each total, and has to be the same in all of them.

    Parameters
    ----------
    values : array, shape (n, K)
        Options by criteria.
    weights : array, shape (K,), optional
        Equal where there are none.
    totals, places : array, shape (n,)
        Totals, and the decimals that each is printed with.
    criteria : sequence of int
        Columns of the criteria, of which the check names those that are turned.
    least : int
        Totals that it takes at least: fewer could come out by chance.
    """
    compared = np.isfinite(totals) & np.isfinite(values).all(axis=1)
    w = np.ones(values.shape[1]) if weights is None else weights
    if compared.sum() < least or not np.isfinite(w).all() or len(criteria) > _MOST_CRITERIA:
        return None
    cells = values[compared]
    for how, whole in (("weighted mean", w.sum()), ("weighted sum", 1.0), ("weighted sum", 100.0)):
        for turned in _turned(w):
            added = _added(cells, w, totals[compared] * whole, turned)
            expected = np.full(len(totals), np.nan)
            expected[compared] = added / whole
            right = equal_as_printed(expected, totals, places) & compared
            if right.sum() == compared.sum():
                return Check(how, expected, right, compared, turned=tuple(criteria[i] for i in turned))
    return None


def _turned(weights: FloatArray) -> Iterator[tuple[int, ...]]:
    """One criterion that has a weight, or two."""
    weighed = np.flatnonzero(weights).tolist()
    for count in range(1, min(_MOST_TURNED, len(weighed) - 1) + 1):
        yield from itertools.combinations(weighed, count)


def _added(cells: FloatArray, weights: FloatArray, totals: FloatArray, turned: Sequence[int]) -> FloatArray:
    """Weighted sums with some criteria taken from the whole number that the totals are nearest to."""
    signs = np.ones(len(weights))
    signs[list(turned)] = -1.0
    bare = cells @ (weights * signs)
    own = weights[list(turned)].sum()
    number = np.round(np.median((totals - bare) / own)) if own else 0.0
    return np.asarray(bare + own * number)
