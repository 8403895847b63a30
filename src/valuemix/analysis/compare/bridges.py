"""Why a value moved from one scenario to another: its change split over what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.compare.joined import Inputs
from valuemix.analysis.value.case import Case
from valuemix.typing import BoolArray, FloatArray

__all__ = ["PARTS", "bridge_parts", "changing_weights", "weight_parts"]


PARTS = ("weights", "scores", "sizes", "segments", "settings")
"""What a change of an overall value is split over."""

WEIGHTS = PARTS.index("weights")

ROUNDING = 1e-12
"""Shares that differ by no more than this are the same."""

CHUNK_CELLS = 2_000_000
"""Scores times sets of disciplines whose values are computed at once."""


def bridge_parts(before: Inputs, after: Inputs) -> FloatArray:
    """Change of every overall value, split over weights, scores, sizes, segments and settings.

    Each part is its Shapley value: what it adds when it changes, averaged over all orders in
    which the five can change. The parts sum to the change. Sizes are those of the segments that
    both have, in proportion to each other; segments are which there are, with the share that
    those of one side alone have.

    Parameters
    ----------
    before, after : Inputs
        Of two scenarios on the same axes.

    Returns
    -------
    ndarray, shape (5, P)
        In units of the scale's width, in the order of `PARTS`; 0 for what does not differ, all NaN
        where a mixture of the two has no value because scores are missing.

    References
    ----------
    Shapley, A value for n-person games (1953); Shorrocks, Journal of Economic Inequality 11
    (2013), for its use in splitting a change.

    Examples
    --------
    >>> from valuemix.analysis.compare.joined import joined
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], points=[50, 50], propositions=["Express"])
    >>> other = base.with_weights(discipline_1=75).with_scores("Express", discipline_2=4)
    >>> _, a, b = joined(base, other)
    >>> (10 * bridge_parts(a, b)).round(3)[:, 0].tolist()
    [1.25, 0.75, 0.0, 0.0, 0.0]
    """
    moving = _moving(before, after)
    values = {changed: _mixture(before, after, changed).values() for changed in _sets(moving)}
    parts = np.zeros((len(PARTS), before.scores.shape[1]))
    parts[:, np.isnan([*values.values()]).any(axis=0)] = np.nan
    for part in moving:
        for changed in values:
            if part not in changed:
                gain = values[tuple(sorted({*changed, part}))] - values[changed]
                parts[part] += _orders(len(changed), len(moving)) * gain
    return parts


def weight_parts(before: Inputs, after: Inputs) -> FloatArray:
    """What weights do to every overall value, split over the disciplines whose weight changes.

    Each part is what the weight of a discipline adds when it changes, in every segment at once,
    averaged over all orders in which the weights can change among all else that does (the Owen
    value: a Shapley value in which weights stay together). The parts sum to that of the weights.

    Parameters
    ----------
    before, after : Inputs
        Of two scenarios on the same axes.

    Returns
    -------
    ndarray, shape (D, P)
        In units of the scale's width; 0 for a discipline whose weight does not change, NaN where a
        mixture has no value.

    Notes
    -----
    Weights of which only some have changed count as shares of their new sum; where that is nothing,
    the mean of both scenarios stands for them.

    References
    ----------
    Owen, Values of games with a priori unions (1977).

    Examples
    --------
    >>> from valuemix.analysis.compare.joined import joined
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], points=[80, 20], propositions=["Express"])
    >>> _, a, b = joined(base, base.with_weights(discipline_1=20))
    >>> (10 * weight_parts(a, b)).round(3)[:, 0].tolist()
    [-1.8, -1.8]
    """
    one, other = before.case.weights, after.case.weights
    changing = np.flatnonzero(changing_weights(before, after))
    parts = np.zeros((one.shape[1], before.scores.shape[1]))
    if not len(changing):
        return parts
    moving = _moving(before, after)
    for changed in _sets([part for part in moving if part != WEIGHTS]):
        values = _over_sets(_mixture(before, after, changed), one, other, changing)
        parts[changing] += _orders(len(changed), len(moving)) * _shapley(values)
    return parts


def changing_weights(before: Inputs, after: Inputs) -> BoolArray:
    """Disciplines whose weight differs in any segment, shape (D,)."""
    return np.asarray((abs(before.case.weights - after.case.weights) > ROUNDING).any(axis=0))


def _moving(before: Inputs, after: Inputs) -> list[int]:
    """Places of the parts that differ at all."""
    a, b = before.case, after.case
    differs = (
        changing_weights(before, after).any(),
        not np.array_equal(a.scores, b.scores, equal_nan=True),
        bool((abs(_sizes(after, before) - a.sizes) > ROUNDING).any()),
        not np.array_equal(before.there, after.there),
        (a.rho, a.eps) != (b.rho, b.eps),
    )
    return [part for part, own in enumerate(differs) if own]


def _sets(parts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every set of parts, the empty one first."""
    for size in range(len(parts) + 1):
        yield from combinations(parts, size)


def _orders(changed: int, count: int) -> float:
    """Share of the orders of so many in which exactly these others change first."""
    return factorial(changed) * factorial(count - changed - 1) / factorial(count)


def _mixture(before: Inputs, after: Inputs, changed: Sequence[int]) -> Case:
    """What is changed from the scenario after, all else from the one before."""
    weights, scores, sizes, there, settings = (
        after if part in changed else before for part in range(len(PARTS))
    )
    return Case(scores.scores, weights.case.weights, _sizes(sizes, there), settings.rho, settings.eps)


def _sizes(inputs: Inputs, there: Inputs) -> FloatArray:
    """Sizes of the segments of one scenario, those that both have in proportion as in the other."""
    own = there.case.sizes
    both = inputs.there & there.there
    relative = inputs.case.sizes[both]
    if inputs is there or not relative.sum():
        return own
    own = own.copy()
    own[both] = own[both].sum() * relative / relative.sum()
    return own


def _over_sets(case: Case, one: FloatArray, other: FloatArray, changing: NDArray[np.intp]) -> FloatArray:
    """Values with the weights of every set of the disciplines changed, shape (2 ** n, P)."""
    count = 1 << len(changing)
    step = max(1, CHUNK_CELLS // case.scores.size)
    rows = [
        case.values(weights=_some_weights(one, other, changing, np.arange(first, min(first + step, count))))
        for first in range(0, count, step)
    ]
    return np.concatenate(rows)


def _some_weights(
    one: FloatArray, other: FloatArray, changing: NDArray[np.intp], sets: NDArray[np.intp]
) -> FloatArray:
    """Weights of sets, told by the bits of a number, from the other scenario, shape (T, G, D)."""
    taken = np.zeros((len(sets), 1, one.shape[1]), dtype=bool)
    taken[:, 0, changing] = sets[:, None] >> np.arange(len(changing)) & 1
    mixed = np.where(taken, other, one)
    return np.where(mixed.any(axis=-1, keepdims=True), mixed, (one + other) / 2)


def _shapley(values: FloatArray) -> FloatArray:
    """Shapley values of the players of a game whose sets are told by the bits of the row, shape (n, P)."""
    count = len(values).bit_length() - 1
    sets = np.arange(len(values))
    orders = np.array([_orders(size, count) for size in range(count)])
    parts = []
    for player in range(count):
        without = sets[(sets >> player & 1) == 0]
        gains = values[without | 1 << player] - values[without]
        parts.append(orders[np.bitwise_count(without)] @ gains)
    return np.stack(parts)
