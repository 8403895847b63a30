"""A folder of scenarios: list, open, save, conflicts, names, history, trash."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from valuemix.errors import InvalidFile, InvalidScenario, StorageError
from valuemix.files.atomic import TEMPORARY_PREFIX
from valuemix.files.scenarios import store as store_module
from valuemix.files.scenarios.history import KEPT
from valuemix.files.scenarios.scenario_file import dumps, load
from valuemix.files.scenarios.scenario_file import save as save_file
from valuemix.files.scenarios.store import Conflict, Saved, Store
from valuemix.files.scenarios.strict_json import MAX_BYTES
from valuemix.model.scenario import Scenario

NAMES = Path(__file__).parents[1] / "data" / "hostile" / "names.json"


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], name="Base case", segments=["Families"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    return Store(folder)


def edited(scenario: Scenario, score: float) -> Scenario:
    return scenario.with_scores("Proposition 1", innovation=score)


def files(store: Store) -> list[str]:
    return sorted(p.name for p in store.folder.iterdir() if not p.name.startswith("."))


# ---------------------------------------------------------------------- save and open


def test_what_is_saved_opens_as_it_was(store: Store, base: Scenario) -> None:
    saved = store.save_new(base, by="Ada")
    again = store.open(saved.id)
    assert again == saved
    assert again.scenario == base
    assert (again.revision, again.saved_by, again.notice) == (1, "Ada", "")
    assert load(saved.path) == base


def test_every_save_raises_the_revision_and_keeps_the_file(store: Store, base: Scenario) -> None:
    first = store.save_new(base, by="Ada")
    second = store.save(first, edited(base, 5), by="Ben")
    third = store.save(second, edited(base, 6), by="Ada")
    assert [first.revision, second.revision, third.revision] == [1, 2, 3]
    assert first.path == second.path == third.path
    assert files(store) == [first.path.name]
    assert store.open(first.id) == third


def test_saving_what_has_not_changed_writes_nothing(store: Store, base: Scenario) -> None:
    saved = store.save_new(base, by="Ada")
    before = saved.path.stat()
    assert store.save(saved, base, by="Ben") == saved
    after = saved.path.stat()  # reading may move the time of access
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_id_alone_replaces_what_stands_there(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    store.save(saved, edited(base, 5))
    assert store.save(saved.id, edited(base, 6)).revision == 3


def test_a_save_keeps_the_times_in_order_even_when_the_clock_is_set_back(
    store: Store, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = store.save_new(base)
    monkeypatch.setattr("valuemix.files.scenarios.saved_block.utc_now", lambda: "2001-01-01T00:00:00Z")
    store.save(saved, edited(base, 5))
    assert [version.revision for version in store.history(saved.id)] == [2, 1]


@pytest.mark.parametrize("by", ["a\nb", "x" * 300, "half \ud800", "\u202eevil"])
def test_an_author_that_cannot_be_written_is_refused_before_anything_changes(
    store: Store, base: Scenario, by: str
) -> None:
    saved = store.save_new(base)
    with pytest.raises(StorageError, match=r"your name .* cannot be saved"):
        store.save(saved, edited(base, 5), by=by)
    assert store.open(saved.id) == saved


def test_a_line_of_the_log_stops_nothing_and_is_never_lost_in_silence(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    store.delete(saved.id, by="half \ud800")
    store.restore(saved.id)
    (store.folder / ".history" / "log.jsonl").unlink()
    (store.folder / ".history" / "log.jsonl").mkdir()
    after = store.save(saved, edited(base, 5))
    assert after.notice.startswith("saved, but the log does not say so: ")
    assert store.open(saved.id).scenario == edited(base, 5)
    with pytest.raises(StorageError, match=r"it is in the trash, but nothing tells who did it: .*log.jsonl"):
        store.delete(saved.id)
    assert [entry.id for entry in store.trash()] == [saved.id]


def test_the_log_is_put_aside_once_it_is_long(
    store: Store, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("valuemix.files.scenarios.log.LOG_BYTES", 300)
    saved = store.save_new(base)
    for score in range(10):
        saved = store.save(saved, edited(base, score))
    logs = sorted((store.folder / ".history").glob("log*.jsonl"))
    assert [path.name for path in logs] == ["log.jsonl", "log.old.jsonl"]
    assert all(path.stat().st_size < 600 for path in logs)
    told = [
        json.loads(line)["revision"] for path in logs[::-1] for line in path.read_text("utf-8").splitlines()
    ]
    assert told == list(range(told[0], saved.revision + 1))


# ---------------------------------------------------------------------- conflicts


def test_the_second_of_two_savers_is_told_who_saved_what_and_loses_nothing(
    store: Store, base: Scenario
) -> None:
    opened = store.save_new(base, by="Ada")
    theirs = store.save(opened, edited(base, 5), by="Ben")
    mine = edited(base, 3)
    with pytest.raises(
        Conflict, match=r"Ben saved 'Base case' on \d{4}-\d\d-\d\d at \d\d:\d\d UTC, after you opened it"
    ) as caught:
        store.save(opened, mine, by="Ada")
    assert caught.value.theirs == theirs
    assert [str(d) for d in mine.diff(caught.value.theirs.scenario)] == [
        "Families, Proposition 1, Innovation: score 3 → 5"
    ]
    assert store.open(opened.id) == theirs


def test_after_a_conflict_mine_may_replace_theirs_which_stays_in_the_history(
    store: Store, base: Scenario
) -> None:
    opened = store.save_new(base, by="Ada")
    store.save(opened, edited(base, 5), by="Ben")
    with pytest.raises(Conflict) as caught:
        store.save(opened, edited(base, 3), by="Ada")
    assert store.save(caught.value.theirs, edited(base, 3), by="Ada").revision == 3
    assert store.open_version(opened.id, 2).scenario == edited(base, 5)


def test_even_the_same_edit_by_someone_else_is_told_and_has_no_difference(
    store: Store, base: Scenario
) -> None:
    opened = store.save_new(base, by="Ada")
    theirs = store.save(opened, edited(base, 5), by="Ben")
    with pytest.raises(Conflict) as caught:
        store.save(opened, edited(base, 5), by="Ada")
    assert caught.value.theirs == theirs
    assert caught.value.theirs.scenario.diff(edited(base, 5)) == ()


def test_a_conflict_survives_pickling(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    again = pickle.loads(pickle.dumps(Conflict(saved)))  # noqa: S301  our own bytes
    assert again.theirs == saved
    assert str(again) == str(Conflict(saved))


def test_an_expected_hash_that_no_longer_fits_is_a_conflict(store: Store, base: Scenario) -> None:
    opened = store.save_new(base)
    store.save(opened, edited(base, 5))
    with pytest.raises(Conflict):
        store.save(opened.id, edited(base, 6), expected=opened.hash)


def test_saving_over_a_scenario_that_was_deleted_meanwhile_is_refused(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    store.delete(saved.id)
    with pytest.raises(StorageError, match="was deleted meanwhile; save it as new"):
        store.save(saved, edited(base, 5))
    assert store.entries() == []


def test_an_edit_by_hand_is_a_conflict_for_who_had_it_open_and_a_notice_for_who_opens_it(
    store: Store, base: Scenario
) -> None:
    saved = store.save_new(base, by="Ada")
    saved.path.write_text(
        saved.path.read_text("utf-8").replace('"innovation": 8', '"innovation": 2'), "utf-8"
    )
    with pytest.raises(Conflict):
        store.save(saved, edited(base, 5))
    found = store.open(saved.id)
    assert found.notice == "changed by hand since revision 1 was saved by Ada"
    later = store.save(found, edited(base, 5))
    assert later.revision == 3
    assert store.open_version(saved.id, 2).scenario == edited(base, 2)


# ---------------------------------------------------------------------- names


def test_a_name_that_another_scenario_has_is_refused(store: Store, base: Scenario) -> None:
    store.save_new(base)
    for same in ("Base case", "BASE CASE", " base case ", "Ｂase case"):
        with pytest.raises(StorageError, match="there is a scenario 'Base case' already"):
            store.save_new(base.renamed(same))
    other = store.save_new(base.renamed("Other"))
    with pytest.raises(StorageError, match="choose another name"):
        store.rename(other.id, "base Case")
    assert store.open(other.id).scenario.name == "Other"


def test_a_scenario_may_change_the_capitals_of_its_own_name(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    assert store.rename(saved.id, "BASE case", by="Ben").scenario.name == "BASE case"


def test_renaming_changes_the_name_inside_and_not_the_file(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    renamed = store.rename(saved.id, "Purpose-led", by="Ben")
    assert (renamed.path, renamed.revision, renamed.saved_by) == (saved.path, 2, "Ben")
    assert [entry.name for entry in store.entries()] == ["Purpose-led"]
    assert store.save_new(base).id != saved.id


def test_duplicates_get_the_next_free_name(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    names = [store.duplicate(saved.id, by="Ben").scenario.name for _ in range(3)]
    assert names == ["Base case (2)", "Base case (3)", "Base case (4)"]
    assert store.free_name("Base case (2)") == "Base case (5)"
    assert store.duplicate(saved.id, name="Mine").scenario == base.renamed("Mine")
    longest = store.save_new(base.renamed("x" * 200))
    assert len(store.duplicate(longest.id).scenario.name) <= 200


@pytest.mark.parametrize(
    "case", json.loads(NAMES.read_text("utf-8")), ids=lambda case: repr(case["name"])[:40]
)
@pytest.mark.one_in(2)
def test_a_hostile_name_is_kept_as_typed_under_a_safe_file_name_or_refused(
    store: Store, base: Scenario, case: dict[str, Any]
) -> None:
    name = case["name"]
    if case["expect"] == "reject":
        with pytest.raises(InvalidScenario, match="name"):
            base.renamed(name)
        return
    saved = store.save_new(base.renamed(name))
    assert store.open(saved.id).scenario.name == name.strip()
    assert [entry.name for entry in store.entries()] == [name.strip()]
    (file,) = files(store)
    assert file == f"{saved.id}.json"
    assert file.isascii()
    assert set(file) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert file[0].isalnum()
    assert len(file) <= 60 + 1 + 8 + 5
    assert saved.path.resolve().parent == store.folder.resolve()


@pytest.mark.parametrize(
    "scenario_id",
    ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", "C:x", ".hidden", "a\0b", "x" * 300, ".lock"],
)
def test_no_id_leads_out_of_the_folder(store: Store, base: Scenario, scenario_id: str) -> None:
    for attempt in (
        lambda: store.open(scenario_id),
        lambda: store.save(scenario_id, base),
        lambda: store.delete(scenario_id),
        lambda: store.restore(scenario_id),
        lambda: store.rename(scenario_id, "x"),
    ):
        with pytest.raises(StorageError, match="is no id of a scenario"):
            attempt()
    assert files(store) == []


def test_an_unknown_id_is_told_with_the_near_miss(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    with pytest.raises(StorageError, match=f"unknown scenario .* Did you mean '{saved.id}'"):
        store.open(saved.id[:-1])


# ---------------------------------------------------------------------- foreign and damaged files


def test_foreign_and_damaged_files_are_listed_with_their_problem_and_break_nothing(
    store: Store, base: Scenario, tmp_path: Path
) -> None:
    good = store.save_new(base)
    (tmp_path / "outside.json").write_text(dumps(base), "utf-8")
    (store.folder / "cut.json").write_text(dumps(base)[:300], "utf-8")
    (store.folder / "empty.json").write_bytes(b"")
    (store.folder / "foreign.json").write_text('{"format": "geo", "version": 1}', "utf-8")
    (store.folder / "newer.json").write_text(dumps(base).replace('"version": 1', '"version": 99'), "utf-8")
    (store.folder / "folder.json").mkdir()
    (store.folder / "link.json").symlink_to(tmp_path / "outside.json")
    (store.folder / "nowhere.json").symlink_to(tmp_path / "missing.json")
    with (store.folder / "huge.json").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    (store.folder / "notes.txt").write_text("not ours", "utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(store.folder / "pipe.json")
    start = time.perf_counter()
    entries = store.entries()
    assert time.perf_counter() - start < 20, "a pipe or a link to nowhere must not block"
    assert [entry.name for entry in entries if entry.problem is None] == ["Base case"]
    assert entries[0].id == good.id
    problems = {entry.name: entry.problem or "" for entry in entries[1:]}
    expected = {
        "cut.json": "damaged at line",
        "empty.json": "the file is empty",
        "foreign.json": "this is no valuemix scenario",
        "newer.json": "newer valuemix",
        "folder.json": "folder",
        "link.json": "is a link to another place",
        "nowhere.json": "is a link to another place",
        "huge.json": "more than 40 MB",
        **({"pipe.json": "is no regular file"} if hasattr(os, "mkfifo") else {}),
    }
    assert problems.keys() == expected.keys()
    for name, words in expected.items():
        assert words in problems[name]
        assert name in problems[name]


def test_a_file_name_that_no_screen_can_show_is_listed_with_its_problem(store: Store, base: Scenario) -> None:
    names = [b"a:b.json", b"a\nb.json", "a\u202eb.json".encode()]
    if sys.platform == "linux":
        names.append(b"half \xff.json")
    for name in names:
        Path(os.fsdecode(os.fsencode(store.folder) + b"/" + name)).write_text(dumps(base), "utf-8")
    entries = store.entries()
    assert len(entries) == len(names)
    for entry in entries:
        assert entry.problem is not None
        assert "is no id of a scenario" in entry.problem
        assert f"{entry.id}{entry.name}{entry.problem}".encode()


def test_a_damaged_scenario_points_to_its_newest_good_version(store: Store, base: Scenario) -> None:
    saved = store.save(store.save_new(base), edited(base, 5))
    saved.path.write_bytes(saved.path.read_bytes()[:200])
    (entry,) = store.entries()
    assert entry.problem is not None
    assert entry.newest_good == 2
    with pytest.raises(InvalidFile, match="damaged"):
        store.open(saved.id)
    with pytest.raises(StorageError, match="open a version from its history"):
        store.save(saved, edited(base, 6))
    rescued = store.save(saved.id, store.open_version(saved.id, entry.newest_good).scenario, by="Ada")
    assert store.open(saved.id) == rescued
    assert rescued.scenario == edited(base, 5)
    assert [(v.revision, v.problem is None) for v in store.history(saved.id)] == [
        (4, True),
        (3, False),
        (2, True),
        (1, True),
    ]


def test_a_file_of_a_newer_valuemix_is_never_overwritten(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    saved.path.write_text(dumps(base).replace('"version": 1', '"version": 99'), "utf-8")
    before = saved.path.read_bytes()
    for target in (saved, saved.id):
        with pytest.raises(StorageError, match="newer valuemix"):
            store.save(target, edited(base, 5))
    assert saved.path.read_bytes() == before


def test_a_file_made_by_hand_opens_and_is_kept_when_it_is_saved_over(store: Store, base: Scenario) -> None:
    save_file(base, store.folder / "my plan (v1.2).json")
    (entry,) = store.entries()
    assert (entry.id, entry.name, entry.revision, entry.problem) == ("my plan (v1.2)", "Base case", 0, None)
    opened = store.open(entry.id)
    saved = store.save(opened, edited(base, 5), by="Ada")
    assert saved.revision == 2
    assert store.open_version(entry.id, 1).scenario == base
    assert files(store) == ["my plan (v1.2).json"]


def test_the_examples_that_ship_open(store: Store) -> None:
    examples = sorted((Path(__file__).parents[2] / "scenarios").glob("*.json"))
    for example in examples:
        (store.folder / example.name).write_bytes(example.read_bytes())
    assert examples
    assert [entry.problem for entry in store.entries()] == [None] * len(examples)


def test_a_file_that_vanishes_between_list_and_open_is_told(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    store.entries()
    saved.path.unlink()
    with pytest.raises(StorageError, match="unknown scenario"):
        store.open(saved.id)
    assert store.entries() == []


def test_the_list_sees_a_change_made_by_someone_else(store: Store, base: Scenario) -> None:
    saved = store.save_new(base, by="Ada")
    assert store.entries()[0].hash == saved.hash
    size = saved.path.stat().st_size
    later = Store(store.folder).save(saved, edited(base, 5), by="Ben")
    assert saved.path.stat().st_size == size, "as hard to see as can be"
    assert store.entries()[0].hash == later.hash
    assert store.entries()[0].saved_by == "Ben"


# ---------------------------------------------------------------------- history


def test_the_history_keeps_the_last_twenty(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    for i in range(KEPT + 5):
        saved = store.save(saved, edited(base, i / 10), by=f"P{i}")
    versions = store.history(saved.id)
    assert [v.revision for v in versions] == list(range(KEPT + 6, 6, -1))
    assert versions[0].saved_by == f"P{KEPT + 4}"
    assert store.open_version(saved.id, 10).scenario == edited(base, 0.8)
    with pytest.raises(StorageError, match="has no revision 1 in its history"):
        store.open_version(saved.id, 1)


def test_histories_of_ids_that_begin_alike_are_kept_apart(store: Store, base: Scenario) -> None:
    save_file(base, store.folder / "a.json")
    save_file(base.renamed("Other"), store.folder / "a.1.json")
    store.save("a", edited(base, 1))
    store.save("a.1", edited(base, 2).renamed("Other"))
    assert [v.name for v in store.history("a")] == ["Base case"] * 2
    assert [v.name for v in store.history("a.1")] == ["Other"] * 2


def test_versions_that_lay_beside_each_other_are_found(store: Store, base: Scenario) -> None:
    saved = store.save(store.save_new(base), edited(base, 5))
    versions = store.folder / ".history" / "versions" / saved.id
    for path in versions.iterdir():
        path.rename(store.folder / ".history" / f"{saved.id}.{path.name}")
    versions.rmdir()
    assert [v.revision for v in Store(store.folder).history(saved.id)] == [2, 1]


def test_a_save_looks_at_no_version_of_another_scenario(
    store: Store, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = store.save_new(base)
    for number in range(5):
        store.save_new(base.renamed(f"Other {number}"))
    listed: list[str] = []
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: listed.append(path.name) or iterdir(path))
    store.save(saved, edited(base, 5))
    assert {*listed} == {saved.id}


def test_the_trash_and_what_is_gone_from_it_are_kept_for_ninety_days(
    store: Store, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = store.save_new(base), store.save_new(base.renamed("Kept"))
    store.save_draft("tab", base, gone)
    store.discard_draft("tab", "Ada")
    store.delete(gone.id)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 89 * 86_400)
    assert [entry.id for entry in Store(store.folder).trash()] == [gone.id]
    assert len(Store(store.folder).discarded_drafts()) == len(store.history(gone.id)) == 1
    monkeypatch.setattr(time, "time", lambda: now + 91 * 86_400)
    later = Store(store.folder)
    assert later.trash() == later.discarded_drafts() == later.history(gone.id) == []
    assert len(later.history(kept.id)) == 1


def test_going_back_to_a_version_is_a_save_like_any_other(store: Store, base: Scenario) -> None:
    saved = store.save(store.save_new(base), edited(base, 5))
    back = store.save(saved, store.open_version(saved.id, 1).scenario, by="Ada")
    assert (back.revision, back.scenario) == (3, base)
    assert [v.revision for v in store.history(saved.id)] == [3, 2, 1]


def test_a_lost_history_stops_nothing(store: Store, base: Scenario) -> None:
    saved = store.save(store.save_new(base), edited(base, 5))
    shutil.rmtree(store.folder / ".history")
    assert store.save(saved, edited(base, 6)).revision == 3
    assert [v.revision for v in store.history(saved.id)] == [3, 2]


def test_who_did_what_and_when_is_written_down(store: Store, base: Scenario) -> None:
    saved = store.save_new(base, by="Ada")
    store.save(saved, edited(base, 5), by="Ben")
    store.delete(saved.id, by="Cleo")
    store.restore(saved.id, by="Ada")
    lines = (store.folder / ".history" / "log.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [(line["by"], line["what"]) for line in told] == [
        ("Ada", "new"),
        ("Ben", "save"),
        ("Cleo", "delete"),
        ("Ada", "restore"),
    ]
    assert {line["id"] for line in told} == {saved.id}


# ---------------------------------------------------------------------- trash


def test_a_deleted_scenario_comes_back_with_its_history(store: Store, base: Scenario) -> None:
    saved = store.save(store.save_new(base), edited(base, 5))
    store.delete(saved.id, by="Ada")
    assert store.entries() == []
    assert [(entry.id, entry.name) for entry in store.trash()] == [(saved.id, "Base case")]
    assert store.restore(saved.id).id == saved.id
    assert store.open(saved.id) == saved
    assert store.trash() == []
    assert len(store.history(saved.id)) == 2


def test_a_restored_scenario_whose_name_is_taken_gets_the_next_free_one(store: Store, base: Scenario) -> None:
    first = store.save_new(base)
    store.delete(first.id)
    second = store.save_new(base)
    back = store.restore(first.id)
    assert (back.id, back.name) == (first.id, "Base case (2)")
    assert store.open(second.id).scenario.name == "Base case"
    assert store.trash() == []


def test_deleting_twice_keeps_both_in_the_trash(store: Store, base: Scenario) -> None:
    save_file(base, store.folder / "plan.json")
    store.delete("plan")
    save_file(edited(base, 5), store.folder / "plan.json")
    store.delete("plan")
    assert [entry.id for entry in store.trash()] == ["plan", "plan-2"]
    assert store.restore("plan-2").id == "plan-2"
    assert store.open("plan-2").scenario == edited(base, 5)


def test_a_damaged_file_can_be_deleted_and_restored(store: Store) -> None:
    (store.folder / "cut.json").write_bytes(b'{"format":')
    store.delete("cut")
    assert store.entries() == []
    assert store.restore("cut").problem is not None
    assert (store.folder / "cut.json").read_bytes() == b'{"format":'


def test_a_folder_is_not_deleted(store: Store) -> None:
    (store.folder / "deep.json").mkdir()
    with pytest.raises(StorageError, match="by hand"):
        store.delete("deep")
    assert (store.folder / "deep.json").is_dir()


def test_what_is_not_in_the_trash_cannot_be_restored(store: Store) -> None:
    with pytest.raises(StorageError, match="is not in the trash"):
        store.restore("base-case-00000000")


# ---------------------------------------------------------------------- the folder itself


def test_a_missing_folder_is_told_with_the_way_out(tmp_path: Path, base: Scenario) -> None:
    store = Store(tmp_path / "gone")
    for attempt in (store.entries, lambda: store.save_new(base), lambda: store.open("x")):
        with pytest.raises(StorageError, match=r"gone: there is no such folder; make it, or choose another"):
            attempt()
    assert store.drafts() == []
    with pytest.raises(StorageError, match="the folder does not exist"):
        store.save_draft("s1", base, None)


def test_a_lock_that_someone_holds_is_told_and_nothing_changes(
    store: Store, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "LOCK_SECONDS", 0.05)
    saved = store.save_new(base)
    with (
        FileLock(store.folder / ".lock", is_singleton=False),
        pytest.raises(StorageError, match=r"locked by another save .* try again"),
    ):
        store.save(saved, edited(base, 5))
    assert store.open(saved.id) == saved
    assert store.save(saved, edited(base, 5)).revision == 2


def test_reading_needs_no_lock(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    with FileLock(store.folder / ".lock", is_singleton=False):
        assert store.open(saved.id) == saved
        assert len(store.entries()) == 1


def test_left_overs_of_crashes_are_swept_after_an_hour(store: Store, base: Scenario) -> None:
    store.save_new(base)
    old, new = (store.folder / f"{TEMPORARY_PREFIX}{name}.tmp" for name in ("old", "new"))
    hidden = store.folder / ".history" / f"{TEMPORARY_PREFIX}old.tmp"
    for path in (old, new, hidden):
        path.write_bytes(b"half")
    for path in (old, hidden):
        os.utime(path, (time.time() - 4000,) * 2)
    Store(store.folder)
    assert (old.exists(), hidden.exists(), new.exists()) == (False, False, True)


def test_a_save_leaves_no_temporary_file(store: Store, base: Scenario) -> None:
    store.save(store.save_new(base), edited(base, 5))
    assert [path for path in store.folder.rglob("*") if path.name.startswith(TEMPORARY_PREFIX)] == []


def test_thirty_scenarios_are_listed_at_once_when_nothing_changed(store: Store) -> None:
    for i in range(30):
        store.save_new(Scenario.from_arrays([[8, 9, 6, i / 3]], name=f"Plan {i}"))
    store.entries()
    start = time.process_time()
    assert len(store.entries()) == 30
    assert time.process_time() - start < 0.05


def test_saved_is_what_the_pages_rely_on(store: Store, base: Scenario) -> None:
    saved = store.save_new(base)
    assert isinstance(saved, Saved)
    with pytest.raises(AttributeError):
        saved.revision = 7  # type: ignore[misc]
