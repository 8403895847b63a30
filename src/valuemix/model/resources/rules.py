"""Rules of the sheets of resources and capabilities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten
from valuemix.model.names import name_key
from valuemix.model.parts import MAX_ROWS, MAX_SIZE
from valuemix.model.resources.parts import SUPPORT, Capability, Resource
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    clash_problems,
    name_problems,
    number,
    problem,
    text_problems,
    too_many,
    twice_problems,
    unknown_name,
)

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["capability_problems", "resource_problems", "resource_target_problems"]


def resource_problems(scenario: Content) -> Iterator[Problem]:
    """A function has a kind of resource once, in amounts of 0 or more, and no kind comes to nothing."""
    rows = scenario.resources
    if len(rows) > MAX_ROWS:
        yield too_many("rows of resources", len(rows), MAX_ROWS, ("resources",))
        return
    for i, row in enumerate(rows):
        path: Path = ("resources", i)
        yield from name_problems("kind of resource", row.kind, (*path, "kind"))
        yield from text_problems([((*path, "function"), row.function)])
        yield from _of_cells(scenario, row.kind, row.amounts, path)
    yield from twice_problems([(row.function, row.kind) for row in rows], ("resources", "kind"), "the row")
    yield from _written_two_ways([row.kind for row in rows])
    yield from _of_nothing(rows)


def _written_two_ways(kinds: Sequence[str]) -> Iterator[Problem]:
    """A kind stands in many rows, and is written one way in all of them."""
    first: dict[str, str] = {}
    for i, kind in enumerate(kinds):
        if first.setdefault(name_key(kind), kind) != kind:
            other = first[name_key(kind)]
            message = f"kind of resource {shorten(kind)!r} and {shorten(other)!r} differ by capitals only"
            yield problem("NAME_CLASH", ("resources", i, "kind"), message, "Write it one way")


def _of_nothing(rows: Sequence[Resource]) -> Iterator[Problem]:
    """Kinds whose amounts add up to 0 over all of their rows, each at its first."""
    first: dict[str, int] = {}
    spent: dict[str, float] = {}
    for i, row in enumerate(rows):
        first.setdefault(row.kind, i)
        spent[row.kind] = spent.get(row.kind, 0.0) + sum(cell or 0.0 for cell in row.amounts.values())
    for kind in (kind for kind, total in spent.items() if kind and not total):
        path: Path = ("resources", first[kind], "kind")
        message = f"the amounts of {shorten(kind)!r} add up to 0"
        yield problem("WEIGHTS_ZERO", path, message, "Write what is spent, or delete it")


def resource_target_problems(scenario: Content) -> Iterator[Problem]:
    """Targets are of kinds that there are, once each, and come to more than nothing."""
    kinds = [*dict.fromkeys(row.kind for row in scenario.resources)]
    for i, target in enumerate(scenario.resource_targets):
        path: Path = ("resource_targets", i)
        if target.kind not in kinds:
            yield unknown_name("kind of resource", target.kind, kinds, (*path, "kind"))
        yield from _of_cells(scenario, target.kind, target.shares, path)
        if not any(target.shares.values()):
            message = f"the target shares of {shorten(target.kind)!r} add up to 0"
            yield problem("WEIGHTS_ZERO", (*path, "kind"), message, "Write a share, or delete the row")
    keys = [(target.kind,) for target in scenario.resource_targets]
    yield from twice_problems(keys, ("resource_targets", "kind"), "the target")


def _of_cells(
    scenario: Content, owner: str, cells: Mapping[str, float | None], path: Path
) -> Iterator[Problem]:
    for name, cell in cells.items():
        if name not in scenario.discipline_ids:
            yield unknown_name("discipline", name, scenario.discipline_ids, (*path, name))
        elif cell is not None:
            yield from amount_problems(f"amount for {name}", owner, cell, (*path, name), MAX_SIZE)


def capability_problems(scenario: Content) -> Iterator[Problem]:
    """Capabilities have names of their own, a level up to their highest, and support of 0, 1, 3 or 9."""
    rows = scenario.capabilities
    if len(rows) > MAX_ROWS:
        yield too_many("capabilities", len(rows), MAX_ROWS, ("capabilities",))
        return
    for i, capability in enumerate(rows):
        path: Path = ("capabilities", i)
        yield from name_problems("capability", capability.name, (*path, "name"))
        yield from _of_levels(capability, path)
        yield from _of_support(scenario, capability, path)
    yield from clash_problems("capability", [row.name for row in rows], "capabilities", "name")


def _of_levels(capability: Capability, path: Path) -> Iterator[Problem]:
    name = shorten(capability.name)
    if not 0 < capability.highest <= MAX_SIZE:
        message = f"highest level of {name!r} must be above 0, got {number(capability.highest)}"
        yield problem("RANGE", (*path, "highest"), message, "Write the level at which no more could be asked")
    elif not 0 <= capability.level <= capability.highest:
        ends = f"from 0 to its highest, {number(capability.highest)}"
        message = f"level of {name!r} must be {ends}, got {number(capability.level)}"
        yield problem("RANGE", (*path, "level"), message, "Correct it, or raise the highest level")
    if capability.cost is not None:
        given = capability.cost, (*path, "cost"), MAX_SIZE
        yield from amount_problems("cost of one more level", capability.name, *given)


def _of_support(scenario: Content, capability: Capability, path: Path) -> Iterator[Problem]:
    for name, cell in capability.support.items():
        if name not in scenario.discipline_ids:
            yield unknown_name("discipline", name, scenario.discipline_ids, (*path, name))
        elif cell is not None and cell not in SUPPORT:
            message = (
                f"support of {shorten(capability.name)!r} for {name} must be 0, 1, 3 or 9, got {number(cell)}"
            )
            mend = "9: rests on it wholly, 3: clearly, 1: slightly, 0 or blank: not at all"
            yield problem("RANGE", (*path, name), message, mend)
    if not any(capability.support.values()):
        message = f"{shorten(capability.name)!r} supports no discipline"
        yield problem(
            "MISSING", (*path, "name"), message, "Write 1, 3 or 9 for one at least, or delete the row"
        )
