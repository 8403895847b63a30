"""How far scores may be off, and scores drawn within that: by their ranges, or by what is assumed of all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = [
    "Errors",
    "ScoreDoubt",
    "drawn_scores",
    "is_kept",
    "kept_errors",
    "score_doubt",
    "scores_at",
    "triangular",
    "triangular_scores",
]


KEPT_CELLS = 4_000_000
"""Drawn scores are kept for the next question where they are no more than these: 32 MB."""

Z_95 = 1.959963984540054
"""Half the width of a 95 % interval, in standard deviations."""

FAR = 5.0
"""Standard deviations that a normal draw does not pass."""

ROUNDING = 1e-15
"""A mode no further from the middle of its range stands there."""

ANOTHER = 2_000_003
"""Added to the seed for the errors of each further estimate."""

_TABLES = ("scores", "low", "high", "ranged", "one", "estimate")


@dataclass(frozen=True, eq=False)
class ScoreDoubt:
    """How far each score may be off, from 0 to 1.

    Attributes
    ----------
    scores : ndarray, shape (G, P, D)
        Today's; NaN where missing.
    low, high : ndarray, shape (G, P, D)
        Ends of the range; the score itself where it is certain.
    ranged : ndarray of bool, shape (G, P, D)
        Whether the scenario gives the range; the others are all off by the same default.
    one : ndarray of bool, shape (G, P, D)
        Whether one draw counts in every segment: the same score with the same range, or no range.
    estimate : ndarray of int, shape (G, P, D)
        Whose errors it has beside other versions of the scenario: 0 for those of the first (see `versions`).
    interval : bool
        Whether ranges are 95 % intervals; else hard limits.
    halo : float
        Correlation of the errors of one proposition in one segment, where scores have ranges.
    """

    scores: FloatArray
    low: FloatArray
    high: FloatArray
    ranged: BoolArray
    one: BoolArray
    estimate: IntArray
    interval: bool
    halo: float

    @property
    def certain(self) -> bool:
        """Whether no score is in doubt."""
        return not (self.high > self.low).any()

    @property
    def bounded(self) -> bool:
        """Whether no score can lie outside its range."""
        return self.certain or not (self.interval and self.ranged.any())

    def alone(self, rows: Sequence[int]) -> bool:
        """Whether errors of these propositions have nothing in common, and are within limits."""
        return not ((self.halo or self.interval) and self.ranged[:, rows].any())

    @property
    def extremes(self) -> tuple[FloatArray, FloatArray]:
        """Ends that no draw passes, or one in millions where ranges are intervals; both of shape (G, P, D)."""
        if self.bounded:
            return self.low, self.high
        beyond = np.where(self.ranged, FAR / Z_95, 1.0)
        low = np.maximum(self.scores - beyond * (self.scores - self.low), 0)
        return low, np.minimum(self.scores + beyond * (self.high - self.scores), 1)

    def only(self, segments: slice | list[int]) -> ScoreDoubt:
        """The same for some of the segments."""
        tables = {name: getattr(self, name)[segments] for name in _TABLES}
        return replace(self, **tables)

    def known(self, segment: int | None, discipline: int) -> ScoreDoubt:
        """The same with the scores of a discipline known, in a segment or in all of them."""
        low, high = self.low.copy(), self.high.copy()
        cells = (slice(None) if segment is None else segment, slice(None), discipline)
        low[cells] = high[cells] = self.scores[cells]
        return replace(self, low=low, high=high)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        tables = (getattr(self, name).tobytes() for name in _TABLES)
        return (*tables, self.scores.shape, self.interval, self.halo)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScoreDoubt) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def score_doubt(scenario: Scenario, doubt: Doubt | None = None, *, ranges: bool = True) -> ScoreDoubt:
    """How far each score of a scenario may be off: its Low and High, else what its doubt says of all.

    Kept for the scenarios seen last.

    Parameters
    ----------
    scenario : Scenario
    doubt : Doubt, optional
        In place of that of the scenario.
    ranges : bool
        Whether Low and High count; without them what the doubt says holds for every score.

    Examples
    --------
    >>> doubt = score_doubt(Scenario.from_arrays([[5, 10]]))
    >>> doubt.low.tolist(), doubt.high.tolist()
    ([[[0.45, 0.95]]], [[[0.55, 1.0]]])
    """
    return _score_doubt(scenario, doubt or scenario.doubt, ranges)


@functools.lru_cache(maxsize=128)
def _score_doubt(scenario: Scenario, doubt: Doubt, ranges: bool) -> ScoreDoubt:
    unit = scenario.unit_scores
    low, high = (scenario.scale.to_unit(scenario.array(table)) for table in ("low", "high"))
    if not ranges:
        low, high = np.full_like(unit, np.nan), np.full_like(unit, np.nan)
    ranged = ~(np.isnan(low) & np.isnan(high))
    within = doubt.scores_within / 100
    low = np.minimum(np.where(np.isnan(low), np.maximum(unit - within, 0), low), unit)
    high = np.maximum(np.where(np.isnan(high), np.minimum(unit + within, 1), high), unit)
    apart = [np.nan_to_num(abs(table - table[:1]), nan=np.inf) > TIE for table in (unit, low, high)]
    alike = ~np.logical_or.reduce(apart).any(axis=0)
    one = np.broadcast_to(alike | ~ranged.any(axis=0), unit.shape)
    first = np.zeros(unit.shape, dtype=np.int64)
    return ScoreDoubt(unit, low, high, ranged, one, first, doubt.ranges == "interval", doubt.halo)


def drawn_scores(
    doubt: ScoreDoubt,
    seed: int,
    count: int,
    propositions: Sequence[int] | None = None,
    *,
    keep: bool = True,
) -> Iterator[FloatArray]:
    """Scores of one segment after the other, shape (P, D, count); (P, D, 1) where all are certain.

    The draws of every score are spread evenly (a Latin hypercube); those of a proposition are the same
    whatever others are drawn.

    Parameters
    ----------
    doubt : ScoreDoubt
    seed, count : int
    propositions : sequence of int, optional
        Which of them; all by default.
    keep : bool
        Whether the same may be asked for again: then all are drawn, and kept where they are not too many.

    Yields
    ------
    ndarray
        From 0 to 1; NaN where missing.

    References
    ----------
    McKay, Beckman and Conover, Technometrics 21 (1979), for the Latin hypercube.
    """
    every = range(doubt.scores.shape[1])
    rows = [*(every if propositions is None else propositions)]
    if doubt.certain:
        yield from doubt.scores[:, rows, :, None]
    elif keep and is_kept(doubt.scores.size, count):
        yield from (scores if propositions is None else scores[rows] for scores in _kept(doubt, seed, count))
    else:
        yield from _drawn(doubt, seed, count, rows)


def is_kept(cells: int, count: int) -> bool:
    """Whether so many draws of so many scores are kept for the next question."""
    return cells * count <= KEPT_CELLS


@functools.lru_cache(maxsize=2)
def _kept(doubt: ScoreDoubt, seed: int, count: int) -> tuple[FloatArray, ...]:
    return tuple(_drawn(doubt, seed, count, range(doubt.scores.shape[1])))


def _drawn(doubt: ScoreDoubt, seed: int, count: int, rows: Sequence[int]) -> Iterator[FloatArray]:
    """Draws of some propositions: normal errors, put together and put on the scale of each score."""
    whose = np.unique(doubt.estimate[:, rows]).tolist()
    every = [_of_one_estimate(doubt, seed + ANOTHER * estimate, count, rows) for estimate in whose]
    for own, (drawn, *others) in zip(doubt.estimate[:, rows, :, None], zip(*every, strict=True), strict=True):
        mixed = drawn
        for estimate, another in zip(whose[1:], others, strict=True):
            mixed = np.where(own == estimate, another, mixed)
        yield mixed


def _of_one_estimate(doubt: ScoreDoubt, seed: int, count: int, rows: Sequence[int]) -> Iterator[FloatArray]:
    shape = doubt.scores.shape[2], count
    everywhere = kept_errors(seed, rows, shape)
    return scores_at(doubt, rows, everywhere, lambda g: _errors(tuple((seed, 1, p, g) for p in rows), shape))


def kept_errors(seed: int, rows: Sequence[int], shape: tuple[int, int]) -> Errors:
    """Errors of (D, N) scores that one draw gives in every segment, of some propositions; kept where not too many."""
    seeds, kept = tuple((seed, 0, p) for p in rows), is_kept(len(rows) * (shape[0] + 1), shape[1])
    return _kept_errors(seeds, shape) if kept else _errors(seeds, shape)


@dataclass(frozen=True, eq=False)
class Errors:
    """Normal errors of scores, and what they come to: worked out once.

    Attributes
    ----------
    own : ndarray, shape (P, D, N)
        Of each score.
    common : ndarray, shape (P, 1, N)
        What those of a proposition may have in common.
    """

    own: FloatArray
    common: FloatArray

    @classmethod
    def of(cls, normal: FloatArray) -> Errors:
        """Of normal draws, shape (P, D + 1, N), the last of each proposition for all its scores."""
        return cls(normal[:, :-1], normal[:, -1:])

    @cached_property
    def below(self) -> FloatArray:
        """Share of errors that are smaller, shape (P, D, N)."""
        from scipy.special import ndtr

        return np.asarray(ndtr(self.own))

    @cached_property
    def even(self) -> FloatArray:
        """The same of a triangle from -1 to 1 with its top at 0, shape (P, D, N)."""
        return triangular(self.below, *np.array([[-1.0], [0.0], [1.0]]))


def scores_at(
    doubt: ScoreDoubt, rows: Sequence[int], everywhere: Errors, here: Callable[[int], Errors]
) -> Iterator[FloatArray]:
    """Scores of some propositions at normal errors, of one segment after the other.

    Parameters
    ----------
    doubt : ScoreDoubt
    rows : sequence of int
        Which P propositions.
    everywhere : Errors
        Of the scores for which one draw counts in every segment.
    here : callable
        Gives such errors of a segment, for the other scores.

    Yields
    ------
    ndarray, shape (P, D, N)
        From 0 to 1; NaN where missing.
    """
    one, ranged = doubt.one[:, rows, :, None], doubt.ranged[:, rows, :, None]
    alike = bool(one.all() and (ranged == ranged[:1]).all())
    for g in range(len(doubt.scores)):
        if g == 0 or not alike:
            own = everywhere if one[g].all() else here(g)
            errors = _together(doubt, ranged[g], one[g], everywhere, own)
        yield _scores_at(doubt, g, rows, errors)


def triangular_scores(
    doubt: ScoreDoubt, rows: Sequence[int], rng: np.random.Generator, count: int
) -> Iterator[FloatArray]:
    """Random scores of some propositions where no errors go together and no range is an interval.

    The smaller and the larger of two uniform numbers, weighted by where the mode lies, are triangular.

    Parameters
    ----------
    doubt, rows
        As for `scores_at`.
    rng : numpy.random.Generator
    count : int

    Yields
    ------
    ndarray, shape (P, D, count)
        Of one segment after the other, from 0 to 1; NaN where missing.

    References
    ----------
    Stein and Keblis, Mathematical and Computer Modelling 49 (2009).
    """
    one = doubt.one[:, rows, :, None]

    def pairs() -> tuple[FloatArray, FloatArray]:
        first, second = rng.random((2, len(rows), one.shape[2], count))
        least, most = np.minimum(first, second), np.maximum(first, second, out=second)
        return least, np.subtract(most, least, out=most)

    everywhere = pairs()
    for g in range(len(doubt.scores)):
        least, rest = everywhere
        if not one[g].all():
            least, rest = (np.where(one[g], a, b) for a, b in zip(everywhere, pairs(), strict=True))
        score, low, high = (table[g, rows, :, None] for table in (doubt.scores, doubt.low, doubt.high))
        drawn = (high - low) * least
        drawn += (score - low) * rest
        drawn += low
        yield drawn


def _together(
    doubt: ScoreDoubt,
    ranged: BoolArray,
    one: BoolArray,
    everywhere: Errors,
    here: Errors,
) -> Errors:
    """Errors of one segment, those of ranges with what they have in common."""
    joint = bool(doubt.halo and ranged.any())
    if one.all() and not joint:
        return everywhere
    own: FloatArray = everywhere.own if one.all() else np.where(one, everywhere.own, here.own)
    if not joint:
        return Errors(own, here.common)
    common = np.where(one, everywhere.common, here.common)
    mixed = np.sqrt(doubt.halo) * common + np.sqrt(1 - doubt.halo) * own
    return Errors(np.where(ranged, mixed, own), here.common)


def _errors(seeds: tuple[tuple[int, ...], ...], shape: tuple[int, int]) -> Errors:
    """Normal draws for each seed, those of every row spread evenly over the distribution."""
    from scipy.special import ndtri

    shape = shape[0] + 1, shape[1]
    spread = np.empty((len(seeds), *shape))
    strata = np.broadcast_to(np.arange(shape[1], dtype=np.float64), shape)
    for place, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        spread[place] = (rng.permuted(strata, axis=1) + rng.random(shape)) / shape[1]
    return Errors.of(np.asarray(ndtri(spread)))


_kept_errors = functools.lru_cache(maxsize=4)(_errors)
"""The same, kept: every move of a weight or a score asks for them again."""


def _scores_at(doubt: ScoreDoubt, g: int, rows: Sequence[int], errors: Errors) -> FloatArray:
    """Scores of a segment at normal errors, shape (P, D, count)."""
    score, low, high = (table[g, rows, :, None] for table in (doubt.scores, doubt.low, doubt.high))
    half = (high - low) / 2
    uneven = ~(np.abs(score - low - half) <= ROUNDING)[..., 0]
    if uneven.all():
        drawn = triangular(errors.below, low, score, high)
    else:
        drawn = half * errors.even
        drawn += score
        drawn[uneven] = triangular(errors.below[uneven], low[uneven], score[uneven], high[uneven])
    if doubt.interval and doubt.ranged[g, rows].any():
        error = errors.own
        side = np.where(error > 0, high - score, score - low) / Z_95
        drawn = np.where(doubt.ranged[g, rows, :, None], np.clip(score + side * error, 0, 1), drawn)
    return drawn


def triangular(share: FloatArray, low: FloatArray, mode: FloatArray, high: FloatArray) -> FloatArray:
    """Value below which that share of a triangular distribution lies; the mode where low equals high."""
    width, left, right = high - low, mode - low, high - mode
    at = left / np.where(width > 0, width, 1.0)
    # What lies below the mode and what lies above it, each cut there: cheaper than choosing draw by draw.
    rise, fall = np.minimum(share, at), np.minimum(1 - share, 1 - at)
    rise *= width * left
    fall *= width * right
    rise = np.sqrt(rise, out=rise)
    rise -= np.sqrt(fall, out=fall)
    return np.asarray((low + right) + rise)
