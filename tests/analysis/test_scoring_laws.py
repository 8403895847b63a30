"""Laws that every evaluation keeps, whatever the scenario."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valuemix.analysis.value.scoring import evaluate, ranks
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario

EXPONENTS = st.sampled_from(
    [float("-inf"), -100, -5, -1, -1e-5, -1e-7, 0, 1e-7, 1e-5, 0.3, 1, 2, 17, 100, float("inf")]
)
SCORES = st.floats(0, 10, allow_nan=False, allow_subnormal=False)


@st.composite
def cases(draw: st.DrawFn, missing: bool = True) -> Scenario:
    """Any scenario of up to 4 segments, 5 propositions and 5 disciplines, ties and zeros included."""
    count_g, count_p, count_d = draw(st.integers(1, 4)), draw(st.integers(1, 5)), draw(st.integers(2, 5))
    scores = draw(arrays(float, (count_g, count_p, count_d), elements=SCORES | st.integers(0, 3).map(float)))
    if missing:
        holes = draw(arrays(bool, scores.shape))
        holes[..., 0] = False
        scores = np.where(holes, np.nan, scores)
    points = draw(arrays(float, (count_g, count_d), elements=st.integers(0, 100).map(float)))
    points[:, 0] += 1
    sizes = draw(arrays(float, count_g, elements=st.integers(0, 5).map(float)))
    sizes[0] += 1
    scenario = Scenario.from_arrays(scores, points=points, sizes=sizes)
    rho = draw(st.sampled_from(["min", -3.0, 0.0, 0.5, 1.0, 1.0, 1.0, 4.0, "max"]))
    return scenario.with_settings(
        compensation=rho, fairness=draw(st.sampled_from([0.0, 0.0, 1.0, 3.0, "max"]))
    )


@given(cases())
def test_a_value_lies_between_the_lowest_and_highest_score_with_weight(scenario: Scenario) -> None:
    result = evaluate(scenario)
    counted = np.where(scenario.weights[:, None, :] > 0, scenario.array("scores"), np.nan)
    assert (result.values >= np.nanmin(counted, axis=-1) - 1e-9).all()
    assert (result.values <= np.nanmax(counted, axis=-1) + 1e-9).all()


@given(cases(), st.floats(1e-6, 1e6))
def test_only_ratios_of_points_and_of_sizes_matter(scenario: Scenario, factor: float) -> None:
    scaled = scenario.with_points(scenario.points * factor).with_sizes(
        dict(zip(scenario.segment_names, map(float, scenario.sizes * factor), strict=True))
    )
    assert evaluate(scaled).overall == pytest.approx(evaluate(scenario).overall, abs=1e-9)
    assert evaluate(scaled).values == pytest.approx(evaluate(scenario).values, abs=1e-9)


@given(cases(missing=False), st.data())
def test_a_dominating_proposition_never_has_a_lower_value(scenario: Scenario, data: st.DataObject) -> None:
    scores = scenario.array("scores").copy()
    gain = data.draw(arrays(float, scores[:, 0].shape, elements=st.floats(0, 10)))
    better = np.concatenate([scores, np.minimum(scores[:, :1] + gain[:, None], 10)], axis=1)
    result = evaluate(
        Scenario.from_arrays(better, points=scenario.points, sizes=scenario.sizes).replace(
            settings=scenario.settings
        )
    )
    assert (result.values[:, -1] >= result.values[:, 0] - 1e-9).all()
    assert result.overall[-1] >= result.overall[0] - 1e-9


@given(cases())
def test_contributions_sum_to_the_value(scenario: Scenario) -> None:
    result = evaluate(scenario)
    if result.contributions is None:
        assert scenario.settings.rho != 1
    else:
        assert result.contributions.sum(axis=-1) == pytest.approx(result.values, abs=1e-9)
    if result.overall_contributions is not None:
        assert result.overall_contributions.sum(axis=-1) == pytest.approx(result.overall, abs=1e-9)


@given(cases(), st.randoms(use_true_random=False))
def test_permuting_propositions_and_segments_permutes_the_result(scenario: Scenario, random) -> None:
    places = random.sample(range(len(scenario.propositions)), len(scenario.propositions))
    rows = random.sample(range(len(scenario.segments)), len(scenario.segments))
    moved = Scenario.from_arrays(
        scenario.array("scores")[rows][:, places], points=scenario.points[rows], sizes=scenario.sizes[rows]
    ).replace(settings=scenario.settings)
    before, after = evaluate(scenario), evaluate(moved)
    assert after.values == pytest.approx(before.values[rows][:, places], abs=1e-9)
    assert after.overall == pytest.approx(before.overall[places], abs=1e-9)


@given(cases())
def test_one_more_segment_of_size_zero_changes_nothing_overall(scenario: Scenario) -> None:
    more = Scenario.from_arrays(
        np.concatenate([scenario.array("scores"), np.full((1, *scenario.unit_scores.shape[1:]), 10.0)]),
        points=np.concatenate([scenario.points, scenario.points[:1]]),
        sizes=[*scenario.sizes, 0],
    ).replace(settings=scenario.settings)
    assert evaluate(more).overall.tolist() == evaluate(scenario).overall.tolist()


@given(arrays(float, 4, elements=st.floats(0, 1)), arrays(float, 4, elements=st.floats(0, 1)))
def test_a_power_mean_never_falls_as_the_exponent_rises(values, weights) -> None:
    weights[0] = 1.0
    exponents = [float("-inf"), -100, -10, -1, -1e-3, 0, 1e-3, 0.5, 1, 2, 10, 100, float("inf")]
    means = [float(power_mean(values, weights, exponent)) for exponent in exponents]
    assert all(higher >= lower - 1e-12 for lower, higher in pairwise(means))


@given(arrays(float, 5, elements=st.floats(0, 1)), arrays(float, 5, elements=st.floats(0, 1)), EXPONENTS)
def test_a_power_mean_stays_between_its_extremes_and_ignores_weight_zero(values, weights, exponent) -> None:
    weights[0] = 1.0
    mean = float(power_mean(values, weights, exponent))
    counted = values[weights > 0]
    assert counted.min() - 1e-15 <= mean <= counted.max() + 1e-15
    without = float(power_mean(counted, weights[weights > 0], exponent))
    assert mean == without


def test_exponent_one_is_the_plain_weighted_sum_to_the_last_bit() -> None:
    generator = np.random.default_rng(0)
    for _ in range(200):
        values, weights = generator.random(4), generator.integers(1, 100, 4)
        share = weights / weights.max()
        share = share / (((share[0] + share[1]) + share[2]) + share[3])
        plain = ((share[0] * values[0] + share[1] * values[1]) + share[2] * values[2]) + share[3] * values[3]
        assert float(power_mean(values, weights, 1)) == plain


def test_the_value_of_a_row_does_not_depend_on_the_rows_around_it() -> None:
    generator = np.random.default_rng(1)
    values, weights = generator.random((500, 4)), generator.random(4)
    for exponent in (1, 0, -2.5):
        together = power_mean(values, weights, exponent)
        alone = [float(power_mean(row, weights, exponent)) for row in values]
        assert together.tolist() == alone


@pytest.mark.parametrize("exponent", [0, -0.5, -1, -100, float("-inf")])
def test_a_zero_with_weight_gives_zero_where_weaknesses_are_not_offset(exponent: float) -> None:
    assert power_mean([0, 1], [0.001, 1], exponent) == 0
    assert power_mean([0, 0.7], [0, 1], exponent) == pytest.approx(0.7)


def test_a_missing_score_leaves_its_weight_to_the_others() -> None:
    scenario = Scenario.from_arrays([[8, np.nan, 2, 5], [8, 9, 2, 5]], points=[10, 50, 20, 20])
    result = evaluate(scenario)
    assert result.values[0, 0] == pytest.approx((10 * 8 + 20 * 2 + 20 * 5) / 50)
    assert result.partial[0].tolist() == [True, False]
    assert result.overall_partial.tolist() == [True, False]


def test_a_missing_score_without_weight_is_not_partial() -> None:
    result = evaluate(Scenario.from_arrays([[8, np.nan, 2, 5]], points=[10, 0, 20, 20]))
    assert not result.partial.any()


def test_a_proposition_whose_scores_all_lack_weight_has_no_value_and_no_rank() -> None:
    scenario = Scenario.from_arrays(
        [[[8, np.nan, np.nan, np.nan], [1, 2, 3, 4]], [[8, 8, 8, 8], [1, 2, 3, 4]]],
        points=[[0, 1, 1, 1], [1, 1, 1, 1]],
    )
    result = evaluate(scenario)
    assert np.isnan(result.values[0, 0])
    assert result.ranks[0].tolist() == [0, 1]
    assert result.overall[0] == 8
    assert result.overall_partial.tolist() == [True, False]
    assert result.to_frame()["rank"].isna().sum() == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3, 1, 2], [1, 3, 2]),
        ([5, 5, 5], [1, 1, 1]),
        ([9, 7, 7, 1], [1, 2, 2, 4]),
        ([1, 1 + 5e-10], [1, 1]),
        ([4], [1]),
    ],
)
def test_ties_share_the_best_rank(values: list[float], expected: list[int]) -> None:
    assert ranks(np.array(values, dtype=float)).tolist() == expected


def test_the_standing_names_leaders_runner_up_and_lead() -> None:
    alone = evaluate(Scenario.from_arrays([[1, 2, 3, 4]])).standing()
    assert (alone.leaders, alone.runner_up) == ((0,), None)
    assert np.isnan(alone.lead)
    tied = evaluate(Scenario.from_arrays([[4, 4, 4, 4], [4, 4, 4, 4], [3, 3, 3, 3]])).standing()
    assert (tied.leaders, tied.runner_up, tied.lead) == ((0, 1), 2, 0.0)
    clear = evaluate(Scenario.from_arrays([[3, 3, 3, 3], [5, 5, 5, 5]])).standing()
    assert (clear.order, clear.lead) == ((1, 0), 2.0)


def test_fairness_lets_the_worst_served_segment_count_more() -> None:
    scenario = Scenario.from_arrays([[[9, 9, 9, 9]], [[1, 1, 1, 1]]], sizes=[3, 1])
    overall = [float(evaluate(scenario.with_settings(fairness=eps)).overall[0]) for eps in (0, 1, 5, "max")]
    assert overall == sorted(overall, reverse=True)
    assert overall[0] == pytest.approx(7)
    assert overall[-1] == pytest.approx(1)
