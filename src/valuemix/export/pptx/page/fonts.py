"""How much room the fonts of a theme take; nothing but their names is known."""

from __future__ import annotations

import re
from typing import Any

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
    font = _font(layout, b"major" if titles else b"minor")
    if font.startswith(_LIKE_ARIAL):
        return 1.02 if titles else 1.08
    return 1.22 if font.startswith(_BROAD) else 1.13


def _font(layout: Any, which: bytes) -> str:
    """Name of a font of the theme, empty where there is none."""
    for rel in layout.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            found = re.search(
                rb"<a:%sFont>\s*<a:latin [^>]*?typeface=\"([^\"]*)\"" % which, rel.target_part.blob
            )
            return found[1].decode("utf-8", "replace") if found else ""
    return ""
