"""Table of values with their changes: propositions by segments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import rows_of
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["cells_trace", "column_axis", "draw", "outlines"]

FloatArray = NDArray[np.float64]

SCREEN_INSIDE = 640
"""Pixels that every screen has for the whole table."""

HEADS = 48
"""Pixels that the heads of the columns take above the cells."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One cell a proposition and segment, drawn from the exhibit's table alone; overall last."""
    table = exhibit.table
    names = table["proposition"].drop_duplicates().tolist()
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS, tall=True)
    segments = table["segment"].tolist()[:: len(names)]
    small = rows.height < 2.6 * rows.font
    texts = [_cell(row, exhibit.decimals, skin, one_line=small) for row in table.itertuples()]
    leads = (table["rank"] == 1).fillna(value=False).to_numpy(dtype=bool)
    return figure_of(
        exhibit, skin,
        [cells_trace(_grid(table["value"], len(names)), _grid(pd.Series(texts), len(names)).tolist(), rows.font, skin)],
        height=int(rows.height * len(names) + HEADS + 16), left=rows.left, margin={"t": HEADS + 8, "r": 4},
        shapes=outlines(leads.reshape(-1, len(names)).T, skin), xaxis=column_axis(segments, rows.left, skin),
        yaxis=rows.axis(above=0.53),
    )  # fmt: skip


def _grid(column: pd.Series, count: int) -> NDArray[Any]:
    """A column of the table as rows of propositions and columns of segments."""
    result: NDArray[Any] = column.to_numpy().reshape(-1, count).T
    return result


def _cell(row: Any, decimals: int, skin: Skin, *, one_line: bool) -> str:
    value = number(row.value, decimals)
    if np.isnan(row.change):
        return value
    moved = gap(row.value, row.baseline_value, decimals)
    color = skin.good if moved > 0 else skin.bad if moved < 0 else skin.muted
    text = f'<span style="color:{color}">{signed(moved, decimals)}</span>'
    return f"{value}  {text}" if one_line else f"<b>{value}</b><br>{text}"


def cells_trace(values: FloatArray, texts: list[list[str]], font: int, skin: Skin) -> dict[str, Any]:
    """Plain cells with a text each."""
    return {
        "type": "heatmap",
        "z": np.zeros(values.shape).tolist(),
        "x": list(range(values.shape[1])),
        "y": list(range(values.shape[0])),
        "colorscale": [[0, skin.cold], [1, skin.cold]],
        "showscale": False,
        "xgap": 4,
        "ygap": 4,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": font, "color": skin.ink},
        "hoverinfo": "skip",
    }


def outlines(marked: NDArray[np.bool_], skin: Skin) -> list[dict[str, Any]]:
    """Frames around some cells, given by row and column."""
    return [
        {
            "type": "rect",
            "x0": column - 0.5,
            "x1": column + 0.5,
            "y0": row - 0.5,
            "y1": row + 0.5,
            "line": {"color": skin.highlight, "width": 2.5},
        }
        for row, column in np.argwhere(marked).tolist()
    ]


def column_axis(names: list[str], left: float, skin: Skin) -> dict[str, Any]:
    """Axis with the heads of the columns, the last one bold."""
    size, inside = (14, DECK_INSIDE) if skin.deck else (13, SCREEN_INSIDE)
    room = (inside - left) / len(names) / 1.12
    longest = max(text_width(word) for name in names for word in name.split())
    size = int(min(size, max(10, room / longest)))  # rather smaller than a word in two pieces
    width = max(4.0, room / size)
    heads = ["<br>".join(map(escaped, wrapped(name, width, 2))) for name in short_names(names, 1.7 * width)]
    heads[-1] = f"<b>{heads[-1]}</b>"
    return {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(heads))),
        "ticktext": heads,
        "tickfont": {"size": size},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "range": [-0.51, len(heads) - 0.49],
    }
