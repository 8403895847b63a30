"""The Evidence page: what respondents said, and how sure it is."""

from __future__ import annotations

import streamlit as st

from valuemix.analysis.evidence.memory import MOST_MEMORY
from valuemix.errors import NothingToShow
from valuemix.exhibits.evidence.answers_needed import WORTH
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import slide_of
from valuemix.glossary import meaning
from valuemix.model.parts import Slide
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import number_of, segment_choice
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.answers_box import answers_box
from valuemix.ui.widgets.components import exhibit, header, missing_scores, page_edge
from valuemix.ui.widgets.exhibit_cache import shown_on

__all__ = ["page"]

NO_ANSWERS = (
    "With answers of respondents this page shows who leads among those asked, how sure that is and how many would "
    "choose otherwise. The box below brings them in, or the command “valuemix survey” in a terminal."
)


@st.fragment(key="evidence")
def page() -> None:
    """Draw the page."""
    now = header("evidence")
    with page_edge():
        if now.scenario.evidence is None:
            st.subheader("No answers of respondents are in this scenario")
            st.caption(literal(NO_ANSWERS))
            answers_box(now)
        elif not missing_scores(now):
            segment_choice(now, "evidence")
            _exhibits(now)
            answers_box(now)


def _exhibits(now: Session) -> None:
    for name in ("asked", "leads", "would_choose", "importance", "stated_and_derived", "believed_weights"):
        _shown(now, slide_of(name, segment=now.segment))
    if len(now.scenario.segments) > 1:
        _shown(now, slide_of("segments_apart"))
    _shown(now, slide_of("answers_needed", segment=now.segment, worth=f"{_worth(now):g}"))
    _waves(now)


def _waves(now: Session) -> None:
    """What moved since the wave before; one line where there is none."""
    _shown(now, slide_of("lead_over_time", segment=now.segment))
    if now.scenario.evidence and now.scenario.evidence.earlier:
        _shown(now, slide_of("wave_moves", segment=now.segment))
        _shown(now, slide_of("wave_bridge"))
        with st.expander(
            "Advanced", icon=":material/settings:", key="evidence-advanced", on_change="rerun"
        ) as box:
            if box.open:
                _memory(now)


def _memory(now: Session) -> None:
    """The lead with older answers counted for less."""
    half_life = st.slider(
        "Memory: waves after which an answer counts half",
        0.0,
        MOST_MEMORY,
        step=0.5,
        help=meaning("memory"),
        **number_of(now, "evidence-half-life", 1.0, 0.0, MOST_MEMORY),
    )
    _shown(now, slide_of("memory", segment=now.segment, half_life=f"{half_life:g}"))


def _worth(now: Session) -> float:
    return st.number_input(
        "Lead worth telling (% of the scale)",
        0.1,
        100.0,
        step=0.5,
        width=260,
        help="How long a lead has to be for it to matter: answers are counted that tell one so long.",
        **number_of(now, "evidence-worth", WORTH, 0.1, 100.0),
    )


def _shown(now: Session, slide: Slide) -> None:
    """An exhibit; where there is nothing to show, why."""
    try:
        exhibit(shown_on(now, slide), f"evidence-{slide.exhibit}", slide)
    except NothingToShow as nothing:
        st.caption(literal(f"{KINDS[slide.exhibit].label}: {nothing}."))
