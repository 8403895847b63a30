"""Exact shares: against draws, against each other, and where ties and integers hurt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.draws.simplex import (
    expected_ranks,
    first_shares,
    pairwise_shares,
    share_ties,
    tied_groups,
)
from valuemix.analysis.robustness.simplex_ranks import rank_shares

seeds = st.integers(0, 2**32 - 1)
kinds = st.sampled_from(["any", "integer", "few", "close"])


def random_points(seed, disciplines, kind, most=9):
    rng = np.random.default_rng(seed)
    shape = rng.integers(1, most), disciplines
    if kind == "integer":
        return rng.integers(0, 11, shape) / 10
    if kind == "few":
        return rng.integers(0, 4, shape) / 10
    if kind == "close":
        return 0.5 + 1e-3 * rng.random(shape)
    return rng.random(shape)


def drawn_ranks(points, count, seed=0):
    """Rank acceptability and central weights of first ranks by plain drawing and sorting."""
    rng = np.random.default_rng(seed)
    propositions = len(points)
    shares, middles = np.zeros((propositions, propositions)), np.zeros(points.shape)
    for _ in range(10):
        weights = rng.dirichlet(np.ones(points.shape[1]), count // 10)
        order = np.argsort(-(weights @ points.T), axis=1)
        for rank in range(propositions):
            shares[:, rank] += np.bincount(order[:, rank], minlength=propositions)
        for p in range(propositions):
            middles[p] += weights[order[:, 0] == p].sum(axis=0)
    firsts = np.maximum(shares[:, :1], 1)
    return share_ties(shares / count, tied_groups(points)), middles / firsts


@settings(max_examples=tries(200), deadline=None)
@given(seed=seeds, disciplines=st.integers(2, 12), kind=kinds)
def test_of_each_pair_one_is_above_or_they_tie(seed, disciplines, kind):
    points = random_points(seed, disciplines, kind)
    shares = pairwise_shares(points)
    assert np.allclose(shares + shares.T, 1, atol=1e-9)
    assert (shares >= -1e-12).all()
    count = len(points)
    assert expected_ranks(points).sum() == pytest.approx(count * (count + 1) / 2)


def test_two_disciplines_divide_where_the_lines_cross():
    points = np.array([[1.0, 0.0], [0.4, 0.4]])
    assert pairwise_shares(points)[0, 1] == pytest.approx(0.6)


def test_a_dominating_proposition_is_always_above():
    points = np.array([[0.5, 0.5, 0.2], [0.4, 0.5, 0.2]])
    assert pairwise_shares(points).tolist() == [[0.5, 1.0], [0.0, 0.5]]
    assert rank_shares(points).shares == pytest.approx(np.eye(2), abs=1e-6)


@pytest.mark.slow
@settings(max_examples=tries(400), deadline=None)
@given(seed=seeds, disciplines=st.integers(2, 4), kind=kinds)
def test_exact_ranks_are_a_doubly_stochastic_matrix_with_the_closed_form_means(seed, disciplines, kind):
    points = random_points(seed, disciplines, kind)
    found = rank_shares(points)
    assert found is not None
    assert found.shares.sum(axis=0) == pytest.approx(1, abs=1e-6)
    assert found.shares.sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert (found.shares >= 0).all()
    ranks = np.arange(1, len(points) + 1)
    assert found.shares @ ranks == pytest.approx(expected_ranks(points), abs=2e-6)
    ranked = found.shares > 0
    assert np.isnan(found.central_weights).all(axis=-1).tolist() == (~ranked).tolist()
    assert found.central_weights[ranked].sum(axis=-1) == pytest.approx(1)


@pytest.mark.slow
@settings(max_examples=tries(150), deadline=None)
@given(seed=seeds, disciplines=st.integers(3, 4), kind=st.sampled_from(["any", "integer", "few"]))
def test_first_ranks_by_polytopes_are_those_of_all_ranks(seed, disciplines, kind):
    points = random_points(seed, disciplines, kind)
    by_polytope, by_rank = first_shares(points), rank_shares(points)
    assert by_polytope.shares == pytest.approx(by_rank.shares[:, 0], abs=2e-6)
    clear = by_rank.shares[:, 0] > 0.01
    assert by_polytope.central_weights[clear] == pytest.approx(by_rank.central_weights[clear, 0], abs=1e-4)


@pytest.mark.parametrize("disciplines", [5, 6])
@pytest.mark.parametrize("kind", ["any", "integer"])
@pytest.mark.one_in(3)
def test_first_ranks_of_more_disciplines_agree_with_draws(disciplines, kind):
    for seed in range(3):
        points = random_points(seed, disciplines, kind)
        found = first_shares(points)
        drawn, middles = drawn_ranks(points, 100_000)
        assert found.shares.sum() == pytest.approx(1, abs=1e-9)
        assert found.shares == pytest.approx(drawn[:, 0], abs=0.008)
        clear = (drawn[:, 0] > 0.05) & (np.bincount(tied_groups(points), minlength=len(points)) == 1)
        assert found.central_weights[clear] == pytest.approx(middles[clear], abs=0.02)


def test_first_ranks_of_many_disciplines_are_left_to_draws():
    assert first_shares(np.eye(7)) is None


@pytest.mark.slow
@pytest.mark.parametrize("disciplines", [2, 3, 4])
@pytest.mark.parametrize("kind", ["any", "integer", "few"])
@pytest.mark.one_in(4)
def test_exact_ranks_agree_with_draws_within_their_half_width(disciplines, kind):
    count = tries(1_000_000, 200_000)
    points = random_points(disciplines, disciplines, kind, most=12)
    found, (drawn, middles) = rank_shares(points), drawn_ranks(points, count)
    half_width = 1.96 * np.sqrt(drawn * (1 - drawn) / count)
    off = np.abs(found.shares - drawn)
    # One in twenty may lie outside its half-width; none outside twice and a half of it.
    assert (off <= 2.5 * half_width + 1e-5).all()
    clear = (drawn[:, 0] > 0.05) & (np.bincount(tied_groups(points), minlength=len(points)) == 1)
    assert found.central_weights[clear, 0] == pytest.approx(middles[clear], abs=4 / np.sqrt(count))


def test_very_many_propositions_are_left_to_draws():
    points = np.random.default_rng(0).random((41, 4))
    assert rank_shares(points) is None
    assert rank_shares(points[:40]) is not None


def test_unit_propositions_share_first_rank_with_their_known_middle():
    # Each leads where its weight is the largest: the mean of the largest of D shares is H_D / D.
    for disciplines in (2, 3, 4):
        found = rank_shares(np.eye(disciplines))
        harmonic = sum(1 / k for k in range(1, disciplines + 1))
        assert found.shares == pytest.approx(np.full((disciplines,) * 2, 1 / disciplines), abs=1e-6)
        assert found.central_weights[0, 0, 0] == pytest.approx(harmonic / disciplines, abs=1e-5)


@pytest.mark.parametrize("disciplines", [2, 3, 4])
def test_identical_propositions_split_every_rank(disciplines):
    rng = np.random.default_rng(7)
    one, other = rng.random((2, disciplines))
    alone = rank_shares(np.stack([one, other])).shares
    twice = rank_shares(np.stack([one, other, one])).shares
    assert twice[0] == pytest.approx(twice[2], abs=1e-12)
    assert twice[0, 0] == pytest.approx(alone[0, 0] / 2, abs=1e-6)
    assert rank_shares(np.full((5, disciplines), 0.5)).shares == pytest.approx(np.full((5, 5), 0.2), abs=1e-6)


@pytest.mark.parametrize("disciplines", [2, 3, 4])
def test_one_proposition_has_the_first_rank_and_the_middle_of_the_simplex(disciplines):
    found = rank_shares(np.full((1, disciplines), 0.3))
    assert found.shares.tolist() == [[1.0]]
    assert found.central_weights[0, 0] == pytest.approx(np.full(disciplines, 1 / disciplines), abs=1e-6)


def test_lower_propositions_at_a_constant_distance_never_pass():
    steps = np.array([0.2, 0.5, 0.9, 0.1]) + np.array([[0.05], [0.0], [-0.05]])
    assert rank_shares(steps).shares == pytest.approx(np.eye(3), abs=1e-6)
