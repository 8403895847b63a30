"""Balance: how focused a profile is, what fits whom, and what unevenness over segments costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from valuemix.analysis.certainty.uncertainty import input_draws
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate
from valuemix.errors import ValuemixError
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = [
    "Evenness",
    "effective_number",
    "evenness",
    "fit",
    "fit_draws",
    "focus",
    "mean_score_draws",
    "mean_scores",
    "partial_scores",
    "weight_number_draws",
]


EVERYDAY_EPS = 1.0
"""Fairness at which evenness is judged where the scenario's own is 0: the geometric mean over segments."""


@dataclass(frozen=True, eq=False)
class Evenness:
    """How evenly each proposition serves the segments, on the scenario's scale.

    Attributes
    ----------
    eps : float
        Fairness at which evenness is judged.
    mean : ndarray, shape (P,)
        Overall value at fairness 0.
    even : ndarray, shape (P,)
        Overall value at `eps`: what everyone would have to get evenly to be worth the same.
    index : ndarray, shape (P,)
        Atkinson's index, 0 where all get the same and 1 at most; NaN where the mean is 0.
    lowest, highest : ndarray, shape (P,)
        Value in the segments that are served worst and best.
    worst, best : tuple of tuple of int
        Those segments for each proposition, ties included; a segment of size 0 does not count.
    """

    eps: float
    mean: FloatArray
    even: FloatArray
    index: FloatArray
    lowest: FloatArray
    highest: FloatArray
    worst: tuple[tuple[int, ...], ...]
    best: tuple[tuple[int, ...], ...]

    @property
    def cost(self) -> FloatArray:
        """Value that unevenness costs: at fairness 0 less that at `eps`, shape (P,)."""
        return self.mean - self.even


def focus(profile: ArrayLike) -> FloatArray:
    """Normalised Herfindahl index along the last axis: 0 spread evenly, 1 all on one discipline.

    Parameters
    ----------
    profile : array_like, shape (..., D)
        Weights, points or scores above the lowest, 0 or more. A missing one (NaN) takes no part.

    Returns
    -------
    ndarray, shape (...)
        (H - 1/n) / (1 - 1/n) with H the sum of squared shares; NaN where all are 0 or fewer
        than two take part.

    Examples
    --------
    >>> focus([[1, 1, 1, 1], [1, 0, 0, 0], [0, 0, 0, 0]]).tolist()
    [0.0, 1.0, nan]
    """
    x = np.asarray(profile, dtype=np.float64)
    n = (~np.isnan(x)).sum(axis=-1)
    even = 1 / np.maximum(n, 1)
    spare = np.where(n > 1, 1 - even, np.nan)
    return np.asarray(np.clip((_herfindahl(x) - even) / spare, 0, 1))


def effective_number(profile: ArrayLike) -> FloatArray:
    """Effective number of disciplines along the last axis: 1/H, from 1 to how many there are.

    Parameters
    ----------
    profile : array_like, shape (..., D)
        As for `focus`.

    Returns
    -------
    ndarray, shape (...)
        NaN where all are 0.

    References
    ----------
    Laakso and Taagepera, Comparative Political Studies 12 (1979).

    Examples
    --------
    >>> effective_number([[1, 1, 1, 1], [1, 0, 0, 0], [50, 50, 0, 0]]).tolist()
    [4.0, 1.0, 2.0]
    """
    return np.asarray(1 / _herfindahl(np.asarray(profile, dtype=np.float64)))


def mean_scores(scenario: Scenario) -> FloatArray:
    """Scores as all segments see them, their mean by size, shape (P, D) on the scenario's scale.

    A segment that lacks a score leaves its size to the others; NaN where all of them do.

    Examples
    --------
    >>> mean_scores(Scenario.from_arrays([[[8, 2]], [[4, np.nan]]], sizes=[1, 3])).tolist()
    [[5.0, 2.0]]
    """
    array = scenario.array("scores")
    there = ~np.isnan(array)
    sizes = scenario.size_shares[:, None, None] * there
    with np.errstate(invalid="ignore"):
        mean = (sizes * np.nan_to_num(array)).sum(axis=0) / sizes.sum(axis=0)
    # What every segment has is its own mean, whatever the sizes round to.
    low = np.min(array, axis=0, initial=np.inf, where=there)
    high = np.max(array, axis=0, initial=-np.inf, where=there)
    return np.asarray(np.clip(mean, low, high))


def partial_scores(scenario: Scenario, segment: str | None = None) -> BoolArray:
    """Where `mean_scores` lack a segment that has size, shape (P, D); nowhere in one segment by itself.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> partial_scores(Scenario.from_arrays([[[8, 2]], [[4, np.nan]]])).tolist()
    [[False, True]]
    """
    rows = np.flatnonzero(scenario.sizes) if segment is None else [scenario.segment_index(segment)]
    missing = np.isnan(scenario.array("scores")[rows])
    return np.asarray(missing.any(axis=0) & ~missing.all(axis=0))


