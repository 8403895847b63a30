"""The strategy on one page: six plain sentences, built from the numbers, or a person's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.customers.discipline_check import DisciplineCheck, discipline_check
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, tradeoffs
from valuemix.analysis.value.scoring import TIE, Evaluation
from valuemix.charts.sentences import Sentences
from valuemix.errors import UnknownName
from valuemix.exhibits.customers.discipline_check import CONTESTED
from valuemix.exhibits.customers.standings import held, led, left_to_others
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.tradeoffs.nearest_change import change_told, nearest_change
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import (
    apportioned,
    decimals_of,
    lead_printed,
    number,
    share_of_several,
)
from valuemix.typing import FloatArray

__all__ = ["PARTS", "statement"]

PARTS = (
    "For whom",
    "What they get",
    "What we lead in",
    "What we hold",
    "What we will not do",
    "What would change our mind",
)
"""Parts of the statement, in order."""


def _asked(request: Request) -> Exhibit:
    return statement(
        request.evaluation, edited={part: text for part, text in request.options.items() if part in PARTS}
    )


@exhibit_kind(
    "The strategy on one page",
    "Customer view",
    PARTS,
    formulas.VALUE + " Sentences are built from the values, the discipline check and the weight nearest "
    "to a switch of the leader, unless worded by hand.",
    make=_asked,
)
def statement(evaluation: Evaluation, *, edited: Mapping[str, str] | None = None) -> Exhibit:
    """Six sentences about the proposition that leads overall.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
    edited : mapping of str to str, optional
        A person's own words by part; they take the place of a sentence. Blank ones do not.

    Returns
    -------
    Exhibit
        With one row a part: part, sentence. Parts are those of `PARTS`.

    Raises
    ------
    UnknownName
        Where a part is edited that does not exist.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[6, 2, 5, 6], [4, 9, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> shown = statement(scenario, edited={"For whom": "Families who are short of time."})
    >>> for sentence in shown.table["sentence"]:
    ...     print(sentence.replace("\\xa0", " "))
    Families who are short of time.
    A value of 5.8 (scale 0 to 10), most of it from operational excellence (2.3) and social purpose (1.3).
    Green line scores highest on operational excellence (9.0).
    It holds social purpose (5.0) and customer intimacy (5.0), none of them clearly; innovation (4.0) stays
    below the threshold of 5.
    We will not compete for the lead in innovation, where Express is ahead at 6.0, nor lead with Express.
    With operational excellence alone weighing 12 points less, from 25 to 13 %, the others in proportion, Express
    draws level; no single weight or score is nearer, by part of its range.
    """
    own = {part: text.strip() for part, text in (edited or {}).items() if text.strip()}
    for part in own:
        if part not in PARTS:
            raise UnknownName("part", part, PARTS)
    sentences = {**dict(zip(PARTS, _sentences(evaluation), strict=True)), **own}
    scenario = evaluation.scenario
    by_hand = [part.lower() for part in PARTS if part in own]
    return Exhibit(
        finding=_finding(evaluation),
        subtitle=f"The strategy on one page, {wording.population(scenario, None)}",
        table=pd.DataFrame({"part": [*sentences], "sentence": [*sentences.values()]}),
        notes=_notes(evaluation, by_hand),
        alt=" ".join(f"{part}: {_ended(text)}" for part, text in sentences.items()),
        decimals=decimals_of(evaluation.scenario),
        scenarios=(scenario,),
        chart=Sentences((*sentences.items(),)),
    )


def _finding(evaluation: Evaluation) -> str:
    """What to lead with, and how far it is ahead."""
    standing = evaluation.standing()
    if not standing.leaders:
        return "No strategy can be read from the numbers yet: no proposition has an overall value"
    names = claims.called(evaluation, None)
    who = wording.joined([names[p] for p in standing.leaders])
    if len(standing.leaders) > 1:
        return f"The numbers do not decide yet: {who} tie overall"
    if standing.runner_up is None:
        alone = claims.nothing_to_compare(evaluation.scenario, None, "so the numbers choose nothing yet")
        return alone or f"The numbers choose nothing yet: only {who} has an overall value"
    second, ranks = standing.runner_up, evaluation.overall_ranks
    lead = lead_printed(
        evaluation.overall[standing.leaders[0]], evaluation.overall[second], evaluation.scenario
    )
    found = certainty(evaluation.scenario)
    if found.degree == "open":
        short = wording.short_names(evaluation.scenario.proposition_names)
        told = f"{claims.leads(found, who, None)} by {lead}{claims.contest(found, short)}"
        return f"The numbers do not decide yet: {told}"
    others = wording.joined([names[p] for p in standing.order if ranks[p] == ranks[second]])
    whatever = claims.whatever(evaluation.scenario, found)
    told = f"{claims.probably(found)}ahead of {others} overall by {lead}" + (
        f", {whatever}" if whatever else ""
    )
    return f"Our strategy: lead with {who}, {told}"


def _notes(evaluation: Evaluation, by_hand: list[str]) -> tuple[str, ...]:
    scenario, leaders = evaluation.scenario, evaluation.standing().leaders
    stuck = len(leaders) == 1 and discipline_check(scenario).verdicts[leaders[0]] == "stuck in the middle"
    return (
        grounds.how_sure(scenario),
        CONTESTED if stuck else "",
        f"worded by hand: {wording.joined(by_hand, most=6)}" if by_hand else "",
    )


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _sentences(evaluation: Evaluation) -> list[str]:
    """The six sentences, in order of the parts."""
    leaders = evaluation.standing().leaders
    names = wording.short_names(evaluation.scenario.proposition_names)
    if not leaders:
        return ["Not to be said yet: no proposition has an overall value."] * len(PARTS)
    if len(leaders) > 1:
        who = wording.joined([names[p] for p in leaders])
        tie = claims.tie(evaluation.scenario, None)
        return [f"Not to be said yet: {who} {tie}."] * (len(PARTS) - 1) + [
            f"The numbers do not decide between those who {tie}."
        ]
    leader, found = leaders[0], certainty(evaluation.scenario)
    names[leader] = claims.called(evaluation, None)[leader]
    check = discipline_check(evaluation.scenario)
    return [
        _for_whom(evaluation, names[leader], leader),
        _what_they_get(evaluation, leader),
        led(check, names, leader),
        held(check, leader),
        _in_play(evaluation, found, names)
        if found.degree == "open"
        else _not_do(evaluation, check, names, leader),
        _change_of_mind(tradeoffs(evaluation.scenario), found, names),
    ]


def _led_by(evaluation: Evaluation, leader: int) -> list[int]:
    """Segments in which it is ahead or shares the lead, the largest first."""
    sizes = evaluation.scenario.sizes
    ahead = np.flatnonzero((evaluation.ranks[:, leader] == 1) & (sizes > 0)).tolist()
    return sorted(ahead, key=lambda g: -float(sizes[g]))


def _for_whom(evaluation: Evaluation, name: str, leader: int) -> str:
    scenario = evaluation.scenario
    segments = wording.short_names(scenario.segment_names)
    if len(segments) == 1:
        return f"{segments[0]}, the only segment."
    led = _led_by(evaluation, leader)
    if not led:
        together = f"{wording.every(len(segments), 'segment')} together"
        return f"{together}: {name} is a compromise, ahead in none of them by itself."
    every = grading.in_segments(scenario)
    alone = {wording.among(segments[g]): every[g].degree for g in led if len(every[g].leaders) == 1}
    ahead_there = f"ahead{' or shares the lead' if len(alone) < len(led) else ''}"
    who, sure = wording.joined([segments[g] for g in led], most=4), claims.counted([*alone.values()], "there")
    if "," in sure:
        sure = f"the lead is {claims.sure_where(alone)}"
    sure = f"; {sure}" if sure else ""
    if len(led) == len(segments):
        return f"{who}: {name} is {ahead_there} in {'both' if len(led) == 2 else 'each of them'}{sure}."
    size = share_of_several(scenario.size_shares.tolist(), led)
    return f"{who} ({size} of size), where {name} is {ahead_there}{sure}."


def _what_they_get(evaluation: Evaluation, leader: int) -> str:
    """The value, and the disciplines that most of it comes from where it is a sum."""
    scenario, decimals = evaluation.scenario, decimals_of(evaluation.scenario)
    value, parts = float(evaluation.overall[leader]), evaluation.contributions_in(None)
    star = ", resting on incomplete scores" if evaluation.overall_partial[leader] else ""
    over = " over all segments by size" if len(scenario.segments) > 1 else ""
    told = f"{number(value, decimals)}{over} (scale {wording.scale(scenario)}){star}"
    start = f"A value of {wording.joined([*_theirs(evaluation, leader), told], most=5)}"
    most = [] if parts is None else _most_of(parts[leader], value, TIE * scenario.scale.width)
    if parts is None or not most:
        return f"{start}."
    words, shown = wording.discipline_words(scenario), apportioned(parts[leader], value, decimals)
    told = wording.joined([f"{words[d]} ({number(shown[d], decimals)})" for d in most])
    return f"{start}, most of it from {told}."


def _theirs(evaluation: Evaluation, leader: int) -> list[str]:
    """What those get whom it is for, the largest first; nothing where that is everybody."""
    scenario, led = evaluation.scenario, _led_by(evaluation, leader)
    names, decimals = wording.short_names(scenario.segment_names), decimals_of(scenario)
    if len(led) == np.count_nonzero(scenario.sizes):
        return []
    return [
        f"{number(float(evaluation.values_in(scenario.segment_names[g])[leader]), decimals)} {wording.among(names[g])}"
        for g in led[:4]
    ]


def _most_of(parts: FloatArray, value: float, tie: float) -> list[int]:
    """One part or two that make more than half of a value; none where it takes more, or a part is below 0."""
    order = np.argsort(-np.round(parts, 9), kind="stable")[:2]
    first = [int(d) for d in order if parts[d] > tie and parts.min() >= 0]
    most = (first[:count] for count in range(1, len(first) + 1))
    return next((some for some in most if parts[some].sum() > value / 2), [])


def _close_there(evaluation: Evaluation, leader: int) -> dict[int, list[int]]:
    """Propositions that it is not told from, with those segments that it is for in which it is not."""
    every, found = grading.in_segments(evaluation.scenario), dict[int, list[int]]()
    for g in _led_by(evaluation, leader):
        near = every[g].close or every[g].leaders
        for p in near:
            if p != leader:
                found.setdefault(p, []).append(g)
    return found


def _left_aside(
    evaluation: Evaluation, leader: int, others: Sequence[int], names: Sequence[str]
) -> tuple[str, str]:
    """Propositions not led with, and a sentence of those that stay in play in some segment; either may be empty."""
    segments, close = wording.short_names(evaluation.scenario.segment_names), _close_there(evaluation, leader)
    ruled_out = wording.joined([names[p] for p in others if p not in close]) if {*others} - {*close} else ""
    there: dict[str, list[str]] = {}
    for p in (p for p in others if p in close):
        where = wording.joined([wording.among(segments[g]) for g in close[p]])
        there.setdefault(where, []).append(names[p])
    told = [
        f" {wording.joined(who)} {'stays' if len(who) == 1 else 'stay'} in play {where}."
        for where, who in there.items()
    ]
    return ruled_out, "".join(told)


def _not_do(evaluation: Evaluation, check: DisciplineCheck, names: list[str], leader: int) -> str:
    """The discipline in which it is farthest behind another, and the propositions not led with."""
    others = [p for p in wording.best_first(evaluation, None) if p != leader]
    if not others:
        return "Nothing is given up: there is no other proposition to leave aside."
    ruled_out, in_play = _left_aside(evaluation, leader, others, names)
    left = left_to_others(check, names, leader)
    if left:
        aside = f", nor lead with {ruled_out}" if ruled_out else ""
        return f"We will not compete for the lead in {left}{aside}.{in_play}"
    if not ruled_out:
        return in_play.strip()
    behind = np.fmax.reduce(check.scores, axis=0) - check.scores[leader]
    clearly = "clearly " if (behind > TIE * check.scenario.scale.width).any() else ""
    return f"We will not lead with {ruled_out}: none is {clearly}ahead in any discipline.{in_play}"


def _in_play(evaluation: Evaluation, found: Certainty, names: list[str]) -> str:
    """While it is open, nothing is ruled out but what is clearly below."""
    rivals = wording.joined(claims.rivals(found, names), claims.NAMED + 1)
    stay = "stays" if len(found.rivals) == 1 else "stay"
    below = [p for p in wording.best_first(evaluation, None) if p not in (*found.leaders, *found.rivals)]
    ruled_out, in_play = _left_aside(evaluation, found.leaders[0], below, names)
    aside = f" We will not lead with {ruled_out}." if ruled_out else ""
    return f"Not to be said yet: {rivals} {stay} in play.{aside}{in_play}"


def _change_of_mind(result: Tradeoffs, found: Certainty, names: list[str]) -> str:
    """The smallest change of any kind; while it is open, what it hangs on before that."""
    if len(names) == 1:
        return "Another proposition: there is none to compare with."
    change = change_told(result, nearest_change(result), names)
    if found.degree == "open":
        return f"It is open: {claims.hinge(result.scenario)}. {change}."
    return f"{change}."
