"""Sweeps of one weight: closed forms against a root finder, and what the pieces claim."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from scipy.optimize import brentq

from valuemix.analysis.tradeoffs.sweeps import sweep
from valuemix.analysis.value.case import Case, additive_scores, leaders_of, swept_weights
from valuemix.analysis.value.crossings import searched_crossings
from valuemix.analysis.value.scoring import ranks

TIE = 1e-9


def random_case(seed, *, integer=False, missing=0.0, segments=None, rho=1.0, eps=0.0):
    rng = np.random.default_rng(seed)
    g, p, d = segments or rng.integers(1, 5), rng.integers(1, 8), rng.integers(2, 7)
    scores = rng.integers(0, 11, (g, p, d)) / 10 if integer else rng.random((g, p, d))
    holes = rng.random((g, p, d)) < missing
    holes[..., 0] &= ~holes.all(axis=-1)
    scores = np.where(holes, np.nan, scores)
    points = rng.integers(1, 20, (g, d)) if integer else rng.random((g, d))
    sizes = rng.random(g) + 0.05
    return Case(scores, points / points.sum(1, keepdims=True), sizes / sizes.sum(), rho, eps)


def values_on(case, discipline, segments, shares):
    return case.values(weights=swept_weights(case, discipline, np.asarray(shares), segments))


seeds = st.integers(0, 2**32 - 1)


@pytest.mark.slow
@settings(max_examples=tries(500), deadline=None)
@given(seed=seeds, integer=st.booleans())
def test_the_closed_form_crossings_are_those_of_a_root_finder(seed, integer):
    case = random_case(seed, integer=integer)
    everywhere = list(range(len(case.sizes)))
    result = sweep(case, 0)
    assert result.exact
    found = {(min(b, a), max(b, a)): t for t, b, a in crossing_rows(result)}
    low, high = values_on(case, 0, everywhere, [0.0, 1.0])
    for a in range(len(low)):
        for b in range(a + 1, len(low)):
            ends = low[a] - low[b], high[a] - high[b]
            if ends[0] * ends[1] >= 0:
                continue

            def gap(t, a=a, b=b):
                values = values_on(case, 0, everywhere, [t])[0]
                return values[a] - values[b]

            if max(map(abs, ends)) > 1e-6:
                assert found[a, b] == pytest.approx(brentq(gap, 0, 1, xtol=1e-14), abs=1e-9)


def crossing_rows(result):
    found = result.crossings
    return list(zip(found.shares.tolist(), found.before.tolist(), found.after.tolist(), strict=True))


@pytest.mark.slow
@settings(max_examples=tries(300), deadline=None)
@given(
    seed=seeds,
    missing=st.sampled_from([0.0, 0.3]),
    rho=st.sampled_from([1.0, 0.5, 0.0, -2.0, 3.0]),
    segments=st.sampled_from([1, 3]),
    integer=st.booleans(),
)
def test_whoever_is_said_to_lead_a_piece_leads_inside_it(seed, missing, rho, segments, integer):
    case = random_case(seed, missing=missing, rho=rho, segments=segments, integer=integer)
    swept = [int(seed % segments)]
    result = sweep(case, 1, swept)
    assert result.pieces[0].from_share == 0
    assert result.pieces[-1].to_share == 1
    for before, after in zip(result.pieces, result.pieces[1:], strict=False):
        assert before.to_share == after.from_share
        assert before.leaders != after.leaders
    for piece in result.pieces:
        width = piece.to_share - piece.from_share
        if width < 1e-3:
            continue
        inside = piece.from_share + width * np.linspace(0.01, 0.99, 23)
        led = leaders_of(values_on(case, 1, swept, inside))
        assert (led[:, list(piece.leaders)]).all()
        assert (led.sum(axis=1) == len(piece.leaders)).mean() > 0.9


@pytest.mark.slow
@settings(max_examples=tries(200), deadline=None)
@given(seed=seeds, rho=st.sampled_from([0.5, 0.0, -1.0, 2.0]), missing=st.sampled_from([0.0, 0.25]))
def test_within_a_segment_every_compensation_has_the_crossings_of_the_root_finder(seed, rho, missing):
    case = random_case(seed, segments=1, rho=rho, missing=missing)
    result = sweep(case, 1)
    assert result.exact
    searched = searched_crossings(lambda t: values_on(case, 1, [0], t))
    values = values_on(case, 1, [0], np.linspace(0, 1, 201))
    for t, before, after in zip(searched.shares, searched.before, searched.after, strict=True):
        near = [s for s, b, a in crossing_rows(result) if (b, a) == (before, after)]
        if np.nanmax(abs(values[:, before] - values[:, after])) > 1e-6:
            assert min(abs(np.array(near) - t)) < 1e-6


@settings(max_examples=tries(200), deadline=None)
@given(seed=seeds, integer=st.booleans(), segments=st.sampled_from([1, 3]))
def test_todays_leaders_lead_within_the_interval_and_not_beyond_it(seed, integer, segments):
    case = random_case(seed, integer=integer, segments=segments)
    result = sweep(case, 1, [0])
    low, high = result.leader_interval
    assert low <= result.today_share <= high
    assert result.order_interval[0] >= low
    assert result.order_interval[1] <= high
    today = list(result.leaders)
    inside = low + (high - low) * np.linspace(0, 1, 11)
    values = values_on(case, 1, [0], inside)
    assert (values[:, today] >= values.max(axis=1, keepdims=True) - 3 * TIE).all()
    beyond = [t for t in (low - 1e-4, high + 1e-4) if 0 < t < 1]
    for t, values in zip(beyond, values_on(case, 1, [0], beyond), strict=True):
        crossing = [s for s, b, a in crossing_rows(result) if abs(s - t) < 2e-4]
        if len(crossing) == 1 and len(today) == 1:
            assert not leaders_of(values)[today].all()


@pytest.mark.parametrize(("rho", "eps"), [(0.5, 0.0), (1.0, 2.0), (0.0, 1.0), (-1.0, 0.5)])
def test_overall_values_that_are_not_linear_are_searched_and_say_so(rho, eps):
    for seed in range(tries(20)):
        case = random_case(seed, segments=3, rho=rho, eps=eps)
        result = sweep(case, 0, [1])
        assert not result.exact
        for share, before, after in crossing_rows(result):
            values = values_on(case, 0, [1], [share])[0]
            assert values[before] == pytest.approx(values[after], abs=1e-9)


def test_a_zero_score_without_compensation_is_searched_and_says_so():
    case = Case(np.array([[[0.0, 0.9], [0.4, 0.5]]]), np.array([[0.5, 0.5]]), np.ones(1), rho=0.0)
    assert additive_scores(case) is None
    result = sweep(case, 0)
    assert not result.exact
    assert result.leaders == (1,)
    # With no weight on its zero score the first has 0.9; with any, it has nothing.
    assert result.leader_interval[0] < 1e-9


def test_a_missing_score_may_make_a_pair_cross_twice():
    scores = np.array([[[1.0, 0.1, 0.1], [0.9, 0.0, np.nan]]])
    case = Case(scores, np.array([[0.3, 0.07, 0.63]]), np.ones(1))
    result = sweep(case, 0)
    assert result.exact
    assert [after for _, _, after in crossing_rows(result)] == [1, 0]
    assert [piece.leaders for piece in result.pieces] == [(0,), (1,), (0,)]
    for share in result.crossings.shares:
        values = values_on(case, 0, [0], [share])[0]
        assert values[0] == pytest.approx(values[1], abs=1e-12)


def test_a_score_missing_where_it_changes_nothing_never_crosses():
    scores = np.array([[[0.5, 0.9, 0.1], [np.nan, 0.9, 0.1]]])
    result = sweep(Case(scores, np.array([[0.2, 0.4, 0.4]]), np.ones(1)), 0)
    assert len(result.crossings.shares) == 0
    assert result.leaders == (0, 1)


def test_all_weight_on_a_missing_score_keeps_the_value_from_just_before():
    case = Case(np.array([[[np.nan, 0.6], [0.9, 0.2]]]), np.array([[0.5, 0.5]]), np.ones(1))
    result = sweep(case, 0)
    assert result.values[-1, 0] == pytest.approx(0.6)
    assert [piece.leaders for piece in result.pieces] == [(0,), (1,)]
    assert result.pieces[1].from_share == pytest.approx(4 / 7)


def test_one_proposition_always_leads():
    result = sweep(Case(np.array([[[0.3, 0.6]]]), np.array([[0.5, 0.5]]), np.ones(1)), 0)
    assert result.leaders == (0,)
    assert result.leader_interval == result.order_interval == (0.0, 1.0)
    assert len(result.pieces) == 1


def test_identical_propositions_tie_all_along_and_never_cross():
    scores = np.array([[[0.3, 0.6], [0.3, 0.6], [0.1, 0.1]]])
    result = sweep(Case(scores, np.array([[0.5, 0.5]]), np.ones(1)), 0)
    assert result.leaders == (0, 1)
    assert result.leader_interval == (0.0, 1.0)
    assert len(result.crossings.shares) == 0


def test_a_tie_at_a_crossover_has_no_room():
    case = Case(np.array([[[1.0, 0.0], [0.0, 1.0]]]), np.array([[0.5, 0.5]]), np.ones(1))
    result = sweep(case, 0)
    assert result.leaders == (0, 1)
    assert result.leader_interval == result.order_interval == (0.5, 0.5)


@pytest.mark.parametrize("today", [0.0, 1.0])
def test_a_weight_of_nothing_or_everything_has_an_interval(today):
    case = Case(
        np.array([[[0.8, 0.2, 0.4], [0.4, 0.7, 0.3]]]),
        np.array([[today, 1 - today, 0.0]]),
        np.ones(1),
    )
    result = sweep(case, 0)
    low, high = result.leader_interval
    assert (low == 0) == (today == 0)
    assert (high == 1) == (today == 1)


def test_the_others_are_scaled_from_equal_shares_where_one_has_all_the_weight():
    case = Case(np.zeros((1, 1, 3)), np.array([[1.0, 0.0, 0.0]]), np.ones(1))
    swept = swept_weights(case, 0, np.array([0.0, 0.4]), [0])
    assert swept[:, 0].tolist() == [[0.0, 0.5, 0.5], [0.4, 0.3, 0.3]]


@settings(max_examples=tries(100))
@given(seed=seeds, share=st.floats(0, 1))
def test_segments_swept_together_have_the_swept_weight_as_their_mean(seed, share):
    case = random_case(seed)
    everywhere = list(range(len(case.sizes)))
    weights = swept_weights(case, 0, np.array([share]), everywhere)[0]
    assert weights[:, 0] @ case.sizes == pytest.approx(share, abs=1e-12)
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(weights)))
    assert (weights >= 0).all()


@settings(max_examples=tries(100))
@given(seed=seeds, integer=st.booleans())
def test_segments_swept_together_pass_through_today(seed, integer):
    case = random_case(seed, integer=integer)
    result = sweep(case, 0)
    today = values_on(case, 0, list(range(len(case.sizes))), [result.today_share])[0]
    assert today == pytest.approx(case.values(), abs=1e-12)
    assert result.leaders == tuple(np.flatnonzero(leaders_of(case.values())).tolist())


def test_a_segment_of_no_size_moves_nothing():
    scores = np.array([[[0.8, 0.2], [0.4, 0.5]], [[0.1, 0.9], [0.9, 0.1]]])
    case = Case(scores, np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([1.0, 0.0]))
    result = sweep(case, 0, [1])
    assert len(result.crossings.shares) == 0
    assert result.leader_interval == (0.0, 1.0)


@settings(max_examples=tries(100), deadline=None)
@given(seed=seeds, integer=st.booleans())
def test_within_the_order_interval_every_rank_is_todays(seed, integer):
    case = random_case(seed, integer=integer, segments=1)
    result = sweep(case, 1)
    low, high = result.order_interval
    inside = low + (high - low) * np.linspace(0.02, 0.98, 9)
    now = ranks(values_on(case, 1, [0], [result.today_share]))
    if high - low > 1e-6:
        assert (ranks(values_on(case, 1, [0], inside)) == now).all()
    beyond = [t for t in (low - 1e-6, high + 1e-6) if 0 < t < 1]
    assert (ranks(values_on(case, 1, [0], beyond)) != now).any(axis=1).all()


def test_a_hundred_propositions_can_be_swept():
    scores = np.random.default_rng(0).random((1, 100, 4))
    result = sweep(Case(scores, np.full((1, 4), 0.25), np.ones(1)), 0)
    assert len(result.crossings.shares) > 1000
    assert result.order_interval[0] >= result.leader_interval[0]


def test_a_crossing_that_powers_of_scores_far_apart_lose_is_searched_for() -> None:
    """A score of 0.0002 to the power of -48 outweighs the rest by 150 digits; the lead changes all the same."""
    scores = [
        [0.6582, np.nan, np.nan, np.nan],
        [np.nan, 0.0002, 0.3193, 0.7222],
        [0.9824, np.nan, 0.7559, 0.585],
    ]
    case = Case(np.array([scores]), np.array([[11, 4, 0, 3]]) / 18, np.array([1.0]), rho=-48.0)
    found = sweep(case, 2)
    assert not found.exact
    for share in np.linspace(0.001, 0.999, 999):
        leads = leaders_of(values_on(case, 2, [0], [share]))[0]
        assert any(
            leads[list(piece.leaders)].any()
            for piece in found.pieces
            if piece.from_share - 1e-6 <= share <= piece.to_share + 1e-6
        ), share
