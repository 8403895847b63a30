"""What lies in a folder that others write to as well: safe names, and reads that never block."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from valuemix.errors import StorageError, ValuemixError, shorten
from valuemix.files.atomic import refusals_told, share
from valuemix.files.scenarios.scenario_file import ScenarioFile, read
from valuemix.files.scenarios.strict_json import MAX_BYTES
from valuemix.model.names import forbidden_character, readable_id
from valuemix.model.scenario import Scenario

__all__ = [
    "ENDING",
    "Conflict",
    "Entry",
    "Saved",
    "file_of",
    "free_path",
    "hash_of",
    "is_older",
    "json_files",
    "make_folder",
    "new_id",
    "read_entry",
    "read_regular",
    "read_saved",
    "slug",
]

ENDING = ".json"
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, f"O_{name}", 0) for name in ("NOFOLLOW", "NONBLOCK", "BINARY"))


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario as it was saved.

    Parameters
    ----------
    scenario : Scenario
        What is in the file.
    id : str
        Name of the file without its ending; it stays when the scenario is renamed.
    revision : int
        1 for the first save, then one more each time; 0 for a file made by hand.
    hash : str
        SHA-256 of the file; a save over it is refused where this no longer fits.
    path : Path
        The file.
    saved_at, saved_by : str
        When (UTC, ISO 8601) and by whom; blank where unknown.
    notice : str
        What people should know about it, such as an edit by hand; mostly blank.
    """

    scenario: Scenario
    id: str
    revision: int
    hash: str
    path: Path
    saved_at: str = ""
    saved_by: str = ""
    notice: str = ""


