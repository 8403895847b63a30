"""Counting ranks over draws: rank acceptability, pairwise wins and the weights of the winners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.value.scoring import TIE
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["Tally"]

Float32Array = NDArray[np.float32]
Near = tuple[IntArray, Float32Array]


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
        count = len(values)
        values = np.where(np.isnan(values), -1.0, values)
        better, tied, above, near = _compared(values)
        if near.any():
            # The first of a chain of near ties may be no tie with the last: all of them are one.
            values[:, near] = _without_chains(values[:, near])
            better, tied, above, _ = _compared(values)
        self.above += above
        for p in range(count):
            joint = np.bincount(better[p].astype(np.int64) * count + tied[p], minlength=count * count)
            for higher, others in np.argwhere(joint.reshape(count, count)):
                last = higher + others + 1
                self.ranks[p, higher:last] += joint[higher * count + others] / (last - higher)
        self.won += np.where(better == 0, 1 / (1.0 + tied), 0.0) @ weights.T


Counts = NDArray[np.unsignedinteger[Any]]


def _compared(values: FloatArray) -> tuple[Counts, Counts, FloatArray, BoolArray]:
    """How many are above each value and tie with it, draws in which one is above another, and draws of near ties."""
    count, draws = values.shape
    number, above, near = _number(count), np.zeros((count, count)), np.zeros(draws, dtype=np.bool_)
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
            near |= (same & (gap != 0)).any(axis=0)
        above[q, :q] = (draws + wins - losses) / 2
        above[:q, q] = (draws - wins + losses) / 2
    return better, tied, above, near


def _without_chains(values: FloatArray) -> FloatArray:
    """The same values, each that ties with the next lower one made that one, along the first axis."""
    order = np.argsort(values, axis=0)
    rising = np.take_along_axis(values, order, axis=0)
    apart = np.diff(rising, axis=0, prepend=-np.inf) > TIE
    result = np.empty_like(values)
    np.put_along_axis(result, order, np.maximum.accumulate(np.where(apart, rising, -np.inf), axis=0), axis=0)
    return result


def _number(propositions: int) -> type[np.uint8] | type[np.uint16]:
    """Smallest number that holds a count of propositions."""
    return np.uint8 if propositions < 256 else np.uint16
