"""Coloured regions of a triangle of two weights, named inside and beside, with today's point."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.theme import DECK_INSIDE, Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import percents, share
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

BELOW, LEFT = 56, 84
"""Pixels for the axes with their titles."""


@dataclass(frozen=True)
class _Area:
    """One region, or the cells of one leader, in percent; `half` of a cell's width, 0 for a region."""

    leader: str
    place: int
    share: str
    points: FloatArray
    half: float

    @property
    def cells(self) -> bool:
        return self.half > 0


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Regions of the map, drawn from the exhibit's table alone."""
    table = exhibit.table
    areas = _areas(table)
    colors = skin.colors_of([area.place for area in areas if area.place >= 0])
    height = deck_room(exhibit) - BELOW if skin.deck else 360.0
    width = min(DECK_INSIDE - LEFT - 200, 1.8 * height) if skin.deck else 370.0
    right = DECK_INSIDE - LEFT - width if skin.deck else 60.0
    unit = (width / 100, height / 100)
    today = table[table["point"] == "today"].iloc[0]
    traces = [*(_shape(area, colors, skin) for area in areas), _border(skin), _point(today, skin)]
    return figure_of(
        exhibit, skin, traces, height=int(height + BELOW + 8), left=LEFT, showlegend=False,
        xaxis=_axis(table["first"].iloc[0], skin), yaxis=_axis(table["second"].iloc[0], skin),
        annotations=[
            *_inside(areas, today, unit, skin), _today(today, skin),
            *_key(areas, colors, today["leader"], (width, height, right), skin),
        ],
        margin={"t": 8, "b": BELOW, "r": right},
    )  # fmt: skip


def _areas(table: pd.DataFrame) -> list[_Area]:
    """Areas in the order of the table, the largest first."""
    rows = table[table["point"] != "today"]
    groups = [group for _, group in rows.groupby("leader", sort=False)]
    shares = percents([float(group["area_share"].iloc[0]) for group in groups])
    steps = np.diff(np.unique(rows.loc[rows["point"] == "cell", "first_share"]))
    return [
        _Area(
            str(group["leader"].iloc[0]),
            int(group["place"].iloc[0]),
            text,
            100 * group[["first_share", "second_share"]].to_numpy(dtype=float),
            50 * float(steps.min()) if len(steps) else 0.0,
        )
        for group, text in zip(groups, shares, strict=True)
    ]


# ---------------------------------------------------------------------- shapes


def _shape(area: _Area, colors: dict[int, str], skin: Skin) -> Trace:
    color = colors.get(area.place, skin.faint)
    rings = _strips(area) if area.cells else [area.points]
    x, y = np.vstack([part for ring in rings for part in (ring, ring[:1], np.full((1, 2), np.nan))])[:-1].T
    return {
        "type": "scatter",
        "x": [None if np.isnan(each) else each for each in x.tolist()],
        "y": [None if np.isnan(each) else each for each in y.tolist()],
        "hovertext": f"{escaped(area.leader) or 'no value'}, {area.share} of the map",
        "hoverinfo": "text",
        "name": escaped(area.leader),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": color,
        "hoveron": "fills",
        # Strips of one area have no seam between them.
        "line": {"color": color, "width": 1} if area.cells else {"color": skin.ground, "width": 2},
    }


def _strips(area: _Area) -> list[FloatArray]:
    """Corners of the parts of a grid that cells fill, one strip for neighbours in a row, inside the triangle."""
    cells, half, found = area.points, area.half, []
    for y in np.unique(cells[:, 1]):
        row = np.sort(cells[np.isclose(cells[:, 1], y), 0])
        for run in np.split(row, np.flatnonzero(np.diff(row) > 3 * half) + 1):
            left, right = max(run[0] - half, 0), run[-1] + half
            low, high = max(y - half, 0), y + half
            box = [(left, low), (right, low), (right, high), (left, high)]
            found.append(np.array(_below_the_edge(box)))
    return found


def _below_the_edge(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Part of a shape where the two weights are 100 % or less together (Sutherland and Hodgman)."""
    kept = []
    for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]]):
        over, then = x0 + y0 - 100, x1 + y1 - 100
        if over <= 0:
            kept.append((x0, y0))
        if over * then < 0:
            way = over / (over - then)
            kept.append((x0 + way * (x1 - x0), y0 + way * (y1 - y0)))
    return kept


def _border(skin: Skin) -> Trace:
    """Outline of the triangle."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 100, 0, 0],
        "y": [0, 0, 100, 0],
        "line": {"color": skin.muted, "width": 1},
        "hoverinfo": "skip",
    }


