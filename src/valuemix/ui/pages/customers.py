"""The Customer view page: the same numbers through the eyes of those who are served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.customers.terms import at_term
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError, NothingToShow
from valuemix.exhibits import Exhibit
from valuemix.exhibits.customers.statement import PARTS as SENTENCES
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import seen_as, slide_of
from valuemix.exhibits.words.wording import joined
from valuemix.model.parts import FELT, VIEWS, Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, number_of, segment_choice
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
    group : str
        What the question is about.
    shows : str
        What its exhibits show, for scenarios that lack the data.
    exhibits : tuple of str
        Keys, in the order in which they stand.
    has_data : callable
        Whether a scenario holds what the part is made of, as far as it needs more than scores and weights.
    """

    group: str
    shows: str
    exhibits: tuple[str, ...]
    has_data: Callable[[Scenario], object] = lambda _: True


PARTS: Mapping[str, Part] = {
    "Our own view": Part(
        "Felt",
        "Where the company believes in more than customers feel, whom it would lead with then, and which "
        "promises are cover stories.",
        ("led_by_view", "perception", "cover_stories"),
        lambda scenario: scenario.promised or scenario.believed,
    ),
    "Delivery": Part(
        "Felt",
        "What is left of a promise after every function of the organisation, beside what customers feel, "
        "and which function's fix returns most.",
        ("delivery_chain", "delivery_levers"),
        lambda scenario: scenario.delivery and scenario.promised,
    ),
    "Burden": Part(
        "Felt",
        "Benefit against what it costs customers in time, worry, effort and money, and the value that is left.",
        ("value_map", "net_value", "burdens"),
        lambda scenario: scenario.has_burdens,
    ),
    "Moments": Part(
        "When and where",
        "Which discipline should lead for whom in which moment and channel, who leads there, and where one more point "
        "returns most.",
        ("disciplines_by_moment", "where", "journey", "simplify", "returns"),
        lambda scenario: scenario.moments,
    ),
    "Kinds and links": Part(
        "Everyone served",
        "What customers, employees and partners each receive, and whose service limits whose value.",
        ("alignment", "service"),
        lambda scenario: scenario.links or len({segment.kind for segment in scenario.segments}) > 1,
    ),
    "Fairness": Part(
        "Everyone served",
        "Who is served worst, what that costs, and who leads as fairness and compensation change.",
        ("evenness", "dials"),
    ),
    "Short and long term": Part(
        "Everyone served",
        "How values and the leader change as weights go from the short to the long term.",
        ("terms",),
        lambda scenario: scenario.later,
    ),
    "Discipline": Part(
        "Fit",
        "What each proposition leads and holds, how focused it is, and whom it fits.",
        ("discipline_check", "focus", "fit"),
    ),
    "Preference": Part(
        "Fit", "Which share of each segment would prefer which proposition.", ("preference_share",)
    ),
    "Resources": Part(
        "Fit",
        "Whether budget, people, management time and bonus points go where those who are served put their weight.",
        ("resources",),
        lambda scenario: scenario.resources,
    ),
    "Capabilities": Part(
        "Fit",
        "Which levels of ability a proposition asks for, which of them are missing, and what they cost.",
        ("capabilities",),
        lambda scenario: scenario.capabilities,
    ),
    "Statement": Part("Fit", "The strategy on one page, in words.", ("statement",)),
}
PART = "customers-part"
"""The choice of one of them."""


STANDS_ALONE: Mapping[str, tuple[str, frozenset[str]]] = {
    "value_map": ("proposition", frozenset({"segment"})),
    "perception": ("by", frozenset({"segment", "proposition"})),
    "cover_stories": ("by", frozenset({"segment", "proposition"})),
}
"""Exhibits with an option that stands without others: a map of one proposition shows all segments."""

BETWEEN_SEGMENTS = frozenset({"evenness"})
"""Exhibits that are one line where a single segment counts."""


@st.fragment(key="customers")
def page() -> None:
    """Draw the page."""
    now = header("customers")
    with page_edge():
        with st.container(horizontal=True, gap="medium"):
            segment_choice(now, "customers")
            view = _view(now)
        there = [name for name, part in PARTS.items() if part.has_data(now.scenario)]
        _part(now, _part_choice(now, there), view)
        _without_data(now, [name for name in PARTS if name not in there])


