"""Whatever fails during a save: the folder holds the old version or the new one, and says which."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nightly import NIGHTLY, tries

from valuemix.errors import StorageError
from valuemix.files.atomic import write_atomic
from valuemix.files.scenarios.store import Conflict, Saved, Store
from valuemix.model.scenario import Scenario

fcntl = pytest.importorskip("fcntl", reason="dies in forks")

BASE = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], name="Base case")
EDITED = BASE.with_scores("Proposition 1", innovation=1)
CALLS = (
    "open", "close", "fdopen", "fsync", "replace", "rename", "link", "unlink", "remove",
    "mkdir", "chmod", "fchmod", "stat", "lstat", "fstat", "listdir", "scandir", "write",
)  # fmt: skip
ERRORS = [
    errno.ENOSPC,
    # What the store says of any other error is one sentence.
    *(pytest.param(each, marks=pytest.mark.nightly) for each in (errno.EIO, errno.EACCES, errno.EROFS)),
]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    store = Store(tmp_path)
    return store.save(store.save_new(BASE.renamed("Base case"), by="Ada"), BASE.with_weights(innovation=50))


class Faults:
    """Fails at the n-th call to the file system from now on, or only counts where n is 0."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, fail: Callable[[], object]) -> None:
        self.seen: list[str] = []
        self.at, self.fail = at, fail
        for name in CALLS:
            patch.setattr(os, name, self.wrapped(name, getattr(os, name)))
        patch.setattr(io, "open", self.wrapped("io.open", io.open))
        patch.setattr(fcntl, "flock", self.wrapped("flock", fcntl.flock))

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.seen.append(name)
            if len(self.seen) == self.at:
                if name == "close":
                    real(*args, **kwargs)
                self.fail()
            result = real(*args, **kwargs)
            return FaultyFile(result, self) if name == "io.open" and result.writable() else result

        return call


class FaultyFile:
    """An open file whose writes count as calls and may fail."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self.file = file
        for name in ("write", "flush"):
            setattr(self, name, faults.wrapped(name, getattr(file, name)))

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def fileno(self) -> int:
        return int(self.file.fileno())


def calls_of_a_save(saved: Saved) -> list[str]:
    """File system calls of one save, as a save without faults makes them."""
    store = Store(saved.path.parent)
    with pytest.MonkeyPatch.context() as patch:
        faults = Faults(patch, 0, lambda: None)
        store.save(saved, EDITED, by="Ben")
    return faults.seen


def test_the_faults_reach_every_kind_of_call_that_a_save_makes(saved: Saved) -> None:
    seen = calls_of_a_save(saved)
    assert {"open", "io.open", "fdopen", "write", "flush", "fsync", "replace", "unlink", "flock"} <= set(seen)
    assert len(seen) > 30


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: errno.errorcode[error])
def test_a_save_that_fails_changed_nothing_and_one_that_returns_is_saved(saved: Saved, error: int) -> None:
    folder = saved.path.parent
    at, told = 0, list[str]()
    while True:
        at += 1
        store, now = Store(folder), Store(folder).open(saved.id)
        work = EDITED.with_sizes({"Segment 1": float(at)})
        with pytest.MonkeyPatch.context() as patch:

            def fail() -> None:
                raise OSError(error, os.strerror(error))

            faults = Faults(patch, at, fail)
            try:
                result = store.save(now, work, by="Ben")
            except StorageError as refusal:
                told.append(str(refusal))
                expected = now.scenario
            else:
                expected = result.scenario
                assert expected == work
        assert Store(folder).open(saved.id).scenario == expected, f"call {at}: {faults.seen[-1]}"
        assert [e.problem for e in Store(folder).entries()] == [None]
        if len(faults.seen) < at:
            break
    assert len(told) > 10
    odd = [m for m in told if " could not be " not in m and " cannot be " not in m]
    assert not odd


def in_a_child(work: Callable[[], object]) -> int:
    """Exit code of a process that does some work: 0 where it returns."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_death_at_any_call_of_a_save_leaves_the_old_or_the_new_version_and_no_lock(saved: Saved) -> None:
    folder = saved.path.parent
    outcomes: set[str] = set()
    # Every call at night; one in eight here, the last among them.
    for at in range(len(calls_of_a_save(saved)) + 2, 0, -1 if NIGHTLY else -8):
        store, now = Store(folder), Store(folder).open(saved.id)
        work = EDITED.with_sizes({"Segment 1": float(at)})

        def dying(store: Store = store, now: Saved = now, work: Scenario = work, at: int = at) -> None:
            Faults(pytest.MonkeyPatch(), at, lambda: os._exit(7))
            store.save(now, work)

        in_a_child(dying)
        found = Store(folder).open(saved.id)
        assert found.scenario in (now.scenario, work)
        outcomes.add("new" if found.scenario == work else "old")
        assert [entry.problem for entry in Store(folder).entries()] == [None]
        assert Store(folder).save(found, BASE.with_sizes({"Segment 1": 1000.0 + at})).revision > now.revision
        assert [version.problem for version in store.history(saved.id)].count(None) >= 2
    assert outcomes == {"old", "new"}


