"""Sorted bars of preference shares, first choices and ranks by value beside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.dots import columns_beside
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import apportioned, percents, share

__all__ = ["draw", "first_choices", "shown_shares"]

Trace = dict[str, Any]

HEADS = 34
"""Pixels above the rows for the heads of the columns."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One bar a proposition, drawn from the exhibit's table alone; the largest share is highlighted."""
    table = exhibit.table
    rows = rows_of(table["proposition"].tolist(), skin, deck_room(exhibit) - HEADS)
    first = (table["share_rank"] == 1).fillna(value=False).tolist()
    right = 250 if skin.deck else 140
    shares = 100 * table["preference_share"].to_numpy(dtype=float)
    texts = [share(part, exhibit.decimals) for part in shown_shares(table, exhibit.decimals)]
    longest = float(np.nan_to_num(shares).max()) or 1.0
    cells = [
        [
            (best, skin.muted),
            _rank(rank, disagrees=bool(differs), skin=skin),
        ]
        for best, rank, differs in zip(first_choices(table), table["rank"], table["disagrees"], strict=True)
    ]
    return figure_of(
        exhibit, skin, [_bars(shares, texts, first, rows, skin)],
        height=int(len(table) * rows.height + HEADS + 16), left=rows.left,
        margin={"t": HEADS, "r": right}, bargap=0.38, showlegend=False,
        xaxis={"range": [0, 1.16 * longest], "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=first),
        annotations=columns_beside(["first\nchoice", "value\nrank"], cells, rows, right, skin),
    )  # fmt: skip


def first_choices(table: pd.DataFrame) -> list[str]:
    """Shares of first choices as they are printed, in percent that sum to 100; a dash where there is no value."""
    known = table["first_choice_share"].dropna()
    told = dict(zip(known.index, percents(known.tolist()), strict=True))
    return [told.get(place, "–") for place in table.index]


def shown_shares(table: pd.DataFrame, decimals: int) -> list[float]:
    """Preference shares as they are printed, largest first: they sum to 100 % where equal ones can stay equal."""
    exact: list[float] = table["preference_share"].tolist()
    known = [part for part in exact if part == part]
    shown = [part / 100 for part in apportioned([100 * part for part in known], 100.0, decimals)]
    steps = zip(pairwise(known), pairwise(shown), strict=True)
    if any(a - b <= TIE and one != other for (a, b), (one, other) in steps):
        return exact
    return shown + exact[len(known) :]


def _rank(rank: Any, *, disagrees: bool, skin: Skin) -> tuple[str, str]:
    """Rank by value, marked where shares say otherwise."""
    text = "–" if pd.isna(rank) else str(rank)
    return (f"{text} ≠", skin.bad) if disagrees else (text, skin.ink)


def _bars(shares: np.ndarray, texts: list[str], first: list[bool], rows: Rows, skin: Skin) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(shares))),
        "x": np.nan_to_num(shares).tolist(),
        "marker": {"color": [skin.highlight if lead else skin.context for lead in first]},
        "text": [text if part == part else "no value" for text, part in zip(texts, shares, strict=True)],
        "textposition": "outside",
        "textfont": {"size": rows.font + 1, "color": skin.ink, "weight": 700},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
