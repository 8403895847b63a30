"""Why a value moved from one scenario to another: its change split over what changed."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.case import Case
from valuemix.analysis.joined import Inputs

__all__ = ["PARTS", "bridge_parts"]

FloatArray = NDArray[np.float64]

PARTS = ("weights", "scores", "sizes", "settings")
"""What a change of an overall value is split over."""


def bridge_parts(before: Inputs, after: Inputs) -> FloatArray:
    """Change of every overall value, split over weights, scores, sizes and settings.

    Each part is its Shapley value: what it adds when it changes, averaged over all orders in
    which the four can change. The parts sum to the change.

    Parameters
    ----------
    before, after : Inputs
        Of two scenarios on the same axes.

    Returns
    -------
    ndarray, shape (4, P)
        In units of the scale's width, in the order of `PARTS`; NaN where a mixture of the two
        has no value because scores are missing.

    References
    ----------
    Shapley, A value for n-person games (1953); Shorrocks, Journal of Economic Inequality 11
    (2013), for its use in splitting a change.

    Examples
    --------
    >>> from valuemix.analysis.joined import joined
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], points=[50, 50], propositions=["Express"])
    >>> other = base.with_weights(discipline_1=75).with_scores("Express", discipline_2=4)
    >>> _, a, b = joined(base, other)
    >>> (10 * bridge_parts(a, b)).round(3)[:, 0].tolist()
    [1.25, 0.75, 0.0, 0.0]
    """
    values = {
        changed: _mixture(before, after, frozenset(changed)).values()
        for size in range(len(PARTS) + 1)
        for changed in combinations(range(len(PARTS)), size)
    }
    parts = np.zeros((len(PARTS), before.scores.shape[1]))
    for part in range(len(PARTS)):
        for changed in values:
            if part not in changed:
                gain = values[tuple(sorted({*changed, part}))] - values[changed]
                parts[part] += _weight(len(changed)) * gain
    return parts


def _weight(changed: int) -> float:
    """Share of the orders in which exactly so many others change first."""
    count = len(PARTS)
    return factorial(changed) * factorial(count - changed - 1) / factorial(count)


def _mixture(before: Inputs, after: Inputs, changed: frozenset[int]) -> Case:
    """What is changed from the scenario after, all else from the one before."""
    weights, scores, sizes, settings = (after if i in changed else before for i in range(len(PARTS)))
    return Case(scores.scores, weights.case.weights, sizes.case.sizes, settings.rho, settings.eps)
