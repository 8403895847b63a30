"""HTML from parts: every text is escaped, in one place."""

from __future__ import annotations

import html
import json
from typing import Any

__all__ = ["Markup", "data_block", "element"]

_VOID = frozenset({"col", "input", "meta"})


class Markup(str):
    """Text that is markup already; everything else is escaped."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str | bool) -> Markup:
    """Element with its children; an attribute that is False is left out, `_` stands for `-`.

    Examples
    --------
    >>> print(element("p", "R&D ", element("b", "<b>"), class_="note"))
    <p class="note">R&amp;D <b>&lt;b&gt;</b></p>
    >>> print(element("details", "More", open=True, aria_label='"Numbers"'))
    <details open aria-label="&quot;Numbers&quot;">More</details>
    """
    words = "".join(_attribute(name, value) for name, value in attributes.items() if value is not False)
    inside = "".join(child if isinstance(child, Markup) else html.escape(child) for child in children)
    return Markup(f"<{tag}{words}>" if tag in _VOID else f"<{tag}{words}>{inside}</{tag}>")


def _attribute(name: str, value: str | bool) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'


def data_block(data: Any, name: str) -> Markup:
    r"""JSON that a script of the page reads; nothing in it can end the block.

    Examples
    --------
    >>> print(data_block({"name": "</script>"}, "figures"))
    <script type="application/json" id="figures">{"name":"\u003c/script\u003e"}</script>
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return element("script", Markup(text), type="application/json", id=name)
