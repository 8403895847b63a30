"""Stability, trade-offs, challenges, the summary and the statement never disagree about one change of leader."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from nightly import tries
from numpy.typing import NDArray

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, after_flip, tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.tradeoffs.nearest_change import nearest_change
from valuemix.exhibits.tradeoffs.switches import nearest_switch
from valuemix.exhibits.words import claims
from valuemix.model.scenario import Scenario

SMALLEST = re.compile("(together|score) (is nearer, by part of its range|does it)")
"""That a change is the smallest."""


@st.composite
def close_calls(draw: st.DrawFn) -> Scenario:
    """Scenarios of one to three segments whose best two are often within a hair of each other."""
    g, p, d = draw(st.integers(1, 3)), draw(st.integers(2, 4)), draw(st.integers(2, 4))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = dice.integers(0, 21, (g, p, d)) / 2
    near = draw(st.sampled_from([0, 1e-9, 1e-6, 1e-3, 0.1]))
    if draw(st.booleans()):
        scores[:, 1] = np.clip(scores[:, 0] + near * dice.choice([-1, 1], (g, d)), 0, 10)
    points = dice.choice([0, 0.2, 20, 50, 99.8], (g, d)) + np.eye(d)[dice.integers(0, d, g)]
    return Scenario.from_arrays(
        scores, points=100 * points / points.sum(axis=1, keepdims=True), sizes=dice.uniform(1, 9, g),
        propositions=[f"P{i + 1}" for i in range(p)], disciplines=[f"D{i + 1}" for i in range(d)],
        segments=[f"G{i + 1}" for i in range(g)],
    ).with_settings(compensation=draw(st.sampled_from([1, 1, 0.5, -2, "min"])))  # fmt: skip


@settings(deadline=None, max_examples=tries(15), phases=[Phase.generate])
@given(close_calls())
def test_a_switch_by_one_weight_is_never_less_than_the_least_weight_moved(scenario: Scenario) -> None:
    for segment in (None, scenario.segment_names[0]):
        result = tradeoffs(scenario, segment)
        if len(result.evaluation.standing(segment).leaders) != 1:
            continue
        switches = [found for sweep in result.sweeps if (found := nearest_switch(sweep))]
        flips = [challenge.lead for challenge in result.challenges]
        exact = all(flip.exact for flip in flips) and all(sweep.exact for sweep in result.sweeps)
        least = min(
            (
                abs(found[0] - sweep.today_share)
                for sweep in result.sweeps
                if (found := nearest_switch(sweep))
            ),
            default=np.inf,
        )
        if exact:
            moved = min((flip.moved_share for flip in flips if flip.possible), default=np.inf)
            assert moved <= least + 1e-7
            assert any(flip.possible for flip in flips) or not switches
            for flip in flips:
                # Where no single weight does it, none of the moves that do is one weight's.
                alone = flip.possible and segment is not None and is_one_weight(result, flip.weights[0])
                assert switches or not alone
        told = exhibits.stability(result).finding
        assert ("no single weight" in told) == (not switches)
        change = nearest_change(result)
        assert change is not None or (not switches and not any(flip.possible for flip in flips))
        assert change is None or change.extent <= least + 1e-6


def is_one_weight(result: Tradeoffs, weights: NDArray[np.float64]) -> bool:
    """Whether today's weights become these as one moves and the others keep their proportions."""
    scenario = result.scenario
    today = scenario.weights[scenario.segment_index(str(result.segment))]
    pairs = [(np.delete(today, d), np.delete(weights, d)) for d in range(len(today))]
    return any(
        one.sum() > 1e-6
        and other.sum() > 1e-6
        and np.allclose(one / one.sum(), other / other.sum(), rtol=0, atol=1e-9)
        for one, other in pairs
    )


