"""A change that is named does what it says when it is made in the scenario."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nightly import tries

from valuemix.analysis.tradeoffs.tradeoffs import after_flip, after_score, after_size, tradeoffs
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.errors import EditError, UnknownName
from valuemix.model.scenario import Scenario


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    shape = draw(st.integers(1, 3)), draw(st.integers(2, 4)), draw(st.integers(2, 4))
    scores = draw(arrays(float, shape, elements=st.integers(0, 10).map(float) | st.floats(0, 10)))
    points = draw(arrays(float, (shape[0], shape[2]), elements=st.integers(0, 60).map(float)))
    points[:, 0] += 1
    sizes = draw(arrays(float, shape[0], elements=st.integers(0, 4).map(float)))
    sizes[0] += 1
    return Scenario.from_arrays(scores, points=points, sizes=sizes)


def leads(scenario: Scenario, segment: str | None, proposition: int) -> bool:
    values = evaluate(scenario).values_in(segment)
    return bool(values[proposition] >= np.nanmax(values) - 2 * TIE * scenario.scale.width)


@settings(max_examples=tries(40))
@given(scenarios(), st.booleans())
def test_a_challenger_leads_after_each_change_that_is_named_for_it(scenario: Scenario, overall: bool) -> None:
    segment = None if overall else scenario.segment_names[0]
    result = tradeoffs(scenario, segment)
    standing = evaluate(scenario).standing(segment)
    assert {c.challenger for c in result.challenges} == set(standing.order) - set(standing.leaders)
    for challenge in result.challenges:
        if challenge.lead.possible:
            assert leads(after_flip(result, challenge.lead), segment, challenge.challenger)
        if challenge.score is not None:
            assert leads(
                after_score(result, challenge.challenger, challenge.score), segment, challenge.challenger
            )
        if challenge.size is not None:
            assert leads(after_size(result, challenge.size), segment, challenge.challenger)


@settings(max_examples=tries(40))
@given(scenarios())
def test_the_smallest_changes_come_first_and_impossible_ones_last(scenario: Scenario) -> None:
    moved = [c.lead.moved_share if c.lead.possible else np.inf for c in tradeoffs(scenario).challenges]
    assert moved == sorted(moved)
    assert all(share > 0 for share in moved)


@settings(max_examples=tries(40))
@given(scenarios())
def test_overtaking_never_takes_more_than_leading(scenario: Scenario) -> None:
    for challenge in tradeoffs(scenario).challenges:
        if challenge.lead.possible:
            assert challenge.overtake.possible
            assert challenge.overtake.moved_share <= challenge.lead.moved_share + 1e-7


def test_one_proposition_has_no_challenger() -> None:
    assert tradeoffs(Scenario.from_arrays([[5, 5, 5, 5]])).challenges == ()


def test_a_segment_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownName, match="Nordic"):
        tradeoffs(Scenario.from_arrays([[5, 5, 5, 5]], segments=["Nordics"]), "Nordic")


@settings(max_examples=tries(40))
@given(scenarios(), st.integers(0, 2), st.floats(0.01, 0.99))
def test_the_overall_leader_under_one_segments_weight_is_that_of_the_scenario_with_this_weight(
    scenario: Scenario, which: int, share: float
) -> None:
    mover = scenario.segment_names[which % len(scenario.segment_names)]
    sweep = tradeoffs(scenario, mover=mover).sweeps[0]
    led = {p for piece in sweep.pieces if piece.from_share <= share <= piece.to_share for p in piece.leaders}
    moved = scenario.with_weights(mover, {scenario.discipline_ids[0]: 100 * share})
    for p in led:
        assert leads(moved, None, p)


def test_the_value_of_one_segment_is_not_moved_by_another() -> None:
    two = Scenario.from_arrays([[[8, 2]], [[5, 5]]], segments=["Families", "Firms"])
    with pytest.raises(EditError, match="leave out 'Families'"):
        tradeoffs(two, "Families", mover="Firms")
    with pytest.raises(UnknownName, match="Firm"):
        tradeoffs(two, mover="Firmen")
