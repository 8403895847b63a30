"""Table of regrets: propositions by scenarios, the maximum last."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.figures.value_changes import cells_trace, column_axis, outlines
from valuemix.exhibits.words.formats import gap, number

__all__ = ["draw", "shown_regrets"]

HEADS = 48
"""Pixels that the heads of the columns take above the cells."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One cell a proposition and scenario, drawn from the exhibit's table alone; darker is further behind."""
    table = exhibit.table
    if table["regret"].isna().all():
        return figure_of(
            exhibit, skin, [], height=80, left=4, xaxis={"visible": False}, yaxis={"visible": False}
        )
    scenarios = table["scenario"].drop_duplicates().tolist()
    count = len(scenarios)
    first = table.iloc[::count]
    rows = rows_of(first["proposition"].tolist(), skin, deck_room(exhibit) - HEADS)
    cells = shown_regrets(table, exhibit.decimals)
    texts = [[number(v, exhibit.decimals) for v in line] for line in cells.tolist()]
    texts = [[*line[:-1], f"<b>{line[-1]}</b>"] for line in texts]
    robust = np.zeros(cells.shape, dtype=bool)
    robust[:, -1] = first["robust"].to_numpy(dtype=bool)
    trace = cells_trace(cells, texts, rows.font, skin)
    trace["z"] = [[None if np.isnan(v) else v for v in line] for line in cells.tolist()]
    trace["colorscale"] = [[0, skin.cold], [1, skin.warm]]
    return figure_of(
        exhibit, skin, [trace], height=int(rows.height * len(cells) + HEADS + 16), left=rows.left,
        margin={"t": HEADS + 8, "r": 4}, shapes=outlines(robust, skin),
        xaxis=column_axis([*scenarios, "Maximum"], rows.left, skin),
        yaxis=rows.axis(above=0.53, bold=first["robust"].tolist()),
    )  # fmt: skip


def shown_regrets(table: pd.DataFrame, decimals: int) -> NDArray[np.float64]:
    """Regrets as the values printed subtract, one row a proposition and the largest in the last column.

    Examples
    --------
    >>> values = pd.DataFrame({"scenario": ["One"] * 2, "value": [6.96, 6.74], "regret": [0.0, 0.22]})
    >>> shown_regrets(values, 1).tolist()
    [[0.0, 0.0], [0.3, 0.3]]
    """
    best = table.groupby("scenario")["value"].transform("max")
    each = zip(best, table["value"], table["regret"], strict=True)
    shown = [gap(most, value, decimals) if regret == regret else np.nan for most, value, regret in each]
    cells = np.reshape(shown, (-1, table["scenario"].nunique()))
    return np.column_stack([cells, cells.max(axis=1)])
