"""The Decide page: a decision in the making, and what became of those on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from valuemix.ui.session.choices import question
from valuemix.ui.session.deciding import Deciding, deciding
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import header, missing_scores, page_edge
from valuemix.ui.widgets.decisions.draft import draft
from valuemix.ui.widgets.decisions.planned import planned
from valuemix.ui.widgets.decisions.reviews import reviews
from valuemix.ui.widgets.decisions.sets import sets

__all__ = ["page"]


@st.fragment(key="decide")
def page() -> None:
    """Draw the page."""
    now, work = header("decide"), deciding()
    work.follow()
    with page_edge():
        question(now, "decide", PARTS)(now, work)


def _draft(now: Session, work: Deciding) -> None:
    if not missing_scores(now):
        draft(now, work)


PARTS: Mapping[str, Callable[[Session, Deciding], None]] = {
    "Draft": _draft,
    "A set": sets,
    "Impact": planned,
    "Reviews": reviews,
}
"""Parts of the page by their labels, in the order of the work."""
