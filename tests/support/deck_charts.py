"""Charts of slides as tests read them: their series, labels and workbooks."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from pptx import Presentation

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.registry import forms_of

BODY = Box.of_inches(0.6, 1.9, 12.13, 4.7)
NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


@dataclass(frozen=True)
class Drawn:
    """A slide with one exhibit on it."""

    slide: Any

    @property
    def frames(self) -> list[Any]:
        return [shape for shape in self.slide.shapes if shape.has_chart]

    @property
    def space(self) -> Any:
        """Root of the chart's markup."""
        return self.frames[0].chart._chartSpace

    @property
    def book(self) -> bytes:
        return self.frames[0].chart.part.chart_workbook.xlsx_part.blob

    @property
    def sheet(self) -> Any:
        return load_workbook(io.BytesIO(self.book))["Sheet1"]

    @property
    def series(self) -> list[str]:
        return [ser.xpath("string(c:tx//c:v)") for ser in self.space.iterfind(".//c:ser", NS)]

    def numbers(self, name: str, what: str = "yVal") -> list[float]:
        """Numbers of a series; NaN where there is none."""
        return points(self._own(name).find(f"c:{what}", NS))

    def labels(self, name: str) -> dict[int, str]:
        """Texts of the labels of a series by point, those that a number format makes as "live"."""
        own: dict[int, str] = {}
        for label in self._own(name).iterfind("c:dLbls/c:dLbl", NS):
            if label.find("c:delete", NS) is None:
                lines = [
                    "".join(t.text or "" for t in p.iterfind(".//a:t", NS))
                    for p in label.iterfind(".//a:p", NS)
                ]
                text = "\n".join(lines) if label.find("c:tx", NS) is not None else "live"
                own[int(label.find("c:idx", NS).get("val"))] = text
        return own

    def _own(self, name: str) -> Any:
        places = [i for i, known in enumerate(self.series) if known == name]
        assert len(places) == 1, (name, self.series)
        return self.space.findall(".//c:ser", NS)[places[0]]


def points(element: Any) -> list[float]:
    """Numbers of a reference with its cache; NaN where there is none."""
    found = [math.nan] * int(element.find(".//c:ptCount", NS).get("val"))
    for point in element.iterfind(".//c:pt", NS):
        found[int(point.get("idx"))] = float(point.find("c:v", NS).text)
    return found


def drawn(exhibit: Exhibit, form: Callable[[Any, Exhibit, Box], None] | None = None) -> Drawn:
    """The exhibit, drawn by its own form, or by another, on an empty slide."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    (form or forms_of(exhibit, BODY, 1.08)[0])(slide, exhibit, BODY)
    return Drawn(slide)


def sheet_markup(book: bytes) -> str:
    """Markup of the only sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return file.read("xl/worksheets/sheet1.xml").decode()
