"""Where the leader changes along a sweep, in the terms that sentences and tables need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from valuemix.analysis.sweeps import Sweep
from valuemix.analysis.tradeoffs import Tradeoffs
from valuemix.exhibits import wording
from valuemix.exhibits.formats import share_decimals

__all__ = [
    "NARROW",
    "SAME",
    "Switch",
    "crossovers",
    "moved_words",
    "nearest_switch",
    "share_places",
    "switches",
]

SAME = 1e-12
"""Shares closer than this are one place on the path."""
NARROW = 1e-6
"""A stretch no wider than this is one weight to people; curves that touch tie for about as long."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A crossover at which the leader changes.

    Attributes
    ----------
    share : float
        Weight at which it changes.
    before, after : tuple of int
        Who leads just below and just above it, ties included.
    """

    share: float
    before: tuple[int, ...]
    after: tuple[int, ...]


def moved_words(result: Tradeoffs) -> list[str]:
    """Every weight that moves as it stands inside a sentence, with its segment where one alone moves."""
    words = wording.discipline_words(result.scenario)
    return words if result.mover is None else [f"{word} in {wording.place(result.mover)}" for word in words]


def crossovers(sweep: Sweep) -> list[Switch]:
    """Every crossover at which the leader changes, from 0 to 1."""
    pairs = zip(sweep.pieces[:-1], sweep.pieces[1:], strict=True)
    return [Switch(right.from_share, left.leaders, right.leaders) for left, right in pairs]


def switches(sweep: Sweep) -> tuple[Switch | None, Switch | None]:
    """Where today's leader stops leading as the weight falls and as it rises; None where it never does.

    Both are at today's weight where leaders tie there and part on either side.
    """
    low, high = sweep.leader_interval
    left = [piece for piece in sweep.pieces if piece.from_share < low - SAME]
    right = [piece for piece in sweep.pieces if piece.to_share > high + SAME]
    below = Switch(low, left[-1].leaders, sweep.leaders) if left else None
    above = Switch(high, sweep.leaders, right[0].leaders) if right else None
    return below, above


def nearest_switch(sweep: Sweep) -> tuple[float, tuple[int, ...]] | None:
    """Weight nearest to today's at which the leader changes, and who leads beyond; None where none does."""
    below, above = switches(sweep)
    ends = [(below.share, below.before)] if below else []
    ends += [(above.share, above.after)] if above else []
    return min(ends, key=lambda end: abs(end[0] - sweep.today_share), default=None)


def share_places(crossing: Sequence[float], today: float) -> int:
    """Decimals that keep the crossovers, today's weight and both ends of a path apart.

    Examples
    --------
    >>> share_places([0.16, 0.76], 0.22), share_places([0.216], 0.22)
    (0, 1)
    """
    return share_decimals(pairwise(sorted([0.0, 1.0, today, *crossing])))
