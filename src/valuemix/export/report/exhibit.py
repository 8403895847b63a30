"""One exhibit of the report: its finding, its chart and the numbers behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit, SkinName
from valuemix.export.report.numbers import numbers
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.html.table import table_html

__all__ = ["Entry", "entries_of"]

INPUTS = frozenset({"weights", "scores"})


@dataclass(frozen=True)
class Entry:
    """An exhibit at its place in the report.

    Attributes
    ----------
    exhibit : Exhibit
        What is shown.
    place : int
        Where it stands, from 1.
    label : str
        What it is called from elsewhere: its number, or ``"the summary"``.
    """

    exhibit: Exhibit
    place: int
    label: str

    @property
    def id(self) -> str:
        """Name of its section."""
        return f"exhibit-{self.place}"

    @property
    def chart_id(self) -> str:
        """Name of its chart."""
        return f"chart-{self.place}"

    @property
    def is_summary(self) -> bool:
        """Whether it opens the report."""
        return self.exhibit.key == "summary"

    @property
    def is_input(self) -> bool:
        """Whether it shows what was put in and stands at the end."""
        return self.exhibit.key in INPUTS

    def figures(self) -> dict[SkinName, Any]:
        """Its figure in light and in dark; none where it is sentences or a table."""
        if isinstance(self.exhibit.chart, Sentences | Table):
            return {}
        skins: tuple[SkinName, SkinName] = ("light", "dark")
        return {skin: json.loads(self.exhibit.figure_in(skin).to_json(validate=False)) for skin in skins}

    def section(self, figures: dict[SkinName, Any]) -> Markup:
        """Its section of the page."""
        exhibit = self.exhibit
        number = "" if self.is_summary else f"{self.label}. "
        if isinstance(exhibit.chart, Sentences):
            items = [
                element(tag, text)
                for row in exhibit.chart.rows
                for tag, text in zip(("dt", "dd"), row, strict=True)
            ]
            sentences = element("dl", *items, class_="sentences")
            shown, behind = [sentences, element("p", self._foot, class_="foot")], []
        else:
            shown, behind = [self._chart(figures)], [numbers(exhibit), *_reasons(exhibit)]
        head = [
            element("h3" if self.is_input else "h2", f"{number}{exhibit.finding}"),
            element("p", exhibit.subtitle, class_="subtitle"),
        ]
        together = element("div", *head, *shown, class_="together")
        kind = "lead" if self.is_summary else "finding"
        return element("section", together, *behind, id=self.id, class_=kind)

    def _chart(self, figures: dict[SkinName, Any]) -> Markup:
        if isinstance(self.exhibit.chart, Table):
            shown = table_html(self.exhibit.chart, self.exhibit.subtitle)
        else:
            height = f"height:{figures['light']['layout']['height']}px"
            chart = element(
                "div", id=self.chart_id, class_="chart", role="img", aria_label=self.exhibit.alt, style=height
            )
            shown = element("div", chart, class_="scroll")
        return element("figure", shown, element("figcaption", self._foot, class_="foot"))

    @property
    def _foot(self) -> str:
        return " · ".join([f"Source: {self.exhibit.source}", *self.exhibit.notes])


def _reasons(exhibit: Exhibit) -> list[Markup]:
    """Reasons behind the scores that it shows, folded away."""
    if not exhibit.reasons:
        return []
    items = [element("li", line) for line in exhibit.reasons]
    return [element("details", element("summary", "Reasons"), element("ul", *items))]


def entries_of(exhibits: Sequence[Exhibit]) -> list[Entry]:
    """Exhibits at their places: summaries first, inputs last, all else as given."""
    ordered = sorted(exhibits, key=lambda e: (e.key != "summary", e.key in INPUTS))
    summaries = sum(exhibit.key == "summary" for exhibit in exhibits)
    return [
        Entry(exhibit, place, "the summary" if place <= summaries else str(place - summaries))
        for place, exhibit in enumerate(ordered, start=1)
    ]
