"""What respondents say of one moment: estimates by the plain formula, sentences no surer than they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from valuemix.analysis.customers.moments import extreme_moments
from valuemix.analysis.draws.survey_errors import survey_errors
from valuemix.analysis.evidence.wave_leads import lead_over_time, risen_since
from valuemix.analysis.evidence.wave_moves import moves_of_waves
from valuemix.errors import EditError, InvalidFile
from valuemix.model.moments.parts import Moment
from valuemix.model.scenario import Scenario
from valuemix.respondents.survey import Survey, read_survey
from valuemix.respondents.survey_map import read_map

MAP: dict[str, Any] = {
    "weight": "w",
    "scale": [1, 5],
    "ratings": {
        "offer": "area",
        "columns": {"care": ["desk", "queue"], "speed": "walk"},
        "moments": {"Security": {"care": "queue"}, "Gate": {"care": "desk", "speed": "gate"}},
    },
}


def answers() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    rows = pd.DataFrame({"area": ["A", "B"] * 20, "w": rng.uniform(0.5, 2, 40)})
    for name, middle in (("desk", 4.0), ("queue", 2.0), ("walk", 3.0), ("gate", 3.1)):
        rows[name] = np.clip(np.round(rng.normal(middle, 0.8, 40)), 1, 5)
    rows.loc[::7, "queue"] = np.nan
    return rows


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    table = tmp_path_factory.mktemp("in") / "answers.csv"
    answers().to_csv(table, index=False)
    return read_survey(table, MAP)


def residuals(of: str | list[str], area: str) -> tuple[float, np.ndarray]:
    """Weighted mean of an area, and w (y - mean) / sum w of every row, 0 where there is no answer."""
    rows = answers()
    y = rows[[of] if isinstance(of, str) else of].mean(axis=1)
    weight = rows["w"].where(y.notna() & (rows["area"] == area), 0.0)
    mean = (weight * y.fillna(0)).sum() / weight.sum()
    return float(mean), (weight * (y.fillna(0) - mean) / weight.sum()).to_numpy()


def test_estimates_of_a_moment_and_their_covariance_follow_the_plain_formula(heard: Survey) -> None:
    items, block = heard.heard.items[0], heard.heard.blocks[0]
    asked = {
        ("", 0): ["desk", "queue"], ("", 1): "walk",
        ("Security", 0): "queue", ("Gate", 0): "desk", ("Gate", 1): "gate",
    }  # fmt: skip
    scores = [(i, item) for i, item in enumerate(items) if item.of == "score"]
    assert len(scores) == 2 * len(asked)
    plain = [residuals(asked[item.moment, item.discipline], "AB"[item.proposition]) for _, item in scores]
    assert [item.mean for _, item in scores] == pytest.approx([mean for mean, _ in plain], abs=1e-12)
    errors = np.array([error for _, error in plain])
    at = [i for i, _ in scores]
    assert block[np.ix_(at, at)] == pytest.approx(40 / 39 * errors @ errors.T, abs=1e-14)


def test_moments_have_what_was_asked_of_them_and_the_segment_the_rest(heard: Survey) -> None:
    scenario = heard.scenario
    means = scenario.moment_means
    assert scenario.moment_names == ("Security", "Gate")
    care, speed = (scenario.discipline_index(name) for name in ("care", "speed"))
    assert means.scores[0, 0, 0, care] == pytest.approx(residuals("queue", "A")[0])
    assert means.scores[0, 0, 0, speed] == pytest.approx(residuals("walk", "A")[0])
    assert means.scores[0, 1, 0, speed] == pytest.approx(residuals("gate", "A")[0])
    assert any("asked of no moment" in note for note in heard.notes)
    assert any("shares of contacts" in note for note in heard.notes)


def error_of(scenario: Scenario, proposition: int, discipline: int) -> float | None:
    errors = survey_errors(scenario)
    slopes = np.zeros(len(errors.degrees))
    found = [k for _, p, d, k in errors.scores.tolist() if (p, d) == (proposition, discipline)]
    slopes[found] = 1.0
    return errors.variance(slopes) if found else None


def test_the_error_of_a_moment_is_its_own_and_that_of_the_mean_over_moments_that_of_the_mean(
    heard: Survey,
) -> None:
    scenario = heard.scenario
    (_, queue), (_, desk) = residuals("queue", "A"), residuals("desk", "A")
    n = 40 / 39
    assert error_of(scenario.at_moment("Security"), 0, 0) == pytest.approx(n * queue @ queue, rel=1e-6)
    both = (queue + desk) / 2
    assert error_of(scenario, 0, 0) == pytest.approx(n * both @ both, rel=1e-6)
    assert error_of(scenario.without_moments(), 0, 0) == pytest.approx(n * both @ both, rel=1e-6)


def test_waves_of_moments_hang_together_by_the_people_in_both(tmp_path: Path) -> None:
    """The same people again, who all find the walk to the gate better by one: moments and means move for sure."""
    first = answers().assign(wave="2025-05", id=range(40), gate=lambda rows: rows["gate"].clip(upper=4))
    second = first.assign(wave="2026-05", gate=first["gate"] + 1)
    pd.concat([first, second]).to_csv(tmp_path / "both.csv", index=False)
    scenario = read_survey(tmp_path / "both.csv", MAP | {"wave": "wave", "id": "id"}).scenario
    evidence = scenario.evidence
    assert evidence
    own, then = (wave.segments[0] for wave in evidence.waves)
    shared = evidence.across[0].matrix((len(own.estimates), len(then.estimates)))
    np.testing.assert_allclose(shared, own.matrix, rtol=1e-5, atol=1e-9)
    np.testing.assert_allclose(then.matrix, own.matrix, rtol=1e-5, atol=1e-9)
    gate = [i for i, each in enumerate(own.estimates) if (each.moment, each.discipline) == ("Gate", "speed")]
    assert [own.estimates[i].mean - then.estimates[i].mean for i in gate] == pytest.approx([1, 1])
    moves = {(m.proposition, m.discipline): m for m in moves_of_waves(scenario)}
    for (_, discipline), move in moves.items():  # two moments count alike, one of them was asked for speed
        assert move.after - move.before == pytest.approx(0.5 if discipline == "speed" else 0, abs=1e-9)
        assert move.error == pytest.approx(0, abs=1e-4)
        assert move.moved == (discipline == "speed")
    assert lead_over_time(scenario).change == pytest.approx(0, abs=1e-9)
    rise = risen_since(scenario, 0)
    assert rise
    assert rise.sure > 0.999


def test_a_score_changed_by_hand_is_that_of_no_respondent_any_more(heard: Survey) -> None:
    scenario = heard.scenario
    row, *others = scenario.moment_scores
    changed = row.model_copy(update={"scores": {**row.scores, "care": 4.9}})
    edited = scenario.replace(moment_scores=[changed, *others])
    place = scenario.proposition_index(row.proposition), scenario.discipline_index("care")
    assert error_of(edited.at_moment(row.moment), *place) is None
    assert error_of(edited, *place) is None
    assert error_of(edited, 1 - place[0], place[1]) is not None


def test_the_slope_of_a_mean_score_gives_the_value_its_own_where_means_are_not_plain(heard: Survey) -> None:
    bent = heard.scenario.with_settings(compensation=0.4, compensation_over_moments=0.7)
    means, settings = bent.moment_means, bent.settings
    row = next(row for row in bent.moment_scores if row.moment == "Security")
    p, step = bent.proposition_index(row.proposition), 1e-5
    moved = row.model_copy(update={"scores": {**row.scores, "care": row.scores["care"] + step}})
    after = bent.replace(moment_scores=[moved if each is row else each for each in bent.moment_scores])
    unit, value = bent.unit_scores[0, p, 0], means.segment_values[0, p]
    by_mean = bent.weights[0, 0] * (unit / value) ** (settings.rho - 1) * means.slopes[0, 0, p, 0]
    by_value = (after.moment_means.segment_values[0, p] - value) / (step / bent.scale.width)
    assert by_mean == pytest.approx(by_value, rel=1e-3)


def test_best_and_weakest_moments_are_as_sure_as_the_answers(heard: Survey) -> None:
    assert extreme_moments(heard.scenario, 0) == ("clear", "clear")  # 20 answers, two points apart
    few = heard.scenario.with_points([[1.0, 99.0]])  # speed: 3.14 against 3.27
    assert extreme_moments(few, 1) == ("open", "open")


def test_a_moment_under_another_name_keeps_what_was_said_of_it(heard: Survey) -> None:
    named = heard.scenario.evidence.renamed("moments", {"Security": "Checkpoint"})
    told = {each.moment for own in named.segments for each in own.estimates}
    assert told == {"", "Checkpoint", "Gate"}


@pytest.mark.parametrize(
    ("moments", "told"),
    [
        ({"Gate": {"charm": "gate"}}, "'Gate' has ratings of 'charm', which has none for the segment"),
        ({"Gate": {}}, "'Gate' has no ratings"),
        ({" ": {"care": "gate"}}, "ratings of 'care' has no name"),
    ],
)
def test_a_map_whose_moments_do_not_fit_is_refused(moments: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidFile, match=told):
        read_map({**MAP, "ratings": {**MAP["ratings"], "moments": moments}})


def test_a_new_moment_has_no_place_among_shares_that_were_given(heard: Survey, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    answers().to_csv(table, index=False)
    case = heard.scenario.replace(moment_scores=[], moments=[Moment(name="Security", share=3)])
    with pytest.raises(EditError, match=r"Gate.* whose moments have shares of contacts"):
        read_survey(table, MAP, into=case)
