"""Columns of texts that cross: every row another pair, so that what nobody named is told by how it is laid out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import head_of

__all__ = ["Crossing", "crossing_of"]

_CROSSED: tuple[Role, ...] = (
    "option",
    "criterion",
    "segment",
    "rater",
    "respondent",
    "group",
    "index",
    "left out",
)
_FREE: tuple[Role, ...] = ("group", "index", "left out")
_PAIR = 2
_LEAST_ROWS = 4
_FULL, _APART = 0.5, 0.95


@dataclass(frozen=True)
class Crossing:
    """Roles of columns that nobody named, and what is asked of them.

    Parameters
    ----------
    roles : mapping of int to Role
        By column.
    questions : tuple of Question
    """

    roles: Mapping[int, Role]
    questions: tuple[Question, ...] = ()


def crossing_of(
    frame: Frame, rows: Sequence[int], keys: Mapping[int, Role], scores: Sequence[int], given: Reading
) -> Crossing | None:
    """Roles of columns whose texts cross; None where none do, or where nothing would be left to judge by.

    Parameters
    ----------
    frame : Frame
    rows : sequence of int
        Rows of the records.
    keys : mapping of int to Role
        What columns of texts and ids are by their names.
    scores : sequence of int
        Columns of scores: one alone tells that a column of texts names the criterion.
    given : Reading
    """
    crossed = () if {"criterion", "option"} <= {*keys.values()} else _crossed(frame, rows, keys)
    if len(crossed) < _PAIR:
        return None
    free = [c for c in crossed if keys[c] in _FREE and head_of(frame, c) not in given.roles]
    wanted = _wanted({keys[c] for c in crossed}, len(scores))
    if not wanted or len(free) < len(wanted):
        return None
    others: Role = "segment" if "segment" not in keys.values() else "rater"
    # The criterion stands last, the option before it, and before them who buys or who scored.
    roles = {**dict.fromkeys(free, others), **dict(zip(reversed(free), wanted, strict=False))}
    return Crossing(roles, tuple(_questions(frame, roles, keys, given)))


def _wanted(taken: set[Role], scores: int) -> list[Role]:
    """What no column is yet: one column of scores alone needs one that names the criterion."""
    wanted: tuple[Role, ...] = ("criterion", "option") if scores == 1 else ("option",)
    return [role for role in wanted if role not in taken]


_ASKED: dict[Role, str] = {
    "criterion": "Does {} name what the options are judged by (the criteria)?",
    "segment": "Does {} name segments of customers?",
    "rater": "Does {} name people who scored?",
}


def _questions(
    frame: Frame, roles: Mapping[int, Role], keys: Mapping[int, Role], given: Reading
) -> Iterator[Question]:
    """What is asked: all that is not the only way to read it; what is left is the option."""
    is_said = len(roles) == 1 and not {"option", "criterion"}.isdisjoint(given.roles.values())
    for column, role in roles.items():
        if role in _ASKED and keys[column] != "group" and not is_said:
            name = head_of(frame, column)
            text = _ASKED[role].format(repr(shorten(name)))
            yield Question(key="roles", about=(name,), text=text, guess=role)


def _crossed(frame: Frame, rows: Sequence[int], keys: Mapping[int, Role]) -> Sequence[int]:
    """Columns whose texts repeat while no two rows have the same of all, and most pairs are there."""
    texts = {c: frame.grid.texts[list(rows), c].tolist() for c in sorted(keys) if keys[c] in _CROSSED}
    counts = {c: len({*cells}) for c, cells in texts.items() if all(cells)}
    found = [c for c, count in counts.items() if 1 < count < len(rows)]
    found = [c for c in found if not any(_follows(texts, counts, c, other) for other in found)]
    apart = len({*zip(*(texts[c] for c in found), strict=True)})
    full = math.prod(counts[c] for c in found)
    is_grid = len(rows) >= _LEAST_ROWS and apart >= _APART * len(rows) >= _APART * _FULL * full
    return found if is_grid else ()


def _follows(texts: Mapping[int, list[str]], counts: Mapping[int, int], column: int, other: int) -> bool:
    """Whether a column says no more than another: a group of it, or the same in other words."""
    if column == other or counts[column] > counts[other]:
        return False
    pairs = len({*zip(texts[column], texts[other], strict=True)})
    return pairs == counts[other] and (counts[column] < counts[other] or other < column)
