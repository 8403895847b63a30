"""Every edit of a scenario is found, once, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.errors import InvalidScenario
from valuemix.model.difference import Difference
from valuemix.model.parts import (
    DEFAULT_DISCIPLINES,
    Discipline,
    Function,
    Link,
    Proposition,
    Scale,
    Segment,
    Slide,
)
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import TABLES

ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = {
    "scores": "score", "low": "low score", "high": "high score",
    "promised": "promised score", "believed": "believed score",
}  # fmt: skip


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays(
        [[[8, 9, 6, 9], [7, 7, 7, 7]]] * 2,
        segments=["Enterprise", "Families"],
        propositions=["Green line", "Express"],
        name="Base case",
    )


@DRAWN
@given(ANY_SCENARIO)
def test_a_scenario_does_not_differ_from_itself(scenario: Scenario) -> None:
    assert scenario.diff(scenario) == ()
    assert scenario.diff(scenario.replace()) == ()


@DRAWN
@given(ANY_SCENARIO, ANY_SCENARIO)
def test_no_difference_means_equal_and_the_way_back_is_the_mirror(one: Scenario, other: Scenario) -> None:
    there, back = one.diff(other), other.diff(one)
    assert (there == ()) == (one == other)
    assert len(there) == len(back)
    assert all(str(difference) for difference in there)


@DRAWN
@given(ANY_SCENARIO, st.data())
def test_every_edit_of_a_cell_is_found_and_nothing_else(scenario: Scenario, data: st.DataObject) -> None:
    """Any number of cells of any tables, points, sizes and settings at once."""
    edits: dict[tuple[str, ...], tuple[Any, Any]] = {}
    tables: dict[str, Any] = {}
    score = st.none() | st.floats(scenario.scale.lowest, scenario.scale.highest)
    for table in data.draw(st.sets(st.sampled_from(["scores", "promised", "believed"]))):
        if scenario.table(table) is None:
            continue
        cells = _plain(scenario.table(table))
        tables[table] = cells
        for _ in range(data.draw(st.integers(1, 3))):
            s = data.draw(st.sampled_from(scenario.segment_names))
            p = data.draw(st.sampled_from(scenario.proposition_names))
            d = data.draw(st.sampled_from(scenario.disciplines))
            before = scenario.table(table)[s][p][d.id]  # type: ignore[index]
            cells[s][p][d.id] = data.draw(score)
            edits[WORDS[table], s, p, d.name] = (before, cells[s][p][d.id])
    segments = list(scenario.segments)
    for i in data.draw(st.sets(st.integers(0, len(segments) - 1))):
        old, d = segments[i], data.draw(st.sampled_from(scenario.disciplines))
        size, points = data.draw(st.floats(0.1, 1e6)), data.draw(st.floats(0.1, 1e6))
        segments[i] = Segment(
            **{**dict(old), "size": size, "points": {**old.points, d.id: points}},
        )
        edits["size", old.name] = (old.size, size)
        edits["points", old.name, d.name] = (old.points[d.id], points)
    fairness = data.draw(st.floats(0, 100))
    edits["fairness",] = (scenario.settings.fairness, fairness)
    try:
        edited = scenario.replace(segments=segments, **tables).with_settings(fairness=fairness)
    except InvalidScenario:
        reject()
    found = {(d.what, *d.path): (d.before, d.after) for d in scenario.diff(edited)}
    assert found == {key: (before, after) for key, (before, after) in edits.items() if before != after}
    assert len(scenario.diff(edited)) == len(found)


def _plain(table: Mapping[str, Any] | None) -> dict[str, Any]:
    return {s: {p: dict(row) for p, row in block.items()} for s, block in (table or {}).items()}


def described(scenario: Scenario, i: int, description: str) -> Scenario:
    changed = Proposition(name=scenario.propositions[i].name, description=description)
    return scenario.replace(
        propositions=[*scenario.propositions[:i], changed, *scenario.propositions[i + 1 :]]
    )


def without_families(scenario: Scenario) -> Scenario:
    kept = {t: {"Enterprise": scenario.table(t)["Enterprise"]} for t in TABLES if scenario.table(t)}  # type: ignore[index]
    return scenario.replace(segments=scenario.segments[:1], **kept)


EDITS: dict[str, tuple[Callable[[Scenario], Scenario], list[str]]] = {
    "name": (lambda s: s.renamed("Purpose-led"), ["name 'Base case' → 'Purpose-led'"]),
    "note": (lambda s: s.replace(note="For the board"), ["note blank → 'For the board'"]),
    "source": (lambda s: s.replace(source="Survey"), ["source blank → 'Survey'"]),
    "scale": (lambda s: s.replace(scale=Scale(lowest=-5, highest=10)), ["lowest score of the scale 0 → −5"]),
    "kind": (
        lambda s: s.replace(segments=[s.segments[0].model_copy(update={"kind": "partner"}), s.segments[1]]),
        ["Enterprise: kind 'customer' → 'partner'"],
    ),
    "size": (lambda s: s.with_sizes(Families=2.5), ["Families: size 1 → 2.5"]),
    "points": (
        lambda s: s.with_weights("Enterprise", dict.fromkeys(s.discipline_ids, 25.0) | {"innovation": 40.0}),
        [
            "Enterprise, Innovation: points 1 → 40",
            "Enterprise, Operational excellence: points 1 → 25",
            "Enterprise, Social purpose: points 1 → 25",
            "Enterprise, Customer intimacy: points 1 → 25",
        ],
    ),
    "score": (
        lambda s: s.with_scores("Express", "Families", social_purpose=None),
        ["Families, Express, Social purpose: score 7 → blank"],
    ),
    "low": (
        lambda s: s.replace(low={"Families": {"Express": {"innovation": 1.5}}}),
        ["Families, Express, Innovation: low score blank → 1.5"],
    ),
    "blank table": (lambda s: s.replace(promised={}), ["table of promised scores 'none' → 'blank'"]),
    "compensation": (lambda s: s.with_settings(compensation="min"), ["compensation 1 → 'min'"]),
    "lead bar": (lambda s: s.with_settings(lead_bar=7.0), ["lead bar blank → 7"]),
    "later": (
        lambda s: s.replace(
            later={n: {**dict.fromkeys(s.discipline_ids, 0.0), "innovation": 1.0} for n in s.segment_names}
        ),
        [
            f"{segment}, {d.name}: later points blank → {int(d.id == 'innovation')}"
            for segment in ("Enterprise", "Families")
            for d in DEFAULT_DISCIPLINES
        ],
    ),
    "burden": (
        lambda s: s.replace(burdens={"Families": {"Express": {"worry": 4.0}}}),
        ["Families, Express, worry: burden blank → 4"],
    ),
    "weight of burden": (
        lambda s: s.replace(segments=[s.segments[0], s.segments[1].model_copy(update={"burden": 30.0})]),
        ["Families: weight of burden 0 → 30"],
    ),
    "function": (
        lambda s: s.replace(delivery=[Function(name="Sales", survives={"innovation": 0.8})]),
        ["function added: Sales"],
    ),
    "link": (
        lambda s: s.replace(links=[Link(from_segment="Families", to_segment="Enterprise", strength=0.4)]),
        ["Families: link to Enterprise blank → 0.4"],
    ),
    "deck": (
        lambda s: s.replace(deck=[Slide(exhibit="ranking", options={"segment": "Families"})]),
        ["slide 1 blank → 'ranking'"],
    ),
    "cover story bar": (lambda s: s.with_settings(cover_story_bar=1.5), ["cover story bar blank → 1.5"]),
    "description": (lambda s: described(s, 1, "Fast"), ["Express: description blank → 'Fast'"]),
    "segment removed": (without_families, ["Families: segment removed"]),
    "order": (
        lambda s: s.replace(propositions=s.propositions[::-1]),
        ["order of propositions 'Green line, Express' → 'Express, Green line'"],
    ),
    "label": (
        lambda s: s.replace(
            disciplines=[Discipline(id="innovation", name="Newness", highest="First"), *s.disciplines[1:]]
        ),
        ["Innovation: label 'Innovation' → 'Newness'", "Innovation: highest score means blank → 'First'"],
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_reads_as_people_say_it(base: Scenario, kind: str) -> None:
    edit, told = EDITS[kind]
    assert [str(difference) for difference in base.diff(edit(base))] == told


def test_what_was_removed_reads_as_added_on_the_way_back(base: Scenario) -> None:
    assert [str(d) for d in without_families(base).diff(base)] == ["Families: segment added"]


def test_a_renamed_segment_is_another_segment(base: Scenario) -> None:
    renamed = Scenario.from_arrays(
        base.array("scores"),
        segments=["Enterprise", "Homes"],
        propositions=base.proposition_names,
        name=base.name,
    )
    assert [str(d) for d in base.diff(renamed)] == ["Families: segment removed", "Homes: segment added"]


def test_scenarios_with_other_parts_differ_on_what_they_share(base: Scenario) -> None:
    other = Scenario.from_arrays(
        [[[3, 9], [7, 7], [5, 5]]],
        segments=["Enterprise"],
        propositions=["Green line", "Express", "Third"],
        disciplines=["Innovation", "Comfort"],
        name="Base case",
    )
    assert [str(d) for d in base.diff(other)] == [
        "Operational excellence: discipline removed",
        "Social purpose: discipline removed",
        "Customer intimacy: discipline removed",
        "Comfort: discipline added",
        "Families: segment removed",
        "Third: proposition added",
        "Enterprise, Green line, Innovation: score 8 → 3",
    ]


def test_names_with_commas_in_another_order_are_told_apart() -> None:
    one = Scenario.from_arrays([[5, 5], [5, 5]], propositions=["a", "a, a"], disciplines=["x", "y"])
    assert [d.what for d in one.diff(one.replace(propositions=one.propositions[::-1]))] == [
        "order of propositions"
    ]


def test_the_path_of_a_difference_leaves_out_what_says_nothing() -> None:
    assert Difference("points", 1.0, 2.0, segment="A", discipline="B").path == ("A", "B")
    assert Difference("name", "x", "y").path == ()
