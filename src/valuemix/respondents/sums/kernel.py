"""The sums that estimates are made of: rows in, sums out; sums of parts of a table add up to those of all of it.

Each row has answers y with weights w, both 0 where an answer is missing. Its vector is [w y, w], so that the residual
w (y - mean) / sum(w) is a linear map of it and no second look at the rows is needed once the means are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from valuemix.respondents.sums.crossing import Crossed, Key, by_unit
from valuemix.typing import FloatArray, IntArray

__all__ = ["Batch", "Cell", "Key", "Sums"]


@dataclass(frozen=True)
class Batch:
    """Rows of respondents, in numbers.

    Attributes
    ----------
    stratum, segment, offer : ndarray of int, shape (n,)
        Codes from 0; an offer of -1 is none. In a wide table all offers are 0.
    unit : ndarray of int, shape (n,), or None
        Code of the cluster, or of the respondent where one has several rows; None where each row is one.
    weights : sequence of K ndarray, shape (n,)
        Survey weight of each answer, above 0; columns that share their weights share the array.
    answers : sequence of K ndarray, shape (n,)
        NaN where missing, and measured from the middle of the scale so that no digits are lost.
    """

    stratum: IntArray
    segment: IntArray
    offer: IntArray
    unit: IntArray | None
    weights: Sequence[FloatArray]
    answers: Sequence[FloatArray]


@dataclass
class Cell:
    """Sums over the rows of one stratum, segment and offer.

    Attributes
    ----------
    total : ndarray, shape (2K,)
        Sum of the rows' vectors.
    squares : ndarray, shape (2K, 2K)
        Sum of their outer products.
    spread : ndarray, shape (K,)
        Sum of w y y.
    count : ndarray of int, shape (K,)
        Answers.
    """

    total: FloatArray
    squares: FloatArray
    spread: FloatArray
    count: IntArray

    def __iadd__(self, other: Cell) -> Cell:
        self.total += other.total
        self.squares += other.squares
        self.spread += other.spread
        self.count += other.count
        return self


@dataclass
class Sums:
    """All sums of a table, or of a part of it.

    Attributes
    ----------
    cells : dict of Key to Cell
    units : list of (Key, ndarray of int, ndarray)
        Where rows go together: codes of units and the sums of their vectors, shape (units, 2K).
    crossed : Crossed, optional
        Where rows go together and batches have them in the order of their units: in place of `units`, which take
        memory for each of them.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    units: dict[Key, list[tuple[IntArray, FloatArray]]] = field(default_factory=dict)
    crossed: Crossed | None = None

    def add(self, batch: Batch) -> None:
        """Add the rows of a batch, cell by cell; what is added to each other stands next to each other."""
        keys, order, starts = _groups(batch)
        vectors, spread, count = _vectors(batch, order, starts)
        total = np.add.reduceat(vectors, starts, axis=1)
        parts = {}
        for i, (key, start, end) in enumerate(zip(keys, starts, [*starts[1:], len(order)], strict=True)):
            own = vectors[:, start:end]
            self._add(key, Cell(total[:, i], own @ own.T, spread[:, i], count[:, i]))
            if batch.unit is not None:
                parts[key] = by_unit(batch.unit[order[start:end]], own.T)
        if self.crossed and batch.unit is not None:
            self.crossed.add(parts, int(batch.unit[-1]))
        else:
            for key, part in parts.items():
                self.units.setdefault(key, []).append(part)

    def _add(self, key: Key, cell: Cell) -> None:
        if key in self.cells:
            self.cells[key] += cell
        else:
            self.cells[key] = cell

    def merge(self, other: Sums) -> None:
        """Add the sums of another part of the table."""
        for key, cell in other.cells.items():
            self._add(key, cell)
        for key, parts in other.units.items():
            self.units.setdefault(key, []).extend(parts)
        if self.crossed and other.crossed:
            self.crossed.merge(other.crossed)
        else:
            self.crossed = self.crossed or other.crossed

    def arrays(self) -> dict[str, FloatArray | IntArray]:
        """The sums as arrays by name, to be sent from where a part of the table is."""
        cells, names = [*self.cells.values()], ("total", "squares", "spread", "count")
        return {
            "keys": np.array([*self.cells], dtype=np.int64).reshape(-1, 3),
            **{name: np.array([getattr(cell, name) for cell in cells]) for name in names},
            **self._arrays_of_units(),
            **(self.crossed.arrays() if self.crossed else {}),
        }

    def _arrays_of_units(self) -> dict[str, FloatArray | IntArray]:
        units = [(key, *part) for key, parts in self.units.items() for part in parts]
        return {
            "unit_keys": np.array([key for key, _, _ in units], dtype=np.int64).reshape(-1, 3),
            "unit_counts": np.array([len(codes) for _, codes, _ in units], dtype=np.int64),
            "unit_codes": np.concatenate([np.empty(0, np.int64), *(codes for _, codes, _ in units)]),
            "unit_sums": np.concatenate([sums for _, _, sums in units] or [np.empty((0, 0))]),
        }

    @classmethod
    def from_arrays(cls, found: Mapping[str, Any]) -> Sums:
        """Sums as they were sent; see `arrays`."""
        cells = zip(*(found[name] for name in ("keys", "total", "squares", "spread", "count")), strict=True)
        made = cls({_key(key): Cell(*parts) for key, *parts in cells})
        ends = np.cumsum(found["unit_counts"])[:-1]
        parts = zip(np.split(found["unit_codes"], ends), np.split(found["unit_sums"], ends), strict=True)
        for key, part in zip(found["unit_keys"], parts, strict=False):  # no keys: one part without units
            made.units.setdefault(_key(key), []).append(part)
        if "pairs" in found:
            made.crossed = Crossed.from_arrays(found)
        return made

    def unit_totals(self, key: Key) -> tuple[IntArray, FloatArray]:
        """Units of a cell in order, shape (U,), and their vectors, shape (U, 2K)."""
        parts = self.units[key]
        return by_unit(
            np.concatenate([unit for unit, _ in parts]), np.concatenate([sums for _, sums in parts])
        )


