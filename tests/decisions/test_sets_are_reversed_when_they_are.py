"""A set that was chosen is reversed when a look at all other sets says so, and every distance is where it turns."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from changed_scenarios import changed
from nightly import tries
from random_sets import costed

from valuemix.analysis.decisions.reversal import accepted_loss, is_reversed, loss
from valuemix.analysis.decisions.reversing_changes import reversing_changes
from valuemix.analysis.decisions.set_changes import MOST_FREE
from valuemix.analysis.decisions.sets import SetChoice, broken
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario

PAIRS = 3_000
"""Pairs of scenarios in the campaign, beside 7,000 with a single choice."""


def kept(scenario: Scenario, members: set[str], budget: float) -> bool:
    """Whether a set keeps every rule, by its names."""
    parts = {part.name: part for part in scenario.propositions}
    worth = worths(scenario, members)
    return (
        sum(parts[name].cost or 0.0 for name in members)
        <= budget + TIE * sum(p.cost or 0.0 for p in parts.values())
        and all(p.name in members for p in parts.values() if p.choose == "must")
        and not any(parts[name].choose == "must not" for name in members)
        and all({*parts[name].needs} <= members and not {*parts[name].excludes} & members for name in members)
        and all(s.floor is None or w >= s.floor - 1e-8 for s, w in zip(scenario.segments, worth, strict=True))
    )


def worths(scenario: Scenario, members: set[str]) -> list[float]:
    """What each segment takes of a set, on the scale."""
    held = [name in members for name in scenario.proposition_names]
    own = np.where(held, evaluate(scenario).values, scenario.scale.lowest)
    return np.nan_to_num(own, nan=scenario.scale.lowest).max(axis=1).tolist()


def best_less_own(scenario: Scenario, members: set[str], budget: float) -> float | None:
    """Loss of a set against all others; None where it breaks a rule."""
    if not kept(scenario, members, budget):
        return None
    known = ~np.isnan(evaluate(scenario).values).all(axis=1)
    names = scenario.proposition_names
    sets = [{*each} for n in range(len(names) + 1) for each in itertools.combinations(names, n)]

    def value(held: set[str]) -> float:
        unit = scenario.scale.to_unit(np.array(worths(scenario, held)))
        return float(
            power_mean(np.where(known, unit, np.nan), scenario.size_shares, 1 - scenario.settings.eps)
        )

    own = value(members)
    return scenario.scale.width * max(value(each) - own for each in sets if kept(scenario, each, budget))


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
        if members and kept(scenario, members, budget):
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
        lost_then = best_less_own(then, {*choice.members}, budget)
        now = moved(then, seed)
        lost, bar = (
            best_less_own(now, {*choice.members}, budget),
            (lost_then or 0.0) + 0.05 * then.scale.width,
        )
        if np.isnan(evaluate(now).values).all() or (lost is not None and abs(lost - bar) < 1e-7):
            continue
        told = is_reversed(now, choice, accepted_loss(then, choice))
        assert told == (lost is None or lost > bar), seed
        seen[bool(told)] += 1
    assert min(seen.values()) > 0


def test_every_single_change_reverses_a_set_there_and_not_before() -> None:
    kinds = set()
    for seed, scenario, choice, _ in decisions(tries(PAIRS, 3)):
        accepted = accepted_loss(scenario, choice)
        total = sum(part.cost or 0.0 for part in scenario.propositions)
        for change in reversing_changes(scenario, choice, accepted):
            assert is_reversed(changed(scenario, change, change.then), choice, accepted), (seed, change)
            missing = scenario.scale.lowest if change.kind == "score" else 0.0
            step = 1e-6 * (total if change.kind == "cost" else 1.0)
            back = step * np.sign(change.then - (missing if np.isnan(change.today) else change.today))
            if change.distance > 1e-6:
                before = changed(scenario, change, change.then - back)
                assert not broken(before, choice), (seed, change)
                assert not is_reversed(before, choice, accepted), (seed, change)
            kinds.add(change.kind)
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


@pytest.mark.parametrize("count", [MOST_FREE, MOST_FREE + 1])
def test_distances_of_a_set_are_told_up_to_twelve_propositions(count: int) -> None:
    scores = np.linspace(1, 9, 2 * count).reshape(count, 2)
    scenario = Scenario.from_arrays(scores)
    choice = SetChoice((scenario.proposition_names[-1],), at_most=1)
    assert bool(reversing_changes(scenario, choice, 0.5)) == (count == MOST_FREE)
