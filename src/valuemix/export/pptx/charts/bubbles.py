"""Bubbles on a slide: two axes, the line of fair exchange, arrows from before, names beside."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pptx.slide import Slide

from valuemix.charts.bubbles import Bubble, Bubbles, Scale
from valuemix.charts.placing import Point, Rectangle, along, beside, box_at
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Stroke, label_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED
from valuemix.export.pptx.page.text import BROAD, add_text, clean, points_of

__all__ = ["draw_bubbles"]

LARGEST, SMALLEST, ALIKE = 40.0, 7.0, 16.0
"""Diameters of bubbles in points; the last one where all have the same size."""

SIZE = 12.0
WIDEST = 170


@dataclass(frozen=True)
class _Map:
    """A chart on a slide: names and diameters of its bubbles, and the points between the ends of its axes."""

    chart: Bubbles
    names: list[str]
    sizes: list[float]
    width: float
    height: float

    def points(self, point: Point) -> Point:
        """Place in points from the lower left."""
        x, y = self.chart.scales
        return x.place(point[0], self.width), y.place(point[1], self.height)


def draw_bubbles(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Bubbles with their names; the one to look at is highlighted."""
    chart = cast("Bubbles", exhibit.chart)
    if not chart.bubbles:
        add_text(slide, box, chart.nothing, 14, paint=MUTED)
        return
    names = short_names([clean(bubble.name) for bubble in chart.bubbles], WIDEST / SIZE / BROAD)
    inside = Inside(60, 8, 24, 46)
    sizes = chart.diameters(LARGEST, SMALLEST, ALIKE)
    shown = _Map(chart, names, sizes, inside.width(box), inside.height(box))
    x, y = (_axis(*pair) for pair in zip(chart.scales, chart.titles, strict=True))
    trails = [*_line(chart), *_arrows(shown), *_bubbles(shown), _names(shown)]
    scatter(slide, box, exhibit, trails, x, y, inside)


def _axis(scale: Scale, title: str) -> Axis:
    return Axis(scale.low, scale.high, scale.step, Format(scale.decimals).code, title)


def _line(chart: Bubbles) -> list[Trail]:
    """The line, named at its end."""
    ends = chart.line_ends
    if ends is None:
        return []
    name = label_of(chart.line_name, 11, "t", MUTED)
    stroke = Stroke(MUTED, 1.25, "dash")
    return [
        Trail(
            chart.line_name.capitalize(),
            [x for x, _ in ends],
            [y for _, y in ends],
            stroke,
            labels=[None, name],
        )
    ]


def _arrows(shown: _Map) -> list[Trail]:
    each = zip(shown.chart.bubbles, shown.names, shown.sizes, strict=True)
    return [_arrow(shown, b, b.before, name, size) for b, name, size in each if b.before]


def _arrow(shown: _Map, bubble: Bubble, start: Point, name: str, size: float) -> Trail:
    """From where it stood before to the edge of where it stands."""
    length = math.dist(shown.points(start), shown.points((bubble.x, bubble.y)))
    part = max(1 - size / 2 / length, 0.0) if length else 0.0
    paint = HIGHLIGHT if bubble.lit else MUTED
    x = [start[0], start[0] + part * (bubble.x - start[0])]
    y = [start[1], start[1] + part * (bubble.y - start[1])]
    marks = [Marker("circle", max(0.6 * size, 5), CONTEXT), None]
    return Trail(f"{name}: from before", x, y, Stroke(paint, 1.75, arrow=True), marks)


def _bubbles(shown: _Map) -> list[Trail]:
    """Marks of their sizes: the many, and the one."""
    trails = []
    for title, lit, paint in (("Offers", False, CONTEXT), ("Highlighted", True, HIGHLIGHT)):
        own = [i for i, bubble in enumerate(shown.chart.bubbles) if bubble.lit == lit]
        bubbles = [shown.chart.bubbles[i] for i in own]
        marks = [Marker("circle", shown.sizes[i], paint) for i in own]
        notes = [shown.names[i] for i in own]
        trails.append(Trail(title, [b.x for b in bubbles], [b.y for b in bubbles], marks=marks, notes=notes))
    return [trail for trail in trails if trail.x]


def _in_the_way(shown: _Map) -> Iterator[Rectangle]:
    """What names should not stand upon: where bubbles stood before, the ways from there, and the line."""
    for bubble in shown.chart.bubbles:
        if bubble.before:
            start = shown.points(bubble.before)
            yield box_at(start, 10, 10)
            yield from along(start, shown.points((bubble.x, bubble.y)))
    ends = shown.chart.line_ends
    yield from along(shown.points(ends[0]), shown.points(ends[1])) if ends else ()


def _names(shown: _Map) -> Trail:
    """Names beside the bubbles, where they touch least."""
    bubbles, (x, y) = shown.chart.bubbles, shown.chart.scales
    spots = [shown.points((b.x, b.y)) for b in bubbles]
    lines = [*_in_the_way(shown)]
    # A point beyond an end of an axis is not drawn, and takes its label with it.
    limits = (0.0, 0.0, shown.width, shown.height)
    texts = [(points_of(name, SIZE, bold=True), 1.1 * SIZE) for name in shown.names]
    boxes = beside(list(zip(spots, shown.sizes, strict=True)), texts, lines, limits, every=True)
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes if box]
    across, up = (x.high - x.low) / shown.width, (y.high - y.low) / shown.height
    return Trail(
        "Names", [x.low + a * across for a, _ in middles], [y.low + b * up for _, b in middles],
        labels=[
            label_of(name, SIZE, "ctr", HIGHLIGHT if b.lit else INK, bold=b.lit)
            for b, name in zip(bubbles, shown.names, strict=True)
        ],
        notes=shown.names,
    )  # fmt: skip
