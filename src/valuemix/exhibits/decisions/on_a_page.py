"""A decision on one page: what is chosen, for whom, what it gives up, how sure, and what would reverse it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.customers.balance import mean_scores
from valuemix.analysis.decisions.reversal import is_reversed
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.decisions.outlook import would_be_found
from valuemix.decisions.record import Chosen, Decision
from valuemix.exhibits.decisions.changes import moved_words, nothing_reverses, reversing_words
from valuemix.exhibits.decisions.choosing import (
    changes_of,
    choices_of,
    chosen_words,
    found_words,
    nothing_chosen,
)
from valuemix.exhibits.decisions.reversal import gone_words
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.portfolio.set_words import set_note, set_worth
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.costs import amount, money
from valuemix.exhibits.words.formats import decimals_of, gap, number, percents, share_of_several
from valuemix.exhibits.words.reasons import own_words
from valuemix.model.scenario import Scenario

__all__ = ["decision", "given_up"]

SHOWN = 3
"""Segments and choices that a sentence names."""


@exhibit_kind(
    "Decision on a page",
    "Decide",
    ("chosen", "by", "decided", "review", "gives_up", "note"),
    "Given up: segments in which another proposition has a higher value, and those that nothing is chosen for, by "
    "size; where there are none, the discipline on which one proposition is scored furthest below another. "
    "What would reverse it: the nearest of all single weights, scores and sizes, and of a set's costs.",
    several_views=True,
)
def decision(
    scenario: Scenario,
    *,
    chosen: str = "",
    by: str = "",
    decided: str = "",
    review: str = "",
    gives_up: str = "",
    note: str = "",
    record: Decision | None = None,
) -> Exhibit:
    """What is decided, in sentences built from the numbers, or in a person's own words.

    Parameters
    ----------
    scenario : Scenario
    chosen : str
        What is chosen, or one by segment or a set as JSON; the proposition that is ahead overall where it is blank.
    by, decided, review : str
        Who decides, when, and when it is looked at again; left out where blank.
    gives_up, note : str
        A person's words: what is given up (the numbers' own sentence where blank), and why not the alternatives.
    record : Decision, optional
        All of that from a record.

    Returns
    -------
    Exhibit
        With one row a part: part, sentence.

    Raises
    ------
    UnknownName, EditError
        Where a name is not there, or what is chosen has no value.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[9, 2], [6, 5]]], points=[40, 60], propositions=["Express", "Green line"],
    ...                                 segments=["Families"])
    >>> for sentence in decision(scenario, chosen="Green line").table["sentence"]:
    ...     print(sentence.replace("\\xa0", " "))
    Green line
    Families, the only segment
    No segment: no other proposition is ahead of it in one that it is chosen for; its score is furthest below another on
    Discipline 1: 6.0, and 9.0 for Express
    Green line probably leads overall
    The weight of Discipline 1 above 50 %, instead of 40 % (Express is ahead then); or the weight of Discipline 2 below
    50 %, instead of 60 % (Express is ahead then)
    """
    if record is not None:
        by, decided, review = record.by, record.decided, record.review
        gives_up, note = record.gives_up, record.note
    choices = _judged(scenario, choices_of(scenario, chosen, record))
    rows = {
        "We choose": _chosen(scenario, choices),
        "Within": _within(scenario, choices),
        "For whom": _for_whom(scenario, choices),
        "What we give up": gives_up or given_up(scenario, choices),
        "How sure": _how_sure(scenario, choices),
        "What would reverse it": _reversed_by(scenario, choices),
        "In a customer’s words": _heard(scenario, choices),
        "Why, and why not others": note,
        "Decided": _decided(by, decided, review),
    }
    told = {part: " ".join(text.split()) for part, text in rows.items() if text} if choices else {}
    return Exhibit(
        finding=_finding(scenario, choices),
        subtitle=f"The decision on one page, {wording.population(scenario, None)}",
        table=pd.DataFrame({"part": [*told], "sentence": [*told.values()]}),
        notes=_notes(scenario, choices, record),
        alt=" ".join(f"{part}: {text}." for part, text in told.items()) or "Nothing is chosen.",
        decimals=decimals_of(scenario),
        scenarios=(scenario,),
        chart=Sentences(tuple(told.items())) if told else Table(()),
    )


def _finding(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    if not choices:
        return nothing_chosen(scenario) or "What was chosen cannot be judged: it has no value here any more"
    changes = changes_of(scenario, choices)
    told = f"We choose {chosen_words(scenario, choices)}"
    gone = [each for each in choices if is_reversed(scenario, each.choice, each.accepted)]
    if gone:
        said = gone_words(scenario, gone[0])
        return f"{told}, but {said.replace('The set', 'the set', 1)}"
    if not changes:
        return f"{told}; {nothing_reverses(scenario, choices)}"
    return f"{told}; {moved_words(scenario, changes[0])}, would reverse it"


def _judged(scenario: Scenario, choices: Sequence[Chosen]) -> list[Chosen]:
    """Choices that the scenario has a value for."""
    return [each for each in choices if is_reversed(scenario, each.choice, each.accepted) is not None]


def _chosen(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    told = chosen_words(scenario, choices)
    return wording.capital(told) if choices and choices[0].members else told


def _decided(by: str, decided: str, review: str) -> str:
    """Who decided and when, and when it is looked at again."""
    who = ", ".join(filter(None, (by, decided)))
    return "; ".join(filter(None, (who, f"looked at again on {review}" if review else "")))


def _notes(scenario: Scenario, choices: Sequence[Chosen], record: Decision | None) -> tuple[str, ...]:
    """What one choice's sentence rests on, and how likely a fall of each lead would be found by answers of its day."""
    then, decided = (scenario, choices) if record is None else (record.scenario, record.chosen)
    found = [found_words(found) for each in decided if (found := would_be_found(then, each))]
    if len(choices) != 1:
        return tuple(found)
    [only] = choices
    choice = only.choice
    sure = (
        set_note(scenario, choice)
        if isinstance(choice, SetChoice)
        else grounds.how_sure(scenario, choice.segment)
    )
    return sure, *found


