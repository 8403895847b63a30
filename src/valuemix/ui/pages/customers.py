"""The Customer view page: the same numbers through the eyes of those who are served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.customers.terms import at_term
from valuemix.errors import EditError, NothingToShow
from valuemix.exhibits import Exhibit
from valuemix.exhibits.customers.statement import PARTS as SENTENCES
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.request import evaluated
from valuemix.exhibits.slides import seen_as, slide_of
from valuemix.model.parts import FELT, VIEWS, Slide
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import segment_choice
from valuemix.ui.session.deck_actions import sentences_of, stated
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, header, page_edge
from valuemix.ui.widgets.customer_controls import asked
from valuemix.ui.widgets.exhibit_cache import shown_on

__all__ = ["page"]

VIEW_LABELS = {FELT: "Felt by customers", "believed": "Believed inside", "promised": "Promised"}


@dataclass(frozen=True)
class Part:
    """One question of the page.

    Attributes
    ----------
    shows : str
        What its exhibits show, for scenarios that lack the data.
    exhibits : tuple of str
        Keys, in the order in which they stand.
    """

    shows: str
    exhibits: tuple[str, ...]


PARTS: Mapping[str, Part] = {
    "Our own view": Part(
        "Where the company believes in more than customers feel, whom it would lead with then, and which "
        "promises are cover stories.",
        ("led_by_view", "perception", "cover_stories"),
    ),
    "Delivery": Part(
        "What is left of a promise after every function of the organisation, beside what customers feel, "
        "and which function's fix returns most.",
        ("delivery_chain", "delivery_levers"),
    ),
    "Burden": Part(
        "Benefit against what it costs customers in time, worry, effort and money, and the value that is left.",
        ("value_map", "net_value"),
    ),
    "Discipline": Part(
        "What each proposition leads and holds, how focused it is, and whom it fits.",
        ("discipline_check", "focus", "fit"),
    ),
    "Fairness": Part(
        "Who is served worst, what that costs, and who leads as fairness and compensation change.",
        ("evenness", "dials"),
    ),
    "Everyone served": Part(
        "What customers, employees and partners each receive, and whose service limits whose value.",
        ("alignment", "service"),
    ),
    "Short and long term": Part(
        "How values and the leader change as weights go from the short to the long term.", ("terms",)
    ),
    "Preference": Part("Which share of each segment would prefer which proposition.", ("preference_share",)),
    "Statement": Part("The strategy on one page, in words.", ("statement",)),
}


STANDS_ALONE: Mapping[str, tuple[str, frozenset[str]]] = {
    "value_map": ("proposition", frozenset({"segment"})),
    "perception": ("by", frozenset({"segment", "proposition"})),
    "cover_stories": ("by", frozenset({"segment", "proposition"})),
}
"""Exhibits with an option that stands without others: a map of one proposition shows all segments."""


@st.fragment(key="customers")
def page() -> None:
    """Draw the page."""
    now = header("customers")
    with page_edge():
        with st.container(horizontal=True, gap="large"):
            segment_choice(now, "customers")
            view = _view()
        name = st.pills(
            "Question",
            [*PARTS],
            default=next(iter(PARTS)),
            required=True,
            wrap=True,
            format_func=literal,
            key="customers-part",
            label_visibility="collapsed",
            persist_state="session",
        ) or next(iter(PARTS))
        _part(now, name, view)


def _view() -> str:
    chosen = st.segmented_control(
        "Scores that count",
        VIEWS,
        default=FELT,
        required=True,
        format_func=lambda view: literal(VIEW_LABELS[view]),
        key="customers-view",
        persist_state="session",
        help="Everything below is worked out with these scores. What customers feel is what counts elsewhere.",
    )
    return str(chosen or FELT)


def _part(now: Session, name: str, view: str) -> None:
    given = {"segment": now.segment, "view": None if view == FELT else view, **asked(now, name)}
    slides = {key: _slide(now, key, given) for key in PARTS[name].exhibits}
    shown = {key: _shown(now, slide) for key, slide in slides.items()}
    for key, made in shown.items():
        if isinstance(made, Exhibit):
            exhibit(made, key=f"customers-{key}", slide=slides[key])
    lacking = [made for made in shown.values() if isinstance(made, EditError)]
    _say_lacking(name, lacking, all_of_them=len(lacking) == len(shown))
    if name in BELOW:
        BELOW[name](now, view)


def _slide(now: Session, key: str, given: Mapping[str, str | None]) -> Slide:
    options = {name: text for name, text in given.items() if name in KINDS[key].options}
    if key in STANDS_ALONE and options.get(STANDS_ALONE[key][0]):
        options = {name: text for name, text in options.items() if name not in STANDS_ALONE[key][1]}
    return slide_of(key, **(sentences_of(now.scenario) if key == "statement" else {}), **options)


def _shown(now: Session, slide: Slide) -> Exhibit | EditError:
    """The exhibit, or what the scenario lacks for it."""
    try:
        return shown_on(now, slide)
    except EditError as error:
        return error


def _sentence(error: EditError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _say_lacking(name: str, lacking: Sequence[EditError], *, all_of_them: bool) -> None:
    """Why some exhibits are not there: nothing to show, or data that the scenario has not."""
    for made in lacking:
        if isinstance(made, NothingToShow):
            st.caption(literal(_sentence(made)))
    reasons = dict.fromkeys(_sentence(made) for made in lacking if not isinstance(made, NothingToShow))
    if not reasons:
        return
    start = f"{PARTS[name].shows} " if all_of_them else "Some of this needs more data: "
    if all_of_them:
        st.subheader(literal(f"{name} needs more data"), anchor=False)
    st.info(
        literal(f"{start}{' '.join(reasons)} The Data page has every sheet, and the template."),
        icon=":material/table_chart:",
    )


# ---------------------------------------------------------------------- what stands below


def _part_way(now: Session, view: str) -> None:
    """A slider from the short to the long term, and the ranking there, where there are two of them."""
    if not now.scenario.later:
        return
    percent = st.slider(
        "Part of the way to the long term",
        0,
        100,
        50,
        format="%d%%",
        key="customers-way",
        persist_state="session",
        help="Weights between those of today and those of later.",
    )
    between = at_term(now.scenario, percent / 100)
    if view == FELT or now.scenario.table(view) is not None:
        ranking = exhibits.ranking(evaluated(between.seen_as(view)), now.segment)
        exhibit(seen_as(ranking, view), key="customers-between")
    st.button(
        "Take these weights as an edit",
        key="customers-take",
        on_click=now.edits.adopt,
        args=(between, f"Weights {percent} % of the way to the long term. Undo takes it back."),
    )


def _own_words(now: Session, _view: str) -> None:
    own = sentences_of(now.scenario)
    made = shown_on(now, slide_of("statement"))
    numbers = dict(zip(made.table["part"], made.table["sentence"], strict=True))
    st.markdown("**In your own words**")
    st.caption(
        "A sentence that you write takes the place of the one from the numbers; empty brings that back. Your words "
        "are kept with the scenario, on the statement's slide of its deck."
    )
    for place, part in enumerate(SENTENCES):
        key = bind(f"customers-sentence-{place}", own.get(part, ""))
        st.text_area(
            literal(part),
            key=key,
            placeholder=numbers[part],
            max_chars=400,
            height=80,
            on_change=now.edits.write,
            args=(partial(stated, part=part), key),
        )


BELOW: Mapping[str, Callable[[Session, str], None]] = {
    "Short and long term": _part_way,
    "Statement": _own_words,
}
"""What stands below the exhibits of a part."""
