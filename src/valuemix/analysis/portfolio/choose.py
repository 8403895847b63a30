"""Which set of propositions to offer under a budget, what each step of the budget brings, and whom it leaves out."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.notebook import shown
from valuemix.analysis.portfolio.limits import program_of
from valuemix.analysis.portfolio.listed import SEVERAL, best_within
from valuemix.analysis.portfolio.program import STEP, Program
from valuemix.analysis.portfolio.refusals import check_rules, why_no_set
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Offer", "Selection", "choose"]

MOST_STEPS = 20
"""Sets on a frontier; beyond it, cheaper ones are those that are best at even steps of the budget."""

EVEN_STEPS = 8

NEARLY_SHARE = 0.05
"""Of the scale: what is worth no more than this less is nearly as good for less."""


@dataclass(frozen=True)
class Offer:
    """A set of propositions.

    Attributes
    ----------
    members : tuple of int
        Places of its propositions.
    value : float
        Overall value, on the scale; NaN where no segment has any.
    cost, people : float
        What it takes; what is not known counts as 0.
    """

    members: tuple[int, ...]
    value: float
    cost: float
    people: float


@dataclass(frozen=True, eq=False)
class Selection:
    """The best set within the limits, with what the budget does to it.

    Attributes
    ----------
    scenario : Scenario
    budget, people : float, optional
        What a set may cost, and the people it may take.
    at_most : int, optional
        How many propositions it may hold.
    best : Offer
        The set with the highest overall value; of several the cheapest, then one of the smallest.

    Examples
    --------
    >>> from valuemix.model.parts import Proposition
    >>> offers = [Proposition(name="Express", cost=3), Proposition(name="Hotline", cost=1)]
    >>> scenario = Scenario.from_arrays([[[8, 2], [5, 6]], [[3, 4], [6, 7]]], segments=["Families", "Students"],
    ...                                 propositions=["Express", "Hotline"]).replace(propositions=offers)
    >>> found = choose(scenario, budget=3)
    >>> found.names(found.best), found.best.value
    (('Hotline',), 6.0)
    >>> [(each.cost, round(each.value, 2)) for each in found.frontier]
    [(0.0, 0.0), (1.0, 6.0)]
    """

    scenario: Scenario
    budget: float | None
    people: float | None
    at_most: int | None
    best: Offer
    program: Program = field(repr=False)

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Names of the propositions in a set."""
        return tuple(self.scenario.proposition_names[p] for p in offer.members)

    @property
    def has_costs(self) -> bool:
        """Whether any proposition says what it costs."""
        return any(p.cost for p in self.scenario.propositions)

    @cached_property
    def frontier(self) -> tuple[Offer, ...]:
        """Sets that are best at their cost, the cheapest first and the best within the budget last.

        All of them, but for costs that differ by less than two millionths of all costs; of more than 20, the
        20 dearest and those that are best at seven even steps of the budget below.
        """
        found, total, within = [self.best], float(self.program.cost.sum()), self._offers
        while total and len(found) < MOST_STEPS:
            below = within(found[-1].cost - STEP * total)
            if below is None:
                return tuple(reversed(found))
            if len(found) > 1 and below.value >= found[-1].value - TIE * self.scenario.scale.width:
                found.pop()  # as good for less
            found.append(below)
        dearest = found[-1].cost
        for step in range(EVEN_STEPS - 1, -1, -1):
            below = within(dearest * step / EVEN_STEPS) if total else None
            if below is not None and below.cost < found[-1].cost:
                found.append(below)
        return tuple(reversed(found))

    @property
    def alone(self) -> Offer | None:
        """The best member of the set by itself, where it costs less, keeps the rules and is worth nearly as much.

        Examples
        --------
        >>> from valuemix.model.parts import Proposition
        >>> offers = [Proposition(name="Express", cost=3), Proposition(name="Hotline", cost=1)]
        >>> scores = [[[8, 8], [2, 2]], [[6, 6], [6.4, 6.4]]]
        >>> scenario = Scenario.from_arrays(scores, propositions=["Express", "Hotline"])
        >>> found = choose(scenario.replace(propositions=offers))
        >>> round(found.best.value, 1), found.alone
        (7.2, Offer(members=(0,), value=7.0, cost=3.0, people=0.0))
        """
        least = self.best.value - (NEARLY_SHARE + TIE) * self.scenario.scale.width
        each = np.eye(self.program.worth.shape[1], dtype=bool)[[*self.best.members]]
        allowed = [_offer(self.scenario, self.program, one) for one in each if self.program.keeps(one)]
        near = [offer for offer in allowed if offer.cost < self.best.cost and offer.value >= least]
        return max(near, key=lambda offer: offer.value, default=None)

    @property
    def _offers(self) -> Callable[[float], Offer | None]:
        """The best set at a cost of no more than some amount; None where there is none."""
        program = self.program

        def solved(most: float) -> BoolArray | None:
            return program.within(program.cost, most).lean() if most >= 0 else None

        best = best_within(program) if program.free <= SEVERAL else solved

        def within(most: float) -> Offer | None:
            chosen = best(most)
            return None if chosen is None else _offer(self.scenario, program, chosen)

        return within

    def coverage(self, offer: Offer | None = None) -> pd.DataFrame:
        """What each segment takes of a set, and what it would take of all propositions.

        Returns
        -------
        DataFrame, shape (G, 7)
            Segment, size_share, takes and value (blank and the lowest of the scale where it takes nothing),
            its own best (the first where several tie) with its value, and the floor; NaN where there is none.
        """
        offer, scenario, worth = offer or self.best, self.scenario, self.program.worth
        held = np.isin(np.arange(worth.shape[1]), offer.members)
        rows = []
        for g, segment in enumerate(scenario.segments):
            taken, own = _first_best(np.where(held, worth[g], np.nan)), _first_best(worth[g])
            rows.append(
                {
                    "segment": segment.name,
                    "size_share": scenario.size_shares[g],
                    "takes": "" if taken is None else scenario.proposition_names[taken],
                    "value": _on_scale(scenario, 0.0 if taken is None else worth[g, taken]),
                    "best": "" if own is None else scenario.proposition_names[own],
                    "best_value": math.nan if own is None else _on_scale(scenario, worth[g, own]),
                    "floor": math.nan if segment.floor is None else segment.floor,
                }
            )
        return pd.DataFrame(rows)

    def left_out(self, offer: Offer | None = None) -> list[int]:
        """Places of the segments whose own best is worth more to them than all that the set holds."""
        found = self.coverage(offer)
        lost = found["best_value"] - found["value"]
        return np.flatnonzero(lost > TIE * self.scenario.scale.width).tolist()

    def to_frame(self) -> pd.DataFrame:
        """Frontier as a tidy table: cost, value, people, set, enters, leaves, cost_a_point.

        Returns
        -------
        DataFrame
            One row a set, the cheapest first; names stand in tuples. What a point of value costs more than in the
            last efficient set above; NaN in the first row, and where a dearer set gives points for less.
        """
        rows: list[dict[str, object]] = []
        prices, before = _prices(self.frontier), Offer((), math.nan, 0.0, 0.0)
        for offer, price in zip(self.frontier, prices, strict=True):
            old, names = before.members if rows else (), self.scenario.proposition_names
            rows.append(
                {
                    "cost": offer.cost,
                    "value": offer.value,
                    "people": offer.people,
                    "set": self.names(offer),
                    "enters": tuple(names[p] for p in offer.members if p not in old),
                    "leaves": tuple(names[p] for p in old if p not in offer.members),
                    "cost_a_point": price,
                }
            )
            before = offer
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return shown(self)


