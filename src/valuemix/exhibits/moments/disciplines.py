"""Which discipline should lead for whom, when and where, and whether the firm pays for what it promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree
from valuemix.analysis.customers.moments import (
    MomentLead,
    Place,
    moment_leads,
    needs_moments,
)
from valuemix.analysis.customers.resources import promised_shares, resources_against_weights
from valuemix.analysis.value.scoring import TIE, Evaluation
from valuemix.charts.roles import Discipline, Ground
from valuemix.charts.table import Cell, Column, Table, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.moments.where import (
    DEPTH,
    MOST,
    as_felt,
    given_there,
    grouping,
    lead_row,
    not_told,
    place_words,
    taken_from_whole,
)
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import percents
from valuemix.exhibits.words.lettering import text_width
from valuemix.exhibits.words.respondents import heard_of
from valuemix.model.parts import OVERALL
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["disciplines_by_moment", "paid"]

_SEGMENTS = 6
"""Segments that stand below all who are served."""

_NAME, _SHORT, _HEAD = 12.0, 5.5, 15.0
"""Width of a name in a cell, in one of very many, and above it, in font sizes: eight moments leave it no more."""

_MANY, _PAIR = 40, 22.0
"""Cells of which each has three lines on a slide, and the width of two names that stand there as they are."""

WEIGHT, PROMISES = "weight", "promises"
"""What stands beside the kinds of resource."""

SURE = {"likely": ", probably", "open": ", close"}
"""What stands behind a discipline that is not clear; shorter where it is taken from the whole."""

BORROWED = {"likely": "?", "open": "?"}

Names = tuple[Sequence[str], Sequence[str]]
Leads = Mapping[str | None, Sequence[MomentLead]]


@exhibit_kind(
    "Disciplines by moment",
    "Customer view",
    ("segment", "by"),
    "The discipline that weighs most in a moment should lead there; overall by the mean of its weights, segments by "
    "size times their share of its contacts. Below: the mean of all weights by size, shares of the promised scores, "
    "and shares of each kind of resource.",
    several_views=True,
)
def disciplines_by_moment(evaluation: Evaluation, segment: str | None = None, *, by: str = "") -> Exhibit:
    """Which discipline should lead in each moment, for everyone and each segment, beside what the firm pays for.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Only this segment; otherwise all, and the largest segments below.
    by : {"", "moment", "channel"}
        Each moment, or those of a channel and stage together; blank: by channel where there are more than eight.

    Returns
    -------
    Exhibit
        With one row a segment and moment: segment ("Overall" first), moment, stage, channel, product, weight_share,
        discipline, discipline_share (its weight there), discipline_degree, leader, value, runner_up, runner_up_value,
        lead, degree, sure. Names that tie stand in one cell.

    Raises
    ------
    EditError
        Where there are no moments; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentPoints
    >>> base = Scenario.from_arrays([[8, 6], [5, 6]], points=[80, 20], disciplines=["Speed", "Care"]).replace(
    ...     moments=[Moment(name="Order", share=70), Moment(name="Fault", share=30)],
    ...     moment_points=[MomentPoints(segment="Segment 1", moment="Fault", points={"speed": 10, "care": 90})])
    >>> disciplines_by_moment(base).finding
    'Speed should lead for Segment 1 at Order'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    by = grouping(scenario, by)
    chosen = None if segment is None else wording.segment_name(scenario, segment)
    leads = _leads(scenario, chosen, by)
    shown = _shown(leads)
    p = wording.chosen_proposition(evaluation, None, "")
    table = pd.DataFrame([lead_row(scenario, lead) for found in leads.values() for lead in found])
    return Exhibit(
        finding=_finding(scenario, leads, p),
        subtitle="Discipline that weighs most"
        f"{', with the same weights at every moment,' if _one_mix(scenario, leads) else ','} and the proposition of "
        f"highest value, by "
        f"{'channel and stage' if by == 'channel' else 'moment'}, {wording.population(scenario, chosen)}"
        f"{_brackets(scenario, leads)}{_marks(scenario, leads)}",
        table=table,
        notes=_notes(scenario, leads, shown, p),
        alt=_alt(scenario, leads),
        decimals=0,
        scenarios=(scenario,),
        chart=Table(_matrix(scenario, leads, shown), _below(scenario, p)),
    )


def paid(scenario: Scenario, proposition: int) -> dict[str, FloatArray]:
    """Weight, promises and every kind of resource by discipline, each as shares; what is not given is left out."""
    found = {WEIGHT: scenario.size_shares @ scenario.weights}
    promised = promised_shares(scenario, proposition)
    if not np.isnan(promised).any():
        found[PROMISES] = promised
    if scenario.resources:
        spent = resources_against_weights(scenario, proposition)
        found |= dict(zip(spent.kinds, spent.shares, strict=True))
    return found


