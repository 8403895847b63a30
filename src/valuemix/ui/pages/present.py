"""The Present page: the slides of the deck one at a time in the whole window, the desk at the end."""

from __future__ import annotations

import streamlit as st

from valuemix.errors import ValuemixError
from valuemix.exhibits import Exhibit
from valuemix.exhibits.slides import titled
from valuemix.export.pptx.preview import previews
from valuemix.ui.literal_text import literal
from valuemix.ui.session.deck_actions import slides_of
from valuemix.ui.session.size_limit import size_problem
from valuemix.ui.session.tab import Session, session
from valuemix.ui.widgets.banners import draft_offer
from valuemix.ui.widgets.components import CHART_CONFIG, missing_scores, page_edge
from valuemix.ui.widgets.desk import desk
from valuemix.ui.widgets.exhibit_cache import shown_on
from valuemix.ui.widgets.presentation import (
    keep_presentation_address,
    leave_presentation,
    presentation_bar,
    presentation_look,
)
from valuemix.ui.widgets.preview import slide_frame

__all__ = ["page"]


@st.fragment(key="present")
def page() -> None:
    """Draw the page: everything that a step shows is there before it is asked for."""
    now = session()
    now.files.follow()
    keep_presentation_address(now)
    presentation_look()
    with st.container(key="presentation"):
        if presentation_bar():
            leave_presentation()
        told = st.container(key="presentation-told")
        with told:
            _news(now)
            if not _can_be_shown(now):
                return
        with st.container(key="presentation-desk"):
            desk(now)
        with page_edge():
            with told:
                made = _made(now)
            _slides(made)


def _news(now: Session) -> None:
    """What nobody should present without knowing: a mistake, and work that waits to be taken up."""
    if now.view.told.message:
        st.error(literal(now.view.told.message), icon=":material/error:")
    for draft in now.files.drafting.offered[:3]:
        draft_offer(now, draft, "present-draft")


def _can_be_shown(now: Session) -> bool:
    """Whether the scenario is small enough for the pages, and has scores; what it lacks is told."""
    too_large = size_problem(now.scenario)
    if too_large:
        st.error(literal(too_large), icon=":material/error:")
    return not too_large and not missing_scores(now)


def _made(now: Session) -> list[Exhibit]:
    """Exhibits of the slides; one that cannot be made is told and left out."""
    made = []
    for place, slide in enumerate(slides_of(now), start=1):
        try:
            made.append(titled(shown_on(now, slide), slide))
        except ValuemixError as error:
            st.warning(literal(f"Slide {place} cannot be made: {error}"), icon=":material/warning:")
    return made


def _slides(made: list[Exhibit]) -> None:
    for place, shown in enumerate(previews(made)):
        with st.container(key=f"presentation-slide-{place}"):
            slide_frame(shown, f"presentation-page-{place}", {**CHART_CONFIG, "displayModeBar": False})
