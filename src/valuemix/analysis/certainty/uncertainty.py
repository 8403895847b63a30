"""Values under what is in doubt: weights, scores and sizes off together, the same draws for every question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from valuemix.analysis.draws.additive_draws import added_values
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.draws.score_draws import ScoreDoubt, drawn_scores, score_doubt
from valuemix.analysis.draws.survey_draws import heard_scores, heard_sizes, heard_weights, rests_on_answers
from valuemix.analysis.draws.weight_draws import live_mean, own_shifts, shared_shift, shifted, within_box
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "contenders",
    "draws_of",
    "in_doubt",
    "input_draws",
    "segment_draws",
    "sizes_drawn",
    "value_draws",
    "weights_drawn",
]


DRAWS, FEWEST_DRAWS = 4096, 256
"""Draws behind a degree of certainty; powers of two, as quasi-random points want it."""

MOST_CELLS = 20_000_000
"""Scores times draws: a scenario too large for all draws always has the same smaller number of them."""

APART = 1_000_003
"""Added to the seed where scores have errors of their own."""


def value_draws(
    scenario: Scenario,
    segment: str | None = None,
    *,
    doubt: Doubt | None = None,
    known_weight: int | None = None,
    known_scores: tuple[int | None, int] | None = None,
    propositions: Sequence[int] | None = None,
    like: Scenario | None = None,
    scores: ScoreDoubt | None = None,
) -> FloatArray:
    """Values of every proposition under what is in doubt.

    Weights, scores and sizes are off as the doubt says. Questions about one scenario, and about two
    versions of it, meet the same errors.

    Parameters
    ----------
    scenario : Scenario
        P propositions.
    segment : str, optional
        Which segment; the overall value where it is None.
    doubt : Doubt, optional
        In place of that of the scenario.
    known_weight : int, optional
        Discipline whose weight is taken as known.
    known_scores : (int or None, int), optional
        Segment (all of them where it is None) and discipline whose scores are taken as known.
    propositions : sequence of int, optional
        Of which; all P by default.
    like : Scenario, optional
        Another version: weights are shifted as they are there, where both shift the same disciplines alike.
    scores : ScoreDoubt, optional
        How far each score may be off beside other versions; by default what the doubt says.

    Returns
    -------
    ndarray, shape (P, N)
        On the scenario's scale; N is 1 where nothing is in doubt. NaN where there is no value.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> value_draws(scenario).shape
    (2, 4096)
    >>> value_draws(scenario, doubt=Doubt(weights_within=0, scores_within=0)).tolist()
    [[5.0], [4.5]]
    """
    doubt = doubt or scenario.doubt
    if scenario.settings.rho == 1 and scenario.evidence is None:
        weights = _weights_like(scenario, segment, doubt, known_weight, like)
        off = _scores_off(scenario, doubt, known_scores, scores)
        added = _added(scenario, segment, doubt, weights, off, propositions)
        if added is not None:
            return scenario.scale.from_unit(added)
    known: dict[str, Any] = {"known_weight": known_weight, "known_scores": known_scores}
    drawn = input_draws(
        scenario, segment, doubt=doubt, propositions=propositions, like=like, scores=scores, **known
    )
    values = [mean_of_draws(own, weights, scenario.settings.rho) for weights, own in drawn]
    return scenario.scale.from_unit(_overall(scenario, doubt, values))


def segment_draws(scenario: Scenario) -> FloatArray:
    """Values in every segment under what is in doubt: those that `value_draws` takes its mean over.

    Returns
    -------
    ndarray, shape (G, P, N)
        On the scenario's scale; NaN where there is no value.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2], [4, 5]], [[6, 6], [5, 7]]])
    >>> bool(np.allclose(segment_draws(scenario).mean(axis=0), value_draws(scenario)))
    True
    """
    rho, drawn = scenario.settings.rho, input_draws(scenario)
    values = [mean_of_draws(scores, weights, rho) for weights, scores in drawn]
    return scenario.scale.from_unit(np.stack(np.broadcast_arrays(*values)))


def weights_drawn(scenario: Scenario, segment: str | None = None) -> FloatArray:
    """Weights of every segment, or of one, with which `value_draws` values.

    Returns
    -------
    ndarray, shape (G, D, N) or (G, D, 1)
        As shares; one column where they are known.

    Examples
    --------
    >>> weights_drawn(Scenario.from_arrays([[[8, 2]], [[4, 5]]])).shape
    (2, 2, 4096)
    """
    rows = scenario.rows(segment)
    count = draws_of(scenario)
    return heard_weights(scenario, rows, _weights(scenario, rows, scenario.doubt, None, count), count)


def sizes_drawn(scenario: Scenario, doubt: Doubt | None = None) -> FloatArray:
    """Sizes of the segments as shares under what is in doubt, with which `value_draws` takes its mean.

    Returns
    -------
    ndarray, shape (G, N) or (G, 1)
        One column where they are known.

    Examples
    --------
    >>> sizes_drawn(Scenario.from_arrays([[[8, 2]], [[4, 5]]])).tolist()
    [[0.5], [0.5]]
    """
    sizes, within = scenario.size_shares[:, None], (doubt or scenario.doubt).sizes_within / 100
    heard = heard_sizes(scenario, draws_of(scenario))
    if heard is not None:
        return heard
    if within:
        rng = np.random.default_rng([scenario.settings.seed, 2])
        sizes = sizes * (1 + within * rng.uniform(-1, 1, (len(sizes), draws_of(scenario))))
        sizes /= sizes.sum(axis=0)
    return sizes


def input_draws(
    scenario: Scenario,
    segment: str | None = None,
    *,
    doubt: Doubt | None = None,
    known_weight: int | None = None,
    known_scores: tuple[int | None, int] | None = None,
    propositions: Sequence[int] | None = None,
    apart: bool = False,
    like: Scenario | None = None,
    scores: ScoreDoubt | None = None,
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Weights and scores under what is in doubt, of one segment after the other.

    Parameters
    ----------
    scenario, segment, doubt, known_weight, known_scores, propositions, like, scores
        As for `value_draws`.
    apart : bool
        Whether scores have errors of their own: those of a promise are not those of what is felt.

    Yields
    ------
    ndarray, shape (D, N) or (D, 1)
        Weights of a segment as shares; one column where they are known.
    ndarray, shape (P, D, N) or (P, D, 1)
        Scores from 0 to 1.

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    """
    doubt, count = doubt or scenario.doubt, draws_of(scenario)
    rows = scenario.rows(segment)
    weights = _weights_like(scenario, segment, doubt, known_weight, like)
    weights = heard_weights(scenario, rows, weights, count, known_weight)
    scores = _scores_off(scenario, doubt, known_scores, scores)
    seed = scenario.settings.seed + (APART if apart else 0)
    heard = heard_scores(scenario, segment, seed, count, propositions, known_scores)
    for g, drawn in enumerate(drawn_scores(scores, seed, count, propositions, keep=known_scores is None)):
        if g in rows:
            yield weights[rows.index(g)], heard(g, drawn)


