"""Waves of respondents: the scenario as each of them has it, and what two of them have in common."""

from __future__ import annotations

import hashlib

import numpy as np

from valuemix.analysis.draws.survey_errors import SurveyErrors, answers_of, survey_errors
from valuemix.errors import NothingToShow
from valuemix.model.evidence import Across, Evidence, Wave
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["across_of", "at_wave", "count_of", "pairs_of", "several_waves", "starts_of", "with_wave"]


Told = dict[tuple[str, str, str, str], float]
"""Mean by segment, what it is of, proposition and discipline."""


def several_waves(scenario: Scenario) -> Evidence:
    """Evidence of a scenario that has several waves; refuses any other."""
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
    name = evidence.waves[age].asked or f"Wave {age} before"
    return with_wave(scenario, evidence.alone(age, hash=own_hash), name)


def with_wave(scenario: Scenario, wave: Evidence, name: str) -> tuple[Scenario, int]:
    """The same with the numbers of any other evidence, under another name; as `at_wave`."""
    scenario = scenario.without_moments()
    errors = survey_errors(scenario)
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
    return then.replace(evidence=wave, name=name), lacking + unsaid


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


def across_of(evidence: Evidence, newer: int, older: int) -> FloatArray:
    """Covariance of all estimates of two waves, shape (K, L)."""
    one, other = (starts_of(evidence.waves[age]) for age in (newer, older))
    whole = np.zeros((count_of(evidence.waves[newer]), count_of(evidence.waves[older])))
    for pair in pairs_of(evidence, newer, older):
        rows, columns = one[pair.first], other[pair.second]
        whole[rows, columns] = pair.matrix((rows.stop - rows.start, columns.stop - columns.start))
    return whole


def pairs_of(evidence: Evidence, newer: int, older: int) -> list[Across]:
    """Pairs of segments that two waves have in common."""
    return [pair for pair in evidence.across if (pair.newer, pair.older) == (newer, older)]


def count_of(wave: Wave) -> int:
    """Estimates of a wave."""
    return sum(len(own.estimates) for own in wave.segments)


def starts_of(wave: Wave) -> dict[str, slice]:
    """Where the estimates of each segment stand."""
    found, start = {}, 0
    for own in wave.segments:
        found[own.segment] = slice(start, start + len(own.estimates))
        start += len(own.estimates)
    return found
