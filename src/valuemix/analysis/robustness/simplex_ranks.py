"""Every rank of every proposition over the weight simplex, exactly, for two to four disciplines.

The part of the simplex where p has a rank is a union of cells cut by the planes on which p
ties with another. Its volume is a sum of signed orthoschemes: from the origin to its foot on a
plane, from there to the foot on a line of two planes, from there along the line. All that is
needed of a line is how long the stretches are on which k others are above p. Every term is
bounded by the size of the simplex, so nearly parallel planes and planes that meet in one
point, which integer scores bring, cost no digits beyond the perturbation that parts them.
Formulas in the sense of Schläfli's orthoschemes; compare Lawrence, Polytope volume computation,
Mathematics of Computation 57 (1991), whose vertex sums are not bounded like this.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from valuemix.analysis.draws.simplex import (
    CHECKED_TO,
    expected_ranks,
    planes_are_clear,
    share_ties,
    tied_groups,
)
from valuemix.analysis.value.crossings import crossings_of_ratios
from valuemix.typing import FloatArray, IntArray

__all__ = ["RankShares", "rank_shares"]


PERTURBATIONS = (1e-9, 1e-9, 1e-11)
"""Of the points' range, tried in turn, each another way. The first two part planes that meet in one
point at a cost of about 1e-7 by rounding; the last is for propositions that are almost alike."""

MOST_PROPOSITIONS = 40

AXES = np.array([[1, -1, 0, 0], [1, 1, -2, 0], [1, 1, 1, -3]]) / np.sqrt([[2], [6], [12]])
"""Right-angled axes in the plane in which four weights sum to 1, from its middle."""

VOLUME = 1 / 3
"""Of the simplex of four weights, measured along these axes."""

FACES = AXES.T
"""Weight d at x is 1/4 + FACES[d] @ x."""


@dataclass(frozen=True, eq=False)
class RankShares:
    """Share of the simplex in which each proposition has each rank, and the middle of that part.

    Attributes
    ----------
    shares : ndarray, shape (P, P)
        Row: proposition; column: rank. Rows and columns sum to 1; ties are split equally.
    central_weights : ndarray, shape (P, P, D)
        NaN where a share is nothing.
    """

    shares: FloatArray
    central_weights: FloatArray


@dataclass(frozen=True, eq=False)
class _Sides:
    """Half-spaces ``normal @ x <= offset``, shapes (L, 3) and (L,), normals of length 1."""

    normal: FloatArray
    offset: FloatArray


@dataclass(frozen=True, eq=False)
class _Lines:
    """Lines by the point nearest to the origin and the direction, shape (L, 3) each."""

    foot: FloatArray
    along: FloatArray


def rank_shares(points: FloatArray) -> RankShares | None:
    """Exact rank acceptability over the simplex, with the central weights of every rank.

    Parameters
    ----------
    points : ndarray, shape (P, D)
        Value of each proposition at each vertex of the simplex; D from 2 to 4.

    Returns
    -------
    RankShares or None
        Right to 1e-6 or better. None where the mean ranks differ from their closed form by more
        than that, where a pair differs in one discipline by less than a billionth of what it does
        in another, and above 40 propositions, where the lines are too many: then sample.

    Examples
    --------
    >>> result = rank_shares(np.array([[1.0, 0.0], [0.25, 0.25], [0.0, 0.5]]))
    >>> result.shares.round(6).tolist()
    [[0.666667, 0.083333, 0.25], [0.0, 0.75, 0.25], [0.333333, 0.166667, 0.5]]
    >>> result.central_weights[0, 0].round(6).tolist()
    [0.666667, 0.333333]
    """
    count, disciplines = points.shape
    if count > MOST_PROPOSITIONS:
        return None
    groups, mean_ranks = tied_groups(points), expected_ranks(points)
    if disciplines == 2:
        return _checked(_parts_of_a_line(points), groups, mean_ranks)
    if not planes_are_clear(points):
        return None
    # Points of 0 at a fourth vertex change no order: the simplex becomes a cone over itself.
    cone = np.zeros((count, 4))
    cone[:, :disciplines] = (points - _middle(points)) / (np.ptp(points) or 1.0)
    for attempt, size in enumerate(PERTURBATIONS):
        parts = _parts(cone + size * _noise(cone, groups, attempt))
        moments = 0.25 * parts[:, :1] + np.einsum("pxk,xd->pdk", parts[:, 1:], AXES)
        parts = np.concatenate([parts[:, :1], moments[:, :disciplines]], axis=1) / VOLUME
        found = _checked(parts, groups, mean_ranks)
        if found is not None:
            return found
    return None


def _middle(points: FloatArray) -> float:
    """What points may lose to be smaller: nothing that would take digits from the smallest."""
    return float(points.mean()) if np.ptp(points) < np.abs(points).min() else 0.0


def _noise(cone: FloatArray, groups: IntArray, seed: int) -> FloatArray:
    """Noise from -1 to 1, a smooth function of a proposition's points: near ones get nearly the same.

    So the noise of a difference is small beside the difference, however near two are. Those that
    tie everywhere get some of their own.
    """
    rng = np.random.default_rng(seed)
    half, phase = cone @ rng.uniform(-2, 2, (4, 4)), rng.uniform(0, 2 * np.pi, 4)
    own = rng.uniform(-1, 1, cone.shape) * (groups != np.arange(len(groups)))[:, None]
    return np.asarray(np.sin(half + phase) * np.sin(half) + own)


def _checked(parts: FloatArray, groups: IntArray, mean_ranks: FloatArray) -> RankShares | None:
    """Shares and middles from volumes and moments (P, 1 + D, P), or None where ranks are wrong."""
    parts = share_ties(parts, groups)
    shares = parts[:, 0]
    off = shares @ np.arange(1, len(shares) + 1) - mean_ranks, shares.sum(axis=1) - 1, shares.sum(axis=0) - 1
    if not np.abs(off).max() < CHECKED_TO:
        return None
    shares = np.where(shares < CHECKED_TO / 10, 0.0, shares)
    middles = np.where(shares[..., None] > 0, np.moveaxis(parts[:, 1:], 1, -1).clip(0), np.nan)
    return RankShares(
        shares / shares.sum(axis=1, keepdims=True), middles / middles.sum(axis=-1, keepdims=True)
    )


def _parts_of_a_line(points: FloatArray) -> FloatArray:
    """Length and moments where a proposition has a rank, for two disciplines, shape (P, 3, P)."""
    crossings = crossings_of_ratios(points.T, np.ones_like(points.T))
    cuts = np.unique(np.concatenate([[0.0], crossings.shares, [1.0]]))
    middles, lengths = (cuts[1:] + cuts[:-1]) / 2, np.diff(cuts)
    weights = np.column_stack([1 - middles, middles])
    order = np.argsort(-(weights @ points.T), axis=1, kind="stable")
    total = np.zeros((len(points), 3, len(points)))
    for rank in range(len(points)):
        np.add.at(total[:, 0, rank], order[:, rank], lengths)
        np.add.at(total[:, 1:, rank], order[:, rank], lengths[:, None] * weights)
    return total


def _parts(points: FloatArray) -> FloatArray:
    """Volume and moments (along the axes) of the part where a proposition has a rank, shape (P, 4, P)."""
    count = len(points)
    slopes, level = points @ AXES.T, points.mean(axis=1)

    def above(a: IntArray, b: IntArray) -> _Sides:
        return _sides(slopes[b] - slopes[a], level[a] - level[b])

    total = np.zeros((count, 4, count))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        a, b, c = np.array([*combinations(range(count), 3)], dtype=np.int64).reshape(-1, 3).T
        lines = _lines(above(a, b), above(a, c))
        lengths = _stretches(slopes, level, lines, (a, b, c))
        for p, q, r in ((a, b, c), (b, a, c), (c, a, b)):
            # Of the four cells around the line, two have one more above p and one has two more.
            _add(total, p, _wedges(above(p, q), above(p, r), lines), lengths, (1, -2, 1))
        a, b = np.triu_indices(count, 1)
        for face in range(4):
            edge = _face(face, len(a))
            lines = _lines(above(a, b), edge)
            lengths = _stretches(slopes, level, lines, (a, b), (face,))
            _add(total, a, _wedges(above(a, b), edge, lines), lengths, (1, -1))
            _add(total, b, _wedges(above(b, a), edge, lines), lengths, (1, -1))
        everyone = np.arange(count)
        for faces in combinations(range(4), 2):
            first, second = (_face(face, count) for face in faces)
            lines = _lines(first, second)
            lengths = _stretches(slopes, level, lines, (everyone,), faces)
            _add(total, everyone, _wedges(first, second, lines), lengths, (1,))
    return total


def _sides(normal: FloatArray, offset: FloatArray) -> _Sides:
    # By the largest first: squares of the smallest would be 0.
    largest = np.abs(normal).max(axis=1)
    normal, offset = normal / largest[:, None], offset / largest
    length = _length(normal)
    return _Sides(normal / length[:, None], offset / length)


def _cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cross products, row by row; the general one of numpy spends its time on axes."""
    return a[:, [1, 2, 0]] * b[:, [2, 0, 1]] - a[:, [2, 0, 1]] * b[:, [1, 2, 0]]


