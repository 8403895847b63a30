"""Who wins where: one row a segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree, certainty
from valuemix.analysis.evidence.answers import raters
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.roles import Role
from valuemix.charts.table import Cell, Column, Table, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import (
    decimals_of,
    lead_gap,
    lead_printed,
    number,
    percents,
    share_of_several,
)
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["leaders"]

SEPARATOR = " / "
"""Between names that tie in one cell of the table."""

RANGE = "\u2013"
"""Between the fewest and the most answers on the criteria of one proposition."""


@exhibit_kind(
    "Leaders by segment",
    "Balance",
    (),
    formulas.VALUE + " The lead is over the runner-up.",
)
def leaders(evaluation: Evaluation) -> Exhibit:
    """Leader, runner-up and lead in every segment.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        What is shown.

    Returns
    -------
    Exhibit
        With one row a segment: segment, kind, size_share, leader, value, runner_up,
        runner_up_value, lead, sure (how sure it is who leads, in words), beside (the same with those from whom the
        leader is not told, who need not be the runner-up). Names that tie stand in one cell.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[[8, 4], [5, 5]], [[3, 4], [5, 6]]], sizes=[30, 70],
    ...     propositions=["Express", "Green line"], segments=["Families", "Students"])
    >>> print(leaders(evaluate(scenario)).finding.replace("\\xa0", " "))
    No proposition is ahead everywhere: Green line is ahead in one of two segments (70 % of size),
    Express in one; both leads are clear
    """
    scenario = evaluation.scenario
    decimals = decimals_of(scenario)
    table = _table(evaluation)
    return Exhibit(
        finding=_finding(evaluation),
        subtitle=f"Proposition of highest value by segment, value ({wording.scale(scenario)})",
        table=table,
        notes=_notes(evaluation),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(evaluation, table, decimals),
    )


def _table(evaluation: Evaluation) -> pd.DataFrame:
    scenario = evaluation.scenario
    names, rows = scenario.proposition_names, []
    short = wording.short_names(names)
    for g, (segment, found) in enumerate(zip(scenario.segments, grading.in_segments(scenario), strict=True)):
        standing, values = evaluation.standing(segment.name), evaluation.values_in(segment.name)
        ranks, second = evaluation.ranks[g], standing.runner_up
        seconds = [p for p in standing.order if second is not None and ranks[p] == ranks[second]]
        rows.append(
            {
                "segment": segment.name,
                "kind": segment.kind,
                "size_share": scenario.size_shares[g],
                "leader": SEPARATOR.join(names[p] for p in standing.leaders),
                "value": values[standing.leaders[0]] if standing.leaders else np.nan,
                "runner_up": SEPARATOR.join(names[p] for p in seconds),
                "runner_up_value": np.nan if second is None else values[second],
                "lead": standing.lead,
                "sure": claims.sure_words(found),
                "beside": claims.sure_beside(found, short),
            }
        )
    return pd.DataFrame(rows)


def _chart(evaluation: Evaluation, table: pd.DataFrame, decimals: int) -> Table:
    """Leader, runner-up and lead in every segment; the most frequent leader is highlighted."""
    rated = _rated_each(evaluation)
    often = _most_frequent(table["leader"].tolist())
    roles: list[Role] = ["highlight" if name == often else "ink" for name in table["leader"]]
    segments = [
        name if kind == "customer" else f"{name} ({kind})"
        for name, kind in zip(table["segment"], table["kind"], strict=True)
    ]
    values = [number(value, decimals) for value in table["value"]]
    leads = zip(table["value"], table["runner_up_value"], table["lead"], strict=True)
    return Table(
        (
            Column("Segment", texts(segments)),
            Column("Share of size", texts(percents(table["size_share"].tolist())), "right"),
            Column("Ahead", _strong(_dashed(table["leader"]), roles)),
            Column("Value", _strong(values, roles), "right"),
            Column("Runner-up", texts(_dashed(table["runner_up"]))),
            Column("Lead", texts([_lead(*each, evaluation.scenario) for each in leads]), "right"),
            Column("How sure", texts(_dashed(table["beside"])), lines=4),
            *([Column("Answers on the two", texts(_dashed(rated)), "right")] if any(rated) else []),
        )
    )


def _rated_each(evaluation: Evaluation) -> list[str]:
    return [_rated(evaluation, name) for name in evaluation.scenario.segment_names]


def _rated(evaluation: Evaluation, segment: str) -> str:
    """How many rated the leader and the runner-up of a segment, where each rated one and nothing else counts.

    From the criterion that fewest answered to that which most did, where these differ.
    """
    scenario, standing = evaluation.scenario, evaluation.standing(segment)
    if scenario.evidence is None or len(standing.leaders) != 1 or standing.runner_up is None:
        return ""
    counts = raters(scenario, segment)
    if counts is None:
        return ""
    both = counts[[standing.leaders[0], standing.runner_up]].tolist()
    return " and ".join(f"{few:,}" if few == most else f"{few:,}{RANGE}{most:,}" for few, most in both)


def _dashed(names: Iterable[str]) -> list[str]:
    return [name or "–" for name in names]


def _strong(values: Sequence[str], roles: Sequence[Role]) -> list[Cell]:
    return [Cell(value, bold=True, role=role) for value, role in zip(values, roles, strict=True)]


def _lead(value: float, second: float, lead: float, scenario: Scenario) -> str:
    """Lead as it is shown everywhere; 0 where leaders tie, a dash where there is no other."""
    if lead > 0:
        return lead_printed(value, second, scenario, "<")
    return number(lead, decimals_of(scenario))


def _most_frequent(leaders: Sequence[str]) -> str | None:
    """The leader of most segments, where there is one."""
    ordered = Counter(name for name in leaders if name).most_common(2)
    alone = ordered and (len(ordered) == 1 or ordered[0][1] > ordered[1][1])
    return ordered[0][0] if alone else None


def _finding(evaluation: Evaluation) -> str:
    scenario = evaluation.scenario
    names = wording.short_names(scenario.proposition_names)
    segments = wording.short_names(scenario.segment_names)
    led = [evaluation.standing(name).leaders for name in scenario.segment_names]
    if nothing := claims.nothing_to_compare(scenario, None, "so nothing else can lead"):
        return nothing
    valued = [g for g, who in enumerate(led) if who]
    if not valued:
        return wording.no_value("in any segment")
    everywhere = [p for p in range(len(names)) if all(p in led[g] for g in valued)]
    if everywhere:
        return _ahead(evaluation, everywhere, led, valued)
    return _compromise(evaluation, led, segments) or _differ(evaluation, led, valued)


def _differ(evaluation: Evaluation, led: list[tuple[int, ...]], valued: list[int]) -> str:
    """None is ahead in every segment, nor overall alone."""
    degrees, told = _degrees(evaluation, valued), _counts(evaluation, led)
    if {*degrees} == {"open"} and len(degrees) == len(led):
        return claims.as_sure(told, degrees, len(led), "segment")
    return f"No proposition is ahead everywhere: {told}{_sure(evaluation, valued)}"


def _ahead(
    evaluation: Evaluation,
    everywhere: list[int],
    led: list[tuple[int, ...]],
    valued: list[int],
) -> str:
    """Some are ahead or share the lead in every segment, alone or with others in some of them."""
    scenario = evaluation.scenario
    span = _span(valued, led, wording.short_names(scenario.segment_names))
    if len(everywhere) == len(scenario.propositions):
        return f"{wording.every(len(everywhere), 'proposition')} tie in {span}"
    same = all(len(led[g]) == len(everywhere) for g in valued)
    if same and len(everywhere) == 1:
        return _everywhere(evaluation, everywhere[0], valued, span)
    who = wording.joined([_named(evaluation, p, valued) for p in everywhere])
    if same:
        return f"{who} {claims.tie(scenario, *(scenario.segment_names[g] for g in valued))} in {span}"
    verb = "is ahead or shares" if len(everywhere) == 1 else "are ahead or share"
    return f"{who} {verb} the lead in {span}{_sure(evaluation, valued)}"


def _span(valued: list[int], led: list[tuple[int, ...]], segments: list[str]) -> str:
    """All segments with values, as they are spoken."""
    if len(valued) == 1:
        only = ", the only segment" if len(led) == 1 else ", the only segment with values"
        return segments[valued[0]] + only
    span = wording.some_of(len(valued), len(valued), "segment")
    return f"{span} with values" if len(valued) < len(led) else span


def _named(evaluation: Evaluation, p: int, where: list[int]) -> str:
    """Proposition as it is spoken, called partial where its value is so in one of these segments."""
    partial = [g for g in where if evaluation.partial[g, p] and evaluation.ranks[g, p] == 1]
    segments = evaluation.scenario.segment_names
    return claims.called(evaluation, segments[partial[0] if partial else where[0]])[p]


def _degrees(evaluation: Evaluation, where: list[int]) -> list[Degree]:
    """How sure each single leader is."""
    found = grading.in_segments(evaluation.scenario)
    return [found[g].degree for g in where if len(found[g].leaders) == 1]


def _sure(evaluation: Evaluation, where: list[int]) -> str:
    words = claims.counted(_degrees(evaluation, where))
    return f"; {words}" if words else ""


def _everywhere(evaluation: Evaluation, leader: int, valued: list[int], span: str) -> str:
    """One proposition is ahead in every segment: by how much, and how sure that is."""
    segments = wording.short_names(evaluation.scenario.segment_names)
    who, lead = _named(evaluation, leader, valued), _range(evaluation, valued, segments)
    degrees = _degrees(evaluation, valued)
    verb = claims.lead_verb(degrees)
    comma = (
        "," if lead and not lead.startswith(",") and (len(valued) == 1 or {*degrees} == {"likely"}) else ""
    )
    place = f"in {span}" if verb == "is ahead" else span
    if {*degrees} == {"open"} and span == "both segments" and lead:
        # What comes first names them both.
        return claims.as_sure(f"{who} is ahead{lead.removeprefix(',')}", degrees, len(segments), "segment")
    return claims.as_sure(f"{who} {verb} {place}{comma}{lead}", degrees, len(segments), "segment")


def _range(evaluation: Evaluation, valued: list[int], segments: list[str]) -> str:
    """By how much one proposition leads, from the closest segment to the clearest."""
    leads, scenario = [], evaluation.scenario
    for g in valued:
        standing, values = (
            evaluation.standing(name := evaluation.scenario.segment_names[g]),
            evaluation.values_in(name),
        )
        if standing.runner_up is not None:
            first, second = float(values[standing.leaders[0]]), float(values[standing.runner_up])
            # By the figures first, so that the sentence reads right, then by the values.
            shown = lead_gap(first, second, scenario), first - second
            leads.append((*shown, lead_printed(first, second, scenario), g))
    if not leads:
        return ""
    (*_, least, closest), (*_, most, clearest) = min(leads), max(leads)
    if least == most:
        return f" by {least}"
    over, other = (f" over {_next(evaluation, g)}" for g in (closest, clearest))
    one = "" if over == other else over
    return (
        f", by {least}{one} {wording.among(segments[closest])} to {most}{one and other} "
        f"{wording.among(segments[clearest])}{'' if one else over}"
    )


def _next(evaluation: Evaluation, g: int) -> str:
    """Those who are second in a segment."""
    ranks = evaluation.ranks_in(name := evaluation.scenario.segment_names[g])
    second = ranks[evaluation.standing(name).runner_up]
    names = wording.short_names(evaluation.scenario.proposition_names)
    return wording.joined([names[p] for p in np.flatnonzero(ranks == second)])


def _compromise(evaluation: Evaluation, led: list[tuple[int, ...]], segments: list[str]) -> str:
    """Where the overall leader leads no segment: that it is the compromise, and who leads the largest."""
    scenario, overall = evaluation.scenario, evaluation.standing().leaders
    counts = [g for g, who in enumerate(led) if who and scenario.sizes[g] > 0]
    if len(overall) != 1 or any(overall[0] in led[g] for g in counts) or not counts:
        return ""
    who = claims.lead_first(certainty(scenario), claims.called(evaluation, None)[overall[0]], None)
    largest = max(counts, key=lambda g: (scenario.size_shares[g], -g))
    name = scenario.segment_names[largest]
    found, names = grading.in_segments(scenario)[largest], claims.called(evaluation, name)
    size = share_of_several(scenario.size_shares.tolist(), [largest])
    if len(found.leaders) > 1:
        told = (
            f"{wording.joined([names[p] for p in found.leaders])} {claims.tie(scenario, name)} in the largest"
        )
    else:
        told = claims.leads(found, names[found.leaders[0]], name).replace(segments[largest], "the largest")
    told += f", {segments[largest]} ({size} of size){claims.close(found)}"
    return f"{who} as a compromise, ahead in no segment by itself; {told}"


def _counts(evaluation: Evaluation, led: list[tuple[int, ...]]) -> str:
    """In how many segments each is ahead alone, most first, and where the lead is shared."""
    shares, names = (
        evaluation.scenario.size_shares,
        wording.short_names(evaluation.scenario.proposition_names),
    )
    alone: dict[int, list[int]] = {}
    for g, who in enumerate(led):
        if len(who) == 1:
            alone.setdefault(who[0], []).append(g)
    shared = [g for g, who in enumerate(led) if len(who) > 1]
    ties = _shared(evaluation.scenario, led, shared, names)
    if not alone:
        return ties
    order = sorted(alone, key=lambda p: (-len(alone[p]), -shares[alone[p]].sum(), p))
    first = alone[order[0]]
    size = share_of_several(shares.tolist(), first)
    of = f"{wording.count(len(first))} of {wording.count(len(led), 'segment')} ({size} of size)"
    parts = [
        f"{_named(evaluation, order[0], first)} is ahead in {of}",
        *_others([(_named(evaluation, p, alone[p]), len(alone[p])) for p in order[1:]]),
    ]
    return ", ".join(parts) + (f"; {ties}" if shared else "")


def _others(led: list[tuple[str, int]]) -> list[str]:
    """The other leaders with their counts; many of them only by number."""
    if len(led) > 3:
        rest = sum(number_of for _, number_of in led[2:])
        return [*_others(led[:2]), f"others in {wording.count(rest)}"]
    counts = {number_of for _, number_of in led}
    if len(led) > 1 and len(counts) == 1:
        return [f"{wording.joined([name for name, _ in led])} in {wording.count(counts.pop())} each"]
    return [f"{name} in {wording.count(number_of)}" for name, number_of in led]


def _shared(scenario: Scenario, led: list[tuple[int, ...]], shared: list[int], names: list[str]) -> str:
    if not shared:
        return ""
    segments = wording.short_names(scenario.segment_names)
    if len(shared) == 1:
        who = wording.joined([names[p] for p in led[shared[0]]])
        tie = claims.tie(scenario, scenario.segment_names[shared[0]])
        return f"{who} {tie} {wording.among(segments[shared[0]])}"
    every = "every segment" if len(shared) == len(led) else wording.joined([segments[g] for g in shared])
    return f"the lead is shared in {every}"


def _notes(evaluation: Evaluation) -> tuple[str, ...]:
    scenario = evaluation.scenario
    partial = [
        name
        for g, name in enumerate(scenario.segment_names)
        if any(evaluation.partial[g, p] for p in evaluation.standing(name).leaders)
    ]
    notes = [grounds.how_sure_each(scenario)]
    if any(RANGE in told for told in _rated_each(evaluation)):
        notes.append("answers on the two: from the criterion that fewest answered to that which most did")
    if partial:
        notes.append(f"the leader's value is partial (scores missing) in {wording.joined(partial)}")
    return tuple(filter(None, notes))


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    columns = ("segment", "leader", "value", "runner_up", "runner_up_value", "beside")
    for segment, leader, value, runner_up, second, sure in records(table, *columns):
        first = f"{leader} {number(value, decimals)}" if leader else "no value"
        first += f" ({sure})" if sure else ""
        then = f", then {runner_up} {number(second, decimals)}" if runner_up else ""
        items.append(f"{segment}: {first}{then}")
    return f"Table of leaders by segment. {'; '.join(items)}."
