"""Random weights, scores and sizes under what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from operator import itemgetter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.draws.score_draws import ScoreDoubt
from valuemix.analysis.draws.weight_draws import from_box, from_corner, live_mean, shifted
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import FloatArray, IntArray

__all__ = ["Doubt", "Knowledge", "knowledge_simplices", "shared_sampler", "weight_sampler"]

Float32Array = NDArray[np.float32]
Sampler = Callable[[int], Float32Array]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the weights.

    Attributes
    ----------
    kind : {"unknown", "order", "within"}
        Nothing; that today's order of the disciplines holds (those that weigh the same today
        have no order); or that each weight is within some points of today's.
    within_share : float
        How far each may be from today's; for "within" alone.
    """

    kind: Literal["unknown", "order", "within"] = "unknown"
    within_share: float = 0.0


UNKNOWN = Knowledge()


@dataclass(frozen=True, eq=False)
class Doubt:
    """What is uncertain, and how.

    Attributes
    ----------
    weights : Knowledge
        What is known of the weights of the uncertain segments; unless together, their draws are
        independent.
    segments : tuple of int, optional
        Whose weights are uncertain; all by default.
    together : bool
        True where one unknown weight vector holds for all of these segments; only for weights
        of which nothing is known.
    shared : bool
        True where the mean weights by size are within some points of today's and every segment
        shifts as they do; only for weights known within some points.
    scores : ScoreDoubt, optional
        How far scores may be off; certain where it is None.
    score_draws : ndarray, shape (N, G, P, D), optional
        Draws of the scores from any distribution, used in turn instead of `scores`.
    sizes_within : float
        Sizes are uniform within this part of themselves up and down, 0.1 being 10 % of it.
    """

    weights: Knowledge = UNKNOWN
    segments: tuple[int, ...] | None = None
    together: bool = False
    shared: bool = False
    scores: ScoreDoubt | None = None
    score_draws: FloatArray | None = None
    sizes_within: float = 0.0

    @property
    def scores_certain(self) -> bool:
        """Whether scores are today's in every draw."""
        return self.scores is None and self.score_draws is None

    @property
    def weights_alone(self) -> bool:
        """Whether scores and sizes are certain."""
        return self.scores_certain and self.sizes_within == 0


def weight_sampler(weights: FloatArray, knowledge: Knowledge, rng: np.random.Generator) -> Sampler:
    """Sampler of weights that are uniform over all that the knowledge allows.

    Parameters
    ----------
    weights : ndarray, shape (D,)
        Today's shares.
    knowledge : Knowledge
    rng : numpy.random.Generator

    Returns
    -------
    callable
        Takes a count n, gives float32 weights of shape (D, n); columns sum to 1.

    Examples
    --------
    >>> draw = weight_sampler(np.array([0.5, 0.2, 0.3]), Knowledge("order"), np.random.default_rng(0))
    >>> drawn = draw(1000)
    >>> bool((drawn[0] >= drawn[2]).all() and (drawn[2] >= drawn[1]).all())
    True
    """
    if knowledge.kind == "within":
        return _box_sampler(weights, knowledge.within_share, rng)

    def uniform(count: int) -> Float32Array:
        drawn = rng.standard_exponential((len(weights), count), dtype=np.float32)
        drawn /= drawn.sum(axis=0)
        return drawn

    if knowledge.kind == "unknown":
        return uniform
    tiers = _tiers(weights)
    corners = _ordered_corners(np.concatenate(tiers)).astype(np.float32)

    def ordered(count: int) -> Float32Array:
        drawn = corners @ uniform(count)
        for tier in tiers:
            if len(tier) > 1:
                drawn[tier] = rng.permuted(drawn[tier], axis=0)
        return drawn

    return ordered


