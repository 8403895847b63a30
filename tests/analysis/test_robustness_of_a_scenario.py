"""Robustness with names: what is assumed, exact against drawn, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuemix.analysis.robustness import knowledge_of, robustness
from valuemix.errors import EditError, UnknownName
from valuemix.model.scenario import Scenario


def case(seed: int = 0, shape: tuple[int, int, int] = (3, 5, 4)) -> Scenario:
    rng = np.random.default_rng(seed)
    return Scenario.from_arrays(
        rng.integers(0, 11, shape),
        points=rng.integers(1, 60, (shape[0], shape[2])),
        sizes=rng.integers(1, 9, shape[0]),
    )


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["unknown", "order", "within:8"]), st.booleans())
def test_shares_of_ranks_and_of_propositions_sum_to_one(seed: int, weights: str, overall: bool) -> None:
    scenario = case(seed)
    result = robustness(scenario, None if overall else "Segment 1", weights=weights, draws=2_000).result
    assert result.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(5), abs=1e-6)
    assert result.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert result.pairwise + result.pairwise.T == pytest.approx(np.ones((5, 5)), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_unknown_weights_overall_are_exact_and_agree_with_one_vector_drawn_for_all(seed: int) -> None:
    scenario = case(seed)
    found = robustness(scenario)
    assert found.result.exact
    weights = np.random.default_rng(seed).dirichlet(np.ones(4), 200_000)
    pooled = np.einsum("g,gpd->pd", scenario.size_shares, scenario.unit_scores)
    values = weights @ pooled.T
    first = (values >= values.max(axis=1, keepdims=True) - 1e-12).mean(axis=0)
    assert found.result.rank_acceptability[:, 0] == pytest.approx(first, abs=0.005)


def test_one_unknown_vector_for_all_segments_is_drawn_where_it_has_no_closed_form() -> None:
    scenario = case(1).with_settings(compensation=0.5)
    found = robustness(scenario, draws=20_000, seed=3).result
    assert not found.exact
    central = found.central_weights
    assert central[:, 0] == pytest.approx(central[:, 1], abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("seed", [0, 1, 2026])
def test_the_same_seed_gives_the_same_numbers(seed: int) -> None:
    scenario = case(5)
    first, again, other = (
        robustness(scenario, weights="within:10", draws=4_000, seed=s) for s in (seed, seed, seed + 1)
    )
    assert first.result.rank_acceptability.tolist() == again.result.rank_acceptability.tolist()
    assert first.result.rank_acceptability.tolist() != other.result.rank_acceptability.tolist()


def test_ranges_of_the_scenario_and_a_spread_for_the_others() -> None:
    scenario = Scenario.from_arrays([[6, 6, 6, 6], [5, 5, 5, 5]])
    certain = robustness(scenario, weights="within:1", draws=2_000).result
    assert certain.rank_acceptability[0, 0] == 1
    assert (
        robustness(scenario, weights="within:1", score_within=3, draws=2_000).result.rank_acceptability[0, 0]
        < 1
    )
    wide = scenario.with_table("low", np.full((1, 2, 4), 0.0)).with_table("high", np.full((1, 2, 4), 10.0))
    assert robustness(wide, weights="within:1", ranges=True, draws=2_000).result.rank_acceptability[0, 0] < 1
    assert robustness(wide, weights="within:1", draws=2_000).result.rank_acceptability[0, 0] == 1


def test_outcomes_of_any_distribution_come_as_draws() -> None:
    scenario = Scenario.from_arrays([[5, 5], [5, 5]], scale=(0, 10))
    draws = np.random.default_rng(0).beta([[8, 8], [2, 2]], 4, size=(20_000, 1, 2, 2)) * 10
    found = robustness(scenario, "Segment 1", score_draws=draws).result
    assert found.draws == 20_000
    assert found.rank_acceptability[0, 0] > 0.9
    with pytest.raises(EditError, match="shape"):
        robustness(scenario, score_draws=draws[:, 0])
    with pytest.raises(EditError, match="scale"):
        robustness(scenario, score_draws=draws * 2)


def test_one_proposition_is_always_first() -> None:
    found = robustness(Scenario.from_arrays([[5, 5, 5, 5]])).result
    assert found.rank_acceptability.tolist() == [[1.0]]


@pytest.mark.parametrize(
    "words", ["", "known", "within:", "within:-5", "within:0", "within:101", "within:1e2", "Order"]
)
def test_knowledge_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(EditError, match="unknown, order or within:X"):
        knowledge_of(words)


def test_no_draws_and_no_such_segment_are_refused() -> None:
    with pytest.raises(EditError, match="draws must be 1 or more"):
        robustness(case(), draws=0)
    with pytest.raises(UnknownName, match="Segment 9"):
        robustness(case(), "Segment 9")


def test_the_frame_is_tidy_and_central_weights_are_shares() -> None:
    found = robustness(case(2), "Segment 2")
    frame = found.to_frame()
    assert list(frame.columns) == ["proposition", "rank", "share", "half_width"]
    assert len(frame) == 25
    sums = found.central_weights.sum(axis=1)
    assert sums[~np.isnan(sums)] == pytest.approx(np.ones((~np.isnan(sums)).sum()))
