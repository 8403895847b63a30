"""Where the leader changes along a sweep, in the terms that sentences and tables need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from valuemix.analysis.draws.survey_errors import share_error
from valuemix.analysis.evidence.switch_errors import switch_interval
from valuemix.analysis.tradeoffs.sweeps import Sweep
from valuemix.analysis.tradeoffs.tradeoffs import SizeChange, Tradeoffs
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import number, percent, rounded
from valuemix.model.weights import rounded_points, slider_points

__all__ = [
    "ALIKE",
    "NARROW",
    "SAME",
    "ShownWeight",
    "Switch",
    "by_itself",
    "crossovers",
    "ends",
    "how_known",
    "in_errors",
    "moved_notes",
    "moved_words",
    "moves_together",
    "nearest_switch",
    "points_today",
    "shown_in",
    "shown_size",
    "shown_weight",
    "shown_weights",
    "switch_range",
    "switches",
    "weight_errors",
]

SAME = 1e-12
"""Shares closer than this are one place on the path."""
ALIKE = 1e-9
"""Shares closer than this are printed alike."""
FINEST = 4
"""Most decimals of a percentage."""
NEAR = 0.02
"""A crossover nearer to today's weight than this is told apart as far as it is."""
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
    return words if result.mover is None else [f"{word} {wording.where(result.mover)}" for word in words]


def moves_together(result: Tradeoffs) -> bool:
    """Whether the weights of several segments move together."""
    return result.segment is result.mover is None and bool((result.scenario.sizes > 0).sum() > 1)


def by_itself(result: Tradeoffs, told: str) -> str:
    """What tells one weight that moves alone from several that move together; empty of two, where that is the same."""
    return told if len(result.sweeps) > 2 else ""


def moved_notes(result: Tradeoffs, weight: str) -> list[str]:
    """Notes on whose weights move; of several segments what is said of their mean."""
    if result.mover is not None:
        return [f"the weights of {wording.place(result.mover)} alone move"]
    mean = (
        "is the mean of the segments by size; every segment goes the same share of its way to 0 or 100\u00a0%"
    )
    return [f"{weight} {mean}"] if moves_together(result) else []


def weight_errors(result: Tradeoffs) -> list[float]:
    """Standard error of each weight that moves; NaN where respondents did not give it."""
    whose = result.mover or result.segment
    return [share_error(result.scenario, whose, d) for d in range(len(result.sweeps))]


def in_errors(moved: float, error: float) -> float:
    """How many of its own standard errors something moves by; NaN where it has none.

    Examples
    --------
    >>> in_errors(0.3, 0.1), in_errors(0.3, 0.0)
    (3.0, nan)
    """
    return round(abs(moved) / error, 9) if error > 0 else math.nan


def switch_range(
    result: Tradeoffs, d: int, share: float, one: Sequence[int], other: Sequence[int]
) -> tuple[float, float] | None:
    """95 % interval of a switch from one of some leaders to one of some others: see `switch_interval`."""
    before, after = ([p for p in these if p not in those] for these, those in ((one, other), (other, one)))
    return switch_interval(result, d, share, (before[0], after[0])) if before and after else None


def how_known(found: tuple[float, float] | None) -> str:
    """How well answers say where a switch is; empty where they do not say it.

    Examples
    --------
    >>> how_known((0.203, 0.412)), how_known((0.0, 1.0)), how_known(None)
    ('95\\xa0% interval 20 to 42\\xa0%', 'the two are told apart at no weight', '')
    """
    if found is None:
        return ""
    if found == (0.0, 1.0):
        return "the two are told apart at no weight"
    return f"95\u00a0% interval {math.floor(100 * found[0])} to {math.ceil(100 * found[1])}\u00a0%"


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


def ends(sweep: Sweep) -> dict[str, tuple[float, tuple[int, ...]]]:
    """Where today's leader stops leading below and above today's weight, and who leads beyond."""
    below, above = switches(sweep)
    found = {"below": (below.share, below.before)} if below else {}
    return found | ({"above": (above.share, above.after)} if above else {})


def nearest_switch(sweep: Sweep) -> tuple[float, tuple[int, ...]] | None:
    """Weight nearest to today's at which the leader changes, and who leads beyond; None where none does."""
    return min(ends(sweep).values(), key=lambda end: abs(end[0] - sweep.today_share), default=None)


