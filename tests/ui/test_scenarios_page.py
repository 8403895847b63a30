"""The Scenarios page: the list, its actions, history, trash and work left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from balance_screen import Screen
from sample_scenarios import hostile, made, saved_in
from streamlit.testing.v1 import AppTest

from valuemix import exhibits
from valuemix.analysis.value.scoring import evaluate
from valuemix.files.scenarios.store import Entry, Store
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session import scenario_actions as shelf_module
from valuemix.ui.session.scenario_actions import lead_of, summary
from valuemix.ui.session.start import scenario_labels

PAGE = """
from valuemix.ui.pages import scenarios

scenarios.page()
"""


class Shelf(Screen):
    """The Scenarios page of one browser tab."""

    def click(self, key: str) -> Shelf:
        self.at.button(key=f"scenarios-{key}").click()
        self.run()
        return self

    def more(self, scenario_id: str, option: str) -> Shelf:
        self.at.menu_button(key=f"scenarios-more-{scenario_id}").click(option)
        self.run()
        return self

    def fill(self, key: str, text: str) -> Shelf:
        [box] = [b for b in [*self.at.text_input, *self.at.text_area] if b.key == f"scenarios-{key}"]
        box.set_value(text)
        return self

    def names(self) -> list[str]:
        rows = [m.value for m in self.at.markdown if m.value.startswith("**")]
        return [row.strip("*") for row in rows]

    def buttons(self) -> list[str]:
        return [button.key or "" for button in self.at.button]

    def errors(self) -> str:
        return " ".join(error.value for error in self.at.error)

    def told(self) -> str:
        return " ".join(toast.value for toast in self.at.toast)


Opener = Callable[..., Shelf]


@pytest.fixture
def open_page(folder: Path, tab: Callable[..., Screen]) -> Opener:  # noqa: ARG001 - they set what the page reads
    def opened(scenario_id: str = "base-case", **address: str) -> Shelf:
        at = AppTest.from_string(PAGE, default_timeout=180)
        at.context = {"theme": "light"}
        for name, text in {"scenario": scenario_id, **address}.items():
            at.query_params[name] = text
        screen = Shelf(at)
        screen.run()
        return screen

    return opened


@pytest.fixture
def shelf(open_page: Opener) -> Shelf:
    return open_page()


def edited(store: Store, by: str = "Ben", innovation: float = 90) -> Scenario:
    """The base case after someone saved it again."""
    there = store.open("base-case")
    return store.save(there, there.scenario.with_weights("Mid-market", innovation=innovation), by=by).scenario


# ---------------------------------------------------------------------- the list


def test_every_scenario_is_listed_with_its_finding_author_and_note(shelf: Shelf, store: Store) -> None:
    assert shelf.names() == [literal(entry.name) for entry in store.entries()]
    texts = " ".join(shelf.texts())
    for entry in store.entries():
        scenario = store.open(entry.id).scenario
        assert literal(exhibits.ranking(evaluate(scenario)).finding) in texts
        assert literal(scenario.note[:50]) in texts
    edited(store)
    assert "Revision 2, saved by Ben" in " ".join(shelf.run().texts())


def test_the_heading_says_who_leads_how_many(shelf: Shelf, store: Store) -> None:
    entries = store.entries()
    [heading] = shelf.findings()
    assert heading == literal(summary(entries))
    assert heading.startswith(literal(f"{len(entries)} scenarios: "))


def test_the_heading_names_the_one_that_leads_everywhere(tmp_path: Path) -> None:
    store = Store(tmp_path)
    scenario = made(3, 2)
    entries = [*store.entries()]
    assert summary(entries) == "0 scenarios in this folder"
    for name in ("A", "B"):
        store.save_new(scenario.renamed(name))
    [leader] = lead_of(store.entries()[0]).leaders
    assert summary(store.entries()) == f"2 scenarios: {leader} leads in every one"


def test_leads_are_worked_out_again_only_where_a_file_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Scenario] = []
    monkeypatch.setattr(shelf_module, "evaluate", lambda s: seen.append(s) or evaluate(s))
    shelf_module._lead.cache_clear()
    summary(store.entries())
    first = len(seen)
    summary(store.entries())
    assert len(seen) == first == len(store.entries())
    edited(store)
    summary(store.entries())
    assert len(seen) == first + 1


def test_a_file_that_vanishes_after_the_list_was_read_leads_nothing(store: Store) -> None:
    gone = Entry("gone", store.folder / "gone.json", "Gone", hash="0" * 64)
    assert lead_of(gone).leaders == ()


def test_names_and_notes_are_shown_literally(
    open_page: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = hostile().replace(note="![x](http://127.0.0.1/n) :red[note]")
    folder = saved_in(tmp_path / "hostile", scenario)
    (folder / "![x](y).json").write_text("{")
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(folder))
    page = open_page("only")
    assert literal(scenario.name) in " ".join(page.names())
    for text in page.texts():
        assert "![x](" not in text
        assert ":red[" not in text
    Store(folder).delete("only")
    assert f"{literal(scenario.name)}" in page.run().texts()


# ---------------------------------------------------------------------- actions


def test_a_scenario_is_opened_from_the_list(shelf: Shelf) -> None:
    shelf.click("open-green-mandate")
    assert shelf.scenario.name == "Green mandate"
    assert shelf.at.button(key="scenarios-open-green-mandate").disabled
    assert shelf.at.query_params["scenario"] == "green-mandate"


def test_a_scenario_is_renamed(shelf: Shelf, store: Store) -> None:
    shelf.more("green-mandate", "rename").fill("rename-green-mandate", " Green deal ").click("rename")
    assert store.open("green-mandate").scenario.name == "Green deal"
    assert "Renamed to Green deal" in shelf.told()
    assert "scenarios-rename" not in shelf.buttons()


@pytest.mark.parametrize(
    ("name", "message"), [("", "needs a name"), ("BASE CASE", "already"), ("a\u200bb", "U+200B")]
)
def test_a_name_that_cannot_be_is_told_in_the_dialog_which_stays_open(
    shelf: Shelf, store: Store, name: str, message: str
) -> None:
    shelf.more("green-mandate", "rename").fill("rename-green-mandate", name).click("rename")
    assert message in shelf.errors().replace("\\", "")
    assert "scenarios-rename" in shelf.buttons()
    assert store.open("green-mandate").scenario.name == "Green mandate"


def test_renaming_the_open_scenario_keeps_its_unsaved_edits_and_saves_without_a_conflict(
    open_page: Opener, store: Store
) -> None:
    page = open_page()
    page.session.edits.commit(page.scenario.with_weights("Enterprise", innovation=77))
    page.more("base-case", "rename").fill("rename-base-case", "Base 2").click("rename")
    on_disk = store.open("base-case").scenario
    assert (on_disk.name, page.scenario.name) == ("Base 2", "Base 2")
    assert page.session.edits.edited
    assert str(on_disk.diff(page.scenario)[0]).startswith("Enterprise")
    page.session.files.save()
    assert page.session.files.conflict is None
    assert store.open("base-case").scenario == page.scenario


def test_renaming_what_someone_else_saved_meanwhile_does_not_hide_the_conflict(
    shelf: Shelf, store: Store
) -> None:
    shelf.session.edits.commit(shelf.scenario.with_weights("Enterprise", innovation=77))
    edited(store)
    shelf.more("base-case", "rename").fill("rename-base-case", "Base 2").click("rename")
    shelf.session.files.save()
    assert shelf.session.files.conflict is not None


def test_a_note_is_edited_and_shown(shelf: Shelf, store: Store) -> None:
    shelf.more("base-case", "note").fill("note-base-case", "Before *the* board").click("write")
    assert store.open("base-case").scenario.note == "Before *the* board"
    assert literal("Before *the* board") in shelf.texts()
    assert not shelf.session.edits.edited


def test_a_duplicate_gets_the_next_free_name(shelf: Shelf, store: Store) -> None:
    shelf.more("base-case", "duplicate").more("base-case", "duplicate")
    assert {"Base case", "Base case (2)", "Base case (3)"} <= {entry.name for entry in store.entries()}


def test_a_deleted_scenario_goes_to_the_trash_and_comes_back(shelf: Shelf, store: Store) -> None:
    before = store.open("green-mandate").scenario
    shelf.more("green-mandate", "delete")
    assert "Green mandate" not in [entry.name for entry in store.entries()]
    shelf.click("restore-green-mandate")
    assert store.open("green-mandate").scenario == before
    assert "Restored Green mandate" in shelf.told()
    assert store.trash() == []


def test_an_action_on_what_is_gone_is_a_message(shelf: Shelf, store: Store) -> None:
    store.delete("green-mandate")
    shelf.session.files.store.entries()
    shelf.at.menu_button(key="scenarios-more-green-mandate").click("duplicate")
    shelf.run()
    assert "restore it from the trash" in shelf.errors()


def test_who_saves_is_what_stands_in_the_box(shelf: Shelf, store: Store) -> None:
    shelf.fill("user", " Ada Byron ").run()
    shelf.more("base-case", "note").fill("note-base-case", "n").click("write")
    assert store.open("base-case").saved_by == "Ada Byron"


# ---------------------------------------------------------------------- history


def test_every_saved_version_can_be_looked_at(shelf: Shelf, store: Store) -> None:
    original = store.open("base-case").scenario
    now = edited(store)
    shelf.more("base-case", "history")
    versions = shelf.at.selectbox(key="scenarios-history-base-case")
    assert len(versions.options) == 2
    assert "Ben" in versions.options[0]
    assert "This is what the scenario holds now." in shelf.texts()
    versions.set_value(1)
    shelf.run()
    assert "\n".join(f"- {literal(str(d))}" for d in now.diff(original)) in shelf.texts()


def test_a_version_is_restored_and_nothing_is_lost(shelf: Shelf, store: Store) -> None:
    original = store.open("base-case").scenario
    now = edited(store)
    shelf.more("base-case", "history")
    shelf.at.selectbox(key="scenarios-history-base-case").set_value(1)
    shelf.run()
    shelf.click("back")
    assert store.open("base-case").scenario == original
    assert store.open_version("base-case", 2).scenario == now
    assert [version.revision for version in store.history("base-case")] == [3, 2, 1]
    assert shelf.scenario == original
    assert "Restored revision 1" in shelf.told()


def test_restoring_a_version_leaves_unsaved_edits_alone(shelf: Shelf, store: Store) -> None:
    edited(store)
    work = shelf.scenario.with_weights("Enterprise", innovation=77)
    shelf.session.edits.commit(work)
    shelf.more("base-case", "history")
    shelf.at.selectbox(key="scenarios-history-base-case").set_value(1)
    shelf.run()
    shelf.click("back")
    assert shelf.scenario == work


def test_a_file_that_was_never_saved_over_has_no_history_yet(shelf: Shelf) -> None:
    shelf.more("base-case", "history")
    assert any("history starts with the next save" in text for text in shelf.texts())


def test_a_damaged_file_is_listed_with_its_reason_and_the_newest_good_version_comes_back(
    shelf: Shelf, store: Store, folder: Path
) -> None:
    now = edited(store)
    (folder / "base-case.json").write_text('{"format": "valuemix scen')
    shelf.run()
    assert any("base-case.json" in text.replace("\\", "") for text in shelf.names())
    shelf.click("mend-base-case")
    assert not shelf.errors()
    assert store.open("base-case").scenario == now


@pytest.mark.parametrize("content", ["", "[]", "not json", '{"format": "something else"}'])
def test_a_foreign_file_is_listed_and_can_be_moved_to_the_trash(
    shelf: Shelf, folder: Path, content: str
) -> None:
    (folder / "foreign.json").write_text(content)
    shelf.run()
    assert shelf.names()[-1] == literal("foreign.json") + "** cannot be opened"
    shelf.click("remove-foreign")
    assert not (folder / "foreign.json").exists()


def test_scenarios_of_one_name_are_told_apart_by_their_files(
    shelf: Shelf, folder: Path, store: Store
) -> None:
    (folder / "copy.json").write_bytes((folder / "green-mandate.json").read_bytes())
    shelf.run()
    expected = [literal(f"Green mandate ({name})") for name in ("copy", "green-mandate")]
    assert [name for name in shelf.names() if name.startswith("Green")] == expected
    assert len(scenario_labels(store.entries())) == len(set(scenario_labels(store.entries()).values()))


def test_the_open_scenario_is_called_deleted_once_it_is_in_the_trash(shelf: Shelf) -> None:
    shelf.more("base-case", "delete")
    assert "Deleted" in shelf.badge()
    assert "Base case (deleted)" in shelf.at.selectbox(key="scenarios-scenario").options


def test_what_is_no_file_is_listed_and_stays(shelf: Shelf, folder: Path) -> None:
    (folder / "folder.json").mkdir()
    shelf.run().at.button(key="scenarios-remove-folder").click()
    shelf.run()
    assert "move it out of the folder by hand" in shelf.errors()


# ---------------------------------------------------------------------- work left behind


def test_work_of_closed_tabs_is_offered_and_its_taker_leaves_no_second_copy(
    shelf: Shelf, store: Store
) -> None:
    base = store.open("green-mandate")
    work = base.scenario.with_weights("Enterprise", innovation=77)
    store.save_draft("0123456789abcdef-01234567-01234567", work, base)
    shelf.run()
    [take] = [key for key in shelf.buttons() if key.startswith("scenarios-left") and key.endswith("take")]
    shelf.at.button(key=take).click()
    shelf.run()
    assert shelf.scenario == work
    assert len(store.drafts()) == 1
    assert not [key for key in shelf.buttons() if key.startswith("scenarios-left")]


def test_the_page_works_where_there_is_no_folder_yet(
    open_page: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(tmp_path / "none"))
    page = open_page("")
    assert page.findings() == ["0 scenarios in this folder"]
    assert not page.errors()
