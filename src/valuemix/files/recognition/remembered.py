"""Corrections that were made to a table, remembered for tables with the same header: roles, and no data."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from valuemix.errors import StorageError, ValuemixError
from valuemix.files.atomic import refusals_told, write_atomic
from valuemix.files.recognition.cells.frame import find_frames
from valuemix.files.recognition.cells.grid import grid_of
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.recognise import Recognised
from valuemix.files.recognition.seen import plain_role
from valuemix.files.scenarios.folder import ENDING, make_folder, read_regular
from valuemix.files.tables.reading.tables import Table
from valuemix.files.tables.sheets.cells import column_key

__all__ = ["FOLDER", "Mappings", "Remembered", "header_key", "without_data"]

FOLDER = ".mappings"
"""Folder beside the scenarios."""
_MOST_BYTES = 100_000
_GENERIC: frozenset[Role] = frozenset({"weight", "total", "rank", "unit", "direction", "index"})
"""Roles of lines whose names are no names of options."""


@dataclass(frozen=True)
class Remembered:
    """Corrections of a table with the same header.

    Attributes
    ----------
    given : Reading
        What was said.
    saved_at : str
        When (UTC, ISO 8601).
    """

    given: Reading
    saved_at: str


class Mappings:
    """The ``.mappings`` folder of a folder of scenarios: one map a header, as ``--map`` takes it.

    Parameters
    ----------
    scenarios : Path
        The folder of scenarios; the one inside is made when it is first written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     mappings = Mappings(Path(folder))
    ...     mappings.keep("ab12", Reading(words={"high": 3}))
    ...     found = mappings.find("ab12")
    >>> found.given.words
    {'high': 3.0}
    """

    def __init__(self, scenarios: Path) -> None:
        self.folder = scenarios / FOLDER

    def find(self, key: str) -> Remembered | None:
        """Corrections of a header, None where there are none.

        Raises
        ------
        StorageError
            Where the file cannot be read, or is no small regular file.
        ValuemixError
            Where it holds no map.
        """
        path = self._path(key)
        if not os.path.lexists(path):
            return None
        data = read_regular(path)
        if len(data) > _MOST_BYTES:
            raise StorageError(f"{path.name} is larger than a map of corrections can be")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise StorageError(f"{path.name} is no text in UTF-8") from None
        given = Reading.from_json(text, path.name)
        with refusals_told(path, "could not be read"):
            saved = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
        return Remembered(given, saved.isoformat(timespec="seconds"))

    def keep(self, key: str, given: Reading) -> None:
        """Remember corrections of a header, in place of those before.

        Raises
        ------
        StorageError
            Where they cannot be written.
        """
        make_folder(self.folder)
        text = given.model_dump_json(indent=1, exclude_defaults=True)
        write_atomic(self._path(key), text.encode(), overwrite=True)

    def forget(self, key: str) -> None:
        """Delete the corrections of a header, if there are any.

        Raises
        ------
        StorageError
            Where they cannot be deleted.
        """
        path = self._path(key)
        with refusals_told(path, "could not be deleted"):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not key.isalnum() or not key.isascii():
            raise ValuemixError(f"{key!r} is no key of a header")
        return self.folder / f"{key}{ENDING}"


def header_key(tables: Sequence[tuple[str, Table]]) -> str:
    """Key of the headers of tables: a hash of their texts, whatever stands below; blank where there is no header.

    Examples
    --------
    >>> from valuemix.files.tables.reading.csv_tables import read_csv
    >>> one, other = (read_csv(b"Offer,Speed,Care\\n" + rows, "t.csv") for rows in (b"A,3,4\\n", b"B,1,2\\nC,5,5\\n"))
    >>> header_key([("t", one)]) == header_key([("u", other)])
    True
    """
    heads = []
    for title, table in tables:
        frames = find_frames(grid_of(table, title))
        heads += [[column_key(text) for text in frame.grid.texts[frame.header].tolist()] for frame in frames]
    return hashlib.sha256(json.dumps(heads).encode()).hexdigest() if heads else ""


def without_data(given: Reading, found: Recognised) -> Reading:
    """What was said of a table, without names of options and without numbers that are theirs.

    Parameters
    ----------
    given : Reading
        What was said.
    found : Recognised
        What the table was taken for by it.
    """
    roles = {
        name: role
        for name, role in given.roles.items()
        if role in _GENERIC or plain_role(found.blocks, name) != "option"
    }
    return Reading(
        shape=given.shape,
        columns_are=given.columns_are,
        sheets_are=given.sheets_are,
        roles=roles,
        scale=given.scale,
        directions=given.directions,
        words=given.words,
        disciplines=given.disciplines,
    )
