"""Capabilities: what a proposition asks of each, and the levels that are missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.customers.capabilities import Capabilities, capabilities_needed
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.costs import cost_head, in_unit
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["capabilities"]


@exhibit_kind(
    "Capabilities needed",
    "Customer view",
    ("proposition",),
    "Required level = highest level × the largest of support ÷ 9 × score, the score promised (else felt) by size, on 0 "
    "to 1 of the scale. Gap: whole levels missing; cost: gap × cost of one more level.",
    several_views=True,
)
def capabilities(evaluation: Evaluation, *, proposition: str = "") -> Exhibit:
    """Level that a proposition asks of each capability, beside the level of today, and what is missing.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With capabilities.
    proposition : str, optional
        Which one is to be delivered; the leader by default.

    Returns
    -------
    Exhibit
        With one row a capability, the largest gap first: proposition, capability, level, required, highest, driver
        (the discipline that asks for most), short (levels to the required one), gap (whole levels missing), cost.

    Raises
    ------
    EditError
        Where there are none; the message names the sheet to fill in.
    UnknownName
        Where the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.resources.parts import Capability
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], disciplines=["Speed", "Care"], propositions=["Express"])
    >>> service = Capability(name="Field service", level=2, highest=5, cost=10, support={"speed": 9, "care": 3})
    >>> capabilities(base.replace(capabilities=[service])).finding
    'Field service is two levels short of what Express asks; they cost 20'
    """
    scenario = evaluation.scenario
    p = wording.chosen_proposition(evaluation, None, proposition)
    found = capabilities_needed(scenario, p)
    table = _table(found)
    what = "promised scores" if found.promised else "scores that customers feel"
    return Exhibit(
        finding=_finding(found, table),
        subtitle=f"Levels today and as {scenario.proposition_names[p]} asks for, by its {what}",
        table=table,
        notes=(
            "required: highest level × support ÷ 9 × score of the discipline that asks for most, "
            f"{what} as they stand",
            "short: levels to the required one; gap: whole levels missing, as levels are bought whole",
            "some costs of a level are not known" if table["cost"].isna().any() else "",
            "a score is missing where no level can be told" if table["required"].isna().any() else "",
        ),
        alt=_alt(table),
        decimals=1,
        scenarios=(scenario,),
        chart=_chart(table, cost_head(scenario)),
    )


def _table(found: Capabilities) -> pd.DataFrame:
    scenario = found.scenario
    rows = [
        {
            "proposition": scenario.proposition_names[found.proposition],
            "capability": capability.name,
            "level": capability.level,
            "required": found.required[c],
            "highest": capability.highest,
            "driver": "" if np.isnan(found.required[c]) else scenario.discipline_names[found.driver[c]],
            "short": max(found.required[c] - capability.level, 0.0),
            "gap": found.gaps[c],
            "cost": found.costs[c],
        }
        for c, capability in enumerate(scenario.capabilities)
    ]
    return pd.DataFrame(rows).sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _chart(table: pd.DataFrame, cost: str) -> Table:
    """Today's level, the required one, who asks for it, what is missing and what that costs."""

    def figures(name: str, decimals: int) -> list[str]:
        return [number(value, decimals) for value in table[name].tolist()]

    columns = [
        named("Capability", table["capability"].tolist()),
        Column("Today", texts(figures("level", _decimals(table["level"]))), "right"),
        Column("Required", texts(figures("required", 1)), "right"),
        Column("Highest", texts(figures("highest", _decimals(table["highest"]))), "right"),
        Column("Asked for by", texts([name or "–" for name in table["driver"]])),
        Column("Short", texts([_shortfall(*row) for row in records(table, "short", "gap")]), "right"),
        Column("Gap", texts(figures("gap", 0), bold=True), "right"),
    ]
    if table["cost"].fillna(0.0).any():
        columns.append(Column(cost, texts(figures("cost", _decimals(table["cost"]))), "right", total=True))
    return Table(tuple(columns))


def _finding(found: Capabilities, table: pd.DataFrame) -> str:
    name = wording.short_names(found.scenario.proposition_names)[found.proposition]
    known, short = table.dropna(subset="required"), table[table["gap"] > 0]
    if known.empty:
        return f"No level can be told: {name} has no score on what rests on the capabilities"
    asks = f"what {name} {'promises' if found.promised else 'asks'}"
    if not short.empty:
        return _short(short, len(known), asks, found.scenario)
    if len(known) == 1:
        return f"{known['capability'].iloc[0]} is at the level of {asks}"
    return f"{wording.every(len(known), 'capability', 'capabilities')} are at the level of {asks}"


def _short(short: pd.DataFrame, known: int, asks: str, scenario: Scenario) -> str:
    """How much is missing, where most is, and what the whole levels cost; the largest gap comes first."""
    names, most = wording.short_names(short["capability"].tolist()), float(short["gap"].iloc[0])
    by = [_shortfall(*row) for row in records(short, "short", "gap")]
    if len(short) == 1:
        cost = _cost(scenario, short, "it costs" if most == 1 else "they cost")
        levels = wording.count(int(most), "level")
        if by[0] == number(most, 0):
            return f"{names[0]} is {levels} short of {asks}{cost}"
        return f"{names[0]} is {by[0]} levels short of {asks}: {wording.count(int(most), 'whole level')} to buy{cost}"
    largest = [*zip(names, by, strict=True)][: int((short["gap"] == most).sum())]
    told = wording.joined([f"{name} by {own}" for name, own in largest])
    whole = f", {wording.count(int(most), 'whole level')}" + " each" * (len(largest) > 1)
    of = wording.capital(wording.some_of(len(short), known, "capability", "capabilities"))
    return f"{of} are short of {asks}: {told}{whole}" + _cost(scenario, short, "the missing levels cost")


def _shortfall(short: float, gap: float) -> str:
    """Levels to the required one, with as many decimals as tell why the next whole level is needed."""
    if short != short:
        return number(short, 1)
    if abs(short - gap) < 5e-4:
        return number(gap, 0)
    return next((number(short, d) for d in (1, 2) if gap - 1 < round(short, d) < gap), number(short, 3))


def _decimals(costs: pd.Series[float]) -> int:
    """One decimal where a cost has any."""
    return 0 if (costs.dropna() % 1 == 0).all() else 1


def _cost(scenario: Scenario, short: pd.DataFrame, words: str) -> str:
    known = short["cost"].dropna()
    if known.empty:
        return ""
    least = "" if len(known) == len(short) else "at least "
    total = number(float(known.sum()), _decimals(known))
    return f"; {words} {least}{in_unit(scenario, total)}"


def _alt(table: pd.DataFrame) -> str:
    items = [
        f"{name}: level {number(level, 1)} of {number(required, 1)} required, {_shortfall(short, gap)} short, "
        f"gap {number(gap, 0)}"
        for name, level, required, short, gap in records(
            table, "capability", "level", "required", "short", "gap"
        )
    ]
    return f"Table of capabilities. {'; '.join(items)}."
