"""Totals of raw values that are scored between two ends, such as euros between the dearest and the cheapest offer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.files.recognition.shapes.totals import Check, equal_as_printed
from valuemix.typing import BoolArray, FloatArray

__all__ = ["anchored_check"]

_MOST_CRITERIA, _CHANCE = 12, 1e-4
_SCALES = ((0.0, 1.0), (0.0, 10.0), (0.0, 100.0), (0.0, 5.0), (1.0, 4.0), (1.0, 9.0))
"""Score of the worst value, and how much more the best one has."""


def anchored_check(
    values: FloatArray,
    weights: FloatArray | None,
    totals: FloatArray,
    places: FloatArray,
    criteria: Sequence[int],
    anchors: FloatArray | None = None,
) -> Check | None:
    """Weighted mean of scores between two ends that gives every total; None where none does.

    The ends are those that the owner tells, else the least and the greatest value of each criterion, of which either
    may be the best: what the totals say decides.

    Parameters
    ----------
    values : array, shape (n, K)
        Options by criteria.
    weights : array, shape (K,), optional
        Equal where there are none.
    totals, places : array, shape (n,)
        Totals, and the decimals that each is printed with.
    criteria : sequence of int
        Columns of the criteria, by which the check tells their ends.
    anchors : array, shape (2, K), optional
        Worst and best values.
    """
    w = np.ones(values.shape[1]) if weights is None else weights
    compared = np.isfinite(totals) & np.isfinite(values).all(axis=1)
    if not compared.any() or not np.isfinite(w).all() or w.sum() <= 0 or len(w) > _MOST_CRITERIA:
        return None
    worst, best = (values[compared].min(axis=0), values[compared].max(axis=0)) if anchors is None else anchors
    if not np.isfinite([worst, best]).all() or (worst == best).any():
        return None
    turned = _turned(len(w)) if anchors is None else np.zeros((1, len(w)), dtype=bool)
    shares, units = w / w.sum(), np.clip((values - worst) / (best - worst), 0, 1)
    # Of a turned criterion 1 less its unit is weighed.
    means = turned @ shares + units @ (shares * np.where(turned, -1.0, 1.0)).T
    slack, spread = 10.0 ** -float(places[compared].max()), float(np.ptp(totals[compared]))
    chance = len(turned) * len(_SCALES) * (slack / spread) ** (compared.sum() - 1) if spread > slack else 1.0
    if chance > _CHANCE:
        return None
    for lowest, width in _SCALES:
        right = equal_as_printed(lowest + width * means, totals[:, None], places[:, None]) & compared[:, None]
        for found in np.flatnonzero(right.sum(axis=0) == compared.sum()).tolist():
            ends = np.where(turned[found], [best, worst], [worst, best]).T
            return Check(
                "weighted mean of scaled values",
                np.asarray(lowest + width * means[:, found]),
                right[:, found],
                compared,
                chance=float(chance),
                criteria=tuple(criteria),
                anchors={c: (float(a), float(b)) for c, (a, b) in zip(criteria, ends.tolist(), strict=True)},
            )
    return None


def _turned(count: int) -> BoolArray:
    """All ways in which some of so many criteria may be turned, shape (2 ** K, K)."""
    return np.asarray((np.arange(2**count)[:, None] >> np.arange(count)) & 1 == 1)
