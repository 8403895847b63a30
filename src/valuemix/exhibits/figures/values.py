"""Heat table: propositions by segments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import number, percents
from valuemix.exhibits.words.lettering import escaped, wrapped

__all__ = ["draw", "heat_trace"]

HEADS = 62
"""Pixels that the names of the segments take above the cells."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Cells by value, drawn from the exhibit's table alone: rows by overall value, overall last."""
    table = exhibit.table
    names = list(dict.fromkeys(table["proposition"]))
    ranks = table["rank"].fillna(0).to_numpy(dtype=int).reshape(-1, len(names)).T
    order = sorted(range(len(names)), key=lambda p: (ranks[p, -1] or len(names) + 1, p))
    leads = ranks[order] == 1
    rows = rows_of([names[p] for p in order], skin, deck_room(exhibit) - HEADS)
    values = table["value"].to_numpy().reshape(-1, len(names)).T[order]
    partial = table["partial"].to_numpy(dtype=bool).reshape(-1, len(names)).T[order]
    texts = [
        [_cell(v, exhibit.decimals, star=bool(s), bold=bool(b)) for v, s, b in zip(*line, strict=True)]
        for line in zip(values, partial, leads, strict=True)
    ]
    return figure_of(
        exhibit, skin, [heat_trace(values, texts, rows, skin)], height=int(rows.height * len(names) + HEADS + 16),
        left=rows.left, margin={"t": HEADS + 8, "r": 4}, shapes=_outlines(leads, skin),
        xaxis=_heads(table, len(names), skin), yaxis=rows.axis(above=0.53),
    )  # fmt: skip


def heat_trace(values: NDArray[np.float64], texts: list[list[str]], rows: Rows, skin: Skin) -> dict[str, Any]:
    """Cells shaded by value, with a text each; missing ones stay empty."""
    return {
        "type": "heatmap",
        "z": [[None if np.isnan(v) else v for v in line] for line in values.tolist()],
        "x": list(range(values.shape[1])),
        "y": list(range(values.shape[0])),
        "colorscale": [[0, skin.cold], [1, skin.warm]],
        "showscale": False,
        "xgap": 4,
        "ygap": 4,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": rows.font, "color": skin.ink},
        "hoverinfo": "skip",
    }


def _cell(value: float, decimals: int, *, star: bool, bold: bool) -> str:
    text = number(value, decimals) + ("*" if star and not np.isnan(value) else "")
    return f"<b>{text}</b>" if bold else text


def _outlines(leads: NDArray[np.bool_], skin: Skin) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect",
            "x0": column - 0.5,
            "x1": column + 0.5,
            "y0": row - 0.5,
            "y1": row + 0.5,
            "line": {"color": skin.highlight, "width": 2.5},
        }
        for row, column in np.argwhere(leads).tolist()
    ]


def _heads(table: pd.DataFrame, count: int, skin: Skin) -> dict[str, Any]:
    """Axis with the names of the segments and their shares of size, the overall column last."""
    segments = table["segment"].tolist()[::count]
    sizes = [*percents(table["size_share"].tolist()[:-count:count]), "100\u00a0%"]
    width = max(4.0, (66 if skin.deck else 35) / len(segments))
    heads = ["<br>".join(map(escaped, wrapped(name, width, 2))) for name in segments]
    heads[-1] = f"<b>{heads[-1]}</b>"
    return {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(heads))),
        "ticktext": [f"{head}<br>{size}" for head, size in zip(heads, sizes, strict=True)],
        "tickfont": {"size": 14 if skin.deck else 13},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "range": [-0.51, len(heads) - 0.49],
    }
