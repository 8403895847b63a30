"""What would reverse a choice: how far away every single change is that would do it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from valuemix.analysis.decisions.reversal import is_reversed
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.bars import Bar, Bars, Note, Part
from valuemix.charts.table import Table
from valuemix.decisions.record import Chosen, Decision, Reversing
from valuemix.exhibits.decisions.changes import (
    accepted_words,
    at_once,
    figures,
    label_of,
    moved_words,
    nothing_reverses,
    reversing_words,
    shown_share,
    then_words,
)
from valuemix.exhibits.decisions.choosing import changes_of, choices_of, chosen_words, nothing_chosen
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.portfolio.set_words import set_gone_words
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import decimals_of, rounded, share, share_decimals
from valuemix.model.scenario import Scenario

__all__ = ["gone_words", "reversal"]

SHOWN = 8
"""Changes that are drawn."""


@exhibit_kind(
    "What would reverse it",
    "Decide",
    ("chosen",),
    "Every weight (in one segment, or in all together), every size and every score moves by itself until the choice "
    "loses more than was accepted: nothing where it was the best on the day, else its loss and 5 % of the scale; so "
    "does every cost of a set under a budget, which is let 5 % of the scale in any case. "
    "Distance: that move as a share of all weight, of all sizes, of the scale, or of all costs.",
    several_views=True,
)
def reversal(scenario: Scenario, *, chosen: str = "", record: Decision | None = None) -> Exhibit:
    """Single changes that would reverse a choice, the nearest first.

    Parameters
    ----------
    scenario : Scenario
        Of today.
    chosen : str
        What is chosen, or one by segment or a set as JSON; the proposition that is ahead overall where it is blank.
    record : Decision, optional
        The decision in place of what is chosen: the distances of its day are marked.

    Returns
    -------
    Exhibit
        With one row a change, eight at most: kind, segment, proposition, discipline, today, then, distance, rival, and
        distance_then, that of the day of the record. Names of a set stand in one cell, parted by semicolons.

    Raises
    ------
    UnknownName, EditError
        Where a name is not there, or what is chosen has no value.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[9, 2], [6, 5]], points=[40, 60], propositions=["Express", "Green line"])
    >>> print(reversal(scenario).finding.replace("\\xa0", " "))
    Nearest of all, the weight of Discipline 1 above 50 %, instead of 40 %, would reverse Green line: Express is ahead
    then
    """
    choices = choices_of(scenario, chosen, record)
    gone = [each for each in choices if is_reversed(scenario, each.choice, each.accepted) is not False]
    changes = changes_of(scenario, choices)[:SHOWN]
    table, told = _table(changes, record), accepted_words(scenario, choices)
    return Exhibit(
        finding=_finding(scenario, choices, gone, changes),
        subtitle=f"How far each change by itself is from reversing {chosen_words(scenario, choices)}, "
        "in % of its range",
        table=table,
        notes=(
            "everything else stays as it is; of a weight the others, and of a size the others, keep their proportions"
            if changes
            else "",
            f"reversed is {told}; something else may be worth more before" if changes and told else "",
            "upright mark: on the day of the decision" if record and changes else "",
        ),
        alt=_alt(scenario, changes, choices),
        decimals=decimals_of(scenario),
        scenarios=(scenario,),
        chart=_chart(scenario, changes, table["distance_then"].tolist()) if changes else Table(()),
    )


def gone_words(scenario: Scenario, each: Chosen) -> str:
    """That a choice is reversed, and who is ahead there; or that it cannot be judged any more."""
    what = wording.capital(chosen_words(scenario, [each]))
    if is_reversed(scenario, each.choice, each.accepted) is None:
        return f"{what} cannot be judged: it has no value there any more"
    if isinstance(each.choice, SetChoice):
        return f"{what} is reversed: {set_gone_words(scenario, each.choice)}"
    return f"{what} is reversed: {claims.lead_today(evaluate(scenario), each.segment or None)}"


def _finding(
    scenario: Scenario, choices: Sequence[Chosen], gone: Sequence[Chosen], changes: Sequence[Reversing]
) -> str:
    if not choices:
        return nothing_chosen(scenario)
    if gone:
        return "; ".join(gone_words(scenario, each) for each in gone[:2])
    what = chosen_words(scenario, choices)
    if not changes:
        none = nothing_reverses(scenario, choices)
        return wording.capital(none.replace("reverse it", f"reverse {what}", 1))
    told = moved_words(scenario, changes[0])
    by = " by part of its range" if scenario.evidence else ""
    return f"Nearest of all{by}, {told}, would reverse {what}: {then_words(scenario, changes[0], choices)}"


def _table(changes: Sequence[Reversing], record: Decision | None) -> pd.DataFrame:
    then = {_mark(each): each.distance for each in record.reversing} if record else {}
    fields = [name for name in Reversing.model_fields if name != "better"]
    rows = [
        {
            **each.model_dump(exclude={"better"}),
            "rival": each.rival or "; ".join(each.better),
            "distance_then": then.get(_mark(each), math.nan),
        }
        for each in changes
    ]
    return pd.DataFrame(rows, columns=[*fields, "distance_then"])


def _mark(change: Reversing) -> tuple[str, str, str, str]:
    return change.kind, change.segment, change.proposition, change.discipline


def _chart(scenario: Scenario, changes: Sequence[Reversing], then: Sequence[float]) -> Bars:
    decimals = min(share_decimals([(0.0, each.distance) for each in changes if not at_once(each)]), 1)
    rows = []
    for place, (each, day) in enumerate(zip(changes, then, strict=True)):
        rows.append(
            Bar(
                label_of(scenario, each),
                (Part(each.distance, "", "highlight" if not place else "context"),),
                _far(scenario, each, decimals),
                saved=day,
                notes=(*map(Note, figures(scenario, each)),),
                strong=not place,
            )
        )
    return Bars(
        tuple(rows),
        "change",
        "Distance in % of its range",
        heads=("Today", "Reversed at"),
        percent=True,
    )


def _far(scenario: Scenario, change: Reversing, decimals: int) -> str:
    """Distance as it is printed, of a weight or size between its two figures; one that is there is never none."""
    if change.kind in ("weight", "size") and not at_once(change):
        shown = shown_share(scenario, change)
        if apart := rounded(abs(shown.at(change.then) - shown.points), 1):
            return f"{wording.plain(apart)}\u00a0%"
    least = 10.0**-decimals / 200
    if at_once(change) or change.distance >= least:
        return share(change.distance, decimals)
    return f"<\u00a0{share(2 * least, decimals)}"


def _alt(scenario: Scenario, changes: Sequence[Reversing], choices: Sequence[Chosen]) -> str:
    told = [
        f"{reversing_words(scenario, each, choices)}, {_far(scenario, each, 1)} of its range"
        for each in changes
    ]
    return f"Bars of distances, nearest first: {'; '.join(told)}." if told else "No bars."
