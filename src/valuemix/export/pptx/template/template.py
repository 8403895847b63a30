"""What a deck is built on: the plain presentation, or a company's template, and the layout that exhibits stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from valuemix.errors import InvalidTemplate, shorten
from valuemix.export.pptx.page.page_layout import FURNITURE, PageLayout, Unusable, page_layout_of
from valuemix.export.pptx.template.package import damage_told, open_emptied
from valuemix.export.pptx.template.plain import plain_presentation

__all__ = ["open_page_layout"]

_CONTENT = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
_OPENING = ("title", "secHead", "blank")
"""Types of layouts that are no place for an exhibit."""


def open_page_layout(
    template: bytes | None, *, layout: str | None = None, footed: bool = False
) -> PageLayout:
    """Open what a deck is built on and find the places on its slides.

    Parameters
    ----------
    template : bytes or None
        A .pptx or .potx file; the plain presentation where it is None.
    layout : str, optional
        Name of the template's layout that exhibits stand on; the best one where it is None.
    footed : bool
        Whether slides bear a footer.

    Raises
    ------
    InvalidTemplate
        Where the template cannot be opened, has no such layout, or none with a title across the top and
        room below.
    """
    if template is None and layout:
        raise InvalidTemplate(f"the layout {layout!r} is one of a template; name the template as well")
    if template is None:
        presentation = plain_presentation()
        return page_layout_of(presentation, next(_candidates(presentation)))
    presentation = open_emptied(template)
    reasons = {}
    with damage_told():
        for each in _candidates(presentation) if layout is None else _named(presentation, layout):
            try:
                return page_layout_of(presentation, each, footed=footed)
            except Unusable as reason:
                reasons[each.name] = str(reason)
    told = "; ".join(f"{shorten(name)!r}: {reason}" for name, reason in list(reasons.items())[:4])
    if layout is not None:
        raise InvalidTemplate(f"no exhibit can stand on that layout of the template: {told}; name another")
    raise InvalidTemplate(
        "no layout of the template can hold an exhibit: it needs a layout with a title across the top and "
        f"free room below, such as 'Title Only'. Looked at: {told or 'no layout with a title'}"
    )


def _layouts(presentation: Any) -> list[Any]:
    return [layout for master in presentation.slide_masters for layout in master.slide_layouts]


def _named(presentation: Any, name: str) -> list[Any]:
    """Layouts of a name, however it is capitalised."""
    layouts = _layouts(presentation)
    found = [layout for layout in layouts if layout.name.strip().casefold() == name.strip().casefold()]
    if not found:
        known = ", ".join(dict.fromkeys(repr(shorten(layout.name)) for layout in layouts))
        raise InvalidTemplate(f"the template has no layout {shorten(name)!r}; it has {known}")
    return found


def _candidates(presentation: Any) -> Iterator[Any]:
    """Layouts to try, by their types and placeholders; names are translated and say nothing."""
    layouts = _layouts(presentation)
    yield from (layout for layout in layouts if layout.element.get("type") == "titleOnly")
    usual = [each for each in layouts if each.element.get("type") not in (*_OPENING, "titleOnly")]
    yield from (layout for layout in usual if len(_kinds(layout)) == 1)
    yield from (layout for layout in usual if len(_kinds(layout)) == 2 and _kinds(layout)[1] in _CONTENT)


def _kinds(layout: Any) -> list[Any]:
    """Kinds of the placeholders of a layout, the title first, without date, footer and number."""
    kinds = [shape.placeholder_format.type for shape in layout.placeholders]
    kinds = [kind for kind in kinds if kind not in FURNITURE]
    return sorted(kinds, key=lambda kind: kind != PP_PLACEHOLDER.TITLE)