@functools.lru_cache(maxsize=32)
def choose(
    scenario: Scenario,
    budget: float | None = None,
    *,
    people: float | None = None,
    at_most: int | None = None,
) -> Selection:
    """The best set of propositions within a budget.

    A set is worth the overall value of the best proposition in it for each segment, under the fairness of the
    scenario; who takes nothing gets the lowest of the scale. What propositions cost, need and exclude, and the
    floors of segments, are columns of the scenario. The set is exact (a mixed-integer program, solved by HiGHS).

    Parameters
    ----------
    scenario : Scenario
        G segments and P propositions, at most 2,000 pairs of them.
    budget, people : float, optional
        What a set may cost, and the people it may take, in the units of the columns; no limit without.
    at_most : int, optional
        How many propositions it may hold.

    Returns
    -------
    Selection

    Raises
    ------
    EditError
        Where no set keeps all of the rules, with the rule and by how much it is missed; or where a limit is
        below 0, or limits what no proposition says.

    References
    ----------
    Salo, Keisler and Morton (eds.), Portfolio Decision Analysis (2011).

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2], [5, 6]], [[3, 4], [6, 7]]], propositions=["Express", "Hotline"])
    >>> choose(scenario, at_most=1).best
    Offer(members=(1,), value=6.0, cost=0.0, people=0.0)
    """
    program = program_of(scenario, budget, people, at_most)
    check_rules(scenario)
    chosen = program.best()
    if chosen is None:
        raise EditError(why_no_set(scenario, program, budget, people, at_most))
    return Selection(scenario, budget, people, at_most, _offer(scenario, program, chosen), program)


def _offer(scenario: Scenario, program: Program, chosen: BoolArray) -> Offer:
    members = tuple(np.flatnonzero(chosen).tolist())
    parts = [scenario.propositions[p] for p in members]
    value = _on_scale(scenario, float(program.overall(chosen)))
    cost, people = (math.fsum(getattr(part, field) or 0.0 for part in parts) for field in ("cost", "people"))
    return Offer(members, value, cost, people)


def _on_scale(scenario: Scenario, unit: float) -> float:
    return float(scenario.scale.clipped(np.array(unit)))


def _first_best(values: FloatArray) -> int | None:
    """Place of the highest value, the first where several tie; None where there is none."""
    if np.isnan(values).all():
        return None
    return int(np.flatnonzero(values >= np.nanmax(values) - TIE)[0])


def _prices(frontier: Sequence[Offer]) -> list[float]:
    """What a point of value costs in each efficient set; it rises from one to the next. NaN in the others."""
    efficient: list[tuple[int, float]] = []
    for place, offer in enumerate(frontier):
        while True:
            last = frontier[efficient[-1][0]] if efficient else None
            price = math.nan if last is None else (offer.cost - last.cost) / (offer.value - last.value)
            if not efficient or not price <= efficient[-1][1]:
                break
            efficient.pop()
        efficient.append((place, price))
    found = dict(efficient)
    return [found.get(place, math.nan) for place in range(len(frontier))]
