"""Draws of what respondents gave: by their own covariance, in place of what is assumed of typed numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from valuemix.analysis.draws.survey_errors import survey_errors, survey_moves
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["heard_scores", "heard_sizes", "heard_weights", "rests_on_answers"]


def rests_on_answers(scenario: Scenario, segment: str | None = None) -> bool:
    """Whether any number is still that of respondents, so that it has their error."""
    return scenario.evidence is not None and survey_errors(scenario, segment).any


def heard_weights(
    scenario: Scenario, rows: Sequence[int], drawn: FloatArray, count: int, known: int | None = None
) -> FloatArray:
    """Draws of weights, with those that respondents gave in place of what is assumed.

    Parameters
    ----------
    scenario : Scenario
    rows : sequence of int
        Which G segments.
    drawn : ndarray, shape (G, D, N) or (G, D, 1)
        Draws under what is assumed.
    count : int
        N.
    known : int, optional
        Discipline whose weight is taken as known.

    Returns
    -------
    ndarray, shape (G, D, N) or (G, D, 1)
    """
    if scenario.evidence is None:
        return drawn
    errors = survey_errors(scenario)
    places = [(rows.index(g), d, k) for g, _, d, k in errors.weights.tolist() if g in rows]
    if not places:
        return drawn
    moves = survey_moves(errors.evidence, scenario.settings.seed, count)
    weights = np.array(np.broadcast_to(drawn, (*drawn.shape[:2], moves.shape[1])))
    for g in {g for g, _, _ in places}:
        weights[g] = scenario.weights[rows[g]][:, None]
    for g, d, k in places:
        if d != known:
            weights[g, d] += moves[k]
    weights = np.maximum(weights, 0.0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def heard_scores(
    scenario: Scenario,
    segment: str | None,
    seed: int,
    count: int,
    propositions: Sequence[int] | None = None,
    known: tuple[int | None, int] | None = None,
) -> Callable[[int, FloatArray], FloatArray]:
    """What puts the scores that respondents gave into the draws of a segment.

    Parameters
    ----------
    scenario : Scenario
    segment : str or None
        Which segment; all of them where it is None.
    seed, count : int
    propositions : sequence of int, optional
        Of which scores are drawn; all by default.
    known : (int or None, int), optional
        Segment (all of them where it is None) and discipline whose scores are taken as known.

    Returns
    -------
    callable
        Takes the segment and its draws, shape (P, D, N) or (P, D, 1); gives them with those of respondents.
    """
    errors = survey_errors(scenario, segment) if scenario.evidence is not None else None
    if errors is None or not len(errors.scores):
        return lambda _, drawn: drawn
    moves = survey_moves(errors.evidence, seed, count)
    row = {
        p: i
        for i, p in enumerate(range(len(scenario.propositions)) if propositions is None else propositions)
    }
    unit, width = scenario.unit_scores, scenario.scale.width

    def put(g: int, drawn: FloatArray) -> FloatArray:
        own = errors.scores[errors.scores[:, 0] == g]
        own = own[[p in row for p in own[:, 1].tolist()]] if len(own) else own
        if not len(own):
            return drawn
        scores = np.array(np.broadcast_to(drawn, (*drawn.shape[:2], count)))
        for _, p, d, k in own.tolist():
            is_known = known is not None and d == known[1] and known[0] in (None, g)
            scores[row[p], d] = unit[g, p, d] + (0.0 if is_known else moves[k] / width)
        return np.clip(scores, 0.0, 1.0, out=scores)

    return put


def heard_sizes(scenario: Scenario, count: int) -> FloatArray | None:
    """Draws of the segments' shares of size, shape (G, N); None where respondents did not give them all."""
    if scenario.evidence is None:
        return None
    errors = survey_errors(scenario)
    if len(errors.sizes) != len(scenario.segments):
        return None
    moves = survey_moves(errors.evidence, scenario.settings.seed, count)
    sizes = np.array(np.broadcast_to(scenario.size_shares[:, None], (len(scenario.segments), count)))
    for g, k in errors.sizes.tolist():
        sizes[g] += moves[k]
    sizes = np.maximum(sizes, 0.0)
    return np.asarray(sizes / sizes.sum(axis=0))
