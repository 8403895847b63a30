"""The Scenarios page: the list, its actions, history, trash and work left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from balance_screen import Screen
from nightly import sampled
from sample_scenarios import hostile, made, saved_in
from streamlit.testing.v1 import AppTest

import valuemix as vm
from valuemix import exhibits
from valuemix.analysis.value.scoring import evaluate
from valuemix.files.scenarios.store import Entry, Store
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session import scenario_actions
from valuemix.ui.session.scenario_actions import lead_of, summary
from valuemix.ui.session.start import scenario_labels

PAGE = """
from valuemix.ui.pages import scenarios

scenarios.page()
"""


class ScenariosScreen(Screen):
    """The Scenarios page of one browser tab."""

    def click(self, key: str) -> ScenariosScreen:
        self.at.button(key=f"scenarios-{key}").click()
        self.run()
        return self

    def more(self, scenario_id: str, option: str) -> ScenariosScreen:
        self.at.menu_button(key=f"scenarios-more-{scenario_id}").click(option)
        self.run()
        return self

    def fill(self, key: str, text: str) -> ScenariosScreen:
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


Opener = Callable[..., ScenariosScreen]


@pytest.fixture
def open_page(folder: Path, tab: Callable[..., Screen]) -> Opener:  # noqa: ARG001 - they set what the page reads
    def opened(scenario_id: str = "base-case", **address: str) -> ScenariosScreen:
        at = AppTest.from_string(PAGE, default_timeout=180)
        at.context = {"theme": "light"}
        for name, text in {"scenario": scenario_id, **address}.items():
            at.query_params[name] = text
        screen = ScenariosScreen(at)
        screen.run()
        return screen

    return opened


@pytest.fixture
def shown(open_page: Opener) -> ScenariosScreen:
    return open_page()


def edited(store: Store, by: str = "Ben", innovation: float = 90) -> Scenario:
    """The base case after someone saved it again."""
    there = store.open("base-case")
    return store.save(there, there.scenario.with_weights("Mid-market", innovation=innovation), by=by).scenario


# ---------------------------------------------------------------------- the list


def test_every_scenario_is_listed_with_its_finding_author_and_note(
    shown: ScenariosScreen, store: Store
) -> None:
    assert shown.names() == [literal(entry.name) for entry in store.entries()]
    texts = " ".join(shown.texts())
    for entry in store.entries():
        scenario = store.open(entry.id).scenario
        assert literal(exhibits.ranking(evaluate(scenario)).finding) in texts
        assert literal(scenario.note[:50]) in texts
    edited(store)
    assert "Revision 2, saved by Ben" in " ".join(shown.run().texts())


def test_the_heading_says_who_leads_how_many(shown: ScenariosScreen, store: Store) -> None:
    entries = store.entries()
    [heading] = shown.findings()
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
    assert summary(store.entries()) == f"2 scenarios: {leader} is ahead in every one"


def test_leads_are_worked_out_again_only_where_a_file_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Scenario] = []
    monkeypatch.setattr(scenario_actions, "evaluate", lambda s: seen.append(s) or evaluate(s))
    scenario_actions._lead.cache_clear()
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


def test_a_scenario_is_opened_from_the_list(shown: ScenariosScreen) -> None:
    shown.click("open-green-mandate")
    assert shown.scenario.name == "Green mandate"
    assert shown.at.button(key="scenarios-open-green-mandate").disabled
    assert shown.at.query_params["scenario"] == "green-mandate"


def test_a_scenario_is_renamed(shown: ScenariosScreen, store: Store) -> None:
    shown.more("green-mandate", "rename").fill("rename-green-mandate", " Green deal ").click("rename")
    assert store.open("green-mandate").scenario.name == "Green deal"
    assert "Renamed to Green deal" in shown.told()
    assert "scenarios-rename" not in shown.buttons()


@pytest.mark.parametrize(
    ("name", "message"), [("", "needs a name"), ("BASE CASE", "already"), ("a\u200bb", "U+200B")]
)
def test_a_name_that_cannot_be_is_told_in_the_dialog_which_stays_open(
    shown: ScenariosScreen, store: Store, name: str, message: str
) -> None:
    shown.more("green-mandate", "rename").fill("rename-green-mandate", name).click("rename")
    assert message in shown.errors().replace("\\", "")
    assert "scenarios-rename" in shown.buttons()
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
    shown: ScenariosScreen, store: Store
) -> None:
    shown.session.edits.commit(shown.scenario.with_weights("Enterprise", innovation=77))
    edited(store)
    shown.more("base-case", "rename").fill("rename-base-case", "Base 2").click("rename")
    shown.session.files.save()
    assert shown.session.files.conflict is not None


def test_a_note_is_edited_and_shown(shown: ScenariosScreen, store: Store) -> None:
    shown.more("base-case", "note").fill("note-base-case", "Before *the* board").click("write")
    assert store.open("base-case").scenario.note == "Before *the* board"
    assert literal("Before *the* board") in shown.texts()
    assert not shown.session.edits.edited


def test_a_duplicate_gets_the_next_free_name(shown: ScenariosScreen, store: Store) -> None:
    shown.more("base-case", "duplicate").more("base-case", "duplicate")
    assert {"Base case", "Base case (2)", "Base case (3)"} <= {entry.name for entry in store.entries()}


def test_a_deleted_scenario_goes_to_the_trash_and_comes_back(shown: ScenariosScreen, store: Store) -> None:
    before = store.open("green-mandate").scenario
    shown.more("green-mandate", "delete")
    assert "Green mandate" not in [entry.name for entry in store.entries()]
    shown.click("restore-green-mandate")
    assert store.open("green-mandate").scenario == before
    assert "Restored Green mandate" in shown.told()
    assert store.trash() == []


def test_an_action_on_what_is_gone_is_a_message(shown: ScenariosScreen, store: Store) -> None:
    store.delete("green-mandate")
    shown.session.files.store.entries()
    shown.at.menu_button(key="scenarios-more-green-mandate").click("duplicate")
    shown.run()
    assert "restore it from the trash" in shown.errors()


def test_who_saves_is_what_stands_in_the_box(shown: ScenariosScreen, store: Store) -> None:
    shown.fill("user", " Ada Byron ").run()
    shown.more("base-case", "note").fill("note-base-case", "n").click("write")
    assert store.open("base-case").saved_by == "Ada Byron"


# ---------------------------------------------------------------------- history


def test_every_saved_version_can_be_looked_at(shown: ScenariosScreen, store: Store) -> None:
    original = store.open("base-case").scenario
    now = edited(store)
    shown.more("base-case", "history")
    versions = shown.at.selectbox(key="scenarios-history-base-case")
    assert len(versions.options) == 2
    assert "Ben" in versions.options[0]
    assert "This is what the scenario holds now." in shown.texts()
    versions.set_value(1)
    shown.run()
    assert "\n".join(f"- {literal(str(d))}" for d in now.diff(original)) in shown.texts()


def test_a_version_is_restored_and_nothing_is_lost(shown: ScenariosScreen, store: Store) -> None:
    original = store.open("base-case").scenario
    now = edited(store)
    shown.more("base-case", "history")
    shown.at.selectbox(key="scenarios-history-base-case").set_value(1)
    shown.run()
    shown.click("back")
    assert store.open("base-case").scenario == original
    assert store.open_version("base-case", 2).scenario == now
    assert [version.revision for version in store.history("base-case")] == [3, 2, 1]
    assert shown.scenario == original
    assert "Restored revision 1" in shown.told()


def test_restoring_a_version_leaves_unsaved_edits_alone(shown: ScenariosScreen, store: Store) -> None:
    edited(store)
    work = shown.scenario.with_weights("Enterprise", innovation=77)
    shown.session.edits.commit(work)
    shown.more("base-case", "history")
    shown.at.selectbox(key="scenarios-history-base-case").set_value(1)
    shown.run()
    shown.click("back")
    assert shown.scenario == work


def test_a_file_that_was_never_saved_over_has_no_history_yet(shown: ScenariosScreen) -> None:
    shown.more("base-case", "history")
    assert any("history starts with the next save" in text for text in shown.texts())


def test_a_damaged_file_is_listed_with_its_reason_and_the_newest_good_version_comes_back(
    shown: ScenariosScreen, store: Store, folder: Path
) -> None:
    now = edited(store)
    (folder / "base-case.json").write_text('{"format": "valuemix scen')
    shown.run()
    assert any("base-case.json" in text.replace("\\", "") for text in shown.names())
    shown.click("mend-base-case")
    assert not shown.errors()
    assert store.open("base-case").scenario == now


@pytest.mark.parametrize("content", sampled(["not json", "", "[]", '{"format": "something else"}']))
def test_a_foreign_file_is_listed_and_can_be_moved_to_the_trash(
    shown: ScenariosScreen, folder: Path, content: str
) -> None:
    (folder / "foreign.json").write_text(content)
    shown.run()
    assert shown.names()[-1] == literal("foreign.json") + "** cannot be opened"
    shown.click("remove-foreign")
    assert not (folder / "foreign.json").exists()


def test_scenarios_of_one_name_are_told_apart_by_their_files(
    shown: ScenariosScreen, folder: Path, store: Store
) -> None:
    (folder / "copy.json").write_bytes((folder / "green-mandate.json").read_bytes())
    shown.run()
    expected = [literal(f"Green mandate ({name})") for name in ("copy", "green-mandate")]
    assert [name for name in shown.names() if name.startswith("Green")] == expected
    assert len(scenario_labels(store.entries())) == len(set(scenario_labels(store.entries()).values()))


def test_the_open_scenario_is_called_deleted_once_it_is_in_the_trash(shown: ScenariosScreen) -> None:
    shown.more("base-case", "delete")
    assert "Deleted" in shown.badge()
    assert "Base case (deleted)" in shown.at.selectbox(key="scenarios-scenario").options


def test_what_is_no_file_is_listed_and_stays(shown: ScenariosScreen, folder: Path) -> None:
    (folder / "folder.json").mkdir()
    shown.run().at.button(key="scenarios-remove-folder").click()
    shown.run()
    assert "move it out of the folder by hand" in shown.errors()


# ---------------------------------------------------------------------- work left behind


def test_work_of_closed_tabs_is_offered_and_its_taker_leaves_no_second_copy(
    shown: ScenariosScreen, store: Store
) -> None:
    base = store.open("green-mandate")
    work = base.scenario.with_weights("Enterprise", innovation=77)
    store.save_draft("0123456789abcdef-01234567-01234567", work, base)
    shown.run()
    [take] = [key for key in shown.buttons() if key.startswith("scenarios-left") and key.endswith("take")]
    shown.at.button(key=take).click()
    shown.run()
    assert shown.scenario == work
    assert len(store.drafts()) == 1
    assert not [key for key in shown.buttons() if key.startswith("scenarios-left")]


def test_the_page_works_where_there_is_no_folder_yet(
    open_page: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(tmp_path / "none"))
    page = open_page("")
    assert page.findings() == ["0 scenarios in this folder"]
    assert not page.errors()


# ---------------------------------------------------------------------- the engine


def test_the_engine_is_checked_where_it_is_asked_for(shown: ScenariosScreen) -> None:
    assert vm.verify().finding not in " ".join(shown.texts())
    shown.click("verify")
    assert literal(vm.verify().finding) in " ".join(shown.texts())
    assert "Laptops of one consumer, laptop A" in " ".join(e.proto.body for e in shown.at.get("html"))
