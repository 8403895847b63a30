"""Acceptability: exact wherever one weight vector alone is unknown, drawn elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from valuemix.analysis.draws.draws import Doubt, knowledge_simplices
from valuemix.analysis.draws.sampling import (
    Acceptability,
    Progress,
    confidence_factors,
    linear_points,
    sample,
    uncertain_segments,
)
from valuemix.analysis.draws.simplex import first_shares, pairwise_shares
from valuemix.analysis.robustness.simplex_ranks import rank_shares
from valuemix.analysis.value.case import Case
from valuemix.typing import FloatArray

__all__ = ["acceptability"]


MOST_DISCIPLINES = 4
"""For which every rank has an exact share."""


def acceptability(
    case: Case,
    doubt: Doubt,
    *,
    draws: int = 100_000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Acceptability:
    """How ranks hold up under the doubt: exact where that is possible, else by drawing.

    All is exact where the weights of one segment alone are uncertain, unknown or in a known
    order, or one unknown weight vector holds for several segments, for up to four
    disciplines. For more, pairwise indices are exact, first ranks and central weights up to
    six, and the rest is drawn. So it is where scores are missing or the value is not additive,
    where the weights of several segments differ, or scores or sizes are uncertain, and where
    weights are known within some points.

    Parameters
    ----------
    case : Case
        G segments, P propositions, D disciplines.
    doubt : Doubt
    draws, seed, progress
        As in `sample`, for what is drawn.

    Examples
    --------
    >>> case = Case(np.array([[[1.0, 0.0], [0.25, 0.25]]]), np.array([[0.5, 0.5]]), np.ones(1))
    >>> result = acceptability(case, Doubt())
    >>> result.exact, result.rank_acceptability.round(9).tolist()
    (True, [[0.75, 0.25], [0.25, 0.75]])
    """
    vertices = _vertices(case, doubt)
    if vertices is None:
        return sample(case, doubt, draws=draws, seed=seed, progress=progress)
    if case.scores.shape[2] <= MOST_DISCIPLINES:
        exact = _exact(case, doubt, vertices, seed)
        if exact is not None:
            return exact
    drawn = sample(case, doubt, draws=draws, seed=seed, progress=progress)
    drawn = replace(drawn, pairwise=_mean_pairwise(vertices), pairwise_exact=True)
    return _with_exact_firsts(drawn, case, doubt, vertices)


Vertices = list[tuple[FloatArray, FloatArray]]
"""For each simplex of weights: the points (P, D) at its corners, and the corners as columns."""


def _vertices(case: Case, doubt: Doubt) -> Vertices | None:
    """Simplices that make up the doubt, or None where it is no doubt of one weight vector alone."""
    uncertain = uncertain_segments(case, doubt)
    if not uncertain or not (len(uncertain) == 1 or doubt.together) or not doubt.weights_alone:
        return None
    points = linear_points(case, uncertain)
    if points is not None:
        points = points.reshape(len(points), len(uncertain), -1).sum(axis=1)
    simplices = knowledge_simplices(case.weights[uncertain[0]], doubt.weights)
    if points is None or simplices is None:
        return None
    return [(points @ corners, corners) for corners in simplices]


def _mean_pairwise(vertices: Vertices) -> FloatArray:
    return np.asarray(np.mean([pairwise_shares(points) for points, _ in vertices], axis=0))


def _exact(case: Case, doubt: Doubt, vertices: Vertices, seed: int) -> Acceptability | None:
    """All ranks as means over simplices of equal size, or None where one cannot be had."""
    ranks, won = [], []
    for points, corners in vertices:
        found = rank_shares(points)
        if found is None:
            return None
        ranks.append(found.shares)
        won.append(found.shares[:, :1] * np.nan_to_num(found.central_weights[:, 0]) @ corners.T)
    acceptability: FloatArray = np.mean(ranks, axis=0)
    central = _central(case, doubt, np.mean(won, axis=0))
    confidence, _ = confidence_factors(case, doubt, central, np.random.default_rng(seed), 1)
    return Acceptability(
        0,
        seed,
        acceptability,
        np.zeros_like(acceptability),
        _mean_pairwise(vertices),
        central,
        confidence,
        0,
        first_exact=acceptability[:, 0],
        exact=True,
        pairwise_exact=True,
    )


def _central(case: Case, doubt: Doubt, won: FloatArray) -> FloatArray:
    """Central weights (P, G, D) from what was won of the uncertain segment's weights (P, D)."""
    total = won.sum(axis=1)
    some = np.where(total > 0, total, np.nan)
    central = np.where(np.isnan(some)[:, None, None], np.nan, case.weights[None])
    central[:, uncertain_segments(case, doubt)] = (won / some[:, None])[:, None]
    return central


def _with_exact_firsts(drawn: Acceptability, case: Case, doubt: Doubt, vertices: Vertices) -> Acceptability:
    """The same with exact first ranks and central weights, where every simplex has them."""
    shares, won = [], []
    for points, corners in vertices:
        found = first_shares(points)
        if found is None:
            return drawn
        shares.append(found.shares)
        won.append(found.shares[:, None] * np.nan_to_num(found.central_weights) @ corners.T)
    central = _central(case, doubt, np.mean(won, axis=0))
    confidence, _ = confidence_factors(case, doubt, central, np.random.default_rng(drawn.seed), 1)
    return replace(drawn, first_exact=np.mean(shares, axis=0), central_weights=central, confidence=confidence)
