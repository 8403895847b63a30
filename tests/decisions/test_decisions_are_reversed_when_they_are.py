"""Whether a decision stands is what an evaluation from scratch says, and every distance is where it turns."""

import json
from collections.abc import Sequence

import numpy as np
import pytest
from changed_scenarios import Figures, changed, changed_figures, figures_of, plain_values
from nightly import tries
from sample_scenarios import ROOT

from valuemix.analysis.decisions.reopening import THRESHOLD, chance_found, reopening
from valuemix.analysis.decisions.reversal import Choice, accepted_loss, is_reversed
from valuemix.analysis.decisions.reversing_changes import reversing_changes
from valuemix.analysis.value.scoring import TIE
from valuemix.decisions.record import choices_among
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

ORACLES = ROOT.parent / "shared" / "oracles"


PAIRS = 7_000
"""Pairs of scenarios in the campaign; sets add 3,000 more."""

Taken = tuple[Scenario, str, str | None]


def lost_by(
    scenario: Scenario, several: Sequence[Figures], proposition: str, segment: str | None
) -> FloatArray:
    """What a choice loses for several figures of a scenario, by the plain formulas; NaN where it has no value."""
    values = plain_values(scenario, several, segment)
    own = values[:, scenario.proposition_names.index(proposition)]
    best = np.max(values, axis=1, initial=0.0, where=~np.isnan(values))
    return scenario.scale.width * (best - own)


def chosen(seed: int) -> Taken:
    """A small scenario full of ties and gaps, and a choice in it that has a value, often not the best."""
    dice = np.random.default_rng(seed)
    while True:
        g, p, d = (int(dice.integers(*ends)) for ends in ((1, 5), (1, 7), (2, 6)))
        low, high = ((0, 10), (1, 5), (0, 1), (-5, 5))[dice.integers(4)]
        steps, gaps = dice.choice([2, 4, 40]), dice.choice([0.0, 0.2])
        scores = low + (high - low) * dice.integers(0, steps + 1, (g, p, d)) / steps
        scores[(dice.random((g, p, d)) < gaps) & (np.arange(d) > 0)] = np.nan
        points, sizes = dice.integers(0, 4, (g, d)), dice.integers(0, 4, g)
        points[points.sum(axis=1) == 0], sizes = 1, sizes if sizes.any() else sizes + 1
        scenario = Scenario.from_arrays(scores, points=points, sizes=sizes, scale=(low, high))
        if dice.random() < 0.5:
            compensation = (-1, 0, 0.5, 2, "min")[dice.integers(5)]
            fairness = (0, 2, "max")[dice.integers(3)]
            scenario = scenario.with_settings(compensation=compensation, fairness=fairness)
        segment = str(dice.choice(scenario.segment_names)) if dice.random() < 0.6 else None
        proposition = str(dice.choice(scenario.proposition_names))
        if not np.isnan(lost_by(scenario, [figures_of(scenario)], proposition, segment)).any():
            return scenario, proposition, segment


def moved(then: Scenario, seed: int) -> Scenario:
    """The scenario with one weight, score or size moved, or all weights, or everything."""
    dice = np.random.default_rng([seed, 1])
    points, scores, sizes, _ = figures_of(then)
    (g, p, d), what = (int(dice.integers(of)) for of in scores.shape), seed % 5
    points *= 100
    if what == 0:
        points[g, d] = dice.integers(1, 300)
    elif what == 1:
        scores[g, p, d] = then.scale.lowest + then.scale.width * dice.integers(0, 11) / 10
    elif what == 2:
        sizes[g] = dice.integers(1, 30) / 10
    else:
        points = dice.integers(1, 10, points.shape).astype(float)
    if what == 4:
        sizes = dice.integers(1, 10, sizes.shape).astype(float)
        anew = then.scale.lowest + then.scale.width * dice.random(scores.shape)
        scores = np.where(np.isnan(scores), scores, anew)
    named = dict(zip(then.segment_names, map(float, sizes), strict=True))
    return then.with_points(points).with_table("scores", scores).with_sizes(named)


