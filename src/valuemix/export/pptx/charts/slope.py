"""Slopes: one column a scenario, one line a proposition, its value in the circle at its rank."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.customers.led_by_view import as_slopes
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.lettering import text_width, wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, FAINT, GROUND, HIGHLIGHT, INK, MUTED
from valuemix.export.pptx.page.text import BROAD, add_text, clean, points_of

__all__ = ["draw_slope", "draw_views"]

HEADS = 44
"""Points for the names of the scenarios and their weights."""

FEWEST = 6
PLACES = 26
"""Points for the numbers of the places."""

WIDEST = 190
SMALLEST = 20
"""Points of a circle that is large enough to hold its value."""


def draw_slope(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Ranks in scenario after scenario, drawn from the exhibit's table alone."""
    table = exhibit.table
    if table.empty:
        add_text(slide, box, "No proposition has a value.", 14, paint=MUTED)
        return
    scenarios = table["scenario"].drop_duplicates().tolist()
    count = int(table["place"].max())
    pitch = (box.height_points - HEADS) / max(count, FEWEST)
    size = 13.0 if pitch > 22 else max(9.0, pitch * 0.6)
    names = table["proposition"].drop_duplicates().tolist()
    short = dict(zip(names, short_names([clean(n) for n in names], WIDEST / size / BROAD), strict=True))
    digits = max(len(number(v, exhibit.decimals)) for v in table["value"])
    circle = min(0.86 * pitch, 15 + 4.5 * digits)
    side = max(points_of(name, size, bold=True) for name in short.values()) + circle / 2 + 10
    spare = box.height_points - HEADS - pitch * count
    last = max(len(scenarios) - 1, 1)
    unit = last / (box.width_points - 2 * side - PLACES)
    # The axes also hold the names at both sides and the heads above.
    x = Axis(-(side + PLACES) * unit, last + side * unit)
    y = Axis(0.5 - HEADS / pitch, count + 0.5, reverse=True)
    trails = [
        *_slopes(table, scenarios, exhibit.decimals, circle, size, 0.5 * circle * unit),
        *_names(table, scenarios, short, size, (circle / 2 + 3) * unit),
        _heads(table, scenarios, 0.5 - 0.5 * HEADS / pitch, 1 / unit),
        _numbers(count, x.low, size),
    ]
    scatter(slide, box, exhibit, trails, x, y, Inside(0, 0, 0, spare))


def _circle(size: float, *, lit: bool) -> Marker:
    return Marker("circle", size, HIGHLIGHT) if lit else Marker("circle", size, GROUND, Stroke(FAINT, 1.5))


def _value(text: str, circle: float, size: float, *, lit: bool) -> Label | None:
    """Value in its circle, or on the ground of the slide where circles would be too small."""
    if not text:
        return None
    if circle < SMALLEST:
        return Label(((Word(text, size, HIGHLIGHT if lit else INK, bold=lit),),), "ctr", boxed=True)
    small = min(size - 1, circle / text_width(text) / 1.2, 12)
    return label_of(text, small, "ctr", GROUND if lit else INK, bold=True)


def draw_views(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Ranks under each view of the scores, drawn from the exhibit's table alone."""
    draw_slope(slide, as_slopes(exhibit), box)


def _between(start: float, end: float, radius: float) -> tuple[float, float]:
    """Heights where a line leaves one circle and reaches the next, a column apart.

    Examples
    --------
    >>> _between(1.0, 3.0, 0.1)
    (1.2, 2.8)
    """
    step = round(radius * (end - start), 9)
    return start + step, end - step


def _slopes(
    table: pd.DataFrame, scenarios: list[str], decimals: int, circle: float, size: float, radius: float
) -> list[Trail]:
    """One line a proposition with a gap where a scenario lacks it; the highlighted one last."""
    trails = []
    groups = [(str(n), own) for n, own in table.groupby("proposition", sort=False)]
    for name, own in sorted(groups, key=lambda group: bool(group[1]["highlighted"].any())):
        lit = bool(own["highlighted"].any())
        rows = {row["scenario"]: row for row in own.to_dict("records")}
        places = [float(rows[s]["place"]) if s in rows else math.nan for s in scenarios]
        texts = [number(rows[s]["value"], decimals) if s in rows else "" for s in scenarios]
        found = [_value(text, circle, size, lit=lit) for text in texts]
        mark = _circle(circle, lit=lit) if circle >= SMALLEST else None
        stroke = Stroke(HIGHLIGHT, 4) if lit else Stroke(CONTEXT, 1.75)
        x = [float(k) for k in range(len(scenarios))]
        # Lines end at the circles: what covers what differs between PowerPoint and LibreOffice.
        ends_x = [v for k in x[:-1] for v in (k + radius, k + 1 - radius, math.nan)]
        ends_y = [v for a, b in pairwise(places) for v in (*_between(a, b, radius), math.nan)]
        trails.append(Trail(f"{name}: line", ends_x, ends_y, stroke))
        trails.append(Trail(name, x, places, None, [mark], found, scenarios))
    return trails


def _names(
    table: pd.DataFrame, scenarios: list[str], short: dict[str, str], size: float, away: float
) -> list[Trail]:
    """Names at both ends; one that no end has stands beside its first circle."""
    points: dict[bool, list[tuple[float, float, str, bool]]] = {True: [], False: []}
    ends = (0, len(scenarios) - 1)
    for name, own in table.groupby("proposition", sort=False):
        places = [(scenarios.index(s), float(p)) for s, p in zip(own["scenario"], own["place"], strict=True)]
        lit = bool(own["highlighted"].any())
        for k, place in [each for each in places if each[0] in ends] or places[:1]:
            left = k == 0
            points[left].append((k - away if left else k + away, place, short[str(name)], lit))
    trails = []
    for left, own_points in points.items():
        found = [
            label_of(text, size, "l" if left else "r", HIGHLIGHT if lit else INK, bold=lit)
            for _, _, text, lit in own_points
        ]
        title = "Names at the left" if left else "Names at the right"
        trails.append(Trail(title, [p[0] for p in own_points], [p[1] for p in own_points], labels=found))
    return [trail for trail in trails if trail.x]


def _heads(table: pd.DataFrame, scenarios: list[str], height: float, room: float) -> Trail:
    """Name of each scenario, and its weights where they fit."""
    weights = dict(zip(table["scenario"], table["weights"], strict=True))
    size = 13.0 if room > 110 else 11.0
    fits = max(points_of(text, size - 2) for text in weights.values()) < 0.96 * room
    found = []
    for name in scenarios:
        lines = wrapped(clean(name), max(0.92 * room, 60) / size / BROAD / 1.06, 1 if fits else 2)
        words = [(Word(line, size, INK, bold=True),) for line in lines]
        if fits:
            words.append((Word(str(weights[name]), size - 2, MUTED),))
        found.append(Label(tuple(words), "ctr"))
    x = [float(k) for k in range(len(scenarios))]
    return Trail("Scenarios", x, [height] * len(x), labels=found, notes=scenarios)


def _numbers(count: int, x: float, size: float) -> Trail:
    """Numbers of the places at the far left."""
    places = [float(place) for place in range(1, count + 1)]
    found = [label_of(f"{place:.0f}", size - 1, "r", MUTED) for place in places]
    return Trail("Places", [x] * count, places, labels=found)
