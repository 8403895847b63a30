"""Dumbbells: from the value to what is left of it after burden."""

from __future__ import annotations

from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.change import with_ranks
from valuemix.exhibits.figures.dumbbell import Dumbbells, draw_dumbbells
from valuemix.exhibits.figures.theme import Skin

__all__ = ["draw"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One dumbbell a proposition, drawn from the exhibit's table alone; who leads then is coloured."""
    table = exhibit.table
    value, net = (table[column].to_numpy(dtype=float) for column in ("value", "net_value"))
    pairs = Dumbbells(
        table["proposition"].tolist(), value, net, exhibit.decimals, ("value", "net"), "rank, change"
    )
    ranks = table[["rank_before", "rank"]].fillna(0).astype(int).to_numpy().tolist()
    texts = [with_ranks(pairs, row, old, new, skin) for row, (old, new) in enumerate(ranks)]
    colors = [skin.marks[0] if new == 1 else skin.muted for _, new in ranks]
    return draw_dumbbells(exhibit, skin, pairs, texts, colors)
