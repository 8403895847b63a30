"""Who leads among those who were asked, by how much, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from valuemix.analysis.certainty.certainty import CLEAR, Certainty, degree_of, share_above
from valuemix.analysis.evidence.errors import SurveyErrors, survey_errors
from valuemix.analysis.value.means import power_mean
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["HeardLead", "heard_lead"]

FEWEST_ANSWERS, FEWEST_DEGREES = 8, 5
"""Effective answers, and clusters beyond the strata, under which nothing is surer than open."""

DRAWS, MOST_CELLS = 4_096, 20_000_000
"""Draws of the values where they are no sums, fewer where there are very many scores."""


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
    runner_up : int or None
        The best that does not share the lead.
    lead, error, low, high : float
        The lead over it with its standard error and 95 % interval; NaN without one.
    degrees : float
        Degrees of freedom of that interval.
    too_few : bool
        Whether there are too few answers or clusters for any word surer than open.
    """

    certainty: Certainty
    values: FloatArray
    errors: FloatArray
    runner_up: int | None
    lead: float
    error: float
    low: float
    high: float
    degrees: float
    too_few: bool


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
    drawn = _drawn(scenario, segment, errors)
    additive = result.additive if segment is not None else result.overall_additive
    slopes = _slopes(result, segment, errors) if additive else None
    spread = _errors(slopes, errors) if slopes is not None else drawn.std(axis=1, ddof=1)
    above = np.full(len(values), np.nan)
    if not standing.leaders:
        nothing = Certainty((), "open", tuple(above.tolist()), float("nan"), (), in_doubt=True)
        gone = float("nan")
        return HeardLead(nothing, values, spread, None, gone, gone, gone, gone, gone, too_few=False)
    leader, others = standing.leaders[0], [p for p in standing.order if p != standing.leaders[0]]
    told = {p: _contrast(values, slopes, drawn, errors, leader, p, scenario.scale.width) for p in others}
    for p, (share, _, _) in told.items():
        above[p] = share
    degrees = min((found[2] for found in told.values()), default=float("inf"))
    too_few = degrees < (FEWEST_DEGREES if _clustered(scenario) else FEWEST_ANSWERS - 1)
    least = min((found[0] for found in told.values()), default=1.0)
    degree = "open" if too_few or len(standing.leaders) > 1 else degree_of(least)
    rivals = sorted((p for p in others if too_few or above[p] < CLEAR - TIE), key=lambda p: (above[p], p))
    found = Certainty(
        standing.leaders,
        degree,
        tuple(above.tolist()),
        _first(drawn, standing.leaders),
        tuple(rivals),
        in_doubt=True,
    )
    lead, error, own = float("nan"), float("nan"), degrees
    if standing.runner_up is not None:
        lead = float(values[leader] - values[standing.runner_up])
        _, error, own = told[standing.runner_up]
    half = float(t.ppf(0.975, max(own, 1.0))) * error
    return HeardLead(
        found, values, spread, standing.runner_up, lead, error, lead - half, lead + half, own, too_few
    )


def _clustered(scenario: Scenario) -> bool:
    return bool(scenario.evidence and scenario.evidence.clusters)


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


def _errors(slopes: FloatArray, errors: SurveyErrors) -> FloatArray:
    return np.asarray(np.sqrt(np.maximum(np.einsum("pk,kl,pl->p", slopes, errors.covariance, slopes), 0.0)))


def _contrast(
    values: FloatArray,
    slopes: FloatArray | None,
    drawn: FloatArray,
    errors: SurveyErrors,
    leader: int,
    rival: int,
    width: float,
) -> tuple[float, float, float]:
    """Certainty that the leader is above a rival, the standard error of the gap, and its degrees of freedom."""
    if slopes is None:
        degrees = float(errors.degrees.min()) if len(errors.degrees) else float("inf")
        gap = drawn[leader] - drawn[rival]
        return share_above(drawn[leader], drawn[rival], width), float(gap.std(ddof=1)), degrees
    apart = slopes[leader] - slopes[rival]
    counts = np.abs(apart) > 0
    degrees = float(errors.degrees[counts].min()) if counts.any() else float("inf")
    error = float(np.sqrt(max(apart @ errors.covariance @ apart, 0.0)))
    gap = float(values[leader] - values[rival])
    if error <= TIE * width:
        share = 0.5 if abs(gap) <= TIE * width else float(gap > 0)
        return share, error, degrees
    return float(t.cdf(gap / error, max(degrees, 1.0))), error, degrees


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
