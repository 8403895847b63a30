"""Every value at a glance: propositions by segments, each segment's leader marked."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import OVERALL, Evaluation
from valuemix.charts.roles import scaled
from valuemix.charts.table import Column, Table, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, number, percents

__all__ = ["values_table"]


@exhibit_kind(
    "Values by segment",
    "Balance",
    (),
    formulas.VALUE,
    key="values",
)
def values_table(evaluation: Evaluation) -> Exhibit:
    """Value of every proposition in every segment and overall.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        What is shown.

    Returns
    -------
    Exhibit
        With one row a segment and proposition: segment, size_share, proposition, value, rank,
        partial; the overall rows last, their size_share 1.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> shown = values_table(evaluate(Scenario.from_arrays([[8, 2], [6, 5]], propositions=["A", "B"])))
    >>> shown.finding
    'B probably leads overall at 5.5'
    >>> shown.table
         segment  size_share proposition  value  rank  partial
    0  Segment 1         1.0           A    5.0     2    False
    1  Segment 1         1.0           B    5.5     1    False
    2    Overall         1.0           A    5.0     2    False
    3    Overall         1.0           B    5.5     1    False
    """
    scenario = evaluation.scenario
    decimals = decimals_of(scenario)
    table = evaluation.to_frame()
    shares = np.repeat([*scenario.size_shares, 1.0], len(scenario.propositions))
    table.insert(1, "size_share", shares)
    notes = ["outlined: the highest value of its column", grounds.how_sure(scenario)]
    if evaluation.partial.any():
        notes.append("* partial value: the weight of a missing score goes to the other disciplines")
    return Exhibit(
        finding=_finding(evaluation, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) by proposition and segment, with the segments' shares of size",
        table=table,
        notes=tuple(notes),
        alt=_alt(table, len(scenario.propositions), decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(evaluation, decimals),
    )


def _chart(evaluation: Evaluation, decimals: int) -> Table:
    """Propositions by segments, the best overall first, overall last; leaders are outlined."""
    scenario = evaluation.scenario
    segments, places = wording.views(scenario), evaluation.overall_ranks
    order = sorted(range(len(places)), key=lambda p: (places[p] or len(places) + 1, p))
    values = np.array([*map(evaluation.values_in, segments)])[:, order]
    ranks = np.array([*map(evaluation.ranks_in, segments)])[:, order]
    partial = np.array([*map(evaluation.partial_in, segments)])[:, order]
    sizes = [*percents(scenario.size_shares.tolist()), "100\u00a0%"][: len(segments)]
    cells = [
        [
            shaded(number(value, decimals) + ("*" if star else ""), strength, strong=bool(rank == 1))
            for value, star, strength, rank in zip(*of_segment, strict=True)
        ]
        for of_segment in zip(values, partial, scaled(values), ranks, strict=True)
    ]
    columns = [
        Column(segment or OVERALL, own, "center", note=size, total=segment is None)
        for segment, own, size in zip(segments, cells, sizes, strict=True)
    ]
    return Table((named("Proposition", [scenario.proposition_names[p] for p in order]), *columns))


def _finding(evaluation: Evaluation, decimals: int) -> str:
    """Who leads overall, how sure that is, and in how many segments it is ahead as well."""
    names, scenario = claims.called(evaluation, None), evaluation.scenario
    leaders = evaluation.standing().leaders
    if not leaders:
        return claims.unvalued(scenario, None)
    best = number(evaluation.overall[leaders[0]], decimals)
    if scenario.scored().sum() == 1:
        alone = "" if len(names) == 1 else " that is scored"
        return f"{names[leaders[0]]}, the only proposition{alone}, has an overall value of {best}"
    if len(leaders) > 1:
        behind = claims.contest(claims.behind_tie(scenario), wording.short_names(scenario.proposition_names))
        who = wording.joined([names[p] for p in leaders])
        return f"{who} {claims.tie(scenario, None)} overall at {best}{behind}"
    found = certainty(scenario)
    told = f"{claims.lead_first(found, names[leaders[0]], None)} at {best}"
    if found.degree == "open":
        told += f", {claims.too_close(found, wording.short_names(scenario.proposition_names))}"
    if len(scenario.segments) == 1:
        return told
    return (
        f"{told}{'; it is' if found.degree == 'open' else ', and is'} {_in_segments(evaluation, leaders[0])}"
    )


def _in_segments(evaluation: Evaluation, leader: int) -> str:
    """Where else the overall leader is ahead, and how sure that is."""
    every = grading.in_segments(evaluation.scenario)
    alone = [found.degree for found in every if found.leaders == (leader,)]
    shared = sum(leader in found.leaders for found in every) - len(alone)
    if not alone and not shared:
        return "ahead in no segment by itself"
    of, ties = f"of {wording.count(len(every), 'segment')}", f"level with others in {wording.count(shared)}"
    if not alone:
        return f"{ties} {of}"
    close = {*alone} == {"open"}
    none = {1: ", too close to call", 2: ", both too close to call"}.get(
        len(alone), ", all too close to call"
    )
    sure = "" if close else f"; {claims.counted(alone, 'there')}"
    return f"ahead in {_how_many(len(alone), len(every))}{none if close else ''}{f', {ties}' if shared else ''}{sure}"


def _how_many(count: int, total: int) -> str:
    if count == total:
        return "both segments" if total == 2 else "every segment"
    return f"{wording.count(count)} of {wording.count(total, 'segment')}"


def _alt(table: pd.DataFrame, count: int, decimals: int) -> str:
    cells = [f"{p} {number(v, decimals)}" for p, v in zip(table["proposition"], table["value"], strict=True)]
    segments = table["segment"].tolist()
    groups = [f"{segments[i]}: {', '.join(cells[i : i + count])}" for i in range(0, len(cells), count)]
    return f"Table of values. {'; '.join(groups)}."
