"""One sheet as cells: texts, the numbers in them and their units, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils.cell import get_column_letter

from valuemix.files.recognition.cells.values import is_word, no_value, read_number, word_key
from valuemix.files.tables.reading.numbers import Decimal, decimal_sign
from valuemix.files.tables.reading.tables import Table
from valuemix.typing import FloatArray, IntArray

__all__ = ["Grid", "Texts", "grid_of"]

_OF = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:/|out of|of|von|sur|de|van) ?(\d{1,3})")
_FRACTIONS = 3
Texts = NDArray[Any]
"""Array of str, shape (R, C)."""


@dataclass(frozen=True)
class Grid:
    """Cells of one sheet, or of a part of it.

    Parameters
    ----------
    title : str
        Name of the sheet, or of the file where there is one table in it.
    texts, units : array of str, shape (R, C)
        Trimmed; a blank where nothing stands.
    numbers : array, shape (R, C)
        NaN where a cell holds no number.
    formulas : array of bool, shape (R, C)
        Cells with a formula whose result nobody stored.
    words : array of bool, shape (R, C)
        Cells with a word or sign that may stand for a score.
    rows, columns : tuple of str
        What each line is called by its place: ``"3"``, ``"B"``.
    legend : mapping of str to float
        Numbers by the key of their word, where a list in the file gives them.
    """

    title: str
    texts: Texts
    numbers: FloatArray
    units: Texts
    formulas: NDArray[np.bool_]
    words: NDArray[np.bool_]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    legend: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Cells that hold anything."""
        return np.asarray(self.texts != "", dtype=bool)

    @cached_property
    def codes(self) -> IntArray:
        """A number for each different text, where it stands, shape (R, C)."""
        cells = self.texts.ravel().tolist()
        numbered = {text: i for i, text in enumerate(dict.fromkeys(cells))}
        return np.array([numbered[text] for text in cells], dtype=np.intp).reshape(self.texts.shape)

    @cached_property
    def values(self) -> NDArray[np.bool_]:
        """Cells that may hold a score."""
        return np.isfinite(self.numbers) | self.words | self.formulas

    def turned(self) -> Grid:
        """The same with rows as columns."""
        arrays = (self.texts.T, self.numbers.T, self.units.T, self.formulas.T, self.words.T)
        return Grid(self.title, *arrays, rows=self.columns, columns=self.rows, legend=self.legend)

    def part(self, rows: slice | Sequence[int]) -> Grid:
        """The same with these rows alone."""
        places = np.array(self.rows, dtype=object)[rows]
        return replace(
            self,
            texts=self.texts[rows],
            numbers=self.numbers[rows],
            units=self.units[rows],
            formulas=self.formulas[rows],
            words=self.words[rows],
            rows=tuple(places.tolist()),
        )

    def cell(self, row: int, column: int) -> str:
        """Place of a cell such as ``B3``, whichever way the grid is turned."""
        pair = sorted((self.rows[row], self.columns[column]), key=str.isdigit)
        return "".join(pair)


def grid_of(table: Table, title: str = "", legend: Mapping[str, float] | None = None) -> Grid:
    """Cells of a table that was read; short rows are filled up with blanks."""
    legend = legend or {}
    cells, formulas, plain = _typed(table)
    distinct = [*dict.fromkeys(cells)]
    at = {text: i for i, text in enumerate(distinct)}
    codes = np.fromiter(map(at.__getitem__, cells), dtype=np.intp, count=len(cells)).reshape(formulas.shape)
    known = np.array(_numerators([" ".join(t.split()) for t in distinct]), dtype=object)
    texts, blank = known[codes], np.asarray(known == "", dtype=bool)[codes]
    numbers, units = _numbers(known, codes, plain, formulas, _decimal(table, texts, plain))
    void = np.isnan(numbers) & _each(_is_void, known)[codes]
    # "n/a" is no score where numbers stand, but may be a name where texts do.
    numeric = 2 * np.isfinite(numbers).sum(axis=0) >= (~blank & ~void).sum(axis=0)
    texts[void & ~formulas & numeric & ~_heads(blank, void, numbers)] = ""
    are_words = _each(lambda text: is_word(text) or (bool(legend) and word_key(text) in legend), known)
    words = are_words[codes] & np.isnan(numbers)
    columns = tuple(get_column_letter(i + 1) for i in range(texts.shape[1]))
    rows = tuple(str(row.number) for row in table.rows)
    return Grid(
        title or table.sheet or table.file, texts, numbers, units, formulas, words, rows, columns, legend
    )


