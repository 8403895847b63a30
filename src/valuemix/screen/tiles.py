"""Figure of tiles, with a key of their numbers and colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.regions import Leader
from valuemix.charts.tiles import Tiles
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.screen.frame import figure_of
from valuemix.screen.skins import Skin

__all__ = ["tiles_figure"]

Trace = dict[str, Any]

LEFT, BELOW = 104, 62
"""Pixels for the axes with their titles."""
SCREEN_HEIGHT = 340


def tiles_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's tiles: the key beside them in a deck, above them on a screen.

    Parameters
    ----------
    exhibit : Exhibit
        With tiles for a chart.
    skin : Skin
    """
    chart = cast("Tiles", exhibit.chart)
    font = 16 if skin.deck and len(chart.leaders) <= 12 else 13
    above = len(chart.leaders) * font * 1.65
    margin = {"t": 8 if skin.deck else above + 8, "b": BELOW, "r": 330 if skin.deck else 4}
    row, column = chart.today
    today = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
    return figure_of(
        exhibit, skin, [_tiles(chart, skin)], height=int(SCREEN_HEIGHT + BELOW + above), left=LEFT, margin=margin,
        showlegend=False, shapes=[{"type": "rect", "line": {"color": skin.ink, "width": 4}, **today}],
        annotations=[_line(chart, row, font, skin) for row in range(len(chart.leaders))],
        xaxis=_axis(chart.across, chart.titles[0], skin), yaxis=_axis(chart.up, chart.titles[1], skin),
    )  # fmt: skip


def _color(leader: Leader, skin: Skin) -> str:
    return skin.muted if leader.color is None else skin.marks[leader.color]


def _tiles(chart: Tiles, skin: Skin) -> Trace:
    count = len(chart.leaders)
    edges = [(i + end) / count for i in range(count) for end in (0, 1)]
    return {
        "type": "heatmap",
        "z": [list(row) for row in chart.rows],
        "x": list(range(len(chart.across))),
        "y": list(range(len(chart.up))),
        "zmin": -0.5,
        "zmax": count - 0.5,
        "colorscale": [[edge, _color(chart.leaders[i // 2], skin)] for i, edge in enumerate(edges)],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[f"<b>{text}</b>" if text == chart.now else text for text in row] for row in chart.texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 14 if skin.deck else 11, "color": skin.on_mark},
        "hoverinfo": "skip",
    }


def _line(chart: Tiles, row: int, font: int, skin: Skin) -> Trace:
    """A line of the key: colour, number, name and count of a leader; today's in bold."""
    leader, line = chart.leaders[row], font * 1.65
    width = (300 if skin.deck else 420) / font / 1.08
    told = escaped(wrapped(f"{row + 1}  {leader.name}, {leader.told}", width, 1)[0])
    text = f'<span style="color:{_color(leader, skin)};font-size:{font + 4}px">■</span> {told}'
    place = {"x": 1, "xshift": 22, "yshift": -row * line}
    return {
        "xref": "paper", "yref": "paper", "y": 1, "xanchor": "left", "yanchor": "top", "showarrow": False,
        "text": f"<b>{text}</b>" if leader.now else text, "borderpad": 0,
        "font": {"size": font, "color": skin.ink, "family": skin.font},
        **(place if skin.deck else {"x": 0, "yshift": (len(chart.leaders) - row) * line}),
    }  # fmt: skip


def _axis(settings: Sequence[str], title: str, skin: Skin) -> Trace:
    size = 14 if skin.deck else 12
    return {
        "tickmode": "array",
        "tickvals": list(range(len(settings))),
        "ticktext": [setting.replace("\n", "<br>") for setting in settings],
        "tickfont": {"size": size, "color": skin.muted},
        "tickangle": 0,
        "title": {"text": title, "font": {"size": size + 1, "color": skin.muted}, "standoff": 8},
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
