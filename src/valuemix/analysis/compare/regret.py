"""How far each choice would be behind the best, scenario by scenario."""

from __future__ import annotations

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.typing import FloatArray

__all__ = ["regrets", "robust_choices"]


def regrets(values: FloatArray) -> FloatArray:
    """Best value of each scenario minus the value of each proposition.

    Parameters
    ----------
    values : ndarray, shape (K, P)
        Values of P propositions in K scenarios; NaN where there is none.

    Returns
    -------
    ndarray, shape (K, P)
        0 for the best; NaN where a proposition has no value.

    References
    ----------
    Savage, The theory of statistical decision, Journal of the American Statistical
    Association 46 (1951).

    Examples
    --------
    >>> regrets(np.array([[7.0, 6.5, 4.0], [5.0, 6.0, 6.5]])).tolist()
    [[0.0, 0.5, 3.0], [1.5, 0.5, 0.0]]
    """
    best = np.max(values, axis=1, keepdims=True, initial=-np.inf, where=~np.isnan(values))
    return np.asarray(best - values)


def robust_choices(maxima: FloatArray, width: float) -> tuple[int, ...]:
    """Places of the least maximum regret, ties included; none where nothing has one.

    Parameters
    ----------
    maxima : ndarray, shape (P,)
        Maximum regret of each proposition; NaN where it lacks a value in some scenario.
    width : float
        Width of the scale; regrets within 1e-9 of it tie.

    Examples
    --------
    >>> robust_choices(np.array([1.5, 0.5, 3.0, np.nan]), 10.0)
    (1,)
    """
    if np.isnan(maxima).all():
        return ()
    return tuple(np.flatnonzero(maxima <= np.nanmin(maxima) + TIE * width).tolist())
