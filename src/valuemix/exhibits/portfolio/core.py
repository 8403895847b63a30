"""How often each proposition is in the best set, within what is in doubt."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import pandas as pd

from valuemix.analysis.portfolio.core import Core, Progress
from valuemix.analysis.portfolio.core import core as core_of
from valuemix.charts.bars import Bar, Bars, Part
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.portfolio.words import FORMULA, chosen, limits
from valuemix.exhibits.words import grounds, wording
from valuemix.exhibits.words.formats import decimals_of, share
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["core", "half_width_words"]

NAMED = 3
"""Propositions in some of the best sets that a sentence names."""


@functools.lru_cache(maxsize=16)
def _found(
    scenario: Scenario,
    budget: float | None,
    people: float | None,
    at_most: float | None,
    progress: Progress | None,
) -> Core:
    return core_of(chosen(scenario, budget, people, at_most), progress)


@exhibit_kind(
    "Core of the best sets",
    "Decide",
    ("budget", "people", "at_most"),
    FORMULA + " The core is the share of 200 cases held possible whose best set holds a proposition; it "
    "is not the share of non-dominated sets (Liesiö, Mild and Salo, 2007).",
)
def core(
    scenario: Scenario,
    *,
    budget: float | None = None,
    people: float | None = None,
    at_most: float | None = None,
    progress: Progress | None = None,
) -> Exhibit:
    """How often each proposition is in the best set, within what is in doubt.

    Parameters
    ----------
    scenario : Scenario
    budget, people, at_most : float, optional
        What a set may cost, the people it may take, and how many propositions it may hold.
    progress : callable, optional
        Called with the draws done and all of them.

    Returns
    -------
    Exhibit
        With one row a proposition, the most frequent first: proposition, share.

    Raises
    ------
    EditError
        Where no set keeps all of the rules.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[9, 9], [4, 4], [1, 1]], propositions=["Express", "Basic", "Plain"])
    >>> core(scenario, at_most=1).finding
    'Express is in the best set in all 200 cases held possible; the other two propositions are in none'
    """
    found = _found(scenario, budget, people, at_most, progress)
    rows = sorted(
        zip(scenario.proposition_names, found.shares.tolist(), strict=True), key=lambda row: -row[1]
    )
    table = pd.DataFrame(rows, columns=["proposition", "share"])
    within = limits(found.selection)
    shown = [share(part, _digits(found)) for part in table["share"]]
    return Exhibit(
        finding=_finding(found),
        subtitle=f"Share of cases held possible whose best set{' ' if within else ''}{within} holds it",
        table=table,
        notes=(
            grounds.taken(scenario) if found.draws + found.without > 1 else grounds.NOTHING_IN_DOUBT,
            f"shares {told}" if (told := half_width_words(found)) else "",
            f"in {found.without} more cases no set reaches the floors" if found.without else "",
        ),
        alt=f"Bars. {'; '.join(f'{name} {text}' for (name, _), text in zip(rows, shown, strict=True))}.",
        decimals=decimals_of(scenario),
        scenarios=(scenario,),
        chart=Bars(
            tuple(
                Bar(name, (Part(part, "", "highlight" if part == 1 else "context"),), text, strong=part == 1)
                for (name, part), text in zip(records(table, "proposition", "share"), shown, strict=True)
            ),
            "proposition",
            "Share of cases",
            percent=True,
        ),
    )


def half_width_words(found: Core) -> str:
    """Within how many points all shares are told, for as many draws; blank where none could differ.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> half_width_words(core_of(choose(Scenario.from_arrays([[8, 2], [5, 6]]), at_most=1)))
    'within 5 points in 95\\xa0% of samples of 200'
    """
    if not found.draws:
        return ""
    widest = 1.96 * max(math.sqrt(part * (1 - part) / found.draws) for part in found.shares.tolist())
    points = f"{math.ceil(100 * widest)}"
    return f"within {wording.points(points)} in 95\u00a0% of samples of {found.draws}" if widest else ""


def _finding(found: Core) -> str:
    names = wording.short_names(found.selection.scenario.proposition_names)
    if not found.draws:
        return f"No set reaches the floors in any of {found.without} cases held possible"
    order = sorted(range(len(names)), key=lambda p: -found.shares[p])
    always = [names[p] for p in order if found.shares[p] == 1]
    never = [names[p] for p in order if not found.shares[p]]
    in_all = _in_all(found)
    parts = []
    if always:
        parts.append(f"{wording.joined(always)} {_are(always)} in the best set in {in_all} held possible")
    if told := _in_some(found, names, [p for p in order if 0 < found.shares[p] < 1]):
        head = "" if parts else f"No proposition is in the best set in {in_all} held possible: "
        parts.append(head + told)
    if parts:
        parts += _in_none(never)
    return "; ".join(parts) or f"The best set is empty in {in_all} held possible"


def _in_all(found: Core) -> str:
    return f"all {found.draws} cases" if found.draws > 1 else "the only case"


def _in_some(found: Core, names: Sequence[str], some: Sequence[int]) -> str:
    """Those that are in some best sets, each with how many, the first ones by name; blank where none is."""
    if not some:
        return ""
    told = wording.joined([f"{names[p]} in {share(found.shares[p], _digits(found))}" for p in some[:NAMED]])
    return told + (f", {wording.count(len(some) - NAMED)} more in fewer" if len(some) > NAMED else "")


def _in_none(never: list[str]) -> list[str]:
    if not never:
        return []
    if len(never) == 1:
        return [f"{never[0]} is in none"]
    return [f"the other {wording.count(len(never), 'proposition')} {_are(never)} in none"]


def _digits(found: Core) -> int:
    """Decimals that keep almost all apart from all, and almost none from none."""
    return int(any(0 < part <= 0.005 or 0.995 <= part < 1 for part in found.shares))


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
