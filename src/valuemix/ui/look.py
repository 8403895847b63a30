"""How the page looks where Streamlit's theme alone would leave it hard to read."""

from __future__ import annotations

from typing import Literal

import streamlit as st

__all__ = ["emphasis", "skin"]


def emphasis() -> Literal["primary", "secondary"]:
    """Kind of the button that is meant first: filled on a light page, outlined on a dark one.

    The label of a filled button is white, and no blue is far enough both from white and from the dark page.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"


def skin() -> Literal["light", "dark"]:
    """Name of the look that charts take: light or dark, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"
