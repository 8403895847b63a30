"""How a piece of a slide looks, whoever wrote it down: colours and fonts of the theme resolved, defaults left out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.package import Package
from valuemix.export.pptx.page.theme_colors import RGB, Colors, colors_of, theme_of

__all__ = ["Same", "same_in"]

Same = Callable[[Any, Any], bool]
"""Whether two pieces look alike; pieces that are missing are alike."""

_NEAR = 0.02
"""Parts of a colour that are taken for equal: programs round them."""

_LEFT_OUT = frozenset(map(qn, ("a:extLst", "c:extLst", "a:lstStyle", "a:endParaRPr")))
_QUARTER = 3_175
"""EMU of a quarter of a point."""


def same_in(package: Package) -> Same:
    """Compares pieces in the colours and fonts of the first layout of a deck."""
    layout = Presentation(io.BytesIO(package.patched())).slide_layouts[0]
    colors = colors_of(layout)
    usual = {each.get("typeface") for each in theme_of(layout).iter(qn("a:latin"))}

    def same(one: Any, other: Any) -> bool:
        if one is None or other is None:
            return one is other
        return _plain(one) == _plain(other) or (
            _near(_colors(one, colors), _colors(other, colors))
            and set(_marks(one, usual)) == set(_marks(other, usual))
        )

    return same


def _plain(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True))


def _near(ones: list[RGB], others: list[RGB]) -> bool:
    """Whether each colour of either has one of the other that looks the same."""

    def has(found: list[RGB], color: RGB) -> bool:
        return any(max(abs(a - b) for a, b in zip(color, each, strict=True)) <= _NEAR for each in found)

    return all(has(others, color) for color in ones) and all(has(ones, color) for color in others)


def _seen(element: Any) -> Iterator[Any]:
    """Elements within one that are looked at."""
    if element.tag not in _LEFT_OUT:
        yield element
        for child in element.iterchildren(etree.Element):
            yield from _seen(child)


def _colors(element: Any, colors: Colors) -> list[RGB]:
    fills = (each for each in _seen(element) if each.tag == qn("a:solidFill") and len(each))
    return [color for color in (colors.of(fill[0]) for fill in fills) if color is not None]


def _marks(element: Any, usual: set[str | None]) -> Iterator[tuple[str, ...]]:
    """What is seen but colours: widths of lines, symbols, fonts that are not the theme's."""
    for each in _seen(element):
        if each.tag in _READ:
            mark = _READ[each.tag](each)
            if any(mark) and not (each.tag == qn("a:latin") and each.get("typeface") in usual):
                yield (each.tag, *mark)


def _value(element: Any) -> tuple[str, ...]:
    value = element.get("val") or element.get("type") or element.get("typeface") or ""
    return ("",) if value == "solid" else (value,)


def _width(element: Any) -> tuple[str, ...]:
    width = int(element.get("w", 0))
    return (f"{round(width / _QUARTER)}" if width else "",)


def _font(element: Any) -> tuple[str, ...]:
    return (element.get("sz", ""), *(_yes(element.get(flag)) for flag in ("b", "i", "u")))


def _yes(flag: str | None) -> str:
    return "" if flag in (None, "0", "false", "none") else "1"


_READ: dict[str, Callable[[Any], tuple[str, ...]]] = {
    **dict.fromkeys(
        map(qn, ("c:symbol", "c:size", "a:prstDash", "a:headEnd", "a:tailEnd", "a:latin")), _value
    ),
    **dict.fromkeys(map(qn, ("a:ln", "a:lnL", "a:lnR", "a:lnT", "a:lnB")), _width),
    **dict.fromkeys(map(qn, ("a:rPr", "a:defRPr")), _font),
    **dict.fromkeys(
        map(qn, ("a:gradFill", "a:blipFill", "a:pattFill", "a:outerShdw", "a:glow")), lambda _: ("there",)
    ),
}
"""What is read of elements by their names."""
