"""Exhibits as sentences set large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from valuemix.charts.sentences import Sentences
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.colors import FAINT, MUTED
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import add_text, clean, fitted

__all__ = ["draw_sentences", "set_sentences"]

SIZES = (24, 22, 20, 18, 16, 14, 12, 11, 10)
HEAD = 0.17
"""Share of the width that the headings take."""

TALLEST = 110
"""Points that a sentence takes at most: few of them stand together and do not spread."""


def draw_sentences(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """The sentences of an exhibit; a `Form`."""
    set_sentences(slide, cast("Sentences", exhibit.chart).rows, box)


def set_sentences(slide: Slide, told: Sequence[tuple[str, str]], box: Box) -> None:
    """A heading and a sentence a row, all in one size, a hairline between them."""
    parts, sentences = (list(map(clean, texts)) for texts in zip(*told, strict=True))
    height = min(box.height // len(parts), TALLEST * EMU_PER_POINT)
    rows = [Box(box.left, box.top + place * height, box.width, height) for place in range(len(parts))]
    gap = round(0.1 * height)
    places = [row.cut(left=round(HEAD * box.width), top=gap, bottom=gap) for row in rows]
    broad = breadth(slide.slide_layout)
    size = min(
        fitted(text, place, SIZES, broad=broad)[1] for text, place in zip(sentences, places, strict=True)
    )
    for part, sentence, row, place in zip(parts, sentences, rows, places, strict=True):
        head = Box(row.left, place.top, place.left - row.left - 8 * EMU_PER_POINT, place.height)
        text, small = fitted(part, head, (14, 12, 11, 10), bold=True, broad=broad)
        add_text(slide, head, text, small, paint=MUTED, bold=True, anchor=MSO_ANCHOR.MIDDLE, name="Heading")
        text, _ = fitted(sentence, place, (size,), broad=broad)
        add_text(slide, place, text, size, anchor=MSO_ANCHOR.MIDDLE, name="Sentence")
        if row is not rows[-1]:
            _line(slide, row)


def _line(slide: Slide, row: Box) -> None:
    ends = (Emu(row.left), Emu(row.bottom), Emu(row.right), Emu(row.bottom))
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    line.line.width = Pt(0.75)
    FAINT.on(line.line.fill)
    line.element.remove(line.element.find(qn("p:style")))  # which may draw a shadow
