"""Exhibits of the best set under a budget say what their tables hold."""

from __future__ import annotations

import numpy as np
import pytest
from sample_scenarios import LONG, made

from valuemix.analysis.portfolio.choose import choose
from valuemix.exhibits import core, coverage, frontier
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    base = made(8, 5, 4, seed=3)
    costs = zip(base.propositions, (30, 12.5, 20, 8, None, 25, 18, 5), strict=True)
    return base.replace(propositions=[part.model_copy(update={"cost": cost}) for part, cost in costs])


def test_the_frontier_rises_in_cost_and_value_and_ends_with_the_set_it_names(scenario: Scenario) -> None:
    shown = frontier(scenario, budget=60)
    assert (np.diff(shown.table["cost"]) > 0).all()
    assert (np.diff(shown.table["value"]) > 0).all()
    assert (np.diff(shown.table["cost_a_point"].dropna()) > 0).all()
    last = shown.table.iloc[-1]
    assert all(name in shown.finding for name in last["set"].split("; "))
    assert f"for {last['cost']:g}" in shown.finding
    held: set[str] = set()
    for row in shown.table.itertuples():
        entered, left = ({*filter(None, text.split("; "))} for text in (row.enters, row.leaves))
        assert not entered & held
        assert left <= held
        held = (held | entered) - left
        assert held == {*filter(None, row.set.split("; "))}
    assert any("no cost is known of" in note for note in shown.notes)


def test_coverage_leaves_out_whoever_would_get_more_from_another(scenario: Scenario) -> None:
    shown = coverage(scenario, budget=30)
    lost = shown.table[shown.table["best_value"] > shown.table["value"] + 1e-9]["segment"].tolist()
    assert lost
    assert all(name in shown.finding.split("leaves out")[1] for name in lost)
    everything = coverage(scenario)
    assert everything.finding.endswith("it holds the best proposition for every segment")


def test_the_core_names_what_every_best_set_holds(scenario: Scenario) -> None:
    shown = core(scenario, budget=60)
    always = shown.table[shown.table["share"] == 1]["proposition"].tolist()
    head = shown.finding.split(" held possible")[0]
    assert all(name in head for name in always)
    assert ("No proposition is in" in head) == (not always)
    sure = core(scenario.with_settings(doubt=Doubt(weights_within=0, scores_within=0)), budget=60)
    best = choose(scenario, 60.0)
    assert {*sure.table[sure.table["share"] == 1]["proposition"]} == {*best.names(best.best)}


def test_a_slide_says_its_limits_as_texts(scenario: Scenario) -> None:
    slide = slide_of("coverage", budget="30", at_most="1")
    shown = exhibit_of(scenario, slide, finder([]))
    assert shown.finding == coverage(scenario, budget=30, at_most=1).finding
    assert "within a budget of 30 and with at most 1 proposition" in shown.finding


@pytest.mark.parametrize("show", [frontier, core, coverage])
def test_cases_with_little_to_show_are_told(show: object) -> None:
    assert callable(show)
    for odd in (
        Scenario.from_arrays([[5, 6]]),
        Scenario.from_arrays([[np.nan, np.nan]]),
        Scenario.from_arrays([[5, 5]] * 3, propositions=[*LONG]),
    ):
        assert show(odd).finding
    assert "No proposition has a cost" in frontier(made(3)).finding
