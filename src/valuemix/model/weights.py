"""Points and weights: shares, whole numbers that sum to 100, linked sliders.

Points are what a slider holds; a weight is a slider's share of the points.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from valuemix.errors import EditError
from valuemix.typing import FloatArray

__all__ = [
    "TOTAL_POINTS",
    "apportion",
    "equal_points",
    "led_by",
    "move_all",
    "move_slider",
    "rounded_points",
    "same_way",
    "shares",
    "slider_points",
]

TOTAL_POINTS = 100
WHOLE = 1e-9
"""Points this close to a whole number are one."""


def shares(points: ArrayLike) -> FloatArray:
    """Weights: each row of points divided by its sum.

    Parameters
    ----------
    points : array_like, shape (..., D)
        Points, 0 or more, with at least one above 0 in every row.

    Returns
    -------
    ndarray, shape (..., D)
        Shares that sum to 1 in every row.

    Raises
    ------
    EditError
        Where a row of points adds up to 0.

    Examples
    --------
    >>> shares([[30, 10, 0, 0], [1, 1, 1, 1]])
    array([[0.75, 0.25, 0.  , 0.  ],
           [0.25, 0.25, 0.25, 0.25]])
    """
    array = np.asarray(points, dtype=np.float64)
    highest = array.max(axis=-1, keepdims=True)
    if (highest <= 0).any():
        raise EditError("points that add up to 0 make no weights; give at least one discipline a point")
    scaled = array / highest
    return np.asarray(scaled / scaled.sum(axis=-1, keepdims=True))


def apportion(total: int, proportions: Sequence[float]) -> list[int]:
    """Split whole points in given proportions (Sainte-Laguë, also Webster).

    Monotone: a larger total never makes a part smaller, which keeps linked sliders from
    moving the wrong way. Ties go to the earlier part. Proportions that are all 0 count as equal.

    Parameters
    ----------
    total : int
        Points to split, 0 or more.
    proportions : sequence of float
        Shares in any unit, 0 or more.

    Returns
    -------
    list of int
        Parts that sum to `total`.

    References
    ----------
    Balinski and Young, Fair Representation (2nd ed. 2001), chapters 4 and 9.

    Examples
    --------
    >>> apportion(62, [7, 9, 9]), apportion(63, [7, 9, 9])
    ([18, 22, 22], [18, 23, 22])
    """
    exact = [Fraction(share) for share in proportions]
    if not any(exact):
        exact = [Fraction(1)] * len(exact)
    parts = [0] * len(exact)
    queue = [(-share, place) for place, share in enumerate(exact) if share]
    heapq.heapify(queue)
    for _ in range(total):
        _, place = queue[0]
        parts[place] += 1
        heapq.heapreplace(queue, (-exact[place] / (2 * parts[place] + 1), place))
    return parts


def rounded_points(points: Sequence[float], total: int = TOTAL_POINTS) -> list[int]:
    """Whole points that sum to `total`, nearest to the given ones (largest remainder).

    For showing points of a file once; for repeated moves use `apportion`, which is monotone.

    Parameters
    ----------
    points : sequence of float
        Points in any unit, 0 or more, not all 0.
    total : int
        Sum of the result.

    Returns
    -------
    list of int
        Whole points, each within 1 of its exact part of the total.

    Examples
    --------
    >>> rounded_points([29.6, 39.3, 13.2, 17.9])
    [30, 39, 13, 18]
    """
    exact = [float(share) * total for share in shares(points)]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def slider_points(points: Sequence[float]) -> list[float]:
    """Points of one segment as its sliders show them: whole, or to tenths where they are not; they sum to 100.

    Examples
    --------
    >>> slider_points([1, 2, 1]), slider_points([1, 1, 1])
    ([25, 50, 25], [33.4, 33.3, 33.3])
    """
    exact = [TOTAL_POINTS * float(share) for share in shares(points)]
    if all(abs(each - round(each)) < WHOLE for each in exact):
        return [*rounded_points(points)]
    return [tenths / 10 for tenths in rounded_points(points, 10 * TOTAL_POINTS)]


def move_slider(
    points: Sequence[float],
    moved: int,
    to: float,
    *,
    anchor: Sequence[float] | None = None,
    locked: Collection[int] = (),
    unit: float = 1,
) -> list[float]:
    """Points after one slider moves and the others make room.

    The moved slider is clamped to what the locked ones leave. The rest is shared among
    the unlocked others in the proportions of the anchor, so that a drag to 100 and back
    restores every slider, whatever path it took.

    Parameters
    ----------
    points : sequence of float, length D
        Points now, in units; they sum to 100.
    moved : int
        Index of the slider that moves.
    to : float
        Where it moves to; rounded to the unit.
    anchor : sequence of float, length D, optional
        Points when this slider was first touched; the points now by default.
    locked : collection of int
        Indices of the sliders that must not move; at most D - 2.
    unit : float
        1 for whole points, 0.1 for tenths.

    Returns
    -------
    list of float, length D
        Points that sum to 100, whole ones as int.

    Raises
    ------
    EditError
        If the moved slider is locked, or fewer than two sliders are free.

    Examples
    --------
    >>> move_slider([34, 26, 14, 26], 0, 100)
    [100, 0, 0, 0]
    >>> move_slider([100, 0, 0, 0], 0, 34, anchor=[34, 26, 14, 26])
    [34, 26, 14, 26]
    >>> move_slider([34, 26, 14, 26], 0, 90, locked={1})
    [74, 26, 0, 0]
    >>> move_slider([50, 25, 25], 0, 62.5, unit=0.1)
    [62.5, 18.8, 18.7]
    """
    held = set(locked)
    others = [i for i in range(len(points)) if i != moved and i not in held]
    _check_free(moved, held, others)
    a_point = round(1 / unit)
    result = [round(each * a_point) for each in points]
    room = TOTAL_POINTS * a_point - sum(result[i] for i in held)
    result[moved] = min(max(round(to * a_point), 0), room)
    proportions = points if anchor is None else anchor
    for place, part in zip(
        others, apportion(room - result[moved], [proportions[i] for i in others]), strict=True
    ):
        result[place] = part
    return [part if a_point == 1 else part / a_point for part in result]


def equal_points(count: int) -> list[int]:
    """Whole points that sum to 100 and are as equal as they can be.

    Examples
    --------
    >>> equal_points(4), equal_points(3)
    ([25, 25, 25, 25], [34, 33, 33])
    """
    return apportion(TOTAL_POINTS, [1] * count)


def led_by(leader: int, count: int) -> list[int]:
    """Points in which one discipline has 55 of 100 and the others share the rest equally.

    Fifty-five is a clear majority that still leaves the others a say.

    Examples
    --------
    >>> led_by(0, 4)
    [55, 15, 15, 15]
    """
    rest = apportion(TOTAL_POINTS - 55, [1] * (count - 1))
    return [*rest[:leader], 55, *rest[leader:]]


def move_all(
    points: ArrayLike,
    sizes: ArrayLike,
    moved: int,
    to: float,
    *,
    locked: Collection[int] = (),
) -> FloatArray:
    """Points of every segment after one slider moves all of them together.

    Each segment goes the same share of its way to the end of the slider, so that the mean
    by size lands exactly where the slider is and segments keep their differences in
    proportion. What remains is shared within each segment as by `move_slider`, unrounded.

    Parameters
    ----------
    points : array_like, shape (G, D)
        Points when this slider was first touched; rows sum to 100.
    sizes : array_like, shape (G,)
        Sizes of the segments, not all 0.
    moved : int
        Index of the slider that moves.
    to : float
        Where the mean by size moves to, in points; clamped to what locked sliders leave.
    locked : collection of int
        Indices of the sliders that must not move in any segment; at most D - 2.

    Returns
    -------
    ndarray, shape (G, D)
        Points whose rows sum to 100.

    Raises
    ------
    EditError
        If the moved slider is locked, or fewer than two sliders are free.

    Examples
    --------
    >>> move_all([[40, 20, 40], [20, 40, 40]], [1, 1], 0, 65)
    array([[70., 10., 20.],
           [60., 20., 20.]])
    """
    array = np.asarray(points, dtype=np.float64)
    held = sorted(set(locked))
    others = [i for i in range(array.shape[1]) if i != moved and i not in held]
    _check_free(moved, held, others)
    size = shares(sizes)
    room = TOTAL_POINTS - array[:, held].sum(axis=1)
    start, end = float(size @ array[:, moved]), float(size @ room)
    result = array.copy()
    result[:, moved] = same_way(array[:, moved], room, start, end, min(max(to, 0.0), end))
    rest = room - result[:, moved]
    proportions = array[:, others]
    proportions = np.where(proportions.sum(axis=1, keepdims=True) > 0, proportions, 1.0)
    result[:, others] = rest[:, None] * shares(proportions)
    return result


def same_way(now: FloatArray, room: ArrayLike, start: float, end: float, goal: ArrayLike) -> FloatArray:
    """Where each of several sliders stands when their mean goes from one place to another.

    Each goes the same share of its own way, up to its room or down to 0.

    Parameters
    ----------
    now : ndarray, shape (G,)
        Where each stands.
    room : array_like, shape (G,) or scalar
        How far up each can go.
    start, end : float
        Mean of `now` and of `room`.
    goal : array_like, shape broadcastable against (G,)
        Where the mean goes, 0 to `end`.

    Returns
    -------
    ndarray
        Their mean is the goal.

    Examples
    --------
    >>> same_way(np.array([0.2, 0.6]), 1.0, 0.4, 1.0, [[0.2], [0.7]])
    array([[0.1, 0.3],
           [0.6, 0.8]])
    """
    to = np.asarray(goal, dtype=np.float64)
    up = (to - start) / (end - start) if end > start else np.zeros_like(to)
    down = to / start if start > 0 else np.ones_like(to)
    return np.asarray(np.where(to >= start, now + up * (np.asarray(room) - now), now * down))


def _check_free(moved: int, held: Collection[int], others: Collection[int]) -> None:
    if moved in held:
        raise EditError("a locked slider cannot be moved; unlock it first")
    if not others:
        raise EditError("all other sliders are locked, so this one has nowhere to move; unlock one")
