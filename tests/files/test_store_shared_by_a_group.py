"""Two people of one group save to one folder, each with the usual umask of 022."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from valuemix.files.scenarios.store import Store
from valuemix.model.scenario import Scenario

pytestmark = [
    pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can act for two people"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
TEAM, ADA, BEN = 54_321, 54_322, 54_323
BASE = Scenario.from_arrays([[8, 9, 6, 9]], name="Base case")


def acting_as(user: int, act: Callable[[], None]) -> None:
    """Do something in a child that is this user, of a group of its own and of the team."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([TEAM])
            os.setgid(user)
            os.setuid(user)
            os.umask(0o022)
            act()
        except BaseException as error:  # noqa: BLE001 - told by the exit status
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # Workers that run side by side have a private folder of their own between the run's and the test's.
    runs = next(path for path in tmp_path.parents if path.name.startswith("pytest-of-"))
    for path in [tmp_path, *tmp_path.parents[: len(tmp_path.relative_to(runs).parts)]]:
        path.chmod(0o755)
    # Loads all that is needed while the interpreter's own files can be read: another user may not see them.
    warm = tmp_path / "warm"
    warm.mkdir()
    for by in ["Root", "Root again"]:
        everything(warm, by)
    path = tmp_path / "scenarios"
    path.mkdir()
    os.chown(path, ADA, TEAM)
    path.chmod(0o2775)
    return path


def everything(folder: Path, by: str) -> None:
    """Save what is there; save, draft, delete and restore one more."""
    store = Store(folder)
    for entry in store.entries():
        saved = store.open(entry.id)
        changed = saved.scenario.with_scores("Proposition 1", innovation=saved.revision / 2)
        after = store.save(saved, changed, by=by)
        assert after.notice == ""
    new = store.save_new(BASE.renamed(f"Of {by}"), by=by)
    store.save_draft("shared", BASE, new, by)
    store.discard_draft("shared", by)
    store.restore_draft("shared", by)
    store.delete(new.id, by)
    store.restore(new.id, by)


def test_both_save_delete_restore_and_draft_and_every_line_is_logged(folder: Path) -> None:
    for user, by in [(ADA, "Ada"), (BEN, "Ben"), (ADA, "Ada again")]:
        acting_as(user, lambda by=by: everything(folder, by))  # type: ignore[misc]
    lines = [json.loads(line) for line in (folder / ".history" / "log.jsonl").read_text().splitlines()]
    expected = [["new", "discard", "restore", "delete", "restore"], ["save"], ["save"] * 2]
    assert [(line["by"], line["what"]) for line in lines] == [
        *(("Ada", what) for what in expected[0]),
        *(("Ben", what) for what in expected[1] + expected[0]),
        *(("Ada again", what) for what in expected[2] + expected[0]),
    ]
    made = [path for path in folder.rglob("*") if path.name != ".lock"]
    assert {path.stat().st_gid for path in made} == {TEAM}
    assert all(path.stat().st_mode & stat.S_IWGRP for path in made)


def test_a_folder_of_one_person_opens_to_nobody_else(folder: Path) -> None:
    folder.chmod(0o2755)
    acting_as(ADA, lambda: Store(folder).save_new(BASE) and None)
    made = [path for path in folder.rglob("*") if path.name != ".lock"]
    assert made
    assert not any(path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH) for path in made)
