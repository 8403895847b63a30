"""Slopes: places in column after column, one line a row."""

from __future__ import annotations

from dataclasses import dataclass

from valuemix.charts.rows import Rows

__all__ = ["Head", "Slope", "Slopes", "Stop"]


@dataclass(frozen=True)
class Head:
    """Name of a column, and what is said below it."""

    name: str
    below: str


@dataclass(frozen=True)
class Stop:
    """Where a line stands in a column: from the top, with what its circle holds and what is said of it."""

    place: int
    text: str
    hint: str


@dataclass(frozen=True)
class Slope:
    """One line.

    Attributes
    ----------
    name : str
    stops : tuple of Stop or None
        One a column; none where it has no place.
    lit : bool
        Whether it is the one to look at.
    """

    name: str
    stops: tuple[Stop | None, ...]
    lit: bool = False

    @property
    def named(self) -> list[tuple[int, int]]:
        """Columns and places where its name stands: both ends, or its first circle where it reaches neither."""
        found = [(column, stop.place) for column, stop in enumerate(self.stops) if stop]
        return [each for each in found if each[0] in (0, len(self.stops) - 1)] or found[:1]


@dataclass(frozen=True)
class Slopes(Rows[Slope]):
    """Lines from column to column.

    Attributes
    ----------
    heads : tuple of Head
        Of the columns.

    Examples
    --------
    >>> line = Slope("Express", (Stop(2, "5.0", "rank 2"), Stop(1, "6.0", "rank 1"), None))
    >>> chart = Slopes((line,), "proposition", (Head("Now", ""), Head("Later", ""), Head("Never", "")))
    >>> chart.depth, line.named
    (2, [(0, 2)])
    """

    heads: tuple[Head, ...]

    @property
    def depth(self) -> int:
        """The lowest place."""
        return max((stop.place for row in self.rows for stop in row.stops if stop), default=0)
