"""Rules of the sheet of decisions planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten
from valuemix.model.parts import BURDENS, MAX_ROWS, MAX_SIZE
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    name_problems,
    number,
    problem,
    text_problems,
    too_many,
    unknown_name,
    unknown_names,
)

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["planned_change_problems"]


def planned_change_problems(scenario: Content) -> Iterator[Problem]:
    """A change is of one score or one burden that there is, from low over likely to high."""
    rows = scenario.planned_changes
    if len(rows) > MAX_ROWS:
        yield too_many("planned changes", len(rows), MAX_ROWS, ("planned_changes",))
        return
    for i, row in enumerate(rows):
        path: Path = ("planned_changes", i)
        yield from name_problems("decision", row.decision, (*path, "decision"))
        named = [field for field in ("segment", "proposition", "moment") if getattr(row, field)]
        yield from unknown_names(scenario, row, named, path)
        yield from _of_what(scenario, row, path)
        yield from _of_ends(row, path)
        yield from text_problems([((*path, "owner"), row.owner)])
        if row.cost is not None:
            yield from amount_problems("cost", row.decision, row.cost, (*path, "cost"), MAX_SIZE)


def _of_what(scenario: Content, row: PlannedChange, path: Path) -> Iterator[Problem]:
    if bool(row.discipline) == bool(row.burden):
        both = "both a discipline and a burden" if row.burden else "neither a discipline nor a burden"
        message = f"a change of {shorten(row.decision)!r} names {both}"
        yield problem(
            "MISSING", (*path, "discipline"), message, "Name one of them; give the other a row of its own"
        )
    elif row.discipline and row.discipline not in scenario.discipline_ids:
        yield unknown_name("discipline", row.discipline, scenario.discipline_ids, (*path, "discipline"))
    elif row.burden and row.burden not in BURDENS:
        yield unknown_name("burden", row.burden, BURDENS, (*path, "burden"))


def _of_ends(row: PlannedChange, path: Path) -> Iterator[Problem]:
    low, high = row.ends
    if not low <= row.likely <= high:
        told = f"low {number(low)}, likely {number(row.likely)}, high {number(high)}"
        message = f"the change of {shorten(row.decision)!r} must go from low over likely to high, got {told}"
        yield problem("RANGE", (*path, "likely"), message, "Put them in order, or leave low and high blank")
    elif max(abs(low), abs(high)) > MAX_SIZE:
        message = f"the change of {shorten(row.decision)!r} is too large to compute with"
        yield problem("RANGE", (*path, "likely"), message, "Write it on the scale, or in the burden's unit")