class Conflict(StorageError):
    """Someone else saved the scenario since it was opened.

    Parameters
    ----------
    theirs : Saved
        What stands in the folder now: who saved it, when, and the scenario to compare with.
    """

    def __init__(self, theirs: Saved) -> None:
        who = theirs.saved_by or "someone else"
        at = theirs.saved_at
        when = f" on {at[:10]} at {at[11:16]} UTC" if at else ""
        super().__init__(
            f"{theirs.path.name}: {who} saved {theirs.scenario.name!r}{when}, after you opened it. "
            "Load theirs, save yours as a copy, or replace theirs (it stays in the history)."
        )
        self.theirs = theirs

    def __reduce__(self) -> tuple[type[Conflict], tuple[Saved]]:
        return (Conflict, (self.theirs,))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of scenarios, versions or deleted scenarios.

    Parameters
    ----------
    id, path, revision, hash, saved_at, saved_by
        As in `Saved`.
    name, note : str
        Of the scenario; for a file that cannot be opened, the name is the file's.
    problem : str or None
        Why it cannot be opened, with the way out.
    newest_good : int or None
        For one that cannot be opened: the newest revision in its history that can.
    """

    id: str
    path: Path
    name: str
    note: str = ""
    saved_by: str = ""
    saved_at: str = ""
    revision: int = 0
    hash: str = ""
    problem: str | None = None
    newest_good: int | None = None


def new_id(name: str) -> str:
    """Identifier for a new scenario: legal on every system, unlike any other, readable.

    Examples
    --------
    >>> new_id("../CON: Qualität?")[:-8], new_id("日本")[:-8]
    ('con-qualitat-', 'scenario-')
    """
    return f"{slug(name)}-{secrets.token_hex(4)}"


def slug(name: str) -> str:
    """Readable part of a file name: small letters, digits and hyphens, at most 60.

    Examples
    --------
    >>> slug("Base case, 2026")
    'base-case-2026'
    """
    return readable_id(name).replace("_", "-")[:60].strip("-") or "scenario"


def file_of(folder: Path, scenario_id: str) -> Path:
    """Path of a scenario in its folder; no id leads out of it.

    Raises
    ------
    StorageError
        Where the id is none.
    """
    if (
        not scenario_id
        or scenario_id.startswith(".")
        or len(scenario_id) > 240
        or forbidden_character(scenario_id)
        or set(scenario_id) & set("/\\:")
    ):
        raise StorageError(
            f"{shorten(scenario_id)!r} is no id of a scenario; use letters, digits and hyphens"
        )
    return folder / f"{scenario_id}{ENDING}"


def free_path(folder: Path, scenario_id: str) -> Path:
    """Path of a name that nothing has in the folder: the id, or the id with a number."""
    path, number = file_of(folder, scenario_id), 1
    while os.path.lexists(path):
        number += 1
        path = file_of(folder, f"{scenario_id}-{number}")
    return path


def make_folder(folder: Path) -> None:
    """Make a folder inside another one, if it is not there; whoever may write to that one may write to it."""
    with refusals_told(folder, "could not be made"):
        folder.mkdir(exist_ok=True)
    share(folder)


def is_older(path: Path, days: int) -> bool:
    """Whether nothing has been done to a file or folder for so many days: not written, and not moved."""
    found = path.lstat()
    return max(found.st_mtime, found.st_ctime) < time.time() - days * 86_400


def hash_of(data: bytes) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def json_files(folder: Path) -> list[Path]:
    """Files of a folder that end in .json and are not hidden, in order; none where there is no folder.

    Raises
    ------
    StorageError
        Where the folder cannot be read.
    """
    with refusals_told(folder, "could not be read"), suppress(FileNotFoundError):
        return sorted(p for p in folder.iterdir() if p.name.endswith(ENDING) and not p.name.startswith("."))
    return []


def read_regular(path: Path) -> bytes:
    """Content of a regular file; links are not followed and pipes are not waited for.

    Raises
    ------
    StorageError
        Where it is no regular file, too large, missing or not readable.
    """
    with refusals_told(path, "could not be read"):
        if path.is_symlink():
            raise StorageError(f"{path.name} is a link to another place; put the file itself into the folder")
        descriptor = os.open(path, _OPEN_FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise StorageError(f"{path.name} is no regular file; move it out of the folder")
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES / 1e6:.0f} MB"
        raise StorageError(f"{path.name} has more than {limit}; move it out of the folder")
    return data


_KEPT_BYTES = 500_000


@lru_cache(maxsize=64)
def _read_once(data: bytes, name: str) -> ScenarioFile:
    """What a file of usual size holds: every tab lists the whole folder, which is mostly as it was."""
    return read(data, name)


def read_saved(path: Path, scenario_id: str, data: bytes | None = None) -> Saved:
    """Scenario in a file of a store.

    Raises
    ------
    StorageError
        Where the file cannot be read.
    InvalidFile, InvalidScenario
        Where it holds no scenario.
    """
    data = read_regular(path) if data is None else data
    found = _read_once(data, path.name) if len(data) <= _KEPT_BYTES else read(data, path.name)
    if found.saved is None:
        return Saved(found.scenario, scenario_id, 0, hash_of(data), path)
    block = found.saved
    by = f" by {block.saved_by}" if block.saved_by else ""
    notice = f"changed by hand since revision {block.revision} was saved{by}" if found.edited else ""
    return Saved(
        found.scenario,
        scenario_id,
        block.revision,
        hash_of(data),
        path,
        block.saved_at,
        block.saved_by,
        notice,
    )


def read_entry(path: Path, scenario_id: str) -> Entry:
    """Line for a file in a list; what is wrong with it stands in the line."""
    try:
        file_of(path.parent, scenario_id)  # what no id can name cannot be opened either
        saved = read_saved(path, scenario_id)
    except ValuemixError as error:
        problem = _showable(str(error).splitlines()[0])
        return Entry(_showable(scenario_id), path, _showable(path.name), problem=problem)
    scenario = saved.scenario
    return Entry(
        scenario_id,
        path,
        scenario.name,
        scenario.note,
        saved.saved_by,
        saved.saved_at,
        saved.revision,
        saved.hash,
    )


def _showable(text: str) -> str:
    """Text without the half characters that a file name may hold and no screen can show."""
    return text.encode("utf-8", "replace").decode()
