"""What is in view: the segment, which all pages share, and the discipline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from valuemix.glossary import meaning
from valuemix.ui.literal_text import literal
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session

__all__ = ["discipline_choice", "question", "segment_choice"]

T = TypeVar("T")


def segment_choice(
    now: Session, page: str, on_change: Callable[[str, Sequence[str]], None] | None = None
) -> None:
    """Pills that bring one segment, or all, into view on every page."""
    names = now.scenario.segment_names
    key = bind(f"{page}-segment", -1 if now.segment is None else names.index(now.segment))
    st.pills(
        "Segment",
        range(-1, len(names)),
        format_func=lambda i: "All segments" if i < 0 else literal(names[i]),
        required=True,
        wrap=True,
        key=key,
        on_change=on_change or now.view.choose_segment,
        args=(key, names),
        help=meaning("segment"),
    )


def discipline_choice(now: Session, label: str, key: str, first: int = 0) -> int:
    """Pills that choose one discipline by its place; the choice lasts as long as the tab."""
    names = now.scenario.discipline_names
    chosen = st.pills(
        literal(label),
        range(len(names)),
        default=min(first, len(names) - 1),
        format_func=lambda i: literal(names[i]),
        required=True,
        wrap=True,
        key=key,
        persist_state="session",
        help=meaning("discipline"),
    )
    return 0 if chosen is None else int(chosen)


def question(page: str, answers: Mapping[str, T]) -> T:
    """What answers the question that is chosen on a page; the choice lasts as long as the tab."""
    first = next(iter(answers))
    chosen = st.segmented_control(
        "Question",
        [*answers],
        default=first,
        required=True,
        format_func=literal,
        key=f"{page}-part",
        label_visibility="collapsed",
        persist_state="session",
    )
    return answers[chosen or first]
