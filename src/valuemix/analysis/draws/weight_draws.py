"""Weights within some points of today's, drawn evenly: one shift in every segment, or each by itself."""

from __future__ import annotations

import functools

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray

__all__ = ["from_box", "from_corner", "live_mean", "own_shifts", "shared_shift", "shifted", "within_box"]


MOST_TRIES = 64
"""Points tried for each that is wanted, before those that were found have to do for all."""

BOX_TRIES = 16
"""Points tried in the box alone, so that the way does not change from one weight to the next."""


def shared_shift(
    weights: FloatArray, sizes: FloatArray, within: FloatArray | float, seed: int, count: int
) -> FloatArray:
    """Weights of all segments under one shift that they share.

    The shift is uniform over all that keep the mean weights within some points of today's and not
    below 0. A discipline without weight in any of several segments stays without.

    Parameters
    ----------
    weights : ndarray, shape (G, D)
        Shares of each segment.
    sizes : ndarray, shape (G,)
        Shares.
    within : float or ndarray, shape (D,)
        How far each mean weight may be off, as a share.
    seed, count : int

    Returns
    -------
    ndarray, shape (G, D, count)
        Over the disciplines they sum to 1; a shift takes no more from a segment than there is.

    Examples
    --------
    >>> drawn = shared_shift(np.array([[0.05, 0.95]]), np.ones(1), 0.05, 0, 4096)
    >>> drawn.shape, round(float((drawn[0, 0] > 0.04).mean()), 2)
    ((1, 2, 4096), 0.6)
    """
    mean, live = live_mean(weights, sizes)
    off = np.broadcast_to(within, live.shape)[live]
    return shifted(weights, live, within_box(mean, off, seed, count) - mean[:, None])


def live_mean(weights: FloatArray, sizes: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Mean weights by size of the disciplines that a shared shift moves, and which of all D those are."""
    live: BoolArray = np.any((weights > 0) | (len(weights) == 1), axis=0)
    return (sizes @ weights)[live], live


def shifted(weights: FloatArray, live: BoolArray, shift: FloatArray) -> FloatArray:
    """Weights (G, D) of all segments after the same shifts (L, n) of the L live ones of D, shape (G, D, n)."""
    every = np.zeros((len(live), shift.shape[1]))
    every[live] = shift
    # In place: with many segments each further copy takes longer than the sum.
    drawn: FloatArray = weights[..., None] + every
    np.maximum(drawn, 0, out=drawn)
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn


def own_shifts(weights: FloatArray, within: FloatArray | float, seed: int, count: int) -> FloatArray:
    """Weights of all segments, each off by itself, shape (G, D, count).

    Parameters
    ----------
    weights : ndarray, shape (G, D)
        Shares of each segment.
    within : float or ndarray, shape (D,)
        How far each weight may be off, as a share.
    seed, count : int

    Examples
    --------
    >>> drawn = own_shifts(np.array([[0.2, 0.8], [0.6, 0.4]]), 0.1, 0, 4096)
    >>> bool((abs(drawn[1, 0] - 0.6) <= 0.1).all()), bool(abs(np.corrcoef(drawn[:, 0])[0, 1]) < 0.1)
    (True, True)
    """
    drawn = np.empty((*weights.shape, count))
    for g, row in enumerate(weights):
        # In another order in every segment, so that their errors have nothing to do with each other.
        order = np.random.default_rng([seed, g]).permutation(count)
        drawn[g] = within_box(row, within, seed, count)[:, order]
    return drawn


def within_box(centre: FloatArray, within: FloatArray | float, seed: int, count: int) -> FloatArray:
    """Weights within some distance of today's, quasi-random and uniform on all that are allowed.

    Parameters
    ----------
    centre : ndarray, shape (D,)
        Shares.
    within : float or ndarray, shape (D,)
        How far each may be off, as a share; none is below 0.
    seed, count : int

    Returns
    -------
    ndarray, shape (D, count)
        Columns sum to 1.

    Examples
    --------
    >>> within_box(np.array([0.5, 0.3, 0.2]), 0.1, 0, 4096).mean(axis=1).round(2).tolist()
    [0.5, 0.3, 0.2]
    """
    if (np.broadcast_to(within, centre.shape) > TIE).sum() < 2:
        return np.repeat(centre[:, None], count, axis=1)
    low, high = np.maximum(centre - within, 0), np.minimum(centre + within, 1)
    found, tries = centre[:, None], count
    # Points that are not allowed are replaced from the same sequence.
    while found.shape[1] < count and tries < MOST_TRIES * count:
        tries *= 2
        points = _sobol(len(centre), tries, seed)
        ways = [from_box(low, high, points)]
        if tries > BOX_TRIES * count:
            ways.append(from_corner(low, high, -np.log1p(-points) + np.finfo(np.float64).tiny))
        found = max((*ways, found), key=lambda drawn: drawn.shape[1])
    return found[:, :count] if found.shape[1] >= count else found[:, np.arange(count) % found.shape[1]]


def from_box(low: FloatArray, high: FloatArray, points: FloatArray) -> FloatArray:
    """All but the widest weight uniform in the box, where that leaves the widest one in it, shape (D, n).

    `points` are uniform from 0 to 1, shape (D, n or more).
    """
    widest = int(np.argmax(high - low))
    drawn = low[:, None] + (high - low)[:, None] * points
    drawn[widest] = 0
    drawn[widest] = 1 - drawn.sum(axis=0)
    return drawn[:, (drawn[widest] >= low[widest]) & (drawn[widest] <= high[widest])]


def from_corner(low: FloatArray, high: FloatArray, drawn: FloatArray) -> FloatArray:
    """Lower ends plus a uniform share of what they leave, where that stays in the box, shape (D, n).

    `drawn` are exponential, shape (D, n or more), and written over.
    """
    drawn *= (1 - low.sum()) / drawn.sum(axis=0)
    drawn += low[:, None]
    return drawn[:, (drawn <= high[:, None]).all(axis=0)]


@functools.lru_cache(maxsize=16)
def _sobol(dimensions: int, count: int, seed: int) -> FloatArray:
    """Scrambled Sobol points, shape (dimensions, count), kept: every move of a weight asks for the same."""
    from scipy.stats import qmc

    points = np.ascontiguousarray(qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random(count).T)
    points.setflags(write=False)
    return points
