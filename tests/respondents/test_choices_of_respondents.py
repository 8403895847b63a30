"""Choices fix the sensitivity of preference shares, or a sentence says why they do not."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from respondent_tables import written
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

import valuemix as vm
from valuemix.analysis.evidence.sensitivity import conditional_logit, fitted_sensitivity
from valuemix.errors import NothingToShow
from valuemix.exhibits.documents.survey import survey_document
from valuemix.respondents.survey import Survey, read_survey
from valuemix.typing import FloatArray, IntArray

ROLES: dict[str, object] = {
    "choice": {"set": "task", "chosen": "took"},
    "scale": [0, 10],
    "ratings": {"offer": "offer", "columns": {"innovation": "new", "social_purpose": "good"}},
}
BY_PERSON: dict[str, object] = {**ROLES, "id": "who"}


@functools.cache
def choosing() -> pd.DataFrame:
    """40 people, three sets of three offers each, chosen with odds exp(6 x mean rating / 10)."""
    rng = np.random.default_rng(4)
    rows = pd.DataFrame(
        {
            "who": np.repeat(np.arange(40), 9),
            "task": np.repeat(np.arange(120), 3),
            "offer": np.tile(["Express", "Green line", "Night bus"], 120),
            "new": rng.integers(0, 11, 360),
            "good": rng.integers(0, 11, 360),
        }
    )
    utility = 6 * (rows["new"] + rows["good"]) / 20 + rng.gumbel(size=360)
    return rows.assign(took=(utility == utility.groupby(rows["task"]).transform("max")).astype(int))


@functools.cache
def read(by: str = "set") -> Survey:
    with tempfile.TemporaryDirectory() as folder:
        return read_survey(written(choosing(), Path(folder)), ROLES if by == "set" else BY_PERSON)


def fitted(by: str = "set") -> vm.Scenario:
    return read(by).scenario


def notes_of(rows: pd.DataFrame, folder: Path) -> str:
    return "; ".join(vm.survey(written(rows, folder), ROLES).evidence.notes)


def test_the_fit_is_that_of_statsmodels_and_of_brute_force() -> None:
    found = fitted().evidence.choices
    # statsmodels 0.15.0, ConditionalLogit(took, (new + good) / 20, groups=task).fit(method="newton")
    assert found.sensitivity == pytest.approx(5.675451867622302, rel=1e-9)
    assert found.error == pytest.approx(0.8003178930777851, rel=1e-7)  # theirs is by differences
    rows = choosing()
    value = ((rows["new"] + rows["good"]) / 20).to_numpy().reshape(-1, 3)
    took = rows["took"].to_numpy().reshape(-1, 3) == 1
    best = minimize_scalar(lambda theta: -log_softmax(theta * value, axis=1)[took].sum(), (0, 10))
    assert found.sensitivity == pytest.approx(best.x, rel=1e-6)
    assert (found.sets, found.units) == (120, 120)


def test_the_error_is_that_of_people_who_chose_several_times() -> None:
    found, rows = fitted("person").evidence.choices, choosing()
    assert found.sensitivity == pytest.approx(fitted().evidence.choices.sensitivity, rel=1e-9)
    value = ((rows["new"] + rows["good"]) / 20).to_numpy().reshape(-1, 3)
    odds = np.exp(log_softmax(found.sensitivity * value, axis=1))
    mean = (odds * value).sum(axis=1)
    took = value[rows["took"].to_numpy().reshape(-1, 3) == 1]
    curvature = (odds * (value - mean[:, None]) ** 2).sum()
    people = (took - mean).reshape(40, 3).sum(axis=1)
    assert found.error == pytest.approx(np.sqrt(40 / 39 * (people**2).sum()) / curvature, rel=1e-9)
    assert found.units == 40


def test_the_rows_of_one_person_are_one_answer() -> None:
    own = fitted("person").evidence.by_segment["All respondents"]
    assert (own.n, own.n_effective) == (40, pytest.approx(40))
    assert max(each.n_effective for each in own.estimates) == pytest.approx(40)


def test_the_fitted_sensitivity_replaces_the_usual_one_and_is_told_with_its_interval(tmp_path: Path) -> None:
    heard = fitted()
    vm.save(heard, tmp_path / "heard.json")
    assert fitted_sensitivity(vm.load(tmp_path / "heard.json")) == fitted_sensitivity(heard)
    found = fitted_sensitivity(heard)
    assert 0 < found.low < found.fitted < found.high
    told = f"fitted from 120 choices: {found.fitted:.1f}, between {found.low:.1f} and {found.high:.1f}"
    assert f"sensitivity of preference shares {told}" in heard.evidence.notes
    made = vm.exhibits.preference_share(heard)
    assert f"sensitivity {found.fitted:.1f}," in made.subtitle
    assert any(told in note for note in made.notes)
    shares = vm.exhibits.preference_share(heard, sensitivity=found.fitted).table["preference_share"]
    assert made.table["preference_share"].tolist() == shares.tolist()
    assert (made.table["low_share"] <= shares).all()
    assert (shares <= made.table["high_share"]).all()
    by_hand = vm.exhibits.preference_share(heard, sensitivity=20)
    assert any(f"at 1 to 40, set by hand; that {told}" in note for note in by_hand.notes)


def test_the_json_of_a_survey_has_the_fit() -> None:
    document = survey_document(read())
    found = fitted_sensitivity(fitted())
    assert json.loads(json.dumps(document))["choices"] == {
        "sensitivity": pytest.approx(found.fitted),
        "se": pytest.approx(fitted().evidence.choices.error),
        "low": pytest.approx(found.low),
        "high": pytest.approx(found.high),
        "sets": 120,
        "respondents": 120,
    }


def test_where_choices_fix_no_sensitivity_a_sentence_says_why() -> None:
    value = ((choosing()["new"] + choosing()["good"]) / 20).to_numpy()
    sets, starts = value.reshape(-1, 3), np.arange(0, 360, 3)

    def why(values: FloatArray, pick: IntArray) -> str:
        with pytest.raises(NothingToShow) as found:
            conditional_logit(
                values, starts, (np.arange(3) == pick[:, None]).ravel(), np.ones(120), np.arange(120)
            )
        return str(found.value)

    took = choosing()["took"].to_numpy().reshape(-1, 3).argmax(axis=1)
    assert "all were of the highest value in their set" in why(value, sets.argmax(axis=1))
    assert "all were of the lowest value in their set" in why(value, sets.argmin(axis=1))
    assert "the alternatives of each set have the same value" in why(np.full(360, 0.4), took)
    assert "they go against the values (sensitivity −5.7, standard error 0.8)" in why(1 - value, took)


def test_sets_that_say_nothing_are_left_out_and_counted_and_one_name_for_all_says_nothing(
    tmp_path: Path,
) -> None:
    rows = choosing().copy()
    rows["took"] = (rows["offer"] == "Express").astype(float)
    rows.loc[rows["task"] == 0, "took"] = 0
    rows.loc[rows["task"] == 1, "took"] = None
    alone = (rows["task"] == 2) & (rows["offer"] != "Express")
    notes = notes_of(rows[~alone], tmp_path)
    assert "2 sets without a chosen row left out of the choices" in notes
    assert "1 set of one alternative left out of the choices" in notes
    told = "choices fix no sensitivity of preference shares, and the usual one stays: all chose Express, for its value"
    assert told in notes


@pytest.mark.parametrize(
    ("rows", "said", "told"),
    [
        (
            choosing().assign(task=choosing()["who"]),
            ROLES,
            "one row of a set is the chosen one, but 40 sets have more",
        ),
        (choosing().assign(took=0), ROLES, "no set has a chosen row"),
        (choosing().assign(task=range(360)), ROLES, "every set has one alternative"),
        (choosing().assign(took=choosing()["took"] + 1), ROLES, "a row was chosen (1) or not (0), got 2"),
        (choosing().assign(took="yes"), ROLES, "360 answers are no number, such as 'yes'"),
        (choosing().drop(columns="took"), ROLES, "'took'"),
        (
            choosing(),
            {**ROLES, "ratings": [{"proposition": "A", "discipline": "innovation", "column": "new"}]},
            "choices need a row for each alternative; give ratings by offer and columns",
        ),
    ],
)
def test_what_holds_no_choices_is_refused(
    tmp_path: Path, rows: pd.DataFrame, said: dict[str, object], told: str
) -> None:
    with pytest.raises(vm.ValuemixError) as found:
        vm.survey(written(rows, tmp_path), said)
    assert told in str(found.value)
