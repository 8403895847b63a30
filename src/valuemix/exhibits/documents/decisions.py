"""Decisions in the terminal and as JSON: what was recorded, and what a review found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.analysis.decisions.reversing_changes import ReversingChange
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.charts.table import Column, Table, texts
from valuemix.decisions.folder import Kept
from valuemix.decisions.record import Decision
from valuemix.decisions.review import Reviewed, ReviewedChoice
from valuemix.exhibits.decisions.changes import (
    NOTHING_LEFT,
    accepted_words,
    nothing_reverses,
    reversing_words,
    told_once,
    uses_all,
)
from valuemix.exhibits.decisions.choosing import chosen_words, found_words
from valuemix.exhibits.portfolio.set_words import set_worth
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import decimals_of, enough, number

__all__ = [
    "CAME",
    "Found",
    "decision_text",
    "review_document",
    "review_finding",
    "review_table",
    "review_text",
    "reviewed_label",
    "stand_words",
    "standing",
]

Found = Sequence[tuple[Kept, Reviewed | str]]
"""Decisions, and what the review of each found or why there is none."""

CAME = {True: "came true", False: "did not come true", None: "not judged yet"}
"""What became of something that was expected."""

_STATES = {
    "stands": "stands",
    "nearer": "stands, but less would reverse it than on the day",
    "reversed": "reversed",
    "unknown": "cannot be judged",
}


def decision_text(decision: Decision) -> str:
    """What was recorded, in lines: what was chosen, what it loses, what would reverse it.

    Examples
    --------
    >>> from valuemix.decisions.record import decide
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[9, 2], [6, 5]], points=[40, 60], propositions=["Express", "Green line"])
    >>> decision = decide(scenario, "Green line", "2027-06-30", decided="2027-01-31")
    >>> print(decision_text(decision).replace("\\xa0", " "))
    2027-01-31: Green line for everyone, to be reviewed on 2027-06-30
    It was the best there on that day.
    Any one of these reverses it, the nearest first:
      the weight of Discipline 1 above 50 %, instead of 40 % (Express is ahead then)
      ...
    """
    lines = [
        f"{decision.decided}: {_chosen_words(decision)}, to be reviewed on {decision.review}",
        *(_lost_words(decision, place) for place in range(len(decision.chosen))),
    ]
    if decision.reversing:
        lines.append(f"Any one of these reverses it{_beyond(decision)}, the nearest first:")
        lines += [
            f"  {reversing_words(decision.scenario, each, decision.chosen)}"
            for each in told_once(decision.reversing)[:5]
        ]
    else:
        lines.append(f"{wording.capital(nothing_reverses(decision.scenario, decision.chosen))}.")
    return "\n".join(lines)


def _beyond(decision: Decision) -> str:
    """In brackets the loss above which it is reversed, where one is accepted."""
    if told := accepted_words(decision.scenario, decision.chosen):
        limits = ", or limits that it breaks" if any(each.members for each in decision.chosen) else ""
        return f" ({told}{limits}; something else may be worth more before)"
    return ""


def _chosen_words(decision: Decision) -> str:
    told = chosen_words(decision.scenario, decision.chosen)
    return told if any(each.segment for each in decision.chosen) else f"{told} for everyone"


def _lost_words(decision: Decision, place: int) -> str:
    chosen, decimals = decision.chosen[place], decimals_of(decision.scenario)
    where = f"in {chosen.segment}" if chosen.segment else "there"
    lost, accepted = number(chosen.lost, decimals), number(chosen.accepted, decimals)
    if isinstance(chosen.choice, SetChoice):
        share = _percent(chosen.accepted / decision.scenario.scale.width)
        up_to = f"Up to a loss of {accepted}, {share}\u00a0% of the scale, it stands."
        return f"{set_worth(decision.scenario, chosen.choice)}. {up_to}"
    if not chosen.lost:
        up_to = f"; up to a loss of {accepted} it stands" if chosen.accepted else ""
        return f"It was the best {where} on that day{up_to}."
    return f"It lost {lost} {where} against the best on that day; up to {accepted} it stands."


def _percent(share: float) -> str:
    return wording.plain(round(100 * share, 1))


def review_document(found: Found) -> dict[str, Any]:
    """Reviews of a folder as JSON.

    Parameters
    ----------
    found : sequence of (Kept, Reviewed or str)
        Each decision, and what its review found or why there is none.

    Returns
    -------
    dict
        ``decisions``: file, decided, review, by, state, due, choices; and ``reversed``, how many are.
    """
    rows = [_row(kept, reviewed) for kept, reviewed in found]
    return {"decisions": rows, "reversed": sum(row["state"] == "reversed" for row in rows)}


def _row(kept: Kept, reviewed: Reviewed | str) -> dict[str, Any]:
    row: dict[str, Any] = {"file": kept.path.name, "edited": kept.edited}
    if isinstance(reviewed, str) or kept.decision is None:
        return {
            **row,
            "state": "unread" if kept.decision is None else "unknown",
            "problem": reviewed or kept.problem,
        }
    decision = kept.decision
    return {
        **row,
        "decided": decision.decided,
        "review": decision.review,
        "by": decision.by,
        "state": reviewed.state,
        "due": reviewed.due,
        "expected": [decision.expects[place].text for place in reviewed.expected],
        "came_true": [*reviewed.came_true],
        "choices": [_choice_row(each) for each in reviewed.choices],
    }


def _choice_row(each: ReviewedChoice) -> dict[str, Any]:
    return {
        "proposition": each.chosen.proposition or None,
        "set": [*each.chosen.members],
        **{name: getattr(each.chosen, name) for name in ("budget", "people", "at_most")},
        "segment": each.chosen.segment or None,
        "state": each.state,
        "lost": _number(each.lost),
        "accepted": each.chosen.accepted,
        "distance": each.nearest.distance if each.nearest else None,
        "distance_then": _number(each.then),
        "reopen": each.answers.wave is not None if each.answers else None,
        "evidence": [*map(float, each.answers.evidence)] if each.answers else [],
        "would_be_found": each.found
        and {"chance": each.found.chance, "answers": each.found.answers, "needed": each.found.needed},
    }


def _number(value: float) -> float | None:
    return None if value != value else value


def review_finding(found: Found) -> str:
    """How many decisions stand, and how many expectations came true, in one sentence.

    Examples
    --------
    >>> review_finding([])
    'No decision is on record yet'
    """
    if not found:
        return "No decision is on record yet"
    stand = wording.capital(standing(found))
    came = [came for _, each in found if isinstance(each, Reviewed) for came in each.came_true]
    return f"{stand}; {_came_words(came)}" if came else stand


def standing(found: Found) -> str:
    """How many decisions stand, as a clause; there is at least one."""
    states = [each.state if isinstance(each, Reviewed) else "unknown" for _, each in found]
    counts = {
        "reversed": ("is reversed", "are reversed"),
        "nearer": ("stands, but less would reverse it", "stand, but less would reverse them"),
        "stands": ("stands", "stand"),
        "unknown": ("cannot be judged", "cannot be judged"),
    }
    if len(states) == 1:
        return f"the one decision on record {counts[states[0]][0]}"
    told = [
        f"{wording.count(states.count(state))} {verbs[states.count(state) > 1]}"
        for state, verbs in counts.items()
        if state in states
    ]
    return f"{wording.count(len(found), 'decision')}: {', '.join(told)}"


def _came_words(came: Sequence[bool | None]) -> str:
    """How many expectations that are due came true, and how many nobody has judged."""
    judged = [each for each in came if each is not None]
    open_ = len(came) - len(judged)
    left = f"{wording.count(open_, 'expectation')} {'is' if open_ == 1 else 'are'} due and not judged yet"
    if not judged:
        return left
    if len(judged) == 1:
        told = f"the one expectation that was due {CAME[judged[0]]}"
    else:
        told = f"{wording.some_of(sum(judged), len(judged), 'expectation')} that were due came true"
    return f"{told}, {left}" if open_ else told


def review_table(found: Found) -> Table:
    """Decisions by date, with the nearest distance of today and of the day, and what is due."""
    rows = [_cells(kept, each) for kept, each in found]
    heads = ("Decided", "What, and for whom", "By", "Today", "Distance", "Looked at again")
    columns = zip(*rows, strict=True) if rows else [()] * len(heads)
    return Table(tuple(Column(head, texts(own), lines=3) for head, own in zip(heads, columns, strict=True)))


def _cells(kept: Kept, each: Reviewed | str) -> tuple[str, ...]:
    if isinstance(each, str) or kept.decision is None:
        decision = kept.decision
        what = _chosen_words(decision) if decision else kept.path.name
        return decision.decided if decision else "", what, "", str(each or kept.problem), "", ""
    decision = each.decision
    due = f"{decision.review}, due" if each.due else decision.review
    hand = "; the record was changed by hand" if kept.edited else ""
    return (
        decision.decided,
        _chosen_words(decision),
        decision.by,
        _STATES[each.state] + hand,
        _distances(each),
        due,
    )


def _distances(each: Reviewed) -> str:
    """The nearest distance of today, and in brackets that of the day."""
    now = min((choice.nearest.distance for choice in each.choices if choice.nearest), default=None)
    then = min((choice.then for choice in each.choices if choice.then == choice.then), default=None)
    told = "–" if now is None or each.state == "reversed" else f"{_percent(now)}\u00a0%"
    return told if then is None else f"{told} ({_percent(then)}\u00a0%)"


def reviewed_label(each: Reviewed) -> str:
    """A decision in a list to choose from."""
    return f"{each.decision.decided}: {_chosen_words(each.decision)}"


def review_text(found: Found) -> str:
    """Reviews of a folder in lines, one decision after the other."""
    if not found:
        return "No decisions in this folder."
    return "\n".join(line for kept, reviewed in found for line in _lines(kept, reviewed))


def stand_words(reviewed: Reviewed) -> str:
    """Whether a decision stands, and what each of its choices loses or what would reverse it."""
    told = (_choice_words(reviewed.decision, each) for each in reviewed.choices)
    return "; ".join([_STATES[reviewed.state], *told])


def _lines(kept: Kept, reviewed: Reviewed | str) -> list[str]:
    if isinstance(reviewed, str) or kept.decision is None:
        return [f"{kept.path.name}: {reviewed or kept.problem}"]
    decision = kept.decision
    head = f"{decision.decided}: {_chosen_words(decision)}: {_STATES[reviewed.state]}"
    marks = [
        *(["its review is due"] if reviewed.due else []),
        *(["the record was changed by hand since it was written"] if kept.edited else []),
    ]
    return [
        "; ".join([head, *marks]),
        *(f"  {_choice_words(decision, each)}{_found(each)}" for each in reviewed.choices),
        *(
            f"  expected by {decision.expects[place].due}: {decision.expects[place].text}: {CAME[came]}"
            for place, came in zip(reviewed.expected, reviewed.came_true, strict=True)
        ),
    ]


def _choice_words(decision: Decision, each: ReviewedChoice) -> str:
    where = each.chosen.segment or "overall"
    if each.state == "unknown":
        return f"{where}: the scenario has no value for {each.chosen.proposition or 'the set'} there any more"
    decimals = decimals_of(decision.scenario)
    lost = f"loses {enough(each.lost, 0.0, decimals)} against the best" if each.lost else "the best"
    told = f"; {'; '.join(each.broken)}" if each.broken else ""
    told += f"; {_answers_words(each)}" if each.answers else ""
    if each.state == "reversed":
        return f"{where}: {lost}, {number(each.chosen.accepted, decimals)} was accepted{told}"
    none = nothing_reverses(decision.scenario, [each.chosen])
    return f"{where}: {lost}; {_distance_words(each.nearest, each.then) or none}{told}"


def _found(each: ReviewedChoice) -> str:
    """How likely later waves would find that the lead is gone."""
    return f"; {found_words(each.found)}" if each.found and each.state != "unknown" else ""


def _answers_words(each: ReviewedChoice) -> str:
    """What the waves of answers since the decision say."""
    if each.answers is None or each.answers.wave is None:
        return f"answers since then do not show that it is behind {each.chosen.rival}"
    return f"answers since then show that it is behind {each.chosen.rival}: reopen it"


def _distance_words(nearest: ReversingChange | None, then: float) -> str:
    if nearest is None:
        return ""
    if uses_all(nearest):
        day = ", as on the day" if then <= NOTHING_LEFT else ""
        return f"any higher cost reverses it: it uses all of its budget{day}"
    thing = f"a {nearest.kind}"
    before = f", {_percent(then)}\u00a0% on the day" if then == then else ""
    moved = f"{_percent(nearest.distance)}\u00a0% of its range"
    return f"the nearest change that reverses it moves {thing} by {moved}{before}"
