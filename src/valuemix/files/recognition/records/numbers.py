"""What columns of numbers beside records are, by arithmetic: ids, ages, dates, weights, totals of a row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Role
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import IntArray

__all__ = [
    "MOST_KINDS",
    "answered_once",
    "are_kinds_of",
    "codes_of",
    "constant_within",
    "is_alike_in_part",
    "is_size_of",
    "numbers_beside",
    "people_of",
    "totals_of",
    "weight_among",
]

_LEAST, _MANY, _PAIR, _FEW = 4, 8, 2, 9
_CODE = re.compile(r"[^\W\d]{1,4}[-_. ]?\d{2,}|[^@\s]+@[^@\s]+")
_SURE = 6
"""Rows that must say the same as another before that is no chance."""
_GAPS = 1.5
_MOST_COLUMNS, _OFTEN = 30, 0.9
MOST_KINDS = 12
"""Different texts of a column at most, for it to name segments."""
_WHOLE = (1.0, 10.0, 100.0)
_TIMES = ((1900, 2100), (19000101, 21001231))


def codes_of(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> IntArray:
    """Which of the different texts of some columns, taken together, each row has, shape (n,)."""
    at, codes = list(rows), frame.grid.codes
    found = np.zeros(len(at), dtype=np.intp)
    for column in columns:
        own = codes[at, column]
        found = np.unique(found * (int(own.max(initial=0)) + 1) + own, return_inverse=True)[1]
    return found


def numbers_beside(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> dict[int, Role]:
    """Columns of numbers that count the rows, or say when: an ``"index"`` or a ``"wave"``."""
    found: dict[int, Role] = {}
    for column in columns:
        cells = frame.grid.numbers[list(rows), column]
        if len(rows) < _LEAST or not (np.isfinite(cells).all() and (cells == np.round(cells)).all()):
            continue
        steps = np.diff(cells)
        if len(rows) >= _MANY and (steps > 0).all() and steps.mean() <= _GAPS:
            found[column] = "index"
        elif any(((low <= cells) & (cells <= high)).all() for low, high in _TIMES):
            found[column] = "wave"
    return found


def people_of(
    frame: Frame, rows: Sequence[int], columns: Sequence[int], texts: Sequence[int], codes: Sequence[int]
) -> list[int]:
    """The column of numbers or codes that are people, or none: each comes again, once with every offer.

    Of more than a questionnaire has, a name tells the one.
    """
    numbered = [c for c in columns if _are_whole(frame, rows, c)]
    coded = [c for c in codes if _are_codes(frame, rows, c)]
    if len(columns) > _MOST_COLUMNS or len(rows) < _MANY:
        return []
    found = (
        column
        for column in (*numbered, *coded)
        if _are_people(frame, rows, column, [c for c in (*texts, *columns) if c != column])
        and _are_offered(frame, rows, column, [c for c in texts if c != column])
    )
    return [*itertools.islice(found, 1)]


def _are_whole(frame: Frame, rows: Sequence[int], column: int) -> bool:
    cells = frame.grid.numbers[list(rows), column]
    return bool(np.isfinite(cells).all() and (cells == np.round(cells)).all())


def _are_codes(frame: Frame, rows: Sequence[int], column: int) -> bool:
    """Whether texts are codes or addresses of more people than a panel has, such as R001 to R048."""
    texts = {*frame.grid.texts[list(rows), column].tolist()}
    return len(texts) >= _MANY and all(map(_CODE.fullmatch, texts))


def _are_people(frame: Frame, rows: Sequence[int], column: int, others: Sequence[int]) -> bool:
    """Whether numbers come again, in rows one after the other, or as many of which another column says the same."""
    who = codes_of(frame, rows, [column])
    count = int(who.max()) + 1
    if count < _LEAST or _PAIR * count > len(rows):
        return False
    is_together = int((np.diff(who) != 0).sum()) == count - 1
    return is_together or (count >= _MANY and any(constant_within(frame, rows, c, [column]) for c in others))


def _are_offered(frame: Frame, rows: Sequence[int], column: int, texts: Sequence[int]) -> bool:
    """Whether some column of texts has each of its texts at most once with each number, or two together do."""
    repeated = [c for c in texts if 1 < len({*frame.grid.texts[list(rows), c].tolist()}) < len(rows) // 2]
    chosen = (*itertools.combinations(repeated, 1), *itertools.combinations(repeated[:_FEW], 2))
    return any(_are_apart(frame, rows, [column, *with_it]) for with_it in chosen)


def _are_apart(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether no two rows have the same texts in some columns."""
    return int(codes_of(frame, rows, columns).max()) + 1 == len(rows)


def answered_once(
    frame: Frame, rows: Sequence[int], codes: Sequence[int], texts: Sequence[int]
) -> Iterator[int]:
    """Columns of codes of which none comes again, while what else names the rows often does."""
    often = bool(texts) and _PAIR * (int(codes_of(frame, rows, texts).max(initial=0)) + 1) <= len(rows)
    for column in codes if often else ():
        if _are_codes(frame, rows, column) and _are_apart(frame, rows, [column]):
            yield column


def constant_within(frame: Frame, rows: Sequence[int], column: int, keys: Sequence[int]) -> bool:
    """Whether a column varies, but not among rows with the same keys, of which there are two or more for most."""
    groups = codes_of(frame, rows, keys)
    count = int(groups.max()) + 1
    if _PAIR * count > len(rows) or len(rows) - count < _SURE:
        return False
    cells = frame.grid.codes[list(rows), column]
    # Every row says what the first, or some other row of its group does.
    said = np.empty(count, dtype=np.intp)
    said[groups] = cells
    return bool((said[groups] == cells).all() and (cells != cells[0]).any())


