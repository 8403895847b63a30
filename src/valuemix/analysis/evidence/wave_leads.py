"""A lead over time: that of two propositions in each wave, and its change since the wave before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.draws.survey_errors import SurveyErrors, answers_of, survey_errors, too_few_answers
from valuemix.analysis.evidence.leads import HeardLead, heard_lead, lead_slopes
from valuemix.analysis.evidence.student import half_width, sure_above
from valuemix.analysis.evidence.waves import across_of, at_wave, several_waves
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import NothingToShow
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "LeadOverTime",
    "LeadThen",
    "LeadsOfPair",
    "Rise",
    "WaveLead",
    "lead_over_time",
    "leads_of_pair",
    "pair_today",
    "risen_since",
]


@dataclass(frozen=True)
class WaveLead:
    """The lead in one wave and the values it is between, with its error and 95 % interval by Student's t."""

    asked: str
    respondents: int
    ahead: float
    behind: float
    lead: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class LeadOverTime:
    """Lead of today's leader over the closest rival of today, wave by wave.

    Attributes
    ----------
    leader, rival : int
    waves : tuple of WaveLead
        The oldest first.
    change, error, degrees : float
        Of the lead from the wave before to the newest.
    sure : float
        How sure it is that it changed that way.
    held : int
        Numbers that a wave before did not ask, or too few answered: they stand as they are today.
    too_few : bool
        Whether too few answered in either of the last two for any word surer than open.
    """

    leader: int
    rival: int
    waves: tuple[WaveLead, ...]
    change: float
    error: float
    degrees: float
    sure: float
    held: int
    too_few: bool


def lead_over_time(scenario: Scenario, segment: str | None = None) -> LeadOverTime:
    """Lead of today's leader over the closest rival of today, wave by wave.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or no lead.
    """
    evidence = several_waves(scenario)
    pair = pair_today(scenario, segment)
    found = [_at(scenario, age, segment, pair) for age in range(len(evidence.waves))]
    newest, before = found[0], found[1]
    shared = 0.0
    if newest.slopes is not None and before.slopes is not None:
        shared = float(newest.slopes @ across_of(evidence, 0, 1) @ before.slopes)
    error = float(np.sqrt(max(newest.error**2 + before.error**2 - 2 * shared, 0.0)))
    change, degrees = newest.lead - before.lead, min(newest.degrees, before.degrees)
    return LeadOverTime(
        *pair,
        tuple(each.told for each in reversed(found)),
        change,
        error,
        degrees,
        sure_above(abs(change), error, degrees, scenario.scale.width),
        sum(each.held for each in found),
        newest.too_few or before.too_few,
    )


@dataclass(frozen=True)
class Rise:
    """How sure it is that a value is higher than in the wave before.

    Attributes
    ----------
    sure : float
        By Student's t, with the variance of both values less twice their covariance.
    together : bool
        Whether the same people or clusters are in both waves; else these are taken as independent.
    too_few : bool
        Whether too few answered in either for any word surer than open.
    """

    sure: float
    together: bool
    too_few: bool


def risen_since(scenario: Scenario, proposition: int) -> Rise | None:
    """How sure it is that an overall value rose since the wave before; None where values are no sums.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.
    proposition : int
        Its place.
    """
    evidence = several_waves(scenario)
    values, slopes, degrees, variance, too_few = [], [], float("inf"), 0.0, False
    for age in (0, 1):
        then, _ = at_wave(scenario, age)
        result, errors = evaluate(then), survey_errors(then)
        every = lead_slopes(result, None, errors)
        if every is None:
            return None
        own = every[proposition]
        values.append(float(result.overall[proposition]))
        slopes.append(own)
        variance += errors.variance(own)
        degrees = min([degrees, *errors.degrees[np.flatnonzero(own)].tolist()])
        too_few |= too_few_answers(then)
    shared = across_of(evidence, 0, 1)
    error = float(np.sqrt(max(variance - 2 * float(slopes[0] @ shared @ slopes[1]), 0.0)))
    sure = sure_above(values[0] - values[1], error, degrees, scenario.scale.width)
    return Rise(sure, bool(shared.any()), too_few)


