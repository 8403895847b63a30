"""One weight from 0 to 1: who leads where, and how far today's weight is from a switch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from valuemix.analysis.value.case import Case, additive_scores, leaders_of, swept_weights, today_share
from valuemix.analysis.value.crossings import (
    Crossings,
    crossings_of_ratios,
    joined_crossings,
    searched_crossings,
)
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["EDGE", "Piece", "Sweep", "cuts_at", "pieces_between", "sweep"]

Interval = tuple[float, float]
Ratios = tuple[FloatArray, FloatArray]

WIDTH = 1e-12
"""Places on the path that are no further apart are one."""

EDGE = 2.0**-39
"""What differs at an end alone differs this far from it: more than one place, and exact from either end."""

SEEN = 1e-5
"""Stretches that are no longer are not looked at for lost crossings: rounding alone may turn their order."""

BATCH = 1_000_000
"""Scores valued at a time: many propositions have very many crossings."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the swept weight with the same leaders, ties included."""

    from_share: float
    to_share: float
    leaders: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Sweep:
    """Values as one weight goes from 0 to 1 and the others keep their proportions.

    Attributes
    ----------
    today_share : float
        Today's weight; over several swept segments their mean by size.
    shares, values : ndarray, shapes (T,) and (T, P)
        Points to draw the lines through: two for straight lines, three where they bend at
        today's weight, more for curves.
    crossings : Crossings
        Every crossing of every pair.
    pieces : tuple of Piece
        Who leads from 0 to 1, without gaps.
    leaders : tuple of int
        Who leads at today's weight.
    leader_interval, order_interval : (float, float)
        Stability intervals around today's weight: within them all of today's leaders lead, and
        the whole order, ties included, is today's. At a crossover both ends are today's weight.
    exact : bool
        True where crossings were found in closed form, False where they were searched for on a grid.
    """

    today_share: float
    shares: FloatArray
    values: FloatArray
    crossings: Crossings
    pieces: tuple[Piece, ...]
    leaders: tuple[int, ...]
    leader_interval: Interval
    order_interval: Interval
    exact: bool


