"""A folder of scenarios that several people save to, and that loses nothing.

.. code-block:: text

    base-case-1a2b3c4d.json     a scenario; its name lives inside, the file keeps its name
    .history/                   the last versions that were saved, and a line of who, when and what
    .trash/                     deleted scenarios, and unsaved work that was discarded
    .drafts/                    unsaved work of browser sessions
    .lock                       held for the few milliseconds of a save

Where the group may write to the folder, all of these are made so that the group may write to them.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from valuemix.errors import ProblemsError, StorageError, shorten, unknown_message
from valuemix.files.atomic import refusals_told, share, sweep_temporary, write_atomic
from valuemix.files.scenarios.drafts import Draft, Drafts
from valuemix.files.scenarios.folder import (
    ENDING,
    Conflict,
    Entry,
    Saved,
    file_of,
    free_path,
    hash_of,
    is_older,
    json_files,
    make_folder,
    new_id,
    read_entry,
    read_regular,
    read_saved,
)
from valuemix.files.scenarios.history import History
from valuemix.files.scenarios.log import Log
from valuemix.files.scenarios.saved_block import SavedBlock
from valuemix.files.scenarios.scenario_file import dumps
from valuemix.model.names import MAX_NAME, name_key
from valuemix.model.scenario import Scenario

__all__ = ["DRAFT_DAYS", "TRASH_DAYS", "Conflict", "Draft", "Entry", "Saved", "Store"]

LOCK_SECONDS = 5.0
DRAFT_DAYS, TRASH_DAYS = 30, 90
"""How long unsaved work that nobody came back to is kept, and what was deleted or discarded."""
_NUMBERED = r" \(\d+\)$"


class Store:
    """A folder of scenarios.

    What was left behind by crashes, drafts of thirty days ago and what is in the trash for ninety are swept away
    first.

    Parameters
    ----------
    folder : str or Path
        Where the scenarios are; it must exist when something is read or written.

    Examples
    --------
    >>> import tempfile
    >>> store = Store(tempfile.mkdtemp())
    >>> base = store.save_new(Scenario.from_arrays([[8, 9, 6, 9]], name="Base case"), by="Ada")
    >>> later = store.save(base, base.scenario.with_weights(innovation=40), by="Ben")
    >>> [(entry.name, entry.revision, entry.saved_by) for entry in store.entries()]
    [('Base case', 2, 'Ben')]
    >>> [version.revision for version in store.history(base.id)]
    [2, 1]
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._history = History(self.folder / ".history")
        self._drafts = Drafts(self.folder / ".drafts")
        self._log = Log(self._history.folder)
        self._trash = self.folder / ".trash"
        self._discarded = Drafts(self._trash / "drafts")
        self._seen: dict[Path, tuple[tuple[int, ...], Entry]] = {}
        self._sweep()

    def make_folder(self) -> None:
        """Make the folder and those above it, where they are missing; for the first save of all.

        Raises
        ------
        StorageError
            Where the system refuses.
        """
        with refusals_told(self.folder, "could not be made"):
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True, exist_ok=True)
                share(self.folder)

    # ------------------------------------------------------------------ list and open

    def entries(self) -> list[Entry]:
        """Every scenario in the folder by name; those that cannot be opened come last, with the reason.

        Raises
        ------
        StorageError
            Where the folder is missing or cannot be read.
        """
        self._check_folder()
        found = [entry for path in json_files(self.folder) if (entry := self._entry(path))]
        return sorted(found, key=lambda entry: (entry.problem is not None, name_key(entry.name), entry.id))

    def open(self, scenario_id: str) -> Saved:
        """Scenario of an id.

        Raises
        ------
        StorageError
            Where there is none, or it cannot be read.
        InvalidFile, InvalidScenario
            Where the file holds no scenario.
        """
        return read_saved(self._path(scenario_id), scenario_id)

    def history(self, scenario_id: str) -> list[Entry]:
        """The last twenty versions of a scenario, newest first."""
        return self._history.entries(scenario_id)

    def open_version(self, scenario_id: str, revision: int) -> Saved:
        """One version of a scenario; save its scenario again to go back to it.

        Raises
        ------
        StorageError
            Where there is none of this revision.
        """
        return self._history.open(scenario_id, revision)

    def free_name(self, name: str) -> str:
        """The name, or the name with the first number that no scenario here has."""
        taken = {name_key(entry.name) for entry in self.entries()}
        number, free = 1, name
        while name_key(free) in taken:
            number += 1
            free = f"{re.sub(_NUMBERED, '', name)[: MAX_NAME - 10]} ({number})"
        return free

    # ------------------------------------------------------------------ save

    def save(
        self, target: Saved | str, scenario: Scenario, by: str = "", *, expected: str | None = None
    ) -> Saved:
        """Save over a scenario, unless someone else did since it was opened.

        Parameters
        ----------
        target : Saved or str
            What it was opened as; or an id, which replaces whatever stands there unless `expected` is given.
        scenario : Scenario
            What to save; under another name, the scenario is renamed.
        by : str
            Who saves.
        expected : str, optional
            Hash that the file must have; that of `target` by default.

        Returns
        -------
        Saved
            As it stands in the folder now. A scenario that has not changed is not written again.

        Raises
        ------
        Conflict
            Where the file holds something else than expected.
        StorageError
            Where it was deleted, its new name is taken, or the system refuses; nothing has changed then.
        """
        if isinstance(target, Saved):
            expected = expected or target.hash
        scenario_id = target if isinstance(target, str) else target.id
        with self._locked():
            path = self._path(scenario_id, was=None if expected is None else scenario.name)
            data = read_regular(path)
            there = self._there(path, data, expected)
            if there and there.scenario == scenario:
                return there
            if not there or name_key(there.scenario.name) != name_key(scenario.name):
                self._check_name(scenario.name, scenario_id)
            kept = self._history.keep(scenario_id, there.revision if there else 0, data)
            return self._write(scenario_id, kept + 1, scenario, by, "save")

    def save_new(self, scenario: Scenario, by: str = "") -> Saved:
        """Save as a new scenario.

        Raises
        ------
        StorageError
            Where another scenario here has the name (capitals, blanks around and Unicode forms
            make no difference), or the system refuses.
        """
        with self._locked():
            self._check_name(scenario.name)
            return self._write(new_id(scenario.name), 1, scenario, by, "new")

    def rename(self, scenario_id: str, name: str, by: str = "") -> Saved:
        """Give a scenario another name; the file keeps its own. Errors as `save`."""
        saved = self.open(scenario_id)
        return self.save(saved, saved.scenario.renamed(name), by)

    def duplicate(self, scenario_id: str, by: str = "", name: str = "") -> Saved:
        """Save a copy under a name, by default the next free one. Errors as `save_new`."""
        scenario = self.open(scenario_id).scenario
        return self.save_new(scenario.renamed(name or self.free_name(scenario.name)), by)

    # ------------------------------------------------------------------ delete and restore

    def delete(self, scenario_id: str, by: str = "") -> None:
        """Move a scenario, or any other file that is listed, to the trash.

        Raises
        ------
        StorageError
            Where there is none, or it is a folder or a pipe.
        """
        with self._locked():
            path = self._path(scenario_id)
            with refusals_told(path, "could not be deleted"):
                mode = path.lstat().st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
                    raise StorageError(f"{path.name} is no file; move it out of the folder by hand")
                make_folder(self._trash)
                target = path.rename(free_path(self._trash, scenario_id))
                with suppress(OSError):
                    os.utime(target, follow_symlinks=False)  # when it was deleted, for the sweep
            self._told("delete", scenario_id, by, "it is in the trash")

    def trash(self) -> list[Entry]:
        """Deleted scenarios, by name."""
        found = [read_entry(path, path.name.removesuffix(ENDING)) for path in json_files(self._trash)]
        return sorted(found, key=lambda entry: (name_key(entry.name), entry.id))

    def restore(self, scenario_id: str, by: str = "") -> Entry:
        """Bring a deleted scenario back; where its name is taken by now, under the next free one.

        Raises
        ------
        StorageError
            Where there is none of this id in the trash.
        """
        with self._locked():
            path = file_of(self._trash, scenario_id)
            if not os.path.lexists(path):
                raise StorageError(f"{shorten(scenario_id)!r} is not in the trash; look at the list again")
            target = free_path(self.folder, scenario_id)
            back = target.name.removesuffix(ENDING)
            entry = read_entry(path, scenario_id)
            free = self.free_name(entry.name)
            with refusals_told(path, "could not be restored"):
                if entry.problem is None and free != entry.name:
                    saved = read_saved(path, scenario_id)
                    self._write(back, saved.revision + 1, saved.scenario.renamed(free), by, "restore")
                    with suppress(OSError):
                        path.unlink()
                else:
                    path.rename(target)
                    self._told("restore", back, by, "it is restored")
            return read_entry(target, back)

    # ------------------------------------------------------------------ drafts

    def save_draft(self, session: str, scenario: Scenario, base: Saved | None, by: str = "") -> None:
        """Keep the unsaved work of a browser session; the scenario itself stays as it is.

        Raises
        ------
        StorageError
            Where it cannot be written.
        """
        self._drafts.save(session, scenario, base, by)

    def drafts(self) -> list[Draft]:
        """Unsaved work of all sessions, newest first."""
        return self._drafts.entries()

    def drop_draft(self, session: str) -> None:
        """Delete the draft of a session, if there is one: its work is saved, or given up by who did it."""
        self._drafts.drop(session)

    def discard_draft(self, session: str, by: str = "") -> None:
        """Move the draft of a session, if there is one, to the trash.

        Raises
        ------
        StorageError
            Where it cannot be moved.
        """
        with self._locked():
            make_folder(self._trash)
            self._drafts.move(session, self._discarded)
            self._told("discard", session, by, "it is in the trash")

    def discarded_drafts(self) -> list[Draft]:
        """Unsaved work in the trash, newest first."""
        return self._discarded.entries()

    def restore_draft(self, session: str, by: str = "") -> None:
        """Bring discarded work back among the drafts. Errors as `discard_draft`."""
        with self._locked():
            self._discarded.move(session, self._drafts)
            self._told("restore", session, by, "it is restored")

    # ------------------------------------------------------------------ inside

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder's lock; the system frees it when its holder dies."""
        self._check_folder()
        lock = FileLock(self.folder / ".lock", timeout=LOCK_SECONDS, mode=0o666)
        with refusals_told(self.folder, "cannot be saved to"):
            try:
                lock.acquire(poll_interval=0.01)
            except Timeout:
                raise StorageError(
                    f"{self.folder} has been locked by another save for {LOCK_SECONDS:.0f} seconds; "
                    "nothing was changed, try again in a moment"
                ) from None
            try:
                yield
            finally:
                with suppress(OSError):
                    lock.release()

    def _sweep(self) -> None:
        """Delete what is kept no longer."""
        for part in (self.folder, self._history.folder, self._drafts.folder, self._trash):
            sweep_temporary(part)
        self._drafts.sweep(DRAFT_DAYS)
        self._discarded.sweep(TRASH_DAYS)
        with suppress(OSError, StorageError):
            for path in json_files(self._trash):
                if is_older(path, TRASH_DAYS):
                    path.unlink()
            kept = [*json_files(self.folder), *json_files(self._trash)]
            self._history.sweep({path.name.removesuffix(ENDING) for path in kept}, TRASH_DAYS)

    def _told(self, what: str, scenario_id: str, by: str, done: str) -> None:
        """Write down what was done; where that fails, say so."""
        try:
            self._log.add(what, scenario_id, by)
        except StorageError as error:
            raise StorageError(f"{scenario_id}: {done}, but nothing tells who did it: {error}") from error

    def _check_folder(self) -> None:
        with refusals_told(self.folder, "could not be read"):
            if not self.folder.is_dir():
                raise StorageError(f"{self.folder}: there is no such folder; make it, or choose another")

    def _path(self, scenario_id: str, was: str | None = None) -> Path:
        """File of a scenario that is there; `was` is the name of one that was, a moment ago."""
        path = file_of(self.folder, scenario_id)
        with refusals_told(path, "could not be read"):
            try:
                path.lstat()
            except FileNotFoundError:
                if was is not None:
                    message = f"{shorten(was)!r} was deleted meanwhile; save it as new to keep it"
                    raise StorageError(message) from None
                known = [entry.id for entry in self.entries()]
                trashed = file_of(self._trash, scenario_id).exists()
                gone = " It was deleted; restore it from the trash." if trashed else ""
                message = unknown_message("scenario", scenario_id, known)
                raise StorageError(f"{self.folder}: {message}{gone}") from None
        return path

    def _entry(self, path: Path) -> Entry | None:
        """Line for a file, read again only when the file has changed; None where it has vanished."""
        try:
            found = path.lstat()
        except OSError:
            return None
        signature = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        seen = self._seen.get(path)
        if seen and seen[0] == signature:
            return seen[1]
        scenario_id = path.name.removesuffix(ENDING)
        entry = read_entry(path, scenario_id)
        if entry.problem is not None:
            entry = replace(entry, newest_good=self._history.newest_good(scenario_id))
        self._seen[path] = (signature, entry)
        return entry

    def _there(self, path: Path, data: bytes, expected: str | None) -> Saved | None:
        """What a save would replace, if it is as expected; None where it is damaged, and replaced on demand."""
        try:
            there = read_saved(path, path.name.removesuffix(ENDING), data)
        except ProblemsError as error:
            newer = any(problem.code == "VERSION" for problem in error.problems)
            if expected is None and not newer:
                return None
            raise StorageError(
                f"{path.name} cannot be read as it stands now; save yours as a new scenario, or open a "
                f"version from its history. ({str(error).splitlines()[0]})"
            ) from None
        if expected not in (None, there.hash):
            raise Conflict(there)
        return there

    def _check_name(self, name: str, scenario_id: str = "") -> None:
        for entry in self.entries():
            if entry.id != scenario_id and entry.problem is None and name_key(entry.name) == name_key(name):
                raise StorageError(
                    f"{self.folder}: there is a scenario {shorten(entry.name)!r} already ({entry.path.name}); "
                    "choose another name"
                )

    def _write(self, scenario_id: str, revision: int, scenario: Scenario, by: str, what: str) -> Saved:
        block = SavedBlock.now(scenario_id, max(revision, self._history.newest(scenario_id) + 1), by)
        data = dumps(scenario, block).encode()
        path = file_of(self.folder, scenario_id)
        write_atomic(path, data, overwrite=True)
        # It is saved: from here on nothing may say that it was not.
        notice = ""
        try:
            self._history.keep(scenario_id, block.revision, data)
        except StorageError as error:
            notice = f"saved, but not in the history yet: {error}"
        try:
            self._log.add(what, scenario_id, block.saved_by, name=scenario.name, revision=block.revision)
        except StorageError as error:
            notice = notice or f"saved, but the log does not say so: {error}"
        return Saved(
            scenario, scenario_id, block.revision, hash_of(data), path, block.saved_at, block.saved_by, notice
        )
