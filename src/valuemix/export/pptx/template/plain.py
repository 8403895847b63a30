"""The plain deck: 16:9, a bold title at the left, two layouts."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import MUTED
from valuemix.export.pptx.template.plain_theme import theme_xml

__all__ = ["plain_presentation"]

SLIDE = Box.of_inches(0, 0, 40 / 3, 7.5)
TITLE = Box.of_inches(0.6, 0.4, 12.13, 0.92)
BODY = Box.of_inches(0.6, 1.84, 12.13, 4.76)
NUMBER = Box.of_inches(11.93, 7.04, 0.8, 0.18)
COVER_TITLE = Box.of_inches(0.6, 2.3, 12.13, 1.6)
COVER_TEXT = Box.of_inches(0.6, 4.05, 12.13, 2.2)

KEPT = ("title", "titleOnly")
"""Layouts by their types."""

_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER)


def plain_presentation() -> Any:
    """An empty presentation with the plain theme, made of the library's own one."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(SLIDE.width), Emu(SLIDE.height)
    presentation.element.find(qn("p:sldSz")).attrib.pop("type", None)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        if layout.element.get("type") not in KEPT:
            master.slide_layouts.remove(layout)
    for page in (master, *master.slide_layouts):
        _place(page)
        if page.element.get("type") == "title":
            _style_cover(page)
    _style(master)
    for rel in [rel for rel in presentation.part.rels.values() if rel.reltype.endswith("/printerSettings")]:
        presentation.part.rels.pop(rel.rId)
    for part in master.part.rels.values():
        if part.reltype.endswith("/theme"):
            part.target_part.blob = theme_xml()
    return presentation


def _place(page: Any) -> None:
    """Put the placeholders of the master or a layout where the plain deck has them."""
    cover = page.element.get("type") == "title"
    places = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.CENTER_TITLE: COVER_TITLE,
        PP_PLACEHOLDER.SUBTITLE: COVER_TEXT,
        PP_PLACEHOLDER.BODY: BODY,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    for shape in list(page.placeholders):
        kind = shape.placeholder_format.type
        if kind in _FURNITURE or (cover and kind == PP_PLACEHOLDER.SLIDE_NUMBER):
            shape.element.getparent().remove(shape.element)
            continue
        box = places[kind]
        shape.left, shape.top = Emu(box.left), Emu(box.top)
        shape.width, shape.height = Emu(box.width), Emu(box.height)
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if kind == PP_PLACEHOLDER.CENTER_TITLE else MSO_ANCHOR.TOP


def _style_cover(layout: Any) -> None:
    """The answer in 32 points, what stands below at the left as well."""
    for shape in layout.placeholders:
        styles = shape.element.find(f".//{qn('a:lstStyle')}")
        level = styles.find(qn("a:lvl1pPr"))
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            styles[:] = [
                parse_xml(f'<a:lvl1pPr {nsdecls("a")} algn="l"><a:defRPr sz="3200" b="1"/></a:lvl1pPr>')
            ]
        elif level is not None:
            level.set("algn", "l")
            muted = parse_xml(f"<a:solidFill {nsdecls('a')}>{MUTED.xml()}</a:solidFill>")
            level.find(qn("a:defRPr")).replace(level.find(f"{qn('a:defRPr')}/{qn('a:solidFill')}"), muted)


def _style(master: Any) -> None:
    """Title 24 points, bold, left; page number small and at the right."""
    title = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    font = title.find(qn("a:defRPr"))
    font.set("sz", "2400")
    font.set("b", "1")
    for shape in master.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.element.find(f".//{qn('a:defRPr')}").set("sz", "900")
