"""What a deck is built on: the plain presentation, or a company's template."""

from __future__ import annotations

from valuemix.export.deck.plain import plain_presentation
from valuemix.export.deck.stage import Stage, stage_of
from valuemix.export.deck.template import template_stage

__all__ = ["open_stage"]


def open_stage(template: bytes | None) -> Stage:
    """Open what a deck is built on and find the places on its slides.

    Raises
    ------
    InvalidTemplate
        Where the template cannot be used.
    """
    if template is not None:
        return template_stage(template)
    presentation = plain_presentation()
    layout = next(each for each in presentation.slide_layouts if each.element.get("type") == "titleOnly")
    return stage_of(presentation, layout)
