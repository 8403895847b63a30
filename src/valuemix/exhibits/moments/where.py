"""Who leads when and where: moments by segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.customers.moments import MomentLead, moment_leads, needs_moments
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.charts.table import Cell, Column, Table, named, shaded, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, number, percents
from valuemix.exhibits.words.listing import records
from valuemix.model.parts import OVERALL
from valuemix.model.scenario import Scenario

__all__ = ["as_felt", "where"]

_DEPTH = {"certain": 0.75, "clear": 0.75, "likely": 0.4, "open": 0.1}
"""How deep the ground of a lead is; the words in the cell say the same."""

_MOST = 6
"""Segments that stand beside the overall lead."""


@exhibit_kind(
    "Leaders by moment",
    "Customer view",
    ("segment",),
    formulas.VALUE
    + " In one moment: with its own weights and scores, segments by size times its share of contacts.",
    several_views=True,
)
def where(evaluation: Evaluation, segment: str | None = None) -> Exhibit:
    """Who leads in each moment, overall and in every segment, by how much and how sure.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Only this segment; otherwise overall, and every segment beside it.

    Returns
    -------
    Exhibit
        With one row a segment and moment: segment ("Overall" first), moment, stage, channel, product, weight_share,
        leader, value, runner_up, lead, degree, sure. Names that tie stand in one cell.

    Raises
    ------
    EditError
        Where there are no moments; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentScore
    >>> base = Scenario.from_arrays([[8, 6], [5, 6]], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order", share=70), Moment(name="Fault", share=30)],
    ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 1})])
    >>> where(base).finding.replace("\\xa0", " ")
    'Express leads Segment 1, but at Fault (30 % of the weight) Basic leads, by 2.0'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    decimals = decimals_of(scenario)
    places = _places(scenario, segment)
    leads = {place: moment_leads(scenario, place) for place in places}
    table = pd.DataFrame([_row(scenario, place, lead) for place, found in leads.items() for lead in found])
    chart = _matrix(scenario, table, decimals) if len(places) > 1 else _list(table, decimals)
    return Exhibit(
        finding=_finding(evaluation, places[0], leads[places[0]], decimals),
        subtitle=f"Leading proposition by moment, value ({wording.scale(scenario)}), "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=_notes(scenario, len(places)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=chart,
    )


def _places(scenario: Scenario, segment: str | None) -> list[str | None]:
    """One segment, or overall and every segment."""
    if segment is not None:
        return [wording.segment_name(scenario, segment)]
    return [None, *scenario.segment_names] if len(scenario.segments) > 1 else [scenario.segment_names[0]]


def _notes(scenario: Scenario, places: int) -> tuple[str, ...]:
    return (
        "weight: share of contacts times how much one contact counts",
        "outlined: another than over all moments; +: ahead of the next" if places > 1 else "",
        f"the {_MOST} largest segments are shown" if places > _MOST + 1 else "",
        as_felt(scenario),
        grounds.how_sure_each(scenario),
    )


def as_felt(scenario: Scenario) -> str:
    """Whose scores count; empty where there are no others."""
    others = scenario.promised is not None or scenario.believed is not None
    return "scores as they are felt: promised and believed ones are not given by moment" if others else ""


def _row(scenario: Scenario, place: str | None, lead: MomentLead) -> dict[str, object]:
    names, moment = scenario.proposition_names, scenario.moments[lead.moment]
    leaders, second = lead.standing.leaders, lead.standing.runner_up
    return {
        "segment": OVERALL if place is None else place,
        "moment": moment.name,
        "stage": moment.stage,
        "channel": moment.channel,
        "product": moment.product,
        "weight_share": lead.weight,
        "leader": " / ".join(names[p] for p in leaders),
        "value": lead.worth[leaders[0]] if leaders else np.nan,
        "runner_up": "" if second is None else names[second],
        "runner_up_value": np.nan if second is None else lead.worth[second],
        "lead": lead.standing.lead,
        "degree": lead.sure.degree if leaders else "",
        "sure": claims.sure_words(lead.sure),
    }


# ---------------------------------------------------------------------- charts


def _matrix(scenario: Scenario, table: pd.DataFrame, decimals: int) -> Table:
    """Moments down, overall and the largest segments across."""
    largest = sorted(np.argsort(-scenario.sizes, kind="stable")[:_MOST].tolist())
    segments = [OVERALL, *(scenario.segment_names[g] for g in largest)]
    own = table[table["segment"] == OVERALL].set_index("moment")
    moments = own.index.tolist()
    columns = [
        named("Moment", moments),
        Column("Weight", texts(percents(own["weight_share"].tolist())), "right"),
    ]
    for segment in segments:
        usual = _usual(scenario, segment)
        rows = table[table["segment"] == segment].set_index("moment").to_dict("index")
        cells = [_cell(rows[name], usual, decimals) if name in rows else Cell("–") for name in moments]
        columns.append(Column(segment, cells, "center"))
    return Table(tuple(columns))


def _usual(scenario: Scenario, segment: str) -> str:
    """Who leads over all moments."""
    standing = evaluate(scenario).standing(None if segment == OVERALL else segment)
    return " / ".join(scenario.proposition_names[p] for p in standing.leaders)


def _cell(row: dict[str, object], usual: str, decimals: int) -> Cell:
    """Leader and lead; a word where the lead is not clear."""
    leader, degree = str(row["leader"]), str(row["degree"])
    if not leader:
        return Cell("no value")
    told = leader
    if "/" not in leader and row["runner_up"]:
        told += f" +{ahead(float(str(row['value'])), float(str(row['runner_up_value'])), decimals, '<')}"
    word = {"likely": ", probably", "open": ", close"}.get(degree, "") if "/" not in leader else ""
    return shaded(told + word, _DEPTH[degree], strong=leader != usual)


def _list(table: pd.DataFrame, decimals: int) -> Table:
    """One row a moment."""
    seconds = records(table, "value", "runner_up_value", "lead")
    leads = [ahead(v, s, decimals, "<") if lead > 0 else number(lead, decimals) for v, s, lead in seconds]
    said = {name: [text or "–" for text in table[name]] for name in ("stage", "leader", "runner_up", "sure")}
    values = [number(value, decimals) for value in table["value"]]
    return Table(
        (
            named("Moment", table["moment"].tolist()),
            Column("Stage", texts(said["stage"])),
            Column("Weight", texts(percents(table["weight_share"].tolist())), "right"),
            Column("Leader", texts(said["leader"], bold=True)),
            Column("Value", texts(values, bold=True), "right"),
            Column("Runner-up", texts(said["runner_up"])),
            Column("Lead", texts(leads), "right"),
            Column("How sure", texts(said["sure"])),
        )
    )


# ---------------------------------------------------------------------- words


def _finding(evaluation: Evaluation, segment: str | None, leads: Sequence[MomentLead], decimals: int) -> str:
    scenario = evaluation.scenario
    if nothing := claims.none_leads(evaluation, segment, "so nothing else can lead in any moment"):
        return nothing
    called, first = claims.called(evaluation, segment), evaluation.standing(segment).leaders
    over = certainty(scenario, segment)
    told = claims.leads(over, wording.joined([called[p] for p in first]), segment) + claims.close(over)
    others = [lead for lead in leads if lead.standing.leaders and not {*lead.standing.leaders} & {*first}]
    if others:
        shown = dict(
            zip((lead.moment for lead in leads), percents([lead.weight for lead in leads]), strict=True)
        )
        return f"{told}, but {_other(scenario, others, shown, decimals)}"
    return f"{told}, and no other is ahead in any moment; {_weakest(scenario, first[0], leads, decimals)}"


def _other(
    scenario: Scenario, others: Sequence[MomentLead], weights: Mapping[int, str], decimals: int
) -> str:
    """The moment of the most weight in which another leads, and in how many more."""
    lead = max(others, key=lambda each: each.weight)
    names, leaders = wording.short_names(scenario.proposition_names), lead.standing.leaders
    moments = wording.short_names(scenario.moment_names)
    who = wording.joined([names[p] for p in leaders])
    if len(leaders) > 1:
        said = f"{who} share the lead"
    else:
        said = f"{who} {claims.lead_verb([lead.sure.degree])}"
        if lead.standing.runner_up is not None:
            value, second = lead.worth[leaders[0]], lead.worth[lead.standing.runner_up]
            said += f", by {ahead(float(value), float(second), decimals)}{claims.close(lead.sure)}"
    start = f"at {moments[lead.moment]} ({weights[lead.moment]} of the weight) {said}"
    more = len(others) - 1
    return (
        f"{start}; {'others are' if more > 1 else 'another is'} ahead in {wording.count(more)} more"
        if more
        else start
    )


def _weakest(scenario: Scenario, leader: int, leads: Sequence[MomentLead], decimals: int) -> str:
    known = [lead for lead in leads if lead.worth[leader] == lead.worth[leader]]
    least = min(known, key=lambda lead: float(lead.worth[leader]))
    moment = wording.short_names(scenario.moment_names)[least.moment]
    return f"its value is least at {moment}, {number(float(least.worth[leader]), decimals)}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    columns = ("segment", "moment", "leader", "value", "sure")
    items = [
        f"{segment}, {moment}: {leader or 'no value'}"
        + (f" {number(value, decimals)}" if leader else "")
        + (f" ({sure})" if sure else "")
        for segment, moment, leader, value, sure in records(table, *columns)
    ]
    return f"Table of leaders by moment. {'; '.join(items)}."
