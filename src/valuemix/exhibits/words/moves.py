"""How sure it is what moves from one version of a scenario to another, told together with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import CLEAR, LIKELY, Degree, degree_of, share_above
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.changes import common_draws
from valuemix.analysis.compare.joined import union
from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.words import comparing, grounds
from valuemix.exhibits.words.formats import share
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["Moves", "rule"]


class Moves:
    """Changes of some values under what is in doubt, overall or in a segment.

    Parameters
    ----------
    before, after : Scenario
        On one scale.
    names : sequence of str
        Propositions that both have.
    segment : str, optional
        Which segment; the overall value where it is None.
    """

    def __init__(
        self, before: Scenario, after: Scenario, names: Sequence[str], segment: str | None = None
    ) -> None:
        order = union(before.proposition_names, after.proposition_names)
        one, other = common_draws([before, after], segment)
        self.names, self.width, self.tie = [*names], before.scale.width, TIE * before.scale.width
        self.changes = (other - one)[[order.index(name) for name in names]]

    def sign(self, name: str, side: float) -> float:
        """Share of draws in which a value moves to a side: up where it is above 0."""
        return share_above(np.sign(side) * self.changes[self.names.index(name)], 0.0, self.width)

    def signs(self, sides: Mapping[str, float]) -> dict[str, Degree]:
        """How sure it is to which side some move that were chosen by looking: all that move are looked at."""
        moving = [
            name for name, own in zip(self.names, self.changes, strict=True) if abs(own).max() > self.tie
        ]
        shares = {name: max(up := self.sign(name, 1), 1 - up) for name in moving}
        shares |= {name: self.sign(name, side) for name, side in sides.items()}
        degrees = dict(zip(shares, grading.grades([*shares.values()]), strict=True))
        return {name: degrees[name] for name in sides}

    def most(self, names: Sequence[str], side: int) -> list[float]:
        """For each of some, share of draws in which it moves to a side, and more so than any but these."""
        moves = side * self.changes
        return [min(self.sign(name, side), self._ahead(moves, name, names)) for name in names]

    def largest(self, sides: Mapping[str, float]) -> Degree:
        """How sure it is that these move most, whichever way; of one alone its side is told as well."""
        shares = [self._ahead(abs(self.changes), name, [*sides]) for name in sides]
        if len(sides) == 1:
            shares += [self.sign(*pair) for pair in sides.items()]
        return degree_of(min(shares))

    def _ahead(self, moves: FloatArray, name: str, names: Sequence[str]) -> float:
        """Share of draws in which one moves more than any but those named with it."""
        rows = [name, *(own for own in self.names if own not in names)]
        return comparing.most_sure(moves[[self.names.index(own) for own in rows]], [0], self.width)

    def none(self, side: int) -> float:
        """Share of draws in which no value, taken by itself, moves to a side by more than a tie."""
        moves = side * np.nan_to_num(self.changes) > self.tie
        return float(1 - moves.mean(axis=1).max())


def rule(before: Scenario, after: Scenario, segment: str | None = None) -> str:
    """Note on what the degrees of several changes rest on."""
    if not (in_doubt(before, segment) or in_doubt(after, segment)):
        return grounds.NOTHING_IN_DOUBT
    holds = f"a change is probable where its direction holds in {share(LIKELY)} of the cases held possible"
    return f"{holds}, clear from {share(CLEAR, 1)}, {grounds.same_errors(before, after, segment=segment)}"
