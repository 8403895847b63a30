"""A spreadsheet program without a screen: LibreOffice calculates a workbook anew."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from numpy.typing import NDArray
from openpyxl.utils.cell import get_column_letter

PROGRAM = "soffice"

_ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

Cells = dict[tuple[str, str], Any]
"""Values by sheet and cell."""


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """Cells of some workbooks, by name, after LibreOffice calculated every formula anew."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_CALCULATE)
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    command = [PROGRAM, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    files = [str(folder / f"{name}.xlsx") for name in books]
    subprocess.run([*command, *files], check=True, timeout=600, capture_output=True)
    return {name: cells((folder / "out" / f"{name}.xlsx").read_bytes()) for name in books}


def cells(data: bytes, *, formulas: bool = False) -> Cells:
    """Every cell that holds something: its value, or its formula."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)
    return {place: cell.value for place, cell in _each(book) if cell.value is not None}


def formula_cells(data: bytes) -> set[tuple[str, str]]:
    """Places of the formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {place for place, cell in _each(book) if cell.data_type == "f"}


def edited(data: bytes, changes: Mapping[tuple[str, str], Any]) -> bytes:
    """Workbook with some cells changed, and no result of any formula kept."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (sheet, cell), value in changes.items():
        book[sheet][cell].value = value
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _each(book: openpyxl.Workbook) -> Iterator[tuple[tuple[str, str], Any]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                yield (sheet.title, cell.coordinate), cell


def grid(found: Cells, sheet: str, heading: str, rows: int, columns: int) -> NDArray[np.float64]:
    """Numbers of the table below a heading in the first column, NaN where there is none."""
    top = next(
        int(c[1:]) for (s, c), value in found.items() if s == sheet and c[0] == "A" and value == heading
    )
    names = [(f"{get_column_letter(2 + c)}{top + 2 + r}") for r in range(rows) for c in range(columns)]
    flat = [found.get((sheet, name)) for name in names]
    numbers = [value if isinstance(value, float | int) else np.nan for value in flat]
    return np.array(numbers, dtype=np.float64).reshape(rows, columns)
