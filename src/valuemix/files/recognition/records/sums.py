"""Rows of sums among records: by what they are called, and by arithmetic where no name tells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.grid import Texts
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["Sums", "sums_among"]

_MOST_NAMES, _MOST_ROWS, _MOST_SCORES = 30, 4000, 30
_LEAST, _CHANCE = 3, 1e-4
_OFTEN = 0.6


@dataclass(frozen=True)
class Sums:
    """Rows that add up others, or are their mean.

    Parameters
    ----------
    column : int
        Of the texts among which they have one of their own, such as "Total" among criteria.
    rows : frozenset of int
    formula : str
        ``"sum"``, ``"weighted sum"`` or ``"mean"``; blank where a name alone tells.
    agree, compared : int
        Numbers that are what the other rows give, and all.
    """

    column: int
    rows: frozenset[int]
    formula: str = ""
    agree: int = 0
    compared: int = 0

    @property
    def are_over_criteria(self) -> bool:
        """Whether they add up, as one does over criteria and never over offers."""
        return "sum" in self.formula


def sums_among(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> list[Sums]:
    """Rows of sums, by the column of texts in which they have a name of their own.

    Parameters
    ----------
    frame : Frame
    rows : sequence of int
        Of all records.
    columns : sequence of int
        Of texts.
    """
    left, found = [*rows], list[Sums]()
    for column in columns:
        named = _named(frame, left, column, columns)
        if named is not None:
            found.append(named)
            left = [r for r in left if r not in named.rows]
    if len(left) <= _MOST_ROWS and len(frame.columns.places) <= _MOST_SCORES:
        found += _unnamed(frame, left, columns)
    return found


def _named(frame: Frame, rows: Sequence[int], column: int, columns: Sequence[int]) -> Sums | None:
    """Rows whose name in a column says that they are sums, where that is plain or the others give them."""
    texts = {r: str(frame.grid.texts[r, column]) for r in rows}
    # Remarks stand in few rows: that they are missing says nothing.
    columns = [c for c in columns if frame.grid.filled[[*rows], c].mean() > _OFTEN]
    surely = [r for r in rows if _is_sum(texts[r]) or _begins(frame, r, texts[r], columns)]
    if 0 < len(surely) < len(rows):
        return _given(frame, rows, column, surely, columns)
    maybe = [r for r in rows if is_named("total", texts[r])]
    found = _given(frame, rows, column, maybe, columns) if 0 < len(maybe) < len(rows) else None
    return found if found is not None and found.formula else None


def _given(
    frame: Frame, rows: Sequence[int], column: int, named: Sequence[int], columns: Sequence[int]
) -> Sums:
    """Sums with the formula by which the other rows give most of them, if any does."""
    inside = np.isin(rows, named)
    each = [*_agreements(frame, rows, inside, column, columns, named=True)]
    formula, agree, compared = max(each, key=lambda one: (one[1], -one[2]), default=("", 0, 0))
    is_given = 2 * agree > compared
    return Sums(column, frozenset(named), *((formula, agree, compared) if is_given else ()))


def _is_sum(text: str) -> bool:
    return bool(text) and is_named("sum", text)


def _begins(frame: Frame, row: int, text: str, columns: Sequence[int]) -> bool:
    """Whether a name begins or ends as that of a sum, such as "Total Families", where other names are missing."""
    first, *_, last = text.split() or [""] if " " in text else ("", "")
    return (_is_sum(first.strip(":")) or _is_sum(last)) and not frame.grid.filled[row, columns].all()


def _unnamed(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Sums]:
    """Sums that no name tells: in every group of the others one row is what they add up to."""
    for column in columns:
        cells = frame.grid.texts[list(rows), column]
        names = {*cells.tolist()} - {""}
        for name in names if _LEAST <= len(names) <= _MOST_NAMES else ():
            inside = np.asarray(cells == name, dtype=bool)
            if not _LEAST <= inside.sum() < len(rows) // 2:
                continue
            for formula, agree, compared in _agreements(frame, rows, inside, column, columns):
                # A few in the same place as others add up by chance; sums do nearly everywhere.
                if agree == compared >= max(_LEAST, inside.sum() // 2 + 1):
                    yield Sums(column, frozenset(np.asarray(rows)[inside].tolist()), formula, agree, compared)
                    return


def _agreements(
    frame: Frame,
    rows: Sequence[int],
    inside: BoolArray,
    column: int,
    columns: Sequence[int],
    *,
    named: bool = False,
) -> Iterator[tuple[str, int, int]]:
    """Formula, numbers that agree with it, and all, by each way to group the rows and each column of numbers."""
    texts, numbers = frame.grid.texts[list(rows)], frame.grid.numbers[list(rows)]
    for groups in _groupings(texts, inside, [c for c in columns if c != column]):
        for score in frame.columns.places:
            totals = numbers[inside, score]
            places = decimals_of(texts[inside, score])
            # What is called a total need not be beyond chance.
            if not (named or _tells(totals, places)):
                continue
            parts = _Parts(numbers[:, score], inside, groups)
            yield from _compared(parts.expected(), totals, places)
            for weight in frame.columns.places if named else ():
                if weight != score:
                    yield from _compared(parts.weighted(numbers[:, weight]), totals, places)


def _tells(totals: FloatArray, places: FloatArray) -> bool:
    """Whether numbers are so many, and so far apart, that none agrees with them by chance."""
    there = np.isfinite(totals)
    spread = float(np.ptp(totals[there])) if there.any() else 0.0
    least = _LEAST if spread else len(totals) + 1
    chance = np.minimum(1.0, 10.0 ** -places[there] / spread).prod() if spread else 1.0
    return bool(there.sum() >= least and chance < _CHANCE)


def _compared(
    formulas: Iterator[tuple[str, FloatArray]], totals: FloatArray, places: FloatArray
) -> Iterator[tuple[str, int, int]]:
    there = np.isfinite(totals)
    for formula, expected in formulas:
        # Means in whole numbers are near anything that people rate much alike.
        if formula != "mean" or places[there].any():
            known = there & np.isfinite(expected)
            yield formula, int((equal_as_printed(expected, totals, places) & known).sum()), int(known.sum())


@dataclass(frozen=True)
class _Parts:
    """What sums add up: a column of numbers, which rows are the sums, and the group of each row."""

    cells: FloatArray
    inside: BoolArray
    groups: IntArray

    def expected(self) -> Iterator[tuple[str, FloatArray]]:
        """What each sum would be, and would be as a mean; missing where a group has fewer than two parts."""
        there = ~self.inside & np.isfinite(self.cells)
        counts, sums = self._over(there, np.ones_like(self.cells)), self._over(there, self.cells)
        known = np.where(counts > 1, sums, np.nan)
        yield "sum", known
        # Of parts that are all the same, such as a weight of people, each is the mean of the others.
        squares = self._over(there, self.cells**2)
        varies = counts * squares - sums**2 > 1e-9 * np.abs(squares)
        yield "mean", np.where(varies, known / np.maximum(counts, 1), np.nan)

    def weighted(self, weights: FloatArray) -> Iterator[tuple[str, FloatArray]]:
        """The same with weights, as a sum of shares or of points."""
        there = ~self.inside & np.isfinite(self.cells) & np.isfinite(weights)
        known = self._over(there, weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            yield "weighted sum", self._over(there, self.cells * weights) / known

    def _over(self, there: BoolArray, cells: FloatArray) -> FloatArray:
        size = int(self.groups.max()) + 1
        found = np.bincount(self.groups[there], weights=cells[there], minlength=size)
        return np.asarray(found[self.groups[self.inside]])


def _groupings(texts: Texts, inside: BoolArray, columns: Sequence[int]) -> Iterator[IntArray]:
    """Ways in which a sum and its rows go together: by where they stand, or by one or two columns of texts."""
    before = np.cumsum(inside)
    yield np.asarray(before - inside)
    yield np.asarray(before)
    full = [c for c in columns if (texts[inside, c] != "").all()]
    for chosen in itertools.chain(itertools.combinations(full, 2), itertools.combinations(full, 1)):
        cells = [*map(tuple, texts[:, chosen].tolist())]
        codes = {key: i for i, key in enumerate(dict.fromkeys(cells))}
        yield np.array([codes[key] for key in cells])
