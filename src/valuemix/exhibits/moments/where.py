"""Who leads when and where: the moments of one segment, or of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.customers.moments import (
    MomentLead,
    Place,
    extreme_moments,
    moment_leads,
    needs_moments,
    places,
)
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.table import Column, Table, named, texts
from valuemix.errors import UnknownName
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, lead_printed, number, percents
from valuemix.exhibits.words.listing import records
from valuemix.model.parts import OVERALL
from valuemix.model.scenario import Scenario

__all__ = [
    "DEPTH",
    "MOST",
    "Given",
    "as_felt",
    "asked_words",
    "bracketed",
    "given_there",
    "grouping",
    "lead_row",
    "not_told",
    "place_words",
    "taken_from_whole",
    "where",
]

MOST = 8
"""Moments that stand beside each other; more of them are put together by channel and stage."""

DEPTH: Mapping[str, float] = {"certain": 0.75, "clear": 0.75, "likely": 0.4, "open": 0.1}
"""How deep the ground of a lead is; the words in the cell say the same."""


@exhibit_kind(
    "Leaders by moment",
    "Customer view",
    ("segment", "by"),
    formulas.VALUE
    + " In one moment: with its own weights and scores, segments by size times its share of contacts.",
    several_views=True,
)
def where(evaluation: Evaluation, segment: str | None = None, *, by: str = "") -> Exhibit:
    """Who leads in each moment, overall or in a segment, by how much and how sure.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Only this segment; otherwise overall.
    by : {"", "moment", "channel"}
        Each moment, or those of a channel and stage together; blank: the latter where there are more than eight.

    Returns
    -------
    Exhibit
        With one row a moment: segment ("Overall" for all), moment, stage, channel, product, weight_share,
        discipline, discipline_share, discipline_degree, leader, value, runner_up, runner_up_value, lead, degree,
        sure. Names that tie stand in one cell.

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
    several = segment is None and len(scenario.segments) > 1
    place = None if several else wording.segment_name(scenario, segment or scenario.segment_names[0])
    by = grouping(scenario, by)
    leads = moment_leads(scenario, place, by)
    table = pd.DataFrame([lead_row(scenario, lead) for lead in leads])
    return Exhibit(
        finding=_finding(evaluation, place, leads, decimals),
        subtitle=f"Leading proposition by {'channel and stage' if by == 'channel' else 'moment'}, value "
        f"({wording.scale(scenario)}), {wording.population(scenario, segment)}",
        table=table,
        notes=(
            grounds.weight_of_moments(scenario),
            taken_from_whole(scenario, [lead.place for lead in leads], place),
            not_told(leads),
            as_felt(scenario),
            grounds.how_sure_each(scenario),
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_list(scenario, table, leads, decimals),
    )


def grouping(scenario: Scenario, by: str = "") -> str:
    """Whether moments stand by themselves or by channel and stage: the latter where there are more than eight.

    Raises
    ------
    UnknownName
        Where it is neither blank, "moment" nor "channel".

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> grouping(Scenario.from_arrays([[8, 2]]).replace(moments=[Moment(name="Order")]))
    'moment'
    """
    if by not in ("", "moment", "channel"):
        raise UnknownName("grouping", by, ("moment", "channel"))
    many = len(scenario.moments) > MOST and len(places(scenario, "channel")) > 1
    return by or ("channel" if many else "moment")


def place_words(found: Sequence[Place], beside: str = "") -> str:
    """Moments, or channels with their stages, inside a sentence, with what stands beside them.

    Examples
    --------
    >>> place_words([Place((0,), "Order", "", ""), Place((1,), "Fault", "", "")])
    'at Order and Fault'
    >>> place_words([Place((0, 2), "phone (after)", "after", "phone", grouped=True)])
    'in the channel phone (after)'
    """
    names = wording.joined(wording.short_names([place.name for place in found]))
    start = f"in the channel{'s' if len(found) > 1 else ''}" if found[0].grouped else "at"
    return f"{start} {names}{beside}"


class Given(NamedTuple):
    """What a moment has of its own; all else in it is taken from the whole.

    Attributes
    ----------
    weights : bool
    disciplines : int
        How many disciplines have scores of the moment.
    """

    weights: bool
    disciplines: int


def given_there(scenario: Scenario, place: Place, segment: str | None = None) -> Given:
    """What was given in a place itself, overall or of a segment.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentScore
    >>> base = Scenario.from_arrays([[8, 6], [5, 6]], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order"), Moment(name="Fault")],
    ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 1})])
    >>> given_there(base, Place((0,), "Order", "", "")), given_there(base, Place((1,), "Fault", "", ""))
    (Given(weights=False, disciplines=0), Given(weights=False, disciplines=1))
    """
    rows, names = scenario.rows(segment), {scenario.moment_names[j] for j in place.moments}
    segments = {scenario.segment_names[g] for g in rows}
    weights = any(own.segment in segments and own.moment in names for own in scenario.moment_points)
    scores = ~np.isnan(scenario.moment_means.own_scores[np.ix_(rows, place.moments)])
    return Given(weights, int(scores.any(axis=(0, 1, 2)).sum()))


def taken_from_whole(scenario: Scenario, found: Sequence[Place], segment: str | None = None) -> str:
    """Note on what moments have of their own, where they do not have all; empty where they have."""
    each, every = [given_there(scenario, place, segment) for place in found], len(scenario.disciplines)
    weighed = sum(own.weights for own in each)
    counts: dict[int, list[str]] = {}
    for place, own in zip(wording.short_names([place.name for place in found]), each, strict=True):
        counts.setdefault(own.disciplines, []).append(place)
    if weighed == len(each) and {*counts} == {every}:
        return ""
    scores = [
        f"on {wording.some_of(n, every, 'discipline')} at {wording.joined(names, 6)}"
        for n, names in sorted(counts.items(), reverse=True)
    ]
    weights = f"weights in {wording.some_of(weighed, len(each), 'moment')}" if weighed else "no weights"
    told = f"{weights}; scores {', '.join(scores)}"
    return f"{_verb(scenario)} of moments themselves: {told}; all else is that of the whole"


def _verb(scenario: Scenario) -> str:
    return "asked" if scenario.evidence is not None and scenario.evidence.in_moments else "given"


def not_told(leads: Iterable[MomentLead]) -> str:
    """Note on moments of which too little was asked to tell a leader; empty where there are none."""
    few = [*dict.fromkeys(lead.place for lead in leads if not lead.told)]
    if not few:
        return ""
    where = place_words(few, " (in brackets)")
    return f"less than half of the weight was asked {where}: it is mostly that of the whole, and no lead is clear there"


def bracketed(said: Sequence[str], told: Iterable[bool]) -> list[str]:
    """What is printed of each moment, in brackets where no leader is told of it."""
    return [text if sure or text == "–" else f"({text})" for text, sure in zip(said, told, strict=True)]


def asked_words(count: int) -> str:
    """Moments of which a leader is told, where that are not all."""
    return f"{wording.count(count, 'moment')} of which half of the weight or more was asked"


def as_felt(scenario: Scenario) -> str:
    """Whose scores count; empty where there are no others."""
    others = scenario.promised is not None or scenario.believed is not None
    return "scores as they are felt: promised and believed ones are not given by moment" if others else ""


def lead_row(scenario: Scenario, lead: MomentLead) -> dict[str, object]:
    """A lead as a row of a table in full precision."""
    names, moment, disciplines = scenario.proposition_names, lead.place, lead.discipline.leaders
    leaders, second = lead.standing.leaders, lead.standing.runner_up
    return {
        "segment": OVERALL if lead.segment is None else lead.segment,
        "moment": moment.name,
        "stage": moment.stage,
        "channel": moment.channel,
        "product": moment.product,
        "weight_share": lead.weight,
        "discipline": " / ".join(scenario.discipline_names[d] for d in disciplines),
        "discipline_share": lead.mix[disciplines[0]],
        "discipline_degree": lead.discipline.degree,
        "leader": " / ".join(names[p] for p in leaders),
        "value": lead.worth[leaders[0]] if leaders else np.nan,
        "runner_up": "" if second is None else names[second],
        "runner_up_value": np.nan if second is None else lead.worth[second],
        "lead": lead.standing.lead,
        "degree": lead.sure.degree if leaders else "",
        "sure": claims.sure_words(lead.sure) if lead.told else "too little asked",
    }


# ---------------------------------------------------------------------- charts


def _list(scenario: Scenario, table: pd.DataFrame, leads: Sequence[MomentLead], decimals: int) -> Table:
    """One row a moment; in brackets what is told of none: too little of it was asked there."""
    seconds = records(table, "value", "runner_up_value", "lead")
    by = [lead_printed(v, s, scenario, "<") if lead > 0 else number(lead, decimals) for v, s, lead in seconds]
    told = [lead.told for lead in leads]
    said = {
        name: [text or "–" for text in table[name]]
        for name in ("stage", "channel", "leader", "runner_up", "sure")
    }
    values = bracketed([number(value, decimals) for value in table["value"]], told)
    return Table(
        (
            named("Moment", table["moment"].tolist()),
            Column("Stage", texts(said["stage"])),
            Column("Channel", texts(said["channel"])),
            Column("Weight", texts(percents(table["weight_share"].tolist())), "right"),
            Column("Leader", texts(bracketed(said["leader"], told), bold=True)),
            Column("Value", texts(values, bold=True), "right"),
            Column("Runner-up", texts(bracketed(said["runner_up"], told))),
            Column("Lead", texts(bracketed(by, told)), "right"),
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
    told = claims.lead_first(over, wording.joined([called[p] for p in first]), segment)
    known = [lead for lead in leads if lead.told]
    others = [lead for lead in known if lead.standing.leaders and not {*lead.standing.leaders} & {*first}]
    if others:
        shown = percents([lead.weight for lead in leads])
        at = {
            lead.place: place_words([lead.place], f" ({own} of the weight)")
            for lead, own in zip(leads, shown, strict=True)
        }
        return f"{told}, but {_other(scenario, others, at)}"
    if not known:
        return f"{told}; too little was asked of every moment to tell who is ahead there"
    told += f", and no other is ahead in {_of_which(known, leads)}"
    return f"{told}; {_weakest(scenario, segment, first[0], known, decimals)}"


def _of_which(known: Sequence[MomentLead], leads: Sequence[MomentLead]) -> str:
    """Moments of which a sentence speaks, where leaders are told of some or of any."""
    return "any moment" if len(known) == len(leads) else f"the {asked_words(len(known))}"


def _other(scenario: Scenario, others: Sequence[MomentLead], at: Mapping[Place, str]) -> str:
    """The moment of the most weight in which another leads, and in how many more."""
    lead = max(others, key=lambda each: each.weight)
    names, leaders = wording.short_names(scenario.proposition_names), lead.standing.leaders
    who = wording.joined([names[p] for p in leaders])
    if len(leaders) > 1:
        said = f"{who} {claims.tie_words(lead.sure)}"
    else:
        said = f"{who} {claims.lead_verb([lead.sure.degree])}"
        if lead.standing.runner_up is not None:
            value, second = lead.worth[leaders[0]], lead.worth[lead.standing.runner_up]
            said += f", by {lead_printed(float(value), float(second), scenario)}{claims.close(lead.sure)}"
    start = f"{at[lead.place]} {said}"
    more = len(others) - 1
    return (
        f"{start}; {'others are' if more > 1 else 'another is'} ahead in {wording.count(more)} more"
        if more
        else start
    )


def _weakest(
    scenario: Scenario, segment: str | None, leader: int, leads: Sequence[MomentLead], decimals: int
) -> str:
    known = [lead for lead in leads if lead.worth[leader] == lead.worth[leader]]
    least = min(known, key=lambda lead: float(lead.worth[leader]))
    _, sure = extreme_moments(scenario, leader, segment)
    if least.place.grouped and scenario.evidence and scenario.evidence.in_moments:
        sure = "open"  # what is known is of single moments
    value = number(float(least.worth[leader]), decimals)
    return f"its value is {claims.sign_words(sure)}least {place_words([least.place])}, {value}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    columns = ("segment", "moment", "leader", "value", "sure")
    items = [
        f"{segment}, {moment}: {leader or 'no value'}"
        + (f" {number(value, decimals)}" if leader else "")
        + (f" ({sure})" if sure else "")
        for segment, moment, leader, value, sure in records(table, *columns)
    ]
    return f"Table of leaders by moment. {'; '.join(items)}."
