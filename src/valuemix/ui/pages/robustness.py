"""The Robustness page: how sure the ranking is under what is not known."""

from __future__ import annotations

import streamlit as st

from valuemix import exhibits
from valuemix.ui.session.choices import segment_choice
from valuemix.ui.widgets.assumptions import assumptions, shaken, shaken_slide
from valuemix.ui.widgets.components import exhibit, header, page_edge

__all__ = ["page"]


@st.fragment(key="robustness")
def page() -> None:
    """Draw the page."""
    now = header("robustness")
    with page_edge():
        segment_choice(now, "robustness")
        taken, draws = assumptions(now)
        result = shaken(now, taken, draws)
        shown = {
            "acceptability": exhibits.acceptability,
            "central_weights": exhibits.central_weights,
            "pairwise": exhibits.pairwise,
        }
        for name, make in shown.items():
            exhibit(make(result), f"robustness-{name}", shaken_slide(now, name, taken, draws))
