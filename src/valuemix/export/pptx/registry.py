"""Which function draws which kind of chart on a slide; a table becomes as many slides as it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pptx.slide import Slide

from valuemix.charts.bars import Bars
from valuemix.charts.bubbles import Bubbles
from valuemix.charts.dots import Dots
from valuemix.charts.dumbbells import Dumbbells
from valuemix.charts.lines import Lines
from valuemix.charts.ranges import Ranges
from valuemix.charts.regions import Regions
from valuemix.charts.rows import Rows
from valuemix.charts.sentences import Sentences
from valuemix.charts.slopes import Slopes
from valuemix.charts.table import Column, Table
from valuemix.charts.tiles import Tiles
from valuemix.charts.waterfall import Waterfall
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.bubbles import draw_bubbles
from valuemix.export.pptx.charts.dots import draw_dots
from valuemix.export.pptx.charts.dumbbells import draw_dumbbells
from valuemix.export.pptx.charts.lines import draw_lines
from valuemix.export.pptx.charts.ranges import draw_ranges
from valuemix.export.pptx.charts.regions import draw_regions
from valuemix.export.pptx.charts.slopes import draw_slopes
from valuemix.export.pptx.charts.stacks import draw_bars
from valuemix.export.pptx.charts.tiles import draw_tiles
from valuemix.export.pptx.charts.waterfall import draw_waterfall
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.sentences import draw_sentences
from valuemix.export.pptx.page.slide import Form
from valuemix.export.pptx.page.text import BROAD
from valuemix.export.pptx.tables.table_pages import pages_of
from valuemix.export.pptx.tables.tables import LEFT_OUT, below_points, draw_tables, say_left_out

__all__ = ["KINDS", "forms_of", "readable_rows"]

KINDS: Mapping[type, Form] = MappingProxyType(
    {
        Bars: draw_bars,
        Bubbles: draw_bubbles,
        Dots: draw_dots,
        Dumbbells: draw_dumbbells,
        Lines: draw_lines,
        Ranges: draw_ranges,
        Regions: draw_regions,
        Sentences: draw_sentences,
        Slopes: draw_slopes,
        Tiles: draw_tiles,
        Waterfall: draw_waterfall,
    }
)
"""Which function draws which kind of chart."""

PITCH, AROUND = 13.6, 50
"""Least height of a row in points, and room for what stands above and below the rows."""


def forms_of(exhibit: Exhibit, box: Box, broad: float) -> list[Form]:
    """Functions that draw an exhibit, one a slide.

    Parameters
    ----------
    exhibit : Exhibit
    box : Box
        Where it is drawn.
    broad : float
        How much broader than measured the font is.

    Examples
    --------
    >>> from valuemix.exhibits import scores
    >>> from valuemix.model.scenario import Scenario
    >>> body = Box.of_inches(0.6, 1.8, 12, 4.7)
    >>> len(forms_of(scores(Scenario.from_arrays([[5, 5]] * 60)), body, 1.08))
    3
    """
    chart = exhibit.chart
    if isinstance(chart, Table):
        width = box.width_points / broad * BROAD
        pages = pages_of(chart.columns, width, box.height_points - below_points(chart.below, width))
        return [_page(page, () if place else chart.below) for place, page in enumerate(pages)] or [_nothing]
    form = KINDS[type(chart)]
    shown, left_out = readable_rows(exhibit, box)
    if not left_out:
        return [form]

    def draw(slide: Slide, _: Exhibit, box: Box) -> None:
        form(slide, shown, say_left_out(slide, box, left_out))

    return [draw]


def readable_rows(exhibit: Exhibit, box: Box) -> tuple[Exhibit, str]:
    """Exhibit with the first rows of its chart, where it has more than can be read in a box, and what is left out.

    Parameters
    ----------
    exhibit : Exhibit
        With a chart that is no table.
    box : Box
        Where it is drawn.

    Examples
    --------
    >>> from valuemix.exhibits import ranking
    >>> from valuemix.model.scenario import Scenario
    >>> body = Box.of_inches(0.6, 1.8, 12, 4.7)
    >>> readable_rows(ranking(Scenario.from_arrays([[5, 5]] * 60)), body)[1]
    'the last 41 propositions'
    """
    most = max(int((box.height_points - AROUND - LEFT_OUT) / PITCH), 1)
    chart = exhibit.chart
    if not isinstance(chart, Rows) or len(chart) <= most + 1:
        return exhibit, ""
    return replace(exhibit, chart=chart.first(most)), f"the last {len(chart) - most} {chart.noun}s"


def _page(columns: list[Column], below: tuple[Column, ...]) -> Form:
    return lambda slide, _, box: draw_tables(slide, box, columns, below)


def _nothing(_slide: Slide, _exhibit: Exhibit, _box: Box) -> None:
    """Draw nothing: the slide says in words what there would be to see."""
