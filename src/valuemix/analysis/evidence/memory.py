"""Memory: waves pooled so that an answer counts half after so many waves, and whether the newest says otherwise."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.draws.survey_errors import covariance_of
from valuemix.analysis.evidence.student import sure_above
from valuemix.analysis.evidence.wave_leads import LeadThen, WaveLead, pair_today
from valuemix.analysis.evidence.waves import across_of, several_waves, starts_of, with_wave
from valuemix.errors import EditError
from valuemix.model.evidence import Between, Estimate, Evidence, packed, packed_whole
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["MOST_MEMORY", "Memory", "Pooled", "memory_of", "pooled"]

MOST_MEMORY = 10.0
"""Longest half-life, in waves."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """Waves pooled: the evidence, and its covariance with that of the newest wave, shape (K, K)."""

    evidence: Evidence
    with_newest: FloatArray


@dataclass(frozen=True)
class Memory:
    """Lead of today's leader over its closest rival with a memory and in the newest wave alone.

    Attributes
    ----------
    leader, rival : int
    pooled, newest : WaveLead
    certainty : Certainty
        Who leads with the memory.
    sure : float
        How sure it is that the newest wave differs the way it does.
    too_few : bool
        Whether too few answered in the newest for any word surer than open.
    """

    leader: int
    rival: int
    pooled: WaveLead
    newest: WaveLead
    certainty: Certainty
    sure: float
    too_few: bool


def memory_of(scenario: Scenario, segment: str | None = None, half_life: float = 1.0) -> Memory:
    """Lead with a memory, and whether the newest wave says otherwise.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.
    segment : str, optional
        Which segment; the overall value where it is None.
    half_life : float
        Waves after which an answer counts half; 0 is the newest wave alone.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, the scenario has no evidence, or the half-life is off.
    NothingToShow
        Where there is one wave, or no lead.
    """
    if not 0 <= half_life <= MOST_MEMORY:
        raise EditError(f"a half-life is from 0 to {MOST_MEMORY:g} waves, got {half_life:g}")
    evidence = several_waves(scenario)
    pair = pair_today(scenario, segment)
    found = pooled(evidence, half_life)
    then, held = with_wave(scenario, found.evidence, scenario.name)
    newest, kept = LeadThen(scenario, 0, segment, pair), LeadThen(then, held, segment, pair)
    shared = 0.0
    if newest.slopes is not None and kept.slopes is not None:
        shared = float(newest.slopes @ found.with_newest @ kept.slopes)
    error = float(np.sqrt(max(newest.error**2 + kept.error**2 - 2 * shared, 0.0)))
    degrees = min(newest.degrees, kept.degrees)
    return Memory(
        *pair,
        kept.told,
        newest.told,
        certainty(then, segment),
        sure_above(abs(newest.lead - kept.lead), error, degrees, scenario.scale.width),
        newest.too_few,
    )


def pooled(evidence: Evidence, half_life: float) -> Pooled:
    """Estimates of all waves as one: means by answers times lambda^age, with their covariance.

    Answers stand for the denominators of the means, so that waves with survey weights of another unit count alike;
    lambda is 0.5^(1 / half_life), and a segment's share of all goes by all respondents of a wave.

    Examples
    --------
    >>> from valuemix.model.evidence import SegmentEvidence
    >>> def wave(mean, n):
    ...     score = Estimate(of="score", proposition="Express", discipline="care", mean=mean, n=n, n_effective=n)
    ...     heard = SegmentEvidence(segment="All", n=n, n_effective=n, estimates=[score],
    ...                             covariance=packed(np.array([[1 / n]])), choose={})
    ...     return Evidence(source="a", hash="0" * 64, weights="keep", respondents=n, strata=1, segments=[heard])
    >>> both = wave(4.0, 100).with_earlier([wave(1.0, 100)], [])
    >>> own = pooled(both, 1.0).evidence.segments[0]
    >>> own.estimates[0].mean, own.matrix.round(6).tolist()
    (3.0, [[0.005556]])
    """
    counts = _counts(evidence)
    fade = np.array(
        [0.5 ** (age / half_life) if half_life else float(not age) for age in range(len(counts.n))]
    )
    part = fade[:, None] * counts.n
    total = part.sum(axis=0)
    part = part / total
    means = (part * counts.means).sum(axis=0)
    covariance, with_newest = _covariance(evidence, counts.places, part)
    # Kish's effective number over the answers of all waves
    squared = ((fade[:, None] * counts.n) ** 2 / counts.effective).sum(axis=0)
    return Pooled(_as_evidence(evidence, half_life, (means, total**2 / squared), covariance), with_newest)


@dataclass(frozen=True, eq=False)
class _Counts:
    """Of each wave and estimate of the newest one: its place in the wave, mean, answers and effective answers."""

    places: IntArray
    means: FloatArray
    n: FloatArray
    effective: FloatArray


def _counts(evidence: Evidence) -> _Counts:
    """A number that a wave lacks has no answers there."""
    keys = [(own.segment, *_key(each)) for own in evidence.segments for each in own.estimates]
    shape = len(evidence.waves), len(keys)
    places = np.zeros(shape, dtype=np.int64)
    means, n, effective = np.zeros(shape), np.zeros(shape), np.ones(shape)
    for age, wave in enumerate(evidence.waves):
        told = [(own.segment, each) for own in wave.segments for each in own.estimates]
        at = {(segment, *_key(each)): i for i, (segment, each) in enumerate(told)}
        for k in (k for k, key in enumerate(keys) if key in at):
            each = told[at[keys[k]]][1]
            answers = wave.respondents if each.of == "size" else each.n
            places[age, k], means[age, k], n[age, k] = at[keys[k]], each.mean, answers
            effective[age, k] = max(each.n_effective * answers / max(each.n, 1), 1.0)
    return _Counts(places, means, n, effective)


def _key(each: Estimate) -> tuple[str, str, str]:
    return each.of, each.proposition, each.discipline


def _covariance(evidence: Evidence, places: IntArray, part: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Covariance of the pooled estimates, and theirs with those of the newest wave."""
    ages = range(len(part))
    own = []
    for age in ages:
        alone = evidence.alone(age)
        own.append(covariance_of(alone, alone.segments)[np.ix_(places[age], places[age])])
    whole = np.sum([part[age][:, None] * own[age] * part[age] for age in ages], axis=0)
    with_newest = own[0] * part[0]
    for newer, older in combinations(ages, 2):
        shared = across_of(evidence, newer, older)[np.ix_(places[newer], places[older])]
        block = part[newer][:, None] * shared * part[older]
        whole = whole + block + block.T
        with_newest = with_newest + shared * part[older] if not newer else with_newest
    return whole, with_newest


def _as_evidence(
    evidence: Evidence, half_life: float, numbers: tuple[FloatArray, FloatArray], covariance: FloatArray
) -> Evidence:
    """Pooled numbers (means, effective answers) in place of those of the newest wave."""
    means, effective = (iter(each.tolist()) for each in numbers)
    segments = [
        own.model_copy(
            update={
                "estimates": tuple(
                    each.model_copy(update={"mean": next(means), "n_effective": next(effective)})
                    for each in own.estimates
                ),
                "covariance": packed(covariance[at, at]),
            }
        )
        for own, at in zip(evidence.segments, starts_of(evidence).values(), strict=True)
    ]
    pairs = [
        Between(first=one, second=other, covariance=packed_whole(covariance[rows, columns]))
        for (one, rows), (other, columns) in combinations(starts_of(evidence).items(), 2)
        if covariance[rows, columns].any()
    ]
    own_hash = hashlib.sha256(f"{evidence.hash} memory {half_life:g}".encode()).hexdigest()
    return evidence.alone(0, segments=segments, between=pairs, hash=own_hash)
