"""Stability, trade-offs, challenges, the summary and the statement never disagree about one change of leader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from valuemix import exhibits
from valuemix.analysis.scoring import evaluate
from valuemix.analysis.tradeoffs import after_flip, tradeoffs
from valuemix.exhibits.nearest_change import nearest_change
from valuemix.exhibits.switches import nearest_switch
from valuemix.model.scenario import Scenario


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


@settings(deadline=None, max_examples=15, phases=[Phase.generate])
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
        told = exhibits.stability(result).finding
        assert ("no single weight" in told) == (not switches)
        change = nearest_change(result)
        assert change is not None or (not switches and not any(flip.possible for flip in flips))
        assert change is None or change.extent <= least + 1e-6


@settings(deadline=None, max_examples=15, phases=[Phase.generate])
@given(close_calls())
def test_all_exhibits_tell_one_smallest_change_and_it_puts_another_first(scenario: Scenario) -> None:
    result = tradeoffs(scenario)
    change = nearest_change(result)
    summary = exhibits.summary(scenario)
    safely = summary.table["sentence"].iloc[-1]
    if change is None or len(result.evaluation.standing().leaders) != 1:
        assert "no change of any kind is smaller" not in safely
        return
    assert change.words in safely
    if "would change that" in summary.finding:
        assert f"; {change.short} would change that" in summary.finding
    mind = exhibits.statement(scenario).table.set_index("part")["sentence"]["What would change our mind"]
    assert change.short in mind or "open today" in mind
    flip = result.challenges[0].lead
    if flip.possible:
        values = evaluate(after_flip(result, flip)).values_in(None)
        best = values[result.challenges[0].challenger]
        assert best == pytest.approx(np.nanmax(values), abs=1e-6 * scenario.scale.width)
