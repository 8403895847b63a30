"""Where the leader changes along a sweep, in the terms that sentences and tables need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from valuemix.analysis.sweeps import Sweep
from valuemix.analysis.tradeoffs import Tradeoffs
from valuemix.exhibits import wording
from valuemix.exhibits.formats import percent, rounded
from valuemix.model.weights import rounded_points

__all__ = [
    "NARROW",
    "SAME",
    "ShownWeight",
    "Switch",
    "crossovers",
    "moved_words",
    "moves_together",
    "nearest_switch",
    "shown_weight",
    "shown_weights",
    "switches",
]

SAME = 1e-12
"""Shares closer than this are one place on the path."""
ALIKE = 1e-9
"""Shares closer than this are printed alike."""
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


def moves_together(result: Tradeoffs) -> bool:
    """Whether the weights of several segments move together."""
    return result.segment is result.mover is None and bool((result.scenario.sizes > 0).sum() > 1)


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


@dataclass(frozen=True, slots=True)
class ShownWeight:
    """How one weight, or share of size, is printed wherever it moves: today's as everywhere, others never as today's.

    Attributes
    ----------
    today : float
        Weight today, as a share.
    points : int
        Today's as it is printed: whole percent, summing to 100 with the other disciplines.
    decimals : int
        Of other weights, so that crossovers look different from each other.
    """

    today: float
    points: int
    decimals: int = 0

    def at(self, share: float) -> float:
        """Percentage that is printed: on its true side of today's, which it is told from by a decimal if need be.

        Examples
        --------
        >>> weight = ShownWeight(0.1955, 20)
        >>> [weight.at(share) for share in (0.1955, 0.212, 0.199, 0.19, 0.1)]
        [20.0, 21.0, 20.4, 19.0, 10.0]
        """
        if abs(share - self.today) <= ALIKE:
            return float(self.points)
        side = 1 if share > self.today else -1
        plain = rounded(100 * share, self.decimals)
        if side * (plain - self.points) > 0 and (0 < plain < 100 or abs(share - plain / 100) <= ALIKE):
            return plain
        beside = self.points + side * max(rounded(100 * abs(share - self.today), 1), 0.1)
        return rounded(min(max(beside, 0.1), 99.9), 1)

    def bare(self, share: float) -> str:
        """Weight without its sign, such as "20" in "from 20 to 25 %"."""
        if abs(share - self.today) <= ALIKE:
            return percent(self.points, self.today).removesuffix("\u00a0%")
        return wording.plain(self.at(share))

    def text(self, share: float) -> str:
        """Weight with its sign, such as "20 %"."""
        return f"{self.bare(share)}\u00a0%"

    def apart(self, share: float) -> str:
        """Points between today's weight and another, as the difference of the two as printed.

        Examples
        --------
        >>> weight = ShownWeight(0.1955, 20)
        >>> weight.apart(0.212), weight.apart(0.1), weight.apart(0.1956)
        ('1 point', '10 points', 'less than 0.1 points')
        """
        if abs(share - self.today) < 0.0005:
            return "less than 0.1 points"
        return wording.points(wording.plain(rounded(abs(self.at(share) - self.points), 1)))


def beyond(shown: ShownWeight, there: float) -> str:
    """Weights on the far side of a switch: true of every printed step beyond it.

    Examples
    --------
    >>> beyond(ShownWeight(0.77, 77), 0.7059).replace("\xa0", " ")
    'below 71 %'
    """
    return f"{'below' if there < shown.today else 'above'} {shown.text(there)}"


def shown_weight(today: float, points: int, crossing: Sequence[float]) -> ShownWeight:
    """How a weight is printed on a path with crossovers: whole, or with a decimal where these would look alike.

    Examples
    --------
    >>> shown_weight(0.22, 22, [0.16, 0.76]).decimals, shown_weight(0.22, 22, [0.161, 0.163]).decimals
    (0, 1)
    """
    whole = ShownWeight(today, points)
    apart = [a for a, b in pairwise(sorted(crossing)) if b - a > ALIKE and whole.at(a) == whole.at(b)]
    return ShownWeight(today, points, 1) if apart else whole


def shown_weights(result: Tradeoffs) -> list[ShownWeight]:
    """How every weight that moves is printed."""
    points = rounded_points([sweep.today_share for sweep in result.sweeps])
    return [
        shown_weight(sweep.today_share, own, [switch.share for switch in crossovers(sweep)])
        for sweep, own in zip(result.sweeps, points, strict=True)
    ]
