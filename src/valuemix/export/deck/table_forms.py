"""Exhibits as native tables."""

from __future__ import annotations

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.deck.box import Box
from valuemix.export.deck.text import add_text

__all__ = ["draw_any"]


def draw_any(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Table of an exhibit that has no form of its own."""
    add_text(slide, box, exhibit.alt, 12)
