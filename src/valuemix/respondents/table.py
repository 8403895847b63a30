"""A table of respondents in DuckDB: a file or a query, read once, with nothing sent or left anywhere."""

from __future__ import annotations

import glob
import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from valuemix.errors import InvalidFile, Place, Problem, StorageError, UnknownName, shorten
from valuemix.respondents.other_files import OTHER_FILES, as_csv

__all__ = ["Answers", "opened", "quoted", "text_of"]

_QUERY = re.compile(r"\s*(select|with|from)\s", re.IGNORECASE)
_CSV, _PARQUET = (".csv", ".tsv", ".txt", ".csv.gz"), (".parquet",)
_NUMERIC = tuple(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DECIMAL".split()
)
_MEMORY = "512MB"
"""What the engine holds before it spills to a folder of its own, which is gone when the table is closed."""


@dataclass(frozen=True)
class Answers:
    """The table that was opened, as the relation ``answers`` of a connection.

    Attributes
    ----------
    connection : duckdb.DuckDBPyConnection
        In memory, without the network.
    name : str
        What messages and notes call it: the name of the file, or "the query".
    hash : str
        SHA-256 of the file, or of the text of the query.
    columns : tuple of str
    numeric : frozenset of str
        Columns that hold numbers; the others hold text, which may be read as numbers.
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    hash: str
    columns: tuple[str, ...]
    numeric: frozenset[str]

    def column(self, name: str) -> str:
        """A column of it as SQL.

        Raises
        ------
        UnknownName
            Where there is none.
        """
        if name not in self.columns:
            raise UnknownName("column", name, self.columns)
        return quoted(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query that has few of them."""
        with self.told():
            return self.connection.execute(sql).fetchall()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say what the engine finds wrong in the words of the project."""
        try:
            yield
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            raise _refused(self.name, error) from None


@contextmanager
def opened(source: str | Path) -> Iterator[Answers]:
    """Open a file of respondents (csv, parquet, a workbook or SPSS) or a query of them.

    Parameters
    ----------
    source : str or Path
        Path of a file, or a query that starts with SELECT, WITH or FROM.

    Yields
    ------
    Answers

    Raises
    ------
    StorageError, InvalidFile
        Where there is no such file, or it cannot be read as a table.
    """
    path = Path(source)
    is_query = isinstance(source, str) and bool(_QUERY.match(source)) and path.suffix != ".csv"
    name = "the query" if is_query else path.name
    if not is_query:
        _check_file(path)
    hashed = hashlib.sha256(str(source).encode()).hexdigest() if is_query else _hash_of(path)
    with (
        tempfile.TemporaryDirectory(prefix="valuemix-") as spill,
        duckdb.connect(config=_config(spill)) as db,
    ):
        db.execute("SET enable_progress_bar = false")  # it would stand among the results
        if path.suffix.casefold() in OTHER_FILES and not is_query:
            path, name = as_csv(path, Path(spill))
        reading, keep = (f"({str(source).rstrip().rstrip(';')})", True) if is_query else _reading(path)
        try:
            # A query may answer otherwise the second time, and text is read slowly: both are kept while they are open.
            made = "TABLE" if keep else "VIEW"
            db.execute(f"CREATE TEMP {made} answers AS SELECT * FROM {reading}")
            types = dict(db.execute("SELECT column_name, column_type FROM (DESCRIBE answers)").fetchall())
        except duckdb.Error as error:
            raise _refused(name, error) from None
        numeric = frozenset(column for column, type_ in types.items() if type_.startswith(_NUMERIC))
        yield Answers(db, name, hashed, tuple(types), numeric)


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "temp_directory": spill,
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def _check_file(path: Path) -> None:
    """Refuse what is no file, or an empty one."""
    if not path.exists():
        raise StorageError(f"{path}: there is no such file; check the name and the folder")
    if not path.is_file():
        raise StorageError(f"{path}: this is not a file; give the path of a file")
    if path.stat().st_size == 0:
        told, mend = "the file is empty", "Save it again, or choose another file"
        raise InvalidFile([Problem("EMPTY", told, mend, Place(file=path.name))])


def _reading(path: Path) -> tuple[str, bool]:
    """How a file is read in SQL, and whether what was read is kept."""
    ending = path.name.lower()
    if ending.endswith(_CSV):
        return f"read_csv({text_of(glob.escape(str(path)))}, all_varchar = true, header = true)", True
    if ending.endswith(_PARQUET):
        return f"read_parquet({text_of(glob.escape(str(path)))})", False
    kinds = ", ".join((".csv", *_PARQUET, *OTHER_FILES))
    told = f"respondents are read from {kinds}, got {shorten(path.suffix or path.name)!r}"
    raise InvalidFile([Problem("FILE_TYPE", told, "Save the table as CSV UTF-8", Place(file=path.name))])


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise StorageError(f"{path} could not be read: {error.strerror or error}") from error


def _refused(name: str, error: duckdb.Error) -> InvalidFile:
    """What the engine said, without the lines that quote respondents."""
    said = str(error)
    mend = (
        "Correct the query"
        if name == "the query"
        else "Open it where it came from and save it again as CSV UTF-8"
    )
    if "not utf-8" in said:
        told = "the file is not written in UTF-8"
    elif "sniffing file" in said:
        told = "the file cannot be read as a table: it has no columns that a comma, semicolon or tab divides"
    elif name == "the query":
        about = isinstance(error, duckdb.ParserException | duckdb.BinderException | duckdb.CatalogException)
        told = "the query cannot be run" + (f": {shorten(said.splitlines()[0], 160)}" if about else "")
    else:
        line = re.search(r"on Line: (\d+)", said)
        told = (
            "the file is damaged" + (f" in line {line[1]}" if line else "") + " and cannot be read as a table"
        )
    return InvalidFile([Problem("SYNTAX", told, mend, Place(file="" if name == "the query" else name))])


def quoted(name: str) -> str:
    """Name of a column in SQL."""
    return '"' + name.replace('"', '""') + '"'


def text_of(value: str) -> str:
    """Text in SQL."""
    return "'" + value.replace("'", "''") + "'"
