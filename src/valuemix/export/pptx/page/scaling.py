"""A slide that was drawn 7.5 inches high, set to the size of its template."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.slide import Slide

__all__ = ["scale_slide"]

_LENGTHS = {
    "off": ("x", "y"),
    "ext": ("cx", "cy"),
    "gridCol": ("w",),
    "tr": ("h",),
    "tcPr": ("marL", "marR", "marT", "marB"),
    "bodyPr": ("lIns", "tIns", "rIns", "bIns"),
    **dict.fromkeys(("ln", "lnL", "lnR", "lnT", "lnB"), ("w",)),
    **dict.fromkeys(("rPr", "defRPr", "endParaRPr"), ("sz",)),
}
"""Attributes that are lengths, by the names of their elements."""


def scale_slide(slide: Slide, factor: float) -> None:
    """Multiply all lengths on a slide and in its charts, in place."""
    if abs(factor - 1) < 1e-6:
        return
    roots = [slide.element, *(shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)]  # type: ignore[attr-defined] # noqa: SLF001
    for root in roots:
        for element in root.iter(etree.Element):
            _scale(element, factor)


def _scale(element: Any, factor: float) -> None:
    name = etree.QName(element).localname
    for attribute in _LENGTHS.get(name, ()):
        text = element.get(attribute)
        if text is not None:
            element.set(attribute, str(round(int(text) * factor)))
    # The mark of a point in a chart: 2 to 72 points, whatever the slide.
    if name == "size" and etree.QName(element.getparent()).localname == "marker":
        element.set("val", str(min(max(round(int(element.get("val")) * factor), 2), 72)))
