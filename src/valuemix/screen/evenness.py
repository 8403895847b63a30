"""Rows of dots: the value in every segment, the worst-served one named, overall values beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.screen.dots import columns_beside, dots, span_lines
from valuemix.screen.frame import DECK_INSIDE, SCREEN_INSIDE, deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["draw"]

Trace = dict[str, Any]

HEADS = 34
"""Pixels above the rows for the heads of the columns."""

NAME, NARROW_NAME = 13, 10
"""Room for the name of a segment and its mark, in font sizes, in a deck and on a screen."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One row a proposition, drawn from the exhibit's table alone."""
    table = exhibit.table
    names = list(dict.fromkeys(table["proposition"]))
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS)
    first = table.drop_duplicates("proposition")
    right = 300 if skin.deck else 156
    known = table["value"].dropna()
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    span = (high - low) or 1.0
    inside = (DECK_INSIDE if skin.deck else SCREEN_INSIDE) - rows.left - right
    aside = (NAME if skin.deck else NARROW_NAME) * rows.font / inside
    place = table["proposition"].map(names.index)
    others, worst = table[~table["worst"]], table[table["worst"]]
    traces = [
        span_lines(table["value"].to_numpy().reshape(len(names), -1), skin),
        dots(others["value"], place[others.index], skin.context, rows, skin),
        dots(worst["value"], place[worst.index], skin.highlight, rows, skin),
        _means(first, rows, skin),
        _worst_names(table, names, rows, skin),
    ]
    return figure_of(
        exhibit, skin, traces, height=int(len(names) * rows.height + HEADS + 16), left=rows.left,
        margin={"t": HEADS, "r": right}, showlegend=False,
        xaxis={
            "range": [low - 1.06 * span * aside / (1 - aside), high + 0.06 * span],
            "visible": False, "fixedrange": True,
        },
        yaxis=rows.axis(),
        annotations=columns_beside(
            ["fairness\n0", _head(first), "cost"], _figures(first, exhibit.decimals, skin), rows, right, skin
        ),
    )  # fmt: skip


def _means(first: pd.DataFrame, rows: Rows, skin: Skin) -> Trace:
    """Upright mark at the overall value at fairness 0."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": first["mean"].tolist(),
        "y": list(range(len(first))),
        "marker": {
            "symbol": "line-ns",
            "size": 0.3 * rows.height,
            "line": {"width": 3, "color": skin.marks[0]},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _worst_names(table: pd.DataFrame, names: list[str], rows: Rows, skin: Skin) -> Trace:
    """Name of the worst-served segment and its value, left of the dots."""
    size = rows.font - 2
    x, y, texts = [], [], []
    for row, name in enumerate(names):
        own = table[(table["proposition"] == name) & table["worst"]]
        if len(own):
            who = own["segment"].iloc[0] if len(own) == 1 else f"{len(own)} segments"
            x.append(float(own["value"].min()))
            y.append(row)
            texts.append(
                f"{escaped(wrapped(who, NAME - 2 if skin.deck else NARROW_NAME - 2, 1)[0])}\u00a0\u00a0\u00a0"
            )
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": texts,
        "textposition": "middle left",
        "textfont": {"size": size, "color": skin.muted},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _head(first: pd.DataFrame) -> str:
    eps = float(first["fairness"].iloc[0])
    return "worst\nonly" if np.isinf(eps) else f"fairness\n{eps:g}"


def _figures(first: pd.DataFrame, decimals: int, skin: Skin) -> list[list[tuple[str, str]]]:
    """Texts and colours of the columns."""
    result = []
    for mean, even in zip(first["mean"], first["even"], strict=True):
        lost = gap(even, mean, decimals) if mean == mean else 0.0
        color = skin.bad if lost < 0 else skin.muted
        told = signed(lost, decimals) if mean == mean else "–"
        result.append(
            [(number(mean, decimals), skin.ink), (number(even, decimals), skin.ink), (told, color)]
        )  # fmt: skip
    return result
