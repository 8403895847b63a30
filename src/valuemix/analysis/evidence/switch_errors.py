"""How sure it is at which weight two propositions draw level, as the answers leave their scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from valuemix.analysis.draws.survey_errors import survey_errors
from valuemix.analysis.evidence.student import half_width
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, case_of
from valuemix.analysis.value.case import swept_weights
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["switch_interval"]

STEPS = 101
"""Weights at which two values are compared; between them the ends are where straight lines are."""

STEP = 1e-6
"""Part of all weight by which a weight is moved to see what moves with it."""


def switch_interval(
    result: Tradeoffs, discipline: int, share: float, pair: tuple[int, int]
) -> tuple[float, float] | None:
    """95 % interval of the weight at which two propositions are level: where the answers do not tell them apart.

    Parameters
    ----------
    result : Tradeoffs
    discipline : int
        Whose weight moves.
    share : float
        Weight at which they are level.
    pair : tuple of int
        The two.

    Returns
    -------
    (float, float) or None
        None where respondents did not give all their scores, or where values are no sums.

    Notes
    -----
    Weights at which the difference is within its own 95 % interval by Student's t, around the one where it is 0
    (Fieller, Journal of the Royal Statistical Society B 16, 1954). Where the two are told apart nowhere it is all
    weights, which a standard error of the crossing would hide. Where respondents gave the weights, the proportions of
    the others are as sure as they are.
    """
    scenario, segment, evaluation = result.scenario, result.segment, result.evaluation
    sums = evaluation.additive if segment else evaluation.overall_additive
    if scenario.evidence is None or not sums:
        return None
    errors, given = survey_errors(scenario, segment), _given(scenario, segment, pair)
    scores = scenario.array("scores")[scenario.rows(segment)][:, [*pair]]
    used = given >= 0
    if not used.any() or (~used & ~np.isnan(scores)).any():
        return None
    shares, case = np.union1d(np.linspace(0.0, 1.0, STEPS), share), case_of(scenario, segment)
    moved = [*range(len(case.sizes))] if result.mover is None else [scenario.segment_index(result.mover)]

    def along(weights: FloatArray) -> FloatArray:
        """How the lead of the first over the second moves with each of their scores, shape (T, G, 2, D)."""
        swept = swept_weights(replace(case, weights=weights), discipline, shares, moved)[:, :, None]
        present = swept * ~np.isnan(scores)
        total = present.sum(axis=-1, keepdims=True)
        parts = np.divide(present, total, out=np.zeros_like(present), where=total > 0)
        return np.asarray(parts * case.sizes[:, None, None] * np.array([1.0, -1.0])[:, None])

    def lead(weights: FloatArray) -> FloatArray:
        return np.asarray(np.einsum("tgpd,gpd->t", along(weights), np.nan_to_num(scores)))

    apart, slopes = lead(case.weights), np.zeros((len(shares), len(errors.degrees)))
    slopes[:, given[used]] = along(case.weights)[:, used]
    for g, _, d, k in errors.weights.tolist():
        slopes[:, k] = (lead(_more(case.weights, scenario.rows(segment).index(g), d)) - apart) / STEP
    degrees = float(errors.degrees[slopes.any(axis=0)].min())
    half = np.array([half_width(float(np.sqrt(errors.variance(row))), degrees) for row in slopes])
    beyond, at = np.abs(apart) - half, int(np.searchsorted(shares, share))
    beyond[at] = min(
        beyond[at], 0.0
    )  # where moments move with weights the two may be level a little beside it
    return _end(shares[: at + 1][::-1], beyond[: at + 1][::-1]), _end(shares[at:], beyond[at:])


def _more(weights: FloatArray, row: int, discipline: int) -> FloatArray:
    """Weights with a little more of one, each row to a sum of 1."""
    more = weights.copy()
    more[row, discipline] += STEP
    more[row] /= more[row].sum()
    return more


def _given(scenario: Scenario, segment: str | None, pair: tuple[int, int]) -> IntArray:
    """Number of the estimate of each score of two propositions, shape (G, 2, D); -1 where there is none."""
    rows = scenario.rows(segment)
    given = np.full((len(rows), 2, len(scenario.disciplines)), -1)
    for g, p, d, k in survey_errors(scenario, segment).scores.tolist():
        if p in pair:
            given[rows.index(g), pair.index(p), d] = k
    return given


def _end(shares: FloatArray, beyond: FloatArray) -> float:
    """First weight from which two are told apart on the way, or the last."""
    out = np.flatnonzero(beyond > 0)
    if not out.size:
        return float(shares[-1])
    i = int(out[0])
    if i == 0:
        return float(shares[0])
    part = beyond[i - 1] / (beyond[i - 1] - beyond[i])
    return float(shares[i - 1] + part * (shares[i] - shares[i - 1]))
