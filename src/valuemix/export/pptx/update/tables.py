"""Tables three-way: rows by their first cells, columns by their headings."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence, Set
from functools import partial
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.meaning import words_of
from valuemix.export.pptx.update.looks import Same
from valuemix.export.pptx.update.words import Tell, merge_text

__all__ = ["in_order", "merge_table", "told_apart"]

Name = tuple[str, int]

_NEAR = 12_700
"""Heights in EMU that are taken for equal: programs round them."""

_HEAD: Name = ("", -1)
"""Name of the row of headings."""


def told_apart(names: Sequence[str]) -> list[Name]:
    """Names with how often each stood before, so that every one is there once."""
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        result.append((name, seen[name]))
        seen[name] += 1
    return result


def in_order(ours: Sequence[Name], theirs: Sequence[Name], gone: set[Name], hidden: set[Name]) -> list[Name]:
    """Names in the order of ours; those that are theirs alone follow what they followed.

    Parameters
    ----------
    ours, theirs : sequences
        As they stand now, and in the file.
    gone : set
        Of theirs, those that are ours no more.
    hidden : set
        Of ours, those that people deleted.
    """
    result = [name for name in ours if name not in hidden]
    known, last = set(ours), -1
    for name in theirs:
        if name in known:
            last = result.index(name)
        elif name not in gone:
            last += 1
            result.insert(last, name)
    return result


class _Grid:
    """Cells of a table by row and column."""

    def __init__(self, table: Any) -> None:
        self.table, self.rows = table, table.findall(qn("a:tr"))
        heads = [_words(cell) for cell in self.rows[0].findall(qn("a:tc"))] if self.rows else []
        self.columns = told_apart(heads)
        firsts = [_words(row.find(qn("a:tc"))) if place else "" for place, row in enumerate(self.rows)]
        self.names = [_HEAD, *told_apart(firsts[1:])]
        self.by_name = dict(zip(self.names, self.rows, strict=True))

    def cells(self, row: Name) -> dict[Name, Any]:
        found = self.by_name.get(row)
        return {} if found is None else dict(zip(self.columns, found.findall(qn("a:tc")), strict=False))

    def adopt(self, base: _Grid) -> None:
        """Know rows and columns whose names people retyped by all that stands in them."""
        self.names = _adopted(self.names, self._lines(self.rows), base.names, base._lines(base.rows))
        self.by_name = dict(zip(self.names, self.rows, strict=True))
        self.columns = _adopted(self.columns, self._down(), base.columns, base._down())

    @staticmethod
    def _lines(rows: list[Any]) -> list[list[str]]:
        return [[_words(cell) for cell in row.findall(qn("a:tc"))[1:]] for row in rows]

    def _down(self) -> list[list[str]]:
        return [
            [_words(row.findall(qn("a:tc"))[place]) for row in self.rows[1:]]
            for place in range(len(self.columns))
        ]

    def widths(self) -> dict[Name, Any]:
        return dict(zip(self.columns, self.table.iter(qn("a:gridCol")), strict=False))


def _adopted(
    names: list[Name], lines: list[list[str]], base: list[Name], known: list[list[str]]
) -> list[Name]:
    """Names, where one is unknown that of the missing line of base with the same content."""
    missing = {name: line for name, line in zip(base, known, strict=True) if name not in names and any(line)}
    result = []
    for name, line in zip(names, lines, strict=True):
        found = name if name in base else next((old for old, own in missing.items() if own == line), name)
        missing.pop(found, None)
        result.append(found)
    return result


def _words(cell: Any) -> str:
    return " ".join(words_of(cell))


def merge_table(
    base: Any, ours: Any, theirs: Any, same: Same, tell: Tell, *, untouched: bool = False
) -> None:
    """Bring a table up to date; elements and parameters as for `merge_text`, of ``a:tbl``."""
    b, o, t = _Grid(base), _Grid(ours), _Grid(theirs)
    t.adopt(b)
    typed, retyped = _typed_and_gone(b, o, t), {name: _typed(b, t, name) for name in t.names}
    spared = {each for cells in retyped.values() for each in cells} - {*o.columns}
    columns = _kept(b.columns, o.columns, t.columns, spared)
    names = _kept(b.names, o.names, t.names, {*typed})
    rows: list[Any] = []
    for before, name in zip([names[0], *names], names, strict=False):
        is_new, model = name not in t.by_name, _model(t, name, before)
        row = _clone(t.by_name[model]) if is_new else t.by_name[name]
        if name in o.by_name:
            was = b.cells(model)
            _merge_row(was, o.cells(name), row, columns, t, same, tell, name, untouched=untouched or is_new)
            _resize(b.by_name.get(model), o.by_name[name], row)
            _leave_columns(row, columns, spared, {} if is_new else retyped[name], name, tell)
        elif name in typed:
            _leave_theirs(t.cells(name), typed[name], name, tell)
        rows.append(row)
    _put_columns(t, o, columns)
    _put_rows(t, rows)


def _resize(base: Any, ours: Any, row: Any) -> None:
    """Make a row as high as ours where nobody made it higher or lower."""
    if base is not None and abs(int(base.get("h")) - int(row.get("h"))) <= _NEAR:
        row.set("h", ours.get("h"))


def _put_rows(theirs: _Grid, rows: list[Any]) -> None:
    for row in theirs.rows:
        theirs.table.remove(row)
    theirs.table.extend(rows)


def _model(theirs: _Grid, name: Name, before: Name) -> Name:
    """The row itself; of a new one that which it is to look like: the one before it, or the last."""
    if name in theirs.by_name:
        return name
    return before if before in theirs.by_name and before != _HEAD else theirs.names[-1]


def _typed_and_gone(base: _Grid, ours: _Grid, theirs: _Grid) -> dict[Name, dict[Name, Any]]:
    """Rows that are no more in which people put other words, with the cells of these."""
    found = {name: _typed(base, theirs, name) for name in base.names if name not in ours.by_name}
    return {name: cells for name, cells in found.items() if cells}


def _typed(base: _Grid, theirs: _Grid, row: Name) -> dict[Name, Any]:
    """Cells of a row in which people put other words."""
    was = base.cells(row)
    return {
        column: cell
        for column, cell in theirs.cells(row).items()
        if column in was and _words(cell) != _words(was[column])
    }


def _leave_theirs(cells: dict[Name, Any], typed: dict[Name, Any], row: Name, tell: Tell) -> None:
    """Of a row that there is no more leave its name and what people put into it: our figures are true no more."""
    for place, (column, cell) in enumerate(cells.items()):
        if column in typed:
            tell(_place(row, column), _words(cell), "")
        elif place:
            _empty(cell)


def _leave_columns(
    row: Any, columns: list[Name], spared: Set[Name], typed: dict[Name, Any], name: Name, tell: Tell
) -> None:
    """The same of columns that there are no more, in a row that there is."""
    for column, cell in zip(columns, row.findall(qn("a:tc")), strict=False):
        if column in spared and column in typed:
            tell(_place(name, column), _words(cell), "")
        elif column in spared and name != _HEAD:
            _empty(cell)


def _kept(
    base: list[Name], ours: list[Name], theirs: list[Name], spared: Set[Name] = frozenset()
) -> list[Name]:
    """Names that stay or come, in their order."""
    gone = {name for name in base if name not in ours} - spared
    hidden = {name for name in base if name in ours and name not in theirs}
    return in_order(ours, theirs, gone, hidden)


def _clone(row: Any) -> Any:
    """A row that looks the same, without the id that tells it from others."""
    new = copy.deepcopy(row)
    for each in new.findall(qn("a:extLst")):
        new.remove(each)
    return new


def _merge_row(
    base: dict[Name, Any],
    ours: dict[Name, Any],
    row: Any,
    columns: list[Name],
    theirs: _Grid,
    same: Same,
    tell: Tell,
    name: Name,
    *,
    untouched: bool,
) -> None:
    """Cells of one row in the order of the columns."""
    found = dict(zip(theirs.columns, row.findall(qn("a:tc")), strict=False))
    rest = row.findall(qn("a:tc"))
    cells = []
    for column in columns:
        cell = found.get(column)
        if cell is None:
            cell = copy.deepcopy(ours.get(column))
        elif column in ours:
            told = partial(_tell_of, tell, _place(name, column))
            _merge_cell(base.get(column), ours[column], cell, same, told, untouched=untouched)
        if cell is not None:
            cells.append(cell)
    for cell in rest:
        row.remove(cell)
    row[0:0] = cells


def _tell_of(tell: Tell, place: str, _what: str, theirs: str, ours: str) -> None:
    tell(place, theirs, ours)


def _place(row: Name, column: Name) -> str:
    return ", ".join(filter(None, [row[0], column[0]])) or "heading"


def _merge_cell(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell, *, untouched: bool) -> None:
    """Words first, then the ground and the lines of a cell."""
    if base is None:
        base, untouched = ours, True
    bodies = [each.find(qn("a:txBody")) for each in (base, ours, theirs)]
    merge_text(bodies[0], bodies[1], bodies[2], same, tell, untouched=untouched)
    before, now, found = (each.find(qn("a:tcPr")) for each in (base, ours, theirs))
    if not same(before, now) and same(before, found):
        theirs.replace(found, copy.deepcopy(now))


def _put_columns(theirs: _Grid, ours: _Grid, columns: list[Name]) -> None:
    """Widths in the order of the columns; rows that are theirs alone get or lose a cell."""
    old, new = theirs.widths(), ours.widths()
    if list(old) == columns:
        return
    grid = theirs.table.find(qn("a:tblGrid"))
    for each in old.values():
        grid.remove(each)
    grid[0:0] = [old[name] if name in old else copy.deepcopy(new[name]) for name in columns]
    for name, row in theirs.by_name.items():
        if name not in ours.by_name:
            _fit(row, theirs.columns, columns)


def _fit(row: Any, before: list[Name], columns: list[Name]) -> None:
    cells = dict(zip(before, row.findall(qn("a:tc")), strict=False))
    blank = next(iter(cells.values()))
    for each in cells.values():
        row.remove(each)
    row[0:0] = [cells[name] if name in cells else _blank(blank) for name in columns]


def _blank(cell: Any) -> Any:
    new = copy.deepcopy(cell)
    _empty(new)
    return new


def _empty(cell: Any) -> None:
    for each in list(cell.iter(qn("a:r"))):
        each.getparent().remove(each)
