"""Bars: one a row from 0 on, whole or in parts, its figure at the end and notes beside."""

from __future__ import annotations

import math
from dataclasses import dataclass

from valuemix.charts.roles import Mark, Role
from valuemix.charts.rows import Rows

__all__ = ["Bar", "Bars", "Key", "Note", "Part"]


@dataclass(frozen=True)
class Part:
    """Part of a bar.

    Attributes
    ----------
    size : float
        Below 0 it goes the other way; NaN where there is none.
    text : str
        As it is printed where there is room.
    role : str or Discipline
        What it is there for.
    """

    size: float
    text: str
    role: Mark


@dataclass(frozen=True)
class Note:
    """What stands beside a bar, under a head."""

    text: str
    role: Role = "ink"


@dataclass(frozen=True)
class Bar:
    """One row.

    Attributes
    ----------
    name : str
        Of the row.
    parts : tuple of Part
        From 0 on.
    text : str
        Figure at its end; none where empty.
    change : Note, optional
        Stands after the figure.
    saved : float
        Where an upright mark stands; NaN where there is none.
    notes : tuple of Note
        One a head of the chart, or none.
    strong : bool
        Whether it is the one to look at.
    """

    name: str
    parts: tuple[Part, ...]
    text: str = ""
    change: Note | None = None
    saved: float = math.nan
    notes: tuple[Note, ...] = ()
    strong: bool = False

    @property
    def start(self) -> float:
        """Where it begins: 0, or below it."""
        return sum(part.size for part in self.parts if part.size < 0)

    @property
    def end(self) -> float:
        """Where it ends: 0, or above it."""
        return sum(part.size for part in self.parts if part.size > 0)

    @property
    def below(self) -> bool:
        """Whether it is below 0 as a whole: its figure stands at the other end."""
        return self.start + self.end < 0


@dataclass(frozen=True)
class Key:
    """Name of the parts of one colour, and what is said of all of them."""

    name: str
    below: str = ""


@dataclass(frozen=True)
class Bars(Rows[Bar]):
    """Bars from top to bottom.

    Attributes
    ----------
    measure : str
        What a bar is as a whole.
    keys : tuple of Key
        Names of the parts; none where bars are whole.
    heads : tuple of str
        Of the notes.
    decimals : int
        Of the figures.
    percent : bool
        Whether they are shares.

    Examples
    --------
    >>> chart = Bars((Bar("A", (Part(5.5, "", "highlight"),), "5.5"),), "proposition", "Value")
    >>> chart.ends, chart.rows[0].below
    ((0.0, 5.5), False)
    """

    measure: str
    keys: tuple[Key, ...] = ()
    heads: tuple[str, ...] = ()
    decimals: int = 0
    percent: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of all bars and upright marks, 0 among them."""
        saved = [row.saved for row in self.rows if not math.isnan(row.saved)]
        low = min([0.0, *(row.start for row in self.rows), *saved])
        return low, max([0.0, *(row.end for row in self.rows), *saved])
