"""Ranges on 0 to 100: where the leader stays, within it where the whole order stays, and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.tradeoffs.switches import ShownWeight, shown_in
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.screen.frame import deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["draw"]

Trace = dict[str, Any]

AXIS = 34
"""Pixels for the axis below the rows."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One range a discipline, drawn from the exhibit's table alone."""
    table = exhibit.table
    rows = rows_of(table["discipline"].tolist(), skin, deck_room(exhibit) - AXIS)
    right = 260 if skin.deck else 150
    below = AXIS + (rows.shown - len(table)) * rows.height
    rows = replace(rows, shown=len(table))
    traces = [
        _whole(len(table), skin),
        _ranges(table, "leader", 0.42 * rows.height, skin.warm, rows),
        _ranges(table, "order", 0.16 * rows.height, skin.marks[0], rows),
        _today(table, rows, skin),
        _ends(table, rows, skin),
        _switches(table, rows, right, skin),
    ]
    return figure_of(
        exhibit, skin, traces, height=int(len(table) * rows.height + AXIS + 16), left=rows.left,
        xaxis=_axis(skin), yaxis=rows.axis(), barmode="overlay", showlegend=False,
        margin={"b": below, "r": right},
    )  # fmt: skip


def _bar(base: Sequence[float], length: Sequence[float], width: float, color: str) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(base))),
        "base": list(base),
        "x": list(length),
        "width": width,
        "marker": {"color": color},
        "hoverinfo": "skip",
    }


def _whole(count: int, skin: Skin) -> Trace:
    """The way from 0 to 100, behind the ranges."""
    return _bar([0.0] * count, [100.0] * count, 0.42, skin.cold)


def _ranges(table: pd.DataFrame, what: str, pixels: float, color: str, rows: Rows) -> Trace:
    start = 100 * table[f"{what}_from"]
    return _bar(start.tolist(), (100 * table[f"{what}_to"] - start).tolist(), pixels / rows.height, color)


def _today(table: pd.DataFrame, rows: Rows, skin: Skin) -> Trace:
    labelled = rows.height >= 40
    return {
        "type": "scatter",
        "mode": "markers+text" if labelled else "markers",
        "x": (100 * table["weight_share"]).tolist(),
        "y": list(range(len(table))),
        "marker": {
            "symbol": "line-ns",
            "size": rows.height * 0.27,
            "line": {"width": 3, "color": skin.ink},
        },
        "text": [shown.text(shown.today) for shown in shown_in(table)],
        "textposition": "top center",
        "textfont": {"size": rows.font - 2, "color": skin.ink, "weight": 700},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _ends(table: pd.DataFrame, rows: Rows, skin: Skin) -> Trace:
    """Ends of the leader's range where it does not go all the way."""
    x: list[float] = []
    y: list[int] = []
    texts: list[str] = []
    sides: list[str] = []
    ends = zip(table["leader_from"], table["leader_to"], shown_in(table), strict=True)
    for row, (low, high, shown) in enumerate(ends):
        for end, reached, side in ((low, 0.0, "middle left"), (high, 1.0, "middle right")):
            if abs(end - reached) > 1e-9:
                x.append(100 * end)
                y.append(row)
                texts.append(f"\u00a0{shown.text(end)}\u00a0")
                sides.append(side)
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": texts,
        "textposition": sides,
        "textfont": {"size": rows.font - 2, "color": skin.muted},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _switches(table: pd.DataFrame, rows: Rows, room: float, skin: Skin) -> Trace:
    """How far away the nearest switch is and who leads beyond it."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [102.0] * len(table),
        "y": list(range(len(table))),
        "text": [
            _switch(*row, rows, room, skin)
            for row in zip(
                table["switch_share"],
                table["next_leader"],
                shown_in(table),
                strict=True,
            )
        ],
        "textposition": "middle right",
        "textfont": {"size": rows.font, "color": skin.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _switch(there: float, following: str, shown: ShownWeight, rows: Rows, room: float, skin: Skin) -> str:
    if np.isnan(there):
        return f'<span style="color:{skin.muted}">no switch</span>'
    small = rows.font - 2
    name = escaped(wrapped(f"to {following}", (room - 20) / small / 1.06, 1)[0])
    far = shown.apart(there)
    if rows.height < 36:
        return f"<b>{far}</b>"
    return f'<b>{far}</b><br><span style="color:{skin.muted};font-size:{small}px">{name}</span>'


def _axis(skin: Skin) -> dict[str, Any]:
    return {
        "range": [-10, 102],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": [share(t / 100) for t in (0, 20, 40, 60, 80, 100)],
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
