"""Tornado of the lead: bars from today's lead to the lead with each input lower and higher."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.tradeoffs.levers import lever_labels
from valuemix.exhibits.words.formats import number, share, share_decimals
from valuemix.screen.frame import deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

ABOVE, BELOW = 30, 34
"""Pixels for the labels of the upright lines, and for the axis."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One bar a lever, drawn from the exhibit's table alone."""
    table = exhibit.table
    if table.empty:
        return figure_of(
            exhibit, skin, [], height=40, left=0, xaxis={"visible": False}, yaxis={"visible": False}
        )
    room = deck_room(exhibit) - ABOVE - BELOW
    rows = rows_of(lever_labels(table), skin, room, widest=340 if skin.deck else 200, tall=True)
    ends = table[["low_lead", "high_lead"]].to_numpy(dtype=float)
    today = float(table["lead"].iloc[0])
    low, high = min(0.0, float(ends.min())), max(today, float(ends.max()))
    span = (high - low) or 1.0
    traces = [
        *_bars(ends[:, 0], today, skin.context, skin),
        *_bars(ends[:, 1], today, skin.highlight, skin),
        _inputs(exhibit, ends, rows, skin),
    ]
    return figure_of(
        exhibit, skin, traces, height=int(len(table) * rows.height + ABOVE + BELOW + 16), left=rows.left,
        xaxis={
            "range": [low - 0.1 * span, high + 0.1 * span], "nticks": 7, "showgrid": False, "zeroline": False,
            "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted}, "fixedrange": True,
        },
        yaxis=rows.axis(bold=table["loses"].tolist()), barmode="overlay", bargap=0.42, showlegend=False,
        shapes=[_upright(0, skin.bad, "dot"), _upright(today, skin.ink, "solid")],
        annotations=_heads(today, table["lead_words"].iloc[0], span, skin), margin={"t": ABOVE, "b": BELOW},
    )  # fmt: skip


def _bars(ends: FloatArray, today: float, color: str, skin: Skin) -> list[Trace]:
    """From today's lead to the lead after; what lies below 0 in the colour of a loss."""
    kept = np.maximum(ends, 0.0)
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(ends))),
            "base": start.tolist(),
            "x": (stop - start).tolist(),
            "marker": {"color": paint},
            "hoverinfo": "skip",
        }
        for start, stop, paint in (
            (np.full_like(ends, today), kept, color),
            (np.zeros_like(ends), np.minimum(ends, 0.0), skin.bad),
        )
    ]


def _inputs(exhibit: Exhibit, ends: FloatArray, rows: Rows, skin: Skin) -> Trace:
    """Value of the input at each end of its bar."""
    table, decimals = exhibit.table, exhibit.decimals
    texts = [
        (_input(kind, low, decimals), _input(kind, high, decimals))
        for kind, low, high in zip(table["lever"], table["low_input"], table["high_input"], strict=True)
    ]
    left = ends[:, 0] <= ends[:, 1]
    sides = [("middle left", "middle right") if first else ("middle right", "middle left") for first in left]
    return {
        "type": "scatter",
        "mode": "text",
        "x": ends.ravel().tolist(),
        "y": np.repeat(np.arange(len(table)), 2).tolist(),
        "text": [f"\u00a0{text}\u00a0" for pair in texts for text in pair],
        "textposition": [side for pair in sides for side in pair],
        "textfont": {"size": rows.font - 2, "color": skin.muted},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _input(kind: str, value: float, decimals: int) -> str:
    if kind == "score":
        return number(value, decimals)
    return share(value, share_decimals([(value, 0.0)]))


def _upright(x: float, color: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1.5, "dash": dash},
    }


def _heads(today: float, words: str, span: float, skin: Skin) -> list[dict[str, Any]]:
    """Names of both upright lines, on sides where they do not meet."""
    apart = today > 0.02 * span
    heads = [(today, f"<b>lead today {words}</b>", "left" if apart else "center", skin.ink)]
    if apart:
        heads.append((0.0, "lead lost", "right", skin.bad))
    return [
        {
            "x": x,
            "y": 1,
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "text": text,
            "showarrow": False,
            "font": {"size": 15 if skin.deck else 13, "color": color, "family": skin.font},
        }
        for x, text, anchor, color in heads
    ]
