"""Figure of bubbles: two axes, the line of fair exchange, arrows from before, names beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.bubbles import Bubbles, Scale
from valuemix.charts.placing import Point, along, beside
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, text_width
from valuemix.exhibits.words.wording import short_names
from valuemix.screen.frame import DECK_INSIDE, blank, deck_room, figure_of
from valuemix.screen.skins import Skin

__all__ = ["bubbles_figure"]

Trace = dict[str, Any]

LEFT, BELOW, ABOVE = 50, 52, 26
"""Pixels for the axes and their titles."""

SCREEN_WIDTH, SCREEN_HEIGHT = 560.0, 360.0


@dataclass(frozen=True)
class _Map:
    """A chart in a skin: diameters of its bubbles, and the pixels between the ends of its axes."""

    chart: Bubbles
    skin: Skin
    sizes: list[float]
    width: float
    height: float

    def pixels(self, point: Point) -> Point:
        """Place in pixels from the lower left."""
        x, y = self.chart.scales
        return x.place(point[0], self.width), y.place(point[1], self.height)


def bubbles_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit whose chart is `Bubbles`.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    """
    chart = cast("Bubbles", exhibit.chart)
    if not chart.bubbles:
        return blank(exhibit, skin)
    height = deck_room(exhibit) - BELOW - ABOVE if skin.deck else SCREEN_HEIGHT
    width = DECK_INSIDE - LEFT - 8 if skin.deck else SCREEN_WIDTH
    shown = _Map(chart, skin, chart.diameters(*((54, 14, 22) if skin.deck else (38, 11, 18))), width, height)
    x, y = chart.scales
    return figure_of(
        exhibit, skin, [*_line(shown), *_starts(shown), _bubbles(shown)],
        height=int(height + BELOW + ABOVE + 8), left=LEFT, showlegend=False,
        margin={"t": ABOVE, "b": BELOW, "r": 8},
        xaxis={**_axis(x, skin), "title": _title(chart.titles[0], skin)},
        yaxis=_axis(y, skin),
        annotations=[*_arrows(shown), *_names(shown), *_corners(chart, skin)],
    )  # fmt: skip


def _line(shown: _Map) -> list[Trace]:
    ends = shown.chart.line_ends
    if ends is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in ends],
            "y": [y for _, y in ends],
            "line": {"color": shown.skin.muted, "width": 1.5, "dash": "8px,6px"},
            "hoverinfo": "skip",
        }
    ]


def _starts(shown: _Map) -> list[Trace]:
    """Open circles where arrows start."""
    moved = [(b.before, size) for b, size in zip(shown.chart.bubbles, shown.sizes, strict=True) if b.before]
    if not moved:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [before[0] for before, _ in moved],
            "y": [before[1] for before, _ in moved],
            "marker": {
                "size": [size for _, size in moved],
                "color": shown.skin.ground,
                "line": {"color": shown.skin.context, "width": 2},
            },
            "hoverinfo": "skip",
        }
    ]


def _bubbles(shown: _Map) -> Trace:
    bubbles, skin = shown.chart.bubbles, shown.skin
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [b.x for b in bubbles],
        "y": [b.y for b in bubbles],
        "marker": {
            "size": shown.sizes,
            "sizemode": "diameter",
            "color": [skin.highlight if b.lit else skin.context for b in bubbles],
            "opacity": 1,
            "line": {"color": skin.ground, "width": 1.5},
        },
        "hovertext": [f"{escaped(b.name)}<br>{escaped(b.text)}" for b in bubbles],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _arrows(shown: _Map) -> list[Trace]:
    """From edge to edge of the circles."""
    return [
        {
            "x": bubble.x,
            "y": bubble.y,
            "ax": bubble.before[0],
            "ay": bubble.before[1],
            "xref": "x",
            "yref": "y",
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 2,
            "arrowcolor": shown.skin.highlight if bubble.lit else shown.skin.muted,
            "standoff": size / 2 + 1,
            "startstandoff": size / 2,
        }
        for bubble, size in zip(shown.chart.bubbles, shown.sizes, strict=True)
        if bubble.before
    ]


def _ways(chart: Bubbles) -> Iterator[tuple[Point, Point]]:
    """Ends of all lines on the map: from where bubbles stood before, and the line itself."""
    for bubble in chart.bubbles:
        if bubble.before:
            yield bubble.before, (bubble.x, bubble.y)
    if chart.line_ends:
        yield chart.line_ends[0], chart.line_ends[1]


def _names(shown: _Map) -> list[Trace]:
    """Names beside the bubbles where there is room; what has none can be read by pointing at it."""
    bubbles, skin = shown.chart.bubbles, shown.skin
    font = 16 if skin.deck and len(bubbles) <= 10 else 13
    names = short_names([b.name for b in bubbles], (200 if skin.deck else 120) / font)
    spots = [shown.pixels((b.x, b.y)) for b in bubbles]
    lines = [
        box for start, end in _ways(shown.chart) for box in along(shown.pixels(start), shown.pixels(end))
    ]
    texts = [(text_width(name) * font * 1.12, font * 1.25) for name in names]
    circles, limits = list(zip(spots, shown.sizes, strict=True)), (0.0, 0.0, shown.width, shown.height)
    boxes = beside(circles, texts, lines, limits, every=False)
    inks = [skin.color_of("highlight" if b.lit else "ink", text=True) for b in bubbles]
    return [
        {
            **_text(escaped(name), font, ink, skin),
            "x": b.x,
            "y": b.y,
            "xshift": (box[0] + box[2]) / 2 - spot[0],
            "yshift": (box[1] + box[3]) / 2 - spot[1],
        }
        for b, name, ink, spot, box in zip(bubbles, names, inks, spots, boxes, strict=True)
        if box is not None
    ]


def _corners(chart: Bubbles, skin: Skin) -> list[Trace]:
    """What the upper left and the lower right mean, what goes up, and what the line is."""
    size = 14 if skin.deck else 12
    better, worse = (f"<b>{escaped(text)}</b>" for text in chart.corners)
    above = {"y": 1, "yanchor": "bottom", "yshift": 6}
    places: list[tuple[str, str, dict[str, Any]]] = [
        (better, skin.good, {"x": 0.01, "y": 1, "xanchor": "left", "yanchor": "top"}),
        (worse, skin.bad, {"x": 0.99, "y": 0, "xanchor": "right", "yanchor": "bottom"}),
        (escaped(chart.titles[1]), skin.muted, {"x": 0, "xanchor": "right", **above}),
        (f"- - -  {escaped(chart.line_name)}", skin.muted, {"x": 1, "xanchor": "right", **above}),
    ]
    return [
        {**_text(text, size, color, skin), "xref": "paper", "yref": "paper", **place}
        for text, color, place in places
    ]


def _text(text: str, size: int, color: str, skin: Skin) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font}


def _title(text: str, skin: Skin) -> dict[str, Any]:
    return {"text": text, "font": {"size": 15 if skin.deck else 13, "color": skin.muted}, "standoff": 6}


def _axis(scale: Scale, skin: Skin) -> dict[str, Any]:
    return {
        "range": [scale.low, scale.high],
        "tick0": scale.low,
        "dtick": scale.step,
        "tickformat": f".{scale.decimals}f",
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": skin.faint,
        "fixedrange": True,
    }