def _weights_like(
    scenario: Scenario, segment: str | None, doubt: Doubt, known: int | None, like: Scenario | None
) -> FloatArray:
    """Weights under what is assumed, shifted as in another version where there is one."""
    count = draws_of(scenario)
    weights = _weights(scenario, scenario.rows(segment), doubt, known, count)
    shift = like is not None and like != scenario
    return _shifted_alike(scenario, like, segment, count, weights) if like is not None and shift else weights


def _scores_off(
    scenario: Scenario, doubt: Doubt, known: tuple[int | None, int] | None, scores: ScoreDoubt | None
) -> ScoreDoubt:
    """How far scores may be off, some of them known."""
    scores = scores or score_doubt(scenario, doubt)
    return scores if known is None else scores.known(*known)


def _added(
    scenario: Scenario,
    segment: str | None,
    doubt: Doubt,
    weights: FloatArray,
    scores: ScoreDoubt,
    propositions: Sequence[int] | None,
) -> FloatArray | None:
    """Values as sums, from 0 to 1, shape (P, N); None where they are none, or nothing in them is drawn."""
    rows, every = scenario.rows(segment), range(len(scenario.propositions))
    if weights.shape[-1] == 1 or scores.certain or (len(rows) > 1 and scenario.settings.eps != 0):
        return None
    sizes = sizes_drawn(scenario, doubt) if len(rows) > 1 else np.ones((1, 1))
    chosen = [*(every if propositions is None else propositions)]
    return added_values(scores.only(rows), scenario.settings.seed, weights, sizes, chosen)


