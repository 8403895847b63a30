"""Rules of what a scenario may tell beside its scores: points of another kind, delivery, links and the deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten, unknown_message
from valuemix.model.parts import MAX_FUNCTIONS, MAX_LINKS, MAX_OPTIONS, MAX_SLIDES, Link
from valuemix.model.rule_parts import (
    Path,
    clash_problems,
    name_problems,
    number,
    points_problems,
    problem,
    spelling_mend,
    text_problems,
    too_many,
)

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["deck_problems", "delivery_problems", "link_problems", "weighing_problems"]


def weighing_problems(field: str, word: str, scenario: Content) -> Iterator[Problem]:
    """Every segment has points beside those of today, or none has."""
    weighing = getattr(scenario, field)
    if weighing is None:
        return
    for name, points in weighing.items():
        if name in scenario.segment_names:
            yield from points_problems(name, points, scenario.discipline_ids, (field, name))
        else:
            yield _unknown("segment", name, scenario.segment_names, (field, name))
    for name in scenario.segment_names:
        if name not in weighing:
            message = f"there are no {word} of segment {shorten(name)!r}"
            yield problem("INCOMPLETE", (field, name), message, "Add them, or repeat those of today")


def delivery_problems(scenario: Content) -> Iterator[Problem]:
    """Functions have names of their own, and what survives them is a share."""
    functions = scenario.delivery
    if len(functions) > MAX_FUNCTIONS:
        yield too_many("functions", len(functions), MAX_FUNCTIONS, ("delivery",))
        return
    for i, function in enumerate(functions):
        yield from name_problems("function", function.name, ("delivery", i, "name"))
        for discipline, share in function.survives.items():
            path = ("delivery", i, "survives", discipline)
            if discipline not in scenario.discipline_ids:
                yield _unknown("discipline", discipline, scenario.discipline_ids, path)
            elif share is not None and not 0 <= share <= 1:
                message = (
                    f"share that survives {shorten(function.name)!r} must be from 0 to 1, got {number(share)}"
                )
                yield problem("RANGE", path, message, _share_mend(share))
    yield from clash_problems("function", [function.name for function in functions], "delivery", "name")


def link_problems(scenario: Content) -> Iterator[Problem]:
    """Links join two segments once, and lead one way: nobody serves those who serve them."""
    links = scenario.links
    if len(links) > MAX_LINKS:
        yield too_many("links", len(links), MAX_LINKS, ("links",))
        return
    first: dict[tuple[str, str], int] = {}
    for i, link in enumerate(links):
        ends = (link.from_segment, link.to_segment)
        named = f"the link from {shorten(ends[0])!r} to {shorten(ends[1])!r}"
        for field, name in zip(("from_segment", "to_segment"), ends, strict=True):
            if name not in scenario.segment_names:
                yield _unknown("segment", name, scenario.segment_names, ("links", i, field))
        if ends[0] == ends[1]:
            message = f"segment {shorten(ends[0])!r} cannot serve itself"
            yield problem("LOOP", ("links", i, "to_segment"), message, "Name another segment, or delete it")
        elif first.setdefault(ends, i) != i:
            yield problem(
                "DUPLICATE", ("links", i, "to_segment"), f"{named} stands twice", "Delete one of them"
            )
        if not 0 < link.strength <= 1:
            message = f"strength of {named} must be above 0 and at most 1, got {number(link.strength)}"
            mend = "Delete the link" if link.strength == 0 else _share_mend(link.strength)
            yield problem("RANGE", ("links", i, "strength"), message, mend)
    loop = _loop(links)
    if loop:
        message = f"who serves whom goes round: {' → '.join(map(shorten, loop))}"
        place = first[loop[0], loop[1]]
        yield problem("LOOP", ("links", place, "to_segment"), message, "Keep the direction that counts more")


def deck_problems(scenario: Content) -> Iterator[Problem]:
    """Slides are named, and their texts can be shown."""
    if len(scenario.deck) > MAX_SLIDES:
        yield too_many("slides", len(scenario.deck), MAX_SLIDES, ("deck",))
        return
    for i, slide in enumerate(scenario.deck):
        path: Path = ("deck", i)
        yield from name_problems("exhibit", slide.exhibit, (*path, "exhibit"))
        yield from text_problems([((*path, "title"), slide.title), ((*path, "source"), slide.source)])
        if len(slide.options) > MAX_OPTIONS:
            yield too_many("options", len(slide.options), MAX_OPTIONS, (*path, "options"))
        for key, value in slide.options.items():
            option = (*path, "options", key)
            yield from text_problems([(option, key), (option, value)])


def _loop(links: Sequence[Link]) -> list[str]:
    """Names along a way that comes back to where it starts, that one last; empty where there is none."""
    onward: dict[str, list[str]] = {}
    for link in links:
        if link.from_segment != link.to_segment:
            onward.setdefault(link.from_segment, []).append(link.to_segment)
    done: set[str] = set()
    for start in onward:
        found = _loop_from(start, onward, done)
        if found:
            return found
    return []


def _loop_from(start: str, onward: Mapping[str, Sequence[str]], done: set[str]) -> list[str]:
    way: list[str] = [start]
    ahead = [iter(onward[start])]
    while way:
        name = next(ahead[-1], None)
        if name is None:
            done.add(way.pop())
            ahead.pop()
        elif name in way:
            return [*way[way.index(name) :], name]
        elif name not in done:
            way.append(name)
            ahead.append(iter(onward.get(name, ())))
    return []


def _unknown(kind: str, name: str, known: Sequence[str], path: Path) -> Problem:
    return problem("UNKNOWN", path, unknown_message(kind, name, known), spelling_mend(name, known))


def _share_mend(share: float) -> str:
    """Way out for a share off its range; a whole number up to 100 was most likely meant as percent."""
    if 10 <= share <= 100:
        return f"Write {number(share / 100)}, or {number(share)} % in a workbook"
    return "Write a share such as 0.9, or 90 % in a workbook"
