"""What a slide or the Balance page shows: made once, whatever else is in the deck and in whatever order."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from valuemix import exhibits
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits import Exhibit
from valuemix.exhibits.slides import finder as finder_among
from valuemix.exhibits.slides import untitled
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.session.comparison_state import finder
from valuemix.ui.session.tab import Session

__all__ = ["Answer", "answer", "shown_on", "without_deck"]


@dataclass(frozen=True)
class Answer:
    """What the Balance page says of a scenario.

    Attributes
    ----------
    ranking, stability, leaders : Exhibit
    change : Exhibit or None
        Against the scenario that it was; None without one.
    """

    ranking: Exhibit
    stability: Exhibit
    leaders: Exhibit
    change: Exhibit | None


@functools.lru_cache(maxsize=64)
def answer(scenario: Scenario, segment: str | None, was: Scenario | None) -> Answer:
    """What the Balance page says, made once: most runs of the page move no weight, and undo goes back to what was."""
    now, before = evaluate(scenario), evaluate(was) if was else None
    return Answer(
        exhibits.ranking(now, segment, baseline=before),
        exhibits.stability(tradeoffs(scenario, segment)),
        exhibits.leaders(now),
        exhibits.change(before, now, segment) if before else None,
    )


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
