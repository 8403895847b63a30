"""The nearest amount of one thing at which a choice is reversed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from valuemix.analysis.value.case import Case
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray

__all__ = ["BEYOND", "Ahead", "crossings", "movers", "narrowed_each", "nearest", "resized"]

PARTS, ROUNDS = 64, 6
"""A step of one point is cut into so many parts, so often: a change is known to a millionth of a millionth of it."""

BEYOND = TIE * 1.001
"""A whisker more than a tie: at the amount that is found the choice is reversed whatever the last digit."""

Ahead = Callable[[FloatArray], FloatArray]
"""How far a choice is from being reversed, less than 0 where it is, as one thing takes several amounts."""


def movers(case: Case) -> list[list[int]]:
    """Segments whose weights move: each that has a size, and all of them together.

    Examples
    --------
    >>> movers(Case(np.zeros((2, 1, 2)), np.ones((2, 2)) / 2, np.array([0.4, 0.6])))
    [[0], [1], [0, 1]]
    """
    every = [*range(len(case.sizes))]
    return [[g] for g in every if case.sizes[g] > 0] + ([every] if len(every) > 1 else [])


def resized(sizes: FloatArray, g: int, shares: FloatArray) -> FloatArray:
    """Sizes with one moved and the others in proportion, shape (A, G).

    Examples
    --------
    >>> resized(np.array([0.2, 0.2, 0.6]), 0, np.array([0.6])).round(9).tolist()
    [[0.6, 0.1, 0.3]]
    """
    moved = sizes * ((1 - shares) / (1 - sizes[g]))[:, None]
    moved[:, g] = shares
    return np.asarray(moved)


def nearest(today: float, ahead: Ahead) -> float | None:
    """Amount from 0 to 1 nearest to today's at which the choice is reversed, or None.

    Examples
    --------
    >>> nearest(0.4, lambda at: 0.55 - at)
    0.55...
    """
    found = _brackets(today, ahead)
    if len(found) > 1:  # what lies farther off than the other's far end is not narrowed
        farthest = min(abs(end - today) for _, end in found)
        found = [(start, end) for start, end in found if abs(start - today) <= farthest]
    narrowed = [_narrowed(start, end, lambda at: ahead(at) < 0) for start, end in found]
    return min(narrowed, key=lambda at: abs(at - today), default=None)


def crossings(today: float, ahead: Ahead) -> list[float]:
    """Amounts below and above today's at which the choice is reversed first, as far as whole points tell."""
    return [_narrowed(start, end, lambda at: ahead(at) < 0) for start, end in _brackets(today, ahead)]


def _brackets(today: float, ahead: Ahead) -> list[tuple[float, float]]:
    """Whole points between which it is reversed first, below and above today's: where it stands, and where not."""
    grid = np.linspace(0, 1, 101)
    gone = ahead(grid) < 0
    found = []
    below, above = np.flatnonzero(gone & (grid < today)), np.flatnonzero(gone & (grid > today))
    for place, back in ((below[-1:], 1), (above[:1], -1)):
        if place.size:
            beside = np.clip(place[0] + back, 0, len(grid) - 1)
            start = grid[beside] if (grid[beside] - today) * (grid[place[0]] - today) > 0 else today
            found.append((float(start), float(grid[place[0]])))
    return found


def _narrowed(start: float, end: float, gone: Callable[[FloatArray], BoolArray]) -> float:
    """Amount at which the choice is reversed, as near to the start, where it stands, as can be told."""
    for _ in range(ROUNDS):
        parts = np.linspace(start, end, PARTS + 1)
        first = int(np.argmax(np.append(gone(parts[1:-1]), True))) + 1
        start, end = parts[first - 1], parts[first]
    return float(end)


def narrowed_each(
    stands: FloatArray, end: float, passed: Callable[[FloatArray], BoolArray]
) -> tuple[BoolArray, FloatArray]:
    """Amounts at which something is passed on the way from where it is not to an end, for several ways.

    Parameters
    ----------
    stands : ndarray, shape (N,)
        Where the ways begin.
    end : float
        Where they end.
    passed : callable
        Whether it is, for amounts of shape (N, A).

    Returns
    -------
    ndarray of bool, shape (N,)
        Whether it is passed at the end.
    ndarray, shape (N,)
        The first amount that is known to pass; the end where none does.

    Examples
    --------
    >>> ever, then = narrowed_each(np.array([0.0, 0.2]), 1.0, lambda at: at >= np.array([[0.5], [1.5]]))
    >>> ever.tolist(), then.round(9).tolist()
    ([True, False], [0.5, 1.0])
    """
    rows, gone = np.arange(len(stands)), np.full(len(stands), end)
    ever = passed(gone[:, None])[:, 0]
    for _ in range(ROUNDS):
        parts = np.linspace(stands, gone, PARTS + 1, axis=-1)
        by = passed(parts[:, 1:])
        by[:, -1] = True
        first = by.argmax(axis=-1) + 1
        stands, gone = parts[rows, first - 1], parts[rows, first]
    return ever, gone
