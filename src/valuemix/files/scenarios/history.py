"""Every version of a scenario that was saved: the last twenty."""

from __future__ import annotations

import re
import shutil
from collections.abc import Container
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from valuemix.errors import StorageError
from valuemix.files.atomic import write_atomic
from valuemix.files.scenarios.folder import (
    ENDING,
    Entry,
    Saved,
    file_of,
    hash_of,
    is_older,
    json_files,
    make_folder,
    read_entry,
    read_saved,
)

__all__ = ["KEPT", "History"]

KEPT = 20
_VERSION = re.compile(r"(?P<revision>\d{1,9})\.[0-9a-f]{8}" + re.escape(ENDING))
_FLAT = re.compile(r"(?P<id>.+?)\.(?P<version>\d{1,9}\.[0-9a-f]{8}" + re.escape(ENDING) + ")")
"""Name of a version before each scenario had a folder of its own."""


class History:
    """The versions in the ``.history`` folder of a store, as ``versions/<id>/<revision>.<hash>.json``.

    A scenario has a folder of its own, so that a save takes no longer where there are many others.

    Parameters
    ----------
    folder : Path
        The ``.history`` folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self, scenario_id: str) -> list[Entry]:
        """Versions of a scenario, newest first."""
        found = [
            replace(read_entry(path, scenario_id), revision=revision)
            for revision, path in self._files(scenario_id).items()
        ]
        return sorted(found, key=lambda entry: entry.revision, reverse=True)

    def open(self, scenario_id: str, revision: int) -> Saved:
        """One version of a scenario.

        Raises
        ------
        StorageError
            Where there is none of this revision.
        InvalidFile, InvalidScenario
            Where it can no longer be read.
        """
        files = self._files(scenario_id)
        if revision not in files:
            known = ", ".join(map(str, sorted(files))) or "none"
            raise StorageError(f"{scenario_id} has no revision {revision} in its history. Known: {known}.")
        return replace(read_saved(files[revision], scenario_id), revision=revision)

    def newest_good(self, scenario_id: str) -> int | None:
        """Newest revision that can be opened."""
        return next((entry.revision for entry in self.entries(scenario_id) if entry.problem is None), None)

    def newest(self, scenario_id: str) -> int:
        """Highest revision in the history; 0 where there is none."""
        return max(self._files(scenario_id), default=0)

    def keep(self, scenario_id: str, revision: int, data: bytes) -> int:
        """Keep a version, unless it is kept already; drop what is older than the last twenty.

        Returns
        -------
        int
            Its revision: higher than asked for where that one is another version.

        Raises
        ------
        StorageError
            Where it cannot be written.
        """
        digest = hash_of(data)[:8]
        files = self._files(scenario_id)
        for kept, path in files.items():
            if path.name.endswith(f".{digest}{ENDING}"):
                return kept
        revision = max(revision, max(files, default=0) + 1)
        folder = self._made(scenario_id)
        write_atomic(folder / f"{revision}.{digest}{ENDING}", data, overwrite=True)
        for old in sorted(files)[: -KEPT + 1]:
            with suppress(OSError):
                files[old].unlink()
        return revision

    def sweep(self, known: Container[str], days: int) -> None:
        """Forget scenarios that are neither in the folder nor in the trash, and were not for so many days.

        Parameters
        ----------
        known : container of str
            Ids that are kept.
        days : int
            How long the others are kept.
        """
        with suppress(OSError, StorageError):
            self._settle_flat()
            for folder in self._versions.iterdir() if self._versions.is_dir() else ():
                if folder.name not in known and is_older(folder, days):
                    shutil.rmtree(folder, ignore_errors=True)

    def _settle_flat(self) -> None:
        """Give versions that lie beside each other, as they once did, the folder of their scenario."""
        for path in json_files(self.folder):
            found = _FLAT.fullmatch(path.name)
            if found:
                with suppress(OSError):
                    path.rename(self._made(found["id"]) / found["version"])

    @property
    def _versions(self) -> Path:
        return self.folder / "versions"

    def _made(self, scenario_id: str) -> Path:
        """Folder of the versions of a scenario, made where it is missing."""
        for folder in (self.folder, self._versions, self._versions / scenario_id):
            make_folder(folder)
        return folder

    def _files(self, scenario_id: str) -> dict[int, Path]:
        """Files of a scenario by revision."""
        try:
            file_of(self._versions, scenario_id)  # an id that is none leads out of the folder
        except StorageError:
            return {}
        paths = json_files(self._versions / scenario_id)
        matches = ((_VERSION.fullmatch(path.name), path) for path in paths)
        return {int(found["revision"]): path for found, path in matches if found}
