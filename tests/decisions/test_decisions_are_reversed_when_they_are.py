"""Whether a decision stands is what an evaluation from scratch says, and every distance is where it turns."""

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nightly import tries
from random_scenarios import scenarios
from sample_scenarios import ROOT

from valuemix.analysis.decisions.reopening import THRESHOLD, chance_found, reopening
from valuemix.analysis.decisions.reversal import Choice, accepted_loss, is_reversed
from valuemix.analysis.decisions.reversing_changes import ReversingChange, reversing_changes
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.decisions.record import decide
from valuemix.decisions.review import review
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


@given(chosen(), st.data())
@settings(max_examples=tries(5000, 15), deadline=None)
def test_a_decision_is_reversed_exactly_when_an_evaluation_from_scratch_says_so(
    taken: tuple[Scenario, str, str | None], data: st.DataObject
) -> None:
    then, proposition, segment = taken
    decision = decide(
        then, proposition, "2027-06-30", segments=(segment,) if segment else (), decided="2027-01-31"
    )
    now = then.with_points(
        data.draw(
            st.lists(
                st.lists(st.integers(1, 9), min_size=len(then.disciplines), max_size=len(then.disciplines)),
                min_size=len(then.segments),
                max_size=len(then.segments),
            )
        )
    )
    lost_then, lost = (best_less_chosen(each, proposition, segment) for each in (then, now))
    width = then.scale.width
    assume(not np.isnan(lost))
    bar = lost_then + 0.05 * width if lost_then > TIE * width else 0.0
    assume(abs(lost - bar) > 2 * TIE * width or lost == bar == 0)
    assert (review(decision, now).state == "reversed") == (lost > bar)


@given(chosen())
@settings(max_examples=tries(5000, 8), deadline=None)
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


def changed(scenario: Scenario, change: ReversingChange, to: float) -> Scenario:
    """The scenario with one thing moved, worked out anew."""
    if change.kind == "score":
        scores = scenario.array("scores").copy()
        scores[change.segment, change.proposition, change.discipline] = to
        return scenario.with_table("scores", scores)
    if change.kind == "size":
        sizes = scenario.size_shares * (1 - to) / (1 - scenario.size_shares[change.segment])
        sizes[change.segment] = to
        return scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True)))
    weights, d = scenario.weights.copy(), change.discipline
    rows = [*range(len(weights))] if change.segment is None else [change.segment]
    counted = scenario.size_shares[rows] if len(rows) > 1 else np.ones(1)
    mean = weights[rows, d] @ counted / counted.sum()
    for g in rows:
        own = weights[g, d]
        # The same share of its own way to 0 or to 1 for every segment.
        new = (
            to
            if len(rows) == 1
            else (own * to / mean if to < mean else 1 - (1 - own) * (1 - to) / (1 - mean))
        )
        rest = np.delete(weights[g], d)
        others = rest / rest.sum() if rest.sum() > 1e-12 else np.full(len(rest), 1 / len(rest))
        weights[g] = np.insert((1 - new) * others, d, new)
    return scenario.with_points(weights * 100)


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
