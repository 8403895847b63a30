"""Figure of lines: the leader thick, its crossovers and today marked, names at the ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.lines import Line, Lines
from valuemix.charts.placing import spread
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.screen.frame import DECK_INSIDE, deck_room, figure_of
from valuemix.screen.skins import Skin

__all__ = ["crossing_labels", "lines_figure"]

Trace = dict[str, Any]

ABOVE, BELOW = 30, 56
"""Pixels for the label of today, and for the axis with its title."""

SCREEN_WIDTH = 460
"""Pixels that every screen has for the lines and their names."""

START, END = -0.015, 1.04
"""Ends of the axis: room for the ends of the lines and for connections to their names."""


@dataclass(frozen=True)
class _Room:
    """Measures of the plot in pixels."""

    width: float
    height: float
    right: float
    font: int
    size: int
    """Font sizes of the names, and of axes and marks."""

    def unit(self, chart: Lines) -> float:
        """Value of one pixel of height."""
        return (chart.axis.high - chart.axis.low) / self.height


def lines_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's lines; an empty frame where there are none.

    Parameters
    ----------
    exhibit : Exhibit
        With lines for a chart.
    skin : Skin
    """
    chart, hidden = cast("Lines", exhibit.chart), {"visible": False}
    if not chart.lines:
        return figure_of(exhibit, skin, [], height=120, left=4, xaxis=hidden, yaxis=hidden)
    full = deck_room(exhibit) - ABOVE - BELOW if skin.deck else max(300.0, 17.0 * len(chart.lines))
    font = int(min(16, max(9, full / len(chart.lines) / 1.2))) if skin.deck else 13
    ends = chart.ends(int(full / 1.2 / font))
    names = [wrapped(name, _widest(skin) / font, 1)[0] for name in _short(ends, chart, _widest(skin) / font)]
    right = max(map(text_width, names)) * font * 1.12 + 10
    width = (DECK_INSIDE - 40 if skin.deck else SCREEN_WIDTH) - right
    room = _Room(width, full, right, font, 15 if skin.deck else 13)
    spots = [line.known[-1] for line in ends]
    places = spread(spots, font * 1.25 * room.unit(chart), chart.axis.low, chart.axis.high)
    traces = [
        _context(chart, skin),
        *(_line(chart, line, line.values, skin, 2) for line in chart.lines if line.color is not None),
        *(_line(chart, line, line.leading, skin, 6) for line in chart.lines if line.color is not None),
        _crossings(chart, skin),
        _connections(spots, places, 3 * room.unit(chart), skin),
        _names(ends, names, places, font, skin),
    ]
    return figure_of(
        exhibit, skin, traces, height=int(full + ABOVE + BELOW), left=_left(chart, skin), showlegend=False,
        margin={"t": ABOVE, "b": BELOW, "r": right}, shapes=_marks(chart, skin), annotations=_texts(chart, room, skin),
        xaxis=_across(chart, room, skin), yaxis=_up(chart, room, skin),
    )  # fmt: skip


def crossing_labels(chart: Lines, half: float, apart: float) -> list[tuple[float, float, str]]:
    """Places above the leader for the shares of the crossovers, clear of today and of each other.

    Parameters
    ----------
    chart : Lines
    half : float
        Half the width of a label, as a share.
    apart : float
        From today's line at least.

    Returns
    -------
    list of (float, float, str)
        Share, value and text of each.
    """
    told = [crossing for crossing in chart.crossings if crossing.text]
    edge = half + apart
    sides = [(half, 1 - half)]
    if not math.isnan(chart.today):
        low, high = chart.today - edge, chart.today + edge
        sides = [(min(half / 2, low), low), (high, max(1 - half / 2, high))]
    found = []
    for number, limits in enumerate(sides):
        own = [each for each in told if len(sides) == 1 or (each.at > chart.today) == bool(number)]
        for each, at in zip(own, spread([each.at for each in own], 2 * half, *limits), strict=True):
            found.append((at, chart.top(at, half), each.text))
    return found


# ---------------------------------------------------------------------- measures


def _widest(skin: Skin) -> float:
    """Pixels that a name takes at most."""
    return 260 if skin.deck else 150


def _short(ends: Sequence[Line], chart: Lines, width: float) -> list[str]:
    """Names of these lines, told apart from all others."""
    every = [line.name for line in chart.lines]
    short = dict(zip(every, short_names(every, width), strict=True))
    return [short[line.name] for line in ends]


def _left(chart: Lines, skin: Skin) -> float:
    axis = chart.axis
    longest = max(len(f"{value:,.{axis.digits}f}") for value in (axis.low, axis.high))
    return longest * (9 if skin.deck else 8) + 14


# ---------------------------------------------------------------------- lines


