"""Slopes: one line a row from column to column, its value in the circle at its place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import cast

from pptx.slide import Slide

from valuemix.charts.slopes import Slope, Slopes
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import balanced, text_width, wrapped
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.rows import FEWEST, Rows, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, FAINT, GROUND, HIGHLIGHT, INK, MUTED
from valuemix.export.pptx.page.text import BOLD, BROAD, add_text, clean

__all__ = ["draw_slopes"]

HEADS = 44
"""Points for the names of the columns and what is said below them."""

PLACES = 26
"""Points for the numbers of the places."""

WIDEST = 190
SMALLEST = 20
"""Points of a circle that is large enough to hold its value."""


@dataclass(frozen=True)
class _Room:
    """Names, a circle in points, and what a point is on the axis."""

    names: Rows
    circle: float
    unit: float


def draw_slopes(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add a chart of slopes, or say that there is none to show.

    Parameters
    ----------
    slide : Slide
    exhibit : Exhibit
        With slopes for a chart.
    box : Box
        Where it is drawn.
    """
    chart = cast("Slopes", exhibit.chart)
    if not chart.rows:
        add_text(slide, box, f"No {chart.noun} has a value.", 14, paint=MUTED)
        return
    height = box.height_points - HEADS
    names = rows_of([row.name for row in chart.rows], height, WIDEST, max(chart.depth, FEWEST))
    digits = max(len(stop.text) for row in chart.rows for stop in row.stops if stop)
    circle = min(0.86 * names.pitch, 15 + 4.5 * digits)
    side, last = names.width * BOLD + circle / 2 + 10, max(len(chart.heads) - 1, 1)
    room = _Room(names, circle, last / (box.width_points - 2 * side - PLACES))
    # The axes also hold the names at both sides and the heads above.
    x = Axis(-(side + PLACES) * room.unit, last + side * room.unit)
    y = Axis(0.5 - HEADS / names.pitch, chart.depth + 0.5, reverse=True)
    trails = [
        *_slopes(chart, room),
        *_names(chart, room),
        _heads(chart, 0.5 - 0.5 * HEADS / names.pitch, 1 / room.unit),
        _numbers(chart.depth, x.low, names.size),
    ]
    scatter(slide, box, exhibit, trails, x, y, Inside(0, 0, 0, height - names.pitch * chart.depth))


def _circle(size: float, *, lit: bool) -> Marker | None:
    """Circle, where it is large enough to hold its value."""
    if size < SMALLEST:
        return None
    return Marker("circle", size, HIGHLIGHT) if lit else Marker("circle", size, GROUND, Stroke(FAINT, 1.5))


def _value(text: str, circle: float, size: float, *, lit: bool) -> Label:
    """Value in its circle, or on the ground of the slide where circles would be too small."""
    if circle < SMALLEST:
        return Label(((Word(text, size, HIGHLIGHT if lit else INK, bold=lit),),), "ctr", boxed=True)
    small = min(size - 1, circle / text_width(text) / 1.2, 12)
    return Label(((Word(text, small, GROUND if lit else INK, bold=True),),), "ctr")


def _between(start: float, end: float, radius: float) -> tuple[float, float]:
    """Heights where a line leaves one circle and reaches the next, a column apart.

    Examples
    --------
    >>> _between(1.0, 3.0, 0.1)
    (1.2, 2.8)
    """
    step = round(radius * (end - start), 9)
    return start + step, end - step


def _stroke(row: Slope) -> Stroke:
    return Stroke(HIGHLIGHT, 4) if row.lit else Stroke(CONTEXT, 1.75)


def _places(row: Slope) -> list[float]:
    return [float(stop.place) if stop else math.nan for stop in row.stops]


def _slopes(chart: Slopes, room: _Room) -> list[Trail]:
    """One line a row with a gap where a column lacks it; the one to look at last."""
    x, radius = [float(k) for k in range(len(chart.heads))], 0.5 * room.circle * room.unit
    # Lines end at the circles: what covers what differs between PowerPoint and LibreOffice.
    ends_x = [v for k in x[:-1] for v in (k + radius, k + 1 - radius, math.nan)]
    trails = []
    notes = [head.name for head in chart.heads]
    values = partial(_value, circle=room.circle, size=room.names.size)
    for row in sorted(chart.rows, key=lambda row: row.lit):
        places = _places(row)
        found = [values(stop.text, lit=row.lit) if stop else None for stop in row.stops]
        ends_y = [v for a, b in pairwise(places) for v in (*_between(a, b, radius), math.nan)]
        trails.append(Trail(f"{row.name}: line", ends_x, ends_y, _stroke(row)))
        trails.append(Trail(row.name, x, places, None, [_circle(room.circle, lit=row.lit)], found, notes))
    return trails


def _names(chart: Slopes, room: _Room) -> list[Trail]:
    away = (room.circle / 2 + 3) * room.unit
    stops = [
        (row, lines, k, place)
        for row, lines in zip(chart.rows, room.names.lines, strict=True)
        for k, place in row.named
    ]
    trails = []
    for side, title, shift in (("l", "Names at the left", -away), ("r", "Names at the right", away)):
        own = [stop for stop in stops if (stop[2] == 0) == (side == "l")]
        found = [_name(row, lines, room.names.size, side) for row, lines, *_ in own]
        x, y = [k + shift for *_, k, _ in own], [float(place) for *_, place in own]
        trails.append(Trail(title, x, y, labels=found))
    return [trail for trail in trails if trail.x]


def _name(row: Slope, lines: list[str], size: float, side: str) -> Label | None:
    return label_of(lines, size, side, HIGHLIGHT if row.lit else INK, bold=row.lit)


def _heads(chart: Slopes, height: float, room: float) -> Trail:
    """Name of each column, and what is said below it, in two lines where it does not fit in one."""
    size = 13.0 if room > 110 else 11.0
    below = [balanced(clean(head.below), 0.96 * room / (size - 2) / BROAD) for head in chart.heads]
    fits = not any(line.endswith("…") for lines in below for line in lines)
    found = []
    for head, said in zip(chart.heads, below, strict=True):
        lines = wrapped(clean(head.name), max(0.92 * room, 60) / size / BROAD / 1.06, 1 if fits else 2)
        words = [(Word(line, size, INK, bold=True),) for line in lines]
        found.append(Label((*words, *((Word(line, size - 2, MUTED),) for line in said if fits)), "ctr"))
    x = [float(k) for k in range(len(found))]
    return Trail("Columns", x, [height] * len(x), labels=found, notes=[head.name for head in chart.heads])


def _numbers(count: int, x: float, size: float) -> Trail:
    """Numbers of the places at the far left."""
    places = [float(place) for place in range(1, count + 1)]
    found = [label_of(f"{place:.0f}", size - 1, "r", MUTED) for place in places]
    return Trail("Places", [x] * count, places, labels=found)
