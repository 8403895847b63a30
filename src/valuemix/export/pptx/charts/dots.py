"""Rows of dots on a slide: marks, the line that spans them, and notes in columns beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from pptx.slide import Slide

from valuemix.charts.dots import Dots
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Stroke, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, MUTED, role_paint
from valuemix.export.pptx.page.text import clean, cut_to, points_of

__all__ = ["draw_dots"]

HEADS = 22
"""Points for the heads of the columns."""

ASIDE = 120
"""Points at most for the texts at the left of their marks."""


def draw_dots(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Rows of marks on one axis that is not seen."""
    chart = cast("Dots", exhibit.chart)
    rows = rows_of([row.name for row in chart.rows], box.height_points - HEADS)
    inside = Inside(rows.width + 12, 0, 0, box.height_points - HEADS - rows.pitch * len(chart))
    steps = [_step(chart, column, rows.size) for column in range(len(chart.heads))]
    said = [dot.said for row in chart.rows for own in row.dots for dot in own]
    aside = max((min(points_of(text, rows.size - 2), ASIDE) for text in said if text), default=0.0)
    low, high = chart.ends
    unit = (high - low) / max(inside.width(box) - sum(steps) - aside - 24, 100)
    axis = Axis(low - (aside + 12) * unit, high + (sum(steps) + 12) * unit)
    trails = [
        *_spans(chart, rows),
        *_marks(chart, rows),
        names_beside(rows, axis.low, [row.lost for row in chart.rows]),
        *_columns(chart, steps, rows, high + 12 * unit, unit),
    ]
    scatter(slide, box, exhibit, trails, axis, down(rows, HEADS), inside)


def _step(chart: Dots, column: int, size: float) -> float:
    texts = (points_of(row.notes[column].text, size, bold=True) for row in chart.rows)
    return max(points_of(chart.heads[column], 11), *texts) + 14


def _spans(chart: Dots, rows: Rows) -> list[Trail]:
    """Line from the first to the last mark of each row."""
    trails = []
    for name, lost, paint in (("Span", False, CONTEXT), ("Span of losses", True, role_paint("loss"))):
        own = [row.span if row.lost == lost else (math.nan, math.nan) for row in chart.rows]
        if not lost or any(row.lost for row in chart.rows):
            trails.append(segments(name, own, places_of(rows), Stroke(paint, 1.5)))
    return trails


def _marks(chart: Dots, rows: Rows) -> list[Trail]:
    """One trail a series, with the texts at the left of its marks."""
    size, small = min(0.5 * rows.pitch, 11), rows.size - 2
    trails = []
    for place, series in enumerate(chart.series):
        own = chart.dots_of(place)
        mark = Marker(series.symbol, max(size - 4 * series.slight, 4), role_paint(series.role))
        texts = [dot.said and cut_to(clean(dot.said), ASIDE, small, 1) for _, dot in own]
        trails.append(
            Trail(
                series.name, [dot.place for _, dot in own], [row + 1.0 for row, _ in own], marks=[mark],
                labels=[label_of(text, small, "l", MUTED) for text in texts],
                notes=[rows.names[row] for row, _ in own],
            )
        )  # fmt: skip
    return [trail for trail in trails if trail.x]


def _columns(chart: Dots, steps: Sequence[float], rows: Rows, start: float, unit: float) -> list[Trail]:
    """Labels in columns, each with its head."""
    places = [start + (sum(steps[:i]) + steps[i] / 2) * unit for i in range(len(steps))]
    top = 0.5 - 0.5 * HEADS / rows.pitch
    trails = []
    for column, (head, x) in enumerate(zip(chart.heads, places, strict=True)):
        notes = [row.notes[column] for row in chart.rows]
        found = [label_of(note.text, rows.size, "ctr", role_paint(note.role), bold=True) for note in notes]
        y = [top, *places_of(rows)]
        trails.append(Trail(clean(head), [x] * len(y), y, labels=[label_of(head, 11, "ctr", MUTED), *found]))
    return trails
