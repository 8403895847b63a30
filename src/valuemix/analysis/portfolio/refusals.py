"""Why no set keeps all of the rules: which rule, and by how much it is missed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from valuemix.analysis.portfolio.program import Program
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import EditError, shorten
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["broken_rules", "check_rules", "why_no_set"]


def check_rules(scenario: Scenario) -> None:
    """See that what must be chosen, with all that it needs, may be chosen together.

    Raises
    ------
    EditError
        With the two rules that contradict each other.

    Examples
    --------
    >>> from valuemix.model.parts import Proposition
    >>> parts = [Proposition(name="A", choose="must", needs=("B",)), Proposition(name="B", choose="must not")]
    >>> check_rules(Scenario.from_arrays([[8, 2], [5, 6]], propositions=["A", "B"]).replace(propositions=parts))
    Traceback (most recent call last):
    valuemix.errors.EditError: no set can be chosen: 'B' is needed by 'A', which must be chosen, and must not be ...
    """
    why = _required(scenario)
    for p, reason in why.items():
        part = scenario.propositions[p]
        if part.choose == "must not":
            raise EditError(
                f"no set can be chosen: {reason}, and must not be chosen; change choose or needs of one of them"
            )
        for other in map(scenario.proposition_names.index, part.excludes):
            if other in why:
                raise EditError(
                    f"no set can be chosen: {reason}, and excludes {shorten(scenario.proposition_names[other])!r}, "
                    f"but {why[other]}; change choose, needs or excludes of one of them"
                )


def _required(scenario: Scenario) -> dict[int, str]:
    """Places of what must be chosen and of all that it needs, each with the reason why."""
    names = scenario.proposition_names
    why = {
        p: f"{shorten(names[p])!r} must be chosen"
        for p, part in enumerate(scenario.propositions)
        if part.choose == "must"
    }
    ahead = [*why]
    while ahead:
        p = ahead.pop(0)
        for other in map(names.index, scenario.propositions[p].needs):
            if other not in why:
                by = f"{shorten(names[p])!r}"
                by += ", which must be chosen" if scenario.propositions[p].choose == "must" else ""
                why[other] = f"{shorten(names[other])!r} is needed by {by}"
                ahead.append(other)
    return why


def why_no_set(
    scenario: Scenario, program: Program, budget: float | None, people: float | None, at_most: int | None
) -> str:
    """Why no set keeps the limits and reaches the floors, in words."""
    needed = [*_required(scenario)]
    limits = (("cost", budget, "the budget is"), ("people", people, "there are"))
    for field, limit, said in limits:
        least = sum(getattr(scenario.propositions[p], field) or 0.0 for p in needed)
        if limit is not None and least > limit + TIE * least:
            what = {"cost": f"costs {least:,.10g}", "people": f"takes {least:,.10g} people"}[field]
            raise_it = {"cost": "Raise the budget", "people": "Find more people"}[field].lower()
            return (
                f"no set can be chosen: what must be chosen, with what it needs, {what} and {said} {limit:,.10g}, "
                f"{least - limit:,.10g} too little; {raise_it}, or let go of one of them"
            )
    if at_most is not None and len(needed) > at_most:
        return (
            f"no set can be chosen: {len(needed)} propositions must be chosen or are needed, and at most {at_most} "
            "may be; raise that number, or let go of one of them"
        )
    return " ".join(_missed_floors(scenario, program))


def _missed_floors(scenario: Scenario, program: Program) -> Iterator[str]:
    """Floors that no set reaches by itself; where each is reached by some set, what the nearest set misses."""
    alone = []
    for g, segment in enumerate(scenario.segments):
        if segment.floor is not None:
            only = np.zeros(len(program.floors))
            only[g] = program.floors[g]
            nearest = dataclasses.replace(program, floors=only).nearest_to_floors()
            alone += _short(scenario, program, nearest, [g])
    if alone:
        yield f"no set within these limits reaches every floor: {'; '.join(alone)}."
    else:
        every = [g for g, segment in enumerate(scenario.segments) if segment.floor is not None]
        short = _short(scenario, program, program.nearest_to_floors(), every)
        yield f"no set within these limits reaches all floors at once; in the nearest one {'; '.join(short)}."
    yield "Raise a limit, or lower a floor on the sheet Segments."


def _short(scenario: Scenario, program: Program, chosen: BoolArray | None, segments: list[int]) -> list[str]:
    """Floors of some segments that a set misses, with what it reaches and by how much that is short."""
    if chosen is None:
        return []
    taken = scenario.scale.from_unit(np.nan_to_num(program.taken(chosen)))
    told = []
    for g in segments:
        floor = scenario.segments[g].floor or 0.0
        if taken[g] < floor - TIE * scenario.scale.width:
            told.append(
                f"{shorten(scenario.segment_names[g])!r} gets {taken[g]:.4g}, {floor - taken[g]:.2g} below "
                f"its floor of {floor:g}"
            )
    return told


def broken_rules(
    scenario: Scenario,
    program: Program,
    chosen: BoolArray,
    limits: tuple[float | None, float | None, int | None],
) -> list[str]:
    """Rules that a set does not keep, in words; none where it keeps all.

    Parameters
    ----------
    scenario : Scenario
    program : Program
        With these limits.
    chosen : ndarray of bool, shape (P,)
    limits : tuple
        Budget, people and how many propositions at most; None where there is no limit.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.limits import program_of
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 6]], propositions=["A", "B"])
    >>> broken_rules(scenario, program_of(scenario, None, None, 1), np.array([True, True]), (None, None, 1))
    ['it holds 2 propositions, and may hold 1']
    """
    if program.keeps(chosen):
        return []
    floors = [g for g, segment in enumerate(scenario.segments) if segment.floor is not None]
    return [
        *_over(scenario, chosen, limits),
        *_apart(scenario, chosen),
        *_short(scenario, program, chosen, floors),
    ]


def _over(
    scenario: Scenario, chosen: BoolArray, limits: tuple[float | None, float | None, int | None]
) -> Iterator[str]:
    """Limits that a set is beyond."""
    told = (
        ("cost", "it costs {:,.10g}, and the budget is {:,.10g}"),
        ("people", "it takes {:,.10g} people, and there are {:,.10g}"),
        ("", "it holds {:g} propositions, and may hold {:g}"),
    )
    for (field, words), limit in zip(told, limits, strict=True):
        every = np.array([(getattr(part, field) or 0.0) if field else 1.0 for part in scenario.propositions])
        if limit is not None and every @ chosen > limit + TIE * every.sum():
            yield words.format(every @ chosen, limit)


def _apart(scenario: Scenario, chosen: BoolArray) -> Iterator[str]:
    """What a set must hold and does not, or holds and must not, by itself or beside others."""
    held = {name for name, each in zip(scenario.proposition_names, chosen, strict=True) if each}
    for part in scenario.propositions:
        name = shorten(part.name)
        if part.choose == ("must not" if part.name in held else "must"):
            yield f"{name!r} {part.choose} be chosen"
        if part.name in held:
            yield from (f"{name!r} needs {shorten(each)!r}" for each in part.needs if each not in held)
            yield from (f"{name!r} excludes {shorten(each)!r}" for each in part.excludes if each in held)
