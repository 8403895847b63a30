"""Weighted power means, safe at every exponent."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from valuemix.typing import BoolArray, FloatArray

__all__ = ["power_mean"]

GEOMETRIC_BELOW = 1e-6
"""Exponents this close to 0 are the geometric case."""

NEAR_GEOMETRIC = 1e-2
"""Exponents this close to 0 need the distance of the sum from 1, not the sum."""


def power_mean(values: ArrayLike, weights: ArrayLike, exponent: float) -> FloatArray:
    """Weighted power mean over the last axis.

    Computed in logarithms, scaled by the largest term, so that no exponent overflows. An
    entry of weight 0 takes no part, whatever it is; an entry that is NaN takes no part and
    its weight goes to the others in proportion.

    Parameters
    ----------
    values : array_like, shape (..., n)
        From 0 to 1 (any values of 0 or more will do); NaN where missing.
    weights : array_like, shape broadcastable to that of `values`
        0 or more, in any unit.
    exponent : float
        1 is the plain weighted sum, 0 the geometric mean, minus and plus infinity the
        least and the largest of the values with weight.

    Returns
    -------
    ndarray, shape (...)
        Between the least and the largest value with weight; NaN where nothing takes part.

    References
    ----------
    Bullen, Handbook of Means and Their Inequalities (2003), chapter III.

    Examples
    --------
    >>> power_mean([0.4, 0.9], [1, 1], 1).item()
    0.65
    >>> round(power_mean([0.4, 0.9], [1, 1], 0).item(), 9)
    0.6
    >>> power_mean([0.4, 0.9], [1, 1], float("-inf")).item()
    0.4
    """
    x = np.asarray(values, dtype=np.float64)
    a = np.asarray(weights, dtype=np.float64)
    a = np.broadcast_to(a, (*a.shape[:-1], x.shape[-1]))  # weights that many share are made shares once
    missing = np.isnan(x)
    takes_part = (a > 0) & ~missing if missing.any() else a > 0
    share = _shares(a, takes_part)
    if exponent == 1:
        mean = _fixed_order_sum(share * (x if takes_part.all() else np.where(takes_part, x, 0.0)))
    elif np.isposinf(exponent) or np.isneginf(exponent):
        mean = _extreme(x, takes_part, largest=exponent > 0)
    else:
        mean = _mean_in_logs(x, share, takes_part, exponent)
    return np.asarray(np.where(takes_part.any(axis=-1), mean, np.nan))


def _shares(weights: FloatArray, takes_part: BoolArray) -> FloatArray:
    """Weights of those that take part, as shares; scaled first so that sums stay finite."""
    kept = np.where(takes_part, weights, 0.0)
    largest = kept.max(axis=-1, keepdims=True, initial=0.0)
    scaled = kept / np.where(largest > 0, largest, 1.0)
    total = _fixed_order_sum(scaled)[..., None]
    return np.asarray(scaled / np.where(total > 0, total, 1.0))


def _fixed_order_sum(terms: FloatArray) -> FloatArray:
    """Sum over the last axis, term by term: numpy's own order depends on the shape of the array."""
    total = np.zeros(terms.shape[:-1])
    for i in range(terms.shape[-1]):
        total = total + terms[..., i]
    return total


def _extreme(x: FloatArray, takes_part: BoolArray, *, largest: bool) -> FloatArray:
    outside = -np.inf if largest else np.inf
    kept = np.where(takes_part, x, outside)
    return np.asarray(kept.max(axis=-1) if largest else kept.min(axis=-1))


def _mean_in_logs(x: FloatArray, share: FloatArray, takes_part: BoolArray, exponent: float) -> FloatArray:
    positive = takes_part & (x > 0)
    logs = np.log(np.where(positive, x, 1.0))
    has_zero = (takes_part & (x == 0)).any(axis=-1)
    zero = has_zero if exponent < GEOMETRIC_BELOW else ~positive.any(axis=-1)
    if abs(exponent) < GEOMETRIC_BELOW:
        log_mean = _fixed_order_sum(share * logs)
    elif abs(exponent) < NEAR_GEOMETRIC:
        log_mean = _near_geometric(logs, share, positive, exponent)
    else:
        log_mean = _log_of_sum(logs, share, positive, exponent) / exponent
    mean = np.exp(np.where(zero, -np.inf, log_mean))
    low, high = _extreme(x, takes_part, largest=False), _extreme(x, takes_part, largest=True)
    return np.asarray(np.clip(mean, low, high))


def _log_of_sum(logs: FloatArray, share: FloatArray, positive: BoolArray, exponent: float) -> FloatArray:
    """Log of the sum of share * x ** exponent, relative to the largest term."""
    with np.errstate(divide="ignore"):  # a share may be too small for a number
        log_share = np.log(np.where(positive, share, 1.0))
    terms = np.where(positive, log_share + exponent * logs, -np.inf)
    top = terms.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        result: FloatArray = np.log(_fixed_order_sum(np.exp(terms - top))) + top[..., 0]
    return result


def _near_geometric(logs: FloatArray, share: FloatArray, positive: BoolArray, exponent: float) -> FloatArray:
    """Log of the mean where the sum is so near 1 that only its distance from 1 keeps the digits."""
    below_one = _fixed_order_sum(share * np.where(positive, np.expm1(exponent * logs), -1.0))
    with np.errstate(divide="ignore"):
        result: FloatArray = np.log1p(np.maximum(below_one, -1.0)) / exponent
    return result
