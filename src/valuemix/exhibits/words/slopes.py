"""Ranks that stand in a table, as lines of a chart."""

from __future__ import annotations

import pandas as pd

from valuemix.charts.slopes import Head, Slope, Slopes, Stop
from valuemix.exhibits.words.formats import number

__all__ = ["slopes_of"]


def slopes_of(table: pd.DataFrame, decimals: int, column: str, below: str) -> Slopes:
    """One line a proposition, with its value at its place.

    Parameters
    ----------
    table : DataFrame
        With proposition, value, rank, place and highlighted.
    decimals : int
        Of the values.
    column, below : str
        Of the table: what the columns of the chart are, and what is said below their names.

    Examples
    --------
    >>> row = {"view": "felt", "says": "", "proposition": "A", "value": 5.0, "rank": 1, "place": 1}
    >>> slopes_of(pd.DataFrame([{**row, "highlighted": False}]), 1, "view", "says").rows[0].stops
    (Stop(place=1, text='5.0', hint='rank 1'),)
    """
    said = dict(zip(table[column], table[below], strict=True))
    found: dict[str, dict[str, Stop]] = {}
    for row in table.to_dict("records"):
        stop = Stop(row["place"], number(row["value"], decimals), f"rank {row['rank']}")
        found.setdefault(row["proposition"], {})[row[column]] = stop
    lit = {*table.loc[table["highlighted"], "proposition"]}
    rows = (Slope(name, tuple(stops.get(c) for c in said), name in lit) for name, stops in found.items())
    return Slopes(tuple(rows), "proposition", tuple(Head(name, text) for name, text in said.items()))
