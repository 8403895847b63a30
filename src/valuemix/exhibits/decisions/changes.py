"""Single changes that would reverse a decision, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from valuemix.analysis.decisions.reversing_changes import ReversingChange
from valuemix.analysis.decisions.set_changes import MOST_FREE, told_of
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.decisions.record import Chosen, Reversing
from valuemix.exhibits.tradeoffs.switches import ALIKE, ShownWeight, shown_weight
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.costs import money
from valuemix.exhibits.words.formats import decimals_of, number, outward, rounded
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points, slider_points

__all__ = [
    "ANY_COST",
    "NOTHING_LEFT",
    "accepted_words",
    "at_once",
    "figures",
    "label_of",
    "moved_words",
    "nothing_reverses",
    "reversing_words",
    "shown_share",
    "then_words",
    "thing_words",
    "told_once",
    "uses_all",
]

NOTHING_LEFT = 1e-6
"""Of all costs: a set that leaves no more of its budget uses all of it."""

ANY_COST = "any higher cost, as it uses all of its budget"
"""What reverses such a set."""

FINER = 5
"""Decimals that are tried to tell a score from today's."""


def thing_words(scenario: Scenario, change: Reversing) -> str:
    """What moves, without how far: a weight, a score or a size, and where.

    Examples
    --------
    >>> change = Reversing(kind="size", segment="Families", today=0.2, then=0.412, distance=0.212, rival="Express")
    >>> thing_words(Scenario.from_arrays([[8, 2]], segments=["Families"]), change)
    'Size of Families'
    """
    segments = {"": "", **wording.shortened(scenario.segment_names)}
    where = (
        f" {wording.among(segments.get(change.segment, change.segment))}"
        if change.segment
        else " in all segments together"
    )
    where = where if len(scenario.segments) > 1 else ""
    if change.kind == "size":
        return f"Size of {segments.get(change.segment, change.segment)}"
    if change.kind == "cost":
        return f"Cost of {wording.shortened(scenario.proposition_names).get(change.proposition, change.proposition)}"
    if change.kind == "weight":
        return f"Weight of {wording.discipline_word(change.discipline)}{where}"
    name = wording.shortened(scenario.proposition_names).get(change.proposition, change.proposition)
    return f"{name} on {wording.discipline_word(change.discipline)}{where}"


def label_of(scenario: Scenario, change: Reversing) -> str:
    """What moves as the label of a row, in two lines where there is room.

    Examples
    --------
    >>> change = Reversing(kind="weight", discipline="Innovation", today=0.2, then=0.4, distance=0.2, rival="Express")
    >>> label_of(Scenario.from_arrays([[[8, 2]], [[7, 3]]]), change)
    'Innovation\\nweight, all segments'
    """
    if uses_all(change):
        return "Any cost\nin the set"
    if change.kind in ("size", "cost"):
        return f"{wording.capital(change.kind)} of\n{change.segment or change.proposition}"
    several = len(scenario.segments) > 1
    if change.kind == "score":
        where = f", {change.segment}" if several else ""
        return f"{change.proposition}:\n{wording.discipline_word(change.discipline)}{where}"
    where = (f" {wording.among(change.segment)}" if change.segment else ", all segments") if several else ""
    return f"{change.discipline}\nweight{where}"


def figures(scenario: Scenario, change: Reversing) -> tuple[str, str]:
    """Figures of a change as they are printed: today's, and the one from which it reverses."""
    if change.kind == "cost":
        return _costs(scenario, change)
    today, then = _figures(scenario, change)
    return today, f"any {'more' if _rises(change) else 'less'}" if at_once(change) else then


def _figures(scenario: Scenario, change: Reversing) -> tuple[str, str]:
    if change.kind in ("weight", "size"):
        shown = shown_share(scenario, change)
        return shown.text(shown.today), shown.text(change.then)
    decimals = decimals_of(scenario)
    if change.today is None:
        return "missing", number(change.then, decimals)
    today = number(change.today, decimals)
    finer = (number(change.then, places) for places in range(decimals, decimals + FINER))
    # To the nearest figure, as the trade-offs print it, and yet never today's.
    return today, next((text for text in finer if text.rstrip("0") != today.rstrip("0")), today)


def _rises(change: Reversing) -> bool:
    return change.then > (change.today or 0.0)


def shown_share(scenario: Scenario, change: Reversing) -> ShownWeight:
    """Weight or size of a change as the trade-offs print it: one switch has one printed place."""
    today = change.today or 0.0
    printed: Callable[[list[float]], Sequence[float]] = rounded_points
    if change.kind == "size":
        shares, names, name = scenario.size_shares, scenario.segment_names, change.segment
    else:
        printed = slider_points if change.segment or len(scenario.segments) == 1 else rounded_points
        shares = (
            scenario.weights[scenario.segment_index(change.segment)]
            if change.segment
            else scenario.size_shares @ scenario.weights
        )
        names, name = scenario.discipline_names, change.discipline
    own = dict(zip(names, zip(shares.tolist(), printed(shares.tolist()), strict=True), strict=True))
    share, points = own.get(name, (today, int(rounded(100 * today, 0))))
    if abs(share - today) > ALIKE:
        points = int(rounded(100 * today, 0))
    return shown_weight(today, points, [change.then])