def _trace(x: Sequence[float | None], y: Sequence[float], color: str, width: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": [None if math.isnan(v) else v for v in y],
        "line": {"color": color, "width": width},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _percents(chart: Lines) -> list[float | None]:
    return [100 * place for place in chart.places]


def _context(chart: Lines, skin: Skin) -> Trace:
    """All that never lead, as one trace with gaps: redrawing takes a browser long for each trace."""
    grey = [line for line in chart.lines if line.color is None]
    x = [place for _ in grey for place in (*_percents(chart), None)]
    return _trace(x, [value for line in grey for value in (*line.values, math.nan)], skin.context, 1.5)


def _line(chart: Lines, line: Line, values: Sequence[float], skin: Skin, width: float) -> Trace:
    """A line, or where it leads; there it is dashed if it shares the lead with one before it."""
    trace = {
        **_trace(_percents(chart), values, skin.marks[line.color or 0], width),
        "name": escaped(line.name),
    }
    if width > 2 and line.tied:
        trace["line"]["dash"] = "10px,10px"
    return trace


def _crossings(chart: Lines, skin: Skin) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [100 * each.at for each in chart.crossings],
        "y": [chart.height(each.at) for each in chart.crossings],
        "marker": {"size": 11, "color": skin.ground, "line": {"color": skin.ink, "width": 2}},
        "hovertext": [escaped(each.passes) for each in chart.crossings],
        "hoverinfo": "text",
    }


def _connections(spots: Sequence[float], places: Sequence[float], far: float, skin: Skin) -> Trace:
    """From the end of a line to its name, where the name had to move."""
    moved = [(spot, place) for spot, place in zip(spots, places, strict=True) if abs(place - spot) > far]
    x = [v for _ in moved for v in (100.5, 100 * END - 0.4, None)]
    return _trace(x, [v for pair in moved for v in (*pair, math.nan)], skin.context, 1)


def _names(
    ends: Sequence[Line], names: Sequence[str], places: Sequence[float], font: int, skin: Skin
) -> Trace:
    """Names at the ends of the lines; those that lead somewhere in their colour."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [100 * END] * len(ends),
        "y": list(places),
        "text": [
            escaped(name) if line.color is None else f"<b>{escaped(name)}</b>"
            for line, name in zip(ends, names, strict=True)
        ],
        "textposition": "middle right",
        "textfont": {
            "size": font,
            "color": [skin.muted if line.color is None else skin.twins[line.color] for line in ends],
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


# ---------------------------------------------------------------------- marks and axes


def _marks(chart: Lines, skin: Skin) -> list[Trace]:
    """A dotted line down from each crossover, and today's across all lines."""
    dotted = {"color": skin.muted, "width": 1, "dash": "2px,3px"}
    low, high = chart.axis.low, chart.axis.high
    marks = [(each.at, low, chart.height(each.at), dotted) for each in chart.crossings]
    if chart.today_text:
        marks.append((chart.today, low, high, {"color": skin.ink, "width": 1.5}))
    return [
        {"type": "line", "layer": "below", "x0": 100 * x, "x1": 100 * x, "y0": y0, "y1": y1, "line": line}
        for x, y0, y1, line in marks
    ]


def _texts(chart: Lines, room: _Room, skin: Skin) -> list[Trace]:
    """Today's share over its line, and those of the crossovers over the leader."""
    share_of_pixel = (END - START) / room.width
    half = max((text_width(each.text) for each in chart.crossings), default=0) * room.size * 1.1 / 2
    labels = crossing_labels(chart, half * share_of_pixel, 4 * share_of_pixel)
    texts = [(x, y + 8 * room.unit(chart), f"<b>{text}</b>") for x, y, text in labels]
    texts += [(chart.today, chart.axis.high, chart.today_text)] if chart.today_text else []
    font = {"size": room.size, "color": skin.ink, "family": skin.font}
    return [
        {
            "x": 100 * x,
            "y": y,
            "text": text,
            "font": font,
            "showarrow": False,
            "borderpad": 0,
            "yanchor": "bottom",
        }
        for x, y, text in texts
    ]


def _across(chart: Lines, room: _Room, skin: Skin) -> dict[str, Any]:
    most = 30 if skin.deck else 12
    font = {"size": room.size, "color": skin.muted}
    title = chart.titled(lambda name: escaped(wrapped(name, most, 1)[0]))
    return {
        "range": [100 * START, 100 * END],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": [share(t / 100) for t in (0, 20, 40, 60, 80, 100)],
        "tickfont": font,
        "tickangle": 0,
        "title": {"text": title, "font": font, "standoff": 8},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": skin.faint,
        "fixedrange": True,
    }


def _up(chart: Lines, room: _Room, skin: Skin) -> dict[str, Any]:
    axis = chart.axis
    return {
        "range": [axis.low, axis.high],
        "tick0": axis.low,
        "dtick": axis.step,
        "tickformat": f",.{axis.digits}f",
        "tickfont": {"size": room.size, "color": skin.muted},
        "ticklabelstandoff": 6,
        "gridcolor": skin.faint,
        "gridwidth": 0.5,
        "zeroline": False,
        "fixedrange": True,
    }
