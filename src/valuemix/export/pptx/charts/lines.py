"""Lines on slides, native: the leader thick, names at the ends, crossovers and today marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from pptx.slide import Slide

from valuemix.charts.lines import Line, Lines
from valuemix.charts.placing import spread
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Label, Stroke, label_of
from valuemix.export.pptx.charts.scatter import PERCENT, Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, GROUND, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import BROAD, add_text, clean, cut_to, points_of
from valuemix.screen.lines import crossing_labels

__all__ = ["draw_lines"]

ABOVE, BELOW, LEFT = 18, 40, 40
"""Points for today's label, for the axis with its title, and for the ticks of values."""

WIDEST = 200
"""Points that a name at the end of a line takes at most."""

END = 1.04
"""End of the axis: beyond 1 there is room for connections to displaced names."""


def draw_lines(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add a chart of lines, or say that there are none.

    Parameters
    ----------
    slide : Slide
    exhibit : Exhibit
        With lines for a chart.
    box : Box
        Where it is drawn.
    """
    chart = cast("Lines", exhibit.chart)
    if not chart.lines:
        add_text(slide, box, "There is nothing to draw.", 14, paint=MUTED)
        return
    height = box.height_points - ABOVE - BELOW
    size = min(12.0, max(9.0, height / len(chart.lines) / 1.25))
    ends = chart.ends(int(height / 1.2 / size))
    short = short_names([clean(line.name) for line in chart.lines], WIDEST / size / BROAD)
    texts = dict(zip((line.name for line in chart.lines), short, strict=True))
    right = max(points_of(texts[line.name], size, bold=True) for line in ends) + 10
    inside, axis = Inside(LEFT, ABOVE, right, BELOW), chart.axis
    unit, across = (axis.high - axis.low) / inside.height(box), END / inside.width(box)
    places = spread([line.known[-1] for line in ends], 1.25 * size * unit, axis.low, axis.high)
    labels = [
        label_of(texts[line.name], size, "r", _twin(line), bold=line.color is not None) for line in ends
    ]
    trails = [
        *(Trail(each.name, chart.places, each.values, _stroke(each)) for each in chart.lines),
        *(_thick(chart, line) for line in chart.lines if line.color is not None),
        *_crossings(chart, across, unit),
        *_today(chart),
        *_names(ends, places, labels, 2 * unit),
    ]
    title = chart.titled(lambda name: cut_to(clean(name), 250, 11, 1))
    y = Axis(axis.low, axis.high, axis.step, Format(axis.digits).code, grid=True)
    scatter(slide, box, exhibit, trails, Axis(0.0, END, 0.2, PERCENT, title), y, inside)


def _stroke(line: Line) -> Stroke:
    return Stroke(CONTEXT, 1) if line.color is None else Stroke(discipline(line.color), 1.5)


def _twin(line: Line) -> Paint:
    """Colour of a name: that of its line, darker."""
    own = discipline(line.color or 0)
    return MUTED if line.color is None else Paint(own.theme, own.brightness or -0.2)


def _thick(chart: Lines, line: Line) -> Trail:
    """Thick where this one leads, with a circle at its crossovers; dashed where it ties with one before it."""
    crossing = {each.at for each in chart.crossings}
    mark = Marker("circle", 8, GROUND, Stroke(INK, 1.5))
    marks = [mark if on and at in crossing else None for at, on in zip(chart.places, line.leads, strict=True)]
    stroke = Stroke(discipline(line.color or 0), 4.5, "sysDash" if line.tied else "solid")
    return Trail(f"{line.name} leads", chart.places, line.leading, stroke, marks)


def _crossings(chart: Lines, across: float, unit: float) -> list[Trail]:
    """Dotted lines down from the crossovers, and their shares above the leader's line."""
    if not chart.crossings:
        return []
    half = max(points_of(each.text, 12, bold=True) for each in chart.crossings) * across / 2
    labels = crossing_labels(chart, half, 4 * across)
    texts = [text for _, _, text in labels]
    found = [label_of(text, 12, "t", INK, bold=True) for text in texts]
    over = [top + 3 * unit for _, top, _ in labels]
    return [
        _down(chart),
        Trail("Crossovers in print", [at for at, _, _ in labels], over, labels=found, notes=texts),
    ]


def _down(chart: Lines) -> Trail:
    x = [v for each in chart.crossings for v in (each.at, each.at, math.nan)]
    y = [v for each in chart.crossings for v in (chart.height(each.at), chart.axis.low, math.nan)]
    return Trail("Crossovers", x, y, Stroke(MUTED, 0.75, "sysDot"))


def _today(chart: Lines) -> list[Trail]:
    label = label_of(chart.today_text, 12, "t", INK)
    ends = [chart.axis.low, chart.axis.high]
    stroke = Stroke(INK, 1.25)
    return [Trail("Today", [chart.today] * 2, ends, stroke, labels=[None, label])] if label else []


def _names(
    ends: Sequence[Line], places: Sequence[float], labels: Sequence[Label | None], far: float
) -> list[Trail]:
    """Names at the ends of the lines, connected where they had to move."""
    moved = [(line.known[-1], place) for line, place in zip(ends, places, strict=True)]
    moved = [pair for pair in moved if abs(pair[0] - pair[1]) > far]
    x = [v for _ in moved for v in (1.003, END - 0.003, math.nan)]
    y = [v for pair in moved for v in (*pair, math.nan)]
    names = Trail("Names", [END] * len(ends), places, labels=labels, notes=[line.name for line in ends])
    return [Trail("Connections", x, y, Stroke(CONTEXT, 0.75)), names] if moved else [names]
