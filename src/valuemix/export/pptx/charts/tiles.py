"""Tiles on slides, native: one even cell a setting, numbered and coloured by leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

from pptx.slide import Slide

from valuemix.charts.regions import Leader
from valuemix.charts.tiles import Tiles
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.regions import KEY, add_leaders_key
from valuemix.export.pptx.charts.scatter import Axis, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, points_of

__all__ = ["draw_tiles"]

LEFT, BELOW, ABOVE = 96, 60, 20
"""Points for the settings up, for those across, and for their titles."""

SIZE, SMALLEST = 11.0, 9.0


def draw_tiles(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add a map of tiles.

    Parameters
    ----------
    slide : Slide
    exhibit : Exhibit
        With tiles for a chart.
    box : Box
        Where it is drawn.
    """
    chart = cast("Tiles", exhibit.chart)
    columns, rows = len(chart.across), len(chart.up)
    pitch = (box.height_points - ABOVE - BELOW) / rows
    # The axis up also holds the settings below and a title above.
    y = Axis(0.5 - BELOW / pitch, rows + 0.5 + ABOVE / pitch)
    paints = [_paint(leader) for leader in chart.leaders]
    broader = breadth(slide.slide_layout) / BROAD
    trails = [
        *(_tiles(chart, place, Stroke(paint, 0.9 * pitch)) for place, paint in enumerate(paints)),
        _numbers(chart),
        _across(chart, (box.width_points - LEFT - KEY) / columns / broader),
        _settings(chart.titles[1], chart.up, SIZE, along=False),
        _titles(chart, y.low + 8 / pitch, y.high - 8 / pitch),
    ]
    scatter(slide, box, exhibit, trails, Axis(0.5, columns + 0.5), y, Inside(LEFT, 0, KEY, 0))
    numbered = [replace(each, name=f"{i}  {each.name}") for i, each in enumerate(chart.leaders, start=1)]
    add_leaders_key(slide, box, numbered, paints)


def _paint(leader: Leader) -> Paint:
    return MUTED if leader.color is None else discipline(leader.color)


def _tiles(chart: Tiles, leader: int, stroke: Stroke) -> Trail:
    own = [(x, y) for y, row in enumerate(chart.rows, 1) for x, cell in enumerate(row, 1) if cell == leader]
    spans = [(x - 0.47, x + 0.47) for x, _ in own]
    return segments(chart.leaders[leader].name, spans, [y for _, y in own], stroke)


def _numbers(chart: Tiles) -> Trail:
    """Numbers of the leaders; today's setting on a ground of its own."""
    cells = [(x, y, cell) for y, row in enumerate(chart.rows, 1) for x, cell in enumerate(row, 1)]
    today = Label(((Word(chart.now, SIZE, INK, bold=True),),), "ctr", boxed=True)
    texts = [text for row in chart.texts for text in row]
    found = [today if text == chart.now else label_of(text, SIZE, "ctr", GROUND) for text in texts]
    notes = [chart.leaders[cell].name for _, _, cell in cells]
    return Trail("Settings", [x for x, _, _ in cells], [y for _, y, _ in cells], labels=found, notes=notes)


def _across(chart: Tiles, pitch: float) -> Trail:
    """Settings below columns of a width in points, as large as none touches the next."""
    widths = [max(points_of(line, 1.0) for line in text.split("\n")) for text in chart.across]
    widest = max((one + other) / 2 for one, other in pairwise([*widths, 0.0]))
    size = max(SMALLEST, min(SIZE, 0.92 * pitch / widest))
    return _settings(chart.titles[0], chart.across, size, along=True)


def _settings(title: str, texts: Sequence[str], size: float, *, along: bool) -> Trail:
    """Settings along an edge of the map."""
    places = [float(place) for place in range(1, len(texts) + 1)]
    edge = [0.5] * len(texts)
    found = [label_of(text.split("\n"), size, "b" if along else "l", MUTED) for text in texts]
    return Trail(title, places if along else edge, edge if along else places, labels=found, notes=texts)


def _titles(chart: Tiles, low: float, high: float) -> Trail:
    """Titles of the settings: below the map, and above the settings at its left."""
    found = [label_of(chart.titles[0], SIZE, "ctr", MUTED), label_of(chart.titles[1], SIZE, "l", MUTED)]
    return Trail("Dials", [(len(chart.across) + 1) / 2, 0.5], [low, high], labels=found)
