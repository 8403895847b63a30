"""Alignment: what each proposition is worth to customers, employees and partners, and where they part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.means import power_mean
from valuemix.analysis.scoring import TIE, Evaluation, evaluate, ranks
from valuemix.model.parts import KINDS, Kind
from valuemix.model.scenario import Scenario

__all__ = ["Alignment", "Conflict", "alignment"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A proposition among the best third for one kind and among the worst third for another.

    Attributes
    ----------
    proposition : int
    lifted, burdened : int
        Places of such kinds for which it is farthest above and below the median.
    above, below : float
        By how much, on the scenario's scale; both above 0.
    """

    proposition: int
    lifted: int
    burdened: int
    above: float
    below: float


@dataclass(frozen=True, eq=False)
class Alignment:
    """Results by kind of segment.

    Attributes
    ----------
    evaluation : Evaluation
    kinds : tuple of str
        Kinds that have a segment with size (K): customer, employee, partner.
    size_shares : ndarray, shape (K,)
    by_kind : ndarray, shape (K, P)
        Values over the segments of the kind by size, with the scenario's fairness; NaN where none.
    partial : ndarray of bool, shape (K, P)
        Where a value rests on a missing score.
    medians : ndarray, shape (K,)
        Middle of the values of all propositions for each kind.
    conflicts : tuple of Conflict
        Widest first.
    """

    evaluation: Evaluation
    kinds: tuple[Kind, ...]
    size_shares: FloatArray
    by_kind: FloatArray
    partial: NDArray[np.bool_]
    medians: FloatArray
    conflicts: tuple[Conflict, ...]

    @property
    def ranks(self) -> NDArray[np.int64]:
        """Rank of each proposition for each kind, shape (K, P); 0 where there is no value."""
        return ranks(self.by_kind, self.evaluation.scenario.scale.width)

    def leaders(self, kind: int) -> tuple[int, ...]:
        """Who leads for a kind, ties included."""
        return tuple(np.flatnonzero(self.ranks[kind] == 1).tolist())


def alignment(scenario: Scenario | Evaluation) -> Alignment:
    """Values by kind of segment, and the propositions that lift one kind at the cost of another.

    A proposition does so where it is among the best third for one kind (rank 1 at least, and
    above the median of all) and among the worst third for another (counted from the last, and
    below the median).

    Parameters
    ----------
    scenario : Scenario or Evaluation

    Returns
    -------
    Alignment

    Examples
    --------
    >>> base = Scenario.from_arrays([[[8, 8], [5, 5], [6, 6]], [[3, 3], [6, 6], [5, 5]]])
    >>> staff = base.segments[1].model_copy(update={"kind": "employee"})
    >>> found = alignment(base.replace(segments=(base.segments[0], staff)))
    >>> found.kinds, found.by_kind.tolist(), [c.proposition for c in found.conflicts]
    (('customer', 'employee'), [[8.0, 5.0, 6.0], [3.0, 6.0, 5.0]], [0, 1])
    """
    evaluation = evaluate(scenario)
    scenario = evaluation.scenario
    own = np.array([[segment.kind == kind for segment in scenario.segments] for kind in KINDS])
    sizes = np.where(own, scenario.size_shares, 0.0)
    there = np.flatnonzero(sizes.sum(axis=1) > 0)
    values = _values(evaluation, sizes[there])
    medians = np.array([_median(row) for row in values])
    return Alignment(
        evaluation,
        kinds=tuple(KINDS[k] for k in there),
        size_shares=sizes[there].sum(axis=1),
        by_kind=values,
        partial=np.array([evaluation.partial[row > 0].any(axis=0) for row in sizes[there]]),
        medians=medians,
        conflicts=_conflicts(values, medians, scenario.scale.width),
    )


def _values(evaluation: Evaluation, sizes: FloatArray) -> FloatArray:
    """Values over the segments that have size in each row of sizes, shape (K, P)."""
    scale, eps = evaluation.scenario.scale, evaluation.scenario.settings.eps
    unit = np.clip((evaluation.values - scale.lowest).T / scale.width, 0, 1)
    repeated = np.broadcast_to(unit, (len(sizes), *unit.shape))
    return scale.lowest + scale.width * power_mean(repeated, sizes[:, None, :], 1 - eps)


def _median(row: FloatArray) -> float:
    known = row[~np.isnan(row)]
    return float(np.median(known)) if len(known) else np.nan


def _conflicts(values: FloatArray, medians: FloatArray, width: float) -> tuple[Conflict, ...]:
    """Propositions among the best third in one row and among the worst third in another."""
    beyond = values - medians[:, None]
    third = np.maximum((~np.isnan(values)).sum(axis=1) // 3, 1)[:, None]
    best = _within(ranks(values, width), third) & (beyond > TIE * width)
    worst = _within(ranks(-values, width), third) & (beyond < -TIE * width)
    found = []
    for p in np.flatnonzero(best.any(axis=0) & worst.any(axis=0)).tolist():
        lifted = int(np.argmax(np.where(best[:, p], beyond[:, p], -np.inf)))
        burdened = int(np.argmin(np.where(worst[:, p], beyond[:, p], np.inf)))
        found.append(Conflict(p, lifted, burdened, float(beyond[lifted, p]), -float(beyond[burdened, p])))
    return tuple(sorted(found, key=lambda c: -(c.above + c.below)))


def _within(places: NDArray[np.int64], most: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which have a rank up to a number."""
    result: NDArray[np.bool_] = (places > 0) & (places <= most)
    return result
