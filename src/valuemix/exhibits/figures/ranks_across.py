"""Slope chart: one column a scenario, one line a proposition, the value in the circle."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["draw"]

Trace = dict[str, Any]
Points = list[tuple[int, int]]

SCREEN_INSIDE = 640
"""Pixels that every screen has for the whole chart."""

PLACES = 40
"""Pixels for the numbers of the places."""

SMALLEST = 26
"""Pixels of a circle that is large enough to hold its value."""

FEWEST = 6
"""A deck has room for this many places at least."""


@dataclass(frozen=True)
class _Room:
    """Measures in pixels."""

    height: float
    circle: float
    font: int
    labels: float
    pitch: float
    heads: float


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Slopes, drawn from the exhibit's table alone."""
    table = exhibit.table
    scenarios = table["scenario"].drop_duplicates().tolist()
    lines = _lines(table, scenarios)
    lit = table.loc[table["highlighted"], "proposition"].drop_duplicates().tolist()
    count = max(int(table["place"].max()) if len(table) else 1, 1)
    room = _room(exhibit, scenarios, count, list(lines), skin)
    shown = max(count, FEWEST) if skin.deck else count
    traces = [
        _slopes([lines[name] for name in lines if name not in lit], skin.faint, 2.5),
        _slopes([lines[name] for name in lit], skin.marks[0], 5),
        *(_circles(table, scenarios, exhibit.decimals, room, skin, lit=on) for on in (False, True)),
    ]
    names = [*_names(lines, lit, len(scenarios), room, skin)]
    last = max(len(scenarios) - 1, 0)
    return figure_of(
        exhibit, skin, traces, height=int(count * room.height + room.heads + 24), showlegend=False,
        left=room.labels + PLACES, margin={"t": room.heads + 8, "r": room.labels},
        xaxis={"range": [-0.02, max(last, 1) + 0.02], "visible": False, "fixedrange": True},
        yaxis={"range": [shown + 0.5, 0.5], "visible": False, "fixedrange": True},
        annotations=[*names, *_heads(table, scenarios, room, skin), *_numbers(count, room, skin)],
    )  # fmt: skip


def _lines(table: pd.DataFrame, scenarios: list[str]) -> dict[str, Points]:
    """Column and place of every proposition in every scenario that has it."""
    lines: dict[str, Points] = {}
    for row in table.to_dict("records"):
        points = lines.setdefault(row["proposition"], [])
        points.append((scenarios.index(row["scenario"]), row["place"]))
    return lines


def _room(exhibit: Exhibit, scenarios: list[str], count: int, names: list[str], skin: Skin) -> _Room:
    inside = DECK_INSIDE if skin.deck else SCREEN_INSIDE
    heads = 74.0 if skin.deck else 66.0
    height = (deck_room(exhibit) - heads) / max(count, FEWEST) if skin.deck else (50 if count <= 10 else 34)
    font = int(min(17 if skin.deck else 14, max(10, height * 0.62)))
    widest = 260 if skin.deck else 140
    longest = max((text_width(n) for n in short_names(names, widest / font / 1.08)), default=0)
    labels = min(longest * font * 1.08, widest) + 30
    digits = max((len(number(v, exhibit.decimals)) for v in exhibit.table["value"]), default=3)
    circle = min(height * 0.86, 38 if skin.deck else 34, 20 + 5 * digits)
    pitch = (inside - 2 * labels - PLACES) / max(len(scenarios) - 1, 1)
    return _Room(height, circle, font, labels, pitch, heads)


def _slopes(lines: list[Points], color: str, width: float) -> Trace:
    """Lines between neighbouring scenarios that both have the proposition, as one trace with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for points in lines:
        for (k, place), (following, next_place) in pairwise(points):
            if following == k + 1:
                x += [k, following, None]
                y += [place, next_place, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": color, "width": width},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _circles(
    table: pd.DataFrame, scenarios: list[str], decimals: int, room: _Room, skin: Skin, *, lit: bool
) -> Trace:
    rows = table[table["highlighted"] == lit]
    texts = [number(value, decimals) for value in rows["value"]]
    filled = lit and room.circle >= SMALLEST
    size = int(min(room.font - 1, room.circle / max(max(map(text_width, texts), default=1), 1) / 1.12, 15))
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [scenarios.index(name) for name in rows["scenario"]],
        "y": rows["place"].tolist(),
        "text": [f"<b>{text}</b>" for text in texts],
        "textfont": {
            "size": max(size, 8),
            "color": skin.on_mark if filled else skin.twins[0] if lit else skin.ink,
        },
        "marker": {
            "size": room.circle,
            "color": skin.marks[0] if filled else skin.cold,
            "line": {"width": 4 if room.circle >= SMALLEST else 1, "color": skin.ground},
            "opacity": 1,
        },
        "hovertext": [
            f"{escaped(row['proposition'])}<br>{escaped(row['scenario'])}: rank {row['rank']}"
            for row in rows.to_dict("records")
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _names(lines: dict[str, Points], lit: list[str], count: int, room: _Room, skin: Skin) -> list[Trace]:
    """Names at both ends; one that no end has stands beside its first circle."""
    short = dict(zip(lines, short_names(list(lines), (room.labels - 28) / room.font / 1.06), strict=True))
    found = []
    for name, points in lines.items():
        ends = [point for point in points if point[0] in (0, count - 1)] or points[:1]
        for k, place in ends:
            text = f"<b>{escaped(short[name])}</b>" if name in lit else escaped(short[name])
            color = skin.twins[0] if name in lit else skin.ink
            found.append(_name(text, k, place, color, room, skin, left=k == 0))
    return found


def _name(text: str, k: int, place: int, color: str, room: _Room, skin: Skin, *, left: bool) -> Trace:
    away = room.circle / 2 + 8
    return _label(
        text, room.font, color, skin, x=k, y=place, xanchor="right" if left else "left", yanchor="middle",
        xshift=-away if left else away,
    )  # fmt: skip


def _heads(table: pd.DataFrame, scenarios: list[str], room: _Room, skin: Skin) -> list[Trace]:
    """Name of each scenario with its weights above its column."""
    weights = dict(zip(table["scenario"], table["weights"], strict=True))
    font = (16 if skin.deck else 14) if room.pitch > 90 else 12
    small = font - 2
    widest = max((text_width(text) for text in weights.values()), default=0) * small * 1.1
    fits = widest <= room.pitch * 0.96
    width = max(room.pitch * 0.94, 56)
    found = []
    for k, name in enumerate(scenarios):
        lines = [f"<b>{escaped(line)}</b>" for line in wrapped(name, width / font / 1.1, 2)]
        if fits:
            lines.append(
                f'<span style="font-size:{small}px;color:{skin.muted}">{escaped(weights[name])}</span>'
            )
        found.append(
            _label(
                "<br>".join(lines),
                font,
                skin.ink,
                skin,
                x=k,
                y=1,
                yref="paper",
                xanchor="center",
                yanchor="bottom",
                yshift=2,
            )
        )
    return found


def _numbers(count: int, room: _Room, skin: Skin) -> list[Trace]:
    return [
        _label(
            f"{place}",
            room.font - 2,
            skin.muted,
            skin,
            x=0,
            xref="paper",
            y=place,
            xanchor="left",
            yanchor="middle",
            xshift=-room.labels - PLACES,
        )
        for place in range(1, count + 1)
    ]


def _label(text: str, size: float, color: str, skin: Skin, **place: Any) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font, **place}
