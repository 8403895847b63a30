"""The frame around a figure: its size, margins, title and foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import balanced, escaped, foot_of, text_width, wrapped
from valuemix.screen.skins import Skin

__all__ = [
    "DECK_HEIGHT",
    "DECK_INSIDE",
    "DECK_MARGIN",
    "DECK_WIDTH",
    "SCREEN_INSIDE",
    "blank",
    "deck_room",
    "deck_top",
    "figure_of",
    "unframed",
]

DECK_WIDTH, DECK_HEIGHT = 1280, 720
DECK_MARGIN = 44
DECK_FOOT = 74
DECK_INSIDE = DECK_WIDTH - 2 * DECK_MARGIN

SCREEN_INSIDE = 640
"""Pixels that a screen has at least for a whole chart: a narrower page scrolls those that need them."""


def figure_of(
    exhibit: Exhibit, skin: Skin, traces: Sequence[dict[str, Any]], *, height: int, left: float, **layout: Any
) -> go.Figure:
    """Figure of plain traces in the frame of a skin.

    Parameters
    ----------
    exhibit : Exhibit
        Whose title and foot the deck shows.
    skin : Skin
        Where it is shown.
    traces : sequence of dict
        Plain, complete and escaped.
    height : int
        Height on a screen in pixels; a deck has its own.
    left : float
        Room for the labels of rows, in pixels.
    **layout
        The chart's own layout; `margin` and `annotations` are added to the frame's.

    Notes
    -----
    Built without plotly's validation, which takes most of the time of a small figure. The
    template is empty on purpose: importing streamlit changes the default one.
    """
    margin = {"l": left, "r": 4, "t": 8, "b": 8, "pad": 0, **layout.pop("margin", {})}
    annotations = list(layout.pop("annotations", ()))
    frame: dict[str, Any] = {"autosize": True, "height": height}
    if skin.deck:
        frame = {"width": DECK_WIDTH, "height": DECK_HEIGHT, "autosize": False}
        margin.update(l=margin["l"] + DECK_MARGIN, r=margin["r"] + DECK_MARGIN - 4)
        margin.update(t=margin["t"] + deck_top(exhibit), b=margin["b"] + DECK_FOOT)
        annotations += _title_and_foot(exhibit, skin, margin)
    ground = skin.ground if skin.deck else "rgba(0,0,0,0)"
    return go.Figure(
        {
            "data": list(traces),
            "layout": {
                "template": {},
                "paper_bgcolor": ground,
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"family": skin.font, "color": skin.ink, "size": 14},
                "hoverlabel": {
                    "font": {"family": skin.font, "color": skin.ink, "size": 13},
                    "bgcolor": skin.ground,
                    "bordercolor": skin.faint,
                    "align": "left",
                },
                "margin": margin,
                "annotations": annotations,
                "dragmode": False,
                **frame,
                **layout,
            },
        },
        _validate=False,
    )


def unframed(exhibit: Exhibit, width: float, height: float) -> go.Figure:
    """Figure for a deck without its title and foot, which stand beside it, in a box of so many pixels."""
    found = exhibit.figure.to_plotly_json()
    layout, margin = found["layout"], found["layout"]["margin"]
    *own, _title, _subtitle, _foot = layout["annotations"]
    margin = {
        **margin,
        "l": margin["l"] - DECK_MARGIN,
        "r": margin["r"] - DECK_MARGIN + 4,
        "t": margin["t"] - deck_top(exhibit),
        "b": margin["b"] - DECK_FOOT,
    }
    sizes = {"width": width, "height": height, "margin": margin, "annotations": own}
    return go.Figure({"data": found["data"], "layout": {**layout, **sizes}}, _validate=False)


def blank(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit that has nothing to draw."""
    hidden = {"visible": False}
    return figure_of(exhibit, skin, [], height=40, left=0, xaxis=hidden, yaxis=hidden)


def deck_top(exhibit: Exhibit) -> float:
    """Pixels that title and subtitle take at the top of a deck."""
    lines, size = _title(exhibit.finding)
    return 36 + len(lines) * size * 1.25 + 10 + 17 * 1.25 + 6


def deck_room(exhibit: Exhibit) -> float:
    """Pixels between subtitle and foot of a deck."""
    return DECK_HEIGHT - deck_top(exhibit) - DECK_FOOT - 16


def _title(finding: str) -> tuple[list[str], int]:
    """Lines and font size of a title: two lines at most, smaller where it is long."""
    room = DECK_INSIDE
    for size in (28, 25, 22, 19):
        if text_width(finding) * size * 1.06 <= 2 * room * 0.94:
            break
    return balanced(finding, room / size / 1.06, 2 if size > 19 else 3), size


def _title_and_foot(exhibit: Exhibit, skin: Skin, margin: Mapping[str, float]) -> list[dict[str, Any]]:
    lines, size = _title(exhibit.finding)
    room = DECK_INSIDE
    left = DECK_MARGIN - margin["l"]
    title = {
        **_corner("top", left, margin["t"] - 36),
        "text": "<br>".join(map(escaped, lines)),
        "font": {"size": size, "weight": 700, "color": skin.ink, "family": skin.font},
    }
    subtitle = {
        **_corner("top", left, margin["t"] - 36 - len(lines) * size * 1.25 - 10),
        "text": escaped(wrapped(exhibit.subtitle, room / 17, 1)[0]),
        "font": {"size": 17, "color": skin.muted, "family": skin.font},
    }
    foot = foot_of(exhibit.source, exhibit.notes, (), lambda text: len(wrapped(text, room / 12.5, 4)) <= 3)
    foot_lines = {
        **_corner("bottom", left, 20 - margin["b"]),
        "text": "<br>".join(map(escaped, wrapped(foot, room / 12.5, 3))),
        "font": {"size": 12.5, "color": skin.muted, "family": skin.font},
    }
    return [title, subtitle, foot_lines]


def _corner(edge: Literal["top", "bottom"], xshift: float, yshift: float) -> dict[str, Any]:
    """Place of a text in pixels from the left end of the plot's top or bottom edge."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": 1 if edge == "top" else 0,
        "xanchor": "left", "yanchor": edge, "xshift": xshift, "yshift": yshift,
        "showarrow": False, "align": "left", "borderpad": 0, "borderwidth": 0,
    }  # fmt: skip
