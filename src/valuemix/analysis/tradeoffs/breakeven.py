"""The single score that would have to rise, and the segment that would have to grow."""

from __future__ import annotations

import numpy as np

from valuemix.analysis.tradeoffs.sweeps import Sweep, sweep
from valuemix.analysis.value.case import Case, leaders_of
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray

__all__ = ["break_even_scores", "break_even_sizes", "least_falls", "sizes_as_weights"]


def break_even_scores(case: Case, challenger: int) -> FloatArray:
    """Score at which each single score of a challenger would make it tie with the best other.

    Parameters
    ----------
    case : Case
    challenger : int
        Proposition.

    Returns
    -------
    ndarray, shape (G, D)
        From 0 to 1; NaN where even the best score is not enough, and where a score has no
        weight or its segment no size. A missing score counts as the score it would have to get;
        a challenger that leads needs what it has.

    Notes
    -----
    In closed form for compensation 1 and fairness 0, by halving to 1e-12 elsewhere.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.ones(1))
    >>> break_even_scores(case, 1).round(6).tolist()
    [[0.5, 0.6]]
    """
    values, own = case.values(), case.scores[:, challenger]
    target = _best_other(values, challenger)
    if target is None or values[challenger] >= target - TIE:
        return own.copy()
    counts = (case.weights > 0) & (case.sizes[:, None] > 0)
    additive = case.rho == 1 and case.eps == 0 and not np.isnan(case.segment_values()[:, challenger]).any()
    if additive:
        needed = _needed(case, challenger, target - float(values[challenger]), counts)
    else:
        needed = _by_halving(case, challenger, target)
    return np.where(counts & (needed <= 1 + TIE), np.clip(needed, 0, 1), np.nan)


def break_even_sizes(case: Case) -> FloatArray:
    """Size share of each segment, nearest to today's, at which each proposition leads.

    Parameters
    ----------
    case : Case
        G segments, P propositions.

    Returns
    -------
    ndarray, shape (P, G)
        From 0 to 1, ties included, the other segments in proportion; today's where it leads, NaN where no
        share does it, and everywhere where there is one segment.

    Examples
    --------
    >>> scores = np.array([[[0.8, 0.8], [0.4, 0.4]], [[0.3, 0.3], [0.5, 0.5]]])
    >>> case = Case(scores, np.full((2, 2), 0.5), np.array([0.5, 0.5]))
    >>> break_even_sizes(case).round(6).tolist()
    [[0.5, 0.5], [0.333333, 0.666667]]
    """
    found = np.full((case.scores.shape[1], len(case.sizes)), np.nan)
    if len(case.sizes) > 1:
        sized = sizes_as_weights(case)
        for g in range(len(case.sizes)):
            found[:, g] = _nearest_leads(sweep(sized, g), len(found))
    return found


def _nearest_leads(result: Sweep, propositions: int) -> list[float]:
    """Share nearest to today's at which each proposition leads; NaN where there is none."""
    today, ends = result.today_share, [list[float]() for _ in range(propositions)]
    for piece in result.pieces:
        for p in piece.leaders:
            ends[p].append(float(np.clip(today, piece.from_share, piece.to_share)))
    # A proposition may touch the lead at one end of the path alone.
    for end, at in ((0.0, result.values[0]), (1.0, result.values[-1])):
        for p in np.flatnonzero(leaders_of(at)).tolist():
            ends[p].append(end)
    for p in result.leaders:
        ends[p].append(today)
    return [min(found, key=lambda end: abs(end - today), default=float("nan")) for found in ends]


def least_falls(case: Case, leader: int) -> FloatArray:
    """How far each single score of a leader may fall until the best other draws level.

    Parameters
    ----------
    case : Case
    leader : int
        Proposition with the highest value.

    Returns
    -------
    ndarray, shape (G, D)
        From 0 to 1; NaN where even the lowest score is not enough, and everywhere where a value is no
        weighted sum of scores.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.ones(1))
    >>> least_falls(case, 0).round(6).tolist()
    [[0.1, 0.1]]
    """
    values, own = case.values(), case.scores[:, leader]
    best = _best_other(values, leader)
    counts = (case.weights > 0) & (case.sizes[:, None] > 0)
    if case.rho != 1 or case.eps != 0 or best is None or np.isnan(own[counts]).any():
        return np.full(case.weights.shape, np.nan)
    worth = case.weights * case.sizes[:, None]
    falls = (float(values[leader]) - best) / np.where(counts, worth, 1.0)
    return np.where(counts & (falls <= own), falls, np.nan)


def _best_other(values: FloatArray, one: int) -> float | None:
    """Highest value of the other propositions; None where no other has one."""
    others = np.delete(values, one)
    return None if np.isnan(others).all() else float(np.nanmax(others))


def sizes_as_weights(case: Case) -> Case:
    """Case in which segments take the place of disciplines, and sizes that of weights.

    A sweep of it is one of the overall value as a segment grows and the others keep their
    proportions.

    Examples
    --------
    >>> scores = np.array([[[0.8, 0.6], [0.4, 0.4]], [[0.3, 0.3], [0.5, 0.5]]])
    >>> case = Case(scores, np.full((2, 2), 0.5), np.array([0.5, 0.5]))
    >>> sizes_as_weights(case).scores.tolist()
    [[[0.7, 0.3], [0.4, 0.5]]]
    """
    return Case(case.segment_values().T[None], case.sizes[None], np.ones(1), rho=1 - case.eps)


def _needed(case: Case, challenger: int, gap: float, counts: BoolArray) -> FloatArray:
    """Closed form: the segment's value must rise by the gap over its size."""
    own, weights = case.scores[:, challenger], case.weights
    missing = np.isnan(own)
    present = np.where(missing, 0.0, weights)
    total = present.sum(axis=1, keepdims=True) + np.where(missing, weights, 0.0)
    rest = (present * np.nan_to_num(own)).sum(axis=1, keepdims=True) - present * np.nan_to_num(own)
    sizes = np.where(case.sizes > 0, case.sizes, 1.0)
    value = case.segment_values()[:, challenger] + gap / sizes
    return np.asarray((value[:, None] * total - rest) / np.where(counts, weights, 1.0))


def _by_halving(case: Case, challenger: int, target: float) -> FloatArray:
    """Scores at which the value reaches the target, by halving; above 1 where none does."""
    own = case.scores[:, challenger]
    places = [(g, d) for g in range(own.shape[0]) for d in range(own.shape[1])]
    rows = np.arange(len(places))
    g, d = np.array(places).T

    def reaches(scores: FloatArray) -> BoolArray:
        tried = np.repeat(own[None, :, None], len(places), axis=0)
        tried[rows, g, 0, d] = scores
        return np.asarray(case.values(scores=tried)[:, 0] >= target)

    low, high = np.zeros(len(places)), np.ones(len(places))
    never = ~reaches(high)
    for _ in range(40):
        middle = (low + high) / 2
        enough = reaches(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(never, 2.0, high).reshape(own.shape)
