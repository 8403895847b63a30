"""Differences far smaller than the others: every way to ask about one flip gives the same answer."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.draws.draws import Doubt, Knowledge
from valuemix.analysis.draws.sampling import sample
from valuemix.analysis.draws.score_draws import ScoreDoubt
from valuemix.analysis.draws.simplex import first_shares, pairwise_shares
from valuemix.analysis.robustness.acceptability import acceptability
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.robustness.simplex_ranks import rank_shares
from valuemix.analysis.tradeoffs.flips import flip_to_lead, flip_to_overtake
from valuemix.analysis.tradeoffs.leader_map import leader_regions
from valuemix.analysis.tradeoffs.sweeps import sweep
from valuemix.analysis.tradeoffs.tradeoffs import case_of, tradeoffs
from valuemix.analysis.value.case import Case, additive_scores, leaders_of, swept_weights
from valuemix.files.scenarios.scenario_file import load

FAULTS = Path(__file__).parents[1] / "data" / "faults"
TIE = 1e-9
seeds = st.integers(0, 2**32 - 1)
EXTREMES = [1.0, 1.0, -100.0, -30.0, -5.0, -1.0, 0.0, 1e-5, 0.005, 0.5, 2.0, 9.0, 15.0, 50.0, 100.0]
compensations = st.sampled_from(EXTREMES)


def hard_case(seed, rho, *, segments=1, most_disciplines=6):
    """Random scores, often with two propositions nearly or wholly alike, and weights near 0 and 1."""
    rng = np.random.default_rng(seed)
    shape = segments, rng.integers(2, 6), rng.integers(2, most_disciplines + 1)
    scores = rng.integers(0, 11, shape) / 10 if rng.random() < 0.5 else rng.random(shape)
    scores = np.maximum(scores, rng.choice([0.0, 0.01])) * rng.choice([0.1, 0.3, 1.0])
    kind = rng.random()
    if kind < 0.3:
        apart = rng.choice([1e-3, 1e-5, 1e-7, 1e-8, 4e-9])
        scores[:, 1] = scores[:, 0] + apart * rng.uniform(-1, 1, scores[:, 0].shape)
    elif kind < 0.5:
        scores[:, 1] = scores[:, 0]
        scores[:, 1, 0] += rng.choice([0.0, 1e-6, 0.1])
    weights = rng.dirichlet(np.ones(shape[2]), segments)
    if rng.random() < 0.4:
        first = rng.choice([0.0, 0.002, 0.998, 1.0])
        weights = np.column_stack(
            [np.full(segments, first), (1 - first) * rng.dirichlet(np.ones(shape[2] - 1), segments)]
        )
    return Case(np.clip(scores, 0, 1), weights, rng.dirichlet(np.ones(segments)), rho=rho)


def scored(scores, rho=1.0):
    scores = np.array([scores]) / 10
    disciplines = scores.shape[2]
    return Case(scores, np.full((1, disciplines), 1 / disciplines), np.ones(1), rho=rho)


def test_a_dominated_pair_keeps_its_order_beside_a_score_that_towers_over_both():
    result = acceptability(scored([[1, 1], [0.5, 0.5], [10, 10]], 9.0), Doubt())
    assert result.exact
    assert result.rank_acceptability.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


# The same closed form at any number of disciplines: the rest at night.
@pytest.mark.parametrize("rho", [50.0, -50.0, pytest.param(100.0, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("disciplines", [2, 6, *(pytest.param(n, marks=pytest.mark.nightly) for n in (3, 4))])
@pytest.mark.one_in(2)
def test_shares_at_extreme_compensation_are_those_of_values_from_scratch(rho, disciplines):
    for seed in range(tries(6, 2)):
        rng = np.random.default_rng(seed)
        case = scored(rng.uniform(0.1, 2, (6, disciplines)), rho)
        found = acceptability(case, Doubt(), draws=20_000)
        weights = rng.dirichlet(np.ones(disciplines), (20_000, 1))
        ranks = (case.values(weights=weights)[:, :, None] < case.values(weights=weights)[:, None]).sum(axis=2)
        drawn = np.stack([(ranks == rank).mean(axis=0) for rank in range(6)], axis=1)
        assert found.rank_acceptability == pytest.approx(drawn, abs=0.02)


def test_a_high_compensation_of_two_disciplines_is_answered():
    scenario = load(FAULTS / "compensation_15_crash.json")
    found = robustness(scenario)
    assert found.result.exact
    assert found.result.rank_acceptability[3].tolist() == [1, 0, 0, 0]


def test_stability_and_challenges_tell_the_same_flip_at_high_compensation():
    scenario = load(FAULTS / "compensation_15_switch.json")
    result, case = tradeoffs(scenario), case_of(scenario)
    (switch,) = [piece.to_share for piece in result.sweeps[0].pieces[:-1]]
    moved = result.challenges[0].lead.moved_share
    assert 0.5 - moved == pytest.approx(switch, abs=1e-9)
    leaders = [
        leaders_of(case.values(weights=np.array([[t, 1 - t]]))) for t in (switch - 1e-6, switch + 1e-6)
    ]
    assert [led.tolist() for led in leaders] == [[False, True], [True, False]]


def test_a_tie_at_the_end_of_a_weight_is_no_flip_for_anyone():
    case = Case(np.array([[[0.8, 0.5], [0.4, 0.5]]]), np.array([[0.25, 0.75]]), np.ones(1))
    assert sweep(case, 0).leader_interval == (0, 1)
    assert not flip_to_overtake(case, 1, 0).possible
    assert not flip_to_lead(case, 1).possible


@pytest.mark.parametrize("draw", [acceptability, sample])
def test_near_ties_are_decided_by_what_differs(draw):
    case = scored([[5, 5, 5], [5 + 1e-7, 5 - 5e-8, 5], [2, 3, 4]])
    found = draw(case, Doubt(), draws=40_000).rank_acceptability
    # Ahead where the first weight is more than half the second: two thirds of the simplex.
    assert found[:, 0] == pytest.approx([1 / 3, 2 / 3, 0], abs=0.008)


@settings(max_examples=tries(60), deadline=None)
@given(seed=seeds, rho=compensations)
def test_exact_shares_and_draws_agree_within_the_half_width(seed, rho):
    case = hard_case(seed, rho)
    exact = acceptability(case, Doubt(), draws=4_000)
    drawn = sample(case, Doubt(), draws=4_000, seed=1)
    off = np.abs(exact.rank_acceptability - drawn.rank_acceptability)
    assert (off <= 3 * (drawn.half_width + exact.half_width) + 3e-3).all()
    assert np.abs(exact.pairwise - drawn.pairwise).max() < 0.05


@settings(max_examples=tries(30), deadline=None)
@given(seed=seeds, rho=compensations, segments=st.sampled_from([1, 1, 2]))
def test_a_sweep_a_challenge_and_values_from_scratch_tell_the_same_flips(seed, rho, segments):
    case = hard_case(seed, rho, segments=segments)
    values = case.values()
    today = set(np.flatnonzero(leaders_of(values)).tolist())
    takes_over = set()
    for d in range(case.scores.shape[2]):
        for piece in sweep(case, d).pieces:
            width = piece.to_share - piece.from_share
            if width > TIE:
                inside = piece.from_share + width * np.array([0.02, 0.5, 0.98])
                at = case.values(weights=swept_weights(case, d, inside, range(segments)))
                assert (at[:, list(piece.leaders)] >= at.max(axis=1, keepdims=True) - 1.001 * TIE).all()
            takes_over |= set() if today & set(piece.leaders) else set(piece.leaders)
    leader = min(today)
    for p in set(range(len(values))) - today:
        overtake, lead = flip_to_overtake(case, p, leader), flip_to_lead(case, p)
        assert (overtake.possible and lead.possible) or p not in takes_over
        if overtake.possible and overtake.exact:
            for step, sign in ((1e-5, 1), (-1e-5, -1)):
                weights = np.clip(case.weights + (1 + step) * (overtake.weights - case.weights), 0, 1)
                at = case.values(weights=weights / weights.sum(axis=1, keepdims=True))
                assert sign * (at[p] - at[leader]) >= -2 * TIE


@settings(max_examples=tries(40), deadline=None)
@given(seed=seeds, rho=compensations)
def test_regions_of_the_leader_map_are_led_by_who_is_said_to_lead(seed, rho):
    case = hard_case(seed, rho)
    if case.scores.shape[2] < 3:
        return
    for region in leader_regions(case, 0, 1) or ():
        if region.area_share > 1e-3:
            first, second = region.corners.mean(axis=0)
            others = case.weights[0].copy()
            others[:2] = 0
            others = others / others.sum() if others.sum() > 1e-12 else np.r_[0, 0, np.ones(len(others) - 2)]
            weights = (1 - first - second) * others / others.sum()
            weights[:2] = first, second
            at = case.values(weights=weights[None])
            assert (at[list(region.leaders)] >= at.max() - 2 * TIE).all()


def test_a_score_that_is_nothing_beside_the_others_is_left_to_draws():
    case = scored([[1e-4, 2e-4], [2e-4, 1e-4], [10, 10]], 100.0)
    assert additive_scores(case) is None
    assert not acceptability(case, Doubt(), draws=100).exact


@pytest.mark.parametrize("disciplines", [1, 2, 5, 6])
def test_first_ranks_of_very_many_or_very_near_propositions_are_answered(disciplines):
    rng = np.random.default_rng(0)
    near = 0.5 + 1e-8 * rng.random((45, disciplines))
    found = first_shares(near)
    assert found is None or found.shares.sum() == pytest.approx(1, abs=1e-6)
    case = Case(near[None], np.full((1, disciplines), 1 / disciplines), np.ones(1))
    assert acceptability(case, Doubt(), draws=200).rank_acceptability.sum(axis=0) == pytest.approx(1)


def test_first_ranks_of_two_disciplines_are_the_stretches_that_each_leads():
    points = np.array([[1.0, 0.0], [0.25, 0.25], [0.0, 0.5], [0.0, 0.5], [-1.0, -1.0]])
    found = first_shares(points)
    assert found.shares == pytest.approx([2 / 3, 0, 1 / 6, 1 / 6, 0])
    assert found.central_weights[0] == pytest.approx([2 / 3, 1 / 3])


def test_pairs_of_all_sizes_are_told_apart():
    points = np.array([[1.0, 1.0], [1e-40, 3e-40], [2e-40, 1e-40], [2e-40, 1e-40]])
    assert pairwise_shares(points)[1] == pytest.approx([0, 0.5, 2 / 3, 2 / 3])
    assert rank_shares(points).shares[1] == pytest.approx([0, 2 / 3, 0, 1 / 3])


def off_by_a_tenth(scores):
    every = np.ones(scores.shape, dtype=bool)
    return ScoreDoubt(
        scores,
        0.9 * scores,
        scores,
        every,
        ~every,
        np.zeros(every.shape, dtype=int),
        interval=False,
        halo=0.0,
    )


def counted_calls(monkeypatch, case, doubt):
    """How often values or weights of a segment are drawn, which is what time goes by."""
    from valuemix.analysis.draws import sampling

    calls = [0]
    chunks = sampling._chunks

    def counted(draws, size):
        for each in chunks(draws, size):
            calls[0] += len(case.sizes)
            yield each

    with monkeypatch.context() as patch:
        patch.setattr(sampling, "_chunks", counted)
        acceptability(case, doubt(case), draws=2_000)
    return calls[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "doubt",
    [
        lambda _: Doubt(Knowledge("within", 0.1)),
        lambda case: Doubt(Knowledge("within", 0.1), scores=off_by_a_tenth(case.scores)),
    ],
)
@pytest.mark.one_in(2)
def test_the_work_of_draws_grows_with_the_number_of_segments_and_no_faster(monkeypatch, doubt):
    work = []
    for segments in (150, 450):
        rng = np.random.default_rng(0)
        weights, sizes = rng.dirichlet(np.ones(3), segments), rng.dirichlet(np.ones(segments))
        case = Case(rng.random((segments, 3, 3)), weights, sizes)
        work.append(counted_calls(monkeypatch, case, doubt))
    assert work[1] <= 3 * work[0]
