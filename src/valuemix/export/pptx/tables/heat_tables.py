"""Exhibits as tables with shaded cells: the number is printed in every one of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.charts.roles import Ground, depth, scaled
from valuemix.charts.table import Cell, Column, named, shaded
from valuemix.exhibits.compare.regret_figure import shown_regrets
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.exhibits.words.formats import gap, number, percents, signed

__all__ = [
    "acceptability_columns",
    "delivery_levers_columns",
    "pairwise_columns",
    "regret_columns",
    "scores_columns",
    "value_changes_columns",
    "weights_columns",
]

MANY = 12
"""Columns from which on percent signs are left out."""

FloatArray = NDArray[np.float64]


def delivery_levers_columns(exhibit: Exhibit) -> list[Column]:
    """Functions by disciplines, whole functions last; what returns most is outlined."""
    table = exhibit.table
    functions, heads = _names(table, "function"), _names(table, "discipline")
    gains = table["gain"].to_numpy(dtype=float).reshape(len(functions), -1)
    best = table["best"].to_numpy(dtype=bool).reshape(gains.shape)
    depth = gains / (float(np.nanmax(gains, initial=0.0)) or 1.0)
    columns = [
        Column(
            head,
            [
                shaded(number(gain, exhibit.decimals), deep, strong=bool(framed))
                for gain, deep, framed in zip(gains[:, i], depth[:, i], best[:, i], strict=True)
            ],
            "center",
        )
        for i, head in enumerate(heads)
    ]
    return [named("Function", functions), *columns]


def regret_columns(exhibit: Exhibit) -> list[Column]:
    """How far behind the best each proposition is in every scenario, the maximum last; the robust are outlined."""
    table, decimals = exhibit.table, exhibit.decimals
    if table["regret"].isna().all():
        return []
    scenarios = _names(table, "scenario")
    first = table.iloc[:: len(scenarios)]
    regrets = shown_regrets(table, decimals)
    largest = float(np.nanmax(regrets, initial=0.0)) or 1.0
    robust = first["robust"].to_numpy(dtype=bool)
    columns = [
        Column(
            head,
            [
                shaded(number(value, decimals), value / largest, strong=bool(last and on))
                for value, on in zip(regrets[:, k], robust, strict=True)
            ],
            "center",
        )
        for k, head in enumerate([*scenarios, "Maximum"])
        for last in [k == len(scenarios)]
    ]
    return [named("Proposition", first["proposition"].tolist()), *columns]


def value_changes_columns(exhibit: Exhibit) -> list[Column]:
    """Values and their changes, overall last; leaders are outlined."""
    table, decimals = exhibit.table, exhibit.decimals
    names, segments = _names(table, "proposition"), _names(table, "segment")
    largest = float(np.nanmax(np.abs(table["change"].to_numpy(dtype=float)), initial=0.0)) or 1.0
    leads = (table["rank"] == 1).fillna(value=False).tolist()
    rows = zip(table["value"], table["baseline_value"], table["change"], leads, strict=True)
    cells = [_changed(*row, decimals, largest) for row in rows]
    columns = [
        Column(segment, cells[g * len(names) : (g + 1) * len(names)], "center")
        for g, segment in enumerate(segments)
    ]
    return [named("Proposition", names), *columns]


def _changed(value: float, before: float, change: float, lead: bool, decimals: int, largest: float) -> Cell:
    """Value, and its change as the difference of the figures shown where either scenario has it."""
    if np.isnan(change):
        return Cell(number(value, decimals), lead, ground=Ground("change", 0.0), marked=lead)
    moved = gap(value, before, decimals)
    text = f"{number(value, decimals)}  {signed(moved, decimals)}"
    return Cell(text, lead, ground=Ground("change", moved / largest), marked=lead)


def acceptability_columns(exhibit: Exhibit) -> list[Column]:
    """How often each proposition takes each rank; the most frequent rank is bold."""
    names, shares = _shares(exhibit.table, "rank")
    bold = shares >= shares.max(axis=1, keepdims=True) - 1e-9
    word = "rank " if len(names) <= MANY else ""
    heads = [f"{word}{rank + 1}" for rank in range(len(names))]
    return _share_columns(names, heads, shares, bold)


def pairwise_columns(exhibit: Exhibit) -> list[Column]:
    """How often the row beats the column; numbers stand for the names where there are many."""
    names, shares = _shares(exhibit.table, "other")
    numbered = len(names) > 8
    rows = [f"{place}\u00a0\u00a0{name}" for place, name in enumerate(names, 1)] if numbered else names
    heads = [f"{place}" for place in range(1, len(names) + 1)] if numbered else names
    return _share_columns(rows, heads, shares, np.nan_to_num(shares) > 0.5 + 1e-9)


def weights_columns(exhibit: Exhibit) -> list[Column]:
    """Weights by segment with the shares of size; their mean by size last."""
    table = exhibit.table
    disciplines = _names(table, "discipline")
    shares = table["weight_share"].to_numpy().reshape(-1, len(disciplines))
    first = table.iloc[:: len(disciplines)]
    mean = first["kind"] == ""
    names = ["Mean by size" if last else name for name, last in zip(first["segment"], mean, strict=True)]
    sizes = iter(percents(first["size_share"][~mean].tolist()))
    texts = ["" if last else next(sizes) for last in mean]
    size = Column("Share of size", [Cell(text) for text in texts], "right")
    return [named("Segment", names), size, *_mix_columns(disciplines, shares)]


def scores_columns(exhibit: Exhibit) -> list[Column]:
    """Scores of the propositions."""
    table = exhibit.table
    disciplines = _names(table, "discipline")
    scores = table["score"].to_numpy(dtype=float).reshape(-1, len(disciplines))
    stars = np.where(table["partial"], "*", "").reshape(scores.shape)
    depth = scaled(scores)
    columns = [
        Column(
            name,
            [
                shaded(number(s, exhibit.decimals) + star, d)
                for s, star, d in zip(scores[:, place], stars[:, place], depth[:, place], strict=True)
            ],
            "center",
        )
        for place, name in enumerate(disciplines)
    ]
    return [named("Proposition", table["proposition"].tolist()[:: len(disciplines)]), *columns]


# ---------------------------------------------------------------------- parts


def _names(table: pd.DataFrame, column: str) -> list[str]:
    return [str(name) for name in dict.fromkeys(table[column])]


def _mix_columns(disciplines: Sequence[str], shares: FloatArray) -> list[Column]:
    """Weights that add up to 100 % in every row."""
    texts = [percents(row) for row in shares.tolist()]
    largest = float(shares.max(initial=0.0)) or 1.0
    return [
        Column(
            name,
            [shaded(line[d], float(row[d]) / largest) for line, row in zip(texts, shares, strict=True)],
            "center",
        )
        for d, name in enumerate(disciplines)
    ]


def _shares(table: pd.DataFrame, column: str) -> tuple[list[str], FloatArray]:
    """Names, and the shares in a square; NaN where the table has no row."""
    names = _names(table, "proposition")
    across = list(range(1, len(names) + 1)) if column == "rank" else names
    shares = np.full((len(names), len(names)), np.nan)
    shares[table["proposition"].map(names.index), table[column].map(across.index)] = table["share"]
    return names, shares


def _share_columns(
    names: list[str], heads: list[str], shares: FloatArray, bold: NDArray[np.bool_]
) -> list[Column]:
    """Cells with shares; where there are many of them the subtitle alone says that they are percents."""
    deepest = max(0.5, float(np.nanmax(shares, initial=0.0)))
    unit = "\u00a0%" if len(heads) > MANY else ""

    def cell(share: float, strong: bool) -> Cell:
        if np.isnan(share):
            return Cell("")
        return Cell(share_text(share).removesuffix(unit), bool(strong), ground=depth(share / deepest))

    columns = [
        Column(head, [cell(*each) for each in zip(shares[:, place], bold[:, place], strict=True)], "center")
        for place, head in enumerate(heads)
    ]
    return [named("Proposition", names), *columns]