def are_kinds_of(frame: Frame, rows: Sequence[int], column: int, people: int) -> bool:
    """Whether a column has few texts, and the same in all rows of each of the people that another names."""
    kinds, filled = (
        {*frame.grid.texts[list(rows), column].tolist()} - {""},
        frame.grid.filled[list(rows), column],
    )
    count = int(codes_of(frame, rows, [people]).max()) + 1
    are_few = 1 < len(kinds) <= min(MOST_KINDS, count // _PAIR) and filled.mean() > _OFTEN
    return bool(are_few and (count == len(rows) or constant_within(frame, rows, column, [people])))


def is_size_of(frame: Frame, rows: Sequence[int], column: int, segment: int) -> bool:
    """Whether numbers are the sizes of segments: one for each, which are called so or add up to a whole."""
    if not constant_within(frame, rows, column, [segment]):
        return False
    firsts = np.unique(codes_of(frame, rows, [segment]), return_index=True)[1]
    sizes = frame.grid.numbers[list(rows), column][firsts]
    named = is_named("size", str(frame.grid.texts[frame.header, column]))
    is_whole = any(abs(sizes.sum() - whole) <= 0.011 * whole for whole in _WHOLE)
    return bool(np.isfinite(sizes).all() and (sizes > 0).all() and (named or is_whole))


def is_alike_in_part(frame: Frame, rows: Sequence[int], column: int, keys: Sequence[int]) -> bool:
    """Whether numbers are the same in all rows, or in all that have the same of some keys and not of others."""
    if len({*frame.grid.texts[list(rows), column].tolist()}) == 1:
        return True
    parts = itertools.combinations(keys, len(keys) - 1) if len(keys) > 1 else ()
    return any(constant_within(frame, rows, column, part) for part in parts)


def totals_of(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Columns that are the sum or the mean of all other scores of a row, with the formula and how many agree."""
    found: dict[int, tuple[str, int]] = {}
    for column in reversed(columns):
        others = [c for c in columns if c != column and c not in found]
        formula = _formula_of(frame, rows, column, others) if len(others) >= _PAIR else None
        if formula is not None:
            found[column] = formula
    return found


def _formula_of(
    frame: Frame, rows: Sequence[int], column: int, others: Sequence[int]
) -> tuple[str, int] | None:
    totals = frame.grid.numbers[list(rows), column]
    there = np.isfinite(totals)
    if there.sum() < _LEAST or not np.ptp(totals[there]) > 0:
        return None
    # What the first rows do not bear out is no total, and not worth a look at thousands.
    if not any(_formulas(frame, rows[:_FEW], column, others)):
        return None
    formula = next(_formulas(frame, rows, column, others), None)
    return (formula, int(there.sum())) if formula else None


def _formulas(frame: Frame, rows: Sequence[int], column: int, others: Sequence[int]) -> Iterator[str]:
    """Formulas of other columns that give every number of one."""
    totals, places = frame.grid.numbers[list(rows), column], decimals_of(frame.grid.texts[list(rows), column])
    cells = frame.grid.numbers[np.ix_(rows, others)]
    known = np.isfinite(cells).sum(axis=1)
    sums = np.nansum(cells, axis=1)
    for formula, expected in (("sum", sums), ("mean", sums / np.maximum(known, 1))):
        if (equal_as_printed(expected, totals, places) | ~np.isfinite(totals)).all():
            yield formula


def weight_among(
    frame: Frame, rows: Sequence[int], columns: Sequence[int], keys: Sequence[int], roles: Mapping[int, Role]
) -> tuple[int, int] | None:
    """Column of weights and column of the criteria that they are of: the same for every offer, they add up alike.

    Parameters
    ----------
    frame : Frame
    rows : sequence of int
    columns : sequence of int
        Of numbers that may be weights or scores.
    keys : sequence of int
        Columns of texts that cross.
    roles : mapping of int to Role
        What these are by their names.
    """
    found = [
        (
            _add_up(frame, rows, column, criterion, others, known=roles.get(criterion) == "criterion"),
            column,
            criterion,
        )
        for column in (columns if len(columns) <= _MOST_COLUMNS else ())
        for criterion, others in _dependences(frame, rows, column, keys)
        if roles.get(criterion) not in ("segment", "rater", "respondent")
    ]
    surest, *weights = max(found, key=lambda one: one[0], default=(0, 0, 0))
    return (weights[0], weights[1]) if surest else None


def _dependences(
    frame: Frame, rows: Sequence[int], column: int, keys: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Each key with the other ones that a column of numbers depends on together, one or two, and no more."""
    for count in (1, 2):
        for chosen in itertools.combinations(keys, count):
            if count < len(keys) and constant_within(frame, rows, column, chosen):
                for key in chosen:
                    yield key, [c for c in chosen if c != key]
                return


def _add_up(
    frame: Frame, rows: Sequence[int], column: int, criterion: int, others: Sequence[int], *, known: bool
) -> int:
    """How surely numbers are weights of criteria: 2 where they add up to 1, 10 or 100, or the criteria are known.

    1 where they add up to another sum that is the same in every group; else 0.
    """
    firsts = np.unique(codes_of(frame, rows, [criterion, *others]), return_index=True)[1]
    weights = frame.grid.numbers[list(rows), column][firsts]
    groups = codes_of(frame, rows, others)[firsts] if others else np.zeros(len(firsts), dtype=int)
    sums = np.asarray(np.bincount(groups, weights=weights), dtype=float)
    if known or any(np.isclose(sums, whole, rtol=1e-3).all() for whole in _WHOLE):
        return 2
    return int(sums.size > 1 and bool(np.isfinite(sums).all()) and bool(np.ptp(sums) <= 1e-3 * abs(sums[0])))
