"""The slide that says what a deck holds, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide

from valuemix.export.pptx.page.contrast import stand_out
from valuemix.export.pptx.page.footer import add_furniture, number_slide
from valuemix.export.pptx.page.scaling import scale_slide
from valuemix.export.pptx.page.sentences import set_sentences
from valuemix.export.pptx.page.slide import Look, new_slide, say
from valuemix.export.pptx.page.titles import set_heading

__all__ = ["add_agenda"]

AGENDA = "Agenda"


def add_agenda(look: Look, sections: Sequence[tuple[str, str]]) -> Slide:
    """Add a slide with the sections of a deck.

    Parameters
    ----------
    look : Look
        Of the deck.
    sections : sequence of (str, str)
        Name of each, and what is in it.
    """
    page_layout = look.page_layout
    slide = new_slide(page_layout)
    set_heading(slide.shapes.title, page_layout.title, AGENDA, look.title_size)
    set_sentences(slide, sections, page_layout.body)
    if page_layout.number is None:
        number_slide(slide, page_layout)
    scale_slide(slide, page_layout.scale)
    add_furniture(slide, page_layout, look.footer)
    stand_out(slide, page_layout.scenery, page_layout.scale)
    say(slide, [AGENDA, *(f"{name}: {held}" for name, held in sections)])
    return slide