def _view(now: Session) -> str:
    views = [view for view in VIEWS if view == FELT or now.scenario.table(view) is not None]
    if len(views) == 1:
        return FELT
    chosen = st.segmented_control(
        "Scores that count",
        views,
        required=True,
        format_func=lambda view: literal(VIEW_LABELS[view]),
        help="Everything below is worked out with these scores. What customers feel is what counts elsewhere.",
        **chosen_of(now, "customers-view", views, FELT),
    )
    return str(chosen or FELT)


def _part_choice(now: Session, names: Sequence[str]) -> str:
    """Pills of the parts that have data, group by group; the first of them is open until another one is chosen."""
    wanted = now.view.chosen.get(PART, "")
    chosen = wanted if wanted in names else names[0]
    with st.container(horizontal=True, gap="medium"):
        for group in dict.fromkeys(PARTS[name].group for name in names):
            own = [name for name in names if PARTS[name].group == group]
            key = bind(f"{PART}-{group}", chosen if chosen in own else None)
            st.pills(
                literal(group),
                own,
                format_func=literal,
                wrap=True,
                key=key,
                persist_state="session",
                on_change=now.view.choose,
                args=(key, PART),
            )
    return chosen


def _without_data(now: Session, names: Sequence[str]) -> None:
    """Names of the parts that the scenario has no data for; folded below, what each would show, and what it takes."""
    if not names:
        return
    with st.expander(literal(f"With more data: {joined([name.lower() for name in names], len(names))}")):
        for name in names:
            lacking = [_shown(now, _slide(now, key, {})) for key in PARTS[name].exhibits]
            reasons = dict.fromkeys(_sentence(made) for made in lacking if isinstance(made, EditError))
            text = f"{PARTS[name].group}, {name.lower()}: {PARTS[name].shows} {' '.join(reasons)}"
            st.caption(literal(text))
        st.caption("The Data page has every sheet, and the template.")


def _part(now: Session, name: str, view: str) -> None:
    given = {"segment": now.segment, "view": None if view == FELT else view, **asked(now, name)}
    slides = {key: _slide(now, key, given) for key in PARTS[name].exhibits}
    shown = {key: _shown(now, slide) for key, slide in slides.items()}
    alone = BETWEEN_SEGMENTS if (now.scenario.sizes > 0).sum() == 1 else frozenset()
    for key, made in shown.items():
        if isinstance(made, Exhibit) and key not in alone:
            exhibit(made, key=f"customers-{key}", slide=slides[key])
    _say_lacking([made for made in shown.values() if isinstance(made, EditError)])
    _say_alone(shown, alone)
    if name in BELOW:
        BELOW[name](now, view)


def _say_alone(shown: Mapping[str, Exhibit | EditError], alone: Set[str]) -> None:
    """What exhibits of several segments say of one, in a line each."""
    for key, made in shown.items():
        if key in alone and isinstance(made, Exhibit):
            st.caption(literal(f"{made.finding}."))


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


def _say_lacking(lacking: Sequence[EditError]) -> None:
    """Why some exhibits are not there: nothing to show, or data that the scenario has not."""
    for made in lacking:
        if isinstance(made, NothingToShow):
            st.caption(literal(_sentence(made)))
    reasons = dict.fromkeys(_sentence(made) for made in lacking if not isinstance(made, NothingToShow))
    if reasons:
        st.info(
            literal(
                f"More data is needed: {' '.join(reasons)} The Data page has every sheet, and the template."
            ),
            icon=":material/table_chart:",
        )


# ---------------------------------------------------------------------- what stands below


def _part_way(now: Session, view: str) -> None:
    """A slider from the short to the long term, and the ranking there, where there are two of them."""
    percent = st.slider(
        "Part of the way to the long term",
        0,
        100,
        format="%d%%",
        help="Weights between those of today and those of later.",
        **number_of(now, "customers-way", 50, 0, 100),
    )
    between = at_term(now.scenario, percent / 100)
    if view == FELT or now.scenario.table(view) is not None:
        ranking = exhibits.ranking(evaluate(between.seen_as(view)), now.segment)
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
        "are saved with the scenario, on the statement's slide of its deck."
    )
    for place, part in enumerate(SENTENCES):
        key = bind(f"customers-sentence-{place}", own.get(part, ""))
        st.text_area(
            literal(part),
            key=key,
            persist_state="session",
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
