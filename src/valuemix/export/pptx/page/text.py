"""Text on slides: made harmless, measured, and set in a box that it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Emu, Pt

from valuemix.exhibits.words.lettering import cut_at, text_width, wrapped
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import INK, Paint

__all__ = [
    "BROAD", "LINE", "add_text", "clean", "cut_to", "fits", "fitted", "lines_of", "points_of", "room", "write",
]  # fmt: skip

LINE = 1.2
"""Height of a line in font sizes."""

BROAD = 1.08
"""How much broader than measured texts may be in fonts like Arial; see `fonts` for others."""

BOLD = 1.06

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def clean(text: str) -> str:
    r"""Text on one line without what XML or PowerPoint would take for more than text.

    Examples
    --------
    >>> clean("Express\x0b\x00 =1+1 <b>")
    'Express =1+1 <b>'
    """
    return re.sub(" +", " ", _CONTROL.sub(" ", text)).strip(" ")


def points_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in points, rather too much than too little.

    Examples
    --------
    >>> points_of("Express", 12, bold=True) > points_of("Express", 12) > 40
    True
    """
    return text_width(text) * size * BROAD * (BOLD if bold else 1.0)


@lru_cache(maxsize=1 << 14)  # a table is tried in one size after another, and once more where it is drawn
def lines_of(
    text: str, width: float, size: float, *, bold: bool = False, broad: float = BROAD, most: int = 99
) -> int:
    """How many lines a text takes in a width in points, `most` at most."""
    return len(wrapped(text, width / (size * broad * (BOLD if bold else 1.0)), most)) or 1


def cut_to(
    text: str, width: float, size: float, lines: int, *, bold: bool = False, broad: float = BROAD
) -> str:
    """Text, cut with an ellipsis where it would take more than so many lines.

    Examples
    --------
    >>> cut_to("Predictive uptime for every plant", 80, 12, 1)
    'Predictive…'
    >>> cut_to("Predictive uptime", 200, 12, 1)
    'Predictive uptime'
    """
    shown, kept = text, len(text)
    while kept and lines_of(shown, width, size, bold=bold, broad=broad, most=lines + 1) > lines:
        kept -= 1
        shown = cut_at(text, kept)
    return shown


def fitted(
    text: str, box: Box, sizes: Sequence[float], *, bold: bool = False, broad: float = BROAD
) -> tuple[str, float]:
    """Text and font size with which it fits a box; cut only where the smallest size is too large.

    Parameters
    ----------
    text : str
        On one line; it is wrapped by whatever shows it.
    box : Box
        Where it must fit.
    sizes : sequence of float
        Font sizes in points, the wished one first.
    bold : bool
        Whether it is set in bold.
    broad : float
        How much broader the font is than Arial.

    Examples
    --------
    >>> box = Box.of_inches(0, 0, 2, 0.5)
    >>> fitted("Green line", box, [24, 18]), fitted("Green line leads", box, [24, 18, 14])
    (('Green line', 24), ('Green line leads', 18))
    """
    for size in sizes:
        if fits(text, box, size, bold=bold, broad=broad):
            return text, size
    smallest = sizes[-1]
    most = room(box, smallest)
    return cut_to(text, box.width_points, smallest, most, bold=bold, broad=broad), smallest


def fits(text: str, box: Box, size: float, *, bold: bool = False, broad: float = BROAD) -> bool:
    """Whether a text has room in a box."""
    most = room(box, size)
    return lines_of(text, box.width_points, size, bold=bold, broad=broad, most=most + 1) <= most


def room(box: Box, size: float, line: float = LINE) -> int:
    """How many lines have room in a box, one at least."""
    return max(int(box.height_points / size / line + 0.001), 1)


def add_text(
    slide: Slide,
    box: Box,
    text: str,
    size: float,
    *,
    paint: Paint = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    name: str = "Text",
) -> Any:
    """Put a text in a box of its own, without margins; returns the shape."""
    shape = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
    shape.name = name
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.paragraphs[0].alignment = align
    write(frame.paragraphs[0], text, size, paint=paint, bold=bold)
    return shape


def write(paragraph: Any, text: str, size: float, *, paint: Paint = INK, bold: bool = False) -> None:
    """Write a text into an empty paragraph, in a font and a colour of the theme; none keeps its size."""
    if not text:
        paragraph._p.append(parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{size * 100:.0f}"/>'))  # noqa: SLF001
        return
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold = Pt(size), bold
    paint.color(run.font.color)
