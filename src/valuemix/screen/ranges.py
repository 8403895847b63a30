"""Figure of ranges: bars from one place to another, figures at their ends, marks and lines across."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.ranges import Range, Ranges, Upright
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.exhibits.words.wording import shortened
from valuemix.screen.frame import blank, deck_room, figure_of
from valuemix.screen.rows import Rows, rows_of
from valuemix.screen.skins import Skin

__all__ = ["ranges_figure"]

Trace = dict[str, Any]

ABOVE, BELOW = 30, 34
"""Pixels for the names of the lines across, and for the axis."""

BESIDE = 260
"""Pixels for the notes in a deck; a screen prints them under their ranges."""

AT, LOWER = -0.06, 0.14
"""Where the ranges of shares stand in their rows, and where narrow ones do: none covers another."""

TALL = 64
"""Height of a row on a screen that has a note under its range."""


def ranges_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit whose chart is `Ranges`.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    """
    chart = cast("Ranges", exhibit.chart)
    if not chart.rows:
        return blank(exhibit, skin)
    noted = any(row.note for row in chart.rows)
    above = ABOVE if chart.uprights else 8
    rows = _rows(chart, skin, deck_room(exhibit) - above - BELOW, noted=noted)
    below = BELOW + (rows.shown - len(chart)) * rows.height
    rows = replace(rows, shown=len(chart))
    return figure_of(
        exhibit, skin,
        [*_bands(chart, skin), _today(chart, rows, skin), _notes(chart, rows, skin)],
        height=int(len(chart) * rows.height + above + BELOW + 16), left=rows.left,
        margin={"t": above, "b": below, "r": BESIDE if noted and skin.deck else 36},
        xaxis=_axis(chart, skin), yaxis=rows.axis(bold=[row.strong for row in chart.rows]), barmode="overlay",
        showlegend=False, shapes=[_across(upright, skin) for upright in chart.uprights],
        annotations=[*_ends(chart, rows, skin), *(_head(upright, skin) for upright in chart.uprights)],
    )  # fmt: skip


def _rows(chart: Ranges, skin: Skin, room: float, *, noted: bool) -> Rows:
    """Rows with wide names where no notes stand beside them; with notes they are tall on a screen."""
    widest = 340 if skin.deck else 220
    rows = rows_of([row.name for row in chart.rows], skin, room, None if noted else widest, tall=True)
    return replace(rows, height=TALL) if noted and not skin.deck else rows


def _bands(chart: Ranges, skin: Skin) -> list[Trace]:
    """The whole way where there is one, then a trace a band."""
    at, wide = (AT, 0.28) if chart.whole else (0.0, 0.58)
    whole = [_bar("", [(0.0, 1.0)] * len(chart), at, wide, skin.cold)] if chart.whole else []
    for place, band in enumerate(chart.bands):
        spans, color = [row.spans[place] for row in chart.rows], skin.color_of(band.role)
        whole.append(_bar(band.name, spans, *((LOWER, 0.08) if band.slight else (at, wide)), color))
    return whole


def _bar(name: str, spans: list[tuple[float, float]], at: float, width: float, color: str) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(name),
        "y": [row + at for row in range(len(spans))],
        "base": [start for start, _ in spans],
        "x": [end - start for start, end in spans],
        "width": width,
        "marker": {"color": color},
        "hoverinfo": "skip",
    }


def _ends(chart: Ranges, rows: Rows, skin: Skin) -> list[dict[str, Any]]:
    """Figures at the ends, on the ground where lines run across."""
    return [
        {
            "x": end.place,
            "y": row + AT * chart.whole,
            "xanchor": "right" if end.left else "left",
            "yanchor": "middle",
            "text": f"\u00a0{escaped(end.text)}\u00a0",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": rows.font - 2, "color": skin.muted},
            **({"bgcolor": skin.ground} if chart.uprights else {}),
        }
        for row, each in enumerate(chart.rows)
        for end in each.ends
        if end.text
    ]


