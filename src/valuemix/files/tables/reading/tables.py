"""A table as it came in: all text, with the place of every cell, before anybody reads meaning into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from openpyxl.utils.cell import get_column_letter

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.tables.reading.numbers import Decimal

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_SCORES",
    "Kind",
    "Row",
    "Table",
    "check_size",
    "is_blank",
    "refusal",
]

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_SCORES = 100_000

Kind = Literal["plain", "text", "number", "percent", "date", "boolean", "error", "formula"]
"""What a cell is: ``plain`` in csv files, which know no types; ``formula`` is one without a result."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank.

    Parameters
    ----------
    number : int
        Line of the file, or row of the sheet; the first is 1.
    texts : tuple of str
        Its cells as they stand.
    kinds : tuple of Kind
        What each cell is.
    """

    number: int
    texts: tuple[str, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file or one sheet of a workbook.

    Parameters
    ----------
    file, sheet : str
        Where it came from; the sheet is blank for csv files.
    rows : tuple of Row
        The rows that are not blank; the first is the header.
    decimal : {".", ",", "?"}
        Decimal sign of its numbers.
    problems : tuple of Problem
        What was noticed while reading; with those that are no notices it cannot be used.
    merged : mapping
        Merged cells, such as ``"A2:A5"``, by row number and position of each cell in them.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    decimal: Decimal = "."
    problems: tuple[Problem, ...] = ()
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def header(self) -> Row:
        """The first row that is not blank."""
        return self.rows[0]

    def place(self, row: int, position: int | None = None) -> Place:
        """Place of a cell by row number and position (the first column is 0), or of a whole row."""
        if position is None:
            return Place(file=self.file, sheet=self.sheet, row=row)
        texts = self.header.texts
        column = shorten(texts[position].strip()) if position < len(texts) else ""
        cell = f"{get_column_letter(position + 1)}{row}" if self.sheet else ""
        return Place(file=self.file, sheet=self.sheet, row=row, column=column, cell=cell)


def refusal(code: str, message: str, mend: str, place: Place) -> InvalidFile:
    """Error with the one problem that stops the reading of a file."""
    return InvalidFile([Problem(code, message, mend, place)])


def check_size(data: bytes, file: str) -> None:
    """Refuse what is empty or larger than any table should be."""
    place = Place(file=file)
    if not data.removeprefix(b"\xef\xbb\xbf"):
        raise refusal("EMPTY", "the file is empty", "Save it again, or choose another file", place)
    if len(data) > MAX_BYTES:
        raise refusal(
            "TOO_LARGE",
            f"the file has more than {MAX_BYTES // 1_000_000} MB",
            "Leave out what is no table",
            place,
        )


def is_blank(texts: Sequence[str]) -> bool:
    """Whether a row holds nothing but blanks."""
    return not any(text.strip() for text in texts)
