"""The profile of attributes: its numbers, its finding derived anew, and what evidence is worth getting first."""

from __future__ import annotations

import re

import numpy as np
import pytest
from attribute_samples import two_levels
from sample_scenarios import ROOT

from valuemix import exhibits
from valuemix.analysis.tradeoffs.attribute_changes import attribute_changes, attribute_risks
from valuemix.analysis.tradeoffs.tradeoffs import after_score, tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Table
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

SEGMENTS = (None, "Enterprise", "Small business")


def _changed(
    scenario: Scenario, p: str, attribute: str, change: float, segment: str | None = None
) -> Scenario:
    """The scenario with one number changed in every segment, or in one."""
    scoring = scenario.attribute_scoring
    i, a = scenario.proposition_index(p), scenario.attribute_names.index(attribute)
    kept = [r for r in scenario.attribute_scores if (r.proposition, r.attribute) != (p, attribute)]
    like = next(r for r in scenario.attribute_scores if (r.proposition, r.attribute) == (p, attribute))
    new = [
        like.model_copy(
            update={"segment": name, "value": float(scoring.numbers[g, i, a])
                    + (change if segment in (None, name) else 0.0), "low": None, "high": None}
        )
        for g, name in enumerate(scenario.segment_names)
    ]  # fmt: skip
    return scenario.replace(attribute_scores=[*kept, *new])


def _leads(scenario: Scenario, proposition: str, segment: str | None) -> bool:
    standing = evaluate(scenario).standing(segment)
    return standing.leaders == (scenario.proposition_index(proposition),)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_each_change_is_enough_and_a_little_less_is_not(segment: str | None) -> None:
    scenario = two_levels()
    table = exhibits.attribute_profile(scenario, segment).table.dropna(subset=["change"])
    assert len(table)
    for row in table.to_dict("records"):
        case = scenario, row["proposition"], row["attribute"]
        assert _leads(_changed(*case, row["change"], segment), row["proposition"], segment)
        assert not _leads(_changed(*case, 0.999 * row["change"], segment), row["proposition"], segment)


def test_no_change_is_told_where_the_best_number_is_not_enough() -> None:
    scenario = two_levels()
    changes = attribute_changes(scenario)
    best = _changed(scenario, "Named engineer", "Faults", -0.5)
    assert np.isnan(changes[1, 1])
    assert not _leads(best, "Named engineer", None)
    assert np.isnan(changes[0]).all()


@pytest.mark.parametrize("compensation", [1.0, 0.0, "min"])
def test_changes_follow_the_compensation(compensation: float | str) -> None:
    scenario = two_levels().with_settings(compensation=compensation)
    changes = attribute_changes(scenario)
    for p, a in np.argwhere(~np.isnan(changes)).tolist():
        name, attribute = scenario.proposition_names[p], scenario.attribute_names[a]
        assert _leads(_changed(scenario, name, attribute, changes[p, a]), name, None)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_what_the_finding_prints_makes_that_proposition_lead(segment: str | None) -> None:
    scenario = two_levels()
    finding = exhibits.attribute_profile(scenario, segment).finding
    told = r"([\d.]+) days less Delivery would make (.*?)(?: \(partial value\))? lead; 48-hour parts"
    found = re.match(told, finding)
    assert found, finding
    case = _changed(scenario, found[2], "Delivery", -float(found[1]), segment)
    assert _leads(case, found[2], segment)


def test_the_table_prints_numbers_and_marks_those_beyond_an_anchor() -> None:
    chart = exhibits.attribute_profile(two_levels()).chart
    assert isinstance(chart, Table)
    assert [column.head for column in chart.columns] == [
        "Proposition", "Delivery (days)", "Faults (%)", "Leads with"
    ]  # fmt: skip
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in chart.rows}
    assert rows["48-hour parts"] == ["8", "2.8", "leads today"]
    assert rows["Take-back"][:2] == ["25*", "–"]


def test_evidence_comes_first_where_its_range_costs_most_of_the_lead() -> None:
    scenario = two_levels()
    [risk] = attribute_risks(scenario)
    worse = _changed(scenario, "48-hour parts", "Delivery", 4.0)
    values = evaluate(worse).overall
    assert risk.lead == pytest.approx(values[0] - values[1])
    wide = [r.model_copy(update={"high": 20.0}) if r.high else r for r in scenario.attribute_scores]
    notes = exhibits.attribute_profile(scenario.replace(attribute_scores=wide)).notes
    assert "evidence first on Delivery of 48-hour parts: within its range the leader changes" in notes


def test_a_scenario_without_attributes_says_so() -> None:
    made = exhibits.attribute_profile(load(ROOT / "scenarios" / "base-case.json"))
    assert made.finding == "No discipline is made of attributes, so there is no profile of them"
    assert made.table.empty


@pytest.mark.parametrize("segment", SEGMENTS)
def test_what_would_change_the_leader_names_the_number_that_changes_least(segment: str | None) -> None:
    scenario = two_levels()
    ways = [abs(attribute.best - attribute.worst) for attribute in scenario.attributes]
    changes = attribute_changes(scenario, segment)
    told = exhibits.challenges(tradeoffs(scenario, segment)).table
    for name, others in zip(told["challenger"], told["others"], strict=True):
        own = changes[scenario.proposition_index(name)]
        if np.isnan(own).all():
            assert "less" not in others
        else:
            attribute = scenario.attribute_names[int(np.nanargmin(np.abs(own) / ways))]
            assert re.match(rf"\d+(\.\d+)? \S+ (less|more) {attribute}\b", others)
            assert "Speed scored" not in others


def test_a_score_that_is_raised_leaves_the_attributes_of_other_disciplines() -> None:
    result = tradeoffs(two_levels(), "Small business")
    challenge = next(c for c in result.challenges if c.score)
    assert challenge.score is not None
    assert result.scenario.discipline_names[challenge.score.discipline] == "Care"
    after = after_score(result, challenge.challenger, challenge.score)
    assert after.attributes == result.scenario.attributes
    assert challenge.challenger in evaluate(after).standing("Small business").leaders
