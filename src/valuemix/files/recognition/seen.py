"""What a sheet was taken for, cell by cell, to be shown beside its texts."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils.cell import get_column_letter

from valuemix.files.recognition.cells.values import no_value
from valuemix.files.recognition.reading import Role
from valuemix.files.tables.reading.tables import Table

__all__ = ["LEFT_OUT", "Seen", "SeenCell", "SeenLine", "SeenSheet", "plain_role", "seen_sheets"]

LEFT_OUT: frozenset[Role] = frozenset(
    {"total", "rank", "note", "left out", "technical", "wave", "outcome", "derived", "index"}
)
"""Roles of what has no part in the scenario."""


class SeenCell(NamedTuple):
    """Text of a cell and its role; blank where it has none, ``"no score"`` where a score is missing."""

    text: str
    role: Role | str


class SeenLine(NamedTuple):
    """A row or column by its place, such as ``"3"`` or ``"B"``, its role, blank where it has none, and a word of it."""

    place: str
    role: Role | str
    said: str = ""


@dataclass(frozen=True)
class Seen:
    """A block of a sheet, with what each of its lines was taken for.

    Parameters
    ----------
    sheet : str
        Where it stands.
    title : str
        What the block is called; the sheet where it has no title of its own.
    roles : mapping of str to Role
        By place of the line: ``"3"`` is a row and ``"B"`` a column.
    names : mapping of str to str
        What each line is called.
    groups : frozenset of str
        Texts that are names of groups of lines.
    records : frozenset of str
        Rows that are records: a cell in one has the role of its column.
    """

    sheet: str
    title: str
    roles: Mapping[str, Role]
    names: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()

    def has(self, row: str, column: str) -> bool:
        """Whether one of these lines goes through a cell."""
        return row in self.roles or row in self.records or column in self.roles

    def role(self, row: str, column: str, text: str) -> Role | str:
        """Role of a cell, blank where it has none."""
        down, across = self.roles.get(column), self.roles.get(row)
        if row in self.records:
            return "score" if down == "criterion" else down or ""
        if down and across:
            return _crossed(across, down)
        return self._named(row if across else column, across or down or "", _plain(text))

    def _named(self, place: str, role: Role | str, text: str) -> Role | str:
        """Role of a cell with the name of its line, or with that of a group."""
        if text and self.names.get(place) == text:
            return role
        return "group" if text in self.groups else ""


def _crossed(across: Role, down: Role) -> Role:
    """Role of a cell by those of its row and its column."""
    for role in (across, down):
        if role in LEFT_OUT:
            return role
    for role in (across, down):
        if role not in ("option", "criterion", "segment"):
            return role
    return "score"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" :")


def plain_role(blocks: Sequence[Seen], name: str) -> Role | str:
    """What a row or column is where it is nothing else: an option or a criterion, as those beside it; blank in records.

    Parameters
    ----------
    blocks : sequence of Seen
    name : str
        What the line is called.
    """
    for block in blocks:
        place = next((p for p, called in block.names.items() if called == name), "")
        if place and not block.records:
            beside = {role for p, role in block.roles.items() if p.isdigit() == place.isdigit()}
            return "option" if "option" in beside else "criterion"
    return ""


@dataclass(frozen=True)
class SeenSheet:
    """The first rows of a sheet with the role of every cell.

    Attributes
    ----------
    title : str
    columns : tuple of SeenLine
    rows : tuple of (SeenLine, tuple of SeenCell)
        As many cells a row as there are columns.
    more_rows, more_columns : int
        How many are not shown.
    left_out : str
        Why the sheet has no part in the scenario; blank where it has one.
    """

    title: str
    columns: tuple[SeenLine, ...]
    rows: tuple[tuple[SeenLine, tuple[SeenCell, ...]], ...]
    more_rows: int = 0
    more_columns: int = 0
    left_out: str = ""


def seen_sheets(
    tables: Sequence[tuple[str, Table]],
    blocks: Sequence[Seen],
    left_out: Mapping[str, str],
    words: Container[str] = (),
    less: Container[str] = (),
    *,
    most_rows: int,
    most_columns: int,
) -> list[SeenSheet]:
    """Sheets with the role of every cell that is shown.

    Parameters
    ----------
    tables : sequence of (str, Table)
        Each with its title.
    blocks : sequence of Seen
    left_out : mapping of str to str
        Why each thing that is left out has no part, by what it is called.
    words : container of str
        Words and signs that stand for a number: a dash is a missing score where it is none of them.
    less : container of str
        Criteria of which less is better.
    most_rows, most_columns : int
        Shown of a sheet.
    """
    return [
        _sheet(
            title,
            table,
            [block for block in blocks if block.sheet == title],
            left_out,
            words,
            less,
            (most_rows, most_columns),
        )
        for title, table in tables
    ]


def _sheet(
    title: str,
    table: Table,
    blocks: Sequence[Seen],
    left_out: Mapping[str, str],
    words: Container[str],
    less: Container[str],
    most: tuple[int, int],
) -> SeenSheet:
    width = max(len(row.texts) for row in table.rows)
    letters = [get_column_letter(i + 1) for i in range(min(width, most[1]))]
    rows = []
    for row in table.rows[: most[0]]:
        place = str(row.number)
        texts = [*row.texts[: len(letters)], *[""] * (len(letters) - len(row.texts))]
        cells = tuple(
            SeenCell(text, _scored(_role(blocks, left_out, place, column, text), text, words))
            for column, text in zip(letters, texts, strict=True)
        )
        rows.append((_line(blocks, left_out, less, place), cells))
    return SeenSheet(
        title,
        tuple(_line(blocks, left_out, less, column) for column in letters),
        tuple(rows),
        more_rows=max(0, len(table.rows) - most[0]),
        more_columns=width - len(letters),
        left_out="" if blocks else left_out.get(title, "no scores were found in it"),
    )


def _role(
    blocks: Sequence[Seen], left_out: Mapping[str, str], row: str, column: str, text: str
) -> Role | str:
    for block in blocks:
        if block.has(row, column) and (role := block.role(row, column, text)):
            return "left out" if block.title in left_out else role
    return ""


def _scored(role: Role | str, text: str, words: Container[str]) -> Role | str:
    """The role, but for a score that is missing."""
    is_missing = not text.strip() or (no_value(text) and text.strip() not in words)
    return "no score" if role == "score" and is_missing else role


def _line(blocks: Sequence[Seen], left_out: Mapping[str, str], less: Container[str], place: str) -> SeenLine:
    """Line with its role, blank where blocks differ about it; a criterion says where less of it is better."""
    roles = {"left out" if b.title in left_out else b.roles[place] for b in blocks if place in b.roles}
    role = roles.pop() if len(roles) == 1 else ""
    is_turned = role == "criterion" and any(b.names.get(place, "") in less for b in blocks)
    return SeenLine(place, role, "less is better" if is_turned else "")
