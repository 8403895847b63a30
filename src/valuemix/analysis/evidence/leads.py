"""Who leads among those who were asked, by how much, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from valuemix.analysis.certainty.certainty import Certainty, share_above
from valuemix.analysis.evidence.errors import SurveyErrors, answers_of, survey_errors
from valuemix.analysis.evidence.student import fewest_degrees, half_width, judged, sure_above
from valuemix.analysis.value.means import power_mean
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["HeardLead", "LeadOver", "heard_lead"]

DRAWS, MOST_CELLS = 4_096, 20_000_000
"""Draws of the values where they are no sums, fewer where there are very many scores."""


@dataclass(frozen=True)
class LeadOver:
    """Lead over one rival among those who were asked.

    Attributes
    ----------
    rival : int
    lead, error, low, high : float
        The lead on the scale, its standard error and its 95 % interval by Student's t.
    degrees : float
        Degrees of freedom of that interval; infinite where no answer bears on the lead.
    above : float
        How sure it is that the leader is above the rival.
    """

    rival: int
    lead: float
    error: float
    low: float
    high: float
    degrees: float
    above: float


@dataclass(frozen=True)
class HeardLead:
    """Values among those who were asked, with what their answers leave in doubt.

    Weights count as estimates where respondents gave them; else they, and sizes, are taken as known.

    Attributes
    ----------
    certainty : Certainty
        Who leads, and how sure that is; with respondents the best degree is clear.
    values, errors : ndarray, shape (P,)
        Values and their standard errors.
    leads : tuple of LeadOver
        Over every other proposition with a value, the best first.
    too_few : bool
        Whether there are too few answers or clusters for any word surer than open.
    """

    certainty: Certainty
    values: FloatArray
    errors: FloatArray
    leads: tuple[LeadOver, ...]
    too_few: bool

    @property
    def closest(self) -> LeadOver | None:
        """The lead over the best that does not share it; None where there is no such rival."""
        return next((each for each in self.leads if each.rival not in self.certainty.leaders), None)


def heard_lead(scenario: Scenario | Evaluation, segment: str | None = None) -> HeardLead:
    """Who leads among those who were asked.

    Where values are sums, leads have the variance of the estimates that they are made of and Student's t with the
    fewest degrees of freedom among them; else 4,096 draws.

    Parameters
    ----------
    scenario : Scenario or Evaluation
        With evidence; what is evaluated already is not evaluated again.
    segment : str, optional
        Which segment; the overall value where it is None.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    result = evaluate(scenario)
    scenario = result.scenario
    errors = survey_errors(scenario, segment)
    values, standing = result.values_in(segment), result.standing(segment)
    additive = result.additive if segment is not None else result.overall_additive
    known = _Known(
        values,
        _slopes(result, segment, errors) if additive else None,
        _drawn(scenario, segment, errors),
        errors,
        scenario.scale.width,
    )
    leads = tuple(_lead_over(known, standing.leaders[0], p) for p in standing.order[1:])
    too_few = any(each.degrees < fewest_degrees(answers_of(scenario)) for each in leads)
    above = np.full(len(values), np.nan)
    for each in leads:
        above[each.rival] = each.above
    first = _first(known.drawn, standing.leaders) if standing.leaders else float("nan")
    found = judged(standing.leaders, above, first, too_few=too_few)
    return HeardLead(found, values, _errors(known), leads, too_few)


class _Known(NamedTuple):
    """Values with what is known of their errors: slopes by estimate where they are sums, and draws."""

    values: FloatArray
    slopes: FloatArray | None
    drawn: FloatArray
    errors: SurveyErrors
    width: float


def _slopes(result: Evaluation, segment: str | None, errors: SurveyErrors) -> FloatArray:
    """How each value moves with each estimate, shape (P, K), where values are sums."""
    scenario = result.scenario
    scores, weights = scenario.array("scores"), scenario.weights[:, None, :]
    present = np.where(np.isnan(scores), 0.0, weights)
    total = present.sum(axis=-1, keepdims=True)
    shares = np.divide(present, total, out=np.zeros_like(present), where=total > 0)
    counted = np.divide((~np.isnan(scores)).astype(float), total, out=np.zeros_like(present), where=total > 0)
    along = counted * (np.nan_to_num(scores) - np.nan_to_num(result.values)[..., None])
    size = scenario.size_shares if segment is None else np.ones(len(scenario.segments))
    slopes = np.zeros((len(scenario.propositions), len(errors.covariance)))
    for g, p, d, k in errors.scores.tolist():
        slopes[p, k] = size[g] * shares[g, p, d]
    for g, _, d, k in errors.weights.tolist():
        slopes[:, k] = size[g] * along[g, :, d]
    for g, k in errors.sizes.tolist():
        slopes[:, k] = np.nan_to_num(result.values[g] - result.overall)
    return slopes


