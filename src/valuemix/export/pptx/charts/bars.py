"""Stacked bars and columns, with values of another scenario as upright marks over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.chart_data import Cell
from valuemix.export.pptx.charts.frame import Inside, add_chart, layout
from valuemix.export.pptx.charts.markup import (
    Format,
    Label,
    Stroke,
    Word,
    fill,
    font,
    labels,
    line,
    name_of,
    numbers,
    strings,
)
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, Paint

__all__ = ["Bar", "bars"]


@dataclass(frozen=True)
class Bar:
    """One series of a stack.

    Attributes
    ----------
    name : str
        In the workbook.
    values : sequence of float
        One a category; none where NaN.
    paints : sequence of Paint or None
        One a category, or a single one for all; None has no fill.
    labels : sequence of Label or None
        One a category, or none at all.
    over : bool
        Whether it belongs to the marks that lie over the stack, and start at 0 again.
    joined : Stroke or None
        Where it is no bar but a line through its values, upon columns.
    """

    name: str
    values: Sequence[float]
    paints: Sequence[Paint | None]
    labels: Sequence[Label | None] = ()
    over: bool = False
    joined: Stroke | None = None


def bars(
    slide: Slide,
    box: Box,
    exhibit: Exhibit,
    categories: Sequence[str],
    series: Sequence[Bar],
    ends: tuple[float, float],
    inside: Inside,
    *,
    form: Format,
    size: float,
    upright: bool = False,
    gap: int = 50,
) -> None:
    """Add a chart of stacked bars, the first category on top, or of columns where upright.

    Parameters
    ----------
    slide, box, exhibit
        Where, and of what.
    categories : sequence of str
        Labels of the bars.
    series : sequence of Bar
        From the start of the bars on; those that lie over them last.
    ends : (float, float)
        Ends of the axis of values; it is not shown.
    inside : Inside
        Margins of the plot.
    form : Format
        How labels print their numbers.
    size : float
        Font size of the categories in points.
    upright : bool
        Columns in place of bars.
    gap : int
        Room between bars, in percent of one.
    """
    under = [i for i, bar in enumerate(series) if not bar.over and not bar.joined]
    over = [i for i, bar in enumerate(series) if bar.over]
    groups, axes = "", ""
    for number, places in enumerate(filter(None, (under, over))):
        found = "".join(_series(i, series[i], categories, form, edge=not upright) for i in places)
        ids = (2 * number + 1, 2 * number + 2)
        groups += _group(found, ids, gap // (number + 1), upright=upright)
        axes += _axes(ids, ends, size, upright=upright, shown=number == 0)
    groups += _lines(categories, series)
    plot = f"<c:plotArea>{layout(inside, box)}{groups}{axes}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    add_chart(slide, box, exhibit, plot, _rows(categories, series))


def _rows(categories: Sequence[str], series: Sequence[Bar]) -> list[list[Cell]]:
    head: list[Cell] = [None, *(bar.name for bar in series)]
    rows: list[list[Cell]] = [
        [name, *(float(bar.values[i]) for bar in series)] for i, name in enumerate(categories)
    ]
    return [head, *rows]


def _column(index: int) -> str:
    """Column of a series in the workbook: from B to Z, then AA and on."""
    index += 1
    return ("" if index < 26 else chr(64 + index // 26)) + chr(65 + index % 26)


def _series(index: int, bar: Bar, categories: Sequence[str], form: Format, *, edge: bool) -> str:
    column, count = _column(index), len(categories)
    paints = [*bar.paints] * (count if len(bar.paints) == 1 else 1)
    # LibreOffice lets points inherit that a series fades, so the series itself should not.
    usual = next((paint for paint in paints if paint is not None and paint.brightness <= 0), paints[0])
    points = "".join(
        _paint_of_point(i, paint, edge=edge) for i, paint in enumerate(paints) if len(set(paints)) > 1
    )
    shown = labels(bar.values, bar.labels or [None] * count, form)
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name_of(bar.name, column, 1)}'
        f'<c:spPr>{_body(usual, edge=edge and not bar.over)}</c:spPr><c:invertIfNegative val="0"/>{points}{shown}'
        f"<c:cat>{strings(categories, 'A', 2)}</c:cat><c:val>{numbers(bar.values, column, 2)}</c:val></c:ser>"
    )


def _lines(categories: Sequence[str], series: Sequence[Bar]) -> str:
    """Series that are lines, over the axes of the first group."""
    found = "".join(
        f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>{name_of(bar.name, _column(i), 1)}'
        f'<c:spPr>{line(bar.joined)}</c:spPr><c:marker><c:symbol val="none"/></c:marker>'
        f"<c:cat>{strings(categories, 'A', 2)}</c:cat><c:val>{numbers(bar.values, _column(i), 2)}</c:val>"
        '<c:smooth val="0"/></c:ser>'
        for i, bar in enumerate(series)
        if bar.joined
    )
    return found and (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{found}'
        '<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>'
    )


def _body(paint: Paint | None, *, edge: bool) -> str:
    """Fill of a bar, with a thin edge in the colour of the ground between two of a stack."""
    return fill(paint, fades=True) + line(Stroke(GROUND, 0.75) if paint is not None and edge else None)


def _paint_of_point(index: int, paint: Paint | None, *, edge: bool) -> str:
    return (
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_body(paint, edge=edge)}</c:spPr></c:dPt>"
    )


def _group(series: str, ids: tuple[int, int], gap: int, *, upright: bool) -> str:
    return (
        f'<c:barChart><c:barDir val="{"col" if upright else "bar"}"/><c:grouping val="stacked"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{gap}"/><c:overlap val="100"/>'
        f'<c:axId val="{ids[0]}"/><c:axId val="{ids[1]}"/></c:barChart>'
    )


def _axes(ids: tuple[int, int], ends: tuple[float, float], size: float, *, upright: bool, shown: bool) -> str:
    """Both axes of a group: the second group has the same ones, unseen.

    LibreOffice takes no account of a second axis that is deleted, so it is there without line and labels.
    """
    sides = ("b", "l") if upright else ("l", "b")
    direction = "minMax" if upright else "maxMin"
    base = Stroke(MUTED, 1) if upright or ends[0] < 0 else None
    return (
        f'<c:catAx><c:axId val="{ids[0]}"/><c:scaling><c:orientation val="{direction}"/></c:scaling>'
        f'<c:delete val="{int(not shown)}"/><c:axPos val="{sides[0]}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{line(base)}</c:spPr>{font(Word('', size, INK))}"
        f'<c:crossAx val="{ids[1]}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="60"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{ids[1]}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{ends[1]!r}"/><c:min val="{ends[0]!r}"/></c:scaling><c:delete val="{int(shown)}"/>'
        f'<c:axPos val="{sides[1]}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f"<c:spPr>{line(None)}</c:spPr>"
        f'<c:crossAx val="{ids[0]}"/><c:crosses val="{"autoZero" if shown else "max"}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )
