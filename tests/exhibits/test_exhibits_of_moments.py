"""What moments give counts as the same points and scores would, and notes say so; moved weights move the moments."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from moment_samples import BY_MOMENT, in_hours_and_euros, two_segments_at_faults
from sample_scenarios import LONG, made

from valuemix import exhibits
from valuemix.analysis.customers.burden import net_value
from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.errors import UnknownName, ValuemixError
from valuemix.exhibits.documents.impact import impact_document
from valuemix.exhibits.documents.moments import moments_document
from valuemix.exhibits.documents.operating_model import mirror_document
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.export.pptx.tables.table_fit import fit_table
from valuemix.files.scenarios.scenario_file import save
from valuemix.model.moments.parts import Moment, MomentScore
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.resources.parts import Capability, Resource
from valuemix.model.scenario import Scenario

MOVED = ("tradeoff", "challenges", "levers")
"""Exhibits that say more than means do where moments have points of their own: they move weights."""


@pytest.mark.parametrize("name", [key for key in KINDS if key not in BY_MOMENT])
@pytest.mark.one_in(6)
def test_an_exhibit_is_that_of_the_means_and_says_so(name: str) -> None:
    scenario = two_segments_at_faults().with_sizes(Enterprise=47)
    scores = scenario.given("scores")
    scenario = scenario.with_table("promised", scores).with_table("low", scores - 1)
    if name in MOVED:  # points of moments move on their own ways: tests/analysis/test_moving_moments.py
        scenario = scenario.replace(moment_points=())
    if (
        name == "core"
    ):  # of two weights in equal doubt a last digit says which is drawn first: 200 draws show it
        scenario = scenario.with_settings(doubt={"weights_within": 0})
    shown, alone = (_made(one, name) for one in (scenario, scenario.without_moments()))
    if isinstance(shown, Exhibit) and isinstance(alone, Exhibit):
        # Those that are equal may stand in any order.
        numbers = [np.sort(each.table.select_dtypes("number").to_numpy(float), 0) for each in (shown, alone)]
        assert np.allclose(*numbers, atol=1e-9, equal_nan=True)
        assert shown.notes[-1].startswith("weights and scores are means over three moments by contacts")
        assert len(shown.notes) == len(alone.notes) + 1
    else:
        assert shown == alone


def _made(scenario: Scenario, name: str) -> Exhibit | str:
    """The exhibit, or what is missing for it."""
    options = {"scenarios": "Other"} if "scenarios" in KINDS[name].options else {}
    other = scenario.renamed("Other").with_sizes(Enterprise=10)
    try:
        return exhibit_of(scenario, slide_of(name, **options), finder([other]))
    except ValuemixError as error:
        return str(error)


def _leaders(scenario: Scenario, moment: str, segment: str | None) -> str:
    alone = evaluate(scenario.at_moment(moment))
    return " / ".join(scenario.proposition_names[p] for p in alone.standing(segment).leaders)


def test_where_tells_the_leader_of_every_moment_and_the_heaviest_in_which_another_leads() -> None:
    scenario = two_segments_at_faults()
    made = exhibits.where(scenario)
    for row in exhibits.disciplines_by_moment(scenario).table.itertuples():
        segment = None if row.segment == "Overall" else row.segment
        assert row.leader == _leaders(scenario, row.moment, segment)
    weights = made.table.set_index("moment")["weight_share"]
    assert weights.sum() == pytest.approx(1)
    # Over all moments 48-hour parts lead; where speed counts less the engineer does, most of all at an order.
    assert evaluate(scenario).standing().leaders == (1,)
    assert made.finding.startswith("48-hour parts")
    assert f"at Order ({weights['Order']:.0%}".replace("%", "\u00a0%") in made.finding
    assert made.finding.endswith("another is ahead in one more")
    assert "over three moments" not in " ".join(made.notes)


def test_the_discipline_that_weighs_most_should_lead_beside_what_is_paid_for_it() -> None:
    scenario = two_segments_at_faults()
    scenario = scenario.with_table("promised", scenario.given("scores")).replace(
        resources=[Resource(kind="IT budget", amounts={"speed": 30, "care": 70})]
    )
    made = exhibits.disciplines_by_moment(scenario)
    for row in made.table.itertuples():
        weights = scenario.at_moment(row.moment).weights
        if row.segment != "Overall":
            mix = weights[scenario.segment_index(row.segment)]
            most = [
                name for name, w in zip(scenario.discipline_names, mix, strict=True) if w > mix.max() - 1e-9
            ]
            assert (row.discipline, row.discipline_share) == (" / ".join(most), pytest.approx(mix.max()))
    weight = float((scenario.size_shares @ scenario.weights)[0])
    # 90 of 100 points at a fault, further from 10 than any doubt: the only moment in which all are alike.
    assert made.finding.startswith("Speed should lead for everyone at Fault; it has ")
    assert f"{weight:.0%} of all weight".replace("%", "\u00a0%") in made.finding
    assert made.finding.endswith("30\u00a0% of IT budget")
    assert made.chart.columns[3].cells[1].text == "Speed: 48-hour parts"
    assert [column.heading for column in made.chart.below] == ["Share of all", "Speed", "Care"]
    without = exhibits.disciplines_by_moment(scenario.replace(resources=(), promised=None))
    assert without.chart.below == ()
    assert "not given: promises (sheet Promised) and what is spent (sheet Resources)" in without.notes


def test_many_moments_stand_by_channel_and_stage_and_a_tie_names_both() -> None:
    base = Scenario.from_arrays([[8, 2], [4, 5]], disciplines=["Speed", "Care"], segments=["Stores"])
    moments = [
        Moment(name=f"M{j}", stage=("after", "before")[j % 2], channel="phone" if j < 6 else "")
        for j in range(10)
    ]
    many = base.replace(moments=moments)
    made = exhibits.disciplines_by_moment(many)
    assert [column.head for column in made.chart.columns[1:]] == [
        "phone (before)", "any channel (before)", "phone (after)", "any channel (after)",
    ]  # fmt: skip
    assert made.table["weight_share"].tolist() == pytest.approx([0.3, 0.2, 0.3, 0.2])
    one = exhibits.where(base.replace(moments=moments[:1])).table["value"].tolist()
    assert made.table["value"].tolist() == pytest.approx(one * 4)
    assert made.finding.startswith(
        "No discipline weighs most for Stores in any moment; Speed and Care do in 50"
    )
    assert len(exhibits.where(many, by="moment").table) == 10
    with pytest.raises(UnknownName, match="unknown grouping 'week'"):
        exhibits.where(many, by="week")


def test_six_segments_by_eight_moments_of_long_names_fit_a_slide_with_both_names_in_every_cell() -> None:
    long = {
        "segments": [f"{LONG[g % 3]} {g}" for g in range(6)],
        "propositions": [f"{LONG[p % 3]} {p}" for p in range(5)],
        "disciplines": [f"{text[:50]} D" for text in LONG],
    }
    moments = [Moment(name=f"{LONG[j % 2][:40]} {j}", channel="phone") for j in range(8)]
    scenario = made(5, 6, 3, **long).replace(moments=moments)
    chart = exhibits.disciplines_by_moment(scenario, by="moment").chart
    found = fit_table(chart.columns, 870, 300)
    assert (len(found.columns), len(found.heights)) == (9, 8)
    assert all(": " in cell.text.strip("()") for column in found.columns[1:] for cell in column.cells)


def test_a_planned_change_at_a_moment_leaves_every_moment_to_be_asked() -> None:
    scenario = two_segments_at_faults()
    there = PlannedChange(decision="Desk", moment="Fault", discipline="speed", likely=1.0)
    every = there.model_copy(update={"moment": ""})
    planned = scenario.replace(planned_changes=[there, every])
    assert planned.at_moment("Fault").planned_changes == planned.without_moments().planned_changes == (every,)
    both = planned.at_moment("Fault", "Order")
    worth = scenario.moment_means
    own = worth.shares[:, [0, 2]] / worth.shares[:, [0, 2]].sum(axis=1, keepdims=True)
    means = (own[..., None] * worth.moment_values[:, [0, 2]]).sum(axis=1)
    np.testing.assert_allclose(evaluate(both).values, 10 * means)


def test_one_leader_everywhere_is_told_with_its_weakest_moment() -> None:
    scenario = two_segments_at_faults().replace(moment_scores=())
    strong = scenario.with_scores("Named engineer", speed=10, care=9)
    assert exhibits.where(strong).finding == (
        "Named engineer leads overall, and no other is ahead in any moment; its value is least at Use, 9.4"
    )


def test_a_journey_stands_by_stage_and_its_parts_sum_to_the_value() -> None:
    scenario = two_segments_at_faults()
    turned = scenario.replace(moments=scenario.moments[::-1])
    made = exhibits.journey(turned, "Enterprise", proposition="Named engineer")
    assert [*dict.fromkeys(made.table["moment"])] == ["Order", "Use", "Fault"]
    sums = made.table.groupby("moment")["contribution"].sum()
    values = made.table.groupby("moment")["value"].first()
    np.testing.assert_allclose(sums, values)
    assert values["Fault"] == pytest.approx(0.9 * 2 + 0.1 * 7)
    assert [row.strong for row in made.chart.rows] == [False, False, True]
    assert [row.notes[1].text for row in made.chart.rows] == ["1", "1", "2"]


def test_a_journey_has_each_burden_below_its_value_and_what_a_year_takes() -> None:
    scenario = in_hours_and_euros()
    scenario = scenario.with_table("promised", scenario.given("scores") + 1)
    made = exhibits.journey(scenario, "Enterprise", proposition="Named engineer")
    assert [row.name for row in made.chart.rows] == ["Order", "burden", "Use", "burden", "Fault", "burden"]
    fault = made.table[made.table["moment"] == "Fault"].iloc[0]
    assert fault["burden"] == pytest.approx(10 * 2 / 3 * 4 / 8)
    assert fault["promised"] == pytest.approx(0.9 * 9 + 0.1 * 8)
    assert (fault["time"], fault["money"]) == (4.0, 0.0)
    # 12 contacts a year: 90 of 100 at an hour and 10 euros, 10 faults at four hours.
    assert made.finding.replace("\xa0", " ").endswith("; it costs a customer 15.6 hours and 108 euros a year")


def test_what_to_simplify_is_what_another_takes_less_of() -> None:
    scenario = in_hours_and_euros()
    rows = exhibits.simplify(scenario, "Enterprise", proposition="48-hour parts").table
    first = rows.iloc[0]
    assert (first["moment"], first["kind"], first["minus"], first["example"]) == (
        "Order",
        "time",
        9.0,
        "Named engineer",
    )
    assert first["contacts_share"] == pytest.approx(0.6)
    less = scenario.replace(moment_burdens=scenario.moment_burdens[:2]).with_table(
        "burdens", _as_engineers(scenario)
    )
    before, after = (net_value(each).burdens[0, 1] for each in (scenario, less))
    lighter = rows.set_index(["moment", "kind"])["lighter"]
    assert lighter["Order", "time"] + lighter["Use", "time"] == pytest.approx(before - after)
    fair = exhibits.simplify(scenario.replace(moment_burdens=()), proposition="Named engineer")
    assert fair.finding.startswith("No proposition takes less than Named engineer")


def _as_engineers(scenario: Scenario) -> np.ndarray:
    """Burdens with the hours of engineers in both propositions."""
    amounts = scenario.given("burdens").copy()
    amounts[:, 1, 0] = amounts[:, 0, 0]
    return amounts


def test_a_return_is_the_difference_of_two_evaluations() -> None:
    scenario = two_segments_at_faults()
    made = exhibits.returns(scenario, proposition="Named engineer")
    gains = made.table.set_index(["moment", "discipline"])["gain"]
    rows = [row for row in scenario.moment_scores if row.proposition != "Named engineer"]
    raised = MomentScore(proposition="Named engineer", moment="Fault", scores={"speed": 3})
    after = evaluate(scenario.replace(moment_scores=[raised, *rows])).overall[0]
    assert gains["Fault", "Speed"] == pytest.approx(after - evaluate(scenario).overall[0], abs=1e-12)
    assert gains.idxmax() == ("Fault", "Speed")
    assert "on Speed at Fault" in made.finding


def test_one_unit_stands_with_every_cost() -> None:
    held = Capability(name="Parts depot", level=1, highest=5, cost=40, support={"speed": 9})
    change = PlannedChange(decision="Night shift", discipline="speed", likely=1, cost=30)
    scenario = in_hours_and_euros().replace(capabilities=[held], planned_changes=[change])
    said = scenario.with_settings(cost_unit="thousand euros")
    for bare, told in ((scenario, ""), (said, "thousand euros")):
        unit = f"\u00a0{told}" if told else ""
        levels, plan = exhibits.capabilities(bare), exhibits.impact(bare)
        heads = [
            column.head for made in (levels, plan) for column in made.chart.columns if "Cost" in column.head
        ]
        assert heads == [f"Cost ({told})" if told else "Cost"] * 2
        assert levels.finding.endswith(f"cost 120{unit}")
        assert f"a budget of 5{unit} is best spent" in exhibits.returns(bare, budget=5).finding
        documents = moments_document(bare), mirror_document(bare), impact_document(bare)
        assert [each.get("cost_unit", "") for each in documents] == [told] * 3


def test_the_command_prints_what_the_exhibits_tell(tmp_path: Path) -> None:
    scenario, path = in_hours_and_euros(), tmp_path / "case.json"
    save(scenario, path)
    told = CliRunner().invoke(main, ["moments", str(path), "--json"])
    found = json.loads(told.stdout)
    assert {*found} == {"where", "disciplines", "overall", "burdens", "returns"}
    assert [row["value"] for row in found["overall"]] == evaluate(scenario).overall.tolist()
    assert len(found["where"]) == 9
    assert len(found["burdens"]) == 2 * 2 * 3 * 2
    assert found["burdens"][0] == {
        "segment": "Enterprise", "proposition": "Named engineer", "moment": "Order", "kind": "time",
        "amount": 1, "unit": "hours", "share": 0.125,
    }  # fmt: skip
    text = CliRunner().invoke(main, ["moments", str(path)]).stdout
    assert exhibits.where(scenario).finding in text


def test_what_was_not_asked_of_a_moment_is_in_brackets_and_on_no_colour() -> None:
    scenario = two_segments_at_faults().replace(moment_points=())
    shown = exhibits.disciplines_by_moment(scenario)
    cells = [
        cell for column in shown.chart.columns[1:] for cell in column.cells if cell.text != "no contacts"
    ]
    assert all(cell.text.startswith("(") and cell.ground is None for cell in cells)
    assert any(note.startswith("given of moments themselves: no weights; scores ") for note in shown.notes)
    assert "in brackets: taken from the whole; ?: " in shown.subtitle