def shared_sampler(
    weights: FloatArray, sizes: FloatArray, within: float, rng: np.random.Generator
) -> Sampler:
    """Sampler of the weights of all segments under one shift, as `shared_shift` draws them.

    Parameters
    ----------
    weights : ndarray, shape (G, D)
        Today's shares.
    sizes : ndarray, shape (G,)
        Shares.
    within : float
        How far each mean weight may be off, as a share.
    rng : numpy.random.Generator

    Returns
    -------
    callable
        Takes a count n, gives float32 weights of shape (G * D, n), those of a segment together.

    Examples
    --------
    >>> weights, rng = np.array([[0.5, 0.5], [0.3, 0.7]]), np.random.default_rng(0)
    >>> drawn = shared_sampler(weights, np.array([0.5, 0.5]), 0.1, rng)(1000)
    >>> bool(np.allclose(drawn[0] - drawn[2], 0.2))
    True
    """
    mean, live = live_mean(weights, sizes)
    draw = _box_sampler(mean, within, rng)

    def shared(count: int) -> Float32Array:
        shift = draw(count).astype(np.float64) - mean[:, None]
        return shifted(weights, live, shift).reshape(-1, count).astype(np.float32)

    return shared


def knowledge_simplices(weights: FloatArray, knowledge: Knowledge, most: int = 24) -> list[FloatArray] | None:
    """Simplices of equal size that make up the allowed weights, or None where there are too many.

    Returns
    -------
    list of ndarray, shape (D, D) each, or None
        The corners of a simplex as columns: ``points @ corners`` are the points for it.

    Examples
    --------
    >>> knowledge_simplices(np.array([0.3, 0.7]), Knowledge("order"))[0].tolist()
    [[0.0, 0.5], [1.0, 0.5]]
    """
    if knowledge.kind == "within":
        return None
    tiers = _tiers(weights)
    if knowledge.kind == "unknown" or len(tiers) == 1:
        return [np.eye(len(weights))]
    if prod(factorial(len(tier)) for tier in tiers) > most:
        return None
    orders = product(*(permutations(tier.tolist()) for tier in tiers))
    return [_ordered_corners(np.array([d for tier in order for d in tier])) for order in orders]


def _tiers(weights: FloatArray) -> list[IntArray]:
    """Disciplines from most to least weight, those that weigh the same together."""
    order = np.argsort(-weights, kind="stable")
    return np.split(order, np.flatnonzero(-np.diff(weights[order]) > TIE) + 1)


def _ordered_corners(order: IntArray) -> FloatArray:
    """Corners of the weights in an order: the first alone, the first two equally, and so on."""
    count = len(order)
    corners = np.zeros((count, count))
    corners[order] = np.triu(np.ones((count, count))) / np.arange(1, count + 1)
    return corners


def _box_sampler(weights: FloatArray, within: float, rng: np.random.Generator) -> Sampler:
    """Uniform on the box around today's weights cut with the simplex, by rejection.

    Two ways to propose: all but the widest weight uniform in the box, or the lower ends plus a
    uniform share of what they leave. One of the two accepts often, whichever the box.
    """
    low, high = np.clip(weights - within, 0, 1), np.clip(weights + within, 0, 1)

    def in_box(count: int) -> FloatArray:
        return from_box(low, high, rng.random((len(low), count)))

    def by_corner(count: int) -> FloatArray:
        return from_corner(low, high, rng.standard_exponential((len(low), count)))

    def constant(count: int) -> FloatArray:
        return np.repeat(weights[:, None], count, axis=1)

    pilot = 4096
    accepted, propose = max(((way(pilot).shape[1], way) for way in (in_box, by_corner)), key=itemgetter(0))
    if within <= TIE or not accepted:
        accepted, propose = pilot, constant

    def sample(count: int) -> Float32Array:
        result = np.empty((len(weights), count), dtype=np.float32)
        filled = 0
        while filled < count:
            tries = min(int((count - filled) * pilot / accepted * 1.05) + 16, 1 << 16)
            drawn = propose(tries)[:, : count - filled]
            result[:, filled : filled + drawn.shape[1]] = drawn
            filled += drawn.shape[1]
        return result

    return sample
