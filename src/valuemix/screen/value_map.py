"""Bubbles of value against burden, the fair-value line, and arrows from another scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.customers.value_map import label_column
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.lettering import escaped, text_width
from valuemix.exhibits.words.wording import short_names
from valuemix.screen.frame import DECK_INSIDE, deck_room, figure_of
from valuemix.screen.placing import Point, along, beside, box_at
from valuemix.screen.skins import SKINS, Skin

__all__ = ["bubble_sizes", "draw"]

Trace = dict[str, Any]

LEFT, BELOW, ABOVE = 50, 52, 26
"""Pixels for the axes and their titles."""

SCREEN_WIDTH, SCREEN_HEIGHT = 560.0, 360.0


@dataclass(frozen=True)
class _Room:
    """Ends of both axes and the pixels between them."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float
    font: int

    def pixels(self, burden: float, value: float) -> Point:
        """Place in pixels from the lower left."""
        return (
            (burden - self.x[0]) / (self.x[1] - self.x[0]) * self.width,
            (value - self.y[0]) / (self.y[1] - self.y[0]) * self.height,
        )


def bubble_sizes(table: pd.DataFrame, largest: float, smallest: float) -> list[float]:
    """Diameters whose areas are as the sizes; all small where the bubbles have no sizes of their own."""
    sizes = table["size_share"].to_numpy(dtype=float)
    if label_column(table) == "proposition":
        return [smallest * 1.6] * len(sizes)
    return [max(smallest, largest * math.sqrt(size / (sizes.max() or 1.0))) for size in sizes]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Map drawn from the exhibit's table alone; the best value is coloured."""
    table = exhibit.table[exhibit.table["value"].notna() & exhibit.table["burden"].notna()]
    if table.empty:
        hidden = {"visible": False}
        return figure_of(exhibit, skin, [], height=40, left=0, xaxis=hidden, yaxis=hidden)
    room = _room(exhibit, table, skin)
    sizes = bubble_sizes(table, 54 if skin.deck else 38, 14 if skin.deck else 11)
    return figure_of(
        exhibit, skin, [*_line(table, room, skin), *_starts(table, sizes, skin), _bubbles(exhibit, table, sizes, skin)],
        height=int(room.height + BELOW + ABOVE + 8), left=LEFT, showlegend=False,
        margin={"t": ABOVE, "b": BELOW, "r": 8},
        xaxis={**_axis(room.x, skin), "title": _title("Burden", skin)},
        yaxis={**_axis(room.y, skin), "tickformat": f".{exhibit.decimals}f"},
        annotations=[
            *_arrows(table, sizes, skin), *_labels(table, sizes, room, skin), *_corners(skin),
        ],
    )  # fmt: skip


def _room(exhibit: Exhibit, table: pd.DataFrame, skin: Skin) -> _Room:
    height = deck_room(exhibit) - BELOW - ABOVE if skin.deck else SCREEN_HEIGHT
    width = DECK_INSIDE - LEFT - 8 if skin.deck else SCREEN_WIDTH
    ends = [
        _ends(np.concatenate([table[name], table[f"baseline_{name}"]]), 10.0 ** (1 - exhibit.decimals))
        for name in ("burden", "value")
    ]
    return _Room(ends[0], ends[1], width, height, 16 if skin.deck and len(table) <= 10 else 13)


def _ends(values: np.ndarray, least: float) -> tuple[float, float]:
    """Ends of an axis with room around: no bars stand on it, so it need not begin at 0."""
    known = values[~np.isnan(values)]
    low, high = float(known.min()), float(known.max())
    away = 0.16 * max(high - low, least)
    return low - away, high + away


def _line(table: pd.DataFrame, room: _Room, skin: Skin) -> list[Trace]:
    """Fair-value line over the whole map."""
    first = table.iloc[0]
    if not math.isfinite(first["slope"]):
        return []
    y = [float(first["fair_value"] + first["slope"] * (x - first["burden"])) for x in room.x]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(room.x),
            "y": y,
            "line": {"color": skin.muted, "width": 1.5, "dash": "8px,6px"},
            "hoverinfo": "skip",
        }
    ]


def _starts(table: pd.DataFrame, sizes: Sequence[float], skin: Skin) -> list[Trace]:
    """Open circles where the baseline has them."""
    moved = _moved(table)
    if not moved.any():
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": table.loc[moved, "baseline_burden"].tolist(),
            "y": table.loc[moved, "baseline_value"].tolist(),
            "marker": {
                "size": [size for size, own in zip(sizes, moved, strict=True) if own],
                "color": skin.ground,
                "line": {"color": skin.context, "width": 2},
            },
            "hoverinfo": "skip",
        }
    ]


def _moved(table: pd.DataFrame) -> NDArray[np.bool_]:
    value, burden = (
        (table[name] - table[f"baseline_{name}"]).to_numpy(dtype=float) for name in ("value", "burden")
    )
    return np.asarray(np.hypot(value, burden) > 1e-9)


def _arrows(table: pd.DataFrame, sizes: Sequence[float], skin: Skin) -> list[Trace]:
    """From edge to edge of the circles."""
    return [
        {
            "x": row["burden"],
            "y": row["value"],
            "ax": row["baseline_burden"],
            "ay": row["baseline_value"],
            "xref": "x",
            "yref": "y",
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 2,
            "arrowcolor": skin.highlight,
            "standoff": size / 2 + 1,
            "startstandoff": size / 2,
        }
        for row, size, moved in zip(table.to_dict("records"), sizes, _moved(table), strict=True)
        if moved
    ]


