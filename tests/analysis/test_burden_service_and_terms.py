"""Value net of burden, value limited by those who serve, and who leads in the short and the long term."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.compare.input_effects import input_effects
from valuemix.analysis.compare.joined import respelled
from valuemix.analysis.customers.burden import net_value
from valuemix.analysis.customers.service import service
from valuemix.analysis.customers.terms import at_term, terms
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.model.parts import Link, Slide
from valuemix.model.scenario import Scenario

ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(
    max_examples=tries(25),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
NONE = np.nan


def guests() -> Scenario:
    """Two segments of sizes 3 and 1, two propositions on a scale from 0 to 10."""
    return Scenario.from_arrays(
        [[[8, 4], [4, 6]], [[2, 4], [9, 7]]],
        points=[[50, 50], [50, 50]],
        sizes=[3, 1],
        segments=["Guests", "Crew"],
        propositions=["Express", "Green line"],
    )


def weighing(scenario: Scenario, *burdens: float) -> Scenario:
    return scenario.replace(
        segments=[s.model_copy(update={"burden": b}) for s, b in zip(scenario.segments, burdens, strict=True)]
    )


# ---------------------------------------------------------------------- burden

BURDENS = [[[9, 7, NONE, NONE], [1, 3, 2, 2]], [[5, 5, 5, 5], [NONE] * 4]]


def test_net_values_by_hand() -> None:
    net = net_value(weighing(guests().with_table("burdens", BURDENS), 25.0, 50.0))
    np.testing.assert_array_equal(net.burdens, [[8, 2], [5, NONE]])
    # Guests: 0.75 * 6 + 0.25 * 2 and 0.75 * 5 + 0.25 * 8; Crew: 0.5 * 3 + 0.5 * 5 and, without burdens, 8.
    np.testing.assert_allclose(net.net, [[5.0, 5.75], [4.0, 8.0]])
    np.testing.assert_allclose(net.overall, [4.75, 6.3125])
    np.testing.assert_allclose(net.overall_burdens, [7.25, 2.0])
    assert net.missing.tolist() == [[False, False], [False, True]]
    assert net.overall_ranks.tolist() == [2, 1]


@DRAWN
@given(ANY_SCENARIO)
def test_net_values_are_the_values_where_burden_has_no_weight(scenario: Scenario) -> None:
    assume(scenario.burdens is not None)
    weightless = weighing(scenario, *[0.0] * len(scenario.segments))
    net = net_value(weightless)
    np.testing.assert_allclose(net.net, evaluate(scenario).values, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(net.overall, evaluate(scenario).overall, rtol=1e-9, atol=1e-9)
    assert not net.counts


@DRAWN
@given(ANY_SCENARIO, st.data())
def test_a_heavier_burden_never_raises_a_net_value(scenario: Scenario, data: st.DataObject) -> None:
    assume(scenario.burdens is not None)
    array = scenario.array("burdens")
    more = np.clip(array + data.draw(st.floats(0, 1)) * scenario.scale.width, None, scenario.scale.highest)
    before, after = net_value(scenario), net_value(scenario.with_table("burdens", more))
    slack = 1e-9 * scenario.scale.width
    assert (np.nan_to_num(after.net) <= np.nan_to_num(before.net) + slack).all()


@DRAWN
@given(ANY_SCENARIO)
def test_a_net_value_lies_on_the_scale_between_value_and_ease(scenario: Scenario) -> None:
    assume(scenario.burdens is not None)
    net, scale = net_value(scenario), scenario.scale
    value, ease = evaluate(scenario).values, scale.lowest + scale.highest - net.burdens
    slack = 1e-9 * scale.width
    assert (np.nan_to_num(net.net - np.fmin(value, ease), nan=0.0) >= -slack).all()
    assert (np.nan_to_num(np.fmax(value, ease) - net.net, nan=0.0) >= -slack).all()


@DRAWN
@given(ANY_SCENARIO)
def test_above_the_fair_value_line_means_a_net_value_above_that_of_the_mean(scenario: Scenario) -> None:
    assume(scenario.burdens is not None and scenario.segments[0].burden < 99)
    net, share = net_value(scenario), scenario.segments[0].burden / 100
    found = net.value_map(scenario.segment_names[0])
    known = ~np.isnan(found.burdens)
    assume(known.any())
    above_mean = net.net[0][known] - net.net[0][known].mean()
    np.testing.assert_allclose(found.above[known] * (1 - share), above_mean, atol=1e-7 * scenario.scale.width)


def test_the_line_is_upright_where_only_burden_counts() -> None:
    found = net_value(weighing(guests().with_table("burdens", BURDENS), 100.0, 100.0)).value_map()
    assert found.slope == np.inf
    assert np.isnan(found.above).all()


def test_without_burdens_the_sheet_is_named() -> None:
    with pytest.raises(EditError, match="fill in the sheet Burdens"):
        net_value(guests())


# ---------------------------------------------------------------------- service


def linked(strength: float) -> Scenario:
    return guests().replace(links=[Link(from_segment="Crew", to_segment="Guests", strength=strength)])


def test_limits_by_hand_and_the_weakest_link_is_named() -> None:
    found = service(linked(0.8))
    # Express: Crew gets 0.3, so at most 1 - 0.8 * 0.7 = 0.44 of the felt 0.6; Green line: 1 - 0.8 * 0.2 = 0.84.
    np.testing.assert_allclose(found.limited, [[4.4, 5.0], [3.0, 8.0]])
    assert found.limited_by.tolist() == [[0, -1], [-1, -1]]
    assert found.weakest is not None
    assert (found.weakest.link.from_segment, found.weakest.costs) == ("Crew", (pytest.approx(1.6), 0.0))
    assert found.weakest.overall == pytest.approx(0.75 * 1.6 / 2)
    np.testing.assert_allclose(found.overall, [0.75 * 4.4 + 0.25 * 3, 0.75 * 5 + 0.25 * 8])


def test_at_full_strength_nobody_feels_more_than_those_who_serve_them_receive() -> None:
    np.testing.assert_allclose(service(linked(1.0)).limited[0], [3.0, 5.0])


def test_a_weak_link_limits_nothing_and_none_is_the_weakest() -> None:
    found = service(linked(0.1))
    assert found.limited.tolist() == found.evaluation.values.tolist()
    assert found.weakest is None


def test_limits_pass_on_along_a_chain() -> None:
    chain = Scenario.from_arrays(
        [[[2, 2]], [[8, 8]], [[9, 9]]], segments=["Crew", "Agents", "Guests"], propositions=["Express"]
    ).replace(
        links=[  # in the order of the sheet, which need not be the order of service
            Link(from_segment="Agents", to_segment="Guests", strength=1.0),
            Link(from_segment="Crew", to_segment="Agents", strength=0.5),
        ]
    )
    found = service(chain)
    np.testing.assert_allclose(found.limited.ravel(), [2.0, 6.0, 6.0])
    assert found.to_frame()["limited_by"].tolist() == ["", "Crew", "Agents", ""]


@DRAWN
@given(ANY_SCENARIO)
def test_a_link_never_raises_a_value_and_touches_only_those_who_are_served(scenario: Scenario) -> None:
    assume(scenario.links)
    found = service(scenario)
    slack = 1e-9 * scenario.scale.width
    assert (np.nan_to_num(found.lost) >= -slack).all()
    served = {link.to_segment for link in scenario.links}
    for g, name in enumerate(scenario.segment_names):
        if name not in served:
            np.testing.assert_array_equal(found.limited[g], found.evaluation.values[g])
    costs = [cost.overall for cost in found.costs]
    assert costs == sorted(costs, reverse=True)


@DRAWN
@given(ANY_SCENARIO)
def test_a_weaker_link_never_lowers_a_value(scenario: Scenario) -> None:
    assume(scenario.links)
    weaker = [link.model_copy(update={"strength": link.strength / 2}) for link in scenario.links]
    assume(all(link.strength > 0 for link in weaker))
    before, after = service(scenario), service(scenario.replace(links=weaker))
    assert (np.nan_to_num(after.limited - before.limited) >= -1e-8 * scenario.scale.width).all()


def test_without_links_the_sheet_is_named() -> None:
    with pytest.raises(EditError, match="fill in the sheet Links"):
        service(guests())


# ---------------------------------------------------------------------- terms


def aging(scenario: Scenario | None = None) -> Scenario:
    base = scenario or Scenario.from_arrays(
        [[[8, 2], [4, 5], [5, 4.6]]] * 2,
        points=[[80, 20], [60, 40]],
        sizes=[1, 1],
        segments=["Families", "Staff"],
        propositions=["Express", "Green line", "Middle"],
    )
    return base.replace(
        later={name: dict(zip(base.discipline_ids, (10.0, 90.0), strict=True)) for name in base.segment_names}
    )


def test_the_change_of_the_leader_has_a_closed_form() -> None:
    found = terms(aging(), "Families")
    # Values are 6.8 - 4.2 t, 4.2 + 0.7 t and 4.92 - 0.28 t.
    assert found.path.exact
    assert found.changes == (pytest.approx(1.88 / 3.92), pytest.approx(0.72 / 0.98))
    assert (found.early, found.late) == ((0,), (1,))
    np.testing.assert_allclose(found.values[[0, -1]], [[6.8, 4.2, 4.92], [2.6, 4.9, 4.64]])
    np.testing.assert_allclose(found.regret, [2.3, 2.6, 1.88])
    assert found.robust == (2,)
    assert found.regret_frame()["proposition"].tolist() == ["Middle", "Express", "Green line"]


@pytest.mark.parametrize("segment", [None, "Staff"])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_values_on_the_way_are_those_of_the_mixed_weights(share: float, segment: str | None) -> None:
    scenario = aging()
    found = terms(scenario, segment)
    at = int(np.argmin(abs(found.path.shares - share)))
    values = evaluate(at_term(scenario, share)).values_in(segment)
    np.testing.assert_allclose(found.values[at], values, atol=1e-9)


def test_today_is_the_scenario_itself() -> None:
    assert at_term(aging(), 0.0) == aging()


@DRAWN
@given(ANY_SCENARIO)
def test_early_and_late_leaders_are_those_of_scenarios_on_the_way(scenario: Scenario) -> None:
    assume(scenario.later is not None)
    found = terms(scenario)
    slack = 1e-8 * scenario.scale.width
    assume(not np.isnan(found.values).any())
    np.testing.assert_allclose(found.values[-1], evaluate(at_term(scenario, 1.0)).overall, atol=slack)
    assert (found.regret >= -slack).all()
    assert found.robust
    for piece, leaders in ((found.path.pieces[0], found.early), (found.path.pieces[-1], found.late)):
        middle = evaluate(at_term(scenario, (piece.from_share + piece.to_share) / 2)).overall
        assert all(middle[p] >= middle.max() - 10 * slack for p in leaders)


def test_where_compensation_bends_the_lines_changes_are_searched_for() -> None:
    found = terms(aging().with_settings(compensation=0.5))
    assert not found.path.exact
    assert found.changes
    for change in found.changes:
        values = np.sort(evaluate(at_term(found.scenario, change)).overall)
        assert values[-1] == pytest.approx(values[-2], abs=1e-6)


def test_without_later_points_the_sheet_is_named() -> None:
    with pytest.raises(EditError, match="fill in the sheet Segments later"):
        terms(guests())


# ---------------------------------------------------------------------- side by side


def test_a_deck_is_no_input_but_links_and_later_points_are() -> None:
    base = guests()
    collected = base.replace(deck=[Slide(exhibit="ranking")])
    assert input_effects(base, collected) == ()
    effects = input_effects(base, linked(0.5))
    assert [(str(e.difference), e.effect) for e in effects] == [("Crew: link to Guests blank → 0.5", 0.0)]


def test_what_follows_a_segment_is_respelled_with_it() -> None:
    written = linked(0.5).with_table("burdens", BURDENS)
    written = written.replace(later={s.name: s.points for s in written.segments})
    other = respelled(written, {"guests": "GUESTS"}, {"express": "EXPRESS"})
    assert other.links[0].to_segment == "GUESTS"
    assert list(other.later or {}) == ["GUESTS", "Crew"]
    assert list((other.burdens or {})["GUESTS"]) == ["EXPRESS", "Green line"]
