"""One sheet as cells: texts, the numbers in them and their units, with the place of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils.cell import get_column_letter

from valuemix.files.recognition.cells.values import is_word, no_value, read_number
from valuemix.files.tables.reading.numbers import Decimal, decimal_sign
from valuemix.files.tables.reading.tables import Table
from valuemix.typing import FloatArray

__all__ = ["Grid", "Texts", "grid_of"]

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
    rows, columns : tuple of str
        What each line is called by its place: ``"3"``, ``"B"``.
    """

    title: str
    texts: Texts
    numbers: FloatArray
    units: Texts
    formulas: NDArray[np.bool_]
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @cached_property
    def words(self) -> NDArray[np.bool_]:
        """Cells with a word or sign that may stand for a score."""
        return _each(is_word, self.texts) & np.isnan(self.numbers)

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Cells that hold anything."""
        return np.asarray(self.texts != "", dtype=bool)

    def turned(self) -> Grid:
        """The same with rows as columns."""
        arrays = (self.texts.T, self.numbers.T, self.units.T, self.formulas.T)
        return Grid(self.title, *arrays, rows=self.columns, columns=self.rows)

    def part(self, rows: slice) -> Grid:
        """The same with these rows alone."""
        return replace(
            self,
            texts=self.texts[rows],
            numbers=self.numbers[rows],
            units=self.units[rows],
            formulas=self.formulas[rows],
            rows=self.rows[rows],
        )

    def cell(self, row: int, column: int) -> str:
        """Place of a cell such as ``B3``, whichever way the grid is turned."""
        pair = sorted((self.rows[row], self.columns[column]), key=str.isdigit)
        return "".join(pair)


def _each(test: Any, texts: Texts) -> NDArray[np.bool_]:
    flat = texts.ravel().tolist()
    known = {text: test(text) for text in {*flat}}
    return np.array([known[text] for text in flat], dtype=bool).reshape(texts.shape)


def grid_of(table: Table, title: str = "") -> Grid:
    """Cells of a table that was read; short rows are filled up with blanks."""
    texts, formulas, plain = _typed(table)
    numbers, units = _numbers(texts, plain, formulas, _decimal(table, texts, plain))
    void = np.isnan(numbers) & _each(_is_void, texts)
    # "n/a" is no score where numbers stand, but may be a name where texts do.
    numeric = 2 * np.isfinite(numbers).sum(axis=0) >= ((texts != "").astype(bool) & ~void).sum(axis=0)
    texts[void & ~formulas & numeric] = ""
    columns = tuple(get_column_letter(i + 1) for i in range(texts.shape[1]))
    rows = tuple(str(row.number) for row in table.rows)
    return Grid(title or table.sheet or table.file, texts, numbers, units, formulas, rows, columns)


def _typed(table: Table) -> tuple[Texts, NDArray[np.bool_], NDArray[np.bool_]]:
    """Texts of the cells, which are formulas without a result, and which were stored as numbers."""
    texts = np.full((len(table.rows), max(len(row.texts) for row in table.rows)), "", dtype=object)
    formulas, plain = np.zeros(texts.shape, dtype=bool), np.zeros(texts.shape, dtype=bool)
    for i, row in enumerate(table.rows):
        texts[i, : len(row.texts)] = [t if t.isdigit() else " ".join(t.split()) for t in row.texts]
        if {*row.kinds} != {"plain"}:
            formulas[i, : len(row.kinds)] = [kind in ("formula", "error") for kind in row.kinds]
            plain[i, : len(row.kinds)] = [kind in ("number", "percent") for kind in row.kinds]
    return texts, formulas, plain


def _is_void(text: str) -> bool:
    return no_value(text) and text.casefold() not in ("-", "–", "—", "none")


def _decimal(table: Table, texts: Texts, plain: NDArray[np.bool_]) -> Decimal:
    """Decimal sign of what was typed as text; a sheet of numbers needs none."""
    if table.decimal == ",":
        return ","
    sign = decimal_sign({*texts[~plain].tolist()})
    return "." if sign == "?" and not table.problems and not table.sheet else sign


def _numbers(
    texts: Texts, plain: NDArray[np.bool_], formulas: NDArray[np.bool_], decimal: Decimal
) -> tuple[FloatArray, Texts]:
    flat = texts.ravel().tolist()
    typed = plain.ravel().tolist()
    read = {key: read_number(key[0], "." if key[1] else decimal) for key in {*zip(flat, typed, strict=True)}}
    pairs = [read[key] or (np.nan, "") for key in zip(flat, typed, strict=True)]
    numbers = np.array([pair[0] for pair in pairs], dtype=float).reshape(texts.shape)
    units = np.array([pair[1] for pair in pairs], dtype=object).reshape(texts.shape)
    numbers[formulas] = np.nan
    return numbers, units
