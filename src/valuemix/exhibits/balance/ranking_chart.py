"""What the chart of the ranking shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from valuemix.charts.bars import Bar, Bars, Key, Note, Part
from valuemix.charts.roles import Discipline, Role
from valuemix.exhibits.words.formats import apportioned, gap, number, signed, weights_printed

__all__ = ["ranking_chart"]


def ranking_chart(table: pd.DataFrame, decimals: int, finer: int, *, mean: bool) -> Bars:
    """Bars of contributions where values are their sums, else of values; what has changed is told beside.

    Parameters
    ----------
    table : DataFrame
        Of the exhibit.
    decimals, finer : int
        Of values, and of changes.
    mean : bool
        Whether weights are means over segments, which are printed whole.
    """
    disciplines = list(dict.fromkeys(table["discipline"])) if "discipline" in table else []
    step = max(len(disciplines), 1)
    columns = {str(name): table[name].tolist() for name in table}
    rows = [slice(start, start + step) for start in range(0, len(table), step)]
    shares = _shares(table[:step], mean=mean) if disciplines else []
    return Bars(
        rows=tuple(_bar({name: own[row] for name, own in columns.items()}, decimals, finer) for row in rows),
        noun="proposition",
        measure="Value",
        keys=tuple(Key(*each) for each in zip(disciplines, shares, strict=True)),
        decimals=decimals,
    )


def _shares(rows: pd.DataFrame, *, mean: bool) -> list[str]:
    """Weights of the disciplines: the points of sliders where there are some, else rounded shares."""
    if "weight_points" in rows:
        return [f"weight {points}\u00a0%" for points in rows["weight_points"]]
    return [f"weight {share}" for share in weights_printed(rows["weight_share"].tolist(), mean=mean)]


def _bar(own: Mapping[str, Sequence[Any]], decimals: int, finer: int) -> Bar:
    """One proposition, with what has changed since it was saved."""
    value, leads = own["value"][0], not pd.isna(own["rank"][0]) and own["rank"][0] == 1
    saved = own["baseline_value"][0] if "baseline_value" in own else math.nan
    change = 0.0 if math.isnan(value + saved) else gap(value, saved, finer)
    return Bar(
        name=own["proposition"][0],
        parts=_parts(own, "highlight" if leads else "context", decimals),
        text="no value" if math.isnan(value) else number(value, decimals) + "*" * own["partial"][0],
        change=Note(signed(change, finer), "gain" if change > 0 else "loss") if change else None,
        saved=saved if change else math.nan,
        strong=leads,
    )


def _parts(own: Mapping[str, Sequence[Any]], role: Role, decimals: int) -> tuple[Part, ...]:
    """Contributions, which sum as they are printed to the value as it is; else the value as one part."""
    if "contribution" not in own:
        return (Part(own["value"][0], "", role),)
    exact = own["contribution"]
    shown = apportioned(exact, own["value"][0], decimals)
    pairs = enumerate(zip(exact, shown, strict=True))
    return tuple(Part(size, number(each, decimals), Discipline(d)) for d, (size, each) in pairs)
