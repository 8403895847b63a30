"""One exhibit on one slide: finding, subtitle, body, foot, page number, speaker notes, alt texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import method_of
from valuemix.exhibits.words.lettering import foot_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import MUTED
from valuemix.export.pptx.page.contrast import stand_out
from valuemix.export.pptx.page.footer import add_furniture, number_slide
from valuemix.export.pptx.page.page_layout import PageLayout
from valuemix.export.pptx.page.scaling import scale_slide
from valuemix.export.pptx.page.text import add_text, clean, fits, fitted
from valuemix.export.pptx.page.titles import set_heading, split_finding

__all__ = ["Form", "Look", "add_slide", "day_of", "describe", "new_slide", "say"]

Form = Callable[[Slide, Exhibit, Box], None]
"""Draws an exhibit into a box of a slide."""

FOOT = 9
"""Font size of the foot in points."""


@dataclass(frozen=True)
class Look:
    """What all slides of a deck share.

    Attributes
    ----------
    page_layout : PageLayout
        Layout and places.
    title_size : float
        Font size of the titles in points.
    today : date
        Named at the foot.
    footer : str
        The company's own words on every slide; none where empty.
    """

    page_layout: PageLayout
    title_size: float
    today: date
    footer: str = ""


def add_slide(look: Look, exhibit: Exhibit, form: Form, part: str = "") -> Slide:
    """Add a slide with an exhibit.

    Parameters
    ----------
    look : Look
        Of the deck.
    exhibit : Exhibit
        What is shown.
    form : callable
        Draws its body.
    part : str
        Which part of the exhibit it is, where that takes several slides.
    """
    page_layout = look.page_layout
    slide = new_slide(page_layout)
    title, rest = split_finding(page_layout.title, clean(exhibit.finding), look.title_size)
    set_heading(slide.shapes.title, page_layout.title, title, look.title_size)
    told = f"{rest}. {exhibit.subtitle}" if rest else exhibit.subtitle
    subtitle, size = fitted(
        clean(told + part), page_layout.subtitle, (14, 13, 12, 11, 10, 9), broad=page_layout.broad
    )
    add_text(slide, page_layout.subtitle, subtitle, size, paint=MUTED, name="Subtitle")
    _body(slide, exhibit, form, page_layout)
    foot, size = fitted(
        _foot(exhibit, look, _has_room(page_layout)), page_layout.foot, (FOOT,), broad=page_layout.broad
    )
    add_text(slide, page_layout.foot, foot, size, paint=MUTED, anchor=MSO_ANCHOR.BOTTOM, name="Source")
    if page_layout.number is None:
        number_slide(slide, page_layout)
    scale_slide(slide, page_layout.scale)
    add_furniture(slide, page_layout, look.footer)
    stand_out(slide, page_layout.scenery, page_layout.scale)
    foot = _foot(exhibit, look, lambda _: True)
    say(slide, [exhibit.finding, exhibit.subtitle, *exhibit.reasons, *method_of(exhibit), foot])
    return slide


def new_slide(page_layout: PageLayout) -> Slide:
    """An empty slide of the layout, with its title alone."""
    slide: Slide = page_layout.presentation.slides.add_slide(page_layout.layout)
    title: Any = slide.shapes.title
    for shape in list(slide.placeholders):
        if shape.element is not title.element:
            shape.element.getparent().remove(shape.element)
    return slide


def say(slide: Slide, notes: list[str]) -> None:
    """Write speaker notes."""
    speaker: Any = slide.notes_slide.notes_text_frame
    speaker.text = "\n".join(map(clean, notes))


def describe(shape: Any, text: str) -> None:
    """Alt text of a shape, where it has none yet."""
    properties = shape.element.find(f".//{qn('p:cNvPr')}")
    if not properties.get("descr"):
        properties.set("descr", clean(text))


def day_of(today: date) -> str:
    """A date as it is written out.

    Examples
    --------
    >>> day_of(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{today.day} {today:%B %Y}"


def _body(slide: Slide, exhibit: Exhibit, form: Form, page_layout: PageLayout) -> None:
    """What the exhibit shows; what its alternative text says where there is nothing to draw."""
    before = len(slide.shapes)
    form(slide, exhibit, page_layout.body)
    drawn = list(slide.shapes)[before:]
    for shape in drawn:
        if shape.has_chart or shape.has_table:
            describe(shape, exhibit.alt)
    if not drawn:
        text, size = fitted(
            clean(exhibit.alt), page_layout.body, (18, 16, 14, 12, 10, 9), broad=page_layout.broad
        )
        add_text(slide, page_layout.body, text, size, name="Sentence")


def _foot(exhibit: Exhibit, look: Look, has_room: Callable[[str], bool]) -> str:
    """Source, notes and date; the source names the scenario; the footer where the layout has no place for it."""
    own = [look.footer] if look.footer and look.page_layout.footer is None else []
    return clean(foot_of(exhibit.source, exhibit.notes, [day_of(look.today), *own], has_room))


def _has_room(page_layout: PageLayout) -> Callable[[str], bool]:
    """Whether a text fits the foot of a slide."""
    return lambda text: fits(clean(text), page_layout.foot, FOOT, broad=page_layout.broad)
