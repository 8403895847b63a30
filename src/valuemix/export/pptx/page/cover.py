"""Title slides: the answer and how sure it is at the start, a word before the appendix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.slide import Slide
from pptx.util import Pt

from valuemix.export.pptx.page.artwork import scenery_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.contrast import stand_out
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.page_layout import TITLES as TITLE_KINDS
from valuemix.export.pptx.page.page_layout import Heading, Unusable, heading_of, placeholder
from valuemix.export.pptx.page.scaling import scale_slide
from valuemix.export.pptx.page.slide import Look, new_slide, say
from valuemix.export.pptx.page.text import LINE, add_text, clean, cut_to, lines_of
from valuemix.export.pptx.page.titles import set_heading, split_finding, title_size

__all__ = ["add_cover"]

_SIZES = (20, 18, 16, 14, 12, 11, 10, 9)
_APART = 0.5
"""Room between paragraphs in font sizes."""
_FEW_LINES, _ALL_LINES = 4, 99

_WIDE, _TALL = 0.35, 0.1
"""Shares of the slide that places for the answer must have."""


def add_cover(look: Look, title: str, lines: Sequence[str]) -> Slide:
    """Add a title slide on the template's own layout for it, or on that of the exhibits.

    Parameters
    ----------
    look : Look
        Of the deck.
    title : str
        One sentence, or a word.
    lines : sequence of str
        What stands below; empty ones are left out.
    """
    told = [clean(line) for line in lines if line]
    try:
        slide = _on_title_layout(look, clean(title), told)
    except Unusable:
        slide = _on_page(look, clean(title), told)
    say(slide, [title, *told])
    return slide


def _on_title_layout(look: Look, title: str, told: list[str]) -> Slide:
    """The title and the subtitle of the layout of the type for titles.

    Raises
    ------
    Unusable
        Where the master has no such layout, or it has no room.
    """
    page_layout = look.page_layout
    layouts = page_layout.layout.slide_master.slide_layouts
    layout = next((each for each in layouts if each.element.get("type") == "title"), None)
    below = None if layout is None else placeholder(layout, PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
    if layout is None or below is None or None in (below.left, below.width, below.height):
        raise Unusable("there is no layout for titles")
    heading = replace(heading_of(layout, placeholder(layout, *TITLE_KINDS), page_layout.scale), lines=4)
    box = (
        Box(below.left, below.top, below.width, below.height)
        .times(1 / page_layout.scale)
        .cut(left=91_440, right=91_440, top=45_720, bottom=45_720)
    )
    page = page_layout.presentation.slide_width * page_layout.presentation.slide_height / page_layout.scale**2
    if min(heading.box.width, box.width) ** 2 < (_WIDE**2) * page or box.height < 0.5 * _TALL * page**0.5:
        raise Unusable("its layout for titles has too little room")
    slide: Slide = page_layout.presentation.slides.add_slide(layout)
    filled: Any = slide.placeholders[below.placeholder_format.idx]
    head: Any = slide.shapes.title
    for shape in list(slide.placeholders):
        if shape.element not in (head.element, filled.element):
            shape.element.getparent().remove(shape.element)
    rest = _head(head, heading, title)
    _lines(filled.text_frame, [*rest, *told], box, breadth(layout))
    scale_slide(slide, page_layout.scale)
    stand_out(slide, scenery_of(layout), page_layout.scale)
    return slide


def _on_page(look: Look, title: str, told: list[str]) -> Slide:
    """The title of the layout of the exhibits, and a text where their charts stand."""
    page_layout = look.page_layout
    slide = new_slide(page_layout)
    rest = _head(slide.shapes.title, page_layout.title, title)
    shape = add_text(slide, page_layout.body, "", _SIZES[0], name="Sentence")
    _lines(shape.text_frame, [*rest, *told], page_layout.body, page_layout.broad)
    scale_slide(slide, page_layout.scale)
    stand_out(slide, page_layout.scenery, page_layout.scale)
    return slide


def _head(shape: Any, heading: Heading, title: str) -> list[str]:
    """Write the title; returns the clauses that it has no room for."""
    size = title_size(heading, [title])
    start, rest = split_finding(heading, title, size)
    set_heading(shape, heading, start, size)
    return [rest] if rest else []


def _lines(frame: Any, told: list[str], box: Box, broad: float) -> None:
    """Paragraphs as large as they all fit; each is cut to a few lines where even the smallest is too large."""
    fitting = [s for s in _SIZES if _height(told, box, s, broad) <= box.height_points]
    size, most = (fitting[0], _ALL_LINES) if fitting else (_SIZES[-1], _FEW_LINES)
    for place, line in enumerate(told):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(_APART * size if place else 0), Pt(0)
        paragraph.line_spacing = 1.0
        run = paragraph.add_run()
        run.text, run.font.size = cut_to(line, box.width_points, size, most, broad=broad), Pt(size)


def _height(told: list[str], box: Box, size: float, broad: float) -> float:
    lines = sum(lines_of(line, box.width_points, size, broad=broad) for line in told)
    return size * (LINE * lines + _APART * max(len(told) - 1, 0))
