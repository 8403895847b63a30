"""Whether a decision stands is what an evaluation from scratch says, and every distance is where it turns."""

import json

import numpy as np
import pytest
from changed_scenarios import changed
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nightly import tries
from random_scenarios import scenarios
from sample_scenarios import ROOT

from valuemix.analysis.decisions.reopening import THRESHOLD, chance_found, reopening
from valuemix.analysis.decisions.reversal import Choice, accepted_loss, is_reversed
from valuemix.analysis.decisions.reversing_changes import reversing_changes
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.decisions.record import choices_among
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario

ORACLES = ROOT.parent / "shared" / "oracles"


def best_less_chosen(scenario: Scenario, proposition: str, segment: str | None) -> float:
    table = evaluate(scenario).to_frame()
    own = table[table["segment"] == (segment or "Overall")].set_index("proposition")["value"]
    return float(own.max() - own[proposition]) if own.notna()[proposition] else float("nan")


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Scenario, str, str | None]:
    """A scenario and a choice in it that has a value, often not the best."""
    scenario = draw(scenarios())
    if draw(st.booleans()):
        settings_of = {
            "compensation": draw(st.sampled_from([-1, 0, 0.5, 2])),
            "fairness": draw(st.sampled_from([0, 2])),
        }
        scenario = scenario.with_settings(**settings_of)
    segment = draw(st.sampled_from([None, *scenario.segment_names]))
    proposition = draw(st.sampled_from(scenario.proposition_names))
    assume(not np.isnan(best_less_chosen(scenario, proposition, segment)))
    return scenario, proposition, segment


def moved(data: st.DataObject, then: Scenario) -> Scenario:
    """The scenario with one weight, score or size moved, or with all of them."""
    what = data.draw(st.sampled_from(["weight", "score", "size", "weights", "all"]))
    g, p, d = (
        data.draw(st.integers(0, len(of) - 1)) for of in (then.segments, then.propositions, then.disciplines)
    )
    points, scores, sizes = then.weights * 100, then.array("scores").copy(), then.size_shares.copy()
    dice = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    if what == "weight":
        points[g, d] = data.draw(st.integers(1, 300))
    elif what == "score":
        scores[g, p, d] = then.scale.lowest + then.scale.width * data.draw(st.integers(0, 10)) / 10
    elif what == "size":
        sizes[g] = data.draw(st.integers(1, 30)) / 10
    else:
        points = dice.integers(1, 10, points.shape).astype(float)
    if what == "all":
        sizes = dice.integers(1, 10, sizes.shape).astype(float)
        scores = np.where(
            np.isnan(scores), scores, then.scale.lowest + then.scale.width * dice.random(scores.shape)
        )
    named = dict(zip(then.segment_names, map(float, sizes), strict=True))
    return then.with_points(points).with_table("scores", scores).with_sizes(named)


@given(chosen(), st.data())
@settings(max_examples=tries(10_000, 15), deadline=None)
def test_a_decision_is_reversed_exactly_when_an_evaluation_from_scratch_says_so(
    taken: tuple[Scenario, str, str | None], data: st.DataObject
) -> None:
    then, proposition, segment = taken
    (decided,) = choices_among(then, proposition, (segment,) if segment else ())
    now = moved(data, then)
    lost_then, lost = (best_less_chosen(each, proposition, segment) for each in (then, now))
    width = then.scale.width
    assume(not np.isnan(lost))
    bar = lost_then + 0.05 * width if lost_then > TIE * width else 0.0
    assume(abs(lost - bar) > 2 * TIE * width or lost == bar == 0)
    assert is_reversed(now, decided.choice, decided.accepted) == (lost > bar)


@given(chosen())
@settings(max_examples=tries(10_000, 8), deadline=None)
def test_every_single_change_reverses_the_choice_there_and_not_before(
    taken: tuple[Scenario, str, str | None],
) -> None:
    scenario, proposition, segment = taken
    choice = Choice(proposition, segment)
    accepted = accepted_loss(scenario, choice)
    for change in reversing_changes(scenario, choice, accepted)[:6]:
        assert is_reversed(changed(scenario, change, change.then), choice, accepted)
        back = 1e-6 * np.sign(
            change.then - (scenario.scale.lowest if np.isnan(change.today) else change.today)
        )
        if change.distance > 1e-6:
            assert not is_reversed(changed(scenario, change, change.then - back), choice, accepted)


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
