"""A page of sentences: a heading and a sentence a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from plotly import graph_objects as go

from valuemix.charts.sentences import Sentences
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.screen.frame import DECK_INSIDE, deck_room, figure_of
from valuemix.screen.rows import hairline
from valuemix.screen.skins import Skin

__all__ = ["sentences_figure"]

HEAD = 150
"""Pixels that the headings take on the left."""
SCREEN_INSIDE = 620
"""Room for sentences on the narrowest screen."""


def sentences_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's sentences, one a row.

    Parameters
    ----------
    exhibit : Exhibit
        With sentences for a chart.
    skin : Skin
    """
    parts, sentences = zip(*cast("Sentences", exhibit.chart).rows, strict=True)
    count = len(parts)
    room = deck_room(exhibit) / count if skin.deck else 0.0
    inside = (DECK_INSIDE if skin.deck else SCREEN_INSIDE) - HEAD
    font, lines = _set(sentences, inside, room) if skin.deck else (15, _broken(sentences, inside, 15))
    height = room if skin.deck else max(map(len, lines)) * font * 1.4 + 22
    traces = [
        {
            "type": "scatter",
            "mode": "text",
            "x": [0] * count,
            "y": list(range(count)),
            "text": [
                f"<b>{'<br>'.join(map(escaped, wrapped(part, HEAD / 14 / 1.1, 2)))}</b>" for part in parts
            ],
            "textposition": "middle right",
            "textfont": {"size": 14, "color": skin.muted},
            "hoverinfo": "skip",
            "cliponaxis": False,
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": [HEAD / (inside + HEAD)] * count,
            "y": list(range(count)),
            "text": ["<br>".join(map(escaped, text)) for text in lines],
            "textposition": "middle right",
            "textfont": {"size": font, "color": skin.ink},
            "hoverinfo": "skip",
            "cliponaxis": False,
        },
    ]
    return figure_of(
        exhibit, skin, traces, height=int(height * count + 16), left=0, showlegend=False,
        shapes=[hairline(row, skin) for row in range(count - 1)],
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [count - 0.5, -0.5], "visible": False, "fixedrange": True},
    )  # fmt: skip


def _broken(sentences: Sequence[str], inside: float, font: int) -> list[list[str]]:
    return [wrapped(text, inside / font / 1.06, 4) for text in sentences]


def _set(sentences: Sequence[str], inside: float, room: float) -> tuple[int, list[list[str]]]:
    """Largest font in which every sentence fits its row, and the lines in it."""
    for font in (22, 19, 17, 15):
        lines = _broken(sentences, inside, font)
        if max(map(len, lines)) * font * 1.35 <= room - 8:
            break
    return font, lines