def _key(codes: IntArray) -> Key:
    stratum, segment, offer = codes.tolist()
    return stratum, segment, offer


def _groups(batch: Batch) -> tuple[list[Key], IntArray, list[int]]:
    """Strata, segments and offers of a batch, its rows in their order, and where each of them starts."""
    codes = (batch.stratum, batch.segment, batch.offer + 1)
    sizes = [int(code.max()) + 1 for code in codes]
    cells, inverse, counts = np.unique(
        np.ravel_multi_index(codes, sizes), return_inverse=True, return_counts=True
    )
    keys = np.stack(np.unravel_index(cells, sizes), axis=1) - (0, 0, 1)
    # codes this small are sorted by their digits
    order = np.argsort(inverse.astype(np.uint16) if len(cells) < 2**16 else inverse, kind="stable")
    return [(h, g, offer) for h, g, offer in keys.tolist()], order, (np.cumsum(counts) - counts).tolist()


def _vectors(batch: Batch, order: IntArray, starts: list[int]) -> tuple[FloatArray, FloatArray, IntArray]:
    """Vectors of the rows in an order, shape (2K, n), and by cell the sums of w y y and the answers, shape (K, cells).

    One column after the other, so that each stays in the cache while it is worked on.
    """
    width, rows, ends = len(batch.answers), len(order), np.array([*starts, len(order)])
    vectors = np.empty((2 * width, rows))
    spread, gaps = np.empty((width, len(starts))), np.empty((width, len(ends)), dtype=np.int64)
    weights, weight = None, np.empty(rows)
    cells = [slice(*pair) for pair in pairwise(ends.tolist())]
    for k in range(width):
        if batch.weights[k] is not weights:
            weights = batch.weights[k]
            weight = weights[order]
        answers, product, weighed = batch.answers[k][order], vectors[k], vectors[width + k]
        missing = np.isnan(answers).nonzero()[0]
        weighed[:] = weight
        answers[missing] = weighed[missing] = 0.0
        np.multiply(weighed, answers, out=product)
        spread[k] = [product[cell] @ answers[cell] for cell in cells]
        gaps[k] = missing.searchsorted(ends)
    return vectors, spread, np.diff(ends) - np.diff(gaps, axis=1)
