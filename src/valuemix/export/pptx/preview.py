"""Slides of a deck as HTML: what the deck draws, at its places and in its sizes; charts leave room for a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.opening import appendix_of, opening_of
from valuemix.export.pptx.deck import add_exhibit, add_parts, look_of
from valuemix.export.pptx.page.box import EMU_PER_INCH, EMU_PER_POINT
from valuemix.export.pptx.page.page_layout import PageLayout
from valuemix.export.pptx.page.slide import FOOT, Look, new_slide
from valuemix.export.pptx.page.text import LINE
from valuemix.export.pptx.page.theme_colors import RGB, Colors
from valuemix.export.pptx.registry import forms_of, readable_rows
from valuemix.export.pptx.tables.tables import LEFT_OUT
from valuemix.screen.html.markup import Markup, element

__all__ = ["HEIGHT", "WIDTH", "PreviewedSlide", "preview", "previews"]

WIDTH, HEIGHT = 1280, 720
"""Of a slide in pixels."""

_PIXEL = EMU_PER_INCH / 96
_POINT = 96 / 72
_ANCHORS = {"t": "start", "ctr": "center", "b": "end"}
_SIDES = {"L": "left", "R": "right", "T": "top", "B": "bottom"}
_ALIGNED = {"l": "left", "ctr": "center", "r": "right"}
_UPRIGHT = {"t": "top", "ctr": "middle", "b": "bottom"}
_LINE = qn("a:ln")
_TEXTS = ("Subtitle", "Left out", "Source", "Sentence")


@dataclass(frozen=True)
class PreviewedSlide:
    """One slide as it is shown in a browser.

    Attributes
    ----------
    html : Markup
        Everything but a chart, on a page of 1280 x 720 pixels.
    chart : Exhibit or None
        Whose figure stands on it; none where the HTML is all of it.
    box : tuple of float
        Where the figure stands: left, top, width and height in pixels.
    """

    html: Markup
    chart: Exhibit | None
    box: tuple[float, float, float, float]


def preview(exhibits: Sequence[Exhibit], place: int, *, today: date | None = None) -> list[PreviewedSlide]:
    """Slides of one exhibit of a deck on the plain template.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        All of the deck, which has titles of one size.
    place : int
        Which of them.
    today : date, optional
        Named at the foot; today where it is None.

    Examples
    --------
    >>> from valuemix.exhibits import ranking, scores
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2], [6, 5]])
    >>> [slide] = preview([ranking(scenario), scores(scenario)], 1)
    >>> "<table" in slide.html, slide.chart
    (True, None)
    """
    look, exhibit = look_of(exhibits, today=today), exhibits[place]
    page_layout = look.page_layout
    for _ in range(_slides_before(look, exhibits, place)):  # so that the numbers are those of the deck
        new_slide(page_layout)
    return _previewed(page_layout, exhibit, add_exhibit(look, exhibit))


def previews(exhibits: Sequence[Exhibit], *, today: date | None = None) -> Iterator[PreviewedSlide]:
    """All slides of a deck on the plain template, its title slides among them; parameters as for `preview`.

    Examples
    --------
    >>> from valuemix.exhibits import ranking, scores
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2], [6, 5]])
    >>> [slide.chart and slide.chart.key for slide in previews([ranking(scenario), scores(scenario)])]
    [None, 'ranking', None, None]
    """
    look = look_of(exhibits, today=today)
    opening = opening_of(exhibits) if len(exhibits) > 1 else None
    for part in add_parts(look, exhibits, opening):
        yield from _previewed(look.page_layout, part.exhibit, part.slides)


def _previewed(
    page_layout: PageLayout, exhibit: Exhibit | None, slides: Sequence[Any]
) -> list[PreviewedSlide]:
    """Slides of one exhibit, or a title slide."""
    if exhibit is None or isinstance(exhibit.chart, Sentences | Table):
        return [
            PreviewedSlide(_page(slide.shapes, page_layout), None, _pixels(page_layout.body))
            for slide in slides
        ]
    shown, left_out = readable_rows(exhibit, page_layout.body)
    body = page_layout.body.cut(bottom=LEFT_OUT * EMU_PER_POINT) if left_out else page_layout.body
    texts = [s for s in slides[0].shapes if s.is_placeholder or s.name in _TEXTS]
    in_words = any(shape.name == "Sentence" for shape in texts)
    return [PreviewedSlide(_page(texts, page_layout), None if in_words else shown, _pixels(body))]


def _slides_before(look: Look, exhibits: Sequence[Exhibit], place: int) -> int:
    start = appendix_of([each.key for each in exhibits])
    covers = int(len(exhibits) > 1) + int(start is not None and place >= start)
    own = (len(forms_of(each, look.page_layout.body, look.page_layout.broad)) for each in exhibits[:place])
    return covers + sum(own)


def _pixels(box: Any) -> tuple[float, float, float, float]:
    left, top, width, height = (
        round(each / _PIXEL, 1) for each in (box.left, box.top, box.width, box.height)
    )
    return left, top, width, height


def _page(shapes: Iterable[Any], page_layout: PageLayout) -> Markup:
    """A white page with these shapes on it."""
    ink = _hex(page_layout.scenery.colors.named["dk1"])
    look = (
        f"position:relative;width:{WIDTH}px;height:{HEIGHT}px;background:#fff;color:{ink};color-scheme:light"
    )
    font = f"font-family:Arial,'Liberation Sans',sans-serif;line-height:{LINE}"
    return element("div", *(_shape(shape, page_layout) for shape in shapes), style=f"{look};{font}")


def _shape(shape: Any, page_layout: PageLayout) -> Markup:
    left, top, width, height = _pixels(shape)
    place, colors = f"position:absolute;left:{left}px;top:{top}px;width:{width}px", page_layout.scenery.colors
    if shape.has_table:
        return _table(shape, place, colors)
    if not shape.has_text_frame:
        return element("div", style=f"{place};border-top:{_line(shape.element.find(f'.//{_LINE}'), colors)}")
    body = shape.text_frame._txBody  # noqa: SLF001 -- python-pptx has no words for fields
    return _text(body, f"{place};height:{height}px;{_inherited(shape, page_layout)}", colors)


def _inherited(shape: Any, page_layout: PageLayout) -> str:
    """What a placeholder takes from its layout, and says nothing of."""
    if not shape.is_placeholder:
        return ""
    kind = shape.element.ph.get("type")
    if kind == "title":
        return f"font-size:{page_layout.title.size * _POINT}px;font-weight:{700 if page_layout.title.bold else 400}"
    if kind == "ctrTitle":
        return f"font-size:{32 * _POINT}px;font-weight:700;align-content:end"
    if kind == "subTitle":
        return f"color:{_hex(page_layout.scenery.colors.named['dk2'])}"
    return f"font-size:{FOOT * _POINT}px;text-align:right"


def _text(body: Any, look: str, colors: Colors) -> Markup:
    """Paragraphs of a text body, at its top, middle or foot."""
    paragraphs = []
    for paragraph in body.iter(qn("a:p")):
        own = paragraph.find(qn("a:pPr"))
        align = None if own is None else own.get("algn")
        runs = [*paragraph.iter(qn("a:r"), qn("a:fld"))]
        looks = [f"text-align:{_ALIGNED[align]}"] if align else []
        looks += _size(runs[0]) if runs else []  # as high as its words
        above = None if own is None else own.find(qn("a:spcBef") + "/" + qn("a:spcPts"))
        looks += [] if above is None else [f"padding-top:{int(above.get('val')) / 100 * _POINT:g}px"]
        words = (_run(run, colors) for run in runs)
        paragraphs.append(element("div", *words, style=";".join(looks) or False))
    anchor = _ANCHORS[body.find(qn("a:bodyPr")).get("anchor", "t")]
    return element("div", *paragraphs, style=f"display:grid;align-content:{anchor};{look}")


def _font(run: Any) -> Any:
    """Font of a run; one that says nothing where the run has none of its own."""
    own = run.find(qn("a:rPr"))
    return etree.Element("none") if own is None else own


def _size(run: Any) -> list[str]:
    size = _font(run).get("sz")
    return [f"font-size:{int(size) / 100 * _POINT:g}px"] if size else []


def _run(run: Any, colors: Colors) -> Markup:
    font = _font(run)
    bold, color = font.get("b"), _color(font, colors)
    looks = _size(run)
    looks += [f"font-weight:{700 if bold in ('1', 'true') else 400}"] if bold else []
    looks += [f"color:{color}"] if color else []
    return element("span", run.findtext(qn("a:t")) or "", style=";".join(looks) or False)


def _color(holder: Any, colors: Colors) -> str | None:
    """Colour of the fill that an element has itself."""
    fill = holder.find(qn("a:solidFill"))
    found = None if fill is None else colors.of(fill[0])
    return found and _hex(found)


def _hex(color: RGB) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in color)


def _line(line: Any, colors: Colors) -> str:
    return f"{int(line.get('w')) / _PIXEL:.2f}px solid {_color(line, colors)}"


def _table(shape: Any, place: str, colors: Colors) -> Markup:
    """A table with the widths, heights, grounds and lines of its cells."""
    table = shape.table
    widths = [element("col", style=f"width:{column.width / _PIXEL:.1f}px") for column in table.columns]
    rows = [
        element(
            "tr",
            *(
                _cell(
                    cell,
                    "td" if r and c else "th",
                    colors,
                    scope=False if r and c else ("row" if r else "col"),
                )
                for c, cell in enumerate(row.cells)
            ),
            style=f"height:{row.height / _PIXEL:.1f}px",
        )
        for r, row in enumerate(table.rows)
    ]
    look = f"{place};margin:0;table-layout:fixed;border-collapse:collapse"
    alt = shape.element.find(f".//{qn('p:cNvPr')}").get("descr", "")
    return element("table", element("colgroup", *widths), element("tbody", *rows), style=look, aria_label=alt)


def _cell(cell: Any, tag: str, colors: Colors, *, scope: str | bool) -> Markup:
    properties = cell._tc.tcPr  # noqa: SLF001 -- python-pptx has no words for borders
    looks = [
        f"padding:1px {cell.margin_right / _PIXEL:.1f}px 1px {cell.margin_left / _PIXEL:.1f}px",
        "border:0",
    ]
    looks += (
        [f"background:{_color(properties, colors)}"] if properties.find(qn("a:solidFill")) is not None else []
    )
    for side, name in _SIDES.items():
        line = properties.find(qn(f"a:ln{side}"))
        looks += [] if line is None else [f"border-{name}:{_line(line, colors)}"]
    looks.append(f"vertical-align:{_UPRIGHT[properties.get('anchor', 't')]};text-align:left;font-weight:400")
    return element(tag, _text(cell._tc.txBody, "", colors), style=";".join(looks), scope=scope)  # noqa: SLF001
