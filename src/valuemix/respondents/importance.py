"""What respondents say matters, as shares that sum to 1: a row answers as a whole or not at all."""

from __future__ import annotations

import numpy as np

from valuemix.respondents.survey_map import Importance
from valuemix.typing import FloatArray

__all__ = ["shares_of"]


def shares_of(answers: FloatArray, kind: Importance) -> FloatArray:
    """Shares of importance of each respondent.

    Parameters
    ----------
    answers : ndarray, shape (n, D), of best and worst counts (n, 2D) in pairs
        NaN where missing.
    kind : {"points", "ratings", "ranks", "best_worst", "utilities"}
        Points and ratings count in proportion. Ranks (1 is the most important) become the mean weights of all
        weights of that order (Barron and Barrett 1996). Best and worst counts become the square root of best by
        worst, each plus one half (Flynn and Marley 2014). Utilities become shares of a logit.

    Returns
    -------
    ndarray, shape (n, D)
        Rows sum to 1; a row with a missing answer, or where all are 0, is NaN.

    Examples
    --------
    >>> shares_of(np.array([[30.0, 10.0], [0.0, 0.0], [5.0, np.nan]]), "points").tolist()
    [[0.75, 0.25], [nan, nan], [nan, nan]]
    >>> shares_of(np.array([[2.0, 1.0]]), "ranks").tolist()
    [[0.25, 0.75]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = _raw(answers, kind)
        shares = raw / raw.sum(axis=1, keepdims=True)
    shares[~np.isfinite(shares).all(axis=1)] = np.nan
    return np.asarray(shares)


def _raw(answers: FloatArray, kind: Importance) -> FloatArray:
    if kind == "ranks":
        return _of_ranks(answers)
    if kind == "best_worst":
        return np.asarray(np.sqrt((answers[:, ::2] + 0.5) / (answers[:, 1::2] + 0.5)))
    if kind == "utilities":
        return np.asarray(np.exp(answers - answers.max(axis=1, keepdims=True)))
    return answers


def _of_ranks(ranks: FloatArray) -> FloatArray:
    """Centroid of the weights that have this order; those of tied ranks are shared."""
    from scipy.stats import rankdata

    if not len(ranks):
        return ranks
    count = ranks.shape[1]
    centroid = np.cumsum((1 / np.arange(1, count + 1))[::-1])[::-1] / count
    first = rankdata(ranks, method="min", axis=1, nan_policy="propagate")
    last = rankdata(ranks, method="max", axis=1, nan_policy="propagate")
    upto = np.concatenate([[0.0], np.cumsum(centroid)])
    missing = np.isnan(first)
    one, other = (np.where(missing, 1, places).astype(np.int64) for places in (first, last))
    return np.where(missing, np.nan, (upto[other] - upto[one - 1]) / (other - one + 1))
