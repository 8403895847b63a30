"""Lines on the way from one scenario to another: the leader thick, its crossovers marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.placing import spread
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import number, share, share_decimals
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

ABOVE, BELOW = 30, 58
"""Pixels above the lines, and for the axis with the names of both scenarios."""


@dataclass(frozen=True)
class _Lines:
    """What the exhibit's table holds."""

    names: list[str]
    shares: FloatArray
    values: FloatArray
    leads: NDArray[np.bool_]
    crossing: FloatArray
    ends: tuple[str, str]

    @property
    def envelope(self) -> FloatArray:
        best: FloatArray = np.max(self.values, axis=0, initial=-np.inf, where=~np.isnan(self.values))
        return best


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Lines of value, drawn from the exhibit's table alone; an empty frame where there is no way."""
    if exhibit.table.empty or exhibit.table["value"].isna().all():
        return figure_of(
            exhibit, skin, [], height=120, left=4, xaxis={"visible": False}, yaxis={"visible": False}
        )
    lines = _lines(exhibit)
    led = np.flatnonzero((lines.leads[:, 1:] & lines.leads[:, :-1]).any(axis=1)).tolist()
    colors = skin.colors_of(led)
    height = deck_room(exhibit) - ABOVE - BELOW if skin.deck else max(300.0, 18.0 * len(lines.names))
    known = lines.values[~np.isnan(lines.values)]
    low, high = float(known.min()), float(known.max())
    span = (high - low) or 1.0
    low, high = low - 0.05 * span, high + 0.1 * span
    font = int(min(16, max(9, height / len(lines.names) / 1.2))) if skin.deck else 13
    labels = short_names(lines.names, (260 if skin.deck else 150) / font)
    right = max(map(text_width, labels)) * font * 1.12 + 26
    traces = [
        _context(lines, colors, skin),
        *(_line(lines, p, color, 2) for p, color in colors.items()),
        *(_leading(lines, p, color) for p, color in colors.items()),
        _marks(lines, skin),
    ]
    left = len(number(high, exhibit.decimals)) * 9 + 18
    return figure_of(
        exhibit, skin, traces, height=int(height + ABOVE + BELOW), left=left, showlegend=False,
        margin={"t": ABOVE, "b": BELOW, "r": right}, shapes=_drops(lines, skin),
        xaxis=_way(skin),
        yaxis=_axis([low, high], exhibit.decimals, skin),
        annotations=[
            *_names(lines, labels, colors, font, (high - low) / height, (low, high), skin),
            *_shares(lines, font, skin),
            *_ends(lines, skin),
        ],
    )  # fmt: skip


