"""The Evidence page: what respondents said, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.evidence.memory import MOST_MEMORY
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import NothingToShow
from valuemix.exhibits import Exhibit
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
    result, segment = evaluate(now.scenario), now.segment
    shown = {
        "asked": exhibits.asked,
        "leads": exhibits.leads,
        "would_choose": exhibits.would_choose,
        "importance": exhibits.importance,
        "stated_and_derived": exhibits.stated_and_derived,
        "believed_weights": exhibits.believed_weights,
    }
    for name, make in shown.items():
        _shown(slide_of(name, segment=segment), partial(make, result, segment))
    if len(now.scenario.segments) > 1:
        _shown(slide_of("segments_apart"), partial(exhibits.segments_apart, result))
    worth = _worth(now)
    slide = slide_of("answers_needed", segment=segment, worth=f"{worth:g}")
    _shown(slide, partial(exhibits.answers_needed, result, segment, worth=worth))
    _waves(now)


def _waves(now: Session) -> None:
    """What moved since the wave before; one line where there is none."""
    scenario, segment = now.scenario, now.segment
    _shown(slide_of("lead_over_time", segment=segment), partial(exhibits.lead_over_time, scenario, segment))
    if scenario.evidence and scenario.evidence.earlier:
        _shown(slide_of("wave_moves", segment=segment), partial(exhibits.wave_moves, scenario, segment))
        _shown(slide_of("wave_bridge"), partial(exhibits.wave_bridge, scenario))
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
    slide = slide_of("memory", segment=now.segment, half_life=f"{half_life:g}")
    _shown(slide, partial(exhibits.memory, now.scenario, now.segment, half_life=half_life))


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


def _shown(slide: Slide, make: Callable[[], Exhibit]) -> None:
    """An exhibit; where there is nothing to show, why."""
    try:
        exhibit(make(), f"evidence-{slide.exhibit}", slide)
    except NothingToShow as nothing:
        st.caption(literal(f"{KINDS[slide.exhibit].label}: {nothing}."))
