"""A decision in the making: what is chosen and for whom, a person's words, what is expected, the record."""

from __future__ import annotations

import streamlit as st

from valuemix import exhibits
from valuemix.exhibits.decisions.choosing import leader_chosen
from valuemix.exhibits.slides import slide_of
from valuemix.exhibits.words.wording import short_names
from valuemix.glossary import meaning
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, several_of
from valuemix.ui.session.deciding import BY_SEGMENT, LEADER, SET, Deciding
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, finding

__all__ = ["draft"]

MAX_WORDS = 2000


def draft(now: Session, work: Deciding) -> None:
    """The draft, and below it the button that records it."""
    _amends(work)
    chosen = _choice(now, work)
    gives_up, note = work.text("gives_up"), work.text("note")
    page = exhibits.decision(now.scenario, chosen=chosen, gives_up=gives_up, note=note)
    if page.table.empty:
        finding(page)
        return
    slide = slide_of("decision", chosen=chosen, gives_up=gives_up, note=note)
    exhibit(page, "decide-page", slide)
    exhibit(
        exhibits.reversal(now.scenario, chosen=chosen), "decide-reversal", slide_of("reversal", chosen=chosen)
    )
    told = dict(zip(page.table["part"], page.table["sentence"], strict=True))
    _record(now, work, chosen, told["What we give up"])


def _amends(work: Deciding) -> None:
    if not work.amends:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(literal(f"Takes the place of {work.amends}, which stays in the folder as it is."))
        st.button("A decision of its own", key="decide-leave", type="tertiary", on_click=work.leave_record)


def _choice(now: Session, work: Deciding) -> str:
    names, segments = now.scenario.proposition_names, now.scenario.segment_names
    ahead = leader_chosen(now.scenario)
    labels = {LEADER: f"The one that is ahead overall: {ahead}" if ahead else "Nothing yet: choose one"}
    if len(segments) > 1:
        labels[BY_SEGMENT] = "One by segment: the one that is ahead there"
    if chosen_set := work.chosen_set(now.scenario):
        labels[SET] = chosen_set
    labels |= {f"={name}": name for name in names}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.selectbox(
            "What is chosen",
            [*labels],
            format_func=lambda option: labels[option],
            width=420,
            help=meaning("decision"),
            **chosen_of(now, "decide-what", labels, LEADER),
        )
        own: list[str] = []
        if len(segments) > 1 and what not in (SET, BY_SEGMENT):
            own = st.multiselect(
                "For whom",
                segments,
                placeholder="Everyone",
                **several_of(now, "decide-for", segments, ()),
            )
    return work.chosen(now.scenario, (what or LEADER).removeprefix("="), own)


def _record(now: Session, work: Deciding, chosen: str, gives_up: str) -> None:
    """A person's words, what is expected, and the button."""
    with st.container(border=True):
        st.markdown("**In your words**")
        _area(work, "gives_up", "What we give up, and whom we will not serve", gives_up)
        _area(work, "note", "Why, and why not the alternatives", "")
        st.markdown("**What is expected to happen**")
        _expected(now, work)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = bind("decide-by", work.text("by", now.files.person.name))
            st.text_input(
                "Who decides",
                key=key,
                persist_state="session",
                max_chars=200,
                width=260,
                on_change=work.write,
                args=(key, "by"),
            )
            _day(work, "decided", "Decided on")
            _day(work, "review", "Looked at again on")
            st.button(
                "Record the decision",
                key="decide-record",
                type="primary",
                on_click=work.record,
                args=(chosen, gives_up),
                help="Written into the folder decisions, beside the scenarios, with the whole scenario as it is. A "
                "record is never changed; another one may take its place.",
            )


def _area(work: Deciding, name: str, label: str, usual: str) -> None:
    key = bind(f"decide-{name}", work.text(name))
    st.text_area(
        literal(label),
        key=key,
        persist_state="session",
        max_chars=MAX_WORDS,
        height=80,
        placeholder=usual or None,
        on_change=work.write,
        args=(key, name),
    )


def _day(work: Deciding, name: str, label: str) -> None:
    key = bind(f"decide-{name}", work.day(name))
    st.date_input(
        literal(label),
        key=key,
        persist_state="session",
        format="YYYY-MM-DD",
        width=170,
        on_change=work.write,
        args=(key, name),
    )


def _expected(now: Session, work: Deciding) -> None:
    for place, each in enumerate(work.expects):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(f"By {each.due}: {each.text}"))
            st.button(
                "Take out",
                key=f"decide-drop-{place}",
                type="tertiary",
                on_click=work.drop_expected,
                args=(place,),
            )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text, segments = "decide-expect", short_names(now.scenario.segment_names)
        st.text_input(
            "Expected", key=text, max_chars=300, placeholder=f"{segments[0]}: the lead is above 0.2"
        )
        due = bind("decide-due", work.day("due"))
        st.date_input("By", key=due, persist_state="session", format="YYYY-MM-DD", width=170)
        st.button("Add", key="decide-expect-add", on_click=work.expect, args=(text, due))
