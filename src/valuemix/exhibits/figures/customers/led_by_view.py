"""Slope chart: one column a view of the scores."""

from __future__ import annotations

from dataclasses import replace

from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures import ranks_across as ranks_across_figure
from valuemix.exhibits.figures.theme import Skin

__all__ = ["as_slopes", "draw"]


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Slopes from view to view, drawn from the exhibit's table alone."""
    return ranks_across_figure.draw(as_slopes(exhibit), skin)


def as_slopes(exhibit: Exhibit) -> Exhibit:
    """The exhibit with its views as the columns of a slope chart."""
    table = exhibit.table.rename(columns={"view": "scenario", "meaning": "weights"})
    table["scenario"] = table["scenario"].str.capitalize()
    return replace(exhibit, table=table)
