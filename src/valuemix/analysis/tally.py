"""Counting ranks over draws: rank acceptability, pairwise wins and the weights of the winners."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.scoring import TIE

__all__ = ["Tally"]

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
Near = tuple[NDArray[np.int64], Float32Array]


class Tally:
    """Running counts for P propositions and K weights.

    Attributes
    ----------
    ranks : ndarray, shape (P, P)
        Draws in which a proposition (row) has a rank (column); a tie counts in parts.
    above : ndarray, shape (P, P)
        Draws in which the row is above the column; a tie counts half.
    won : ndarray, shape (P, K)
        Sum of the weights of the draws that a proposition wins.
    """

    def __init__(self, propositions: int, weights: int) -> None:
        self.ranks: FloatArray = np.zeros((propositions, propositions))
        self.above: FloatArray = np.zeros((propositions, propositions))
        self.won: FloatArray = np.zeros((propositions, weights))

    def add_strict(self, values: Float32Array, weights: Float32Array, near: Sequence[Near | None]) -> None:
        """Count draws of values (P, n) without ties, weights (K, n).

        Comparing every pair is several times faster than sorting every draw. Equal values go by
        position, the later below; who ties always must be given the mean of their rows after.

        Parameters
        ----------
        near : sequence of (ndarray of int, ndarray) or None
            For each proposition those before it whose values single precision does not tell from
            its own, and its leads over them (m, K), each on its own scale.
        """
        count, draws = values.shape
        number = _number(count)
        better = np.zeros((count, draws), dtype=number)
        higher = np.empty((count, draws), dtype=np.bool_)
        as_number = higher.view(np.uint8)
        for q in range(1, count):
            np.greater(values[q], values[:q], out=higher[:q])
            if (pairs := near[q]) is not None:
                higher[pairs[0]] = pairs[1] @ weights > 0
            better[:q] += as_number[:q]
            better[q] = number(q) - np.add.reduce(as_number[:q], axis=0, dtype=number)
            wins = np.array([np.count_nonzero(row) for row in higher[:q]])
            self.above[q, :q] += wins
            self.above[:q, q] += draws - wins
        for p in range(count):
            self.ranks[p] += np.bincount(better[p], minlength=count)
        self.won += (better == 0).astype(np.float32) @ weights.T

    def add(self, values: FloatArray, weights: FloatArray) -> None:
        """Count draws of values (P, n), ties within 1e-9 split equally; no value is last."""
        count, draws = values.shape
        values = np.where(np.isnan(values), -1.0, values)
        number = _number(count)
        better, tied = np.zeros((2, count, draws), dtype=number)
        for q in range(1, count):
            gap = values[q] - values[:q]
            higher, lower = gap > TIE, gap < -TIE
            better[:q] += higher
            better[q] += np.add.reduce(lower, axis=0, dtype=number)
            wins, losses = (np.array([np.count_nonzero(row) for row in side]) for side in (higher, lower))
            if (wins + losses < draws).any():
                same = ~(higher | lower)
                tied[:q] += same
                tied[q] += np.add.reduce(same, axis=0, dtype=number)
            self.above[q, :q] += (draws + wins - losses) / 2
            self.above[:q, q] += (draws - wins + losses) / 2
        for p in range(count):
            joint = np.bincount(better[p].astype(np.int64) * count + tied[p], minlength=count * count)
            for above, others in np.argwhere(joint.reshape(count, count)):
                # Chains of near ties can reach past the last place.
                last = min(above + others + 1, count)
                self.ranks[p, above:last] += joint[above * count + others] / (last - above)
        self.won += np.where(better == 0, 1 / (1.0 + tied), 0.0) @ weights.T


def _number(propositions: int) -> type[np.uint8] | type[np.uint16]:
    """Smallest number that holds a count of propositions."""
    return np.uint8 if propositions < 256 else np.uint16