def _length(a: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.einsum("lx,lx->l", a, a)))


def _face(discipline: int, count: int) -> _Sides:
    """Where the weight of a discipline is not negative, `count` times."""
    return _sides(np.tile(-FACES[discipline], (count, 1)), np.full(count, 0.25))


def _lines(i: _Sides, j: _Sides) -> _Lines:
    """Lines on which the edges of two half-spaces meet."""
    along = _cross(i.normal, j.normal)
    along /= _length(along)[:, None]
    foot = i.offset[:, None] * i.normal
    within, height = _within(i, j)
    return _Lines(foot + height[:, None] * within, along)


def _within(i: _Sides, j: _Sides) -> tuple[FloatArray, FloatArray]:
    """Direction and signed distance, in the plane of i, from its foot to the edge of j."""
    sine = _length(_cross(i.normal, j.normal))
    cosine = np.einsum("lx,lx->l", i.normal, j.normal)
    within = (j.normal - cosine[:, None] * i.normal) / sine[:, None]
    return within, (j.offset - cosine * i.offset) / sine


def _wedges(i: _Sides, j: _Sides, lines: _Lines) -> FloatArray:
    """What a unit of T and of T^2 along a line adds to volume and moments, shape (L, 4, 2)."""
    result = np.zeros((len(i.offset), 4, 2))
    for first, second in ((i, j), (j, i)):
        base = first.offset * _within(first, second)[1] / 6
        foot = first.offset[:, None] * first.normal
        result[:, 0, 0] += base
        result[:, 1:, 0] += base[:, None] * (foot + 2 * lines.foot) / 4
        result[:, 1:, 1] += base[:, None] * lines.along / 4
    return result


