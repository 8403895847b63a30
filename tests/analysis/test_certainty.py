"""How sure a leader is: the laws of the degrees, and what the draws are."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from random_scenarios import scenarios

from valuemix.analysis.certainty.certainty import (
    certainty,
    certainty_among,
    degree_of,
    differing,
    hangs_on,
    holds_within,
    share_above,
)
from valuemix.analysis.certainty.uncertainty import contenders, input_draws, sizes_drawn, value_draws
from valuemix.analysis.draws.draws import Knowledge, weight_sampler
from valuemix.analysis.draws.score_draws import drawn_scores, score_doubt
from valuemix.analysis.draws.weight_draws import own_shifts, shared_shift, within_box
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

ROOT = Path(__file__).parents[2]
NOTHING = Doubt(weights_within=0, scores_within=0)
WEIGHTS_ALONE = Doubt(scores_within=0)


def example(name: str) -> Scenario:
    return load(ROOT / "scenarios" / f"{name}.json")


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("base-case", 0.86, 0.875),
        ("everyone-served", 0.905, 0.925),
        ("green-mandate", 0.945, 0.965),
        ("margin-squeeze", 0.93, 0.955),
    ],
)
def test_the_examples_leaders_are_likely(name: str, low: float, high: float) -> None:
    found = certainty(example(name))
    assert (found.degree, len(found.leaders)) == ("likely", 1)
    assert low < found.least < high


def test_errors_of_each_segments_own_average_out_over_segments() -> None:
    base = example("base-case").with_table("low", None).with_table("high", None)
    shared, own = (certainty(base, None, Doubt(scores_within=0, weights_shift=s)) for s in ("shared", "own"))
    assert shared.least == pytest.approx(0.88, abs=0.01)
    assert own.least > 0.99


@pytest.mark.parametrize(("within", "share"), [(2, 0.75), (5, 0.60), (10, 11 / 15), (50, 51 / 55)])
def test_near_an_edge_more_doubt_may_make_a_leader_surer(within: int, share: float) -> None:
    # The first leads where its weight is above 4 of 100.
    case = Scenario.from_arrays([[9.6, 0], [0, 0.4]], points=[5, 95], disciplines=["a", "b"])
    found = certainty(case, None, Doubt(weights_within=within, scores_within=0))
    assert found.leaders == (0,)
    assert found.least == pytest.approx(share, abs=0.005)


@given(scenarios())
@settings(max_examples=tries(60), deadline=None)
def test_without_doubt_a_leader_is_certain_or_tied(scenario: Scenario) -> None:
    found = certainty(scenario, None, NOTHING)
    leaders = evaluate(scenario).standing().leaders
    assert found.leaders == leaders
    assert found.degree == ("certain" if len(leaders) == 1 else "open")
    assert not found.in_doubt


@given(scenarios(), st.sampled_from([WEIGHTS_ALONE, Doubt(), Doubt(weights_shift="own", sizes_within=20)]))
@settings(max_examples=tries(40), deadline=None)
def test_what_is_certain_holds_in_every_draw(scenario: Scenario, doubt: Doubt) -> None:
    found = certainty(scenario, None, doubt)
    drawn = value_draws(scenario, doubt=doubt)
    if found.degree == "certain":
        # What has no value today is no rival, though other weights would give it one.
        others = drawn[[p for p, share in enumerate(found.above) if share == share]]
        assert not (others > drawn[found.leaders[0]] + 1e-9 * scenario.scale.width).any()
    assert all(share != share or 0 <= share <= 1 for share in found.above)


def test_an_exact_least_lead_is_the_edge_of_certain() -> None:
    # A leads while its weight on the first is above 1/3: 50 - 16.67.
    case = Scenario.from_arrays([[8, 4], [4, 6]], points=[50, 50])
    assert certainty(case, None, Doubt(weights_within=16.6, scores_within=0)).degree == "certain"
    assert certainty(case, None, Doubt(weights_within=16.7, scores_within=0)).degree == "clear"


def test_ranges_that_are_intervals_are_never_certain() -> None:
    case = Scenario.from_arrays([[9, 9], [1, 1]])
    ranged = case.with_table("low", case.array("scores") - 1).with_table("high", case.array("scores") + 1)
    assert certainty(ranged).degree == "certain"
    assert certainty(ranged, None, Doubt(ranges="interval")).degree == "clear"


def test_level_propositions_tie_and_nothing_to_compare_with_is_certain() -> None:
    tie = certainty(Scenario.from_arrays([[5, 5], [5, 5], [2, 3]]))
    assert (tie.leaders, tie.degree) == ((0, 1), "open")
    assert tie.above[1] == pytest.approx(0.5, abs=0.03)
    alone = certainty(Scenario.from_arrays([[5, 5]]))
    assert (alone.leaders, alone.degree, alone.least, alone.first) == ((0,), "certain", 1.0, 1.0)


def test_a_proposition_that_is_identical_in_every_draw_counts_one_half() -> None:
    case = Scenario.from_arrays([[[5, 5], [5, 5]]])
    found = certainty(case, None, WEIGHTS_ALONE)
    assert found.above[1] == 0.5
    assert found.first == 1.0


def test_linear_and_uncut_more_doubt_makes_no_leader_surer() -> None:
    base = Scenario.from_arrays([[7, 4, 5], [5, 6, 5.2]], points=[40, 30, 30])
    shares = [certainty(base, None, Doubt(weights_within=x, scores_within=0)).least for x in range(1, 30, 2)]
    assert all(later <= earlier + 0.005 for earlier, later in pairwise(shares))


def test_shares_agree_with_the_draws_of_robustness() -> None:
    base = example("base-case").with_table("low", None).with_table("high", None)
    for segment in base.segment_names:
        found = certainty(base, segment, WEIGHTS_ALONE)
        drawn = robustness(base, segment, weights="within:10").result.pairwise[found.leaders[0]]
        others = [p for p, share in enumerate(found.above) if share == share]
        assert [found.above[p] for p in others] == pytest.approx(drawn[others].tolist(), abs=0.012)


def test_a_lead_of_a_thousandth_is_open() -> None:
    found = certainty(Scenario.from_arrays([[5.001, 5.001], [5, 5]]))
    assert found.degree == "open"


def test_degrees_have_their_cuts() -> None:
    shares = (1.0, 0.975, 0.9749, 0.85, 0.8499, 0.0)
    assert [degree_of(s) for s in shares] == ["clear", "clear", "likely", "likely", "open", "open"]


def test_differences_looked_at_together_need_more_than_one_alone() -> None:
    assert differing([0.98]) == (True,)
    assert differing([0.98, 0.98, 0.6]) == (False, False, False)
    assert differing([0.01, 0.999]) == (True, True)
    assert differing([]) == ()


def test_values_that_are_missing_are_below_all_others() -> None:
    assert share_above(np.array([1.0, np.nan, np.nan]), np.array([np.nan, 1.0, np.nan]), 10) == pytest.approx(
        0.5
    )


# ---------------------------------------------------------------------- draws


@pytest.mark.parametrize("weights", [[0.25] * 4, [0.9, 0.1, 0.0, 0.0], [1.0, 0.0, 0.0], [1 / 12] * 12])
def test_weights_in_the_box_are_those_of_the_sampler(weights: list[float]) -> None:
    centre = np.array(weights)
    drawn = within_box(centre, 0.1, 0, 4096)
    other = weight_sampler(centre, Knowledge("within", 0.1), np.random.default_rng(0))(40_000)
    assert drawn.sum(axis=0) == pytest.approx(1)
    assert (abs(drawn - centre[:, None]) <= 0.1 + 1e-12).all()
    assert (drawn >= 0).all()
    assert drawn.mean(axis=1) == pytest.approx(other.mean(axis=1), abs=0.003)
    assert drawn.std(axis=1) == pytest.approx(other.std(axis=1), abs=0.003)


def test_a_shared_shift_moves_every_segment_alike_and_leaves_what_weighs_nowhere() -> None:
    weights = np.array([[0.5, 0.3, 0.2, 0.0], [0.3, 0.3, 0.4, 0.0]])
    drawn = shared_shift(weights, np.array([0.5, 0.5]), 0.1, 0, 512)
    assert drawn[0] - weights[0, :, None] == pytest.approx(drawn[1] - weights[1, :, None])
    assert (drawn[:, 3] == 0).all()
    apart = own_shifts(weights[:, :3], 0.1, 0, 4096)
    assert abs(np.corrcoef(apart[0, 0], apart[1, 0])[0, 1]) < 0.05


def test_a_shift_takes_no_more_from_a_segment_than_there_is() -> None:
    weights = np.array([[0.02, 0.98], [0.5, 0.5]])
    drawn = shared_shift(weights, np.array([0.2, 0.8]), 0.1, 0, 4096)
    assert drawn.min() == 0
    assert drawn.sum(axis=1) == pytest.approx(1)


def survey(halo: float, ranges: str) -> Scenario:
    scores = np.full((1, 200, 3), 5.0)
    case = Scenario.from_arrays(scores).with_table("low", scores - 1).with_table("high", scores + 2)
    return case.with_settings(doubt=Doubt(halo=halo, ranges=ranges, weights_within=0))


def test_intervals_hold_95_of_100_draws_and_limits_all() -> None:
    for ranges, share in (("interval", 0.95), ("limits", 1.0)):
        (drawn,) = drawn_scores(score_doubt(survey(0.5, ranges)), 0, 4096)
        assert ((drawn >= 0.4 - 1e-9) & (drawn <= 0.7 + 1e-9)).mean() == pytest.approx(share, abs=0.002)


@pytest.mark.parametrize("halo", [0.0, 0.5, 1.0])
@pytest.mark.one_in(2)
def test_errors_of_one_proposition_go_together_by_the_halo(halo: float) -> None:
    scores = np.full((1, 200, 2), 5.0)
    case = Scenario.from_arrays(scores).with_table("low", scores - 1).with_table("high", scores + 1)
    doubt = score_doubt(case.with_settings(doubt=Doubt(halo=halo, ranges="interval")))
    (drawn,) = drawn_scores(doubt, 0, 4096)
    together = np.mean([np.corrcoef(row)[0, 1] for row in drawn])
    between = np.corrcoef(drawn[0, 0], drawn[1, 0])[0, 1]
    assert together == pytest.approx(halo, abs=0.02)
    assert abs(between) < 0.06


def test_one_draw_counts_in_every_segment_where_the_score_and_its_range_are_the_same() -> None:
    scores = np.array([[[5.0, 5.0]], [[5.0, 6.0]]])
    plain = Scenario.from_arrays(scores)
    assert score_doubt(plain).one.all()  # what has no range is misjudged everywhere alike
    ranged = plain.with_table("low", scores - 1).with_table("high", scores + 1)
    assert score_doubt(ranged).one[0].tolist() == [[True, False]]
    first, second = drawn_scores(score_doubt(ranged), 0, 1024)
    assert (first[0, 0] == second[0, 0]).all()
    assert abs(np.corrcoef(first[0, 1], second[0, 1])[0, 1]) < 0.1


def test_a_proposition_meets_the_same_errors_whatever_stands_behind_it() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(2, 8, (2, 5, 3))
    few, many = (value_draws(Scenario.from_arrays(scores[:, :count])) for count in (3, 5))
    assert (few == many[:3]).all()
    part = value_draws(Scenario.from_arrays(scores), propositions=[1, 4])
    assert (part == many[[1, 4]]).all()


@given(scenarios())
@settings(max_examples=tries(30), deadline=None)
def test_those_left_out_of_a_large_scenario_never_lead(scenario: Scenario) -> None:
    leaders = evaluate(scenario).standing().leaders
    if not leaders:
        return
    kept = contenders(scenario, None, scenario.doubt, leaders[0])
    drawn = value_draws(scenario)
    for p in set(range(len(drawn))) - set(kept):
        assert not (drawn[p] > drawn[leaders[0]] + 1e-9 * scenario.scale.width).any()


# ---------------------------------------------------------------------- what it depends on


def test_a_degree_holds_within_as_many_points_as_are_counted() -> None:
    base = example("base-case")
    points = holds_within(base)
    assert 0 < points < 10

    def at(within: float) -> str:
        return certainty(base, None, Doubt(**{**dict(base.doubt), "weights_within": within})).degree

    assert at(points) == "clear"
    assert at(points + 1) == "likely"


def test_an_open_question_names_what_raises_its_certainty_most() -> None:
    # The second discipline weighs most, so most of the doubt is in its scores.
    case = Scenario.from_arrays([[5, 7.0, 5], [5, 6.8, 5]], points=[10, 80, 10])
    found = hangs_on(case)
    assert found is not None
    assert (found.discipline, found.segment, found.weight) == (1, 0, False)
    assert found.least > certainty(case).least + 0.1
    assert degree_of(found.least) == "clear"
    assert hangs_on(Scenario.from_arrays([[9, 9], [1, 1]])) is None


def test_what_would_leave_a_question_open_is_not_named() -> None:
    """Five disciplines weigh alike: the scores on one of them would raise the least share by a few points."""
    rows = np.array([[5.05] * 5, [5.0] * 5])
    case = Scenario.from_arrays(rows)
    assert certainty(case).degree == "open"
    assert hangs_on(case) is None


def test_knowledge_that_would_tell_a_rival_from_the_rest_counts_as_well() -> None:
    """A range that reaches up for a rival puts it first more often than today's leader: known, neither is."""
    low, high = np.full((1, 2, 2), np.nan), np.full((1, 2, 2), np.nan)
    low[0, 0, 0], high[0, 0, 0] = 1.0, 6.2
    case = Scenario.from_arrays([[6, 6], [5.4, 6.1]]).with_table("low", low).with_table("high", high)
    found = hangs_on(case.with_settings(doubt=Doubt(weights_within=0, scores_within=1)))
    assert certainty(case).least < 0.5
    assert found is not None
    assert (found.discipline, found.weight) == (0, False)


