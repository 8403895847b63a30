"""Dumbbells: from one figure to another in every row, the difference beside."""

from __future__ import annotations

import math
from typing import cast

from pptx.slide import Slide

from valuemix.charts.dumbbells import Dumbbell, Dumbbells
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, role_paint
from valuemix.export.pptx.page.text import add_text, points_of

__all__ = ["draw_dumbbells"]

HEADS = 22
"""Points for the headings."""


def draw_dumbbells(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add a chart with one dumbbell a row, or say that there is none to show.

    Parameters
    ----------
    slide : Slide
    exhibit : Exhibit
        With dumbbells for a chart.
    box : Box
        Where it is drawn.
    """
    chart = cast("Dumbbells", exhibit.chart)
    if not chart.rows:
        add_text(slide, box, f"There is no {chart.noun} to show.", 14, paint=MUTED)
        return
    rows = rows_of([row.name for row in chart.rows], box.height_points - HEADS, widest=250)
    beside = [_beside(row, rows.size) for row in chart.rows]
    right = max(points_of("".join(word.text for word in words), rows.size, bold=True) for words in beside)
    right = max(right, points_of(chart.column, 11)) + 16
    inside = Inside(rows.width + 12, 0, right, box.height_points - HEADS - rows.pitch * len(chart))
    axis = _axis(chart, rows, inside.width(box))
    top = 0.5 - 0.5 * HEADS / rows.pitch
    heads = [label_of(chart.key, 11, "r", MUTED), label_of(chart.column, 11, "r", MUTED)]
    trails = [
        *(_trail(place, row, rows) for place, row in enumerate(chart.rows)),
        names_beside(rows, axis.low),
        Trail(
            "Difference", [axis.high] * len(chart), places_of(rows), notes=rows.names,
            labels=[Label((tuple(words),), "r") for words in beside],
        ),
        Trail("Headings", [axis.low, axis.high], [top, top], labels=heads),
    ]  # fmt: skip
    scatter(slide, box, exhibit, trails, axis, down(rows, HEADS), inside)


def _axis(chart: Dumbbells, rows: Rows, width: float) -> Axis:
    """Axis with room for the figures beside the outermost circles."""
    low, high = chart.ends
    texts = [text for row in chart.rows for text in row.texts]
    room = max(points_of(text, rows.size) for text in texts) + 0.4 * rows.pitch + 12
    unit = max(width - 2 * room, 0.4 * width) / (high - low)
    middle = (low + high) / 2
    return Axis(middle - width / unit / 2, middle + width / unit / 2)


def _trail(place: int, row: Dumbbell, rows: Rows) -> Trail:
    paint, size = role_paint(row.role), min(max(0.3 * rows.pitch, 6), 12)
    edge = Stroke(paint, 2)
    # LibreOffice fills every mark, so that an open one is smaller too.
    opened = Marker("circle", size - 3, GROUND, edge) if row.opens else None
    marks = [opened, Marker("circle", size, paint, edge)]
    sides = ("l", "r") if row.start <= row.end or not row.moved else ("r", "l")
    texts = [row.texts[0] if row.opens else "", "" if math.isnan(row.end) else row.texts[1]]
    found = [
        label_of(text, rows.size - 1, side, ink)
        for text, side, ink in zip(texts, sides, (MUTED, INK), strict=True)
    ]
    return Trail(rows.names[place], [row.start, row.end], [place + 1.0] * 2, Stroke(paint, 3), marks, found)


def _beside(row: Dumbbell, size: float) -> list[Word]:
    """Remark and difference of a row, bold where there is one."""
    words = [Word(row.remark, size, MUTED)] if row.remark else []
    space = "\u00a0" * 3 if words else ""
    if row.difference:
        words.append(Word(space + row.difference, size, role_paint(row.role), bold=row.moved))
    return words
