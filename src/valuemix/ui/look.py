"""How the page looks where Streamlit's theme alone would leave it hard to read."""

from __future__ import annotations

from typing import Literal

import streamlit as st

__all__ = ["emphasis"]


def emphasis() -> Literal["primary", "secondary"]:
    """Kind of the button that is meant first: filled on a light page, outlined on a dark one.

    The label of a filled button is white, and no blue is far enough both from white and from the dark page.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"