def pair_today(scenario: Scenario, segment: str | None) -> tuple[int, int]:
    """Leader of today and its closest rival."""
    today = heard_lead(scenario, segment)
    if not today.leads or not today.certainty.leaders:
        raise NothingToShow("there are no two propositions with a value, so there is no lead to measure")
    return today.certainty.leaders[0], (today.closest or today.leads[0]).rival


@dataclass(frozen=True, eq=False)
class LeadsOfPair:
    """Lead of one proposition over another in several waves, the oldest first.

    Attributes
    ----------
    asked : tuple of str
        Date of each wave; blank where none was given.
    leads, errors, degrees : ndarray, shape (T,)
        Each with its standard error and degrees of freedom.
    covariance : ndarray, shape (T, T) or None
        Of the leads; None where no two waves share respondents, or values are no sums.
    """

    asked: tuple[str, ...]
    leads: FloatArray
    errors: FloatArray
    degrees: FloatArray
    covariance: FloatArray | None


def leads_of_pair(scenario: Scenario, segment: str | None, pair: tuple[int, int]) -> LeadsOfPair:
    """Lead of one proposition over another in every wave that the scenario keeps.

    Parameters
    ----------
    scenario : Scenario
        With evidence.
    segment : str or None
        Which segment; the overall value where it is None.
    pair : (int, int)
        Places of the two propositions.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    evidence = answers_of(scenario)
    ages = [*reversed(range(len(evidence.waves)))]
    found = [_at(scenario, age, segment, pair) for age in ages]
    errors = np.array([each.error for each in found])
    covariance = np.diag(errors**2)
    for i, older in enumerate(found):
        for j in range(i + 1, len(found)):
            newer = found[j]
            if older.slopes is not None and newer.slopes is not None:
                shared = newer.slopes @ across_of(evidence, ages[j], ages[i]) @ older.slopes
                covariance[i, j] = covariance[j, i] = float(shared)
    return LeadsOfPair(
        tuple(evidence.waves[age].asked for age in ages),
        np.array([each.lead for each in found]),
        errors,
        np.array([each.degrees for each in found]),
        covariance if np.count_nonzero(covariance) > len(found) else None,
    )


def _at(scenario: Scenario, age: int, segment: str | None, pair: tuple[int, int]) -> LeadThen:
    return LeadThen(*at_wave(scenario, age), segment, pair)


class LeadThen:
    """The lead of a pair in one wave: its slopes on the estimates where values are sums, and its error."""

    def __init__(self, then: Scenario, held: int, segment: str | None, pair: tuple[int, int]) -> None:
        self.held = held
        result, wave = evaluate(then), answers_of(then)
        values = result.values_in(segment)
        self.too_few = too_few_answers(then, segment)
        self.lead = float(values[pair[0]] - values[pair[1]])
        errors: SurveyErrors = survey_errors(then, segment)
        slopes = lead_slopes(result, segment, errors)
        self.slopes: FloatArray | None = None
        if slopes is None:  # values are no sums: by draws
            drawn = _over(heard_lead(result, segment), pair)
            self.error, self.degrees = drawn
        else:
            self.slopes = slopes[pair[0]] - slopes[pair[1]]
            self.error = float(np.sqrt(errors.variance(self.slopes)))
            counts = np.flatnonzero(self.slopes)
            self.degrees = float(errors.degrees[counts].min()) if counts.size else float("inf")
        half = half_width(self.error, self.degrees)
        ahead, behind = values[[*pair]].tolist()
        ends = self.lead - half, self.lead + half
        self.told = WaveLead(wave.asked, wave.respondents, ahead, behind, self.lead, self.error, *ends)


def _over(found: HeardLead, pair: tuple[int, int]) -> tuple[float, float]:
    """Error of the lead of a pair where it is drawn, and its degrees of freedom."""
    own = [each for each in found.leads if found.certainty.leaders[:1] == pair[:1] and each.rival == pair[1]]
    if own:
        return own[0].error, own[0].degrees
    error = float(np.hypot(*found.errors[[*pair]]))
    return error, min((each.degrees for each in found.leads), default=float("inf"))
