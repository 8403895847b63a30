"""Heat table: functions by disciplines, whole functions last; what returns most is framed."""

from __future__ import annotations

from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.heat_table import heat_table
from valuemix.exhibits.figures.theme import Skin
from valuemix.exhibits.words.formats import number

__all__ = ["draw"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One cell a fix, drawn from the exhibit's table alone."""
    table = exhibit.table
    functions, heads = (table[column].drop_duplicates().tolist() for column in ("function", "discipline"))
    gains = table["gain"].to_numpy(dtype=float).reshape(len(functions), -1)
    best = table["best"].to_numpy(dtype=bool).reshape(gains.shape)
    texts = [
        [
            f"<b>{number(gain, exhibit.decimals)}</b>" if framed else number(gain, exhibit.decimals)
            for gain, framed in zip(own, marks, strict=True)
        ]
        for own, marks in zip(gains, best, strict=True)
    ]
    return heat_table(exhibit, skin, functions, heads, gains, texts, framed=best, zmin=0)
