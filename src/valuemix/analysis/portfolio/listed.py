"""The best of a few propositions' sets, found by looking at every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.means import power_mean
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from valuemix.analysis.portfolio.program import Program

__all__ = ["FEW", "best_of_all", "listed"]

FEW = 10
"""Propositions whose sets are looked at one by one, in a millisecond; a program takes ten."""


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


def best_of_all(program: Program) -> BoolArray | None:
    """Best set, shape (P,), as `Program.best`; None where none is allowed."""
    sets, taken = listed(program)
    kept = program.within_limits(sets) & (taken >= program.floors - TIE).all(axis=1)
    if not kept.any() or (program.least & ~program.most).any():
        return None
    sets, taken = sets[kept], taken[kept]
    taken[:, np.isnan(program.worth).all(axis=1)] = np.nan
    value, cost = power_mean(taken, program.sizes, 1 - program.eps), sets @ program.cost
    left = np.arange(len(sets))
    for figure, tie in (
        (-np.nan_to_num(value), TIE),
        (cost, TIE * program.cost.sum()),
        (sets.sum(axis=1), 0.0),
    ):
        left = left[figure[left] <= figure[left].min() + tie]
    return np.asarray(sets[left[0]])
