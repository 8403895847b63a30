"""Preference share: how preferences would split if people chose by value, more or less strictly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.uncertainty import segment_draws, value_draws
from valuemix.analysis.evidence.sensitivity import fitted_sensitivity
from valuemix.analysis.value.case import leaders_of
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate
from valuemix.errors import ValuemixError
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "SENSITIVITY",
    "Preference",
    "first_choice",
    "logit_shares",
    "preference",
    "share_draws",
    "usual_sensitivity",
]


SENSITIVITY = 10.0
"""A tenth of the scale ahead makes a proposition e times as likely to be preferred."""


def usual_sensitivity(scenario: Scenario) -> float:
    """Sensitivity that fits what respondents chose, or 10."""
    found = fitted_sensitivity(scenario)
    return found.fitted if found else SENSITIVITY


@dataclass(frozen=True, eq=False)
class Preference:
    """Preference shares, in every segment and overall by size. They are no market shares.

    Attributes
    ----------
    evaluation : Evaluation
    theta : float
        Sensitivity, for values mapped to 0 to 1; infinity is the first choice.
    by_segment : ndarray, shape (G, P)
        Logit shares; each row sums to 1, NaN where a proposition has no value.
    overall : ndarray, shape (P,)
        Their mean by size; a segment without values leaves its size to the others.
    first_by_segment, first_overall : ndarray, shapes (G, P) and (P,)
        The same if everyone took the best, ties split.
    """

    evaluation: Evaluation
    theta: float
    by_segment: FloatArray
    overall: FloatArray
    first_by_segment: FloatArray
    first_overall: FloatArray

    def shares_in(self, segment: str | None) -> FloatArray:
        """Logit shares in a segment, shape (P,); over all segments where it is None."""
        return self._in(segment, self.by_segment, self.overall)

    def first_in(self, segment: str | None) -> FloatArray:
        """First-choice shares in a segment, shape (P,); over all segments where it is None."""
        return self._in(segment, self.first_by_segment, self.first_overall)

    def _in(self, segment: str | None, own: FloatArray, overall: FloatArray) -> FloatArray:
        return overall if segment is None else own[self.evaluation.scenario.segment_index(segment)]

    @property
    def width(self) -> float:
        """How wide the scale of shares is when they are compared: values that tie have shares that tie."""
        return max(1.0, self.theta / 2) if np.isfinite(self.theta) else 1.0

    def disagreements(self) -> list[tuple[int, int]]:
        """Pairs whose overall value and overall share say the opposite: first by value, first by share."""
        values, shares = self.evaluation.overall, self.overall
        tie = TIE * self.evaluation.scenario.scale.width
        higher = values[:, None] > values[None] + tie
        pairs = np.argwhere(higher & (shares[:, None] < shares[None] - TIE * self.width))
        return [(int(p), int(q)) for p, q in pairs]


def preference(scenario: Scenario | Evaluation, theta: float | None = None) -> Preference:
    """Share of preference of every proposition, in every segment and overall.

    Parameters
    ----------
    scenario : Scenario or Evaluation
    theta : float, optional
        Sensitivity, 0 or more: 0 is indifference, infinity the first choice. By default what fits the choices
        of respondents, and 10 without any.

    Returns
    -------
    Preference

    Raises
    ------
    ValuemixError
        Where the sensitivity is below 0 or no number.

    References
    ----------
    McFadden, Conditional logit analysis of qualitative choice behavior (1974).

    Examples
    --------
    >>> found = preference(Scenario.from_arrays([[[8, 8], [7, 7]], [[2, 2], [6, 6]]], sizes=[3, 1]))
    >>> found.overall.round(3).tolist(), found.first_overall.tolist()
    ([0.553, 0.447], [0.75, 0.25])
    """
    evaluation = evaluate(scenario)
    theta = usual_sensitivity(evaluation.scenario) if theta is None else theta
    if not theta >= 0:
        raise ValuemixError(f"the sensitivity must be 0 or more, got {theta:g}. Try {SENSITIVITY:g}.")
    sizes = evaluation.scenario.size_shares
    unit = evaluation.scenario.scale.to_unit(evaluation.values)
    shares, first = logit_shares(unit, theta), first_choice(unit)
    return Preference(evaluation, theta, shares, _overall(shares, sizes), first, _overall(first, sizes))


def share_draws(scenario: Scenario, segment: str | None, theta: float) -> FloatArray:
    """Preference shares under what is in doubt, shape (P, N); in a segment, or by size over all of them."""
    scale = scenario.scale
    if segment is not None:
        return logit_shares(scale.to_unit(value_draws(scenario, segment)).T, theta).T
    unit = np.moveaxis(scale.to_unit(segment_draws(scenario)), 1, -1)
    shares = np.moveaxis(logit_shares(unit, theta), 1, -1)
    has = ~np.isnan(shares).all(axis=(1, 2)) * scenario.size_shares
    return np.tensordot(has / (has.sum() or 1.0), np.nan_to_num(shares), axes=1)


def logit_shares(values: FloatArray, theta: float) -> FloatArray:
    """exp(theta v) as shares along the last axis; a missing value has none and takes none.

    Examples
    --------
    >>> logit_shares(np.array([0.0, np.log(3)]), 1.0).round(6).tolist()
    [0.25, 0.75]
    """
    if np.isinf(theta):
        return first_choice(values)
    best = np.max(values, axis=-1, keepdims=True, initial=-np.inf, where=~np.isnan(values))
    terms = np.exp(theta * (values - np.where(np.isfinite(best), best, 0.0)))
    total = np.nansum(terms, axis=-1, keepdims=True)
    return np.asarray(terms / np.where(total > 0, total, np.nan))


def first_choice(values: FloatArray) -> FloatArray:
    """Everyone takes the best along the last axis; ties split, a missing value stays missing.

    Examples
    --------
    >>> first_choice(np.array([[0.7, 0.7, 0.2], [0.1, np.nan, 0.3]])).tolist()
    [[0.5, 0.5, 0.0], [0.0, nan, 1.0]]
    """
    led = leaders_of(values)
    shares = led / np.maximum(led.sum(axis=-1, keepdims=True), 1)
    return np.asarray(np.where(np.isnan(values), np.nan, shares))


def _overall(shares: FloatArray, sizes: FloatArray) -> FloatArray:
    """Mean by size over the segments that have shares; a missing share in one of them counts as none."""
    has = ~np.isnan(shares).all(axis=1)
    mean = power_mean(np.nan_to_num(shares).T, np.where(has, sizes, 0.0), 1)
    counted = has & (sizes > 0)
    return np.asarray(np.where(np.isnan(shares[counted]).all(axis=0), np.nan, mean))