def _leads(scenario: Scenario, segment: str | None, by: str) -> Leads:
    """Leads in every moment, overall and of every segment, or of one."""
    several = segment is None and len(scenario.segments) > 1
    wanted = [None, *scenario.segment_names] if several else [segment or scenario.segment_names[0]]
    return {each: moment_leads(scenario, each, by) for each in wanted}


def _shown(leads: Leads) -> list[str]:
    """Names of the moments that have a column: those of most weight, stage after stage."""
    first = next(iter(leads.values()))
    heaviest = sorted(first, key=lambda lead: -lead.weight)[:MOST]
    return [lead.place.name for lead in first if lead in heaviest]


# ---------------------------------------------------------------------- chart


def _matrix(scenario: Scenario, leads: Leads, shown: Sequence[str]) -> tuple[Column, ...]:
    """Segments down, moments across, each with its channel."""
    rows = _largest(scenario, leads)
    found = [{lead.place.name: lead for lead in leads[each]} for each in rows]
    heads, names = wording.shortened(shown, _HEAD), _names(scenario, len(rows) * len(shown))
    whom = Column("For whom", [Cell(OVERALL, bold=True) if each is None else Cell(each) for each in rows])
    return (
        whom,
        *(
            _moment(scenario, [own.get(moment) for own in found], found[0][moment], heads[moment], names)
            for moment in shown
        ),
    )


def _largest(scenario: Scenario, leads: Leads) -> list[str | None]:
    """Overall and the largest segments, or the only one."""
    largest = {scenario.segment_names[g] for g in np.argsort(-scenario.sizes, kind="stable")[:_SEGMENTS]}
    return [each for each in leads if each is None or each in largest or len(leads) == 1]


def _names(scenario: Scenario, cells: int) -> Names:
    """Disciplines and propositions as they are called in a number of cells."""
    both = scenario.discipline_names, scenario.proposition_names
    long = sum(max(map(text_width, names)) for names in both) > _PAIR
    width = _SHORT if long and cells > _MANY else _NAME
    return wording.short_names(both[0], width), wording.short_names(both[1], width)


def _moment(
    scenario: Scenario, leads: Sequence[MomentLead | None], first: MomentLead, head: str, names: Names
) -> Column:
    """Column of a moment with its channel, or of a channel with its stage."""
    place, usual = first.place, first.discipline.leaders
    cells = [_cell(scenario, lead, usual, names) for lead in leads]
    if place.grouped:
        return Column(place.channel or "any channel", cells, lines=5, note=place.stage)
    return Column(head, cells, lines=5, note=place.channel)


def _cell(scenario: Scenario, lead: MomentLead | None, usual: Sequence[int], names: Names) -> Cell:
    """Discipline, as sure as it is, and proposition; outlined where the discipline is another than for all.

    On no ground where the weights are not the moment's own, so that nothing was found there.
    """
    if lead is None:
        return Cell("no contacts", role="muted")
    told = _told(scenario, lead, names)
    if not given_there(scenario, lead.place, lead.segment).weights:
        return Cell(told, role="muted")
    disciplines = lead.discipline.leaders
    ground = Ground(
        Discipline(disciplines[0]) if len(disciplines) == 1 else "depth", DEPTH[lead.discipline.degree]
    )
    other = not {*usual} & {*disciplines}
    return Cell(told, ground=ground, marked=other)


def _told(scenario: Scenario, lead: MomentLead, names: Names) -> str:
    """Discipline and proposition of a cell, each as sure as it is; in brackets what is taken from the whole."""
    disciplines = lead.discipline.leaders
    what = " / ".join(names[0][d] for d in disciplines)
    own = given_there(scenario, lead.place, lead.segment)
    if len(disciplines) == 1:
        what += (SURE if own.weights else BORROWED).get(lead.discipline.degree, "")
    who = _ahead(lead, names[1])
    if own.weights:
        return f"{what}: {who if lead.told else f'({who})'}"
    return f"({what}) {who}" if own.disciplines and lead.told else f"({what}: {who})"


def _ahead(lead: MomentLead, names: Sequence[str]) -> str:
    """Proposition of highest value, as sure as it is."""
    who = " / ".join(names[p] for p in lead.standing.leaders) or "no value"
    return f"{who}?" if len(lead.standing.leaders) == 1 and not lead.sure.at_least("clear") else who


def _one_mix(scenario: Scenario, segments: Iterable[str | None]) -> bool:
    """Whether these segments weigh the same in every moment: none of them has weights of a moment."""
    rows = [scenario.segment_index(name) for name in segments if name is not None]
    return bool(np.ptp(scenario.moment_means.mixes[rows], axis=1).max(initial=0.0) < TIE)


