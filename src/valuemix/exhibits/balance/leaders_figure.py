"""Table with hairlines: who leads in each segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import hairline
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import ahead, number, percents
from valuemix.exhibits.words.lettering import escaped, wrapped

__all__ = ["draw", "lead_text", "most_frequent"]

_COLUMNS = (  # heading, place from 0 to 1, side that it is aligned to
    ("Segment", 0.0, "left"),
    ("Share of size", 0.32, "right"),
    ("Leader", 0.36, "left"),
    ("Value", 0.64, "right"),
    ("Runner-up", 0.68, "left"),
    ("Lead", 1.0, "right"),
)


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One row a segment, drawn from the exhibit's table alone; the most frequent leader is coloured."""
    table = exhibit.table
    count = len(table)
    font = 17 if skin.deck and count <= 9 else 14
    height = min(deck_room(exhibit) / (count + 1), 62) if skin.deck else 44
    shown = deck_room(exhibit) / height - 1 if skin.deck else count
    columns = [
        _column(place, side, [heading, *cells], font, skin)
        for (heading, place, side), cells in zip(_COLUMNS, _cells(table, exhibit.decimals, skin), strict=True)
    ]
    often = most_frequent(table["leader"].tolist())
    for column in (columns[2], columns[3]):
        column["textfont"]["color"][1:] = [
            skin.twins[0] if leads == often else skin.ink for leads in table["leader"]
        ]
    return figure_of(
        exhibit, skin, columns, height=int((count + 1) * height + 16), left=0, showlegend=False,
        shapes=[hairline(row, skin) for row in range(-1, count)],
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [shown - 0.5, -1.5], "visible": False, "fixedrange": True},
    )  # fmt: skip


def _column(place: float, side: str, texts: Sequence[str], font: int, skin: Skin) -> dict[str, Any]:
    count = len(texts)
    return {
        "type": "scatter",
        "mode": "text",
        "x": [place] * count,
        "y": list(range(-1, count - 1)),
        "text": texts,
        "textposition": "middle right" if side == "left" else "middle left",
        "textfont": {"size": [14, *[font] * (count - 1)], "color": [skin.muted, *[skin.ink] * (count - 1)]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _cells(table: pd.DataFrame, decimals: int, skin: Skin) -> list[list[str]]:
    """Texts of the columns, wrapped to what a deck or the narrowest screen has room for."""
    narrow, wide = (14.0, 16.0) if skin.deck else (8.5, 9.5)
    segments = [
        _name(s if k == "customer" else f"{s} ({k})", narrow)
        for s, k in zip(table["segment"], table["kind"], strict=True)
    ]
    pairs = zip(table["value"], table["runner_up_value"], table["lead"], strict=True)
    return [
        segments,
        percents(table["size_share"].tolist()),
        [f"<b>{_name(text, wide)}</b>" for text in table["leader"]],
        [f"<b>{number(value, decimals)}</b>" for value in table["value"]],
        [_name(text, wide) for text in table["runner_up"]],
        [
            escaped(lead_text(value, second, lead, decimals)) + (_small(sure, skin) if skin.deck else "")
            for (value, second, lead), sure in zip(pairs, table["sure"], strict=True)
        ],
    ]


def _small(sure: str, skin: Skin) -> str:
    """How sure a lead is, below its figure."""
    return f'<br><span style="color:{skin.muted};font-size:12px">{sure}</span>' if sure else ""


def lead_text(value: float, second: float, lead: float, decimals: int) -> str:
    """Lead as the difference of the figures shown; 0 where leaders tie, a dash where there is no other."""
    return ahead(value, second, decimals, "<") if lead > 0 else number(lead, decimals)


def _name(text: str, width: float) -> str:
    return "<br>".join(map(escaped, wrapped(text, width))) or "–"


def most_frequent(leaders: Sequence[str]) -> str | None:
    """The leader of most segments, where there is one."""
    ordered = Counter(name for name in leaders if name).most_common(2)
    alone = ordered and (len(ordered) == 1 or ordered[0][1] > ordered[1][1])
    return ordered[0][0] if alone else None
