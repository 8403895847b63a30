"""Which function draws which kind of chart as a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from plotly import graph_objects as go

from valuemix.charts.bars import Bars
from valuemix.charts.bubbles import Bubbles
from valuemix.charts.dots import Dots
from valuemix.charts.dumbbells import Dumbbells
from valuemix.charts.lines import Lines
from valuemix.charts.ranges import Ranges
from valuemix.charts.regions import Regions
from valuemix.charts.sentences import Sentences
from valuemix.charts.slopes import Slopes
from valuemix.charts.table import Table
from valuemix.charts.tiles import Tiles
from valuemix.charts.waterfall import Waterfall
from valuemix.exhibits.exhibit import Exhibit, SkinName
from valuemix.exhibits.words.lettering import text_width
from valuemix.screen.bars import bars_figure
from valuemix.screen.bubbles import bubbles_figure
from valuemix.screen.dots import dots_figure
from valuemix.screen.dumbbells import dumbbells_figure
from valuemix.screen.lines import lines_figure
from valuemix.screen.ranges import ranges_figure
from valuemix.screen.regions import regions_figure
from valuemix.screen.sentences import sentences_figure
from valuemix.screen.skins import SKINS
from valuemix.screen.slopes import slopes_figure
from valuemix.screen.table import table_figure
from valuemix.screen.tiles import tiles_figure
from valuemix.screen.waterfall import waterfall_figure

__all__ = ["FIGURES", "figure_in", "is_wide"]

FIGURES: Mapping[type, Callable[[Any, Any], go.Figure]] = MappingProxyType(
    {
        Bars: bars_figure,
        Bubbles: bubbles_figure,
        Dots: dots_figure,
        Dumbbells: dumbbells_figure,
        Lines: lines_figure,
        Ranges: ranges_figure,
        Regions: regions_figure,
        Sentences: sentences_figure,
        Slopes: slopes_figure,
        Table: table_figure,
        Tiles: tiles_figure,
        Waterfall: waterfall_figure,
    }
)
"""From an exhibit and a skin, by the class of the exhibit's chart."""

_WIDE = (Bars, Bubbles, Dots, Dumbbells, Ranges, Slopes, Waterfall)

_NARROW = 8.0
"""Letters of a name beside which ranges fit on a phone."""


def is_wide(chart: object) -> bool:
    """Whether a chart takes all the width that a screen has at least; a narrower page scrolls it.

    Examples
    --------
    >>> from valuemix.charts.ranges import End, Range
    >>> ends = End(0.1, "0.1", left=True), End(0.3, "0.3", left=False)
    >>> [is_wide(Ranges((Range(name, (), ends),), "wave", (), 1)) for name in ("2026-05-01", "over Predictive uptime")]
    [False, True]
    """
    if isinstance(chart, Ranges) and not chart.whole:
        return any(row.note or text_width(row.name) > _NARROW for row in chart.rows)
    return isinstance(chart, _WIDE)


def figure_in(exhibit: Exhibit, skin: SkinName) -> go.Figure:
    """Figure of an exhibit.

    Parameters
    ----------
    exhibit : Exhibit
    skin : {"deck", "light", "dark"}
        Where it is shown.
    """
    return FIGURES[type(exhibit.chart)](exhibit, SKINS[skin])
