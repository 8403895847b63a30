"""A set of propositions that is chosen under limits: what it loses, and which of its rules it breaks."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.portfolio.limits import program_of
from valuemix.analysis.portfolio.program import Program
from valuemix.analysis.portfolio.refusals import broken_rules
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["SetChoice", "broken", "set_loss"]


@dataclass(frozen=True)
class SetChoice:
    """A set of propositions that is chosen for all segments, and the limits that it is chosen within.

    Attributes
    ----------
    members : tuple of str
        Its propositions.
    budget, people : float, optional
        What a set may cost, and the people it may take.
    at_most : int, optional
        How many propositions it may hold.

    Examples
    --------
    >>> SetChoice(("Express", "Hotline"), budget=9.0).budget
    9.0
    """

    members: tuple[str, ...]
    budget: float | None = None
    people: float | None = None
    at_most: int | None = None

    def held(self, scenario: Scenario) -> BoolArray:
        """Which propositions it holds, shape (P,).

        Raises
        ------
        UnknownName
            Where the scenario has one of them no more.
        """
        places = [scenario.proposition_index(name) for name in self.members]
        return np.isin(np.arange(len(scenario.propositions)), places)

    def program(self, scenario: Scenario) -> Program:
        """What may be chosen in its place.

        Raises
        ------
        EditError
            Where a limit limits nothing any more, or there is too much to choose from.
        """
        return program_of(scenario, self.budget, self.people, self.at_most)


@functools.lru_cache(maxsize=64)
def set_loss(scenario: Scenario, choice: SetChoice) -> float:
    """Value lost by a set against the best one that keeps all of the rules, on the scenario's scale.

    Returns
    -------
    float
        0 where none is better; NaN where no segment has any value.

    Raises
    ------
    UnknownName, EditError
        As for `SetChoice`.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2], [5, 6]], [[3, 4], [6, 7]]], propositions=["Express", "Hotline"])
    >>> set_loss(scenario, SetChoice(("Express",), at_most=1)), set_loss(scenario, SetChoice(("Hotline",), at_most=1))
    (1.75, 0.0)
    """
    program, held = choice.program(scenario), choice.held(scenario)
    highest, own = program.highest(), float(program.overall(held))
    lost = (own if highest is None else highest) - own
    return scenario.scale.width * lost if not lost <= TIE else 0.0


def broken(scenario: Scenario, choice: SetChoice) -> list[str]:
    """Rules of the scenario, and limits of its own, that a set does not keep, in words.

    Raises
    ------
    UnknownName, EditError
        As for `SetChoice`.
    """
    limits = (choice.budget, choice.people, choice.at_most)
    return broken_rules(scenario, choice.program(scenario), choice.held(scenario), limits)
