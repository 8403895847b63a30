"""The Compare page: the open scenario, as edited, beside others of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from balance_screen import drawn
from streamlit.testing.v1 import AppTest

from valuemix.analysis.compare.compare import compare
from valuemix.model.scenario import Scenario
from valuemix.ui.session.comparison_state import chosen_to_compare, comparison_of, finder, first_moved
from valuemix.ui.session.tab import Session


@pytest.fixture
def alone(folder: Path, tmp_path: Path) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    script = tmp_path / "compare_alone.py"
    script.write_text("from valuemix.ui.pages import compare\ncompare.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = "base-case"
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def with_both(at: AppTest) -> AppTest:
    at.multiselect(key="compare-with").set_value(["margin-squeeze", "green-mandate"])
    return run(at)


def show(at: AppTest, part: str) -> AppTest:
    at.segmented_control(key="compare-part").set_value(part)
    return run(at)


def findings(at: AppTest) -> str:
    return " | ".join(heading.value for heading in at.subheader)


def test_a_comparison_starts_with_scenarios_that_share_propositions(alone: AppTest) -> None:
    assert alone.multiselect(key="compare-with").value == [
        "everyone-served",
        "green-mandate",
        "margin-squeeze",
    ]
    assert drawn(alone) == 2
    assert "with" not in alone.query_params


def test_scenarios_can_be_taken_out_of_the_comparison_until_nothing_is_compared(alone: AppTest) -> None:
    alone.multiselect(key="compare-with").set_value([])
    at = run(alone)
    assert any("at least one other scenario" in caption.value for caption in at.caption)
    assert not drawn(at)


def test_ranks_and_values_stand_side_by_side(alone: AppTest) -> None:
    at = with_both(alone)
    assert "The leader changes with every scenario" in findings(at)
    [download] = at.get("download_button")
    assert download.proto.label == "Download as a workbook"
    assert drawn(at) == 2


def test_every_question_has_its_finding(alone: AppTest) -> None:
    at = with_both(alone)
    for part, words in (
        ("Why one moved", "from Base case to Margin squeeze"),
        ("What differs", "inputs differ from Base case to Margin squeeze"),
        ("Regret", "smallest regret"),
        ("On the way", "On the way from Base case to Margin squeeze"),
    ):
        assert words in findings(show(at, part))


def test_why_one_moved_opens_on_todays_leader_unless_nothing_moved_of_it() -> None:
    today = Scenario.from_arrays([[2, 2], [8, 8], [5, 6]], propositions=["A", "B", "C"], name="Today")
    for moved, opened in (
        ([[2, 2], [8, 9], [5, 7]], "B"),
        ([[3, 2], [8, 8], [5, 7]], "C"),
        ([[2, 2], [8, 8], [5, 6]], "B"),
    ):
        then = Scenario.from_arrays(moved, propositions=["A", "B", "C"], name="Then")
        assert first_moved(compare(today, then), "Then") == opened


def test_a_mix_on_the_way_can_be_taken_as_an_edit_and_undone(alone: AppTest) -> None:
    at = show(with_both(alone), "On the way")
    at.slider(key="compare-way").set_value(100)
    at = run(at)
    at.button(key="compare-take").click()
    at = run(at)
    session: Session = at.session_state["valuemix"]
    squeeze = session.files.store.open("margin-squeeze").scenario
    assert session.scenario.weights == pytest.approx(squeeze.weights)
    at.button(key="compare-undo").click()
    assert run(at).session_state["valuemix"].scenario == session.edits.baseline


def test_the_edited_scenario_can_be_compared_with_itself_as_saved(alone: AppTest) -> None:
    session: Session = alone.session_state["valuemix"]
    session.edits.commit(session.scenario.with_weights(social_purpose=60))
    at = run(alone)
    at.multiselect(key="compare-with").set_value(["base-case"])
    at = run(at)
    assert "Base case (as saved)".replace("(", "\\(").replace(")", "\\)") in findings(
        at
    ) or "leader" in findings(at)


def test_scenarios_of_one_name_are_compared_each_on_its_own(alone: AppTest, folder: Path) -> None:
    (folder / "copy.json").write_bytes((folder / "green-mandate.json").read_bytes())
    at = run(alone)
    box = at.multiselect(key="compare-with")
    assert [name for name in box.options if name.startswith("Green")] == [
        "Green mandate (copy)",
        "Green mandate (green-mandate)",
    ]
    box.set_value(["copy", "green-mandate"])
    chosen = chosen_to_compare(run(at).session_state["valuemix"])
    assert chosen == ["copy", "green-mandate"]
    compared = comparison_of(at.session_state["valuemix"], chosen)
    assert compared.names == ("Base case", "Green mandate (copy)", "Green mandate (green-mandate)")
    find = finder(at.session_state["valuemix"])
    assert [find(name) for name in compared.names] == [*compared.scenarios]


def test_the_ranking_on_the_way_says_where_it_stands(alone: AppTest) -> None:
    at = show(with_both(alone), "On the way")
    text = " ".join(caption.value for caption in at.caption).replace("\\", "")
    assert "scenario 50 % of the way from Base case to Margin squeeze" in text
