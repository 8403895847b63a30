"""Dumbbells: from the saved value to the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import gap, number, signed
from valuemix.exhibits.rows import Rows, rows_of
from valuemix.exhibits.theme import Skin, deck_room, figure_of

__all__ = ["draw"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

HEADS = 26
"""Pixels that the headings take above the first row."""


@dataclass(frozen=True)
class _Pairs:
    """What the exhibit's table holds: values and ranks on both sides, and the changes as shown."""

    before: FloatArray
    now: FloatArray
    ranks_before: NDArray[np.int64]
    ranks_now: NDArray[np.int64]
    shown: FloatArray

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Which figures change as they are shown."""
        result: NDArray[np.bool_] = np.nan_to_num(self.shown) != 0
        return result


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One dumbbell a proposition, drawn from the exhibit's table alone."""
    pairs = _pairs(exhibit.table, exhibit.decimals)
    rows = rows_of(list(exhibit.table["proposition"]), skin, deck_room(exhibit) - HEADS)
    colors = [skin.good if s > 0 else skin.bad if s < 0 else skin.muted for s in pairs.shown.tolist()]
    saved, now = (
        _dots(pairs, exhibit.decimals, rows, colors, skin, saved=True),
        _dots(pairs, exhibit.decimals, rows, colors, skin, saved=False),
    )
    corner = _heading(
        "rank, change", skin, x=1, y=1, xref="paper", yref="paper", xanchor="right", yanchor="top"
    )
    above = 0.5 + HEADS / rows.height
    return figure_of(
        exhibit, skin, [_bars(pairs, colors), saved, now, _changes(pairs, exhibit.decimals, rows, colors, skin)],
        height=int(rows.height * len(colors) + HEADS + 16), left=rows.left, showlegend=False,
        annotations=[*_headings(pairs, exhibit.decimals, skin), corner],
        xaxis={"range": _range(pairs, exhibit.decimals), "domain": [0, 0.8], "visible": False, "fixedrange": True},
        xaxis2={"range": [0, 1], "domain": [0.8, 1], "visible": False, "fixedrange": True, "anchor": "y"},
        yaxis=rows.axis(above=above),
    )  # fmt: skip


def _pairs(table: pd.DataFrame, decimals: int) -> _Pairs:
    before, now = table["value_before"].to_numpy(), table["value"].to_numpy()
    shown = [
        np.nan if np.isnan(c) else gap(a, b, decimals)
        for a, b, c in zip(now, before, table["change"], strict=True)
    ]
    old, new = (table[column].fillna(0).to_numpy(dtype=np.int64) for column in ("rank_before", "rank"))
    return _Pairs(before, now, old, new, np.array(shown))


def _range(pairs: _Pairs, decimals: int) -> list[float]:
    """Ends of the axis: no bars stand on it, so it need not begin at 0."""
    values = np.concatenate([pairs.before, pairs.now])
    values = values[~np.isnan(values)]
    if not values.size:
        return [0.0, 1.0]
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 10.0 ** (1 - decimals))
    middle = (low + high) / 2
    return [middle - 0.66 * span, middle + 0.66 * span]


def _bars(pairs: _Pairs, colors: list[str]) -> Trace:
    places = np.flatnonzero(pairs.moved).tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.09,
        "y": places,
        "base": pairs.before[places].tolist(),
        "x": (pairs.now - pairs.before)[places].tolist(),
        "marker": {"color": [colors[p] for p in places]},
        "hoverinfo": "skip",
    }


def _dots(pairs: _Pairs, decimals: int, rows: Rows, colors: list[str], skin: Skin, *, saved: bool) -> Trace:
    """Open circles for the saved values that differ or are gone, full ones for all present values."""
    values, others = (pairs.before, pairs.now) if saved else (pairs.now, pairs.before)
    wanted = ~np.isnan(values) & (pairs.moved | np.isnan(others)) if saved else ~np.isnan(values)
    places = np.flatnonzero(wanted).tolist()
    left = [bool(pairs.moved[p] and others[p] > values[p]) for p in places]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": values[places].tolist(),
        "y": places,
        "text": [f" {number(values[p], decimals)} " for p in places],
        "textposition": ["middle left" if side else "middle right" for side in left],
        "textfont": {"size": rows.font - 1, "color": skin.muted if saved else skin.ink},
        "marker": {
            "size": 14,
            "color": [skin.ground if saved else colors[p] for p in places],
            "line": {"width": 2.5, "color": [colors[p] for p in places]},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _changes(pairs: _Pairs, decimals: int, rows: Rows, colors: list[str], skin: Skin) -> Trace:
    """Column of changes, with the ranks where they differ."""
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": "x2",
        "x": [1] * len(colors),
        "y": list(range(len(colors))),
        "text": [_change(pairs, p, decimals, skin) for p in range(len(colors))],
        "textposition": "middle left",
        "textfont": {"size": rows.font, "color": colors},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _change(pairs: _Pairs, p: int, decimals: int, skin: Skin) -> str:
    old, new = int(pairs.ranks_before[p]), int(pairs.ranks_now[p])
    if not old or not new:
        return "new" if new else "gone" if old else "–"
    rank = f'<span style="color:{skin.muted}">{old} → {new}</span>' if old != new else ""
    if np.isnan(pairs.shown[p]):
        return rank or "–"
    change = f"<b>{signed(pairs.shown[p], decimals)}</b>" if pairs.moved[p] else signed(0.0, decimals)
    return f"{rank}   {change}" if rank else change


def _headings(pairs: _Pairs, decimals: int, skin: Skin) -> list[dict[str, Any]]:
    """The words "saved" and "now" over the first dumbbell that is wide enough for both."""
    span = np.abs(np.nan_to_num(pairs.now - pairs.before))
    axis = np.diff(_range(pairs, decimals))[0]
    wide = np.flatnonzero(pairs.moved & (span > 0.16 * axis))
    if not wide.size:
        return []
    row = int(wide[0])
    return [
        _heading(word, skin, x=float(values[row]), y=row, yshift=18)
        for word, values in (("saved", pairs.before), ("now", pairs.now))
    ]


def _heading(word: str, skin: Skin, **place: Any) -> dict[str, Any]:
    font = {"size": 13, "color": skin.muted, "family": skin.font}
    return {"text": word, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font, **place}
