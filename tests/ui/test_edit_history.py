"""Undo and redo as a list of steps."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sample_scenarios import made

from valuemix.files.scenarios.folder import Saved
from valuemix.model.scenario import Scenario
from valuemix.ui.session.history import KEPT, History, Work

START = made(2, 1)


def version(number: int) -> Scenario:
    return START.renamed(f"Version {number}")


def saved(scenario: Scenario, revision: int = 1) -> Saved:
    return Saved(scenario, "only", revision, f"hash {revision}", Path("only.json"))


def start() -> History:
    return History((Work.on(saved(START)),))


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=30))
def test_undo_and_redo_walk_along_what_was_edited(moves: list[str]) -> None:
    history, line, at = start(), [START], 0
    for number, move in enumerate(moves):
        if move == "edit":
            history = history.edited(version(number))
            line, at = [*line[: at + 1], version(number)], at + 1
        else:
            history = history.undo() if move == "undo" else history.redo()
            at = max(at - 1, 0) if move == "undo" else min(at + 1, len(line) - 1)
        assert history.present.scenario == line[at]
        assert (history.can_undo, history.can_redo) == (at > 0, at < len(line) - 1)


def test_edits_of_the_same_name_in_a_row_are_one_step() -> None:
    history = start().edited(version(1), "slider").edited(version(2), "slider")
    assert history.undo().present.scenario == START
    assert history.undo().redo().present.scenario == version(2)


def test_the_same_edit_after_an_undo_is_a_new_step() -> None:
    history = start().edited(version(1), "slider").edited(version(2), "other").undo()
    assert history.edited(version(3), "slider").undo().present.scenario == version(1)


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    assert not start().edited(START.replace()).can_undo


def test_the_oldest_steps_are_forgotten() -> None:
    history = start()
    for number in range(KEPT + 50):
        history = history.edited(version(number))
    assert len(history.steps) == KEPT
    assert history.present.scenario == version(KEPT + 49)


def test_after_a_save_every_step_on_that_scenario_starts_from_what_is_on_disk() -> None:
    elsewhere = Work.on(Saved(version(9), "other", 1, "hash", Path("other.json")))
    now = saved(version(1), 2)
    history = start().step(elsewhere).step(Work.on(saved(START))).edited(version(1)).rebased(now)
    assert [step.saved for step in history.steps] == [now, elsewhere.saved, now, now]
    assert [step.scenario for step in history.steps] == [START, version(9), START, version(1)]
    assert history.present.baseline == version(1)


def test_an_edit_after_a_save_is_a_new_step_even_of_the_same_slider() -> None:
    history = start().edited(version(1), "slider").rebased(saved(version(1), 2)).edited(version(2), "slider")
    assert history.undo().present.scenario == version(1)
