"""Figure of regions: coloured, named inside and beside, with today's point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.regions import Region, Regions, Span
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.screen.frame import DECK_INSIDE, deck_room, figure_of
from valuemix.screen.skins import Skin

__all__ = ["regions_figure"]

Trace = dict[str, Any]

BELOW, LEFT = 56, 84
"""Pixels for the axes with their titles."""


def regions_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's regions.

    Parameters
    ----------
    exhibit : Exhibit
        With regions for a chart.
    skin : Skin
    """
    chart = cast("Regions", exhibit.chart)
    height = deck_room(exhibit) - BELOW if skin.deck else 360.0
    width = min(DECK_INSIDE - LEFT - 200, 1.8 * height) if skin.deck else 370.0
    right = DECK_INSIDE - LEFT - width if skin.deck else 60.0
    return figure_of(
        exhibit, skin, [*(_region(chart, each, skin) for each in chart.regions), _border(skin), _point(chart, skin)],
        height=int(height + BELOW + 8), left=LEFT, showlegend=False, margin={"t": 8, "b": BELOW, "r": right},
        annotations=[
            *_inside(chart, width, height, skin), _today(chart, skin), *_key(chart, width, height, right, skin),
        ],
        xaxis=_axis(chart.titles[0], skin), yaxis=_axis(chart.titles[1], skin),
    )  # fmt: skip


def _color(region: Region, skin: Skin) -> str:
    return skin.faint if region.color is None else skin.marks[region.color]


# ---------------------------------------------------------------------- shapes


def _region(chart: Regions, region: Region, skin: Skin) -> Trace:
    color = _color(region, skin)
    rings = _strips(chart, region) if chart.cell else [region.points]
    around = [point for ring in rings for point in (*ring, ring[0], (None, None))][:-1]
    return {
        "type": "scatter",
        "x": [None if x is None else 100 * x for x, _ in around],
        "y": [None if y is None else 100 * y for _, y in around],
        "hovertext": f"{escaped(region.name)}, {region.told} of the map",
        "hoverinfo": "text",
        "name": escaped(region.name),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": color,
        "hoveron": "fills",
        # Strips of one region have no seam between them.
        "line": {"color": color, "width": 1} if chart.cell else {"color": skin.ground, "width": 2},
    }


def _strips(chart: Regions, region: Region) -> list[Sequence[Span]]:
    """Corners of the parts of a grid that cells fill, one strip for neighbours in a row, inside the triangle."""
    half, found = chart.cell / 2, []
    for y in sorted({y for _, y in region.points}):
        low, high = max(y - half, 0.0), y + half
        for left, right in chart.spans(region, y):
            found.append(_below_the_edge([(left, low), (right, low), (right, high), (left, high)]))
    return [corners for corners in found if corners]


def _below_the_edge(corners: Sequence[Span]) -> list[Span]:
    """Part of a shape where the two shares are 1 or less together (Sutherland and Hodgman)."""
    kept = []
    for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]]):
        over, then = x0 + y0 - 1, x1 + y1 - 1
        if over <= 0:
            kept.append((x0, y0))
        if over * then < 0:
            way = over / (over - then)
            kept.append((x0 + way * (x1 - x0), y0 + way * (y1 - y0)))
    return kept


def _border(skin: Skin) -> Trace:
    """Outline of the triangle."""
    line = {"color": skin.muted, "width": 1}
    return {
        "type": "scatter", "mode": "lines", "x": [0, 100, 0, 0], "y": [0, 0, 100, 0], "line": line, "hoverinfo": "skip",
    }  # fmt: skip


def _point(chart: Regions, skin: Skin) -> Trace:
    """Today's point; hollow where it is only a mean that the map does not hold."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [100 * chart.today[0]],
        "y": [100 * chart.today[1]],
        "marker": {
            "size": 14,
            "symbol": "circle" if chart.on_map else "circle-open",
            "color": skin.ground if chart.on_map else skin.ink,
            "line": {"color": skin.ink, "width": 3},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


# ---------------------------------------------------------------------- words


def _text(x: float, y: float, text: str, size: float, color: str, skin: Skin, **more: Any) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font, **more}


def _today(chart: Regions, skin: Skin) -> Trace:
    x, y = (100 * share for share in chart.today)
    return _text(
        x, y, chart.today_text, 14 if skin.deck else 12, skin.ink, skin,
        xanchor="left", xshift=12, bgcolor=skin.ground, borderpad=2, opacity=0.9,
    )  # fmt: skip


def _inside(chart: Regions, width: float, height: float, skin: Skin) -> list[Trace]:
    """Names inside the regions that have room for them, clear of today's mark."""
    size, found = 16 if skin.deck else 13, []
    for region in chart.regions:
        lines = wrapped(region.name, 11, 2)
        room = max(map(text_width, lines)) * size * 1.15 / width, size * 1.4 * len(lines) / height
        place = chart.free(region, room, 150 / width)
        if place:
            text = f"<b>{'<br>'.join(map(escaped, lines))}</b>"
            color = skin.ink if region.color is None else skin.on_mark
            found.append(_text(100 * place[0], 100 * place[1], text, size, color, skin))
    return found


def _key(chart: Regions, width: float, height: float, right: float, skin: Skin) -> list[Trace]:
    """Every leader with its share of the map, in the empty corner above the triangle; today's in bold."""
    size = 16 if skin.deck and len(chart.regions) <= 14 else 13
    start = min(1.0, len(chart.regions) * size * 1.6 / height) + 16 / width
    space = (width * (1 - start) + right - 75) / size / 1.08
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "borderpad": 0}
    found = []
    for row, region in enumerate(chart.regions):
        square = f'<span style="color:{_color(region, skin)};font-size:{size + 4}px">■</span>'
        name = escaped(wrapped(region.name, space, 1)[0])
        text = f"{square} {f'<b>{name}</b>' if region.now else name} {region.told}"
        found.append(_text(start, 1, text, size, skin.ink, skin, **place, yshift=-row * size * 1.6))
    return found


def _axis(name: str, skin: Skin) -> dict[str, Any]:
    font = {"size": 15 if skin.deck else 13, "color": skin.muted}
    return {
        "range": [-1, 101],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": [share(t / 100) for t in (0, 20, 40, 60, 80, 100)],
        "tickfont": font,
        "title": {"text": f"Weight of {escaped(wrapped(name, 22, 1)[0])}", "font": font, "standoff": 8},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
