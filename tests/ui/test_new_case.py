"""New case: from a list of names to a case of one's own, on every page; and cells that are pasted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from valuemix.files.scenarios.store import Store
from valuemix.files.tables.name_lists import new_case
from valuemix.ui.widgets.data_editor import DataEditor
from valuemix.ui.widgets.new_case import NewCase

HOSTILE = "<img src=x onerror=alert(1)> **bold** $x$"
SCRIPT = "from valuemix.ui.pages.{0} import page\npage()"


class Case:
    """The Data page of one tab with the dialog open."""

    def __init__(self, page: str = "data") -> None:
        self.at = AppTest.from_string(SCRIPT.format(page), default_timeout=180)
        self.at.query_params["scenario"] = "base-case"
        self.page = page
        self.run()

    def run(self) -> Case:
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    @property
    def work(self) -> NewCase:
        found: NewCase = self.at.session_state["new-case"]
        return found

    @property
    def editor(self) -> DataEditor:
        found: DataEditor = self.at.session_state["data-editor"]
        return found

    def press(self, key: str) -> Case:
        self.at.button(key=key).click()
        return self.run()

    def fill(self, propositions: str, segments: str = "") -> Case:
        self.at.text_area(key="new-case-propositions").set_value(propositions)
        self.at.text_area(key="new-case-segments").set_value(segments)
        return self.run()

    def paste(self, text: str) -> Case:
        self.at.session_state[f"data-import-{self.editor.brought.count}"] = True
        self.run()
        self.at.text_area(key=f"data-paste-{self.editor.brought.count}").set_value(text)
        return self.run()

    def told(self) -> str:
        return " ".join(
            e.value for e in [*self.at.error, *self.at.caption, *self.at.subheader, *self.at.success]
        )


@pytest.fixture
def case(folder: Path) -> Case:  # noqa: ARG001 - sets the folder that the app reads
    return Case().press("data-new-case")


def test_six_names_and_three_segments_are_a_case_with_one_grid_a_segment(case: Case, store: Store) -> None:
    names = "1. Fast delivery\n2. Green line\n3. Named engineer\n\n4. Pay per use\n5. Academy\n6. " + HOSTILE
    case.fill(names, "Enterprise 60\nSmall business 30\nDistributors 10")
    assert "Six propositions" in case.told()
    assert "before 6 names" in case.told()
    assert "Enterprise 60" in case.told()
    case.press("new-case-start").run()
    scenario = case.work.session.scenario
    assert (len(scenario.propositions), len(scenario.segments)) == (6, 3)
    assert scenario.proposition_names[5] == HOSTILE
    assert "nothing scored yet" in case.at.subheader[0].value
    grid = case.at.data_editor[0].value
    assert grid["proposition"].tolist() == [*scenario.proposition_names]
    assert "segment" not in grid.columns
    assert grid.iloc[:, 1:].isna().all(axis=None)
    # A score goes to the row of its segment; undo goes back step by step, to what was open before.
    for place, segment in ((0, 0), (2, 2)):
        case.at.button_group(key="data-segment").set_value(place).run()
        case.at.session_state[case.editor.grid_in_view().key] = {
            "edited_rows": {4: {"social_purpose": 7}}, "added_rows": [], "deleted_rows": []
        }  # fmt: skip
        case.run()
        assert case.work.session.scenario.array("scores")[segment, 4, 2] == 7
    assert np.isnan(case.work.session.scenario.array("scores")).sum() == 70
    for _ in range(2):
        case.press("data-undo")
    assert not case.work.session.scenario.scored().any()
    assert case.press("data-undo").work.session.scenario.name == "Base case"
    case.press("data-redo").press("data-save")
    assert "Our case" in [entry.name for entry in store.entries()]


def test_a_new_case_can_come_from_a_table_and_what_was_typed_stays(case: Case) -> None:
    case.fill("Alpha\nBeta").press("new-case-table")
    assert not case.work.is_open
    assert case.work.texts["propositions"] == "Alpha\nBeta"
    assert case.at.session_state[f"data-import-{case.editor.brought.count}"]
    assert case.at.text_area(key=f"data-paste-{case.editor.brought.count}").value == ""


def test_what_is_wrong_is_told_by_its_line_and_what_was_typed_stays(case: Case) -> None:
    before = case.work.session.scenario
    case.fill("", "Families: 3\nStudents").press("new-case-start")
    assert [e.value.partition("\\:")[0] for e in case.at.error] == ["Propositions", "Segments, line 2"]
    assert case.work.session.scenario == before
    case.work.leave()
    case.run()
    assert not [box for box in case.at.text_area if box.key == "new-case-segments"]
    case.press("data-new-case")
    assert case.at.text_area(key="new-case-segments").value == "Families: 3\nStudents"


@pytest.mark.parametrize("page", ["tradeoffs", "robustness", "customers", "balance"])
def test_a_page_says_in_one_line_that_nothing_is_scored(page: str, store: Store) -> None:
    saved = store.save_new(new_case("Ours", "Express\nGreen line", "Families\nStudents"))
    at = AppTest.from_string(SCRIPT.format(page), default_timeout=180)
    at.query_params["scenario"] = saved.id
    at.run()
    assert not at.exception
    assert [each.value for each in at.error] == []
    assert [each.value for each in at.subheader] == ["Nothing is scored yet\\: all 16 scores are missing"]


def test_pasted_cells_open_as_a_case_or_fill_the_open_one(case: Case) -> None:
    case.work.leave()
    case.paste("Express\t8\t6\t4\t3\nGreen line\t3\t8\t6\tx")
    assert "in the sheet or in the box" in case.at.error[0].value
    case.paste("Express\t8\t6\t4\t3\nGreen line\t3\t8\t6\t")
    assert "2 propositions, 1 segment" in case.told()
    case.press("data-open")
    assert case.work.session.scenario.name == "Pasted case"
    case.paste("green line\t\t\t\t9")
    case.press("data-fill")
    assert case.work.session.scenario.array("scores")[0].tolist() == [[8, 6, 4, 3], [3, 8, 6, 9]]
    assert (
        case.press("data-undo").work.session.scenario.scores["Everyone"]["Green line"]["customer_intimacy"]
        is None
    )
