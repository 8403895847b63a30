"""What was heard: weights, scores and sizes with their covariance, in full precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.errors import EditError
from valuemix.respondents.coding import Coding
from valuemix.respondents.derived import derived_shares, falling
from valuemix.respondents.estimates import Estimates
from valuemix.typing import FloatArray, IntArray

__all__ = ["Heard", "Item", "hangs_together", "heard_from", "in_shares"]


NOTHING = 1e-12
"""Correlations no larger than this are rounding: the segments are independent."""


@dataclass(frozen=True)
class Item:
    """One estimate, by places in the survey; -1 where there is no proposition or discipline."""

    of: Literal["weight", "derived", "score", "size"]
    segment: int
    proposition: int
    discipline: int
    mean: float
    n: int
    n_effective: float
    degrees: float
    moment: str = ""


@dataclass(frozen=True)
class Heard:
    """Everything that a survey says, by segment, proposition and discipline of the survey.

    Attributes
    ----------
    weights : ndarray, shape (G, D)
        Shares of importance; NaN where there are none.
    scores : ndarray, shape (G, P, D)
        On the scale; NaN where too few answered.
    sizes : ndarray, shape (G,)
        Sum of survey weights.
    counts : ndarray of int, shape (G, P, D)
        Answers about each score.
    in_moments : tuple of (str, int)
        Moment and discipline of what was asked of moments.
    moment_scores, moment_counts : ndarray, shape (G, P, M)
        On the scale, NaN where too few answered; and answers.
    effective : ndarray, shape (G,)
        Effective number of respondents.
    items : tuple of tuple of Item
        The estimates of each segment.
    blocks : tuple of ndarray
        Their covariance, a block a segment.
    between : dict of (int, int) to ndarray
        Covariance of the estimates of two segments that are not independent.
    alike : tuple of (int, int, int)
        Segment, proposition and discipline (D and more: of `in_moments`) of cells whose answers are too much alike
        to be taken at their word.
    lonely : int
        Strata with one cluster.
    independent : bool
        Whether there were too many segments to ask which of them hang together.
    maps : tuple of ndarray
        How the estimates of each segment move with the means, shape (items, K).
    share : ndarray, shape (G, G), or None
        How shares of size move with sums of weights, where sizes are estimates.
    not_derived : tuple of str
        Why importance could not be derived beside what is stated, where it could not.
    falling : tuple of str
        Disciplines with a negative coefficient where importance is derived, each in its segment.
    """

    weights: FloatArray
    scores: FloatArray
    sizes: FloatArray
    counts: IntArray
    effective: FloatArray
    items: tuple[tuple[Item, ...], ...]
    blocks: tuple[FloatArray, ...]
    between: dict[tuple[int, int], FloatArray]
    alike: tuple[tuple[int, int, int], ...]
    lonely: int
    independent: bool
    maps: tuple[FloatArray, ...]
    share: FloatArray | None
    in_moments: tuple[tuple[str, int], ...]
    moment_scores: FloatArray
    moment_counts: IntArray
    not_derived: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()


def heard_from(
    found: Estimates,
    coding: Coding,
    disciplines: Sequence[str],
    segments: Sequence[str],
    *,
    sizes: bool,
) -> Heard:
    """Weights, scores and sizes from estimates.

    Parameters
    ----------
    found : Estimates
    coding : Coding
    disciplines, segments : sequence of str
        Names, for messages.
    sizes : bool
        Whether the sizes of segments come from the survey, so that they are estimates too.
    """
    groups, start, last = len(segments), coding.importance, coding.length - 1
    shape, own = (groups, coding.propositions, coding.width), coding.disciplines
    scores, counts = found.means[:, start:last].reshape(shape), found.counts[:, start:last].reshape(shape)
    total = found.means[:, last]
    share = _slopes_of_shares(found, total) if sizes else None
    said = [
        _importance(found.means[g, :start], coding, tuple(disciplines), segments[g]) for g in range(groups)
    ]
    parts = [_part(found, coding, g, said[g], with_sizes=share is not None) for g in range(groups)]
    maps = [slopes for _, slopes in parts]
    blocks, between = _moved(found, maps, share)
    return Heard(
        weights=np.array([own.weights for own in said]),
        scores=scores[:, :, :own],
        sizes=total,
        counts=counts[:, :, :own],
        effective=found.effective[:, last],
        items=tuple(items for items, _ in parts),
        blocks=blocks,
        between=between,
        alike=tuple((g, *divmod(k - start, coding.width)) for g, k in found.alike),
        lonely=found.lonely,
        independent=found.covariance is None,
        maps=tuple(maps),
        share=share,
        in_moments=coding.in_moments,
        moment_scores=scores[:, :, own:],
        moment_counts=counts[:, :, own:],
        not_derived=tuple(own.refused for own in said if own.refused),
        falling=tuple(name for own in said for name in own.falling),
    )


def _slopes_of_shares(found: Estimates, total: FloatArray) -> FloatArray | None:
    """How shares of size move with sums of weights; None where segments are one, or taken as independent."""
    if len(total) == 1 or found.covariance is None:
        return None
    return np.asarray(np.eye(len(total)) / total.sum() - total[:, None] / total.sum() ** 2)


def _part(
    found: Estimates, coding: Coding, g: int, said: _Said, *, with_sizes: bool
) -> tuple[tuple[Item, ...], FloatArray]:
    """Estimates of a segment, and how they move with the means."""
    start, last = coding.importance, coding.length - 1
    means, total = found.means[g], found.means[:, last]
    items = [
        Item("weight", g, -1, d, said.weights[d], *_answers(found, g, 0)) for d in range(len(said.slopes))
    ]
    for d, share in enumerate(said.beside.tolist()):
        items.append(Item("derived", g, -1, d, share, *_answers(found, g, coding.said)))
    scored = [k for k in range(start, last) if not np.isnan(means[k])]
    asked = [("", d) for d in range(coding.disciplines)] + [*coding.in_moments]
    for k in scored:
        p, place = divmod(k - start, coding.width)
        moment, d = asked[place]
        items.append(Item("score", g, p, d, means[k], *_answers(found, g, k), moment))
    rows = [said.slopes, said.beside_slopes, np.eye(coding.length)[scored]]
    if with_sizes:
        items.append(Item("size", g, -1, -1, total[g] / total.sum(), *_answers(found, g, last)))
        rows.append(np.eye(coding.length)[[last]])
    return tuple(items), np.concatenate(rows)


def _answers(found: Estimates, g: int, k: int) -> tuple[int, float, float]:
    return int(found.counts[g, k]), float(found.effective[g, k]), float(found.degrees[g, k])


def _moved(
    found: Estimates, maps: list[FloatArray], share: FloatArray | None
) -> tuple[tuple[FloatArray, ...], dict[tuple[int, int], FloatArray]]:
    """Covariance of linear maps of the estimates, within segments and between those that hang together."""
    groups, length = found.means.shape
    if found.covariance is None:
        return tuple(own @ v @ own.T for own, v in zip(maps, found.own, strict=True)), {}
    whole = in_shares(found.covariance.reshape(groups, length, groups, length), share, share)
    blocks = tuple(own @ whole[g, :, g] @ own.T for g, own in enumerate(maps))
    between = {}
    for one in range(groups):
        for other in range(one + 1, groups):
            block = maps[one] @ whole[one, :, other] @ maps[other].T
            if hangs_together(block, blocks[one], blocks[other]):
                between[one, other] = block
    return blocks, between


def in_shares(whole: FloatArray, one: FloatArray | None, other: FloatArray | None) -> FloatArray:
    """Covariance of estimates, shape (G, K, H, K), with shares of size in place of sums of weights."""
    whole = whole.copy()
    if one is not None:
        whole[:, -1] = np.einsum("ab,bgk->agk", one, whole[:, -1])
    if other is not None:
        whole[:, :, :, -1] = np.einsum("akb,cb->akc", whole[:, :, :, -1], other)
    return whole


def hangs_together(block: FloatArray, one: FloatArray, other: FloatArray) -> bool:
    """Whether a block of covariance between two sets of estimates is more than rounding."""
    scale = np.sqrt(np.abs(np.outer(np.diag(one), np.diag(other))))
    return bool(block.size and (np.abs(block) > NOTHING * scale).any())


@dataclass(frozen=True)
class _Said:
    """Shares of importance of a segment and how they move with its estimates; derived ones beside stated ones.

    Where there are none, slopes have no row and weights are NaN.
    """

    weights: FloatArray
    slopes: FloatArray
    beside: FloatArray
    beside_slopes: FloatArray
    refused: str = ""
    falling: tuple[str, ...] = ()


def _importance(means: FloatArray, coding: Coding, disciplines: tuple[str, ...], segment: str) -> _Said:
    """What matters in a segment; where nothing can be derived beside what is stated, why."""
    count, said = coding.disciplines, coding.said
    unsaid, nothing = np.full(count, np.nan), np.zeros((0, coding.length))
    shares, slopes, refused, fall = np.zeros(0), nothing, "", tuple[str, ...]()
    if coding.derived and not np.isnan(means[said]):
        try:
            shares, along = derived_shares(means[said:], disciplines, segment)
        except EditError as error:
            if not said:
                raise
            refused = str(error)
        else:
            slopes = np.zeros((count, coding.length))
            slopes[:, said : len(means)] = along
            fall = tuple(f"{name} in {segment}" for name in falling(means[said:], disciplines))
    if not said:
        return _Said(shares if len(shares) else unsaid, slopes, np.zeros(0), nothing, refused, fall)
    if np.isnan(means[0]):
        return _Said(unsaid, nothing, shares, slopes, refused, fall)
    return _Said(means[:said], np.eye(count, coding.length), shares, slopes, refused, fall)
