"""Robustness with names: what is assumed, exact against drawn, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import sampled, tries
from scipy.stats import norm

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.certainty.uncertainty import DRAWS
from valuemix.analysis.robustness.robustness import Assumptions, knowledge_of, robustness
from valuemix.errors import EditError, UnknownName
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

ROOT = Path(__file__).parents[2]


def case(seed: int = 0, shape: tuple[int, int, int] = (3, 5, 4)) -> Scenario:
    rng = np.random.default_rng(seed)
    return Scenario.from_arrays(
        rng.integers(0, 11, shape),
        points=rng.integers(1, 60, (shape[0], shape[2])),
        sizes=rng.integers(1, 9, shape[0]),
    )


@settings(max_examples=tries(25))
@given(st.integers(0, 10_000), st.sampled_from(["unknown", "order", "within:8"]), st.booleans())
def test_shares_of_ranks_and_of_propositions_sum_to_one(seed: int, weights: str, overall: bool) -> None:
    scenario = case(seed)
    result = robustness(scenario, None if overall else "Segment 1", weights=weights, draws=2_000).result
    assert result.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(5), abs=1e-6)
    assert result.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert result.pairwise + result.pairwise.T == pytest.approx(np.ones((5, 5)), abs=1e-6)


def own(scenario: Scenario) -> dict:
    """The scenario's own doubt as a person asks for it."""
    taken = Assumptions.of(scenario)
    return {name: getattr(taken, name) for name in ("weights", "ranges", "score_within", "sizes_within")}


@pytest.mark.parametrize("name", ["base-case", "airport-survey-sfo-2017", "green-mandate"])
@pytest.mark.parametrize("place", [None, 0, 1])
def test_under_its_own_doubt_a_scenario_has_one_share_for_one_fact(name: str, place: int | None) -> None:
    scenario = load(ROOT / "scenarios" / f"{name}.json")
    segment = None if place is None else scenario.segment_names[place]
    sure, found = certainty(scenario, segment), robustness(scenario, segment, **own(scenario))
    (leader,) = sure.leaders
    others = [p for p in range(len(scenario.propositions)) if p != leader]
    assert found.own_doubt
    assert found.result.rank_acceptability[leader, 0] == pytest.approx(sure.first, abs=1e-12)
    assert found.result.pairwise[leader, others] == pytest.approx([sure.above[p] for p in others], abs=1e-12)
    assert found.result.rank_acceptability.sum(axis=0) == pytest.approx(1)
    ever = found.result.rank_acceptability[:, 0] > 0
    assert np.nansum(found.result.central_weights[ever], axis=-1) == pytest.approx(1)


@settings(max_examples=tries(20), deadline=None)
@given(
    st.integers(0, 1000),
    st.sampled_from(["shared", "own"]),
    st.sampled_from([0.0, 10.0]),
    st.sampled_from([0.0, 6.0]),
)
def test_any_doubt_of_its_own_gives_the_shares_of_certainty(
    seed: int, shift: str, sizes: float, scores: float
) -> None:
    doubt = Doubt(weights_within=12, weights_shift=shift, sizes_within=sizes, scores_within=scores)
    scenario = case(seed).with_settings(doubt=doubt)
    sure, found = certainty(scenario), robustness(scenario, **own(scenario))
    assert found.own_doubt
    assert sum(found.result.rank_acceptability[list(sure.leaders), 0]) == pytest.approx(sure.first, abs=1e-9)
    rivals = [p for p, above in enumerate(sure.above) if above == above]
    shares = found.result.pairwise[sure.leaders[0], rivals]
    assert shares == pytest.approx([sure.above[p] for p in rivals], abs=1e-9)


def test_other_draws_seeds_shifts_and_scores_are_not_its_own_doubt() -> None:
    scenario = case()
    for other in (
        {"draws": 500},
        {"seed": 5, "draws": 500},
        {"shift": "own", "draws": 500},
        {"score_within": 1.0},
        {"sizes_within": 0.1},
        {"weights": "within:9"},
    ):
        assert not robustness(scenario, **{**own(scenario), **other}).own_doubt


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


