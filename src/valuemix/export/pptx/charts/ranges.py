"""Ranges on a slide: thick lines from one place to another, with figures at their ends and lines across."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from pptx.slide import Slide

from valuemix.charts.ranges import End, Range, Ranges
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import short_lines
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import INK, MUTED, role_paint
from valuemix.export.pptx.page.text import BROAD, add_text, clean, points_of

__all__ = ["draw_ranges"]

HEADS, AXIS = 20, 28
"""Points for the names of the lines across, and for the axis."""

BESIDE = 190
"""Points for the notes."""

SPACIOUS = 30
"""Height of rows in points that have room for print above their mark."""

BEYOND = 1.1
"""End of an axis of shares, clear of the figures of high ends."""

FROM_0_TO_1 = '[<-0.01]"";[>1.01]"";0"\u00a0"%'
"""Number format of shares: an axis begins below 0 and ends above 1, where nothing is printed."""


def draw_ranges(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """One line a band in every row."""
    chart = cast("Ranges", exhibit.chart)
    if not chart.rows:
        add_text(slide, box, chart.nothing, 14, paint=MUTED)
        return
    noted, above = any(row.note for row in chart.rows), HEADS if chart.uprights else 0
    room = box.height_points - above - AXIS
    rows = rows_of([row.name for row in chart.rows], room, widest=190 if noted else 340, fewest=5)
    inside = Inside(rows.width + 12, 0, BESIDE if noted else 4, AXIS + room - rows.pitch * len(chart))
    axis = _axis(chart, rows, inside.width(box))
    trails = [
        *_bands(chart, rows),
        *_today(chart, rows),
        *_ends(chart, rows),
        *_across(chart, rows, above),
        names_beside(rows, axis.low, bold=[row.strong for row in chart.rows]),
        *([_notes(chart, rows)] if noted else []),
    ]
    scatter(slide, box, exhibit, trails, axis, down(rows, above), inside)


def _axis(chart: Ranges, rows: Rows, width: float) -> Axis:
    """Axis with room for the figures at the ends; ticks count from its low end, which is therefore one of them."""
    if chart.whole:
        return Axis(-0.1, BEYOND, 0.1, FROM_0_TO_1)
    low, high = chart.ends
    room = max(points_of(end.text, rows.size - 1) for row in chart.rows for end in row.ends) + 10
    unit = (width - 2 * room) / (high - low)
    low = min(low, *(end.place - room / unit for row in chart.rows for end in row.ends if end.left))
    high, step = high + room / unit, chart.step
    return Axis(round(math.floor(low / step) * step, 9), round(high, 9), step, Format(chart.decimals).code)


def _bands(chart: Ranges, rows: Rows) -> list[Trail]:
    """Narrow ones stand lower: no series has to cover another."""
    thick = (0.36 if chart.whole else 0.5) * rows.pitch
    return [
        segments(
            band.name,
            [row.spans[place] for row in chart.rows],
            [row + 0.24 * band.slight for row in places_of(rows)],
            Stroke(role_paint(band.role), 0.25 * thick if band.slight else thick),
        )
        for place, band in enumerate(chart.bands)
    ]


def _today(chart: Ranges, rows: Rows) -> list[Trail]:
    """Today's marks above the ranges, printed where there is room."""
    if all(math.isnan(row.today) for row in chart.rows):
        return []
    said = [row.said if rows.pitch > SPACIOUS else "" for row in chart.rows]
    return [
        Trail(
            "Today", [row.today for row in chart.rows], [place - 0.26 for place in places_of(rows)],
            marks=[Marker("diamond", max(0.16 * rows.pitch, 5), INK)], notes=rows.names,
            labels=[label_of(text, rows.size - 1, "t", INK, bold=True) for text in said],
        )
    ]  # fmt: skip


def _ends(chart: Ranges, rows: Rows) -> list[Trail]:
    trails = []
    for name, ends in zip(("From", "To"), zip(*(row.ends for row in chart.rows), strict=True), strict=True):
        found = [_end(end, rows.size - 1, boxed=bool(chart.uprights)) for end in ends]
        trails.append(Trail(name, [end.place for end in ends], places_of(rows), labels=found))
    return trails


def _end(end: End, size: float, *, boxed: bool) -> Label | None:
    """Figure at an end, on the ground where lines run across."""
    found = label_of(end.text, size, "l" if end.left else "r", MUTED)
    return found and replace(found, boxed=boxed)


def _notes(chart: Ranges, rows: Rows) -> Trail:
    mores = [*dict.fromkeys(clean(row.more) for row in chart.rows)]
    small = rows.size - 1.5
    most = max(1, min(3, int((rows.pitch - 1.3 * rows.size) / (1.25 * small))))
    short = dict(zip(mores, short_lines(mores, (BESIDE - 24) / small / BROAD, most)[1], strict=True))
    labels = [_note(row, short[clean(row.more)], rows) for row in chart.rows]
    return Trail("Notes", [BEYOND] * len(labels), places_of(rows), labels=labels)


def _note(row: Range, more: Sequence[str], rows: Rows) -> Label | None:
    if not row.more:
        return label_of(row.note, rows.size, "r", MUTED)
    first = (Word(row.note, rows.size, INK, bold=True),)
    if rows.pitch < 2.6 * rows.size:
        return Label((first,), "r")
    return Label((first, *((Word(line, rows.size - 1.5, MUTED),) for line in more)), "r")


def _across(chart: Ranges, rows: Rows, above: float) -> list[Trail]:
    """Lines across all rows, named above them."""
    ends = [0.5 - 0.5 * above / rows.pitch, len(chart) + 0.5]
    trails = []
    for upright in chart.uprights:
        paint = role_paint(upright.role)
        place = {"left": "l", "right": "r", "center": "t"}[upright.side]
        stroke = Stroke(paint, 1.25, "sysDash" if upright.dashed else "solid")
        labels = [label_of(upright.text, 12, place, paint, bold=not upright.dashed), None]
        trails.append(Trail(upright.text, [upright.place] * 2, ends, stroke, labels=labels))
    return trails