def _today(chart: Ranges, rows: Rows, skin: Skin) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text" if rows.height >= 40 else "markers",
        "x": [row.today for row in chart.rows],
        "y": [row + AT for row in range(len(chart))],
        "marker": {
            "symbol": "line-ns",
            "size": 0.14 * rows.height,
            "line": {"width": 3, "color": skin.ink},
        },
        "text": [escaped(row.said) for row in chart.rows],
        "textposition": "top center",
        "textfont": {"size": rows.font - 2, "color": skin.ink, "weight": 700},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _notes(chart: Ranges, rows: Rows, skin: Skin) -> Trace:
    """Beside the ranges in a deck, under them on a screen."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [1.02 if skin.deck else 0.0] * len(chart),
        "y": [row + (0.0 if skin.deck else 0.34) for row in range(len(chart))],
        "text": [
            _note(row, more, rows, skin)
            for row, more in zip(chart.rows, _mores(chart, rows, skin), strict=True)
        ],
        "textposition": "middle right",
        "textfont": {"size": rows.font if skin.deck else 13, "color": skin.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _mores(chart: Ranges, rows: Rows, skin: Skin) -> list[str]:
    """What stands below or beside the notes, on one line each and told apart."""
    room = (BESIDE - 20) / (rows.font - 2) / 1.06 if skin.deck else 17
    mores = [row.more for row in chart.rows]
    short = shortened([*dict.fromkeys(mores)], room)
    return [wrapped(short[more], room, 1)[0] if more else "" for more in mores]


def _note(row: Range, more: str, rows: Rows, skin: Skin) -> str:
    if not more:
        return f'<span style="color:{skin.muted}">{escaped(row.note)}</span>'
    strong, small = f"<b>{escaped(row.note)}</b>", rows.font - 2 if skin.deck else 13
    if skin.deck and rows.height < 36:
        return strong
    joint = "<br>" if skin.deck else " "
    return f'{strong}{joint}<span style="color:{skin.muted};font-size:{small}px">{escaped(more)}</span>'


def _axis(chart: Ranges, skin: Skin) -> dict[str, Any]:
    low, high = chart.ends
    span = high - low
    # On a phone few ticks fit, and the figures at the ends take more room.
    room, apart = (0.1, 1) if skin.deck else (0.2, math.ceil(span / chart.step / 5))
    ticks: dict[str, Any] = {
        "range": [low - room * span, high + room * span],
        "tick0": 0,
        "dtick": apart * chart.step,
    }
    if chart.whole:
        places = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
        ticks = {
            "range": [-0.1, 1.02 if skin.deck else 1.08],
            "tickvals": places,
            "ticktext": [share(place) for place in places],
        }
    return {
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "tickangle": 0,
        "tickformat": f".{chart.decimals}f",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **ticks,
    }


def _across(upright: Upright, skin: Skin) -> dict[str, Any]:
    line = {"color": skin.color_of(upright.role), "width": 1.5, "dash": "dot" if upright.dashed else "solid"}
    ends = {"x0": upright.place, "x1": upright.place, "y0": 0, "y1": 1}
    return {"type": "line", "xref": "x", "yref": "paper", "line": line, **ends}


def _head(upright: Upright, skin: Skin) -> dict[str, Any]:
    """Name of a line across, which begins or ends at it."""
    anchor = {"left": "right", "right": "left", "center": "center"}[upright.side]
    color = skin.color_of(upright.role, text=True)
    return {
        "x": upright.place,
        "y": 1,
        "yref": "paper",
        "xanchor": anchor,
        "yanchor": "bottom",
        "text": escaped(upright.text) if upright.dashed else f"<b>{escaped(upright.text)}</b>",
        "showarrow": False,
        "font": {"size": 15 if skin.deck else 13, "color": color, "family": skin.font},
    }
