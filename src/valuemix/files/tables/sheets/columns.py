"""Headers: which column of a table is which, whatever its capitals, blanks and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from valuemix.errors import Place, closest, shorten
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.reading.tables import Row, Table
from valuemix.files.tables.sheets.cells import Draft, TableReader, column_key, data_rows
from valuemix.model.sheets import Sheet

__all__ = ["find_columns", "known_columns", "sheet_reader"]

_SEARCHED_ROWS = 20
_LISTED = 15


def known_columns(sheet: Sheet, disciplines: Mapping[str, str]) -> dict[str, str]:
    """Name of each column of a sheet by its key, and id of each discipline by the keys that it goes by."""
    own = [c for c in sheet.columns if c.each != "discipline"]
    known = {column_key(header): header for column in own for header in column.headers(())}
    each = [c.before for c in sheet.columns if c.each == "discipline"]
    return {column_key(b) + key: b + name for b in each for key, name in disciplines.items()} | known


def sheet_reader(
    draft: Draft, table: Table, sheet: Sheet, disciplines: Mapping[str, str], optional: Set[str] = frozenset()
) -> TableReader | None:
    """Reader of a table with the columns of a sheet; None where its header cannot be used."""
    required = sheet.required([name for name in dict.fromkeys(disciplines.values()) if name not in optional])
    columns = find_columns(draft, table, known_columns(sheet, disciplines), required)
    return None if columns is None else TableReader(draft, table, columns)


def find_columns(
    draft: Draft, table: Table, known: Mapping[str, str], required: Sequence[str]
) -> dict[str, int] | None:
    """Positions of the columns of a table by name.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        Its first row is the header.
    known : mapping of str to str
        Name of a column by each `column_key` that it goes by.
    required : sequence of str
        Names of the columns that must be there.

    Returns
    -------
    dict of str to int, or None
        None where the header cannot be used, which is noted.
    """
    named = _named(table, known, required)
    positions = {name: position for position, name in reversed(named)}
    for position, name in named:
        if position != positions[name]:
            message = f"columns {positions[name] + 1} and {position + 1} are both {name!r}"
            draft.problem("HEADER", message, "Delete or rename one of them", _place(table))
    missing = [name for name in required if name not in positions]
    if missing:
        draft.problem("HEADER", *_missing(table, known, required, missing), _place(table))
    draft.problems += [p for p in table.problems if p.notice or not missing]
    if missing or len(named) > len(positions):
        return None
    _tell_extra_columns(draft, table, known)
    return positions


def _named(table: Table, known: Mapping[str, str], required: Sequence[str]) -> list[tuple[int, str]]:
    """Positions of the headers that name a column, and which."""
    # A discipline may be labelled like another one's id; the id as it stands goes first.
    exact = {*known.values(), *required}
    names = [text if text in exact else known.get(column_key(text)) for text in table.header.texts]
    return [(position, name) for position, name in enumerate(names) if name]


def _place(table: Table) -> Place:
    return table.place(table.header.number)


def _missing(
    table: Table, known: Mapping[str, str], required: Sequence[str], missing: Sequence[str]
) -> tuple[str, str]:
    """Message and way out for a header in which columns are missing."""
    here = _matches(table.header, known)
    number = table.header.number
    better = max(table.rows[:_SEARCHED_ROWS], key=lambda row: _matches(row, known))
    if _matches(better, known) > here:
        message = f"row {number} is no header; the header seems to be on row {better.number}"
        return message, "Delete what is above it"
    if any(parse_number(text) is not None for text in table.header.texts):
        return (
            f"row {number} looks like data, not like a header",
            f"The first row must be {_listed(required)}",
        )
    found = ", ".join(shorten(text.strip()) for text in table.header.texts if text.strip())
    thing = "columns are" if len(missing) > 1 else "column is"
    message = f"{len(missing)} {thing} missing: {_listed(missing)}; found: {found}"
    return message, f"Needed are {_listed(required)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(shorten, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")


def _matches(row: Row, known: Mapping[str, str]) -> int:
    return len({known[column_key(text)] for text in row.texts if column_key(text) in known})


def _tell_extra_columns(draft: Draft, table: Table, known: Mapping[str, str]) -> None:
    for position, text in enumerate(table.header.texts):
        if column_key(text) in known:
            continue
        if not text.strip():
            if any(row.texts[position].strip() for row in data_rows(table)):
                message = f"column {position + 1} has no name and was left out"
                draft.notice("EXTRA_COLUMN", message, _place(table))
            continue
        near = closest(text.strip(), [*known.values()])
        guess = f"Did you mean {near!r}?" if near else ""
        draft.notice("EXTRA_COLUMN", f"column {shorten(text.strip())!r} was left out", _place(table), guess)
