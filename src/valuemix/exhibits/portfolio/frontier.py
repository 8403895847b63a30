"""What each step of a budget brings: the best set at each cost, and whom the best one leaves out."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.portfolio.choose import MOST_STEPS, Selection
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.portfolio.set_words import set_note
from valuemix.exhibits.portfolio.words import (
    FORMULA,
    alone_words,
    best_choice,
    best_words,
    chosen,
    cost_heads,
    left_out_words,
    price_words,
    step_rows,
    unknown_costs,
)
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import ahead, decimals_of, number, percents
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["coverage", "frontier"]


@exhibit_kind("Frontier of sets", "Decide", ("budget", "people", "at_most"), FORMULA)
def frontier(
    scenario: Scenario,
    *,
    budget: float | None = None,
    people: float | None = None,
    at_most: float | None = None,
) -> Exhibit:
    """The best set of propositions at each cost, up to a budget.

    Parameters
    ----------
    scenario : Scenario
    budget, people, at_most : float, optional
        What a set may cost, the people it may take, and how many propositions it may hold.

    Returns
    -------
    Exhibit
        With one row a set, the cheapest first: cost, value, people, set, enters, leaves, cost_a_point (from the last
        efficient set before). Names stand in one cell, parted by semicolons. No chart where nothing has a cost.

    Raises
    ------
    EditError
        Where no set keeps all of the rules.

    Examples
    --------
    >>> from valuemix.model.parts import Proposition
    >>> scenario = Scenario.from_arrays([[8, 8], [6, 6]], propositions=["Express", "Basic"])
    >>> offers = [Proposition(name="Express", cost=9), Proposition(name="Basic", cost=3)]
    >>> scenario = scenario.replace(propositions=offers)
    >>> frontier(scenario, budget=9).finding
    'The best set within a budget of 9 is Express, worth 8.0 overall, for 9; a point of value costs 0.5 at ...'
    """
    found = chosen(scenario, budget, people, at_most)
    table, decimals = _steps(found), decimals_of(scenario)
    return Exhibit(
        finding="; ".join(filter(None, (best_words(found), price_words(found))))
        if found.has_costs
        else _free(found),
        subtitle=f"Best set at each cost, overall value ({wording.scale(scenario)})",
        table=table,
        notes=(
            alone_words(found),
            set_note(scenario, best_choice(found)),
            ""
            if table["cost_a_point"].isna().all()
            else "a point costs what it costs more than in the last "
            "efficient set; none is told where a dearer set gives points for less",
            "cheaper sets are shown at even steps of the budget" if len(table) > MOST_STEPS else "",
            unknown_costs(found),
        ),
        alt=f"Table of the best set at each cost. {_told(found)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=Table(_columns(found)) if found.has_costs else Table(()),
    )


def _steps(found: Selection) -> pd.DataFrame:
    table = found.to_frame()
    return table.assign(**{name: table[name].map("; ".join) for name in ("set", "enters", "leaves")})


def _columns(found: Selection) -> tuple[Column, ...]:
    cells = zip(cost_heads(found.scenario), zip(*step_rows(found), strict=True), strict=True)
    return tuple(
        Column(head, texts(own), "right" if place < 3 else "left") for place, (head, own) in enumerate(cells)
    )


def _free(found: Selection) -> str:
    return f"No proposition has a cost, so there are no steps; {best_words(found)[0].lower()}{best_words(found)[1:]}"


def _told(found: Selection) -> str:
    rows = [
        f"{cost}: {value}, enters {enters}, leaves {leaves}"
        for cost, value, _, enters, leaves in step_rows(found)
    ]
    return "; ".join(rows).replace(", enters \u2013", "").replace(", leaves \u2013", "")


@exhibit_kind("Whom the set leaves out", "Decide", ("budget", "people", "at_most"), FORMULA)
def coverage(
    scenario: Scenario,
    *,
    budget: float | None = None,
    people: float | None = None,
    at_most: float | None = None,
) -> Exhibit:
    """What each segment takes of the best set, and what it would take of all propositions.

    Parameters
    ----------
    scenario : Scenario
    budget, people, at_most : float, optional
        As `frontier`.

    Returns
    -------
    Exhibit
        With one row a segment: segment, size_share, takes, value, best, best_value, floor.

    Raises
    ------
    EditError
        Where no set keeps all of the rules.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 8], [5, 5]], [[3, 3], [6, 6]]], sizes=[3, 1],
    ...     propositions=["Express", "Hotline"], segments=["Families", "Students"])
    >>> coverage(scenario, at_most=1).finding.replace("\\xa0", " ")
    'The best set with at most 1 proposition is Express, worth 6.8 overall; it leaves out Students (25 % of size), ...'
    """
    found, decimals = chosen(scenario, budget, people, at_most), decimals_of(scenario)
    table = found.coverage()
    return Exhibit(
        finding=f"{best_words(found)}; {left_out_words(found)}",
        subtitle=f"What each segment takes of the set and of all propositions, value ({wording.scale(scenario)})",
        table=table,
        notes=(
            set_note(scenario, best_choice(found)),
            "a segment is left out where a proposition that the set does not hold is worth more to it",
            unknown_costs(found),
        ),
        alt=f"Table of what each segment takes. {'; '.join(_taken(table, decimals))}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=_coverage_chart(table, decimals),
    )


def _coverage_chart(table: pd.DataFrame, decimals: int) -> Table:
    values = table["value"].tolist()
    lost = [_lost(value, best, decimals) for value, best in records(table, "value", "best_value")]
    columns = [
        named("Segment", table["segment"].tolist()),
        Column("Share of size", texts(percents(table["size_share"].tolist())), "right"),
        Column("Takes", texts([name or "nothing" for name in table["takes"]])),
        Column("Value", texts([number(value, decimals) for value in values]), "right"),
        Column("Best of all", texts([name or "\u2013" for name in table["best"]])),
        Column("Lost", texts(lost), "right"),
    ]
    if table["floor"].notna().any():
        floors = ["\u2013" if floor != floor else number(floor, decimals) for floor in table["floor"]]
        columns.append(Column("Floor", texts(floors), "right"))
    return Table(tuple(columns))


def _lost(value: float, best: float, decimals: int) -> str:
    return ahead(best, value, decimals, "<") if best > value else "\u2013"


def _taken(table: pd.DataFrame, decimals: int) -> list[str]:
    rows = records(table, "segment", "takes", "value", "best", "best_value")
    return [
        f"{segment} takes {takes or 'nothing'} ({number(value, decimals)})"
        + (f", best of all {best} ({number(most, decimals)})" if most > value and takes != best else "")
        for segment, takes, value, best, most in rows
    ]
