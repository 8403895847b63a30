"""Acceptability by drawing: laws of the counts, exact shares as the oracle, degenerate cases."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from scipy.stats import triang

from valuemix.analysis.draws.drawn_values import drawn_values, mean_of_draws
from valuemix.analysis.draws.draws import Doubt, Knowledge, knowledge_simplices, weight_sampler
from valuemix.analysis.draws.sampling import sample
from valuemix.analysis.draws.score_draws import ScoreDoubt
from valuemix.analysis.draws.tally import Tally
from valuemix.analysis.robustness.acceptability import acceptability
from valuemix.analysis.value.case import Case, leaders_of
from valuemix.means import power_mean

seeds = st.integers(0, 2**32 - 1)


def random_case(seed, *, segments=None, disciplines=None, integer=False, missing=0.0, **settings):
    rng = np.random.default_rng(seed)
    g, p, d = segments or rng.integers(1, 4), rng.integers(1, 8), disciplines or rng.integers(2, 13)
    scores = rng.integers(0, 11, (g, p, d)) / 10 if integer else rng.random((g, p, d))
    holes = rng.random((g, p, d)) < missing
    holes[..., 0] = False
    points = rng.integers(0, 10, (g, d)) + (np.arange(d) == 0) if integer else rng.random((g, d))
    sizes = rng.random(g) + 0.05
    return Case(
        np.where(holes, np.nan, scores),
        points / points.sum(axis=1, keepdims=True),
        sizes / sizes.sum(),
        **settings,
    )


def ranges(case, low, high):
    """Scores between limits, each by itself in every segment."""
    every = np.ones(case.scores.shape, dtype=bool)
    return ScoreDoubt(
        case.scores, low, high, every, ~every, np.zeros(every.shape, dtype=int), interval=False, halo=0.0
    )


def doubts(case, name):
    g, p, d = case.scores.shape
    return {
        "unknown": Doubt(),
        "order": Doubt(Knowledge("order")),
        "within": Doubt(Knowledge("within", 0.1)),
        "one segment": Doubt(segments=(0,)),
        "scores": Doubt(
            Knowledge("within", 0.05),
            scores=ranges(case, np.clip(case.scores - 0.1, 0, 1), case.scores),
        ),
        "intervals": Doubt(
            Knowledge("within", 0.05),
            shared=True,
            scores=replace(ranges(case, case.scores / 2, case.scores), interval=True, halo=0.5),
        ),
        "shared": Doubt(Knowledge("within", 0.1), shared=True),
        "sizes": Doubt(Knowledge("order"), sizes_within=0.2),
        "nothing": Doubt(Knowledge("within", 0.0)),
        "drawn": Doubt(score_draws=np.random.default_rng(5).random((300, g, p, d))),
    }[name]


DOUBTS = [
    "unknown",
    "order",
    "within",
    "one segment",
    "scores",
    "intervals",
    "shared",
    "sizes",
    "nothing",
    "drawn",
]


@settings(max_examples=tries(400), deadline=None)
@given(
    seed=seeds,
    name=st.sampled_from(DOUBTS),
    integer=st.booleans(),
    missing=st.sampled_from([0.0, 0.3]),
    powers=st.sampled_from([(1.0, 0.0), (0.5, 1.0), (0.0, 0.0), (float("-inf"), 0.0), (-30.0, 2.0)]),
)
def test_every_row_and_column_of_ranks_sums_to_one(seed, name, integer, missing, powers):
    case = random_case(seed, integer=integer, missing=missing, rho=powers[0], eps=powers[1])
    result = sample(case, doubts(case, name), draws=300, seed=seed)
    assert result.rank_acceptability.sum(axis=0) == pytest.approx(1, abs=1e-9)
    assert result.rank_acceptability.sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert result.pairwise + result.pairwise.T == pytest.approx(1, abs=1e-9)
    ranks = np.arange(1, len(result.pairwise) + 1)
    # Ranks and pairs are counted apart and must agree on the mean rank.
    assert result.rank_acceptability @ ranks == pytest.approx(0.5 + result.pairwise.sum(axis=0), abs=1e-6)
    wins = result.rank_acceptability[:, 0] > 0
    assert np.isnan(result.central_weights).any(axis=(1, 2)).tolist() == (~wins).tolist()
    assert np.isnan(result.confidence).tolist() == (~wins).tolist()
    assert result.central_weights[wins].sum(axis=-1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", DOUBTS)
@pytest.mark.parametrize("seed", [0, 1, 12345678901234567890])
def test_the_same_seed_gives_the_same_numbers(name, seed):
    case = random_case(3, segments=2, disciplines=4)
    first, second = (sample(case, doubts(case, name), draws=2000, seed=seed) for _ in range(2))
    for field in ("rank_acceptability", "pairwise", "central_weights", "confidence"):
        assert np.array_equal(getattr(first, field), getattr(second, field), equal_nan=True)


def test_another_seed_gives_other_numbers_and_zero_is_a_seed():
    case = random_case(3, segments=1, disciplines=4)
    results = [sample(case, Doubt(), draws=2000, seed=seed).rank_acceptability for seed in (0, 1, 2)]
    assert not np.array_equal(results[0], results[1])
    assert not np.array_equal(results[0], results[2])


@pytest.mark.parametrize("kind", ["unknown", "order"])
@pytest.mark.parametrize("integer", [False, True])
@pytest.mark.parametrize("disciplines", [2, 3, 4])
@pytest.mark.one_in(5)
def test_draws_agree_with_exact_shares_within_their_half_width(kind, integer, disciplines):
    inside = total = 0
    for seed in range(8):
        case = random_case(seed, segments=1, disciplines=disciplines, integer=integer)
        doubt = Doubt(Knowledge(kind))
        exact = acceptability(case, doubt)
        drawn = sample(case, doubt, draws=40_000, seed=seed)
        assert exact.exact
        assert not drawn.exact
        off = abs(exact.rank_acceptability - drawn.rank_acceptability)
        assert (off <= 2.5 * drawn.half_width + 2e-4).all()
        inside += (off <= drawn.half_width + 1e-9).sum()
        total += off.size
        assert drawn.pairwise == pytest.approx(exact.pairwise, abs=0.013)
        clear = exact.rank_acceptability[:, 0] > 0.05
        assert drawn.central_weights[clear] == pytest.approx(exact.central_weights[clear], abs=0.02)
    assert inside / total > 0.88


def test_overall_under_one_segments_weights_is_exact_too():
    for seed in range(5):
        case = random_case(seed, segments=3, disciplines=4)
        doubt = Doubt(segments=(1,))
        exact, drawn = acceptability(case, doubt), sample(case, doubt, draws=40_000)
        assert exact.exact
        assert exact.rank_acceptability == pytest.approx(drawn.rank_acceptability, abs=0.013)
        ever = ~np.isnan(exact.central_weights[:, 0, 0])
        assert exact.central_weights[ever][:, [0, 2]] == pytest.approx(
            np.broadcast_to(case.weights[[0, 2]], (ever.sum(), 2, 4))
        )


@pytest.mark.parametrize("rho", [0.5, 0.0, -1.0, 2.0])
def test_any_compensation_is_exact_within_a_segment(rho):
    case = random_case(1, segments=1, disciplines=4, rho=rho)
    exact = acceptability(case, Doubt())
    assert exact.exact
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.ones(4), 40_000)[:, None]
    leads = leaders_of(case.values(weights=weights)).mean(axis=0)
    assert exact.first_exact == pytest.approx(leads, abs=0.013)


@pytest.mark.parametrize("disciplines", [5, 6, 9, 12])
def test_more_disciplines_have_exact_pairs_and_say_what_is_drawn(disciplines):
    case = random_case(4, segments=1, disciplines=disciplines)
    result = acceptability(case, Doubt(), draws=40_000)
    assert not result.exact
    assert result.pairwise_exact
    assert (result.first_exact is not None) == (disciplines <= 6)
    drawn = sample(case, Doubt(), draws=40_000)
    assert result.pairwise == pytest.approx(drawn.pairwise, abs=0.013)
    if result.first_exact is not None:
        assert result.first_exact == pytest.approx(drawn.rank_acceptability[:, 0], abs=0.013)


def test_where_all_ranks_cannot_be_had_the_rest_stays_exact_and_ranks_are_drawn():
    case = Case(np.random.default_rng(2).random((1, 41, 3)), np.full((1, 3), 1 / 3), np.ones(1))
    result = acceptability(case, Doubt(), draws=20_000)
    assert (result.exact, result.pairwise_exact, result.draws) == (False, True, 20_000)
    assert result.rank_acceptability[:, 0] == pytest.approx(result.first_exact, abs=0.015)


@pytest.mark.parametrize(
    "change",
    [
        {"rho": 0.5},
        {"eps": 1.0},
        {"scores": np.where(np.arange(4) == 1, np.nan, 0.4) + np.zeros((2, 3, 4))},
    ],
)
def test_what_is_not_linear_is_drawn_and_says_so(change):
    case = replace(random_case(4, segments=2, disciplines=4), **change)
    result = acceptability(case, Doubt(segments=(0,)), draws=500)
    assert not result.exact
    assert result.draws == 500


def test_missing_scores_are_valued_in_every_draw_as_today():
    case = random_case(11, segments=2, disciplines=4, missing=0.4)
    assert np.isnan(case.scores).any()
    rng = np.random.default_rng(1)
    weights = rng.dirichlet(np.ones(4), (40_000, 2))
    expected = leaders_of(case.values(weights=weights)).mean(axis=0)
    assert sample(case, Doubt(), draws=40_000).rank_acceptability[:, 0] == pytest.approx(expected, abs=0.013)


@settings(max_examples=tries(300), deadline=None)
@given(
    seed=seeds,
    exponent=st.sampled_from([1.0, 0.5, 0.0, 1e-7, -1.0, -3.0, 7.0, 50.0, float("inf"), float("-inf")]),
    missing=st.booleans(),
    fixed=st.booleans(),
)
def test_the_mean_of_many_draws_is_the_power_mean_of_each(seed, exponent, missing, fixed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.random((3, 4, 1 if fixed else 6)), 1)
    if missing:
        x[rng.random(x.shape) < 0.3] = np.nan
    weights = np.round(rng.random((4, 6)), 1)
    weights /= np.maximum(weights.sum(axis=0), 0.1)
    expected = power_mean(np.moveaxis(np.broadcast_to(x, (3, 4, 6)), 1, -1), weights.T, exponent)
    assert mean_of_draws(x, weights, exponent) == pytest.approx(expected, abs=1e-9, nan_ok=True)


@settings(max_examples=tries(300), deadline=None)
@given(seed=seeds, within=st.sampled_from([0.0, 0.01, 0.05, 0.2, 1.0]), integer=st.booleans())
def test_weights_within_some_points_stay_within_them(seed, within, integer):
    case = random_case(seed, segments=1, integer=integer)
    today = case.weights[0]
    drawn = weight_sampler(today, Knowledge("within", within), np.random.default_rng(seed))(200)
    assert drawn.shape == (len(today), 200)
    assert drawn.sum(axis=0) == pytest.approx(1, abs=1e-6)
    assert (abs(drawn - today[:, None]) <= within + 1e-6).all()
    assert (drawn >= -1e-7).all()


@pytest.mark.parametrize(
    "today", [[0.25, 0.25, 0.25, 0.25], [1.0, 0.0, 0.0, 0.0], [0.6, 0.3, 0.05, 0.05], [0.0, 0.1, 0.9, 0.0]]
)
@pytest.mark.parametrize("within", [0.1, 0.4])
@pytest.mark.one_in(3)
def test_weights_within_some_points_are_uniform(today, within):
    today = np.array(today)
    drawn = weight_sampler(today, Knowledge("within", within), np.random.default_rng(0))(20_000)
    plain = np.random.default_rng(1).dirichlet(np.ones(4), tries(3_000_000, 1_200_000)).T
    plain = plain[:, (abs(plain - today[:, None]) <= within).all(axis=0)]
    assert plain.shape[1] > 1000
    error = 5 * plain.std(axis=1) * np.sqrt(1 / plain.shape[1] + 1 / 20_000)
    assert (abs(drawn.mean(axis=1) - plain.mean(axis=1)) < error).all()
    assert drawn.std(axis=1) == pytest.approx(plain.std(axis=1), rel=0.08)


def test_twelve_disciplines_can_be_drawn_from_any_box():
    for today in (np.full(12, 1 / 12), np.eye(12)[0], np.r_[0.5, 0.5, np.zeros(10)]):
        drawn = weight_sampler(today, Knowledge("within", 0.05), np.random.default_rng(0))(1000)
        assert (abs(drawn - today[:, None]) <= 0.05 + 1e-6).all()


@pytest.mark.parametrize(
    "today", [[0.4, 0.3, 0.2, 0.1], [0.3, 0.3, 0.2, 0.2], [0.25] * 4, [0.2, 0.4, 0.2, 0.2]]
)
def test_weights_in_order_keep_it_and_leave_equal_ones_free(today):
    today = np.array(today)
    drawn = weight_sampler(today, Knowledge("order"), np.random.default_rng(0))(20_000)
    plain = np.random.default_rng(1).dirichlet(np.ones(4), 300_000).T
    for i in range(4):
        for j in range(4):
            if today[i] > today[j]:
                assert (drawn[i] >= drawn[j]).all()
                plain = plain[:, plain[i] >= plain[j]]
    assert drawn.mean(axis=1) == pytest.approx(plain.mean(axis=1), abs=0.01)
    assert drawn.std(axis=1) == pytest.approx(plain.std(axis=1), abs=0.01)
    simplices = knowledge_simplices(today, Knowledge("order"))
    assert np.mean(simplices, axis=(0, 2)) == pytest.approx(plain.mean(axis=1), abs=0.01)


def test_too_many_orders_are_left_to_draws():
    assert knowledge_simplices(np.r_[0.5, np.full(5, 0.1)], Knowledge("order")) is None
    case = random_case(4, segments=1, disciplines=6)
    case = replace(case, weights=np.r_[0.5, np.full(5, 0.1)][None])
    assert not acceptability(case, Doubt(Knowledge("order")), draws=200).pairwise_exact


@pytest.mark.parametrize("halo", [0.0, 0.5])
@pytest.mark.parametrize("high", [0.3, 0.8, 1.0])
def test_triangular_draws_have_the_distribution(halo, high):
    low, mode = 0.2, 0.3
    case = Case(np.array([[[mode]]]), np.ones((1, 1)), np.ones(1))
    scores = replace(ranges(case, case.scores - 0.1, case.scores + high - mode), halo=halo)
    doubt = Doubt(scores=scores)
    drawn = drawn_values(case, doubt, np.random.default_rng(0), 0, 100_000, [np.ones((1, 1, 1))])[0][0]
    expected = triang((mode - low) / (high - low), low, high - low)
    assert low <= drawn.min() <= drawn.max() <= high
    for share in (0.05, 0.3, 0.6, 0.95):
        assert np.quantile(drawn, share) == pytest.approx(expected.ppf(share), abs=0.006)


@pytest.mark.parametrize("one", [True, False])
def test_one_draw_counts_in_every_segment_where_it_should(one):
    case = Case(np.full((2, 1, 1), 0.5), np.ones((2, 1)), np.full(2, 0.5))
    scores = replace(
        ranges(case, case.scores - 0.3, case.scores + 0.3), one=np.full(case.scores.shape, one), halo=0.0
    )
    (drawn,) = drawn_values(
        case, Doubt(scores=scores), np.random.default_rng(0), 0, 20_000, [np.ones((2, 1, 1))]
    )
    # The mean of two independent errors has a half of the variance.
    assert drawn.var() == pytest.approx(0.3**2 / 6 * (1 if one else 0.5), rel=0.05)


def test_scores_drawn_from_any_distribution_count_as_they_are():
    rng = np.random.default_rng(3)
    outcomes = rng.beta([[[8, 3], [5, 5]]], [[[4, 9], [5, 5]]], (20_000, 1, 2, 2))
    case = Case(outcomes.mean(axis=0), np.array([[0.5, 0.5]]), np.ones(1))
    result = sample(case, Doubt(Knowledge("within", 0.0), score_draws=outcomes), draws=5)
    assert result.draws == 20_000
    values = outcomes[:, 0] @ np.array([0.5, 0.5])
    assert result.pairwise[0, 1] == pytest.approx((values[:, 0] > values[:, 1]).mean(), abs=1e-9)
    assert result.confidence[0] == pytest.approx((values[:10_000, 0] > values[:10_000, 1]).mean(), abs=1e-9)


def test_confidence_is_what_score_draws_leave_of_a_win_at_the_central_weights():
    case = Case(np.array([[[0.6, 0.6], [0.5, 0.5]]]), np.array([[0.5, 0.5]]), np.ones(1))
    certain = sample(case, Doubt(), draws=1000)
    assert certain.confidence[0] == 1
    assert np.isnan(certain.confidence[1])
    doubt = Doubt(scores=ranges(case, case.scores - 0.3, case.scores + 0.3))
    result = sample(case, doubt, draws=10_000)
    assert 0.6 < result.confidence[0] < 0.95
    assert result.confidence_draws == 10_000


@pytest.mark.parametrize("name", DOUBTS)
def test_one_proposition_is_first_in_every_draw(name):
    case = Case(np.array([[[0.2, 0.7, 0.4]]]), np.array([[0.2, 0.3, 0.5]]), np.ones(1))
    result = sample(case, doubts(case, name), draws=100)
    assert result.rank_acceptability.tolist() == [[1.0]]
    assert result.half_width.tolist() == [[0.0]]
    assert result.confidence.tolist() == [1.0]


@pytest.mark.parametrize("name", ["unknown", "order", "within", "sizes", "nothing"])
@pytest.mark.parametrize("rho", [1.0, 0.5])
def test_identical_propositions_split_every_rank(name, rho):
    scores = np.tile(np.array([[0.3, 0.6, 0.5], [0.4, 0.2, 0.6], [0.3, 0.6, 0.5]]), (2, 1, 1))
    case = Case(scores, np.array([[0.2, 0.3, 0.5]] * 2), np.array([0.5, 0.5]), rho=rho)
    result = sample(case, doubts(case, name), draws=500)
    assert result.rank_acceptability[0] == pytest.approx(result.rank_acceptability[2], abs=1e-12)
    assert result.pairwise[0, 2] == pytest.approx(0.5, abs=1e-12)
    assert result.central_weights[0] == pytest.approx(result.central_weights[2], abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", ["unknown", "order", "within", "sizes", "nothing"])
def test_equal_scores_share_all_ranks_equally(name):
    case = Case(np.full((2, 4, 3), 0.5), np.array([[0.2, 0.3, 0.5]] * 2), np.array([0.5, 0.5]))
    result = sample(case, doubts(case, name), draws=500)
    assert result.rank_acceptability == pytest.approx(np.full((4, 4), 0.25), abs=1e-9)
    assert result.pairwise == pytest.approx(np.full((4, 4), 0.5), abs=1e-9)


def test_a_weight_of_everything_can_be_in_doubt():
    case = Case(np.array([[[0.2, 0.7], [0.4, 0.1]]]), np.array([[0.0, 1.0]]), np.ones(1))
    result = sample(case, Doubt(Knowledge("within", 0.1)), draws=1000)
    assert result.rank_acceptability.tolist() == [[1, 0], [0, 1]]


def test_progress_runs_to_the_end():
    case = random_case(3, segments=2, disciplines=4)
    for name in ("unknown", "scores"):
        seen: list[tuple[int, int]] = []
        sample(
            case,
            doubts(case, name),
            draws=30_000,
            progress=lambda done, total, seen=seen: seen.append((done, total)),
        )
        assert seen[-1] == (30_000, 30_000)
        assert len(seen) > 1
        assert seen == sorted(seen)


def test_no_draws_and_draws_of_another_shape_are_refused():
    case = random_case(3, segments=2, disciplines=4)
    with pytest.raises(ValueError, match="draws must be 1 or more, got 0"):
        sample(case, Doubt(), draws=0)
    with pytest.raises(ValueError, match="drawn scores of shape"):
        sample(case, Doubt(score_draws=np.zeros((5, 1, 1, 1))))


def test_three_hundred_propositions_are_counted_right():
    tally = Tally(300, 1)
    values = np.arange(300, dtype=np.float32)[:, None] + np.zeros((1, 2), np.float32)
    tally.add_strict(values, np.ones((1, 2), np.float32), [None] * 300)
    assert np.array_equal(tally.ranks, 2 * np.eye(300)[::-1])
    ties = Tally(300, 1)
    ties.add(np.zeros((300, 2)), np.ones((1, 2), np.float32))
    assert ties.ranks == pytest.approx(np.full((300, 300), 2 / 300))


def test_million_draws_take_little_memory():
    import tracemalloc

    case = random_case(3, segments=1, disciplines=4)
    case = replace(case, scores=np.random.default_rng(0).random((1, 20, 4)))
    tracemalloc.start()
    sample(case, Doubt(), draws=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 2**20


def test_a_chain_of_near_ties_is_one_tie():
    tally = Tally(4, 1)
    tally.add(np.array([[0.5], [0.5 + 0.8e-9], [0.5 + 1.6e-9], [0.2]]), np.ones((1, 1)))
    assert tally.ranks[:3, :3] == pytest.approx(np.full((3, 3), 1 / 3))
    assert tally.ranks[3].tolist() == [0, 0, 0, 1]