def kill_rounds(saved: Saved, rounds: int) -> set[str]:
    """Kill a process that saves without pause, again and again; what was found after each kill."""
    folder, outcomes = saved.path.parent, set()
    for number in range(rounds):
        before = Store(folder).open(saved.id)
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                store, now = Store(folder), before
                for count in range(1_000_000):
                    now = store.save(now, EDITED.with_sizes({"Segment 1": number * 1e6 + count + 1}))
                    if count == 0:
                        os.write(told, b".")
            finally:
                os._exit(1)
        os.close(told)
        # Anywhere in the first few saves; in every other round after the first, however busy the machine is.
        if number % 2:
            assert os.read(heard, 1) == b".", "no save in this round"
        os.close(heard)
        time.sleep(0.005 + 0.035 * (number * 0.618 % 1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = Store(folder).open(saved.id)
        assert after.notice == "", "half a version"
        assert after.revision >= before.revision
        assert [entry.problem for entry in Store(folder).entries()] == [None]
        start = time.perf_counter()
        Store(folder).save(after, BASE.with_sizes({"Segment 1": number + 0.5}))
        assert time.perf_counter() - start < 10, "the lock outlived its holder"
        outcomes.add("saved" if after.revision > before.revision else "not yet")
    return outcomes


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_kill_9_during_saves_leaves_a_whole_version_every_time(saved: Saved) -> None:
    assert "saved" in kill_rounds(saved, tries(40, 8))


@pytest.mark.nightly  # two minutes of the same rounds
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_kill_9_a_thousand_times(saved: Saved) -> None:
    assert "saved" in kill_rounds(saved, 1_000)


def count_up(folder: Path, scenario_id: str, times: int) -> None:
    """Add 1 to the size of the segment so many times, whoever else does the same."""
    store = Store(folder)
    while times:
        now = store.open(scenario_id)
        raised = now.scenario.with_sizes({"Segment 1": now.scenario.segments[0].size + 1})
        try:
            store.save(now, raised, by=f"{os.getpid()}")
        except Conflict:
            continue
        times -= 1


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_threads_and_processes_that_race_to_save_lose_no_update(tmp_path: Path) -> None:
    saved = Store(tmp_path).save_new(BASE)
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                count_up(tmp_path, saved.id, 12)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    threads = [threading.Thread(target=count_up, args=(tmp_path, saved.id, 12)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    found = Store(tmp_path).open(saved.id)
    assert found.scenario.segments[0].size == 1 + 6 * 12
    assert found.revision == 1 + 6 * 12


def test_two_who_take_the_same_name_at_once_get_one_scenario(tmp_path: Path) -> None:
    told: list[str] = []

    def take(number: int) -> None:
        try:
            Store(tmp_path).save_new(BASE.with_sizes({"Segment 1": float(number + 1)}))
        except StorageError as error:
            told.append(str(error))

    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Store(tmp_path).entries()) == 1
    assert len(told) == 5
    assert all("already" in message for message in told)


def test_files_have_the_rights_that_the_system_gives_and_threads_change_none(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        threads = [
            threading.Thread(
                target=write_atomic, args=(tmp_path / f"{i}.json", b"x"), kwargs={"overwrite": True}
            )
            for i in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o640}
    finally:
        found = os.umask(mask)
    assert found == 0o027


def test_a_disk_without_links_still_replaces_nothing_by_accident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_atomic(tmp_path / "a.json", b"one", overwrite=False)
    with pytest.raises(StorageError, match="there is a file of this name"):
        write_atomic(tmp_path / "a.json", b"two", overwrite=False)
    assert (tmp_path / "a.json").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


FULL = """
import resource, signal, sys
from valuemix.files.scenarios.store import Store
store = Store(sys.argv[1])
saved = store.open(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
try:
    store.save(saved, saved.scenario.with_weights(innovation=90))
except Exception as error:
    print(type(error).__name__, error)
"""


def test_a_full_disk_is_told_and_keeps_the_old_version(saved: Saved) -> None:
    pytest.importorskip("resource")
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(saved.path.parent), saved.id], capture_output=True, text=True
    )
    assert run.stderr == ""
    assert run.stdout.startswith("StorageError ")
    assert "could not be saved: " in run.stdout
    assert "free some space and save again" in run.stdout
    assert Store(saved.path.parent).open(saved.id) == saved
    assert not list(saved.path.parent.rglob(".valuemix-*"))


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that every user can reach."""
    for parent in (tmp_path, *tmp_path.parents):
        if parent.owner() == tmp_path.owner() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    folder = tmp_path / "shared"
    folder.mkdir()
    yield folder
    folder.chmod(0o700)


def as_nobody(work: Callable[[], object]) -> int:
    """As `in_a_child` without the rights of root; what it imports must be loaded already."""

    def unprivileged() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        work()

    return in_a_child(unprivileged)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_read_only_folder_is_read_and_a_save_into_it_is_refused_in_words(open_folder: Path) -> None:
    saved = Store(open_folder).save_new(BASE)
    assert Store(open_folder).open(saved.id) == saved
    for path in open_folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    open_folder.chmod(0o555)

    def visit() -> None:
        store = Store(open_folder)
        assert store.open(saved.id) == saved
        assert [entry.name for entry in store.entries()] == ["Base case"]
        for attempt in (
            lambda: store.save(saved, EDITED),
            lambda: store.save_new(EDITED.renamed("New")),
            lambda: store.delete(saved.id),
            lambda: store.save_draft("tab1", EDITED, saved),
        ):
            with pytest.raises(StorageError, match="there is no permission for it; ask its owner"):
                attempt()

    assert as_nobody(visit) == 0
    assert Store(open_folder).open(saved.id) == saved


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_file_that_may_not_be_read_is_listed_with_its_problem(open_folder: Path) -> None:
    Store(open_folder).save_new(BASE)
    secret = Store(open_folder).save_new(BASE.renamed("Secret"))
    assert len(Store(open_folder).entries()) == 2
    secret.path.chmod(0)

    def visit() -> None:
        entries = Store(open_folder).entries()
        assert [entry.problem is None for entry in entries] == [True, False]
        assert "could not be read" in str(entries[1].problem)

    assert as_nobody(visit) == 0


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_another_user_may_save_where_the_folder_allows_it(open_folder: Path) -> None:
    saved = Store(open_folder).save_new(BASE)
    saved = Store(open_folder).save(saved, BASE.with_weights(innovation=50))
    for path in (open_folder, open_folder / ".history"):
        path.chmod(0o777)

    def visit() -> None:
        assert Store(open_folder).save(saved, EDITED, by="Nobody").revision == 3

    assert as_nobody(visit) == 0
    assert Store(open_folder).open(saved.id).saved_by == "Nobody"
