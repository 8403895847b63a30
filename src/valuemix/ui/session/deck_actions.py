"""Collecting exhibits for a deck: the button beside every chart, and edits of the list of slides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from valuemix.errors import EditError
from valuemix.exhibits.customers.statement import PARTS
from valuemix.exhibits.request import Find
from valuemix.exhibits.sections import slides_in
from valuemix.exhibits.slides import default_slides, place_in_deck
from valuemix.exhibits.slides import finder as among
from valuemix.model.names import name_key
from valuemix.model.parts import MAX_SLIDES, Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.session.comparison_state import chosen_to_compare, finder, labels
from valuemix.ui.session.tab import Session

__all__ = [
    "collected",
    "compared",
    "deck_button",
    "dropped",
    "framed",
    "is_framed",
    "moved",
    "sentences_of",
    "slides_of",
    "stated",
    "usual_slides",
    "with_section",
    "worded",
]

OPENING, CLOSING = ("summary",), ("weights", "scores")
"""Exhibits that a board's deck opens and closes with."""


def deck_button(now: Session, slide: Slide, key: str) -> None:
    """Button that adds a slide to the deck of the open scenario."""
    st.button(
        "To deck",
        key=f"{key}-to-deck",
        type="tertiary",
        icon=":material/add_to_photos:",
        on_click=now.edits.edit,
        args=(
            partial(collected, slide=slide, find=finder(now)),
            "Added to the deck, which is saved with the scenario: see Export",
        ),
        help="Add this exhibit to the deck of the scenario. The Export page orders and makes it.",
    )


def slides_of(now: Session) -> Sequence[Slide]:
    """Slides of the open scenario: those collected, or the usual ones where there are none."""
    return now.scenario.deck or usual_slides(now)


def usual_slides(now: Session) -> list[Slide]:
    """What a board asks for; beside the scenarios chosen on the Compare page."""
    return default_slides(now.scenario, compared(now))


def compared(now: Session) -> list[Scenario]:
    """Scenarios chosen on the Compare page under the names that they bear there, as far as they have propositions."""
    names, find = labels(now), finder(now)
    others = [find(names[chosen]) for chosen in chosen_to_compare(now)]
    own = {*map(name_key, now.scenario.proposition_names)}
    return [each for each in others if own & {*map(name_key, each.proposition_names)}]


def collected(scenario: Scenario, slide: Slide, find: Find) -> Scenario:
    """Scenario with a slide more, the last one.

    Raises
    ------
    EditError
        Where a slide that shows the same is there already, or the deck is full.
    """
    place = place_in_deck(scenario, slide, find)
    if place is not None:
        raise EditError(f"This exhibit is in the deck already: slide {place + 1}.")
    if len(scenario.deck) >= MAX_SLIDES:
        raise EditError(f"A deck holds {MAX_SLIDES} slides; take one out first.")
    return scenario.replace(deck=(*scenario.deck, slide))


def with_section(scenario: Scenario, section: str, others: Sequence[Scenario]) -> Scenario:
    """Scenario with the slides of a section more, the last ones; those that are there stay where they are.

    Raises
    ------
    EditError
        Where all are there already, or the deck has no room for them.
    ValuemixError
        Where nothing in it has anything to show.
    """
    found = slides_in(section, default_slides(scenario, others), scenario, others)
    find = among(others)
    new = [slide for slide in found if place_in_deck(scenario, slide, find) is None]
    if not new:
        raise EditError(f"All slides of the section {section} are in the deck already.")
    for slide in new:
        scenario = collected(scenario, slide, find)
    return scenario


def moved(scenario: Scenario, place: int, by: int) -> Scenario:
    """Scenario with one slide some places earlier (−) or later."""
    slides = list(scenario.deck)
    slide = slides.pop(place)
    slides.insert(max(0, place + by), slide)
    return scenario.replace(deck=tuple(slides))


def dropped(scenario: Scenario, place: int) -> Scenario:
    """Scenario without one slide."""
    return scenario.replace(deck=(*scenario.deck[:place], *scenario.deck[place + 1 :]))


def is_framed(scenario: Scenario) -> bool:
    """Whether a deck has the summary that it should open with and the inputs that it should close with."""
    return {*OPENING, *CLOSING} <= {slide.exhibit for slide in scenario.deck}


def framed(scenario: Scenario) -> Scenario:
    """Scenario whose deck has the summary and the inputs: those that it lacks come first and last.

    Raises
    ------
    EditError
        Where the deck has no room for them.
    """
    there = {slide.exhibit for slide in scenario.deck}
    missing = [slide for slide in default_slides(scenario) if slide.exhibit not in there]
    first = [slide for slide in missing if slide.exhibit in OPENING]
    last = [slide for slide in missing if slide.exhibit in CLOSING]
    slides = (*first, *scenario.deck, *last)
    if len(slides) > MAX_SLIDES:
        raise EditError(f"A deck holds {MAX_SLIDES} slides; take {len(slides) - MAX_SLIDES} out first.")
    return scenario.replace(deck=slides)


def worded(scenario: Scenario, text: str, place: int, field: str) -> Scenario:
    """Scenario with another title or source on one slide; a blank one is the exhibit's own."""
    slides = list(scenario.deck)
    slides[place] = Slide(**{**dict(slides[place]), field: text})
    return scenario.replace(deck=tuple(slides))


def sentences_of(scenario: Scenario) -> dict[str, str]:
    """Sentences of the statement that a person wrote, by part; none where its slide has none."""
    found = [slide.options for slide in scenario.deck if slide.exhibit == "statement"]
    return {part: text for part, text in found[0].items() if part in PARTS} if found else {}


def stated(scenario: Scenario, text: str, part: str) -> Scenario:
    """Scenario with one sentence of its statement in a person's words; blank for the numbers' own.

    The words are kept on the statement's slide of the deck, which is added where there is none.
    """
    if not any(slide.exhibit == "statement" for slide in scenario.deck):
        scenario = collected(scenario, Slide(exhibit="statement"), among(()))
    slides = list(scenario.deck)
    place = next(i for i, slide in enumerate(slides) if slide.exhibit == "statement")
    own = {name: words for name, words in slides[place].options.items() if name != part}
    written = {part: text.strip()} if text.strip() else {}
    slides[place] = Slide(**{**dict(slides[place]), "options": own | written})
    return scenario.replace(deck=tuple(slides))