def uses_all(change: Reversing | ReversingChange) -> bool:
    """Whether a set uses all of its budget, so that any higher cost reverses it.

    Examples
    --------
    >>> uses_all(Reversing(kind="cost", proposition="Express", today=3, then=3.00000001, distance=1e-9))
    True
    """
    return change.kind == "cost" and not change.better and change.distance <= NOTHING_LEFT


def at_once(change: Reversing | ReversingChange) -> bool:
    """Whether any move reverses a choice, however small: it ties, or a set uses all of its budget.

    Examples
    --------
    >>> at_once(Reversing(kind="size", segment="Families", today=0.5, then=0.500000001, distance=1e-9, rival="Express"))
    True
    """
    return uses_all(change) or (
        change.kind != "cost" and change.today is not None and change.distance <= NOTHING_LEFT
    )


def told_once(changes: Sequence[Reversing]) -> list[Reversing]:
    """Changes as they are told: where a set uses all of its budget, any higher cost of its propositions is one."""
    full = next(filter(uses_all, changes), None)
    return [change for change in changes if change is full or not uses_all(change)]


def _costs(scenario: Scenario, change: Reversing) -> tuple[str, str]:
    """Cost today and the one from which it reverses, in three figures of the larger one."""
    if uses_all(change):
        return "all used", "any more"
    now = change.today or 0.0
    digits = 2 - math.floor(math.log10(max(now, change.then, 1e-9)))
    whisker = 1e-4 * 10.0**-digits
    then = change.then - math.copysign(min(whisker, abs(change.then - now)), change.then - now)
    least = outward(then, now, max(digits, 0))
    return "not known" if change.today is None else money(scenario, now), money(scenario, least)


def reversing_words(scenario: Scenario, change: Reversing, choices: Sequence[Chosen] = ()) -> str:
    """One change that reverses a decision, and who is ahead then.

    Examples
    --------
    >>> change = Reversing(kind="size", segment="Families", today=0.2, then=0.412, distance=0.212, rival="Express")
    >>> reversing_words(Scenario.from_arrays([[8, 2]]), change).replace("\\xa0", " ")
    'the size of Families above 41 %, instead of 20 % (Express is ahead then)'
    """
    moved = moved_words(scenario, change)
    return moved if at_once(change) and change.rival else f"{moved} ({then_words(scenario, change, choices)})"


def then_words(scenario: Scenario, change: Reversing, choices: Sequence[Chosen] = ()) -> str:
    """What is better once a change has reversed a decision: who may be ahead today too where a loss is accepted.

    Examples
    --------
    >>> change = Reversing(kind="cost", proposition="Express", today=3, then=1, distance=0.2, better=("A", "B"))
    >>> then_words(Scenario.from_arrays([[8, 2]]), change)
    'the set A and B is better then'
    """
    if change.rival:
        more = " by more than is accepted" if any(each.accepted for each in choices) else ""
        return f"{change.rival} is ahead{more} then"
    if change.better:
        names = wording.shortened(scenario.proposition_names)
        return (
            f"the set {wording.joined([names.get(name, name) for name in change.better], 6)} is better then"
        )
    return "it is beyond the budget then" if change.kind == "cost" else "it misses a floor then"


def nothing_reverses(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """That no single change reverses a decision, or that it was not looked for.

    Examples
    --------
    >>> nothing_reverses(Scenario.from_arrays([[8, 2]]), ())
    'no single weight, score or size would reverse it'
    """
    if not choices or not choices[0].members:
        return "no single weight, score or size would reverse it"
    choice = choices[0].choice
    if isinstance(choice, SetChoice) and not told_of(scenario, choice):
        return (
            f"what would reverse it is not looked for where more than {MOST_FREE} propositions may be chosen"
        )
    return "no single weight, score, size or cost would reverse it"


def accepted_words(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """Loss above which a decision is reversed, where one is accepted; blank where none is.

    Examples
    --------
    >>> accepted_words(Scenario.from_arrays([[8, 2]]), ())
    ''
    """
    accepted = sorted({number(each.accepted, decimals_of(scenario)) for each in choices if each.accepted})
    return f"a loss of more than {' or '.join(accepted)}" if accepted else ""


def moved_words(scenario: Scenario, change: Reversing) -> str:
    """One change that reverses a decision, and what it is today.

    Examples
    --------
    >>> change = Reversing(kind="cost", proposition="Express", today=3, then=1, distance=0.2)
    >>> moved_words(Scenario.from_arrays([[8, 2]]), change)
    'the cost of Express below 1, instead of 3'
    """
    if uses_all(change):
        return ANY_COST
    now, then = figures(scenario, change)
    thing = thing_words(scenario, change)
    if at_once(change):
        thing = f"score of {thing}" if change.kind == "score" else f"{thing[0].lower()}{thing[1:]}"
        return f"any {'higher' if _rises(change) else 'lower'} {thing} than {now}, as {change.rival} ties with it"
    far = f"{'above' if _rises(change) else 'below'} {then}"
    if change.kind == "score":
        name, _, where = thing.rpartition(" on ")
        told = f"{name} scored {far} on {where}"
    else:
        told = f"the {thing[0].lower()}{thing[1:]} {far}"
    return f"{told}, {'today' if change.today is None else 'instead of'} {now}"
