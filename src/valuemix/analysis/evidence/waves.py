"""Waves of respondents: a lead over time, and which of their numbers moved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.certainty import differing
from valuemix.analysis.draws.survey_errors import (
    SurveyErrors,
    answers_of,
    degrees_of,
    survey_errors,
    too_few_answers,
)
from valuemix.analysis.evidence.leads import HeardLead, heard_lead, lead_slopes
from valuemix.analysis.evidence.student import half_width, sure_above
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import NothingToShow
from valuemix.model.evidence import Across, Evidence, SegmentEvidence, Wave
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "LeadOverTime",
    "LeadsOfPair",
    "Move",
    "WaveLead",
    "at_wave",
    "lead_over_time",
    "leads_of_pair",
    "moves_of_waves",
]


Told = dict[tuple[str, str, str, str], float]
"""Mean by segment, what it is of, proposition and discipline."""


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


@dataclass(frozen=True)
class Move:
    """One number of respondents in the wave before and in the newest.

    Attributes
    ----------
    of : {"weight", "score", "size"}
    segment : str
    proposition, discipline : str
        Blank where that says nothing.
    before, after, error, low, high : float
        Both means, and of the change its standard error and 95 % interval by itself.
    sure : float
        How sure it is that it moved that way.
    moved : bool
        Whether it moved, by Holm's procedure over all numbers that are looked at.
    """

    of: str
    segment: str
    proposition: str
    discipline: str
    before: float
    after: float
    error: float
    low: float
    high: float
    sure: float
    moved: bool = False


def _several(scenario: Scenario) -> Evidence:
    evidence = answers_of(scenario)
    if not evidence.earlier:
        raise NothingToShow(
            "there is one wave of answers; with the next it shows how the lead and the numbers behind it moved"
        )
    return evidence


def at_wave(scenario: Scenario, age: int) -> tuple[Scenario, int]:
    """Scenario with the numbers of an earlier wave where today's are those of respondents.

    Numbers that were changed by hand are the same in every wave.

    Parameters
    ----------
    scenario : Scenario
        With evidence.
    age : int
        How many waves ago; 0 is today.

    Returns
    -------
    Scenario, int
        And how many numbers stand as they are today because the wave has none.
    """
    evidence = answers_of(scenario)
    if not age:
        return scenario, 0
    # Waves of one file have errors of their own.
    own_hash = hashlib.sha256(f"{evidence.hash} {evidence.waves[age].asked} {age}".encode()).hexdigest()
    wave, errors = evidence.alone(age, hash=own_hash), survey_errors(scenario)
    told: Told = {
        (own.segment, each.of, each.proposition, each.discipline): each.mean
        for own in wave.segments
        for each in own.estimates
    }
    scores, lacking = _scores_then(scenario, errors, told)
    points, unsaid = _points_then(scenario, errors, told)
    then = scenario.replace(low=None, high=None).with_table("scores", scores).with_points(points)
    shares = [told.get((scenario.segment_names[g], "size", "", "")) for g in errors.sizes[:, 0].tolist()]
    known = [share for share in shares if share is not None]
    if len(known) == len(scenario.segments):
        then = then.with_sizes(dict(zip(scenario.segment_names, known, strict=True)))
    return then.replace(evidence=wave, name=wave.asked or f"Wave {age} before"), lacking + unsaid


def _scores_then(scenario: Scenario, errors: SurveyErrors, told: Told) -> tuple[FloatArray, int]:
    """Scores of a wave where today's are those of respondents, and how many it lacks."""
    segments, ids, names = scenario.segment_names, scenario.discipline_ids, scenario.proposition_names
    scores, lacking = scenario.given("scores").copy(), 0
    for g, p, d, _ in errors.scores.tolist():
        mean = told.get((segments[g], "score", names[p], ids[d]))
        scores[g, p, d] = scores[g, p, d] if mean is None else mean
        lacking += mean is None
    return scores, lacking


def _points_then(scenario: Scenario, errors: SurveyErrors, told: Told) -> tuple[FloatArray, int]:
    """Weights of a wave in the segments whose weights today are those of respondents, and how many it lacks."""
    points, lacking = scenario.points.copy(), 0
    for g in sorted({*errors.weights[:, 0].tolist()}):
        own = [told.get((scenario.segment_names[g], "weight", "", name)) for name in scenario.discipline_ids]
        said = [share for share in own if share is not None]
        if len(said) == len(own):
            points[g] = 100 * np.array(said)
        else:
            lacking += len(own)
    return points, lacking


