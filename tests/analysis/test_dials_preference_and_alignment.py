"""Who leads at any dial, how preferences split, and where kinds of segments part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.customers.alignment import alignment, kind_draws
from valuemix.analysis.customers.dials import dial_map
from valuemix.analysis.customers.preference import first_choice, logit_shares, preference
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import ValuemixError
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

seeds = st.integers(0, 2**32 - 1)
KINDS = ("customer", "employee", "partner")


def random_scenario(seed, missing=0.0):
    dice = np.random.default_rng(seed)
    g, p, d = dice.integers(1, 5), dice.integers(1, 6), dice.integers(2, 5)
    scores = dice.integers(0, 11, (g, p, d)).astype(float)
    scores[dice.random(scores.shape) < missing] = np.nan
    scores[np.isnan(scores).all(axis=-1), 0] = 5.0
    scenario = Scenario.from_arrays(scores, points=dice.integers(1, 9, (g, d)), sizes=dice.integers(1, 9, g))
    return with_kinds(scenario, [KINDS[k] for k in dice.integers(0, 3, g)])


def with_kinds(scenario, kinds):
    return scenario.replace(
        segments=tuple(
            segment.model_copy(update={"kind": kind})
            for segment, kind in zip(scenario.segments, kinds, strict=True)
        )
    )


# ---------------------------------------------------------------------- dials


@given(seeds)
@settings(max_examples=tries(25), deadline=None)
def test_every_cell_has_the_leaders_of_the_scenario_with_those_settings(seed):
    scenario = random_scenario(seed, missing=0.1)
    found = dial_map(scenario, rhos=(-np.inf, -2.0, 0.0, 0.5), epss=(0.0, 1.0, np.inf))
    assert found.rhos == (-np.inf, -2.0, 0.0, 0.5, 1.0)
    for row, eps in enumerate(found.epss):
        for column, rho in enumerate(found.rhos):
            own = scenario.with_settings(
                compensation="min" if np.isinf(rho) else rho, fairness="max" if np.isinf(eps) else eps
            )
            assert found.leaders_at(row, column) == evaluate(own).standing().leaders


@pytest.mark.parametrize("dials", [{}, {"compensation": "min"}, {"compensation": -0.7, "fairness": 0.3}])
def test_todays_settings_are_a_cell_of_the_map(dials):
    scenario = random_scenario(4).with_settings(**dials)
    found = dial_map(scenario)
    row, column = found.today
    assert (found.epss[row], found.rhos[column]) == (scenario.settings.eps, scenario.settings.rho)
    assert found.leaders_at(row, column) == evaluate(scenario).standing().leaders


# ---------------------------------------------------------------------- preference


@given(seeds, st.floats(0, 60))
@settings(max_examples=tries(60), deadline=None)
def test_shares_sum_to_1_and_keep_the_order_of_values_within_a_segment(seed, theta):
    found = preference(random_scenario(seed), theta)
    values = found.evaluation.values
    assert found.by_segment.sum(axis=1) == pytest.approx(np.ones(len(values)))
    assert found.overall.sum() == pytest.approx(1)
    assert found.first_overall.sum() == pytest.approx(1)
    for own, shares in zip(values, found.by_segment, strict=True):
        assert (np.diff(shares[np.argsort(own, kind="stable")]) >= -1e-12).all()


def test_no_sensitivity_is_indifference_and_a_large_one_the_first_choice():
    values = np.array([0.2, 0.9, 0.9, 0.5])
    assert logit_shares(values, 0).tolist() == [0.25] * 4
    assert logit_shares(values, 1e6) == pytest.approx(first_choice(values))
    assert logit_shares(values, np.inf).tolist() == [0, 0.5, 0.5, 0]


def test_shares_of_a_hand_computed_case():
    # 0.1 ahead at sensitivity 10: odds of e to 1
    assert logit_shares(np.array([0.8, 0.7]), 10)[0] == pytest.approx(np.e / (1 + np.e))


def test_overall_shares_are_the_mean_by_size():
    found = preference(Scenario.from_arrays([[[8, 8], [7, 7]], [[2, 2], [6, 6]]], sizes=[3, 1]))
    assert found.overall == pytest.approx(0.75 * found.by_segment[0] + 0.25 * found.by_segment[1])
    assert found.shares_in("Segment 1").tolist() == found.by_segment[0].tolist()
    assert found.first_in(None).tolist() == [0.75, 0.25]


def test_a_mean_value_and_a_share_may_disagree_and_the_pair_is_named():
    # The first is a little ahead in most of the market and far behind in the rest.
    found = preference(Scenario.from_arrays([[[8, 8], [7, 7]], [[0, 0], [9, 9]]], sizes=[3, 1]), 20)
    assert found.evaluation.overall == pytest.approx([6, 7.5])
    assert found.overall[0] > found.overall[1]
    assert found.disagreements() == [(1, 0)]


def test_missing_values_take_no_share_and_empty_segments_leave_their_size():
    # Only the first discipline has weight.
    scores = np.array([[[8.0, 8], [np.nan, 5], [7, 7]], [[np.nan, 5]] * 3])
    found = preference(Scenario.from_arrays(scores, points=[1, 0], sizes=[1, 9]))
    assert np.isnan(found.by_segment[1]).all()
    assert np.isnan(found.overall[1])
    assert np.nansum(found.overall) == pytest.approx(1)


@pytest.mark.parametrize("theta", [-1.0, float("nan")])
def test_a_sensitivity_below_0_is_refused(theta):
    with pytest.raises(ValuemixError, match="must be 0 or more"):
        preference(random_scenario(1), theta)


# ---------------------------------------------------------------------- alignment


@given(seeds)
@settings(max_examples=tries(60), deadline=None)
def test_values_by_kind_are_overall_values_of_the_segments_of_that_kind(seed):
    scenario = random_scenario(seed, missing=0.1)
    found = alignment(scenario)
    assert found.size_shares.sum() == pytest.approx(1)
    for k, kind in enumerate(found.kinds):
        sizes = {s.name: s.size if s.kind == kind else 0.0 for s in scenario.segments}
        expected = evaluate(scenario.with_sizes(sizes))
        assert found.by_kind[k] == pytest.approx(expected.overall, nan_ok=True)
        assert found.leaders(k) == expected.standing().leaders
        assert found.partial[k].tolist() == expected.overall_partial.tolist()


@given(seeds)
@settings(max_examples=tries(60), deadline=None)
def test_losses_are_each_kinds_own_best_less_what_the_best_for_another_is_worth_to_it(seed):
    found = alignment(random_scenario(seed))
    best = found.by_kind.max(axis=1)
    amounts = [loss.amount for loss in found.losses]
    assert amounts == sorted(amounts, reverse=True)
    for loss in found.losses:
        assert loss.amount == pytest.approx(best[loss.loses] - found.by_kind[loss.loses, loss.proposition])
        assert loss.loses not in loss.best_for
        for k in loss.best_for:
            assert found.by_kind[k, loss.proposition] == pytest.approx(best[k])
    bar = 0.05 * found.evaluation.scenario.scale.width
    assert [loss.amount > bar + 1e-7 for loss in found.losses] == [
        loss in found.conflicts for loss in found.losses
    ]
    covered = {k for loss in found.losses for k in (*loss.best_for, loss.loses)}
    common = any((found.by_kind[:, p] >= best - 1e-9).all() for p in range(found.by_kind.shape[1]))
    assert common or covered == {*range(len(found.kinds))}


def test_a_proposition_second_for_customers_and_last_for_employees_is_a_conflict_where_it_costs_them_much():
    # The best for customers is worth 2.75 to employees on 1 to 7, whose own best is worth 4.32.
    scores = [
        [[6.0, 6.0], [5.9, 5.9], [5.0, 5.0], [4.0, 4.0], [3.0, 3.0]],
        [[2.75, 2.75], [3.0, 3.0], [3.5, 3.5], [4.0, 4.0], [4.32, 4.32]],
    ]
    scenario = with_kinds(Scenario.from_arrays(scores, scale=(1, 7)), ["customer", "employee"])
    found = alignment(scenario)
    assert [(c.proposition, found.kinds[c.loses]) for c in found.conflicts] == [
        (4, "customer"),
        (0, "employee"),
    ]
    assert [c.amount for c in found.conflicts] == pytest.approx([3.0, 1.57])


def test_of_tied_bests_the_one_counts_by_which_others_lose_least():
    scores = [[[8, 8], [8, 8], [5, 5]], [[1, 1], [6, 6], [5, 5]]]
    found = alignment(with_kinds(Scenario.from_arrays(scores), ["customer", "employee"]))
    assert found.losses == ()


@given(seeds)
@settings(max_examples=10, deadline=None)
def test_draws_by_kind_are_draws_of_the_overall_value_over_its_segments(seed):
    scenario = random_scenario(seed, missing=0.1).with_settings(
        doubt=Doubt(weights_within=0, scores_within=0)
    )
    drawn = kind_draws(scenario)
    assert drawn[..., 0] == pytest.approx(alignment(scenario).by_kind, nan_ok=True)


def test_one_kind_or_one_proposition_has_no_conflict():
    assert not alignment(with_kinds(Scenario.from_arrays([[8, 8], [2, 2]]), ["partner"])).conflicts
    scenario = with_kinds(Scenario.from_arrays([[[8, 8]], [[2, 2]]]), ["customer", "employee"])
    assert not alignment(scenario).conflicts


def test_a_kind_whose_segments_have_no_size_is_left_out():
    scenario = Scenario.from_arrays([[[8, 8], [5, 5]], [[2, 2], [6, 6]]], sizes=[1, 0])
    assert alignment(with_kinds(scenario, ["customer", "employee"])).kinds == ("customer",)
