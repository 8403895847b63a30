"""Points and lines over two axes of numbers: most forms are made of these.

PowerPoint draws the last series on top, LibreOffice the first one: forms are made so that no series has
to cover another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.chart_data import Cell
from valuemix.export.pptx.charts.frame import Inside, add_chart, layout
from valuemix.export.pptx.charts.markup import (
    Label,
    Stroke,
    Word,
    attribute,
    fill,
    font,
    labels,
    line,
    name_of,
    numbers,
    paragraph,
)
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import FAINT, MUTED, Paint

__all__ = ["PERCENT", "Axis", "Marker", "Trail", "scatter", "segments"]

PERCENT = '0"\u00a0"%'
"""Number format of shares on an axis."""


@dataclass(frozen=True)
class Marker:
    """Mark of a point; size in points, 2 to 72."""

    symbol: str
    size: float
    fill: Paint | None
    edge: Stroke | None = None


@dataclass(frozen=True)
class Trail:
    """One series: points in their order, joined by a line where there is one.

    Attributes
    ----------
    name : str
        In the workbook; series have no legend.
    x, y : sequence of float
        A NaN is a gap.
    stroke : Stroke or None
        The line.
    marks : sequence of Marker or None
        One a point, or a single one for all; none where it is empty.
    labels : sequence of Label or None
        One a point, or none at all.
    notes : sequence of str
        What each point is, for the workbook.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    stroke: Stroke | None = None
    marks: Sequence[Marker | None] = ()
    labels: Sequence[Label | None] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Axis:
    """An axis of numbers.

    Attributes
    ----------
    low, high : float
        Its ends.
    step : float
        Between ticks; no ticks where it is 0.
    code : str
        Number format of the ticks.
    title : str
        What it measures; none where empty.
    size : float
        Font size in points.
    reverse : bool
        Whether it runs down or left.
    grid : bool
        Whether faint lines cross the plot at its ticks.
    """

    low: float
    high: float
    step: float = 0.0
    code: str = "General"
    title: str = ""
    size: float = 11
    reverse: bool = False
    grid: bool = False


def scatter(
    slide: Slide, box: Box, exhibit: Exhibit, trails: Sequence[Trail], x: Axis, y: Axis, inside: Inside
) -> None:
    """Add a chart of series over two axes of numbers."""
    # LibreOffice drops series that are shorter than a later one: all get the same length.
    length = max((len(trail.x) for trail in trails), default=0)
    rows: list[list[Cell]] = []
    series = "".join(_series(i, trail, length, rows) for i, trail in enumerate(trails))
    plot = (
        f"<c:plotArea>{layout(inside, box)}"
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f'<c:axId val="1"/><c:axId val="2"/></c:scatterChart>'
        f"{_axis(x, (1, 2), 'b', crosses='max' if y.reverse else 'min')}{_axis(y, (2, 1), 'l', crosses='min')}"
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )
    add_chart(slide, box, exhibit, plot, rows)


def segments(
    name: str, ends: Sequence[tuple[float, float]], places: Sequence[float], stroke: Stroke
) -> Trail:
    """Lines along rows, as one series with gaps; none where an end is NaN.

    Examples
    --------
    >>> from valuemix.export.pptx.page.colors import INK
    >>> segments("Ranges", [(0.1, 0.4), (0.2, 0.3)], [1, 2], Stroke(INK, 9)).x
    [0.1, 0.4, nan, 0.2, 0.3, nan]
    """
    x = [v for low, high in ends for v in (low, high, math.nan)]
    y = [v for place in places for v in (float(place), float(place), math.nan)]
    return Trail(name, x, y, stroke)


