"""Figure of a waterfall."""

from __future__ import annotations

from typing import Any, cast

from plotly import graph_objects as go

from valuemix.charts.waterfall import Waterfall
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.screen.frame import DECK_INSIDE, figure_of
from valuemix.screen.skins import Skin

__all__ = ["waterfall_figure"]

NAMES = 52
"""Pixels for the names of the steps below the bars."""

SCREEN_HEIGHT = 340
BAR = 0.62


def waterfall_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's waterfall.

    Parameters
    ----------
    exhibit : Exhibit
        With a waterfall for a chart.
    skin : Skin
    """
    chart = cast("Waterfall", exhibit.chart)
    low, high = chart.ends
    span = (high - low) or 1.0
    return figure_of(
        exhibit, skin, [_bars(chart, skin), _texts(chart, skin)],
        height=SCREEN_HEIGHT + NAMES, left=4, showlegend=False, margin={"b": NAMES, "r": 4},
        shapes=_lines(chart, skin), bargap=0, xaxis=_names(chart, skin),
        yaxis={"range": [low - 0.1 * span * (low < 0), high + 0.12 * span], "visible": False, "fixedrange": True},
    )  # fmt: skip


def _bars(chart: Waterfall, skin: Skin) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(range(len(chart.steps))),
        "base": [step.start if step.known else None for step in chart.steps],
        "y": [step.end - step.start if step.known else None for step in chart.steps],
        "width": BAR,
        "marker": {"color": [skin.color_of(step.role) for step in chart.steps]},
        "hoverinfo": "skip",
    }


def _texts(chart: Waterfall, skin: Skin) -> dict[str, Any]:
    """Values over the full bars, changes over the steps."""
    size = (19 if skin.deck else 15) if len(chart.steps) <= 9 else (15 if skin.deck else 11)
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(range(len(chart.steps))),
        "y": [max(step.start, step.end) if step.known else 0.0 for step in chart.steps],
        "text": [f"<b>{step.text}</b>" for step in chart.steps],
        "textposition": "top center",
        "textfont": {
            "size": [size + 3 * step.full for step in chart.steps],
            "color": [skin.color_of("ink" if step.full else step.role, text=True) for step in chart.steps],
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _lines(chart: Waterfall, skin: Skin) -> list[dict[str, Any]]:
    """Thin lines from the end of each step to the start of the next, and the ground."""
    half = BAR / 2
    thin, strong = ({"color": color, "width": 1} for color in (skin.muted, skin.ink))
    lines = [
        (i + half if chart.steps[i].full else i - half, i + 1 - half, end, thin) for i, end in chart.links
    ]
    return [
        {"type": "line", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y, "y1": y, "line": line}
        for x0, x1, y, line in [*lines, (-0.5, len(chart.steps) - 0.5, 0.0, strong)]
    ]


def _names(chart: Waterfall, skin: Skin) -> dict[str, Any]:
    names = [step.name for step in chart.steps]
    room = (DECK_INSIDE if skin.deck else 560) / len(names) * 0.95 / 1.08
    longest = max(text_width(word) for name in names for word in name.split())
    # Words are not broken, as long as they can be read.
    font = max(9, min(15 if skin.deck else 13, int(room / longest)))
    # Words do not fill lines to the end: a name of two full lines would be cut again.
    short = short_names(names, 1.6 * room / font)
    return {
        "range": [-0.5, len(names) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(map(escaped, wrapped(name, room / font, 2))) for name in short],
        "tickfont": {"size": font, "color": skin.ink},
        "tickangle": 0,
        "ticklabelstandoff": 4,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
