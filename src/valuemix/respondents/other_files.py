"""Respondents in workbooks and SPSS files, written as csv into the folder that is gone when the table is closed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from valuemix.errors import Place
from valuemix.files.tables.formats.apart import WORKBOOKS, Limits, lines_apart, read_sheets
from valuemix.files.tables.importer import file_bytes
from valuemix.files.tables.reading.tables import Row, refusal

__all__ = ["OTHER_FILES", "as_csv"]

OTHER_FILES = (*WORKBOOKS, ".sav")
"""Endings of files that become csv first."""

_LIMITS = Limits(rows=200_000, columns=1_000, seconds=120, memory=3_000_000_000, output=1_000_000_000)
_ANY_SIZE = "Save it as CSV UTF-8 or parquet, which are read at any size"


def as_csv(path: Path, folder: Path) -> tuple[Path, str]:
    """Write the answers of a file as csv.

    Parameters
    ----------
    path : Path
        A file with one of the endings `OTHER_FILES`.
    folder : Path
        Where the csv file is to be.

    Returns
    -------
    Path
    str
        What messages and notes call the table: the name of the file, and its sheet where it has several.

    Raises
    ------
    InvalidFile
        Where it cannot be read, holds no table, or more than its limits.
    """
    written = folder / "answers.csv"
    if path.suffix.casefold() == ".sav":
        _write(written, _spss_rows(path))
        return written, path.name
    tables = read_sheets(file_bytes(path), path.name, lambda titles: titles).tables
    if not tables:
        raise refusal("EMPTY", "the workbook holds no table", "Choose another file", Place(file=path.name))
    sheet = max(tables, key=lambda title: len(tables[title].rows))
    _write(written, tables[sheet].rows)
    return written, path.name if len(tables) == 1 else f"{path.name}, sheet {sheet}"


def _spss_rows(path: Path) -> Iterable[Row]:
    with path.open("rb") as source:
        for line in lines_apart(source, path.name, ".sav", _LIMITS, names=True):
            if isinstance(line, Row):
                yield line
            elif line["too_large"]:
                message = f"it holds too much: {line['too_large']}"
                raise refusal("TOO_LARGE", message, _ANY_SIZE, Place(file=path.name))


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(row.texts for row in rows)
