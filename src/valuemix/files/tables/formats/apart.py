"""Files of other programs in: each is read by a process of its own, which a hostile file cannot drag others down with.

The libraries for .xls and .ods end their whole process where a file claims a billion cells; those for
.parquet and .sav are written in C++ and C. So they run apart, within limits of time, memory and output.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from openpyxl.utils.cell import get_column_letter

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.tables.reading.file_types import (
    OLD_WORKBOOK,
    OPEN_DOCUMENT,
    PARQUET,
    SPSS,
    WORKBOOK,
    file_type,
)
from valuemix.files.tables.reading.tables import MAX_COLUMNS, MAX_ROWS, Kind, Row, Table, check_size, refusal
from valuemix.files.tables.reading.xlsx_tables import Workbook, read_xlsx

__all__ = ["APART", "TABLE_ENDINGS", "WORKBOOKS", "Limits", "lines_apart", "read_sheets"]

_EXCEL = (".xlsx", ".xlsm")
WORKBOOKS = (*_EXCEL, ".xls", ".ods")
"""Endings of files with sheets."""
APART = (".xls", ".ods", ".parquet", ".sav")
"""Endings of files that are read by a process of its own."""
TABLE_ENDINGS = (*WORKBOOKS, ".csv", ".tsv", ".txt", ".md", ".parquet", ".sav")
"""Endings of all files that a table may come in."""

_CONTENT = {".xls": OLD_WORKBOOK, ".ods": OPEN_DOCUMENT, ".parquet": PARQUET, ".sav": SPSS}
_RIGHT_ENDING = {
    **{content: ending for ending, content in _CONTENT.items()},
    WORKBOOK: ".xlsx",
    "a table": ".csv",
}
_SAVE_AS = "Open it where it came from and save it as Excel Workbook (.xlsx)"
_MOST_MERGED = 10_000


@dataclass(frozen=True)
class Limits:
    """What reading a file may take.

    Attributes
    ----------
    rows, columns : int
        Of one sheet, its header among the rows.
    seconds : int
    memory, output : int
        Bytes of the process, and of the cells that it prints.
    """

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    seconds: int = 30
    memory: int = 1_500_000_000
    output: int = 60_000_000


def read_sheets(data: bytes, file: str, choose: Callable[[tuple[str, ...]], Collection[str]]) -> Workbook:
    """Read the sheets of a workbook that are wanted; .parquet and .sav have one, without a name.

    Parameters
    ----------
    data : bytes
        The file, of one of the `WORKBOOKS` or read `APART`.
    file : str
        Its name, by whose ending it is read.
    choose : callable
        Says which of all sheets are to be read, by their names; what it raises stops the reading.

    Returns
    -------
    Workbook

    Raises
    ------
    InvalidFile
        Where it is something else, damaged, needs a package that is not there, or is larger than the limits.
    """
    ending = Path(file).suffix.casefold()
    if ending in _EXCEL:
        return read_xlsx(data, file, choose)
    check_size(data, file)
    _check_content(data, file, ending)
    titles: list[str] = []
    beyond: dict[str, str] = {}
    rows: dict[str, list[Row]] = {}
    heads: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        for line in lines_apart(source, file, ending):
            if isinstance(line, dict):
                titles.append(line["sheet"])
                heads[titles[-1]], rows[titles[-1]] = line, []
                beyond[titles[-1]] = line["too_large"]
            else:
                rows[titles[-1]].append(line)
    chosen = [title for title in titles if title in choose(tuple(titles))]
    for title in chosen:
        if beyond[title]:
            place = Place(file=file, sheet=title)
            message = f"it holds too much: {beyond[title]}"
            raise refusal("TOO_LARGE", message, "Delete what is no part of the tables", place)
    return Workbook(tuple(titles), {t: _table(file, heads[t], rows[t]) for t in chosen if rows[t]})


def lines_apart(
    source: IO[bytes], file: str, ending: str, limits: Limits = Limits(), *, names: bool = False
) -> Iterator[dict[str, Any] | Row]:
    """Sheets of a file and their rows, as a process of its own reads them.

    Parameters
    ----------
    source : binary file
        A real one, at its start.
    file : str
        Its name, for messages.
    ending : str
        One of `APART`.
    limits : Limits
    names : bool
        Whether columns of .sav are called by the names of the variables in place of their labels.

    Yields
    ------
    dict or Row
        A sheet (``sheet``, ``shown``, ``too_large``, and ``merged`` where it is known), then its rows.

    Raises
    ------
    InvalidFile
        Where the process says so, takes too long, or ends on the way.
    """
    _check_package(file, ending)
    reader = "names of .sav" if names and ending == ".sav" else ending
    numbers = (limits.rows, limits.columns, limits.seconds, limits.memory, limits.output)
    # -P keeps the folder of the script, whose files have names like those of the standard library, from the path.
    command = [sys.executable, "-P", str(Path(__file__).with_name("child.py")), reader, *map(str, numbers)]
    few = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1") | {
        "ARROW_DEFAULT_MEMORY_POOL": "system"
    }
    with tempfile.TemporaryFile() as out:
        try:
            ended = subprocess.run(  # noqa: S603 - our own script, told by numbers and an ending that is known
                command, stdin=source, stdout=out, stderr=subprocess.DEVNULL, timeout=limits.seconds,
                check=False, env=os.environ | few,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            ended = None
        out.seek(0)
        yield from _lines(out, file, ended, limits)


def _lines(out: IO[bytes], file: str, ended: int | None, limits: Limits) -> Iterator[dict[str, Any] | Row]:
    """What the process printed; without its last line something happened to it."""
    for text in out:
        line = json.loads(text) if text.endswith(b"\n") else None
        if isinstance(line, list):
            number, texts, kinds = line
            yield Row(number, tuple(texts), cast("tuple[Kind, ...]", tuple(kinds)))
        elif line and "sheet" in line:
            yield line
        elif line and "refused" in line:
            raise _refused(file, *line["refused"])
        elif line and "done" in line:
            return
    raise refusal(
        "TOO_LARGE", _broken_off(ended, limits), f"{_SAVE_AS}, with the tables alone", Place(file=file)
    )


def _broken_off(ended: int | None, limits: Limits) -> str:
    """Why a process did not come to its end, by its exit status."""
    if ended is None or ended in (-9, -24):
        return f"reading it took longer than {limits.seconds} seconds and was stopped"
    return f"reading it needs more than {limits.memory // 1_000_000:,} MB of memory, or it is damaged"


def _refused(file: str, code: str, message: str, mend: str) -> InvalidFile:
    """What the process says of the file; what is plain from the code is worded here."""
    if code == "DAMAGED":
        message, mend = "the file is damaged, cut off, or claims far more cells than a table has", _SAVE_AS
    elif not message:
        message, mend = "it holds too much to be read", f"{_SAVE_AS}, with the tables alone"
    return refusal(code, message, mend, Place(file=file))


def _check_package(file: str, ending: str) -> None:
    if ending == ".sav" and importlib.util.find_spec("pyreadstat") is None:
        mend = 'Install it with pip install "valuemix[spss]", or save the file as csv in SPSS'
        raise refusal("FILE_TYPE", "SPSS files need the package pyreadstat", mend, Place(file=file))


def _check_content(data: bytes, file: str, ending: str) -> None:
    """Refuse what is something else than its name says."""
    content = file_type(data)
    if content == _CONTENT[ending]:
        return
    if content == "a table" and b"\0" in data[:1000]:
        content = "binary data of no known kind"
    right = _RIGHT_ENDING.get(content, "")
    mend = f"Rename it to {right}" if right else _SAVE_AS
    if content.endswith("with a password"):
        mend = "Save it without a password"
    told = "plain text" if content == "a table" else content
    raise refusal("FILE_TYPE", f"this is {told}, not {_CONTENT[ending]}", mend, Place(file=shorten(file)))


def _table(file: str, sheet: dict[str, Any], rows: list[Row]) -> Table:
    place = Place(file=file, sheet=sheet["sheet"])
    hidden = Problem("HIDDEN", "this sheet is hidden, and was read", "", place, notice=True)
    return Table(
        file,
        sheet["sheet"],
        tuple(rows),
        problems=() if sheet["shown"] else (hidden,),
        merged=_merged(sheet.get("merged", ()), rows[-1].number),
    )


def _merged(ranges: Collection[Any], last_row: int) -> dict[tuple[int, int], str]:
    """Merged range of every cell that is in one, as far as the sheet is filled."""
    cells: dict[tuple[int, int], str] = {}
    for (top, left), (bottom, right) in ranges:
        named = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
        for row in range(top + 1, min(bottom + 1, last_row) + 1):
            if len(cells) > _MOST_MERGED:
                return cells
            cells.update(
                dict.fromkeys(((row, column) for column in range(left, min(right, MAX_COLUMNS) + 1)), named)
            )
    return cells
