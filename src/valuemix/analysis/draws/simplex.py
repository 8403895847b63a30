"""Exact shares of the weight simplex: pairs for any number of disciplines, and first ranks.

The weights are unknown: every vector of shares is equally likely. The value of proposition p
is ``points[p] @ weights``, so what decides a rank is on which side of the planes
``(points[p] - points[q]) @ weights = 0`` the weights lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np

from valuemix.typing import FloatArray, IntArray

__all__ = [
    "CHECKED_TO",
    "FirstShares",
    "expected_ranks",
    "first_shares",
    "leads_of",
    "pairwise_shares",
    "planes_are_clear",
    "share_ties",
    "tied_groups",
]


CHECKED_TO = 1e-6
"""How far exact shares may be from what they must sum to."""

ROUNDING = 1e-13
"""Differences no larger than this part of what they are differences of are rounding."""

STEEP = 1e-9
"""A pair that differs in one discipline by less than this part of what it does in another ties on a plane
too near to a face of the simplex: shares were off by 0.1 at 1e-14 and by nothing to be seen at 1e-10."""

THIN = 1e-8
"""A part of the simplex with no more room than this is nothing; what that leaves out, the sum of shares tells."""

MOST_DISCIPLINES = 6
"""For which polytopes are quick and safe: 50 ms for 20 propositions; 8 take seconds and lose digits."""


@dataclass(frozen=True, eq=False)
class FirstShares:
    """How much of the simplex each proposition leads, and the middle of that part.

    Attributes
    ----------
    shares : ndarray, shape (P,)
    central_weights : ndarray, shape (P, D)
        NaN where a proposition never leads.
    """

    shares: FloatArray
    central_weights: FloatArray


def pairwise_shares(points: FloatArray) -> FloatArray:
    """Share of the simplex in which p is above q, shape (P, P); half where they tie everywhere.

    Parameters
    ----------
    points : ndarray, shape (P, D)
        Value of each proposition at each vertex of the simplex.

    References
    ----------
    Varsi, The multidimensional content of the frustum of the simplex, Pacific Journal of
    Mathematics 46 (1973).

    Examples
    --------
    >>> pairwise_shares(np.array([[1.0, 0.0], [0.25, 0.25]])).tolist()
    [[0.5, 0.75], [0.25, 0.5]]
    """
    lead = np.sort(leads_of(points).swapaxes(0, 1), axis=-1)
    columns = np.moveaxis(lead, -1, 0)
    # Frustum volumes built up one positive y at a time over the x that are not; positives sort last.
    parts = [np.where(x <= 0, 1.0, 0.0) for x in columns]
    for y in columns:
        previous = np.zeros_like(y)
        for q, x in enumerate(columns):
            both = (y > 0) & (x <= 0)
            updated = (y * previous - x * parts[q]) / np.where(both, y - x, 1.0)
            parts[q] = np.where(both, updated, parts[q])
            previous = parts[q]
    last = (columns <= 0).sum(axis=0) - 1
    above = np.take_along_axis(np.stack(parts), np.maximum(last, 0)[None], axis=0)[0]
    above = np.where(last < 0, 0.0, above)
    return np.asarray(np.where((lead == 0).all(axis=-1), 0.5, above))


def leads_of(points: FloatArray, of: FloatArray | None = None) -> FloatArray:
    """Leads of some propositions over all, each pair's on its own scale, shape (Q, P, D).

    The largest of a pair is 1 or -1, and all are 0 where two tie everywhere. Pairs may differ
    by sizes so far apart that no common margin tells a difference from rounding.

    Parameters
    ----------
    points : ndarray, shape (P, D)
    of : ndarray, shape (Q, D), optional
        Points of those whose leads are asked for; all by default.

    Examples
    --------
    >>> leads_of(np.array([[1e-30, 3e-30], [2e-30, 1e-30]]))[0, 1].round(9).tolist()
    [-0.5, 1.0]
    """
    own = (points if of is None else of)[:, None]
    lead = own - points
    size = np.maximum(np.abs(own), np.abs(points))
    lead[np.abs(lead) <= ROUNDING * size] = 0.0
    largest = np.abs(lead).max(axis=-1, keepdims=True)
    # Beside what both have elsewhere this is nothing, at all weights but the most extreme.
    largest[largest <= ROUNDING * size.max(axis=-1, keepdims=True)] = np.inf
    return np.asarray(lead / np.where(largest > 0, largest, 1.0))


def expected_ranks(points: FloatArray) -> FloatArray:
    """Mean rank of each proposition over the simplex, shape (P,).

    Examples
    --------
    >>> expected_ranks(np.array([[1.0, 0.0], [0.25, 0.25]])).tolist()
    [1.25, 1.75]
    """
    return np.asarray(0.5 + pairwise_shares(points).sum(axis=0))


def first_shares(points: FloatArray) -> FirstShares | None:
    """Share of the simplex that each proposition leads, and its middle, by its polytope.

    Parameters
    ----------
    points : ndarray, shape (P, D)
        Value of each proposition at each vertex of the simplex.

    Returns
    -------
    FirstShares or None
        None above 6 disciplines, where the polytopes have so many corners that the hulls lose
        digits and seconds, where one is too thin, and where the shares do not sum
        to 1 within 1e-6: then sample.

    References
    ----------
    Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001).

    Examples
    --------
    >>> result = first_shares(np.eye(3))
    >>> result.shares.round(6).tolist(), result.central_weights[0].round(3).tolist()
    ([0.333333, 0.333333, 0.333333], [0.611, 0.194, 0.194])
    """
    disciplines = points.shape[1]
    if disciplines > MOST_DISCIPLINES or (disciplines > 2 and not planes_are_clear(points)):
        return None
    groups = tied_groups(points)
    distinct, size = np.unique(groups, return_counts=True)
    shares, middles = np.zeros(len(points)), np.full(points.shape, np.nan)
    for p, ties in zip(distinct.tolist(), size.tolist(), strict=True):
        planes = leads_of(points[distinct[distinct != p]], points[p : p + 1])[0]
        part = _part(planes)
        if part is None:
            return None
        shares[groups == p], middles[groups == p] = part[0] / ties, part[1]
    return FirstShares(shares, middles) if abs(shares.sum() - 1) < CHECKED_TO else None


def planes_are_clear(points: FloatArray) -> bool:
    """Whether no plane on which two tie comes so near to a face of the simplex that volumes lose digits."""
    leads = np.abs(leads_of(points))
    return not ((leads > 0) & (leads < STEEP)).any()


def tied_groups(points: FloatArray) -> IntArray:
    """For each proposition the first with the same points but for rounding, shape (P,).

    Examples
    --------
    >>> tied_groups(np.array([[0.1, 0.2], [0.3, 0.2], [0.1, 0.2]])).tolist()
    [0, 1, 0]
    """
    groups = np.arange(len(points))
    for p in range(len(points) - 1, -1, -1):
        groups[(leads_of(points, points[p : p + 1])[0] == 0).all(axis=-1)] = p
    return groups


def share_ties(rows: FloatArray, groups: IntArray) -> FloatArray:
    """Give the members of a tied group the mean of their rows.

    Whichever way a tie was broken, the rows of a group sum to the same; so their mean is what
    splitting every tie equally gives.
    """
    member = (groups[:, None] == groups[None, :]).astype(np.float64)
    return np.tensordot(member / member.sum(axis=1, keepdims=True), rows, axes=1)


def _part(planes: FloatArray) -> tuple[float, FloatArray] | None:
    """Share and middle of the part of the simplex where ``planes @ w >= 0``; None where a hull fails."""
    from scipy.spatial import QhullError

    count = planes.shape[1]
    inequalities = np.concatenate([np.eye(count), planes])
    if count < 3:
        return _part_of_a_line(inequalities)
    inside, room = _deepest(inequalities)
    if room <= THIN:
        return 0.0, np.full(count, np.nan)
    try:
        return _volume(inequalities, inside)
    except QhullError:
        return None


def _part_of_a_line(inequalities: FloatArray) -> tuple[float, FloatArray]:
    """The same for two disciplines, or one: where the weight of the first may lie."""
    if inequalities.shape[1] == 1:
        return (1.0, np.ones(1)) if (inequalities >= 0).all() else (0.0, np.full(1, np.nan))
    at_one, at_zero = inequalities.T
    with np.errstate(divide="ignore", invalid="ignore"):
        at = at_zero / (at_zero - at_one)
    low = np.max(at, where=at_one > at_zero, initial=0.0)
    high = np.min(at, where=at_one < at_zero, initial=1.0)
    never = (at_one == at_zero) & (at_one < 0)
    if low >= high or never.any():
        return 0.0, np.full(2, np.nan)
    middle = (low + high) / 2
    return float(high - low), np.array([middle, 1 - middle])


def _volume(inequalities: FloatArray, inside: FloatArray) -> tuple[float, FloatArray]:
    """Share and middle of a polytope in the simplex around a point in it."""
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    count = inequalities.shape[1]
    # The last weight is what the others leave.
    normals, offsets = inequalities[:, :-1] - inequalities[:, -1:], inequalities[:, -1]
    corners = HalfspaceIntersection(-np.column_stack([normals, offsets]), inside[:-1]).intersections
    hull = ConvexHull(corners)
    center = corners.mean(axis=0)
    faces = corners[hull.simplices]
    volumes = np.abs(np.linalg.det(faces - center)) / factorial(count - 1)
    middles = (faces.sum(axis=1) + center) / count
    middle = volumes @ middles / volumes.sum()
    return float(volumes.sum() * factorial(count - 1)), np.append(middle, 1 - middle.sum())


def _deepest(inequalities: FloatArray) -> tuple[FloatArray, float]:
    """Weights farthest inside ``inequalities @ w >= 0`` on the simplex, and how far."""
    from scipy.optimize import linprog

    rows, count = inequalities.shape
    lengths = np.linalg.norm(inequalities, axis=1, keepdims=True)
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([-inequalities / lengths, np.ones(rows)]),
        b_ub=np.zeros(rows),
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, 1)] * count + [(None, None)],
    )
    best = np.asarray(found.x)
    return best[:-1], float(best[-1])
