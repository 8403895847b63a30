"""The smallest change of weights that lets a challenger overtake the leader, or lead everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuemix.analysis.draws.simplex import leads_of
from valuemix.analysis.value.case import Case, additive_scores, leaders_of, swept_weights, today_share
from valuemix.analysis.value.crossings import near_the_ends
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Flip", "flip_to_lead", "flip_to_overtake"]


TOLERANCE = 1e-10
"""As precise as HiGHS can be told to be."""

STRAIGHT = 1e-14
"""A lead bends by no more where it is a straight line."""


@dataclass(frozen=True, eq=False)
class Flip:
    """The least change of weights after which a challenger ties.

    Attributes
    ----------
    moved_share : float
        Weight moved: half the distance between today's shares and these, over several segments
        their mean by size. NaN where impossible.
    weights : ndarray, shape (G, D)
        The weights after; NaN where impossible.
    exact : bool
        False where no closed form exists: then these weights do it, but fewer might.
    """

    moved_share: float
    weights: FloatArray
    exact: bool = True

    @property
    def possible(self) -> bool:
        """Whether any weights do it; where not exact, whether any were found."""
        return not np.isnan(self.moved_share)


def flip_to_overtake(case: Case, challenger: int, leader: int, segments: Sequence[int] | None = None) -> Flip:
    """Least weight to move until the challenger ties with the leader; others may lead both.

    Impossible where it cannot get ahead: a tie that no further move breaks changes no leader.
    Weight is worth most moved to the discipline in which the leader is least ahead, from those
    in which it is most ahead: taking them in that order is exact.

    Parameters
    ----------
    case : Case
    challenger, leader : int
        Propositions.
    segments : sequence of int, optional
        Whose weights may move; all by default. Each segment's weights move by themselves.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.6, 0.4]]), np.ones(1))
    >>> flip = flip_to_overtake(case, 1, 0)
    >>> round(flip.moved_share, 6), flip.weights.round(6).tolist()
    (0.171429, [[0.428571, 0.571429]])
    """
    scores = _linear_scores(case)
    if scores is None or _drowned(case, scores, challenger, [leader]):
        return _searched(case, challenger, [leader], segments)
    moving, now = _moving(case, segments), case.values()
    if now[leader] - now[challenger] <= TIE:
        return Flip(0.0, case.weights.copy())
    ahead = _leads(case, scores, leader, [challenger])[:, 0]
    receivers = np.argmin(ahead, axis=1)
    best = case.weights.copy()
    best[moving] = np.eye(best.shape[1])[receivers[moving]]
    if not any(_gets_ahead(case, end, challenger, [leader]) for end in _ends(case, moving, best)):
        return _impossible(case)
    weights, _ = _moved_in_order(case, moving, ahead, float((case.weights * ahead).sum()))
    return Flip(_moved(case, weights), weights)


def _moved_in_order(case: Case, moving: list[int], ahead: FloatArray, gap: float) -> tuple[FloatArray, float]:
    """Weights with as little moved as closes a gap, and what is left of it: what brings most for its size goes first.

    `ahead` (G, D) is what a weight counts for the one that is ahead.
    """
    weights, receivers = case.weights.copy(), np.argmin(ahead, axis=1)
    gains = ahead - ahead[np.arange(len(ahead)), receivers][:, None]
    places = np.argwhere(gains > 0).tolist()
    sources = sorted(((gains[g, d] / case.sizes[g], g, d) for g, d in places if g in moving), reverse=True)
    for _, g, d in sources:
        share = min(float(weights[g, d]), max(gap, 0.0) / float(gains[g, d]))
        gap = 0.0 if share < weights[g, d] else gap - share * float(gains[g, d])
        weights[g, d] -= share
        weights[g, receivers[g]] += share
    return weights, gap


def flip_to_lead(case: Case, challenger: int, segments: Sequence[int] | None = None) -> Flip:
    """Least weight to move until the challenger leads everyone, ties included.

    Impossible where it can but tie with someone at the edge of what weights there are, as in
    `flip_to_overtake`; those that have its very scores always lead with it.

    Parameters
    ----------
    case : Case
    challenger : int
        Proposition.
    segments : sequence of int, optional
        Whose weights may move; all by default. Each segment's weights move by themselves.

    Examples
    --------
    >>> scores = np.array([[[0.9, 0.1, 0.4], [0.2, 0.7, 0.4], [0.5, 0.5, 0.1]]])
    >>> case = Case(scores, np.array([[0.6, 0.2, 0.2]]), np.ones(1))
    >>> flip = flip_to_lead(case, 1)
    >>> round(flip.moved_share, 6), flip.weights.round(6).tolist()
    (0.230769, [[0.369231, 0.430769, 0.2]])
    """
    scores = _linear_scores(case)
    others = _rivals(case, challenger)
    if scores is None or _drowned(case, scores, challenger, others):
        return _searched(case, challenger, others, segments)
    return _least_move(case, scores, challenger, others, segments)


def _linear_scores(case: Case) -> FloatArray | None:
    """Scores on which flips are linear, or None: a missing score or values that are not additive."""
    scores = additive_scores(case)
    return None if scores is None or np.isnan(scores[case.sizes > 0]).any() else scores


def _drowned(case: Case, scores: FloatArray, one: int, others: list[int]) -> bool:
    """Whether a pair differs in one discipline by so little beside another that rounding hides it."""
    sized = [g for g in range(len(case.sizes)) if case.sizes[g] > 0]
    leads = np.abs([leads_of(scores[g, others], scores[g, [one]]) for g in sized])
    return bool(((leads > 0) & (leads < TIE / 2)).any())


def _moving(case: Case, segments: Sequence[int] | None) -> list[int]:
    """Segments whose weights may move and matter."""
    chosen = range(len(case.sizes)) if segments is None else segments
    return [g for g in chosen if case.sizes[g] > 0]


def _impossible(case: Case, *, exact: bool = True) -> Flip:
    return Flip(float("nan"), np.full_like(case.weights, np.nan), exact)


def _leads(case: Case, scores: FloatArray, one: int, others: list[int]) -> FloatArray:
    """What a weight counts for the lead of one over others, each pair's on its own scale, shape (G, Q, D)."""
    leads = case.sizes[:, None, None] * np.nan_to_num(scores[:, [one]] - scores[:, others])
    largest = np.abs(leads).max(axis=(0, 2))[:, None]
    return np.asarray(leads / np.where(largest > 0, largest, 1.0))