@settings(deadline=None, max_examples=tries(25), phases=[Phase.generate])
@given(close_calls(), st.booleans())
def test_the_smallest_change_is_told_with_no_more_points_than_a_switch_of_one_weight(
    scenario: Scenario, overall: bool
) -> None:
    result = tradeoffs(scenario, None if overall else scenario.segment_names[0])
    told = exhibits.stability(result).finding
    one = re.search(r"(?:switch(?:, moved alone)?|first): (less than )?([\d.]+) points? (?:less|more)", told)
    change, many = nearest_change(result), overall and len(scenario.segments) > 1
    if one is None or change is None:
        return
    assert ("in all segments together" in told) == many
    mean = re.search(r"([\d.]+) points? over all segments by size\)", change.words)
    moved = mean or re.match(r"([\d.]+) points? of weights? moved", change.words)
    if moved:
        # A switch is printed in whole points, as far apart as the two weights are.
        assert float(moved[1]) <= float(one[2]) + 1


def test_a_score_that_has_to_rise_by_a_hair_is_not_printed_like_todays() -> None:
    scenario = Scenario.from_arrays([[5, 5, 5], [5 + 1e-7, 5 - 5e-8, 5], [2, 3, 4]])
    result = tradeoffs(scenario)
    change = nearest_change(result)
    assert change is not None
    assert "scored just above 5.00 on Discipline 1, today 5.00" in change.words
    assert "scored just above 5.00, today 5.00" in exhibits.challenges(result).table["others"][0]


def test_a_size_is_printed_alike_by_challenges_and_by_the_smallest_change() -> None:
    scores = [[[10, 10], [0, 0]], [[0, 0], [10, 10]]]
    scenario = Scenario.from_arrays(scores, sizes=[50.6, 49.4], segments=["North", "South"])
    result = tradeoffs(scenario)
    change = nearest_change(result)
    assert change is not None
    assert change.words.replace("\u00a0", " ") == "North at 50 % of size instead of 51 %"
    others = exhibits.challenges(result).table["others"][0].replace("\u00a0", " ")
    assert others.endswith("North 50 % of size instead of 51 %")


def test_an_open_lead_names_the_closest_three_and_how_many_more_wherever_it_is_told() -> None:
    for count in range(2, 8):
        scenario = Scenario.from_arrays(
            [[8 - p / 100, 6] for p in range(count)], propositions=list("ABCDEFG")[:count]
        )
        found = certainty(scenario)
        assert len(found.rivals) == count - 1
        assert [found.above[p] for p in found.rivals] == sorted(found.above[p] for p in found.rivals)
        listed = [scenario.proposition_names[p] for p in found.rivals[:3]]
        listed += {5: ["one more"], 6: ["two more"], 7: ["three more"]}.get(count, [])
        names = " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
        assert claims.contest(found, scenario.proposition_names) == f", too close to call with {names}"
        assert f"with {names}" in exhibits.stability(tradeoffs(scenario)).finding
        assert exhibits.statement(scenario).finding.endswith(f"with {names}")
        contest = f"A{',' if count > 2 else ' and'} {names}"
        assert exhibits.summary(scenario).finding.startswith(f"Too close to call between {contest}")


@settings(deadline=None, max_examples=tries(15), phases=[Phase.generate])
@given(close_calls())
def test_all_exhibits_tell_one_smallest_change_and_it_puts_another_first(scenario: Scenario) -> None:
    result = tradeoffs(scenario)
    change = nearest_change(result)
    summary = exhibits.summary(scenario)
    safely = summary.table["sentence"].iloc[-1]
    if change is None or len(result.evaluation.standing().leaders) != 1:
        assert not SMALLEST.search(safely)
        return
    assert change.words in safely
    exact = bool(exhibits.challenges(result).table["exact"].all() and all(s.exact for s in result.sweeps))
    assert bool(SMALLEST.search(safely)) == exact
    assert ("was found that" in safely) != exact
    if "would change that" in summary.finding:
        assert f"; {change.short} would change that" in summary.finding
    mind = exhibits.statement(scenario).table.set_index("part")["sentence"]["What would change our mind"]
    assert change.short in mind or mind.startswith("It is open: ")
    flip = result.challenges[0].lead
    if flip.possible:
        values = evaluate(after_flip(result, flip)).values_in(None)
        best = values[result.challenges[0].challenger]
        assert best == pytest.approx(np.nanmax(values), abs=1e-6 * scenario.scale.width)
