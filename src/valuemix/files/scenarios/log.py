"""Who did what to a folder of scenarios and when: one line of JSON for each change."""

from __future__ import annotations

import json
from pathlib import Path

from valuemix.files.atomic import refusals_told, share
from valuemix.files.scenarios.folder import make_folder
from valuemix.files.scenarios.saved_block import utc_now

__all__ = ["LOG_BYTES", "Log"]

LOG_BYTES = 5_000_000
"""A longer log is put aside as ``log.old.jsonl``, in place of the one before: the last 25,000 changes at least."""


class Log:
    """The file ``log.jsonl`` in the ``.history`` folder of a store.

    Parameters
    ----------
    folder : Path
        The ``.history`` folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, what: str, scenario_id: str, by: str, **more: object) -> None:
        """Add a line.

        Raises
        ------
        StorageError
            Where it cannot be written.
        """
        line = {"at": utc_now(), "by": by, "what": what, "id": scenario_id, **more}
        path = self.folder / "log.jsonl"
        make_folder(self.folder)
        with refusals_told(path, "could not be written to"):
            if path.exists() and path.stat().st_size > LOG_BYTES:
                path.replace(path.with_name("log.old.jsonl"))
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            share(path)
