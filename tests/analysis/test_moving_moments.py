"""As weights move, moments move with them: what trade-offs say is what the scenario says that is moved there."""

from __future__ import annotations

import numpy as np
import pytest
from moment_samples import two_segments_at_faults

from valuemix.analysis.tradeoffs.tradeoffs import after_flip, moving_case, tradeoffs
from valuemix.analysis.value.case import swept_weights
from valuemix.analysis.value.moving import MovingMoments, moving_moments
from valuemix.analysis.value.scoring import evaluate
from valuemix.means import power_mean
from valuemix.model.moments.means import moved_mix
from valuemix.model.moments.parts import MomentScore
from valuemix.model.scenario import Scenario

PLACES = np.array([0.0, 0.1, 0.35, 0.6, 0.95, 1.0])
BENT = {"compensation": 0.5, "compensation_over_moments": "min"}


def moved(scenario: Scenario, segment: str | None, share: float) -> Scenario:
    """The scenario whose first weight has gone there, with the moments as the scenario moves them."""
    rows, points = scenario.rows(segment), scenario.points.copy()
    weights = swept_weights(moving_case(scenario), 0, np.array([share]), range(len(points)))[0]
    if segment is not None:
        weights = swept_weights(moving_case(scenario, segment), 0, np.array([share]), [0])[0]
        points[rows] = 100 * weights
        return scenario.with_points(points)
    return scenario.with_points(100 * weights)


@pytest.mark.parametrize("segment", [None, "Enterprise"])
@pytest.mark.parametrize("settings", [{}, BENT])
def test_a_sweep_has_the_values_of_the_scenario_that_is_moved_there(
    segment: str | None, settings: dict[str, float | str]
) -> None:
    scenario = two_segments_at_faults().with_settings(**settings)
    case = moving_case(scenario, segment)
    paths = swept_weights(case, 0, PLACES, range(len(case.sizes)))
    expected = [evaluate(moved(scenario, segment, share)).values_in(segment) for share in PLACES]
    np.testing.assert_allclose(10 * case.values(weights=paths), expected, rtol=0, atol=1e-9)
    found = tradeoffs(scenario, segment).sweeps[0]
    assert found.exact is (not settings)
    for place, values in zip(PLACES, expected, strict=True):
        drawn = [np.interp(place, found.shares, line) for line in found.values.T]
        assert 10 * np.array(drawn) == pytest.approx(values, abs=1e-9 if found.exact else 0.05)


@pytest.mark.parametrize("rho", [0.5, 0.02, 0.0, 1e-3, -2.0, -20.0, 20.0, 60.0, float("-inf")])
def test_powers_taken_once_give_the_power_means(rho: float) -> None:
    rng = np.random.default_rng(3)
    scores = rng.random((1, 4, 5, 3))
    scores[0, 0, 0, :2], scores[0, :, 1, 0], scores[0, 2, 2, 1] = np.nan, 0.0, 1e-7
    mixes, today = rng.dirichlet(np.ones(3), (1, 4)), np.full((1, 3), 1 / 3)
    paths = np.array([[[1.0, 0.0, 0.0]], [[0.0, 0.5, 0.5]], [[0.4, 0.35, 0.25]]])
    for scored in (scores, np.clip(scores, 1e-3, 1.0)):
        found = MovingMoments(scored, mixes, np.full((1, 4), 0.25), rho, 1.0).values(today, paths)
        moved = moved_mix(mixes, today[:, None], paths[:, :, None])
        worth = power_mean(np.broadcast_to(scored, (3, *scored.shape)), moved[..., None, :], rho)
        np.testing.assert_allclose(found, np.nanmean(worth, axis=2), rtol=0, atol=1e-12)


def test_straight_lines_have_their_kink_at_today_and_crossings_are_exact() -> None:
    scenario = two_segments_at_faults()
    found = tradeoffs(scenario, "Enterprise").sweeps[0]
    assert found.shares.tolist() == [0, found.today_share, 1]
    slopes = np.diff(found.values, axis=0) / np.diff(found.shares)[:, None]
    assert abs(slopes[0] - slopes[1]).max() > 1e-3
    for piece in found.pieces[1:]:
        values = evaluate(moved(scenario, "Enterprise", piece.from_share)).values[0]
        assert values[0] == pytest.approx(values[1], abs=1e-9)


def test_after_a_flip_the_challenger_ties_with_every_moment_moved() -> None:
    result = tradeoffs(two_segments_at_faults())
    (challenge,) = result.challenges
    assert not challenge.lead.exact
    values = evaluate(after_flip(result, challenge.lead)).overall
    assert values[0] == pytest.approx(values[1], abs=1e-7)


def test_moments_that_say_no_more_than_their_means_do_not_move() -> None:
    scenario = two_segments_at_faults().replace(moment_points=())
    assert moving_moments(scenario) is None
    assert moving_moments(scenario.with_settings(compensation_over_moments=0)) is not None
    assert moving_moments(scenario.without_moments()) is None


def test_a_score_that_is_missing_in_a_moment_leaves_no_straight_lines() -> None:
    scores = two_segments_at_faults().given("scores").copy()
    scores[0, 0, 1] = np.nan
    own = MomentScore(proposition="Named engineer", segment="Enterprise", moment="Use", scores={"care": 6})
    scenario = two_segments_at_faults().with_table("scores", scores)
    scenario = scenario.replace(moment_scores=[*scenario.moment_scores, own])
    found = tradeoffs(scenario, "Enterprise").sweeps[0]
    assert not found.exact
    values = evaluate(moved(scenario, "Enterprise", found.today_share)).values[0]
    at = int(np.searchsorted(found.shares, found.today_share))
    assert 10 * found.values[at] == pytest.approx(values, abs=1e-9)
