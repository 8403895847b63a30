"""Weights with their intervals as rows of a chart, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from valuemix.charts.ranges import Band, End, Range, Ranges
from valuemix.exhibits.words.formats import apportioned, number, share

__all__ = ["WeightRow", "decimals_for", "summing", "weight_ranges", "weight_words"]

NARROW = 0.02
"""Half an interval below which its ends are told with a decimal."""


class WeightRow(NamedTuple):
    """One row: its name, a weight as a share, as it is printed, and the ends of its interval, NaN where it has none."""

    name: str
    weight: float
    shown: float
    low: float
    high: float
    strong: bool = False


def summing(weights: Iterable[float], decimals: int) -> list[float]:
    """Weights of one mix as they are printed, as every other page prints them: they sum to 1.

    Examples
    --------
    >>> summing([0.3325, 0.3325, 0.335], 0)
    [0.33, 0.33, 0.34]
    """
    return [part / 100 for part in apportioned([100 * weight for weight in weights], 100.0, decimals)]


def decimals_for(half_widths: Sequence[float]) -> int:
    """Decimals of percentages that tell the ends of an interval from its middle."""
    return 0 if min(half_widths, default=1.0) >= NARROW else 1


def weight_words(row: WeightRow, decimals: int) -> str:
    """Row as it is read: "Innovation 40 %, from 38 % to 42 %"."""
    told = f"{row.name} {share(row.shown, decimals)}"
    if row.low != row.low:
        return told
    return f"{told}, from {share(row.low, decimals)} to {share(row.high, decimals)}"


def weight_ranges(rows: Iterable[WeightRow], decimals: int) -> Ranges:
    """Chart of weights and their 95 % intervals on an axis from 0 to 1."""
    made = [
        Range(
            row.name,
            ((row.low, row.high),),
            (
                End(row.low, "" if row.low != row.low else number(100 * row.low, decimals), left=True),
                End(row.high, "" if row.high != row.high else share(row.high, decimals), left=False),
            ),
            row.weight,
            share(row.shown, decimals),
            strong=row.strong,
        )
        for row in rows
    ]
    return Ranges((*made,), "weight", (Band("95 % interval", "highlight"),), 0, whole=True)
