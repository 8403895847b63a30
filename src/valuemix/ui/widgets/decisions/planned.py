"""Planned decisions: whom they help and whom they cost, all of them and one by one."""

from __future__ import annotations

import streamlit as st

from valuemix.exhibits.slides import slide_of
from valuemix.ui.session.choices import chosen_of
from valuemix.ui.session.deciding import Deciding
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, missing_scores
from valuemix.ui.widgets.exhibit_cache import shown_on

__all__ = ["planned"]


def planned(now: Session, work: Deciding) -> None:
    """Impact of the whole plan, then of the decision that is picked; a line where nothing is planned."""
    rows = now.scenario.planned_changes
    if not rows:
        st.caption(
            "With decisions that are planned, this shows whom each would help and whom it would cost, losers first: "
            "fill in the table Decisions planned on the Data page."
        )
        return
    if missing_scores(now):
        return
    names = [*dict.fromkeys(row.decision for row in rows)]
    served = {"proposition": _served(now, work) or None}
    whole = slide_of("impact", **served)
    exhibit(shown_on(now, whole), "decide-impact", whole)
    chosen = st.selectbox(
        "Planned decision",
        names,
        width=420,
        **chosen_of(now, "decide-planned", names, names[0]),
    )
    one = slide_of("impact", planned=chosen, **served)
    exhibit(shown_on(now, one), "decide-planned-one", one)


def _served(now: Session, work: Deciding) -> str:
    """What segments are served with: the one that is picked, else the one decided on, else blank: their leaders."""
    decided, names = work.served_with(now.scenario), now.scenario.proposition_names
    usual = f"As decided: {decided}" if decided else "Each segment's leader of today"
    options = ["", *names]
    chosen = st.selectbox(
        "Segments are served with",
        options,
        format_func=lambda name: name or usual,
        width=420,
        **chosen_of(now, "decide-served", options, ""),
    )
    return chosen or decided
