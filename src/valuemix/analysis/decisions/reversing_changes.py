"""What would reverse a choice: every single weight, score and size by itself, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.analysis.decisions.reversal import Choice
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.case import Case, swept_weights, today_share
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["ReversingChange", "reversing_changes"]

HALVINGS = 36
"""Of a step of one point: a change is known to less than a millionth of a millionth of its range."""

Ahead = Callable[[FloatArray], FloatArray]
"""How far the choice is from being reversed, less than 0 where it is, as one thing takes several amounts."""


@dataclass(frozen=True)
class ReversingChange:
    """One thing that moves by itself until the choice is reversed.

    Attributes
    ----------
    kind : {"weight", "score", "size"}
    segment : int or None
        Whose; None for the weight of a discipline in all segments together.
    proposition, discipline : int or None
        Whose; None where the kind has none.
    today, then : float
        The share of a weight or a size, or a score on the scenario's scale; NaN for a score that is missing today.
    distance : float
        How far it has to move, as a share of the weights, of the scale, or of all sizes.
    rival : int
        The proposition that is best then.
    """

    kind: Literal["weight", "score", "size"]
    segment: int | None
    proposition: int | None
    discipline: int | None
    today: float
    then: float
    distance: float
    rival: int


def reversing_changes(
    scenario: Scenario, choice: Choice, accepted: float = 0.0
) -> tuple[ReversingChange, ...]:
    """Single changes that reverse a choice, the nearest first; none where it is reversed already.

    A weight moves while the others of its segment keep their proportions, in one segment or in all of them
    together; a size while the other sizes keep theirs. The choice's scores fall and those of others rise.
    Where compensation is 1 and fairness 0 a weight or size is exact; elsewhere it is looked for at every whole
    point and found between two of them by halving, so that a smaller move within one point may be missed.

    Parameters
    ----------
    scenario : Scenario
    choice : Choice
    accepted : float
        Loss up to which the choice stands, on the scenario's scale.

    Returns
    -------
    tuple of ReversingChange
        At most one for each weight, score and size; at its amount `is_reversed` holds.

    Raises
    ------
    UnknownName
        Where the scenario has no such proposition or segment.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[9, 2], [6, 5]], points=[40, 60], propositions=["Express", "Green line"])
    >>> first = reversing_changes(scenario, Choice("Green line"))[0]
    >>> first.kind, first.discipline, round(first.then, 3)
    ('weight', 0, 0.5)
    """
    chosen = scenario.proposition_index(choice.proposition)
    case = case_of(scenario, choice.segment)
    standing = _Standing(case, chosen, accepted / scenario.scale.width)
    if not standing.ahead(case.values()) >= 0:  # NaN where the choice has no value
        return ()
    first = 0 if choice.segment is None else scenario.segment_index(choice.segment)
    found = [*standing.weights(first), *standing.sizes(), *standing.scores(first, scenario)]
    return tuple(sorted(found, key=lambda change: change.distance))


@dataclass(frozen=True)
class _Standing:
    """A choice among the propositions of a case, and the loss that it may have, as a share of the scale."""

    case: Case
    chosen: int
    accepted: float

    def ahead(self, values: FloatArray) -> FloatArray:
        """How far it is from being reversed, for values of shape (..., P)."""
        others = np.delete(values, self.chosen, axis=-1)
        best = np.max(others, axis=-1, initial=-np.inf, where=~np.isnan(others))
        return np.asarray(values[..., self.chosen] + self.accepted + TIE - best)

    def rival(self, values: FloatArray) -> int:
        """The best of the others."""
        others = values.copy()
        others[self.chosen] = np.nan
        return int(np.nanargmax(others))

    def weights(self, first: int) -> Iterator[ReversingChange]:
        """Every weight by itself, and each discipline's in all segments together."""
        several = len(self.case.sizes) > 1
        movers = [[g] for g in range(len(self.case.sizes)) if self.case.sizes[g] > 0]
        for moving in [*movers, *([[*range(len(self.case.sizes))]] if several else [])]:
            for d in range(self.case.weights.shape[1]):
                yield from self._weight(moving, d, first if len(moving) == 1 else None)

    def _weight(self, moving: list[int], d: int, first: int | None) -> Iterator[ReversingChange]:
        today = today_share(self.case, d, moving)

        def values(shares: FloatArray) -> FloatArray:
            return self.case.values(weights=swept_weights(self.case, d, shares, moving))

        then = _nearest(today, lambda shares: self.ahead(values(shares)))
        if then is not None:
            g = None if first is None else first + moving[0]
            rival = self.rival(values(np.array([then]))[0])
            yield ReversingChange("weight", g, None, d, today, then, abs(then - today), rival)

    def sizes(self) -> Iterator[ReversingChange]:
        """The size of every segment by itself."""
        for g, today in enumerate(self.case.sizes.tolist()):
            if today >= 1:
                continue  # the others have no proportions to keep

            def values(shares: FloatArray, g: int = g, today: float = today) -> FloatArray:
                sizes = self.case.sizes * ((1 - shares) / (1 - today))[:, None]
                sizes[:, g] = shares
                return self.case.values(sizes=sizes)

            then = _nearest(today, lambda shares, values=values: self.ahead(values(shares)))  # type: ignore[misc]
            if then is not None:
                rival = self.rival(values(np.array([then]))[0])
                yield ReversingChange("size", g, None, None, today, then, abs(then - today), rival)

    def scores(self, first: int, scenario: Scenario) -> Iterator[ReversingChange]:
        """Every score by itself: those of the choice fall, those of others rise, missing ones from the lowest."""
        now = self.case.values()
        best = self.rival(now) if np.isfinite(np.delete(now, self.chosen)).any() else None
        for p in range(len(now)):
            falls = p == self.chosen
            if falls and best is None:
                continue
            least = now[best] - self.accepted - TIE if falls else now[self.chosen] + self.accepted + TIE
            for g, d, then in _reached(self.case, p, float(least), falls=falls):
                today = float(self.case.scores[g, p, d])
                distance = abs(then - (0.0 if np.isnan(today) else today))
                shown = [scenario.scale.lowest + scenario.scale.width * each for each in (today, then)]
                rival = int(best) if falls and best is not None else p
                yield ReversingChange("score", first + g, p, d, shown[0], shown[1], distance, rival)