def _lines(exhibit: Exhibit) -> _Lines:
    table = exhibit.table
    names = table["proposition"].drop_duplicates().tolist()
    first = table.iloc[: len(table) // len(names)]
    return _Lines(
        names,
        first["way_share"].to_numpy(),
        table["value"].to_numpy().reshape(len(names), -1),
        table["leads"].to_numpy(dtype=bool).reshape(len(names), -1),
        first.loc[first["crossover"].astype(bool), "way_share"].to_numpy(),
        (str(first["start"].iloc[0]), str(first["end"].iloc[0])),
    )


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


def _points(lines: _Lines, p: int, chosen: NDArray[np.bool_] | None = None) -> list[list[float | None]]:
    """Points of a line, with a gap where it is not chosen or has no value."""
    kept = ~np.isnan(lines.values[p]) if chosen is None else chosen & ~np.isnan(lines.values[p])
    y = [float(v) if keep else None for v, keep in zip(lines.values[p], kept, strict=True)]
    return [[100 * float(s) for s in lines.shares], y]


def _context(lines: _Lines, colors: dict[int, str], skin: Skin) -> Trace:
    """All that never lead, as one trace with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for p in range(len(lines.names)):
        if p not in colors:
            across, up = _points(lines, p)
            x, y = [*x, *across, None], [*y, *up, None]
    return _trace(x, y, skin.context, 1.5)


def _line(lines: _Lines, p: int, color: str, width: float) -> Trace:
    x, y = _points(lines, p)
    return {**_trace(x, y, color, width), "name": escaped(lines.names[p])}


def _leading(lines: _Lines, p: int, color: str) -> Trace:
    """Thick where this one leads; dashed where it shares the lead with one before it."""
    x, y = _points(lines, p, lines.leads[p])
    trace = {**_trace(x, y, color, 6), "name": escaped(lines.names[p])}
    stretch = lines.leads[:, 1:] & lines.leads[:, :-1]
    if (stretch[:p] & stretch[p]).any():
        trace["line"]["dash"] = "10px,10px"
    return trace


def _heights(lines: _Lines) -> list[float]:
    return [float(v) for v in np.interp(lines.crossing, lines.shares, lines.envelope)]


def _marks(lines: _Lines, skin: Skin) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (100 * lines.crossing).tolist(),
        "y": _heights(lines),
        "marker": {"size": 11, "color": skin.ground, "line": {"color": skin.ink, "width": 2}},
        "hoverinfo": "skip",
    }


def _drops(lines: _Lines, skin: Skin) -> list[Trace]:
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": 100 * x,
            "x1": 100 * x,
            "y0": y,
            "y1": -1e9,
            "layer": "below",
            "line": {"color": skin.muted, "width": 1, "dash": "2px,3px"},
        }
        for x, y in zip(lines.crossing.tolist(), _heights(lines), strict=True)
    ]


def _shares(lines: _Lines, font: int, skin: Skin) -> list[Trace]:
    """Shares of the way over the crossovers, kept apart."""
    decimals = share_decimals(pairwise([0.0, *lines.crossing.tolist(), 1.0]))
    texts = [share(x, decimals) for x in lines.crossing]
    places = spread((100 * lines.crossing).tolist(), 7.0, 2.0, 98.0)
    return [
        _label(
            f"<b>{text}</b>", font, skin.ink, skin, x=x, y=y, xanchor="center", yanchor="bottom", yshift=10
        )
        for x, y, text in zip(places, _heights(lines), texts, strict=True)
    ]


def _names(
    lines: _Lines,
    labels: list[str],
    colors: dict[int, str],
    font: int,
    unit: float,
    limits: tuple[float, float],
    skin: Skin,
) -> list[Trace]:
    """Names at the ends of the lines; those that lead somewhere in their colour."""
    twins = skin.colors_of(list(colors), text=True)
    valued = [p for p, line in enumerate(lines.values) if not np.isnan(line).all()]
    ends = [float(lines.values[p][~np.isnan(lines.values[p])][-1]) for p in valued]
    places = spread(ends, font * 1.25 * unit, *limits)
    return [
        _label(
            f"<b>{escaped(labels[p])}</b>" if p in colors else escaped(labels[p]),
            font,
            twins.get(p, skin.muted),
            skin,
            x=100,
            y=place,
            xanchor="left",
            yanchor="middle",
            xshift=12,
        )
        for p, place in zip(valued, places, strict=True)
    ]


def _ends(lines: _Lines, skin: Skin) -> list[Trace]:
    """Names of both scenarios below the ends of the axis."""
    size, width = (15, 30) if skin.deck else (13, 13)
    return [
        _label(
            f"<b>{escaped(wrapped(name, width, 1)[0])}</b>",
            size,
            skin.ink,
            skin,
            x=x,
            y=0,
            yref="paper",
            xanchor=side,
            yanchor="top",
            yshift=-28,
        )
        for name, x, side in zip(lines.ends, (0, 100), ("left", "right"), strict=True)
    ]


def _label(text: str, size: float, color: str, skin: Skin, **place: Any) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font, **place}


def _way(skin: Skin) -> dict[str, Any]:
    size = 15 if skin.deck else 13
    texts = [share(t / 100) for t in (0, 20, 40, 60, 80, 100)]
    return {
        "range": [-1, 101],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": texts,
        "tickfont": {"size": size, "color": skin.muted},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": skin.faint,
        "fixedrange": True,
    }


def _axis(limits: list[float], decimals: int, skin: Skin) -> dict[str, Any]:
    return {
        "range": limits,
        "nticks": 8,
        "tickformat": f".{decimals}f",
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "ticklabelstandoff": 6,
        "gridcolor": skin.faint,
        "gridwidth": 0.5,
        "zeroline": False,
        "fixedrange": True,
    }
