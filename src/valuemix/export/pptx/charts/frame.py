"""A chart on a slide: its parts put together, its place, its alt text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Emu

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.chart_data import Block, workbook
from valuemix.export.pptx.charts.markup import Word, font
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.slide import describe

__all__ = ["Inside", "add_chart", "layout"]


@dataclass(frozen=True)
class Inside:
    """Margins of the plot inside the chart, in points: room for labels and axes."""

    left: float
    top: float
    right: float
    bottom: float

    def width(self, box: Box) -> float:
        """Width of the plot in points."""
        return box.width_points - self.left - self.right

    def height(self, box: Box) -> float:
        """Height of the plot in points."""
        return box.height_points - self.top - self.bottom


def layout(inside: Inside, box: Box) -> str:
    """Fixed place of the inner plot: nothing moves when labels are long or the data change."""
    x, y = inside.left / box.width_points, inside.top / box.height_points
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + _extent(x, y, inside.width(box) / box.width_points, inside.height(box) / box.height_points)
        + "</c:manualLayout></c:layout>"
    )


def _extent(x: float, y: float, width: float, height: float) -> str:
    return f'<c:x val="{x:.5f}"/><c:y val="{y:.5f}"/><c:w val="{width:.5f}"/><c:h val="{height:.5f}"/>'


class _Data:
    """What python-pptx asks for when it adds a chart: markup and workbook."""

    def __init__(self, markup: str, rows: Block) -> None:
        self._markup, self._rows = markup, rows

    def xml_bytes(self, _kind: XL_CHART_TYPE) -> bytes:
        return self._markup.encode()

    @property
    def xlsx_blob(self) -> bytes:
        return workbook(self._rows)


_CHART = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>{body}'
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{font}</c:chartSpace>"
)


def add_chart(slide: Slide, box: Box, exhibit: Exhibit, body: str, rows: Block) -> Any:
    """Put a chart on a slide.

    Parameters
    ----------
    slide : Slide
    box : Box
        Where it stands.
    exhibit : Exhibit
        Names the frame and gives its alt text.
    body : str
        Markup of the plot area, and of the legend where there is one.
    rows : sequence of rows
        Cells of the workbook inside.

    Returns
    -------
    GraphicFrame
        Of python-pptx.
    """
    markup = _CHART.format(body=body, font=font(Word("", 12)))
    place = (Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
    # The kind is of no use here: the markup says it all.
    data: Any = _Data(markup, rows)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, data)
    frame.name = f"Chart {exhibit.key}"
    describe(frame, exhibit.alt)
    return frame
