"""Dumbbells: one row a proposition, one mark a kind of segment, what is lost by the best for another kind beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import ahead, number
from valuemix.exhibits.words.lettering import escaped
from valuemix.model.parts import KINDS
from valuemix.screen.dots import columns_beside, dots, span_lines
from valuemix.screen.frame import deck_room, figure_of
from valuemix.screen.rows import rows_of
from valuemix.screen.skins import Skin

__all__ = ["draw"]

Trace = dict[str, Any]

HEADS = 34
"""Pixels above the rows for the key."""

SYMBOLS = {"customer": ("circle", "●"), "employee": ("diamond", "◆"), "partner": ("square", "■")}


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One row a proposition, drawn from the exhibit's table alone."""
    table = exhibit.table
    kinds, names = list(dict.fromkeys(table["kind"])), list(dict.fromkeys(table["proposition"]))
    colors = dict(zip(KINDS, (skin.highlight, skin.marks[0], skin.marks[1]), strict=True))
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS)
    first = table.drop_duplicates("proposition")
    place = table["proposition"].map(names.index)
    values = table["value"].to_numpy().reshape(len(names), -1)
    known = values[~np.isnan(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    span = (high - low) or 1.0
    marked = table["conflict"].to_numpy(dtype=bool).reshape(len(names), -1)
    conflict = np.array([row.any() for row in marked])
    lines = [
        {**span_lines(np.where(chosen[:, None], values, np.nan), skin), "line": {"color": color, "width": 5}}
        for chosen, color in ((~conflict, skin.faint), (conflict, skin.bad))
    ]
    marks = [
        dots(table.loc[own, "value"], place[own], colors[kind], rows, skin, SYMBOLS[kind][0])
        for kind in kinds
        for own in [table["kind"] == kind]
    ]
    right = (130 if skin.deck else 66) * (len(kinds) + 1)
    heads = [f'<span style="color:{colors[kind]}">{SYMBOLS[kind][1]}</span>\n{kind}s' for kind in kinds]
    return figure_of(
        exhibit, skin, [*lines, *marks], height=int(len(names) * rows.height + HEADS + 16), left=rows.left,
        margin={"t": HEADS, "r": right}, showlegend=False,
        xaxis={"range": [low - 0.06 * span, high + 0.06 * span], "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=conflict.tolist()),
        annotations=columns_beside(
            [*heads, "most\nlost"], _figures(table, first, exhibit.decimals, skin), rows, right, skin
        ),
    )  # fmt: skip


def _figures(
    table: pd.DataFrame, first: pd.DataFrame, decimals: int, skin: Skin
) -> list[list[tuple[str, str]]]:
    """Values by kind; for the best of a kind, who loses most by it and how much."""
    values, lost = (table[name].to_numpy().reshape(len(first), -1) for name in ("value", "lost"))
    partial, conflict = (
        table[name].to_numpy(dtype=bool).reshape(len(first), -1) for name in ("partial", "conflict")
    )
    kinds = table["kind"].to_numpy()
    result = []
    for row, best_for in enumerate(first["best_for"]):
        cells = [
            (number(v, decimals) + ("*" if star and v == v else ""), skin.ink)
            for v, star in zip(values[row], partial[row], strict=True)
        ]
        most = int(np.argmax(np.nan_to_num(lost[row])))
        own = float(values[row, most])
        text = f"{SYMBOLS[kinds[most]][1]} {escaped(ahead(own + lost[row, most], own, decimals, '<'))}"
        there = best_for and lost[row, most] > 0
        result.append([*cells, (text if there else "", skin.bad if conflict[row, most] else skin.muted)])
    return result
