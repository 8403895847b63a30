"""How often each proposition takes each rank when weights are uncertain: rank acceptability."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.robustness.robustness import Robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import ROBUSTNESS_OPTIONS
from valuemix.exhibits.robustness.assumptions import (
    Unit,
    apart,
    considered,
    degree_note,
    each,
    half_widths,
    level_words,
    method,
    names_of,
    rank_shares,
    scored,
    spoken,
    spoken_apart,
    uncertain,
    units_of,
    unseen_share,
)
from valuemix.exhibits.robustness.shares import MANY, rank_texts, shares_table, square_of
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.claims import lead_today, none_told, nothing_to_compare
from valuemix.exhibits.words.respondents import since
from valuemix.typing import FloatArray

__all__ = ["acceptability", "unseen_by_rank"]


@exhibit_kind(
    "Rank acceptability",
    "Robustness",
    ROBUSTNESS_OPTIONS,
    formulas.RANKS,
)
def acceptability(result: Robustness) -> Exhibit:
    """Rank acceptability of every proposition.

    Parameters
    ----------
    result : Robustness
        Of one segment, or overall.

    Returns
    -------
    Exhibit
        With one row a proposition and rank, the one most often first on top: proposition,
        rank, share, half_width. Where first ranks are exact and others drawn, those of rank 1
        are the exact ones.

    Examples
    --------
    >>> from valuemix.analysis.robustness.robustness import robustness
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]], propositions=["Express", "Green line"])
    >>> print(acceptability(robustness(scenario)).finding.replace("\\xa0", " "))
    Express stays first in 75 % of all weights; only Green line (25 %) can overtake it
    """
    table, unseen = _table(result), unseen_by_rank(result)
    return Exhibit(
        finding=_finding(result),
        subtitle=f"How often, in %, a proposition takes each rank {uncertain(result)}",
        table=table,
        notes=tuple(_notes(result)),
        alt=_alt(table, unseen),
        decimals=0,
        scenarios=(result.scenario,),
        chart=_chart(table, unseen),
    )


def _chart(table: pd.DataFrame, unseen: FloatArray) -> Table:
    """How often each proposition takes each rank; the most frequent rank is bold."""
    names, shares = square_of(table, "rank")
    word = "rank " if len(names) <= MANY else ""
    heads = [f"{word}{rank + 1}" for rank in range(len(names))]
    bold = shares >= shares.max(axis=1, keepdims=True) - 1e-9
    return shares_table(names, heads, shares, bold, partial(rank_texts, unseen=unseen))


def unseen_by_rank(result: Robustness) -> FloatArray:
    """How large the share of each rank may be that no draw has, shape (P,): see `unseen_share`."""
    unseen = np.full(len(result.scenario.propositions), unseen_share(result))
    if result.result.first_exact is not None:
        unseen[:1] = 0.0
    return unseen


def _table(result: Robustness) -> pd.DataFrame:
    names = result.scenario.proposition_names
    (rows, shares), count = rank_shares(result), len(names)
    return pd.DataFrame(
        {
            "proposition": [names[p] for p in rows for _ in range(count)],
            "rank": np.tile(np.arange(1, count + 1), count),
            "share": shares[rows].ravel(),
            "half_width": np.where(np.isnan(shares), np.nan, half_widths(result))[rows].ravel(),
        }
    )


def _finding(result: Robustness) -> str:
    units, count = units_of(result), len(result.scenario.propositions)
    if nothing := nothing_to_compare(result.scenario, result.segment, "so it is always first"):
        return nothing
    if len(units) == 1:
        return f"{wording.every(count, 'proposition')} tie {each(result)}"
    evaluation = evaluate(result.scenario)
    leaders = {*evaluation.standing(result.segment).leaders}
    ever = [unit for unit in units if unit.share > 0]
    today = [unit for unit in units if leaders & {*unit.members}]
    told = _order(result, today, ever)
    sure = certainty(result.scenario, result.segment)
    none = "" if told.startswith("No ") else wording.capital(none_told(sure, result.segment))
    after = f"; {lead_today(evaluation, result.segment)}" if sure.degree == "likely" else ""
    return f"{none}{told}{after}"


def _order(result: Robustness, today: list[Unit], ever: list[Unit]) -> str:
    """Who is first how often, beside who leads today."""
    level = [unit for unit in ever if not apart(unit, ever[0])]
    if len(ever) == 1:
        return _always(result, ever[0], today == ever)
    if len(level) > 1:
        return _level(result, level)
    if len(today) != 1:
        return _tie_today(result, today, ever)
    if ever[0].share <= 0.5:
        return _no_majority(result, today[0], ever)
    return _stays(result, ever) if today[0] is ever[0] else _other_leads(result, today[0], ever[0])


def _always(result: Robustness, unit: Unit, today: bool) -> str:
    if len(unit.members) > 1:
        return f"{names_of(result, unit.members)} tie for first {each(result)}"
    return f"{names_of(result, unit.members)} {'stays' if today else 'is'} first {each(result)}"


def _level(result: Robustness, level: list[Unit]) -> str:
    """Several that are first as often as each other, as far as one can tell."""
    who = wording.joined([_who(result, unit) for unit in level])
    what = considered(result)
    if max(unit.margin for unit in level) == 0:
        return f"{who} are first equally often, in {spoken(level[0].share)} of {what} each"
    shares = [spoken(unit.share) for unit in level]
    low, high = shares[-1], shares[0]
    often = f"in {high} of {what} each" if low == high else f"in {low} to {high} of {what}"
    return f"{who} are first {often}: these draws cannot tell them apart"


def _tie_today(result: Robustness, today: list[Unit], ever: list[Unit]) -> str:
    """No single leader today: who is first most often."""
    members = [p for unit in today for p in unit.members]
    now = since(result.scenario)
    start = f"{names_of(result, members)} tie {now}" if members else f"No proposition has a value {now}"
    top, second = ever[:2]
    return (
        f"{start}, but {_who(result, top)} {_is(top)} first in {spoken(top.share)} of {considered(result)}, "
        f"{_who(result, second)} in {spoken(second.share)}"
    )


def _no_majority(result: Robustness, today: Unit, ever: list[Unit]) -> str:
    """First most often, and yet seldom: it depends on the weights."""
    top, one = ever[0], len(ever[0].members) == 1
    start = f"No proposition is first in more than half of {considered(result)}"
    come, now = "comes" if one else "come", since(result.scenario)
    if today is top:
        closest = f"{_who(result, top)}, ahead {now}, {come} closest with {spoken(top.share)}"
        return f"{start}: {closest}, {_next(result, ever[1:])}"
    high, low = spoken_apart(top.share, today.share)
    behind = f"{_who(result, today)}, ahead {now}, ha{'s' if len(today.members) == 1 else 've'} {low}"
    return f"{start}: {_who(result, top)} {come} closest with {high}, {behind}"


def _other_leads(result: Robustness, today: Unit, top: Unit) -> str:
    """Today's leader is not the one that is first most often."""
    leads, now = "is" if len(today.members) == 1 else "are", since(result.scenario)
    high, low = spoken_apart(top.share, today.share)
    return (
        f"{_who(result, today)} {leads} ahead {now}, but {_who(result, top)} {_is(top)} first more often: "
        f"in {high} of {considered(result)} against {low}"
    )