def sweep(case: Case, discipline: int, segments: Sequence[int] | None = None) -> Sweep:
    """Sweep the weight of one discipline in one segment, in several together, or in all.

    The values are the overall values of the case: one segment's own view is the sweep of
    ``case.only(segment)``, the overall value under one segment's weight is
    ``sweep(case, discipline, [segment])``. Together, each segment goes the same share of its own way
    to 0 or 1, and the sweep is over their mean by size.

    Parameters
    ----------
    case : Case
        G segments, P propositions, D disciplines.
    discipline : int
        Whose weight goes from 0 to 1.
    segments : sequence of int, optional
        Where; all by default.

    References
    ----------
    Mareschal, European Journal of Operational Research 33 (1988), for the intervals.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.array([1.0]))
    >>> result = sweep(case, 0)
    >>> [(round(piece.from_share, 3), round(piece.to_share, 3), piece.leaders) for piece in result.pieces]
    [(0.0, 0.429, (1,)), (0.429, 1.0, (0,))]
    >>> result.leaders, result.exact
    ((0,), True)
    """
    swept = list(range(len(case.sizes))) if segments is None else list(segments)

    today = today_share(case, discipline, swept)
    ends = _ends(case, discipline, swept, today)
    as_legs = _as_ratios if case.moments is None else _as_lines
    legs = [as_legs(case, discipline, swept, leg) for leg in pairwise(ends)]
    found = _crossings(ends, legs)

    def values_at(shares: FloatArray) -> FloatArray:
        if case.moments is not None and found is not None:
            return _between(ends, legs, shares)
        parts = np.array_split(shares, 1 + len(shares) * case.scores.size // BATCH)
        weights = (swept_weights(case, discipline, part, swept) for part in parts)
        return np.concatenate([case.values(weights=w) for w in weights])

    crossings = searched_crossings(values_at) if found is None else found
    cuts, now, low, high = _stretches(crossings, ends, today, values_at)
    exact = found is not None
    if exact and _torn(cuts, low, high):
        exact, crossings = False, searched_crossings(values_at)
        cuts, now, low, high = _stretches(crossings, ends, today, values_at)
    straight = exact and case.rho == 1 and all((leg[1] == 1).all() for leg in legs if leg)
    leads, led = leaders_of(now), _led(low, high)
    same_leaders = np.asarray((led >= leads).all(axis=1))
    order = np.argsort(-np.nan_to_num(now, nan=-1.0), kind="stable")
    steps = _widest(_steps(low[:, order]), _steps(high[:, order]))
    steps[[0, -1]] = _widest(steps[[0, -1]], steps[[1, -2]])
    same_order = np.asarray((steps == _steps(now[order])).all(axis=1))
    pieces = pieces_between(cuts, led)
    turns = [today, *(piece.from_share for piece in pieces)]
    shares = np.array(ends) if straight else np.union1d(np.linspace(0, 1, 101), turns)
    return Sweep(
        today,
        shares,
        _drawn(values_at, shares) if exact else values_at(shares),
        crossings,
        pieces,
        tuple(np.flatnonzero(leads).tolist()),
        _interval(cuts, same_leaders, today),
        _interval(cuts, same_order, today),
        exact,
    )


def _stretches(
    crossings: Crossings, ends: list[float], today: float, values_at: Callable[[FloatArray], FloatArray]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Cuts of the path, values today, and those near the low and the high end of each stretch between the cuts."""
    cuts = cuts_at(np.concatenate([crossings.shares, ends, [EDGE, 1 - EDGE]]))
    # Asked for together: a call takes longer than what it values.
    places = np.concatenate([[today], *_near_both_ends(cuts)])
    now, low, high = np.split(values_at(places), [1, len(cuts)])
    return cuts, now[0], low, high


def _torn(cuts: FloatArray, low: FloatArray, high: FloatArray) -> bool:
    """Whether a crossing was lost, as powers of scores far apart can: nobody leads at both ends of a stretch."""
    torn = ~(leaders_of(low) & leaders_of(high)).any(axis=1) & ~np.isnan(low).all(axis=1)
    return bool((torn & (np.diff(cuts) > SEEN)).any())


def _ends(case: Case, discipline: int, swept: list[int], today: float) -> list[float]:
    """Ends of the legs of the path: it bends at today's weight where segments or moments weigh differently."""
    weights = case.weights[swept, discipline][case.sizes[swept] > 0]
    apart = weights.size > 1 and np.ptp(weights) > TIE
    bends = (apart or case.moments is not None) and 0 < today < 1
    return [0.0, today, 1.0] if bends else [0.0, 1.0]


def _crossings(ends: list[float], legs: Sequence[Ratios | None]) -> Crossings | None:
    """Crossings in closed form, or None where a leg has none."""
    found = [crossings_of_ratios(*leg) for leg in legs if leg is not None]
    if len(found) < len(legs):
        return None
    return joined_crossings([(*leg, own) for leg, own in zip(pairwise(ends), found, strict=True)])


def _as_ratios(case: Case, discipline: int, swept: list[int], leg: tuple[float, float]) -> Ratios | None:
    """Numerators and denominators of the values at both ends of a leg, shape (2, P) each, or None.

    A path of several segments with missing scores is a sum of different ratios, and a held
    segment without a value passes its size on: both have no closed form here.
    """
    scores = additive_scores(case)
    if scores is None:
        return None
    moving = [g for g in swept if case.sizes[g] > 0]
    held = [g for g in np.flatnonzero(case.sizes > 0) if g not in moving]
    constant = case.sizes[held] @ case.segment_values()[held] if held else np.zeros(scores.shape[1])
    missing = np.isnan(scores[moving])
    if np.isnan(constant).any() or missing.all(axis=2).any() or (len(moving) > 1 and missing.any()):
        return None
    ends = swept_weights(case, discipline, np.array(leg), swept)[:, moving]
    total = np.einsum("g,tgd,gpd->tp", case.sizes[moving], ends, np.nan_to_num(scores[moving]))
    present = np.ones_like(total)
    if missing.any():
        present = np.einsum("tgd,gpd->tp", ends, (~missing).astype(float))
    numerators = constant * present + total
    return _constant_where_empty(numerators, present)


def _as_lines(case: Case, discipline: int, swept: list[int], leg: tuple[float, float]) -> Ratios | None:
    """Values at both ends of a leg on which moments move and the values are straight lines."""
    several = np.count_nonzero(case.sizes) > 1
    if case.moments is None or not case.moments.straight or (several and case.eps != 0):
        return None
    values = case.values(weights=swept_weights(case, discipline, np.array(leg), swept))
    return values, np.ones_like(values)


def _between(ends: list[float], legs: Sequence[Ratios | None], shares: FloatArray) -> FloatArray:
    """Values on straight legs, shape (T, P)."""
    lines = [leg[0] for leg in legs if leg is not None]
    corners = np.stack([*(line[0] for line in lines), lines[-1][1]], axis=1)
    return np.stack([np.interp(shares, ends, corner) for corner in corners], axis=1)


def _constant_where_empty(numerators: FloatArray, present: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Let a ratio that is 0 / 0 at one end keep the value it has all along the path."""
    empty = present <= 1e-12
    numerators = np.where(empty, numerators[::-1], numerators)
    return numerators, np.where(empty, present[::-1], present)


def _drawn(values_at: Callable[[FloatArray], FloatArray], shares: FloatArray) -> FloatArray:
    """Values to draw; where an end has none (all weight on a missing score), those just before it."""
    values = values_at(shares)
    if np.isnan(values).any():
        values = np.where(np.isnan(values), values_at(np.clip(shares, 1e-9, 1 - 1e-9)), values)
    return values


def _near_both_ends(cuts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where to look who leads between cuts: two that are nearly alike are furthest apart near a cut.

    Beside an end of the path that means at that end: at extreme compensation all but nothing of a
    weight may be enough to turn an order.
    """
    step = np.diff(cuts) / 1000
    low, high = cuts[:-1] + step, cuts[1:] - step
    low[0] = high[0] = 0.0
    low[-1] = high[-1] = 1.0
    return low, high


def _led(low: FloatArray, high: FloatArray) -> BoolArray:
    """Who leads on each stretch, by the values near both ends of it."""
    led = leaders_of(low) & leaders_of(high)
    led = np.where(led.any(axis=1, keepdims=True), led, leaders_of(low))
    for end, beside in ((0, 1), (-1, -2)):
        # A tie there is where a stretch ends, and who has no value there has led up to it.
        if (led[end] | np.isnan(low[end]))[led[beside]].all():
            led[end] = led[beside]
    return led


def _widest(one: IntArray, other: IntArray) -> IntArray:
    """Steps of a stretch from those near its ends: a tie at one of them is none of the whole."""
    return np.where(one == 0, other, one)


def cuts_at(shares: FloatArray) -> FloatArray:
    """Ends of the path and all crossings between, each once."""
    between = np.unique(shares[(shares > WIDTH) & (shares < 1 - WIDTH)])
    apart = np.diff(between, prepend=-1.0) > WIDTH
    return np.concatenate([[0.0], between[apart], [1.0]])


def _steps(values: FloatArray) -> IntArray:
    """Whether each value is above (1), tied with (0) or below (-1) the next along the last axis."""
    steps = -np.diff(np.nan_to_num(values, nan=-1.0), axis=-1)
    return np.where(np.abs(steps) <= TIE, 0, np.sign(steps)).astype(np.int64)


def pieces_between(cuts: FloatArray, led: BoolArray) -> tuple[Piece, ...]:
    """Stretches between cuts, joined where the leaders stay the same."""
    changes = np.flatnonzero((led[1:] != led[:-1]).any(axis=1)) + 1
    starts = [0, *changes.tolist()]
    ends = [*changes.tolist(), len(led)]
    return tuple(
        Piece(float(cuts[i]), float(cuts[j]), tuple(np.flatnonzero(led[i]).tolist()))
        for i, j in zip(starts, ends, strict=True)
    )


def _interval(cuts: FloatArray, same: BoolArray, today: float) -> Interval:
    """Ends of the stretches around today in which something is the same as today."""
    low = high = today
    left = int(np.searchsorted(cuts, today, side="left")) - 1
    while left >= 0 and same[left]:
        low, left = float(cuts[left]), left - 1
    right = int(np.searchsorted(cuts, today, side="right")) - 1
    while right < len(same) and same[right]:
        high, right = float(cuts[right + 1]), right + 1
    return low, high
