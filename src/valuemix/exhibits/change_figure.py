"""Dumbbells: from the saved value to the present one."""

from __future__ import annotations

import numpy as np
from plotly import graph_objects as go

from valuemix.exhibits.dumbbell_figure import Dumbbells, draw_dumbbells
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.theme import Skin

__all__ = ["draw", "with_ranks"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One dumbbell a proposition, drawn from the exhibit's table alone."""
    table = exhibit.table
    now = table["value"].to_numpy()
    # Values on another scale stand on no common axis.
    elsewhere = table["value"].notna() & table["change"].isna()
    before = table["value_before"].mask(elsewhere).to_numpy()
    pairs = Dumbbells(
        list(table["proposition"]), before, now, exhibit.decimals, ("saved", "now"), "rank, change"
    )
    colors = [skin.good if s > 0 else skin.bad if s < 0 else skin.muted for s in pairs.shown.tolist()]
    old, new = (table[column].fillna(0).tolist() for column in ("rank_before", "rank"))
    texts = [
        with_ranks(pairs, row, int(ranks[0]), int(ranks[1]), skin)
        for row, ranks in enumerate(zip(old, new, strict=True))
    ]
    return draw_dumbbells(exhibit, skin, pairs, texts, colors)


def with_ranks(pairs: Dumbbells, row: int, old: int, new: int, skin: Skin) -> str:
    """The change, with the ranks where they differ."""
    if not old or not new:
        return "new" if new else "gone" if old else "–"
    rank = f'<span style="color:{skin.muted}">{old} → {new}</span>' if old != new else ""
    if np.isnan(pairs.shown[row]):
        return rank or "–"
    return f"{rank}   {pairs.difference(row)}" if rank else pairs.difference(row)
