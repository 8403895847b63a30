"""Totals of raw values that are scored between two ends, such as euros between the dearest and the cheapest offer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.files.recognition.shapes.totals import Check, equal_as_printed
from valuemix.typing import BoolArray, FloatArray

__all__ = ["anchored_check"]

_MOST_TRIED, _CHANCE = 1_000_000, 1e-4
_FORMULA = "weighted mean of scaled values"
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
    if not compared.any() or not w.sum() > 0:
        return None
    ends = _ends(values[compared], anchors)
    if ends is None:
        return None
    turned = _turned(len(w), len(values)) if anchors is None else np.zeros((1, len(w)), dtype=bool)
    if _chance(totals[compared], places[compared], len(turned)) > _CHANCE:
        return None
    shares, units = w / w.sum(), np.clip((values - ends[0]) / (ends[1] - ends[0]), 0, 1)
    # Of a turned criterion 1 less its unit is weighed.
    means = turned @ shares + units @ (shares * np.where(turned, -1.0, 1.0)).T
    for expected in (lowest + width * means for lowest, width in _SCALES):
        right = equal_as_printed(expected, totals[:, None], places[:, None]) & compared[:, None]
        if (right.sum(axis=0) == compared.sum()).any():
            i = int(right.sum(axis=0).argmax())
            told = np.where(turned[i], ends[::-1], ends).T.tolist()
            of = dict(zip(criteria, map(tuple, told), strict=True))
            return Check(
                _FORMULA, expected[:, i], right[:, i], compared, criteria=tuple(criteria), anchors=of
            )
    return None


def _ends(values: FloatArray, anchors: FloatArray | None) -> FloatArray | None:
    """Anchors, else the extremes of each criterion; None where some are alike or missing."""
    ends = np.array([values.min(axis=0), values.max(axis=0)]) if anchors is None else anchors
    return ends if np.isfinite(ends).all() and (ends[0] != ends[1]).all() else None


def _chance(totals: FloatArray, places: FloatArray, tried: int) -> float:
    """Chance that one of so many ways gives all totals as printed; 1 where these are all alike."""
    slack, spread = 10.0 ** -float(places.max()), float(np.ptp(totals))
    return tried * len(_SCALES) * (slack / spread) ** (len(totals) - 1) if spread > slack else 1.0


def _turned(count: int, options: int) -> BoolArray:
    """All ways in which some of so many criteria may be turned, shape (2 ** K, K); no way where they are too many."""
    ways = 2**count if options * 2.0**count <= _MOST_TRIED else 0
    return np.asarray((np.arange(ways)[:, None] >> np.arange(count)) & 1 == 1)
