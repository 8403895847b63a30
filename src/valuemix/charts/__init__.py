"""Charts as data: marks with their texts as printed, and roles in place of colours."""

from typing import Any

from valuemix.charts.bubbles import Bubbles
from valuemix.charts.lines import Lines
from valuemix.charts.regions import Regions
from valuemix.charts.rows import Rows
from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.charts.tiles import Tiles
from valuemix.charts.waterfall import Waterfall

__all__ = ["Chart"]

Chart = Bubbles | Lines | Regions | Sentences | Table | Tiles | Waterfall | Rows[Any]
"""Every kind of chart; screen and deck have a renderer for each."""
