"""What is chosen, in words, and the single changes that would reverse it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from valuemix.analysis.decisions.reversal import is_reversed
from valuemix.analysis.value.scoring import evaluate
from valuemix.decisions.outlook import Found
from valuemix.decisions.record import Chosen, Decision, Reversing, choices_among, reversing_of
from valuemix.errors import EditError, shorten
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import decimals_of, enough, number, share
from valuemix.model.scenario import Scenario

__all__ = [
    "changes_of",
    "choices_of",
    "chosen_words",
    "figures",
    "found_words",
    "label_of",
    "leader_chosen",
    "leaders_chosen",
    "reversing_words",
    "thing_words",
]


def leader_chosen(scenario: Scenario) -> str:
    """What a draft chooses: the proposition that is ahead overall; blank where none has a value.

    Examples
    --------
    >>> leader_chosen(Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"]))
    'Green line'
    """
    leaders = evaluate(scenario).standing(None).leaders
    return scenario.proposition_names[leaders[0]] if leaders else ""


def leaders_chosen(scenario: Scenario) -> dict[str, str]:
    """What a draft of one by segment chooses: the one that is ahead in each segment that has any."""
    result, names = evaluate(scenario), scenario.proposition_names
    ahead = {segment: result.standing(segment).leaders for segment in scenario.segment_names}
    return {segment: names[leaders[0]] for segment, leaders in ahead.items() if leaders}


def choices_of(
    scenario: Scenario, chosen: str | Mapping[str, str], record: Decision | None
) -> tuple[Chosen, ...]:
    """Choices that an exhibit tells of: those of a record, those that are given, or the one that is ahead.

    A text that begins with a brace holds one by segment, as JSON: slides keep texts.

    Raises
    ------
    UnknownName, EditError
        Where a name is not there, the chosen one has no value, or the text is no mapping of names.
    """
    if record is not None:
        return record.chosen_on(scenario)
    if isinstance(chosen, str) and chosen.startswith("{") and chosen not in scenario.proposition_names:
        chosen = _by_segment(chosen)
    wanted = chosen or leader_chosen(scenario)
    return choices_among(scenario, wanted) if wanted else ()


def _by_segment(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise EditError(f"what is chosen is a name, or one by segment as JSON, got {shorten(text)!r}")
    return {str(segment): name for segment, name in found.items()}


def changes_of(scenario: Scenario, choices: Sequence[Chosen]) -> list[Reversing]:
    """Single changes that would reverse any of the choices that stand in a scenario, the nearest first."""
    standing = [each for each in choices if is_reversed(scenario, each.choice, each.accepted) is False]
    found = [change for each in standing for change in reversing_of(scenario, each.choice, each.accepted)]
    return sorted(found, key=lambda each: each.distance)


def chosen_words(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """What is chosen and for whom: "Express", "Express in Families", "Express in Families and Basic in Business".

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2], [7, 4]]], propositions=["Express", "Green line"],
    ...                                 segments=["Families"])
    >>> chosen_words(scenario, choices_among(scenario, {"Families": "Express"})), chosen_words(scenario, ())
    ('Express in Families', 'nothing')
    """
    names = wording.shortened(scenario.proposition_names)
    segments = wording.shortened(scenario.segment_names)
    where: dict[str, list[str]] = {}
    for each in choices:
        where.setdefault(names.get(each.proposition, each.proposition), []).append(
            segments.get(each.segment, each.segment)
        )
    told = [
        f"{name} in {wording.joined(places, 4)}" if all(places) else name for name, places in where.items()
    ]
    return wording.joined(told, 4) if told else "nothing"


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
        f" in {segments.get(change.segment, change.segment)}"
        if change.segment
        else " in all segments together"
    )
    where = where if len(scenario.segments) > 1 else ""
    if change.kind == "size":
        return f"Size of {segments.get(change.segment, change.segment)}"
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
    if change.kind == "size":
        return f"Size of\n{change.segment}"
    several = len(scenario.segments) > 1
    if change.kind == "score":
        where = f", {change.segment}" if several else ""
        return f"{change.proposition}:\n{wording.discipline_word(change.discipline)}{where}"
    where = (f" in {change.segment}" if change.segment else ", all segments") if several else ""
    return f"{change.discipline}\nweight{where}"


def figures(scenario: Scenario, change: Reversing) -> tuple[str, str]:
    """Figures of a change as they are printed: today's, and the one from which it reverses."""
    if change.kind != "score":
        now, then = 100 * (change.today or 0.0), 100 * change.then
        # Whole points, as they stand on sliders and in the trade-offs, where the change is one or more.
        decimals = 0 if abs(then - now) >= 1 else 1
        # A tie is a whisker before it is broken: "above 50 %" and not "above 50.1 %".
        then -= math.copysign(1e-5, then - now)
        return f"{number(now, decimals)}\u00a0%", f"{enough(then, now, decimals)}\u00a0%"
    decimals = decimals_of(scenario)
    start = scenario.scale.lowest if change.today is None else change.today
    today = "missing" if change.today is None else number(change.today, decimals)
    return today, enough(change.then, start, decimals)


def reversing_words(scenario: Scenario, change: Reversing) -> str:
    """One change that reverses a decision, and who is ahead then.

    Examples
    --------
    >>> change = Reversing(kind="size", segment="Families", today=0.2, then=0.412, distance=0.212, rival="Express")
    >>> reversing_words(Scenario.from_arrays([[8, 2]]), change).replace("\\xa0", " ")
    'the size of Families above 42 %, today 20 % (Express is ahead then)'
    """
    now, then = figures(scenario, change)
    far = f"{'above' if change.then > (change.today or 0.0) else 'below'} {then}"
    thing = thing_words(scenario, change)
    if change.kind == "score":
        name, _, where = thing.rpartition(" on ")
        told = f"{name} scored {far} on {where}"
    else:
        told = f"the {thing[0].lower()}{thing[1:]} {far}"
    return f"{told}, today {now} ({change.rival} is ahead then)"


def found_words(found: Found) -> str:
    """How likely it is found out that the lead of a decision is gone, and what would make that likely.

    Examples
    --------
    >>> found_words(Found("Express", 0.574, 1200, 2500)).replace("\\xa0", " ")
    'if the lead over Express turned into one as long the other way, three waves of 1,200 answers would show it
    in 57 % of cases; waves of 2,500 answers in 90 % or more'
    """
    chance = share(found.chance) if found.chance >= 0.01 else "less than 1\u00a0%"
    return (
        f"if the lead over {found.rival} turned into one as long the other way, three waves of {found.answers:,} "
        f"answers would show it in {chance} of cases; waves of {found.needed:,} answers in 90\u00a0% or "
        "more"
    )
