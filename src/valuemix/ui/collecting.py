"""Collecting exhibits for a deck: the button beside every chart, and edits of the list of slides."""

from __future__ import annotations

from functools import partial

import streamlit as st

from valuemix.errors import EditError
from valuemix.model.parts import MAX_SLIDES, Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.state import Session

__all__ = ["collected", "deck_button", "dropped", "moved", "worded"]


def deck_button(now: Session, slide: Slide, key: str) -> None:
    """Button that adds a slide to the deck of the open scenario."""
    st.button(
        "To deck",
        key=f"{key}-to-deck",
        type="tertiary",
        icon=":material/add_to_photos:",
        on_click=now.edit,
        args=(
            partial(collected, slide=slide),
            "Added to the deck, which is kept with the scenario: see Export",
        ),
        help="Add this exhibit to the deck of the scenario. The Export page orders and makes it.",
    )


def collected(scenario: Scenario, slide: Slide) -> Scenario:
    """Scenario with a slide more, the last one.

    Raises
    ------
    EditError
        Where the slide is there already, or the deck is full.
    """
    if slide in scenario.deck:
        raise EditError(f"This exhibit is in the deck already: slide {scenario.deck.index(slide) + 1}.")
    if len(scenario.deck) >= MAX_SLIDES:
        raise EditError(f"A deck holds {MAX_SLIDES} slides; take one out first.")
    return scenario.replace(deck=(*scenario.deck, slide))


def moved(scenario: Scenario, place: int, by: int) -> Scenario:
    """Scenario with one slide some places earlier (−) or later."""
    slides = list(scenario.deck)
    slide = slides.pop(place)
    slides.insert(max(0, place + by), slide)
    return scenario.replace(deck=tuple(slides))


def dropped(scenario: Scenario, place: int) -> Scenario:
    """Scenario without one slide."""
    return scenario.replace(deck=(*scenario.deck[:place], *scenario.deck[place + 1 :]))


def worded(scenario: Scenario, place: int, **texts: str) -> Scenario:
    """Scenario with another title or source on one slide; a blank one is the exhibit's own."""
    slides = list(scenario.deck)
    slides[place] = Slide(**{**dict(slides[place]), **texts})
    return scenario.replace(deck=tuple(slides))