def _for_whom(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    places = [each.segment for each in choices if each.segment]
    if not places:
        return wording.capital(wording.population(scenario, None).removesuffix(", by size"))
    shown = [scenario.segment_names.index(name) for name in places if name in scenario.segment_names]
    names = wording.short_names(scenario.segment_names)
    size = share_of_several(scenario.size_shares.tolist(), shown)
    return f"{wording.joined([names[g] for g in shown], 6)} ({size} of size)"


def given_up(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """Whom a choice does not serve, and where another proposition is ahead, the largest segments first.

    Examples
    --------
    >>> from valuemix.decisions.record import choices_among
    >>> scenario = Scenario.from_arrays([[[9, 9], [2, 2]], [[1, 1], [8, 8]]], sizes=[70, 30],
    ...                                 segments=["Families", "Shops"], propositions=["Express", "Green line"])
    >>> given_up(scenario, choices_among(scenario, "Express")).replace("\\xa0", " ")
    'Shops (30 % of size): Green line leads there'
    >>> given_up(scenario, choices_among(scenario, {"Families": "Express"})).replace("\\xa0", " ")
    'We will not serve Shops (30 % of size)'
    """
    segments, sizes = wording.short_names(scenario.segment_names), percents(scenario.size_shares.tolist())
    shown = [f"{name} ({size} of size)" for name, size in zip(segments, sizes, strict=True)]
    order = sorted(range(len(segments)), key=lambda g: -scenario.size_shares[g])
    own = {each.segment: _names(each) for each in choices}
    chosen = {g: own.get(scenario.segment_names[g], own.get("", ())) for g in order}
    left = [shown[g] for g in order if not chosen[g]]
    ahead = {g: _ahead_of(scenario, g, chosen[g]) for g in order if chosen[g]}
    behind = [f"{shown[g]}: {told}" for g, told in ahead.items() if told]
    more = len(behind) - SHOWN
    parts = (
        f"We will not serve {wording.joined(left, SHOWN)}" if left else "",
        *behind[:SHOWN],
        f"{wording.count(more, 'smaller segment')} more" if more > 0 else "",
    )
    nothing = "No segment: no other proposition is ahead of it in one that it is chosen for"
    return "; ".join(filter(None, parts)) or "; ".join(filter(None, (nothing, _weakest(scenario, choices))))


def _weakest(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """The discipline on which one proposition is scored furthest below another; blank where none is above it."""
    if len(choices) != 1 or choices[0].members:
        return ""
    [each] = choices
    segment = scenario.segment_index(each.segment) if each.segment else None
    scores = mean_scores(scenario) if segment is None else scenario.array("scores")[segment]
    own = scores[scenario.proposition_index(each.proposition)]
    behind = np.nan_to_num(np.fmax.reduce(scores, axis=0) - own)
    d, decimals = int(behind.argmax()), decimals_of(scenario)
    theirs, mine = (number(float(score), decimals) for score in (np.nanmax(scores[:, d]), own[d]))
    if behind[d] <= 0 or theirs == mine:
        return ""
    best = wording.short_names(scenario.proposition_names)[int(np.nanargmax(scores[:, d]))]
    discipline = wording.discipline_word(scenario.discipline_names[d])
    return f"its score is furthest below another on {discipline}: {mine}, and {theirs} for {best}"


def _ahead_of(scenario: Scenario, g: int, chosen: Sequence[str]) -> str:
    """Who else is ahead in a segment, as sure as that is, or ties with what is chosen there; or empty."""
    found, names = grading.in_segments(scenario)[g], wording.short_names(scenario.proposition_names)
    leaders = [p for p in found.leaders if scenario.proposition_names[p] not in chosen]
    if not leaders:
        return ""
    if len(leaders) < len(found.leaders):
        tied = wording.joined([names[p] for p in leaders])
        return "" if len(chosen) > 1 else f"{tied} {'ties' if len(leaders) == 1 else 'tie'} with it there"
    verb = claims.lead_verb([found.degree], several=len(leaders) > 1)
    return f"{wording.joined([names[p] for p in leaders])} {verb} there{claims.close(found)}"


def _how_sure(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    if choices and isinstance(choices[0].choice, SetChoice):
        return set_worth(scenario, choices[0].choice)
    result, decimals, told = evaluate(scenario), decimals_of(scenario), []
    for each in choices[:SHOWN]:
        segment = each.segment or None
        sentence = claims.lead_today(result, segment)
        values = result.values_in(segment)
        standing, chosen = result.standing(segment), scenario.proposition_index(each.proposition)
        if chosen not in standing.leaders and standing.leaders:
            lost = number(gap(float(values[standing.leaders[0]]), float(values[chosen]), decimals), decimals)
            sentence += f"; {wording.short_names(scenario.proposition_names)[chosen]} is {lost} below"
        told.append(sentence + ("" if segment else _unsure_where(scenario, chosen)))
    more = len(choices) - SHOWN
    return ". ".join(
        [
            *filter(None, told),
            *([f"{wording.capital(wording.count(more, 'more segment'))}"] if more > 0 else []),
        ]
    )


def _unsure_where(scenario: Scenario, chosen: int) -> str:
    """Segments in which what is chosen for all is ahead but not clearly, the largest first; or empty."""
    if len(scenario.segments) == 1:
        return ""
    names, sizes = wording.short_names(scenario.segment_names), percents(scenario.size_shares.tolist())
    every = grading.in_segments(scenario)
    unsure = {
        f"{wording.among(names[g])} ({sizes[g]} of size)": every[g].degree
        for g in sorted(range(len(names)), key=lambda g: -scenario.size_shares[g])
        if every[g].leaders == (chosen,) and not every[g].at_least("clear")
    }
    return f"; its lead is {claims.sure_where(unsure)}" if unsure else ""


def _reversed_by(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    changes = changes_of(scenario, choices)
    gone = [each for each in choices if is_reversed(scenario, each.choice, each.accepted)]
    told = [
        *(gone_words(scenario, each) for each in gone[:1]),
        *(reversing_words(scenario, each, choices) for each in changes[:2]),
    ]
    return wording.capital("; or ".join(told) or nothing_reverses(scenario, choices))


def _names(chosen: Chosen) -> tuple[str, ...]:
    """Propositions of a choice."""
    return chosen.members or (chosen.proposition,)


def _within(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """What a set takes of its limits; blank where it has none."""
    if not choices or not choices[0].members:
        return ""
    [each] = choices
    parts = [part for part in scenario.propositions if part.name in each.members]
    cost, people = (math.fsum(getattr(part, of) or 0.0 for part in parts) for of in ("cost", "people"))
    told = (
        "" if each.budget is None else _spent(scenario, each.budget, cost),
        "" if each.people is None else f"{amount(each.people)} people, of whom it takes {amount(people)}",
        "" if each.at_most is None else f"at most {wording.count(each.at_most, 'proposition')}",
    )
    return wording.capital("; ".join(filter(None, told)))


def _spent(scenario: Scenario, budget: float, cost: float) -> str:
    """A budget, and what a set takes of it."""
    taken = "all" if abs(budget - cost) <= 1e-9 * budget else money(scenario, cost)
    return f"a budget of {money(scenario, budget)}, of which it takes {taken}"


def _heard(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    told = (own_words(scenario, name, each.segment) for each in choices for name in _names(each))
    return next(filter(None, told), "")
