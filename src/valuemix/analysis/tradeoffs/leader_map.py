"""Who leads over any two weights, the others keeping their proportions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.draws.simplex import tied_groups
from valuemix.analysis.value.case import Case, additive_scores, leaders_of
from valuemix.typing import FloatArray, IntArray

__all__ = ["Region", "leader_grid", "leader_regions", "paired_weights"]


@dataclass(frozen=True, eq=False)
class Region:
    """Part of the map with the same leaders.

    Attributes
    ----------
    leaders : tuple of int
        More than one where they tie all over it.
    corners : ndarray, shape (n, 2)
        Weights of the first and the second discipline, counter-clockwise; convex.
    area_share : float
        Of the whole map.
    """

    leaders: tuple[int, ...]
    corners: FloatArray
    area_share: float


def leader_regions(
    case: Case, first: int, second: int, segments: Sequence[int] | None = None
) -> tuple[Region, ...] | None:
    """Exact regions of the triangle of two weights, the largest first.

    Parameters
    ----------
    case : Case
        At least 3 disciplines: with two, one weight is what the other leaves.
    first, second : int
        Disciplines.
    segments : sequence of int, optional
        Where their weights move, together; all by default.

    Returns
    -------
    tuple of Region or None
        None where values are not linear in the weights (see `additive_scores`) or a score is
        missing: then `leader_grid` tells.

    Examples
    --------
    >>> case = Case(np.eye(3)[None], np.full((1, 3), 1 / 3), np.ones(1))
    >>> sorted((region.leaders, round(region.area_share, 6)) for region in leader_regions(case, 0, 1))
    [((0,), 0.333333), ((1,), 0.333333), ((2,), 0.333333)]
    """
    scores = additive_scores(case)
    sized = case.sizes > 0
    if scores is None or np.isnan(scores[sized]).any():
        return None
    ends = paired_weights(case, first, second, np.array([[1.0, 0], [0, 1], [0, 0]]), segments)
    points = np.einsum("g,tgd,gpd->pt", case.sizes, ends, np.nan_to_num(scores))
    groups = tied_groups(points)
    regions = []
    for p in np.unique(groups).tolist():
        corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
        for q in np.unique(groups[groups != p]).tolist():
            corners = _cut(corners, points[p] - points[q])
        area = _area(corners)
        if area > 1e-12:
            regions.append(Region(tuple(np.flatnonzero(groups == p).tolist()), corners, 2 * area))
    return tuple(sorted(regions, key=lambda region: -region.area_share))


def leader_grid(
    case: Case, first: int, second: int, segments: Sequence[int] | None = None, *, steps: int = 60
) -> IntArray:
    """Leader on a grid of two weights, for any case.

    Returns
    -------
    ndarray of int, shape (steps + 1, steps + 1)
        Row: weight of the second discipline; column: of the first; from 0 to 1. The first of
        those that tie; -1 outside the triangle and where nothing has a value.

    Examples
    --------
    >>> case = Case(np.eye(3)[None], np.full((1, 3), 1 / 3), np.ones(1))
    >>> leader_grid(case, 0, 1, steps=2).tolist()
    [[2, 0, 0], [1, 0, -1], [1, -1, -1]]
    """
    axis = np.linspace(0, 1, steps + 1)
    row, column = np.nonzero(np.add.outer(axis, axis) <= 1 + 1e-12)
    pairs = np.column_stack([axis[column], axis[row]])
    led = leaders_of(case.values(weights=paired_weights(case, first, second, pairs, segments)))
    result = np.full((steps + 1, steps + 1), -1)
    result[row, column] = np.where(led.any(axis=1), led.argmax(axis=1), -1)
    return result


def paired_weights(
    case: Case, first: int, second: int, pairs: FloatArray, segments: Sequence[int] | None = None
) -> FloatArray:
    """Weights with two of them set (T, 2) and the others in proportion, shape (T, G, D).

    The others are scaled from equal shares where they have no weight today.

    Examples
    --------
    >>> case = Case(np.ones((1, 1, 4)), np.array([[0.4, 0.3, 0.2, 0.1]]), np.ones(1))
    >>> paired_weights(case, 0, 1, np.array([[0.5, 0.2]])).round(6).tolist()
    [[[0.5, 0.2, 0.2, 0.1]]]
    """
    result = np.repeat(case.weights[None], len(pairs), axis=0)
    for g in range(len(case.sizes)) if segments is None else segments:
        others = case.weights[g].copy()
        others[[first, second]] = 0
        if others.sum() <= 1e-12:
            others = np.ones(len(others))
            others[[first, second]] = 0
        left = np.clip(1 - pairs.sum(axis=1, keepdims=True), 0, 1)
        result[:, g] = left * others / others.sum()
        result[:, g, [first, second]] = pairs
    return result


def _cut(corners: FloatArray, lead: FloatArray) -> FloatArray:
    """Part of a convex polygon where a lead, given at (1, 0), (0, 1) and (0, 0), is not negative."""
    if not len(corners):
        return corners
    ahead = corners @ (lead[:2] - lead[2]) + lead[2]
    kept = []
    for i in range(len(corners)):
        here, there = ahead[i - 1], ahead[i]
        if (here >= 0) != (there >= 0):
            kept.append(corners[i - 1] + here / (here - there) * (corners[i] - corners[i - 1]))
        if there >= 0:
            kept.append(corners[i])
    return np.array(kept).reshape(-1, 2)


def _area(corners: FloatArray) -> float:
    x, y = corners.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2 if len(corners) > 2 else 0.0