def _nearest(today: float, ahead: Ahead) -> float | None:
    """Amount nearest to today's at which the choice is reversed, or None."""
    grid = np.linspace(0, 1, 101)
    gone = ahead(grid) < 0
    found = []
    below, above = np.flatnonzero(gone & (grid < today)), np.flatnonzero(gone & (grid > today))
    for place, back in ((below[-1:], 1), (above[:1], -1)):
        if place.size:
            beside = np.clip(place[0] + back, 0, len(grid) - 1)
            start = grid[beside] if (grid[beside] - today) * (grid[place[0]] - today) > 0 else today
            found.append(_halved(start, float(grid[place[0]]), lambda at: ahead(at) < 0))
    return min(found, key=lambda at: abs(at - today), default=None)


def _halved(start: float, end: float, gone: Callable[[FloatArray], BoolArray]) -> float:
    """Amount at which the choice is reversed, as near to the start, where it stands, as halving gets."""
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        start, end = (start, middle) if gone(np.array([middle]))[0] else (middle, end)
    return float(end)


def _reached(case: Case, p: int, least: float, *, falls: bool) -> Iterator[tuple[int, int, float]]:
    """Scores of one proposition, each by itself, at which its value passes a bar; those that do."""
    own = case.scores[:, p]
    places = (
        np.argwhere(~np.isnan(own)) if falls else np.argwhere(case.sizes[:, None] * np.ones_like(own) > 0)
    )
    rows, (g, d) = np.arange(len(places)), places.T

    def passed(scores: FloatArray) -> BoolArray:
        tried = np.repeat(own[None, :, None], len(places), axis=0)
        tried[rows, g, 0, d] = scores
        values = case.values(scores=tried)[:, 0]
        return np.asarray(values < least if falls else values > least)

    stands, gone = np.nan_to_num(own[g, d]), np.full(len(places), 0.0 if falls else 1.0)
    ever = passed(gone)
    for _ in range(HALVINGS):
        middle = (stands + gone) / 2
        by = passed(middle)
        stands, gone = np.where(by, stands, middle), np.where(by, middle, gone)
    for place in np.flatnonzero(ever):
        yield int(g[place]), int(d[place]), float(gone[place])
