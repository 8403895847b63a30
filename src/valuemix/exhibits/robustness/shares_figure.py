"""Heat table of shares: one row a proposition, the larger the share the deeper the cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["draw_pairwise", "draw_ranks"]

FloatArray = NDArray[np.float64]

SCREEN_INSIDE = 530
"""Pixels that every screen has for names and cells."""

SMALLEST = 10
"""Font size of the cells at least."""


def draw_ranks(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Propositions by ranks, drawn from the exhibit's table alone."""
    names, shares, widths = _cells(exhibit, "rank")
    bold = shares >= shares.max(axis=1, keepdims=True) - 1e-9
    heads = [f"rank {rank + 1}" for rank in range(len(names))]
    return _heat(exhibit, skin, names, shares, widths, heads, bold, 26)


def draw_pairwise(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Propositions by propositions: how often the row is ahead of the column."""
    names, shares, widths = _cells(exhibit, "other")
    numbered = len(names) > (8 if skin.deck else 4)
    rows = [f"{i + 1}\u00a0\u00a0{name}" for i, name in enumerate(names)] if numbered else names
    heads = [f"{i + 1}" for i in range(len(names))] if numbered else names
    bold = np.nan_to_num(shares) > 0.5 + 1e-9
    return _heat(exhibit, skin, rows, shares, widths, heads, bold, 26 if numbered else 48)


def _cells(exhibit: Exhibit, column: str) -> tuple[list[str], FloatArray, FloatArray]:
    """Names, and shares and half-widths in a square; NaN where the table has no row."""
    table = exhibit.table
    names = list(dict.fromkeys(table["proposition"]))
    across = list(range(1, len(names) + 1)) if column == "rank" else names
    shares, widths = np.full((2, len(names), len(names)), np.nan)
    row, place = table["proposition"].map(names.index), table[column].map(across.index)
    shares[row, place], widths[row, place] = table["share"], table["half_width"]
    return names, shares, widths


def _heat(
    exhibit: Exhibit,
    skin: Skin,
    names: Sequence[str],
    shares: FloatArray,
    widths: FloatArray,
    heads: Sequence[str],
    bold: NDArray[np.bool_],
    above: int,
) -> go.Figure:
    rows = rows_of(names, skin, deck_room(exhibit) - above)
    cell = ((DECK_INSIDE if skin.deck else SCREEN_INSIDE) - rows.left) / len(names)
    trace = {
        "type": "heatmap",
        "z": [[None if np.isnan(z) else z for z in line] for line in shares.tolist()],
        "x": list(range(len(names))),
        "y": list(range(len(names))),
        "zmin": 0,
        "zmax": max(0.5, float(np.nanmax(shares, initial=0.0))),
        "colorscale": [[0, skin.cold], [1, skin.hot]],
        "showscale": False,
        "xgap": 4 if cell > 40 else 2,
        "ygap": 4 if cell > 40 else 2,
        "text": _texts(shares, bold, percents=cell > 38),
        "texttemplate": "%{text}",
        "textfont": {"size": min(rows.font, max(SMALLEST, cell * 0.42)), "color": skin.ink},
        "hovertext": _hovers(names, heads, shares, widths),
        "hoverinfo": "text",
        "hoverongaps": False,
    }
    return figure_of(
        exhibit, skin, [trace], height=int(rows.height * len(names) + above + 16), left=rows.left,
        margin={"t": above + 8, "r": 4, "b": 8 + (rows.shown - len(names)) * rows.height if skin.deck else 8},
        xaxis=_axis(heads, cell, skin), yaxis=_rows(rows, len(names)),
    )  # fmt: skip


def _rows(rows: Rows, count: int) -> dict[str, Any]:
    return {**rows.axis(above=0.53), "range": [count - 0.5, -0.53]}


def _texts(shares: FloatArray, bold: NDArray[np.bool_], *, percents: bool) -> list[list[str]]:
    return [
        [_text(share, strong=bool(strong), percents=percents) for share, strong in zip(*line, strict=True)]
        for line in zip(shares, bold, strict=True)
    ]


def _text(share: float, *, strong: bool, percents: bool) -> str:
    text = escaped("" if np.isnan(share) else share_text(share))
    text = text if percents else text.removesuffix("\u00a0%")
    return f"<b>{text}</b>" if strong and text else text


def _hovers(
    names: Sequence[str], heads: Sequence[str], shares: FloatArray, widths: FloatArray
) -> list[list[str]]:
    return [
        [
            f"{escaped(name)}<br>{escaped(head)}: {number(100 * share, 1)}\u00a0%"
            + (f" ±{number(100 * width, 1)}" if width > 0 else "")
            for head, share, width in zip(heads, row, wide, strict=True)
        ]
        for name, row, wide in zip(names, shares, widths, strict=True)
    ]


def _axis(heads: Sequence[str], cell: float, skin: Skin) -> dict[str, Any]:
    font = 15 if skin.deck else 13
    ranks = [head.removeprefix("rank ") for head in heads]
    if max(map(text_width, heads)) * font * 1.2 > cell and ranks != list(heads):
        heads = ranks
    room = 0.92 * cell / font
    texts = [wrapped(head, room, 2) for head in short_names(heads, 1.6 * room)]
    return {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(heads))),
        "ticktext": ["<br>".join(map(escaped, lines)) for lines in texts],
        "tickfont": {"size": font if cell > 30 else 11, "color": skin.muted},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "range": [-0.51, len(heads) - 0.49],
    }
