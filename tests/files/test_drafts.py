"""Unsaved work of a browser session: kept apart from the scenario, offered on return."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from valuemix.errors import StorageError
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.scenarios.store import Conflict, Store
from valuemix.model.scenario import Scenario

DAY = 86_400


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], name="Base case", segments=["Families"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_a_draft_outlives_the_server_and_leaves_the_scenario_alone(store: Store, base: Scenario) -> None:
    saved = store.save_new(base, by="Ada")
    work = base.with_weights(innovation=60)
    store.save_draft("tab1", work, saved)
    (draft,) = Store(store.folder).drafts()
    assert (draft.session, draft.scenario, draft.id, draft.revision) == ("tab1", work, saved.id, 1)
    assert store.open(saved.id) == saved
    assert [entry.id for entry in store.entries()] == [saved.id]


def test_a_draft_saves_over_its_scenario_only_while_nobody_else_did(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    work = base.with_weights(innovation=60)
    store.save_draft("tab1", work, saved)
    (draft,) = store.drafts()
    store.save(saved, base.renamed("Theirs"))
    with pytest.raises(Conflict):
        store.save(draft.id, draft.scenario, expected=draft.hash)


def test_a_draft_of_a_new_scenario_has_no_base(store: Store, base: Scenario) -> None:
    store.save_draft("tab1", base, None)
    (draft,) = store.drafts()
    assert (draft.id, draft.revision, draft.hash) == ("", 0, "")
    assert store.save_new(draft.scenario).scenario == base


def test_each_session_has_one_draft_the_latest(store: Store, base: Scenario) -> None:
    for name in ("One", "Two"):
        store.save_draft("tab1", base.renamed(name), None)
    store.save_draft("tab2", base, None)
    assert {draft.session: draft.scenario.name for draft in store.drafts()} == {
        "tab1": "Two",
        "tab2": "Base case",
    }


def test_a_draft_that_is_discarded_is_gone_and_discarding_again_is_fine(store: Store, base: Scenario) -> None:
    store.save_draft("tab1", base, None)
    store.drop_draft("tab1")
    store.drop_draft("tab1")
    assert store.drafts() == []


def test_a_draft_is_a_scenario_file_that_anyone_can_open(store: Store, base: Scenario) -> None:
    store.save_draft("tab1", base, None)
    assert load(store.folder / ".drafts" / "tab1.json") == base


def test_damaged_drafts_break_nothing(store: Store, base: Scenario, tmp_path: Path) -> None:
    store.save_draft("good", base, None)
    drafts = store.folder / ".drafts"
    (drafts / "empty.json").write_bytes(b"")
    (drafts / "cut.json").write_bytes((drafts / "good.json").read_bytes()[:100])
    (drafts / "noise.json").write_bytes(os.urandom(500))
    (drafts / "folder.json").mkdir()
    (drafts / "link.json").symlink_to(tmp_path / "nowhere")
    assert [draft.session for draft in store.drafts()] == ["good"]
    assert [draft.session for draft in Store(store.folder).drafts()] == ["good"]


def test_drafts_are_swept_after_thirty_days(store: Store, base: Scenario) -> None:
    for session, days in (("old", 31), ("recent", 29)):
        store.save_draft(session, base, None)
        os.utime(store.folder / ".drafts" / f"{session}.json", (time.time() - days * DAY,) * 2)
    assert [draft.session for draft in Store(store.folder).drafts()] == ["recent"]


@pytest.mark.parametrize("session", ["", "..", "../x", "a/b", "a.b", "x" * 65, "é", "a\n"])
def test_a_session_name_leads_nowhere_else(store: Store, base: Scenario, session: str) -> None:
    with pytest.raises(StorageError, match="is no name of a session"):
        store.save_draft(session, base, None)
    with pytest.raises(StorageError, match="is no name of a session"):
        store.drop_draft(session)


def test_discarded_work_is_in_the_trash_and_comes_back(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    store.save_draft("tab1", base, saved, by="Ada")
    store.discard_draft("tab1", by="Ben")
    store.discard_draft("tab1", by="Ben")
    assert store.drafts() == []
    [discarded] = store.discarded_drafts()
    assert (discarded.scenario, discarded.id, discarded.by) == (base, saved.id, "Ada")
    store.save_draft("tab1", base.renamed("Newer"), saved)
    store.restore_draft(discarded.session, by="Ada")
    assert {draft.scenario.name for draft in store.drafts()} == {base.name, "Newer"}
    assert store.discarded_drafts() == []
