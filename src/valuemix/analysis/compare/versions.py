"""Scores of several versions of a scenario: which of them are the same unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from valuemix.analysis.draws.score_draws import ScoreDoubt
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray

__all__ = ["versions"]

Shape = tuple[int, int, int]


def versions(doubts: Sequence[ScoreDoubt], shared: Shape) -> list[ScoreDoubt]:
    """How far scores of several versions may be off together.

    A score that an earlier version has as well, with the same range, is one unknown. One that differs is
    another estimate where either is given with a 95 % interval: another sample has other errors. All else is
    judged by people, who misjudge both versions alike.

    Parameters
    ----------
    doubts : sequence of ScoreDoubt
        One a version; what all have in common stands first in each, in one order.
    shared : (int, int, int)
        How many segments, propositions and disciplines these are.

    Returns
    -------
    list of ScoreDoubt
        With the `one` and `estimate` of every score as in the first version that has the same unknown.
    """
    block = tuple(slice(count) for count in shared)
    found: list[ScoreDoubt] = []
    for k, own in enumerate(doubts):
        one, estimate = own.one.copy(), np.zeros_like(own.estimate)
        estimate[block] = k
        new = np.ones(shared, dtype=bool)
        for before in found:
            same = new & ~_other_estimate(before, own, block)
            one[block][same] = before.one[block][same]
            estimate[block][same] = before.estimate[block][same]
            new &= ~same
        found.append(replace(own, one=one, estimate=estimate))
    return found


def _other_estimate(before: ScoreDoubt, own: ScoreDoubt, block: tuple[slice, ...]) -> BoolArray:
    """Whether each shared score differs, and one of the two is measured."""
    differs, measured = np.zeros((2, *before.scores[block].shape), dtype=bool)
    for name in ("scores", "low", "high"):
        one, other = getattr(before, name)[block], getattr(own, name)[block]
        differs |= ~np.isclose(one, other, rtol=0, atol=TIE, equal_nan=True)
    for side in (before, own):
        measured |= side.ranged[block] & side.interval
    return np.asarray(measured & differs)
