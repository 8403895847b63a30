"""Names of the parts of stacked bars: over the parts of the first bar where they fit, else in lines above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.charts.bars import Bars
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.screen.frame import DECK_INSIDE
from valuemix.screen.skins import Skin

__all__ = ["keys_above"]

SCREEN_INSIDE = 530
"""Pixels that every screen has for the names."""


def keys_above(
    chart: Bars, ends: tuple[float, float], left: float, width: float, skin: Skin
) -> tuple[list[dict[str, Any]], float]:
    """Names of the parts as annotations, and the pixels that they take.

    Parameters
    ----------
    chart : Bars
    ends : (float, float)
        Of the axis.
    left, width : float
        Room left of the plot, and the plot's own in a deck, in pixels.
    skin : Skin
    """
    if not chart.keys:
        return [], 0.0
    parts = [part.size * width / (ends[1] - ends[0]) for part in chart.rows[0].parts] if len(chart) else []
    heads = _heads(chart, parts, width, skin) if skin.deck and chart.ends[0] >= 0 else []
    return (heads, 58.0 if chart.keys[0].below else 40.0) if heads else _lines(chart, left, skin)


def _heads(chart: Bars, parts: Sequence[float], width: float, skin: Skin) -> list[dict[str, Any]]:
    """Names over the parts of the first bar; none where they do not fit."""
    centres = [sum(parts[:i]) + parts[i] / 2 for i in range(len(parts))]
    for broken in ([[key.name] for key in chart.keys], [wrapped(key.name, 9.5, 2) for key in chart.keys]):
        halves = [
            max(map(text_width, (*lines, key.below))) * 15 * 1.05 / 2
            for lines, key in zip(broken, chart.keys, strict=True)
        ]
        places = _apart(centres, halves, width)
        if places:
            each = zip(places, broken, chart.keys, chart.rows[0].parts, strict=True)
            return [
                _head(x / width, lines, key.below, skin.color_of(part.role, text=True), skin)
                for x, lines, key, part in each
            ]
    return []


def _apart(centres: Sequence[float], halves: Sequence[float], width: float) -> list[float]:
    """Centres pushed right until nothing overlaps; empty where one must go too far."""
    places: list[float] = []
    edge = -14.0
    for centre, half in zip(centres, halves, strict=True):
        places.append(max(centre, edge + 14 + half))
        edge = places[-1] + half
    fits = edge <= width and all(abs(a - b) <= 40 for a, b in zip(places, centres, strict=True))
    return places if fits else []


def _head(x: float, lines: Sequence[str], below: str, color: str, skin: Skin) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": "center",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "align": "center",
        "text": f"<b>{'<br>'.join(map(escaped, lines))}</b>" + (f"<br>{below}" if below else ""),
        "font": {"size": 15, "color": color, "family": skin.font},
    }


def _lines(chart: Bars, left: float, skin: Skin) -> tuple[list[dict[str, Any]], float]:
    """Names beside squares of their colours, from the left end of the figure on.

    Set by hand: plotly's own legend scrolls where it is narrow, and moves the margins.
    """
    font, room = (15, DECK_INSIDE) if skin.deck else (13, SCREEN_INSIDE)
    line = font * 1.6
    texts: list[dict[str, Any]] = []
    x, row = 0.0, 0
    roles = [part.role for part in chart.rows[0].parts]
    names = short_names([key.name for key in chart.keys], 16)
    for name, key, role in zip(names, chart.keys, roles, strict=True):
        width = text_width(f"■ {name} {key.below}") * font
        if x and x + width > room:
            x, row = 0.0, row + 1
        square = f'<span style="color:{skin.color_of(role)};font-size:{font + 4}px">■</span>'
        text = f"{square} {escaped(name)} {key.below}"
        texts.append(_line(text, x - left, row * line, font, skin))
        x += width + 14
    height = (row + 1) * line + 8
    for item in texts:
        item["yshift"] += height
    return texts, height


def _line(text: str, x: float, down: float, font: int, skin: Skin) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": x,
        "yshift": -down,
        "showarrow": False,
        "borderpad": 0,
        "borderwidth": 0,
        "text": text,
        "font": {"size": font, "color": skin.ink, "family": skin.font},
    }
