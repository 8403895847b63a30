"""When two scenarios are the same, and that their hashes agree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.model.scenario import Scenario


@given(st.from_type(Scenario))
@settings(max_examples=tries(100))
def test_a_copy_is_the_same_scenario_whatever_was_computed_from_either(scenario: Scenario) -> None:
    copy = scenario.replace()
    for one in (scenario, copy):
        one.array("scores")
        assert one.weights.shape == one.points.shape
    assert copy == scenario
    assert hash(copy) == hash(scenario)


@given(st.from_type(Scenario))
@settings(max_examples=tries(100))
def test_a_renamed_scenario_is_another_one(scenario: Scenario) -> None:
    assert scenario.renamed("some other name") != scenario
    assert scenario != "a scenario"
