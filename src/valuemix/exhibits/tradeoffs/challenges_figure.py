"""Bars of the weight to move, with the words beside them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import enough
from valuemix.exhibits.words.lettering import escaped, wrapped

__all__ = ["draw"]

SCREEN_WORDS = 250
"""Pixels that every screen has for the words."""

SCREEN_FONT, LINE, MOST = 12, 1.3, 20
"""Font size of the words on a screen, height of a line in font sizes, and more lines than words ever take."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One bar a challenger, drawn from the exhibit's table alone."""
    table = exhibit.table
    if table.empty:
        return figure_of(
            exhibit, skin, [], height=40, left=0, xaxis={"visible": False}, yaxis={"visible": False}
        )
    rows = rows_of(table["challenger"].tolist(), skin, deck_room(exhibit))
    words = 0.52 * DECK_INSIDE if skin.deck else SCREEN_WORDS
    rows = rows if skin.deck else replace(rows, height=_height(table))
    points = 100 * table["lead_share"].to_numpy()
    longest = float(np.nanmax(points)) if not np.isnan(points).all() else 1.0
    nearest = ~np.isnan(points) & (np.arange(len(points)) == 0)
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(table))),
            "x": np.nan_to_num(points).tolist(),
            "marker": {"color": [skin.highlight if n else skin.context for n in nearest]},
            "text": ["impossible" if np.isnan(p) else enough(p, 0.0, exhibit.decimals) for p in points],
            "textposition": "outside",
            "textfont": {"size": rows.font + 1, "color": skin.ink, "weight": 700},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
        _words(table, 1.45 * (longest or 1.0), words, rows, skin),
    ]
    return figure_of(
        exhibit, skin, traces, height=int(len(table) * rows.height + 16), left=rows.left,
        xaxis={"range": [0, 1.45 * (longest or 1.0)], "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=nearest.tolist()), bargap=0.5, showlegend=False, margin={"r": words},
    )  # fmt: skip


def _broad(room: float, font: float) -> float:
    """Font sizes that go into the room for the words."""
    return (room - 8) / font / 1.06


def _height(table: pd.DataFrame) -> int:
    """Pixels of a row on a screen, in which all its words have room."""
    width = _broad(SCREEN_WORDS, SCREEN_FONT)
    lines = [
        len(wrapped(moves, width, MOST)) + len(wrapped(f"or {others}", width, MOST))
        for moves, others in zip(table["moves"], table["others"], strict=True)
    ]
    return max(84, math.ceil((max(lines) + 1) * SCREEN_FONT * LINE))


def _words(table: pd.DataFrame, place: float, room: float, rows: Rows, skin: Skin) -> dict[str, Any]:
    """Between which disciplines weight moves; below it what else would do."""
    font = min(rows.font - 2, 15) if skin.deck else SCREEN_FONT
    width = _broad(room, font)
    lines = max(1, int(rows.height / font / LINE))
    texts = []
    for moves, others in zip(table["moves"], table["others"], strict=True):
        most = max(lines - 2, min(lines - 1, 2), 1) if skin.deck else MOST
        told = [escaped(line) for line in wrapped(moves, width, most)]
        more = wrapped(f"or {others}", width, lines - len(told)) if lines > len(told) else []
        told += [f'<span style="color:{skin.muted}">{escaped(line)}</span>' for line in more]
        texts.append("<br>".join(told))
    return {
        "type": "scatter",
        "mode": "text",
        "x": [place] * len(table),
        "y": list(range(len(table))),
        "text": texts,
        "textposition": "middle right",
        "textfont": {"size": font, "color": skin.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