@dataclass(frozen=True, slots=True)
class ShownWeight:
    """How one weight, or share of size, is printed wherever it moves: a crossover always on its true side of today.

    Attributes
    ----------
    today : float
        Weight today, as a share.
    points : float
        Today's in percent as it is printed: as its slider shows it, or with more decimals where a crossover
        is so near that it would lie on its wrong side.
    decimals : int
        Of other weights, so that crossovers look different from each other, and from today's.
    """

    today: float
    points: float
    decimals: int = 0

    def at(self, share: float) -> float:
        """Percentage that is printed: never today's, 0 or 100 for what is not.

        Examples
        --------
        >>> weight = ShownWeight(0.1955, 20)
        >>> [weight.at(share) for share in (0.1955, 0.212, 0.199, 0.19, 0.0004)]
        [20.0, 21.0, 19.9, 19.0, 0.04]
        """
        if abs(share - self.today) <= NARROW:
            return float(self.points)
        tried = [rounded(100 * share, decimals) for decimals in range(self.decimals, FINEST + 1)]
        end = abs(share - round(share)) <= ALIKE
        return next(
            (plain for plain in tried if plain != self.points and (end or 0 < plain < 100)), tried[-1]
        )

    def bare(self, share: float) -> str:
        """Weight without its sign, such as "20" in "from 20 to 25 %"."""
        if abs(share - self.today) <= NARROW and self.points in (0, 100):
            return percent(int(self.points), self.today).removesuffix("\u00a0%")
        at = self.at(share)
        whole = float(self.points).is_integer() or at in (0, 100)
        return wording.plain(at) if whole else max(wording.plain(at), number(at, self.decimals), key=len)

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
        return wording.points(wording.plain(rounded(abs(self.at(share) - self.points), FINEST)))


def beyond(shown: ShownWeight, there: float) -> str:
    """Weights on the far side of a switch: true of every printed step beyond it; none lies beyond 0 and 100 %.

    Examples
    --------
    >>> weight = ShownWeight(0.77, 77)
    >>> beyond(weight, 0.7059).replace("\xa0", " "), beyond(weight, 1).replace("\xa0", " ")
    ('below 71 %', '100 %')
    """
    if abs(there - round(there)) <= ALIKE:
        return shown.text(there)
    return f"{'below' if there < shown.today else 'above'} {shown.text(there)}"


def shown_weight(today: float, points: float, crossing: Sequence[float]) -> ShownWeight:
    """How a weight is printed on a path with crossovers.

    As its slider shows it, unless two crossovers would look alike, or one would not lie on its true side of today's.

    Examples
    --------
    >>> shown_weight(0.22, 22, [0.16, 0.76]), shown_weight(0.22, 22, [0.161, 0.163]).decimals
    (ShownWeight(today=0.22, points=22, decimals=0), 1)
    >>> shown_weight(0.3246, 32, [0.3224])  # 32.2 is not above 32
    ShownWeight(today=0.3246, points=32.5, decimals=1)
    """
    others = [share for share in crossing if abs(share - today) > NARROW]
    least = 0 if float(points).is_integer() else 1
    decimals = next((d for d in range(least, FINEST) if _apart(others, d)), FINEST)
    if _beside(others, today, points, decimals):
        return ShownWeight(today, points, decimals)
    for finer in range(max(decimals, 1), FINEST + 1):
        if _beside(others, today, own := rounded(100 * today, finer), finer):
            return ShownWeight(today, own, finer)
    return ShownWeight(today, rounded(100 * today, FINEST), FINEST)


def shown_in(table: pd.DataFrame) -> list[ShownWeight]:
    """How the weights of every row of a table of stability intervals are printed."""
    columns = ("weight_share", "weight_points", "weight_decimals")
    return [ShownWeight(*row) for row in zip(*(table[column].tolist() for column in columns), strict=True)]


def shown_size(result: Tradeoffs, change: SizeChange) -> tuple[str, str]:
    """Share of size of a segment at which another draws level, and today's, as they are printed."""
    own = rounded_points(result.scenario.size_shares.tolist())[change.segment]
    shown = shown_weight(change.today_share, own, [change.needed_share])
    return shown.text(change.needed_share), shown.text(change.today_share)


def _apart(shares: Sequence[float], decimals: int) -> bool:
    """Whether all that differ look different."""
    return not any(
        b - a > ALIKE and rounded(100 * a, decimals) == rounded(100 * b, decimals)
        for a, b in pairwise(sorted(shares))
    )


def _beside(shares: Sequence[float], today: float, points: float, decimals: int) -> bool:
    """Whether all are printed on their side of today's weight, and what is near about as far away as it is."""
    off = 0.5 if not decimals else 10.0**-decimals
    for share in shares:
        away, printed = 100 * (share - today), rounded(100 * share, decimals) - points
        if away * printed <= 0 or (abs(away) < 100 * NEAR and abs(printed - away) > off + ALIKE):
            return False
    return True


def points_today(result: Tradeoffs) -> list[float]:
    """Every weight today in percent as its slider shows it, summing to 100; a mean over segments is whole."""
    today = [sweep.today_share for sweep in result.sweeps]
    is_mean = result.segment is result.mover is None and len(result.scenario.segments) > 1
    return [*rounded_points(today)] if is_mean else slider_points(today)


def shown_weights(result: Tradeoffs) -> list[ShownWeight]:
    """How every weight that moves is printed."""
    points = points_today(result)
    return [
        shown_weight(sweep.today_share, own, [switch.share for switch in crossovers(sweep)])
        for sweep, own in zip(result.sweeps, points, strict=True)
    ]
