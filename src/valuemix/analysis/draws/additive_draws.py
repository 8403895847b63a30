"""Values of draws that are sums of scores with shared errors: worked out without a draw of every score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.analysis.draws.score_draws import ROUNDING, ScoreDoubt, is_kept, kept_errors, triangular
from valuemix.typing import FloatArray

__all__ = ["added_values"]

MOST_ODD = 1 / 8
"""Of all scores, as many as are put right one by one."""


def added_values(
    doubt: ScoreDoubt, seed: int, weights: FloatArray, sizes: FloatArray, rows: Sequence[int]
) -> FloatArray | None:
    """Values of some propositions over segments, where compensation is 1 and fairness is 0.

    Errors that all segments share are weighed by what a discipline weighs in all of them together.

    Parameters
    ----------
    doubt : ScoreDoubt
        Of the G segments.
    seed : int
    weights : ndarray, shape (G, D, N)
        Shares in every draw.
    sizes : ndarray, shape (G, N) or (G, 1)
        Shares.
    rows : sequence of int
        Which P propositions.

    Returns
    -------
    ndarray, shape (P, N), or None
        As the scores drawn by `drawn_scores` come to; None where one is missing, where segments have errors of
        their own, or where too many ranges are no even ones.
    """
    count = weights.shape[2]
    score, low, high = (table[:, rows] for table in (doubt.scores, doubt.low, doubt.high))
    if np.isnan(score).any() or not _share_errors(doubt, rows) or not is_kept(score.size, count):
        return None
    half = (high - low) / 2
    widest = half.max(axis=0)
    odd = (np.abs(score - low - half) > ROUNDING) | (np.abs(half - widest) > ROUNDING)
    if odd.sum() > MOST_ODD * odd.size:
        return None
    errors, shares = kept_errors(seed, rows, (score.shape[2], count)), sizes[:, None] * weights
    by_row = np.ascontiguousarray(np.swapaxes(score, 0, 1)).reshape(len(rows), -1)
    # Not @: threads that wait for a core take twenty times as long as the sum.
    total: FloatArray = np.einsum("pk,kn->pn", by_row, shares.reshape(-1, count))
    for d, together in enumerate(shares.sum(axis=0)):
        if widest[:, d].any():
            total += (widest[:, d, None] * errors.even[:, d]) * together
    for g, p, d in np.argwhere(odd).tolist():
        drawn = triangular(errors.below[p, d], low[g, p, d], score[g, p, d], high[g, p, d])
        total[p] += shares[g, d] * (drawn - score[g, p, d] - widest[p, d] * errors.even[p, d])
    return total


def _share_errors(doubt: ScoreDoubt, rows: Sequence[int]) -> bool:
    """Whether one draw of each score counts in every segment, and no score can lie outside its range."""
    return bool(doubt.alone(rows) and doubt.one[:, rows].all() and not doubt.estimate[:, rows].any())
