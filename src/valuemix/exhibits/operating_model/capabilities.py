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
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.listing import records

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
        (the discipline that asks for most), gap, cost.

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
            "gap: whole levels missing",
            "some costs of a level are not known" if table["cost"].isna().any() else "",
            "a score is missing where no level can be told" if table["required"].isna().any() else "",
        ),
        alt=_alt(table),
        decimals=1,
        scenarios=(scenario,),
        chart=_chart(table),
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
            "gap": found.gaps[c],
            "cost": found.costs[c],
        }
        for c, capability in enumerate(scenario.capabilities)
    ]
    return pd.DataFrame(rows).sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _chart(table: pd.DataFrame) -> Table:
    """Today's level, the required one, who asks for it, what is missing and what that costs."""

    def figures(name: str, decimals: int) -> list[str]:
        return [number(value, decimals) for value in table[name].tolist()]

    columns = [
        named("Capability", table["capability"].tolist()),
        Column("Today", texts(figures("level", _decimals(table["level"]))), "right"),
        Column("Required", texts(figures("required", 1)), "right"),
        Column("Highest", texts(figures("highest", _decimals(table["highest"]))), "right"),
        Column("Asked for by", texts([name or "–" for name in table["driver"]])),
        Column("Gap", texts(figures("gap", 0), bold=True), "right"),
    ]
    if table["cost"].fillna(0.0).any():
        columns.append(Column("Cost", texts(figures("cost", _decimals(table["cost"]))), "right", total=True))
    return Table(tuple(columns))


def _finding(found: Capabilities, table: pd.DataFrame) -> str:
    name = wording.short_names(found.scenario.proposition_names)[found.proposition]
    known, short = table.dropna(subset="required"), table[table["gap"] > 0]
    if known.empty:
        return f"No level can be told: {name} has no score on what rests on the capabilities"
    asks = f"what {name} {'promises' if found.promised else 'asks'}"
    if not short.empty:
        return _short(short, len(known), asks)
    if len(known) == 1:
        return f"{known['capability'].iloc[0]} is at the level of {asks}"
    return f"{wording.every(len(known), 'capability', 'capabilities')} are at the level of {asks}"


def _short(short: pd.DataFrame, known: int, asks: str) -> str:
    """How many levels are missing, where most of them are, and what they cost; the largest gap comes first."""
    names, most = wording.short_names(short["capability"].tolist()), float(short["gap"].iloc[0])
    if len(short) == 1:
        levels = wording.count(int(most), "level")
        return f"{names[0]} is {levels} short of {asks}" + _cost(
            short, "it costs" if most == 1 else "they cost"
        )
    largest = names[: int((short["gap"] == most).sum())]
    by = f"{number(most, 0)}{' each' if len(largest) > 1 else ''}"
    of = wording.capital(wording.some_of(len(short), known, "capability", "capabilities"))
    told = f"{of} are short of {asks}: {wording.joined(largest)} by {by}"
    return told + _cost(short, "the missing levels cost")


def _decimals(costs: pd.Series[float]) -> int:
    """One decimal where a cost has any."""
    return 0 if (costs.dropna() % 1 == 0).all() else 1


def _cost(short: pd.DataFrame, words: str) -> str:
    known = short["cost"].dropna()
    if known.empty:
        return ""
    least = "" if len(known) == len(short) else "at least "
    return f"; {words} {least}{number(float(known.sum()), _decimals(known))}"


def _alt(table: pd.DataFrame) -> str:
    items = [
        f"{name}: level {number(level, 1)} of {number(required, 1)} required, gap {number(gap, 0)}"
        for name, level, required, gap in records(table, "capability", "level", "required", "gap")
    ]
    return f"Table of capabilities. {'; '.join(items)}."
