"""Whether a choice is still the best where it was made, and the loss of standing by it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.decisions.sets import SetChoice, broken, set_loss
from valuemix.analysis.value.case import leaders_of
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.errors import EditError, UnknownName
from valuemix.model.scenario import Scenario

__all__ = ["ACCEPTED_SHARE", "Choice", "accepted_loss", "is_reversed", "loss"]

ACCEPTED_SHARE = 0.05
"""Of the scale: by how much a loss that was accepted may grow before the choice counts as reversed."""


@dataclass(frozen=True)
class Choice:
    """A proposition that is chosen, and for whom.

    Attributes
    ----------
    proposition : str
    segment : str or None
        The segment it is chosen for; None where it is chosen for all of them.

    Examples
    --------
    >>> Choice("Green line", "Families")
    Choice(proposition='Green line', segment='Families')
    """

    proposition: str
    segment: str | None = None


def loss(scenario: Scenario, choice: Choice | SetChoice) -> float:
    """Value lost by a choice: that of the best proposition (or set) there less its own, on the scenario's scale.

    Parameters
    ----------
    scenario : Scenario
    choice : Choice or SetChoice

    Returns
    -------
    float
        0 where it leads, alone or in a tie; NaN where it has no value there.

    Raises
    ------
    UnknownName
        Where the scenario has no such proposition or segment.
    EditError
        Where no best set can be found.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"])
    >>> loss(scenario, Choice("Green line")), loss(scenario, Choice("Express"))
    (0.0, 0.5)
    """
    if isinstance(choice, SetChoice):
        return set_loss(scenario, choice)
    values = evaluate(scenario).values_in(choice.segment)
    chosen = scenario.proposition_index(choice.proposition)
    if np.isnan(values[chosen]):
        return float("nan")
    if leaders_of(scenario.scale.to_unit(values))[chosen]:
        return 0.0
    return float(np.nanmax(values) - values[chosen])


def accepted_loss(scenario: Scenario, choice: Choice | SetChoice, share: float = ACCEPTED_SHARE) -> float:
    """Loss up to which a choice stands, fixed on the day it is made.

    Nothing for a proposition that is best on that day: it is reversed as soon as another is better. Whoever
    chooses what is not best accepts its loss, and that it grows by a share of the scale; so does who chooses a set.

    Parameters
    ----------
    scenario : Scenario
        Of that day.
    choice : Choice or SetChoice
    share : float
        By how much it may grow, as a share of the scale.

    Raises
    ------
    UnknownName, EditError
        As `loss`.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"])
    >>> accepted_loss(scenario, Choice("Green line")), accepted_loss(scenario, Choice("Express"))
    (0.0, 1.0)
    """
    lost = loss(scenario, choice)
    return 0.0 if lost == 0 and isinstance(choice, Choice) else lost + share * scenario.scale.width


def is_reversed(scenario: Scenario, choice: Choice | SetChoice, accepted: float = 0.0) -> bool | None:
    """Whether a scenario reverses a choice: it loses more there than was accepted, or breaks a rule of its sets.

    Parameters
    ----------
    scenario : Scenario
        Of today, whatever has moved in it.
    choice : Choice or SetChoice
    accepted : float
        Loss up to which it stands, on the scenario's scale; see `accepted_loss`.

    Returns
    -------
    bool or None
        None where nothing can be said: the scenario has no such proposition or segment, or no value for it; or its
        sets cannot be told apart.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"])
    >>> is_reversed(scenario, Choice("Express")), is_reversed(scenario, Choice("Express"), accepted=1.0)
    (True, False)
    >>> print(is_reversed(scenario, Choice("Quiet zone")))
    None
    """
    try:
        lost = loss(scenario, choice)
        if isinstance(choice, SetChoice) and broken(scenario, choice):
            return True
    except (UnknownName, EditError):
        return None
    return None if np.isnan(lost) else lost > accepted + TIE * scenario.scale.width
