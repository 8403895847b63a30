"""What charts of rows have in common: one row below the other, the first ones where there is no room for all."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

__all__ = ["Rows"]

R = TypeVar("R")


@dataclass(frozen=True)
class Rows(Sized, Generic[R]):
    """Rows from top to bottom.

    Attributes
    ----------
    rows : tuple
        One a row, of what the kind of chart shows.
    noun : str
        What a row is, such as "proposition".

    Examples
    --------
    >>> chart = Rows(("A", "B", "C"), "proposition")
    >>> len(chart), chart.first(2).rows
    (3, ('A', 'B'))
    """

    rows: tuple[R, ...]
    noun: str

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    def first(self, count: int) -> Self:
        """The same chart of the first rows only.

        Parameters
        ----------
        count : int
        """
        return replace(self, rows=self.rows[:count])
