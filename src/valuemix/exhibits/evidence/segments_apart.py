"""Whether segments differ in what matters to them."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.evidence.importance import Apart
from valuemix.analysis.evidence.importance import segments_apart as pairs_of
from valuemix.charts.table import Cell, Column, Table, named, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import number, points_apart
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import asked_when, respondents
from valuemix.model.scenario import Scenario

__all__ = ["segments_apart"]

SHOWN = 12
"""Pairs that a table shows at most."""


@exhibit_kind(
    "Do segments differ",
    "Evidence",
    (),
    "Every pair of segments by one Wald F test of their weights, on one contrast fewer than there are disciplines, "
    "with the survey's degrees of freedom; which differ, by Holm's procedure over all pairs.",
    several_views=True,
)
def segments_apart(scenario: Scenario) -> Exhibit:
    """Pairs of segments: how far their weights are apart, and whether they differ.

    Parameters
    ----------
    scenario : Scenario
        With evidence.

    Returns
    -------
    Exhibit
        With one row a pair, the most distinct first: first, second, discipline (the one farthest apart), gap (its
        weight in the first less that in the second, as a share), statistic, contrasts, degrees_of_freedom, p,
        differs, reorders (whether any rank in one would be another with the weights of the other).

    Raises
    ------
    EditError, NothingToShow
        Where the scenario has no evidence, or no two segments said what matters.
    """
    pairs = pairs_of(scenario)
    table = _table(scenario, pairs)
    return Exhibit(
        finding=_finding(scenario, pairs),
        subtitle=f"Weights of every two segments, tested together{asked_when(scenario)}",
        table=table,
        notes=(
            f"{len(table) - SHOWN:,} more pairs not shown" if len(table) > SHOWN else "",
            "one Wald F test a pair; differing by Holm's procedure over all pairs",
            respondents(scenario),
        ),
        alt=_alt(table),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(table.head(SHOWN)),
    )


def _table(scenario: Scenario, pairs: list[Apart]) -> pd.DataFrame:
    segments = scenario.segment_names
    return pd.DataFrame(
        [
            {
                "first": segments[each.first],
                "second": segments[each.second],
                "discipline": scenario.discipline_names[each.widest],
                "gap": each.gap,
                "statistic": each.statistic,
                "contrasts": each.contrasts,
                "degrees_of_freedom": each.degrees,
                "p": each.p,
                "differs": each.differs,
                "reorders": each.reorders,
            }
            for each in pairs
        ]
    )


def _chart(table: pd.DataFrame) -> Table:
    gaps = [_gap(*row) for row in records(table, "discipline", "gap")]
    tests = [_test(*row) for row in records(table, "contrasts", "degrees_of_freedom", "statistic", "p")]
    verdicts = ["differ" if found else "no difference found" for found in table["differs"]]
    ranks = ["changes ranks" if found else "changes no rank" for found in table["reorders"]]
    return Table(
        (
            named("Segments", [f"{a} and {b}" for a, b in records(table, "first", "second")]),
            Column("Farthest apart", texts(gaps)),
            Column("Test", texts(tests)),
            Column("In what matters", [Cell(text, bold=text == "differ") for text in verdicts]),
            Column("The other's weights", texts(ranks)),
        )
    )


def _gap(discipline: str, gap: float) -> str:
    return f"{discipline}, {points_apart(abs(gap), 0.0, 0)}"


def _test(contrasts: int, degrees: float, statistic: float, p: float) -> str:
    told = "p < 0.001" if p < 0.001 else f"p = {number(p, 3)}"
    return f"F({contrasts}, {number(degrees, 0)}) = {number(min(statistic, 9999.0), 1)}, {told}"


def _finding(scenario: Scenario, pairs: list[Apart]) -> str:
    apart = [each for each in pairs if each.differs]
    names, words = wording.short_names(scenario.segment_names), wording.discipline_words(scenario)
    if not apart:
        who = f"{names[pairs[0].first]} and {names[pairs[0].second]} do not differ"
        none = f"Of {wording.count(len(pairs))} pairs of segments none differs"
        return f"{none if len(pairs) > 1 else who} in what matters, as far as these answers tell"
    first = apart[0]
    who = f"{names[first.first]} and {names[first.second]}"
    told = f"{who} differ in what matters, most of all on {words[first.widest]}, {points_apart(abs(first.gap), 0.0, 0)}"
    if len(pairs) > 1:
        verb = "differs" if len(apart) == 1 else "differ"
        some = wording.capital(wording.some_of(len(apart), len(pairs), "pair"))
        told = f"{some} of segments {verb} in what matters, most clearly {who}"
    if any(each.reorders for each in apart):
        return told
    return f"{told}; {'this difference changes' if len(apart) == 1 else 'these differences change'} no rank"


def _alt(table: pd.DataFrame) -> str:
    rows = records(table, "first", "second", "differs")
    items = [f"{a} and {b} {'differ' if differs else 'do not'}" for a, b, differs in rows]
    return f"Table of which segments differ in what matters: {'; '.join(items[:SHOWN])}."