def test_a_decision_is_reversed_exactly_when_the_plain_formulas_say_so() -> None:
    seen = {True: 0, False: 0}
    for seed in range(tries(PAIRS, 25)):
        then, proposition, segment = chosen(seed)
        (decided,) = choices_among(then, proposition, (segment,) if segment else ())
        now, width = moved(then, seed), then.scale.width
        lost_then, lost = (
            float(lost_by(each, [figures_of(each)], proposition, segment)[0]) for each in (then, now)
        )
        bar = lost_then + 0.05 * width if lost_then > TIE * width else 0.0
        told = is_reversed(now, decided.choice, decided.accepted)
        if np.isnan(lost):
            assert told is None, seed
        elif abs(lost - bar) > 2 * TIE * width or lost == bar == 0:
            assert told == (lost > bar), seed
            seen[bool(told)] += 1
    assert min(seen.values()) > 0


def test_every_single_change_reverses_the_choice_there_and_not_before() -> None:
    kinds: set[str] = set()
    for seed in range(tries(PAIRS, 8)):
        scenario, proposition, segment = chosen(seed)
        choice = Choice(proposition, segment)
        accepted = accepted_loss(scenario, choice)
        changes = reversing_changes(scenario, choice, accepted)
        if not changes:
            continue
        tie, lowest = TIE * scenario.scale.width, scenario.scale.lowest
        at = [changed_figures(scenario, change, change.then) for change in changes]
        assert (lost_by(scenario, at, proposition, segment) > accepted + tie).all(), seed
        far = [change for change in changes if change.distance > 1e-6]
        start = [lowest if np.isnan(change.today) else change.today for change in far]
        ends = [each.then - 1e-6 * np.sign(each.then - now) for each, now in zip(far, start, strict=True)]
        before = [changed_figures(scenario, each, end) for each, end in zip(far, ends, strict=True)]
        if far:
            assert not (lost_by(scenario, before, proposition, segment) > accepted + tie).any(), seed
        kinds.update(change.kind for change in changes)
        one = seed % len(changes)  # through the scenario itself, as a person would move it
        assert is_reversed(changed(scenario, changes[one], changes[one].then), choice, accepted), seed
    assert kinds == {"weight", "score", "size"}


def test_the_evidence_of_waves_is_that_of_the_oracle() -> None:
    told = json.loads((ORACLES / "tripwire.json").read_text(encoding="utf-8"))
    found = reopening(told["lead"], told["se"], told["df"], told["delta"] / 2, told["tripwire"])
    assert found.evidence == pytest.approx(told["e"], rel=1e-9)
    assert found.wave == told["reopens_at_wave"]
    assert found.threshold == told["threshold"] == THRESHOLD


@pytest.mark.parametrize("degrees", [np.inf, 30.0, 5.0])
def test_a_lead_at_the_bar_is_hardly_ever_reopened(degrees: float) -> None:
    worlds, random = tries(2000, 40), np.random.default_rng(11)
    leads = random.standard_normal((worlds, 40))
    errors = (
        np.ones_like(leads)
        if np.isinf(degrees)
        else np.sqrt(random.chisquare(degrees, leads.shape) / degrees)
    )
    found = [
        reopening(lead, error, np.full(40, degrees), 1.0).wave is not None
        for lead, error in zip(leads, errors, strict=True)
    ]
    assert np.mean(found) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / worlds)


@pytest.mark.parametrize("wave", [1, 5, 20, 37])
def test_a_fall_of_two_bars_is_found_within_three_waves(wave: int) -> None:
    assert chance_found(3.2, worlds=tries(2000, 300), after=wave) >= 0.9


def test_waves_that_share_respondents_are_made_independent_first() -> None:
    shared = np.array([[0.01, 0.005], [0.005, 0.01]])
    apart, alike = (
        reopening([-0.2, -0.2], [0.1, 0.1], [np.inf] * 2, 0.1, covariance=each).evidence
        for each in (np.diag(np.diag(shared)), shared)
    )
    assert apart == pytest.approx(reopening([-0.2, -0.2], [0.1, 0.1], [np.inf] * 2, 0.1).evidence)
    assert alike[1] < apart[1]  # the second wave says less that is new


@pytest.mark.parametrize(("leads", "errors"), [([0.1], [0.0]), ([0.1, 0.2], [0.1])])
def test_waves_that_do_not_fit_are_refused(leads: list[float], errors: list[float]) -> None:
    with pytest.raises(EditError, match=r"error|give one"):
        reopening(leads, errors, [10.0], 0.1)
