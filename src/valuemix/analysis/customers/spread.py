"""How a budget is best spread over disciplines and moments, where a point of score has its cost in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from valuemix.analysis.customers.moment_scores import MomentScores
from valuemix.analysis.customers.moments import needs_moments
from valuemix.errors import EditError, NothingToShow
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["Spread", "costs_of_points", "spread", "usual_budget"]

_CUTS, _FEW, _LARGE = 60, 12, 12_000
"""Rounds of tangents that bound a concave value: fewer where there are many steps, so that nobody waits long."""

_CLOSE = 1e-6
"""Gap, on the scale from 0 to 1, at which the best is found."""

_OFF_ZERO = 1e-9
"""Where a slope is taken of a score of 0, at which it may have none; the bound stays one."""


@dataclass(frozen=True, eq=False)
class Spread:
    """A budget spread over disciplines and moments.

    Attributes
    ----------
    points : ndarray, shape (J, D)
        By how much each score rises, at most to the end of the scale; 0 where it does not, or has no cost.
    spent : float
        Of the budget: less than all of it where there is no more to be had.
    gain : float
        Value that it adds, on the scale.
    gap : float
        At most this much more value is possible, on the scale; 0 where the spread is exact.
    """

    points: FloatArray
    spent: float
    gain: float
    gap: float


def costs_of_points(scenario: Scenario) -> FloatArray:
    """Cost of one more point of score in each moment on each discipline, shape (J, D); NaN where not given."""
    cells = [[moment.costs.get(d) for d in scenario.discipline_ids] for moment in scenario.moments]
    return np.array(cells, dtype=float).reshape(len(scenario.moments), len(scenario.disciplines))


def usual_budget(scenario: Scenario, proposition: int, segment: str | None = None) -> float:
    """A tenth of what it would cost to raise every score that has a cost to the end of the scale, in two figures."""
    room = np.nan_to_num(1 - MomentScores.of(scenario, proposition, segment).unit).max(axis=0)
    whole = float((np.nan_to_num(costs_of_points(scenario)) * room).sum()) * scenario.scale.width / 10
    return float(f"{whole:.1e}")


def spread(scenario: Scenario, proposition: int, budget: float, segment: str | None = None) -> Spread:
    """The spread of a budget that adds most value.

    A point lifts the score in every segment that has the moment, at most to the end of the scale. Where values are
    sums, money goes in falling order of value per cost, which is exact; where they are concave (compensation of 1
    or less, fairness), tangents bound what is possible, and the gap to the bound is told.

    Raises
    ------
    EditError
        Where there are no moments, or the budget is below 0.
    NothingToShow
        Where no point has a cost, or a compensation is above 1: the value is not concave then, and a spread
        from which no small change is better may be far from the best.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2]], points=[75, 25]).replace(
    ...     moments=[Moment(name="Order", costs={"discipline_1": 10, "discipline_2": 1})])
    >>> found = spread(base, 0, 18)
    >>> found.points.round(9).tolist(), round(found.gain, 9)
    ([[1.0, 8.0]], 2.75)
    """
    needs_moments(scenario)
    costs = costs_of_points(scenario)
    if np.isnan(costs).all():
        raise NothingToShow("no point has a cost; fill in the columns Cost of a point of the sheet Moments")
    if not 0 <= budget < np.inf:
        raise EditError(f"the budget must be 0 or more, got {budget:g}")
    case, width = MomentScores.of(scenario, proposition, segment), scenario.scale.width
    if max(case.exponents) > 1:
        raise NothingToShow("where compensation is above 1 nobody can say that a spread is the best")
    bought = _Bought(case, costs * width, budget)
    steps, gap = bought.in_order() if case.exponents == (1, 1, 1) else bought.concave()
    points = bought.points(steps)
    gain = case.value(bought.raised(steps)) - case.value(case.unit)
    return Spread(points * width, float(np.nansum(points * bought.costs)), gain * width, gap * width)


class _Bought:
    """Steps of scores that money buys: from one end of the scale that a segment reaches to the next."""

    def __init__(self, case: MomentScores, costs: FloatArray, budget: float) -> None:
        self.case, self.costs, self.budget = case, costs, budget
        room = np.where(np.isnan(case.unit) | np.isnan(costs), 0.0, 1 - case.unit)
        counted = (case.sizes[:, None, None] * case.shares[..., None] * case.mixes) > 0
        self.room = np.where(counted, room, 0.0)
        self.ends = np.sort(self.room, axis=0)
        self.lengths = np.diff(self.ends, axis=0, prepend=0.0)
        self.prices = np.broadcast_to(np.nan_to_num(costs), self.lengths.shape)

    def points(self, steps: FloatArray) -> FloatArray:
        """Rise of each score, shape (J, D)."""
        return np.asarray(steps.sum(axis=0))

    def first_first(self, steps: FloatArray) -> FloatArray:
        """The same rise with the first steps of each score taken first."""
        return np.asarray(np.clip(self.points(steps) - (self.ends - self.lengths), 0.0, self.lengths))

    def raised(self, steps: FloatArray) -> FloatArray:
        """Scores after the steps, shape (G, J, D)."""
        return np.asarray(self.case.unit + np.minimum(self.points(steps), self.room))

    def worth(self, slopes: FloatArray) -> FloatArray:
        """What a step adds with these slopes: to all segments that are not at the end of the scale yet."""
        reach = self.room[:, None] >= self.ends[None]
        return np.asarray((slopes[:, None] * reach).sum(axis=0))

    def in_order(self) -> tuple[FloatArray, float]:
        """Steps in falling order of value per cost, as far as the money goes."""
        worth = self.worth(np.nan_to_num(self.case.slopes(self.case.unit)))
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(worth > 0, worth / self.prices, 0.0).ravel()
        steps, left = np.zeros(rate.size), self.budget
        for i in np.argsort(-rate, kind="stable"):
            price, most = self.prices.ravel()[i], self.lengths.ravel()[i]
            if rate[i] > 0 and most > 0:
                steps[i] = most if price * most <= left else left / price
                left = max(0.0, left - price * steps[i])
        return steps.reshape(self.lengths.shape), 0.0

    def concave(self) -> tuple[FloatArray, float]:
        """Steps that are best under tangents of the value, one more where the best of them lies, and the gap."""
        here = np.flatnonzero(self.lengths.ravel() > 0)
        if not here.size:
            return np.zeros(self.lengths.shape), 0.0
        best, most, bound = np.zeros(self.lengths.shape), self.case.value(self.case.unit), np.inf
        tangents: list[FloatArray] = []
        offsets: list[float] = []
        tried = best
        for _ in range(min(_CUTS, max(_FEW, _LARGE // here.size))):
            for steps in (tried, self.first_first((tried + best) / 2)):
                unit = self.raised(steps) + _OFF_ZERO
                value, worth = (
                    self.case.value(self.raised(steps)),
                    self.worth(np.nan_to_num(self.case.slopes(unit))),
                )
                if value > most:
                    best, most = steps, value
                tangents.append(np.append(-worth.ravel()[here], 1.0))
                offsets.append(self.case.value(unit) - float((worth * steps).sum()))
            found = linprog(
                np.append(np.zeros(here.size), -1.0),
                A_ub=np.vstack([*tangents, np.append(self.prices.ravel()[here], 0.0)]),
                b_ub=[*offsets, self.budget],
                bounds=[*((0, length) for length in self.lengths.ravel()[here]), (None, None)],
            )
            if found.x is None or found.fun is None:
                break  # the solver gave up: the bound of the rounds before stands
            bound, tried = min(bound, -float(found.fun)), np.zeros(self.lengths.size)
            tried[here] = found.x[:-1]
            tried = self.first_first(tried.reshape(self.lengths.shape))
            if bound - most <= _CLOSE:
                break
        return best, max(0.0, bound - most)
