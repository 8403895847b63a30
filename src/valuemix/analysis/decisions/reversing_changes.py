"""What would reverse a choice: every single weight, score and size by itself, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.analysis.decisions.reversal import Choice
from valuemix.analysis.decisions.searching import BEYOND, movers, narrowed_each, nearest, resized
from valuemix.analysis.decisions.set_changes import set_moves
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.tradeoffs.tradeoffs import moving_case
from valuemix.analysis.value.case import Case, swept_weights, today_share
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["ReversingChange", "reversing_changes"]

MOST_OF_SET = 12
"""Changes that are told of a set, the nearest ones; for each the best set is worked out."""


@dataclass(frozen=True)
class ReversingChange:
    """One thing that moves by itself until the choice is reversed.

    Attributes
    ----------
    kind : {"weight", "score", "size", "cost"}
    segment : int or None
        Whose; None for the weight of a discipline in all segments together, and for a cost.
    proposition, discipline : int or None
        Whose; None where the kind has none.
    today, then : float
        The share of a weight or a size, a score on the scenario's scale, or a cost; NaN for one that is missing today.
    distance : float
        How far it has to move, as a share of the weights, of the scale, of all sizes, or of all costs.
    rival : int or None
        The proposition that is best then, where one was chosen.
    better : tuple of int
        The set that is best then, where a set was chosen; none where the set breaks one of its rules then.
    """

    kind: Literal["weight", "score", "size", "cost"]
    segment: int | None
    proposition: int | None
    discipline: int | None
    today: float
    then: float
    distance: float
    rival: int | None = None
    better: tuple[int, ...] = ()


def reversing_changes(
    scenario: Scenario, choice: Choice | SetChoice, accepted: float = 0.0
) -> tuple[ReversingChange, ...]:
    """Single changes that reverse a choice, the nearest first; none where it is reversed already.

    A weight moves while the others of its segment keep their proportions, in one segment or in all of them
    together; a size while the other sizes keep theirs. The choice's scores fall and those of others rise.
    Where compensation is 1 and fairness 0 a weight or size is exact; elsewhere it is looked for at every whole
    point and found between two of them in ever smaller steps, so that a smaller move within one point may be missed.
    Of a set every score moves both ways, and every cost where there is a budget; up to 12 propositions that may be
    chosen or left out, since all sets are looked at.

    Parameters
    ----------
    scenario : Scenario
    choice : Choice or SetChoice
    accepted : float
        Loss up to which the choice stands, on the scenario's scale.

    Returns
    -------
    tuple of ReversingChange
        At most one for each weight, score and size, of a set the 12 nearest; at its amount `is_reversed` holds.

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
    if isinstance(choice, SetChoice):
        return tuple(_of_set(scenario, choice, accepted))
    chosen = scenario.proposition_index(choice.proposition)
    case = moving_case(scenario, choice.segment)
    standing = _Standing(case, chosen, accepted / scenario.scale.width)
    if not standing.ahead(case.values()) >= 0:  # NaN where the choice has no value
        return ()
    first = 0 if choice.segment is None else scenario.segment_index(choice.segment)
    found = [*standing.weights(first), *standing.sizes(), *standing.scores(first, scenario)]
    return tuple(sorted(found, key=lambda change: round(change.distance, 9)))


def _of_set(scenario: Scenario, choice: SetChoice, accepted: float) -> Iterator[ReversingChange]:
    """Changes that reverse a set, each with the set that is best then."""
    lowest, width = scenario.scale.lowest, scenario.scale.width
    held = choice.held(scenario)
    for move in set_moves(scenario, choice, accepted / width)[:MOST_OF_SET]:
        today, then = move.today, move.then
        if move.kind == "score":
            today, then = lowest + width * today, lowest + width * then
        best = move.program.best() if move.program.keeps(held) else None
        better = () if best is None else tuple(np.flatnonzero(best).tolist())
        where = (move.segment, move.proposition, move.discipline)
        yield ReversingChange(move.kind, *where, today, then, move.distance, better=better)


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
        return np.asarray(values[..., self.chosen] + self.accepted + BEYOND - best)

    def rival(self, values: FloatArray) -> int:
        """The best of the others."""
        others = values.copy()
        others[self.chosen] = np.nan
        return int(np.nanargmax(others))

    def weights(self, first: int) -> Iterator[ReversingChange]:
        """Every weight by itself, and each discipline's in all segments together."""
        for moving in movers(self.case):
            for d in range(self.case.weights.shape[1]):
                yield from self._weight(moving, d, first if len(moving) == 1 else None)

    def _weight(self, moving: list[int], d: int, first: int | None) -> Iterator[ReversingChange]:
        today = today_share(self.case, d, moving)

        def values(shares: FloatArray) -> FloatArray:
            return self.case.values(weights=swept_weights(self.case, d, shares, moving))

        then = nearest(today, lambda shares: self.ahead(values(shares)))
        if then is not None:
            g = None if first is None else first + moving[0]
            rival = self.rival(values(np.array([then]))[0])
            yield ReversingChange("weight", g, None, d, today, then, abs(then - today), rival)

    def sizes(self) -> Iterator[ReversingChange]:
        """The size of every segment by itself."""
        for g, today in enumerate(self.case.sizes.tolist()):
            if today >= 1:
                continue  # the others have no proportions to keep

            def values(shares: FloatArray, g: int = g) -> FloatArray:
                return self.case.values(sizes=resized(self.case.sizes, g, shares))

            then = nearest(today, lambda shares, values=values: self.ahead(values(shares)))  # type: ignore[misc]
            if then is not None:
                rival = self.rival(values(np.array([then]))[0])
                yield ReversingChange("size", g, None, None, today, then, abs(then - today), rival)

    def scores(self, first: int, scenario: Scenario) -> Iterator[ReversingChange]:
        """Every score by itself: those of the choice fall, those of others rise, missing ones from the lowest."""
        now = self.case.values()
        best = self.rival(now) if np.isfinite(np.delete(now, self.chosen)).any() else None
        for p in range(len(now)):
            falls = p == self.chosen
            rival = best if falls else p
            if rival is None:
                continue
            least = (
                now[rival] - self.accepted - BEYOND if falls else now[self.chosen] + self.accepted + BEYOND
            )
            for g, d, then in _reached(self.case, p, float(least), falls=falls):
                today = float(self.case.scores[g, p, d])
                distance = abs(then - (0.0 if np.isnan(today) else today))
                shown = [scenario.scale.lowest + scenario.scale.width * each for each in (today, then)]
                yield ReversingChange("score", first + g, p, d, shown[0], shown[1], distance, rival)


def _reached(case: Case, p: int, least: float, *, falls: bool) -> Iterator[tuple[int, int, float]]:
    """Scores of one proposition, each by itself, at which its value passes a bar; those that do."""
    own = case.scores[:, p]
    places = (
        np.argwhere(~np.isnan(own)) if falls else np.argwhere(case.sizes[:, None] * np.ones_like(own) > 0)
    )
    rows, (g, d) = np.arange(len(places)), places.T

    def passed(scores: FloatArray) -> BoolArray:
        tried = np.repeat(own[None, :, None], len(places), axis=0)[:, None].repeat(scores.shape[1], axis=1)
        tried[rows, :, g, 0, d] = scores
        values = case.values(scores=tried)[..., 0]
        return np.asarray(values < least if falls else values > least)

    ever, gone = narrowed_each(np.nan_to_num(own[g, d]), 0.0 if falls else 1.0, passed)
    for place in np.flatnonzero(ever):
        yield int(g[place]), int(d[place]), float(gone[place])
