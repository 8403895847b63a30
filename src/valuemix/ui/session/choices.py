"""What is in view: the segment, which all pages share, and what is chosen on a page and stands in its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypedDict, TypeVar

import streamlit as st

from valuemix.glossary import meaning
from valuemix.ui.literal_text import literal
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session

__all__ = ["chosen_of", "discipline_choice", "number_of", "question", "segment_choice", "several_of"]

T = TypeVar("T")
N = TypeVar("N", int, float)


def segment_choice(
    now: Session, page: str, on_change: Callable[[str, Sequence[str]], None] | None = None
) -> None:
    """Pills that bring one segment, or all, into view on every page; none where all of them are one."""
    names = now.scenario.segment_names
    if len(names) == 1 and now.segment is None:
        return
    key = bind(f"{page}-segment", -1 if now.segment is None else names.index(now.segment))
    st.pills(
        "Segment",
        range(-1, len(names)),
        format_func=lambda i: "All segments" if i < 0 else literal(names[i]),
        required=True,
        wrap=True,
        key=key,
        persist_state="session",
        on_change=on_change or now.view.choose_segment,
        args=(key, names),
        help=meaning("segment"),
    )


class Chosen(TypedDict):
    """What binds a widget to a choice: arguments of the widget."""

    key: str
    persist_state: Literal["session"]
    on_change: Callable[[str], None]
    args: tuple[str]


def _bound(now: Session, key: str, content: object) -> Chosen:
    return {
        "key": bind(key, content),
        "persist_state": "session",
        "on_change": now.view.choose,
        "args": (key,),
    }


def chosen_of(now: Session, key: str, options: Iterable[str], usual: str) -> Chosen:
    """Bind a widget to one of some texts; it starts on the usual one.

    The choice lasts as long as the tab and stands in the address under what follows the page in the key. What an
    address holds is data: a text that is none of the options is left out.
    """
    chosen = now.view.chosen.get(key, usual)
    if chosen not in options:
        chosen = usual
        now.view.chosen.pop(key, None)
    return _bound(now, key, chosen)


def number_of(now: Session, key: str, usual: N, least: N, most: N) -> Chosen:
    """Bind a widget to a number, of the kind of the usual one; see `chosen_of`."""
    try:
        number = type(usual)(now.view.chosen.get(key, usual))
    except ValueError:
        number = most + 1
    if not least <= number <= most:
        number = usual
        now.view.chosen.pop(key, None)
    return _bound(now, key, number)


def several_of(now: Session, key: str, options: Iterable[str], usual: Sequence[str]) -> Chosen:
    """Bind a widget to several of some texts, none of which holds a slash; see `chosen_of`."""
    text = now.view.chosen.get(key)
    chosen = [*usual] if text is None else [each for each in text.split("/") if each in options]
    return _bound(now, key, chosen)


def discipline_choice(now: Session, label: str, key: str, first: int = 0) -> int:
    """Pills that choose one discipline by its place."""
    names = now.scenario.discipline_names
    chosen = st.pills(
        literal(label),
        names,
        format_func=literal,
        required=True,
        wrap=True,
        help=meaning("discipline"),
        **chosen_of(now, key, names, names[min(first, len(names) - 1)]),
    )
    return names.index(chosen) if chosen in names else 0


def question(now: Session, page: str, answers: Mapping[str, T]) -> T:
    """What answers the question that is chosen on a page."""
    first = next(iter(answers))
    chosen = st.segmented_control(
        "Question",
        [*answers],
        required=True,
        format_func=literal,
        label_visibility="collapsed",
        **chosen_of(now, f"{page}-part", answers, first),
    )
    return answers[chosen or first]
