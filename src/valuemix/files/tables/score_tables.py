"""Score tables: wide (one column a discipline) or long (one row a score).

In a wide table a row with a blank segment counts for every segment; a row that names a
segment goes before it, cell by cell. A long table names the segment in every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from valuemix.errors import Place, shorten, unknown_message
from valuemix.files.tables.cells import Draft, column_key, read_name, read_number
from valuemix.files.tables.columns import data_rows, find_columns, known_columns
from valuemix.files.tables.tables import Row, Table
from valuemix.model.names import name_key
from valuemix.model.sheets import SHEETS, TABLES, Sheet

__all__ = ["ScoreCells", "read_scores"]

_EVERY = ""
"""Segment of a row that counts for every segment."""

Key = tuple[str, str, str, str]
"""Table, segment, proposition, discipline."""


@dataclass(frozen=True, slots=True)
class _Cell:
    value: float | None
    text: str
    place: Place


@dataclass
class ScoreCells:
    """All cells of all score tables, as they were read.

    Attributes
    ----------
    cells : dict
        By table, segment (blank for every segment), proposition and discipline.
    spellings : dict
        First place and number of rows of every spelling of a proposition.
    """

    cells: dict[Key, _Cell] = field(default_factory=dict)
    spellings: dict[str, tuple[Place, int]] = field(default_factory=dict)

    def propositions(self, draft: Draft) -> list[str]:
        """Names of the propositions in order of appearance; two that differ by capitals are refused as one."""
        first: dict[str, str] = {}
        for name, (place, count) in self.spellings.items():
            other = first.setdefault(name_key(name), name)
            if other != name:
                other_place, other_count = self.spellings[other]
                rarer = place if count < other_count else other_place
                draft.problem(
                    "NAME_CLASH",
                    f"{shorten(other)!r} (row {other_place.row}) and {shorten(name)!r} (row {place.row}) "
                    "differ by capitals only",
                    "Write it one way",
                    rarer,
                )
        for i, name in enumerate(first.values()):
            draft.places.setdefault(("propositions", i, "name"), self.spellings[name][0])
        return list(first.values())

    def tables(
        self, draft: Draft, segments: Sequence[str]
    ) -> dict[str, dict[str, dict[str, dict[str, float | None]]]]:
        """Nested mappings for a scenario, rows for every segment filled in; places are noted in the draft."""
        named: dict[str, dict[str, None]] = {}  # by table: an unknown name is told once, where it stands
        for table, segment, *_ in self.cells:
            own = named.setdefault(table, dict.fromkeys(segments))
            own |= {} if segment == _EVERY else {segment: None}
        tables: dict[str, dict[str, dict[str, dict[str, float | None]]]] = {}
        by_key = {name_key(name): name for name in reversed(self.spellings)}
        # Rows for every segment first, so that rows that name one go before them.
        for (table, segment, spelt, discipline), cell in sorted(self.cells.items(), key=_general_first):
            proposition = by_key[name_key(spelt)]
            for target in named[table] if segment == _EVERY else (segment,):
                row = tables.setdefault(table, {}).setdefault(target, {}).setdefault(proposition, {})
                path = (table, target, proposition, discipline)
                if cell.value is not None or discipline not in row:
                    row[discipline] = cell.value
                    draft.places[path] = cell.place
                if (table, segment, spelt, discipline) in draft.spoilt:
                    draft.spoilt.add(path)
        return tables


def _general_first(item: tuple[Key, _Cell]) -> bool:
    return item[0][1] != _EVERY


def read_scores(
    draft: Draft, sheet: Sheet, table: Table, disciplines: Mapping[str, str], scores: ScoreCells
) -> None:
    """Read one score table into the cells of all of them.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    sheet : Sheet
        What the numbers of the table are.
    table : Table
        Wide or long.
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.
    scores : ScoreCells
        Takes the cells.
    """
    name = sheet.field
    header = {column_key(text) for text in table.header.texts}
    wide = not header.isdisjoint(disciplines) and not header.isdisjoint(("proposition", "segment"))
    wide = wide or name not in TABLES
    ids = list(dict.fromkeys(disciplines.values()))
    if wide:
        known, required = known_columns(sheet, disciplines), sheet.required(ids)
    else:
        names = ("proposition", "segment", "discipline")
        known = {column: column for column in names}
        values = {"score": "scores", **{t: t for t in TABLES[1:]}} if name == "scores" else {name: name}
        known |= {column: column for column in values} | {"score": next(iter(values))}
        required = (*names, next(iter(values)))
    columns = find_columns(draft, table, known, required)
    if columns is None:
        draft.lost_rows = True
        return
    reader = _Reader(draft, name, table, columns, scores)
    draft.lost_rows = draft.lost_rows or len(data_rows(table)) < len(table.rows) - 1
    if wide:
        reader.read_wide([d for d in sheet.headers(ids)[2:] if d in columns])
    else:
        reader.read_long(disciplines, {column: t for column, t in values.items() if column in columns})


@dataclass
class _Reader:
    """One score table while its rows are read."""

    draft: Draft
    name: str
    table: Table
    columns: Mapping[str, int]
    scores: ScoreCells
    doubled: set[int] = field(default_factory=set)

    def read_wide(self, ids: Sequence[str]) -> None:
        """One row for a proposition and segment, or for a proposition in every segment."""
        general: dict[str, Place] = {}
        named = False
        for row in data_rows(self.table):
            proposition = self._name(row, "proposition")
            segment = read_name(self.draft, self.table, row, self.columns["segment"], required=False)
            every = not row.texts[self.columns["segment"]].strip()
            if not proposition or not (segment or every):
                self.draft.lost_rows = True
                continue
            if every:
                general[proposition] = self.table.place(row.number, self.columns["segment"])
            named = named or not every
            self._note_segment(row, segment)
            for discipline in ids:
                self._put(row, self.columns[discipline], (self.name, segment, proposition, discipline))
        # Where other rows name a segment, a blank one may be a slip or a row of totals.
        for proposition, place in general.items() if named else ():
            message = (
                f"{shorten(proposition)!r} names no segment here and counts for each without a row of its own"
            )
            self.draft.notice("EVERY_SEGMENT", message, place)

    def read_long(self, disciplines: Mapping[str, str], values: Mapping[str, str]) -> None:
        """One row for a score, with its range and other tables beside it."""
        for row in data_rows(self.table):
            # The first blank name says enough about a row that is no score, such as a total.
            proposition = self._name(row, "proposition")
            segment = proposition and self._name(row, "segment")
            discipline = segment and self._discipline(row, disciplines)
            if not discipline:
                self.draft.lost_rows = True
                continue
            self._note_segment(row, segment)
            for column, table in values.items():
                self._put(row, self.columns[column], (table, segment, proposition, discipline))

    def _name(self, row: Row, column: str) -> str:
        return read_name(self.draft, self.table, row, self.columns[column])

    def _note_segment(self, row: Row, segment: str) -> None:
        if segment and (self.name, segment) not in self.draft.places:
            self.draft.places[self.name, segment] = self.table.place(row.number, self.columns["segment"])

    def _discipline(self, row: Row, disciplines: Mapping[str, str]) -> str:
        position = self.columns["discipline"]
        text = self._name(row, "discipline")
        found = disciplines.get(column_key(text), "")
        if text and not found:
            known = list(dict.fromkeys(disciplines.values()))
            message = unknown_message("discipline", text, known)
            self.draft.problem("UNKNOWN", message, "", self.table.place(row.number, position))
        return found

    def _put(self, row: Row, position: int, key: Key) -> None:
        """Take one cell, or say that another row gives it as well."""
        table, segment, proposition, discipline = key
        if proposition not in self.scores.spellings:
            place = self.table.place(row.number, self.columns["proposition"])
            self.scores.spellings[proposition] = place, 0
        first, count = self.scores.spellings[proposition]
        self.scores.spellings[proposition] = first, count + 1
        value = read_number(self.draft, self.table, row, position, key)
        cell = _Cell(value, row.texts[position].strip(), self.draft.places[key])
        other = self.scores.cells.setdefault(key, cell)
        if other is not cell and row.number not in self.doubled:
            self.doubled.add(row.number)
            whose = ", ".join(shorten(part) for part in (proposition, segment, discipline) if part)
            beside = (other.place.file, other.place.sheet) == (cell.place.file, cell.place.sheet)
            rows = f"{f'row {other.place.row}' if beside else other.place} and row {row.number}"
            message = f"{rows} both give the {SHEETS[table].thing} of {whose} ({other.text} and {cell.text})"
            self.draft.problem("DUPLICATE", message, "Delete one of them", cell.place)
