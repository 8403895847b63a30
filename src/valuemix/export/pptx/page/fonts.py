"""How much room the fonts of a theme take; nothing but their names is known."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.page.theme_colors import theme_of

__all__ = ["breadth"]

_LIKE_ARIAL = ("Arial", "Aptos", "Calibri", "Helvetica", "Liberation Sans", "Times New Roman")
_BROAD = ("Bookman", "Century Gothic", "Courier", "DejaVu", "Lucida", "Montserrat", "Poppins", "Verdana")


def breadth(layout: Any, *, titles: bool = False) -> float:
    """How much broader than measured the texts of a layout are, rather too much than too little.

    Parameters
    ----------
    layout : SlideLayout
    titles : bool
        Whether it is about the font of titles, not of the rest.
    """
    latin = theme_of(layout).find(f".//{qn('a:majorFont' if titles else 'a:minorFont')}/{qn('a:latin')}")
    font = "" if latin is None else latin.get("typeface", "")
    if font.startswith(_LIKE_ARIAL):
        return 1.02 if titles else 1.08
    return 1.22 if font.startswith(_BROAD) else 1.13
