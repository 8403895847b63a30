"""Lines over one weight: the leader thick, its crossovers and today's weight marked, names at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.placing import spread
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.tradeoffs.switches import ShownWeight, shown_weight
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

ABOVE, BELOW = 30, 56
"""Pixels for the label of today's weight, and for the axis with its title."""

SCREEN_WIDTH = 460
"""Pixels that every screen has for the lines."""

START, END = -1.5, 104.0
"""Ends of the axis in percent: room for the ends of the lines and for connections to their labels."""


@dataclass(frozen=True)
class _Lines:
    """What the exhibit's table holds, in the shapes that lines need."""

    names: list[str]
    shares: FloatArray
    values: FloatArray
    leads: NDArray[np.bool_]
    today: float
    crossing: NDArray[np.bool_]
    shown: ShownWeight

    @property
    def stretches(self) -> NDArray[np.bool_]:
        """Whether a proposition leads all the way from one weight to the next, shape (P, T - 1)."""
        return self.leads[:, 1:] & self.leads[:, :-1]

    @property
    def envelope(self) -> FloatArray:
        """Value of the leader at each weight, shape (T,)."""
        best: FloatArray = np.max(self.values, axis=0, initial=-np.inf, where=~np.isnan(self.values))
        return best


@dataclass(frozen=True)
class _Room:
    """Measures of the plot in pixels and units."""

    width: float
    height: float
    low: float
    high: float
    font: int

    @property
    def unit(self) -> float:
        """Value of one pixel of height."""
        return (self.high - self.low) / self.height

    @property
    def percent(self) -> float:
        """Percent of one pixel of width."""
        return (END - START) / self.width


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Lines of value over one weight, drawn from the exhibit's table alone."""
    lines = _lines(exhibit)
    colors = _colors(lines, skin)
    labels, right, font = _labels(lines, exhibit, skin)
    room = _room(lines, exhibit, skin, right, font)
    places = _label_places(lines, room)
    traces = [
        *_context(lines, colors, skin),
        *(_line(lines, p, color) for p, color in colors.items()),
        *(_leader(lines, p, color) for p, color in colors.items()),
        *_crossovers(lines, skin),
        *_connections(lines, places, room, skin),
        _names(labels, places, colors, room, skin),
    ]
    word = exhibit.table["discipline"].iloc[0]
    return figure_of(
        exhibit, skin, traces, height=int(room.height + ABOVE + BELOW), left=_left(exhibit, room, skin),
        xaxis=_weights_axis(word, skin), yaxis=_values_axis(room, skin), showlegend=False,
        shapes=_marks(lines, skin), annotations=[_today(lines, skin), *_weights(lines, room, skin)],
        margin={"t": ABOVE, "b": BELOW, "r": right},
    )  # fmt: skip


