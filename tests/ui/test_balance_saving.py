"""Saving on the Balance page: nothing is lost, and two people do not overwrite each other."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from balance_screen import Screen
from nightly import sampled
from sample_scenarios import made

from valuemix import exhibits
from valuemix.analysis.value.scoring import evaluate
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.scenarios.store import Store
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal


def test_save_is_offered_only_when_something_changed(base: Screen) -> None:
    assert base.disabled("save")
    base.segment("Enterprise").move(0, 80)
    assert not base.disabled("save")
    assert "Unsaved changes" in base.badge()
    base.press("save")
    assert base.disabled("save")
    assert ":material/check: Saved" in base.badge()


@pytest.mark.parametrize("how", ["save", "keep", "discard", "stay"])
def test_unsaved_changes_are_asked_about_before_another_scenario_opens(
    base: Screen, store: Store, how: str
) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    base.open("green-mandate")
    assert base.scenario == edited
    base.at.button(key=f"leave-{how}").click()
    assert (base.run().scenario.name == "Green mandate") == (how != "stay")
    assert (store.open("base-case").scenario == edited) == (how == "save")
    assert [draft.scenario for draft in base.session.files.drafting.offered] == [edited] * (how == "keep")
    if how != "stay":
        assert base.press("undo").scenario == edited


@pytest.mark.nightly  # what is saved is read from the folder in the next test
def test_what_was_saved_is_there_in_a_new_tab(base: Screen, tab: Callable[..., Screen], folder: Path) -> None:
    edited = base.segment("Enterprise").move(0, 80).press("save").scenario
    assert load(folder / "base-case.json") == edited
    assert tab("base-case").scenario == edited


def test_undo_works_across_a_save_and_the_older_scenario_can_be_saved_again(
    base: Screen, folder: Path
) -> None:
    original = base.scenario
    base.segment("Enterprise").move(0, 80).press("save").press("undo")
    assert base.scenario == original
    base.press("save")
    assert not base.at.error
    assert load(folder / "base-case.json") == original


def test_save_as_new_makes_a_second_scenario_and_leaves_the_first(base: Screen, store: Store) -> None:
    original = base.scenario
    base.segment("Enterprise").move(0, 80).save_as("Purpose-led")
    assert base.scenario.name == "Purpose-led"
    assert ":material/check: Saved" in base.badge()
    assert "Purpose-led" in base.at.selectbox[0].options
    found = {entry.name: store.open(entry.id).scenario for entry in store.entries()}
    assert found["Base case"] == original
    assert found["Purpose-led"] == base.scenario


@pytest.mark.parametrize("name", sampled(["   ", ""]))
def test_a_new_scenario_needs_a_name(base: Screen, store: Store, name: str) -> None:
    count = len(store.entries())
    assert "needs a name" in base.save_as(name).at.error[0].value
    assert len(store.entries()) == count


@pytest.mark.parametrize("name", sampled(["GREEN MANDATE ", "Green mandate", "Base case"]))
def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(base: Screen, name: str) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    base.save_as(name)
    assert "already" in base.at.error[0].value
    assert base.scenario == edited


def test_an_impossible_name_is_refused(base: Screen) -> None:
    assert literal("U+200B") in base.save_as("a\u200bb").at.error[0].value


def in_between(store: Store) -> None:
    theirs = store.open("base-case")
    store.save(theirs, theirs.scenario.with_weights("Mid-market", innovation=90), by="Ben")


def test_a_save_over_someone_elses_is_told_and_changes_nothing(base: Screen, store: Store) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    in_between(store)
    base.press("save")
    assert "Ben saved" in base.at.warning[0].value
    assert base.scenario == edited
    assert store.open("base-case").scenario != edited


def test_loading_theirs_settles_the_conflict_and_undo_brings_mine_back(base: Screen, store: Store) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    in_between(store)
    base.press("save").press("theirs")
    assert base.scenario == store.open("base-case").scenario
    assert not base.at.warning
    assert base.press("undo").scenario == edited


def test_replacing_theirs_settles_the_conflict_and_keeps_theirs_in_the_history(
    base: Screen, store: Store
) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    in_between(store)
    theirs = store.open("base-case")
    base.press("save").press("mine")
    assert store.open("base-case").scenario == edited
    assert store.open_version("base-case", theirs.revision).scenario == theirs.scenario
    assert not base.at.warning


def test_a_conflict_shows_what_each_one_changed(base: Screen, store: Store) -> None:
    base.segment("Enterprise").move(0, 80)
    in_between(store)
    theirs, mine = store.open("base-case").scenario, base.scenario
    base.press("save")
    shown = [m.value for m in base.at.markdown if m.value.startswith("- ")]
    assert len(shown) == 2
    for text, other in zip(shown, (theirs, mine), strict=True):
        assert text == "\n".join(
            f"- {literal(str(each))}" for each in base.session.edits.baseline.diff(other)
        )
        assert literal(exhibits.ranking(evaluate(other)).finding) in base.texts()


def test_a_conflict_counts_what_it_has_no_room_for(
    tab_on: Callable[[Scenario], Screen], tmp_path: Path
) -> None:
    screen = tab_on(made(3, 8))
    store = Store(tmp_path / "one")
    theirs = store.open("only")
    changed = theirs.scenario.with_weights(innovation=77)
    store.save(theirs, changed, by="Ben")
    screen.segment("Segment 1").move(0, 90).press("save")
    first, *_ = [m.value for m in screen.at.markdown if m.value.startswith("- ")]
    assert len(first.splitlines()) == 13
    assert first.endswith(f"- and {len(theirs.scenario.diff(changed)) - 12} more")


def test_saving_mine_as_new_settles_a_conflict_and_keeps_both(base: Screen, store: Store) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    in_between(store)
    theirs = store.open("base-case")
    base.press("save").press("both")
    assert base.scenario == edited.renamed("Base case (2)")
    assert {entry.name for entry in store.entries()} >= {"Base case", "Base case (2)"}
    assert store.open("base-case") == theirs
    assert not base.at.warning


def test_undo_to_another_scenario_leaves_the_conflict_behind(base: Screen, store: Store) -> None:
    base.open("green-mandate").open("base-case").segment("Enterprise").move(0, 80)
    in_between(store)
    base.press("save").press("undo").press("undo")
    assert base.scenario.name == "Green mandate"
    assert not base.at.warning


def captions(screen: Screen) -> str:
    return " ".join(caption.value for caption in screen.at.caption)


def test_a_newer_version_on_disk_is_told_quietly_and_can_be_loaded(base: Screen, store: Store) -> None:
    in_between(store)
    assert "saved by Ben" in captions(base.run())
    base.press("newer")
    assert base.scenario == store.open("base-case").scenario
    assert "saved by Ben" not in captions(base)


def test_a_newer_version_is_not_loaded_over_unsaved_work(base: Screen, store: Store) -> None:
    base.segment("Enterprise").move(0, 80)
    in_between(store)
    assert "Saving asks which one to keep" in captions(base.run())
    assert [b for b in base.at.button if b.key == "balance-newer"] == []


def test_a_scenario_deleted_by_someone_else_is_told(base: Screen, store: Store) -> None:
    store.delete("base-case")
    assert "no longer in the folder" in captions(base.run())


@pytest.mark.nightly  # saved as new by its button above
def test_a_conflict_is_settled_by_saving_under_another_name(base: Screen, store: Store) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    in_between(store)
    base.press("save").save_as("Mine")
    assert not base.at.warning
    assert base.scenario == edited.renamed("Mine")
    assert store.open("base-case").saved_by == "Ben"


def test_replacing_theirs_is_refused_where_a_third_one_saved_again(base: Screen, store: Store) -> None:
    base.segment("Enterprise").move(0, 80)
    in_between(store)
    base.press("save")
    later = store.open("base-case")
    store.save(later, later.scenario.with_weights("Distributors", innovation=77), by="Cleo")
    base.press("mine")
    assert store.open("base-case").saved_by == "Cleo"
    assert "Cleo saved" in base.at.warning[0].value


def test_a_scenario_deleted_meanwhile_is_told_and_can_be_saved_as_new(base: Screen, store: Store) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    store.delete("base-case")
    base.press("save")
    assert literal("'Base case' was deleted meanwhile; save it as new to keep it") == base.at.error[0].value
    base.save_as("Base case")
    assert base.scenario == edited
    assert not base.at.error


def test_an_empty_folder_starts_with_something_that_can_be_saved(
    tab: Callable[..., Screen], folder: Path, store: Store
) -> None:
    for path in folder.iterdir():
        path.unlink()
    screen = tab()
    assert "Not saved yet" in screen.badge()
    screen.move(0, 70).press("save")
    assert [entry.name for entry in store.entries()] == [screen.scenario.name]
    assert ":material/check: Saved" in screen.badge()


# A folder that is not there yet is started from below.
@pytest.mark.parametrize(
    ("made", "words"), sampled([(True, "holds no scenario"), (False, "is not there yet")], rows=True)
)
def test_an_empty_start_names_the_folder_and_where_to_go(
    tab: Callable[..., Screen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool, words: str
) -> None:
    folder = tmp_path / "plans"
    if made:
        folder.mkdir()
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(folder))
    screen = tab()
    [told] = [info.value for info in screen.at.info]
    assert literal(str(folder)) in told
    assert words in told
    assert "fill it in on the Data page" in told
    assert not screen.move(0, 70).press("save").at.info


def test_a_first_scenario_whose_name_was_taken_meanwhile_is_saved_as_new(
    tab: Callable[..., Screen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(tmp_path / "plans"))
    mine, theirs = tab().move(0, 70), tab().move(0, 40)
    theirs.press("save")
    assert "Save as new keeps this one" in mine.press("save").at.error[0].value
    assert not mine.save_as("Mine").at.error
    assert len(Store(tmp_path / "plans").entries()) == 2


@pytest.mark.parametrize("button", sampled(["save", "save-new-go"]))
def test_a_missing_folder_is_made_with_those_above_it_at_the_first_save(
    tab: Callable[..., Screen], folder: Path, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    fresh = folder / "not" / "there" / "yet"
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(fresh))
    screen = tab().move(0, 70)
    assert not fresh.exists()
    screen.at.text_input(key="balance-new-name").set_value("First")
    screen.press(button)
    assert not screen.at.error
    assert [entry.name for entry in Store(fresh).entries()] == [screen.scenario.name]


def test_without_a_setting_scenarios_are_saved_below_the_working_folder(
    tab: Callable[..., Screen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VALUEMIX_SCENARIOS")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    tab().move(0, 70).press("save")
    assert len([*(tmp_path / "empty" / "scenarios").glob("*.json")]) == 1


def test_a_folder_that_vanishes_is_told_on_save_and_nothing_is_lost(base: Screen, folder: Path) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    shutil.rmtree(folder)
    assert "no such folder" in base.press("save").at.error[0].value
    assert base.scenario == edited


@pytest.mark.parametrize(
    ("code", "message"),
    sampled(
        [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "no permission")],
        rows=True,
    ),
)
def test_what_the_disk_refuses_is_told_and_the_work_stays(
    base: Screen, store: Store, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    before = store.open("base-case")
    edited = base.segment("Enterprise").move(0, 80).scenario
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refusing(code))
        assert message in base.press("save").at.error[0].value
    assert (base.scenario, store.open("base-case")) == (edited, before)
    assert not base.press("save").at.error
    assert store.open("base-case").scenario == edited


def refusing(code: int) -> Callable[[int], None]:
    def refuse(_: int) -> None:
        raise OSError(code, "refused")

    return refuse


def test_a_damaged_file_leaves_the_others_usable_and_is_told(
    tab: Callable[..., Screen], folder: Path
) -> None:
    (folder / "green-mandate.json").write_text('{"format": "valuemix scen')
    screen = tab()
    sound = [entry.name for entry in Store(folder).entries() if not entry.problem]
    assert screen.at.selectbox[0].options == sound
    assert "Green mandate" not in sound
    assert any("green-mandate" in text for text in screen.texts())


def test_several_damaged_files_are_one_line(tab: Callable[..., Screen], folder: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (folder / f"{name}.json").write_text("{")
    [told] = [text for text in tab("base-case").texts() if ":material/warning:" in text]
    assert "4 files of this folder cannot be opened" in told
    assert literal("a.json, b.json and two more. The Scenarios page says why.") in told


def test_a_link_to_a_damaged_file_says_what_is_wrong_with_it(
    tab: Callable[..., Screen], folder: Path
) -> None:
    (folder / "green-mandate.json").write_text('{"format": "valuemix scen')
    screen = tab("green-mandate")
    assert any("green-mandate" in error.value for error in screen.at.error)
