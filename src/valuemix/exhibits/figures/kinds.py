"""Which function draws which kind of chart as a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from plotly import graph_objects as go

from valuemix.charts.bars import Bars
from valuemix.charts.dumbbells import Dumbbells
from valuemix.charts.lines import Lines
from valuemix.charts.regions import Regions
from valuemix.charts.sentences import Sentences
from valuemix.charts.slopes import Slopes
from valuemix.charts.table import Table
from valuemix.charts.tiles import Tiles
from valuemix.charts.waterfall import Waterfall
from valuemix.exhibits.figures.bars import bars_figure
from valuemix.exhibits.figures.dumbbells import dumbbells_figure
from valuemix.exhibits.figures.lines import lines_figure
from valuemix.exhibits.figures.regions import regions_figure
from valuemix.exhibits.figures.sentences import sentences_figure
from valuemix.exhibits.figures.slopes import slopes_figure
from valuemix.exhibits.figures.table import table_figure
from valuemix.exhibits.figures.tiles import tiles_figure
from valuemix.exhibits.figures.waterfall import waterfall_figure

__all__ = ["FIGURES", "WIDE"]

FIGURES: Mapping[type, Callable[[Any, Any], go.Figure]] = MappingProxyType(
    {
        Bars: bars_figure,
        Dumbbells: dumbbells_figure,
        Lines: lines_figure,
        Regions: regions_figure,
        Sentences: sentences_figure,
        Slopes: slopes_figure,
        Table: table_figure,
        Tiles: tiles_figure,
        Waterfall: waterfall_figure,
    }
)
"""From an exhibit and a skin, by the class of the exhibit's chart."""

WIDE = (Dumbbells, Slopes)
"""Kinds that take all the width that a screen has at least; a narrower page scrolls them."""
