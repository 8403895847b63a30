"""The Data page: grids, their edits and problems, and files in and out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nightly import sampled
from sample_scenarios import HOSTILE, ROOT, hostile, saved_in
from streamlit.testing.v1 import AppTest

from valuemix.files.scenarios.scenario_file import dumps, load
from valuemix.files.scenarios.store import Store
from valuemix.files.tables.frames import to_frames
from valuemix.files.tables.importer import import_path
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.widgets.data_editor import DataEditor

LIVE = re.compile(r"(?<!\\)(<|]\(|!\[|\$|://|:red\[)")
SCRIPT = "from valuemix.ui.pages.data import page\npage()"
ROW = {
    "size": 1,
    "innovation": 25,
    "operational_excellence": 25,
    "social_purpose": 25,
    "customer_intimacy": 25,
}


@dataclass
class Page:
    """The Data page of one browser tab, as a person uses it."""

    at: AppTest

    def run(self) -> Page:
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    @property
    def editor(self) -> DataEditor:
        found: DataEditor = self.at.session_state["data-editor"]
        return found

    @property
    def scenario(self) -> Scenario:
        return self.editor.session.scenario

    @property
    def key(self) -> str:
        assert self.editor.grid is not None
        return self.editor.grid.key

    def table(self, sheet: str) -> Page:
        self.at.get_by_key("data-sheet").set_value(sheet)
        return self.run()

    def type(
        self,
        edited: dict[int, dict[str, Any]] | None = None,
        added: list[dict[str, Any]] | None = None,
        deleted: list[int] | None = None,
    ) -> Page:
        """All that was changed in the grid in view, as the browser sends it."""
        self.at.session_state[self.key] = {
            "edited_rows": edited or {},
            "added_rows": added or [],
            "deleted_rows": deleted or [],
        }
        return self.run()

    def press(self, name: str) -> Page:
        self.at.button(key=f"data-{name}").click()
        return self.run()

    def shown(self) -> Any:
        return self.at.data_editor[0].value

    def problems(self) -> list[list[str]]:
        return self.at.table[0].value.values.tolist() if self.at.table else []

    def bring(self, *files: tuple[str, bytes]) -> Page:
        self.at.session_state[f"data-import-{self.editor.brought.count}"] = True
        self.run()
        for name, content in files:
            self.at.file_uploader[0].upload(name, content)
        return self.run()


@pytest.fixture
def grids(folder: Path) -> Page:  # noqa: ARG001 - sets the folder that the app reads
    return opened("base-case")


def opened(scenario_id: str) -> Page:
    at = AppTest.from_string(SCRIPT, default_timeout=180)
    at.query_params["scenario"] = scenario_id
    return Page(at).run()


# ---------------------------------------------------------------------- grids


def test_every_table_is_shown_as_it_would_stand_in_a_workbook(grids: Page) -> None:
    for sheet, frame in to_frames(grids.scenario).items():
        shown = grids.table(sheet).shown()
        assert shown[list(frame.columns)].to_csv() == frame.to_csv()


def test_an_edit_is_a_step_that_undo_takes_back(grids: Page) -> None:
    grids.type({0: {"segment": "Corporations", "size": 50}})
    assert grids.scenario.segments[0].name == "Corporations"
    assert grids.editor.session.edits.edited
    grids.press("undo")
    assert grids.scenario.segments[0].name == "Enterprise"
    assert grids.shown()["segment"].tolist()[0] == "Enterprise"


def test_the_grid_stays_the_same_while_a_person_types_and_is_new_after_undo(grids: Page) -> None:
    first = grids.key
    grids.type({0: {"size": 50}}).type({0: {"size": 50}, 1: {"size": 20}})
    assert grids.key == first
    assert [s.size for s in grids.scenario.segments[:2]] == [50, 20]
    assert grids.press("undo").key != first
    assert [s.size for s in grids.scenario.segments[:2]] == [50, 24]


def test_invalid_edits_leave_the_scenario_alone_and_are_listed_with_what_to_do(grids: Page) -> None:
    before = grids.scenario
    grids.type({0: {"size": -5}, 1: {"innovation": None}})
    assert grids.scenario == before
    assert grids.problems() == [
        [
            literal("Segments, row 2, column Size"),
            literal("Size of 'Enterprise' must be 0 or more and at most 1e12, got −5"),
            literal("Write 0 or a positive number"),
        ],
        [
            literal("Segments, row 3, column Innovation"),
            literal("Innovation is blank"),
            literal("Write a number, 0 where there is none"),
        ],
    ]
    grids.type({0: {"size": 5}, 1: {"innovation": 0}})
    assert grids.problems() == []
    assert (grids.scenario.segments[0].size, grids.scenario.points[1, 0]) == (5, 0)


def test_edits_that_wait_are_discarded_only_on_purpose(grids: Page) -> None:
    grids.type({0: {"size": -5}}).table("scores")
    assert "mend or discard them" in grids.at.warning[0].value
    assert grids.editor.sheet == "segments"
    assert grids.problems() != []
    grids.press("discard").table("scores")
    assert (grids.editor.sheet, grids.problems(), list(grids.at.warning)) == ("scores", [], [])


def test_edits_that_wait_are_discarded_with_a_word_when_the_page_is_left(grids: Page) -> None:
    grids.type({0: {"size": -5}})
    assert "Leaving this page discards them" in grids.at.error[0].value
    del grids.at.session_state[grids.key]  # as the browser does
    grids.run()
    assert "were discarded when the page was left" in grids.at.warning[0].value
    assert (grids.problems(), grids.editor.session.view.told.message) == ([], "")
    grids.type({0: {"size": 50}})
    assert not grids.at.warning
    assert grids.scenario.segments[0].size == 50


def test_edits_that_other_tables_do_not_fit_say_where_to_go_first(grids: Page) -> None:
    grids.table("settings").type({4: {"value": "8"}})
    assert "Other tables do not fit them" in grids.at.error[0].value
    assert grids.problems()[0][0] == literal("Scores, row 2, column Innovation")
    assert grids.scenario.scale.highest == 10


def test_a_new_segment_says_what_its_scores_start_with(grids: Page) -> None:
    grids.type(added=[{"segment": "Nordics", "kind": "customer", **ROW}])
    assert grids.scenario.segment_names[-1] == "Nordics"
    assert literal("mean of the other segments by size") in grids.at.caption[1].value


def test_every_setting_says_what_it_does(grids: Page) -> None:
    shown = grids.table("settings").shown()
    assert all(isinstance(text, str) and text for text in shown["meaning"])


def test_deleting_a_proposition_takes_its_scores_along(grids: Page) -> None:
    grids.table("propositions").type(deleted=[0]).table("scores")
    assert "Predictive uptime" not in set(grids.shown()["proposition"])


@pytest.mark.nightly  # an edit is a step of the scenario, which every table is drawn from: above
def test_edits_of_a_table_that_was_left_are_there_on_return(grids: Page) -> None:
    grids.type({0: {"segment": "Corporations"}}).table("settings").table("segments")
    assert grids.shown()["segment"].tolist()[0] == "Corporations"


def test_optional_tables_are_added_as_copies_of_the_scores_and_removed(grids: Page) -> None:
    for sheet in ("low", "high", "promised"):
        grids.table(sheet).press("remove")
        assert grids.scenario.table(sheet) is None
        assert grids.editor.sheet == "scores"
    grids.at.menu_button(key="data-add").click("range")
    grids.run()
    assert grids.scenario.low == grids.scenario.high == grids.scenario.scores
    assert (grids.editor.sheet, grids.scenario.promised) == ("low", None)


def test_tables_of_service_are_removed_and_start_anew(grids: Page) -> None:
    for sheet in ("segments later", "burdens", "delivery", "links"):
        grids.table(sheet).press("remove")
    scenario = grids.scenario
    assert (scenario.later, scenario.burdens, scenario.delivery, scenario.links) == (None, None, (), ())
    for sheet in ("segments later", "burdens", "delivery", "links"):
        grids.at.menu_button(key="data-add").click(sheet)
        grids.run()
        assert grids.editor.sheet == sheet
        assert grids.shown().empty == (sheet in ("delivery", "links"))
    assert np.array_equal(grids.scenario.later_weights, grids.scenario.weights)
    assert np.isnan(grids.scenario.array("burdens")).all()
    link = {"from": "Distributors", "to": "Enterprise", "strength": 0.5}
    grids.type(added=[link])
    assert [dict(link) for link in grids.scenario.links] == [
        {"from_segment": "Distributors", "to_segment": "Enterprise", "strength": 0.5}
    ]
    grids.type(added=[{**link, "strength": 2}])
    assert "above 0 and at most 1" in str(grids.problems())
    grids.press("discard").table("links").type(deleted=[0])
    assert grids.scenario.links == ()


def test_an_edit_in_a_grid_keeps_the_deck(grids: Page) -> None:
    slide = Slide(exhibit="ranking")
    grids.editor.session.edits.commit(grids.scenario.replace(deck=[slide]))
    grids.run().table("segments").type({0: {"size": 50}})
    assert grids.scenario.deck == (slide,)


def test_holds_of_sliders_are_let_go_when_disciplines_change(grids: Page) -> None:
    grids.editor.session.edits.locked["0"] = frozenset({2, 3})
    grids.table("disciplines").type(deleted=[2, 3])
    assert grids.editor.session.edits.locked == {}


def test_names_from_data_take_no_effect_as_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(saved_in(tmp_path, hostile())))
    grids = opened("only")
    name = grids.scenario.segment_names[0]
    grids.type({1: {"segment": name}, 0: {"size": -1}})
    assert literal(grids.scenario.name) in grids.at.subheader[0].value
    found = [cell for row in grids.problems() for cell in row]
    assert found
    assert not [cell for cell in found if LIVE.search(cell)]


# ---------------------------------------------------------------------- files


EXAMPLES = len(list((ROOT / "scenarios").glob("*.json")))
BOOK = ROOT / "scenarios" / "sfo_2017.xlsx"


def test_a_workbook_changes_nothing_until_it_is_opened(grids: Page, folder: Path) -> None:
    book, before = BOOK, grids.scenario
    (folder / "airport-survey-sfo-2017.json").unlink()
    grids.bring((book.name, book.read_bytes()))
    assert grids.scenario == before
    assert literal("7 propositions, 2 segments") in grids.at.success[0].value
    grids.press("open")
    assert grids.scenario == import_path(book).scenario
    assert grids.editor.session.edits.saved is None
    assert not grids.at.success
    assert grids.press("undo").scenario == before


def test_a_workbook_brought_in_again_updates_its_scenario(grids: Page, folder: Path) -> None:
    store, survey, before = Store(folder), "airport-survey-sfo-2017", grids.scenario
    first = store.open(survey)
    older = store.save(first, import_path(BOOK).scenario)
    store.save(older, older.scenario.with_weights(innovation=90))
    grids.bring((BOOK.name, BOOK.read_bytes()))
    assert grids.at.button(key="data-update").label == f"Update {literal(older.scenario.name)}"
    grids.press("update")
    assert grids.scenario == older.scenario
    assert grids.editor.session.edits.baseline == store.open(survey).scenario
    assert grids.editor.session.edits.changed
    assert grids.press("undo").scenario == before
    grids.press("redo").press("save")
    assert not grids.at.error
    assert store.open(survey).scenario == older.scenario
    assert len(store.history(survey)) == 4
    assert len(store.entries()) == EXAMPLES


def test_a_workbook_whose_name_is_taken_opens_as_new_under_a_name_that_can_be_saved(
    grids: Page, folder: Path
) -> None:
    grids.bring((BOOK.name, BOOK.read_bytes())).press("open")
    assert grids.scenario.name == "Real survey: SFO airport 2017 (2)"
    assert not grids.press("save").at.error
    assert len(Store(folder).entries()) == EXAMPLES + 1


def test_an_import_that_says_what_is_saved_leaves_nothing_to_save(grids: Page, folder: Path) -> None:
    store = Store(folder)
    store.save(store.open("airport-survey-sfo-2017"), import_path(BOOK).scenario)
    grids.bring((BOOK.name, BOOK.read_bytes())).press("update")
    assert not grids.editor.session.edits.changed
    assert "the import says the same" in grids.at.toast[0].value


def test_a_mended_workbook_replaces_the_broken_one(grids: Page) -> None:
    broken = HOSTILE / "book_boolean.xlsx"
    first = (broken.name, broken.read_bytes())
    assert grids.bring(first).problems()
    grids.bring(first, (BOOK.name, BOOK.read_bytes()))
    assert grids.problems() == []
    assert literal("7 propositions, 2 segments") in grids.at.success[0].value
    assert literal(f"{BOOK.name} counts") in next(c.value for c in grids.at.caption if "counts" in c.value)


def test_a_mended_csv_file_replaces_the_one_of_its_name(grids: Page) -> None:
    head = b"proposition,segment,innovation,operational_excellence,social_purpose,customer_intimacy\n"
    segments = ("segments.csv", (HOSTILE / "ok_segments.csv").read_bytes())
    broken, mended = (("scores.csv", head + f"A,,1,2,3,{cell}\n".encode()) for cell in ("x", "4"))
    assert grids.bring(segments, broken).problems()
    grids.bring(segments, broken, mended).press("open")
    assert grids.scenario.proposition_names == ("A",)


def test_a_broken_workbook_lists_its_problems_and_cannot_be_opened(grids: Page) -> None:
    book = HOSTILE / "book_boolean.xlsx"
    before = grids.scenario
    grids.bring((book.name, book.read_bytes()))
    assert grids.problems()[0][0].startswith(literal("book_boolean.xlsx, Scores!"))
    assert "Nothing was imported" in grids.at.error[0].value
    assert not [button for button in grids.at.button if button.key == "data-open"]
    assert grids.scenario == before


def test_csv_files_are_brought_in_together(grids: Page) -> None:
    segments = (HOSTILE / "ok_segments.csv").read_bytes()
    scores = b"proposition,segment,innovation,operational_excellence,social_purpose,customer_intimacy\nA,,1,2,3,4\n"
    grids.bring(("segments.csv", segments), ("scores.csv", scores)).press("open")
    assert grids.scenario.proposition_names == ("A",)


def test_a_scenario_file_that_was_downloaded_comes_in_again(grids: Page, folder: Path) -> None:
    other = load(folder / "green-mandate.json")
    (folder / "green-mandate.json").unlink()
    grids.bring(("green_mandate.json", dumps(other).encode())).press("open")
    assert grids.scenario == other


@pytest.mark.parametrize("content", sampled([b"{", b"[]", b'{"format": "something else"}']))
def test_a_scenario_file_that_is_none_is_refused_in_words(grids: Page, content: bytes) -> None:
    grids.bring(("x.json", content))
    assert len(grids.problems()) == 1


def test_what_is_offered_to_download_is_whole(grids: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, Callable[[], Any]] = {}
    monkeypatch.setattr(
        "streamlit.download_button",
        lambda _label, content, **options: offered.update({options["file_name"]: content}),
    )
    grids.bring()
    assert offered["base_case.json"]() == dumps(grids.scenario)
    template = offered["valuemix-template.xlsx"]()
    assert zipfile.ZipFile(io.BytesIO(template)).testzip() is None
