"""Levers and the map of two weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.tradeoffs.leader_map import leader_grid, leader_regions, paired_weights
from valuemix.analysis.tradeoffs.levers import levers
from valuemix.analysis.value.case import Case, leaders_of

seeds = st.integers(0, 2**32 - 1)


def random_case(seed, *, segments=None, integer=False, **powers):
    rng = np.random.default_rng(seed)
    g, p, d = segments or rng.integers(1, 4), rng.integers(1, 8), rng.integers(3, 7)
    scores = rng.integers(0, 11, (g, p, d)) / 10 if integer else rng.random((g, p, d))
    points = rng.integers(1, 10, (g, d)) if integer else rng.random((g, d)) + 0.01
    sizes = rng.random(g) + 0.05
    return Case(scores, points / points.sum(axis=1, keepdims=True), sizes / sizes.sum(), **powers)


def test_a_lever_of_a_score_moves_the_lead_by_its_weight_and_size():
    case = random_case(5, segments=2)
    leader = int(np.argmax(case.values()))
    for lever in levers(case, score_share=0.01):
        if lever.kind == "score" and lever.proposition == leader:
            expected = case.sizes[lever.segment] * case.weights[lever.segment, lever.discipline]
            assert lever.swing == pytest.approx(expected * (lever.high_input - lever.low_input))


def test_levers_are_sorted_and_stay_on_the_scale():
    found = levers(random_case(6, segments=3, integer=True))
    swings = [lever.swing for lever in found]
    assert swings == sorted(swings, reverse=True)
    assert {lever.kind for lever in found} == {"weight", "score", "size"}
    assert all(0 <= lever.low_input <= lever.high_input <= 1 for lever in found)


def test_a_lever_that_costs_the_lead_is_negative():
    case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.45, 0.55]]), np.ones(1))
    weight = next(lever for lever in levers(case) if lever.kind == "weight" and lever.discipline == 0)
    assert weight.low_lead < 0 < weight.high_lead


def test_the_lead_is_that_over_the_best_other_whoever_it_is():
    case = Case(np.array([[[0.8], [0.7], [0.65]]]), np.ones((1, 1)), np.ones(1))
    third = next(lever for lever in levers(case) if lever.proposition == 2)
    assert third.low_lead == pytest.approx(0.1)
    assert third.high_lead == pytest.approx(0.05)


def test_one_proposition_has_no_lead_to_move_and_equal_ones_do():
    assert levers(Case(np.array([[[0.8, 0.2]]]), np.array([[0.5, 0.5]]), np.ones(1))) == ()
    assert levers(Case(np.full((1, 2, 2), 0.5), np.array([[0.5, 0.5]]), np.ones(1)))


def test_missing_scores_have_no_lever():
    case = Case(np.array([[[0.8, np.nan], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.ones(1))
    named = {(lever.proposition, lever.discipline) for lever in levers(case) if lever.kind == "score"}
    assert (0, 1) not in named
    assert (0, 0) in named


@settings(max_examples=tries(200), deadline=None)
@given(
    seed=seeds,
    integer=st.booleans(),
    rho=st.sampled_from([1.0, 0.5, 2.0]),
    one=st.booleans(),
)
def test_regions_fill_the_map_and_their_leaders_lead_in_them(seed, integer, rho, one):
    case = random_case(seed, integer=integer, segments=1 if rho != 1 else None, rho=rho)
    segments = [0] if one else None
    regions = leader_regions(case, 0, 2, segments)
    assert sum(region.area_share for region in regions) == pytest.approx(1, abs=1e-9)
    for region in regions:
        if region.area_share < 1e-4:
            continue
        middle = region.corners.mean(axis=0)
        inside = middle + 0.98 * (region.corners - middle)
        weights = paired_weights(case, 0, 2, np.vstack([inside, middle]), segments)
        assert (leaders_of(case.values(weights=weights))[:, list(region.leaders)]).all()


def test_today_lies_in_a_region_of_todays_leader():
    for seed in range(30):
        case = random_case(seed, segments=1)
        today = case.weights[0, [0, 1]]
        assert paired_weights(case, 0, 1, today[None])[0, 0] == pytest.approx(case.weights[0])


@pytest.mark.parametrize("powers", [{"rho": 0.5}, {"eps": 1.0}])
def test_a_map_that_is_not_linear_has_a_grid(powers):
    case = random_case(8, segments=2, **powers)
    assert leader_regions(case, 0, 1) is None
    grid = leader_grid(case, 0, 1, steps=20)
    assert (grid[np.add.outer(np.arange(21), np.arange(21)) > 20] == -1).all()
    assert set(np.unique(grid)) <= set(range(-1, case.scores.shape[1]))
    assert grid[0, 20] == np.argmax(case.values(weights=paired_weights(case, 0, 1, np.array([[1.0, 0]])))[0])


def test_grid_and_regions_agree():
    case = random_case(9, segments=2)
    grid = leader_grid(case, 0, 1, steps=100)
    shares = np.bincount(grid[grid >= 0], minlength=case.scores.shape[1]) / (grid >= 0).sum()
    for region in leader_regions(case, 0, 1):
        assert shares[region.leaders[0]] == pytest.approx(region.area_share, abs=0.03)


def test_identical_propositions_share_their_region():
    case = Case(np.full((1, 2, 3), 0.5), np.array([[0.2, 0.3, 0.5]]), np.ones(1))
    (region,) = leader_regions(case, 0, 1)
    assert region.leaders == (0, 1)
    assert region.area_share == 1
