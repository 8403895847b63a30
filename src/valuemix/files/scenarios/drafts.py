"""Unsaved work of each browser session, so that a refresh or a restart loses nothing.

A draft is a scenario file like any other, under the name of its session; it never
touches the scenario that it started from.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from valuemix.errors import StorageError, ValuemixError, shorten
from valuemix.files.atomic import refusals_told, write_atomic
from valuemix.files.scenarios.folder import ENDING, Saved, free_path, json_files, make_folder, read_regular
from valuemix.files.scenarios.saved_block import SavedBlock
from valuemix.files.scenarios.scenario_file import dumps, read
from valuemix.model.scenario import Scenario

__all__ = ["Draft", "Drafts"]

_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved work.

    Parameters
    ----------
    session : str
        The browser session that it belongs to.
    scenario : Scenario
        The work.
    id, revision, hash
        Of the saved scenario that it started from, as in `Saved`; blank and 0 for a new one.
    saved_at : str
        When the draft was written (UTC, ISO 8601).
    by : str
        Whose work it is; blank where unknown.
    """

    session: str
    scenario: Scenario
    id: str
    revision: int
    hash: str
    saved_at: str
    by: str = ""


class Drafts:
    """The drafts in the ``.drafts`` folder of a store.

    Parameters
    ----------
    folder : Path
        The ``.drafts`` folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, session: str, scenario: Scenario, base: Saved | None, by: str = "") -> None:
        """Write the draft of a session, in place of the one before.

        Raises
        ------
        StorageError
            Where it cannot be written.
        """
        path = self._path(session)
        block = SavedBlock.now("", 0, by)
        if base:
            block = block.model_copy(update={"id": base.id, "revision": base.revision, "base": base.hash})
        make_folder(self.folder)
        write_atomic(path, dumps(scenario, block).encode(), overwrite=True)

    def entries(self) -> list[Draft]:
        """All drafts that can be read, newest first."""
        drafts = [draft for path in json_files(self.folder) if (draft := self._read(path))]
        return sorted(drafts, key=lambda draft: draft.saved_at, reverse=True)

    def drop(self, session: str) -> None:
        """Delete the draft of a session, if there is one."""
        path = self._path(session)
        with refusals_told(path, "could not be deleted"):
            path.unlink(missing_ok=True)

    def move(self, session: str, other: Drafts) -> None:
        """Move the draft of a session, if there is one, to another folder of drafts; there it is as if new.

        Raises
        ------
        StorageError
            Where it cannot be moved.
        """
        path = self._path(session)
        make_folder(other.folder)
        with refusals_told(path, "could not be moved"), suppress(FileNotFoundError):
            target = path.rename(free_path(other.folder, session))
            with suppress(OSError):
                os.utime(target)

    def sweep(self, days: int) -> None:
        """Delete drafts that nobody came back to for so many days."""
        with suppress(OSError, StorageError):
            for path in json_files(self.folder):
                if path.lstat().st_mtime < time.time() - days * 86_400:
                    path.unlink()

    def _path(self, session: str) -> Path:
        if not _SESSION.fullmatch(session):
            raise StorageError(f"{shorten(session)!r} is no name of a session; use letters and digits")
        return self.folder / f"{session}{ENDING}"

    def _read(self, path: Path) -> Draft | None:
        try:
            found = read(read_regular(path), path.name)
        except ValuemixError:
            return None
        block = found.saved
        if block is None:
            return None
        session = path.name.removesuffix(ENDING)
        return Draft(
            session, found.scenario, block.id, block.revision, block.base, block.saved_at, block.saved_by
        )
