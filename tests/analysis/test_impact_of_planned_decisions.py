"""What planned decisions change: the difference of two evaluations, parts that add up, losers named."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from moment_samples import in_hours_and_euros
from nightly import tries
from sample_scenarios import ROOT

from valuemix import exhibits
from valuemix.analysis.decisions import impact as module
from valuemix.analysis.decisions.impact import impact
from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.errors import EditError, InvalidScenario, UnknownName
from valuemix.export.workbook import make_workbook
from valuemix.files.scenarios.scenario_file import dumps, load, loads
from valuemix.files.tables.importer import import_files
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.scenario import Scenario

FILE = ROOT / "scenarios" / "everyone-served.json"
BASE = load(FILE)


@st.composite
def plans(draw: st.DrawFn) -> Scenario:
    """Scenarios with up to four decisions of several rows, some beyond the scale."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    g, p, d = (int(n) for n in rng.integers(1, 4, 3))
    base = Scenario.from_arrays(
        rng.integers(0, 11, (g, p, d + 1)), points=rng.integers(1, 9, (g, d + 1)), sizes=rng.integers(1, 9, g)
    ).with_settings(compensation=float(rng.choice([1.0, 0.0, -1.0])))
    rows = [
        PlannedChange(
            decision=f"D{rng.integers(4)}",
            segment=str(rng.choice(["", *base.segment_names])),
            proposition=str(rng.choice(["", *base.proposition_names])),
            discipline=str(rng.choice(base.discipline_ids)),
            likely=float(rng.integers(-4, 5)),
        )
        for _ in range(int(rng.integers(1, 6)))
    ]
    return base.replace(planned_changes=rows)


def changed(scenario: Scenario, taken: frozenset[str]) -> np.ndarray:
    """Values of the leaders of today after the changes of some decisions, by a scenario of its own."""
    scores = scenario.array("scores").copy()
    for row in scenario.planned_changes:
        if row.decision in taken:
            d = scenario.discipline_ids.index(row.discipline)
            for g, segment in enumerate(scenario.segment_names):
                for p, name in enumerate(scenario.proposition_names):
                    if row.segment in ("", segment) and row.proposition in ("", name):
                        scores[g, p, d] += row.likely
    after = evaluate(scenario.with_table("scores", np.clip(scores, 0, 10))).values
    today = evaluate(scenario)
    served = [today.standing(segment).leaders[0] for segment in scenario.segment_names]
    return np.array([after[g, p] for g, p in enumerate(served)])


@settings(max_examples=tries(60, 5), deadline=None)
@given(plans())
def test_an_impact_is_the_difference_of_two_evaluations_and_parts_are_means_over_orders(
    plan: Scenario,
) -> None:
    found = impact(plan)
    today = changed(plan, frozenset())
    for n, name in enumerate(found.decisions):
        assert np.allclose(found.alone[n, :, 0], changed(plan, frozenset({name})) - today, atol=1e-12)
    whole = changed(plan, frozenset(found.decisions)) - today
    assert np.allclose(found.plan[:, 0], whole, atol=1e-12)
    assert np.allclose(found.parts[..., 0].sum(axis=0), whole, atol=1e-9)
    orders = [*itertools.permutations(found.decisions)]
    for n, name in enumerate(found.decisions):
        added = [
            changed(plan, frozenset(order[: order.index(name) + 1]))
            - changed(plan, frozenset(order[: order.index(name)]))
            for order in orders
        ]
        assert np.allclose(found.parts[n, :, 0], np.mean(added, axis=0), atol=1e-9)


def test_drawn_orders_are_near_the_exact_parts_and_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = impact(BASE.with_settings(compensation=-1.0))
    monkeypatch.setattr(module, "EXACT_UP_TO", 1)
    drawn = impact(BASE.with_settings(compensation=-1.0))
    assert np.allclose(drawn.parts.sum(axis=0), exact.plan, atol=1e-9)
    assert (np.abs(drawn.parts - exact.parts) <= 2 * drawn.half_widths + 1e-9).all()
    assert drawn.half_widths.max() > 0


def test_a_burden_in_one_moment_changes_what_is_borne_there_alone() -> None:
    base = in_hours_and_euros()
    row = PlannedChange(
        decision="Lockers", proposition="48-hour parts", moment="Fault", burden="time", likely=-1
    )
    scenario = base.replace(planned_changes=[row])
    less = [
        r.model_copy(update={"time": r.time - 1})
        if (r.proposition, r.moment) == ("48-hour parts", "Fault") and r.time is not None
        else r
        for r in base.moment_burdens
    ]
    after = base.replace(moment_burdens=less)
    width = base.scale.width
    expected = width * (after.burden_means.burdens[:, 1] - base.burden_means.burdens[:, 1])
    found = impact(scenario, "48-hour parts")
    assert np.allclose(found.alone[0, :, 1], expected, atol=1e-12)
    assert (found.alone[0, :, 0] == 0).all()
    assert (expected < 0).any()


def test_those_who_lose_are_named_where_the_total_gains() -> None:
    exhibit = exhibits.impact(BASE)
    assert (
        exhibit.finding
        == "At the likely changes the plan adds 0.33 of value overall and lightens the burden by 0.38; it perhaps "
        "takes 0.06 of value from Public sector"
    )
    told = " ".join(exhibit.notes)
    assert "employees +0.41" in told
    first = next(c for c in exhibit.chart.columns if c.heading not in ("Decision", "Cost (thousand euros)"))
    assert first.heading == "Public sector"
    one = exhibits.impact(BASE, planned="One price list")
    assert (
        one.finding
        == "At the likely changes One price list takes 0.02 of value overall and lightens the burden by 0.13; it takes "
        "0.23 of value from Distributors"
    )