def _least_leads(case: Case, others: list[int]) -> FloatArray:
    """Leads that are enough to take the lead: more than a tie with who leads today, a tie with others."""
    return np.asarray(np.where(leaders_of(case.values())[others], TIE, -TIE))


def _ends(case: Case, moving: list[int], farthest: FloatArray) -> Iterator[FloatArray]:
    """Weights at which a challenger is farthest ahead, then each discipline by itself.

    What is farthest on the scale of transformed scores may be less than a tie in values.
    """
    yield farthest
    for alone in np.eye(case.weights.shape[1]):
        weights = case.weights.copy()
        weights[moving] = alone
        yield weights


def _gets_ahead(case: Case, weights: FloatArray, challenger: int, others: list[int]) -> bool:
    """Whether the challenger takes the lead there, not only a part of it."""
    values = np.nan_to_num(case.values(weights=weights), nan=-1.0)
    return bool((values[challenger] - values[others] > _least_leads(case, others)).all())


def _rivals(case: Case, challenger: int) -> list[int]:
    """All others but those whose scores are the challenger's wherever there is size."""
    scores = case.scores[case.sizes > 0]
    # As in `additive_scores`: below compensation 1 small scores decide by their ratio.
    near = {"rtol": 0.0, "atol": TIE} if case.rho >= 1 else {"rtol": TIE, "atol": 0.0}
    return [
        q
        for q in range(scores.shape[1])
        if q != challenger and not np.allclose(scores[:, q], scores[:, challenger], **near, equal_nan=True)
    ]


