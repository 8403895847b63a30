"""Figure of dumbbells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.dumbbells import Dumbbell, Dumbbells
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, text_width
from valuemix.screen.frame import blank, deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["dumbbells_figure"]

Trace = dict[str, Any]

WIDEST, WIDEST_IN_DECK = 230, 330
"""Pixels that names take at most."""

HEADS, HEAD = 30, 13
"""Pixels that the headings take above the first row, and of their font."""

FREE = 0.2
"""Of what the axis spans, on either side for the figures beside the outermost circles."""


def dumbbells_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's dumbbells.

    Parameters
    ----------
    exhibit : Exhibit
        With dumbbells for a chart; without rows nothing is drawn.
    skin : Skin
    """
    chart = cast("Dumbbells", exhibit.chart)
    if not chart.rows:
        return blank(exhibit, skin)
    names = [row.name for row in chart.rows]
    rows = rows_of(names, skin, deck_room(exhibit) - HEADS, WIDEST_IN_DECK if skin.deck else WIDEST)
    low, high = chart.ends
    free = FREE * (high - low)
    drawn = [_dots(chart.rows, rows, skin, start=start) for start in (True, False)]
    beside = [f"{row.remark}   {row.difference}" for row in chart.rows]
    right = 1.1 * max(*(text_width(text) * rows.font for text in beside), text_width(chart.column) * HEAD) + 6
    return figure_of(
        exhibit, skin, [_bars(chart.rows, skin), *drawn],
        annotations=_texts(chart, rows, right, skin), margin={"r": right + 4},
        height=int(rows.height * len(chart) + HEADS + 16), left=rows.left, showlegend=False,
        xaxis={"range": [low - free, high + free], "visible": False, "fixedrange": True},
        yaxis=rows.axis(above=0.5 + HEADS / rows.height),
    )  # fmt: skip


def _bars(rows: Sequence[Dumbbell], skin: Skin) -> Trace:
    moved = [(place, row) for place, row in enumerate(rows) if row.moved]
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.09,
        "y": [place for place, _ in moved],
        "base": [row.start for _, row in moved],
        "x": [row.end - row.start for _, row in moved],
        "marker": {"color": [skin.color_of(row.role) for _, row in moved]},
        "hoverinfo": "skip",
    }


def _dots(rows: Sequence[Dumbbell], measures: Rows, skin: Skin, *, start: bool) -> Trace:
    """Open circles where rows start, or full ones where they end, each with its figure on the outer side."""
    shown = [(place, row) for place, row in enumerate(rows) if (row.opens if start else row.end == row.end)]
    colors = [skin.color_of(row.role) for _, row in shown]
    left = [row.moved and (row.start < row.end) == start for _, row in shown]
    each, ink, fill = (0, skin.muted, skin.ground) if start else (1, skin.ink, colors)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [(row.start, row.end)[each] for _, row in shown],
        "y": [place for place, _ in shown],
        "text": [f" {row.texts[each]} " for _, row in shown],
        "textposition": ["middle left" if side else "middle right" for side in left],
        "textfont": {"size": measures.font - 1, "color": ink},
        "marker": {"size": 14, "color": fill, "line": {"width": 2.5, "color": colors}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _texts(chart: Dumbbells, rows: Rows, right: float, skin: Skin) -> list[Trace]:
    """Headings, and what stands beside the rows."""
    return [
        _text(chart.key, HEAD, skin.muted, skin, x=0, xanchor="left", y=1, yanchor="top"),
        _text(chart.column, HEAD, skin.muted, skin, xshift=right, y=1, yanchor="top"),
        *(
            _text(_beside(row, skin), rows.font, color, skin, xshift=right, y=place, yref="y")
            for place, row in enumerate(chart.rows)
            for color in [skin.color_of(row.role, text=True)]
        ),
    ]


def _beside(row: Dumbbell, skin: Skin) -> str:
    """Remark and difference of a row, bold where there is one."""
    remark = f'<span style="color:{skin.muted}">{escaped(row.remark)}</span>' if row.remark else ""
    difference = f"<b>{row.difference}</b>" if row.moved else row.difference
    return "   ".join(filter(None, (remark, difference)))


def _text(text: str, size: float, color: str, skin: Skin, **place: Any) -> Trace:
    """Text that ends at the right edge of the figure, or wherever else it is told to stand."""
    return {
        "text": text, "x": 1, "xref": "paper", "xanchor": "right", "yref": "paper", "yanchor": "middle",
        "showarrow": False, "borderpad": 0, "borderwidth": 0,
        "font": {"size": size, "color": color, "family": skin.font}, **place,
    }  # fmt: skip
