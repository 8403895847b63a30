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
from valuemix.exhibits.formats import gap, number, percents, rounded, signed
from valuemix.exhibits.lettering import escaped, text_width, wrapped
from valuemix.exhibits.rows import Rows, rows_of
from valuemix.exhibits.theme import (
    DECK_HEIGHT,
    DECK_INSIDE,
    DECK_MARGIN,
    DECK_WIDTH,
    Skin,
    deck_room,
    deck_top,
    figure_of,
)
from valuemix.exhibits.wording import short_names

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

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
    moved: NDArray[np.bool_]
    disciplines: list[str]
    shares: list[str]
    parts: FloatArray

    @property
    def starts(self) -> FloatArray:
        """Where each bar begins: 0, or below it."""
        result: FloatArray = np.minimum(self.parts, 0).sum(axis=1)
        return result

    @property
    def ends(self) -> FloatArray:
        """Where each bar ends, or the mark of its baseline where that is further."""
        ends = np.maximum(self.parts, 0).sum(axis=1)
        further: FloatArray = np.where(self.moved, np.fmax(ends, self.before), ends)
        return further


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Sorted bars with their values at the end, drawn from the exhibit's table alone."""
    bars = _bars(exhibit.table, exhibit.decimals)
    split = bool(bars.disciplines)
    rows = rows_of(bars.names, skin, deck_room(exhibit) - (HEADS if split else 0))
    low, high = min(float(bars.starts.min()), 0.0), max(float(bars.ends.max()), 0.0)
    span = (high - low) or 1.0
    ends = [low, high + span * (0.2 if bars.moved.any() else 0.1)]
    heads = _heads(bars, ends, rows.left, skin) if split and skin.deck else []
    legend = _legend(bars, exhibit, skin) if split and not heads else {}
    traces = _stacks(bars, exhibit.decimals, rows, skin) if split else [_plain(bars, skin)]
    traces.append(_totals(bars, bars.ends + 0.012 * span, exhibit.decimals, rows, skin))
    if bars.moved.any():
        traces.append(_marks_of_baseline(bars, rows, skin))
    above = HEADS if heads else legend.pop("height", 0)
    return figure_of(
        exhibit, skin, traces, height=int(len(bars.names) * rows.height + above + 16), left=rows.left,
        barmode="relative", bargap=0.34 if rows.height > 30 else 0.22,
        xaxis={"range": ends, "visible": False, "fixedrange": True},
        yaxis=rows.axis(bold=bars.leads.tolist()),
        uniformtext={"minsize": 10, "mode": "hide"},
        annotations=heads, showlegend=bool(legend), legend=legend, margin={"t": above + 8},
    )  # fmt: skip


def _bars(table: pd.DataFrame, decimals: int) -> _Bars:
    disciplines = list(dict.fromkeys(table["discipline"])) if "discipline" in table else []
    rows = table.iloc[:: max(len(disciplines), 1)]
    values = rows["value"].to_numpy()
    before = rows["baseline_value"].to_numpy() if "baseline_value" in table else np.full(len(rows), np.nan)
    return _Bars(
        names=list(rows["proposition"]),
        totals=values,
        leads=(rows["rank"].fillna(0) == 1).to_numpy(dtype=bool),
        partial=rows["partial"].to_numpy(dtype=bool),
        before=before,
        moved=np.array([_differ(v, b, decimals) for v, b in zip(values, before, strict=True)]),
        disciplines=disciplines,
        shares=percents(table["weight_share"].iloc[: len(disciplines)].tolist()) if disciplines else [],
        parts=table["contribution"].to_numpy().reshape(len(rows), -1)
        if disciplines
        else np.nan_to_num(values)[:, None],
    )


def _differ(value: float, before: float, decimals: int) -> bool:
    known = not (np.isnan(value) or np.isnan(before))
    return known and rounded(value, decimals) != rounded(before, decimals)


