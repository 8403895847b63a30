"""Figure of rows of dots: marks, the line that spans them, and notes in columns beside."""

from __future__ import annotations

import math
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.dots import Dots
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.screen.frame import DECK_INSIDE, SCREEN_INSIDE, deck_room, figure_of
from valuemix.screen.rows import Rows, columns_beside, columns_width, rows_of
from valuemix.screen.skins import Skin

__all__ = ["dots_figure"]

Trace = dict[str, Any]

HEADS = 34
"""Pixels above the rows for the heads of the columns."""

NAME, NARROW_NAME = 13, 10
"""Room for a text and its mark, in font sizes, in a deck and on a screen."""


def dots_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit whose chart is `Dots`.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    """
    chart = cast("Dots", exhibit.chart)
    rows = rows_of([row.name for row in chart.rows], skin, deck_room(exhibit) - HEADS)
    right = columns_width(chart.heads, skin)
    return figure_of(
        exhibit, skin, [*_spans(chart, skin), *_marks(chart, rows, skin)],
        height=int(len(chart) * rows.height + HEADS + 16), left=rows.left, margin={"t": HEADS, "r": right},
        showlegend=False,
        xaxis={"range": _range(chart, rows, right, skin), "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=[row.lost for row in chart.rows]),
        annotations=columns_beside(chart.heads, [row.notes for row in chart.rows], rows, skin),
    )  # fmt: skip


def _range(chart: Dots, rows: Rows, right: float, skin: Skin) -> list[float]:
    """Ends of the axis, with room for the texts at the left of the marks."""
    low, high = chart.ends
    inside = (DECK_INSIDE if skin.deck else SCREEN_INSIDE) - rows.left - right
    said = any(dot.said for row in chart.rows for own in row.dots for dot in own)
    aside = (NAME if skin.deck else NARROW_NAME) * rows.font / inside if said else 0.06
    return [low - 1.06 * (high - low) * aside / (1 - aside), high + 0.06 * (high - low)]


def _spans(chart: Dots, skin: Skin) -> list[Trace]:
    """Line from the first to the last mark of each row."""
    traces = []
    for lost in (False, True):
        own = [(place, row.span) for place, row in enumerate(chart.rows) if row.lost == lost]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [x for _, (low, high) in own for x in (low, high, None)],
                "y": [y for place, _ in own for y in (place, place, None)],
                "line": {"color": skin.bad if lost else skin.faint, "width": 5 if skin.deck else 4},
                "hoverinfo": "skip",
            }
        )
    return traces


def _marks(chart: Dots, rows: Rows, skin: Skin) -> list[Trace]:
    """One trace a series."""
    size = min(15 if skin.deck else 12, 0.55 * rows.height)
    room = (NAME if skin.deck else NARROW_NAME) - 2
    traces = []
    for place, series in enumerate(chart.series):
        own = [(row, dot) for row, dot in chart.dots_of(place) if not math.isnan(dot.place)]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": escaped(series.name),
                "x": [dot.place for _, dot in own],
                "y": [row for row, _ in own],
                "marker": {
                    "size": 0.7 * size if series.slight else size,
                    "color": skin.color_of(series.role),
                    "symbol": series.symbol,
                    "line": {"color": skin.ground, "width": 1},
                },
                "text": [escaped(wrapped(dot.said, room, 1)[0]) if dot.said else "" for _, dot in own],
                "textposition": "middle left",
                "textfont": {"size": rows.font - 2, "color": skin.muted},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )
    return traces