def _errors(known: _Known) -> FloatArray:
    if known.slopes is None:
        return np.asarray(known.drawn.std(axis=1, ddof=1))
    return np.asarray(np.sqrt([_variance(row, known.errors) for row in known.slopes]))


def _variance(slopes: FloatArray, errors: SurveyErrors) -> float:
    return max(float(slopes @ errors.covariance @ slopes), 0.0)


def _lead_over(known: _Known, leader: int, rival: int) -> LeadOver:
    """Lead over a rival, its interval, and how sure it is that there is one."""
    lead = float(known.values[leader] - known.values[rival])
    if known.slopes is None:
        one, other = known.drawn[leader], known.drawn[rival]
        error, counts = float((one - other).std(ddof=1)), np.ones(len(known.errors.degrees), dtype=bool)
    else:
        apart = known.slopes[leader] - known.slopes[rival]
        error, counts = float(np.sqrt(_variance(apart, known.errors))), np.abs(apart) > 0
    degrees = float(known.errors.degrees[counts].min()) if counts.any() else float("inf")
    if known.slopes is None:
        above = share_above(one, other, known.width)
    else:
        above = sure_above(lead, error, degrees, known.width)
    half = half_width(error, degrees)
    return LeadOver(rival, lead, error, lead - half, lead + half, degrees, above)


def _first(drawn: FloatArray, leaders: tuple[int, ...]) -> float:
    """Share of draws in which one of the leaders is first, ties split equally."""
    values = np.nan_to_num(drawn, nan=-np.inf)
    best = values >= values.max(axis=0)
    return float((best[list(leaders)].sum(axis=0) / best.sum(axis=0)).mean())


def _drawn(scenario: Scenario, segment: str | None, errors: SurveyErrors) -> FloatArray:
    """Draws of the values, shape (P, N): errors of estimates by Student's t, scores kept on the scale."""
    rows = scenario.rows(segment)
    scores = scenario.array("scores")[rows]
    count = int(min(DRAWS, max(64, MOST_CELLS // scores.size)))
    rng = np.random.default_rng(scenario.settings.seed)
    moved = _moves(errors, rng, count)
    at = {g: i for i, g in enumerate(rows)}
    drawn_scores = np.repeat(scores[None], count, axis=0)
    weights = np.repeat(scenario.weights[rows][None], count, axis=0)
    sizes = np.repeat(scenario.size_shares[rows][None], count, axis=0)
    for g, p, d, k in errors.scores.tolist():
        drawn_scores[:, at[g], p, d] += moved[:, k]
    for g, _, d, k in errors.weights.tolist():
        weights[:, at[g], d] += moved[:, k]
    for g, k in errors.sizes.tolist():
        sizes[:, at[g]] += moved[:, k]
    unit = np.clip(scenario.scale.to_unit(drawn_scores), 0.0, 1.0)
    values = power_mean(unit, np.maximum(weights, 0.0)[:, :, None, :], scenario.settings.rho)
    if segment is None:
        sizes = np.maximum(sizes, 0.0)
        values = power_mean(values.swapaxes(1, 2), sizes[:, None, :], 1 - scenario.settings.eps)
    else:
        values = values[:, 0]
    return np.asarray(scenario.scale.from_unit(values).T)


def _moves(errors: SurveyErrors, rng: np.random.Generator, count: int) -> FloatArray:
    """Errors of all estimates in each draw, shape (N, K)."""
    size = len(errors.covariance)
    if not size:
        return np.zeros((count, 0))
    spread, axes = np.linalg.eigh(errors.covariance)
    factor = axes * np.sqrt(np.maximum(spread, 0.0))
    normal = rng.standard_normal((count, size)) @ factor.T
    least = max(float(errors.degrees.min()), 1.0)
    if np.isfinite(least):
        normal *= np.sqrt(least / rng.chisquare(least, size=(count, 1)))
    return np.asarray(normal)
