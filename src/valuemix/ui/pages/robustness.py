"""The Robustness page: how sure the ranking is under what is not known."""

from __future__ import annotations

import streamlit as st

from valuemix import exhibits
from valuemix.ui.assumptions import assumptions, shaken
from valuemix.ui.choices import segment_choice
from valuemix.ui.components import exhibit, header, page_edge

__all__ = ["page"]


@st.fragment(key="robustness")
def page() -> None:
    """Draw the page."""
    now = header("robustness")
    with page_edge():
        segment_choice(now, "robustness")
        result = shaken(now, *assumptions(now))
        exhibit(exhibits.acceptability(result), key="robustness-acceptability")
        exhibit(exhibits.central_weights(result), key="robustness-central")
        exhibit(exhibits.pairwise(result), key="robustness-pairwise")
