"""Dumbbells: from one figure to another in every row, what lies between them beside."""

from __future__ import annotations

import math
from dataclasses import dataclass

from valuemix.charts.roles import Role
from valuemix.charts.rows import Rows

__all__ = ["Dumbbell", "Dumbbells"]


@dataclass(frozen=True)
class Dumbbell:
    """One row: where it starts, an open circle, and where it ends, a full one.

    Attributes
    ----------
    name : str
        A line break stands where it may be broken first.
    start, end : float
        NaN where there is none.
    texts : (str, str)
        Both as they are printed.
    difference : str
        What lies between them, as it is printed; empty where the remark says all.
    moved : bool
        Whether it is more than nothing as it is printed.
    remark : str
        Stands before the difference.
    role : str
        What the row is there for.
    """

    name: str
    start: float
    end: float
    texts: tuple[str, str]
    difference: str
    moved: bool = False
    remark: str = ""
    role: Role = "muted"

    @property
    def opens(self) -> bool:
        """Whether its start is drawn: not where it ends at the same figure."""
        return not math.isnan(self.start) and (self.moved or math.isnan(self.end))


@dataclass(frozen=True)
class Dumbbells(Rows[Dumbbell]):
    """Rows that go from one figure to another.

    Attributes
    ----------
    heads : (str, str)
        What the open and the full circles are.
    column : str
        What stands beside the rows.
    least : float
        What the axis spans at least.

    Examples
    --------
    >>> row = Dumbbell("Express", 5.0, 5.5, ("5.0", "5.5"), "+0.5", moved=True)
    >>> chart = Dumbbells((row,), "proposition", ("saved", "now"), "change", least=1.0)
    >>> chart.ends, chart.key.replace("\\xa0", " ")
    ((4.75, 5.75), '○ saved   ● now')
    """

    heads: tuple[str, str]
    column: str
    least: float

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the axis: no bars stand on it, so it need not hold 0."""
        known = [v for row in self.rows for v in (row.start, row.end) if not math.isnan(v)] or [0.0]
        low, high = min(known), max(known)
        more = max(self.least - (high - low), 0.0) / 2
        return low - more, high + more

    @property
    def key(self) -> str:
        """What the circles are, in one line."""
        return "○ {}   ● {}".format(*self.heads).replace(" ", "\u00a0")
