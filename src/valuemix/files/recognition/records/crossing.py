"""Columns of texts that cross: every row another pair, so that what nobody named is told by how it is laid out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import head_of

__all__ = ["Crossing", "are_crossed", "crossed_columns", "crossing_of", "free_among", "segments_asked"]

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
_MOST_CROSSED = 7


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
    frame: Frame, crossed: Sequence[int], keys: Mapping[int, Role], given: Reading, criterion: Sequence[int]
) -> Crossing | None:
    """Roles of columns whose texts cross; None where none do, or where nothing would be left to judge by.

    Parameters
    ----------
    frame : Frame
    crossed : sequence of int
        Columns whose texts cross.
    keys : mapping of int to Role
        What columns of texts and ids are by their names.
    given : Reading
    criterion : sequence of int
        Where the criteria are named: the columns that may be it, the last as likely as its place; the one that sums
        and weights tell alone; none where several columns of scores are the criteria.
    """
    taken = {keys[c] for c in crossed}
    free = free_among(frame, crossed, keys, given)
    told = [c for c in criterion[-1:] if "criterion" not in taken and c in free]
    left = [c for c in free if c not in told]
    lacking = {"criterion"} - taken if criterion and not told else set()
    lacking |= set() if left else {"option"} - taken
    if len(crossed) < _PAIR or lacking:
        return None
    roles = _roles(left, told, taken, keys)
    asked = tuple(_questions(frame, roles, keys, given, criterion if len(criterion) == 1 else ()))
    return Crossing(roles, asked) if roles else None


def _roles(
    left: Sequence[int], told: Sequence[int], taken: set[Role], keys: Mapping[int, Role]
) -> dict[int, Role]:
    """The criterion stands last, the option before it, and before them who buys or who scored."""
    others: Role = "segment" if "segment" not in keys.values() else "rater"
    roles: dict[int, Role] = dict.fromkeys(left, others)
    roles |= {} if "option" in taken else {left[-1]: "option"}
    return roles | dict.fromkeys(told, "criterion")


def free_among(frame: Frame, crossed: Sequence[int], keys: Mapping[int, Role], given: Reading) -> list[int]:
    """Columns that neither a name nor the owner tells what they are."""
    return [c for c in crossed if keys[c] in _FREE and head_of(frame, c) not in given.roles]


_ASKED: dict[Role, str] = {
    "criterion": "Does {} name what the options are judged by (the criteria)?",
    "segment": "Does {} name segments of customers?",
    "rater": "Does {} name people who scored?",
}


def segments_asked(heads: Sequence[str]) -> Question:
    """The question whether a column, the first of those that may, names the segments."""
    text = _ASKED["segment"].format(" or ".join(repr(shorten(head)) for head in heads))
    return Question(key="roles", about=(heads[0],), text=text, guess="segment")


def _questions(
    frame: Frame, roles: Mapping[int, Role], keys: Mapping[int, Role], given: Reading, told: Sequence[int]
) -> Iterator[Question]:
    """What is asked: all that is not the only way to read it; what is left is the option."""
    is_said = len(roles) == 1 and not {"option", "criterion"}.isdisjoint(given.roles.values())
    for column, role in roles.items():
        if role in _ASKED and keys[column] != "group" and not is_said and column not in told:
            name = head_of(frame, column)
            text = _ASKED[role].format(repr(shorten(name)))
            yield Question(key="roles", about=(name,), text=text, guess=role)


def crossed_columns(frame: Frame, rows: Sequence[int], keys: Mapping[int, Role]) -> list[int]:
    """The fewest columns whose texts repeat while no two rows have the same of all, and most pairs are there."""
    texts = _repeated(frame, rows, keys)
    counts = {c: len({*cells}) for c, cells in texts.items()}
    found = [c for c in texts if not any(_follows(texts, counts, c, other) for other in texts)][
        :_MOST_CROSSED
    ]
    named = {c for c in found if keys[c] not in _FREE}
    grids = [chosen for chosen in _chosen(found) if named <= {*chosen} and _is_grid(texts, counts, chosen)]
    return [*min(grids, key=lambda chosen: (math.prod(counts[c] for c in chosen), chosen), default=())]


def are_crossed(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether some columns tell nearly every row apart, and half of all combinations of their texts are there."""
    texts = {c: frame.grid.texts[list(rows), c].tolist() for c in columns}
    return _is_grid(texts, {c: len({*cells}) for c, cells in texts.items()}, tuple(columns))


def _repeated(frame: Frame, rows: Sequence[int], keys: Mapping[int, Role]) -> dict[int, list[str]]:
    """Texts of the columns that may cross: none is blank, and some come again."""
    texts = {c: frame.grid.texts[list(rows), c].tolist() for c in sorted(keys) if keys[c] in _CROSSED}
    return {c: cells for c, cells in texts.items() if all(cells) and 1 < len({*cells}) < len(rows)}


def _chosen(columns: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Two columns or more of these, in every way."""
    for size in range(_PAIR, len(columns) + 1):
        yield from itertools.combinations(columns, size)


def _is_grid(texts: Mapping[int, list[str]], counts: Mapping[int, int], chosen: Sequence[int]) -> bool:
    """Whether nearly every row has another combination of texts, and half of all combinations are there."""
    rows = len(texts[chosen[0]])
    apart = len({*zip(*(texts[c] for c in chosen), strict=True)})
    full = math.prod(counts[c] for c in chosen)
    return rows >= _LEAST_ROWS and apart >= _APART * rows >= _APART * _FULL * full


def _follows(texts: Mapping[int, list[str]], counts: Mapping[int, int], column: int, other: int) -> bool:
    """Whether a column says no more than another: a group of it, or the same in other words."""
    if column == other or counts[column] > counts[other]:
        return False
    pairs = len({*zip(texts[column], texts[other], strict=True)})
    return pairs == counts[other] and (counts[column] < counts[other] or other < column)
