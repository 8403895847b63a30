"""What can be said ahead of a decision's reviews: what its answers would show, and what came true."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.decisions.reopening import chance_found
from valuemix.analysis.evidence.answers import answers_now
from valuemix.analysis.evidence.wave_leads import leads_of_pair
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.decisions.record import Chosen
from valuemix.errors import UnknownName
from valuemix.model.scenario import Scenario

__all__ = ["Found", "came_true", "would_be_found"]

SURE_BARS = 3.2
"""Errors of one wave from which a fall is found in at least 90 % within three waves."""

FEWEST_BARS = 3.0
"""Errors of one wave below which it has to be said how likely a fall would be found."""

_LEAD = re.compile(
    r"(?:the |(?P<segment>.+?)['’]s? )?lead (?:overall )?is (?P<side>above|below) (?P<bar>[-−]?\d+(?:\.\d+)?)"
    r"(?: by .*)?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """How likely waves like that of the decision show that its lead has turned into one as long the other way.

    Attributes
    ----------
    rival : str
        Whom the lead is over.
    chance : float
        Within three waves.
    answers, needed : int
        Of that wave, and of one that makes it at least 90 %.
    """

    rival: str
    chance: float
    answers: int
    needed: int


@functools.lru_cache(maxsize=32)
def would_be_found(scenario: Scenario, chosen: Chosen) -> Found | None:
    """Chance that a fall of a choice's lead is found; None where it is near 1, or nothing rests on answers.

    Parameters
    ----------
    scenario : Scenario
        Of the day of the decision.
    chosen : Chosen
    """
    if scenario.evidence is None or chosen.lost or not chosen.rival:
        return None
    segment = chosen.segment or None
    pair = scenario.proposition_index(chosen.proposition), scenario.proposition_index(chosen.rival)
    newest = leads_of_pair(scenario, segment, pair)
    lead, error = float(newest.leads[-1]), float(newest.errors[-1])
    if not lead > 0 or not error > 0 or lead / error >= FEWEST_BARS:
        return None
    bars, answers = lead / error, answers_now(scenario, segment)
    return Found(chosen.rival, chance_found(bars), answers, math.ceil(answers * (SURE_BARS / bars) ** 2))


def came_true(text: str, chosen: tuple[Chosen, ...], scenario: Scenario) -> bool | None:
    """Whether something that was expected of a lead holds in a scenario; None where the words are of anything else.

    Parameters
    ----------
    text : str
        Such as "Mid-market's lead is above 0.2": of what is chosen there, over the best of the others.
    chosen : tuple of Chosen
        Of the decision.
    scenario : Scenario
        Of today.

    Examples
    --------
    >>> from valuemix.decisions.record import choices_among
    >>> scenario = Scenario.from_arrays([[[9, 2], [6, 4]]], propositions=["Express", "Green line"],
    ...                                 segments=["Families"])
    >>> chosen = choices_among(scenario, "Express")
    >>> came_true("Families' lead is above 0.2", chosen, scenario), came_true("The lead is above 2", chosen, scenario)
    (True, False)
    >>> print(came_true("The board agrees", chosen, scenario))
    None
    """
    found = _LEAD.fullmatch(text.strip())
    if found is None:
        return None
    segment = found["segment"] or ""
    name = {each.segment: each.proposition for each in chosen}
    proposition = name.get(segment, name.get(""))
    if not proposition:
        return None
    try:
        values = evaluate(scenario).values_in(segment or None)
        own = scenario.proposition_index(proposition)
    except UnknownName:
        return None
    others = np.delete(values, own)
    if np.isnan(values[own]) or np.isnan(others).all():
        return None
    beyond = float(values[own] - np.nanmax(others)) - float(found["bar"].replace("−", "-"))
    slack = TIE * scenario.scale.width
    return beyond > slack if found["side"].lower() == "above" else beyond < -slack
