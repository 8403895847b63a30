"""Stated beside derived importance, and whether the leader hangs on which of them is taken."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.evidence.derived_importance import Weighing, both_weighings
from valuemix.exhibits.evidence.weight_ranges import (
    WeightRow,
    decimals_for,
    summing,
    weight_ranges,
    weight_words,
)
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import asked_when, respondents
from valuemix.model.scenario import Scenario

__all__ = ["stated_and_derived"]


@exhibit_kind(
    "Stated beside derived importance",
    "Evidence",
    ("segment",),
    "Derived importance is the part of the explained variance of the overall judgment that each discipline adds, "
    "averaged over all orders (LMG), with errors by the delta method; stated importance is the mean of what is said.",
    several_views=True,
)
def stated_and_derived(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Weights that respondents state beside those that go with their overall judgment, with 95 % intervals.

    Parameters
    ----------
    scenario : Scenario
        With evidence of both.
    segment : str, optional
        Which segment; the mean by size where it is None.

    Returns
    -------
    Exhibit
        With one row a discipline and kind: segment, discipline, importance ("stated" or "derived"), weight_share,
        low, high.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where importance was not both stated and derived.
    """
    both = both_weighings(scenario, segment)
    table = _table(scenario, segment, both)
    decimals = decimals_for((table["high"] - table["weight_share"]).tolist())
    shown = table.groupby("importance")["weight_share"].transform(lambda own: summing(own, decimals))
    rows = [
        WeightRow(f"{discipline}, {kind}", weight, printed, low, high, strong=kind == "stated")
        for discipline, kind, weight, printed, low, high in records(
            table.assign(shown=shown), "discipline", "importance", "weight_share", "shown", "low", "high"
        )
    ]
    return Exhibit(
        finding=_finding(scenario, segment, both),
        subtitle=f"Weight in % with its 95\u00a0% interval, stated and derived{asked_when(scenario)}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            "derived: what goes with the overall judgment; what goes together in the ratings is levelled, and no share "
            "is below 0",
            respondents(scenario, segment),
        ),
        alt=f"Ranges of weights: {'; '.join(weight_words(row, decimals) for row in rows)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=weight_ranges(rows, decimals),
    )


def _table(scenario: Scenario, segment: str | None, both: tuple[Weighing, Weighing]) -> pd.DataFrame:
    rows = []
    for d, discipline in enumerate(scenario.discipline_names):
        for kind, own in zip(("stated", "derived"), both, strict=True):
            weight, half = float(own.weights.shares[d]), float(own.weights.half_widths[d])
            rows.append(
                {
                    "segment": wording.segment_name(scenario, segment),
                    "discipline": discipline,
                    "importance": kind,
                    "weight_share": weight,
                    "low": max(weight - half, 0.0),
                    "high": min(weight + half, 1.0),
                }
            )
    return pd.DataFrame(rows)


def _finding(scenario: Scenario, segment: str | None, both: tuple[Weighing, Weighing]) -> str:
    words = wording.discipline_words(scenario)
    most = [wording.joined([words[d] for d in own.largest.leaders]) for own in both]
    sure = [f"{claims.probably(own.largest)}has the largest" for own in both]
    close = [claims.contest(own.largest, words) for own in both]
    where = "" if segment is None else f" {wording.where(segment)}"
    told = (
        f"{wording.capital(most[0])} {sure[0]} stated weight{where}{close[0]}; "
        f"{'it too' if most[0] == most[1] else most[1]} {sure[1]} derived one{close[1]}"
    )
    return f"{told}{_leaders(scenario, segment, both)}"


def _leaders(scenario: Scenario, segment: str | None, both: tuple[Weighing, Weighing]) -> str:
    """Whether the same proposition leads by both."""
    short = wording.short_names(scenario.proposition_names)
    leads = []
    for own in both:
        if not own.leader.leaders:
            return ""
        names = claims.called(own.result, segment)
        who = wording.joined([names[p] for p in own.leader.leaders])
        leads.append(f"{claims.leads(own.leader, who, segment)}{claims.contest(own.leader, short)}")
    if leads[0] == leads[1]:
        return f"; by either {leads[0]}"
    same = both[0].leader.leaders == both[1].leader.leaders
    return f"; by what is stated {leads[0]}, {'and' if same else 'but'} by what is derived {leads[1]}"
