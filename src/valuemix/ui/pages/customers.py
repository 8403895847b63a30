"""The Customer view page: the same numbers through the eyes of those who are served."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from valuemix.analysis.preference import SENSITIVITY
from valuemix.errors import EditError, UnknownName
from valuemix.exhibits import Exhibit
from valuemix.exhibits.catalogue import FELT, VIEWS, options_of, slide_of, untitled
from valuemix.exhibits.statement import PARTS as SENTENCES
from valuemix.glossary import meaning
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.choices import segment_choice
from valuemix.ui.collecting import sentences_of, stated
from valuemix.ui.components import exhibit, header, page_edge
from valuemix.ui.state import Session, bind
from valuemix.ui.text import literal

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
        format_func=VIEW_LABELS.__getitem__,
        key="customers-view",
        persist_state="session",
        help="Everything below is worked out with these scores. What customers feel is what counts elsewhere.",
    )
    return str(chosen or FELT)


def _part(now: Session, name: str, view: str) -> None:
    part = PARTS[name]
    given = {"segment": now.segment, "view": None if view == FELT else view, **_asked(now, name)}
    shown = [_shown(now.scenario, _slide(now, key, given)) for key in part.exhibits]
    lacking = [made for made in shown if isinstance(made, str)]
    for key, made in zip(part.exhibits, shown, strict=True):
        if isinstance(made, Exhibit):
            exhibit(made, key=f"customers-{key}", slide=_slide(now, key, given))
    if lacking:
        _lacking(part, dict.fromkeys(lacking), all_of_them=len(lacking) == len(shown))
    if name == "Statement":
        _own_words(now)


def _slide(now: Session, key: str, given: Mapping[str, str | None]) -> Slide:
    options = {name: text for name, text in given.items() if name in options_of(key)}
    return slide_of(key, **(sentences_of(now.scenario) if key == "statement" else {}), **options)


def _shown(scenario: Scenario, slide: Slide) -> Exhibit | str:
    """The exhibit, or what the scenario lacks for it."""
    try:
        return _made(scenario, slide)
    except EditError as error:
        return str(error)


@functools.lru_cache(maxsize=64)
def _made(scenario: Scenario, slide: Slide) -> Exhibit:
    return untitled(scenario, slide, _no_other)


def _no_other(name: str) -> Scenario:
    raise UnknownName("scenario", name, ["none"])


def _lacking(part: Part, reasons: Sequence[str] | Mapping[str, None], *, all_of_them: bool) -> None:
    start = f"{part.shows} " if all_of_them else "Some of this needs more data: "
    sentences = [f"{reason[:1].upper()}{reason[1:]}." for reason in reasons]
    st.info(
        literal(f"{start}{' '.join(sentences)} The Data page edits it and has the template."),
        icon=":material/table_chart:",
    )


# ---------------------------------------------------------------------- what a part asks


def _asked(now: Session, name: str) -> dict[str, str | None]:
    ask: dict[str, Callable[[Session], dict[str, str | None]]] = {
        "Our own view": _proposition,
        "Delivery": _proposition,
        "Preference": _sensitivity,
    }
    return ask[name](now) if name in ask else {}


def _proposition(now: Session) -> dict[str, str | None]:
    names = now.scenario.proposition_names
    if len(names) == 1:
        return {}
    place = st.selectbox(
        "Proposition",
        range(-1, len(names)),
        format_func=lambda i: "All propositions" if i < 0 else names[i],
        key=f"customers-proposition-{len(names)}",
        persist_state="session",
        width=320,
        help=meaning("proposition"),
    )
    return {"proposition": names[place] if place is not None and place >= 0 else None}


def _sensitivity(_: Session) -> dict[str, str | None]:
    chosen = st.slider(
        "Sensitivity to differences of value",
        0.0,
        5.0,
        float(SENSITIVITY),
        0.1,
        key="customers-sensitivity",
        persist_state="session",
        width=320,
        help="0: everyone is indifferent. Large: everyone takes the best. One unit of value multiplies the "
        "odds of being preferred by e to this power.",
    )
    return {"sensitivity": None if chosen == SENSITIVITY else f"{chosen:g}"}


def _own_words(now: Session) -> None:
    own = sentences_of(now.scenario)
    made = _made(now.scenario, slide_of("statement"))
    numbers = dict(zip(made.table["part"], made.table["sentence"], strict=True))
    st.markdown("**In your own words**")
    st.caption(
        "A sentence that you write takes the place of the one from the numbers; empty brings that back. Your words "
        "are kept with the scenario, on the statement's slide of its deck."
    )
    for place, part in enumerate(SENTENCES):
        key = bind(f"customers-sentence-{place}", own.get(part, ""))
        st.text_area(
            part,
            key=key,
            placeholder=numbers[part],
            max_chars=400,
            height=80,
            on_change=now.write,
            args=(partial(stated, part=part), key),
        )
