"""The arrays that a question about trade-offs or robustness is asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuemix.analysis.value.moving import MovingMoments
from valuemix.analysis.value.scoring import TIE
from valuemix.means import GEOMETRIC_BELOW, NEAR_GEOMETRIC, power_mean
from valuemix.model.weights import same_way
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Case", "additive_scores", "leaders_of", "swept_weights", "today_share"]


SMALLEST = 1e-290
"""Of the largest transformed score: what is smaller soon keeps no digits, or is 0."""


@dataclass(frozen=True, eq=False)
class Case:
    """Scores, weights and sizes without names, in axis order segment, proposition, discipline.

    Attributes
    ----------
    scores : ndarray, shape (G, P, D)
        From 0 to 1; NaN where missing.
    weights : ndarray, shape (G, D)
        Shares; each row sums to 1.
    sizes : ndarray, shape (G,)
        Shares; they sum to 1.
    rho, eps : float
        Compensation between disciplines and fairness between segments.
    moments : MovingMoments, optional
        Where they are given, other weights move the moments, each its share of the way.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.array([1.0]))
    >>> case.values().tolist()
    [0.5, 0.45]
    >>> case.values(weights=np.array([[[1.0, 0.0]], [[0.0, 1.0]]])).tolist()
    [[0.8, 0.4], [0.2, 0.5]]
    """

    scores: FloatArray
    weights: FloatArray
    sizes: FloatArray
    rho: float = 1.0
    eps: float = 0.0
    moments: MovingMoments | None = None

    def values(
        self,
        *,
        scores: FloatArray | None = None,
        weights: FloatArray | None = None,
        sizes: FloatArray | None = None,
    ) -> FloatArray:
        """Overall values, shape (..., P), with any input replaced by one of more leading axes."""
        u = self.scores if scores is None else scores
        w = self.weights if weights is None else weights
        m = self.sizes if sizes is None else sizes
        lead = np.broadcast_shapes(u.shape[:-3], w.shape[:-2])
        if self.moments is not None and scores is None and weights is not None:
            by_segment = np.swapaxes(self.moments.values(self.weights, w), -1, -2)
        else:
            u = np.broadcast_to(u, lead + u.shape[-3:])
            by_segment = np.swapaxes(power_mean(u, w[..., None, :], self.rho), -1, -2)
        lead = np.broadcast_shapes(lead, m.shape[:-1])
        by_segment = np.broadcast_to(by_segment, lead + by_segment.shape[-2:])
        return power_mean(by_segment, m[..., None, :], 1 - self.eps)

    def segment_values(self) -> FloatArray:
        """Values in each segment, shape (G, P)."""
        return power_mean(self.scores, self.weights[:, None, :], self.rho)

    def only(self, segment: int) -> Case:
        """Case of one segment by itself."""
        one = slice(segment, segment + 1)
        moments = self.moments and self.moments.only(segment)
        return replace(
            self, scores=self.scores[one], weights=self.weights[one], sizes=np.ones(1), moments=moments
        )


def additive_scores(case: Case) -> FloatArray | None:
    """Scores on which the order of the values is that of weighted sums, shape (G, P, D), or None.

    A power mean is a monotone function of a weighted sum of transformed scores, so within one
    segment every question about order is one about an additive model. Over several segments
    that holds for compensation 1 and fairness 0 alone, and never for a score of 0 at a
    compensation of 0 or less, nor for the least or the largest score, nor where a score is so
    far from the others that its power is no number beside theirs, nor where moments move.

    Notes
    -----
    Scores that tie are made the same, so that what differs afterwards is no tie. Transformed
    scores may differ by far less than a tie of values: compare the two of a pair by their own
    size, never by a fixed margin.

    Examples
    --------
    >>> case = Case(np.array([[[0.81, 0.25]]]), np.array([[0.5, 0.5]]), np.array([1.0]), rho=0.5)
    >>> additive_scores(case).round(3).tolist()
    [[[1.0, 0.556]]]
    """
    rho, several = case.rho, case.sizes.size > 1
    if case.moments is not None:
        return None
    if rho == 1 and (case.eps == 0 or not several):
        return _without_near_ties(case.scores, rho)
    if several or np.isinf(rho) or (rho < GEOMETRIC_BELOW and (case.scores == 0).any()):
        return None
    return _transformed(_without_near_ties(case.scores, rho), rho)


def _transformed(scores: FloatArray, rho: float) -> FloatArray | None:
    """Scores of which power means are monotone functions of weighted sums; None where digits are lost."""
    largest = np.nanmax(scores, initial=0) if rho > 0 else np.nanmin(scores, initial=1)
    with np.errstate(divide="ignore", under="ignore"):
        logs = np.log(scores / (largest or 1.0))
        if abs(rho) < GEOMETRIC_BELOW:
            return logs
        if abs(rho) < NEAR_GEOMETRIC:
            return np.expm1(rho * logs) / rho
        transformed = np.sign(rho) * np.exp(rho * logs)
    gone = (np.abs(transformed) < SMALLEST) & (scores > 0)
    return None if gone.any() else transformed


def _without_near_ties(scores: FloatArray, rho: float) -> FloatArray:
    """The same scores, those of one segment and discipline that tie, so that values tie too, made the same."""
    order = np.argsort(scores, axis=1)
    rising = np.take_along_axis(scores, order, axis=1)
    # Below compensation 1 small scores decide by their ratio.
    apart = np.diff(rising, axis=1, prepend=-1.0) > TIE * (1.0 if rho >= 1 else rising)
    rising = np.where(np.isnan(rising), np.nan, np.maximum.accumulate(np.where(apart, rising, 0.0), axis=1))
    result = np.empty_like(scores)
    np.put_along_axis(result, order, rising, axis=1)
    return result


def today_share(case: Case, discipline: int, segments: Sequence[int]) -> float:
    """Weight of a discipline today; over several segments its mean by size.

    Examples
    --------
    >>> case = Case(np.zeros((2, 1, 2)), np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([0.5, 0.5]))
    >>> today_share(case, 0, [0]), today_share(case, 0, [0, 1])
    (0.2, 0.4)
    """
    weights, sizes = case.weights[list(segments), discipline], case.sizes[list(segments)]
    mean = weights @ sizes / sizes.sum() if sizes.any() else weights.mean()
    return float(np.clip(mean, 0, 1))


def swept_weights(case: Case, discipline: int, shares: FloatArray, segments: Sequence[int]) -> FloatArray:
    """Weights with one moved and the others scaled in proportion, shape (T, G, D).

    Parameters
    ----------
    case : Case
        Today's weights, and the sizes by which several segments have a mean.
    discipline : int
        Whose weight moves.
    shares : ndarray, shape (T,)
        Where it moves to: in one segment its weight, in several the mean by size. Each
        segment then goes the same share of its own way to 0 or 1.
    segments : sequence of int
        Where; the weights of the other segments are held.

    Notes
    -----
    Where a discipline has all the weight today, the others are scaled from equal shares.

    Examples
    --------
    >>> case = Case(np.zeros((1, 1, 3)), np.array([[0.2, 0.6, 0.2]]), np.ones(1))
    >>> swept_weights(case, 0, np.array([0.0, 0.6]), [0]).round(3).tolist()
    [[[0.0, 0.75, 0.25]], [[0.6, 0.3, 0.1]]]
    """
    others = case.weights.copy()
    others[:, discipline] = 0
    rest = others.sum(axis=1, keepdims=True)
    equal = np.full_like(others, 1 / max(others.shape[1] - 1, 1))
    equal[:, discipline] = 0
    others = np.where(rest > 1e-12, others / np.where(rest > 1e-12, rest, 1), equal)
    result = np.broadcast_to(case.weights, (len(shares), *case.weights.shape)).copy()
    moving, start = list(segments), today_share(case, discipline, segments)
    moved = same_way(case.weights[moving, discipline], 1.0, start, 1.0, shares[:, None])
    # Rounding must not turn a weight of 0 into one that a missing score or the least score counts for.
    moved = np.where(abs(moved - moved.round()) < 1e-14, moved.round(), moved)
    result[:, moving] = (1 - moved[..., None]) * others[moving]
    result[:, moving, discipline] = moved
    return result


def leaders_of(values: FloatArray) -> BoolArray:
    """Which propositions lead, ties included, along the last axis; none where there is no value.

    Examples
    --------
    >>> leaders_of(np.array([[0.5, 0.7, 0.7], [0.9, np.nan, 0.2]])).tolist()
    [[False, True, True], [True, False, False]]
    """
    best = np.max(values, axis=-1, keepdims=True, initial=-np.inf, where=~np.isnan(values))
    return np.asarray(values >= best - TIE)
