"""Heat tables of the inputs: weights by segment, scores by proposition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.heat_table import heat_trace
from valuemix.exhibits.figures.rows import rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import number, percents
from valuemix.exhibits.words.lettering import escaped, wrapped

__all__ = ["draw_scores", "draw_weights"]

HEADS = 62
"""Pixels that the heads of the columns take above the cells."""


def draw_weights(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Segments by disciplines, with the shares of size in the names of the rows."""
    table = exhibit.table
    count = table["discipline"].nunique()
    shares = table["weight_share"].to_numpy().reshape(-1, count)
    sizes = percents(table["size_share"].tolist()[:-count:count])
    segments = table["segment"].tolist()[::count]
    texts = [percents(row) for row in shares.tolist()]
    heads = table["discipline"].tolist()[:count]
    names = [f"{name} ({size})" for name, size in zip(segments, sizes, strict=False)]
    return _grid(exhibit, skin, [*names, "Mean by size"], heads, shares, texts)


def draw_scores(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Propositions by disciplines."""
    table = exhibit.table
    count = table["discipline"].nunique()
    scores = table["score"].to_numpy().reshape(-1, count)
    stars = np.where(table["partial"], "*", "").reshape(-1, count)
    texts = [
        [number(value, exhibit.decimals) + star for value, star in zip(*row, strict=True)]
        for row in zip(scores, stars, strict=True)
    ]
    names, heads = table["proposition"].tolist()[::count], table["discipline"].tolist()[:count]
    return _grid(exhibit, skin, names, heads, scores, texts)


def _grid(
    exhibit: Exhibit,
    skin: Skin,
    names: Sequence[str],
    heads: Sequence[str],
    values: NDArray[np.float64],
    texts: list[list[str]],
) -> go.Figure:
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS)
    width = max(4.0, (66 if skin.deck else 35) / len(heads))
    return figure_of(
        exhibit, skin, [heat_trace(values, texts, rows, skin)],
        height=int(rows.height * len(names) + HEADS + 16), left=rows.left, margin={"t": HEADS + 8, "r": 4},
        xaxis={
            "side": "top",
            "tickmode": "array",
            "tickvals": list(range(len(heads))),
            "ticktext": ["<br>".join(map(escaped, wrapped(head, width, 2))) for head in heads],
            "tickfont": {"size": 14 if skin.deck else 13},
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "fixedrange": True,
            "range": [-0.51, len(heads) - 0.49],
        },
        yaxis=rows.axis(above=0.53),
    )  # fmt: skip
