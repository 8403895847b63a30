"""Figure of bars: whole or in parts, figures at their ends, notes in columns beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.bars import Bar, Bars, Part
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped
from valuemix.screen.frame import DECK_INSIDE, deck_room, figure_of
from valuemix.screen.keys import keys_above
from valuemix.screen.rows import Rows, columns_beside, columns_width, rows_of
from valuemix.screen.skins import Skin

__all__ = ["bars_figure"]

Trace = dict[str, Any]

SMALLEST = 0.03
"""Share of the axis that has room for the figure of a part."""


def bars_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit whose chart is `Bars`.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    """
    chart = cast("Bars", exhibit.chart)
    low, high = _axis(chart)
    above = 58.0 if chart.keys else 34.0 if chart.heads else 0.0
    rows = rows_of([row.name for row in chart.rows], skin, deck_room(exhibit) - above)
    right = columns_width(chart.heads, skin)
    beside = columns_beside(chart.heads, [row.notes for row in chart.rows], rows, skin)
    keys, needed = keys_above(chart, (low, high), rows.left, DECK_INSIDE - rows.left - right, skin)
    above = max(needed, 34.0 if chart.heads else 0.0)
    return figure_of(
        exhibit, skin, [*_parts(chart, high - low, rows, skin), *_texts(chart, rows, skin), *_saved(chart, rows, skin)],
        height=int(len(chart) * rows.height + above + 16), left=rows.left, margin={"t": above + 8, "r": right},
        barmode="relative", bargap=0.34 if rows.height > 30 else 0.22, showlegend=False,
        xaxis={"range": [low, high], "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=[row.strong for row in chart.rows]), uniformtext={"minsize": 10, "mode": "hide"},
        annotations=[*keys, *beside],
        shapes=[_zero(skin)] if chart.ends[0] < 0 else [],
    )  # fmt: skip


def _axis(chart: Bars) -> tuple[float, float]:
    """Ends of the axis, with room for the figures at the ends of the bars."""
    low, high = chart.ends
    room = _room(chart) * ((high - low) or 1.0)
    below = [row.below for row in chart.rows]
    return (low - room if any(below) else low), (high if all(below) and low < 0 else high + room) or 1.0


def _room(chart: Bars) -> float:
    """Share of the axis that the figures at the ends of the bars take."""
    if not any(row.text for row in chart.rows):
        return 0.0
    return 0.2 if any(row.change for row in chart.rows) else 0.12


def _parts(chart: Bars, span: float, rows: Rows, skin: Skin) -> list[Trace]:
    """One trace a part; what each is, on hovering."""
    columns = zip(*(row.parts for row in chart.rows), strict=True)
    names = [key.name for key in chart.keys] or [chart.measure]
    return [
        _part(chart, name, column, SMALLEST * span, rows, skin)
        for name, column in zip(names, columns, strict=True)
    ]


def _part(chart: Bars, name: str, column: Sequence[Part], least: float, rows: Rows, skin: Skin) -> Trace:
    """One part of every bar; it is printed in those that are as long as the least that has room."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(name),
        "y": list(range(len(column))),
        "x": [0.0 if math.isnan(part.size) else part.size for part in column],
        "marker": {
            "color": [skin.color_of(part.role) for part in column],
            "line": {"color": skin.ground, "width": 1.5},
        },
        "text": [escaped(part.text) if abs(part.size) >= least else "" for part in column],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": skin.on_mark, "size": rows.font - 1, "weight": 700},
        "hovertext": [
            f"{escaped(row.name)}<br>{escaped(name)} {escaped(part.text or row.text)}"
            for row, part in zip(chart.rows, column, strict=True)
        ],
        "hoverinfo": "text",
    }


def _texts(chart: Bars, rows: Rows, skin: Skin) -> list[Trace]:
    """Figures at the ends of the bars, with their changes."""
    if not any(row.text for row in chart.rows):
        return []
    low, high = chart.ends
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [_stand(row, (high - low) or 1.0) for row in chart.rows],
            "y": list(range(len(chart))),
            "text": [_text(row, rows.font, skin) for row in chart.rows],
            "textposition": ["middle left" if row.below else "middle right" for row in chart.rows],
            "textfont": {"size": rows.font + 1, "color": skin.ink},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _stand(row: Bar, span: float) -> float:
    """Where a figure stands: at the end of the bar, or past an upright mark that is too near."""
    side, edge = (-1, row.start) if row.below else (1, row.end)
    past = side * (row.saved - edge)
    return edge + side * ((past if 0 < past < 0.2 * span else 0.0) + 0.012 * span)


def _text(row: Bar, font: int, skin: Skin) -> str:
    text = f"<b>{escaped(row.text)}</b>" if row.strong else escaped(row.text)
    if row.change is None:
        return text
    color = skin.color_of(row.change.role, text=True)
    return f'{text}  <span style="color:{color};font-size:{font - 2}px">{row.change.text}</span>'


def _saved(chart: Bars, rows: Rows, skin: Skin) -> list[Trace]:
    """Upright marks."""
    places = [place for place, row in enumerate(chart.rows) if not math.isnan(row.saved)]
    if not places:
        return []
    mark = {"symbol": "line-ns", "size": rows.height * 0.4, "line": {"width": 2.5, "color": skin.ink}}
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [chart.rows[place].saved for place in places],
            "y": places,
            "marker": mark,
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _zero(skin: Skin) -> dict[str, Any]:
    """Line from which bars go right and left."""
    line = {"color": skin.muted, "width": 1}
    return {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": line}
