"""What a part of the Customer view asks for: controls, and the options of exhibits that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from valuemix.analysis.customers.moments import places
from valuemix.analysis.customers.preference import usual_sensitivity
from valuemix.exhibits.moments.where import grouping
from valuemix.exhibits.words.costs import cost_head
from valuemix.glossary import meaning
from valuemix.model.parts import MAX_SIZE
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, number_of
from valuemix.ui.session.comparison_state import as_saved
from valuemix.ui.session.deciding import deciding
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session

__all__ = ["asked"]

Options = dict[str, str | None]

MOST_SENSITIVE = 50

ROWS = {
    "score": "Proposition and discipline",
    "discipline": "Discipline",
    "segment": "Segment",
    "proposition": "Proposition",
}
MOMENTS = {"moment": "Moment", "channel": "Channel and stage"}
STEPS = {"function": "Function", "discipline": "Discipline"}


def asked(now: Session, part: str) -> Options:
    """Draw the controls of a part.

    Returns
    -------
    dict of str to str or None
        Options of its exhibits; None where they stand as they are without one.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        given = ASKS[part](now) if part in ASKS else {}
    if part in EXPERT:
        with st.expander("Advanced", icon=":material/settings:", key="customers-advanced"):
            given |= EXPERT[part](now)
    return given


def _own_view(now: Session) -> Options:
    by = _by(now, "Gaps by", "customers-gaps-by", ROWS)
    return {**({} if by else _proposition(now)), "by": by}


def _bar(now: Session) -> Options:
    width = now.scenario.scale.width
    key = bind("customers-cover-story-bar", float(now.scenario.cover_story_bar))
    st.number_input(
        "Bar for cover stories",
        round(width / 100, 6),
        float(width),
        key=key,
        persist_state="session",
        step=round(width / 20, 6),
        width=180,
        on_change=now.edits.change_setting,
        args=("cover_story_bar", key),
        help=f"{meaning('cover story')} The bar is saved with the scenario.",
    )
    return {}


def _delivery(now: Session) -> Options:
    return {
        **_proposition(now, "The leader as felt", "customers-delivered"),
        "by": _by(now, "Losses by", "customers-losses-by", STEPS),
    }


def _moments(now: Session) -> Options:
    given = _proposition(now, "The leader", "customers-moments-of")
    if len(places(now.scenario, "channel")) > 1:
        usual = grouping(now.scenario)
        labels = {usual: MOMENTS[usual], **MOMENTS}
        given = {"by": _by(now, "Moments by", "customers-moments-by", labels), **given}
    if not any(any(moment.costs.values()) for moment in now.scenario.moments):
        return given
    budget = st.number_input(
        literal(cost_head(now.scenario, "Budget")),
        0.0,
        MAX_SIZE,
        width=180,
        help="Spread where it adds most value, in the unit of costs. "
        "0: a tenth of what it would cost to raise every score to the end of the scale.",
        **number_of(now, "customers-budget", 0.0, 0.0, MAX_SIZE),
    )
    return {**given, "budget": f"{budget:g}" if budget else None}


def _served_with(now: Session) -> Options:
    """The one that is picked; else the one that was decided on, else the leader."""
    decided = deciding().served_with(now.scenario)
    given = _proposition(now, f"As decided: {decided}" if decided else "The leader", "customers-served-with")
    return given if given.get("proposition") else {"proposition": decided or None}


def _by(now: Session, label: str, key: str, labels: Mapping[str, str]) -> str | None:
    """What a row or a step stands for; None where it is the first of them."""
    first = next(iter(labels))
    chosen = st.segmented_control(
        literal(label),
        [*labels],
        required=True,
        format_func=lambda each: literal(labels[each]),
        **chosen_of(now, key, labels, first),
    )
    return None if chosen in (None, first) else str(chosen)


def _proposition(
    now: Session, without: str = "All propositions", key: str = "customers-proposition"
) -> Options:
    names = now.scenario.proposition_names
    if len(names) == 1:
        return {}
    options = ["", *names]
    chosen = st.selectbox(
        "Proposition",
        options,
        format_func=lambda name: name or without,
        width=320,
        help=meaning("proposition"),
        **chosen_of(now, key, options, ""),
    )
    return {"proposition": chosen or None}


def _burden(now: Session) -> Options:
    """One proposition in all segments, or all of them; arrows from the saved scenario where it differs."""
    before = as_saved(now.edits.baseline.name) if now.edits.edited else None
    return {**_proposition(now), "scenarios": before}


def _sensitivity(now: Session) -> Options:
    usual = round(usual_sensitivity(now.scenario), 1)
    most = max(float(MOST_SENSITIVE), usual)
    chosen = st.slider(
        "Sensitivity to differences of value",
        0.0,
        most,
        step=0.1,
        format="%.4g",
        width=320,
        help="0: nobody minds. Large: everyone takes the best. At 10 a tenth of the scale ahead multiplies "
        "the odds of being preferred by 2.7. It starts where the choices of respondents put it, if there are any.",
        **number_of(now, "customers-sensitivity", usual, 0.0, most),
    )
    return {"sensitivity": None if chosen == usual else f"{chosen:g}"}


ASKS: Mapping[str, Callable[[Session], Options]] = {
    "Our own view": _own_view,
    "Delivery": _delivery,
    "Burden": _burden,
    "Moments": _moments,
    "Kinds and links": _proposition,
    "Resources": _served_with,
    "Capabilities": _served_with,
}
EXPERT: Mapping[str, Callable[[Session], Options]] = {"Our own view": _bar, "Preference": _sensitivity}
"""What stands under Advanced."""
