"""A set that was chosen is reversed when a look at all other sets says so, and every distance is where it turns."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pytest
from changed_scenarios import Figures, changed, changed_figures, figures_of
from nightly import tries
from random_sets import costed

from valuemix.analysis.certainty.certainty import degree_of, share_above
from valuemix.analysis.certainty.uncertainty import segment_draws
from valuemix.analysis.decisions.reversal import accepted_loss, is_reversed, loss
from valuemix.analysis.decisions.reversing_changes import reversing_changes
from valuemix.analysis.decisions.set_certainty import set_certainty
from valuemix.analysis.decisions.set_changes import MOST_FREE
from valuemix.analysis.decisions.sets import SetChoice, broken
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

PAIRS = 3_000
"""Pairs of scenarios in the campaign, beside 7,000 with a single choice."""


class Judged(NamedTuple):
    """Whether a set keeps every rule, and what it loses against all sets that do, for several figures, shape (N,)."""

    keeps: BoolArray
    lost: FloatArray


def judged(scenario: Scenario, several: Sequence[Figures], members: Collection[str], budget: float) -> Judged:
    """A set held against every set there is, by its names and the figures alone."""
    weights, scores, sizes, costs = (np.stack(each) for each in zip(*several, strict=True))
    names, scale = scenario.proposition_names, scenario.scale
    sets = np.array([*itertools.product([False, True], repeat=len(names))])
    values = power_mean(scale.to_unit(scores), weights[..., None, :], scenario.settings.rho)
    taken = np.where(sets[:, None], np.nan_to_num(values)[:, None], 0.0).max(axis=-1)
    floors = [scale.lowest if s.floor is None else s.floor for s in scenario.segments]
    named = [{name for name, held in zip(names, each, strict=True) if held} for each in sets]
    keeps = np.array([_allowed(scenario, each) for each in named])
    keeps = keeps & (taken >= scale.to_unit(np.array(floors)) - TIE).all(axis=-1)
    keeps &= costs @ sets.T <= budget + TIE * costs.sum(axis=-1, keepdims=True)
    known = ~np.isnan(values).all(axis=-1)
    overall = power_mean(np.where(known[:, None], taken, np.nan), sizes[:, None], 1 - scenario.settings.eps)
    best, own = np.max(overall, axis=1, initial=-np.inf, where=keeps), named.index({*members})
    return Judged(keeps[:, own], scale.width * np.maximum(best - overall[:, own], 0.0))


def _allowed(scenario: Scenario, members: set[str]) -> bool:
    """Whether a set holds what it must and has to beside that, and nothing else that it may not."""
    return all(
        {*part.needs} <= members and not {*part.excludes} & members and part.choose != "must not"
        if part.name in members
        else part.choose != "must"
        for part in scenario.propositions
    )


def decisions(count: int) -> Iterator[tuple[int, Scenario, SetChoice, float]]:
    """So many decisions on sets, each with its seed and budget."""
    found = ((seed, taken) for seed in itertools.count() if (taken := decided(seed)))
    return ((seed, *taken) for seed, taken in itertools.islice(found, count))


def decided(seed: int) -> tuple[Scenario, SetChoice, float] | None:
    """A scenario, a set in it that keeps its rules, often not the best, and its budget."""
    scenario, budget = costed(seed, 2 + seed % 4)
    dice = np.random.default_rng([seed, 1])
    names = np.array(scenario.proposition_names)
    for _ in range(20):
        members = {*names[dice.random(len(names)) < 0.5].tolist()}
        if members and judged(scenario, [figures_of(scenario)], members, budget).keeps[0]:
            return scenario, SetChoice(tuple(sorted(members)), budget=budget), budget
    return None


def moved(scenario: Scenario, seed: int) -> Scenario:
    """The scenario with one thing moved, or with many."""
    dice = np.random.default_rng([seed, 2])
    costs = [part.model_copy(update={"cost": float(dice.integers(0, 6))}) for part in scenario.propositions]
    g, p, d = (int(dice.integers(n)) for n in scenario.array("scores").shape)
    scores = scenario.array("scores").copy()
    what = seed % 4
    if what == 0:
        return scenario.replace(propositions=costs)
    if what == 1:
        scores[g, p, d] = float(dice.integers(0, 9)) * 1.25
        return scenario.with_table("scores", scores)
    if what == 2:
        return scenario.with_points(dice.integers(1, 9, scenario.weights.shape).astype(float))
    scores = np.where(np.isnan(scores), scores, 10 * dice.random(scores.shape))
    sizes = {name: float(dice.integers(1, 9)) for name in scenario.segment_names}
    return scenario.replace(propositions=costs).with_table("scores", scores).with_sizes(sizes)


def test_a_set_is_reversed_exactly_when_a_look_at_all_sets_says_so() -> None:
    seen = {True: 0, False: 0}
    for seed, then, choice, budget in decisions(tries(PAIRS, 6)):
        now, tie = moved(then, seed), TIE * then.scale.width
        before, after = (judged(each, [figures_of(each)], choice.members, budget) for each in (then, now))
        bar, lost = float(before.lost[0]) + 0.05 * then.scale.width, float(after.lost[0])
        if np.isnan(lost) or (after.keeps[0] and abs(lost - bar) < 2 * tie):
            continue
        told = is_reversed(now, choice, accepted_loss(then, choice))
        assert told == (not after.keeps[0] or lost > bar), seed
        seen[bool(told)] += 1
    assert min(seen.values()) > 0


def test_every_single_change_reverses_a_set_there_and_not_before() -> None:
    kinds: set[str] = set()
    for seed, scenario, choice, _ in decisions(tries(PAIRS, 3)):
        accepted, tie = accepted_loss(scenario, choice), TIE * scenario.scale.width
        total = sum(part.cost or 0.0 for part in scenario.propositions)
        changes = reversing_changes(scenario, choice, accepted)
        if not changes:
            continue

        def gone(at: list[Figures], scenario: Scenario = scenario, choice: SetChoice = choice) -> BoolArray:
            found = judged(scenario, at, choice.members, choice.budget or 0.0)
            return ~found.keeps | (found.lost > accepted + tie)  # noqa: B023

        assert gone([changed_figures(scenario, each, each.then) for each in changes]).all(), seed
        before = []
        for each in (each for each in changes if each.distance > 1e-6):
            missing = scenario.scale.lowest if each.kind == "score" else 0.0
            today = missing if np.isnan(each.today) else each.today
            back = 1e-6 * (total if each.kind == "cost" else 1.0) * np.sign(each.then - today)
            before.append(changed_figures(scenario, each, each.then - back))
        assert not before or not gone(before).any(), seed
        one = changes[seed % len(changes)]  # through the scenario itself, as a person would move it
        assert is_reversed(changed(scenario, one, one.then), choice, accepted), seed
        kinds.update(change.kind for change in changes)
    assert kinds == {"weight", "score", "size", "cost"}


def test_a_set_stands_up_to_a_loss_of_five_percent_of_the_scale_and_names_the_rule_that_it_breaks() -> None:
    scenario = Scenario.from_arrays([[8, 2], [5, 7], [5, 5.2]], propositions=["A", "B", "C"])
    choice = SetChoice(("A",), at_most=1)
    assert (loss(scenario, choice), accepted_loss(scenario, choice)) == pytest.approx((1.0, 1.5))
    assert accepted_loss(scenario, SetChoice(("B",), at_most=1)) == 0.5
    assert not is_reversed(scenario, choice, 1.5)
    assert broken(scenario, SetChoice(("A", "B"), at_most=1)) == ["it holds 2 propositions, and may hold 1"]
    assert is_reversed(scenario, SetChoice(("A", "B"), at_most=1), 9.0)
    assert is_reversed(scenario, SetChoice(("D",))) is None


@pytest.mark.parametrize("seed", range(tries(200, 4)))
def test_a_set_is_as_sure_as_the_least_share_in_which_it_is_above_any_other(seed: int) -> None:
    scenario, budget = costed(seed, 5)
    drawn = np.nan_to_num(scenario.scale.to_unit(segment_draws(scenario)))
    known = ~np.isnan(evaluate(scenario).values).all(axis=1)
    scenario = scenario.with_settings(fairness=0)
    names = np.array(scenario.proposition_names)
    sets = [{*names[[*held]].tolist()} for held in itertools.product([False, True], repeat=len(names))]
    keeping = [each for each in sets if judged(scenario, [figures_of(scenario)], each, budget).keeps[0]]
    lost = [judged(scenario, [figures_of(scenario)], each, budget).lost[0] for each in keeping]
    best = next(
        (each for each, less in zip(keeping, lost, strict=True) if less < TIE and each and known.any()), None
    )
    if best is None:
        return
    values = {
        frozenset(each): scenario.size_shares[known]
        @ drawn[known][:, np.isin(names, [*each])].max(axis=1, initial=0)
        for each in keeping
    }
    mine, choice = values[frozenset(best)], SetChoice(tuple(sorted(best)), budget=budget)
    above = [share_above(mine, values[frozenset(each)], 1.0) for each in keeping if not best <= each]
    found = set_certainty(scenario, choice)
    assert found.least == pytest.approx(min(above, default=1.0), abs=1e-9)
    if above and not found.tied:
        assert found.degree == degree_of(min(above))


@pytest.mark.parametrize("count", [MOST_FREE, MOST_FREE + 1])
def test_distances_of_a_set_are_told_up_to_twelve_propositions(count: int) -> None:
    scores = np.linspace(1, 9, 2 * count).reshape(count, 2)
    scenario = Scenario.from_arrays(scores)
    choice = SetChoice((scenario.proposition_names[-1],), at_most=1)
    assert bool(reversing_changes(scenario, choice, 0.5)) == (count == MOST_FREE)