def _colors(table: pd.DataFrame, skin: Skin) -> list[str]:
    """The best value in colour; none where several are."""
    above = table["above"].to_numpy()
    alone = len(above) > 1 and np.isfinite(above[0]) and above[0] - above[1] > 1e-9
    return [skin.marks[0] if alone and row == 0 else skin.context for row in range(len(above))]


def _bubbles(exhibit: Exhibit, table: pd.DataFrame, sizes: Sequence[float], skin: Skin) -> Trace:
    decimals = exhibit.decimals
    return {
        "type": "scatter",
        "mode": "markers",
        "x": table["burden"].tolist(),
        "y": table["value"].tolist(),
        "marker": {
            "size": list(sizes),
            "sizemode": "diameter",
            "color": _colors(table, skin),
            "opacity": 1,
            "line": {"color": skin.ground, "width": 1.5},
        },
        "hovertext": [
            f"{escaped(row[label_column(table)])}<br>value {number(row['value'], decimals)}, "
            f"burden {number(row['burden'], decimals)}"
            for row in table.to_dict("records")
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


# ---------------------------------------------------------------------- words


def _labels(table: pd.DataFrame, sizes: Sequence[float], room: _Room, skin: Skin) -> list[Trace]:
    """Names beside the bubbles where there is room; what has none can be read by pointing at it."""
    names = short_names(table[label_column(table)].tolist(), (200 if skin.deck else 120) / room.font)
    spots = [room.pixels(b, v) for b, v in zip(table["burden"], table["value"], strict=True)]
    taken = [box_at(spot, size, size) for spot, size in zip(spots, sizes, strict=True)]
    arrows = [box for ends in zip(_starting(table, room), spots, strict=True) for box in along(*ends)]
    crossed = [arrows, along(*_line_ends(table, room))]
    limits = (0.0, 0.0, room.width, room.height)
    colors = _colors(table, skin)
    found = []
    for row, (spot, size) in enumerate(zip(spots, sizes, strict=True)):
        text = (text_width(names[row]) * room.font * 1.12, room.font * 1.25)
        box = beside(spot, size, text, taken, crossed, limits)
        if box is not None:
            taken.append(box)
            lit = colors[row] != skin.context
            found.append(
                {
                    **_text(escaped(names[row]), room.font, skin.twins[0] if lit else skin.ink, skin),
                    "x": table["burden"].iloc[row],
                    "y": table["value"].iloc[row],
                    "xshift": (box[0] + box[2]) / 2 - spot[0],
                    "yshift": (box[1] + box[3]) / 2 - spot[1],
                }
            )
    return found


def _starting(table: pd.DataFrame, room: _Room) -> list[Point]:
    """Where each arrow starts in pixels; at its bubble where there is none."""
    burdens = table["baseline_burden"].where(_moved(table), table["burden"])
    values = table["baseline_value"].where(_moved(table), table["value"])
    return [room.pixels(b, v) for b, v in zip(burdens, values, strict=True)]


def _line_ends(table: pd.DataFrame, room: _Room) -> tuple[Point, Point]:
    """Ends of the fair-value line in pixels; twice the same corner where there is none."""
    lines = _line(table, room, SKINS["light"])
    if not lines:
        return (0.0, 0.0), (0.0, 0.0)
    start, end = (room.pixels(x, y) for x, y in zip(lines[0]["x"], lines[0]["y"], strict=True))
    return start, end


def _corners(skin: Skin) -> list[Trace]:
    """What the upper left and the lower right mean, what the line is, and what goes up."""
    size = 14 if skin.deck else 12
    places = [
        ("<b>better value</b>", skin.good, 0.01, 1.0, "left", "top"),
        ("<b>worse value</b>", skin.bad, 0.99, 0.0, "right", "bottom"),
    ]
    words = [
        {
            **_text(text, size, color, skin),
            "xref": "paper",
            "yref": "paper",
            "x": x,
            "y": y,
            "xanchor": side,
            "yanchor": edge,
        }
        for text, color, x, y, side, edge in places
    ]
    upward = {
        **_text("Value", size, skin.muted, skin),
        "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "right", "yanchor": "bottom", "yshift": 6,
    }  # fmt: skip
    line = {
        **_text("- - -  fair-value line", size, skin.muted, skin),
        "xref": "paper", "yref": "paper", "x": 1, "y": 1, "xanchor": "right", "yanchor": "bottom", "yshift": 6,
    }  # fmt: skip
    return [*words, upward, line]


def _text(text: str, size: int, color: str, skin: Skin) -> Trace:
    font = {"size": size, "color": color, "family": skin.font}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font}


def _title(text: str, skin: Skin) -> dict[str, Any]:
    return {"text": text, "font": {"size": 15 if skin.deck else 13, "color": skin.muted}, "standoff": 6}


def _axis(ends: tuple[float, float], skin: Skin) -> dict[str, Any]:
    return {
        "range": list(ends),
        "nticks": 8,
        "tickfont": {"size": 15 if skin.deck else 13, "color": skin.muted},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": skin.faint,
        "fixedrange": True,
    }