def _below(scenario: Scenario, p: int) -> tuple[Column, ...]:
    """Each discipline's share of weight, of promises and of what is spent; none without the latter two."""
    shares = {head: percents(own.tolist()) for head, own in paid(scenario, p).items()}
    if len(shares) == 1:
        return ()
    columns = [Column("Share of all", texts(["by discipline"]))]
    for d, name in enumerate(scenario.discipline_names):
        told = ", ".join(f"{own[d]} of {_small(head)}" for head, own in shares.items())
        columns.append(Column(name, [Cell(told, ground=Ground(Discipline(d), DEPTH["clear"]))], lines=4))
    return tuple(columns)


def _small(kind: str) -> str:
    """Kind inside a sentence: as it is written, small but for abbreviations."""
    return kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]


# ---------------------------------------------------------------------- words


def _finding(scenario: Scenario, leads: Leads, p: int) -> str:
    words, own = wording.discipline_words(scenario), _of_segments(scenario, leads)
    whole = _for_everyone(own)
    if not whole:
        return _for_most(scenario, own, words)
    best = _leads_most(whole, next(iter(leads.values())), len(words))
    there, every = [place for place, d in whole.items() if d == best], [*chain(*own.values())]
    everyone = "everyone" if len(own) > 1 else wording.short_names([*own])[0]
    same = _one_mix(scenario, own)
    where = _where(there, {lead.place for lead in every}, same=same)
    degree = grading.least_sure([lead.discipline.degree for lead in every if lead.place in there])
    whole_there = [lead for lead in leads.get(None, ()) if lead.place in there]
    told = _overall_only(whole_there, own, words[best], "" if same else where) if degree == "open" else ""
    told = _as_derived(scenario, told or _weighs_most(words[best], degree, everyone, where))
    return told + _payment(scenario, best, p)


def _as_derived(scenario: Scenario, told: str) -> str:
    """A sentence about weights, which says of derived ones that they are."""
    return f"As derived from ratings, {told[0].lower()}{told[1:]}" if heard_of(scenario).derived else told


def _leads_most(whole: Mapping[Place, int], leads: Sequence[MomentLead], count: int) -> int:
    """The discipline of most weight in the moments of most weight."""
    weight, shares = {lead.place: lead.weight for lead in leads}, np.zeros(count)
    for place, d in whole.items():
        shares[d] += weight.get(place, 0.0)
    return int(shares.argmax())


def _where(there: Sequence[Place], places: Collection[Place], *, same: bool) -> str:
    """In which moments, in words."""
    if same:
        return "with the same weights at every moment"
    return "in every moment" if len(there) == len(places) > 1 else place_words(there)


def _weighs_most(discipline: str, degree: Degree, whom: str, where: str) -> str:
    """Start of a sentence about the discipline of most weight, as sure as the least sure of its leads."""
    if degree == "open":
        return f"Which discipline weighs most for {whom} cannot be told: {discipline} is ahead {where}"
    should = "should probably lead" if degree == "likely" else "should lead"
    return f"{wording.capital(discipline)} {should} for {whom} {where}"


def _overall_only(
    whole: Sequence[MomentLead], own: Mapping[str, Sequence[MomentLead]], best: str, where: str
) -> str:
    """What weighs most overall where that is sure though not in each segment; empty where overall it is open too."""
    degree = grading.least_sure([lead.discipline.degree for lead in whole])
    if not whole or degree == "open":
        return ""
    each = {
        name: grading.least_sure([lead.discipline.degree for lead in found]) for name, found in own.items()
    }
    told = [
        f"{sure} {_those([name for name, degree in each.items() if degree in degrees], len(each))}"
        for sure, degrees in _BY_SEGMENT.items()
        if not degrees.isdisjoint(each.values())
    ]
    verb = "probably weighs" if degree == "likely" else "weighs"
    return f"{wording.capital(best)} {verb} most overall{where and f' {where}'}, {wording.joined(told)}"


_BY_SEGMENT = {"clearly": {"clear", "certain"}, "probably": {"likely"}, "too close to call": {"open"}}
"""How sure a discipline weighs most in a segment, in words."""


def _those(segments: Sequence[str], count: int) -> str:
    """Segments among all, in words: the one by its name."""
    if len(segments) == 1 < count:
        return wording.among(wording.short_names(segments)[0])
    return f"in {wording.some_of(len(segments), count, 'segment')}"


def _of_segments(scenario: Scenario, leads: Leads) -> dict[str, Sequence[MomentLead]]:
    """Leads of the segments with a size, or of the only one."""
    own = {each: found for each, found in leads.items() if each is not None}
    sized = {name for name, size in zip(scenario.segment_names, scenario.sizes, strict=True) if size > 0}
    return {each: found for each, found in own.items() if each in sized or len(own) == 1}


