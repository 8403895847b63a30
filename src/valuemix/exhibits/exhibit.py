"""The noun of all that comes out: one finding with its table and chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Literal

import pandas as pd

from valuemix.charts import Chart
from valuemix.exhibits.words.notebook_page import page
from valuemix.exhibits.words.wording import source_of
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario

if TYPE_CHECKING:
    from plotly import graph_objects as go

__all__ = ["Exhibit", "Origin", "SkinName"]

SkinName = Literal["deck", "light", "dark"]


@dataclass(frozen=True)
class Origin:
    """What an exhibit can be made anew from.

    Attributes
    ----------
    slide : Slide
        Which exhibit, with its options.
    scenarios : tuple of Scenario
        The open one, then those that it is compared with.
    """

    slide: Slide
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Exhibit:
    """One finding with its table and chart; screen, deck, workbook and report show the same one.

    Attributes
    ----------
    key : str
        Kind of exhibit, such as ``"ranking"``; `exhibit_kind` enters it.
    finding : str
        One sentence with its numbers, plain text, true of the figures shown.
    subtitle : str
        What is shown, in which unit, for whom.
    table : DataFrame
        Tidy, in full precision; the figure is drawn from it alone.
    source : str
        Where the data come from, and the scenario; those of the first scenario by default.
    notes : tuple of str
        What a reader must know to read the chart right; blank ones are left out.
    alt : str
        What the chart shows, in words, for those who do not see it.
    decimals : int
        Decimals with which values are shown.
    scenarios : tuple of Scenario
        What it was computed from, the open one or the baseline first.
    chart : Chart
        What slide, screen and report show, with its texts as printed.
    reasons : tuple of str
        Reasons behind the scores that are shown, one a line, for speaker notes and the report.
    origin : Origin or None
        What it can be made anew from; None where it was made from a result, not for a slide.
    """

    key: str = ""
    finding: str
    subtitle: str
    table: pd.DataFrame
    source: str = ""
    notes: tuple[str, ...]
    alt: str
    decimals: int
    scenarios: tuple[Scenario, ...] = field(repr=False)
    chart: Chart = field(repr=False)
    reasons: tuple[str, ...] = field(default=(), repr=False)
    origin: Origin | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", tuple(filter(None, self.notes)))
        object.__setattr__(self, "source", self.source or source_of(self.scenarios[0]))

    @property
    def figure(self) -> go.Figure:
        """Chart for a deck: 1280 x 720, white, with title and foot."""
        return self.figure_in("deck")

    def figure_in(self, skin: SkinName) -> go.Figure:
        """Chart in a skin.

        Parameters
        ----------
        skin : {"deck", "light", "dark"}
            For a deck, or for a screen in light or dark mode: transparent, as wide as the
            page, without title and foot, which the page shows as text.
        """
        # By name, not imported: figures are drawn a floor above, and Plotly loads when the first is asked for.
        figure: go.Figure = import_module("valuemix.screen.kinds").figure_in(self, skin)
        return figure

    def _repr_html_(self) -> str:
        """What a notebook shows: the finding and the table behind the chart; `figure` shows the chart."""
        return page(self.finding, self.table, self.subtitle, f"Source: {self.source}", *self.notes)
