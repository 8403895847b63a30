"""The best of a few propositions' sets, found by looking at every one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.means import power_mean
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from valuemix.analysis.portfolio.program import Program

__all__ = ["FEW", "SEVERAL", "best_of_all", "best_within", "highest_of_all", "kept_sets", "listed"]

FEW = 12
"""Propositions whose sets are looked at one by one, in a few milliseconds; a program takes more."""


SEVERAL = 16
"""The same where sets are looked for at many costs: they are listed once, and what is best within each is read off."""


def listed(program: Program) -> tuple[BoolArray, FloatArray]:
    """Every set that holds what it must and nothing that it must not, whatever else it breaks.

    Returns
    -------
    ndarray of bool, shape (S, P)
        In binary order of the propositions that may be left out.
    ndarray, shape (S, G)
        Value that each segment takes of each set, from 0 to 1; 0 where that is nothing.
    """
    worth, free = np.nan_to_num(program.worth), np.flatnonzero(program.most & ~program.least)
    sets = np.repeat(program.least[None], 2**free.size, axis=0)
    sets[:, free] = (np.arange(len(sets))[:, None] >> np.arange(free.size)) % 2 == 1
    taken = np.where(program.least & program.most, worth, 0.0).max(axis=1, initial=0.0)[None]
    for p in free:  # each further proposition doubles the sets
        taken = np.vstack([taken, np.maximum(taken, worth[:, p])])
    return sets, taken


def kept_sets(program: Program) -> tuple[BoolArray, FloatArray]:
    """Every set that keeps all of the rules, shape (S, P), and its overall value, shape (S,).

    The value is NaN where no segment has any.
    """
    sets, taken = listed(program)
    kept = program.within_limits(sets) & (taken >= program.floors - TIE).all(axis=1)
    if (program.least & ~program.most).any():
        kept[:] = False
    sets, taken = sets[kept], taken[kept]
    taken[:, np.isnan(program.worth).all(axis=1)] = np.nan
    return sets, power_mean(taken, program.sizes, 1 - program.eps)


def highest_of_all(program: Program) -> float | None:
    """Value of the best set, as `Program.highest`; None where none is allowed."""
    _, value = kept_sets(program)
    return float(value.max()) if value.size else None


def best_of_all(program: Program) -> BoolArray | None:
    """Best set, shape (P,), as `Program.best`; None where none is allowed."""
    return best_within(program)(np.inf)


def best_within(program: Program) -> Callable[[float], BoolArray | None]:
    """Best set at a cost of no more than some amount, for any amounts; None where none is allowed."""
    sets, value = kept_sets(program)
    cost, size, slack = sets @ program.cost, sets.sum(axis=1), TIE * program.cost.sum()

    def best(most: float) -> BoolArray | None:
        left = np.flatnonzero(cost <= most + slack)
        if not left.size:
            return None
        for figure, tie in ((-np.nan_to_num(value), TIE), (cost, slack), (size, 0.0)):
            left = left[figure[left] <= figure[left].min() + tie]
        return np.asarray(sets[left[0]])

    return best
