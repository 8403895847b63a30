"""A table of a scenario: a mapping to read, an array to compute with, read by column and not cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
from immutabledict import immutabledict

from valuemix.typing import FloatArray

__all__ = ["ScoreTable"]

Row = Mapping[str, float | None]
Block = Mapping[str, Row]
Names = tuple[Sequence[str], Sequence[str], Sequence[str]]
_NUMBERS = frozenset({float, int, type(None)})


@dataclass(frozen=True, eq=False, repr=False)
class ScoreTable(Mapping[str, Block]):
    """Cells by segment name, proposition name and discipline id, kept as one read-only array.

    Parameters
    ----------
    array : array_like, shape (G, P, D)
        On the scenario's scale, NaN where a cell is missing; copied.
    names : three sequences of str
        Labels of the three axes.
    unknown : tuple of tuple of str
        Paths of names that stand on none of the axes, for the rules to tell.
    absent : tuple of tuple of str
        Segments, and propositions in them, without a single cell, for the rules to tell: a cell that is
        there and blank is not scored yet.
    derived : tuple of str
        Columns that are worked out of attributes: they are shown and computed with, and are in no file.
    given : array_like, shape (G, P, D), optional
        What was given, where the array is a mean over moments of it and of other scores.

    Examples
    --------
    >>> table = ScoreTable([[[8, float("nan")]]], (["Families"], ["Express"], ["speed", "care"]))
    >>> table["Families"]["Express"]["speed"], table["Families"]["Express"]["care"]
    (8.0, None)
    """

    array: FloatArray
    names: Names
    unknown: tuple[tuple[str, ...], ...] = ()
    absent: tuple[tuple[str, ...], ...] = ()
    derived: tuple[str, ...] = ()
    given: FloatArray | None = None

    def __post_init__(self) -> None:
        segments, propositions, ids = map(tuple, self.names)
        shape = (len(segments), len(propositions), len(ids))
        # Adding 0 makes minus zero plain zero: nobody should ever read −0.0.
        array = np.array(self.array, dtype=np.float64).reshape(shape) + 0.0
        array.flags.writeable = False
        object.__setattr__(self, "array", array)
        object.__setattr__(self, "names", (segments, propositions, ids))

    def __reduce__(self) -> tuple[Any, ...]:
        return ScoreTable, (self.array, self.names, self.unknown, self.absent, self.derived, self.given)

    @classmethod
    def of(cls, table: Mapping[str, Block], names: Names) -> ScoreTable:
        """Table of well-typed cells in the order of the names, missing where they are absent."""
        segments, propositions, ids = names
        cells = [
            [[row.get(name) for name in ids] for row in (block.get(p, {}) for p in propositions)]
            for block in (table.get(segment, {}) for segment in segments)
        ]
        unknown, absent = _unknown(table, names, ()), _absent(table, names)
        return cls(np.array(cells, dtype=np.float64), names, tuple(unknown), tuple(absent))

    @classmethod
    def by_column(cls, table: object, names: Names) -> ScoreTable | None:
        """Table read at once where every name is known and every cell a finite number or None.

        Parameters
        ----------
        table : object
            Anything that was given as a table.
        names : tuple of three tuples of str
            Labels of the three axes.

        Returns
        -------
        ScoreTable or None
            None where anything is out of the ordinary; then it needs a look at every cell.
        """
        if isinstance(table, ScoreTable):
            if table.derived or table.given is not None:
                table = cls(table.stated, table.names, table.unknown, table.absent)
            return table if table.is_usual(names) else None
        cells = _cells(table, names)
        if cells is None or not _NUMBERS.issuperset(map(type, cells)):
            return None
        try:
            array = np.array(cells, dtype=np.float64)
        except OverflowError:
            return None
        missing = np.isnan(array).sum()
        return None if np.isinf(array).any() or missing != cells.count(None) else cls(array, names)

    def is_usual(self, names: Names) -> bool:
        """Whether the labels are these, none is unknown or absent, and every number is finite."""
        odd = self.names != names or self.unknown or self.absent or np.isinf(self.array).any()
        return not odd

    @property
    def own(self) -> FloatArray:
        """What was given, with what is worked out of attributes, before any mean over moments."""
        return self.array if self.given is None else self.given

    @property
    def stated(self) -> FloatArray:
        """What was given without what is worked out of attributes, which is NaN here."""
        columns = np.isin(self.names[2], self.derived)
        return np.where(columns, np.nan, self.own)

    def plain(self) -> dict[str, dict[str, dict[str, float | None]]]:
        """What is stated, as dictionaries of one's own."""
        segments, propositions, ids = self.names
        return {
            segment: {p: dict(zip(ids, row, strict=True)) for p, row in zip(propositions, block, strict=True)}
            for segment, block in zip(segments, _with_none(self.stated), strict=True)
        }

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names[0])}

    def __getitem__(self, segment: str) -> Block:
        _, propositions, ids = self.names
        block = self.array[self._places[segment]]
        rows = (immutabledict(zip(ids, row, strict=True)) for row in _with_none(block))
        return immutabledict(zip(propositions, rows, strict=True))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ScoreTable):
            pairs = (self.array, other.array), (self.own, other.own)
            return self.names == other.names and all(np.array_equal(*p, equal_nan=True) for p in pairs)
        return self.plain() == other if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.names, np.isnan(self.array).sum(), float(np.nansum(self.array))))

    def __repr__(self) -> str:
        return repr(self.plain())


def _with_none(array: FloatArray) -> list[Any]:
    """Nested lists of an array, None where it is NaN."""
    cells = array.astype(object)
    cells[np.isnan(array)] = None
    nested: list[Any] = cells.tolist()
    return nested


def _cells(table: object, names: Names) -> list[Any] | None:
    """All cells in order; None where a name is absent, unknown or on an axis twice, or a level is no mapping."""
    level = [table]
    for axis in names:
        inner: list[Any] = []
        # A name that stands twice would make room for one that is unknown.
        if len({*axis}) != len(axis):
            return None
        of_axis = _getter(axis)
        for mapping in level:
            if not isinstance(mapping, dict | immutabledict) or len(mapping) != len(axis):
                return None
            try:
                inner.extend(of_axis(mapping))
            except KeyError:
                return None
        level = inner
    return level


def _getter(names: Sequence[str]) -> Callable[[Any], Iterable[Any]]:
    """What stands under each of the names, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda mapping: [mapping[name] for name in names]


def _unknown(level: Mapping[str, Any], names: Sequence[Sequence[str]], path: tuple[str, ...]) -> list[Any]:
    """Paths of the names on no axis; below such a name nothing is looked at."""
    known = set(names[0])
    found: list[tuple[str, ...]] = []
    for name, inner in level.items():
        if name not in known:
            found.append((*path, name))
        elif len(names) > 1:
            found.extend(_unknown(inner, names[1:], (*path, name)))
    return found


def _absent(table: Mapping[str, Block], names: Names) -> Iterator[tuple[str, ...]]:
    """Paths of segments, and of propositions in the others, without a cell of a known name."""
    segments, propositions, ids = names
    for segment in segments:
        block = table.get(segment, {})
        without = [p for p in propositions if set(ids).isdisjoint(block.get(p, {}))]
        if len(without) == len(propositions):
            yield (segment,)
        else:
            yield from ((segment, proposition) for proposition in without)
