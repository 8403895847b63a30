"""Tables on which a row is a part of the scenario, such as a segment or a link, and the points of the long term."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from valuemix.errors import Place, shorten, unknown_message
from valuemix.files.tables.reading.tables import Row, Table
from valuemix.files.tables.sheets.cells import Draft, Path, TableReader, column_key
from valuemix.files.tables.sheets.columns import sheet_reader
from valuemix.model.names import names_in_cell
from valuemix.model.parts import Segment
from valuemix.model.sheets import Column, Sheet

__all__ = ["read_parts", "read_weighing", "tell_scaling"]

PointsBySegment = dict[str, Mapping[str, float]]


def read_parts(draft: Draft, table: Table, sheet: Sheet, disciplines: Mapping[str, str]) -> list[Any]:
    """Parts of a scenario, one a row; what the columns hold says how they are read.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        With the columns of the sheet.
    sheet : Sheet
        What a row is.
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.

    Returns
    -------
    list of Part
        With stand-ins where an amount could not be read; without the rows that name nothing.
    """
    cells = sheet_reader(draft, table, sheet, disciplines)
    if cells is None:
        return []
    parts: list[Any] = []
    for row in cells.rows:
        values = _RowReader(cells, row, disciplines).read(sheet, (sheet.field, len(parts)))
        names = [values.get(c.field) for c in sheet.columns if c.holds == "name" and not c.every]
        shares = [values.get(c.field) for c in sheet.columns if c.holds == "share"]
        if sheet.part and values and None not in shares and "" not in names:
            parts.append(sheet.part(**values))
    return parts


@dataclass(frozen=True)
class _RowReader:
    """One row of a table while it is read."""

    cells: TableReader
    row: Row
    disciplines: Mapping[str, str]

    @property
    def draft(self) -> Draft:
        """Takes the problems."""
        return self.cells.draft

    @property
    def ids(self) -> list[str]:
        """Ids of the disciplines."""
        return [*dict.fromkeys(self.disciplines.values())]

    def read(self, sheet: Sheet, path: Path) -> dict[str, Any]:
        """Values of the row by field; none where all its names are blank, as in a row of totals."""
        values: dict[str, Any] = {}
        for column in sheet.columns:
            if column.holds == "name" and column.name not in self.cells.columns:
                values[column.field] = ""
            elif column.holds == "name":
                self.draft.places[*path, column.field] = self.cells.place(self.row, column.name)
                name = self.cells.name(self.row, column.name, required=not column.every)
                known = self.disciplines if column.of == "disciplines" else {}
                values[column.field] = known.get(column_key(name), name)
        if values and not any(values.values()):
            return {}
        whose = next(iter(values.values()), "")
        for column in sheet.columns:
            if column.holds != "name":
                values[column.field] = _READ[column.holds](self, column, (*path, column.field), whose)
        return values

    def text(self, column: Column, path: Path, _: str) -> str:
        """Text, blank where the column is not there."""
        return self.cells.text(self.row, column.name, path)

    def names(self, column: Column, path: Path, _: str) -> tuple[str, ...]:
        """Names parted by semicolons; none where the column is not there."""
        return names_in_cell(self.cells.text(self.row, column.name, path))

    def date(self, column: Column, path: Path, _: str) -> str:
        """Date as text, blank where the column is not there."""
        return self.cells.date(self.row, column.name, path)

    def choice(self, column: Column, _: Path, __: str) -> str:
        """One of the choices, the first where the cell is blank or there is no such column."""
        if column.name not in self.cells.columns:
            return column.choices[0]
        text = self.cells.name(self.row, column.name, required=False)
        if text and text.casefold() not in column.choices:
            message = unknown_message(column.name, text, column.choices)
            self.draft.problem("UNKNOWN", message, "", self.cells.place(self.row, column.name))
        return text.casefold() if text.casefold() in column.choices else column.choices[0]

    def weight(self, column: Column, path: Path, _: str) -> float:
        """Points out of 100; 0 where the cell is blank or there is no such column."""
        if column.name not in self.cells.columns:
            return 0.0
        return self.cells.number(self.row, column.name, path, percent=True) or 0.0

    def amount(self, column: Column, path: Path, _: str) -> float:
        """Number that has to be there."""
        return self._amount(column.name, path, percent=column.percent)

    def number(self, column: Column, path: Path, _: str) -> float | dict[str, float | None] | None:
        """Any number; None where the cell is blank, unless it has to be there, or there is no such column."""
        if column.each:
            return {d: self._cell(column.before + d, (*path, d), percent=column.percent) for d in self.ids}
        if column.known:
            return self._amount(column.name, path)
        return self._cell(column.name, path, percent=column.percent)

    def _cell(self, column: str, path: Path, *, percent: bool) -> float | None:
        there = column in self.cells.columns
        return self.cells.number(self.row, column, path, percent=percent) if there else None

    def points(self, _: Column, path: Path, __: str = "") -> dict[str, float]:
        """Points by discipline; their place is noted at the path, and percent cells count as points."""
        self.draft.places[path] = place = self.cells.table.place(self.row.number)
        positions = [self.cells.columns[d] for d in self.ids]
        kinds = {self.row.kinds[position] for position in positions if self.row.texts[position].strip()}
        percent = kinds == {"percent"}
        if percent:
            self.draft.notice("PERCENT", "percent cells were read as points: 40 % as 40", place)
        return {d: self._amount(d, (*path, d), percent=percent) for d in self.ids}

    def _amount(self, column: str, path: Path, *, percent: bool = False) -> float:
        """Number that has to be there; one stands in for it where it cannot be read, which is noted."""
        value = self.cells.number(self.row, column, path, percent=percent)
        if value is None and path not in self.draft.spoilt:
            self.draft.spoilt.add(path)
            place = self.draft.places[path]
            mend = "Write a number, 0 where there is none"
            self.draft.problem("MISSING", f"{place.column} is blank", mend, place)
        return 1.0 if value is None else value

    def share(self, column: Column, path: Path, whose: str) -> float | dict[str, float | None] | None:
        """Share that has to be there, or one for each discipline, where a blank cell says that nothing is lost."""
        if column.each:
            return {d: self._share(d, (*path, d), whose) for d in self.ids}
        share = self.cells.share(self.row, column.name, path)
        if share is None and path not in self.draft.spoilt:
            message = f"{column.name} is blank"
            self.draft.problem("MISSING", message, "Write a share such as 0.5", self.draft.places[path])
        return share

    def _share(self, discipline: str, path: Path, whose: str) -> float | None:
        there = discipline in self.cells.columns
        share = self.cells.share(self.row, discipline, path) if there else None
        if share is None and path not in self.draft.spoilt:
            place = self.draft.places.get(path, self.cells.table.place(self.row.number))
            what = place.column or discipline
            message = f"there is no share of {what} for {shorten(whose)!r}, so none of it is lost there"
            self.draft.notice("NOTHING_LOST", message, place)
        return share


_READ: Mapping[str, Callable[[_RowReader, Column, Path, str], Any]] = {
    "text": _RowReader.text,
    "names": _RowReader.names,
    "date": _RowReader.date,
    "choice": _RowReader.choice,
    "weight": _RowReader.weight,
    "amount": _RowReader.amount,
    "number": _RowReader.number,
    "points": _RowReader.points,
    "share": _RowReader.share,
}


def read_weighing(
    draft: Draft, table: Table, sheet: Sheet, disciplines: Mapping[str, str], segments: Sequence[Segment]
) -> PointsBySegment | None:
    """Points by segment; a segment without a row keeps those of today, which is told.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        Columns segment and one a discipline.
    sheet : Sheet
        What it is.
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.
    segments : sequence of Segment
        With the points of today.
    """
    cells = sheet_reader(draft, table, sheet, disciplines)
    if cells is None:
        return None
    found: PointsBySegment = {}
    for row in cells.rows:
        name = cells.name(row, "segment")
        place = cells.place(row, "segment")
        if name in found:
            first = draft.places[sheet.field, name].row
            message = f"segment {shorten(name)!r} stands on rows {first} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        elif name:
            reader = _RowReader(cells, row, disciplines)
            found[name] = reader.points(sheet.columns[-1], (sheet.field, name))
            whose = f"the {sheet.columns[-1].word} of {shorten(name)!r}"
            _tell_sum(draft, whose, found[name], draft.places[sheet.field, name])
            draft.places[sheet.field, name] = place
    for segment in segments:
        if segment.name not in found:
            found[segment.name] = segment.points
            message = f"{shorten(segment.name)!r} has no row and keeps the points of today"
            draft.notice("KEPT", message, Place(file=table.file, sheet=table.sheet))
    return found


def tell_scaling(draft: Draft, segments: Sequence[Segment]) -> None:
    """Say which segments have no influence, and whose points do not add up to 100."""
    for i, segment in enumerate(segments):
        name = shorten(segment.name)
        if segment.size == 0:
            place = draft.places["segments", i, "size"]
            draft.notice(
                "WEIGHT_ZERO", f"{name!r} has size 0 and so no influence on the overall value", place
            )
        _tell_sum(draft, f"the points of {name!r}", segment.points, draft.places["segments", i, "points"])


def _tell_sum(draft: Draft, whose: str, points: Mapping[str, float], place: Place) -> None:
    """Say so where points do not add up to 100."""
    total = math.fsum(points.values())
    if total and not math.isclose(total, 100, rel_tol=1e-9):  # none at all is a problem of its own
        draft.notice("SCALED", f"{whose} add up to {total:.10g}, not 100, and count as shares of that", place)
