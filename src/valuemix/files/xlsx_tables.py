"""A workbook in: looked through with bounds first, then read by openpyxl as tables of text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml import ElementTree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries

from valuemix.errors import InvalidFile, Place, Problem
from valuemix.files.file_types import file_type
from valuemix.files.tables import Kind, Row, Table, check_size, is_blank, refusal
from valuemix.files.xlsx_scan import PartScan, TooLarge, Unsafe, check_members, scan_part

__all__ = ["Workbook", "read_xlsx"]

_KINDS: dict[str, Kind] = {"s": "text", "n": "number", "b": "boolean", "e": "error", "d": "date"}
_MOST_MERGED = 100_000
_MEND = "Delete what is no part of the tables"
_LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook.

    Parameters
    ----------
    titles : tuple of str
        Names of all sheets, in order.
    tables : dict of str to Table
        The sheets that were asked for and are not blank, by name.
    """

    titles: tuple[str, ...]
    tables: dict[str, Table]


def read_xlsx(data: bytes, file: str, wanted: Callable[[str], bool]) -> Workbook:
    """Read the sheets of a workbook that are wanted.

    Parameters
    ----------
    data : bytes
        The .xlsx file.
    file : str
        Its name, for messages.
    wanted : callable
        Says by its name whether a sheet is to be read.

    Returns
    -------
    Workbook

    Raises
    ------
    InvalidFile
        Where it is no workbook, damaged, or larger than the limits.
    """
    check_size(data, file)
    kind = file_type(data)
    if kind == "a table":
        raise refusal(
            "FILE_TYPE", "this is plain text, not a workbook", "Rename it to .csv", Place(file=file)
        )
    if kind not in ("an Excel workbook", "a zip archive"):
        raise refusal("FILE_TYPE", f"this is {kind}", "Save it as .xlsx without a password", Place(file=file))
    with _damage_told(file), zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            mend = "Save the workbook as .xlsx"
            raise refusal(
                "FILE_TYPE", "this is a zip file, but not an Excel workbook", mend, Place(file=file)
            )
        check_members(archive, len(data))
        scans = _scans(archive, file)
        return _read(data, file, wanted, scans)


@contextmanager
def _damage_told(file: str) -> Iterator[None]:
    """Say whatever the zip, XML and workbook libraries raise in the words of the project."""
    place, mend = Place(file=file), "Open it in Excel and save it again, or download it again"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InvalidFile:
        raise
    except TooLarge as error:
        raise refusal("TOO_LARGE", f"the workbook holds {error}", _MEND, place) from None
    except Unsafe as error:
        raise refusal("DAMAGED", f"the workbook is refused: {error}", mend, place) from None
    except Exception as error:  # damaged bytes make these libraries raise anything
        raise refusal("DAMAGED", "the workbook is damaged or cut off", mend, place) from error


def _scans(archive: zipfile.ZipFile, file: str) -> dict[str, PartScan]:
    """Every part of the zip, looked through; pictures end at their first byte."""
    scans: dict[str, PartScan] = {}
    elements = characters = 0
    for member in sorted(archive.infolist(), key=lambda member: member.file_size):
        scan = PartScan(elements, characters)
        try:
            scan_part(archive, member, scan)
        except ExpatError:
            if member.filename.endswith((".xml", ".rels")):
                raise
        except TooLarge as error:
            place = _place_of(error, file, _title(archive, member.filename, scans))
            raise refusal("TOO_LARGE", f"it holds too much: {error}", _MEND, place) from None
        elements, characters = scan.elements, scan.characters
        scans[member.filename] = scan
    return scans


def _place_of(error: TooLarge, file: str, sheet: str) -> Place:
    return Place(file=file, sheet=sheet, cell=error.cell if sheet else "")


def _title(archive: zipfile.ZipFile, part: str, scans: dict[str, PartScan]) -> str:
    """Name of the sheet in a part of the zip, where the parts that say so were looked through."""
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, links} <= scans.keys():
        return ""
    ids = {
        link.get("Id"): f"xl/{link.get('Target', '')}" for link in ElementTree.fromstring(archive.read(links))
    }
    for element in ElementTree.fromstring(archive.read(book)).iter():
        for key, value in element.attrib.items():
            if key.endswith("}id") and ids.get(value) == part:
                return str(element.get("name", ""))
    return ""


def _read(data: bytes, file: str, wanted: Callable[[str], bool], scans: dict[str, PartScan]) -> Workbook:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read()
    parts = {sheet.name: link.target for sheet, link in reader.parser.find_sheets()}
    tables = {}
    for sheet in reader.wb.worksheets:
        scan = scans[parts[sheet.title]]
        if wanted(sheet.title) and scan.last_row:
            tables[sheet.title] = _table(sheet, file, scan)
    reader.archive.close()
    return Workbook(tuple(parts), tables)


def _table(sheet: Any, file: str, scan: PartScan) -> Table:
    rows = []
    for cells in sheet.iter_rows(min_row=1, min_col=1, max_row=scan.last_row, max_col=scan.last_column):
        number = next((cell.row for cell in cells if cell.value is not None), 0)
        read = [_cell(cell, scan.unresolved) for cell in cells]
        texts = tuple(text for text, _ in read)
        if not is_blank(texts):
            rows.append(Row(number, texts, tuple(kind for _, kind in read)))
    place = Place(file=file, sheet=sheet.title)
    hidden = Problem("HIDDEN", "this sheet is hidden, and was read", "", place, notice=True)
    problems = () if sheet.sheet_state == "visible" else (hidden,)
    return Table(file, sheet.title, tuple(rows), problems=problems, merged=_merged(scan))


def _merged(scan: PartScan) -> dict[tuple[int, int], str]:
    """Merged range of every cell that is in one, as far as the sheet is filled."""
    cells: dict[tuple[int, int], str] = {}
    count = 0
    for merged in scan.merged:
        left, top, right, bottom = range_boundaries(merged)
        rows = range(top, min(bottom, scan.last_row) + 1)
        columns = range(left - 1, min(right, scan.last_column))
        count += len(rows) * len(columns)
        if count > _MOST_MERGED:
            raise TooLarge(f"more than {_MOST_MERGED:,} merged cells")
        cells.update({(row, column): merged for row in rows for column in columns})
    return cells


def _cell(cell: Any, unresolved: set[str]) -> tuple[str, Kind]:
    """Text of a cell and what it is."""
    value = cell.value
    if value is None:
        if unresolved and getattr(cell, "coordinate", "") in unresolved:
            return "formula", "formula"
        return "", "plain"
    kind = _KINDS.get(cell.data_type, "text")
    if kind == "number":
        if "%" in _LITERAL.sub("", cell.number_format):
            return f"{value * 100:.12g}%", "percent"
        return repr(value).removesuffix(".0"), kind
    return str(value).upper() if kind == "boolean" else str(value), kind