def _stacks(bars: _Bars, decimals: int, rows: Rows, skin: Skin) -> list[Trace]:
    legend = short_names(bars.disciplines, 16)
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": f"{escaped(legend[d])} {share}",
            "y": list(range(len(bars.names))),
            "x": bars.parts[:, d].tolist(),
            "marker": {"color": skin.marks[d], "line": {"color": skin.ground, "width": 1.5}},
            "text": [number(c, decimals) if rounded(c, decimals) else "" for c in bars.parts[:, d]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": skin.on_mark, "size": rows.font - 1, "weight": 700},
            "hovertext": [
                f"{escaped(name)}<br>{escaped(bars.disciplines[d])} {number(c, decimals)}"
                for name, c in zip(bars.names, bars.parts[:, d], strict=True)
            ],
            "hoverinfo": "text",
        }
        for d, share in enumerate(bars.shares)
    ]


def _plain(bars: _Bars, skin: Skin) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(bars.names))),
        "x": bars.parts[:, 0].tolist(),
        "marker": {"color": [skin.highlight if lead else skin.context for lead in bars.leads]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _totals(bars: _Bars, x: FloatArray, decimals: int, rows: Rows, skin: Skin) -> Trace:
    """Values at the ends of the bars, with their changes."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x.tolist(),
        "y": list(range(len(bars.names))),
        "text": [_total(bars, p, decimals, rows.font, skin) for p in range(len(bars.names))],
        "textposition": "middle right",
        "textfont": {"size": rows.font + 1, "color": skin.ink},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _total(bars: _Bars, p: int, decimals: int, font: int, skin: Skin) -> str:
    value = bars.totals[p]
    if np.isnan(value):
        return "no value"
    text = number(value, decimals) + ("*" if bars.partial[p] else "")
    text = f"<b>{text}</b>" if bars.leads[p] else text
    if bars.moved[p]:
        change = gap(value, bars.before[p], decimals)
        color = skin.good if change > 0 else skin.bad
        text += f'  <span style="color:{color};font-size:{font - 2}px">{signed(change, decimals)}</span>'
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
        "showlegend": False,
        "cliponaxis": False,
    }


def _heads(bars: _Bars, ends: list[float], left: float, skin: Skin) -> list[dict[str, Any]]:
    """Names of the disciplines with their weights over the first bar; empty where they do not fit."""
    width = DECK_INSIDE - left
    leader = bars.parts[0]
    if (bars.parts < 0).any():
        return []
    centres = (np.cumsum(leader) - leader / 2 - ends[0]) * width / (ends[1] - ends[0])
    for broken in (
        [[name] for name in bars.disciplines],
        [wrapped(name, 9.5, 2) for name in bars.disciplines],
    ):
        halves = [max(map(text_width, (*lines, "weight 00 %"))) * 15 * 1.05 / 2 for lines in broken]
        places = _apart(centres.tolist(), halves, width)
        if places:
            heads = zip(places, broken, bars.shares, skin.twins, strict=False)
            return [_head(x / width, lines, share, color, skin) for x, lines, share, color in heads]
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


def _head(x: float, lines: Sequence[str], share: str, color: str, skin: Skin) -> dict[str, Any]:
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
        "text": f"<b>{'<br>'.join(map(escaped, lines))}</b><br>weight {share}",
        "font": {"size": 15, "color": color, "family": skin.font},
    }


def _legend(bars: _Bars, exhibit: Exhibit, skin: Skin) -> dict[str, Any]:
    """Legend above the bars, with the height that it takes."""
    font = 15 if skin.deck else 13
    entry = max(text_width(f"{name} 00 %") for name in short_names(bars.disciplines, 16)) * font * 1.06 + 8
    columns = max(int((DECK_INSIDE if skin.deck else 560) // (entry + 44)), 1)
    legend = {
        "orientation": "h",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": font, "color": skin.ink},
        "entrywidth": entry,
        "height": -(-len(bars.disciplines) // columns) * font * 1.5 + 8,
        "xanchor": "left",
    }
    if skin.deck:
        top = 1 - deck_top(exhibit) / DECK_HEIGHT
        return {
            **legend,
            "xref": "container",
            "x": DECK_MARGIN / DECK_WIDTH,
            "yref": "container",
            "y": top,
            "yanchor": "top",
        }
    return {**legend, "x": 0, "y": 1, "yanchor": "bottom"}
