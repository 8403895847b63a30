"""Columns of texts that cross: every row another pair, so that what nobody named is told by how it is laid out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.shapes.columns import head_of, repeats

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
    crossed = _crossed(frame, rows, keys)
    if len(crossed) < _PAIR:
        return None
    free = [c for c in crossed if keys[c] in ("group", "index", "left out") and _is_open(frame, c, given)]
    taken = {keys[c] for c in crossed}
    others: Role = "segment" if "segment" not in keys.values() else "rater"
    roles: dict[int, Role] = dict.fromkeys(free, others)
    # The criterion stands last, the option before it, and before them who buys or who scored.
    wanted: list[Role] = ["criterion"] if len(scores) == 1 and "criterion" not in taken else []
    wanted += [] if "option" in taken else ["option"]
    if not wanted or len(free) < len(wanted):
        return None
    roles |= dict(zip(reversed(free), wanted, strict=False))
    return Crossing(roles, tuple(_questions(frame, roles, keys, given)))


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


def _is_open(frame: Frame, column: int, given: Reading) -> bool:
    return head_of(frame, column) not in given.roles


def _crossed(frame: Frame, rows: Sequence[int], keys: Mapping[int, Role]) -> list[int]:
    """Columns whose texts repeat while no two rows have the same of all, and most pairs are there."""
    found = [c for c, role in sorted(keys.items()) if role in _CROSSED and repeats(frame, rows, c)]
    texts = {c: frame.grid.texts[list(rows), c].tolist() for c in found}
    counts = {c: len({*cells}) for c, cells in texts.items()}
    found = [c for c in found if counts[c] > 1 and all(texts[c])]
    found = [c for c in found if not any(_follows(texts, counts, c, other) for other in found)]
    apart = len({*zip(*(texts[c] for c in found), strict=True)})
    full = math.prod(counts[c] for c in found)
    is_grid = len(rows) >= _LEAST_ROWS and apart >= _APART * len(rows) >= _APART * _FULL * full
    return found if is_grid else []


def _follows(texts: Mapping[int, list[str]], counts: Mapping[int, int], column: int, other: int) -> bool:
    """Whether a column says no more than another: a group of it, or the same in other words."""
    if column == other or counts[column] > counts[other]:
        return False
    pairs = len({*zip(texts[column], texts[other], strict=True)})
    return pairs == counts[other] and (counts[column] < counts[other] or other < column)
