"""Tables on which a row is a part of the scenario, such as a segment or a link, and the points of the long term."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from valuemix.errors import Place, shorten, unknown_message
from valuemix.files.tables.cells import Draft, Path, read_name, read_number, read_share, read_text
from valuemix.files.tables.columns import data_rows, find_columns, known_columns
from valuemix.files.tables.tables import Row, Table
from valuemix.model.parts import Segment
from valuemix.model.sheets import SHEETS, Column, Sheet

__all__ = ["read_later", "read_parts", "tell_scaling"]

LaterPoints = dict[str, Mapping[str, float]]


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
    ids = list(dict.fromkeys(disciplines.values()))
    columns = find_columns(draft, table, known_columns(sheet, disciplines), sheet.required(ids))
    if columns is None:
        return []
    reader = _Reader(draft, table, columns, ids)
    parts: list[Any] = []
    for row in data_rows(table):
        values = reader.read(row, sheet, (sheet.field, len(parts)))
        if sheet.part and values and None not in values.values() and "" not in _names(sheet, values):
            parts.append(sheet.part(**values))
    return parts


def _names(sheet: Sheet, values: Mapping[str, Any]) -> list[str]:
    return [values[column.field] for column in sheet.columns if column.holds == "name"]


@dataclass
class _Reader:
    """One table while its rows are read."""

    draft: Draft
    table: Table
    columns: Mapping[str, int]
    ids: Sequence[str]

    def read(self, row: Row, sheet: Sheet, path: Path) -> dict[str, Any]:
        """Values of a row by field; none where all its names are blank, as in a row of totals."""
        values: dict[str, Any] = {}
        for column in sheet.columns:
            if column.holds == "name":
                position = self.columns[column.name]
                self.draft.places[*path, column.field] = self.table.place(row.number, position)
                values[column.field] = read_name(self.draft, self.table, row, position)
        if values and not any(values.values()):
            return {}
        whose = next(iter(values.values()), "")
        for column in sheet.columns:
            if column.holds != "name":
                values[column.field] = _READ[column.holds](self, row, column, (*path, column.field), whose)
        return values

    def text(self, row: Row, column: Column, path: Path, _: str) -> str:
        """Text, blank where the column is not there."""
        return read_text(self.draft, self.table, row, self.columns.get(column.name), path)

    def choice(self, row: Row, column: Column, _: Path, __: str) -> str:
        """One of the choices, the first where the cell is blank or there is no such column."""
        if column.name not in self.columns:
            return column.choices[0]
        position = self.columns[column.name]
        text = read_name(self.draft, self.table, row, position, required=False)
        found = next((choice for choice in column.choices if choice == text.casefold()), None)
        if text and found is None:
            message = unknown_message(column.name, text, column.choices)
            self.draft.problem("UNKNOWN", message, "", self.table.place(row.number, position))
        return found or column.choices[0]

    def weight(self, row: Row, column: Column, path: Path, _: str) -> float:
        """Points out of 100; 0 where the cell is blank or there is no such column."""
        position = self.columns.get(column.name)
        if position is None:
            return 0.0
        percent = row.kinds[position] == "percent"
        return read_number(self.draft, self.table, row, position, path, percent=percent) or 0.0

    def amount(self, row: Row, column: Column, path: Path, _: str) -> float:
        """Number that has to be there."""
        return self._amount(row, self.columns[column.name], path)

    def points(self, row: Row, _: Column, path: Path, __: str = "") -> dict[str, float]:
        """Points by discipline; their place is noted at the path, and percent cells count as points."""
        self.draft.places[path] = place = self.table.place(row.number)
        filled = [self.columns[d] for d in self.ids if row.texts[self.columns[d]].strip()]
        percent = bool(filled) and all(row.kinds[position] == "percent" for position in filled)
        if percent:
            self.draft.notice("PERCENT", "percent cells were read as points: 40 % as 40", place)
        return {d: self._amount(row, self.columns[d], (*path, d), percent=percent) for d in self.ids}

    def _amount(self, row: Row, position: int, path: Path, *, percent: bool = False) -> float:
        """Number that has to be there; one stands in for it where it cannot be read, which is noted."""
        value = read_number(self.draft, self.table, row, position, path, percent=percent)
        if value is None and path not in self.draft.spoilt:
            self.draft.spoilt.add(path)
            place = self.table.place(row.number, position)
            mend = "Write a number, 0 where there is none"
            self.draft.problem("MISSING", f"{place.column} is blank", mend, place)
        return 1.0 if value is None else value

    def share(
        self, row: Row, column: Column, path: Path, whose: str
    ) -> float | dict[str, float | None] | None:
        """Share that has to be there, or one for each discipline, where a blank cell says that nothing is lost."""
        if not column.each:
            share = read_share(self.draft, self.table, row, self.columns[column.name], path)
            if share is None and path not in self.draft.spoilt:
                place = self.draft.places[path]
                self.draft.problem("MISSING", f"{column.name} is blank", "Write a share such as 0.5", place)
            return share
        return {d: self._share(row, d, (*path, d), whose) for d in self.ids}

    def _share(self, row: Row, discipline: str, path: Path, whose: str) -> float | None:
        position = self.columns.get(discipline)
        share = None if position is None else read_share(self.draft, self.table, row, position, path)
        if share is None and path not in self.draft.spoilt:
            place = self.draft.places.get(path, self.table.place(row.number))
            what = place.column or discipline
            message = f"there is no share of {what} for {shorten(whose)!r}, so none of it is lost there"
            self.draft.notice("NOTHING_LOST", message, place)
        return share


_READ: Mapping[str, Callable[[_Reader, Row, Column, Path, str], Any]] = {
    "text": _Reader.text,
    "choice": _Reader.choice,
    "weight": _Reader.weight,
    "amount": _Reader.amount,
    "points": _Reader.points,
    "share": _Reader.share,
}


def read_later(
    draft: Draft, table: Table, disciplines: Mapping[str, str], segments: Sequence[Segment]
) -> LaterPoints | None:
    """Points of the long term by segment; a segment without a row keeps those of today, which is told.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        Columns segment and one a discipline.
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.
    segments : sequence of Segment
        With the points of today.
    """
    sheet, ids = SHEETS["segments later"], list(dict.fromkeys(disciplines.values()))
    columns = find_columns(draft, table, known_columns(sheet, disciplines), sheet.required(ids))
    if columns is None:
        return None
    found: LaterPoints = {}
    reader = _Reader(draft, table, columns, ids)
    for row in data_rows(table):
        name = read_name(draft, table, row, columns["segment"])
        place = table.place(row.number, columns["segment"])
        if name in found:
            first = draft.places["later", name].row
            message = f"segment {shorten(name)!r} stands on rows {first} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        elif name:
            found[name] = reader.points(row, sheet.columns[-1], ("later", name))
            _tell_sum(
                draft, f"the later points of {shorten(name)!r}", found[name], draft.places["later", name]
            )
            draft.places["later", name] = place
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
