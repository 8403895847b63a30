"""What a slide shows in this tab: made once, whatever else is in the deck and in whatever order."""

from __future__ import annotations

import functools

from valuemix.exhibits import Exhibit
from valuemix.exhibits.slides import finder as finder_among
from valuemix.exhibits.slides import untitled
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.session.comparison_state import finder
from valuemix.ui.session.tab import Session

__all__ = ["shown_on", "without_deck"]


def shown_on(now: Session, slide: Slide) -> Exhibit:
    """Exhibit of a slide under its own title.

    Raises
    ------
    ValuemixError
        Where it cannot be made of the open scenario.
    """
    scenario = without_deck(now.scenario)
    # Other scenarios are read from the folder, where they may change at any moment.
    if "scenarios" in slide.options:
        return untitled(scenario, slide, finder(now))
    return _made(scenario, slide)


@functools.lru_cache(maxsize=4)
def without_deck(scenario: Scenario) -> Scenario:
    """No exhibit depends on the deck, and a scenario with another one would be another to every cache."""
    return scenario.replace(deck=())


@functools.lru_cache(maxsize=128)
def _made(scenario: Scenario, slide: Slide) -> Exhibit:
    return untitled(scenario, slide, finder_among(()))
