"""Every text and mark of a slide made to stand out from what is behind it.

Slides are drawn in the colours of the theme, and a theme may have a pale first accent or a bright
second text colour. Here each colour is resolved and compared with the ground, the art or the mark
behind it: texts need a contrast of 4.5, marks 3 (WCAG 2.2). What falls short is made darker or lighter
in its own hue, then takes the text colour of the theme.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide

from valuemix.export.pptx.page.artwork import Scenery
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.theme_colors import RGB, Colors, contrast, least_contrast

__all__ = ["LARGE", "MARK", "TEXT", "stand_out"]

TEXT, MARK = 4.5, 3.0
"""Least contrast of texts, and of marks."""

LARGE = 14
"""Bold texts from this size in points on are read like marks."""

_OWN = ((75, 0), (60, 0), (45, 0), (30, 0), (60, 40), (40, 60), (20, 80))
"""The same hue darker, then lighter: shares of the lightness that stay, and that are added."""

_TEXT = (
    ("tx1", (85, 15)),
    ("tx1", (100, 0)),
    ("bg1", (100, 0)),
    ("dk1", (100, 0)),
    ("lt1", (100, 0)),
    ("tx1", (45, 0)),
)
_RUNS = (qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr"))
_LINES = tuple(map(qn, ("a:ln", "a:lnL", "a:lnR", "a:lnT", "a:lnB")))
_SCHEME, _SOLID = qn("a:schemeClr"), qn("a:solidFill")
_GROUNDS = ("bg1", "bg2")
_BROAD = 2.2
"""Points from which on lines may be areas that names stand upon."""

_SEEN = 1.3
"""Contrast from which on a line is seen."""

_GREY = 0.15
"""Saturation below which an accent that must change is no colour to keep."""

_SQUARE = "■"


def stand_out(slide: Slide, scenery: Scenery, scale: float) -> None:
    """Correct the colours of a slide, in place; headings keep the template's own where these can be read.

    Parameters
    ----------
    slide : Slide
        At the size of its template.
    scenery : Scenery
        What is behind.
    scale : float
        How many times the slide is 7.5 inches high.
    """
    shapes: Any = slide.shapes
    for shape in shapes:
        if shape.is_placeholder:
            _heading(shape, slide.slide_layout, scenery)
            continue
        box = Box(shape.left, shape.top, max(shape.width, 1), max(shape.height, 1))
        grounds = scenery.behind(box)
        if shape.has_chart:
            _chart(shape.chart._chartSpace, scenery.colors, grounds, scale)  # noqa: SLF001 -- charts have no public root
        elif shape.has_table:
            _table(shape.element, scenery.colors, grounds, scale)
        else:
            _lines(shape.element, scenery.colors, grounds)
            _texts(shape.element, scenery.colors, grounds, scale)


# ---------------------------------------------------------------------- headings, tables and text


def _heading(shape: Any, layout: Any, scenery: Scenery) -> None:
    """A heading in the colour that it inherits, or in one that can be read where it stands."""
    place = (shape.left, shape.top, shape.width, shape.height)  # looked up in the layout at every reading
    if None in place:
        return
    color = _inherited(shape, layout)
    grounds = scenery.behind(Box(*place))
    seen = scenery.colors.of(color, grounds[0])
    if seen is None or least_contrast(seen, grounds) >= MARK:
        return
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            fill = etree.SubElement(run._r.get_or_add_rPr(), _SOLID)  # noqa: SLF001 -- runs have no public root
            fill.append(_scheme("tx1", 100, 0))
            _correct(fill[0], scenery.colors, grounds, TEXT)


def _inherited(shape: Any, layout: Any) -> Any:
    """Colour that the layout or its master gives the text of a placeholder."""
    kind, place = shape.placeholder_format.type, shape.placeholder_format.idx
    titles = kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    own = [each.element for each in layout.placeholders if each.placeholder_format.idx == place]
    style = layout.slide_master.element.find(f".//{qn('p:titleStyle' if titles else 'p:bodyStyle')}")
    for element in (*own, *([] if style is None else [style])):
        found = element.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}/{_SOLID}")
        if found is not None and len(found):
            return found[0]
    return _scheme("tx1", 100, 0)


def _table(root: Any, colors: Colors, grounds: Sequence[RGB], scale: float) -> None:
    for cell in root.iter(qn("a:tc")):
        fill = cell.find(f"{qn('a:tcPr')}/{_SOLID}")
        color = None if fill is None else colors.of(fill[0], grounds[0])
        _texts(cell, colors, grounds if color is None else (color,), scale)
        _lines(cell, colors, grounds)


def _texts(root: Any, colors: Colors, grounds: Sequence[RGB], scale: float) -> None:
    for run, scheme in _written(root):
        is_mark = _is_large(run, scale) or run.getparent().findtext(qn("a:t")) == _SQUARE
        _correct(scheme, colors, grounds, MARK if is_mark else TEXT)


def _written(root: Any) -> Iterator[tuple[Any, Any]]:
    """Every run of text with a colour of the theme, and that colour."""
    for run in root.iter(*_RUNS):
        scheme = run.find(f"{_SOLID}/{_SCHEME}")
        if scheme is not None:
            yield run, scheme


def _is_large(run: Any, scale: float) -> bool:
    return run.get("b") == "1" and int(run.get("sz") or 0) >= LARGE * 100 * scale


def _lines(root: Any, colors: Colors, grounds: Sequence[RGB]) -> None:
    """Lines as marks."""
    for line in root.iter(*_LINES):
        scheme = line.find(f"{_SOLID}/{_SCHEME}")
        if scheme is not None and scheme.get("val") in _GROUNDS:
            _gap(line, scheme, colors, grounds)
        elif scheme is not None and not _quiet(scheme):
            _correct(scheme, colors, grounds, MARK)


def _gap(line: Any, scheme: Any, colors: Colors, grounds: Sequence[RGB]) -> None:
    """A line in the colour of the ground is a gap; it goes where the ground has other colours."""
    color = colors.of(scheme, grounds[0])
    if color is not None and max(contrast(color, ground) for ground in grounds) > _SEEN:
        line.replace(line.find(_SOLID), parse_xml(f"<a:noFill {nsdecls('a')}/>"))


# ---------------------------------------------------------------------- charts


def _chart(root: Any, colors: Colors, grounds: Sequence[RGB], scale: float) -> None:
    """Marks first, for labels may stand upon them."""
    for mark in root.xpath(".//c:spPr[not(parent::c:dLbl or parent::c:dLbls)]"):
        for scheme in [each for each in mark.iter(_SCHEME) if not _quiet(each)]:
            _correct(scheme, colors, grounds, MARK)
    everywhere = _thick(root, colors, grounds)
    for run, scheme in _written(root):
        behind = _behind(run, colors, grounds) or (everywhere if scheme.get("val") == "bg1" else None)
        _correct(scheme, colors, behind or grounds, MARK if _is_large(run, scale) else TEXT)


def _thick(root: Any, colors: Colors, grounds: Sequence[RGB]) -> tuple[RGB, ...]:
    """Colours of the lines of a chart that are so thick that names stand upon them."""
    found = []
    for line in root.iter(qn("a:ln")):
        scheme = line.find(f"{_SOLID}/{_SCHEME}")
        if int(line.get("w") or 0) > _BROAD * EMU_PER_POINT and scheme is not None:
            found.append(colors.of(scheme, grounds[0]))
    return tuple(color for color in dict.fromkeys(found) if color is not None)


def _behind(run: Any, colors: Colors, grounds: Sequence[RGB]) -> tuple[RGB, ...] | None:
    """Colours of the mark that a label stands upon; None where it stands on the ground of the slide."""
    label = next(run.iterancestors(qn("c:dLbl"), qn("c:dLbls")), None)
    if label is None:
        return None
    boxed = label.find(f"{qn('c:spPr')}/{_SOLID}")
    if boxed is not None:
        color = colors.of(boxed[0], grounds[0])
        return None if color is None else (color,)
    place = label.find(qn("c:dLblPos"))
    if place is None or place.get("val") != "ctr":
        return None
    series = next(label.iterancestors(qn("c:ser")))
    index = label.find(qn("c:idx"))
    fills = [*_fills_of_point(series, None if index is None else index.get("val"))]
    found = [color for fill in fills if (color := colors.of(fill, grounds[0])) is not None]
    return tuple(found) or None


def _fills_of_point(series: Any, index: str | None) -> Iterator[Any]:
    """Fill of a point of bars or of marks; of all points where no index is named."""
    points = series.findall(qn("c:dPt"))
    own = [each for each in points if index is None or each.find(qn("c:idx")).get("val") == index]
    for owner in own or [series]:
        for path in (f"{qn('c:marker')}/{qn('c:spPr')}", qn("c:spPr")):
            scheme = owner.find(f"{path}/{_SOLID}/{_SCHEME}")
            if scheme is not None:
                yield scheme
                break


# ---------------------------------------------------------------------- one colour


def _quiet(scheme: Any) -> bool:
    """Whether a colour is meant to be faint: a hairline, or what looks like the ground."""
    faint = [each.get("val") for each in scheme if etree.QName(each).localname == "alpha"]
    added = [each.get("val") for each in scheme if etree.QName(each).localname == "lumOff"]
    faded = any(int(value) <= 30_000 for value in faint) or any(int(value) >= 70_000 for value in added)
    return scheme.get("val") in _GROUNDS or (scheme.get("val") == "tx1" and faded)


def _correct(scheme: Any, colors: Colors, grounds: Sequence[RGB], least: float) -> None:
    """Replace a colour by the first of its kind that stands out, or by the one that does most."""
    now = colors.of(scheme, grounds[0])
    if now is None or least_contrast(now, grounds) >= least:
        return
    others = _others(scheme, calm=colorsys.rgb_to_hls(*now)[2] < _GREY, is_mark=least == MARK)
    found = [(each, least_contrast(color, grounds)) for each in others
             if (color := colors.of(each, grounds[0])) is not None]  # fmt: skip
    best = next((each for each, reached in found if reached >= least), None)
    if best is None:
        best = max(found, key=lambda pair: pair[1])[0]
    scheme.getparent().replace(scheme, best)


def _others(scheme: Any, *, calm: bool, is_mark: bool) -> list[Any]:
    """What may take the place of a colour; one that is nearly grey has no hue to keep."""
    texts = [_scheme(name, *share) for name, share in _TEXT]
    if calm or not scheme.get("val").startswith("accent"):
        return [*_related(scheme), *texts]
    hues = [_scheme(scheme.get("val"), *share) for share in _OWN]
    # Marks of several colours stay told apart.
    return hues if is_mark else [*hues, *texts]


def _related(scheme: Any) -> list[Any]:
    """Greys for a grey, and less of the ground for what lets it through."""
    name = scheme.get("val")
    if name in ("tx2", "dk2"):
        return [_scheme("tx1", 65, 35)]
    if scheme.find(qn("a:alpha")) is not None:
        return [parse_xml(_FADED.format(ns=nsdecls("a"), name=name, seen=seen)) for seen in (55, 65, 80)]
    return []


_FADED = '<a:schemeClr {ns} val="{name}"><a:alpha val="{seen}000"/></a:schemeClr>'


def _scheme(name: str, kept: int, added: int) -> Any:
    changed = f'<a:lumMod val="{kept * 1000}"/>' if kept < 100 else ""
    lighter = f'<a:lumOff val="{added * 1000}"/>' if added else ""
    return parse_xml(f'<a:schemeClr {nsdecls("a")} val="{name}">{changed}{lighter}</a:schemeClr>')
