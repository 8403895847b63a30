"""Colours of a theme as they are seen: resolved to red, green and blue, and compared by contrast."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

__all__ = ["RGB", "Colors", "colors_of", "contrast", "least_contrast"]

RGB = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

_USUAL = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_WHITE: RGB = (1.0, 1.0, 1.0)


def contrast(one: RGB, other: RGB) -> float:
    """Contrast of two colours by WCAG 2.2, from 1 to 21.

    Examples
    --------
    >>> contrast((0, 0, 0), (1, 1, 1)), round(contrast((0, 0.447, 0.698), (1, 1, 1)), 1)
    (21.0, 5.2)
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def least_contrast(color: RGB, grounds: Sequence[RGB]) -> float:
    """Contrast with the ground that a colour stands out from least."""
    return min((contrast(color, ground) for ground in grounds), default=21.0)


def _luminance(color: RGB) -> float:
    linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in color)
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@dataclass(frozen=True)
class Colors:
    """Colours of a theme by their names, and which of them stand for text and ground."""

    named: Mapping[str, RGB]
    mapped: Mapping[str, str]

    def of(self, element: Any, ground: RGB = _WHITE, holder: RGB | None = None) -> RGB | None:
        """Colour of an element such as ``a:schemeClr``, over a ground where it lets that through.

        Parameters
        ----------
        element : lxml element
        ground : RGB
            What is behind.
        holder : RGB, optional
            What ``phClr`` stands for in a style of the theme.
        """
        color = self._plain(element, holder)
        if color is None:
            return None
        seen = 1.0
        for change in element:
            amount = int(change.get("val") or 0) / 100_000
            if etree.QName(change).localname == "alpha":
                seen = amount
            else:
                color = _changed(color, etree.QName(change).localname, amount)
        return _blend(color, ground, seen)

    def _plain(self, element: Any, holder: RGB | None) -> RGB | None:
        kind, value = etree.QName(element).localname, element.get("val") or ""
        if kind == "schemeClr":
            return holder if value == "phClr" else self.named.get(self.mapped.get(value, value))
        if kind == "sysClr":
            return _parsed(element.get("lastClr") or ("FFFFFF" if value == "window" else "000000"))
        if kind == "srgbClr":
            return _parsed(value)
        return {"black": (0.0, 0.0, 0.0), "white": _WHITE}.get(value) if kind == "prstClr" else None


def colors_of(layout: Any) -> Colors:
    """Colours of the theme of a layout, under the names that the layout gives them."""
    master = layout.slide_master
    named: dict[str, RGB] = {"dk1": (0.0, 0.0, 0.0), "lt1": _WHITE}
    scheme = theme_of(layout).find(f".//{qn('a:clrScheme')}")
    for each in scheme if scheme is not None else ():
        color = Colors({}, {}).of(each[0]) if len(each) else None
        if color is not None:
            named[etree.QName(each).localname] = color
    own = layout.element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    found = own if own is not None else master.element.find(qn("p:clrMap"))
    return Colors(named, {**_USUAL, **(dict(found.attrib) if found is not None else {})})


def theme_of(layout: Any) -> Any:
    """Root of the theme of a layout; an empty element where there is none."""
    for rel in layout.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme") and not rel.is_external:
            return etree.fromstring(rel.target_part.blob)
    return etree.Element("none")


def _parsed(text: str) -> RGB | None:
    try:
        red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return None
    return red, green, blue


def _changed(color: RGB, how: str, amount: float) -> RGB:
    """Colour lighter, darker or calmer, as Office counts it."""
    if how == "shade":
        return _blend(color, (0.0, 0.0, 0.0), amount)
    if how == "tint":
        return _blend(color, _WHITE, amount)
    hue, light, full = colorsys.rgb_to_hls(*color)
    if how == "lumMod":
        light *= amount
    elif how == "lumOff":
        light += amount
    elif how == "satMod":
        full *= amount
    return colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), min(max(full, 0.0), 1.0))


def _blend(color: RGB, ground: RGB, seen: float) -> RGB:
    red, green, blue = (seen * v + (1 - seen) * g for v, g in zip(color, ground, strict=True))
    return red, green, blue
