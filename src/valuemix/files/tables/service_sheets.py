"""The tables of what a scenario may tell beside its scores: later points, delivery and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from valuemix.errors import Place, shorten
from valuemix.files.tables.cells import Draft, column_key, read_name, read_share
from valuemix.files.tables.columns import data_rows, find_columns
from valuemix.files.tables.sheets import read_points, tell_sum
from valuemix.files.tables.tables import Table
from valuemix.model.parts import Function, Link, Segment

__all__ = ["read_delivery", "read_later", "read_links"]

LaterPoints = dict[str, Mapping[str, float]]


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
    ids = list(dict.fromkeys(disciplines.values()))
    columns = find_columns(draft, table, {**disciplines, "segment": "segment"}, ("segment", *ids))
    if columns is None:
        return None
    found: LaterPoints = {}
    for row in data_rows(table):
        name = read_name(draft, table, row, columns["segment"])
        place = table.place(row.number, columns["segment"])
        if name in found:
            first = draft.places["later", name].row
            message = f"segment {shorten(name)!r} stands on rows {first} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        elif name:
            found[name] = read_points(draft, table, row, columns, ids, ("later", name))
            whose = f"the later points of {shorten(name)!r}"
            tell_sum(draft, whose, found[name], draft.places["later", name])
            draft.places["later", name] = place
    for segment in segments:
        if segment.name not in found:
            found[segment.name] = segment.points
            message = f"{shorten(segment.name)!r} has no row and keeps the points of today"
            draft.notice("KEPT", message, Place(file=table.file, sheet=table.sheet))
    return found


def read_delivery(draft: Draft, table: Table, disciplines: Mapping[str, str]) -> list[Function]:
    """Functions in their order; a blank cell says that nothing is lost there.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        Columns function and one a discipline; a discipline without a column loses nothing.
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.
    """
    ids = list(dict.fromkeys(disciplines.values()))
    columns = find_columns(draft, table, {**disciplines, "function": "function"}, ("function",))
    if columns is None:
        return []
    functions: list[Function] = []
    for row in data_rows(table):
        name = read_name(draft, table, row, columns["function"])
        if not name:
            continue
        i = len(functions)
        draft.places["delivery", i, "name"] = table.place(row.number, columns["function"])
        survives: dict[str, float | None] = {}
        for d in ids:
            path = ("delivery", i, "survives", d)
            survives[d] = read_share(draft, table, row, columns[d], path) if d in columns else None
            if survives[d] is None and path not in draft.spoilt:
                place = draft.places.get(path, table.place(row.number))
                what = place.column or d
                message = f"there is no share of {what} for {shorten(name)!r}, so none of it is lost there"
                draft.notice("NOTHING_LOST", message, place)
        functions.append(Function(name=name, survives=survives))
    return functions


def read_links(draft: Draft, table: Table) -> list[Link]:
    """Who serves whom: from, to, strength.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        With these three columns.
    """
    names = ("from", "to", "strength")
    columns = find_columns(draft, table, {column_key(name): name for name in names}, names)
    if columns is None:
        return []
    links: list[Link] = []
    for row in data_rows(table):
        i = len(links)
        for field, column in (("from_segment", "from"), ("to_segment", "to")):
            draft.places["links", i, field] = table.place(row.number, columns[column])
        ends = [read_name(draft, table, row, columns[column]) for column in names[:2]]
        path = ("links", i, "strength")
        strength = read_share(draft, table, row, columns["strength"], path)
        if strength is None and path not in draft.spoilt:
            draft.problem("MISSING", "strength is blank", "Write a share such as 0.5", draft.places[path])
        if all(ends) and strength is not None:
            links.append(Link(from_segment=ends[0], to_segment=ends[1], strength=strength))
    return links
