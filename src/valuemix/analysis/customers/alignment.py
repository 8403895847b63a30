"""Alignment: what each proposition is worth to customers, employees and partners, and what one loses by another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.uncertainty import segment_draws
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate, ranks
from valuemix.means import power_mean
from valuemix.model.parts import KINDS, Kind
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["Alignment", "Loss", "alignment", "kind_draws"]


CONFLICT_SHARE = 0.05
"""A kind that loses more than this part of the scale by what is best for another is in conflict with it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What one kind loses by the proposition that is best for another.

    Attributes
    ----------
    proposition : int
        The best for some kinds.
    best_for : tuple of int
        Places of those kinds.
    loses : int
        Place of the kind that loses.
    amount : float
        Value of that kind's own best less the value of this proposition, on the scenario's scale; 0 or more.
    """

    proposition: int
    best_for: tuple[int, ...]
    loses: int
    amount: float


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
    losses : tuple of Loss
        What every other kind loses by the best for each, the largest first.
    """

    evaluation: Evaluation
    kinds: tuple[Kind, ...]
    size_shares: FloatArray
    by_kind: FloatArray
    partial: BoolArray
    losses: tuple[Loss, ...]

    @property
    def conflict_bar(self) -> float:
        """Loss above which kinds are in conflict: 5 % of the scale's width."""
        return CONFLICT_SHARE * self.evaluation.scenario.scale.width

    @property
    def conflicts(self) -> tuple[Loss, ...]:
        """Losses above the bar, the largest first."""
        bar = self.conflict_bar + TIE * self.evaluation.scenario.scale.width
        return tuple(loss for loss in self.losses if loss.amount > bar)

    @property
    def ranks(self) -> IntArray:
        """Rank of each proposition for each kind, shape (K, P); 0 where there is no value."""
        return ranks(self.by_kind, self.evaluation.scenario.scale.width)

    def leaders(self, kind: int) -> tuple[int, ...]:
        """Who leads for a kind, ties included."""
        return tuple(np.flatnonzero(self.ranks[kind] == 1).tolist())


def alignment(scenario: Scenario | Evaluation) -> Alignment:
    """Values by kind of segment, and what every kind loses by what is best for another.

    Of several that tie as the best for a kind, the one counts by which the others lose least.

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
    >>> found.kinds, found.by_kind.tolist()
    (('customer', 'employee'), [[8.0, 5.0, 6.0], [3.0, 6.0, 5.0]])
    >>> [(loss.proposition, found.kinds[loss.loses], loss.amount) for loss in found.losses]
    [(0, 'employee', 3.0), (1, 'customer', 3.0)]
    """
    evaluation = evaluate(scenario)
    scenario = evaluation.scenario
    sizes = _sizes(scenario)
    there = np.flatnonzero(sizes.sum(axis=1) > 0)
    values = _values(scenario, evaluation.values, sizes[there])
    return Alignment(
        evaluation,
        kinds=tuple(KINDS[k] for k in there),
        size_shares=sizes[there].sum(axis=1),
        by_kind=values,
        partial=np.array([evaluation.partial[row > 0].any(axis=0) for row in sizes[there]]),
        losses=_losses(values, ranks(values, scenario.scale.width) == 1),
    )


def kind_draws(scenario: Scenario) -> FloatArray:
    """Values by kind under what is in doubt, shape (K, P, N); kinds as those of `alignment`."""
    scale, exponent = scenario.scale, 1 - scenario.settings.eps
    unit = np.moveaxis(np.clip(scale.to_unit(segment_draws(scenario)), 0, 1), 0, 1)
    kinds = [sizes for sizes in _sizes(scenario) if sizes.sum() > 0]
    means = [mean_of_draws(unit, sizes[:, None] / sizes.sum(), exponent) for sizes in kinds]
    return scale.from_unit(np.stack(means))


def _sizes(scenario: Scenario) -> FloatArray:
    """Shares of size of the segments of every kind, 0 for the others, shape (3, G)."""
    own = np.array([[segment.kind == kind for segment in scenario.segments] for kind in KINDS])
    return np.where(own, scenario.size_shares, 0.0)


def _values(scenario: Scenario, values: FloatArray, sizes: FloatArray) -> FloatArray:
    """Values over the segments that have size in each row of sizes, shape (K, P)."""
    scale, eps = scenario.scale, scenario.settings.eps
    unit = np.clip(scale.to_unit(values).T, 0, 1)
    repeated = np.broadcast_to(unit, (len(sizes), *unit.shape))
    return scale.from_unit(power_mean(repeated, sizes[:, None, :], 1 - eps))


def _losses(values: FloatArray, led: BoolArray) -> tuple[Loss, ...]:
    """What the others lose by the best for each kind."""
    best = np.max(values, axis=1, initial=-np.inf, where=~np.isnan(values), keepdims=True)
    lost = np.where(np.isfinite(best), best - values, np.nan)
    most = np.nan_to_num(lost, nan=-np.inf).max(axis=0)
    chosen = {int(min(np.flatnonzero(row), key=lambda p: most[p])) for row in led if row.any()}
    found = [
        Loss(p, tuple(np.flatnonzero(led[:, p]).tolist()), k, float(lost[k, p]))
        for p in sorted(chosen)
        for k in np.flatnonzero(~led[:, p] & ~np.isnan(lost[:, p])).tolist()
    ]
    return tuple(sorted(found, key=lambda loss: -loss.amount))
