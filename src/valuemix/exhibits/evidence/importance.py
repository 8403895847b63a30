"""What matters to those who were asked, by segment, with intervals."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.draws.survey_errors import answers_of, fewest_degrees
from valuemix.analysis.evidence.importance import heard_importance
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
from valuemix.exhibits.words.formats import number, share
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import asked_when, respondents
from valuemix.model.scenario import Scenario

__all__ = ["importance"]


@exhibit_kind(
    "What matters to those asked",
    "Evidence",
    ("segment",),
    "Weights are means of the respondents' shares of importance by survey weight, or shares of the explained "
    "variance of their overall judgment (LMG); 95 % intervals by Student's t with the survey's degrees of freedom.",
    several_views=True,
)
def importance(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Weights that respondents gave, whatever the scenario's weights are today, with 95 % intervals.

    Parameters
    ----------
    scenario : Scenario
        With evidence.
    segment : str, optional
        Which segment; where it is None, each of them beside the mean by size.

    Returns
    -------
    Exhibit
        With one row a discipline and segment, "Overall" for the mean: discipline, segment, weight_share, low, high.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where nobody there was asked what matters.
    """
    table, derived = _table(scenario, segment), answers_of(scenario).weights == "derived"
    decimals = decimals_for((table["high"] - table["weight_share"]).tolist())
    rows = _rows(table, decimals, alone=segment is not None or len(scenario.segments) == 1)
    return Exhibit(
        finding=_finding(scenario, segment, decimals),
        subtitle=f"Weight in % with its 95\u00a0% interval{', derived' if derived else ''}{asked_when(scenario)}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            "derived from the overall judgment, not stated: what goes together in the ratings is levelled"
            if derived
            else "as stated by respondents",
            ""
            if answers_of(scenario).weights in ("stated", "derived")
            else "the scenario keeps other weights",
            respondents(scenario, segment),
        ),
        alt=f"Ranges of the weights that respondents gave: {'; '.join(weight_words(row, decimals) for row in rows)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=weight_ranges(rows, decimals),
    )


def _table(scenario: Scenario, segment: str | None) -> pd.DataFrame:
    found = heard_importance(scenario)
    told = [scenario.segment_names[g] for g in found.segments]
    shown = [segment] if segment is not None else told if len(scenario.segments) == 1 else [None, *told]
    rows = []
    for name in shown:
        own = found.mean(scenario, name)
        for d, discipline in enumerate(scenario.discipline_names):
            weight, half = float(own.shares[d]), float(own.half_widths[d])
            rows.append(
                {
                    "discipline": discipline,
                    "segment": wording.segment_name(scenario, name),
                    "weight_share": weight,
                    "low": max(weight - half, 0.0),
                    "high": min(weight + half, 1.0),
                }
            )
    table = pd.DataFrame(rows)
    order = {name: place for place, name in enumerate(scenario.discipline_names)}
    return table.sort_values("discipline", key=lambda own: own.map(order), kind="stable", ignore_index=True)


def _rows(table: pd.DataFrame, decimals: int, *, alone: bool) -> list[WeightRow]:
    shown = table.groupby("segment")["weight_share"].transform(lambda own: summing(own, decimals))
    return [
        WeightRow(
            discipline if alone else f"{discipline}, {segment}",
            weight,
            printed,
            low,
            high,
            strong=not alone and segment == "Overall",
        )
        for discipline, segment, weight, printed, low, high in records(
            table.assign(shown=shown), "discipline", "segment", "weight_share", "shown", "low", "high"
        )
    ]


def _finding(scenario: Scenario, segment: str | None, decimals: int) -> str:
    own = heard_importance(scenario).mean(scenario, segment)
    sure = own.largest(too_few=own.degrees < fewest_degrees(answers_of(scenario)))
    words = wording.discipline_words(scenario)
    where = "" if segment is None else f" {wording.where(segment)}"
    first = sure.leaders[0]
    weight, half = float(own.shares[first]), float(own.half_widths[first])
    told_weight = share(summing(own.shares.tolist(), decimals)[first], decimals)
    if len(sure.leaders) > 1:
        several = wording.joined([words[d] for d in sure.leaders])
        return wording.capital(f"{several} matter alike to those asked{where}, {told_weight} each")
    interval = (
        f"({number(100 * max(weight - half, 0.0), decimals)} to {share(min(weight + half, 1.0), decimals)})"
    )
    is_first = "has the largest weight" if sure.degree == "open" else f"{claims.probably(sure)}matters most"
    to = "among" if sure.degree == "open" else "to"
    told = f"{words[first]} {is_first} {to} those asked{where}, {told_weight} {interval}"
    return wording.capital(f"{told}{claims.contest(sure, words)}")
