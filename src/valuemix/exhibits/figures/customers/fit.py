"""Heat table of fits: propositions by segments."""

from __future__ import annotations

from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.heat_table import heat_table
from valuemix.exhibits.figures.theme import Skin
from valuemix.exhibits.words.formats import share

__all__ = ["draw"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Cells by fit, drawn from the exhibit's table alone; overall last."""
    table = exhibit.table
    names = list(dict.fromkeys(table["proposition"]))
    fits = table["fit_share"].to_numpy().reshape(-1, len(names)).T
    best = table["best"].to_numpy(dtype=bool).reshape(-1, len(names)).T
    texts = [
        [_text(value, exhibit.decimals, bold=bool(b)) for value, b in zip(*line, strict=True)]
        for line in zip(fits, best, strict=True)
    ]
    heads = table["segment"].tolist()[:: len(names)]
    return heat_table(exhibit, skin, names, heads, fits, texts, framed=best)


def _text(value: float, decimals: int, *, bold: bool) -> str:
    text = share(value, decimals) if value == value else "–"
    return f"<b>{text}</b>" if bold else text
