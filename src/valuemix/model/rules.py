"""The rules of a scenario: each stated once, with its message and its way out.

Types, unknown keys and NaN are pydantic's business (content.py); this module holds
what depends on values and on more than one part. All problems are found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten
from valuemix.model.names import clashes, name_key
from valuemix.model.parts import (
    MAX_CELLS,
    MAX_DISCIPLINES,
    MAX_ROWS,
    MAX_SIZE,
    MIN_DISCIPLINES,
    OVERALL,
)
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    clash_problems,
    list_problems,
    name_problems,
    number,
    points_problems,
    problem,
    text_problems,
    too_many,
)
from valuemix.model.service_rules import deck_problems
from valuemix.model.settings import range_problems
from valuemix.model.sheets import RESERVED_IDS, TABLES_BY_PROPOSITION, TEMPLATE
from valuemix.model.table_rules import table_problems

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["problems_of"]


def problems_of(scenario: Content) -> list[Problem]:
    """Everything in a well-typed scenario that breaks a rule.

    Parameters
    ----------
    scenario : Content
        With all types right; its values may be anything.

    Returns
    -------
    list of Problem
        Empty where the scenario is valid; places are paths inside the scenario.
    """
    beyond = [*_count_problems(scenario)]
    if beyond:
        return beyond
    return [
        *name_problems("scenario", scenario.name, ("name",)),
        *text_problems(_texts(scenario)),
        *_scale_problems(scenario),
        *_discipline_problems(scenario),
        *list_problems("segment", scenario.segment_names, "segments"),
        *list_problems("proposition", scenario.proposition_names, "propositions"),
        *_segment_problems(scenario),
        *(
            problem
            for table in TABLES_BY_PROPOSITION
            for problem in table_problems(scenario, TEMPLATE[table])
        ),
        *(found for sheet in TEMPLATE.values() if sheet.problems for found in sheet.problems(scenario)),
        *_settings_problems(scenario),
        *deck_problems(scenario),
    ]


def _count_problems(scenario: Content) -> Iterator[Problem]:
    """Too many of anything are told alone: what stands in so many is not looked at."""
    segments, propositions = len(scenario.segments), len(scenario.propositions)
    for things, count in (("segments", segments), ("propositions", propositions)):
        if count > MAX_ROWS:
            yield too_many(things, count, MAX_ROWS, (things,))
    cells = segments * propositions * len(scenario.disciplines)
    if cells > MAX_CELLS:
        yield too_many("scores (segments x propositions x disciplines)", cells, MAX_CELLS, ("scores",))


def _texts(scenario: Content) -> Iterator[tuple[Path, str]]:
    yield from ((("note",), scenario.note), (("source",), scenario.source))
    yield ("settings", "cost_unit"), scenario.settings.cost_unit
    for i, p in enumerate(scenario.propositions):
        yield ("propositions", i, "description"), p.description
    for i, d in enumerate(scenario.disciplines):
        yield from ((("disciplines", i, "lowest"), d.lowest), (("disciplines", i, "highest"), d.highest))


def _scale_problems(scenario: Content) -> Iterator[Problem]:
    scale = scenario.scale
    if not scale.lowest < scale.highest:
        yield problem(
            "RANGE",
            ("scale", "highest"),
            f"the highest score must lie above the lowest, got {number(scale.lowest)} to {number(scale.highest)}",
            "Write a scale such as 0 to 10",
        )
    elif max(abs(scale.lowest), abs(scale.highest)) > MAX_SIZE or scale.width < 1e-9:
        yield problem(
            "RANGE", ("scale",), "the scale is too wide or too narrow to compute with", "Use 0 to 10"
        )


def _discipline_problems(scenario: Content) -> Iterator[Problem]:
    count = len(scenario.disciplines)
    if not MIN_DISCIPLINES <= count <= MAX_DISCIPLINES:
        yield problem(
            "RANGE",
            ("disciplines",),
            f"a scenario has {MIN_DISCIPLINES} to {MAX_DISCIPLINES} disciplines, got {count}",
            "Add or merge disciplines",
        )
    for i, discipline in enumerate(scenario.disciplines):
        path: Path = ("disciplines", i, "id")
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", discipline.id):
            yield problem(
                "CHARACTER",
                path,
                f"discipline id {shorten(discipline.id)!r} must be small letters, digits and underscores, "
                "a letter first, at most 60",
                "Write it like social_purpose",
            )
        elif discipline.id in RESERVED_IDS:
            yield problem("NAME_CLASH", path, f"discipline id {discipline.id!r} names a column", "Rename it")
        yield from name_problems("discipline", discipline.name, ("disciplines", i, "name"))
    ids = scenario.discipline_ids
    yield from clash_problems("discipline id", ids, "disciplines", "id")
    for first, later in clashes(name.replace("_", "") for name in ids):
        if ids[first] != ids[later]:
            message = f"discipline ids {ids[first]!r} and {ids[later]!r} differ by underscores only"
            path = ("disciplines", later, "id")
            yield problem("NAME_CLASH", path, message, "Columns are matched without them; rename one")
    yield from clash_problems("discipline", [d.name for d in scenario.disciplines], "disciplines", "name")


def _segment_problems(scenario: Content) -> Iterator[Problem]:
    for i, segment in enumerate(scenario.segments):
        path: Path = ("segments", i)
        if name_key(segment.name) == name_key(OVERALL):
            message = f"segment name {segment.name!r} is kept for the rows over all segments"
            yield problem(
                "NAME_CLASH", (*path, "name"), message, "Name it otherwise, such as 'All customers'"
            )
        yield from amount_problems("size", segment.name, segment.size, (*path, "size"), MAX_SIZE)
        yield from points_problems(segment.name, segment.points, scenario.discipline_ids, (*path, "points"))
        if not 0 <= segment.burden <= 100:
            message = f"weight of burden of {shorten(segment.name)!r} must be from 0 to 100, got "
            mend = "Write points out of 100, 0 where burden does not count"
            yield problem("RANGE", (*path, "burden"), message + number(segment.burden), mend)
        if segment.contacts is not None:
            given = segment.contacts, (*path, "contacts"), MAX_SIZE
            yield from amount_problems("contacts a year", segment.name, *given)
    if scenario.segments and all(segment.size == 0 for segment in scenario.segments):
        yield problem(
            "WEIGHTS_ZERO",
            ("segments", 0, "size"),
            "the sizes of all segments add up to 0, so nothing can be weighted",
            "Give at least one segment a size",
        )


def _settings_problems(scenario: Content) -> Iterator[Problem]:
    yield from range_problems(scenario)
    settings = scenario.settings
    for bar, value in (("lead_bar", settings.lead_bar), ("threshold", settings.threshold)):
        if value is not None and not scenario.scale.lowest <= value <= scenario.scale.highest:
            ends = f"{number(scenario.scale.lowest)} to {number(scenario.scale.highest)}"
            message = f"{bar} must stand on the scale from {ends}, got {number(value)}"
            yield problem("RANGE", ("settings", bar), message, "Correct it, or leave it out")
    beyond, width = settings.cover_story_bar, scenario.scale.width
    if beyond is not None and not 0 < beyond <= width:
        message = f"cover_story_bar must be above 0 and at most {number(width)}, got {number(beyond)}"
        yield problem("RANGE", ("settings", "cover_story_bar"), message, "Correct it, or leave it out")
