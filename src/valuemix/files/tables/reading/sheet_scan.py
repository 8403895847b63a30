"""One sheet of a workbook, looked through: its bounds, and what openpyxl does not tell of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.reading.tables import MAX_COLUMNS, MAX_ROWS
from valuemix.files.tables.reading.xlsx_scan import MAX_CELL_CHARACTERS, PartScan, TooLarge, Unsafe

__all__ = ["SheetScan"]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true")


@dataclass
class SheetScan(PartScan):
    """What was found in one sheet.

    Attributes
    ----------
    last_row, last_column : int
        Bounds of the cells that hold something, from 1.
    unresolved : set of str
        Cells with a formula and no result.
    odd : dict of str to str
        Cells of the kind number whose text is no plain number.
    strings : set of int
        Numbers of the shared texts that its cells show.
    merged : list of str
        Merged cells.
    hidden_rows : set of int
        Rows that hold something and are not shown.
    filtered : range
        Rows among which a filter chooses.
    """

    last_row: int = 0
    last_column: int = 0
    unresolved: set[str] = field(default_factory=set)
    odd: dict[str, str] = field(default_factory=dict)
    strings: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    filtered: range = range(0)
    _hidden_columns: list[range] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _hidden: bool = False
    _cell: str = ""
    _kind: str = ""
    _before: int = 0
    _value: list[str] | None = None
    _formula: bool = False
    _filled: bool = False
    _in_views: bool = False
    _filter: str = ""

    def hidden_columns(self) -> int:
        """How many columns are not shown, as far as the sheet is filled."""
        return len({column for columns in self._hidden_columns for column in columns} & {*self._columns()})

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at an element that begins."""
        super().start(tag, attributes)
        local = tag.rpartition(":")[2]
        if local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._start_row(attributes)
        elif local == "f":
            self._formula = True
        elif local == "v":
            self._before, self._value = self.characters, []
        elif local == "is":
            self._before, self._filled = self.characters, True
        else:
            self._start_other(local, attributes)

    def end(self, tag: str) -> None:
        """Check a value or cell that ends."""
        local = tag.rpartition(":")[2]
        if local == "v" and self._value is not None:
            self._end_value("".join(self._value))
            self._value = None
        elif local == "c":
            self._end_cell()
        elif local == "customSheetViews":
            self._in_views = False

    def text(self, data: str) -> None:
        """Count characters, and keep those of a value."""
        super().text(data)
        if self._cell and self.characters - self._before > MAX_CELL_CHARACTERS:
            raise TooLarge(
                f"cell {self._cell} holds more than {MAX_CELL_CHARACTERS:,} characters", self._cell
            )
        if self._value is not None:
            self._value.append(data)

    def _columns(self) -> range:
        return range(1, self.last_column + 1)

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self._row + 1))
        if row <= self._row:
            raise Unsafe("the rows of a sheet are out of order, which no spreadsheet program writes")
        self._row, self._column = row, 0
        self._hidden = attributes.get("hidden") in _TRUE

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        match = _REFERENCE.fullmatch(reference)
        column = column_index_from_string(match[1]) if match else self._column + 1
        if column <= self._column or (match and int(match[2]) != self._row):
            raise Unsafe("the cells of a row are out of order, which no spreadsheet program writes")
        self._column = column
        self._cell = reference if match else f"{get_column_letter(column)}{self._row}"
        self._kind = attributes.get("t", "n")
        self._before = self.characters
        # The saved result of a formula may be an empty text.
        self._formula, self._filled = False, self._kind == "str"

    def _start_other(self, local: str, attributes: dict[str, str]) -> None:
        if local == "mergeCell":
            self.merged.append(attributes["ref"])
        elif local == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes["max"]), MAX_COLUMNS)
            self._hidden_columns.append(range(int(attributes["min"]), last + 1))
        elif local == "customSheetViews":
            self._in_views = True  # how others look at the sheet, with filters of their own
        elif local == "autoFilter" and not self._in_views:
            self._filter = attributes.get("ref", "")
        elif local == "filterColumn" and self._filter and not self._in_views:
            _, top, _, bottom = range_boundaries(self._filter)
            self.filtered = range(top + 1, bottom + 1)

    def _end_value(self, value: str) -> None:
        self._filled = self._filled or bool(value)
        if self._kind == "s":
            if not (value.isascii() and value.isdigit()):
                raise Unsafe(f"cell {self._cell} shows a text that is not there")
            self.strings.add(int(value))
        elif self._kind == "n" and value and parse_number(value) is None:
            self.odd[self._cell] = value

    def _end_cell(self) -> None:
        if self._formula and not self._filled:
            self.unresolved.add(self._cell)
        if self._formula or self._filled:
            if self._row > MAX_ROWS + 1 or self._column > MAX_COLUMNS:
                limits = f"{MAX_ROWS:,} rows and {MAX_COLUMNS} columns"
                raise TooLarge(f"cell {self._cell} lies beyond {limits}", self._cell)
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
            if self._hidden:
                self.hidden_rows.add(self._row)
        self._cell = ""
