"""Weights that the company believed beside those of the customers who were asked, and what the difference costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.evidence.importance import Weighed, heard_importance, with_importance
from valuemix.analysis.evidence.leads import HeardLead, LeadOver, heard_lead
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.errors import NothingToShow
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["Beliefs", "beliefs"]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Believed weights beside those of the customers who were asked, in a segment or over all.

    Attributes
    ----------
    believed : ndarray, shape (D,)
        Shares; over all the mean by size of the segments that were asked.
    heard : Weighed
        The same of those who were asked, with their errors.
    chosen : tuple of int
        Places of the propositions that lead by believed weights.
    truth : HeardLead
        Who leads by the weights of those who were asked, and by how much.
    lost : LeadOver or None
        Lead of that one over the chosen one, the worse of several: the value that is lost; None where none is.
    by_segment : ndarray, shape (G, 2)
        Highest value in each segment, and that of what believed weights choose for it; NaN where nothing leads.
    """

    believed: FloatArray
    heard: Weighed
    chosen: tuple[int, ...]
    truth: HeardLead
    lost: LeadOver | None
    by_segment: FloatArray


def beliefs(scenario: Scenario, segment: str | None = None) -> Beliefs:
    """What customers are believed to weigh, what they say, and the value lost by choosing as is believed.

    Segments that did not say what matters keep the weights of today. Scores and sizes are those of today.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where nobody was asked what matters, nothing is believed, or nothing leads.
    """
    found = heard_importance(scenario)
    part, heard = found.parts(scenario, segment), found.mean(scenario, segment)
    if scenario.believed_weights is None:
        raise NothingToShow(
            "the sheet Believed weights is empty; with what you think customers weigh it shows what that costs"
        )
    ours = evaluate(scenario.with_points(100 * scenario.believed_shares))
    theirs = evaluate(with_importance(scenario, found))
    chosen, truth = ours.standing(segment).leaders, heard_lead(theirs, segment)
    if not chosen or not truth.certainty.leaders:
        raise NothingToShow("no proposition has a value, so there is nothing to choose")
    lost = [each for each in truth.leads if each.rival in {*chosen} - {*truth.certainty.leaders}]
    return Beliefs(
        part @ scenario.believed_shares[[*found.segments]],
        heard,
        chosen,
        truth,
        max(lost, key=lambda each: each.lead, default=None),
        np.array([_ends(own, true) for own, true in zip(ours.values, theirs.values, strict=True)]),
    )


def _ends(ours: FloatArray, theirs: FloatArray) -> tuple[float, float]:
    """Highest value of a row, and that of what another row puts first, the worst of several."""
    if np.isnan(theirs).all():
        return float("nan"), float("nan")
    return float(np.nanmax(theirs)), float(theirs[ours >= np.nanmax(ours) - TIE].min())
