"""Heat table: named rows and columns, a shaded cell with its text, some of them framed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.figures.value_changes import column_axis, outlines

__all__ = ["heat_table", "heat_trace"]

HEADS = 48
"""Pixels that the heads of the columns take above the cells."""


def heat_table(
    exhibit: Exhibit,
    skin: Skin,
    names: Sequence[str],
    heads: Sequence[str],
    values: NDArray[np.float64],
    texts: list[list[str]],
    *,
    framed: NDArray[np.bool_],
    **trace: Any,
) -> go.Figure:
    """Figure of rows by columns, the last column set off by a bold head.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    names, heads : sequence of str
        Of the rows and the columns.
    values : ndarray, shape (rows, columns)
        What cells are shaded by; NaN leaves one empty.
    texts : list of list of str
        Escaped.
    framed : ndarray of bool, shape (rows, columns)
        Cells with a frame.
    **trace
        The trace's own, such as its range.
    """
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS)
    return figure_of(
        exhibit, skin, [{**heat_trace(values, texts, rows, skin), **trace}],
        height=int(rows.height * len(names) + HEADS + 16), left=rows.left, margin={"t": HEADS + 8, "r": 4},
        shapes=outlines(framed, skin), xaxis=column_axis(list(heads), rows.left, skin),
        yaxis=rows.axis(above=0.53),
    )  # fmt: skip


def heat_trace(values: NDArray[np.float64], texts: list[list[str]], rows: Rows, skin: Skin) -> dict[str, Any]:
    """Cells shaded by value, with a text each; missing ones stay empty."""
    return {
        "type": "heatmap",
        "z": [[None if np.isnan(v) else v for v in line] for line in values.tolist()],
        "x": list(range(values.shape[1])),
        "y": list(range(values.shape[0])),
        "colorscale": [[0, skin.cold], [1, skin.warm]],
        "showscale": False,
        "xgap": 4,
        "ygap": 4,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": rows.font, "color": skin.ink},
        "hoverinfo": "skip",
    }