def test_who_loses_has_a_range_of_their_own() -> None:
    row = PlannedChange(decision="No desk", segment="B", discipline="care", low=-4, likely=-2, high=-1)
    base = Scenario.from_arrays(
        [[[8, 2]], [[6, 6]]], points=[[50, 50], [50, 50]], disciplines=["Speed", "Care"], segments=["A", "B"],
        propositions=["Express"],
    )  # fmt: skip
    planned = base.replace(planned_changes=[row])
    found = impact(planned)
    # Quantiles of a triangular distribution, in closed form; half of the change counts.
    low, high = -4 + math.sqrt(0.025 * 3 * 2), -1 - math.sqrt(0.025 * 3 * 1)
    assert found.ranges[0, 1, 0] == pytest.approx([low / 2, high / 2], abs=0.05)
    assert found.ranges[0, -1, 0] == pytest.approx(found.ranges[0, 1, 0] / 2)  # one of two equal segments
    assert found.ranges[0, 0, 0].tolist() == [0.0, 0.0]
    told = exhibits.impact(planned, planned="No desk")
    assert any(note.startswith("those who lose, in 95\u00a0% of draws: B −1.8") for note in told.notes), (
        told.notes
    )
    by_name = {column.heading: [cell.text for cell in column.cells] for column in told.chart.columns}
    assert [text == "–" for text in by_name["Range"]] == [False, True, False]


def told(segments: int, **change: object) -> str:
    """What the exhibit finds of one decision in equal segments, with one proposition and its time."""
    base = Scenario.from_arrays(
        [[[5, 5]]] * segments, points=[[50, 50]] * segments, disciplines=["Speed", "Care"]
    )
    planned = PlannedChange.model_validate({"decision": "Desk", **change})
    return exhibits.impact(
        base.with_table("burdens", np.full((segments, 1, 4), 5.0)).replace(planned_changes=[planned])
    ).finding


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"discipline": "care", "low": -3, "likely": 0.4, "high": 3},
            "Desk may add or take value overall (+0.20 ",
        ),
        (
            {"discipline": "care", "low": -3, "likely": 0, "high": 3},
            "Desk may add or take value overall (0.00 ",
        ),
        (
            {"discipline": "care", "low": -0.7, "likely": 0.4, "high": 3},
            "Desk probably adds value overall (+0.20 ",
        ),
        (
            {"burden": "time", "low": -2, "likely": -1, "high": 1},
            "Desk may lighten the burden or add to it overall",
        ),
    ],
)
def test_a_sign_in_doubt_is_told_with_its_range_and_nobody_is_said_to_lose_nothing(
    change: dict[str, object], words: str
) -> None:
    sentence = told(2, **change)
    assert sentence.startswith(words), sentence
    assert "nobody loses by it" not in sentence


def test_a_sign_beyond_doubt_is_told_at_the_likely_changes_and_one_segment_once() -> None:
    gain = told(2, discipline="care", low=0, likely=1, high=2)
    assert gain == "At the likely changes Desk adds 0.50 of value overall, and nobody loses by it"
    loss = told(1, discipline="care", likely=-1)
    assert loss == "At the likely changes Desk takes 0.50 of value in Segment 1"


def test_a_change_beyond_the_scale_is_cut_and_said() -> None:
    row = PlannedChange(decision="Dream", discipline="innovation", likely=9, segment="Enterprise")
    exhibit = exhibits.impact(BASE.replace(planned_changes=[row]))
    assert any("cut at the end of what it changes: Dream" in note for note in exhibit.notes)
    found = impact(BASE.replace(planned_changes=[row]))
    assert found.alone[0, :, 0].max() < 9 * BASE.weights[0, 0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "neither a discipline nor a burden"),
        ({"discipline": "innovation", "burden": "time"}, "both a discipline and a burden"),
        ({"discipline": "quality"}, "unknown discipline 'quality'"),
        ({"discipline": "innovation", "low": 2.0}, "low 2, likely 1, high 1"),
        ({"discipline": "innovation", "segment": "Nobody"}, "unknown segment 'Nobody'"),
        ({"burden": "noise"}, "unknown burden 'noise'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict, message: str) -> None:
    with pytest.raises(InvalidScenario) as refused:
        BASE.replace(planned_changes=[PlannedChange(decision="A", likely=1, **changes)])
    assert message in str(refused.value)


def test_nothing_planned_and_unknown_names_are_told() -> None:
    with pytest.raises(EditError, match="fill in the sheet Decisions planned"):
        exhibits.impact(BASE.replace(planned_changes=()))
    with pytest.raises(UnknownName, match="unknown planned decision 'Other'"):
        exhibits.impact(BASE, planned="Other")


def test_a_file_and_a_workbook_hold_all_of_it() -> None:
    assert loads(dumps(BASE)) == BASE
    back = import_files({"book.xlsx": make_workbook(BASE)}).scenario
    assert back.planned_changes == BASE.planned_changes


def test_the_command_prints_parts_that_add_up() -> None:
    document = json.loads(CliRunner().invoke(main, ["impact", str(FILE), "--json"]).stdout)
    for segment, total in document["plan"].items():
        parts = math.fsum(each["part"][segment] for each in document["decisions"])
        assert parts == pytest.approx(total, abs=1e-9)
    assert [(row["segment"], row["decision"]) for row in document["losers"]] == [
        ("Public sector", "Remote first"),
        ("Distributors", "One price list"),
    ]
    printed = CliRunner().invoke(main, ["impact", str(FILE)]).stdout.splitlines()
    assert printed[0] == exhibits.impact(BASE).finding
    assert len(printed) == 4
