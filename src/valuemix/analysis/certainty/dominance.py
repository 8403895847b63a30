"""Whether nothing within what is in doubt lets a rival overtake: exact, without drawing."""

from __future__ import annotations

import numpy as np

from valuemix.analysis.draws.score_draws import ScoreDoubt
from valuemix.analysis.value.case import Case, additive_scores
from valuemix.analysis.value.scoring import TIE
from valuemix.model.parts import Doubt
from valuemix.typing import BoolArray, FloatArray

__all__ = ["dominated", "least_lead"]


def dominated(scores: ScoreDoubt, sizes: FloatArray, one: int) -> BoolArray:
    """Which propositions one is at least level with in every segment of some size, whatever weights and scores.

    Its low ends are at or above the other's high ends in every discipline; where the two lack scores
    in different disciplines, its least low end is at or above the other's largest high end. Never where
    scores can lie outside their ranges.

    Parameters
    ----------
    scores : ScoreDoubt
        Of P propositions.
    sizes : ndarray, shape (G,)
    one : int
        Proposition.

    Returns
    -------
    ndarray of bool, shape (P,)

    Examples
    --------
    >>> from valuemix.analysis.draws.score_draws import score_doubt
    >>> from valuemix.model.scenario import Scenario
    >>> doubt = score_doubt(Scenario.from_arrays([[8, 6], [6, 5], [7, 6]]))
    >>> dominated(doubt, np.ones(1), 0).tolist()
    [False, True, False]
    """
    if not scores.bounded:
        return np.zeros(scores.low.shape[1], dtype=bool)
    counted = sizes > 0
    low, high = scores.low[counted, one][:, None], scores.high[counted]
    blank = np.isnan(low), np.isnan(high)
    same = (blank[0] == blank[1]).all(axis=-1)
    each = ((low >= high - TIE) | blank[0] | blank[1]).all(axis=-1)
    least = np.where(blank[0], np.inf, low).min(axis=-1)
    most = np.where(blank[1], -np.inf, high).max(axis=-1)
    return np.asarray(np.where(same, each, least >= most - TIE).all(axis=0))


def least_lead(case: Case, doubt: Doubt, one: int, other: int) -> float | None:
    """Least value of one proposition ahead of another over all weights in doubt; None where it has no closed form.

    A linear function over a box cut with the simplex is least where weight goes from what counts most for
    the one to what counts most for the other, as far as the box lets it.

    Parameters
    ----------
    case : Case
        With certain scores and sizes.
    doubt : Doubt
        How far weights may be off.
    one, other : int
        Propositions.

    Returns
    -------
    float or None
        In units of what orders the values; None where values are not linear in the weights, scores are
        missing, or a shared shift would take more weight from a segment than there is.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.6, 0.4]]), np.ones(1))
    >>> round(least_lead(case, Doubt(weights_within=10), 0, 1), 3)
    0.05
    """
    scores = additive_scores(case)
    sized = np.flatnonzero(case.sizes > 0)
    if scores is None or np.isnan(scores[sized][:, [one, other]]).any():
        return None
    ahead = case.sizes[sized, None] * (scores[sized, one] - scores[sized, other])
    weights, within = case.weights[sized], doubt.weights_within / 100
    if len(case.sizes) == 1 or doubt.weights_shift == "own":
        return float(sum(_least(row, w, within) for row, w in zip(ahead, weights, strict=True)))
    live = (case.weights > 0).any(axis=0)
    mean = (case.sizes @ case.weights)[live]
    if (weights[:, live] < np.minimum(within, mean) - TIE).any():
        return None
    coefficients = ahead[:, live].sum(axis=0)
    return float((ahead * weights).sum() + _least(coefficients, mean, within) - coefficients @ mean)


def _least(coefficients: FloatArray, centre: FloatArray, within: float) -> float:
    """Least of a linear function of weights within some distance of the centre."""
    low, high = np.maximum(centre - within, 0), np.minimum(centre + within, 1)
    weights, left = low.copy(), 1 - low.sum()
    for d in np.argsort(coefficients, kind="stable"):
        given = min(high[d] - low[d], left)
        weights[d] += given
        left -= given
    return float(coefficients @ weights)
