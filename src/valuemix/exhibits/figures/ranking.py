"""Sorted bars, split into contributions where a value is their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import (
    DECK_INSIDE,
    Skin,
    deck_room,
    figure_of,
)
from valuemix.exhibits.words.formats import apportioned, change_decimals, gap, number, percents, signed
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names

__all__ = ["draw", "heads_of", "key_of"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

SCREEN_INSIDE = 530
"""Pixels that every screen has for the names of the disciplines."""

HEADS = 58
"""Pixels that the names of the disciplines take above the bars in a deck."""


@dataclass(frozen=True)
class _Bars:
    """What the exhibit's table holds, in the shapes that bars need."""

    names: list[str]
    totals: FloatArray
    leads: NDArray[np.bool_]
    partial: NDArray[np.bool_]
    before: FloatArray
    changes: list[float]
    finer: int
    disciplines: list[str]
    shares: list[str]
    parts: FloatArray
    shown: FloatArray
    """Parts as they are printed: they sum to the values as these are."""

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Which values differ from the saved ones, as changes are printed."""
        result: NDArray[np.bool_] = np.array(self.changes) != 0
        return result

    @property
    def starts(self) -> FloatArray:
        """Where each bar begins: 0, or below it."""
        result: FloatArray = np.minimum(self.parts, 0).sum(axis=1)
        return result

    @property
    def ends(self) -> FloatArray:
        """Where each bar ends."""
        result: FloatArray = np.maximum(self.parts, 0).sum(axis=1)
        return result

    @property
    def below(self) -> NDArray[np.bool_]:
        """Which values are below 0: they stand at the other end of the bar."""
        result: NDArray[np.bool_] = self.totals < 0
        return result

    def labels_at(self, span: float) -> FloatArray:
        """Where the values stand: at the end of the bar, or past a baseline's mark that is too near."""
        side = np.where(self.below, -1.0, 1.0)
        edges = np.where(self.below, self.starts, self.ends)
        beyond = np.where(self.moved, side * (self.before - edges), 0.0)
        past = np.where((beyond > 0) & (beyond < 0.2 * span), beyond, 0)
        result: FloatArray = edges + side * (past + 0.012 * span)
        return result


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Sorted bars with their values at the end, drawn from the exhibit's table alone."""
    bars = _bars(exhibit.table, exhibit.decimals, change_decimals(*exhibit.scenarios))
    split = bool(bars.disciplines)
    rows = rows_of(bars.names, skin, deck_room(exhibit) - (HEADS if split else 0))
    marks = bars.before[bars.moved].tolist()
    low, high = min(float(bars.starts.min()), *marks, 0.0), max(float(bars.ends.max()), *marks, 0.0)
    span = (high - low) or 1.0
    room = span * (0.2 if marks else 0.1)
    ends = [low - room if bars.below.any() else low, high if bars.below.all() else high + room]
    words, above = _disciplines(bars, ends, rows.left, skin)
    traces = _stacks(bars, exhibit.decimals, rows, skin) if split else [_plain(bars, skin)]
    traces.append(_totals(bars, bars.labels_at(span), exhibit.decimals, rows, skin))
    if bars.moved.any():
        traces.append(_marks_of_baseline(bars, rows, skin))
    return figure_of(
        exhibit, skin, traces, height=int(len(bars.names) * rows.height + above + 16), left=rows.left,
        barmode="relative", bargap=0.34 if rows.height > 30 else 0.22,
        xaxis={"range": ends, "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=bars.leads.tolist()),
        uniformtext={"minsize": 10, "mode": "hide"},
        annotations=words, shapes=[_zero(skin)] if low < 0 else [], showlegend=False, margin={"t": above + 8},
    )  # fmt: skip


def _bars(table: pd.DataFrame, decimals: int, finer: int) -> _Bars:
    disciplines = list(dict.fromkeys(table["discipline"])) if "discipline" in table else []
    rows = table.iloc[:: max(len(disciplines), 1)]
    values = rows["value"].to_numpy()
    parts = table["contribution"].to_numpy() if disciplines else np.nan_to_num(values)
    parts = parts.reshape(len(rows), -1)
    before = rows["baseline_value"].to_numpy() if "baseline_value" in table else np.full(len(rows), np.nan)
    return _Bars(
        names=list(rows["proposition"]),
        totals=values,
        leads=(rows["rank"].fillna(0) == 1).to_numpy(dtype=bool),
        partial=rows["partial"].to_numpy(dtype=bool),
        before=before,
        changes=[gap(v, b, finer) if v == v and b == b else 0.0 for v, b in zip(values, before, strict=True)],
        finer=finer,
        disciplines=disciplines,
        shares=_weights(table.iloc[: len(disciplines)]) if disciplines else [],
        parts=parts,
        shown=np.array([apportioned(*row, decimals) for row in zip(parts, values, strict=True)]),
    )


def _weights(rows: pd.DataFrame) -> list[str]:
    """Weights of the disciplines: the points of sliders where there are some, else rounded shares."""
    if "weight_points" in rows:
        return [f"{points}\u00a0%" for points in rows["weight_points"]]
    return percents(rows["weight_share"].tolist())


def _zero(skin: Skin) -> dict[str, Any]:
    """Line from which bars go right and left."""
    line = {"color": skin.muted, "width": 1}
    return {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _stacks(bars: _Bars, decimals: int, rows: Rows, skin: Skin) -> list[Trace]:
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": escaped(name),
            "y": list(range(len(bars.names))),
            "x": bars.parts[:, d].tolist(),
            "marker": {"color": skin.marks[d], "line": {"color": skin.ground, "width": 1.5}},
            "text": [number(c, decimals) if c else "" for c in bars.shown[:, d]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": skin.on_mark, "size": rows.font - 1, "weight": 700},
            "hovertext": [
                f"{escaped(proposition)}<br>{escaped(name)} {number(c, decimals)}"
                for proposition, c in zip(bars.names, bars.shown[:, d], strict=True)
            ],
            "hoverinfo": "text",
        }
        for d, name in enumerate(bars.disciplines)
    ]


def _plain(bars: _Bars, skin: Skin) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(bars.names))),
        "x": bars.parts[:, 0].tolist(),
        "marker": {"color": [skin.highlight if lead else skin.context for lead in bars.leads]},
        "hoverinfo": "skip",
    }


