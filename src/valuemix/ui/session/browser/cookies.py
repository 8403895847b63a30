"""What a browser keeps for a year, in cookies: who works in it, and that its person knows the first step."""

from __future__ import annotations

from urllib.parse import quote, unquote

import streamlit as st

__all__ = ["cookie", "keep_cookie"]

YEAR = 365 * 24 * 3600
_KEEP = st.components.v2.component(
    "valuemix.keep_cookie", js="export default ({ data }) => { document.cookie = data.cookie }"
)


def cookie(name: str) -> str:
    """What the browser held under a name when this tab was opened; blank where nothing."""
    kept = st.context.cookies.get(name)
    return unquote(kept) if isinstance(kept, str) else ""


def keep_cookie(name: str, text: str) -> None:
    """Have the browser keep a text under a name, or forget it where it is blank; draws nothing."""
    age = YEAR if text else 0
    written = f"{name}={quote(text, safe='')}; path=/; max-age={age}; SameSite=Strict"
    _KEEP(key=f"keep-{name}", data={"cookie": written}, width="content")
