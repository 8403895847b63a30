"""Where the values of two propositions cross along a path from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize.elementwise import find_root

from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["Crossings", "crossings_of_ratios", "joined_crossings", "near_the_ends", "searched_crossings"]


ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Crossings:
    """All crossings of pairs, shape (K,) each, in the order of the path.

    Attributes
    ----------
    shares : ndarray
        Where on the path, 0 to 1.
    before, after : ndarray of int
        Which proposition of the pair has the higher value just before and just after.
    """

    shares: FloatArray
    before: IntArray
    after: IntArray


def crossings_of_ratios(numerators: FloatArray, denominators: FloatArray) -> Crossings:
    """Crossings of values that are ratios of linear functions, in closed form.

    Values with complete scores have the denominator 1 and are straight lines, which cross at
    most once; a missing score makes the denominator the weight of the scores present, and a
    pair may cross twice.

    Parameters
    ----------
    numerators, denominators : ndarray, shape (2, P)
        At the path's start and at its end; denominators are positive inside the path.

    References
    ----------
    O'Shea, Deeney, Triantaphyllou, Diaz-Balteiro and Tarim, Expert Systems with
    Applications 296 (2026).

    Examples
    --------
    >>> lines = np.array([[0.2, 0.6], [0.8, 0.4]])
    >>> found = crossings_of_ratios(lines, np.ones_like(lines))
    >>> found.shares.round(6).tolist(), found.before.tolist(), found.after.tolist()
    ([0.5], [1], [0])
    """
    a, b = np.triu_indices(numerators.shape[1], 1)
    (n0, n1), (m0, m1) = numerators, denominators
    start = n0[a] * m0[b] - n0[b] * m0[a]
    middle = (n0[a] * m1[b] + n1[a] * m0[b] - n0[b] * m1[a] - n1[b] * m0[a]) / 2
    end = n1[a] * m1[b] - n1[b] * m1[a]
    # By the pair's own size: transformed scores may be small beside each other.
    size = np.maximum(abs(n0[a] * m0[b]) + abs(n0[b] * m0[a]), abs(n1[a] * m1[b]) + abs(n1[b] * m1[a]))
    same = np.maximum(np.maximum(abs(start), abs(middle)), abs(end)) <= ROUNDING * size
    roots = _quadratic_roots(start, middle, end)
    slopes = (middle - start) * (1 - roots) + (end - middle) * roots
    turns = abs(slopes) > ROUNDING**2 * size
    inside = (roots >= -ROUNDING) & (roots <= 1 + ROUNDING) & ~same & turns
    which, pair = np.nonzero(inside)
    return _in_order(roots[which, pair], a[pair], b[pair], slopes[which, pair] > 0)


def joined_crossings(legs: Sequence[tuple[float, float, Crossings]]) -> Crossings:
    """Crossings of a path of several legs, each given as its start, its end and its own crossings.

    A pair that crosses where two legs meet is told once.
    """
    shares = np.concatenate([start + (end - start) * leg.shares for start, end, leg in legs])
    before = np.concatenate([leg.before for _, _, leg in legs])
    after = np.concatenate([leg.after for _, _, leg in legs])
    pairs = np.stack([np.round(shares, 12), np.minimum(before, after), np.maximum(before, after)])
    _, once = np.unique(pairs, axis=1, return_index=True)
    return Crossings(shares[once], before[once], after[once])


def _quadratic_roots(start: FloatArray, middle: FloatArray, end: FloatArray) -> FloatArray:
    """Roots of start (1-t)^2 + 2 middle t (1-t) + end t^2, shape (2, n); -1 where there is none."""
    square, half = start - 2 * middle + end, middle - start
    square = np.where(abs(square) <= 1e-14 * (abs(start) + abs(end)), 0.0, square)
    discriminant = half**2 - square * start
    with np.errstate(divide="ignore", invalid="ignore"):
        q = -(half + np.copysign(np.sqrt(discriminant), half))
        roots = np.stack([q / square, start / q])
    return np.where(np.isfinite(roots), roots, -1.0)


def searched_crossings(values_at: Callable[[FloatArray], FloatArray], steps: int = 200) -> Crossings:
    """Crossings of any continuous values: bracketed on a grid, then closed in on by interpolation.

    Two crossings of one pair between neighbours on the grid are not seen.

    Parameters
    ----------
    values_at : callable
        Values of shape (T, P) at T points of the path; NaN where there is none.
    steps : int
        Steps of the grid, besides powers of ten from both ends.

    References
    ----------
    Chandrupatla, Advances in Engineering Software 28 (1997).

    Examples
    --------
    >>> found = searched_crossings(lambda t: np.stack([t**2, 0.25 + 0 * t], axis=1))
    >>> found.shares.round(9).tolist(), found.after.tolist()
    ([0.5], [0])
    """
    # Extreme exponents turn an order by all but nothing of a weight.
    grid = np.union1d(np.linspace(0, 1, steps + 1), near_the_ends())
    values = values_at(grid)
    a, b = np.triu_indices(values.shape[1], 1)
    gaps = values[:, a] - values[:, b]
    signs = np.where(abs(gaps) <= TIE, 0.0, np.sign(gaps))
    # A tie on the grid takes the sign it had before, and the bracket begins where it had it.
    begins = np.maximum.accumulate(np.where(signs == 0, 0, np.arange(len(grid))[:, None]))
    signs = np.take_along_axis(signs, begins, axis=0)
    step, pair = np.nonzero(signs[:-1] * signs[1:] < 0)
    if not pair.size:
        return _in_order(np.empty(0), pair, pair, np.empty(0, bool))

    def gap_at(shares: FloatArray, first: IntArray, second: IntArray) -> FloatArray:
        at, rows = values_at(shares), np.arange(len(shares))
        return at[rows, first] - at[rows, second]

    found = find_root(
        gap_at,
        (grid[begins[step, pair]], grid[step + 1]),
        args=(a[pair], b[pair]),
        tolerances={"xatol": 1e-14},
    )
    return _in_order(found.x, a[pair], b[pair], signs[step + 1, pair] > 0)


def near_the_ends() -> FloatArray:
    """Places that come nearer to 0 and to 1 by powers of ten, shape (20,)."""
    nearer = 10.0 ** -np.arange(3, 13)
    return np.concatenate([nearer, 1 - nearer])


def _in_order(shares: FloatArray, first: IntArray, second: IntArray, rising: BoolArray) -> Crossings:
    """Crossings sorted along the path; where `rising` the first overtakes the second."""
    order = np.argsort(shares, kind="stable")
    before, after = np.where(rising, second, first), np.where(rising, first, second)
    return Crossings(np.clip(shares, 0, 1)[order], before[order], after[order])
