"""The Decide page: a draft becomes a record, and the record is reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from balance_screen import Screen
from streamlit.testing.v1 import AppTest

from valuemix.decisions.folder import keep, kept_in
from valuemix.decisions.notes import Note, add_note, notes_in
from valuemix.decisions.record import decide, expected
from valuemix.files.scenarios.scenario_file import load


@pytest.fixture
def alone(folder: Path, tmp_path: Path) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    script = tmp_path / "decide_alone.py"
    script.write_text("from valuemix.ui.pages import decide\ndecide.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = "base-case"
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def warnings(at: AppTest) -> str:
    return " | ".join(warning.value for warning in at.warning).replace("\\", "")


def findings(at: AppTest) -> str:
    return " | ".join(heading.value for heading in at.subheader).replace("\\", "")


def test_a_draft_is_recorded_reviewed_and_amended(alone: AppTest, folder: Path) -> None:
    at = alone
    assert "We choose Predictive uptime" in findings(at)
    at.selectbox(key="decide-what").set_value("segments")
    assert "Circular take-back in Public sector" in findings(run(at))
    at.selectbox(key="decide-what").set_value("=Named engineer")
    run(at).multiselect(key="decide-for").set_value(["Enterprise"])
    at.text_area(key="decide-note").set_value("They know our lines.")
    at.text_input(key="decide-by").set_value("Board")
    run(at).text_input(key="decide-expect").set_value("Enterprise's lead is above 0.2")
    at.button(key="decide-expect-add").click()
    work = run(at).session_state["deciding"]
    typed = dict(work.typed)
    work.case, work.typed, work.expects = "", {}, []  # as after a refresh of the page
    assert (run(at).session_state["deciding"].typed, len(work.expects)) == (typed, 1)
    run(at).button(key="decide-record").click()
    run(at)
    assert not [*(folder / "decisions" / "drafts").iterdir()]
    (record,) = kept_in(folder / "decisions")
    decision = record.decision
    assert decision is not None
    assert [(each.proposition, each.segment) for each in decision.chosen] == [
        ("Named engineer", "Enterprise")
    ]
    assert (decision.by, decision.note, decision.case) == ("Board", "They know our lines.", "base-case.json")
    assert decision.gives_up.startswith("We will not serve Mid-market")
    assert [each.text for each in decision.expects] == ["Enterprise's lead is above 0.2"]
    assert "The one decision on record stands" in findings(at)
    at.button(key="decide-review-page-to-deck").click()
    told = dict(run(at).session_state["valuemix"].scenario.deck[-1].options)
    assert (told["chosen"], told["by"], told["note"]) == (
        '{"Enterprise": "Named engineer"}',
        "Board",
        "They know our lines.",
    )
    assert (told["decided"], told["review"]) == (decision.decided, decision.review)
    add_note(folder / "decisions", Note(decision=record.path.name, on="2027-01-31", by="Ada", places=("",)))
    assert "noted by Ada on 2027-01-31" in " ".join(caption.value for caption in run(at).caption).replace(
        "\\", ""
    )
    at.button(key="decide-amend").click()
    run(at).button(key="decide-record").click()
    run(at)
    first, second = kept_in(folder / "decisions")
    named = {first.decision.amends, second.decision.amends} if first.decision and second.decision else set()
    assert named == {"", record.path.name}
    assert "The one decision on record stands" in findings(at)


def test_the_best_set_is_decided_on_from_the_page_that_finds_it(alone: AppTest, folder: Path) -> None:
    at = alone
    at.segmented_control(key="decide-part").set_value("A set")
    run(at).number_input(key="decide-budget").set_value(1400.0)
    run(at).button(key="decide-take-set").click()
    assert "We choose the set Predictive uptime and Named engineer" in findings(run(at))
    at.button(key="decide-record").click()
    run(at)
    (record,) = kept_in(folder / "decisions")
    assert record.decision is not None
    (chosen,) = record.decision.chosen
    assert (chosen.members, chosen.budget) == (("Predictive uptime", "Named engineer"), 1400)
    assert "The one decision on record stands" in findings(at)


def test_every_page_says_once_that_the_open_scenario_reverses_a_decision_until_it_is_noted(
    folder: Path, base: Screen
) -> None:
    scenario = load(folder / "base-case.json")
    record = decide(scenario, "Predictive uptime", "2027-06-30", decided="2027-01-31", case="base-case.json")
    path = keep(record, folder / "decisions")
    assert "is reversed" not in warnings(base.run().at)
    reversing = scenario.with_weights("Enterprise", innovation=0).with_weights("Mid-market", innovation=0)
    base.session.edits.commit(reversing)
    told = "The decision of 2027-01-31: Predictive uptime is reversed: Named engineer"
    assert warnings(base.run().at).count(told) == 1
    base.at.button(key=f"balance-note-{path.name}").click()
    assert "is reversed" not in warnings(base.run().at)
    assert [(note.decision, note.places) for note in notes_in(folder / "decisions")] == [(path.name, ("",))]


def test_people_judge_what_the_numbers_cannot(alone: AppTest, folder: Path) -> None:
    expects = (expected("2026-02-01", "The board agrees"),)
    scenario = load(folder / "base-case.json")
    keep(
        decide(
            scenario,
            "Predictive uptime",
            "2026-06-30",
            decided="2026-01-31",
            case="base-case.json",
            expects=expects,
        ),
        folder / "decisions",
    )
    alone.segmented_control(key="decide-part").set_value("Reviews")
    assert "one expectation is due and not judged yet" in findings(run(alone))
    alone.button(key="decide-came-0-False").click()
    run(alone)
    assert "the one expectation that was due did not come true" in findings(alone)
