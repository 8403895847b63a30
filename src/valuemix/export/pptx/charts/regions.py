"""Regions on slides, native: hatched by level lines, with their borders and today's point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from pptx.slide import Slide

from valuemix.charts.regions import Leader, Region, Regions, Span
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.scatter import PERCENT, Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.colors import FAINT, GROUND, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import BROAD, add_text, clean, cut_to, points_of, write

__all__ = ["KEY", "add_leaders_key", "draw_regions"]

LINES = 120
"""Level lines over the whole height: so thick that they touch."""

LEFT, BELOW = 56, 42
KEY = 270
"""Points at the right for the key of the leaders."""

SIZE = 13.0
HALO = 7
"""Points around today's mark that stay free."""


def draw_regions(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add a map of regions.

    Parameters
    ----------
    slide : Slide
    exhibit : Exhibit
        With regions for a chart.
    box : Box
        Where it is drawn.
    """
    chart, inside = cast("Regions", exhibit.chart), Inside(LEFT, 4, KEY, BELOW)
    width, height = inside.width(box), inside.height(box)
    titles = (f"Weight of {cut_to(clean(name), 260, 11, 1)}" for name in chart.titles)
    x, y = (Axis(0.0, 1.0, 0.2, PERCENT, title) for title in titles)
    trails = [
        *(
            _hatch(chart, region, 1.12 * height / LINES, (HALO / width, HALO / height))
            for region in chart.regions
        ),
        *(_border(region) for region in chart.regions if not chart.cell),
        *_inside(chart, width, height),
        _point(chart),
    ]
    scatter(slide, box, exhibit, trails, x, y, inside)
    add_leaders_key(slide, box, chart.regions, [_paint(region) for region in chart.regions])


def _paint(region: Region) -> Paint:
    return FAINT if region.color is None else discipline(region.color)


def _hatch(chart: Regions, region: Region, thick: float, halo: Span) -> Trail:
    """Level lines that fill a region, with a hole around today's mark."""
    ends, places, now = [], [], chart.today
    for level in ((np.arange(LINES) + 0.5) / LINES).tolist():
        for span in chart.spans(region, level):
            near = abs(level - now[1]) < halo[1]
            for part in _without(span, (now[0] - halo[0], now[0] + halo[0])) if near else [span]:
                ends.append(part)
                places.append(level)
    return segments(region.name, ends, places, Stroke(_paint(region), thick))


def _without(span: Span, hole: Span) -> list[Span]:
    """Parts of a span outside a hole.

    Examples
    --------
    >>> _without((0.0, 1.0), (0.4, 0.5)), _without((0.4, 0.45), (0.4, 0.5))
    ([(0.0, 0.4), (0.5, 1.0)], [])
    """
    parts = [(span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1])]
    return [part for part in parts if part[0] < part[1]]


def _border(region: Region) -> Trail:
    """Exact borders of a region."""
    x, y = zip(*region.points, region.points[0], strict=True)
    return Trail(f"{region.name}: border", x, y, Stroke(GROUND, 1.25))


def _inside(chart: Regions, width: float, height: float) -> list[Trail]:
    """Names inside the regions that have room for them, clear of today's mark."""
    points, found, notes = [], [], []
    for region in chart.regions:
        lines = wrapped(clean(region.name), 11, 2)
        wide = max(points_of(line, SIZE, bold=True) for line in lines) + 8
        free = chart.free(region, (wide / width, (len(lines) * SIZE * 1.25 + 6) / height), 130 / width)
        if free:
            points.append(free)
            found.append(label_of(lines, SIZE, "ctr", INK if region.color is None else GROUND, bold=True))
            notes.append(region.name)
    x, y = [p[0] for p in points], [p[1] for p in points]
    return [Trail("Names", x, y, labels=found, notes=notes)] if points else []


def _point(chart: Regions) -> Trail:
    """Today's point; another mark where it is only a mean that the map does not hold."""
    mark = Marker("circle" if chart.on_map else "diamond", 9, INK)
    label = Label(((Word(chart.today_text, 12),),), "r", boxed=True)
    return Trail("Today", [chart.today[0]], [chart.today[1]], marks=[mark], labels=[label])


def add_leaders_key(slide: Slide, box: Box, leaders: Sequence[Leader], paints: Sequence[Paint]) -> None:
    """Colour, name and share of every leader at the right of a map; today's in bold."""
    size = SIZE if len(leaders) <= 14 else max(9.0, box.height_points / len(leaders) / 1.3)
    names = short_names([clean(leader.name) for leader in leaders], (KEY - 100) / size / BROAD)
    left = box.right - round((KEY - 24) * EMU_PER_POINT)
    own = Box(left, box.top, box.right - left, box.height)
    frame = add_text(slide, own, "", size, name="Key").text_frame
    for row, (leader, name, paint) in enumerate(zip(leaders, names, paints, strict=True)):
        paragraph = frame.add_paragraph() if row else frame.paragraphs[0]
        write(paragraph, "■", size + 1, paint=paint)
        write(paragraph, f"\u00a0{name}\u00a0", size, bold=leader.now)
        write(paragraph, leader.told, size, paint=MUTED)
