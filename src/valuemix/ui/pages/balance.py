"""The Balance page: tune the weights of a segment and see who leads."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import streamlit as st

from valuemix.analysis.customers.moments import moment_leads
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.balance.change import shows_change
from valuemix.exhibits.slides import slide_of
from valuemix.exhibits.words.claims import told_below
from valuemix.glossary import meaning
from valuemix.model.parts import Slide
from valuemix.ui.literal_text import literal
from valuemix.ui.session.comparison_state import as_saved
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, finding, foot, header, missing_scores, page_edge
from valuemix.ui.widgets.desk import desk
from valuemix.ui.widgets.doubt_controls import doubt_controls
from valuemix.ui.widgets.exhibit_cache import answer
from valuemix.ui.widgets.presentation import present_button
from valuemix.ui.widgets.tables import values_grid
from valuemix.ui.widgets.welcome import keep_first_move, welcome

__all__ = ["page"]

COMPENSATION, FAIRNESS = (-100.0, 100.0), (0.0, 100.0)
TURN = threading.Lock()
"""One tab at a time is worked out: tabs that share an interpreter slow each other down by far more than they wait."""


@st.fragment(key="balance")
def page() -> None:
    """Draw the page."""
    now = header("balance")
    welcome()
    with page_edge(), TURN:
        desk(now)
        _of_moments(now)
        with st.container(horizontal=True, gap="small"):
            _presets(now, now.edits.row)
            _sent_weights(now)
            present_button("balance")
        with st.container(key="balance-answer"):
            _answer(now)
        _advanced(now)
    keep_first_move(now)


def _of_moments(now: Session) -> None:
    """What a slider moves where there are moments, and the way back from points of a moment's own."""
    moment, own = now.edits.moment, now.edits.mixed
    if moment is None:
        if now.scenario.moments:
            st.caption(
                "Weights are means over moments, and so are the ranges of scores. A slider moves every moment its "
                "share of the way; values, ranking and tracks follow."
            )
        return
    whose = own[0] if len(own) == 1 else f"{len(own)} segments"
    mix = (
        f"It has points of its own for {whose}."
        if own
        else "It weighs as its segment does elsewhere; what is moved here is its own."
    )
    what = f"Weights, scores and all that stands below are of one moment, {moment}. {mix}{_hardly_asked(now, moment)}"
    if not own:
        st.caption(literal(what))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(literal(what))
        st.button(
            "Take the segment's weights again",
            key="balance-own-mix",
            on_click=now.edits.take_segments_weights,
            help=f"Weighs this moment as the segment weighs elsewhere: {literal('; '.join(own))}",
        )


def _hardly_asked(now: Session, moment: str) -> str:
    """That what stands here is not of the moment, where respondents were asked of little in it; else empty."""
    if now.scenario.evidence is None or not now.scenario.evidence.in_moments:
        return ""
    leads = moment_leads(now.scenario, now.segment)
    if all(lead.told for lead in leads if lead.place.name == moment):
        return ""
    return " Less than half of the weight was asked here: it is mostly that of the whole, and no lead is clear here."


def _presets(now: Session, row: str) -> None:
    names = now.scenario.discipline_names
    options = ["equal", "saved", *map(str, range(len(names)))]
    labels = {"equal": "Equal", "saved": "As before"} | {str(i): f"Led by {n}" for i, n in enumerate(names)}
    key = "balance-preset"
    st.menu_button(
        "Presets",
        options,
        format_func=lambda option: literal(labels[option]),
        key=key,
        icon=":material/tune:",
        on_click=now.edits.preset,
        args=(row, key),
    )


def _sent_weights(now: Session) -> None:
    """Where weights come in that somebody moved in a file that was sent."""
    with st.popover("Weights sent as a code", icon=":material/input:", key="balance-sent"):
        key = "balance-code"
        st.text_input(
            "Code",
            key=key,
            help="From Copy the weights as a code in a desk or report that you sent; it becomes one step to undo.",
        )
        st.button("Take them", key="balance-code-take", on_click=now.edits.take_code, args=(key,))


def _advanced(now: Session) -> None:
    scenario, settings = now.scenario, now.scenario.settings
    box = st.expander("Advanced", icon=":material/settings:", key="balance-advanced", on_change="rerun")
    with box:
        if not box.open:
            return
        if isinstance(settings.compensation, str) or isinstance(settings.fairness, str):
            st.caption(
                f"Compensation {settings.compensation}, fairness {settings.fairness}: set in the file."
            )
        rho = settings.rho if np.isfinite(settings.rho) else 1.0
        _setting(now, "compensation", "Compensation", rho, COMPENSATION, 0.25)
        eps = settings.eps if np.isfinite(settings.eps) else 0.0
        _setting(now, "fairness", "Fairness", eps, FAIRNESS, 0.25)
        ends, step = (scenario.scale.lowest, scenario.scale.highest), round(scenario.scale.width / 20, 6)
        _setting(now, "lead_bar", "Lead bar", scenario.lead_bar, ends, step)
        _setting(now, "threshold", "Threshold", scenario.threshold, ends, step)
        doubt_controls(now)


def _setting(
    now: Session, name: str, label: str, number: float, ends: tuple[float, float], step: float
) -> None:
    key = bind(f"balance-{name.replace('_', '-')}", float(number))
    st.number_input(
        literal(label),
        *ends,
        key=key,
        persist_state="session",
        step=step,
        on_change=now.edits.change_setting,
        args=(name, key),
        help=meaning(label.lower()),
    )


def _answer(now: Session) -> None:
    if missing_scores(now):
        return
    was, seen, always = now.edits.changed_from, now.edits.viewed, now.edits.moment is None
    said = answer(seen, now.segment, was.scenario if was else None)
    slide = slide_of("ranking", segment=now.segment) if always else None  # decks tell of all moments together
    finding(said.ranking, "balance-ranking", slide, drawn=False)
    at_hand = evaluate(seen)
    st.markdown(f"**{literal(told_below(said.stability.finding, at_hand, now.segment))}**")
    if said.change is not None:
        if shows_change(said.change):
            told = told_below(said.change.finding, at_hand, now.segment)
            exhibit(
                replace(said.change, finding=told),
                key="balance-change",
                slide=_change_slide(now) if always else None,
            )
        else:
            st.caption(literal(said.change.finding))
    finding(said.leaders, "balance-values", slide_of("leaders") if always else None)
    values_grid(at_hand, said.leaders.decimals)
    foot(said.leaders, "balance-values")


def _change_slide(now: Session) -> Slide:
    return slide_of("change", segment=now.segment, scenarios=as_saved(now.edits.baseline.name))
