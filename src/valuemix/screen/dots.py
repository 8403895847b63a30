"""Rows of dots: marks, the line that spans them, and columns of figures beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from valuemix.screen.rows import Rows
from valuemix.screen.skins import Skin

__all__ = ["columns_beside", "dots", "span_lines"]

Trace = dict[str, Any]


def span_lines(values: np.ndarray, skin: Skin) -> Trace:
    """Line from the lowest to the highest of each row of values."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, own in enumerate(values):
        known = own[~np.isnan(own)]
        if len(known):
            x += [float(known.min()), float(known.max()), None]
            y += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": skin.faint, "width": 5 if skin.deck else 4},
        "hoverinfo": "skip",
    }


def dots(
    values: pd.Series[Any], place: pd.Series[Any], color: str, rows: Rows, skin: Skin, symbol: str = "circle"
) -> Trace:
    """Marks of one colour."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values.tolist(),
        "y": place.tolist(),
        "marker": {
            "size": min(15 if skin.deck else 12, 0.55 * rows.height),
            "color": color,
            "symbol": symbol,
            "line": {"color": skin.ground, "width": 1},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def columns_beside(
    heads: list[str], cells: list[list[tuple[str, str]]], rows: Rows, right: int, skin: Skin
) -> list[Trace]:
    """Columns of figures right of the plot, with heads above, broken on a screen; a cell is a text and its colour."""
    step = right / len(heads)
    common = {"xref": "paper", "x": 1, "xanchor": "center", "showarrow": False, "borderpad": 0}
    small = rows.font - 2 if skin.deck else 12
    above = [
        {
            **common, "xshift": (place + 0.5) * step, "yref": "paper", "y": 1, "yanchor": "bottom",
            "yshift": 4, "text": head.replace("\n", " " if skin.deck else "<br>"),
            "font": {"size": small, "color": skin.muted},
        }
        for place, head in enumerate(heads)
    ]  # fmt: skip
    return above + [
        {
            **common, "xshift": (place + 0.5) * step, "yref": "y", "y": row, "yanchor": "middle",
            "text": f"<b>{text}</b>", "font": {"size": rows.font, "color": color},
        }
        for row, line in enumerate(cells)
        for place, (text, color) in enumerate(line)
    ]  # fmt: skip
