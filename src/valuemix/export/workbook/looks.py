"""Cell formats of results: numbers show few decimals and keep them all."""

from __future__ import annotations

import math
from collections.abc import Iterable

from valuemix.exhibits.words.lettering import text_width
from valuemix.files.tables.writing.sheet_pen import HEADER, INPUT, LINE, MUTED, Pen
from valuemix.screen.skins import SKINS

__all__ = ["PRINTED_FOOT", "add_looks", "digits", "height"]

PRINTED_FOOT = "&L&F, &A&RPage &P of &N"
"""File and sheet at the left, pages at the right."""

_TALLEST = 400.0
_LINE = {"bottom": 1, "bottom_color": LINE}


def digits(decimals: int) -> str:
    """Number format with some decimals.

    Examples
    --------
    >>> digits(2), digits(0)
    ('0.00', '0')
    """
    return f"0.{'0' * decimals}" if decimals else "0"


def add_looks(pen: Pen, decimals: int, disciplines: int) -> None:
    """Add the cell formats of results by name, for values of so many decimals."""
    shown, skin = digits(decimals), SKINS["light"]
    right = {"align": "right", **_LINE}
    pen.look("computed", **_LINE)
    pen.look("name", text_wrap=True, **_LINE)
    pen.look("who", text_wrap=True, **right)
    pen.look(
        "figures", bold=True, bg_color=HEADER, text_wrap=True, align="right", border=1, border_color=LINE
    )
    pen.look("value", num_format=f'{shown};"−"{shown}', **right)
    pen.look("total", num_format=f'{shown};"−"{shown}', bold=True, **right)
    pen.look("exact", num_format=f'{digits(decimals + 2)};"−"{digits(decimals + 2)}', **right)
    pen.look("unit", num_format="0.000", **right)
    pen.look("share", num_format="0.0%", **right)
    pen.look("whole", num_format="0", **right)
    pen.look("faint", font_color=MUTED)
    pen.look("strong", bold=True, text_wrap=True)
    pen.look("banner", font_size=18, bold=True, text_wrap=True)
    pen.look("choice", bg_color=INPUT, border=1, border_color=LINE, num_format="@", bold=True, text_wrap=True)
    for d, color in enumerate(skin.twins[:disciplines]):
        pen.look(f"mark {d}", bold=True, font_color=color, text_wrap=True)
    for name, look in {
        "fine": {"num_format": f"{digits(decimals + 3)}"},
        "partial": {"num_format": f'{shown}"*";"−"{shown}"*"', "italic": True},
        "first": {"bold": True, "font_color": skin.twins[0]},
    }.items():
        pen.formats[name] = pen.book.add_format(look)


def height(texts: Iterable[str], width: float, size: float = 11) -> float:
    """Points that a row needs for the longest of some texts, wrapped in a column of so many characters.

    Examples
    --------
    >>> height(["Express"], 20) < height(["Predictive uptime for every plant"], 20)
    True
    """
    room = width * 0.47 * 11 / size
    lines = max(math.ceil(text_width(text) / room + 0.1) for text in texts)
    return min(lines * size * 1.36, _TALLEST)
