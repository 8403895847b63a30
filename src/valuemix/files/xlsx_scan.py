"""A workbook's zip and XML, looked through with bounds before any library opens it.

A file of 2 KB can hold a cell in the last row and column of a sheet, a million rows, or
entities that unfold to gigabytes. Every part is counted while it streams by, and the
counting stops at the first limit.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, get_column_letter

from valuemix.files.tables import MAX_COLUMNS, MAX_ROWS

__all__ = ["PartScan", "TooLarge", "Unsafe", "check_members", "scan_part"]

MAX_UNZIPPED = 50_000_000
MAX_RATIO = 200
MAX_MEMBERS = 1_000
MAX_ELEMENTS = 400_000
MAX_CHARACTERS = 10_000_000
MAX_CELL_CHARACTERS = 32_767
"""What a cell holds at most in any spreadsheet program."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class TooLarge(Exception):
    """A limit was passed; the message says which, the cell where."""

    def __init__(self, message: str, cell: str = "") -> None:
        super().__init__(message)
        self.cell = cell


class Unsafe(Exception):
    """Something that no spreadsheet program writes."""


@dataclass
class PartScan:
    """What was counted in one part of the zip.

    Attributes
    ----------
    last_row, last_column : int
        Bounds of the cells that hold something, from 1.
    unresolved : set of str
        Cells with a formula and no result.
    merged : list of str
        Merged cells.
    """

    elements: int = 0
    characters: int = 0
    last_row: int = 0
    last_column: int = 0
    unresolved: set[str] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _cell: str = ""
    _before: int = 0
    _formula: bool = False
    _filled: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element that begins."""
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise TooLarge(f"more than {MAX_ELEMENTS:,} cells, values and other elements")
        local = tag.rpartition(":")[2]
        if local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif local == "f":
            self._formula = True
        elif local in ("v", "is"):
            self._before = self.characters
            self._filled = self._filled or local == "is"
        elif local == "si":
            self._before = self.characters
        elif local == "mergeCell":
            self.merged.append(attributes["ref"])

    def end(self, tag: str) -> None:
        """Check a cell that ends."""
        local = tag.rpartition(":")[2]
        if local == "v":
            self._filled = self._filled or self.characters > self._before
        elif local == "c":
            self._end_cell()

    def text(self, data: str) -> None:
        """Count characters."""
        self.characters += len(data)
        if self.characters > MAX_CHARACTERS:
            raise TooLarge(f"more than {MAX_CHARACTERS:,} characters of text")
        if self._cell and self.characters - self._before > MAX_CELL_CHARACTERS:
            raise TooLarge(
                f"cell {self._cell} holds more than {MAX_CELL_CHARACTERS:,} characters", self._cell
            )

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        match = _REFERENCE.fullmatch(reference)
        self._column = column_index_from_string(match[1]) if match else self._column + 1
        self._row = int(match[2]) if match else self._row
        self._cell = reference if match else f"{get_column_letter(self._column)}{self._row}"
        self._before = self.characters
        # The saved result of a formula may be an empty text.
        self._formula, self._filled = False, attributes.get("t") == "str"

    def _end_cell(self) -> None:
        if self._formula and not self._filled:
            self.unresolved.add(self._cell)
        if self._formula or self._filled:
            if self._row > MAX_ROWS + 1 or self._column > MAX_COLUMNS:
                limits = f"{MAX_ROWS:,} rows and {MAX_COLUMNS} columns"
                raise TooLarge(f"cell {self._cell} lies beyond {limits}", self._cell)
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
        self._cell = ""


def check_members(archive: zipfile.ZipFile, packed: int) -> None:
    """Refuse a zip whose directory alone says that it unfolds too far.

    Parameters
    ----------
    archive : ZipFile
        Open for reading; members are never read past the size that the directory states.
    packed : int
        Bytes of the file.

    Raises
    ------
    TooLarge
        With the limit that was passed.
    """
    unzipped = sum(member.file_size for member in archive.infolist())
    if len(archive.infolist()) > MAX_MEMBERS:
        raise TooLarge(f"more than {MAX_MEMBERS:,} parts")
    if unzipped > MAX_UNZIPPED:
        raise TooLarge(f"{unzipped // 1_000_000:,} MB when unzipped, at most {MAX_UNZIPPED // 1_000_000}")
    if unzipped > MAX_RATIO * packed:
        raise TooLarge(f"unzips to more than {MAX_RATIO} times its size")


def scan_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, scan: PartScan) -> None:
    """Stream one part of the zip through the counters.

    Raises
    ------
    TooLarge
        At the first limit.
    Unsafe
        Where there is a document type declaration.
    xml.parsers.expat.ExpatError
        Where it is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(member) as stream:
        parser.ParseFile(stream)


def _refuse_doctype(*_: object) -> None:
    raise Unsafe("it holds a document type declaration, which no spreadsheet program writes")