def _least_move(
    case: Case, scores: FloatArray, challenger: int, others: list[int], segments: Sequence[int] | None
) -> Flip:
    """Least move by linear programming; where its margins hide the answer, by looking at the values."""
    now = case.values()
    if (now[challenger] >= now[others] - TIE).all():
        return Flip(0.0, case.weights.copy())
    moving = _moving(case, segments)
    leads = _leads(case, scores, challenger, others)
    short = -np.einsum("gd,gqd->q", case.weights, leads)
    slopes = np.concatenate([leads[g] for g in moving], axis=1)
    weights = _solve(case, moving, slopes, short)
    if weights is None:
        return _impossible(case)
    farthest = _farthest(case, moving, slopes, short, leaders_of(now)[others])
    if not any(_gets_ahead(case, end, challenger, others) for end in _ends(case, moving, farthest)):
        return _impossible(case)
    after = case.values(weights=weights)
    if (after[challenger] >= after[others] - 10 * TIE).all():
        return Flip(_moved(case, weights), weights)
    return _searched(case, challenger, others, segments)


def _farthest(
    case: Case, moving: list[int], slopes: FloatArray, least: FloatArray, led: BoolArray
) -> FloatArray:
    """Weights at which ``slopes @ change`` is furthest above `least` for those `led`, and not below for others."""
    today = case.weights[moving].ravel()
    per_segment = np.kron(np.eye(len(moving)), np.ones(case.weights.shape[1]))
    found = _optimum(
        np.append(np.zeros(len(today)), -1.0),
        A_ub=np.column_stack([-slopes, led]),
        b_ub=-least - slopes @ today,
        A_eq=np.column_stack([per_segment, np.zeros(len(moving))]),
        b_eq=np.ones(len(moving)),
        bounds=[(0, 1)] * len(today) + [(None, None)],
    )
    return case.weights.copy() if found is None else _with_moved(case, moving, found[:-1])


def _optimum(costs: FloatArray, **limits: Any) -> FloatArray | None:
    """Solution of a linear program, or None where there is none."""
    from scipy.optimize import linprog

    options: Any = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    found = linprog(costs, method="highs", options=options, **limits).x
    return None if found is None else np.asarray(found)


def _with_moved(case: Case, moving: list[int], flat: FloatArray) -> FloatArray:
    """Weights with those of the moving segments replaced, as shares."""
    weights = case.weights.copy()
    weights[moving] = np.clip(flat, 0, 1).reshape(len(moving), -1)
    weights[moving] /= weights[moving].sum(axis=1, keepdims=True)
    return weights


def _moved(case: Case, weights: FloatArray) -> float:
    return float(case.sizes @ np.abs(weights - case.weights).sum(axis=1)) / 2


def _solve(case: Case, moving: list[int], slopes: FloatArray, least: FloatArray) -> FloatArray | None:
    """Weights nearest to today's with ``slopes @ change >= least``, or None where there are none.

    `slopes` (Q, M * D) are per change of the moving segments' weights, which goes up or down.
    """
    if len(slopes) == 1:
        ahead = np.zeros_like(case.weights)
        ahead[moving] = -slopes[0].reshape(len(moving), -1)
        weights, left = _moved_in_order(case, moving, ahead, float(least[0]))
        return None if left > TOLERANCE else weights
    disciplines = case.weights.shape[1]
    today = case.weights[moving].ravel()
    size = np.repeat(case.sizes[moving], disciplines)
    rows = np.abs(slopes).max(axis=1)
    rows = np.where(rows > 0, rows, 1.0)
    per_segment = np.kron(np.eye(len(moving)), np.ones(disciplines))
    found = _optimum(
        np.concatenate([size, size]) / 2,
        A_ub=-np.concatenate([slopes, -slopes], axis=1) / rows[:, None],
        b_ub=-least / rows,
        A_eq=np.concatenate([per_segment, -per_segment], axis=1),
        b_eq=np.zeros(len(moving)),
        bounds=[(0, None)] * len(today) + [(0, w) for w in today],
    )
    if found is None:
        return None
    up, down = np.split(found, 2)
    return _with_moved(case, moving, today + up - down)