@pytest.mark.parametrize("words", ["", "known", "within:", "within:-5", "within:101", "within:1e2", "Order"])
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


SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.json"))


# The same two ways for each: the rest at night.
@pytest.mark.parametrize("path", sampled(SHIPPED, 3), ids=lambda path: path.stem)
@pytest.mark.parametrize("overall", [True, False])
@pytest.mark.one_in(4)
def test_the_scenarios_own_doubt_gives_the_shares_that_its_degree_rests_on(path: Path, overall: bool) -> None:
    scenario = load(path)
    segment, taken, draws = None if overall else scenario.segment_names[0], Assumptions.of(scenario), 20_000
    result = robustness(
        scenario,
        segment,
        weights=taken.weights,
        shift=taken.shift,
        ranges=taken.ranges,
        score_within=taken.score_within,
        sizes_within=taken.sizes_within,
        draws=draws,
    ).result
    found = certainty(scenario, segment)
    (leader,) = found.leaders
    off = 4 * (0.5 / np.sqrt(draws) + 0.5 / np.sqrt(DRAWS))
    above = np.delete(np.array(found.above), leader)
    assert np.delete(result.pairwise[leader], leader) == pytest.approx(above, abs=off)
    assert result.rank_acceptability[leader, 0] == pytest.approx(found.first, abs=off)


def test_a_shift_of_weights_is_shared_by_default_and_can_be_each_segments_own() -> None:
    scenario = load(ROOT / "scenarios" / "base-case.json")
    leader = certainty(scenario).leaders[0]
    first = {
        shift: robustness(scenario, weights="within:10", shift=shift, draws=5_000).result.rank_acceptability
        for shift in (None, "shared", "own")
    }
    assert first[None].tolist() == first["shared"].tolist()
    # Deviations of the segments average out where each has its own.
    assert first["own"][leader, 0] > first["shared"][leader, 0] + 0.05
    own = scenario.with_settings(doubt=Doubt(weights_shift="own"))
    assert robustness(own, weights="within:10", draws=1_000).assumptions.shift == "own"
    with pytest.raises(EditError, match="shared or own"):
        robustness(scenario, shift="both")  # type: ignore[arg-type]


def test_one_segment_has_no_shift_to_share() -> None:
    shared, own = (
        robustness(
            case(), "Segment 1", weights="within:10", shift=shift, draws=1_000
        ).result.pairwise.tolist()
        for shift in ("shared", "own")
    )
    assert shared == own


def test_a_shared_shift_leaves_segments_without_size_out_of_it() -> None:
    scenario = case(3)
    shares = robustness(scenario, weights="within:10", draws=20_000).result.rank_acceptability
    wider = Scenario.from_arrays(
        np.concatenate([scenario.array("scores"), 10 - scenario.array("scores")[:1]]),
        points=np.concatenate([100 * scenario.weights, [[25, 25, 25, 25]]]),
        sizes=[*scenario.size_shares, 0],
    )
    again = robustness(wider, weights="within:10", draws=20_000).result.rank_acceptability
    assert again == pytest.approx(shares, abs=0.02)


def test_intervals_and_what_errors_have_in_common_count() -> None:
    flat = Scenario.from_arrays([[6, 6], [5, 5]])
    ranged = flat.with_table("low", np.array([[[3, 3], [2, 2]]])).with_table(
        "high", np.array([[[9, 9], [8, 8]]])
    )
    wins = [
        robustness(
            ranged.with_settings(doubt=Doubt(ranges=kind, halo=halo)),
            weights="within:0",
            ranges=True,
            draws=40_000,
        ).result.pairwise[0, 1]
        for kind, halo in (("interval", 0.0), ("interval", 1.0), ("limits", 0.0))
    ]
    # Normal with a deviation of 3 / 1.96 a score: of two with weights of a half, apart or as one.
    sd = 3 / 1.96
    assert wins[0] == pytest.approx(norm.cdf(1 / sd), abs=0.01)
    assert wins[1] == pytest.approx(norm.cdf(1 / (sd * np.sqrt(2))), abs=0.01)
    assert wins[2] > wins[1]
