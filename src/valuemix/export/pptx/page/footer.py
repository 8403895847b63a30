"""Page number and footer of a slide, in the template's own places."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide

from valuemix.export.pptx.page.box import EMU_PER_POINT
from valuemix.export.pptx.page.colors import MUTED
from valuemix.export.pptx.page.page_layout import PageLayout
from valuemix.export.pptx.page.text import add_text, clean

__all__ = ["add_furniture", "number_slide"]

_NUMBER = (
    '<a:p {ns}><a:pPr{align}/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
    '<a:rPr lang="en-GB"{size}/><a:t>{page}</a:t></a:fld></a:p>'
)
_OF_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOT_OURS = tuple(map(qn, ("p:custDataLst", "p:extLst", "a:extLst", "a:hlinkClick", "a:hlinkHover")))
"""Links, and data of add-ins and of later versions: they may point at parts that the slide does not have."""


def add_furniture(slide: Slide, page_layout: PageLayout, footer: str) -> None:
    """Put the layout's own number and, where there are words for it, its footer on a slide."""
    if page_layout.footer is not None and footer:
        first = _emptied(_copied(slide, page_layout.footer).find(qn("p:txBody")))
        run = etree.SubElement(first, qn("a:r"))
        etree.SubElement(run, qn("a:rPr")).set("lang", "en-GB")
        etree.SubElement(run, qn("a:t")).text = clean(footer)
    if page_layout.number is not None:
        _number(_copied(slide, page_layout.number).find(qn("p:txBody")), len(page_layout.presentation.slides))


def number_slide(slide: Slide, page_layout: PageLayout) -> None:
    """Put a number at the right of the foot, for layouts that have none."""
    box = page_layout.foot.cut(left=page_layout.foot.width - 40 * EMU_PER_POINT)
    shape = add_text(slide, box, "", 9, anchor=MSO_ANCHOR.BOTTOM, paint=MUTED, name="Slide number")
    _number(shape.element.txBody, len(page_layout.presentation.slides), align=' algn="r"', size=' sz="900"')


def _number(body: Any, page: int, *, align: str = "", size: str = "") -> None:
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    body.append(parse_xml(_NUMBER.format(ns=nsdecls("a"), page=page, align=align, size=size)))


def _emptied(body: Any) -> Any:
    """First paragraph of a text body without its text; the others go."""
    first, *others = body.findall(qn("a:p"))
    for paragraph in others:
        body.remove(paragraph)
    for child in list(first):
        if child.tag != qn("a:pPr"):
            first.remove(child)
    return first


def _copied(slide: Slide, placeholder: Any) -> Any:
    """Element of a layout's placeholder on the slide, in the place that the layout gives it."""
    element = copy.deepcopy(placeholder.element)
    for each in list(element.iter(*_NOT_OURS)):
        each.getparent().remove(each)
    for each in element.iter(etree.Element):
        for attribute in [a for a in each.attrib if str(a).startswith(_OF_RELATIONS)]:
            del each.attrib[attribute]
    taken = [int(own) for own in slide.element.cSld.spTree.xpath("//@id") if own.isdigit()]
    element.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").set("id", str(max(taken) + 1))
    properties = element.find(qn("p:spPr"))
    for child in list(properties):
        properties.remove(child)
    slide.element.cSld.spTree.append(element)
    return element
