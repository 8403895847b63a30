"""Stochastic multicriteria acceptability analysis (SMAA): robustness by drawing what is uncertain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.draws.drawn_values import drawn_values
from valuemix.analysis.draws.draws import Doubt, Sampler, shared_sampler, weight_sampler
from valuemix.analysis.draws.simplex import leads_of, share_ties, tied_groups
from valuemix.analysis.draws.tally import Near, Tally
from valuemix.analysis.value.case import Case, additive_scores, leaders_of
from valuemix.typing import FloatArray, IntArray

__all__ = [
    "Acceptability",
    "confidence_factors",
    "counted",
    "half_width",
    "linear_points",
    "sample",
    "uncertain_segments",
]

Float32Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

QUICK_BYTES = 490_000
"""What one array may take on the quick path. Above half a megabyte memory is handed out and
taken back page by page with every array, which costs more than the arithmetic."""

CHUNK_BYTES = 2_000_000
"""What the values of all segments may take on the general path."""

FEWEST = 500
"""Draws at a time, however many segments: what a segment costs once a chunk must stay small beside them."""

NEAR = 1e-3
"""Values that are nowhere further apart than this part of their range are compared pair by pair:
single precision would decide 1 in 10,000 draws by rounding."""

CONFIDENCE_DRAWS = 10_000
"""At most, for confidence factors: every proposition is valued at every central weight."""


@dataclass(frozen=True, eq=False)
class Acceptability:
    """How ranks hold up under the doubt.

    Attributes
    ----------
    draws, seed : int
        Draws made, and from what; 0 draws where all is exact.
    rank_acceptability, half_width : ndarray, shape (P, P)
        Share of draws in which a proposition (row) has a rank (column), ties split equally, and
        half the width of its 95 % confidence interval; 0 where exact.
    pairwise : ndarray, shape (P, P)
        Pairwise winning index: share in which the row is above the column; a tie counts half.
    central_weights : ndarray, shape (P, G, D)
        Mean weights where a proposition is first; NaN where it never is.
    confidence : ndarray, shape (P,)
        Confidence factor: share of score and size draws in which it is first at its central
        weights; NaN where it has none.
    confidence_draws : int
        Draws behind the confidence factors; 0 where scores and sizes are certain.
    first_exact : ndarray, shape (P,), or None
        Share of first ranks without sampling, where that is possible.
    exact, pairwise_exact : bool
        Whether rank acceptability, and the pairwise index, come without sampling.
    """

    draws: int
    seed: int
    rank_acceptability: FloatArray
    half_width: FloatArray
    pairwise: FloatArray
    central_weights: FloatArray
    confidence: FloatArray
    confidence_draws: int
    first_exact: FloatArray | None = None
    exact: bool = False
    pairwise_exact: bool = False


def sample(
    case: Case,
    doubt: Doubt,
    *,
    draws: int = 100_000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Acceptability:
    """Draw what is uncertain and count ranks.

    Parameters
    ----------
    case : Case
        Today's scores, weights and sizes: G segments, P propositions, D disciplines.
    doubt : Doubt
    draws : int
        At least 1; with drawn scores given, theirs.
    seed : int
        The same seed gives the same numbers.
    progress : callable, optional
        Called with the draws done and the draws in all, after every chunk.

    Raises
    ------
    ValueError
        Where there is nothing to draw, or the scores drawn are not of the shape of the scores.

    References
    ----------
    Lahdelma, Hokkanen and Salminen, European Journal of Operational Research 106 (1998);
    Lahdelma and Salminen, Operations Research 49 (2001).

    Examples
    --------
    >>> case = Case(np.array([[[1.0, 0.0], [0.25, 0.25]]]), np.array([[0.5, 0.5]]), np.ones(1))
    >>> sample(case, Doubt(), draws=10_000, seed=7).rank_acceptability.round(2).tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    if doubt.score_draws is not None:
        if doubt.score_draws.shape[1:] != case.scores.shape:
            raise ValueError(f"drawn scores of shape {doubt.score_draws.shape} for {case.scores.shape}")
        draws = len(doubt.score_draws)
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, got {draws}")
    rng, later = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
    report = progress or _silent
    uncertain = uncertain_segments(case, doubt)
    draw_weights = _weights_of(case, doubt, uncertain, rng)
    points = linear_points(case, uncertain) if doubt.weights_alone else None
    if points is not None:
        tally = _tally_linear(points, draw_weights, draws, report)
    else:
        tally = _tally(case, doubt, uncertain, draw_weights, rng, draws, report)
    return _found(case, doubt, tally, later, draws, seed)