def contenders(scenario: Scenario, segment: str | None, doubt: Doubt, leader: int) -> list[int]:
    """Propositions, the leader among them, that in some draw of the weights could be above the leader.

    The leader at the low ends of its scores against each at the high ends of its own: of a scenario with
    thousands of propositions most need no draws of their scores.
    """
    rows = scenario.rows(segment)
    weights = _weights(scenario, rows, doubt, None, draws_of(scenario))
    low, high = score_doubt(scenario, doubt).only(rows).extremes
    rho, every = scenario.settings.rho, zip(low, high, weights, strict=True)
    ends = [[mean_of_draws(table[..., None], w, rho) for table in (a, b)] for a, b, w in every]
    least, most = (_overall(scenario, doubt, [*values]) for values in zip(*ends, strict=True))
    reaches = ~(most < least[leader]).all(axis=1)
    reaches[leader] = True
    return np.flatnonzero(reaches).tolist()


def in_doubt(scenario: Scenario, segment: str | None = None, doubt: Doubt | None = None) -> bool:
    """Whether anything is in doubt that a value depends on."""
    doubt = doubt or scenario.doubt
    if rests_on_answers(scenario, segment):
        return True
    sizes = doubt.sizes_within and segment is None and len(scenario.segments) > 1
    return bool(doubt.weights_within or sizes) or not score_doubt(scenario, doubt).certain


def draws_of(scenario: Scenario) -> int:
    """How many draws a scenario gets: 4,096, fewer where it is very large."""
    allowed = MOST_CELLS // scenario.array("scores").size
    return int(min(max(1 << allowed.bit_length() >> 1, FEWEST_DRAWS), DRAWS))


def _weights(scenario: Scenario, rows: list[int], doubt: Doubt, known: int | None, count: int) -> FloatArray:
    """Weights of some segments, shape (G, D, count), or (G, D, 1) where they are known."""
    weights, seed = scenario.weights[rows], scenario.settings.seed
    if not doubt.weights_within:
        return weights[..., None]
    within = np.full(weights.shape[1], doubt.weights_within / 100)
    if known is not None:
        within[known] = 0.0
    if len(rows) > 1 and doubt.weights_shift == "own":
        return own_shifts(weights, within, seed, count)
    sizes = scenario.size_shares if len(rows) > 1 else np.ones(1)
    return shared_shift(weights, sizes, within, seed, count)


def _shifted_alike(
    scenario: Scenario, like: Scenario, segment: str | None, count: int, drawn: FloatArray
) -> FloatArray:
    """Weights under the shifts of another version; as they were drawn where the two cannot be shifted alike."""
    if not _shift_alike(scenario, like, segment):
        return drawn
    (weights, sizes), (theirs, their_sizes) = (_shifting(side, segment) for side in (scenario, like))
    if scenario.doubt.weights_shift == "own" and max(len(weights), len(theirs)) > 1:
        return drawn
    (_, live), (mean, their_live) = live_mean(weights, sizes), live_mean(theirs, their_sizes)
    if not np.array_equal(live, their_live):
        return drawn
    within = scenario.doubt.weights_within / 100
    shift = within_box(mean, within, scenario.settings.seed, count) - mean[:, None]
    return shifted(weights, live, shift)


def _shift_alike(one: Scenario, other: Scenario, segment: str | None) -> bool:
    """Whether weights of two versions are off in the same way, on the same disciplines."""
    doubts = [(side.doubt.weights_within, side.doubt.weights_shift) for side in (one, other)]
    same = doubts[0] == doubts[1] and one.discipline_ids == other.discipline_ids
    return bool(one.doubt.weights_within) and same and segment in (None, *other.segment_names)


def _shifting(scenario: Scenario, segment: str | None) -> tuple[FloatArray, FloatArray]:
    """Weights of the segments that shift together, and the sizes by which their mean is taken."""
    rows = scenario.rows(segment)
    return scenario.weights[rows], scenario.size_shares if len(rows) > 1 else np.ones(1)


def _overall(scenario: Scenario, doubt: Doubt, values: list[FloatArray]) -> FloatArray:
    """Mean over segments of their values, each (P, n), shape (P, n); the values themselves of one alone."""
    if len(values) == 1:
        return values[0]
    sizes = sizes_drawn(scenario, doubt)
    return mean_of_draws(np.stack(np.broadcast_arrays(*values), axis=1), sizes, 1 - scenario.settings.eps)
