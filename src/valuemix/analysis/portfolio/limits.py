"""What may be chosen of a scenario within which limits, as a program."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from valuemix.analysis.portfolio.program import Program
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["program_of"]

MOST_CELLS = 2_000
"""Segments times propositions; beyond it a program may take minutes."""


def program_of(
    scenario: Scenario, budget: float | None, people: float | None, at_most: int | None
) -> Program:
    """What may be chosen, and what it is worth.

    Raises
    ------
    EditError
        Where there is too much to choose from, or a limit cannot be or limits nothing.
    """
    _check_size(scenario)
    propositions, names = scenario.propositions, scenario.proposition_names
    cost, heads = (np.array([getattr(p, field) or 0.0 for p in propositions]) for field in ("cost", "people"))
    asked = ((cost, budget, "cost"), (heads, people, "people"), (np.ones(len(names)), at_most, ""))
    rules = [(row, _checked(scenario, limit, what)) for row, limit, what in asked if limit is not None]
    rules += _rules(scenario)
    return Program(
        worth=scenario.scale.to_unit(evaluate(scenario).values),
        sizes=scenario.size_shares,
        eps=scenario.settings.eps,
        cost=cost,
        rows=np.array([row for row, _ in rules]).reshape(len(rules), len(names)),
        limits=np.array([limit for _, limit in rules]),
        least=np.array([p.choose == "must" for p in propositions]),
        most=np.array([p.choose != "must not" for p in propositions]),
        floors=_floors(scenario),
    )


def _floors(scenario: Scenario) -> FloatArray:
    """Least value of each segment on 0 to 1, the lowest of the scale where none is set, shape (G,)."""
    set_at = [scenario.scale.lowest if s.floor is None else s.floor for s in scenario.segments]
    return scenario.scale.to_unit(np.array(set_at, dtype=np.float64))


def _check_size(scenario: Scenario) -> None:
    segments, propositions = len(scenario.segments), len(scenario.propositions)
    if segments * propositions > MOST_CELLS:
        raise EditError(
            f"{segments:,} segments and {propositions:,} propositions are too many to choose from exactly: at most "
            f"{MOST_CELLS:,} pairs of them; keep fewer"
        )


def _rules(scenario: Scenario) -> Iterator[tuple[FloatArray, float]]:
    """What is needed and excluded, as rows with their limits."""
    places = {name: p for p, name in enumerate(scenario.proposition_names)}
    every = np.eye(len(places))
    for p, part in enumerate(scenario.propositions):
        for other in part.needs:
            yield every[p] - every[places[other]], 0.0
        for other in part.excludes:
            yield every[p] + every[places[other]], 1.0


def _checked(scenario: Scenario, limit: float, what: str) -> float:
    name = {"cost": "the budget", "people": "the number of people"}.get(what, "the number of propositions")
    if not 0 <= limit < math.inf:
        raise EditError(f"{name} must be 0 or more, got {limit:g}")
    if what and all(getattr(p, what) is None for p in scenario.propositions):
        raise EditError(
            f"{name} limits nothing: no proposition says what it takes; "
            f"fill in the column {what} of the sheet Propositions"
        )
    return float(limit)
