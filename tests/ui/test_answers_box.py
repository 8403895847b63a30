"""Answers of respondents brought in on the Evidence page, by what the columns are called or by a saved map."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from respondent_tables import DISCIPLINES, PROPOSITIONS, respondents, roles
from sample_scenarios import saved_in
from streamlit.testing.v1 import AppTest

import valuemix as vm
from valuemix.ui.session.incoming.answers import guessed
from valuemix.ui.session.tab import Session

SCRIPT = "from valuemix.ui.pages import evidence\nevidence.page()\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> vm.Scenario:
    case = vm.Scenario.from_arrays(
        [[[3, 3, 3, 3], [2, 2, 2, 2]]] * 2,
        segments=["Families", "Business"],
        propositions=[*PROPOSITIONS],
        scale=vm.Scale(lowest=1, highest=5),
        name="Mine",
    )
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(saved_in(tmp_path / "scenarios", case)))
    return case


@pytest.fixture
def page(case: vm.Scenario) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    at = AppTest.from_string(SCRIPT, default_timeout=120).run()
    at.session_state["answers-box-0"] = True
    return at.run()


def session(page: AppTest) -> Session:
    found: Session = page.session_state["valuemix"]
    return found


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click()
    page.run()
    assert not page.exception, page.exception


def told(page: AppTest) -> str:
    return " ".join(each.value for each in (*page.success, *page.caption, *page.error)).replace("\\", "")


def test_columns_named_after_propositions_and_disciplines_are_read_into_the_case(
    page: AppTest, case: vm.Scenario
) -> None:
    names = {f"{p}_{key}": f"{name}: {key}" for p, name in enumerate(PROPOSITIONS) for key in DISCIPLINES}
    rows = respondents()
    page.file_uploader[0].upload("answers.csv", rows.rename(columns=names).to_csv(index=False).encode())
    page.run()
    assert "8 columns name a proposition and a discipline" in told(page)
    press(page, "answers-read")
    assert "120 respondents: " in told(page)
    assert session(page).scenario == case
    press(page, "answers-take")
    now = session(page).scenario
    assert now.evidence is not None
    assert (now.evidence.respondents, now.evidence.weights, now.name) == (120, "stated", "Mine")
    families = rows[rows["segment"] == "Families"]
    assert now.array("scores")[0, 0, 0] == pytest.approx(families["0_innovation"].mean())
    press(page, "evidence-undo")
    assert session(page).scenario == case


def test_a_saved_map_makes_a_new_case_and_no_answer_stays(page: AppTest) -> None:
    page.file_uploader[0].upload("answers.csv", respondents().to_csv(index=False).encode())
    page.run()
    page.file_uploader[1].upload("map.json", json.dumps(roles()).encode())
    page.run()
    page.radio(key="answers-where-0").set_value("New case").run()
    page.text_input(key="answers-wave-0").set_value("2026-05").run()
    press(page, "answers-read")
    press(page, "answers-take")
    found = session(page).scenario
    assert found.name == "answers"
    assert found.evidence is not None
    assert (found.evidence.asked, found.segment_names) == ("2026-05", ("Business", "Families"))
    assert len(page.file_uploader) == 0
    box = page.session_state["answers-in"]
    assert (box.columns, box.made, box.refused) == ((), None, None)


@pytest.mark.nightly  # waves are joined in tests/respondents; a map goes in above
def test_the_next_wave_goes_into_the_case_as_the_newest(page: AppTest) -> None:
    test_a_saved_map_makes_a_new_case_and_no_answer_stays(page)
    # Without a date it would take the place of the one that is there.
    page.session_state["answers-box-1"] = True
    page.run()
    page.file_uploader[0].upload("next.csv", respondents(seed=1).to_csv(index=False).encode())
    page.run()
    page.file_uploader[1].upload("map.json", json.dumps(roles()).encode())
    page.run()
    assert "Without a date these answers take the place of 2026-05" in told(page)
    page.text_input(key="answers-wave-1").set_value("2027-05").run()
    assert "those of 2026-05 stay as the wave before" in told(page)
    press(page, "answers-read")
    assert "in 2026-05 to" in told(page)
    press(page, "answers-take")
    assert [wave.asked for wave in session(page).scenario.evidence.waves] == ["2027-05", "2026-05"]


def test_ratings_of_a_moment_are_chosen_like_the_others_or_known_by_their_names(
    page: AppTest, case: vm.Scenario
) -> None:
    rows = pd.DataFrame({"Option": [*PROPOSITIONS] * 9, "area": ["Families"] * 18})
    rows = rows.assign(**{key: 2 + np.arange(18) % 3 for key in DISCIPLINES}, queue=1 + np.arange(18) % 4)
    page.file_uploader[0].upload("answers.csv", rows.to_csv(index=False).encode())
    page.run()
    page.selectbox(key="answers-segment-0").set_value("area").run()
    page.multiselect(key="answers-moments-0").set_value(["Security"]).run()
    page.multiselect(key="answers-in-Security-social_purpose-0").set_value(["queue"]).run()
    press(page, "answers-read")
    assert "Security: what was not asked of a moment it takes from the segment" in told(page)
    press(page, "answers-take")
    now = session(page).scenario
    assert now.moment_names == ("Security",)
    scored = {row.proposition: row.scores["social_purpose"] for row in now.moment_scores}
    assert scored == pytest.approx(rows.groupby("Option")["queue"].mean().to_dict())
    found = guessed(["Social purpose", "Security social purpose", "Express social purpose, security"], now)
    assert found.ratings["social_purpose"] == ["Social purpose"]
    assert found.moments == {
        "Security": {"social_purpose": ["Security social purpose", "Express social purpose, security"]}
    }
    assert found.wide == [
        {
            "proposition": "Express",
            "discipline": "social_purpose",
            "column": "Express social purpose, security",
            "moment": "Security",
        }
    ]
    assert case.moment_names == ()


def test_what_cannot_be_read_is_told_and_changes_nothing(page: AppTest, case: vm.Scenario) -> None:
    page.file_uploader[0].upload("answers.csv", respondents().to_csv(index=False).encode())
    page.run()
    page.file_uploader[1].upload("map.json", json.dumps(roles(weight="no such column")).encode())
    page.run()
    press(page, "answers-read")
    assert "nothing has changed" in told(page)
    assert "no such column" in told(page)
    assert session(page).scenario == case