def _totals(bars: _Bars, x: FloatArray, decimals: int, rows: Rows, skin: Skin) -> Trace:
    """Values at the ends of the bars, with their changes."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x.tolist(),
        "y": list(range(len(bars.names))),
        "text": [_total(bars, p, decimals, rows.font, skin) for p in range(len(bars.names))],
        "textposition": ["middle left" if below else "middle right" for below in bars.below],
        "textfont": {"size": rows.font + 1, "color": skin.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _total(bars: _Bars, p: int, decimals: int, font: int, skin: Skin) -> str:
    value = bars.totals[p]
    if np.isnan(value):
        return "no value"
    text = number(value, decimals) + ("*" if bars.partial[p] else "")
    text = f"<b>{text}</b>" if bars.leads[p] else text
    if bars.moved[p]:
        change = bars.changes[p]
        color = skin.good if change > 0 else skin.bad
        text += f'  <span style="color:{color};font-size:{font - 2}px">{signed(change, bars.finer)}</span>'
    return text


def _marks_of_baseline(bars: _Bars, rows: Rows, skin: Skin) -> Trace:
    places = np.flatnonzero(bars.moved).tolist()
    return {
        "type": "scatter",
        "mode": "markers",
        "x": bars.before[places].tolist(),
        "y": places,
        "marker": {"symbol": "line-ns", "size": rows.height * 0.4, "line": {"width": 2.5, "color": skin.ink}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _disciplines(
    bars: _Bars, ends: list[float], left: float, skin: Skin
) -> tuple[list[dict[str, Any]], float]:
    """Names of the disciplines above the bars, and the pixels that they take."""
    if not bars.disciplines:
        return [], 0.0
    shares = [f"weight {share}" for share in bars.shares]
    plain = skin.deck and not (bars.parts < 0).any()
    scaled = (bars.parts[0] / (ends[1] - ends[0])).tolist() if plain else []
    heads = heads_of(bars.disciplines, shares, scaled, DECK_INSIDE - left, skin) if plain else []
    return (heads, HEADS) if heads else key_of(bars.disciplines, bars.shares, left, skin)


def heads_of(
    disciplines: Sequence[str], below: Sequence[str], parts: Sequence[float], width: float, skin: Skin
) -> list[dict[str, Any]]:
    """Names of the disciplines over the parts of the first bar; empty where they do not fit.

    Parameters
    ----------
    disciplines, below : sequence of str
        Names, and what stands below each of them.
    parts : sequence of float
        Widths of the parts, as shares of the plot's.
    width : float
        Width of the plot in pixels.
    skin : Skin
    """
    centres = (np.cumsum(parts) - np.array(parts) / 2) * width
    for broken in (
        [[name] for name in disciplines],
        [wrapped(name, 9.5, 2) for name in disciplines],
    ):
        halves = [
            max(map(text_width, (*lines, under))) * 15 * 1.05 / 2
            for lines, under in zip(broken, below, strict=True)
        ]
        places = _apart(centres.tolist(), halves, width)
        if places:
            heads = zip(places, broken, below, skin.twins, strict=False)
            return [_head(x / width, lines, under, color, skin) for x, lines, under, color in heads]
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


def key_of(
    disciplines: Sequence[str], shares: Sequence[str], left: float, skin: Skin
) -> tuple[list[dict[str, Any]], float]:
    """Names of the disciplines beside squares of their colours, and the pixels that they take.

    Set by hand: plotly's own legend scrolls where it is narrow, and moves the margins.
    """
    font, room = (15, DECK_INSIDE) if skin.deck else (13, SCREEN_INSIDE)
    line = font * 1.6
    texts: list[dict[str, Any]] = []
    x, row = 0.0, 0
    for name, share, color in zip(short_names(disciplines, 16), shares, skin.marks, strict=False):
        width = text_width(f"■ {name} {share}") * font
        if x and x + width > room:
            x, row = 0.0, row + 1
        text = f'<span style="color:{color};font-size:{font + 4}px">■</span> {escaped(name)} {share}'
        texts.append(_key_text(text, x - left, row * line, font, skin))
        x += width + 14
    height = (row + 1) * line + 8
    for item in texts:
        item["yshift"] += height
    return texts, height


def _key_text(text: str, x: float, down: float, font: int, skin: Skin) -> dict[str, Any]:
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
