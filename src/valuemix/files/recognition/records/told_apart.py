"""Segments that no name tells: what tells scores of one place apart, or is listed elsewhere with weights or sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.records.columns import head_of, keys_of
from valuemix.files.recognition.records.crossing import are_crossed, segments_asked
from valuemix.files.recognition.records.numbers import MOST_KINDS
from valuemix.files.recognition.records.side_tables import segment_key
from valuemix.files.recognition.records.table import Records, records_of
from valuemix.files.tables.sheets.cells import column_key

__all__ = ["with_segments"]

_WHOLE = (1.0, 10.0, 100.0)


def with_segments(records: Records, frames: Sequence[Frame], given: Reading) -> Records:
    """The records with their segments, where no name tells these.

    Parameters
    ----------
    records : Records
    frames : sequence of Frame
        The other tables of the file: one that lists the texts of a column with weights or sizes proves that they
        are segments; else it is asked.
    given : Reading
    """
    named = keys_of(records.frame, given)
    if not {"segment", "rater", "respondent"}.isdisjoint({*named.values(), *given.roles.values()}):
        return records
    free = [c for c, role in named.items() if role in ("group", "left out")]
    unsaid = [c for c in free if head_of(records.frame, c) not in given.roles]
    for column in unsaid:
        for frame in frames:
            roles = next(_listed(records, column, frame, has_option="option" in named.values()), None)
            found = None if roles is None else _read_again(records, roles, given)
            if found is not None:
                return found
    return _told_apart(records, unsaid, given)


def _read_again(records: Records, roles: dict[str, Role], given: Reading) -> Records | None:
    """The records as they are read with roles that are known now."""
    return records_of(records.frame, given.model_copy(update={"roles": {**roles, **given.roles}}))


def _told_apart(records: Records, free: Sequence[int], given: Reading) -> Records:
    """The records with the column as segments, which is asked, that makes a grid of scores that stood twice."""
    keys = records.keys
    place = [keys[role] for role in ("option", "criterion") if role in keys]
    if len(place) < 2 or not {"segment", "rater", "respondent"}.isdisjoint(keys):
        return records
    if are_crossed(records.frame, records.rows, place):
        return records
    few = [c for c in free if len(_texts(records, c)) <= MOST_KINDS]
    found = [c for c in few if are_crossed(records.frame, records.rows, [*place, c])]
    heads = [head_of(records.frame, c) for c in found]
    again = _read_again(records, {heads[0]: "segment"}, given) if heads else None
    return records if again is None else replace(again, questions=(*again.questions, segments_asked(heads)))


def _listed(records: Records, column: int, frame: Frame, *, has_option: bool) -> Iterator[dict[str, Role]]:
    """Roles that a table proves, in which the texts of a column have weights that add up, or sizes."""
    texts = {*map(segment_key, _texts(records, column))}
    segment: dict[str, Role] = {head_of(records.frame, column): "segment"}
    for side in (frame, frame.turned()):
        rows = [r for r in side.rows.places if segment_key(side.rows.names[r]) in texts]
        if len(rows) != len(texts):
            continue
        weighed = (roles for roles, names in _criteria(records, column) if _are_weights(side, rows, names))
        yield from (segment | roles for roles in weighed)
        if has_option and any(is_named("size", side.columns.names[c]) for c in side.columns.places):
            yield segment


def _criteria(records: Records, segment: int) -> Iterator[tuple[dict[str, Role], list[str]]]:
    """What the criteria may be called: the texts of another column, or the heads of several columns of scores."""
    for column, role in records.roles.items():
        if column != segment and role in ("criterion", "option", "segment", "left out", "group"):
            yield {head_of(records.frame, column): "criterion"}, _texts(records, column)
    if len(records.values) > 1:
        yield {}, [head_of(records.frame, c) for c in records.values]


def _are_weights(side: Frame, rows: Sequence[int], criteria: Sequence[str]) -> bool:
    """Whether the numbers of some criteria are there in all rows, and add up to 1, 10 or 100 in each."""
    columns = {column_key(side.columns.names[c]): c for c in reversed(side.columns.places)}
    found = [columns.get(column_key(name), -1) for name in criteria]
    if len(found) < 2 or -1 in found:
        return False
    sums = side.grid.numbers[np.ix_(list(rows), found)].sum(axis=1)
    return any(bool(np.isclose(sums, whole, rtol=2e-3).all()) for whole in _WHOLE)


def _texts(records: Records, column: int) -> list[str]:
    """The different texts of a column."""
    cells = records.frame.grid.texts[list(records.rows), column].tolist()
    return [text for text in dict.fromkeys(map(str, cells)) if text]
