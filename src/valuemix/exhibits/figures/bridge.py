"""Waterfall: full bars, and between them the steps that lead from one to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, figure_of
from valuemix.exhibits.words.formats import apportioned, gap, number, signed
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped

__all__ = ["draw", "full_bars", "shown_changes", "steps_of"]

Trace = dict[str, Any]

NAMES = 52
"""Pixels for the names of the steps below the bars."""

SCREEN_HEIGHT = 340
BAR = 0.62


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Full bars and the parts floating between, drawn from the exhibit's table alone.

    The first and the last bar are full; others are where the table says so in a column `full`.
    """
    table = steps_of(exhibit.table)
    known = np.concatenate([table["start"], table["end"], [0.0]])
    known = known[~np.isnan(known)]
    low, high = float(known.min()), float(known.max())
    span = (high - low) or 1.0
    return figure_of(
        exhibit, skin, [_bars(exhibit, skin), _values(exhibit, skin)],
        height=SCREEN_HEIGHT + NAMES, left=4, showlegend=False, margin={"b": NAMES, "r": 4},
        shapes=_connections(exhibit, skin), bargap=0,
        xaxis=_steps(exhibit, skin),
        yaxis={"range": [low - 0.1 * span * (low < 0), high + 0.12 * span], "visible": False, "fixedrange": True},
    )  # fmt: skip


def steps_of(table: pd.DataFrame) -> pd.DataFrame:
    """Rows that are bars: all but those that split another one, which name it in a column `part_of`."""
    return table[table["part_of"] == ""] if "part_of" in table else table


def full_bars(table: pd.DataFrame) -> list[bool]:
    """Which bars stand on the ground: the first, the last, and those that the table names."""
    inner = table["full"].tolist()[1:-1] if "full" in table else [False] * (len(table) - 2)
    return [True, *map(bool, inner), True]


def shown_changes(table: pd.DataFrame, decimals: int) -> list[float]:
    """Steps as they are printed: between two full bars they sum to the difference of these as printed."""
    ends, changes = table["end"].tolist(), table["change"].tolist()
    shown = [np.nan] * len(changes)
    for left, right in pairwise(i for i, full in enumerate(full_bars(table)) if full):
        whole = gap(ends[right], ends[left], decimals)
        shown[left + 1 : right] = apportioned(changes[left + 1 : right], whole, decimals)
    return shown


def _colors(exhibit: Exhibit, skin: Skin) -> list[str]:
    """Grey before, blue after; green and red for the parts, the sign beside."""
    table = steps_of(exhibit.table)
    shown = shown_changes(table, exhibit.decimals)
    parts = [skin.good if c > 0 else skin.bad if c < 0 else skin.muted for c in shown]
    inner = [skin.context if full else part for full, part in zip(full_bars(table), parts, strict=True)]
    return [*inner[:-1], skin.marks[0]]


def _bars(exhibit: Exhibit, skin: Skin) -> Trace:
    table = steps_of(exhibit.table)
    lengths = (table["end"] - table["start"]).to_numpy()
    return {
        "type": "bar",
        "x": list(range(len(table))),
        "base": [None if np.isnan(v) else v for v in table["start"].tolist()],
        "y": [None if np.isnan(v) else v for v in lengths.tolist()],
        "width": BAR,
        "marker": {"color": _colors(exhibit, skin)},
        "hoverinfo": "skip",
    }


def _values(exhibit: Exhibit, skin: Skin) -> Trace:
    """Values over the full bars, changes with their sign over the parts."""
    table, decimals = steps_of(exhibit.table), exhibit.decimals
    top = table[["start", "end"]].max(axis=1)
    full = full_bars(table)
    texts = [
        number(end, decimals) if whole else "–" if np.isnan(change) else signed(change, decimals)
        for end, change, whole in zip(table["end"], shown_changes(table, decimals), full, strict=True)
    ]
    colors = [skin.ink if whole else c for whole, c in zip(full, _colors(exhibit, skin), strict=True)]
    size = (19 if skin.deck else 15) if len(table) <= 9 else (15 if skin.deck else 11)
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(range(len(table))),
        "y": [0.0 if np.isnan(v) else max(v, 0.0) if v == table["end"].iloc[0] else v for v in top.tolist()],
        "text": [f"<b>{text}</b>" for text in texts],
        "textposition": "top center",
        "textfont": {"size": [size + 3 * whole for whole in full], "color": colors},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _connections(exhibit: Exhibit, skin: Skin) -> list[Trace]:
    """Thin lines from the end of each step to the start of the next, and the line that bars stand on."""
    table = steps_of(exhibit.table)
    ends, half, full = table["end"].tolist(), BAR / 2, full_bars(table)
    thin = {"color": skin.muted, "width": 1}
    lines = [
        {"x0": i + half if full[i] else i - half, "x1": i + 1 - half, "y0": end, "y1": end, "line": thin}
        for i, end in enumerate(ends[:-1])
        if not np.isnan(end)
    ]
    ground = {"x0": -0.5, "x1": len(ends) - 0.5, "y0": 0, "y1": 0, "line": {"color": skin.ink, "width": 1}}
    return [{"type": "line", "xref": "x", "yref": "y", **line} for line in [*lines, ground]]


def _steps(exhibit: Exhibit, skin: Skin) -> dict[str, Any]:
    steps = steps_of(exhibit.table)["step"].tolist()
    room = (DECK_INSIDE if skin.deck else 560) / len(steps) * 0.95 / 1.08
    longest = max(text_width(word) for step in steps for word in step.split())
    # Words are not broken, as long as they can be read.
    font = max(9, min(15 if skin.deck else 13, int(room / longest)))
    width = room / font
    texts = [steps[0], *(step[:1].upper() + step[1:] for step in steps[1:-1]), steps[-1]]
    return {
        "range": [-0.5, len(steps) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(len(steps))),
        "ticktext": ["<br>".join(map(escaped, wrapped(text, width, 2))) for text in texts],
        "tickfont": {"size": font, "color": skin.ink},
        "tickangle": 0,
        "ticklabelstandoff": 4,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
