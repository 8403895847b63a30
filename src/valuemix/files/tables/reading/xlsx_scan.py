"""The parts of a workbook that are read, looked through with bounds before any library opens them.

A file of 2 KB can hold a cell in the last row and column of a sheet, a million rows, or
entities that unfold to gigabytes. Every part is counted while it streams by, and the
counting stops at the first limit. Sheets that are no tables are never looked into.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

__all__ = ["Meter", "PartScan", "StringScan", "TooLarge", "Unsafe"]

MAX_UNZIPPED = 50_000_000
MAX_RATIO = 200
MAX_MEMBERS = 1_000
MAX_ELEMENTS = 400_000
"""In one part; 20,000 rows of a long table with all its columns have 380,000."""
MAX_CHARACTERS = 10_000_000
MAX_CELL_CHARACTERS = 32_767
"""What a cell holds at most in any spreadsheet program."""


class TooLarge(Exception):
    """A limit was passed; the message says which, the cell where."""

    def __init__(self, message: str, cell: str = "") -> None:
        super().__init__(message)
        self.cell = cell


class Unsafe(Exception):
    """Something that no spreadsheet program writes."""


@dataclass
class PartScan:
    """What was counted in one part of the zip, by the bounds that hold for each."""

    elements: int = 0
    characters: int = 0
    most_elements: int = MAX_ELEMENTS

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - for those that look closer
        """Count an element that begins."""
        self.elements += 1
        if self.elements > self.most_elements:
            raise TooLarge(f"more than {self.most_elements:,} cells, values and other elements")

    def end(self, tag: str) -> None:
        """Look at an element that ends."""

    def text(self, data: str) -> None:
        """Count characters."""
        self.characters += len(data)
        if self.characters > MAX_CHARACTERS:
            raise TooLarge(f"more than {MAX_CHARACTERS:,} characters of text")


@dataclass
class StringScan(PartScan):
    """The texts that sheets share, of which only those are kept that the tables use.

    Parameters
    ----------
    wanted : set of int
        Their numbers, from 0.

    Attributes
    ----------
    texts : dict of int to str
        As they stand in the file, without what says how they are spoken.
    """

    most_elements: int = 2 * MAX_ELEMENTS
    wanted: set[int] = field(default_factory=set)
    texts: dict[int, str] = field(default_factory=dict)
    _number: int = -1
    _pieces: list[str] | None = None
    _length: int = 0
    _spoken: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a text, or a part of it that is no text."""
        super().start(tag, attributes)
        local = tag.rpartition(":")[2]
        if local == "si":
            self._number += 1
            self._length, self._pieces = 0, [] if self._number in self.wanted else None
        elif local == "rPh":
            self._spoken = True

    def end(self, tag: str) -> None:
        """Keep a text that is wanted."""
        local = tag.rpartition(":")[2]
        if local == "si" and self._pieces is not None:
            self.texts[self._number], self._pieces = "".join(self._pieces), None
        elif local == "rPh":
            self._spoken = False

    def text(self, data: str) -> None:
        """Count the characters of one text, and of those that are kept together."""
        self._length += len(data)
        if self._length > MAX_CELL_CHARACTERS:
            raise TooLarge(f"a text of more than {MAX_CELL_CHARACTERS:,} characters")
        if self._pieces is not None and not self._spoken:
            super().text(data)
            self._pieces.append(data)


class Meter:
    """Counts what is read of a zip, part by part.

    Parameters
    ----------
    archive : ZipFile
        Open for reading; members are never read past the size that the directory states.
    packed : int
        Bytes of the file.

    Raises
    ------
    TooLarge
        Where it has more parts than any workbook.
    Unsafe
        Where a part is there twice.
    """

    def __init__(self, archive: zipfile.ZipFile, packed: int) -> None:
        names = archive.namelist()
        if len(names) > MAX_MEMBERS:
            raise TooLarge(f"more than {MAX_MEMBERS:,} parts")
        if len(set(names)) < len(names):
            raise Unsafe("it holds two parts of one name, which no spreadsheet program writes")
        self._archive, self._packed, self._unzipped = archive, packed, 0

    def scan(self, part: str, scan: PartScan) -> None:
        """Stream a part through the counters.

        Raises
        ------
        TooLarge
            At the first limit.
        Unsafe
            Where there is a document type declaration.
        KeyError
            Where there is no such part.
        xml.parsers.expat.ExpatError
            Where it is no XML.
        """
        member = self._archive.getinfo(part)
        self._unzipped += member.file_size
        if self._unzipped > MAX_UNZIPPED:
            limit = MAX_UNZIPPED // 1_000_000
            raise TooLarge(f"{self._unzipped // 1_000_000:,} MB when unzipped, at most {limit}")
        if self._unzipped > MAX_RATIO * self._packed:
            raise TooLarge(f"more than {MAX_RATIO} times its size when unzipped")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = scan.start
        parser.EndElementHandler = scan.end
        parser.CharacterDataHandler = scan.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._archive.open(member) as stream:
            parser.ParseFile(stream)


def _refuse_doctype(*_: object) -> None:
    raise Unsafe("it holds a document type declaration, which no spreadsheet program writes")