def _stretches(
    slopes: FloatArray,
    level: FloatArray,
    lines: _Lines,
    tied: tuple[IntArray, ...],
    faces: tuple[int, ...] = (),
) -> FloatArray:
    """Growth of T and T^2 while k others are above the tied ones, shape (L, 2, P) by k."""
    count = len(level)
    low, high = _clipped(lines, faces)
    # Parallel planes have no line, and nothing clips it.
    kept = np.flatnonzero((low < high) & np.isfinite(low))
    low, high = low[kept, None], high[kept, None]
    foot, along, one = lines.foot[kept], lines.along[kept], tied[0][kept]
    start = foot @ slopes.T + level
    start -= np.take_along_axis(start, one[:, None], axis=1)
    climb = along @ slopes.T
    climb -= np.take_along_axis(climb, one[:, None], axis=1)
    rows = np.arange(len(kept))
    for p in tied:
        start[rows, p[kept]], climb[rows, p[kept]] = -1.0, 0.0
    crossing = np.clip(np.where(climb == 0, high, -start / climb), low, high)
    order = np.argsort(crossing, axis=1)
    crossing = np.take_along_axis(crossing, order, axis=1)
    turns = np.take_along_axis(np.sign(climb), order, axis=1).astype(np.int64)
    before = ((climb < 0) | ((climb == 0) & (start > 0))).sum(axis=1)
    above = np.cumsum(np.column_stack([before, turns]), axis=1)
    knots = np.column_stack([low, crossing, high])
    cell = (kept[:, None] * count + above).ravel()
    size = len(lines.foot) * count
    grown = [np.bincount(cell, np.diff(k, axis=1).ravel(), size) for k in (knots, knots**2)]
    return np.stack([g.reshape(-1, count) for g in grown], axis=1)


def _clipped(lines: _Lines, faces: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Where lines enter and leave the simplex; the faces that hold them do not clip."""
    others = [d for d in range(4) if d not in faces]
    start, climb = 0.25 + lines.foot @ FACES[others].T, lines.along @ FACES[others].T
    at = -start / climb
    low = np.where(climb > 0, at, np.where((climb == 0) & (start < 0), np.inf, -np.inf))
    high = np.where(climb < 0, at, np.inf)
    return low.max(axis=1), high.min(axis=1)


def _add(
    total: FloatArray, p: IntArray, wedges: FloatArray, lengths: FloatArray, steps: tuple[int, ...]
) -> None:
    """Add the stretches' orthoschemes to the ranks of p: cell by cell, each of the sign in `steps`."""
    count = len(total)
    incidence = (np.arange(count)[:, None] == p).astype(np.float64)
    kept = lengths[:, 0].any(axis=1)
    parts = np.einsum("lct,ltk->lck", wedges[kept], lengths[kept]).reshape(-1, 4 * count)
    summed = (incidence[:, kept] @ parts).reshape(total.shape)
    for more, sign in enumerate(steps):
        total[:, :, more:] += sign * summed[:, :, : count - more]
