"""Tornado of the lead: thick lines from today's lead to the lead with each input lower and higher."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.charts.lines import nice_step
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.tradeoffs.levers import lever_labels
from valuemix.exhibits.words.formats import number, share, share_decimals
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Stroke, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import add_text, points_of

__all__ = ["draw_levers"]

FloatArray = NDArray[np.float64]

HEADS, AXIS = 20, 26
"""Points for the names of the upright lines, and for the axis."""

LOSS = discipline(1)


def draw_levers(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """One bar a lever, drawn from the exhibit's table alone."""
    table = exhibit.table
    if table.empty:
        add_text(slide, box, "No single input moves the lead.", 14, paint=MUTED)
        return
    rows = rows_of(lever_labels(table), box.height_points - HEADS - AXIS, widest=340)
    inside = Inside(rows.width + 12, 0, 4, AXIS + box.height_points - HEADS - AXIS - rows.pitch * len(table))
    ends = table[["low_lead", "high_lead"]].to_numpy(dtype=float)
    today = float(table["lead"].iloc[0])
    axis = _axis(table, ends, rows, inside.width(box), exhibit.decimals)
    thick = 0.5 * rows.pitch
    trails = [
        *_bars("Lead with the input lower", ends[:, 0], today, rows, Stroke(CONTEXT, thick)),
        *_bars("Lead with the input higher", ends[:, 1], today, rows, Stroke(HIGHLIGHT, thick)),
        _inputs("Input lower", "low_input", exhibit, ends, 0, rows),
        _inputs("Input higher", "high_input", exhibit, ends, 1, rows),
        *_uprights(today, table["lead_words"].iloc[0], rows, axis),
        names_beside(rows, axis.low, bold=table["loses"].tolist()),
    ]
    scatter(slide, box, exhibit, trails, axis, down(rows, HEADS), inside)


def _axis(table: pd.DataFrame, ends: FloatArray, rows: Rows, width: float, decimals: int) -> Axis:
    """Axis from 0 or below, with room for the inputs beside the bars."""
    today = float(table["lead"].iloc[0])
    low, high = min(0.0, float(ends.min())), max(today, float(ends.max()))
    columns = (table["lever"], table["low_input"], table["high_input"])
    texts = [_input(kind, v, decimals) for kind, a, b in zip(*columns, strict=True) for v in (a, b)]
    room = max(points_of(text, rows.size - 1) for text in texts) + 10
    span = max(high - low, 10.0**-decimals)
    unit = (width - 2 * room) / span
    low, high = low - room / unit, high + room / unit
    step = max(nice_step(high - low), 10.0**-decimals)
    # Ticks count from the low end, which is therefore one of them.
    return Axis(round(float(np.floor(low / step)) * step, 9), round(high, 9), step, Format(decimals).code)


def _bars(name: str, ends: FloatArray, today: float, rows: Rows, stroke: Stroke) -> list[Trail]:
    """From today's lead to the lead after; what lies below 0 in the colour of a loss."""
    kept = [(today, max(end, 0.0)) for end in ends.tolist()]
    lost = [(0.0, end) if end < 0 else (np.nan, np.nan) for end in ends.tolist()]
    return [
        segments(name, kept, places_of(rows), stroke),
        segments(f"{name}: lost", lost, places_of(rows), Stroke(LOSS, stroke.width)),
    ]


def _inputs(name: str, column: str, exhibit: Exhibit, ends: FloatArray, side: int, rows: Rows) -> Trail:
    """Value of the input at this end of each bar."""
    left = (ends[:, 0] <= ends[:, 1]) == (side == 0)
    found = [
        label_of(_input(kind, float(value), exhibit.decimals), rows.size - 1, "l" if on else "r", MUTED)
        for kind, value, on in zip(exhibit.table["lever"], exhibit.table[column], left.tolist(), strict=True)
    ]
    return Trail(name, ends[:, side].tolist(), places_of(rows), labels=found, notes=rows.names)


def _input(kind: str, value: float, decimals: int) -> str:
    if kind == "score":
        return number(value, decimals)
    return share(value, share_decimals([(value, 0.0)]))


def _uprights(today: float, words: str, rows: Rows, axis: Axis) -> list[Trail]:
    """Lines at today's lead and at 0, named on sides where they do not meet."""
    top, bottom = 0.5 - 0.5 * HEADS / rows.pitch, len(rows.names) + 0.5
    apart = today > 0.02 * (axis.high - axis.low)
    lines = [(f"lead today {words}", today, "r" if apart else "t", INK, "solid")]
    if apart:
        lines.append(("lead lost", 0.0, "l", LOSS, "sysDash"))
    return [_upright(name, x, place, paint, dash, (top, bottom)) for name, x, place, paint, dash in lines]


def _upright(name: str, x: float, place: str, paint: Paint, dash: str, ends: tuple[float, float]) -> Trail:
    label = label_of(name, 12, place, Paint(paint.theme, paint.brightness), bold=paint is INK)
    return Trail(name, [x, x], list(ends), Stroke(paint, 1.25, dash), labels=[label, None])
