"""Errors of a scenario's numbers as its respondents leave them: which estimates count, and how they hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.errors import EditError
from valuemix.model.evidence import Estimate, Evidence, SegmentEvidence
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["SurveyErrors", "answers_of", "covariance_of", "degrees_of", "survey_errors"]

SAME = 1e-9
"""Numbers closer than this are still those that respondents gave."""


@dataclass(frozen=True)
class SurveyErrors:
    """Estimates that a scenario still has, and the covariance of their errors.

    Attributes
    ----------
    scores, weights : ndarray of int, shape (E, 4)
        Place of each estimate of a score (segment, proposition, discipline) or weight (segment, -1, discipline),
        and its row in `covariance`.
    sizes : ndarray of int, shape (E, 2)
        Segment of each estimate of a size, and its row.
    covariance : ndarray, shape (K, K)
    degrees : ndarray, shape (K,)
        Degrees of freedom of each.
    """

    scores: IntArray
    weights: IntArray
    sizes: IntArray
    covariance: FloatArray
    degrees: FloatArray


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
    evidence = answers_of(scenario)
    names = [(g, scenario.segment_names[g]) for g in scenario.rows(segment)]
    heard = [(g, evidence.by_segment[name]) for g, name in names if name in evidence.by_segment]
    found: dict[str, list[tuple[int, ...]]] = {"score": [], "weight": [], "size": []}
    degrees: list[float] = []
    start = 0
    for g, own in heard:
        weighed = _has_weights(scenario, own, g)
        for i, estimate in enumerate(own.estimates):
            place = _place(scenario, estimate, g, weighed=weighed)
            if place is not None:
                found[estimate.of].append((*place, start + i))
            degrees.append(degrees_of(evidence, estimate))
        start += len(own.estimates)
    return SurveyErrors(
        scores=np.array(found["score"], dtype=np.int64).reshape(-1, 4),
        weights=np.array(found["weight"], dtype=np.int64).reshape(-1, 4),
        sizes=np.array(found["size"] if segment is None else [], dtype=np.int64).reshape(-1, 2),
        covariance=covariance_of(evidence, [own for _, own in heard]),
        degrees=np.array(degrees),
    )


def answers_of(scenario: Scenario) -> Evidence:
    """Evidence of a scenario.

    Raises
    ------
    EditError
        Where it has none.
    """
    if scenario.evidence is None:
        raise EditError("there are no answers of respondents; read them with valuemix survey")
    return scenario.evidence


def degrees_of(evidence: Evidence, estimate: Estimate) -> float:
    """Degrees of freedom: those of the clusters, or one less than the effective number of answers."""
    if evidence.clusters:
        return float(evidence.clusters - evidence.strata)
    return max(estimate.n_effective - 1, 0.0)


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
