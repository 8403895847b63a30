"""How far two scenarios agree on the order of the propositions."""

from __future__ import annotations

from typing import Literal

import numpy as np

from valuemix.typing import IntArray

__all__ = ["rank_agreement"]


def rank_agreement(one: IntArray, other: IntArray, measure: Literal["kendall", "spearman"]) -> float:
    """Kendall's tau-b or Spearman's rho of two rankings: 1 the same order, −1 the reverse.

    Parameters
    ----------
    one, other : ndarray of int, shape (P,)
        Ranks of the same propositions; those with a rank of 0 on either side do not count.
    measure : {"kendall", "spearman"}

    Returns
    -------
    float
        NaN where fewer than two propositions count, or all of them tie on one side.

    References
    ----------
    Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945).

    Examples
    --------
    >>> round(rank_agreement(np.array([1, 2, 3, 4]), np.array([2, 1, 3, 4]), "kendall"), 4)
    0.6667
    >>> rank_agreement(np.array([1, 1, 1]), np.array([1, 2, 3]), "kendall")
    nan
    """
    from scipy import stats

    counts = (one > 0) & (other > 0)
    a, b = one[counts], other[counts]
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    result = stats.kendalltau(a, b) if measure == "kendall" else stats.spearmanr(a, b)
    # Rounding must not make the same order less than 1, nor anything more.
    return float(np.clip(np.round(result.statistic, 14), -1, 1))