def _numerators(texts: list[str]) -> list[str]:
    """Texts without the "/5" or "out of 5" that several scores have alike: one alone may be a fraction or a date."""
    found = [_OF.fullmatch(text) for text in texts]
    wholes = [of[2] for of in found if of]
    if len(wholes) < _FRACTIONS or len({*wholes}) > 1:
        return texts
    return [of[1] if of else text for of, text in zip(found, texts, strict=True)]


def _each(test: Callable[[str], bool], texts: Texts) -> NDArray[np.bool_]:
    return np.fromiter(map(test, texts.tolist()), dtype=bool, count=len(texts))


def _typed(table: Table) -> tuple[list[str], NDArray[np.bool_], NDArray[np.bool_]]:
    """Texts of the cells one after the other, which are formulas without a result, and which were stored as numbers."""
    width = max(len(row.texts) for row in table.rows)
    shape = (len(table.rows), width)
    formulas, plain = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    cells: list[str] = []
    for i, row in enumerate(table.rows):
        cells += [*row.texts, *[""] * (width - len(row.texts))]
        if {*row.kinds} != {"plain"}:
            formulas[i, : len(row.kinds)] = [kind in ("formula", "error") for kind in row.kinds]
            plain[i, : len(row.kinds)] = [kind in ("number", "percent") for kind in row.kinds]
    return cells, formulas, plain


def _heads(blank: NDArray[np.bool_], void: NDArray[np.bool_], numbers: FloatArray) -> NDArray[np.bool_]:
    """Texts such as "NA" that are names: the first of a column in a row of names, or of a row in a column of names."""
    found = np.zeros(blank.shape, dtype=bool)
    for axis in (0, 1):
        first = ~blank & (np.cumsum(~blank, axis=axis) == 1)
        without = ~np.isfinite(numbers).any(axis=1 - axis, keepdims=True)
        found |= void & first & without
    return found


def _is_void(text: str) -> bool:
    return no_value(text) and text.casefold() not in ("-", "–", "—", "none")


def _decimal(table: Table, texts: Texts, plain: NDArray[np.bool_]) -> Decimal:
    """Decimal sign of what was typed as text; a sheet of numbers needs none."""
    if table.decimal == ",":
        return ","
    sign = decimal_sign({*texts[~plain].tolist()})
    return "." if sign == "?" and not table.problems and not table.sheet else sign


def _numbers(
    known: Texts,
    codes: IntArray,
    plain: NDArray[np.bool_],
    formulas: NDArray[np.bool_],
    decimal: Decimal,
) -> tuple[FloatArray, Texts]:
    """Numbers and units of the cells: of each text once as it was typed, and once where it was stored as a number."""
    numbers, units = _read(known, decimal)
    found, beside = numbers[codes], units[codes]
    if decimal != "." and plain.any():
        numbers, units = _read(known, ".")
        found, beside = np.where(plain, numbers[codes], found), np.where(plain, units[codes], beside)
    found[formulas] = np.nan
    return found, beside


def _read(known: Texts, decimal: Decimal) -> tuple[FloatArray, Texts]:
    pairs = [read_number(text, decimal) or (np.nan, "") for text in known.tolist()]
    return np.array([number for number, _ in pairs]), np.array([unit for _, unit in pairs], dtype=object)
