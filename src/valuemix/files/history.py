"""Every version of a scenario that was saved: the last twenty, and a line of who, when and what."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from valuemix.errors import StorageError
from valuemix.files.atomic import write_atomic
from valuemix.files.folder import (
    ENDING,
    Entry,
    Saved,
    hash_of,
    json_files,
    make_folder,
    read_entry,
    read_saved,
)
from valuemix.files.saved_block import utc_now

__all__ = ["KEPT", "History"]

KEPT = 20
_VERSION = re.compile(r"(?P<id>.+)\.(?P<revision>\d{1,9})\.(?P<hash>[0-9a-f]{8})" + re.escape(ENDING))


class History:
    """The versions in the ``.history`` folder of a store, as ``<id>.<revision>.<hash>.json``.

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
        make_folder(self.folder)
        write_atomic(self.folder / f"{scenario_id}.{revision}.{digest}{ENDING}", data, overwrite=True)
        for old in sorted(files)[: -KEPT + 1]:
            with suppress(OSError):
                files[old].unlink()
        return revision

    def log(self, what: str, scenario_id: str, by: str, **more: object) -> None:
        """Add a line of who, when and what; a line that cannot be written stops nothing."""
        line = {"at": utc_now(), "by": by, "what": what, "id": scenario_id, **more}
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            with (self.folder / "log.jsonl").open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _files(self, scenario_id: str) -> dict[int, Path]:
        """Files of a scenario by revision."""
        matches = ((_VERSION.fullmatch(path.name), path) for path in json_files(self.folder))
        return {int(m["revision"]): path for m, path in matches if m and m["id"] == scenario_id}
