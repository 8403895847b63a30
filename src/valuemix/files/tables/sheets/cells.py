"""Names and numbers read out of cells; what cannot be read is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from valuemix.errors import Place, Problem, shorten
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.reading.tables import Row, Table
from valuemix.model.names import clean_name, name_key

__all__ = ["Draft", "Path", "TableReader", "column_key"]

Path = tuple[str | int, ...]


@dataclass
class Draft:
    """What is known so far about a scenario that is being imported.

    Attributes
    ----------
    problems : list of Problem
        Everything found, notices too.
    places : dict
        The cell behind a path inside the scenario.
    spoilt : set of paths
        Cells that have a problem already, so that nothing else is said about them.
    lost_rows : bool
        Whether rows of scores could not be used, so that scores seem missing that are not.
    """

    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    spoilt: set[Path] = field(default_factory=set)
    lost_rows: bool = False

    def problem(self, code: str, message: str, mend: str, place: Place) -> None:
        """Note something that stops the import."""
        self.problems.append(Problem(code, message, mend, place))

    def notice(self, code: str, message: str, place: Place, mend: str = "") -> None:
        """Note something that was read otherwise than it stands."""
        self.problems.append(Problem(code, message, mend, place, notice=True))

    @property
    def is_broken(self) -> bool:
        """Whether anything stops the import."""
        return any(not problem.notice for problem in self.problems)


def column_key(text: str) -> str:
    """What headers and discipline names are compared by: no capitals, blanks or underscores.

    Examples
    --------
    >>> column_key(" Operational Excellence") == column_key("operational_excellence")
    True
    """
    return re.sub(r"[\s_]+", "", name_key(text))


@dataclass
class TableReader:
    """One table while its rows are read; what cannot be read is noted in the draft.

    Attributes
    ----------
    draft : Draft
        Takes the problems, and the place of each cell by its path inside the scenario.
    table : Table
    columns : mapping of str to int
        Positions of the columns by name.
    """

    draft: Draft
    table: Table
    columns: Mapping[str, int]

    @property
    def rows(self) -> list[Row]:
        """Rows below the header that are as long as it."""
        return data_rows(self.table)

    def place(self, row: Row, column: str) -> Place:
        """Place of a cell."""
        return self.table.place(row.number, self.columns[column])

    def text(self, row: Row, column: str, path: Path) -> str:
        """Free text of a cell; blank where the column is not there."""
        if column not in self.columns:
            return ""
        self.draft.places[path] = self.place(row, column)
        return "" if self._has_no_value(row, column) else row.texts[self.columns[column]].strip()

    def date(self, row: Row, column: str, path: Path) -> str:
        """Date in a cell as it is written in files: a day, or the text that stands there."""
        if column in self.columns and row.kinds[self.columns[column]] == "date":
            self.draft.places[path] = self.place(row, column)
            return row.texts[self.columns[column]].removesuffix(" 00:00:00")
        return self.text(row, column, path).removesuffix(".0")

    def name(self, row: Row, column: str, *, required: bool = True) -> str:
        """Name in a cell, trimmed and composed; blank where it cannot be read, which is noted."""
        text = row.texts[self.columns[column]]
        if self._has_no_value(row, column):
            return ""
        place = self.place(row, column)
        if not text.strip():
            merged = self._merged(row, column)
            if required or merged:
                part = f" (part of the merged cells {merged})" if merged else ""
                mend = (
                    "Unmerge the cells and fill down" if merged else "Fill it in; delete totals and remarks"
                )
                self.draft.problem("MISSING", f"{place.column} is blank{part}", mend, place)
        elif text.strip() != text:
            self.draft.notice("TRIMMED", f"blanks around {shorten(text.strip())!r} were left out", place)
        return clean_name(text)

    def number(self, row: Row, column: str, path: Path, *, percent: bool = False) -> float | None:
        """Number in a cell, None where it is blank or cannot be read; the latter is noted and marked spoilt."""
        self.draft.places[path] = place = self.place(row, column)
        text, kind = row.texts[self.columns[column]], row.kinds[self.columns[column]]
        if self._has_no_value(row, column):
            self.draft.spoilt.add(path)
            return None
        if not text.strip():
            merged = self._merged(row, column)
            if merged:
                self.draft.spoilt.add(path)
                message = f"it is blank (part of the merged cells {merged})"
                self.draft.problem("MISSING", message, "Unmerge the cells and fill in each", place)
            return None
        plain = text.removesuffix("%") if percent and kind == "percent" else text
        value = parse_number(plain, self.table.decimal)
        if value is None or kind == "boolean":
            self.draft.spoilt.add(path)
            self.draft.problem("NUMBER", *_no_number(self.table, text, kind), place)
            return None
        if kind == "text":
            self.draft.notice("TEXT_NUMBER", f"the text {text.strip()!r} was read as a number", place)
        return value

    def share(self, row: Row, column: str, path: Path) -> float | None:
        """Share in a cell, 0 to 1 or with a percent sign; otherwise as `number`."""
        position = self.columns[column]
        text, kind = row.texts[position].strip(), row.kinds[position]
        if not text.endswith("%"):
            return self.number(row, column, path)
        texts, kinds = [*row.texts], [*row.kinds]
        texts[position] = text.removesuffix("%").rstrip()
        kinds[position] = "number" if kind == "text" else kind
        percent = self.number(replace(row, texts=tuple(texts), kinds=tuple(kinds)), column, path)
        if percent is None:
            return None
        if kind == "text":
            message = f"the text {text!r} was read as {percent / 100:.10g}"
            self.draft.notice("TEXT_NUMBER", message, self.draft.places[path])
        return percent / 100

    def _merged(self, row: Row, column: str) -> str | None:
        return self.table.merged.get((row.number, self.columns[column]))

    def _has_no_value(self, row: Row, column: str) -> bool:
        """Note a cell that holds something other than a value: a formula without one, an error, a date."""
        text, kind = row.texts[self.columns[column]], row.kinds[self.columns[column]]
        told = _NO_VALUE.get(kind)
        if told:
            code, message, mend = told
            found = message.format(text.removesuffix(" 00:00:00"))
            self.draft.problem(code, found, mend, self.place(row, column))
        return told is not None


_NO_VALUE = {
    "formula": (
        "FORMULA",
        "it holds a formula without a result",
        "Open the workbook in Excel and save it, or paste values",
    ),
    "error": ("NUMBER", "it holds the error {}", "Mend the formula, or type the value"),
    "date": (
        "NUMBER",
        "it holds a date ({})",
        "Set the format of the cell to Number or Text and type it again",
    ),
}
"""Code, message and way out of cells that hold no value, by their kind."""


def data_rows(table: Table) -> list[Row]:
    """Rows below the header, without those of another length (a problem of the table)."""
    return [row for row in table.rows[1:] if len(row.texts) == len(table.header.texts)]


def _no_number(table: Table, text: str, kind: str) -> tuple[str, str]:
    """Message and way out for a text that is no number."""
    found, sign = shorten(text.strip()), table.decimal
    decimal, example = ("comma", "7,5") if sign == "," else ("point", "7.5")
    mend = f"Write digits with one decimal {decimal}, such as {example}"
    if found.endswith("%"):
        number = found.removesuffix("%").strip()
        what = "a percentage" if kind == "percent" else "not a plain number"
        return f"value {found!r} is {what}", f"Write {number} without the percent sign"
    if sign == "?" and (parse_number(text) is not None or parse_number(text, ",") is not None):
        whole, one = re.sub(r"[.,]", "", found), re.split(r"[.,]", found)[0]
        return f"value {found!r} can be read as {whole} or as {one}", f"Write {whole} or {one}"
    if parse_number(text, "." if sign == "," else ",") is not None:
        word = {",": "commas", ".": "points"}.get(sign, "points")
        return f"value {found!r} is not a plain number; this file has decimal {word}", mend
    return f"value {found!r} is not a plain number", mend
