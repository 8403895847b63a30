"""Errors of a scenario's numbers as its respondents leave them: which estimates count, and how they hang together."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.errors import EditError
from valuemix.model.evidence import Estimate, Evidence, SegmentEvidence
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = [
    "SurveyErrors",
    "answers_of",
    "covariance_of",
    "degrees_of",
    "fewest_degrees",
    "score_errors",
    "share_error",
    "survey_errors",
    "survey_moves",
    "too_few_answers",
]

SAME = 1e-9
"""Numbers closer than this are still those that respondents gave."""

FEWEST_ANSWERS, FEWEST_DEGREES = 8, 5
"""Effective answers, and clusters beyond the strata, under which nothing is surer than open."""

MOST_DIMENSIONS = 20_000
"""Of quasi-random points; beyond it they are pseudo-random."""


@dataclass(frozen=True)
class SurveyErrors:
    """Estimates that a scenario still has, and the covariance of their errors.

    The K estimates are those of all segments of the evidence, one after the other.

    Attributes
    ----------
    evidence : Evidence
    scores, weights : ndarray of int, shape (E, 4)
        Place of each estimate of a score (segment, proposition, discipline) or weight (segment, -1, discipline)
        in the scenario, and its number.
    sizes : ndarray of int, shape (E, 2)
        Segment of each estimate of a size, and its number.
    degrees : ndarray, shape (K,)
        Degrees of freedom of each.
    """

    evidence: Evidence
    scores: IntArray
    weights: IntArray
    sizes: IntArray
    degrees: FloatArray

    @property
    def any(self) -> bool:
        """Whether any number of the scenario is still that of its respondents."""
        return bool(len(self.scores) or len(self.weights) or len(self.sizes))

    def variance(self, slopes: FloatArray) -> float:
        """Variance of what moves with the estimates by these slopes, shape (K,)."""
        evidence = self.evidence
        parts = zip(evidence.by_segment, (slopes[own] for own in _slices(evidence)), strict=True)
        moved = {name: own for name, own in parts if own.any()}
        total = sum(float(own @ evidence.by_segment[name].matrix @ own) for name, own in moved.items())
        for pair in evidence.between:
            if pair.first in moved and pair.second in moved:
                one, other = moved[pair.first], moved[pair.second]
                total += 2 * float(one @ pair.matrix((len(one), len(other))) @ other)
        return max(total, 0.0)


def _slices(evidence: Evidence) -> Iterator[slice]:
    """Where the estimates of each segment stand."""
    start = 0
    for own in evidence.segments:
        yield slice(start, start + len(own.estimates))
        start += len(own.estimates)


@functools.lru_cache(maxsize=64)
def survey_errors(scenario: Scenario, segment: str | None = None) -> SurveyErrors:
    """Errors of a segment's numbers, or of all.

    What was changed by hand since is known: it has no error of respondents any more.

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    EditError
        Where the scenario has no evidence.
    """
    evidence, rows = answers_of(scenario), set(scenario.rows(segment))
    found: dict[str, list[tuple[int, ...]]] = {"score": [], "weight": [], "size": []}
    places = {name: g for g, name in enumerate(scenario.segment_names)}
    for own, part in zip(evidence.segments, _slices(evidence), strict=True):
        g = places.get(own.segment, -1)
        if g not in rows:
            continue
        weighed = evidence.weights in ("stated", "derived") and _has_weights(scenario, own, g)
        for k, estimate in enumerate(own.estimates, part.start):
            place = _place(scenario, estimate, g, weighed=weighed)
            if place is not None:
                found[estimate.of].append((*place, k))
    return SurveyErrors(
        evidence,
        scores=np.array(found["score"], dtype=np.int64).reshape(-1, 4),
        weights=np.array(found["weight"], dtype=np.int64).reshape(-1, 4),
        sizes=np.array(found["size"] if segment is None else [], dtype=np.int64).reshape(-1, 2),
        degrees=np.array([degrees_of(evidence, each) for own in evidence.segments for each in own.estimates]),
    )


@functools.lru_cache(maxsize=64)
def score_errors(scenario: Scenario) -> FloatArray:
    """Standard errors of all scores, shape (G, P, D); NaN where respondents did not give them.

    Examples
    --------
    >>> score_errors(Scenario.from_arrays([[8, 4]])).tolist()
    [[[nan, nan]]]
    """
    found = np.full(scenario.array("scores").shape, np.nan)
    if scenario.evidence is not None:
        errors = survey_errors(scenario)
        variances = np.concatenate([np.diag(own.matrix) for own in errors.evidence.segments])
        found[tuple(errors.scores[:, :3].T)] = np.sqrt(np.maximum(variances[errors.scores[:, 3]], 0.0))
    found.setflags(write=False)
    return found


def share_error(scenario: Scenario, segment: str | None, discipline: int | None) -> float:
    """Standard error of the weight of a discipline, of all segments by size, or of a segment's share of size.

    Parameters
    ----------
    scenario : Scenario
    segment : str or None
    discipline : int or None
        None for the size of the segment.

    Returns
    -------
    float
        NaN where respondents did not give all that it is made of.
    """
    if scenario.evidence is None:
        return float("nan")
    errors, rows = survey_errors(scenario), scenario.rows(segment)
    given = errors.sizes if discipline is None else errors.weights[errors.weights[:, 2] == discipline]
    numbers = dict(zip(given[:, 0].tolist(), given[:, -1].tolist(), strict=True))
    sizes = scenario.size_shares[rows] if segment is None else np.ones(1)
    slopes = np.zeros(len(errors.degrees))
    for g, size in zip(rows, sizes.tolist(), strict=True):
        if size > 0 and g not in numbers:
            return float("nan")
        if size > 0:
            slopes[numbers[g]] = size
    return float(np.sqrt(errors.variance(slopes)))


def answers_of(scenario: Scenario) -> Evidence:
    """Evidence of a scenario; with moments, of the means over them.

    Raises
    ------
    EditError
        Where it has none.
    """
    evidence = scenario.answers
    if evidence is None:
        raise EditError("there are no answers of respondents; read them with valuemix survey")
    return evidence


def degrees_of(evidence: Evidence, estimate: Estimate) -> float:
    """Degrees of freedom: those of the clusters, or one less than the effective number of answers."""
    if evidence.clusters:
        design = evidence.clusters - evidence.strata
        return float(design if estimate.degrees is None else estimate.degrees)
    return max(estimate.n_effective - 1, 0.0)


def fewest_degrees(evidence: Evidence) -> int:
    """Degrees of freedom under which nothing is surer than open."""
    return FEWEST_DEGREES if evidence.clusters else FEWEST_ANSWERS - 1


def too_few_answers(scenario: Scenario, segment: str | None = None) -> bool:
    """Whether a number that counts rests on too few answers, or clusters, for any word surer than open."""
    errors = survey_errors(scenario, segment)
    weighed = [
        k for g, _, d, k in (*errors.scores.tolist(), *errors.weights.tolist()) if scenario.weights[g, d] > 0
    ]
    return bool((errors.degrees[weighed] < fewest_degrees(errors.evidence)).any())


@functools.lru_cache(maxsize=4)
def survey_moves(evidence: Evidence, seed: int, count: int) -> FloatArray:
    """Errors of all estimates in each draw, shape (K, N), by Student's t; quasi-random.

    Surveys that are not the same have errors of their own, whatever the seed.

    Parameters
    ----------
    evidence : Evidence
    seed, count : int
    """
    from scipy.special import ndtri
    from scipy.stats import qmc

    parts = [*_slices(evidence)]
    size = parts[-1].stop if parts else 0
    rng = np.random.default_rng([seed, int(evidence.hash[:12], 16)])
    points = (
        qmc.Sobol(size + 1, rng=rng).random(count)
        if size < MOST_DIMENSIONS
        else rng.random((count, size + 1))
    )
    points = np.clip(points.T, 1e-12, 1 - 1e-12)
    chance, moves = ndtri(points[0]), ndtri(points[1:])
    if evidence.between:
        moves = _factor(covariance_of(evidence, evidence.segments)) @ moves
    wider: dict[float, FloatArray] = {}  # segments of one size share it
    for own, part in zip(evidence.segments, parts, strict=True):
        if not evidence.between:
            moves[part] = _factor(own.matrix) @ moves[part]
        for rows, least in _alike(evidence, own):
            if least not in wider:
                wider[least] = _wider(least, chance)
            moves[[part.start + i for i in rows]] *= wider[least]
    moves.setflags(write=False)
    return moves


def _wider(degrees: float, chance: FloatArray) -> FloatArray:
    """What makes normal errors those of Student's t: sqrt(df / chi2), at some quantiles of the normal distribution.

    Between 257 of them by a cubic spline, to 1e-8: the inverse itself is slow.
    """
    from scipy.interpolate import CubicSpline
    from scipy.special import chdtri, ndtr

    knots = np.linspace(-7.1, 7.1, 257)
    factors = np.log(degrees / chdtri(degrees, ndtr(knots))) / 2
    return np.asarray(np.exp(CubicSpline(knots, factors)(chance)))


def _alike(evidence: Evidence, own: SegmentEvidence) -> Iterator[tuple[list[int], float]]:
    """Estimates of each proposition of a segment, and of its weights and size, with the fewest degrees of freedom."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for i, each in enumerate(own.estimates):
        beside = each.of in ("derived", "stated")  # no number of the scenario
        groups.setdefault((each.proposition, beside), []).append(i)
    for rows in groups.values():
        yield rows, max(min(degrees_of(evidence, own.estimates[i]) for i in rows), 1.0)


