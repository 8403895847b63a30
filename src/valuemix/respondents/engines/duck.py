"""Tables of respondents in DuckDB: embedded, in memory with a bound, with nothing sent or left anywhere."""

from __future__ import annotations

import glob
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from valuemix.errors import InvalidFile, Place, Problem
from valuemix.respondents.engines.answers import Answers, Fold, Part, Progress, query_refused, quoted
from valuemix.respondents.other_files import OTHER_FILES, as_csv

__all__ = ["DuckAnswers", "opened_by_duckdb", "text_of"]

_NUMERIC = tuple(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DECIMAL".split()
)
_MEMORY, _MEMORY_TO_SORT = (512, 6), (192, 5)
"""Megabytes, and more for each column beyond 90, that the engine holds before it spills to a folder of its own, which
is gone when the table is closed; less to sort, as what was sorted is held beside what is read."""
_COLUMNS = 90
_MEMORY_OF_ROWS = 32
"""Megabytes more to sort a million rows: what tells their units cannot spill."""
_QUOTED = """, quote = '"', escape = '"'"""
_ROWS = 8 * 2_048
"""Rows that are fetched at a time; fewer where they are wide."""


@dataclass(frozen=True)
class DuckAnswers(Answers):
    """A table in a connection of DuckDB, in memory, without the network."""

    connection: duckdb.DuckDBPyConnection
    row_number = "row_number() OVER ()"

    def text(self, value: str) -> str:
        return text_of(value)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._told():
            return self.connection.execute(sql).fetchall()

    def view(self, name: str, sql: str) -> None:
        with self._told():
            self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def table(self, name: str, sql: str) -> None:
        with self._told():
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def codes(self, name: str, codes: Mapping[str, int]) -> None:
        self.table(name, "SELECT CAST('' AS VARCHAR) AS value, CAST(0 AS BIGINT) AS code WHERE false")
        with self._told():
            self.connection.execute(
                f"INSERT INTO {name} SELECT unnest(?::VARCHAR[]), unnest(?::BIGINT[])",
                [[*codes], [*codes.values()]],
            )

    def folded(
        self, sql: str, fold: Fold[Part], progress: Progress | None = None, together: str = ""
    ) -> list[Part]:
        total = int(self.rows(f"SELECT count(*) FROM ({sql})")[0][0]) if progress else 0
        with self._told():
            found = self.connection.sql(sql + (f" ORDER BY {together}" if together else ""))
            reader = getattr(found, "to_arrow_reader", None) or found.fetch_arrow_reader
            with self._sorting() if together else nullcontext():
                rows = max(min(_ROWS, _ROWS * _COLUMNS // len(found.columns)), 2_048)
                return [fold(_watched(reader(rows), total, progress))]

    @contextmanager
    def _sorting(self) -> Iterator[None]:
        """Sort in less memory, and the rest spills."""
        least, each = _MEMORY_TO_SORT
        least += _MEMORY_OF_ROWS * (self.rows("SELECT count(*) FROM answers")[0][0] // 10**6)
        with suppress(duckdb.OutOfMemoryException):  # a table that is kept takes more
            self.connection.execute(f"SET threads = 1; {_limit((least, each), self.columns)}")
        yield
        self.connection.execute(f"RESET threads; {_limit(_MEMORY, self.columns)}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the engine finds wrong in the words of the project."""
        try:
            yield
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            raise _refused(self.name, error) from None


def _watched(
    batches: pa.RecordBatchReader, total: int, progress: Progress | None
) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in batches:
        yield batch
        done += batch.num_rows
        if progress:
            progress(done, total)


@contextmanager
def opened_by_duckdb(
    source: str | Path, name: str, hashed: str, *, is_query: bool, named: Collection[str] | None = None
) -> Iterator[DuckAnswers]:
    """Open a file or a query; see `opened`."""
    path = Path(source)
    with (
        tempfile.TemporaryDirectory(prefix="valuemix-") as spill,
        duckdb.connect(config=_config(spill)) as db,
    ):
        db.execute("SET enable_progress_bar = false")  # it would stand among the results
        if path.suffix.casefold() in OTHER_FILES and not is_query:
            path, name = as_csv(path, Path(spill))
        try:
            reading, keep = (
                (f"({str(source).rstrip().rstrip(';')})", True) if is_query else _reading(path, db)
            )
            types = _made(db, reading, named, keep=keep, is_query=is_query)
        except duckdb.Error as error:
            raise _refused(name, error) from None
        numeric = frozenset(column for column, type_ in types.items() if type_.startswith(_NUMERIC))
        yield DuckAnswers(name, hashed, tuple(types), numeric, db)


def _made(
    db: duckdb.DuckDBPyConnection,
    reading: str,
    named: Collection[str] | None,
    *,
    keep: bool,
    is_query: bool,
) -> dict[str, str]:
    """Make the relation of the answers; type of every column that there is.

    A query may answer otherwise the second time, and text is read slowly: both are kept while they are open, of text
    the columns that are asked for.
    """
    described = f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {reading})"
    types = dict(db.execute(described).fetchall())
    wanted = [column for column in types if named is None or column in named] or [*types]
    asked = ", ".join(map(quoted, wanted)) if keep and not is_query else "*"
    db.execute(f"CREATE TEMP {'TABLE' if keep else 'VIEW'} answers AS SELECT {asked} FROM {reading}")
    db.execute(_limit(_MEMORY, wanted))
    return types


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "temp_directory": spill,
        "memory_limit": f"{_MEMORY[0]}MB",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def _limit(memory: tuple[int, int], columns: Sequence[str]) -> str:
    """Bound of memory for a table of so many columns."""
    least, each = memory
    return f"SET memory_limit = '{least + each * max(len(columns) - _COLUMNS, 0)}MB'"


def _reading(path: Path, db: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    """How a file is read in SQL, and whether what was read is kept."""
    if path.suffix.casefold() == ".parquet":
        return f"read_parquet({text_of(glob.escape(str(path)))})", False
    told = f"{text_of(glob.escape(str(path)))}, all_varchar = true, header = true"
    quote = db.execute(f"SELECT Quote FROM sniff_csv({told})").fetchall()[0][0]
    # Where no quote stands in the first rows, one may stand later.
    return f"read_csv({told}{_QUOTED if quote == '(empty)' else ''})", True


def _refused(name: str, error: duckdb.Error) -> InvalidFile:
    """What the engine said, without the lines that quote respondents."""
    said = str(error)
    if isinstance(error, duckdb.OutOfMemoryException):
        told = "the table has so many columns that it cannot be read in the memory that is set aside"
        mend = "Leave out columns that the map does not name"
        return InvalidFile([Problem("TOO_LARGE", told, mend, Place(file=name))])
    if name == "the query":
        about = isinstance(error, duckdb.ParserException | duckdb.BinderException | duckdb.CatalogException)
        return query_refused(said if about else "")
    if "not utf-8" in said:
        told = "the file is not written in UTF-8"
    elif "sniffing file" in said:
        told = "the file cannot be read as a table: it has no columns that a comma, semicolon or tab divides"
    else:
        line = re.search(r"on Line: (\d+)", said)
        told = (
            "the file is damaged" + (f" in line {line[1]}" if line else "") + " and cannot be read as a table"
        )
    mend = "Open it where it came from and save it again as CSV UTF-8"
    return InvalidFile([Problem("SYNTAX", told, mend, Place(file=name))])


def text_of(value: str) -> str:
    """Text in the SQL of DuckDB."""
    return "'" + value.replace("'", "''") + "'"
