"""Where things stand on every slide of a deck: found once, the same on all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from valuemix.export.deck.box import EMU_PER_POINT, Box
from valuemix.export.deck.fonts import breadth

__all__ = ["FURNITURE", "Stage", "Unusable", "stage_of"]

FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)

_INSET = 91_440
"""Margin of a text box that states none."""


SUBTITLE_POINTS, FOOT_POINTS, GAP_POINTS = 20, 34, 12
_MARGIN_POINTS = 20
"""Least room below the foot, and beside the body."""


class Unusable(Exception):
    """A layout that no exhibit can stand on; the message says why."""


@dataclass(frozen=True)
class Stage:
    """A layout, and the places on it.

    Attributes
    ----------
    presentation, layout : object
        Of python-pptx.
    title : Box
        Inside the margins of the layout's title.
    title_size : float
        Font size of the layout's title in points.
    title_bold : bool
        Whether it is bold.
    title_broad, broad : float
        How much broader than measured titles and other texts are.
    subtitle, body, foot : Box
        Below it.
    number, footer : object or None
        The layout's placeholders for the slide number and for a footer with words of its own.
    """

    presentation: Any
    layout: Any
    title: Box
    title_size: float
    title_bold: bool
    title_broad: float
    broad: float
    subtitle: Box
    body: Box
    foot: Box
    number: Any
    footer: Any


def stage_of(presentation: Any, layout: Any) -> Stage:
    """Places on a layout.

    Raises
    ------
    Unusable
        Where there is no title, or no room below it.
    """
    height, width = presentation.slide_height, presentation.slide_width
    title = _title_of(layout)
    box = _inner(title)
    if not 0.05 * height <= box.bottom <= 0.34 * height or box.width < 0.45 * width:
        raise Unusable("its title is not a line across the top of the slide")
    points, number = EMU_PER_POINT, _placeholder(layout, PP_PLACEHOLDER.SLIDE_NUMBER)
    footer = _placeholder(layout, PP_PLACEHOLDER.FOOTER)
    footer = footer if footer is not None and footer.text_frame.text.strip() else None
    aside = number is not None and number.left > 0.6 * width
    end = _end(layout, height, [footer] if aside else [footer, number])
    right = max(box.right, width - max(box.left, _MARGIN_POINTS * points))
    foot_right = min(right, number.left - GAP_POINTS * points) if aside and number.top < end else right
    subtitle = Box(box.left, box.bottom + 4 * points, box.width, SUBTITLE_POINTS * points)
    foot = Box(box.left, end - FOOT_POINTS * points, foot_right - box.left, FOOT_POINTS * points)
    top = subtitle.bottom + GAP_POINTS * points
    body = Box(box.left, top, right - box.left, foot.top - GAP_POINTS * points - top)
    if body.height < 0.45 * height:
        raise Unusable("there is too little room between its title and its foot")
    size, bold = _font(title, layout)
    broad = breadth(layout, titles=True), breadth(layout)
    return Stage(presentation, layout, box, size, bold, *broad, subtitle, body, foot, number, footer)


def _title_of(layout: Any) -> Any:
    for shape in layout.placeholders:
        if shape.placeholder_format.type in TITLES:
            return shape
    raise Unusable("it has no title")


def _placeholder(layout: Any, kind: PP_PLACEHOLDER) -> Any:
    return next((s for s in layout.placeholders if s.placeholder_format.type == kind), None)


def _inner(title: Any) -> Box:
    """Box of a title inside its margins."""
    if None in (title.left, title.top, title.width, title.height):
        raise Unusable("its title has no place")
    body = _inherited(title, qn("a:bodyPr"))
    left, top, right, bottom = (
        next((int(b.get(side)) for b in body if b.get(side) is not None), default)
        for side, default in (
            ("lIns", _INSET),
            ("tIns", _INSET // 2),
            ("rIns", _INSET),
            ("bIns", _INSET // 2),
        )
    )
    box = Box(title.left, title.top, title.width, title.height)
    return box.cut(left=left, top=top, right=right, bottom=bottom)


def _inherited(title: Any, tag: str) -> list[Any]:
    """Elements of a title on the layout and on its master, the nearest first."""
    own = [title.element]
    own += [s.element for s in title.part.slide_layout.slide_master.placeholders
            if s.placeholder_format.type in TITLES]  # fmt: skip
    return [found for element in own if (found := element.find(f".//{tag}")) is not None]


def _font(title: Any, layout: Any) -> tuple[float, bool]:
    """Size in points and boldness of a layout's title."""
    style = layout.slide_master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    fonts = [*_inherited(title, f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"), style]
    sizes = [int(font.get("sz")) for font in fonts if font is not None and font.get("sz")]
    bold = [font.get("b") in ("1", "true") for font in fonts if font is not None and font.get("b")]
    return (sizes[0] / 100 if sizes else 18.0), bool(bold and bold[0])


def _end(layout: Any, height: int, more: list[Any]) -> int:
    """Upper edge of what a layout draws at the bottom of every slide: a logo, a bar, a footer."""
    pages = [layout] if layout.element.get("showMasterSp") == "0" else [layout, layout.slide_master]
    shapes = [s for page in pages for s in page.shapes if not s.is_placeholder]
    tops = [s.top for s in (*shapes, *more) if s is not None and s.top is not None and s.top > 0.8 * height]
    lowest = height - _MARGIN_POINTS * EMU_PER_POINT
    return int(min([lowest, *(top - 4 * EMU_PER_POINT for top in tops)]))
