"""Who leads among those who were asked, by how much, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.certainty.uncertainty import value_draws
from valuemix.analysis.draws.survey_errors import SurveyErrors, survey_errors, too_few_answers
from valuemix.analysis.evidence.student import half_width
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["HeardLead", "LeadOver", "heard_lead", "lead_slopes"]


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
        Share of draws in which the leader is above the rival, with all that is in doubt.
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

    Intervals take weights and sizes as known where respondents did not give them; the degree of certainty takes them
    to be in doubt as the scenario says.

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
    kept : int
        Scores with weight that are not those of the respondents beside some that are: those of the case, with the
        doubt that it has of them.
    """

    certainty: Certainty
    values: FloatArray
    errors: FloatArray
    leads: tuple[LeadOver, ...]
    too_few: bool
    kept: int = 0

    @property
    def closest(self) -> LeadOver | None:
        """The lead over the best that does not share it; None where there is no such rival."""
        return next((each for each in self.leads if each.rival not in self.certainty.leaders), None)


def heard_lead(scenario: Scenario | Evaluation, segment: str | None = None) -> HeardLead:
    """Who leads among those who were asked.

    Where values are sums, leads have the variance of the estimates that they are made of and Student's t with the
    fewest degrees of freedom among them; else that of 4,096 draws. How sure it is who leads, `certainty` says.

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
    errors, standing = survey_errors(scenario, segment), result.standing(segment)
    sure, values = certainty(scenario, segment), result.values_in(segment)
    kept = _kept(scenario, segment, errors)
    slopes = None if kept else lead_slopes(result, segment, errors)
    doubt = _known_otherwise(scenario, scenario.doubt.scores_within if kept else 0.0)
    drawn = None if slopes is not None else value_draws(scenario, segment, doubt=doubt)
    known = _Known(values, slopes, drawn, errors)
    leads = tuple(_lead_over(known, standing.leaders[0], p, sure.above[p]) for p in standing.order[1:])
    return HeardLead(sure, values, _errors(known), leads, too_few_answers(scenario, segment), kept)


def _kept(scenario: Scenario, segment: str | None, errors: SurveyErrors) -> int:
    """How many scores with weight the case has kept, where respondents gave others."""
    rows, heard = scenario.rows(segment), {(g, p, d) for g, p, d, _ in errors.scores.tolist()}
    if not len(survey_errors(scenario).scores):
        return 0
    counts = ~np.isnan(scenario.array("scores")) & (scenario.weights > 0)[:, None]
    return sum(g in rows and (g, p, d) not in heard for g, p, d in np.argwhere(counts).tolist())


def _known_otherwise(scenario: Scenario, scores_within: float) -> Doubt:
    """Doubt of nothing but what respondents leave in doubt, and of scores that a case has kept."""
    return scenario.doubt.model_copy(
        update={"weights_within": 0.0, "scores_within": scores_within, "sizes_within": 0.0}
    )


class _Known(NamedTuple):
    """Values, and what is known of their errors: slopes by estimate where they are sums, else draws."""

    values: FloatArray
    slopes: FloatArray | None
    drawn: FloatArray | None
    errors: SurveyErrors


def lead_slopes(result: Evaluation, segment: str | None, errors: SurveyErrors) -> FloatArray | None:
    """How each value moves with each estimate, shape (P, K), where values are sums; else None."""
    if not (result.additive if segment is not None else result.overall_additive):
        return None
    scenario = result.scenario
    scores, weights = scenario.array("scores"), scenario.weights[:, None, :]
    present = np.where(np.isnan(scores), 0.0, weights)
    total = present.sum(axis=-1, keepdims=True)
    shares = np.divide(present, total, out=np.zeros_like(present), where=total > 0)
    counted = np.divide((~np.isnan(scores)).astype(float), total, out=np.zeros_like(present), where=total > 0)
    along = counted * (np.nan_to_num(scores) - np.nan_to_num(result.values)[..., None])
    size = scenario.size_shares if segment is None else np.ones(len(scenario.segments))
    slopes = np.zeros((len(scenario.propositions), len(errors.degrees)))
    for g, p, d, k in errors.scores.tolist():
        slopes[p, k] = size[g] * shares[g, p, d]
    for g, _, d, k in errors.weights.tolist():
        slopes[:, k] = size[g] * along[g, :, d]
    for g, k in errors.sizes.tolist():
        slopes[:, k] = np.nan_to_num(result.values[g] - result.overall)
    return slopes


def _errors(known: _Known) -> FloatArray:
    if known.slopes is None:
        drawn = np.asarray(known.drawn)
        return drawn.std(axis=1, ddof=1) if drawn.shape[1] > 1 else np.zeros(len(drawn))
    return np.asarray(np.sqrt([known.errors.variance(row) for row in known.slopes]))


def _lead_over(known: _Known, leader: int, rival: int, above: float) -> LeadOver:
    """Lead over a rival with its interval."""
    lead, errors = float(known.values[leader] - known.values[rival]), known.errors
    if known.slopes is not None:
        apart = known.slopes[leader] - known.slopes[rival]
        error, counts = float(np.sqrt(errors.variance(apart))), np.flatnonzero(apart)
    else:
        drawn = np.asarray(known.drawn)
        error = float((drawn[leader] - drawn[rival]).std(ddof=1)) if drawn.shape[1] > 1 else 0.0
        counts = np.concatenate([errors.scores[:, -1], errors.weights[:, -1], errors.sizes[:, -1]])
    degrees = float(errors.degrees[counts].min()) if counts.size else float("inf")
    half = half_width(error, degrees)
    return LeadOver(rival, lead, error, lead - half, lead + half, degrees, above)
