"""A company's template: the layout that exhibits stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from valuemix.errors import InvalidTemplate, shorten
from valuemix.export.deck.package import open_emptied
from valuemix.export.deck.stage import FURNITURE, Stage, Unusable, stage_of

__all__ = ["template_stage"]

_CONTENT = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
_OPENING = ("title", "secHead", "blank")
"""Types of layouts that are no place for an exhibit."""


def template_stage(data: bytes) -> Stage:
    """Open a template and find the places on its slides.

    Parameters
    ----------
    data : bytes
        A .pptx or .potx file.

    Raises
    ------
    InvalidTemplate
        Where it cannot be opened, or no layout of it has a title across the top and room below.
    """
    presentation = open_emptied(data)
    reasons = {}
    for layout in _candidates(presentation):
        try:
            return stage_of(presentation, layout)
        except Unusable as reason:
            reasons[layout.name] = str(reason)
    told = "; ".join(f"{shorten(name)!r}: {reason}" for name, reason in list(reasons.items())[:4])
    raise InvalidTemplate(
        "no layout of the template can hold an exhibit: it needs a layout with a title across the top and "
        f"free room below, such as 'Title Only'. Looked at: {told or 'no layout with a title'}"
    )


def _candidates(presentation: Any) -> Iterator[Any]:
    """Layouts to try, by their types and placeholders; names are translated and say nothing."""
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    yield from (layout for layout in layouts if layout.element.get("type") == "titleOnly")
    usual = [each for each in layouts if each.element.get("type") not in (*_OPENING, "titleOnly")]
    yield from (layout for layout in usual if len(_kinds(layout)) == 1)
    yield from (layout for layout in usual if len(_kinds(layout)) == 2 and _kinds(layout)[1] in _CONTENT)


def _kinds(layout: Any) -> list[Any]:
    """Kinds of the placeholders of a layout, the title first, without date, footer and number."""
    kinds = [shape.placeholder_format.type for shape in layout.placeholders]
    kinds = [kind for kind in kinds if kind not in FURNITURE]
    return sorted(kinds, key=lambda kind: kind != PP_PLACEHOLDER.TITLE)
