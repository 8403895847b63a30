"""Leads among those who were asked: intervals, degrees, and what counts as an estimate."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from respondent_tables import DISCIPLINES, respondents, roles, written
from scipy.stats import t

import valuemix as vm
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.certainty.uncertainty import weights_drawn
from valuemix.analysis.draws.survey_errors import survey_errors, survey_moves
from valuemix.analysis.evidence.leads import heard_lead
from valuemix.exhibits.words.respondents import among


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return respondents(200)


@pytest.fixture(scope="module")
def scenario(rows: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> vm.Scenario:
    return vm.survey(written(rows, tmp_path_factory.mktemp("leads")), roles())


def test_a_lead_has_the_error_of_the_product_of_means(rows: pd.DataFrame, scenario: vm.Scenario) -> None:
    own = rows[rows["segment"] == "Families"]
    points = own[[f"points_{name}" for name in DISCIPLINES]].to_numpy() / 100
    gaps = (
        own[[f"0_{name}" for name in DISCIPLINES]].to_numpy()
        - own[[f"1_{name}" for name in DISCIPLINES]].to_numpy()
    )
    lead = points.mean(axis=0) @ gaps.mean(axis=0)
    spread = np.var(points @ gaps.mean(axis=0) + gaps @ points.mean(axis=0)) / len(own)
    error = np.sqrt(spread * 200 / 199)  # n of the whole sample, not of the segment
    found = heard_lead(scenario, "Families").closest
    assert found is not None
    assert found.lead == pytest.approx(abs(lead))
    assert found.error == pytest.approx(error, rel=1e-5)
    degrees = len(own) - 1
    assert found.degrees == pytest.approx(degrees)
    assert found.high - found.lead == pytest.approx(float(t.ppf(0.975, degrees)) * error, rel=1e-5)
    assert found.above == pytest.approx(float(t.cdf(abs(lead) / error, degrees)), abs=2 / 4096)  # draws


def test_draws_and_the_closed_form_agree(scenario: vm.Scenario) -> None:
    exact, drawn = heard_lead(scenario), heard_lead(scenario.with_settings(compensation=0.999999))
    assert drawn.certainty.least == pytest.approx(exact.certainty.least, abs=0.02)
    assert drawn.leads[0].error == pytest.approx(exact.leads[0].error, rel=0.06)


def test_what_was_changed_by_hand_has_no_error_of_respondents(scenario: vm.Scenario) -> None:
    assert len(survey_errors(scenario, "Families").weights) == 4
    moved = scenario.with_weights("Families", innovation=50)
    assert len(survey_errors(moved, "Families").weights) == 0
    assert len(survey_errors(moved, "Business").weights) == 4
    typed = scenario.replace(low=None, high=None).with_scores("Express", "Families", innovation=2)
    assert len(survey_errors(typed, "Families").scores) == 7
    assert among(heard_lead(typed, "Business")) == "Among those asked"


def test_scores_that_nobody_gave_are_told_and_in_doubt(scenario: vm.Scenario) -> None:
    case = scenario.replace(low=None, high=None)
    scores = case.array("scores").copy()
    scores[case.segment_index("Families")] += 0.001
    case = case.with_table("scores", scores.tolist())
    kept = heard_lead(case, "Families")
    assert kept.kept == 8
    assert among(kept) == "By the answers and eight scores of the case"
    known = heard_lead(case.with_settings(doubt={"scores_within": 0}), "Families")
    assert kept.closest is not None
    assert known.closest is not None
    assert kept.closest.error > 1.5 * known.closest.error


def test_with_too_few_answers_nothing_is_surer_than_open(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = pd.DataFrame({f"a{d}": 4 + rng.integers(0, 2, 7) for d in range(2)})
    for d in range(2):
        rows[f"b{d}"] = rng.integers(1, 3, 7)
    ratings = [
        {"proposition": p, "discipline": d, "column": f"{p}{i}"}
        for p in "ab"
        for i, d in enumerate(["care", "speed"])
    ]
    found = heard_lead(vm.survey(written(rows, tmp_path), {"scale": [1, 5], "ratings": ratings}))
    assert found.certainty.least > 0.99
    assert (found.certainty.degree, found.too_few, found.certainty.rivals) == ("open", True, (1,))


def test_a_lead_that_nothing_leaves_in_doubt_is_clear_and_a_tie_is_open(scenario: vm.Scenario) -> None:
    base = scenario.replace(low=None, high=None)
    ahead = base.with_scores("Green line", scores=dict.fromkeys(DISCIPLINES, 5.0))
    known = ahead.with_scores("Express", scores=dict.fromkeys(DISCIPLINES, 1.0))
    assert heard_lead(known).certainty.degree == "clear"
    tied = known.with_scores("Express", scores=dict.fromkeys(DISCIPLINES, 5.0))
    assert heard_lead(tied).certainty.leaders == (0, 1)
    assert heard_lead(tied).certainty.degree == "open"


def test_without_answers_there_is_nothing_to_say() -> None:
    with pytest.raises(vm.ValuemixError, match="read them with valuemix survey"):
        heard_lead(vm.Scenario.from_arrays([[5, 4], [3, 2]]))


def test_a_scenario_is_the_same_whether_its_covariance_was_looked_at_or_not(scenario: vm.Scenario) -> None:
    assert scenario.evidence is not None
    other = scenario.replace(evidence=scenario.evidence.with_weights("stated"))
    assert heard_lead(scenario).leads
    assert other == scenario


def test_sentences_draw_weights_and_scores_from_the_answers(scenario: vm.Scenario) -> None:
    exact, sure = heard_lead(scenario).leads[0], certainty(scenario)
    assert sure.least == pytest.approx(float(t.cdf(exact.lead / exact.error, exact.degrees)), abs=0.01)
    wide = scenario.with_settings(doubt=scenario.doubt.model_copy(update={"weights_within": 40.0}))
    assert certainty(wide).least == sure.least  # doubt is never counted twice
    assert certainty(scenario.replace(low=None, high=None)).least == sure.least


def test_weights_that_were_typed_since_are_in_doubt_as_typed_ones(scenario: vm.Scenario) -> None:
    typed = scenario.with_weights("Families", innovation=41)
    held = typed.with_settings(doubt=typed.doubt.model_copy(update={"weights_within": 0.0}))
    spread = [np.ptp(weights_drawn(each, "Families"), axis=-1).max() for each in (typed, held)]
    assert spread[0] > 0.1
    assert spread[1] == 0
    assert np.ptp(weights_drawn(held, "Business"), axis=-1).min() > 0


def test_draws_have_the_covariance_of_the_estimates(scenario: vm.Scenario) -> None:
    evidence = scenario.evidence
    assert evidence is not None
    moves, own = survey_moves(evidence, 0, 4096), evidence.segments[0].matrix
    drawn = np.cov(moves[: len(own)])
    degrees = evidence.segments[0].n - 1
    np.testing.assert_allclose(
        np.sqrt(np.diag(drawn)), np.sqrt(np.diag(own) * degrees / (degrees - 2)), rtol=0.02
    )
    assert abs(moves[:4].sum(axis=0)).max() < 1e-5  # shares sum to 1
    again = survey_moves(evidence.with_weights("keep"), 0, 4096)
    np.testing.assert_array_equal(moves, again)
