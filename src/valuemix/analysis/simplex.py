"""Exact shares of the weight simplex: pairs for any number of disciplines, and first ranks.

The weights are unknown: every vector of shares is equally likely. The value of proposition p
is ``points[p] @ weights``, so what decides a rank is on which side of the planes
``(points[p] - points[q]) @ weights = 0`` the weights lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.scoring import TIE

__all__ = [
    "CHECKED_TO",
    "FirstShares",
    "expected_ranks",
    "first_shares",
    "pairwise_shares",
    "range_of",
    "share_ties",
    "tied_groups",
]

FloatArray = NDArray[np.float64]

CHECKED_TO = 1e-6
"""How far exact shares may be from what they must sum to."""

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
    scale = range_of(points)
    lead = points[None, :, :] - points[:, None, :]
    lead = np.sort(np.where(np.abs(lead) <= 1e-13 * scale, 0.0, lead), axis=-1)
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
    result: FloatArray = np.where(np.abs(lead).max(axis=-1) <= TIE * scale, 0.5, above)
    return result


def expected_ranks(points: FloatArray) -> FloatArray:
    """Mean rank of each proposition over the simplex, shape (P,).

    Examples
    --------
    >>> expected_ranks(np.array([[1.0, 0.0], [0.25, 0.25]])).tolist()
    [1.25, 1.75]
    """
    result: FloatArray = 0.5 + pairwise_shares(points).sum(axis=0)
    return result


def first_shares(points: FloatArray) -> FirstShares | None:
    """Share of the simplex that each proposition leads, and its middle, by its polytope.

    Parameters
    ----------
    points : ndarray, shape (P, D)
        At least 3 disciplines.

    Returns
    -------
    FirstShares or None
        None above 6 disciplines, where the polytopes have so many corners that the hulls lose
        digits and seconds, and where the shares do not sum to 1 within 1e-6: then sample.

    References
    ----------
    Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001).

    Examples
    --------
    >>> result = first_shares(np.eye(3))
    >>> result.shares.round(6).tolist(), result.central_weights[0].round(3).tolist()
    ([0.333333, 0.333333, 0.333333], [0.611, 0.194, 0.194])
    """
    if points.shape[1] > MOST_DISCIPLINES:
        return None
    groups = tied_groups(points)
    distinct, size = np.unique(groups, return_counts=True)
    shares, middles = np.zeros(len(points)), np.full(points.shape, np.nan)
    for p, ties in zip(distinct.tolist(), size.tolist(), strict=True):
        planes = points[p] - points[distinct[distinct != p]]
        share, middle = _part(planes / range_of(points))
        shares[groups == p], middles[groups == p] = share / ties, middle
    return FirstShares(shares, middles) if abs(shares.sum() - 1) < CHECKED_TO else None


def range_of(points: FloatArray) -> float:
    """Range that differences are measured by; not 0 where all points are equal."""
    return max(float(np.ptp(points)), 1e-6)


def tied_groups(points: FloatArray) -> NDArray[np.int64]:
    """For each proposition the first with the same points, shape (P,).

    Examples
    --------
    >>> tied_groups(np.array([[0.1, 0.2], [0.3, 0.2], [0.1, 0.2]])).tolist()
    [0, 1, 0]
    """
    scale = range_of(points)
    same = np.abs(points[:, None] - points[None]).max(axis=-1) <= TIE * scale
    result: NDArray[np.int64] = same.argmax(axis=1)
    return result


def share_ties(rows: FloatArray, groups: NDArray[np.int64]) -> FloatArray:
    """Give the members of a tied group the mean of their rows.

    Whichever way a tie was broken, the rows of a group sum to the same; so their mean is what
    splitting every tie equally gives.
    """
    member = (groups[:, None] == groups[None, :]).astype(np.float64)
    return np.tensordot(member / member.sum(axis=1, keepdims=True), rows, axes=1)


def _part(planes: FloatArray) -> tuple[float, FloatArray]:
    """Share and middle of the part of the simplex where ``planes @ w >= 0``."""
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    count = planes.shape[1]
    nothing = 0.0, np.full(count, np.nan)
    inequalities = np.concatenate([np.eye(count), planes])
    inside, room = _deepest(inequalities)
    if room <= 1e-9:
        return nothing
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
    lengths = np.maximum(np.linalg.norm(inequalities, axis=1, keepdims=True), TIE)
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
