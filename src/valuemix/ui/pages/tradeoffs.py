"""The Trade-offs page: how far until the leader changes, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.tradeoffs.tradeoffs import (
    Challenge,
    Tradeoffs,
    after_flip,
    after_score,
    after_size,
    made_of_attributes,
    tradeoffs,
)
from valuemix.exhibits.slides import slide_of
from valuemix.exhibits.tradeoffs.stability import nearest_weight
from valuemix.exhibits.words.claims import told_below
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, discipline_choice, number_of, question, segment_choice
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, header, page_edge
from valuemix.ui.widgets.exhibit_cache import shown_on

__all__ = ["page"]


@st.fragment(key="tradeoffs")
def page() -> None:
    """Draw the page."""
    now = header("tradeoffs")
    with page_edge():
        segment_choice(now, "tradeoffs")
        question(now, "tradeoffs", QUESTIONS)(now)


def _weights(now: Session) -> None:
    with st.container(horizontal=True, gap="large"):
        first = nearest_weight(tradeoffs(now.scenario, now.segment))
        chosen = discipline_choice(now, "Weight that moves", "tradeoffs-discipline", first)
        mover = _mover(now)
    result = tradeoffs(now.scenario, now.segment, mover=mover)
    discipline = now.scenario.discipline_ids[chosen]
    seen = {"segment": now.segment, "mover": mover}
    sweep = slide_of("tradeoff", discipline=discipline, **seen)
    exhibit(exhibits.tradeoff(result, discipline), key="tradeoffs-sweep", slide=sweep)
    below = exhibits.stability(result)
    told = told_below(below.finding, result.evaluation, now.segment)
    exhibit(replace(below, finding=told), "tradeoffs-stability", slide_of("stability", **seen))


def _mover(now: Session) -> str | None:
    """Whose weights move while the overall value is looked at."""
    names = now.scenario.segment_names
    if now.segment is not None or len(names) == 1:
        return None
    options = ["", *names]
    return (
        st.selectbox(
            "In",
            options,
            format_func=lambda name: name or "All segments together",
            width=240,
            help="The overall value as the weights of one segment move, or those of all of them together.",
            **chosen_of(now, "tradeoffs-mover", options, ""),
        )
        or None
    )


def _challengers(now: Session) -> None:
    result = tradeoffs(now.scenario, now.segment)
    exhibit(exhibits.challenges(result), "tradeoffs-challenges", slide_of("challenges", segment=now.segment))
    if not result.challenges:
        return
    names = now.scenario.proposition_names
    challengers = {names[challenge.challenger]: challenge for challenge in result.challenges}
    chosen = st.selectbox(
        "Make a change",
        challengers,
        format_func=lambda name: f"{name} leads",
        width=420,
        help="Each button makes the change in the open scenario. It can be undone.",
        **chosen_of(now, "tradeoffs-challenger", challengers, next(iter(challengers))),
    )
    challenge = challengers.get(chosen, result.challenges[0])
    with st.container(horizontal=True):
        for label, key, changed in _ways(result, challenge):
            st.button(
                literal(label),
                key=f"tradeoffs-apply-{key}",
                disabled=changed is None,
                on_click=now.edits.adopt,
                args=(changed, f"{label}: done. Undo takes it back."),
            )


def _ways(result: Tradeoffs, challenge: Challenge) -> list[tuple[str, str, Scenario | None]]:
    """What can be changed for a challenger to lead: label, key, and the scenario after it."""
    lead, score, size = challenge.lead, challenge.score, challenge.size
    if score and (made_of_attributes(result.scenario, score) or result.scenario.moments):
        score = None  # what it is made of, or a mean of, can be raised on the Data page
    ways = [
        ("Move the weights", "weights", after_flip(result, lead) if lead.possible else None),
        ("Raise the score", "score", after_score(result, challenge.challenger, score) if score else None),
    ]
    if result.segment is None and len(result.scenario.segments) > 1:
        ways.append(("Change the segment's size", "size", after_size(result, size) if size else None))
    return ways


def _two_weights(now: Session) -> None:
    ids = now.scenario.discipline_ids
    if len(ids) < 3:
        st.caption("With two disciplines one weight says it all: see Weights.")
        return
    with st.container(horizontal=True, gap="large"):
        first = discipline_choice(now, "Across", "tradeoffs-map-first")
        second = discipline_choice(now, "Up", "tradeoffs-map-second", first=1)
    if first == second:
        st.caption("Choose two different weights.")
        return
    shown = exhibits.leader_map(now.scenario, ids[first], ids[second], now.segment)
    slide = slide_of("leader_map", segment=now.segment, discipline=ids[first], second_discipline=ids[second])
    exhibit(shown, key="tradeoffs-map", slide=slide)


def _levers(now: Session) -> None:
    width = now.scenario.scale.width
    with st.container(horizontal=True, gap="medium"):
        amounts = {
            "weight_points": _amount(now, "Weights ±, points", "weight", 5.0, 100.0, 1.0),
            "score_step": _amount(now, "Scores ±", "score", width / 10, width, width / 20),
        }
        if now.segment is None and len(now.scenario.segments) > 1:
            amounts["size_percent"] = _amount(now, "Sizes ±, %", "size", 10.0, 100.0, 5.0)
    slide = slide_of("levers", segment=now.segment, **amounts)
    exhibit(shown_on(now, slide), "tradeoffs-levers", slide)


def _attributes(now: Session) -> None:
    if not now.scenario.attributes:
        st.caption(
            "What each proposition offers in units of its own, such as days, and what would make it lead: add the "
            "tables Attributes and Attribute scores on the Data page."
        )
        return
    shown = exhibits.attribute_profile(now.scenario, now.segment)
    exhibit(shown, "tradeoffs-attributes", slide_of("attribute_profile", segment=now.segment))


def _amount(now: Session, label: str, what: str, usual: float, most: float, step: float) -> str:
    """By how much one kind of input moves, down and up."""
    ends = round(most / 1000, 6), round(most, 6)
    chosen = st.number_input(
        literal(label),
        *ends,
        step=round(step, 6),
        width=170,
        help="By how much each of them is moved by itself, down and up.",
        # What was chosen on another scale means something else on this one.
        **number_of(now, f"tradeoffs-{what}-{most:g}", round(usual, 6), *ends),
    )
    return f"{chosen:.12g}"


QUESTIONS: Mapping[str, Callable[[Session], None]] = {
    "Weights": _weights,
    "What would change the leader": _challengers,
    "Two weights": _two_weights,
    "Levers": _levers,
    "Attributes": _attributes,
}