def _series(index: int, trail: Trail, length: int, rows: list[list[Cell]]) -> str:
    """Markup of a series; its points are added to the rows of the workbook."""
    gaps = [math.nan] * (length - len(trail.x))
    known = [math.nan if math.isnan(a) else float(b) for a, b in zip(trail.x, trail.y, strict=True)]
    x, y = _carried([*trail.x, *gaps]), [*known, *gaps]
    first = len(rows) + 2
    notes = [*trail.notes, *[""] * (length - len(trail.notes))]
    rows.append([None, trail.name])
    rows += [[a, b, note or None] for a, b, note in zip(x, y, notes, strict=True)]
    rows.append([])
    marks = [*trail.marks] if len(trail.marks) != 1 else [*trail.marks] * len(trail.x)
    points = "".join(_mark_of_point(i, mark) for i, mark in enumerate(marks) if len(set(marks)) > 1)
    usual = marks[0] if marks and len(set(marks)) == 1 else None
    # LibreOffice paints marks in the colour of their line, which must not fade then.
    stroke = line(trail.stroke, fades=not any(marks))
    words = [*trail.labels, *[None] * (length - len(trail.labels))]
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name_of(trail.name, "B", first - 1)}'
        f"<c:spPr>{stroke}</c:spPr>{_marker(usual)}{points}"
        f"{labels(y, words)}"
        f"<c:xVal>{numbers(x, 'A', first)}</c:xVal><c:yVal>{numbers(y, 'B', first)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _carried(x: Sequence[float]) -> list[float]:
    """Places across, with the one before at each gap: a gap is one of values alone.

    Examples
    --------
    >>> _carried([0.1, 0.4, math.nan]), _carried([math.nan, 1])
    ([0.1, 0.4, 0.4], [0.0, 1.0])
    """
    carried = [0.0]
    for value in x:
        carried.append(carried[-1] if math.isnan(value) else float(value))
    return carried[1:]


def _marker(marker: Marker | None) -> str:
    if marker is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    size = min(max(round(marker.size), 2), 72)
    return (
        f'<c:marker><c:symbol val="{marker.symbol}"/><c:size val="{size}"/>'
        f"<c:spPr>{fill(marker.fill)}{line(marker.edge, fades=False)}</c:spPr></c:marker>"
    )


def _mark_of_point(index: int, marker: Marker | None) -> str:
    return f'<c:dPt><c:idx val="{index}"/>{_marker(marker)}<c:bubble3D val="0"/></c:dPt>'


def _axis(axis: Axis, ids: tuple[int, int], side: str, *, crosses: str) -> str:
    seen = axis.step > 0
    # LibreOffice reads an end of an axis less exactly than a number, and leaves out what lies beyond.
    more = 0.0 if seen else 1e-6 * (axis.high - axis.low)
    grid = (
        f"<c:majorGridlines><c:spPr>{line(Stroke(Paint(FAINT.theme, 0.9), 0.5))}</c:spPr></c:majorGridlines>"
    )
    return (
        f'<c:valAx><c:axId val="{ids[0]}"/>'
        f'<c:scaling><c:orientation val="{"maxMin" if axis.reverse else "minMax"}"/>'
        f'<c:max val="{float(axis.high + more)!r}"/><c:min val="{float(axis.low - more)!r}"/></c:scaling>'
        f'<c:delete val="{int(not seen)}"/>'
        f'<c:axPos val="{side}"/>{grid if axis.grid else ""}{_title(axis, side)}'
        f'<c:numFmt formatCode="{attribute(axis.code)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr>{line(Stroke(FAINT, 1) if side == 'b' else None)}</c:spPr>{font(Word('', axis.size, MUTED))}"
        f'<c:crossAx val="{ids[1]}"/><c:crosses val="{crosses}"/><c:crossBetween val="midCat"/>'
        + (f'<c:majorUnit val="{axis.step!r}"/>' if seen else "")
        + "</c:valAx>"
    )


def _title(axis: Axis, side: str) -> str:
    if not axis.title:
        return ""
    turned = ' rot="-5400000" vert="horz"' if side == "l" else ' rot="0" vert="horz"'
    text = paragraph([Word(axis.title, axis.size, MUTED)], "ctr")
    rich = f"<c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/>{text}</c:rich></c:tx>"
    return f'<c:title>{rich}<c:overlay val="0"/></c:title>'