def _stays(result: Robustness, ever: list[Unit]) -> str:
    """Today's leader is first in most of what is considered."""
    top, others, one = ever[0], ever[1:], len(ever[0].members) == 1
    stays = (
        f"{_who(result, top)} stay{'s' if one else ''} first in {spoken(top.share)} of {considered(result)}"
    )
    if len(others) > 1:
        return f"{stays}, {_next(result, others)}"
    it, other = "it" if one else "them", f"only {_who(result, others[0])} ({spoken(others[0].share)})"
    if not top.margin:
        return f"{stays}; {other} can overtake {it}"
    return f"{stays}; in the draws {other} overtake{'s' if len(others[0].members) == 1 else ''} {it}"


def _next(result: Robustness, others: list[Unit]) -> str:
    """Who follows, and how often the rest are first."""
    near = [unit for unit in others if not apart(unit, others[0])]
    named = wording.joined([f"{_who(result, unit)} ({spoken(unit.share)})" for unit in near], 2)
    return f"then {named}{_rest(result, near)}"


def _rest(result: Robustness, named: list[Unit]) -> str:
    """How often all others than the first and those named are first: of draws all, for one that none has may be."""
    rest = [unit for unit in units_of(result)[1:] if unit not in named and unit.share + unit.margin > 0]
    left = sum(scored(result)[p] for unit in rest for p in unit.members)
    if not left:
        return ""
    most = spoken(max(unseen_share(result), *(unit.share / len(unit.members) for unit in rest)))
    each = f"{'' if most.startswith('less') else 'up to '}{most} each"
    return f"; {wording.count(left)} {f'other in {most}' if left == 1 else f'others in {each}'}"


def _who(result: Robustness, unit: Unit) -> str:
    """Name of a unit; those that always tie are one."""
    return names_of(result, unit.members) + (" together" if len(unit.members) > 1 else "")


def _is(unit: Unit) -> str:
    return "is" if len(unit.members) == 1 else "are"


def _notes(result: Robustness) -> list[str]:
    found = result.result
    how = method(result, exact=found.exact, half_width=float(half_widths(result).max()))
    level = level_words(result)
    return [
        *(
            [how]
            if found.first_exact is None or found.exact
            else ["shares of rank 1 are exact", f"other ranks: {how}"]
        ),
        f"always level, ranks shared equally: {level}" if level else "",
        degree_note(result),
    ]


def _alt(table: pd.DataFrame, unseen: FloatArray) -> str:
    rows = []
    for name, ranks in table.groupby("proposition", sort=False):
        cells = [
            f"rank {rank} {text}"
            for rank, text in zip(
                ranks["rank"], rank_texts(ranks["share"].to_numpy(dtype=float), unseen), strict=True
            )
            if text
        ]
        rows.append(f"{name}: {', '.join(cells)}")
    return f"Table of how often each proposition takes each rank. {'; '.join(rows)}."
