"""Levers down to attributes: how much one number of a proposition has to change for it to lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.case import Case
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["AttributeRisk", "attribute_changes", "attribute_risks"]

_HALVINGS = 50
_AHEAD = 1e-6
"""How far ahead the change brings a proposition, as a share of the scale: it leads, and does not tie."""


@dataclass(frozen=True, slots=True)
class AttributeRisk:
    """Lead that the leader has left with one number at the end of its range that serves it worst.

    Attributes
    ----------
    proposition, attribute : int
    lead : float
        On the scale; negative where the lead is lost.
    """

    proposition: int
    attribute: int
    lead: float


def attribute_changes(scenario: Scenario, segment: str | None = None) -> FloatArray:
    """Least change of one number of a proposition after which it leads by itself.

    Parameters
    ----------
    scenario : Scenario
        P propositions, A attributes.
    segment : str, optional
        Which segment; the overall value where it is None, where the number changes alike in all segments.

    Returns
    -------
    ndarray, shape (P, A)
        In the unit of the attribute, negative where less is better; NaN where even the best number is not enough,
        where there is none, and of propositions that lead already.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Notes
    -----
    By halving: a value never falls on the way of an attribute from worst to best.
    """
    found = np.full((len(scenario.propositions), len(scenario.attributes)), np.nan)
    case, values = case_of(scenario, segment), case_of(scenario, segment).values()
    for p in np.flatnonzero(~np.isnan(values)).tolist() if len(values) > 1 else ():
        others = np.delete(values, p)
        target = np.nan if np.isnan(others).all() else float(np.nanmax(others))
        if values[p] < target - TIE:
            found[p] = [
                _least_change(scenario, segment, case, p, a, target + _AHEAD) for a in range(found.shape[1])
            ]
    return found


def attribute_risks(scenario: Scenario, segment: str | None = None) -> tuple[AttributeRisk, ...]:
    """What is left of the lead where one number turns out at the end of its own range, the least first.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.

    Returns
    -------
    tuple of AttributeRisk
        Of numbers with a range; empty where none or several lead.

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    """
    case, rows = case_of(scenario, segment), scenario.rows(segment)
    values, scoring = case.values(), scenario.attribute_scoring
    leaders = np.flatnonzero(values >= np.nanmax(values, initial=-np.inf) - TIE)
    if len(leaders) != 1 or len(values) < 2:
        return ()
    leader, found = int(leaders[0]), []
    for p, a in np.argwhere((scoring.ends[0] < scoring.ends[1])[rows].any(axis=0)).tolist():
        end = scoring.ends[0 if p == leader else 1]
        tried = scoring.unit_values.copy()
        tried[:, p, a] = end[:, p, a]
        after = case.values(scores=_unit_scores(scenario, tried)[rows])
        others = np.delete(after, leader)
        if not np.isnan(others).all():
            lead = float(after[leader] - np.nanmax(others)) * scenario.scale.width
            found.append(AttributeRisk(p, a, lead))
    return tuple(sorted(found, key=lambda risk: risk.lead))


def _unit_scores(scenario: Scenario, values: FloatArray) -> FloatArray:
    """Scores from 0 to 1 with other values of the attributes, shape (..., G, P, D)."""
    scoring, scale = scenario.attribute_scoring, scenario.scale
    derived = np.isin(scenario.discipline_ids, scoring.derived)
    tried = scale.to_unit(scoring.scores(values))
    if scenario.moments:  # a moment with a score of its own stays as it is
        moved = scenario.moment_means.passed_on * (tried - scale.to_unit(scoring.scores()))
        tried = np.clip(scenario.unit_scores + moved, 0.0, 1.0)
    return np.where(derived, tried, scenario.unit_scores)


def _least_change(
    scenario: Scenario, segment: str | None, case: Case, p: int, a: int, target: float
) -> float:
    """Change of one number at which the value of its proposition reaches a target; NaN where none does."""
    rows, scoring, attribute = scenario.rows(segment), scenario.attribute_scoring, scenario.attributes[a]
    numbers = scoring.numbers[rows, p, a]
    if np.isnan(numbers).all():
        return float("nan")
    way = np.sign(attribute.best - attribute.worst)

    def reaches(change: float) -> bool:
        shifted, tried = scoring.numbers.copy(), scoring.unit_values.copy()
        shifted[rows, p, a] += way * change
        tried[:, p, a] = scoring.valued(shifted[:, p, a], a)
        after = case.values(scores=_unit_scores(scenario, tried)[rows])
        return bool(after[p] >= target)

    low, high = 0.0, float(np.nanmax((attribute.best - numbers) * way))
    if high <= 0 or not reaches(high):
        return float("nan")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return float(way * high)