def _point(today: pd.Series[Any], skin: Skin) -> Trace:
    """Today's weights; hollow where they are only a mean that the map does not hold."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [100 * float(today["first_share"])],
        "y": [100 * float(today["second_share"])],
        "marker": {
            "size": 14,
            "symbol": "circle" if today["on_map"] else "circle-open",
            "color": skin.ground if today["on_map"] else skin.ink,
            "line": {"color": skin.ink, "width": 3},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


# ---------------------------------------------------------------------- words


def _text(x: float, y: float, text: str, size: float, color: str, skin: Skin, **more: Any) -> dict[str, Any]:
    font = {"size": size, "color": color, "family": skin.font}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font, **more}


def _today(today: pd.Series[Any], skin: Skin) -> dict[str, Any]:
    label = "today" if today["on_map"] else "today, on average"
    x, y = 100 * float(today["first_share"]), 100 * float(today["second_share"])
    return _text(
        x, y, label, 14 if skin.deck else 12, skin.ink, skin,
        xanchor="left", xshift=12, bgcolor=skin.ground, borderpad=2, opacity=0.9,
    )  # fmt: skip


def _inside(
    areas: list[_Area], today: pd.Series[Any], unit: tuple[float, float], skin: Skin
) -> list[dict[str, Any]]:
    """Names inside the regions that have room for them, clear of today's mark."""
    size = 16 if skin.deck else 13
    result = []
    for area in areas:
        lines = wrapped(area.leader or "no value", 11, 2)
        wide = max(map(text_width, lines)) * size * 1.15 / unit[0]
        tall = size * 1.4 * len(lines) / unit[1]
        place = _free_place(area, today, wide, tall, 150 / unit[0])
        if place:
            text = "<br>".join(map(escaped, lines))
            color = skin.on_mark if area.place >= 0 else skin.ink
            result.append(_text(*place, f"<b>{text}</b>", size, color, skin))
    return result


def _free_place(
    area: _Area, today: pd.Series[Any], wide: float, tall: float, label: float
) -> tuple[float, float] | None:
    """Centre for a name, as near to the middle as there is room beside today's mark and its label."""
    now = 100 * float(today["first_share"]), 100 * float(today["second_share"])
    low, high = area.points[:, 1].min() + tall / 2, area.points[:, 1].max() - tall / 2
    middle = area.points[:, 1].mean()
    for y in sorted(np.linspace(low, high, 21).tolist(), key=lambda y: abs(y - middle)) if low < high else []:
        spans = [_level(area, level) for level in (y - tall / 2, y, y + tall / 2)]
        left, right = max(span[0] for span in spans), min(span[1] for span in spans)
        x = (left + right) / 2
        beside = x + wide / 2 < now[0] - 3 or x - wide / 2 > now[0] + label
        if right - left >= wide and (beside or abs(y - now[1]) > tall / 2 + 5):
            return x, y
    return None


def _level(area: _Area, y: float) -> tuple[float, float]:
    """Ends of the longest stretch of an area at a height."""
    if area.cells:
        rows = np.unique(area.points[:, 1])
        x = np.sort(area.points[area.points[:, 1] == rows[abs(rows - y).argmin()], 0])
        longest = max(np.split(x, np.flatnonzero(np.diff(x) > 2.5) + 1), key=len)
        return float(longest[0]), float(longest[-1])
    following = np.roll(area.points, -1, axis=0)
    crossed = (area.points[:, 1] > y) != (following[:, 1] > y)
    if not crossed.any():
        return 0.0, 0.0
    (x0, y0), (x1, y1) = area.points[crossed].T, following[crossed].T
    x = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    return float(x.min()), float(x.max())


def _key(
    areas: list[_Area], colors: dict[int, str], now: str, room: tuple[float, float, float], skin: Skin
) -> list[dict[str, Any]]:
    """Every leader with its share of the map, in the empty corner above the triangle; today's in bold."""
    width, height, right = room
    size = (16 if len(areas) <= 14 else 13) if skin.deck else 13
    start = min(1.0, len(areas) * size * 1.6 / height) + 16 / width
    space = (width * (1 - start) + right - 75) / size / 1.08
    result = []
    for row, area in enumerate(areas):
        square = f'<span style="color:{colors.get(area.place, skin.faint)};font-size:{size + 4}px">■</span>'
        name = escaped(wrapped(area.leader or "no value", space, 1)[0])
        name = f"<b>{name}</b>" if area.leader == now else name
        place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "borderpad": 0}
        text = f"{square} {name} {area.share}"
        result.append(_text(start, 1, text, size, skin.ink, skin, **place, yshift=-row * size * 1.6))
    return result


def _axis(name: str, skin: Skin) -> dict[str, Any]:
    size = 15 if skin.deck else 13
    return {
        "range": [-1, 101],
        "tickmode": "array",
        "tickvals": [0, 20, 40, 60, 80, 100],
        "ticktext": [share(t / 100) for t in (0, 20, 40, 60, 80, 100)],
        "tickfont": {"size": size, "color": skin.muted},
        "title": {
            "text": f"Weight of {escaped(wrapped(name, 22, 1)[0])}",
            "font": {"size": size, "color": skin.muted},
            "standoff": 8,
        },
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