def _searched(case: Case, challenger: int, others: list[int], segments: Sequence[int] | None) -> Flip:
    """A small move where values are not linear: linear programs on their tangents, then halving."""

    def lead(weights: FloatArray) -> FloatArray:
        values = case.values(weights=weights)
        return np.asarray(np.nan_to_num(values[..., [challenger]] - values[..., others], nan=-1.0))

    if (lead(case.weights) >= -TIE).all():
        return Flip(0.0, case.weights.copy(), exact=False)
    moving = _moving(case, segments)
    least = _least_leads(case, others)
    found = [*_tangent_targets(case, moving, lead, least + TIE), *_swept_targets(case, moving, lead, least)]
    targets = np.reshape(found, (len(found), *case.weights.shape))
    targets = targets[(lead(targets) > least).all(axis=-1)]
    if not len(targets):
        return _impossible(case, exact=False)
    best = min(_shortened(case, targets, lead), key=lambda weights: _moved(case, weights))
    return Flip(_moved(case, best), best, exact=False)


def _shortened(case: Case, targets: FloatArray, lead: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """On the way from today to each of some weights that lead, where the lead begins.

    At once where leads are straight lines, else halved for all of them together.
    """
    change = targets - case.weights
    begin, middle, end = (lead(case.weights + share * change) + TIE / 10 for share in (0.0, 0.5, 1.0))
    if (np.abs(begin + end - 2 * middle) <= STRAIGHT).all():
        behind = begin < 0
        at = np.where(behind, begin / np.where(behind, begin - end, -1.0), 0.0).max(axis=-1)
        return np.asarray(case.weights + at[:, None, None] * change)
    low, high = np.zeros((len(targets), 1, 1)), np.ones((len(targets), 1, 1))
    for _ in range(50):
        middle = (low + high) / 2
        ahead = np.asarray((lead(case.weights + middle * change) >= -TIE / 10).all(axis=-1))[:, None, None]
        low, high = np.where(ahead, low, middle), np.where(ahead, middle, high)
    return np.asarray(case.weights + high * change)


def _tangent_targets(
    case: Case,
    moving: list[int],
    lead: Callable[[FloatArray], FloatArray],
    least: FloatArray,
    rounds: int = 8,
) -> Iterator[FloatArray]:
    """Solutions of linear programs on the tangents at the one before."""
    step = 1e-6
    disciplines = case.weights.shape[1]
    at = case.weights
    for _ in range(rounds):
        nudged = np.repeat(at[None], len(moving) * disciplines, axis=0)
        for i, (g, d) in enumerate((g, d) for g in moving for d in range(disciplines)):
            nudged[i, g, d] += step
            nudged[i, g] /= 1 + step
        ahead = lead(at)
        slopes = ((lead(nudged) - ahead) / step).T
        change = (at - case.weights)[moving].ravel()
        found = _solve(case, moving, slopes, slopes @ change - ahead + least)
        if found is None:
            return
        yield found
        if np.abs(found - at).max() < TIE:
            return
        at = found


def _swept_targets(
    case: Case, moving: list[int], lead: Callable[[FloatArray], FloatArray], least: FloatArray
) -> Iterator[FloatArray]:
    """As one weight goes up or down and the others keep their proportions: the nearest ahead of all."""
    shares = np.union1d(np.linspace(0, 1, 51), near_the_ends())
    for d in range(case.weights.shape[1]):
        swept = swept_weights(case, d, shares, moving)
        ahead = np.flatnonzero((lead(swept) > least).all(axis=1))
        today = np.searchsorted(shares, today_share(case, d, moving))
        below, above = ahead[ahead < today], ahead[ahead >= today]
        yield from swept[[*below[-1:], *above[:1]]]
