"""Where one more point of score returns most: disciplines by moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.customers.moments import moment_weights, needs_moments, point_returns, step_of
from valuemix.analysis.customers.spread import Spread, costs_of_points, spread, usual_budget
from valuemix.analysis.value.scoring import TIE, Evaluation
from valuemix.charts.table import Column, Table, centred, named, shaded, texts
from valuemix.errors import NothingToShow
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.moments.where import as_felt
from valuemix.exhibits.words import formulas, grounds, wording
from valuemix.exhibits.words.costs import in_unit
from valuemix.exhibits.words.formats import decimals_of, number, outward, percents
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["returns"]

_SHOWN = 0.05
"""Points that are printed as 0.1 or more."""


@exhibit_kind(
    "Where a point returns most",
    "Customer view",
    ("segment", "proposition", "budget"),
    formulas.VALUE
    + " A return is the value with one score raised by a point in one moment, in every segment that has "
    "the moment and at most to the end of the scale, less the value of today. A budget goes where it adds most value: "
    "in falling order of value per cost where values are sums; elsewhere tangents bound what is possible.",
    several_views=True,
)
def returns(
    evaluation: Evaluation,
    segment: str | None = None,
    *,
    proposition: str = "",
    budget: float | None = None,
) -> Exhibit:
    """Value that one more point of score adds in each moment on each discipline, and how a budget is best spread.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Which segment; the overall value where it is None.
    proposition : str, optional
        Of which; the leader over all moments by default.
    budget : float, optional
        In the unit of the costs of a point; by default a tenth of what it would cost to raise all scores that have a
        cost to the end of the scale. Without costs nothing is spread.

    Returns
    -------
    Exhibit
        With one row a moment and discipline: proposition, moment, stage, weight_share, discipline, gain, best, cost
        (of a point), points (by which the budget raises the score; missing where nothing is spread).

    Raises
    ------
    EditError
        Where there are no moments; the message names the sheet to fill in.
    UnknownName
        Where the segment or the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [3, 3]], points=[70, 30], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order", share=80), Moment(name="Fault", share=20)])
    >>> returns(base).finding
    'One more point for Express returns most on Discipline 1 at Order: 0.56 of value'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    p, decimals = wording.chosen_proposition(evaluation, segment, proposition), decimals_of(scenario) + 1
    gains, weights = point_returns(scenario, p, segment), moment_weights(scenario, segment)
    plan = _plan(scenario, p, segment, budget)
    most = float(np.nanmax(gains, initial=0.0))
    table = pd.DataFrame(
        [
            {
                "proposition": scenario.proposition_names[p],
                "moment": moment.name,
                "stage": moment.stage,
                "weight_share": weights[j],
                "discipline": name,
                "gain": gains[j, d],
                "best": bool(most > 0 and gains[j, d] >= most - TIE * scenario.scale.width),
                "cost": plan.costs[j, d],
                "points": plan.points[j, d],
            }
            for j, moment in enumerate(scenario.moments)
            for d, name in enumerate(scenario.discipline_names)
        ]
    )
    name = wording.short_names(scenario.proposition_names)[p]
    step = wording.plain(step_of(scenario))
    point = "One more point" if step == "1" else f"{step} more of score"
    return Exhibit(
        finding=_finding(table, f"{point} for {name}", decimals) + _told(table, plan, decimals),
        subtitle=f"Value that {point[:1].lower()}{point[1:]} of {scenario.proposition_names[p]} adds "
        f"({wording.scale(scenario)}), {wording.population(scenario, segment)}",
        table=table,
        notes=(
            "each score by itself, in every segment that has the moment, at most to the end of the scale",
            grounds.weight_of_moments(scenario),
            as_felt(scenario),
            *plan.notes(decimals),
        ),
        alt="Table of gains by moment and discipline. "
        + "; ".join(
            f"{m}, {d}: {number(g, decimals)}" for m, d, g in records(table, "moment", "discipline", "gain")
        )
        + ".",
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, [*scenario.discipline_names], decimals),
    )


