"""Moments one by one: their scenarios, who leads in each, and what one more point of score is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.customers.moment_scores import MomentScores
from valuemix.analysis.value.scoring import Standing, evaluate
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "MomentLead",
    "has_contacts",
    "moment_leads",
    "moment_weights",
    "needs_moments",
    "point_returns",
    "step_of",
]


@dataclass(frozen=True)
class MomentLead:
    """Who leads in one moment, overall or in a segment.

    Attributes
    ----------
    moment : int
        Its place.
    segment : str or None
        None for all of them.
    weight : float
        Share of the moment in the value of the segment; overall its mean by size.
    worth : ndarray, shape (P,)
        Value of each proposition in this moment, on the scale.
    standing : Standing
    sure : Certainty
        Graded together with the other leads.
    """

    moment: int
    segment: str | None
    weight: float
    worth: FloatArray
    standing: Standing
    sure: Certainty


def needs_moments(scenario: Scenario) -> None:
    """Refuse a scenario without moments.

    Raises
    ------
    EditError
        The message names the sheet to fill in.
    """
    if not scenario.moments:
        raise EditError("there are no moments; fill in the sheet Moments")


def moment_weights(scenario: Scenario, segment: str | None = None) -> FloatArray:
    """Share of every moment in the value of a segment, or by size, shape (J,); they sum to 1."""
    shares = scenario.moment_means.shares
    return scenario.size_shares @ shares if segment is None else shares[scenario.segment_index(segment)]


def has_contacts(scenario: Scenario, moment: int) -> bool:
    """Whether any segment with a size has contacts of this kind."""
    return bool(moment_weights(scenario)[moment] > 0)


@lru_cache(maxsize=64)
def moment_leads(scenario: Scenario, segment: str | None = None) -> tuple[MomentLead, ...]:
    """Who leads in each moment that a segment has, or overall; graded together.

    Raises
    ------
    EditError
        Where there are no moments.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentScore
    >>> base = Scenario.from_arrays([[8, 2], [5, 4]], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order"), Moment(name="Fault")],
    ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 1})])
    >>> [(lead.standing.leaders, lead.worth.round(3).tolist()) for lead in moment_leads(base)]
    [((0,), [5.0, 4.5]), ((1,), [1.5, 4.5])]
    """
    needs_moments(scenario)
    weights, found = moment_weights(scenario, segment), []
    for j, name in enumerate(scenario.moment_names):
        if weights[j] > 0 and has_contacts(scenario, j):
            alone = scenario.at_moment(name)
            result = evaluate(alone)
            own = result.values_in(segment), result.standing(segment), certainty(alone, segment)
            found.append(MomentLead(j, segment, float(weights[j]), *own))
    graded = grading.together([lead.sure for lead in found])
    return tuple(
        MomentLead(lead.moment, segment, lead.weight, lead.worth, lead.standing, sure)
        for lead, sure in zip(found, graded, strict=True)
    )


def step_of(scenario: Scenario) -> float:
    """What one more point of score is: 1, or a tenth of the scale where it is narrow."""
    width = scenario.scale.width
    return 1.0 if width >= 4 else width / 10


def point_returns(scenario: Scenario, proposition: int, segment: str | None = None) -> FloatArray:
    """Value that one more point of score adds in each moment on each discipline, shape (J, D).

    The score rises in every segment that has the moment, at most to the end of the scale; NaN where there is none.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2]], points=[75, 25]).replace(
    ...     moments=[Moment(name="Order", share=80), Moment(name="Fault", share=20)])
    >>> point_returns(base, 0).round(3).tolist()
    [[0.6, 0.2], [0.15, 0.05]]
    """
    needs_moments(scenario)
    case, width = MomentScores.of(scenario, proposition, segment), scenario.scale.width
    today, gains = case.value(case.unit), np.full(case.unit.shape[1:], np.nan)
    for place in np.ndindex(gains.shape):
        raised = case.unit.copy()
        raised[:, *place] = np.minimum(raised[:, *place] + step_of(scenario) / width, 1.0)
        if not np.isnan(raised[:, *place]).all():
            gains[place] = (case.value(raised) - today) * width
    return gains
