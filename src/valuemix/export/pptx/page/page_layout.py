"""Where things stand on every slide of a deck: found once, the same on all of them.

Everything is drawn on a slide of 7.5 inches in height, whatever that of the template is, and set to
its size at the end (`scaling`): sizes in points are those of a page as it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from valuemix.export.pptx.page.artwork import Scenery, scenery_of
from valuemix.export.pptx.page.box import EMU_PER_INCH, EMU_PER_POINT, Box
from valuemix.export.pptx.page.fonts import breadth

__all__ = [
    "FURNITURE",
    "TITLES",
    "Heading",
    "PageLayout",
    "Unusable",
    "heading_of",
    "page_layout_of",
    "placeholder",
]

FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)

HEIGHT = round(7.5 * EMU_PER_INCH)
"""Of the slide on which everything is drawn."""

_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
"""Margins of a text box that states none."""

SUBTITLE_POINTS, FOOT_POINTS, GAP_POINTS = 22, 34, 12
_MARGIN_POINTS = 20
"""Least room below the foot, and beside the body."""

_CLEAR_POINTS = 6
"""Between art and what stands beside it."""

_LEAST = 0.42
"""Share of a slide that the body needs, in height and in width."""


class Unusable(Exception):
    """A layout that no exhibit can stand on; the message says why."""


@dataclass(frozen=True)
class Heading:
    """A placeholder for a heading: where its text stands, and in which font.

    Attributes
    ----------
    box : Box
        Inside its margins.
    insets : mapping of str to int
        Its margins, as attributes of the text body.
    size : float
        Font size in points.
    bold : bool
    line : float
        Height of a line in font sizes.
    broad : float
        How much broader than measured texts are.
    lines : int
        That it may take at most.
    """

    box: Box
    insets: dict[str, int]
    size: float
    bold: bool
    line: float
    broad: float
    lines: int = 2


@dataclass(frozen=True)
class PageLayout:
    """A layout, and the places on it.

    Attributes
    ----------
    presentation, layout : object
        Of python-pptx.
    scale : float
        How many times the slide is as high as the one that everything is drawn on.
    title : Heading
        The layout's title.
    broad : float
        How much broader than measured texts other than titles are.
    subtitle, body, foot : Box
        Below it.
    number, footer : object or None
        The layout's placeholders for the slide number and for a footer.
    scenery : Scenery
        What the layout draws behind, in its own measures.
    """

    presentation: Any
    layout: Any
    scale: float
    title: Heading
    broad: float
    subtitle: Box
    body: Box
    foot: Box
    number: Any
    footer: Any
    scenery: Scenery


def page_layout_of(presentation: Any, layout: Any, *, footed: bool = False) -> PageLayout:
    """Places on a layout.

    Parameters
    ----------
    presentation, layout : object
        Of python-pptx.
    footed : bool
        Whether the footer of the layout is used; else its place is free.

    Raises
    ------
    Unusable
        Where there is no title, or no room below it.
    """
    scale = presentation.slide_height / HEIGHT
    page = Box(0, 0, round(presentation.slide_width / scale), HEIGHT)
    title = heading_of(layout, placeholder(layout, *TITLES), scale)
    box = title.box
    if not 0.05 * HEIGHT <= box.bottom <= 0.34 * HEIGHT or box.width < 0.45 * page.width:
        raise Unusable("its title is not a line across the top of the slide")
    number, scenery = placeholder(layout, PP_PLACEHOLDER.SLIDE_NUMBER), scenery_of(layout)
    footer = placeholder(layout, PP_PLACEHOLDER.FOOTER) if footed else None
    art = [each.box.times(1 / scale) for each in scenery.art]
    # What covers most of the slide is ground.
    art = [each for each in art if each.within(page).area < 0.5 * page.area]
    own = [_box(each, scale) for each in (number, footer) if each is not None]
    bodies = _bodies(layout, scale)
    subtitle, body, foot = _places(page, box, [*own, *art], bodies)
    if not _roomy(body, page) and bodies:
        # What a layout draws behind its own body is ground, and no obstacle.
        subtitle, body, foot = _places(page, box, own, bodies)
    if not _roomy(body, page):
        raise Unusable("there is too little room between its title and its foot")
    return PageLayout(
        presentation, layout, scale, title, breadth(layout), subtitle, body, foot, number, footer, scenery
    )


def _roomy(body: Box, page: Box) -> bool:
    return body.height >= _LEAST * page.height and body.width >= _LEAST * page.width


def _places(page: Box, title: Box, obstacles: Sequence[Box], bodies: Sequence[Box]) -> tuple[Box, Box, Box]:
    """Subtitle, body and foot below a title, inside the layout's body and clear of obstacles."""
    points = EMU_PER_POINT
    right = max(title.right, page.width - max(title.left, _MARGIN_POINTS * points))
    frame = Box(
        title.left, title.bottom, right - title.left, page.height - _MARGIN_POINTS * points - title.bottom
    )
    for own in bodies[:1]:
        frame = frame.within(Box(own.left, 0, own.width, page.height))
    corner = [each for each in obstacles if each.left > 0.6 * page.width and each.top > 0.8 * page.height]
    for each in sorted((box for box in obstacles if box not in corner), key=lambda box: -box.area):
        frame = _beside(frame, each)
    subtitle = Box(frame.left, frame.top + 4 * points, frame.width, SUBTITLE_POINTS * points)
    foot = Box(frame.left, frame.bottom - FOOT_POINTS * points, frame.width, FOOT_POINTS * points)
    top, ends = subtitle.bottom + GAP_POINTS * points, [foot.top - GAP_POINTS * points]
    for each in corner:
        # The foot ends before a number or a logo in the corner; the body stands above both.
        if foot.within(each).area:
            foot = foot.cut(right=foot.right - each.left + GAP_POINTS * points)
        ends.append(each.top - _CLEAR_POINTS * points)
    body = Box(frame.left, top, frame.width, min(ends) - top)
    inner = body.within(Box(0, bodies[0].top, page.width, bodies[0].height)) if bodies else body
    return subtitle, inner if inner.height >= _LEAST * page.height else body, foot


