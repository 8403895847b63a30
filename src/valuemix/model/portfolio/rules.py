"""Rules of what propositions take, need and exclude, and of the floors of segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten, unknown_message
from valuemix.model.parts import MAX_LINKS, MAX_SIZE, Proposition
from valuemix.model.rule_parts import Path, amount_problems, number, problem, spelling_mend, too_many

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["floor_problems", "proposition_problems"]


def proposition_problems(scenario: Content) -> Iterator[Problem]:
    """Costs are amounts, and what is needed or excluded is another proposition, named once."""
    named = sum(len(p.needs) + len(p.excludes) for p in scenario.propositions)
    if named > MAX_LINKS:
        yield too_many("names under needs and excludes", named, MAX_LINKS, ("propositions",))
        return
    known = {*scenario.proposition_names}
    for i, proposition in enumerate(scenario.propositions):
        path: Path = ("propositions", i)
        for field in ("cost", "people"):
            amount = getattr(proposition, field)
            if amount is not None:
                yield from amount_problems(field, proposition.name, amount, (*path, field), MAX_SIZE)
        for name in [*proposition.needs, *proposition.excludes]:
            if name not in known:
                field = "needs" if name in proposition.needs else "excludes"
                message = unknown_message("proposition", name, scenario.proposition_names)
                yield problem(
                    "UNKNOWN", (*path, field), message, spelling_mend(name, scenario.proposition_names)
                )
        yield from _named_problems(proposition, path)


def _named_problems(proposition: Proposition, path: Path) -> Iterator[Problem]:
    """It names no proposition twice, nor itself."""
    seen = {proposition.name: f"{shorten(proposition.name)!r} names itself"}
    for field in ("needs", "excludes"):
        for name in getattr(proposition, field):
            if name in seen:
                message = f"{field} of {shorten(proposition.name)!r}: {seen[name]}"
                yield problem("REPEATED", (*path, field), message, "Delete the name")
            seen.setdefault(name, f"{shorten(name)!r} stands under needs or excludes already")


def floor_problems(scenario: Content) -> Iterator[Problem]:
    """A floor is a value on the scale."""
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    for i, segment in enumerate(scenario.segments):
        if segment.floor is not None and not lowest <= segment.floor <= highest:
            message = (
                f"floor of {shorten(segment.name)!r} must be from {number(lowest)} to {number(highest)}, "
                f"got {number(segment.floor)}"
            )
            yield problem("RANGE", ("segments", i, "floor"), message, "Correct it, or leave it blank")
