"""Ranges: how far something goes in every row, with its ends, today's mark and a note beside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from valuemix.charts.lines import nice_step
from valuemix.charts.roles import Role
from valuemix.charts.rows import Rows

__all__ = ["Band", "End", "Range", "Ranges", "Side", "Upright"]

Side = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Band:
    """Ranges that look alike: what they are, what they are there for, and whether they are narrow."""

    name: str
    role: Role
    slight: bool = False


@dataclass(frozen=True)
class End:
    """What is printed at an end of a range, left or right of it; nothing where empty."""

    place: float
    text: str
    left: bool


@dataclass(frozen=True)
class Range:
    """One row.

    Attributes
    ----------
    name : str
    spans : tuple of (float, float)
        From where to where each band goes; NaN where it does not.
    ends : (End, End)
    today : float
        Where a mark stands; NaN where there is none.
    said : str
        The mark as it is printed.
    note, more : str
        What stands beside, and what is said with it.
    strong : bool
        Whether it is one to look at.
    """

    name: str
    spans: tuple[tuple[float, float], ...]
    ends: tuple[End, End]
    today: float = math.nan
    said: str = ""
    note: str = ""
    more: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Upright:
    """Line across all rows: where it stands, its name and on which side, and its look."""

    place: float
    text: str
    side: Side
    role: Role
    dashed: bool = False


@dataclass(frozen=True)
class Ranges(Rows[Range]):
    """Ranges on one axis.

    Attributes
    ----------
    bands : tuple of Band
    decimals : int
        Of the ticks.
    whole : bool
        Whether they are shares, on an axis from 0 to 1 whose whole way is seen.
    uprights : tuple of Upright
    nothing : str
        What is said where there is no row.

    Examples
    --------
    >>> ends = End(0.2, "20 %", left=True), End(0.35, "35 %", left=False)
    >>> row = Range("Innovation", ((0.2, 0.35),), ends, 0.3, "30 %")
    >>> Ranges((row,), "discipline", (Band("Leader stays", "context"),), 0, whole=True).ends
    (0.0, 1.0)
    >>> Ranges((row,), "lever", (Band("Lead", "context"),), 1).step
    0.5
    """

    bands: tuple[Band, ...]
    decimals: int
    whole: bool = False
    uprights: tuple[Upright, ...] = ()
    nothing: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of all ranges and uprights, 0 among them."""
        if self.whole:
            return 0.0, 1.0
        places = [0.0, *(upright.place for upright in self.uprights)]
        places += [end for row in self.rows for span in row.spans for end in span if not math.isnan(end)]
        return min(places), max(*places, min(places) + 10.0**-self.decimals)

    @property
    def step(self) -> float:
        """Between ticks: as many units as are printed that a figure that was rounded stands near its own tick."""
        low, high = self.ends
        return max(nice_step(high - low), 5 * 10.0**-self.decimals)