def counted(case: Case, doubt: Doubt, values: FloatArray, weights: FloatArray, seed: int) -> Acceptability:
    """Count ranks over draws that were made elsewhere.

    Parameters
    ----------
    case, doubt
        As for `sample`, which tells how confidence factors are drawn.
    values : ndarray, shape (P, N)
        From 0 to 1; NaN where there is no value.
    weights : ndarray, shape (G, D, N) or (G, D, 1)
        Those of the segments in the same draws, as shares.
    seed : int
        What the draws were made from.

    Examples
    --------
    >>> case = Case(np.array([[[1.0, 0.0], [0.25, 0.25]]]), np.array([[0.5, 0.5]]), np.ones(1))
    >>> weights = np.array([[[0.5, 0.1], [0.5, 0.9]]])
    >>> counted(case, Doubt(), np.array([[0.5, 0.1], [0.25, 0.25]]), weights, 0).pairwise.tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    draws, uncertain = values.shape[1], uncertain_segments(case, doubt)
    every = np.broadcast_to(weights, (*weights.shape[:2], draws))[uncertain].reshape(-1, draws)
    tally = Tally(len(values), len(every))
    for start, count in _chunks(draws, _general_chunk(case)):
        part = slice(start, start + count)
        tally.add(values[:, part], every[:, part])
    return _found(case, doubt, tally, np.random.default_rng([seed, 1]), draws, seed)


def _found(
    case: Case, doubt: Doubt, tally: Tally, rng: np.random.Generator, draws: int, seed: int
) -> Acceptability:
    """Shares of what was counted, and the confidence factors that go with them."""
    central = _central_weights(case, uncertain_segments(case, doubt), tally)
    confidence, confidence_draws = confidence_factors(case, doubt, central, rng, draws)
    acceptability = tally.ranks / draws
    pairwise = tally.above / draws
    np.fill_diagonal(pairwise, 0.5)
    return Acceptability(
        draws,
        seed,
        acceptability,
        half_width(acceptability, draws),
        pairwise,
        central,
        confidence,
        confidence_draws,
    )


def half_width(shares: FloatArray, draws: int) -> FloatArray:
    """Half the width of the 95 % confidence interval of shares of draws.

    Examples
    --------
    >>> half_width(np.array([0.5, 0.0]), 10_000).tolist()
    [0.0098, 0.0]
    """
    return np.asarray(1.96 * np.sqrt(np.clip(shares * (1 - shares), 0, None) / draws))


def linear_points(case: Case, uncertain: list[int]) -> FloatArray | None:
    """Points (P, K) whose product with the K stacked uncertain weights orders the values, or None.

    None where that order is not linear in the weights: a missing score, or a compensation or
    fairness that no transformation of the scores makes additive.
    """
    scores = additive_scores(case)
    sized = case.sizes > 0
    if scores is None or not uncertain or np.isnan(scores[sized]).any():
        return None
    held = [g for g in np.flatnonzero(sized) if g not in uncertain]
    constant = np.einsum("g,gd,gpd->p", case.sizes[held], case.weights[held], scores[held])
    parts = case.sizes[uncertain, None, None] * np.nan_to_num(scores[uncertain])
    # Each segment's weights sum to 1, so that what is held can be part of its points.
    parts[0] += constant[:, None]
    return np.concatenate(list(parts), axis=1)


def _silent(done: int, total: int) -> None:
    """Report nothing."""


def uncertain_segments(case: Case, doubt: Doubt) -> list[int]:
    """Segments of some size whose weights are drawn; one without size would change nothing."""
    segments = range(len(case.sizes)) if doubt.segments is None else doubt.segments
    return [g for g in segments if case.sizes[g] > 0]


def _weights_of(case: Case, doubt: Doubt, uncertain: list[int], rng: np.random.Generator) -> Sampler:
    """Sampler of all uncertain weights."""
    if doubt.together and uncertain:
        one = weight_sampler(case.weights[uncertain[0]], doubt.weights, rng)
        return lambda count: np.tile(one(count), (len(uncertain), 1))
    if doubt.shared and len(case.sizes) > 1 and uncertain:
        return _shared(case, doubt, uncertain, rng)
    return _stacked([weight_sampler(case.weights[g], doubt.weights, rng) for g in uncertain])


def _shared(case: Case, doubt: Doubt, uncertain: list[int], rng: np.random.Generator) -> Sampler:
    """Sampler of the uncertain weights under one shift; segments without size have no part in it."""
    disciplines = case.weights.shape[1]
    every = [*range(len(case.sizes))] if doubt.segments is None else [*doubt.segments]
    sizes = case.sizes[every] / case.sizes[every].sum()
    draw = shared_sampler(case.weights[every], sizes, doubt.weights.within_share, rng)
    places = [every.index(g) * disciplines + d for g in uncertain for d in range(disciplines)]
    return draw if len(every) == len(uncertain) else lambda count: draw(count)[places]


def _stacked(samplers: list[Sampler]) -> Sampler:
    """Sampler of the weights of all segments below each other, shape (K, n)."""

    def draw(count: int) -> Float32Array:
        return np.concatenate([np.empty((0, count), np.float32), *(one(count) for one in samplers)])

    return samplers[0] if len(samplers) == 1 else draw


def _chunks(draws: int, size: int) -> Iterator[tuple[int, int]]:
    """Starts and sizes of chunks."""
    for start in range(0, draws, size):
        yield start, min(size, draws - start)


def _tally_linear(points: FloatArray, draw_weights: Sampler, draws: int, report: Progress) -> Tally:
    """Count draws where values are a matrix product, in single precision."""
    # What all propositions have in common takes digits and decides nothing.
    apart = (points - points.mean(axis=0)) / (np.ptp(points) or 1.0)
    tally, single = Tally(*points.shape), apart.astype(np.float32)
    groups = tied_groups(points @ draw_weights(64).astype(np.float64))
    near = [_near_pairs(points, apart, q) for q in range(len(points))]
    for start, count in _chunks(draws, max(QUICK_BYTES // (4 * max(points.shape)), FEWEST)):
        weights = draw_weights(count)
        tally.add_strict(single @ weights, weights, near)
        report(start + count, draws)
    _split_ties(tally, groups, draws)
    return tally


def _near_pairs(points: FloatArray, apart: FloatArray, q: int) -> Near | None:
    """Those before q that single precision does not tell from it, and its leads over them."""
    near = np.flatnonzero(np.abs(apart[:q] - apart[q]).max(axis=-1) < NEAR)
    return (near, leads_of(points[near], points[[q]])[0].astype(np.float32)) if len(near) else None


def _split_ties(tally: Tally, groups: IntArray, draws: int) -> None:
    """Give propositions that tie in every draw equal parts of what they have together."""
    tally.ranks, tally.won = share_ties(tally.ranks, groups), share_ties(tally.won, groups)
    tally.above = share_ties(share_ties(tally.above, groups).T, groups).T
    tally.above[groups[:, None] == groups] = draws / 2


def _tally(
    case: Case,
    doubt: Doubt,
    uncertain: list[int],
    draw_weights: Sampler,
    rng: np.random.Generator,
    draws: int,
    report: Progress,
) -> Tally:
    """Count draws where scores or sizes are uncertain too, or values are not linear."""
    shape = len(uncertain), case.scores.shape[2]
    tally = Tally(case.scores.shape[1], shape[0] * shape[1])
    for start, count in _chunks(draws, _general_chunk(case)):
        drawn = draw_weights(count).astype(np.float64).reshape(*shape, count)
        # Single precision leaves sums off 1 by more than what ties.
        drawn /= drawn.sum(axis=1, keepdims=True)
        weights = np.repeat(case.weights[..., None], count, axis=-1)
        weights[uncertain] = drawn
        (values,) = drawn_values(case, doubt, rng, start, count, [weights])
        tally.add(values, drawn.reshape(-1, count))
        report(start + count, draws)
    return tally


def _general_chunk(case: Case, weightings: int = 1) -> int:
    segments, propositions, _ = case.scores.shape
    fewest = FEWEST if case.eps == 0 else FEWEST // weightings
    return int(max(CHUNK_BYTES // (8 * propositions * max(segments * weightings, 4)), fewest, 1))


def _central_weights(case: Case, uncertain: list[int], tally: Tally) -> FloatArray:
    """Mean weights of the draws won, shape (P, G, D); those of certain segments are today's."""
    firsts = np.where(tally.ranks[:, 0] > 0, tally.ranks[:, 0], np.nan)
    central = np.where(np.isnan(firsts)[:, None, None], np.nan, case.weights[None])
    means = tally.won / firsts[:, None]
    means = means.reshape(len(firsts), len(uncertain), case.weights.shape[1])
    central[:, uncertain] = means / means.sum(axis=-1, keepdims=True)
    return central


def confidence_factors(
    case: Case, doubt: Doubt, central: FloatArray, rng: np.random.Generator, draws: int
) -> tuple[FloatArray, int]:
    """Share of draws of scores and sizes that each proposition wins at its central weights (P, G, D).

    Returns
    -------
    ndarray, shape (P,)
        NaN where there are no central weights.
    int
        Draws behind it; 0 where scores and sizes are certain.
    """
    confidence = np.full(len(central), np.nan)
    draws = 1 if doubt.weights_alone else min(draws, CONFIDENCE_DRAWS)
    ever = np.flatnonzero(~np.isnan(central).any(axis=(1, 2)))
    confidence[ever] = 0.0
    for start, count in _chunks(draws, _general_chunk(case, len(ever))):
        at_central = [central[p][..., None] for p in ever]
        for p, values in zip(ever, drawn_values(case, doubt, rng, start, count, at_central), strict=True):
            leads = leaders_of(values.T)
            # Where nothing has a value in a draw, nobody leads it.
            confidence[p] += (leads[:, p] / np.maximum(leads.sum(axis=1), 1)).sum()
    confidence[ever] /= draws
    return confidence, 0 if doubt.weights_alone else draws
