"""What a template draws on every slide: its ground and its art, where they are and in which colours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from pptx.oxml.ns import qn

from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.theme_colors import RGB, Colors, colors_of, theme_of

__all__ = ["Art", "Scenery", "scenery_of"]

_COVERED = 0.9
"""Share of a box from which on art is what it stands on."""

_TOUCHED = 0.05
_COLORS = (qn("a:schemeClr"), qn("a:srgbClr"), qn("a:sysClr"), qn("a:prstClr"))
_FILLS = (
    qn("a:solidFill"),
    qn("a:gradFill"),
    qn("a:blipFill"),
    qn("a:pattFill"),
    qn("a:noFill"),
    qn("p:blipFill"),
)


@dataclass(frozen=True)
class Art:
    """One thing that a template draws: its place and its colours; none where it has no fill."""

    box: Box
    colors: tuple[RGB, ...]


@dataclass(frozen=True)
class Scenery:
    """Ground and art behind the slides of a layout, from back to front."""

    colors: Colors
    ground: tuple[RGB, ...]
    art: tuple[Art, ...]

    def behind(self, box: Box) -> tuple[RGB, ...]:
        """Colours on which something in a box stands."""
        found = self.ground
        for each in self.art:
            part = each.box.within(box).area / max(box.area, 1)
            if each.colors and part > _TOUCHED:
                found = each.colors if part > _COVERED else (*found, *each.colors)
        return found


def scenery_of(layout: Any) -> Scenery:
    """What a layout and its master draw."""
    colors, theme = colors_of(layout), theme_of(layout)
    pages = [layout] if layout.element.get("showMasterSp") == "0" else [layout.slide_master, layout]
    art = tuple(each for page in pages for each in _drawn(page, colors))
    return Scenery(colors, _ground(layout, colors, theme), art)


def _ground(layout: Any, colors: Colors, theme: Any) -> tuple[RGB, ...]:
    """Colours of the background: the layout's own, else its master's, else the theme's."""
    usual = (colors.named.get(colors.mapped["bg1"], (1.0, 1.0, 1.0)),)
    for page in (layout, layout.slide_master):
        background = page.element.find(f"{qn('p:cSld')}/{qn('p:bg')}/*")
        found = None if background is None else _painted(background, page, colors, theme)
        if found is not None:
            return found or usual
    return usual


def _painted(own: Any, page: Any, colors: Colors, theme: Any) -> tuple[RGB, ...] | None:
    """Colours of a background; None where it is a style that the theme does not have."""
    if own.tag == qn("p:bgPr"):
        return _fill(own, page, colors) or ()
    styles = theme.find(f".//{qn('a:bgFillStyleLst')}")
    place = int(own.get("idx") or 0) - 1001
    if styles is None or not 0 <= place < len(styles):
        return None
    return _colors_in(styles[place], page, colors, colors.of(own[0]) if len(own) else None)


def _drawn(page: Any, colors: Colors) -> Iterator[Art]:
    for shape in page.shapes:
        if not shape.is_placeholder and None not in (shape.left, shape.top, shape.width, shape.height):
            elements = (shape.element, *shape.element.iter(qn("p:sp"), qn("p:pic")))
            found = [color for element in elements for color in _filled(element, page, colors)]
            box = Box(shape.left, shape.top, shape.width, shape.height)
            yield Art(box, tuple(dict.fromkeys(found)))


def _filled(element: Any, page: Any, colors: Colors) -> tuple[RGB, ...]:
    """Colours of a shape: those of its own fill, else that of its style."""
    for owner in (element, element.find(qn("p:spPr"))):
        own = None if owner is None else _fill(owner, page, colors)
        if own is not None:
            return own
    style = element.find(f"{qn('p:style')}/{qn('a:fillRef')}")
    has_color = style is not None and style.get("idx") != "0" and len(style)
    color = colors.of(style[0]) if has_color else None
    return () if color is None else (color,)


def _fill(properties: Any, page: Any, colors: Colors) -> tuple[RGB, ...] | None:
    """Colours of a fill; None where nothing is said of it, none where there is none."""
    own = next((each for each in properties if each.tag in _FILLS), None)
    return None if own is None else _colors_in(own, page, colors, None)


def _colors_in(fill: Any, page: Any, colors: Colors, holder: RGB | None) -> tuple[RGB, ...]:
    if fill.tag.endswith("}blipFill"):
        return _of_picture(fill, page)
    found = [colors.of(each, holder=holder) for each in fill.iter(*_COLORS)]
    return tuple(color for color in found if color is not None)


def _of_picture(fill: Any, page: Any) -> tuple[RGB, ...]:
    """Colours of a picture, from light to dark; none where it cannot be read."""
    blip = fill.find(qn("a:blip"))
    rel_id = None if blip is None else blip.get(qn("r:embed"))
    try:
        with Image.open(io.BytesIO(page.part.related_part(rel_id).blob)) as picture:
            small = picture.convert("RGB").resize((6, 6))
    except (KeyError, AttributeError, OSError, ValueError, Image.DecompressionBombError):
        return ()
    points: Sequence[Any] = [small.getpixel((x, y)) for x in range(6) for y in range(6)]
    shades = sorted((sum(point), point) for point in points)
    chosen = [shades[place][1] for place in (1, len(shades) // 2, -2)]
    return tuple((red / 255, green / 255, blue / 255) for red, green, blue in chosen)
