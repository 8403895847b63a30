"""What each column of a table of records is: by its name, by what is in it, and by how columns cross."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.times import are_times
from valuemix.files.recognition.cells.words import Part, is_bare, is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.records.numbers import (
    answered_once,
    constant_within,
    numbers_beside,
    people_of,
)
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import BoolArray, FloatArray

__all__ = [
    "COUNTED",
    "counted_options",
    "divide_a_sum",
    "divided_among",
    "have_usual_sum",
    "head_of",
    "keys_of",
    "leftover",
    "numeric_of",
    "products_among",
    "repeats",
    "unsaid_scores",
]

_KEYS: tuple[tuple[Part, Role], ...] = (
    ("wave", "wave"), ("note", "note"), ("segment", "segment"), ("rater", "rater"), ("respondent", "respondent"),
    ("criterion", "criterion"), ("group", "group"), ("option", "option"), ("unit", "unit"), ("index", "index"),
)  # fmt: skip
_VALUES: tuple[tuple[Part, Role], ...] = (
    ("survey weight", "survey weight"), ("wave", "wave"), ("outcome", "outcome"), ("weight", "weight"),
    ("respondent", "respondent"), ("rank", "rank"), ("note", "note"), ("index", "index"),
)  # fmt: skip
_INITIALS, _FEWEST, _DIVIDERS, _SAMPLED, _MOSTLY = 3, 4, 2, 16, 0.9
_SCALE = re.compile(r"[(\[]\s*\d+\s*(-|–|to|bis|à|a)\s*\d+")
COUNTED: tuple[Role, ...] = (
    "respondent", "wave", "survey weight", "weight", "option", "segment", "rater", "criterion", "size",
)  # fmt: skip
"""Keys of records that may be columns of numbers."""


def head_of(frame: Frame, column: int) -> str:
    """What stands over a column; in the row above where two rows of heads are merged."""
    heads = frame.grid.texts[max(frame.header - 1, 0) : frame.header + 1, column]
    return frame.columns.names.get(column) or str(heads[-1] or heads[0])


def _label(frame: Frame) -> int | None:
    """Column that the names of rows come from, which is not among the columns of texts."""
    columns = {*range(len(frame.grid.columns))} - {*frame.text_columns, *frame.columns.places}
    filled = [c for c in sorted(columns) if frame.grid.filled[frame.header + 1 :, c].any()]
    return filled[0] if filled else None


def keys_of(frame: Frame, given: Reading) -> dict[int, Role]:
    """Role of each column of texts: as the owner said, by its cells where they are dates, or by its name."""
    label = _label(frame)
    columns = sorted([*frame.text_columns, *([label] if label is not None else [])])
    found: dict[int, Role] = {}
    for column in columns:
        head = head_of(frame, column)
        said = given.roles.get(head)
        role = said or _named_key(frame, column, head)
        if role is not None and (role not in found.values() or said):
            found[column] = role
        else:
            found[column] = "left out"
    return found


def _named_key(frame: Frame, column: int, head: str) -> Role | None:
    cells = [text for text in frame.grid.texts[frame.header + 1 :, column].tolist() if text]
    if are_times(cells):
        return "wave"
    return next((role for part, role in _KEYS if is_named(part, head)), None)


def numeric_of(
    frame: Frame, given: Reading, rows: Sequence[int], texts: Mapping[int, Role]
) -> dict[int, Role]:
    """Role of each column of numbers, by its name and by arithmetic; a criterion is a ``"score"``.

    Parameters
    ----------
    frame : Frame
    given : Reading
    rows : sequence of int
        Of the records, without sums.
    texts : mapping of int to Role
        Columns of texts.
    """
    found = {column: _named_number(head_of(frame, column), given) for column in frame.columns.places}
    if {*found.values()} == {"note"} and len(found) == 1:
        found = dict.fromkeys(found, "score")  # Where nothing else is scored, a verdict is.
    found |= numbers_beside(frame, rows, unsaid_scores(frame, found, given))
    found |= dict.fromkeys(products_among(frame, found, given), "derived")
    _take_people(frame, rows, texts, found, given)
    return found


def _named_number(head: str, given: Reading) -> Role:
    said = given.roles.get(head)
    if said is not None:
        return "score" if said == "criterion" else said
    named = () if is_named("score", head) else _VALUES
    return next((role for part, role in named if is_named(part, head)), "score")


def unsaid_scores(frame: Frame, roles: Mapping[int, Role], given: Reading) -> list[int]:
    """Columns of numbers that are scores as far as is known, and that the owner said nothing of."""
    return [c for c, role in roles.items() if role == "score" and head_of(frame, c) not in given.roles]


def counted_options(frame: Frame, roles: Mapping[int, Role], given: Reading) -> list[int]:
    """Columns of whole numbers that are called as offers are, and so name them."""
    scores = unsaid_scores(frame, roles, given)
    if divide_a_sum(frame, scores):
        return []
    return [c for c in scores if is_bare("option", head_of(frame, c)) and _is_counted(frame, c)]


def products_among(frame: Frame, roles: Mapping[int, Role], given: Reading) -> list[int]:
    """Columns of numbers that are weight times score in every row, as shares, points or percent."""
    weights = [c for c, role in roles.items() if role == "weight"]
    scores = [
        c for c, role in roles.items() if role in ("score", "total") and head_of(frame, c) not in given.roles
    ]
    return [c for c in scores if any(_is_product(frame, c, w, s) for w in weights for s in scores if s != c)]


def _is_product(frame: Frame, column: int, weight: int, score: int) -> bool:
    numbers, texts = frame.grid.numbers[frame.header + 1 :], frame.grid.texts[frame.header + 1 :, column]
    rows = np.isfinite(numbers[:, [column, weight, score]]).all(axis=1)
    places = np.full(int(rows.sum()), decimals_of(texts[rows]).max(initial=0))
    products = numbers[rows, weight] * numbers[rows, score]
    return rows.sum() >= _FEWEST and any(
        bool(equal_as_printed(products * share, numbers[rows, column], places).all()) for share in (1.0, 0.01)
    )


def _take_people(
    frame: Frame, rows: Sequence[int], texts: Mapping[int, Role], roles: dict[int, Role], given: Reading
) -> None:
    """Numbers that name people are who answered; what is the same in all their rows is theirs, and no rating."""
    named = [c for c, role in (*roles.items(), *texts.items()) if role == "respondent"]
    if not named:
        named = _people_unnamed(frame, rows, texts, roles, given)
        roles |= dict.fromkeys(named, "respondent")
    people = next(iter(named), None)
    weights = [c for c, role in roles.items() if role == "weight"]
    roles |= dict.fromkeys((c for c in weights if _is_of_people(frame, rows, c, people)), "survey weight")
    if people is not None:
        roles |= dict.fromkeys(_theirs(frame, rows, people, unsaid_scores(frame, roles, given)), "note")


def _people_unnamed(
    frame: Frame, rows: Sequence[int], texts: Mapping[int, Role], roles: Mapping[int, Role], given: Reading
) -> list[int]:
    """The column of ids or codes that come again as people do, or none."""
    again = [c for c, role in roles.items() if role == "index" and repeats(frame, rows, c)]
    free = [c for c, role in texts.items() if role in ("left out", "index")]
    unsaid = [c for c in free if head_of(frame, c) not in given.roles]
    offered = [c for c, role in texts.items() if role not in ("segment", "rater", "criterion")]
    found = people_of(frame, rows, unsaid_scores(frame, roles, given), offered, unsaid)
    return again[:1] or found or _answered_once(frame, rows, texts, unsaid)


def _answered_once(
    frame: Frame, rows: Sequence[int], texts: Mapping[int, Role], codes: Sequence[int]
) -> list[int]:
    """The column of codes of which none comes again, where people rate the one offer that is named beside it."""
    named = [c for c, role in texts.items() if role not in ("note", "wave", "unit")]
    again = [c for c in named if repeats(frame, rows, c)]
    return [*answered_once(frame, rows, codes, again)][:1] if "option" in texts.values() else []


def _theirs(frame: Frame, rows: Sequence[int], people: int, scores: Sequence[int]) -> list[int]:
    """Numbers that say the same in all rows of a person, such as an age; none where all do."""
    bare = [c for c in scores if not _SCALE.search(head_of(frame, c))]
    theirs = [c for c in bare if constant_within(frame, rows, c, [people])]
    return theirs if len(theirs) < len(scores) else []


def divide_a_sum(frame: Frame, columns: Sequence[int]) -> bool:
    """Whether every row divides one sum over these columns, such as 100 points: "Brand" is one of them then."""
    if len(columns) < 3:
        return False
    numbers = frame.grid.numbers[frame.header + 1 :, columns]
    sums = numbers[np.isfinite(numbers).all(axis=1)].sum(axis=1)
    return bool(sums.size > 1 and np.ptp(sums) <= 1e-6 * abs(sums[0]))


def divided_among(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """The longest run of columns, three or more, over which every row divides one sum; none where there is none."""
    cells = frame.grid.numbers[np.ix_(list(rows), list(columns))]
    with np.errstate(over="ignore", invalid="ignore"):
        runs = (run for run in _runs_of_one_sum(cells) if _are_divided(cells[:, slice(*run)]))
        return [*columns[slice(*next(runs, (0, 0)))]]


def _runs_of_one_sum(cells: FloatArray) -> list[tuple[int, int]]:
    """Starts and ends of runs of columns, the longest first, over which the first rows have one sum or are blank."""
    added = np.cumsum(np.nan_to_num(cells[:_SAMPLED]), axis=1)
    added = np.concatenate([np.zeros((len(added), 1)), added], axis=1)
    sums = added[:, None, :] - added[:, :, None]
    usual = np.median(sums, axis=0) if len(sums) else np.zeros(sums.shape[1:])
    alike = (np.abs(sums - usual) <= 1e-6 * usual) | (sums == 0)
    starts, ends = np.nonzero(np.triu(alike.mean(axis=0) >= _MOSTLY, 3) & (usual > 0))
    return sorted(zip(starts.tolist(), ends.tolist(), strict=True), key=lambda run: (run[0] - run[1], run[0]))


def _are_divided(cells: FloatArray) -> bool:
    """Whether nearly all rows with any number divide one sum, a blank being 0; what they have alike is a total."""
    numbers = np.nan_to_num(cells[np.isfinite(cells).any(axis=1)])
    if len(numbers) < _DIVIDERS or (numbers < 0).any():
        return False
    usual = np.median(numbers, axis=0)
    are_totals = ((numbers == usual).mean(axis=0) >= _MOSTLY) & (usual != 0)
    return bool(have_usual_sum(numbers).mean() >= _MOSTLY and not are_totals.any())


def have_usual_sum(cells: FloatArray) -> BoolArray:
    """Which rows add up to what most do, a blank being 0, shape (n,); none where that is nothing."""
    sums = np.nan_to_num(cells).sum(axis=1)
    usual = float(np.median(sums)) if sums.size else 0.0
    return np.asarray((np.abs(sums - usual) <= 1e-6 * usual) & (usual > 0))


def _is_counted(frame: Frame, column: int) -> bool:
    """Whether numbers in a column count things, so that they may name them."""
    cells = frame.grid.numbers[frame.header + 1 :, column]
    there = cells[np.isfinite(cells)]
    return bool(there.size and (there == np.round(there)).all() and len({*there.tolist()}) > 1)


def repeats(frame: Frame, rows: Sequence[int], column: int | None) -> bool:
    """Whether a text of a column stands in several of some rows."""
    if column is None:
        return False
    texts = [text for text in frame.grid.texts[list(rows), column].tolist() if text]
    return len({*texts}) < len(texts)


def leftover(frame: Frame, rows: Sequence[int], keys: dict[int, Role], by_role: dict[Role, int]) -> None:
    """A column of texts that nothing names is the option, where there is no other."""
    people = by_role.get("respondent")
    alone = people is not None and not repeats(frame, rows, people)
    if "option" in by_role or (alone and divided_among(frame, rows, frame.columns.places)):
        return
    left = [
        c
        for c, role in keys.items()
        if role in ("left out", "group") and frame.grid.filled[list(rows), c].mean() > 0.9
    ]
    repeated = [c for c in left if repeats(frame, rows, c)]
    # What stays the same in all rows of a respondent is theirs, not an offer that they rated.
    varied = [c for c in repeated if not _is_of_people(frame, rows, c, by_role.get("respondent"))]
    for column in [*_initials_last(frame, rows, varied), *repeated, *left][:1]:
        keys[column], by_role["option"] = "option", column
        return


def _initials_last(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Columns with those last whose texts are as short as initials, which say who rated."""
    cells = frame.grid.texts[list(rows)]
    return sorted(columns, key=lambda c: max(map(len, cells[:, c].tolist())) <= _INITIALS)


def _is_of_people(frame: Frame, rows: Sequence[int], column: int, people: int | None) -> bool:
    """Whether a column says the same in all rows of a respondent, where respondents have several."""
    if people is None or not repeats(frame, rows, people):
        return False
    cells = frame.grid.texts[list(rows)]
    pairs = {(who, said) for who, said in zip(cells[:, people], cells[:, column], strict=True)}
    return len(pairs) == len({*cells[:, people].tolist()})
