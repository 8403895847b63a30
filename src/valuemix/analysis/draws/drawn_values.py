"""Values of many draws at once, the draws on the last axis."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from valuemix.analysis.draws.draws import Doubt
from valuemix.analysis.draws.score_draws import Errors, scores_at, triangular_scores
from valuemix.analysis.value.case import Case
from valuemix.means import GEOMETRIC_BELOW, power_mean
from valuemix.typing import FloatArray

__all__ = ["drawn_values", "mean_of_draws"]


BLOCK_BYTES = 128_000
"""What drawn scores may take: arrays that are handed out and back quickly stay in the cache."""

NOTHING = 1e-12
"""Segments that together are no larger have no value to give."""

MODERATE = 10.0
"""Up to this exponent plain powers of numbers from 0 to 1 keep their digits."""


def drawn_values(
    case: Case,
    doubt: Doubt,
    rng: np.random.Generator,
    start: int,
    count: int,
    weightings: list[FloatArray],
) -> list[FloatArray]:
    """Overall values of draws of scores and sizes, at one weighting or several.

    Parameters
    ----------
    start, count : int
        Which draws: `count` of them from `start` on, where drawn scores are given.
    weightings : list of ndarray, shape (G, D, count) or (G, D, 1)
        All valued at the same draws.

    Returns
    -------
    list of ndarray, shape (P, count)
        For each weighting.
    """
    shape, sizes = (case.scores.shape[1], count), case.sizes[:, None]
    if doubt.sizes_within:
        sizes = sizes * (1 + doubt.sizes_within * rng.uniform(-1, 1, (len(sizes), count)))
        sizes /= sizes.sum(axis=0)
    overall = [_Sum(shape) if case.eps == 0 else _Mean(shape, len(sizes), case.eps) for _ in weightings]
    for rows in _blocks(case, doubt, count):
        for g, scores in enumerate(_draw_scores(case, doubt, rng, rows, start, count)):
            for mean, weights in zip(overall, weightings, strict=True):
                mean.add(g, rows, mean_of_draws(scores, weights[g], case.rho), sizes[g])
    return [mean.result(sizes) for mean in overall]


class _Sum:
    """Mean over segments without fairness, added up: no segment is kept, however many there are."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.total, self.lost = np.zeros(shape), np.zeros(shape)

    def add(self, _: int, rows: slice, values: FloatArray, sizes: FloatArray) -> None:
        """Add the values (P, n) of a segment of those sizes."""
        missing = np.isnan(values)
        if missing.any():
            self.lost[rows] += np.where(missing, sizes, 0.0)
            values = np.where(missing, 0.0, values)
        self.total[rows] += sizes * values

    def result(self, _: FloatArray) -> FloatArray:
        """Values (P, n); NaN where no segment has one."""
        if not self.lost.any():
            return self.total
        has = self.lost < 1 - NOTHING
        return np.where(has, self.total / np.where(has, 1 - self.lost, 1.0), np.nan)


class _Mean:
    """Mean over segments with fairness, of all of them at once."""

    def __init__(self, shape: tuple[int, int], segments: int, eps: float) -> None:
        self.values, self.exponent = np.empty((shape[0], segments, shape[1])), 1 - eps

    def add(self, g: int, rows: slice, values: FloatArray, _: FloatArray) -> None:
        """Keep the values (P, n) of a segment."""
        self.values[rows, g] = values

    def result(self, sizes: FloatArray) -> FloatArray:
        """Values (P, n)."""
        return mean_of_draws(self.values, sizes, self.exponent)


def mean_of_draws(x: FloatArray, weights: FloatArray, exponent: float) -> FloatArray:
    """Weighted power mean of every draw, as `power_mean` does it but for many draws at once.

    Parameters
    ----------
    x : ndarray, shape (P, K, n) or (P, K, 1)
        From 0 to 1; NaN where missing.
    weights : ndarray, shape (K, n) or (K, 1)
        They sum to 1.
    exponent : float

    Returns
    -------
    ndarray, shape (P, n) or (P, 1)

    Examples
    --------
    >>> x, weights = np.array([[[0.4], [0.9]]]), np.array([[0.5, 1.0], [0.5, 0.0]])
    >>> mean_of_draws(x, weights, 1.0).tolist()
    [[0.65, 0.4]]
    """
    if abs(exponent) <= MODERATE:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            mean = _quick_mean(x, weights, exponent)
        if not np.isnan(mean).any():
            return mean
    # Extremes, zeros without weight, nothing present: the careful way.
    draws = max(x.shape[-1], weights.shape[-1])
    every = np.broadcast_to(x, (*x.shape[:-1], draws))
    return power_mean(np.moveaxis(every, 1, -1), weights.T, exponent)


def _quick_mean(x: FloatArray, weights: FloatArray, exponent: float) -> FloatArray:
    """Mean through the weighted sum of transformed values; NaN where that does not work."""
    missing = np.isnan(x)
    partial = bool(missing.any())
    geometric = abs(exponent) < GEOMETRIC_BELOW
    transformed = x if exponent == 1 else np.log(x) if geometric else x**exponent
    total = _weighted_sum(np.where(missing, 0.0, transformed) if partial else transformed, weights)
    if partial:
        total /= _weighted_sum(np.where(missing, 0.0, 1.0), weights)
    if exponent == 1:
        return total
    return np.asarray(np.exp(total) if geometric else total ** (1 / exponent))


def _weighted_sum(x: FloatArray, weights: FloatArray) -> FloatArray:
    """Sum over the middle axis, shape (P, n); a matrix product where x is the same in every draw."""
    if x.shape[-1] == 1:
        product: FloatArray = x[..., 0] @ weights
        return product
    total: FloatArray = x[:, 0] * weights[0]
    for k in range(1, len(weights)):
        total += x[:, k] * weights[k]
    return total


def _blocks(case: Case, doubt: Doubt, count: int) -> list[slice]:
    """Propositions at a time: all where scores are certain, else as many as stay in the cache."""
    propositions, disciplines = case.scores.shape[1:]
    step = propositions if doubt.scores_certain else max(BLOCK_BYTES // (8 * disciplines * count), 1)
    return [slice(first, first + step) for first in range(0, propositions, step)]


def _draw_scores(
    case: Case, doubt: Doubt, rng: np.random.Generator, rows: slice, start: int, count: int
) -> Iterator[FloatArray]:
    """Scores of some propositions, of one segment after the other: (P, D, n), or (P, D, 1) where certain."""
    if doubt.score_draws is not None:
        yield from np.moveaxis(doubt.score_draws[start : start + count, :, rows], 0, -1)
    elif doubt.scores is None:
        yield from case.scores[:, rows, :, None]
    elif doubt.scores.alone(places := [*range(case.scores.shape[1])[rows]]):
        yield from triangular_scores(doubt.scores, places, rng, count)
    else:
        shape = len(places), case.scores.shape[2] + 1, count
        everywhere = Errors.of(rng.standard_normal(shape))
        yield from scores_at(
            doubt.scores, places, everywhere, lambda _: Errors.of(rng.standard_normal(shape))
        )
