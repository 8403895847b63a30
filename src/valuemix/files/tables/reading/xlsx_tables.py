"""A workbook in: looked through with bounds first, then read by openpyxl as tables of text."""

from __future__ import annotations

import io
import itertools
import re
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from openpyxl.packaging.relationship import get_rels_path
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHARED_STRINGS

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.tables.reading.file_types import WORKBOOK, file_type
from valuemix.files.tables.reading.sheet_scan import SheetScan
from valuemix.files.tables.reading.tables import Kind, Row, Table, check_size, is_blank, refusal
from valuemix.files.tables.reading.xlsx_scan import Meter, PartScan, StringScan, TooLarge, Unsafe

__all__ = ["Workbook", "read_xlsx"]

_KINDS: dict[str, Kind] = {"s": "text", "n": "number", "b": "boolean", "e": "error", "d": "date"}
_MOST_MERGED = 100_000
_MEND = "Delete what is no part of the tables"
_DOWNLOAD = "Open it in Excel and save it again, or download it again"
_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"
_LITERAL = re.compile(r'"[^"]*"|\\.')
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


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


def read_xlsx(data: bytes, file: str, choose: Callable[[tuple[str, ...]], Collection[str]]) -> Workbook:
    """Read the sheets of a workbook that are wanted; the others are not even looked into.

    Parameters
    ----------
    data : bytes
        The .xlsx file.
    file : str
        Its name, for messages.
    choose : callable
        Says which of all sheets are to be read, by their names; what it raises stops the reading.

    Returns
    -------
    Workbook

    Raises
    ------
    InvalidFile
        Where it is no workbook, damaged, or what is to be read is larger than the limits.
    """
    check_size(data, file)
    _check_type(data, file)
    with _damage_told(file):
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with closing(reader.archive):
            return _read(reader, Meter(reader.archive, len(data)), file, choose)


def _check_type(data: bytes, file: str) -> None:
    kind, place = file_type(data), Place(file=file)
    if kind == WORKBOOK:
        return
    if kind == "a table" and b"\0" not in data[:1000]:
        raise refusal("FILE_TYPE", "this is plain text, not a workbook", "Rename it to .csv", place)
    if kind == "a table":
        kind = "binary data of no known kind"
    elif kind == "a zip archive":
        kind = "a zip file, but not an Excel workbook"
    mend = "Bring the tables as an Excel workbook (.xlsx)"
    if kind.startswith(WORKBOOK):
        mend = _DOWNLOAD if kind.endswith("no part of it") else "Save it without a password"
    raise refusal("FILE_TYPE", f"this is {kind}", mend, place)


@contextmanager
def _damage_told(file: str, sheet: str = "") -> Iterator[None]:
    """Say whatever the zip, XML and workbook libraries raise in the words of the project."""
    place, mend = Place(file=file, sheet=sheet), _DOWNLOAD
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InvalidFile:
        raise
    except TooLarge as error:
        where = Place(file=file, sheet=sheet, cell=error.cell if sheet else "")
        raise refusal("TOO_LARGE", f"it holds too much: {error}", _MEND, where) from None
    except Unsafe as error:
        raise refusal("DAMAGED", f"the workbook is refused: {error}", mend, place) from None
    except Exception as error:  # damaged bytes make these libraries raise anything
        raise refusal("DAMAGED", "the workbook is damaged or cut off", mend, place) from error


def _read(
    reader: Any, meter: Meter, file: str, choose: Callable[[tuple[str, ...]], Collection[str]]
) -> Workbook:
    _read_contents(reader, meter, file)
    sheets = {sheet.name: (sheet.state, link.target) for sheet, link in reader.parser.find_sheets()}
    titles = tuple(sheet.name for sheet, _ in reader.parser.find_sheets())
    if not titles:
        raise refusal("EMPTY", "the workbook has no sheets", _SAVE_AGAIN, Place(file=file))
    chosen = choose(titles)
    scans = {title: SheetScan() for title in sheets if title in chosen}
    for title, scan in scans.items():
        with _damage_told(file, title):
            meter.scan(sheets[title][1], scan)
    _refuse_odd_numbers(scans, file)
    _read_strings(reader, meter, scans)
    if ARC_STYLE in reader.valid_files:
        meter.scan(ARC_STYLE, PartScan())
        apply_stylesheet(reader.archive, reader.wb)
    tables = {}
    for title, scan in scans.items():
        state, part = sheets[title]
        if scan.last_row:
            sheet = ReadOnlyWorksheet(reader.wb, title, part, reader.shared_strings)
            tables[title] = _table(sheet, file, scan, shown=state == "visible")
    return Workbook(titles, tables)


