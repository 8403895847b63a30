"""Dumbbells: from one figure to another in every row, what lies between them beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.words.formats import gap, number, signed

__all__ = ["WIDEST", "Dumbbells", "draw_dumbbells"]

FloatArray = NDArray[np.float64]
Trace = dict[str, Any]

WIDEST = 230
"""Pixels that long names take at most on a page of full width."""

HEADS = 26
"""Pixels that the headings take above the first row."""


@dataclass(frozen=True)
class Dumbbells:
    """What is drawn, one entry a row.

    Attributes
    ----------
    names : sequence of str
    before, now : ndarray
        Where each starts, an open circle, and where it ends, a full one; NaN where there is none.
    decimals : int
    words : (str, str)
        What the open and the full circles are.
    heading : str
        Over the column of differences.
    widest : float, optional
        Pixels that names take at most on a screen.
    """

    names: Sequence[str]
    before: FloatArray
    now: FloatArray
    decimals: int
    words: tuple[str, str]
    heading: str
    widest: float | None = None

    @property
    def shown(self) -> FloatArray:
        """Differences of the figures as they are printed; NaN where one lacks."""
        ends = zip(self.now.tolist(), self.before.tolist(), strict=True)
        return np.array([gap(a, b, self.decimals) if a == a and b == b else np.nan for a, b in ends])

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Which differ as they are printed."""
        result: NDArray[np.bool_] = np.nan_to_num(self.shown) != 0
        return result

    def difference(self, row: int) -> str:
        """Text of a difference, bold where there is one."""
        text = signed(self.shown[row], self.decimals)
        return f"<b>{text}</b>" if self.moved[row] else text


def draw_dumbbells(
    exhibit: Exhibit, skin: Skin, rows_shown: Dumbbells, texts: Sequence[str], colors: Sequence[str]
) -> go.Figure:
    """Figure of dumbbells.

    Parameters
    ----------
    exhibit : Exhibit
    skin : Skin
    rows_shown : Dumbbells
    texts : sequence of str
        In the column at the right, escaped.
    colors : sequence of str
        Of each row.
    """
    pairs = rows_shown
    rows = rows_of(pairs.names, skin, deck_room(exhibit) - HEADS, None if skin.deck else pairs.widest)
    saved, now = (_dots(pairs, rows, colors, skin, saved=saved) for saved in (True, False))
    corner = _heading(
        pairs.heading, skin, x=1, y=1, xref="paper", yref="paper", xanchor="right", yanchor="top"
    )
    above = 0.5 + HEADS / rows.height
    return figure_of(
        exhibit, skin, [_bars(pairs, colors), saved, now, _column(texts, rows, colors)],
        height=int(rows.height * len(colors) + HEADS + 16), left=rows.left, showlegend=False,
        annotations=[*_headings(pairs, skin), corner],
        xaxis={"range": _range(pairs), "domain": [0, 0.8], "visible": False, "fixedrange": True},
        xaxis2={"range": [0, 1], "domain": [0.8, 1], "visible": False, "fixedrange": True, "anchor": "y"},
        yaxis=rows.axis(above=above),
    )  # fmt: skip


def _range(pairs: Dumbbells) -> list[float]:
    """Ends of the axis: no bars stand on it, so it need not begin at 0."""
    values = np.concatenate([pairs.before, pairs.now])
    values = values[~np.isnan(values)]
    if not values.size:
        return [0.0, 1.0]
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 10.0 ** (1 - pairs.decimals))
    middle = (low + high) / 2
    return [middle - 0.66 * span, middle + 0.66 * span]


def _bars(pairs: Dumbbells, colors: Sequence[str]) -> Trace:
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


def _dots(pairs: Dumbbells, rows: Rows, colors: Sequence[str], skin: Skin, *, saved: bool) -> Trace:
    """Open circles where a row starts, if it moves or ends nowhere; full ones where it ends."""
    values, others = (pairs.before, pairs.now) if saved else (pairs.now, pairs.before)
    wanted = ~np.isnan(values) & (pairs.moved | np.isnan(others)) if saved else ~np.isnan(values)
    places = np.flatnonzero(wanted).tolist()
    left = [bool(pairs.moved[p] and others[p] > values[p]) for p in places]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": values[places].tolist(),
        "y": places,
        "text": [f" {number(values[p], pairs.decimals)} " for p in places],
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


def _column(texts: Sequence[str], rows: Rows, colors: Sequence[str]) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": "x2",
        "x": [1] * len(texts),
        "y": list(range(len(texts))),
        "text": list(texts),
        "textposition": "middle left",
        "textfont": {"size": rows.font, "color": list(colors)},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _headings(pairs: Dumbbells, skin: Skin) -> list[dict[str, Any]]:
    """What both circles are, over the first dumbbell that is wide enough for both words."""
    span = np.abs(np.nan_to_num(pairs.now - pairs.before))
    axis = np.diff(_range(pairs))[0]
    wide = np.flatnonzero(pairs.moved & (span > 0.16 * axis))
    if not wide.size:
        return []
    row = int(wide[0])
    ends = zip(pairs.words, (pairs.before, pairs.now), strict=True)
    return [_heading(word, skin, x=float(values[row]), y=row, yshift=18) for word, values in ends]


def _heading(word: str, skin: Skin, **place: Any) -> dict[str, Any]:
    font = {"size": 13, "color": skin.muted, "family": skin.font}
    return {"text": word, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font, **place}
