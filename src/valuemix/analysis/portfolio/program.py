"""The best set of propositions, exactly, as a mixed-integer program (HiGHS).

Each segment takes one proposition of the set, or nothing, which counts as the lowest of the scale. The overall
value rises with the sum over segments of size times a rising function of the value taken, whatever the fairness
is, so that one linear program serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from valuemix.analysis.portfolio.listed import FEW, best_of_all, highest_of_all
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import EditError
from valuemix.means import GEOMETRIC_BELOW, NEAR_GEOMETRIC, power_mean
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

__all__ = ["STEP", "Program"]

SPAN = 1e3
"""What the objective spans: the solver stops within a millionth, which is then a billionth of it."""

STEP = 2e-6
"""Of all costs: sets that differ by less cost the same, since the solver keeps a limit within half of it."""

PATIENCE = 60
"""Seconds after which the solver is asked no longer; what it has then is no proof, and is not shown."""

NEARLY = 0.01
"""How near a set has to be to the best one where any good one will do."""

_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass(frozen=True, eq=False)
class Program:
    """What may be chosen, and what it is worth.

    Attributes
    ----------
    worth : ndarray, shape (G, P)
        Value of each proposition in each segment, from 0 to 1; NaN where there is none.
    sizes : ndarray, shape (G,)
        0 or more.
    eps : float
        Fairness; infinity where the worst-served segment alone counts.
    cost : ndarray, shape (P,)
        What breaks ties, and what a budget limits; 0 or more.
    rows, limits : ndarray, shapes (R, P) and (R,)
        A set is allowed where the sum of each row over its members is no more than the limit.
    least, most : ndarray of bool, shape (P,)
        What every set holds, and what a set may hold.
    floors : ndarray, shape (G,)
        Value that each segment gets at least, from 0 to 1; 0 where any will do.

    Examples
    --------
    >>> every = np.ones(3, dtype=bool)
    >>> program = Program(np.array([[0.9, 0.8, 0.1], [0.2, 0.8, 0.9]]), np.array([2.0, 1.0]), 0.0,
    ...                   np.array([3.0, 1.0, 3.0]), np.array([[3.0, 1.0, 3.0]]), np.array([4.0]),
    ...                   ~every, every, np.zeros(2))
    >>> program.best()
    array([ True,  True, False])
    >>> round(float(program.overall(program.best())), 9)
    0.866666667
    """

    worth: FloatArray
    sizes: FloatArray
    eps: float
    cost: FloatArray
    rows: FloatArray
    limits: FloatArray
    least: BoolArray
    most: BoolArray
    floors: FloatArray

    @property
    def free(self) -> int:
        """How many propositions may be chosen or left out."""
        return int((self.most & ~self.least).sum())

    def taken(self, chosen: BoolArray) -> FloatArray:
        """Value that each segment takes of a set, shape (G,); 0 where that is nothing, NaN where none is known."""
        taken = np.where(chosen & ~np.isnan(self.worth), self.worth, 0.0).max(axis=1, initial=0.0)
        return np.where(np.isnan(self.worth).all(axis=1), np.nan, taken)

    def overall(self, chosen: BoolArray) -> FloatArray:
        """Overall value of a set, from 0 to 1; NaN where no segment has any value."""
        return power_mean(self.taken(chosen), self.sizes, 1 - self.eps)

    def within_limits(self, sets: BoolArray) -> BoolArray:
        """Whether sets, shape (..., P), keep the limits of every row, shape (...)."""
        most = self.limits + TIE * abs(self.rows).sum(axis=1)
        return np.asarray((sets @ self.rows.T <= most).all(axis=-1))

    def keeps(self, chosen: BoolArray) -> bool:
        """Whether a set keeps all of the rules and reaches the floors."""
        if (chosen < self.least).any() or (chosen > self.most).any() or not self.within_limits(chosen):
            return False
        return bool((np.nan_to_num(self.taken(chosen)) >= self.floors - TIE).all())

    def within(self, row: FloatArray, limit: float) -> Program:
        """The same with one more limit."""
        return replace(self, rows=np.vstack([self.rows, row]), limits=np.append(self.limits, limit))

    def best(self) -> BoolArray | None:
        """Best set, shape (P,); of several the cheapest, then one of the smallest. None where none is allowed."""
        return best_of_all(self) if self.free <= FEW else self.solved()

    def highest(self) -> float | None:
        """Value of the best set, from 0 to 1, with nothing given away for a cheaper one; None where none is allowed."""
        if self.free <= FEW:
            return highest_of_all(self)
        gains, allowed = self._gains()
        best = None if np.isinf(self.eps) else self._solved(self._objective(gains), allowed)
        best = self.solved() if best is None else best
        return None if best is None else float(self.overall(best))

    def lean(self) -> BoolArray | None:
        """As `best` with one program less; of sets that tie one that holds nothing in vain, if not the cheapest."""
        if self.free <= FEW or np.isinf(self.eps):
            return self.best()
        gains, allowed = self._gains()
        found = self._solved(self._objective(gains), allowed)
        if found is None or self.overall(found) < TIE:
            return self.best()
        for p in sorted(np.flatnonzero(found & ~self.least), key=lambda p: -self.cost[p]):
            without = found & (np.arange(found.size) != p)
            if self.overall(without) >= self.overall(found) and self.keeps(without):
                found = without
        return found

    def solved(self) -> BoolArray | None:
        """The same by the solver, however few propositions there are."""
        gains, allowed = self._gains()
        fairest = np.isinf(self.eps)
        found = self._cheapest_of_fairest(allowed) if fairest else self._cheapest_of_best(gains, allowed)
        if found is None or self.overall(found) < TIE:
            # Somebody whose size counts gets nothing whatever is chosen: every set has the lowest value.
            found = self.cheapest(self._options())
        return found

    def cheapest(
        self, allowed: BoolArray, *, gains: FloatArray | None = None, least: float = 0.0
    ) -> BoolArray | None:
        """Cheapest set where segments take what they are allowed to, shape (G, P + 1).

        Where gains of the same shape are given, they add up to at least so much.
        """
        total = self.cost.sum() or 1.0
        price = SPAN * (self.cost / total + STEP / 10)
        return self._solved(np.concatenate([price, np.zeros(allowed.size)]), allowed, gains, least)

    def nearest_to_floors(self) -> BoolArray | None:
        """Set that misses the floors by as little as can be, in sum."""
        short = np.clip(self.floors[:, None] - self._with_nothing(), 0.0, 1.0)
        objective = np.concatenate([np.zeros(self.cost.size), SPAN * short.ravel()])
        return self._solved(objective, self._options(np.zeros_like(self.floors)))

    def _with_nothing(self) -> FloatArray:
        """Value of each option of a segment, the last of them nothing, shape (G, P + 1)."""
        return np.column_stack([np.nan_to_num(self.worth), np.zeros(len(self.sizes))])

    def _options(self, floors: FloatArray | None = None) -> BoolArray:
        """What each segment may take, nothing last, shape (G, P + 1)."""
        floors = self.floors if floors is None else floors
        known = np.column_stack([~np.isnan(self.worth), np.ones(len(self.sizes), dtype=bool)])
        return np.asarray(known & (self._with_nothing() >= floors[:, None] - TIE))

    def _judges(self) -> BoolArray:
        """Segments whose value counts."""
        return np.asarray((self.sizes > 0) & ~np.isnan(self.worth).all(axis=1))

    def _gains(self) -> tuple[FloatArray, BoolArray]:
        """What each option adds to the objective, and which ones can be in the best set, shapes (G, P + 1)."""
        value, allowed, exponent, counts = self._with_nothing(), self._options(), 1 - self.eps, self._judges()
        if exponent == 1:
            return self._spanned(value, counts), allowed
        if exponent < GEOMETRIC_BELOW:
            allowed = allowed & ((value > 0) | ~counts[:, None])
        if np.isinf(exponent):
            return value, allowed
        if exponent < NEAR_GEOMETRIC:
            allowed = self._worth_a_look(value, allowed, counts)
        seen = value[allowed & counts[:, None]]
        start = seen.min() if exponent < GEOMETRIC_BELOW and seen.size else 1.0
        with np.errstate(divide="ignore"):
            logs = np.log(np.where(allowed, value, 1.0) / start)
        gains = logs if abs(exponent) < GEOMETRIC_BELOW else np.expm1(exponent * logs) / exponent
        return self._spanned(gains, counts), allowed

    def _worth_a_look(self, value: FloatArray, allowed: BoolArray, counts: BoolArray) -> BoolArray:
        """Options that could be in a set as good as the best one where fairness is 0.

        A segment that takes less pulls the mean below it even where all others take what is best for them; the
        powers of what is left span few digits.
        """
        plain = self._solved(self._objective(self._spanned(value, counts)), allowed, gap=NEARLY)
        if plain is None or not counts.any():
            return allowed
        top = np.where(allowed, value, 0.0).max(axis=1)
        others = np.where(np.eye(len(top), dtype=bool)[:, None], value[..., None], top)
        reached = power_mean(others[..., counts], self.sizes[counts], 1 - self.eps)
        return np.asarray(allowed & ((reached >= self.overall(plain) * (1 - TIE)) | ~counts[:, None]))

    def _spanned(self, gains: FloatArray, counts: BoolArray) -> FloatArray:
        """Gains by size, so that the objective spans what the solver is exact for."""
        finite = np.where(np.isfinite(gains) & counts[:, None], gains, 0.0)
        weighted = self.sizes[:, None] * finite
        return np.asarray(weighted * (SPAN / (np.ptp(weighted) or 1.0)))

    def _objective(self, gains: FloatArray) -> FloatArray:
        return np.concatenate([np.zeros(self.cost.size), -gains.ravel()])

    def _cheapest_of_best(self, gains: FloatArray, allowed: BoolArray) -> BoolArray | None:
        found = self._solved(self._objective(gains), allowed)
        if found is None:
            return None
        return self.cheapest(allowed, gains=gains, least=_gained(found, gains, allowed) - SPAN * TIE)

    def _cheapest_of_fairest(self, allowed: BoolArray) -> BoolArray | None:
        """Set whose worst-served segment gets most: its value is one of those there are, found by halving."""
        value, counts = self._with_nothing(), self._judges()
        levels = np.unique(value[allowed & counts[:, None]])
        low, high, best = 0, len(levels), None
        while low < high:
            middle = (low + high) // 2
            found = self.cheapest(allowed & ((value >= levels[middle]) | ~counts[:, None]))
            low, high, best = (middle + 1, high, found) if found is not None else (low, middle, best)
        return best

    def _solved(
        self,
        objective: FloatArray,
        allowed: BoolArray,
        gains: FloatArray | None = None,
        least: float = 0.0,
        gap: float = 0.0,
    ) -> BoolArray | None:
        """Set with the least objective over members and over what segments take, shape (P + G (P + 1),)."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        members = self.cost.size
        constraints = self._constraints(allowed)
        if gains is not None:
            row = np.concatenate([np.zeros(members), gains.ravel() / SPAN])
            constraints.append(LinearConstraint(csr_array(row[None]), least / SPAN, np.inf))
        whole = np.concatenate([np.ones(members), np.zeros(allowed.size)])
        bounds = Bounds(
            np.concatenate([self.least, np.zeros(allowed.size)]).astype(float),
            np.concatenate([self.most, allowed.ravel()]).astype(float),
        )
        while True:
            result = milp(
                objective,
                integrality=whole,
                bounds=bounds,
                constraints=constraints,
                options={"mip_rel_gap": gap, "time_limit": PATIENCE},
            )
            if result.status == _INFEASIBLE:
                return None
            if result.status != _OPTIMAL or result.x is None:
                raise EditError(
                    f"no best set was found within {PATIENCE} seconds ({result.message}); keep fewer propositions, or "
                    "say which must and which must not be chosen"
                )
            chosen = np.asarray(result.x[:members] > 0.5)
            if self.within_limits(chosen) and (gains is None or _gained(chosen, gains, allowed) >= least):
                return chosen
            # Beyond a limit by less than the solver sees: any set but this one.
            row = np.concatenate([np.where(chosen, 1.0, -1.0), np.zeros(allowed.size)])
            constraints.append(LinearConstraint(csr_array(row[None]), -np.inf, chosen.sum() - 1))

    def _constraints(self, allowed: BoolArray) -> list[LinearConstraint]:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import block_array, coo_array, csr_array

        segments, options = allowed.shape
        members = options - 1
        width = members + allowed.size
        g, p = np.nonzero(allowed[:, :members])
        pairs, place = np.arange(g.size), members + g * options + p
        ones = np.ones(g.size)
        held = coo_array(
            (np.append(ones, -ones), (np.append(pairs, pairs), np.append(place, p))), (g.size, width)
        )
        each = coo_array(
            (
                np.ones(allowed.size),
                (np.repeat(np.arange(segments), options), members + np.arange(allowed.size)),
            ),
            (segments, width),
        )
        constraints = [LinearConstraint(held.tocsr(), -np.inf, 0.0)] if g.size else []
        constraints.append(LinearConstraint(each.tocsr(), 1.0, 1.0))
        if len(self.limits):
            scale = abs(self.rows).sum(axis=1)
            scale[scale == 0] = 1.0
            rows = csr_array(self.rows / scale[:, None])
            rows = block_array([[rows, csr_array((len(self.limits), allowed.size))]])
            constraints.append(LinearConstraint(rows.tocsr(), -np.inf, self.limits / scale))
        return constraints


def _gained(chosen: BoolArray, gains: FloatArray, allowed: BoolArray) -> float:
    """What a set adds up to where every segment takes the best of it that it may."""
    return float(np.where(allowed & np.append(chosen, True), gains, -np.inf).max(axis=1).sum())
