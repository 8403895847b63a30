"""Score tables: wide (one column a discipline) or long (one row a score).

In a wide table a row with a blank segment counts for every segment; a row that names a
segment goes before it, cell by cell. A long table names the segment in every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from valuemix.errors import Place, shorten, unknown_message
from valuemix.files.tables.reading.tables import Row, Table
from valuemix.files.tables.sheets.cells import Draft, TableReader, column_key
from valuemix.files.tables.sheets.columns import find_columns, sheet_reader
from valuemix.model.names import name_key
from valuemix.model.sheets import SHEETS, TABLES, Sheet

__all__ = ["ScoreCells", "read_scores"]

_NAMES = ("proposition", "segment")
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
        ordered = sorted(self.cells.items(), key=lambda item: item[0][1] != _EVERY)
        for (table, segment, spelt, discipline), cell in ordered:
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


def read_scores(
    draft: Draft,
    sheet: Sheet,
    table: Table,
    disciplines: Mapping[str, str],
    scores: ScoreCells,
    made: Set[str] = frozenset(),
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
    made : set of str
        Ids of disciplines that are made of attributes, whose columns may be left out.
    """
    header = {column_key(text) for text in table.header.texts}
    wide = not header.isdisjoint(disciplines) and not header.isdisjoint(_NAMES)
    if wide or sheet.field not in TABLES:
        read, cells = _Reader.read_wide, sheet_reader(draft, table, sheet, disciplines, made)
    else:
        read = _Reader.read_long
        values = ["score", *TABLES[1:]] if sheet.field == "scores" else [sheet.field, "score"]
        known = {column: column for column in (*_NAMES, "discipline", *values)} | {"score": values[0]}
        columns = find_columns(draft, table, known, (*_NAMES, "discipline", values[0]))
        cells = None if columns is None else TableReader(draft, table, columns)
    if cells is None:
        draft.lost_rows = True
        return
    draft.lost_rows = draft.lost_rows or len(cells.rows) < len(table.rows) - 1
    read(_Reader(cells, sheet, disciplines, scores))


@dataclass
class _Reader:
    """One score table while its rows are read."""

    cells: TableReader
    sheet: Sheet
    disciplines: Mapping[str, str]
    scores: ScoreCells
    doubled: set[int] = field(default_factory=set)

    @property
    def draft(self) -> Draft:
        """Takes the problems."""
        return self.cells.draft

    def read_wide(self) -> None:
        """One row for a proposition and segment, or for a proposition in every segment."""
        ids = [*dict.fromkeys(self.disciplines.values())]
        columns = [name for name in self.sheet.headers(ids)[2:] if name in self.cells.columns]
        general: dict[str, Place] = {}
        named: set[str] = set()
        for row in self.cells.rows:
            proposition = self.cells.name(row, "proposition")
            segment = self.cells.name(row, "segment", required=False)
            every = not row.texts[self.cells.columns["segment"]].strip()
            if not proposition or not (segment or every):
                self.draft.lost_rows = True
                continue
            if every:
                general[proposition] = self.cells.place(row, "segment")
            else:
                named.add(segment)
            self._note_segment(row, segment)
            for column in columns:
                self._put(row, column, (self.sheet.field, segment, proposition, column))
        if named:
            self._tell_general(general)

    def read_long(self) -> None:
        """One row for a score, with its range and other tables beside it."""
        columns = [column for column in ("score", *TABLES[1:]) if column in self.cells.columns]
        for row in self.cells.rows:
            # The first blank name says enough about a row that is no score, such as a total.
            proposition = self.cells.name(row, "proposition")
            segment = proposition and self.cells.name(row, "segment")
            discipline = segment and self._discipline(row)
            if not discipline:
                self.draft.lost_rows = True
                continue
            self._note_segment(row, segment)
            for column in columns:
                table = "scores" if column == "score" else column
                self._put(row, column, (table, segment, proposition, discipline))

    def _tell_general(self, rows: Mapping[str, Place]) -> None:
        """Where other rows name a segment, a blank one may be a slip or a row of totals."""
        for proposition, place in rows.items():
            message = f"{shorten(proposition)!r} names no segment here and counts for each"
            self.draft.notice("EVERY_SEGMENT", f"{message} without a row of its own", place)

    def _note_segment(self, row: Row, segment: str) -> None:
        if segment:
            self.draft.places.setdefault((self.sheet.field, segment), self.cells.place(row, "segment"))

    def _discipline(self, row: Row) -> str:
        text = self.cells.name(row, "discipline")
        found = self.disciplines.get(column_key(text), "")
        if text and not found:
            message = unknown_message("discipline", text, [*self.disciplines.values()])
            self.draft.problem("UNKNOWN", message, "", self.cells.place(row, "discipline"))
        return found

    def _put(self, row: Row, column: str, key: Key) -> None:
        """Take one cell, or say that another row gives it as well."""
        table, segment, proposition, discipline = key
        first, count = self.scores.spellings.get(proposition) or (self.cells.place(row, "proposition"), 0)
        self.scores.spellings[proposition] = first, count + 1
        value = self.cells.number(row, column, key)
        cell = _Cell(value, row.texts[self.cells.columns[column]].strip(), self.draft.places[key])
        other = self.scores.cells.setdefault(key, cell)
        if other is not cell and row.number not in self.doubled:
            self.doubled.add(row.number)
            whose = ", ".join(shorten(part) for part in (proposition, segment, discipline) if part)
            beside = (other.place.file, other.place.sheet) == (cell.place.file, cell.place.sheet)
            rows = f"{f'row {other.place.row}' if beside else other.place} and row {row.number}"
            message = f"{rows} both give the {SHEETS[table].thing} of {whose} ({other.text} and {cell.text})"
            self.draft.problem("DUPLICATE", message, "Delete one of them", cell.place)
