"""What the chart of the ranking shows."""

from __future__ import annotations

import math

import pandas as pd

from valuemix.charts.bars import Bar, Bars, Key, Note, Part
from valuemix.charts.roles import Discipline, Role
from valuemix.exhibits.words.formats import apportioned, gap, number, percents, signed

__all__ = ["ranking_chart"]


def ranking_chart(table: pd.DataFrame, decimals: int, finer: int) -> Bars:
    """Bars of contributions where values are their sums, else of values; what has changed is told beside.

    Parameters
    ----------
    table : DataFrame
        Of the exhibit.
    decimals, finer : int
        Of values, and of changes.
    """
    disciplines = list(dict.fromkeys(table["discipline"])) if "discipline" in table else []
    step = max(len(disciplines), 1)
    rows = [table.iloc[start : start + step] for start in range(0, len(table), step)]
    shares = _shares(rows[0]) if disciplines else []
    return Bars(
        rows=tuple(_bar(own, decimals, finer) for own in rows),
        noun="proposition",
        measure="Value",
        keys=tuple(Key(*each) for each in zip(disciplines, shares, strict=True)),
        decimals=decimals,
    )


def _shares(rows: pd.DataFrame) -> list[str]:
    """Weights of the disciplines: the points of sliders where there are some, else rounded shares."""
    if "weight_points" in rows:
        return [f"weight {points}\u00a0%" for points in rows["weight_points"]]
    return [f"weight {share}" for share in percents(rows["weight_share"].tolist())]


def _bar(own: pd.DataFrame, decimals: int, finer: int) -> Bar:
    """One proposition, with what has changed since it was saved."""
    first = own.iloc[0]
    value, leads = float(first["value"]), not pd.isna(first["rank"]) and first["rank"] == 1
    saved = float(first["baseline_value"]) if "baseline_value" in own else math.nan
    change = 0.0 if math.isnan(value + saved) else gap(value, saved, finer)
    return Bar(
        name=first["proposition"],
        parts=_parts(own, "highlight" if leads else "context", decimals),
        text="no value" if math.isnan(value) else number(value, decimals) + "*" * bool(first["partial"]),
        change=Note(signed(change, finer), "gain" if change > 0 else "loss") if change else None,
        saved=saved if change else math.nan,
        strong=bool(leads),
    )


def _parts(own: pd.DataFrame, role: Role, decimals: int) -> tuple[Part, ...]:
    """Contributions, which sum as they are printed to the value as it is; else the value as one part."""
    value = float(own["value"].iloc[0])
    if "contribution" not in own:
        return (Part(value, "", role),)
    exact = own["contribution"].tolist()
    shown = apportioned(exact, value, decimals)
    pairs = enumerate(zip(exact, shown, strict=True))
    return tuple(Part(size, number(each, decimals), Discipline(d)) for d, (size, each) in pairs)
