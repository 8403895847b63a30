"""A scenario is valid or it does not exist; every problem is told at once, with its place and way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from valuemix.errors import InvalidScenario, Problem
from valuemix.model.parts import MAX_DISCIPLINES
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import RESERVED_IDS

IDS = ("innovation", "operational_excellence", "social_purpose", "customer_intimacy")
ROW = dict.fromkeys(IDS, 5.0)
POINTS = dict.fromkeys(IDS, 25.0)
TRUE: object = True

Fields = dict[str, Any]


def fields() -> Fields:
    """A valid scenario as plain fields."""
    return {
        "name": "Base case",
        "segments": [{"name": "Families", "points": dict(POINTS)}, {"name": "Crew", "points": dict(POINTS)}],
        "propositions": [{"name": "Express"}, {"name": "Green line"}],
        "scores": {s: {p: dict(ROW) for p in ("Express", "Green line")} for s in ("Families", "Crew")},
    }


def problems(edit: Callable[[Fields], object]) -> list[Problem]:
    """What is wrong with the valid scenario after an edit."""
    edited = fields()
    edit(edited)
    with pytest.raises(InvalidScenario) as caught:
        Scenario(**edited)
    return list(caught.value.problems)


def put(value: object, *path: str | int) -> Callable[[Fields], None]:
    """Edit that puts a value at a path."""

    def edit(there: Any) -> None:
        for part in path[:-1]:
            there = there.setdefault(part, {}) if isinstance(there, dict) else there[part]
        there[path[-1]] = value

    return edit


def own_disciplines(*ids: str) -> Callable[[Fields], None]:
    def edit(there: Fields) -> None:
        there["disciplines"] = [{"id": i, "name": f"Label {n}"} for n, i in enumerate(ids)]
        for segment in there["segments"]:
            segment["points"] = dict.fromkeys(ids, 1.0)
        there["scores"] = {s: {p: dict.fromkeys(ids, 5.0) for p in b} for s, b in there["scores"].items()}

    return edit


def test_the_valid_scenario_is_valid() -> None:
    assert Scenario(**fields()).array("scores").shape == (2, 2, 4)


BROKEN: dict[str, tuple[Callable[[Fields], None], str, str, str]] = {
    # what: edit, code, place, words of the message
    "blank name": (put("  ", "name"), "MISSING", "/name", "scenario name is blank"),
    "long name": (put("x" * 201, "name"), "LENGTH", "/name", "201 characters, at most 200"),
    "line break": (put("a\nb", "propositions", 0, "name"), "CHARACTER", "/propositions/0/name", "a line break"),
    "hidden mark": (put("a\u202eb", "segments", 1, "name"), "CHARACTER", "/segments/1/name", "U+202E"),
    "long note": (put("x" * 2001, "note"), "LENGTH", "/note", "2,001 characters, at most 2000"),
    "bad note": (put("a\0b", "source"), "CHARACTER", "/source", "U+0000"),
    "same name": (put("Express", "propositions", 1, "name"), "DUPLICATE", "/propositions/1/name", "stands twice"),
    "same but for capitals": (
        put("EXPRESS", "propositions", 1, "name"), "NAME_CLASH", "/propositions/1/name", "capitals only",
    ),
    "segment called like the rows over all segments": (
        put(" OVERALL", "segments", 1, "name"), "NAME_CLASH", "/segments/1/name", "rows over all segments",
    ),
    "scale upside down": (put({"lowest": 10.0, "highest": 0.0}, "scale"), "RANGE", "/scale/highest", "10 to 0"),
    "scale too wide": (put({"lowest": 0.0, "highest": 1e300}, "scale"), "RANGE", "/scale", "too wide"),
    "one discipline": (own_disciplines("speed_up"), "RANGE", "/disciplines", "2 to 12 disciplines, got 1"),
    "many disciplines": (
        own_disciplines(*(f"d{i}" for i in range(MAX_DISCIPLINES + 1))), "RANGE", "/disciplines", "got 13",
    ),
    "capital in an id": (own_disciplines("Cost", "comfort"), "CHARACTER", "/disciplines/0/id", "small letters"),
    "id that names a column": (
        own_disciplines(sorted(RESERVED_IDS)[0], "comfort"), "NAME_CLASH", "/disciplines/0/id", "names a column",
    ),
    "id twice": (own_disciplines("comfort", "comfort"), "DUPLICATE", "/disciplines/1/id", "stands twice"),
    "negative size": (put(-5.0, "segments", 0, "size"), "RANGE", "/segments/0/size", "0 or more"),
    "huge size": (put(1e13, "segments", 0, "size"), "RANGE", "/segments/0/size", "at most 1e12"),
    "negative points": (
        put(-1.0, "segments", 0, "points", "innovation"), "RANGE", "/segments/0/points/innovation", "got −1",
    ),
    "no points": (put(dict.fromkeys(IDS, 0.0), "segments", 1, "points"), "WEIGHTS_ZERO", "/segments/1/points", "Crew"),
    "points on nothing known": (
        put(1.0, "segments", 0, "points", "inovation"), "UNKNOWN", "/segments/0/points/inovation", "'innovation'",
    ),
    "points that lack one": (
        put(dict.fromkeys(IDS[:3], 1.0), "segments", 0, "points"),
        "SCHEMA", "/segments/0/points/customer_intimacy", "are missing",
    ),
    "score off the scale": (
        put(10.5, "scores", "Crew", "Express", "innovation"),
        "RANGE", "/scores/Crew/Express/innovation", "from 0 to 10, got 10.5",
    ),
    "score of an unknown segment": (
        put({"Express": dict(ROW)}, "scores", "Familes"), "UNKNOWN", "/scores/Familes", "Did you mean 'Families'?",
    ),
    "score of an unknown proposition": (
        put(dict(ROW), "scores", "Crew", "Expres"), "UNKNOWN", "/scores/Crew/Expres", "'Express'",
    ),
    "score on an unknown discipline": (
        put(5.0, "scores", "Crew", "Express", "cost"), "UNKNOWN", "/scores/Crew/Express/cost", "unknown discipline",
    ),
    "no scores": (put({}, "scores"), "EMPTY", "/scores", "nothing to rank"),
    "segment without scores": (put({}, "scores", "Crew"), "INCOMPLETE", "/scores/Crew", "no score for segment"),
    "proposition without scores": (
        put({}, "scores", "Crew", "Express"), "INCOMPLETE", "/scores/Crew/Express", "no score at all",
    ),
    "low above the score": (
        put(6.0, "low", "Crew", "Express", "innovation"), "RANGE", "/low/Crew/Express/innovation", "at or below",
    ),
    "high below the score": (
        put(4.0, "high", "Crew", "Express", "innovation"), "RANGE", "/high/Crew/Express/innovation", "at or above",
    ),
    "promise off the scale": (
        put(-1.0, "promised", "Crew", "Express", "innovation"),
        "RANGE", "/promised/Crew/Express/innovation", "promised score must be",
    ),
    "compensation": (put(101.0, "settings", "compensation"), "RANGE", "/settings/compensation", "from −100 to 100"),
    "compensation in words": (
        put("full", "settings", "compensation"), "NUMBER", "/settings/compensation", "such as 7.5, or 'min' or 'max'",
    ),
    "fairness": (put(-1.0, "settings", "fairness"), "RANGE", "/settings/fairness", "from 0 to 100, or max"),
    "bar off the scale": (put(11.0, "settings", "lead_bar"), "RANGE", "/settings/lead_bar", "on the scale"),
    "no segment": (put([], "segments"), "EMPTY", "/segments", "there is no segment"),
    "unknown key": (put(1, "wieghts"), "SCHEMA", "/wieghts", "unknown key"),
    "text for a number": (put("7,5", "segments", 0, "size"), "NUMBER", "/segments/0/size", '"7,5"'),
    "nan": (put(float("nan"), "scores", "Crew", "Express", "innovation"), "NUMBER",
            "/scores/Crew/Express/innovation", "plain number, got nan"),
    "true": (put(TRUE, "segments", 0, "size"), "NUMBER", "/segments/0/size", "got true"),
    "unknown kind": (
        put("client", "segments", 0, "kind"), "SCHEMA", "/segments/0/kind",
        "'customer', 'employee' or 'partner', got \"client\"",
    ),
    "missing part": (lambda there: there.pop("propositions"), "SCHEMA", "/propositions", "is missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_rule_is_told_with_code_place_value_and_way_out(what: str) -> None:
    edit, code, place, words = BROKEN[what]
    found = problems(edit)
    assert (code, place) in [(problem.code, str(problem.place)) for problem in found]
    problem = next(problem for problem in found if str(problem.place) == place)
    assert words in str(problem)
    assert problem.mend or "Did you mean" in problem.message or "Known:" in problem.message


def test_all_problems_are_told_at_once() -> None:
    def edit(there: Fields) -> None:
        put("", "name")(there)
        put(-1.0, "segments", 0, "size")(there)
        put(11.0, "scores", "Crew", "Express", "innovation")(there)
        put(-7.0, "scores", "Families", "Green line", "social_purpose")(there)
        put(500.0, "settings", "compensation")(there)

    assert [str(problem.place) for problem in problems(edit)] == [
        "/name",
        "/segments/0/size",
        "/scores/Families/Green line/social_purpose",
        "/scores/Crew/Express/innovation",
        "/settings/compensation",
    ]


def test_all_wrong_types_are_told_at_once() -> None:
    def edit(there: Fields) -> None:
        put(7, "name")(there)
        put("many", "segments", 0, "size")(there)
        put("x", "scores", "Crew", "Express", "innovation")(there)

    assert [str(problem.place) for problem in problems(edit)] == [
        "/name",
        "/segments/0/size",
        "/scores/Crew/Express/innovation",
    ]


def test_one_message_lists_one_problem_a_line() -> None:
    edited = fields()
    edited.update(name="", note="x" * 3000)
    with pytest.raises(InvalidScenario) as caught:
        Scenario(**edited)
    assert str(caught.value).splitlines() == [
        "/name: scenario name is blank. Give it a name.",
        "/note: text has 3,000 characters, at most 2000. Shorten it.",
    ]


def test_no_input_can_flood_a_message() -> None:
    edited = fields()
    edited["scores"]["x" * 100_000] = {"y" * 100_000: ROW}
    edited["name"] = "z" * 100_000
    with pytest.raises(InvalidScenario) as caught:
        Scenario(**edited)
    assert len(str(caught.value)) < 1_000


def test_a_name_that_stands_twice_hides_none_that_is_unknown() -> None:
    def edit(scenario: Fields) -> None:
        scenario["segments"].append({"name": "Families", "points": dict(POINTS)})
        scenario["scores"]["Staf"] = scenario["scores"]["Crew"]

    assert {"DUPLICATE", "UNKNOWN"} <= {problem.code for problem in problems(edit)}
