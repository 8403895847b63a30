"""A table of respondents: a file or a query, opened in an engine, with nothing sent or left anywhere."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from valuemix.errors import EditError, InvalidFile, Place, Problem, StorageError, ValuemixError, shorten
from valuemix.files.tables.reading.csv_tables import broken_rows
from valuemix.respondents.engines.answers import Answers
from valuemix.respondents.engines.duck import opened_by_duckdb
from valuemix.respondents.other_files import OTHER_FILES

__all__ = ["ENGINES", "Answers", "Engine", "opened"]

Engine = Literal["duckdb", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

_QUERY = re.compile(r"\s*(select|with|from)\s", re.IGNORECASE)
_CSV, _PARQUET = (".csv", ".tsv", ".txt", ".csv.gz"), (".parquet",)
_SMALL = 1_000_000
"""Bytes; of a file of fewer it is asked whether it holds more than blanks."""


@contextmanager
def opened(
    source: str | Path, engine: Engine = "duckdb", named: Collection[str] | None = None
) -> Iterator[Answers]:
    """Open a file of respondents (csv, parquet, a workbook or SPSS) or a query of them.

    Parameters
    ----------
    source : str or Path
        Path of a file, or a query that starts with SELECT, WITH or FROM.
    engine : {"duckdb", "spark"}
        What reads it.
    named : collection of str, optional
        Names among which all columns are that anything is asked of: of a table that is kept the others are not.

    Yields
    ------
    Answers

    Raises
    ------
    StorageError, InvalidFile
        Where there is no such file, or it cannot be read as a table.
    EditError
        Where the engine is not there.
    """
    path = Path(source)
    is_query = isinstance(source, str) and bool(_QUERY.match(source)) and path.suffix != ".csv"
    if not is_query:
        _check_file(path)
    name = "the query" if is_query else path.name
    hashed = hashlib.sha256(str(source).encode()).hexdigest() if is_query else _hash_of(path)
    read = False
    try:
        with _opening(engine, named)(source, name, hashed, is_query=is_query) as answers:
            read = not is_query and _is_divided(answers.columns)
            yield answers
    except ValuemixError as error:
        # A quote that does not close moves columns: what is missed then is its consequence.
        broken = None if is_query else _broken_rows(path, lengths=not read)
        raise broken or error from None


def _opening(engine: Engine, named: Collection[str] | None) -> Callable[..., AbstractContextManager[Answers]]:
    if engine not in ENGINES:
        raise EditError(f"respondents are read by {' or '.join(ENGINES)}, got {shorten(engine)!r}")
    if engine == "duckdb":
        return partial(opened_by_duckdb, named=named)
    from valuemix.respondents.engines.spark import opened_by_spark  # what it imports may not be there

    return opened_by_spark


def _check_file(path: Path) -> None:
    """Refuse what is no file, an empty one, and one of another kind."""
    if not path.exists():
        raise StorageError(f"{path}: there is no such file; check the name and the folder")
    if not path.is_file():
        raise StorageError(f"{path}: this is not a file; give the path of a file")
    if path.stat().st_size < _SMALL and not path.read_bytes().strip():
        told, mend = "the file is empty", "Save it again, or choose another file"
        raise InvalidFile([Problem("EMPTY", told, mend, Place(file=path.name))])
    if not path.name.casefold().endswith((*_CSV, *_PARQUET, *OTHER_FILES)):
        kinds = ", ".join((".csv", *_PARQUET, *OTHER_FILES))
        told = f"respondents are read from {kinds}, got {shorten(path.suffix or path.name)!r}"
        raise InvalidFile([Problem("FILE_TYPE", told, "Save the table as CSV UTF-8", Place(file=path.name))])


def _is_divided(columns: Sequence[str]) -> bool:
    """Whether a table has columns: where its rows differ in length, a whole row is taken for one."""
    return len(columns) > 1 or not any(sign in columns[0] for sign in ",;\t")


def _broken_rows(path: Path, *, lengths: bool) -> InvalidFile | None:
    if not path.name.casefold().endswith(_CSV):
        return None
    unpacked = gzip.open if path.suffix.casefold() == ".gz" else open
    try:
        with unpacked(path, "rt", encoding="utf-8-sig") as text:
            return broken_rows(text, path.name, lengths=lengths)
    except (OSError, EOFError, UnicodeDecodeError):  # no text: the engine has said so
        return None


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise StorageError(f"{path} could not be read: {error.strerror or error}") from error
