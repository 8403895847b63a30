"""Stacked bars of 100 %: profiles in the colours of the disciplines, their effective number beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.ranking import key_of
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import number, percents
from valuemix.exhibits.words.lettering import escaped

__all__ = ["draw"]

SMALLEST = 0.035
"""Share of a bar that has room for its figure."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One bar a profile, drawn from the exhibit's table alone."""
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"]))
    names = table["name"].tolist()[:: len(disciplines)]
    key, above = key_of(disciplines, [""] * len(disciplines), 0, skin)
    rows = rows_of(names, skin, deck_room(exhibit) - above)
    for item in key:
        item["xshift"] -= rows.left
    right = 110 if skin.deck else 66
    return figure_of(
        exhibit, skin, _stacks(table, disciplines, names, rows, skin),
        height=int(len(names) * rows.height + above + 16), left=rows.left,
        barmode="stack", bargap=0.34 if rows.height > 30 else 0.22, showlegend=False,
        xaxis={"range": [0, 100], "visible": False, "fixedrange": True}, yaxis=rows.axis(),
        uniformtext={"minsize": 10, "mode": "hide"},
        annotations=[*key, *_numbers(exhibit, len(disciplines), rows, right, skin)],
        margin={"t": above + 8, "r": right},
    )  # fmt: skip


def _stacks(
    table: pd.DataFrame, disciplines: list[str], names: list[str], rows: Rows, skin: Skin
) -> list[dict[str, Any]]:
    shares = np.nan_to_num(table["share"].to_numpy().reshape(len(names), -1))
    texts = [percents(line) if any(line) else [""] * len(line) for line in shares.tolist()]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": escaped(discipline),
            "y": list(range(len(names))),
            "x": (100 * shares[:, d]).tolist(),
            "marker": {"color": skin.marks[d], "line": {"color": skin.ground, "width": 1.5}},
            "text": [
                escaped(line[d]) if share >= SMALLEST else ""
                for line, share in zip(texts, shares[:, d], strict=True)
            ],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": skin.on_mark, "size": rows.font - 1, "weight": 700},
            "hovertext": [
                f"{escaped(name)}<br>{escaped(discipline)} {escaped(line[d])}"
                for name, line in zip(names, texts, strict=True)
            ],
            "hoverinfo": "text",
        }
        for d, discipline in enumerate(disciplines)
    ]


def _numbers(exhibit: Exhibit, step: int, rows: Rows, right: int, skin: Skin) -> list[dict[str, Any]]:
    """Effective number beside each bar, with a head above."""
    place = {"xref": "paper", "x": 1, "xanchor": "center", "xshift": right / 2, "showarrow": False}
    numbers = exhibit.table["effective_number"].tolist()[::step]
    head = {
        **place, "yref": "paper", "y": 1, "yanchor": "bottom", "borderpad": 0, "text": "as if on",
        "font": {"size": rows.font - 2, "color": skin.muted},
    }  # fmt: skip
    return [head] + [
        {
            **place,
            "yref": "y",
            "y": row,
            "yanchor": "middle",
            "text": f"<b>{number(value, exhibit.decimals)}</b>",
            "font": {"size": rows.font, "color": skin.ink},
        }
        for row, value in enumerate(numbers)
    ]
