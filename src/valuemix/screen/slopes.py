"""Figure of slopes: the value in the circle, names at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.slopes import Slope, Slopes, Stop
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import balanced, escaped, text_width, wrapped
from valuemix.screen.frame import DECK_INSIDE, SCREEN_INSIDE, blank, deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["slopes_figure"]

Trace = dict[str, Any]

PLACES, HEADS = 40, 74
"""Pixels for the numbers of the places, and for the heads."""

SMALLEST = 26
"""Pixels of a circle that is large enough to hold its value."""

WIDEST, NARROWEST, WIDEST_IN_DECK = 150, 110, 300
"""Pixels that names take at most at one side: less on a screen the more columns there are."""

APART = 70
"""Pixels from column to column that a screen has at least."""


@dataclass(frozen=True)
class _Room:
    """Measures in pixels: of the rows, a circle, the names at each side, and from column to column."""

    rows: Rows
    circle: float
    side: float
    pitch: float


def slopes_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's slopes.

    Parameters
    ----------
    exhibit : Exhibit
        With slopes for a chart.
    skin : Skin
    """
    chart = cast("Slopes", exhibit.chart)
    if not chart.rows:
        return blank(exhibit, skin)
    room = _room(chart, skin, deck_room(exhibit) - HEADS)
    lines = [_lines([row for row in chart.rows if row.lit == lit], skin, lit=lit) for lit in (False, True)]
    circles = [_circles(chart, room, skin, lit=lit) for lit in (False, True)]
    shown = max(room.rows.shown if skin.deck else 0, chart.depth)
    return figure_of(
        exhibit, skin, [*lines, *circles], height=int(room.rows.height * chart.depth + HEADS + 16),
        left=room.side + PLACES, margin={"t": HEADS, "r": room.side}, showlegend=False,
        xaxis={"range": [-0.02, max(len(chart.heads) - 1, 1) + 0.02], "visible": False, "fixedrange": True},
        yaxis={"range": [shown + 0.5, 0.5], "visible": False, "fixedrange": True},
        annotations=[*_names(chart, room, skin), *_heads(chart, room, skin), *_numbers(chart, room, skin)],
    )  # fmt: skip


def _room(chart: Slopes, skin: Skin, height: float) -> _Room:
    inside, gaps = DECK_INSIDE if skin.deck else SCREEN_INSIDE, max(len(chart.heads) - 1, 1)
    free = (inside - PLACES - APART * gaps) / 2 - 40
    widest = WIDEST_IN_DECK if skin.deck else max(min(WIDEST, free), NARROWEST)
    rows = rows_of([row.name for row in chart.rows], skin, height, widest, tall=True)
    digits = max(len(stop.text) for row in chart.rows for stop in row.stops if stop)
    circle = min(rows.height * 0.86, 38 if skin.deck else 34, 20 + 5 * digits)
    side = rows.left + circle / 2
    return _Room(rows, circle, side, (inside - 2 * side - PLACES) / gaps)


def _lines(rows: Iterable[Slope], skin: Skin, *, lit: bool) -> Trace:
    """Lines between neighbouring columns that both have the row, as one trace with gaps."""
    pairs = [
        (k, one.place, other.place)
        for row in rows
        for k, (one, other) in enumerate(pairwise(row.stops))
        if one and other
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for k, *_ in pairs for x in (k, k + 1, None)],
        "y": [y for _, one, other in pairs for y in (one, other, None)],
        "line": {"color": skin.highlight if lit else skin.faint, "width": 5 if lit else 2.5},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _stops(chart: Slopes, *, lit: bool) -> Iterator[tuple[int, Stop, str]]:
    """Column of each circle, what it holds, and what is said on hovering."""
    for row in chart.rows:
        for k, stop in enumerate(row.stops):
            if stop and row.lit == lit:
                yield k, stop, f"{escaped(row.name)}<br>{escaped(chart.heads[k].name)}: {stop.hint}"


def _circles(chart: Slopes, room: _Room, skin: Skin, *, lit: bool) -> Trace:
    stops = [*_stops(chart, lit=lit)]
    large = room.circle >= SMALLEST
    ink, fill = (skin.highlight if lit else skin.ink), skin.cold
    if lit and large:
        ink, fill = skin.on_mark, skin.highlight
    widest = max((text_width(stop.text) for _, stop, _ in stops), default=1)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [k for k, *_ in stops],
        "y": [stop.place for _, stop, _ in stops],
        "text": [f"<b>{stop.text}</b>" for _, stop, _ in stops],
        "textfont": {
            "size": max(int(min(room.rows.font - 1, room.circle / widest / 1.12, 15)), 8),
            "color": ink,
        },
        "marker": {
            "size": room.circle,
            "color": fill,
            "line": {"width": 4 if large else 1, "color": skin.ground},
            "opacity": 1,
        },
        "hovertext": [hint for *_, hint in stops],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _names(chart: Slopes, room: _Room, skin: Skin) -> list[Trace]:
    away = room.circle / 2 + 8
    found = []
    for row, label in zip(chart.rows, room.rows.labels, strict=True):
        text, color = (f"<b>{label}</b>", skin.highlight) if row.lit else (label, skin.ink)
        for k, place in row.named:
            side, shift = ("right", -away) if k == 0 else ("left", away)
            found.append(
                _label(
                    text, room.rows.font, color, skin,
                    x=k, y=place, xanchor=side, align=side, yanchor="middle", xshift=shift,
                )
            )  # fmt: skip
    return found


def _heads(chart: Slopes, room: _Room, skin: Skin) -> list[Trace]:
    """Name of each column, and what is said below it, in two lines where it does not fit in one."""
    font = (16 if skin.deck else 14) if room.pitch > 90 else 12
    style = f"font-size:{font - 2}px;color:{skin.muted}"
    width = max(room.pitch * 0.94, 56) / font / 1.1
    below = [balanced(head.below, room.pitch * 0.96 / (font - 2) / 1.1) for head in chart.heads]
    fits = not any(line.endswith("…") for lines in below for line in lines)
    found = []
    for k, head in enumerate(chart.heads):
        lines = [f"<b>{escaped(line)}</b>" for line in wrapped(head.name, width, 2)]
        lines += [f'<span style="{style}">{escaped(line)}</span>' for line in below[k] if fits]
        place = {"x": k, "y": 1, "yref": "paper", "xanchor": "center", "yanchor": "bottom", "yshift": 2}
        found.append(_label("<br>".join(lines), font, skin.ink, skin, **place))
    return found


def _numbers(chart: Slopes, room: _Room, skin: Skin) -> list[Trace]:
    """Numbers of the places at the far left."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "middle", "xshift": -room.side - PLACES}
    return [
        _label(f"{y}", room.rows.font - 2, skin.muted, skin, y=y, **place) for y in range(1, chart.depth + 1)
    ]


def _label(text: str, size: float, color: str, skin: Skin, **place: Any) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font, **place}
