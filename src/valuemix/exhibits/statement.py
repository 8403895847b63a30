"""The strategy on one page: six plain sentences, built from the numbers, or a person's own words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from valuemix.analysis.discipline_check import DisciplineCheck, discipline_check
from valuemix.analysis.scoring import TIE, Evaluation, evaluate
from valuemix.analysis.tradeoffs import Tradeoffs, tradeoffs
from valuemix.errors import UnknownName
from valuemix.exhibits import wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import ahead, apportioned, decimals_of, number, percent
from valuemix.exhibits.summary_figure import draw
from valuemix.exhibits.switches import NARROW, nearest_switch, shown_weights
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points

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


def statement(evaluation: Evaluation | Scenario, edited: Mapping[str, str] | None = None) -> Exhibit:
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
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 6], [4, 9, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> shown = statement(scenario, {"For whom": "Families who are short of time."})
    >>> for sentence in shown.table["sentence"]:
    ...     print(sentence.replace("\\xa0", " "))
    Families who are short of time.
    A value of 5.8 (scale 0 to 10), most of it from operational excellence (2.3) and social purpose (1.3).
    Green line leads operational excellence, at 9.0.
    It holds social purpose (5.0) and customer intimacy (5.0); innovation (4.0) stays below the threshold of 5.
    We will not compete for the lead in innovation, where Express is ahead at 8.0, nor lead with Express.
    With operational excellence 6 points down, from 25 to 19 %, Express would lead; it is the
    change of one weight nearest to today.
    """
    evaluation = evaluate(evaluation)
    own = {part: text.strip() for part, text in (edited or {}).items() if text.strip()}
    for part in own:
        if part not in PARTS:
            raise UnknownName("part", part, PARTS)
    sentences = {**dict(zip(PARTS, _sentences(evaluation), strict=True)), **own}
    scenario = evaluation.scenario
    by_hand = [part.lower() for part in PARTS if part in own]
    return Exhibit(
        key="statement",
        finding=_finding(evaluation),
        subtitle=f"The strategy on one page, {wording.population(scenario, None)}",
        table=pd.DataFrame({"part": [*sentences], "sentence": [*sentences.values()]}),
        source=wording.source_of(scenario),
        notes=(f"worded by hand: {wording.joined(by_hand, most=6)}",) if by_hand else (),
        alt=" ".join(f"{part}: {_ended(text)}" for part, text in sentences.items()),
        decimals=decimals_of(evaluation.scenario),
        scenarios=(scenario,),
        draw=draw,
    )


def _finding(evaluation: Evaluation) -> str:
    """What to lead with, and how far it is ahead."""
    names, standing = wording.short_names(evaluation.scenario.proposition_names), evaluation.standing()
    if not standing.leaders:
        return "No strategy can be read from the numbers yet: no proposition has an overall value"
    who = wording.joined([names[p] for p in standing.leaders])
    if len(standing.leaders) > 1:
        return f"The numbers do not decide on a strategy yet: {who} share the lead overall"
    if standing.runner_up is None:
        return f"Our strategy: lead with {who}, which has nothing to be compared with"
    second = standing.runner_up
    ranks = evaluation.overall_ranks
    others = wording.joined([names[p] for p in standing.order if ranks[p] == ranks[second]])
    lead = ahead(
        evaluation.overall[standing.leaders[0]], evaluation.overall[second], decimals_of(evaluation.scenario)
    )
    return f"Our strategy: lead with {who}, ahead of {others} overall by {lead}"


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
        return [f"Not to be said yet: {who} share the lead."] * (len(PARTS) - 1) + [
            "Any change decides between those who share the lead."
        ]
    leader = leaders[0]
    check = discipline_check(evaluation.scenario)
    return [
        _for_whom(evaluation, leader),
        _what_they_get(evaluation, leader),
        _lead(check, names, leader),
        _hold(check, leader),
        _not_do(evaluation, check, names, leader),
        _change_of_mind(tradeoffs(evaluation.scenario), names),
    ]


def _for_whom(evaluation: Evaluation, leader: int) -> str:
    scenario = evaluation.scenario
    segments = wording.short_names(scenario.segment_names)
    led = [g for g in range(len(segments)) if evaluation.ranks[g, leader] == 1 and scenario.sizes[g] > 0]
    shared = any((evaluation.ranks[g] == 1).sum() > 1 for g in led)
    name, also = (
        wording.short_names(scenario.proposition_names)[leader],
        " or shares the lead" if shared else "",
    )
    if len(segments) == 1:
        return f"{segments[0]}, the only segment."
    if not led:
        return f"{wording.every(len(segments), 'segment')} together: {name} leads overall, though in none of them."
    shares = scenario.size_shares
    led.sort(key=lambda g: -shares[g])
    points = rounded_points(shares.tolist())
    size = percent(sum(points[g] for g in led), float(shares[led].sum()))
    who = wording.joined([segments[g] for g in led], most=4)
    if len(led) == len(segments):
        return f"{who}: {name} leads{also} in {'both' if len(led) == 2 else 'each of them'}."
    return f"{who} ({size} of size), where {name} leads{also}."


