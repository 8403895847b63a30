"""One exhibit on one slide: finding, subtitle, body, foot, page number, speaker notes, alt texts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.method import method_of
from valuemix.export.deck.box import Box
from valuemix.export.deck.colors import MUTED
from valuemix.export.deck.stage import Stage
from valuemix.export.deck.text import add_text, clean, fitted

__all__ = ["Form", "add_slide", "describe"]

Form = Callable[[Slide, Exhibit, Box], None]
"""Draws an exhibit into a box of a slide."""

_TITLE_SIZES = (24, 22, 20, 18, 16, 14, 13, 12)
_NUMBER = (
    '<a:p {ns}><a:pPr{align}/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
    '<a:rPr lang="en-GB"/><a:t>{page}</a:t></a:fld></a:p>'
)


def add_slide(stage: Stage, exhibit: Exhibit, form: Form, today: date) -> Slide:
    """Add a slide with an exhibit.

    Parameters
    ----------
    stage : Stage
        Layout and places.
    exhibit : Exhibit
        What is shown.
    form : callable
        Draws its body.
    today : date
        Named at the foot.
    """
    slide: Slide = stage.presentation.slides.add_slide(stage.layout)
    title: Any = slide.shapes.title
    for shape in list(slide.placeholders):
        if shape.element is not title.element:
            shape.element.getparent().remove(shape.element)
    _title(title, clean(exhibit.finding), stage)
    subtitle, size = fitted(
        clean(exhibit.subtitle), stage.subtitle, (14, 13, 12, 11, 10, 9, 8), broad=stage.broad
    )
    add_text(slide, stage.subtitle, subtitle, size, paint=MUTED, name="Subtitle")
    before = len(slide.shapes)
    form(slide, exhibit, stage.body)
    for shape in list(slide.shapes)[before:]:
        if shape.has_chart or shape.has_table:
            describe(shape, exhibit.alt)
    foot, size = fitted(_foot(exhibit, today), stage.foot, (9, 8, 7), broad=stage.broad)
    add_text(slide, stage.foot, foot, size, paint=MUTED, anchor=MSO_ANCHOR.BOTTOM, name="Source")
    _furniture(slide, stage)
    notes = [exhibit.finding, exhibit.subtitle, *method_of(exhibit), _foot(exhibit, today)]
    speaker: Any = slide.notes_slide.notes_text_frame
    speaker.text = "\n".join(map(clean, notes))
    return slide


def describe(shape: Any, text: str) -> None:
    """Alt text of a shape, where it has none yet."""
    properties = shape.element.find(f".//{qn('p:cNvPr')}")
    if not properties.get("descr"):
        properties.set("descr", clean(text))


def _title(shape: Any, finding: str, stage: Stage) -> None:
    """The finding in the layout's own title, smaller where it is long; the notes hold all of it."""
    sizes = [stage.title_size, *(size for size in _TITLE_SIZES if size < stage.title_size)]
    title, size = fitted(finding, stage.title, sizes, bold=stage.title_bold, broad=stage.title_broad)
    shape.text_frame.text = title
    if size != stage.title_size:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _foot(exhibit: Exhibit, today: date) -> str:
    """Source, notes and date; the source names the scenario."""
    parts = [f"Source: {exhibit.source}", *(f"Note: {note}" for note in exhibit.notes)]
    return clean("  |  ".join([*parts, f"{today.day} {today:%B %Y}"]))


def _furniture(slide: Slide, stage: Stage) -> None:
    """The layout's own footer and page number, or a number at the right of the foot where it has none."""
    if stage.footer is not None:
        _copied(slide, stage.footer)
    if stage.number is not None:
        body, align = _copied(slide, stage.number).find(qn("p:txBody")), ""
    else:
        box = stage.foot.cut(left=stage.foot.width - 508_000)
        body = add_text(slide, box, "", 9, anchor=MSO_ANCHOR.BOTTOM, name="Slide number").element.txBody
        align = ' algn="r"'
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    page = len(stage.presentation.slides)
    body.append(parse_xml(_NUMBER.format(ns=nsdecls("a"), page=page, align=align)))


def _copied(slide: Slide, placeholder: Any) -> Any:
    """Element of a layout's placeholder on the slide, in the place that the layout gives it."""
    element = copy.deepcopy(placeholder.element)
    element.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").set("id", str(_free_id(slide)))
    properties = element.find(qn("p:spPr"))
    for child in list(properties):
        properties.remove(child)
    slide.element.cSld.spTree.append(element)
    return element


def _free_id(slide: Slide) -> int:
    return max(int(i) for i in slide.element.cSld.spTree.xpath("//@id") if i.isdigit()) + 1