def _beside(frame: Box, obstacle: Box) -> Box:
    """What is left of a frame beside an obstacle: the strip is cut that costs least."""
    shared = frame.within(obstacle)
    if not shared.width or not shared.height:
        return frame
    gap = _CLEAR_POINTS * EMU_PER_POINT
    cuts = (
        frame.cut(left=shared.right - frame.left + gap),
        frame.cut(right=frame.right - shared.left + gap),
        frame.cut(top=shared.bottom - frame.top + gap),
        frame.cut(bottom=frame.bottom - shared.top + gap),
    )
    return max(cuts, key=lambda box: max(box.width, 0) * max(box.height, 0))


def _box(shape: Any, scale: float) -> Box:
    if None in (shape.left, shape.top, shape.width, shape.height):
        return Box(0, 0, 0, 0)
    return Box(shape.left, shape.top, shape.width, shape.height).times(1 / scale)


def _bodies(layout: Any, scale: float) -> list[Box]:
    """Where a layout, or its master, has the one body of a slide; the first is the layout's."""
    own, masters = _of_kinds(layout, _BODIES), _of_kinds(layout.slide_master, _BODIES)
    result = []
    for shape in (*(own if len(own) == 1 else []), *masters):
        box, insets = _box(shape, scale), _insets([shape, *masters], scale)
        if box.area:
            result.append(box.cut(left=insets["lIns"], right=insets["rIns"]))
    return result


def _insets(shapes: Sequence[Any], scale: float) -> dict[str, int]:
    """Margins of a text body: those of the first of some shapes that states them."""
    bodies = [body for shape in shapes if (body := shape.element.find(f".//{qn('a:bodyPr')}")) is not None]
    return {
        side: round(next((int(b.get(side)) for b in bodies if b.get(side) is not None), usual) / scale)
        for side, usual in _INSETS.items()
    }


def _of_kinds(page: Any, kinds: Sequence[PP_PLACEHOLDER]) -> list[Any]:
    """Placeholders of a layout or a master that are of one of some kinds."""
    return [shape for shape in page.placeholders if shape.placeholder_format.type in kinds]


def placeholder(layout: Any, *kinds: PP_PLACEHOLDER) -> Any:
    """First placeholder of a layout that is of one of some kinds; None where there is none."""
    return next(iter(_of_kinds(layout, kinds)), None)


# ---------------------------------------------------------------------- headings


def heading_of(layout: Any, shape: Any, scale: float) -> Heading:
    """Place and font of a title of a layout.

    Raises
    ------
    Unusable
        Where there is none, or it has no place.
    """
    if shape is None:
        raise Unusable("it has no title")
    box = _box(shape, scale)
    if not box.area:
        raise Unusable("its title has no place")
    owners = [shape, *_of_kinds(layout.slide_master, TITLES)]
    insets = _insets(owners, scale)
    inner = box.cut(left=insets["lIns"], top=insets["tIns"], right=insets["rIns"], bottom=insets["bIns"])
    size, bold, line = _font(owners, layout.slide_master)
    return Heading(inner, insets, size / scale, bold, line, breadth(layout, titles=True))


def _font(owners: Sequence[Any], master: Any) -> tuple[float, bool, float]:
    """Size in points, boldness and height of a line of a title: the nearest owner that states them counts."""
    style = f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}"
    levels = [owner.element.find(f".//{style}") for owner in owners]
    levels = [*levels, master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")]

    def stated(path: str, attribute: str, usual: str) -> str:
        found = [level.find(path) for level in levels if level is not None]
        return next((own for each in found if each is not None and (own := each.get(attribute))), usual)

    font, spacing = qn("a:defRPr"), f"{qn('a:lnSpc')}/{qn('a:spcPct')}"
    size, bold = int(stated(font, "sz", "1800")) / 100, stated(font, "b", "0") in ("1", "true")
    return size, bold, 1.2 * max(int(stated(spacing, "val", "100000")) / 100_000, 0.8)
