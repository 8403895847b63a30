"""Focus, fit and evenness."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nightly import tries

from valuemix.analysis.customers.balance import effective_number, evenness, fit, focus, mean_scores
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import ValuemixError
from valuemix.model.scenario import Scenario

amounts = arrays(float, st.integers(2, 8), elements=st.floats(0.001, 100))
seeds = st.integers(0, 2**32 - 1)


def random_scenario(seed, **settings_):
    dice = np.random.default_rng(seed)
    g, p, d = dice.integers(1, 5), dice.integers(1, 7), dice.integers(2, 6)
    scenario = Scenario.from_arrays(
        dice.integers(0, 11, (g, p, d)), points=dice.integers(1, 9, (g, d)), sizes=dice.integers(1, 9, g)
    )
    return scenario.with_settings(**settings_)


@given(amounts)
def test_focus_lies_between_0_and_1_and_the_effective_number_between_1_and_all(profile):
    assert 0 <= focus(profile) <= 1
    assert 1 - 1e-12 <= effective_number(profile) <= len(profile) + 1e-9


@given(amounts, st.floats(0.01, 1000))
def test_focus_does_not_depend_on_the_unit_or_the_order(profile, factor):
    assert focus(profile * factor) == pytest.approx(focus(profile), abs=1e-12)
    assert focus(profile[::-1]) == pytest.approx(focus(profile), abs=1e-12)


@given(amounts)
def test_taking_from_the_smallest_for_the_largest_never_lowers_focus(profile):
    moved = profile.copy()
    by = moved.min() / 2
    largest, smallest = moved.argmax(), moved.argmin()
    moved[largest] += by
    moved[smallest] -= by
    assert focus(moved) >= focus(profile) - 1e-12


def test_focus_of_hand_computed_profiles():
    # Shares 0.4, 0.3, 0.2, 0.1: H = 0.16 + 0.09 + 0.04 + 0.01 = 0.30
    assert focus([40, 30, 20, 10]) == pytest.approx((0.30 - 0.25) / 0.75)
    assert effective_number([40, 30, 20, 10]) == pytest.approx(1 / 0.30)


def test_focus_of_nothing_is_undefined_and_a_missing_one_takes_no_part():
    assert np.isnan(focus([0, 0, 0]))
    assert np.isnan(effective_number([0, 0, 0]))
    assert focus([1, 1, np.nan]) == 0
    assert effective_number([1, 1, np.nan]) == 2
    assert np.isnan(focus([5, np.nan]))


def test_scores_of_all_segments_are_means_by_size_of_those_that_are_known():
    scenario = Scenario.from_arrays([[[8, 2]], [[4, np.nan]], [[0, 0]]], sizes=[1, 3, 0])
    assert mean_scores(scenario).tolist() == [[5, 2]]


@given(seeds)
@settings(max_examples=tries(60))
def test_fit_lies_between_0_and_1_and_is_1_where_scores_are_in_proportion_to_the_weights(seed):
    scenario = random_scenario(seed)
    found = fit(scenario)
    known = ~np.isnan(found)
    assert ((found[known] >= -1e-12) & (found[known] <= 1 + 1e-12)).all()
    in_proportion = scenario.weights / scenario.weights.max(axis=1, keepdims=True) * 10
    same = scenario.with_table(
        "scores", np.repeat(in_proportion[:, None], len(scenario.propositions), axis=1)
    )
    assert fit(same) == pytest.approx(np.ones(found.shape))


def test_fit_is_one_less_half_the_distance_of_the_shares():
    # Weights 0.5, 0.3, 0.2; scores 2, 6, 2 of 10: shares 0.2, 0.6, 0.2: distances 0.3, 0.3, 0
    assert fit(Scenario.from_arrays([[2, 6, 2]], points=[50, 30, 20])).item() == pytest.approx(0.7)


def test_fit_counts_from_the_lowest_score_and_leaves_out_what_is_missing():
    shifted = Scenario.from_arrays([[2, 4, 2]], points=[50, 30, 20], scale=(1, 5))
    assert fit(shifted).item() == pytest.approx(1 - (0.3 + 0.3 + 0) / 2)
    missing = Scenario.from_arrays([[6, 3, np.nan], [0, 0, 0]], points=[50, 30, 20])
    # Weights 5/8 and 3/8 against 2/3 and 1/3
    assert fit(missing)[0, 0] == pytest.approx(1 - (2 / 3 - 5 / 8))
    assert np.isnan(fit(missing)[0, 1])


@given(seeds, st.floats(0.01, 50))
@settings(max_examples=tries(60), deadline=None)
def test_unevenness_never_pays_and_the_worst_served_bounds_it(seed, eps):
    found = evenness(random_scenario(seed), eps)
    assert (found.cost >= -1e-9).all()
    assert (found.even >= found.lowest - 1e-9).all()
    assert (found.highest >= found.mean - 1e-9).all()
    known = ~np.isnan(found.index)
    assert ((found.index[known] >= -1e-9) & (found.index[known] <= 1 + 1e-9)).all()


@given(seeds)
@settings(max_examples=tries(60), deadline=None)
def test_the_even_value_is_the_overall_value_of_a_scenario_that_fair(seed):
    fair = random_scenario(seed, fairness=2.0)
    found = evenness(fair)
    assert found.eps == 2
    assert found.even == pytest.approx(evaluate(fair).overall)
    assert found.mean == pytest.approx(evaluate(fair.with_settings(fairness=0.0)).overall)


@given(seeds)
@settings(max_examples=tries(60), deadline=None)
def test_the_worst_served_segment_has_the_lowest_value_of_those_with_size(seed):
    scenario = random_scenario(seed)
    if len(scenario.segments) > 1:
        scenario = scenario.with_sizes({scenario.segment_names[0]: 0})
    found, values = evenness(scenario), evaluate(scenario).values
    counted = scenario.sizes > 0
    for p, (worst, best) in enumerate(zip(found.worst, found.best, strict=True)):
        assert all(counted[g] for g in (*worst, *best))
        assert values[list(worst), p] == pytest.approx(values[counted, p].min())
        assert values[list(best), p] == pytest.approx(values[counted, p].max())


def test_atkinsons_index_of_a_hand_computed_case():
    # Values 0.9 and 0.4 of equal size: mean 0.65, geometric mean 0.6
    found = evenness(Scenario.from_arrays([[[9] * 2], [[4] * 2]]))
    assert found.index.item() == pytest.approx(1 - 0.6 / 0.65)
    assert found.cost.item() == pytest.approx(0.5)
    assert np.isnan(evenness(Scenario.from_arrays([[0, 0]])).index.item())


@pytest.mark.parametrize("eps", [-0.5, float("nan")])
def test_a_fairness_below_0_is_refused(eps):
    with pytest.raises(ValuemixError, match="fairness must be 0 or more"):
        evenness(random_scenario(1), eps)