def lead_over_time(scenario: Scenario, segment: str | None = None) -> LeadOverTime:
    """Lead of today's leader over the closest rival of today, wave by wave.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or no lead.
    """
    evidence = _several(scenario)
    today = heard_lead(scenario, segment)
    if not today.leads or not today.certainty.leaders:
        raise NothingToShow("there are no two propositions with a value, so there is no lead to measure")
    pair = today.certainty.leaders[0], (today.closest or today.leads[0]).rival
    found = [_Then(scenario, age, segment, pair) for age in range(len(evidence.waves))]
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
    found = [_Then(scenario, age, segment, pair) for age in ages]
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


class _Then:
    """The lead of a pair in one wave: its slopes on the estimates where values are sums, and its error."""

    def __init__(self, scenario: Scenario, age: int, segment: str | None, pair: tuple[int, int]) -> None:
        then, self.held = at_wave(scenario, age)
        result, wave = evaluate(then), answers_of(scenario).waves[age]
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


def across_of(evidence: Evidence, newer: int, older: int) -> FloatArray:
    """Covariance of all estimates of two waves, shape (K, L)."""
    one, other = (_starts(evidence.waves[age]) for age in (newer, older))
    whole = np.zeros((_count(evidence.waves[newer]), _count(evidence.waves[older])))
    for pair in _pairs(evidence, newer, older):
        rows, columns = one[pair.first], other[pair.second]
        whole[rows, columns] = pair.matrix((rows.stop - rows.start, columns.stop - columns.start))
    return whole


def _pairs(evidence: Evidence, newer: int, older: int) -> list[Across]:
    return [pair for pair in evidence.across if (pair.newer, pair.older) == (newer, older)]


def _count(wave: Wave) -> int:
    return sum(len(own.estimates) for own in wave.segments)


def _starts(wave: Wave) -> dict[str, slice]:
    found, start = {}, 0
    for own in wave.segments:
        found[own.segment] = slice(start, start + len(own.estimates))
        start += len(own.estimates)
    return found


def moves_of_waves(scenario: Scenario, segment: str | None = None) -> list[Move]:
    """Numbers of respondents that both the newest wave and the one before have, the surest move first.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or the two have no number in common.
    """
    evidence = _several(scenario)
    asked = {scenario.segment_names[g] for g in scenario.rows(segment)}
    found = [
        move
        for own in evidence.segments
        if own.segment in asked
        for move in _moves_in(evidence, own, scenario.scale.width)
        if segment is None or move.of != "size"
    ]
    if not found:
        raise NothingToShow("the newest wave and the one before have no number in common")
    moved = differing([each.sure for each in found])
    told = [Move(**{**vars(each), "moved": real}) for each, real in zip(found, moved, strict=True)]
    return sorted(told, key=lambda each: -each.sure)


def _moves_in(evidence: Evidence, own: SegmentEvidence, width: float) -> Iterator[Move]:
    """Moves of the numbers of one segment."""
    then, before = evidence.waves[1].by_segment.get(own.segment), evidence.alone(1)
    if then is None:
        return
    places = {(each.of, each.proposition, each.discipline): i for i, each in enumerate(then.estimates)}
    shared = np.zeros((len(own.estimates), len(then.estimates)))
    for pair in _pairs(evidence, 0, 1):
        if pair.first == pair.second == own.segment:
            shared = pair.matrix(shared.shape)
    for i, each in enumerate(own.estimates):
        j = places.get((each.of, each.proposition, each.discipline))
        if j is None or each.of in ("derived", "stated"):
            continue
        error = float(np.sqrt(max(own.matrix[i, i] + then.matrix[j, j] - 2 * shared[i, j], 0.0)))
        degrees = min(degrees_of(evidence, each), degrees_of(before, then.estimates[j]))
        change, half = each.mean - then.estimates[j].mean, half_width(error, degrees)
        yield Move(
            each.of,
            own.segment,
            each.proposition,
            each.discipline,
            then.estimates[j].mean,
            each.mean,
            error,
            change - half,
            change + half,
            sure_above(abs(change), error, degrees, width if each.of == "score" else 1.0),
        )