def _for_everyone(leads: Mapping[str, Sequence[MomentLead]]) -> dict[Place, int]:
    """Moments in which one discipline weighs most for all who have contacts there, and which."""
    found: dict[Place, set[tuple[int, ...]]] = {}
    for own in leads.values():
        for lead in own:
            found.setdefault(lead.place, set()).add(lead.discipline.leaders)
    single = {place: next(iter(each)) for place, each in found.items() if len(each) == 1}
    return {place: leaders[0] for place, leaders in single.items() if len(leaders) == 1}


def _for_most(scenario: Scenario, leads: Mapping[str, Sequence[MomentLead]], words: Sequence[str]) -> str:
    """No discipline is the same for everyone anywhere: the one that is for most, by weight."""
    share, size = np.zeros(len(words)), dict(zip(scenario.segment_names, scenario.size_shares, strict=True))
    for each, own in leads.items():
        for lead in own:
            leaders = [*lead.discipline.leaders]
            share[leaders] += (size[each] or 1.0) * lead.weight / len(leaders)
    best = np.flatnonzero(share >= share.max() - TIE).tolist()
    told = percents((share / share.sum()).tolist())[best[0]]
    degrees = [
        lead.discipline.degree
        for own in leads.values()
        for lead in own
        if {*lead.discipline.leaders} & {*best}
    ]
    everyone = "everyone" if len(leads) > 1 else wording.short_names([*leads])[0]
    return (
        f"No discipline weighs most for {everyone} in any moment; {wording.joined([words[d] for d in best])} "
        f"{'do' if len(best) > 1 else 'does'} in {told} of contacts by weight{' each' if len(best) > 1 else ''}"
        f"{claims.unless_clear(degrees)}"
    )


def _payment(scenario: Scenario, d: int, p: int) -> str:
    """What the firm promises of a discipline and pays for it, the resource that is furthest from its weight."""
    shares = paid(scenario, p)
    texts = {head: percents(own.tolist())[d] for head, own in shares.items()}
    kinds = [head for head in shares if head not in (WEIGHT, PROMISES)]
    furthest = max(kinds, key=lambda head: abs(shares[head][d] - shares[WEIGHT][d]), default="")
    told = [
        f"{texts[WEIGHT]} of all weight",
        *([f"{texts[PROMISES]} of what is promised"] if PROMISES in shares else []),
        *([f"{texts[furthest]} of {_small(furthest)}"] if furthest else []),
    ]
    return f"; it has {wording.joined(told)}" if len(told) > 1 else ""


def _notes(scenario: Scenario, leads: Leads, shown: Sequence[str], p: int) -> tuple[str, ...]:
    first = next(iter(leads.values()))
    lacking = [
        *(["promises (sheet Promised)"] if scenario.promised is None else []),
        *(["what is spent (sheet Resources)"] if not scenario.resources else []),
    ]
    return (
        "first the discipline that weighs most there, which should lead where it is clear; then the proposition of "
        "highest value",
        "the deeper the colour, the surer the discipline (close: too close to call); ?: whose lead is not clear; "
        "outlined: another discipline than overall",
        taken_from_whole(scenario, [lead.place for lead in first], next(iter(leads))),
        not_told(chain(*leads.values())),
        f"the {_SEGMENTS} largest segments are shown" if len(leads) > _SEGMENTS + 1 else "",
        f"the {len(shown)} of {len(first)} with most weight are shown" if len(shown) < len(first) else "",
        f"not given: {wording.joined(lacking)}" if lacking else "",
        f"promises: those of {wording.short_names(scenario.proposition_names)[p]}"
        if scenario.promised
        else "",
        as_felt(scenario),
        grounds.how_sure_each(scenario),
    )


def _brackets(scenario: Scenario, leads: Leads) -> str:
    """What brackets are; empty where there are none."""
    every = [*chain(*leads.values())]
    if not all(lead.told for lead in every):
        return "; in brackets: taken from the whole, all of it or most"
    own = all(given_there(scenario, lead.place, lead.segment).weights for lead in every)
    return "" if own else "; in brackets: taken from the whole"


def _marks(scenario: Scenario, leads: Leads) -> str:
    """What a question mark is; empty where there is none."""
    names = scenario.discipline_names, scenario.proposition_names
    marked = any("?" in _told(scenario, lead, names) for lead in chain(*leads.values()))
    return "; ?: not clear which" if marked else ""


def _alt(scenario: Scenario, leads: Leads) -> str:
    names = scenario.discipline_names, wording.short_names(scenario.proposition_names)
    items = [
        f"{segment or OVERALL}, {lead.place.name}: {_told(scenario, lead, names)}"
        for segment, found in leads.items()
        for lead in found
    ]
    return f"Table of disciplines by moment. {'; '.join(items)}."
