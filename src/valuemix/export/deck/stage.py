"""Where things stand on every slide of a deck: found once, the same on all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from valuemix.export.deck.box import EMU_PER_POINT, Box

__all__ = ["Stage", "Unusable", "stage_of"]

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)

_INSET = 91_440
"""Margin of a text box that states none."""

_MAJOR = re.compile(rb'<a:majorFont>\s*<a:latin typeface="([^"]*)"')
_LIKE_ARIAL = ("Arial", "Calibri", "Calibri Light", "Helvetica", "Liberation Sans", "Aptos", "Aptos Display")
_BROAD = ("Verdana", "DejaVu", "Century Gothic", "Lucida", "Montserrat", "Poppins", "Courier", "Bookman")

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
    broad : float
        How much broader its font is than Arial, rather too much than too little.
    subtitle, body, foot : Box
        Below it.
    number : object or None
        The layout's placeholder for the slide number.
    """

    presentation: Any
    layout: Any
    title: Box
    title_size: float
    title_bold: bool
    broad: float
    subtitle: Box
    body: Box
    foot: Box
    number: Any


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
    points, number = EMU_PER_POINT, _number(layout)
    aside = number is not None and number.left > 0.6 * width
    end = _end(layout, height, [] if aside else [number])
    right = max(box.right, width - max(box.left, _MARGIN_POINTS * points))
    foot_right = min(right, number.left - GAP_POINTS * points) if aside else right
    subtitle = Box(box.left, box.bottom + 4 * points, box.width, SUBTITLE_POINTS * points)
    foot = Box(box.left, end - FOOT_POINTS * points, foot_right - box.left, FOOT_POINTS * points)
    top = subtitle.bottom + GAP_POINTS * points
    body = Box(box.left, top, right - box.left, foot.top - GAP_POINTS * points - top)
    if body.height < 0.45 * height:
        raise Unusable("there is too little room between its title and its foot")
    size, bold = _font(title, layout)
    return Stage(presentation, layout, box, size, bold, _breadth(layout), subtitle, body, foot, number)


def _title_of(layout: Any) -> Any:
    for shape in layout.placeholders:
        if shape.placeholder_format.type in TITLES:
            return shape
    raise Unusable("it has no title")


def _number(layout: Any) -> Any:
    kind = PP_PLACEHOLDER.SLIDE_NUMBER
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


def _breadth(layout: Any) -> float:
    """How much room the font of titles takes, by its name."""
    themes = [
        rel.target_part for rel in layout.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    ]
    found = _MAJOR.search(themes[0].blob) if themes else None
    font = found[1].decode("utf-8", "replace") if found else ""
    if font in _LIKE_ARIAL:
        return 1.02
    return 1.22 if font.startswith(_BROAD) else 1.1


def _end(layout: Any, height: int, more: list[Any]) -> int:
    """Upper edge of what a layout draws at the bottom of every slide: a logo, a bar, a number at the left."""
    shapes = [s for page in (layout, layout.slide_master) for s in page.shapes if not s.is_placeholder]
    tops = [s.top for s in (*shapes, *more) if s is not None and s.top is not None and s.top > 0.8 * height]
    lowest = height - _MARGIN_POINTS * EMU_PER_POINT
    return int(min([lowest, *(top - 4 * EMU_PER_POINT for top in tops)]))