@dataclass(frozen=True)
class _Plan:
    """A budget and its spread; none where points have no costs, or the best cannot be told."""

    scenario: Scenario
    costs: FloatArray
    budget: float = 0.0
    found: Spread | None = None
    why_not: str = ""
    given: bool = True

    @property
    def money(self) -> str:
        """The budget as it is spoken, called an example where nobody gave it."""
        return f"{'a' if self.given else 'an example'} budget of {in_unit(self.scenario, wording.plain(self.budget))}"

    @property
    def points(self) -> FloatArray:
        """By how much scores rise; missing where nothing is spread."""
        return np.full(self.costs.shape, np.nan) if self.found is None else self.found.points

    def notes(self, decimals: int) -> tuple[str, ...]:
        """What is said of costs and of how good the spread is."""
        if self.found is None:
            return (self.why_not or "what a point costs is not counted",)
        gap = number(outward(self.found.gap, 0.0, decimals + 1), decimals + 1)
        exact = (
            "the spread is exact"
            if not self.found.gap
            else f"at most {gap} more value is possible (duality gap)"
        )
        example = (
            "" if self.given else "; it is a tenth of what would raise every score to the end of the scale"
        )
        said = "" if self.scenario.settings.cost_unit else ", in the unit of the costs of a point"
        each = f"each point of a score at the same cost{said}"
        return (f"in brackets: points that {self.money} buys, {each}{example}; {exact}",)


def _plan(scenario: Scenario, p: int, segment: str | None, budget: float | None) -> _Plan:
    costs = costs_of_points(scenario)
    if np.isnan(costs).all():
        return _Plan(scenario, costs)
    money = usual_budget(scenario, p, segment) if budget is None else budget
    try:
        return _Plan(scenario, costs, money, spread(scenario, p, money, segment), given=budget is not None)
    except NothingToShow as refused:
        return _Plan(scenario, costs, money, why_not=f"no budget is spread: {refused}")


def _told(table: pd.DataFrame, plan: _Plan, decimals: int) -> str:
    """What the budget buys, most points first; nothing where none is spread."""
    if plan.found is None or not plan.budget:
        return ""
    bought = table[table["points"] >= _SHOWN].sort_values("points", ascending=False, kind="stable")
    if bought.empty:
        return f"; {plan.money} adds nothing"
    each = [
        f"{discipline} at {moment} (+{number(points, 1)})"
        for discipline, moment, points in records(bought, "discipline", "moment", "points")
    ]
    gain = number(plan.found.gain, decimals)
    return f"; {plan.money} is best spent on {wording.joined(each)}, for {gain} of value"


def _chart(table: pd.DataFrame, disciplines: list[str], decimals: int) -> Table:
    """Moments by disciplines, the deeper the more; what returns most is outlined."""
    most = float(np.nanmax(table["gain"].to_numpy(dtype=float), initial=0.0)) or 1.0
    cells = [
        shaded(
            number(gain, decimals) + (f" (+{number(points, 1)})" if points >= _SHOWN else ""),
            gain / most,
            strong=best,
        )
        for gain, best, points in records(table, "gain", "best", "points")
    ]
    step = len(disciplines)
    first = table[::step]
    return Table(
        (
            named("Moment", first["moment"].tolist()),
            Column("Weight", texts(percents(first["weight_share"].tolist())), "right"),
            *centred(disciplines, [cells[i : i + step] for i in range(0, len(cells), step)]),
        )
    )


def _finding(table: pd.DataFrame, point: str, decimals: int) -> str:
    best = table[table["best"]]
    if best.empty:
        return f"{point} would add nothing: every score with weight is at the end of the scale, or missing"
    places = [f"on {discipline} at {moment}" for discipline, moment in records(best, "discipline", "moment")]
    each = " each" if len(places) > 1 else ""
    gain = number(float(best["gain"].iloc[0]), decimals)
    return f"{point} returns most {wording.joined(places)}: {gain} of value{each}"