# ---------------------------------------------------------------------- any other order


@given(scenarios())
@settings(max_examples=tries(30), deadline=None)
def test_an_order_of_values_among_others_is_as_sure_as_the_leader_itself(scenario: Scenario) -> None:
    found = certainty(scenario)
    among = certainty_among(evaluate(scenario).overall, value_draws(scenario), scenario.scale.width)
    assert among.leaders == found.leaders
    if among.degree != "certain" != found.degree:
        assert (among.degree, among.above) == (found.degree, pytest.approx(found.above, nan_ok=True))


@pytest.mark.parametrize("segment", [None, "Segment 2"])
@pytest.mark.parametrize(
    "known", [{}, {"known_weight": 1}, {"known_scores": (None, 0)}, {"known_scores": (1, 2)}]
)
def test_values_that_are_sums_are_those_of_every_score_drawn(segment: str | None, known: Any) -> None:
    dice = np.random.default_rng(5)
    scores = np.round(dice.uniform(1, 9, (3, 6, 4)), 1)
    scores[1, 2, 3], scores[0, 4, 0] = 10.0, 0.2  # ranges that the scale cuts
    doubt = Doubt(sizes_within=10.0)
    scenario = Scenario.from_arrays(scores, points=dice.integers(5, 60, (3, 4))).with_settings(doubt=doubt)
    found = value_draws(scenario, segment, **known)
    sizes = sizes_drawn(scenario) if segment is None else np.ones((1, 1))
    every = [
        np.einsum("pdn,dn->pn", own, weights) for weights, own in input_draws(scenario, segment, **known)
    ]
    wanted = sum(size * values for size, values in zip(sizes, every, strict=True))
    assert np.abs(found - scenario.scale.from_unit(wanted)).max() < 1e-12


def test_scores_of_a_promise_have_errors_of_their_own_under_the_same_weights() -> None:
    scenario = Scenario.from_arrays([[8, 2], [4, 5]])
    ((weights, scores),) = input_draws(scenario)
    ((same, apart),) = input_draws(scenario, apart=True)
    assert (weights == same).all()
    assert abs(np.corrcoef(scores[0, 0], apart[0, 0])[0, 1]) < 0.1
