"""Dots: several marks a row on one axis, the line that spans them, and notes in columns beside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from valuemix.charts.bars import Note
from valuemix.charts.roles import Role
from valuemix.charts.rows import Rows

__all__ = ["Dot", "DotRow", "Dots", "Series", "Symbol"]

Symbol = Literal["circle", "diamond", "square"]


@dataclass(frozen=True)
class Series:
    """Marks that look alike.

    Attributes
    ----------
    name : str
        What they are.
    symbol : {"circle", "diamond", "square"}
    role : str
        What they are there for.
    slight : bool
        Whether they are smaller than the others.
    """

    name: str
    symbol: Symbol
    role: Role
    slight: bool = False


@dataclass(frozen=True)
class Dot:
    """A mark, with what stands at its left.

    Attributes
    ----------
    place : float
        On the axis; NaN where there is none.
    said : str
    """

    place: float
    said: str = ""


@dataclass(frozen=True)
class DotRow:
    """One row.

    Attributes
    ----------
    name : str
    dots : tuple of tuple of Dot
        Those of each series.
    notes : tuple of Note
        One a head of the chart.
    lost : bool
        Whether its span is a loss.
    """

    name: str
    dots: tuple[tuple[Dot, ...], ...]
    notes: tuple[Note, ...]
    lost: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """From the first mark to the last; NaN where there is none."""
        known = [dot.place for own in self.dots for dot in own if not math.isnan(dot.place)] or [math.nan]
        return min(known), max(known)


@dataclass(frozen=True)
class Dots(Rows[DotRow]):
    """Rows of marks.

    Attributes
    ----------
    series : tuple of Series
    heads : tuple of str
        Of the notes.

    Examples
    --------
    >>> row = DotRow("Express", ((Dot(4.0, "Students"), Dot(9.0)),), (Note("6.5"),))
    >>> chart = Dots((row,), "proposition", (Series("Segments", "circle", "context"),), ("overall",))
    >>> chart.ends
    (4.0, 9.0)
    """

    series: tuple[Series, ...]
    heads: tuple[str, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """First and last mark of all; apart where they are one."""
        known = [end for row in self.rows for end in row.span if not math.isnan(end)] or [0.0]
        low, high = min(known), max(known)
        return (low, high) if high > low else (low - 0.5, low + 0.5)

    def dots_of(self, series: int) -> list[tuple[int, Dot]]:
        """Marks of a series by its place, each with the place of its row."""
        return [(place, dot) for place, row in enumerate(self.rows) for dot in row.dots[series]]
