"""The rules of a scenario: each stated once, with its message and its way out.

Types, unknown keys and NaN are pydantic's business (scenario.py); this module holds
what depends on values and on more than one part. All problems are found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuemix.errors import Place, Problem, closest, shorten, unknown_message
from valuemix.model.names import MAX_NAME, MAX_TEXT, clashes, forbidden_character, name_key
from valuemix.model.parts import (
    MAX_DISCIPLINES,
    MAX_EXPONENT,
    MAX_POINTS,
    MAX_SEED,
    MAX_SIZE,
    MIN_DISCIPLINES,
    OVERALL,
    RESERVED_IDS,
)

if TYPE_CHECKING:
    from valuemix.model.scenario import Scenario

Path = tuple[str | int, ...]

TABLES = ("scores", "low", "high", "promised", "believed")
"""The score tables of a scenario: the one that counts, then the optional ones."""


def problems_of(scenario: Scenario) -> list[Problem]:
    """Everything in a well-typed scenario that breaks a rule.

    Parameters
    ----------
    scenario : Scenario
        With all types right; its values may be anything.

    Returns
    -------
    list of Problem
        Empty where the scenario is valid; places are paths inside the scenario.
    """
    return [
        *_name_problems("scenario", scenario.name, ("name",)),
        *_text_problems(scenario),
        *_scale_problems(scenario),
        *_discipline_problems(scenario),
        *_list_problems("segment", scenario.segment_names, "segments"),
        *_list_problems("proposition", scenario.proposition_names, "propositions"),
        *_segment_problems(scenario),
        *(problem for table in TABLES for problem in _table_problems(scenario, table)),
        *_empty_problems(scenario),
        *_range_order_problems(scenario),
        *_settings_problems(scenario),
    ]


def _problem(code: str, path: Path, message: str, mend: str = "") -> Problem:
    return Problem(code, message, mend, Place(path=path))


def _number(value: float) -> str:
    plain = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return plain.replace("-", "−")


def _name_problems(thing: str, name: str, path: Path) -> Iterator[Problem]:
    if not name:
        yield _problem("MISSING", path, f"{thing} name is blank", "Give it a name")
    elif len(name) > MAX_NAME:
        yield _problem(
            "LENGTH",
            path,
            f"{thing} name {shorten(name)!r} has {len(name):,} characters, at most {MAX_NAME}",
            "Shorten it",
        )
    found = forbidden_character(name)
    if found:
        yield _problem("CHARACTER", path, f"{thing} name {shorten(name)!r} holds {found}", "Delete it")


def _text_problems(scenario: Scenario) -> Iterator[Problem]:
    texts: list[tuple[Path, str]] = [(("note",), scenario.note), (("source",), scenario.source)]
    texts += [
        (("propositions", i, "description"), p.description) for i, p in enumerate(scenario.propositions)
    ]
    for i, d in enumerate(scenario.disciplines):
        texts += [(("disciplines", i, "lowest"), d.lowest), (("disciplines", i, "highest"), d.highest)]
    for path, text in texts:
        if len(text) > MAX_TEXT:
            yield _problem(
                "LENGTH", path, f"text has {len(text):,} characters, at most {MAX_TEXT}", "Shorten it"
            )
        found = forbidden_character(text, line_breaks=True)
        if found:
            yield _problem("CHARACTER", path, f"text holds {found}", "Delete it")


def _scale_problems(scenario: Scenario) -> Iterator[Problem]:
    scale = scenario.scale
    if not scale.lowest < scale.highest:
        yield _problem(
            "RANGE",
            ("scale", "highest"),
            f"the highest score must lie above the lowest, got {_number(scale.lowest)} to {_number(scale.highest)}",
            "Write a scale such as 0 to 10",
        )
    elif max(abs(scale.lowest), abs(scale.highest)) > MAX_SIZE or scale.width < 1e-9:
        yield _problem(
            "RANGE", ("scale",), "the scale is too wide or too narrow to compute with", "Use 0 to 10"
        )


def _discipline_problems(scenario: Scenario) -> Iterator[Problem]:
    count = len(scenario.disciplines)
    if not MIN_DISCIPLINES <= count <= MAX_DISCIPLINES:
        yield _problem(
            "RANGE",
            ("disciplines",),
            f"a scenario has {MIN_DISCIPLINES} to {MAX_DISCIPLINES} disciplines, got {count}",
            "Add or merge disciplines",
        )
    for i, discipline in enumerate(scenario.disciplines):
        path: Path = ("disciplines", i, "id")
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", discipline.id):
            yield _problem(
                "CHARACTER",
                path,
                f"discipline id {shorten(discipline.id)!r} must be small letters, digits and underscores, "
                "a letter first, at most 60",
                "Write it like social_purpose",
            )
        elif discipline.id in RESERVED_IDS:
            yield _problem("NAME_CLASH", path, f"discipline id {discipline.id!r} names a column", "Rename it")
        yield from _name_problems("discipline", discipline.name, ("disciplines", i, "name"))
    ids = scenario.discipline_ids
    yield from _clash_problems("discipline id", ids, "disciplines", "id")
    for first, later in clashes(name.replace("_", "") for name in ids):
        if ids[first] != ids[later]:
            message = f"discipline ids {ids[first]!r} and {ids[later]!r} differ by underscores only"
            path = ("disciplines", later, "id")
            yield _problem("NAME_CLASH", path, message, "Columns are matched without them; rename one")
    yield from _clash_problems("discipline", [d.name for d in scenario.disciplines], "disciplines", "name")


def _list_problems(thing: str, names: Sequence[str], field: str) -> Iterator[Problem]:
    if not names:
        yield _problem("EMPTY", (field,), f"there is no {thing}", f"Add at least one {thing}")
    for i, name in enumerate(names):
        yield from _name_problems(thing, name, (field, i, "name"))
    yield from _clash_problems(thing, names, field, "name")


def _clash_problems(thing: str, names: Sequence[str], field: str, part: str) -> Iterator[Problem]:
    for first, later in clashes(names):
        if not names[first]:
            continue
        if names[first] == names[later]:
            code, message = "DUPLICATE", f"{thing} {shorten(names[first])!r} stands twice"
        else:
            code = "NAME_CLASH"
            message = (
                f"{thing} {shorten(names[later])!r} and {shorten(names[first])!r} differ by capitals only"
            )
        yield _problem(code, (field, later, part), message, "Write it one way, or give one another name")


def _segment_problems(scenario: Scenario) -> Iterator[Problem]:
    for i, segment in enumerate(scenario.segments):
        path: Path = ("segments", i)
        if name_key(segment.name) == name_key(OVERALL):
            message = f"segment name {segment.name!r} is kept for the rows over all segments"
            yield _problem(
                "NAME_CLASH", (*path, "name"), message, "Name it otherwise, such as 'All customers'"
            )
        yield from _amount_problems("size", segment.name, segment.size, (*path, "size"), MAX_SIZE)
        yield from _points_problems(scenario, segment.name, segment.points, (*path, "points"))
    if scenario.segments and all(segment.size == 0 for segment in scenario.segments):
        yield _problem(
            "WEIGHTS_ZERO",
            ("segments", 0, "size"),
            "the sizes of all segments add up to 0, so nothing can be weighted",
            "Give at least one segment a size",
        )


def _amount_problems(thing: str, owner: str, value: float, path: Path, most: float) -> Iterator[Problem]:
    if not 0 <= value <= most:
        yield _problem(
            "RANGE",
            path,
            f"{thing} of {shorten(owner)!r} must be 0 or more and at most {most:.0e}".replace("e+", "e")
            + f", got {_number(value)}",
            "Write 0 or a positive number",
        )


def _points_problems(
    scenario: Scenario, segment: str, points: Mapping[str, float], path: Path
) -> Iterator[Problem]:
    known = scenario.discipline_ids
    for name in points:
        if name not in known:
            yield _problem("UNKNOWN", (*path, name), unknown_message("discipline", name, known))
    for name in known:
        if name not in points:
            yield _problem(
                "SCHEMA",
                (*path, name),
                f"points of {shorten(segment)!r} on {name} are missing",
                "Write 0 where a discipline does not matter",
            )
    for name, value in points.items():
        yield from _amount_problems(f"points on {shorten(name)}", segment, value, (*path, name), MAX_POINTS)
    if points and all(value == 0 for value in points.values()):
        yield _problem(
            "WEIGHTS_ZERO",
            path,
            f"the points of {shorten(segment)!r} add up to 0",
            "Give at least one discipline a point",
        )


def _table_problems(scenario: Scenario, table: str) -> Iterator[Problem]:
    scores = scenario.table(table)
    if scores is None:
        return
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    for path, value in _cells(scenario, scores, table):
        if isinstance(value, Problem):
            yield value
        elif value is not None and not lowest <= value <= highest:
            yield _problem(
                "RANGE",
                path,
                f"{table_word(table)} must be from {_number(lowest)} to {_number(highest)}, got {_number(value)}",
                "Correct it, or change the scale of the scenario",
            )


def table_word(table: str) -> str:
    """What one cell of a score table is called, such as "low score"."""
    return {"scores": "score", "low": "low score", "high": "high score"}.get(table, f"{table} score")


def _cells(scenario: Scenario, scores: Mapping[str, Any], table: str) -> Iterator[tuple[Path, Any]]:
    """Every cell of a table with its path; an unknown name comes as a problem once."""
    kinds = (
        ("segment", scenario.segment_names),
        ("proposition", scenario.proposition_names),
        ("discipline", scenario.discipline_ids),
    )

    def walk(block: Any, path: Path) -> Iterator[tuple[Path, Any]]:
        depth = len(path) - 1
        if depth == len(kinds):
            yield path, block
            return
        kind, known = kinds[depth]
        for name, inner in block.items():
            if name in known:
                yield from walk(inner, (*path, name))
            else:
                message = unknown_message(kind, name, known)
                yield path, _problem("UNKNOWN", (*path, name), message, _spelling_mend(name, known))

    yield from walk(scores, (table,))


def _spelling_mend(name: str, known: Sequence[str]) -> str:
    near = closest(name, known)
    return (
        f"Spell it {near!r}" if near and name_key(near) != name_key(name) else "Add it, or correct the name"
    )


def _empty_problems(scenario: Scenario) -> Iterator[Problem]:
    """Every proposition needs at least one score in every segment."""
    if not any(value is not None for _, value in _cells(scenario, scenario.scores, "scores")):
        yield _problem("EMPTY", ("scores",), "there are no scores, so there is nothing to rank", "Add scores")
        return
    for segment in scenario.segment_names:
        block = scenario.scores.get(segment, {})
        empty = [p for p in scenario.proposition_names if not _any_score(block.get(p, {}).values())]
        if len(empty) == len(scenario.proposition_names):
            yield _problem(
                "INCOMPLETE",
                ("scores", segment),
                f"there is no score for segment {shorten(segment)!r}",
                "Add its scores, or remove the segment",
            )
        else:
            for proposition in empty:
                yield _problem(
                    "INCOMPLETE",
                    ("scores", segment, proposition),
                    f"{shorten(proposition)!r} has no score at all in segment {shorten(segment)!r}",
                    "Add at least one score, or remove the proposition",
                )


def _any_score(values: Iterable[float | None]) -> bool:
    return any(value is not None for value in values)


def _range_order_problems(scenario: Scenario) -> Iterator[Problem]:
    """A low score lies at or below the score, a high score at or above it."""
    for table, sign in (("low", 1), ("high", -1)):
        scores = scenario.table(table)
        if scores is None:
            continue
        for path, value in _cells(scenario, scores, table):
            if value is None or isinstance(value, Problem):
                continue
            score = _at(scenario.scores, path[1:])
            if score is not None and sign * (value - score) > 0:
                word = "below" if sign > 0 else "above"
                yield _problem(
                    "RANGE",
                    path,
                    f"the {table} score must lie at or {word} the score {_number(score)}, got {_number(value)}",
                    "Correct one of the two",
                )


def _at(scores: Mapping[str, Any], path: Path) -> float | None:
    here: Any = scores
    for name in path:
        here = here.get(name) if here is not None else None
    return here if isinstance(here, float) else None


def _settings_problems(scenario: Scenario) -> Iterator[Problem]:
    settings = scenario.settings
    if isinstance(settings.compensation, float) and abs(settings.compensation) > MAX_EXPONENT:
        yield _problem(
            "RANGE",
            ("settings", "compensation"),
            f"compensation must be from −{MAX_EXPONENT:.0f} to {MAX_EXPONENT:.0f}, or min or max, "
            f"got {_number(settings.compensation)}",
            "1 lets strengths offset weaknesses fully",
        )
    if isinstance(settings.fairness, float) and not 0 <= settings.fairness <= MAX_EXPONENT:
        yield _problem(
            "RANGE",
            ("settings", "fairness"),
            f"fairness must be from 0 to {MAX_EXPONENT:.0f}, or max, got {_number(settings.fairness)}",
            "0 is the mean over segments by size",
        )
    if not 0 <= settings.seed <= MAX_SEED:
        message = f"seed must be from 0 to {MAX_SEED:,}, got {settings.seed}"
        yield _problem("RANGE", ("settings", "seed"), message, "Any whole number will do, 0 for one")
    for bar, value in (("lead_bar", settings.lead_bar), ("threshold", settings.threshold)):
        if value is not None and not scenario.scale.lowest <= value <= scenario.scale.highest:
            ends = f"{_number(scenario.scale.lowest)} to {_number(scenario.scale.highest)}"
            message = f"{bar} must stand on the scale from {ends}, got {_number(value)}"
            yield _problem("RANGE", ("settings", bar), message, "Correct it, or leave it out")
