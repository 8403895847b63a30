"""What a deck is built on: the plain presentation, or a company's template."""

from __future__ import annotations

from valuemix.errors import InvalidTemplate
from valuemix.export.pptx.page.page_layout import Stage, stage_of
from valuemix.export.pptx.template.plain import plain_presentation
from valuemix.export.pptx.template.template import template_stage

__all__ = ["open_stage"]


def open_stage(template: bytes | None, *, layout: str | None = None, footed: bool = False) -> Stage:
    """Open what a deck is built on and find the places on its slides.

    Parameters
    ----------
    template : bytes or None
        A .pptx or .potx file; the plain presentation where it is None.
    layout : str, optional
        Name of the template's layout that exhibits stand on.
    footed : bool
        Whether slides bear a footer.

    Raises
    ------
    InvalidTemplate
        Where the template cannot be used, or has no such layout.
    """
    if template is not None:
        return template_stage(template, layout=layout, footed=footed)
    if layout:
        raise InvalidTemplate(f"the layout {layout!r} is one of a template; name the template as well")
    presentation = plain_presentation()
    own = next(each for each in presentation.slide_layouts if each.element.get("type") == "titleOnly")
    return stage_of(presentation, own)
