"""Decisions on record: by date, whether each stands, and how near what would reverse it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from valuemix import exhibits
from valuemix.decisions.folder import Kept
from valuemix.decisions.review import Reviewed
from valuemix.exhibits.decisions.choosing import chosen_text
from valuemix.exhibits.documents.decisions import CAME, review_finding, review_table, reviewed_label
from valuemix.exhibits.slides import slide_of
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of
from valuemix.ui.session.deciding import Deciding
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit
from valuemix.ui.widgets.tables import html_table

__all__ = ["reviews"]


def reviews(now: Session, work: Deciding) -> None:
    """Every decision that holds, and one of them in full."""
    found = work.reviews()
    st.subheader(literal(review_finding(found)), anchor=False)
    if not found:
        st.caption("The draft becomes a record with its button; valuemix decide writes one as well.")
        return
    html_table(review_table(found), "Decisions by date")
    st.caption(
        "Distance: the smallest single change that would reverse it, in % of its range; in brackets on its day."
    )
    _one(now, work, [(kept, each) for kept, each in found if isinstance(each, Reviewed)])


def _one(now: Session, work: Deciding, found: Sequence[tuple[Kept, Reviewed]]) -> None:
    if not found:
        return
    by_name = {kept.path.name: (kept, each) for kept, each in found}
    name = st.selectbox(
        "Decision",
        [*by_name],
        format_func=lambda file: reviewed_label(by_name[file][1]),
        width=620,
        **chosen_of(now, "decide-look", by_name, [*by_name][-1]),
    )
    kept, each = by_name[name or [*by_name][-1]]
    decision = each.decision
    scenario = now.scenario if decision.case == work.file else work.scenario_of(decision)
    _expectations(work, kept, each)
    _noted(work, kept)
    chosen = chosen_text(decision.chosen_on(scenario)) if decision.case == work.file else ""
    said = decision.model_dump(include={"by", "decided", "review", "gives_up", "note"})
    exhibit(
        exhibits.reversal(scenario, record=decision),
        "decide-review-reversal",
        slide_of("reversal", chosen=chosen) if chosen else None,
    )
    exhibit(
        exhibits.decision(scenario, record=decision),
        "decide-review-page",
        slide_of("decision", chosen=chosen, **said) if chosen else None,
    )
    st.button(
        "Amend it",
        key="decide-amend",
        on_click=work.reopen,
        args=(kept,),
        help="A new record takes its place.",
    )


def _expectations(work: Deciding, kept: Kept, each: Reviewed) -> None:
    """What was expected by when and what became of it; people judge what the numbers cannot."""
    came = dict(zip(each.expected, each.came_true, strict=True))
    for place, expectation in enumerate(each.decision.expects):
        told = CAME[came[place]] if place in came else "not due yet"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(f"Expected by {expectation.due}: {expectation.text}: {told}"))
            if place in came and came[place] is None:
                for label, true in (("It came true", True), ("It did not", False)):
                    st.button(
                        literal(label),
                        key=f"decide-came-{place}-{true}",
                        on_click=work.judge,
                        args=(kept, expectation.text),
                        kwargs={"came_true": true},
                    )


def _noted(work: Deciding, kept: Kept) -> None:
    """Who saw that it is reversed, and when."""
    seen = [note for note in work.notes if note.decision == kept.path.name and note.places]
    if seen:
        told = "; ".join(f"{note.by or 'someone'} on {note.on}" for note in seen)
        st.caption(literal(f"That it is reversed was noted by {told}."))
