"""What would reverse a set: every single weight, score, size and cost by itself, against all other sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from valuemix.analysis.decisions.searching import BEYOND, crossings, movers, narrowed_each, nearest, resized
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.portfolio.listed import FEW, kept_sets, listed
from valuemix.analysis.portfolio.program import Program
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.case import Case, swept_weights, today_share
from valuemix.analysis.value.scoring import TIE
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["MOST_FREE", "SetMove", "set_moves", "told_of"]

MOST_FREE = FEW
"""Propositions that may be chosen or left out, up to which all sets are looked at for every change."""


@dataclass(frozen=True)
class SetMove:
    """One thing that moves by itself until a set is reversed; as `ReversingChange`, in shares."""

    kind: Literal["weight", "score", "size", "cost"]
    segment: int | None
    proposition: int | None
    discipline: int | None
    today: float
    then: float
    distance: float
    program: Program
    """What may be chosen then."""


def told_of(scenario: Scenario, choice: SetChoice) -> bool:
    """Whether so few propositions may be chosen or left out that all sets are looked at.

    Examples
    --------
    >>> told_of(Scenario.from_arrays([[8, 2]] * 13), SetChoice(("Proposition 1",)))
    False
    """
    return choice.program(scenario).free <= MOST_FREE


def set_moves(scenario: Scenario, choice: SetChoice, accepted: float) -> list[SetMove]:
    """Single changes that reverse a set, the nearest first; none where it is reversed already.

    Parameters
    ----------
    scenario : Scenario
    choice : SetChoice
    accepted : float
        Loss up to which it stands, as a share of the scale.

    Returns
    -------
    list of SetMove
        None where there are too many sets to look at; see `told_of`.
    """
    if not told_of(scenario, choice):
        return []
    program = choice.program(scenario)
    standing = _Standing(case_of(scenario), program, choice.held(scenario), accepted)
    today = standing.ahead(program.worth[None], [*range(len(program.worth))])
    if not today[0] >= 0:  # NaN where nothing has a value
        return []
    costs = [part.cost for part in scenario.propositions]
    budget = choice.budget
    found = [*standing.weights(), *standing.sizes(), *standing.scores()]
    found += standing.costs(costs, budget) if budget is not None else []
    return sorted(found, key=lambda move: round(move.distance, 9))


@dataclass(frozen=True, eq=False)
class _Standing:
    """A set among all that its rules allow, and the loss that it may have, as a share of the scale."""

    case: Case
    program: Program
    held: BoolArray
    accepted: float

    @cached_property
    def sets(self) -> BoolArray:
        """Sets that keep the limits and that nothing can be added to, shape (S, P), and this one last.

        What is added never lowers a value, so that one of them is as good as any.
        """
        sets, _ = listed(self.program)
        kept, places = self.program.within_limits(sets), np.arange(len(sets))
        whole = kept.copy()
        for bit in 2 ** np.arange(self.program.free):
            whole &= ~kept[places | bit] | (places & bit > 0)
        return np.vstack([sets[whole], self.held])

    @cached_property
    def taken(self) -> FloatArray:
        """What segments take of each of the sets today, shape (S, G)."""
        return np.stack([self._taken(row[None])[0] for row in self.program.worth], axis=-1)

    def _taken(self, worth: FloatArray) -> FloatArray:
        """What one segment takes of each set as its values move, from shape (A, P) to (A, S)."""
        best = np.where(self.sets, np.nan_to_num(worth)[:, None], 0.0).max(axis=-1)
        return np.where(np.all(np.isnan(worth), axis=-1, keepdims=True), np.nan, best)

    def ahead(self, worth: FloatArray, moving: list[int], sizes: FloatArray | None = None) -> FloatArray:
        """How far it is from being reversed, less than 0 where it is, shape (A,).

        Parameters
        ----------
        worth : ndarray, shape (A, M, P)
            Values in the segments that move.
        moving : list of int
            Their places.
        sizes : ndarray, shape (A, G), optional
            Sizes, where they are not those of today.
        """
        amounts = len(worth) if sizes is None else len(sizes)
        taken = np.repeat(self.taken[None], amounts, axis=0)
        for place, g in enumerate(moving):
            taken[..., g] = self._taken(worth[:, place])
        short = self.program.floors - np.nan_to_num(taken)
        kept: BoolArray = np.all(short <= TIE, axis=-1)
        shares = self.program.sizes if sizes is None else sizes[:, None]
        values = power_mean(taken, shares, 1 - self.program.eps)
        best = np.max(
            values[:, :-1], axis=-1, initial=-np.inf, where=kept[:, :-1] & ~np.isnan(values[:, :-1])
        )
        left = values[:, -1] + self.accepted + BEYOND - best
        return np.asarray(np.where((short[:, -1] <= BEYOND).all(axis=-1), left, -1.0))

    def weights(self) -> Iterator[SetMove]:
        """Every weight by itself, and each discipline's in all segments together."""
        for moving in movers(self.case):
            for d in range(self.case.weights.shape[1]):

                def worth(shares: FloatArray, moving: list[int] = moving, d: int = d) -> FloatArray:
                    weights = swept_weights(self.case, d, shares, moving)[:, moving]
                    scores = np.broadcast_to(
                        self.case.scores[moving], (len(shares), *self.case.scores[moving].shape)
                    )
                    return power_mean(scores, weights[..., None, :], self.case.rho)

                today = today_share(self.case, d, moving)
                then = nearest(today, lambda at, moving=moving, worth=worth: self.ahead(worth(at), moving))  # type: ignore[misc]
                if then is not None:
                    values = self.program.worth.copy()
                    values[moving] = worth(np.array([then]))[0]
                    g = moving[0] if len(moving) == 1 else None
                    program = replace(self.program, worth=values)
                    yield SetMove("weight", g, None, d, today, then, abs(then - today), program)

    def sizes(self) -> Iterator[SetMove]:
        """The size of every segment by itself."""
        for g, today in enumerate(self.case.sizes.tolist()):
            if today >= 1:
                continue  # the others have no proportions to keep

            def sizes(shares: FloatArray, g: int = g) -> FloatArray:
                return resized(self.case.sizes, g, shares)

            none = self.program.worth[None, :0]
            then = nearest(today, lambda at, sizes=sizes, none=none: self.ahead(none, [], sizes(at)))  # type: ignore[misc]
            if then is not None:
                program = replace(self.program, sizes=sizes(np.array([then]))[0])
                yield SetMove("size", g, None, None, today, then, abs(then - today), program)

    def scores(self) -> Iterator[SetMove]:
        """Every score by itself, up and down, by the values that it gives its proposition in its segment."""
        for g, p in np.ndindex(self.program.worth.shape):
            ahead = self._as_valued(g, p)
            for value in crossings(float(np.nan_to_num(self.program.worth[g, p])), ahead):
                yield from self._scored(g, p, value, ahead)

    def _as_valued(self, g: int, p: int) -> Callable[[FloatArray], FloatArray]:
        """How far it is from being reversed, as one proposition has several values in one segment."""

        def ahead(values: FloatArray) -> FloatArray:
            worth = np.repeat(self.program.worth[None, g], len(values), axis=0)
            worth[:, p] = values
            return self.ahead(worth[:, None], [g])

        return ahead

    def _scored(
        self, g: int, p: int, value: float, ahead: Callable[[FloatArray], FloatArray]
    ) -> Iterator[SetMove]:
        """Scores of a proposition in a segment, each by itself, that give it such a value; those that can."""
        own, count = self.case.scores[g, p], self.case.scores.shape[-1]
        rising = value > np.nan_to_num(self.program.worth[g, p])
        places = np.flatnonzero(~np.isnan(own) | rising)

        def values(scores: FloatArray) -> FloatArray:
            tried = np.broadcast_to(own, (*scores.shape, count)).copy()
            tried[np.arange(len(places)), :, places] = scores
            return power_mean(tried, self.case.weights[g], self.case.rho)

        today = np.nan_to_num(own[places])
        ever, then = narrowed_each(
            today, 1.0 if rising else 0.0, lambda at: values(at) >= value if rising else values(at) <= value
        )
        reached = values(then[:, None])[:, 0]
        for place in np.flatnonzero(ever & (ahead(reached) < 0)):
            worth, d = self.program.worth.copy(), int(places[place])
            worth[g, p] = reached[place]
            distance = abs(float(then[place] - today[place]))
            program = replace(self.program, worth=worth)
            yield SetMove("score", g, p, d, float(own[d]), float(then[place]), distance, program)

    def costs(self, costs: list[float | None], budget: float) -> Iterator[SetMove]:
        """Every cost by itself: of what it holds up to beyond the budget, of any down to where a better set fits."""
        cost, total = self.program.cost, float(self.program.cost.sum())
        free = replace(self.program, rows=self.program.rows[1:], limits=self.program.limits[1:])  # no budget
        sets, values = kept_sets(free)
        better = sets[values > self.program.overall(self.held) + self.accepted + BEYOND]
        spare = budget - float(cost @ self.held)
        for p, known in enumerate(costs):
            others = (better @ cost - cost[p])[better[:, p]]
            falls = budget - float(others.min(initial=np.inf))
            rises = cost[p] + spare + 2 * TIE * (total + spare)
            for then in map(float, (rises if self.held[p] else -1.0, falls)):
                if then >= 0 and then != cost[p] and abs(then - cost[p]) <= total:
                    rows = self.program.rows.copy()
                    rows[0, p] = then
                    program = replace(self.program, rows=rows, cost=rows[0])
                    today = np.nan if known is None else known
                    yield SetMove("cost", None, p, None, today, then, abs(then - cost[p]) / total, program)