def _lines(exhibit: Exhibit) -> _Lines:
    table = exhibit.table
    names = table["proposition"].unique().tolist()
    first = table.iloc[: len(table) // len(names)]
    today = float(first.loc[first["today"], "weight_share"].iloc[0])
    crossing = first.loc[first["crossover"], "weight_share"].tolist()
    return _Lines(
        names,
        first["weight_share"].to_numpy(),
        table["value"].to_numpy().reshape(len(names), -1),
        table["leads"].to_numpy().reshape(len(names), -1),
        today,
        first["crossover"].to_numpy(),
        shown_weight(today, first["today_points"].iloc[0], crossing),
    )


def _colors(lines: _Lines, skin: Skin) -> dict[int, str]:
    """Colour of each proposition that leads somewhere, by its place today: the same for every discipline."""
    leading = np.flatnonzero(lines.stretches.any(axis=1)).tolist()
    return skin.colors_of(leading)


# ---------------------------------------------------------------------- measures


def _labels(lines: _Lines, exhibit: Exhibit, skin: Skin) -> tuple[list[str], float, int]:
    """Names for the ends of the lines, the pixels that they take, and their font size."""
    valued = int((~np.isnan(lines.values)).any(axis=1).sum())
    pitch = (deck_room(exhibit) - ABOVE - BELOW) / max(valued, 1)
    font = int(min(16, max(9, pitch / 1.2))) if skin.deck else 13
    widest = (260 if skin.deck else 150) / font
    names = [wrapped(name, widest, 1)[0] for name in short_names(lines.names, widest)]
    shown = [name for name, line in zip(names, lines.values, strict=True) if not np.isnan(line).all()]
    return names, max(map(text_width, shown), default=0) * font * 1.12 + 10, font


def _room(lines: _Lines, exhibit: Exhibit, skin: Skin, right: float, font: int) -> _Room:
    height = deck_room(exhibit) - ABOVE - BELOW
    if not skin.deck:
        height = max(300.0, len(lines.names) * font * 1.3)
    known = lines.values[~np.isnan(lines.values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    span = (high - low) or max(abs(high), 1.0) * 0.2
    above = 2.4 * font / height if lines.crossing.any() else 0.04
    width = DECK_INSIDE - 40 - right if skin.deck else SCREEN_WIDTH - right
    return _Room(width, height, low - 0.05 * span, high + max(above, 0.04) * span, font)


def _left(exhibit: Exhibit, room: _Room, skin: Skin) -> float:
    longest = max(len(f"{value:.0f}") for value in (room.low, room.high)) + exhibit.decimals
    return longest * (9 if skin.deck else 8) + 14


def _label_places(lines: _Lines, room: _Room) -> dict[int, float]:
    """Where the name of each line stands, as near to its end as the others allow."""
    valued = [p for p, line in enumerate(lines.values) if not np.isnan(line).all()]
    wanted = [_end(lines.values[p]) for p in valued]
    distance = room.font * 1.25 * room.unit
    # Those that end at one value stand in the order in which they come there.
    rising = [lines.values[p][0] for p in valued]
    order = sorted(range(len(valued)), key=lambda i: (wanted[i], rising[i]))
    places = spread([wanted[i] for i in order], distance, room.low, room.high)
    return {valued[i]: place for i, place in zip(order, places, strict=True)}


def _end(line: FloatArray) -> float:
    return float(line[~np.isnan(line)][-1])


# ---------------------------------------------------------------------- lines


def _trace(x: list[float | None], y: list[float | None], color: str, width: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": color, "width": width},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _points(lines: _Lines, p: int) -> tuple[list[float | None], list[float | None]]:
    """Points of a line: both ends where it is straight."""
    x, y = 100 * lines.shares, lines.values[p]
    straight = np.interp(x, x[[0, -1]], y[[0, -1]])
    kept = [0, len(x) - 1] if np.allclose(straight, y, atol=1e-9, rtol=0) else range(len(x))
    return [float(x[i]) for i in kept], [None if np.isnan(y[i]) else float(y[i]) for i in kept]


def _context(lines: _Lines, colors: dict[int, str], skin: Skin) -> list[Trace]:
    """All that never lead, as one trace with gaps: redrawing takes a browser long for each trace."""
    x: list[float | None] = []
    y: list[float | None] = []
    for p in range(len(lines.names)):
        if p not in colors:
            across, up = _points(lines, p)
            x += [*across, None]
            y += [*up, None]
    return [_trace(x, y, skin.context, 1.5)] if x else []


def _line(lines: _Lines, p: int, color: str) -> Trace:
    return {**_trace(*_points(lines, p), color, 2), "name": escaped(lines.names[p])}


def _leader(lines: _Lines, p: int, color: str) -> Trace:
    """Thick where this one leads; broken where it ties all the way with one before it."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i in np.flatnonzero(lines.stretches[p]).tolist():
        start = float(100 * lines.shares[i])
        if not x or x[-1] != start:
            x += [None, start]
            y += [None, float(lines.values[p, i])]
        x.append(float(100 * lines.shares[i + 1]))
        y.append(float(lines.values[p, i + 1]))
    trace = {**_trace(x[1:], y[1:], color, 6), "name": escaped(lines.names[p])}
    if (lines.stretches[:p] & lines.stretches[p]).any():
        trace["line"]["dash"] = "10px,10px"
    return trace


def _connections(lines: _Lines, places: dict[int, float], room: _Room, skin: Skin) -> list[Trace]:
    """From the end of a line to its name, where the name had to move."""
    x: list[float | None] = []
    y: list[float | None] = []
    for p, place in places.items():
        end = _end(lines.values[p])
        if abs(place - end) > 3 * room.unit:
            x += [100.5, END - 0.4, None]
            y += [end, place, None]
    return [_trace(x, y, skin.context, 1)] if x else []


def _names(
    labels: list[str], places: dict[int, float], colors: dict[int, str], room: _Room, skin: Skin
) -> Trace:
    """Names at the ends of the lines; those that lead somewhere in their colour."""
    twins = skin.colors_of(list(colors), text=True)
    return {
        "type": "scatter",
        "mode": "text",
        "x": [END] * len(places),
        "y": list(places.values()),
        "text": [f"<b>{escaped(labels[p])}</b>" if p in colors else escaped(labels[p]) for p in places],
        "textposition": "middle right",
        "textfont": {"size": room.font, "color": [twins.get(p, skin.muted) for p in places]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


# ---------------------------------------------------------------------- marks


def _crossovers(lines: _Lines, skin: Skin) -> list[Trace]:
    at = np.flatnonzero(lines.crossing)
    if not at.size:
        return []
    texts = [lines.shown.text(value) for value in lines.shares[at]]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": (100 * lines.shares[at]).tolist(),
            "y": lines.envelope[at].tolist(),
            "marker": {"size": 11, "color": skin.ground, "line": {"color": skin.ink, "width": 2}},
            "hovertext": [
                f"{text}: {_who(lines, i - 1)}, then {_who(lines, i)}"
                for text, i in zip(texts, at.tolist(), strict=True)
            ],
            "hoverinfo": "text",
        }
    ]


def _who(lines: _Lines, stretch: int) -> str:
    """Names of those that lead on a stretch, escaped."""
    leading = np.flatnonzero(lines.stretches[:, stretch]).tolist()
    return ", ".join(escaped(lines.names[p]) for p in leading) or "nothing"


def _marks(lines: _Lines, skin: Skin) -> list[dict[str, Any]]:
    """Today's weight as a line, and a dotted one down from each crossover."""
    line = {"type": "line", "xref": "x", "layer": "below"}
    today = {
        **line,
        "x0": 100 * lines.today,
        "x1": 100 * lines.today,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": skin.ink, "width": 1.5},
    }
    drops = [
        {
            **line,
            "x0": 100 * x,
            "x1": 100 * x,
            "yref": "y",
            "y0": y,
            "y1": -1e9,
            "line": {"color": skin.muted, "width": 1, "dash": "2px,3px"},
        }
        for x, y in zip(lines.shares[lines.crossing], lines.envelope[lines.crossing], strict=True)
    ]
    return [*drops, today]


def _text(x: float, y: float, text: str, size: int, skin: Skin, **more: Any) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": skin.ink, "family": skin.font},
        **more,
    }


def _today(lines: _Lines, skin: Skin) -> dict[str, Any]:
    text = f"today {lines.shown.text(lines.today)}"
    return _text(100 * lines.today, 1, text, 15 if skin.deck else 13, skin, yref="paper", yanchor="bottom")


def _weights(lines: _Lines, room: _Room, skin: Skin) -> list[dict[str, Any]]:
    """Weights of the crossovers above the leader's line, where nothing else is drawn."""
    size = room.font if skin.deck else 13
    at = [i for i in np.flatnonzero(lines.crossing).tolist() if abs(lines.shares[i] - lines.today) > 1e-9]
    texts = [lines.shown.text(lines.shares[i]) for i in at]
    half = max(map(text_width, texts), default=0) * size * 1.1 * room.percent / 2
    low, envelope = 100 * lines.shares, lines.envelope
    result = []
    for side in (False, True):
        own = [
            (i, text) for i, text in zip(at, texts, strict=True) if (lines.shares[i] > lines.today) == side
        ]
        wanted = [100 * lines.shares[i] + half * _lean(lines, i) for i, _ in own]
        edge = 100 * lines.today + (half + 4 * room.percent) * (1 if side else -1)
        places = spread(
            wanted, 2 * half + 0.5, *((edge, max(edge, 103.0)) if side else (min(edge, 0.0), edge))
        )
        for place, (_, text) in zip(places, own, strict=True):
            inside = low[(low > place - half) & (low < place + half)]
            top = np.interp([place - half, *inside, place + half], low, envelope).max()
            result.append(_text(place, top + 8 * room.unit, f"<b>{text}</b>", size, skin, yanchor="bottom"))
    return result


def _lean(lines: _Lines, i: int) -> int:
    """Side on which there is more room above a crossover: left where the line rises, right where it falls."""
    before, after = np.sign(np.diff(lines.envelope[i - 1 : i + 2]))
    return -int(before) if before == after else 0


# ---------------------------------------------------------------------- axes


def _weights_axis(word: str, skin: Skin) -> dict[str, Any]:
    size, room = (15, 30) if skin.deck else (13, 12)
    return {
        "range": [START, END],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": [share(t / 100) for t in (0, 20, 40, 60, 80, 100)],
        "tickfont": {"size": size, "color": skin.muted},
        "title": {
            "text": f"Weight of {escaped(wrapped(word, room, 1)[0])} (the others keep their proportions)",
            "font": {"size": size, "color": skin.muted},
            "standoff": 8,
        },
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": skin.faint,
        "fixedrange": True,
    }


def _values_axis(room: _Room, skin: Skin) -> dict[str, Any]:
    return {
        "range": [room.low, room.high],
        "nticks": 8,
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "ticklabelstandoff": 6,
        "gridcolor": skin.faint,
        "griddash": "solid",
        "gridwidth": 0.5,
        "zeroline": False,
        "fixedrange": True,
    }
