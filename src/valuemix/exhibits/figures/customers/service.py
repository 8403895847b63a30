"""Dumbbells: one row a link, from the felt value to what the link lets last."""

from __future__ import annotations

import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.dumbbell import WIDEST, Dumbbells, draw_dumbbells
from valuemix.exhibits.figures.theme import Skin
from valuemix.exhibits.words.formats import number, share
from valuemix.exhibits.words.wording import short_names

__all__ = ["SHOWN", "draw", "link_labels"]

SHOWN = 12
"""Rows that a chart shows at most."""

NAME, OWN_LINE = 9.0, 12.0
"""Room for the name of a segment, in font sizes: in a deck, and on a screen on a line of its own."""


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One row a link, drawn from the exhibit's table alone; the weakest in the colour of a loss."""
    table = exhibit.table.head(SHOWN)
    labels = (
        link_labels(table, exhibit.decimals, NAME)
        if skin.deck
        else link_labels(table, exhibit.decimals, OWN_LINE, "\n")
    )
    felt, limited = (table[column].to_numpy(dtype=float) for column in ("felt", "limited"))
    pairs = Dumbbells(
        labels, felt, limited, exhibit.decimals, ("value", "can last"), "strength, lost", WIDEST
    )
    texts = [
        f'<span style="color:{skin.muted}">{share(strength)}</span>   {pairs.difference(row)}'
        for row, strength in enumerate(table["strength_share"])
    ]
    colors = [skin.bad if weakest else skin.muted for weakest in table["weakest"]]
    return draw_dumbbells(exhibit, skin, pairs, texts, colors)


def link_labels(table: pd.DataFrame, decimals: int, width: float, blank: str = " ") -> list[str]:
    """Who serves, with the value received there, and who is served."""
    names = [*dict.fromkeys([*table["served_by"], *table["segment"]])]
    cut = dict(zip(names, short_names(names, width), strict=True))
    rows = zip(table["served_by"], table["server_value"], table["segment"], strict=True)
    return [f"{cut[a]} ({number(value, decimals)}) →{blank}{cut[b]}" for a, value, b in rows]
