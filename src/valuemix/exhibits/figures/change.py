"""Dumbbells: from the saved value to the present one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.dumbbell import Dumbbells, draw_dumbbells
from valuemix.exhibits.figures.theme import Skin

__all__ = ["draw", "on_one_scale", "with_ranks"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One dumbbell a proposition, drawn from the exhibit's table alone."""
    table = exhibit.table
    before, now = on_one_scale(table)
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


def on_one_scale(table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values before and now; values before are NaN where they stand on another scale, so on no common axis."""
    elsewhere = table["value"].notna() & table["change"].isna()
    return table["value_before"].mask(elsewhere).to_numpy(dtype=float), table["value"].to_numpy(dtype=float)


def with_ranks(pairs: Dumbbells, row: int, old: int, new: int, skin: Skin) -> str:
    """The change, with the ranks where they differ."""
    if not old or not new:
        return "new" if new else "gone" if old else "–"
    rank = f'<span style="color:{skin.muted}">{old} → {new}</span>' if old != new else ""
    if np.isnan(pairs.shown[row]):
        return rank or "–"
    return f"{rank}   {pairs.difference(row)}" if rank else pairs.difference(row)
