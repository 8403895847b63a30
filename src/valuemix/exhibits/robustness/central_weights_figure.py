"""Stacked bars of 100 %: today's weights, and the favourable mix of each proposition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.ranking import heads_of, key_of
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.exhibits.words.formats import percents
from valuemix.exhibits.words.lettering import escaped

__all__ = ["draw"]

FloatArray = NDArray[np.float64]

TODAY = "Today's weights"


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Bars in the colours of the disciplines, drawn from the exhibit's table alone."""
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"]))
    mixes = table["central_weight_share"].to_numpy().reshape(-1, len(disciplines))
    bars = np.vstack([table["today_weight_share"].to_numpy()[: len(disciplines)], mixes])
    names = [TODAY, *dict.fromkeys(table["proposition"])]
    rows = rows_of(names, skin, deck_room(exhibit) - 40)
    facts = table.iloc[:: len(disciplines)]
    sure = bool((facts["confidence"] == 1).all())
    right = (110 if sure else 220) if skin.deck else (66 if sure else 132)
    key, above = _names(disciplines, bars[0], rows.left, right, skin)
    return figure_of(
        exhibit, skin, _stacks(bars, disciplines, names, rows, skin),
        height=int(len(names) * rows.height + above + 34), left=rows.left,
        barmode="stack", bargap=0.34 if rows.height > 30 else 0.22, showlegend=False,
        xaxis={"range": [0, 100], "visible": False, "fixedrange": True}, yaxis=rows.axis(above=0.55),
        uniformtext={"minsize": 10, "mode": "hide"},
        annotations=[*key, *_facts(facts, rows, skin, sure=sure)],
        margin={"t": above + 8, "r": right},
    )  # fmt: skip


def _names(
    disciplines: list[str], first: FloatArray, left: float, right: float, skin: Skin
) -> tuple[list[dict[str, Any]], float]:
    """Names of the disciplines over the first bar of a deck, else as a key; and the pixels they take."""
    below = [""] * len(disciplines)
    width = DECK_INSIDE - left - right
    heads = heads_of(disciplines, below, first.tolist(), width, skin) if skin.deck else []
    return (heads, 40.0) if heads else key_of(disciplines, below, left, skin)


def _stacks(
    bars: FloatArray, disciplines: list[str], names: list[str], rows: Rows, skin: Skin
) -> list[dict[str, Any]]:
    texts = [percents(bar.tolist()) for bar in bars]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": escaped(discipline),
            "y": list(range(len(bars))),
            "x": (100 * bars[:, d]).tolist(),
            "marker": {
                "color": skin.marks[d],
                "opacity": [0.45, *[1.0] * (len(bars) - 1)],
                "line": {"color": skin.ground, "width": 1.5},
            },
            "text": [
                escaped(line[d]) if bar[d] >= 0.03 else "" for bar, line in zip(bars, texts, strict=True)
            ],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {
                "color": [skin.ink, *[skin.on_mark] * (len(bars) - 1)],
                "size": rows.font - 1,
                "weight": 700,
            },
            "hovertext": [
                f"{escaped(name)}<br>{escaped(discipline)} {escaped(line[d])}"
                for name, line in zip(names, texts, strict=True)
            ],
            "hoverinfo": "text",
        }
        for d, discipline in enumerate(disciplines)
    ]


def _facts(facts: pd.DataFrame, rows: Rows, skin: Skin, *, sure: bool) -> list[dict[str, Any]]:
    """Beside the bars: how often first, and the confidence factor where it is not 100 % everywhere."""
    step = 110 if skin.deck else 66
    columns = [("first in", facts["first_share"])] + ([] if sure else [("confidence", facts["confidence"])])
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "center",
            "xshift": (place + 0.5) * step,
            "yref": "y",
            "y": row,
            "yanchor": "middle",
            "showarrow": False,
            "text": text,
            "font": {"size": rows.font if row else rows.font - 2, "color": skin.ink if row else skin.muted},
        }
        for place, (head, values) in enumerate(columns)
        for row, text in enumerate(
            [head, *(f"<b>{escaped(share_text(value)) or '0 %'}</b>" for value in values)]
        )
    ]