def mean_score_draws(scenario: Scenario, segment: str | None = None) -> FloatArray:
    """`mean_scores` under what is in doubt, or those of a segment, shape (P, D, N); N is 1 where nothing is.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> mean_score_draws(Scenario.from_arrays([[8, 2], [5, 5]])).shape
    (2, 2, 4096)
    """
    every = [scores for _, scores in input_draws(scenario, segment)]
    sizes = scenario.size_shares if segment is None else np.ones(1)
    present = sum(size * ~np.isnan(scores) for size, scores in zip(sizes, every, strict=True))
    total = sum(size * np.nan_to_num(scores) for size, scores in zip(sizes, every, strict=True))
    with np.errstate(invalid="ignore"):
        return scenario.scale.from_unit(np.asarray(total / present))


def weight_number_draws(scenario: Scenario) -> FloatArray:
    """Effective number of disciplines in the weights of every segment, as `mean_score_draws`, shape (G, N).

    Examples
    --------
    >>> weight_number_draws(Scenario.from_arrays([[8, 2], [5, 5]])).shape
    (1, 4096)
    """
    every = [effective_number(weights.T) for weights, _ in input_draws(scenario)]
    return np.stack(np.broadcast_arrays(*every))


def fit(scenario: Scenario) -> FloatArray:
    """How far the profile of each proposition is that of each segment, shape (G, P).

    One less half the L1 distance between the segment's weights and the proposition's scores,
    both as shares. A missing score takes no part, nor does its weight.

    Returns
    -------
    ndarray, shape (G, P)
        From 0 to 1; NaN where no score is above the lowest or none with weight is known.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 5]], points=[80, 20])
    >>> fit(scenario).round(3).tolist()
    [[1.0, 0.7]]
    """
    scores = scenario.unit_scores
    weights = np.where(np.isnan(scores), 0.0, scenario.weights[:, None, :])
    distance = np.abs(_shares(weights) - _shares(np.nan_to_num(scores))).sum(axis=-1)
    return np.asarray(1 - distance / 2)


def fit_draws(scenario: Scenario) -> FloatArray:
    """Mean fit by size of every proposition under what is in doubt, shape (P, N); N is 1 where nothing is.

    Examples
    --------
    >>> fit_draws(Scenario.from_arrays([[8, 2], [5, 5]], points=[80, 20])).shape
    (2, 4096)
    """
    drawn = []
    for weights, scores in input_draws(scenario):
        own = _shares(np.where(np.isnan(scores), 0.0, weights[None]).swapaxes(1, 2))
        profile = _shares(np.nan_to_num(scores).swapaxes(1, 2))
        drawn.append(1 - np.abs(own - profile).sum(axis=-1) / 2)
    sizes = scenario.size_shares[:, None]
    return mean_of_draws(np.stack(np.broadcast_arrays(*drawn), axis=1), sizes, 1.0)


def evenness(scenario: Scenario | Evaluation, eps: float | None = None) -> Evenness:
    """What each proposition's value would be if uneven service counted, and whom it serves worst.

    Parameters
    ----------
    scenario : Scenario or Evaluation
    eps : float, optional
        Fairness at which evenness is judged; the scenario's, or 1 where that is 0.

    Returns
    -------
    Evenness

    Raises
    ------
    ValuemixError
        Where the fairness is below 0 or no number.

    References
    ----------
    Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970).

    Examples
    --------
    >>> found = evenness(Scenario.from_arrays([[[9]*2], [[4]*2]]))
    >>> found.mean.item(), round(found.even.item(), 9), found.worst
    (6.5, 6.0, ((1,),))
    """
    evaluation = evaluate(scenario)
    scenario = evaluation.scenario
    eps = (scenario.settings.eps or EVERYDAY_EPS) if eps is None else eps
    if not eps >= 0:
        raise ValuemixError(f"the fairness must be 0 or more, got {eps:g}. Try {EVERYDAY_EPS:g}.")
    scale, unit = scenario.scale, scenario.scale.to_unit(evaluation.values).T
    means = [power_mean(unit, scenario.size_shares, power) for power in (1, 1 - eps, -np.inf, np.inf)]
    mean, even, low, high = means
    counted = scenario.sizes > 0
    return Evenness(
        eps=eps,
        mean=scale.from_unit(mean),
        even=scale.from_unit(even),
        index=np.divide(mean - even, mean, out=np.full_like(mean, np.nan), where=mean > 0),
        lowest=scale.from_unit(low),
        highest=scale.from_unit(high),
        worst=_places((unit <= low[:, None] + TIE) & counted),
        best=_places((unit >= high[:, None] - TIE) & counted),
    )


def _herfindahl(x: FloatArray) -> FloatArray:
    """Sum of squared shares; NaN where all are 0."""
    shares = _shares(np.nan_to_num(x))
    return np.asarray((shares * shares).sum(axis=-1))


def _shares(x: FloatArray) -> FloatArray:
    """Shares along the last axis; NaN where all are 0."""
    largest = x.max(axis=-1, keepdims=True)
    scaled = x / np.where(largest > 0, largest, np.nan)
    return np.asarray(scaled / scaled.sum(axis=-1, keepdims=True))


def _places(marked: BoolArray) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(np.flatnonzero(row).tolist()) for row in marked)