def _factor(covariance: FloatArray) -> FloatArray:
    """Square root of a covariance that may be singular, the largest axis first."""
    spread, axes = np.linalg.eigh(covariance)
    return np.asarray((axes * np.sqrt(np.maximum(spread, 0.0)))[:, ::-1])


def _has_weights(scenario: Scenario, own: SegmentEvidence, g: int) -> bool:
    told = {estimate.discipline: estimate.mean for estimate in own.estimates if estimate.of == "weight"}
    today = dict(zip(scenario.discipline_ids, scenario.weights[g].tolist(), strict=True))
    return told.keys() == today.keys() and all(abs(today[d] - mean) < SAME for d, mean in told.items())


def _place(scenario: Scenario, estimate: Estimate, g: int, *, weighed: bool) -> tuple[int, ...] | None:
    """Where an estimate stands in the scenario; None where the scenario has another number there."""
    if estimate.of == "size":
        same = abs(scenario.size_shares[g] - estimate.mean) < SAME
        return (g,) if same else None
    ids, names = scenario.discipline_ids, scenario.proposition_names
    if estimate.discipline not in ids:
        return None
    d = ids.index(estimate.discipline)
    if estimate.of == "weight":
        return (g, -1, d) if weighed else None
    if estimate.of != "score":
        return None
    if estimate.proposition not in names:
        return None
    p = names.index(estimate.proposition)
    return (
        (g, p, d)
        if abs(scenario.array("scores")[g, p, d] - estimate.mean) < SAME * scenario.scale.width
        else None
    )


def covariance_of(evidence: Evidence, heard: Sequence[SegmentEvidence]) -> FloatArray:
    """Covariance of the estimates of some segments, one after the other, shape (K, K)."""
    starts, total = {}, 0
    for own in heard:
        starts[own.segment] = slice(total, total + len(own.estimates))
        total += len(own.estimates)
    whole = np.zeros((total, total))
    for own in heard:
        whole[starts[own.segment], starts[own.segment]] = own.matrix
    for pair in evidence.between:
        if pair.first in starts and pair.second in starts:
            rows, columns = starts[pair.first], starts[pair.second]
            block = pair.matrix((rows.stop - rows.start, columns.stop - columns.start))
            whole[rows, columns], whole[columns, rows] = block, block.T
    return whole
