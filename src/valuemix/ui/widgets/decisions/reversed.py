"""What every page says once: that the open scenario reverses a decision."""

from __future__ import annotations

import streamlit as st

from valuemix.exhibits.decisions.reversal import gone_words
from valuemix.exhibits.words.wording import count
from valuemix.ui.literal_text import literal
from valuemix.ui.session.deciding import deciding
from valuemix.ui.session.tab import Session

__all__ = ["reversed_decisions"]

SHOWN = 2
"""Decisions that are told of; of more it says how many there are."""


def reversed_decisions(now: Session, page: str) -> None:
    """Each decision that the open scenario reverses as edited, with the ways to reopen and to note it."""
    work = deciding()
    work.follow()
    found = work.reversed_now
    for record, gone in found[:SHOWN]:
        if record.decision is None:
            continue
        told = "; ".join(gone_words(now.scenario, each) for each in gone[:SHOWN])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(literal(f"The decision of {record.decision.decided}: {told}"), icon=":material/gavel:")
            st.button("Reopen", key=f"{page}-reopen-{record.path.name}", on_click=work.reopen, args=(record,))
            st.button(
                "Note it",
                key=f"{page}-note-{record.path.name}",
                on_click=work.note,
                args=(record, gone),
                help="It is not told again while the same is reversed; Reviews on the Decide page keeps the note.",
            )
    if len(found) > SHOWN:
        st.caption(
            literal(f"{count(len(found) - SHOWN, 'more decision')} reversed: see Reviews on the Decide page.")
        )
