"""Reasons behind scores: how many have one, and each as it is told."""

from __future__ import annotations

import textwrap

import numpy as np

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.respondents import since
from valuemix.model.reasons.parts import OWN_WORDS, Reason
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["backed", "own_words", "quotations", "reason_lines", "reasons_by_score"]

MOST = 40
"""Reasons that are told at most."""
QUOTED = 90
"""Letters of a quotation that a cell holds; its notes hold all of it."""


def backed(scenario: Scenario, segment: str | None = None) -> str:
    """How many scores have a reason and a customer's own words, and where the proposition ahead has none.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [7, 3]], propositions=["Express", "Green line"])
    >>> backed(scenario)
    ''
    >>> reason = Reason(proposition="Express", discipline="discipline_1", text="Here by noon", kind="own words")
    >>> for part in backed(scenario.replace(reasons=[reason])).split("; "):
    ...     print(part)
    one of four scores has a reason, one rests on a customer’s own words
    Express, ahead today, has none on Discipline 2
    """
    if not scenario.reasons:
        return ""
    rows = scenario.rows(segment)
    scored = ~np.isnan(scenario.array("scores"))[rows]
    any_kind = _covered(scenario, scenario.reasons)[rows] & scored
    own = _covered(scenario, [r for r in scenario.reasons if r.kind == OWN_WORDS])[rows] & scored
    total, backed_, spoken = (int(cells.sum()) for cells in (scored, any_kind, own))
    if not total:
        return ""
    told = f"{wording.some_of(backed_, total, 'score')} {_verb(backed_, total, 'has', 'have')} a reason"
    words = f"{wording.count(spoken) if spoken else 'none'} {'rest' if spoken > 1 else 'rests'}"
    leader = _ahead(scenario, segment, np.asarray(scored.any(axis=0) & ~any_kind.any(axis=0)))
    return f"{told}, {words} on a customer’s own words{leader and f'; {leader}'}"


def _verb(n: int, total: int, one: str, several: str) -> str:
    return one if n <= 1 or total == 1 else several


def _ahead(scenario: Scenario, segment: str | None, lacking: BoolArray) -> str:
    """On which disciplines the proposition with the highest value has scores and no reason."""
    leaders = evaluate(scenario).standing(segment).leaders
    if len(leaders) != 1 or len(scenario.propositions) < 2:
        return ""
    places = np.flatnonzero(lacking[leaders[0]]).tolist()
    if not places:
        return ""
    name = wording.short_names(scenario.proposition_names)[leaders[0]]
    where = "" if len(places) == len(scenario.disciplines) else " on "
    words = wording.discipline_words(scenario)
    return f"{name}, ahead {since(scenario)}, has none{where and where + wording.joined([words[d] for d in places])}"


def _covered(scenario: Scenario, reasons: tuple[Reason, ...] | list[Reason]) -> BoolArray:
    """Which scores the reasons are of, shape (G, P, D); one of an attribute is of its discipline."""
    found = np.zeros(scenario.array("scores").shape, dtype=bool)
    of = {attribute.name: attribute.discipline for attribute in scenario.attributes}
    for reason in reasons:
        d = scenario.discipline_ids.index(reason.discipline or of[reason.attribute])
        found[
            scenario.rows(reason.segment or None), scenario.proposition_names.index(reason.proposition), d
        ] = True
    return found


def reasons_by_score(
    scenario: Scenario, segment: str | None = None, *, attributes: bool | None = None
) -> dict[str, list[str]]:
    """Reasons of each score that has any, by the names of its proposition and of its discipline or attribute.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which one; those of all where it is None.
    attributes : bool, optional
        Only those of attributes, or only those of disciplines; both where it is None.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2]], propositions=["Express"])
    >>> heard = Reason(proposition="Express", discipline="discipline_1", kind="own words", text="Here by noon",
    ...                source="Interview", date="2026-03")
    >>> reasons_by_score(scenario.replace(reasons=[heard]))
    {'Express, Discipline 1': ['“Here by noon” (own words, Interview, 2026-03)']}
    """
    labels = dict(zip(scenario.discipline_ids, scenario.discipline_names, strict=True))
    found: dict[str, list[str]] = {}
    for name in scenario.proposition_names:
        for reason in _within(scenario, segment):
            if reason.proposition == name and attributes in (None, bool(reason.attribute)):
                what = reason.attribute or labels[reason.discipline]
                found.setdefault(f"{name}, {what}", []).append(_told(reason, segment))
    return found


def reason_lines(scenario: Scenario, segment: str | None = None) -> tuple[str, ...]:
    """The same as lines to read out: the score, then the reason."""
    by_score = reasons_by_score(scenario, segment).items()
    lines = [f"{score}: {reason}" for score, reasons in by_score for reason in reasons]
    left = len(lines) - MOST
    return (*lines[:MOST], *([f"{wording.capital(wording.count(left, 'more reason'))}."] if left > 0 else []))


def quotations(scenario: Scenario, segment: str | None = None) -> dict[str, str]:
    """What a customer said first of each proposition's attributes, or of disciplines that are made of them."""
    made, found = scenario.attribute_scoring.derived, dict[str, str]()
    for reason in _within(scenario, segment):
        if reason.kind == OWN_WORDS and (reason.attribute or reason.discipline in made):
            said = ", ".join(filter(None, (reason.who, reason.segment if segment is None else "")))
            quoted = f"“{textwrap.shorten(reason.text, QUOTED, placeholder='…')}”"
            found.setdefault(reason.proposition, f"{said}: {quoted}" if said else quoted)
    return found


def own_words(scenario: Scenario, proposition: str, segment: str = "") -> str:
    """What a customer said first of a proposition, in a segment where there is one; blank where nobody did.

    Examples
    --------
    >>> heard = Reason(proposition="Express", discipline="discipline_1", kind="own words", text="Here by noon",
    ...                who="A buyer")
    >>> own_words(Scenario.from_arrays([[8, 2]], propositions=["Express"]).replace(reasons=[heard]), "Express")
    '“Here by noon” (A buyer)'
    """
    for reason in scenario.reasons:
        if (reason.proposition, reason.kind) == (proposition, OWN_WORDS) and (
            not segment or reason.segment in ("", segment)
        ):
            said = ", ".join(filter(None, (reason.who, reason.segment, reason.source, reason.date)))
            return f"{_quoted(reason)} ({said})" if said else _quoted(reason)
    return ""


def _within(scenario: Scenario, segment: str | None) -> list[Reason]:
    """Reasons that hold in a segment, or in any."""
    name = None if segment is None else wording.segment_name(scenario, segment)
    return [reason for reason in scenario.reasons if name is None or reason.segment in ("", name)]


def _quoted(reason: Reason) -> str:
    text = " ".join(reason.text.split())
    return f"“{text}”" if reason.kind == OWN_WORDS else text


def _told(reason: Reason, segment: str | None) -> str:
    where = reason.segment if segment is None else ""
    grounds = ", ".join(filter(None, (where, reason.kind, reason.source, reason.date, reason.who)))
    return f"{_quoted(reason)} ({' '.join(grounds.split())})"
