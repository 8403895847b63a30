"""Rows of differences: where, from what to what, and a bar for what it does alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import rounded, signed
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.model.difference import Difference

__all__ = ["SHOWN", "draw"]

Trace = dict[str, Any]

SHOWN = 12
"""Differences that are drawn at most."""

FIELDS = ("what", "before", "after", "segment", "proposition", "discipline")

HIDDEN = {"visible": False, "fixedrange": True}

HEADS = 30
"""Pixels for the heads of the columns."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """The first differences of the exhibit's table, drawn from it alone."""
    table = exhibit.table.head(SHOWN)
    found = [Difference(**{str(name): row[name] for name in FIELDS}) for row in table.to_dict("records")]
    if not found:
        return figure_of(
            exhibit, skin, [], height=80, left=4, xaxis={"visible": False}, yaxis={"visible": False}
        )
    places = [", ".join(d.path) or "Whole scenario" for d in found]
    rows = rows_of(places, skin, deck_room(exhibit) - HEADS, 420 if skin.deck else 210)
    shown = [rounded(e, exhibit.decimals) if e == e else 0.0 for e in table["effect"]]
    colors = [skin.good if e > 0 else skin.bad if e < 0 else skin.muted for e in shown]
    effects = np.nan_to_num(table["effect"].to_numpy(dtype=float))
    reach = float(abs(effects).max()) or 1.0
    if table["effect"].isna().all():
        return _without_effects(exhibit, skin, rows, found)
    return figure_of(
        exhibit, skin,
        [_bars(effects, colors), _changes(found, rows, skin), _labels(table, exhibit.decimals, colors, rows, skin)],
        height=int(rows.height * len(found) + HEADS + 16), left=rows.left, showlegend=False,
        margin={"t": HEADS},
        xaxis={**HIDDEN, "range": [0, 1], "domain": [0, 0.24]},
        xaxis2={**HIDDEN, "range": [-1.15 * reach, 1.15 * reach], "domain": [0.25, 0.6], "anchor": "y"},
        xaxis3={**HIDDEN, "range": [0, 1], "domain": [0.62, 1], "anchor": "y"},
        yaxis=rows.axis(), shapes=[_ground(len(found), skin)], annotations=_heads(skin),
    )  # fmt: skip


def _bars(effects: np.ndarray, colors: list[str]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": "x2",
        "y": list(range(len(effects))),
        "x": effects.tolist(),
        "width": 0.5,
        "marker": {"color": colors},
        "hoverinfo": "skip",
    }


def _without_effects(exhibit: Exhibit, skin: Skin, rows: Rows, found: list[Difference]) -> go.Figure:
    """What differs with all the room for it, where no effect can be told."""
    return figure_of(
        exhibit, skin, [_changes(found, rows, skin, part=4)],
        height=int(rows.height * len(found) + HEADS + 16), left=rows.left, showlegend=False,
        margin={"t": HEADS}, xaxis={**HIDDEN, "range": [0, 1]}, yaxis=rows.axis(), annotations=_heads(skin)[:1],
    )  # fmt: skip


def _changes(found: list[Difference], rows: Rows, skin: Skin, part: int = 1) -> Trace:
    """What it is, before and after; in a quarter of the width, or in more of them."""
    texts = [str(d).removeprefix(f"{', '.join(d.path)}: ") for d in found]
    width = part * (205 if skin.deck else 120) / rows.font / 1.05
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(texts),
        "y": list(range(len(texts))),
        "text": [escaped(wrapped(text, width, 1)[0]) for text in texts],
        "textposition": "middle right",
        "textfont": {"size": rows.font, "color": skin.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _labels(table: pd.DataFrame, decimals: int, colors: list[str], rows: Rows, skin: Skin) -> Trace:
    """The effect with its sign, and whose value it is."""
    width = (250 if skin.deck else 138) / rows.font / 1.05
    texts = []
    for effect, moves in zip(table["effect"], table["moves"], strict=True):
        if np.isnan(effect):
            texts.append("–")
        elif not moves:
            texts.append("none")
        else:
            name = escaped(wrapped(moves, width, 1)[0])
            texts.append(f'<b>{signed(effect, decimals)}</b>  <span style="color:{skin.ink}">{name}</span>')
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": "x3",
        "x": [0] * len(texts),
        "y": list(range(len(texts))),
        "text": texts,
        "textposition": "middle right",
        "textfont": {"size": rows.font, "color": colors},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _ground(count: int, skin: Skin) -> Trace:
    return {
        "type": "line",
        "xref": "x2",
        "yref": "y",
        "x0": 0,
        "x1": 0,
        "y0": -0.5,
        "y1": count - 0.5,
        "line": {"color": skin.muted, "width": 1},
    }


def _heads(skin: Skin) -> list[Trace]:
    return [
        {
            "text": text,
            "xref": "paper",
            "yref": "paper",
            "x": x,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 4,
            "showarrow": False,
            "borderpad": 0,
            "borderwidth": 0,
            "font": {"size": 13, "color": skin.muted, "family": skin.font},
        }
        for text, x in (("before → after", 0.0), ("overall value", 0.62))
    ]
