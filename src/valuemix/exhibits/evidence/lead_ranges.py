"""Leads with their intervals as rows of a chart, and how they are read."""

from __future__ import annotations

import pandas as pd

from valuemix.charts.ranges import Band, End, Range, Ranges, Upright
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.listing import records

__all__ = ["lead_ranges", "leads_read"]


def lead_ranges(table: pd.DataFrame, name: str, decimals: int) -> Ranges:
    """Chart of a table with a lead a row: `name` is the column that names the rows, and what they are.

    The other columns are lead, lead_words, low and high.
    """
    rows = [
        Range(
            each,
            ((low, high),),
            (End(low, number(low, decimals), left=True), End(high, number(high, decimals), left=False)),
            lead,
            words,
        )
        for each, lead, words, low, high in records(table, name, "lead", "lead_words", "low", "high")
    ]
    level = Upright(0.0, "level", "center", "loss", dashed=True)
    return Ranges((*rows,), name, (Band("95 % interval", "context"),), decimals, uprights=(level,))


def leads_read(table: pd.DataFrame, name: str, decimals: int) -> str:
    """The same table as it is read."""
    return "; ".join(
        f"{each} {lead}, from {number(low, decimals)} to {number(high, decimals)}"
        for each, lead, low, high in records(table, name, "lead_words", "low", "high")
    )