def _read_contents(reader: Any, meter: Meter, file: str) -> None:
    """Which sheets there are, and where; what only seems to be such a workbook is told."""
    place = Place(file=file)
    if any(name.startswith("xl\\") for name in reader.valid_files):
        message = "the parts of this workbook are named with backslashes, which the format does not allow"
        raise refusal("FILE_TYPE", message, _SAVE_AGAIN, place)
    meter.scan(ARC_CONTENT_TYPES, PartScan())
    reader.read_manifest()
    book = _find_workbook_part(reader.package).PartName[1:]
    meter.scan(book, PartScan())
    if _STRICT in reader.archive.read(book):
        message = "this workbook is of the kind Strict Open XML Spreadsheet, which is not read"
        raise refusal("FILE_TYPE", message, _SAVE_AGAIN, place)
    meter.scan(get_rels_path(book), PartScan())
    reader.read_workbook()


def _read_strings(reader: Any, meter: Meter, scans: Mapping[str, SheetScan]) -> None:
    """Shared texts that the sheets show; openpyxl reads all, and drops the escape of an escape."""
    part = reader.package.find(SHARED_STRINGS)
    if part is not None:
        strings = StringScan(wanted=set().union(*(scan.strings for scan in scans.values())))
        meter.scan(part.PartName[1:], strings)
        reader.shared_strings = strings.texts


def _refuse_odd_numbers(scans: Mapping[str, SheetScan], file: str) -> None:
    """What is marked as a number is one by the same strict rule as text; openpyxl takes what Python takes."""
    problems = [
        Problem(
            "NUMBER",
            f"value {shorten(text.strip())!r} is not a plain number",
            "Write digits with one decimal point, such as 7.5",
            Place(file=file, sheet=title, cell=cell),
        )
        for title, scan in scans.items()
        for cell, text in itertools.islice(scan.odd.items(), 20)
    ]
    if problems:
        raise InvalidFile(problems)


def _table(sheet: Any, file: str, scan: SheetScan, *, shown: bool) -> Table:
    cells_of_rows = sheet.iter_rows(min_row=1, min_col=1, max_row=scan.last_row, max_col=scan.last_column)
    rows = []
    # What follows the last row, such as drop-down lists, is not read: openpyxl stumbles over some of it.
    for number, cells in enumerate(itertools.islice(cells_of_rows, scan.last_row), 1):
        read = [_cell(cell, scan.unresolved) for cell in cells]
        texts = tuple(text for text, _ in read)
        if not is_blank(texts):
            rows.append(Row(number, texts, tuple(kind for _, kind in read)))
    cells_of_rows.close()
    place = Place(file=file, sheet=sheet.title)
    hidden = _hidden(scan, shown=shown)
    problems = (Problem("HIDDEN", hidden, "", place, notice=True),) if hidden else ()
    return Table(file, sheet.title, tuple(rows), problems=problems, merged=_merged(scan))


def _hidden(scan: SheetScan, *, shown: bool) -> str:
    """What of a sheet nobody sees, blank where all is shown."""
    filtered = len(scan.hidden_rows.intersection(scan.filtered))
    rows, columns = len(scan.hidden_rows) - filtered, scan.hidden_columns()
    counts = {"row": rows, "column": columns}
    hidden = " and ".join(f"{n} {thing}{'s' * (n > 1)}" for thing, n in counts.items() if n)
    parts = [
        "" if shown else "this sheet is hidden",
        f"{hidden} {'is' if rows + columns == 1 else 'are'} hidden" if hidden else "",
        f"{filtered} row{'s are' if filtered > 1 else ' is'} filtered out" if filtered else "",
    ]
    count = filtered + rows + columns
    told = "; ".join(filter(None, parts))
    return told and f"{told}, and {'was' if count <= 1 else 'were'} read"


def _merged(scan: SheetScan) -> dict[tuple[int, int], str]:
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
    if kind == "text":
        return _unescaped(str(value)), kind
    return str(value).upper() if kind == "boolean" else str(value), kind


def _unescaped(text: str) -> str:
    """Text with the characters that the format writes by their codes, such as ``_x000D_``."""
    if "_x" not in text:
        return text
    return str(unescape(text)).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
