"""Who leads in the short and in the long term, when that changes, and who regrets least."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty, certainty_among
from valuemix.analysis.customers.terms import Terms, at_term
from valuemix.analysis.customers.terms import terms as terms_of
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.exhibits.compare.path import alone, between, lines_of
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import ahead, change_decimals, number, share, share_decimals
from valuemix.exhibits.words.leading import way_lines
from valuemix.exhibits.words.respondents import scores_given
from valuemix.model.scenario import Scenario

__all__ = ["ENDS", "terms"]

ENDS = ("Short term", "Long term")
"""What the ends of the way are called."""


@exhibit_kind(
    "Short and long term",
    "Customer view",
    ("segment",),
    "Weights go from those of today to those of the long term, (1 − t) of the one and t of the other; "
    "sizes, scores and settings stay. Regret is the best value less the proposition's own, at most on "
    "the way.",
)
def terms(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Values as the weights of today turn into those of the long term, with every change of the leader.

    Parameters
    ----------
    scenario : Scenario
        With later points.
    segment : str, optional
        Name of the segment; all segments by size where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition and share of the way: proposition, way_share, value, leads, crossover
        (of the leader), start and end (what the ends are called), regret (how far the proposition is
        behind the best at most, on the whole way).

    Raises
    ------
    EditError
        Where there are no later points; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], segments=["All"],
    ...                             propositions=["Express", "Green line"])
    >>> aging = base.replace(later={"All": {"discipline_1": 20.0, "discipline_2": 80.0}})
    >>> print(terms(aging).finding.replace("\\xa0", " "))
    The lead passes from Express to Green line at 62 % of the way to the long term
    """
    found = terms_of(scenario, segment)
    decimals = change_decimals(found.scenario)
    table = lines_of(found.path, ENDS, scenario.scale)
    regret = dict(zip(found.path.propositions, found.regret.tolist(), strict=True))
    table["regret"] = table["proposition"].map(regret).astype(float)
    sure = certainty_among(-found.regret, -found.regret_draws(), scenario.scale.width)
    return Exhibit(
        finding=_finding(found, sure, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) as weights go from the short to the long term, "
        f"{wording.population(scenario, segment)}; thick line: the leader",
        table=table,
        notes=_notes(found, sure),
        alt=_alt(found, table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=way_lines(table, ENDS, decimals, scenario),
    )


# ---------------------------------------------------------------------- words


def _finding(found: Terms, sure: Certainty, decimals: int) -> str:
    names, where = claims.called(evaluate(found.scenario), found.segment), wording.where(found.segment)
    if not found.early and not found.changes:
        return wording.no_value(where)
    if len(names) == 1:
        first, last = (number(float(line[0]), decimals) for line in found.values[[0, -1]])  # noqa: PD011
        return f"{names[0]}, the only proposition, goes from {first} to {last} {where} in the long term"
    degrees = _leads(found)
    if found.changes:
        return _passes(found, names) + claims.unless_clear(degrees) + _least(found, sure, names, decimals)
    verb = claims.lead_verb(degrees) if degrees else claims.tie(found.scenario, found.segment)
    place = wording.place(found.segment) if degrees and verb != "is ahead" else where
    way = f"all the way from the short to the long term{claims.untold(degrees)}"
    return f"{_who(found.early, names)} {verb} {place} {way}"


def _who(leaders: Sequence[int], names: Sequence[str]) -> str:
    return wording.joined([names[p] for p in leaders] or ["nobody"])


def _ends(found: Terms) -> dict[str, Certainty]:
    """How sure it is who leads in the short and in the long term."""
    ends = zip(ENDS, (found.scenario, at_term(found.scenario, 1.0)), strict=True)
    return {name.lower(): certainty(end, found.segment) for name, end in ends}


def _leads(found: Terms) -> list[Degree]:
    """How sure it is who leads on every stretch of the way, where that is one alone."""
    ends = (found.scenario, at_term(found.scenario, 1.0))
    return alone(grading.together([*_ends(found).values(), *between(found.path, ends, found.segment)]))


def _passes(found: Terms, names: Sequence[str]) -> str:
    inside = "" if found.segment is None else f" {wording.where(found.segment)}"
    decimals = share_decimals(pairwise([0.0, *found.changes, 1.0]))
    at, way = [share(change, decimals) for change in found.changes], "of the way to the long term"
    early, late = _who(found.early, names), _who(found.late, names)
    start = f"The lead{inside} passes"
    if len(at) == 1:
        return f"{start} from {early} to {late} at {at[0]} {way}"
    if len(at) == 2:
        middle = _who(found.path.pieces[1].leaders, names)
        return f"{start} from {early} to {middle} at {at[0]} {way} and to {late} at {at[1]}"
    times = f"{wording.count(len(at))} times on the way to the long term"
    return f"{start} {times}, first from {early} at {at[0]}, last to {late} at {at[-1]}"


def _least(found: Terms, sure: Certainty, names: Sequence[str], decimals: int) -> str:
    """The proposition that is never far behind."""
    robust = found.robust
    if not robust:
        return ""
    start = f"; {_who(robust, names)}"
    verb = "has" if len(robust) == 1 else "have"
    if found.regret[robust[0]] <= TIE * found.scenario.scale.width:
        return f"{start} {verb} no regret"
    if claims.contest(sure, names):  # the notes tell it
        return ""
    least = _at_most(found, robust[0], decimals)
    return f"{start} {claims.probably(sure)}{verb} the least regret, {least} at most"


def _at_most(found: Terms, p: int, decimals: int) -> str:
    """Largest regret of a proposition, as the values printed there subtract."""
    if np.isnan(found.regret[p]):
        return number(np.nan, decimals)
    lines = found.values  # noqa: PD011 - lines of the way
    way = int(np.argmax(lines.max(axis=1, where=~np.isnan(lines), initial=-np.inf) - lines[:, p]))
    return ahead(float(np.nanmax(lines[way])), float(lines[way, p]), decimals)


def _notes(found: Terms, sure: Certainty) -> tuple[str, ...]:
    names = wording.short_names(found.scenario.proposition_names)
    return (
        "regret: how far behind the best, at most on the way",
        ""
        if found.path.exact
        else "crossovers are searched for in 200 steps: two within one step are not seen",
        *grounds.briefly_each(_ends(found), names, found.scenario, found.segment),
        f"where the lead passes is told at {scores_given(found.scenario)}" if found.changes else "",
        _least_of_all(found, sure, names),
    )


def _least_of_all(found: Terms, sure: Certainty, names: Sequence[str]) -> str:
    """How sure it is who has the least regret, and who that is where it is too close to be said above."""
    if not found.changes or not sure.in_doubt or all(share != share for share in sure.above):
        return ""
    often = f"{grounds.ahead_of(sure, names, 'less to be regretted than')}, "
    often += grounds.taken(found.scenario, found.segment)
    close = claims.contest(sure, names, 2)
    least = _at_most(found, sure.leaders[0], change_decimals(found.scenario))
    return f"least regret, {least}{close}: {often}" if close else often


def _alt(found: Terms, table: pd.DataFrame, decimals: int) -> str:
    names = found.path.propositions
    led = [
        f"{', '.join(names[p] for p in piece.leaders) or 'nobody'} from "
        f"{share(piece.from_share, 1)} to {share(piece.to_share, 1)}"
        for piece in found.path.pieces
    ]
    ends = [
        f"{name} {number(rows['value'].iloc[0], decimals)} to {number(rows['value'].iloc[-1], decimals)}, "
        f"regret {_at_most(found, names.index(name), decimals)}"
        for name, rows in table.groupby("proposition", sort=False)
    ]
    return f"Lines of value from the short to the long term. Leaders: {'; '.join(led)}. Values: {'; '.join(ends)}."
