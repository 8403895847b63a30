"""Table of regrets: propositions by scenarios, the maximum last."""

from __future__ import annotations

import numpy as np
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import number
from valuemix.exhibits.rows import rows_of
from valuemix.exhibits.theme import Skin, deck_room, figure_of
from valuemix.exhibits.value_changes_figure import cells_trace, column_axis, outlines

__all__ = ["draw"]

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
    cells = np.column_stack([table["regret"].to_numpy().reshape(-1, count), first["maximum"]])
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
