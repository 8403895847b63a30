"""What is chosen, in words, and the single changes that would reverse it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from valuemix.analysis.decisions.reversal import is_reversed
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.value.scoring import evaluate
from valuemix.decisions.outlook import Found
from valuemix.decisions.record import Chosen, Decision, Reversing, choices_among, reversing_of
from valuemix.errors import EditError, shorten
from valuemix.exhibits.decisions.changes import told_once
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import share
from valuemix.exhibits.words.respondents import answers_spoken
from valuemix.model.scenario import Scenario

__all__ = [
    "changes_of",
    "choices_of",
    "chosen_in",
    "chosen_text",
    "chosen_words",
    "found_words",
    "leader_chosen",
    "leaders_chosen",
    "nothing_chosen",
    "set_text",
]


_LIMITS = ("budget", "people", "at_most")


def leader_chosen(scenario: Scenario) -> str:
    """What a draft chooses: the proposition that is ahead overall; blank where several tie or none has a value.

    Examples
    --------
    >>> leader_chosen(Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"]))
    'Green line'
    """
    leaders = evaluate(scenario).standing(None).leaders
    return scenario.proposition_names[leaders[0]] if len(leaders) == 1 else ""


def nothing_chosen(scenario: Scenario) -> str:
    """Why a draft chooses nothing by itself: a tie, or nothing to choose from; blank where one is ahead.

    Examples
    --------
    >>> nothing_chosen(Scenario.from_arrays([[8, 2], [2, 8]], propositions=["Express", "Green line"]))
    'No leader: Express and Green line tie overall; choose one of them'
    """
    result = evaluate(scenario)
    if len(result.standing(None).leaders) > 1:
        return f"No leader: {claims.lead_today(result, None)}; choose one of them"
    return claims.none_leads(result, None, "so nothing is chosen")


def leaders_chosen(scenario: Scenario) -> dict[str, str]:
    """What a draft of one by segment chooses: the one that is ahead in each segment that has any."""
    result, names = evaluate(scenario), scenario.proposition_names
    ahead = {segment: result.standing(segment).leaders for segment in scenario.segment_names}
    return {segment: names[leaders[0]] for segment, leaders in ahead.items() if leaders}


def choices_of(
    scenario: Scenario, chosen: str | Mapping[str, str] | SetChoice, record: Decision | None
) -> tuple[Chosen, ...]:
    """Choices that an exhibit tells of: those of a record, those that are given, or the one that is ahead.

    A text that begins with a brace holds one by segment, or a set with its limits, as JSON: slides keep texts.

    Raises
    ------
    UnknownName, EditError
        Where a name is not there, the chosen one has no value, the set breaks a rule, or the text is no mapping of
        names.
    """
    if record is not None:
        return record.chosen_on(scenario)
    if isinstance(chosen, str) and chosen.startswith("{") and chosen not in scenario.proposition_names:
        chosen = chosen_in(chosen)
    wanted = chosen or leader_chosen(scenario)
    return choices_among(scenario, wanted) if wanted else ()


def set_text(choice: SetChoice) -> str:
    """A set with its limits as a slide keeps it.

    Examples
    --------
    >>> set_text(SetChoice(("Express", "Hotline"), budget=9))
    '{"set": ["Express", "Hotline"], "budget": 9}'
    """
    limits = {name: getattr(choice, name) for name in _LIMITS}
    said = {name: limit for name, limit in limits.items() if limit is not None}
    return json.dumps({"set": choice.members, **said}, ensure_ascii=False)


def chosen_text(choices: Sequence[Chosen]) -> str:
    """What was chosen as a slide keeps it: a name, one by segment, or a set with its limits.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]]], propositions=["Express"], segments=["Families"])
    >>> chosen_text(choices_among(scenario, "Express")), chosen_text(choices_among(scenario, {"Families": "Express"}))
    ('Express', '{"Families": "Express"}')
    """
    if isinstance(choice := choices[0].choice, SetChoice):
        return set_text(choice)
    if not choices[0].segment:
        return choices[0].proposition
    return json.dumps({each.segment: each.proposition for each in choices}, ensure_ascii=False)


def chosen_in(text: str) -> dict[str, str] | SetChoice:
    """What a text of JSON chooses: one by segment, or a set with its limits.

    Raises
    ------
    EditError
        Where it holds neither.

    Examples
    --------
    >>> chosen_in('{"Families": "Express"}'), chosen_in('{"set": ["Express"], "at_most": 1}').members
    ({'Families': 'Express'}, ('Express',))
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and isinstance(found.get("set"), list):
        return _set_in(found, text)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise EditError(f"what is chosen is a name, or one by segment as JSON, got {shorten(text)!r}")
    return {str(segment): name for segment, name in found.items()}


def _set_in(found: Mapping[str, Any], text: str) -> SetChoice:
    """The set that is read in a text, with the limits that it names."""
    try:
        limits = {name: None if found.get(name) is None else float(found[name]) for name in _LIMITS}
    except (TypeError, ValueError):
        raise EditError(f"limits of a set are numbers, got {shorten(text)!r}") from None
    most = None if limits["at_most"] is None else int(limits["at_most"])
    return SetChoice(tuple(map(str, found["set"])), limits["budget"], limits["people"], most)


def changes_of(scenario: Scenario, choices: Sequence[Chosen]) -> list[Reversing]:
    """Single changes that would reverse any of the choices that stand in a scenario, the nearest first."""
    standing = [each for each in choices if is_reversed(scenario, each.choice, each.accepted) is False]
    found = [change for each in standing for change in reversing_of(scenario, each.choice, each.accepted)]
    return sorted(told_once(found), key=lambda each: round(each.distance, 9))


def chosen_words(scenario: Scenario, choices: Sequence[Chosen]) -> str:
    """What is chosen and for whom: "Express", "Express in Families and Basic in Business", "the set Express and Basic".

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2], [7, 4]]], propositions=["Express", "Green line"],
    ...                                 segments=["Families"])
    >>> chosen_words(scenario, choices_among(scenario, {"Families": "Express"})), chosen_words(scenario, ())
    ('Express in Families', 'nothing')
    """
    # A single one has the room of two lines.
    alone = len({each.proposition for each in choices}) == 1
    names = wording.shortened(scenario.proposition_names, (3 if alone else 1) * wording.NAME_WIDTH)
    segments = wording.shortened(scenario.segment_names)
    if choices and choices[0].members:
        return f"the set {wording.joined([names.get(name, name) for name in choices[0].members], 6)}"
    where: dict[str, list[str]] = {}
    for each in choices:
        where.setdefault(names.get(each.proposition, each.proposition), []).append(
            segments.get(each.segment, each.segment)
        )
    told = [
        f"{name} in {wording.joined(places, 4)}" if all(places) else name for name, places in where.items()
    ]
    return wording.joined(told, 4) if told else "nothing"


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
        f"answers would show it in {chance} of cases; waves of {answers_spoken(found.needed)} answers in 90\u00a0% or "
        "more"
    )
