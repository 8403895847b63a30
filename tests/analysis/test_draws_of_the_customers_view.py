"""What is told of customers is graded by draws around today's figures: nothing in doubt gives just these."""

import numpy as np
import pytest

from valuemix.analysis.customers.balance import (
    effective_number,
    fit,
    fit_draws,
    mean_score_draws,
    mean_scores,
    weight_number_draws,
)
from valuemix.analysis.customers.burden import net_value
from valuemix.analysis.customers.delivery import delivery
from valuemix.analysis.customers.perception import perception
from valuemix.analysis.customers.service import service
from valuemix.analysis.customers.terms import terms
from valuemix.means import power_mean
from valuemix.model.parts import Doubt, Function, Link
from valuemix.model.scenario import Scenario

KNOWN = Doubt(weights_within=0, scores_within=0)


def case(doubt: Doubt | None) -> Scenario:
    scores = np.random.default_rng(7).integers(2, 10, (2, 3, 3)).astype(float)
    scenario = Scenario.from_arrays(scores, points=[[5, 3, 2], [2, 2, 6]], sizes=[3, 1])
    scenario = scenario.with_table(
        "burdens", np.random.default_rng(8).integers(1, 9, (2, 3, 4)).astype(float)
    )
    scenario = scenario.with_table("believed", np.clip(scores + 1.0, 0, 10))
    names, ids = scenario.segment_names, scenario.discipline_ids
    return scenario.replace(
        links=[Link(from_segment=names[0], to_segment=names[1], strength=1.0)],
        later={name: dict.fromkeys(ids, 1.0) for name in names},
        segments=[each.model_copy(update={"burden": 30.0}) for each in scenario.segments],
    ).with_settings(doubt=doubt)


@pytest.mark.parametrize("segment", [None, "Segment 2"])
def test_where_nothing_is_in_doubt_draws_are_todays_figures(segment: str | None) -> None:
    scenario = case(KNOWN)
    g = 0 if segment is None else scenario.segment_index(segment)
    net = net_value(scenario)
    today = net.overall if segment is None else net.net[g]
    np.testing.assert_allclose(net.draws(segment)[:, 0], today)
    found = perception(scenario, "believed")
    drawn = found.felt_draws(segment=segment)
    for gap in found.cells(segment):
        assert drawn[f"{gap.proposition}\n{gap.discipline}"][0] == pytest.approx(gap.felt)
    np.testing.assert_allclose(
        fit_draws(scenario)[:, 0], power_mean(fit(scenario).T, scenario.size_shares, 1)
    )
    way = terms(scenario, segment)
    np.testing.assert_allclose(way.regret_draws()[:, 0], way.regret, atol=1e-9)
    np.testing.assert_allclose(mean_score_draws(scenario)[..., 0], mean_scores(scenario))
    np.testing.assert_allclose(weight_number_draws(scenario)[:, 0], effective_number(scenario.weights))
    limited = service(scenario)
    costs = {cost.link: cost.costs for cost in limited.costs}
    np.testing.assert_allclose(limited.cost_draws[..., 0], [costs[link] for link in scenario.links])
    assert (limited.cost_draws[..., 0] > 0).tolist() == [[i == 0 for i in limited.limited_by[1]]]


@pytest.mark.parametrize("segment", [None, "Segment 2"])
@pytest.mark.parametrize(("rho", "eps"), [(1.0, 0.0), (-1.0, 0.5)])
def test_steps_and_fixes_of_the_chain_are_drawn_around_todays(
    segment: str | None, rho: float, eps: float
) -> None:
    base = case(KNOWN).with_settings(compensation=rho, fairness=eps)
    chain = [
        Function(name=n, survives={base.discipline_ids[i]: 0.8}) for i, n in enumerate(("Sales", "Service"))
    ]
    scenario = base.with_table("promised", np.clip(base.array("scores") + 1, 0, 10)).replace(delivery=chain)
    found = delivery(scenario, segment)
    for p in range(3):
        drawn = found.step_draws(p)[:, 0]
        np.testing.assert_allclose(-np.diff(drawn[:-1]), found.losses[p].ravel(), atol=1e-9)
        np.testing.assert_allclose(drawn[[0, -2, -1]], [found.promised[p], found.delivered[p], found.felt[p]])
    gains = {fix.function: fix.mean for fix in found.fixes}
    np.testing.assert_allclose(found.fix_draws()[:, 0], [gains[name] for name in found.functions])
    doubted = delivery(scenario.with_settings(doubt=None), segment)
    assert doubted.step_draws(0).shape[1] == doubted.fix_draws().shape[1] == 4096


def test_draws_lie_around_todays_figures() -> None:
    scenario = case(None)
    net = net_value(scenario)
    np.testing.assert_allclose(net.draws().mean(axis=1), net.overall, atol=0.15)
    np.testing.assert_allclose(
        fit_draws(scenario).mean(axis=1), power_mean(fit(scenario).T, scenario.size_shares, 1), atol=0.03
    )
    found = perception(scenario, "believed")
    drawn = found.felt_draws("discipline")
    for gap in found.by("discipline"):
        assert drawn[gap.discipline].mean() == pytest.approx(gap.felt, abs=0.1)
        assert drawn[gap.discipline].std() > 0
    costs = {cost.link: cost.costs for cost in service(scenario).costs}
    drawn = service(scenario).cost_draws.mean(axis=-1)
    np.testing.assert_allclose(drawn, [costs[link] for link in scenario.links], atol=0.2)


def test_a_weak_link_never_limits_and_a_full_one_to_the_better_served_mostly_does() -> None:
    scenario = Scenario.from_arrays([[[3, 3]], [[9, 9]]], segments=["Crew", "Guests"])
    for strength, often in ((0.05, 0.0), (1.0, 1.0)):
        linked = scenario.replace(links=[Link(from_segment="Crew", to_segment="Guests", strength=strength)])
        assert (service(linked).cost_draws > 0).mean() == often
