"""The best of a few propositions' sets, found by looking at every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuemix.analysis.value.scoring import TIE
from valuemix.means import power_mean
from valuemix.typing import BoolArray

if TYPE_CHECKING:
    from valuemix.analysis.portfolio.program import Program

__all__ = ["FEW", "best_of_all"]

FEW = 10
"""Propositions whose sets are looked at one by one, in a millisecond; a program takes ten."""


def best_of_all(program: Program) -> BoolArray | None:
    """Best set, shape (P,), as `Program.best`; None where none is allowed."""
    worth = np.nan_to_num(program.worth)
    segments, count = worth.shape
    sets = (np.arange(2**count)[:, None] >> np.arange(count)) % 2 == 1
    taken = np.zeros((1, segments))
    for p in range(count):  # each further proposition doubles the sets
        taken = np.vstack([taken, np.maximum(taken, worth[:, p])])
    kept = (sets >= program.least).all(axis=1) & (sets <= program.most).all(axis=1)
    kept &= (sets @ program.rows.T <= program.limits + TIE * abs(program.rows).sum(axis=1)).all(axis=1)
    kept &= (taken >= program.floors - TIE).all(axis=1)
    if not kept.any():
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