def _what_they_get(evaluation: Evaluation, leader: int) -> str:
    """The value, and the disciplines that most of it comes from where it is a sum."""
    scenario, decimals = evaluation.scenario, decimals_of(evaluation.scenario)
    value, parts = evaluation.overall[leader], evaluation.contributions_in(None)
    star = ", resting on incomplete scores" if evaluation.overall_partial[leader] else ""
    over = " over all segments by size" if len(scenario.segments) > 1 else ""
    start = f"A value of {number(value, decimals)}{over} (scale {wording.scale(scenario)}){star}"
    if parts is None or (parts[leader] < 0).any():
        return f"{start}."
    words = wording.discipline_words(scenario)
    order = np.argsort(-np.round(parts[leader], 9), kind="stable")
    most = [d for d in order[:2] if parts[leader, d] > TIE * scenario.scale.width]
    while len(most) > 1 and parts[leader, most[:-1]].sum() > value / 2:
        most = most[:-1]
    if not most or parts[leader, most].sum() <= value / 2:
        return f"{start}."
    shown = apportioned(parts[leader], value, decimals)
    told = wording.joined([f"{words[d]} ({number(shown[d], decimals)})" for d in most])
    return f"{start}, most of it from {told}."


def _scored(check: DisciplineCheck, p: int, places: list[int]) -> str:
    """Disciplines with the scores of a proposition."""
    words, decimals = wording.discipline_words(check.scenario), decimals_of(check.scenario)
    return wording.joined([f"{words[d]} ({number(check.scores[p, d], decimals)})" for d in places], most=12)


def _lead(check: DisciplineCheck, names: list[str], p: int) -> str:
    words, decimals = wording.discipline_words(check.scenario), decimals_of(check.scenario)
    led = check.disciplines(p, "leads")
    if len(led) == 1:
        return f"{names[p]} leads {words[led[0]]}, at {number(check.scores[p, led[0]], decimals)}."
    if led:
        return f"{names[p]} leads {_scored(check, p, led)}."
    own = check.scores[p]
    best = [int(d) for d in np.flatnonzero(own >= np.nanmax(own) - TIE * check.scenario.scale.width)]
    return f"{names[p]} leads no discipline yet; it is strongest in {_scored(check, p, best)}."


def _hold(check: DisciplineCheck, p: int) -> str:
    held, below = check.disciplines(p, "holds"), check.disciplines(p, "below")
    threshold = wording.plain(check.scenario.threshold)
    stay = "stays" if len(below) == 1 else "stay"
    if held and below:
        short = f"{_scored(check, p, below)} {stay} below the threshold of {threshold}"
        return f"It holds {_scored(check, p, held)}; {short}."
    if held:
        return f"It holds {_scored(check, p, held)}, at or above the threshold of {threshold}."
    if below:
        return f"Nothing else yet: {_scored(check, p, below)} {stay} below the threshold of {threshold}."
    return "Nothing else is asked: it leads every discipline that is scored."


def _not_do(evaluation: Evaluation, check: DisciplineCheck, names: list[str], leader: int) -> str:
    """The discipline in which it is farthest behind another, and the propositions not led with."""
    others = [names[p] for p in wording.best_first(evaluation, None) if p != leader]
    if not others:
        return "Nothing is given up: there is no other proposition to leave aside."
    aside = f"lead with {wording.joined(others)}"
    scores, words = check.scores, wording.discipline_words(check.scenario)
    rivals = np.where(np.isnan(scores), -np.inf, scores)
    rivals[leader] = -np.inf
    gaps = rivals.max(axis=0) - scores[leader]
    behind = np.where(np.isnan(gaps), -np.inf, gaps)
    d = int(np.argmax(behind))
    if behind[d] <= TIE * check.scenario.scale.width:
        return f"We will not {aside}: none is ahead in any discipline."
    q = int(np.argmax(rivals[:, d]))
    decimals = decimals_of(check.scenario)
    return (
        f"We will not compete for the lead in {words[d]}, where {names[q]} is ahead at "
        f"{number(scores[q, d], decimals)}, nor {aside}."
    )


def _change_of_mind(result: Tradeoffs, names: list[str]) -> str:
    """The weight nearest to a switch of the leader."""
    if len(names) == 1:
        return "Another proposition: there is none to compare with."
    nearest = [(nearest_switch(sweep), d, sweep) for d, sweep in enumerate(result.sweeps)]
    found = [(abs(near[0] - sweep.today_share), d, sweep, near) for near, d, sweep in nearest if near]
    if not found:
        return "No single weight: it leads whatever each of them weighs, so only new scores or sizes could."
    distance, d, sweep, (there, after) = min(found, key=lambda item: item[:2])
    word = wording.discipline_words(result.scenario)[d]
    who = wording.joined([names[p] for p in after])
    if distance <= NARROW:
        return f"The smallest change in the weight of {word}: {who} would lead."
    shown = shown_weights(result)[d]
    way = "up" if there > sweep.today_share else "down"
    return (
        f"With {word} {shown.apart(there)} {way}, from "
        f"{shown.bare(sweep.today_share)} to {shown.text(there)}, {who} would lead; "
        f"it is the change of one weight nearest to today."
    )
