"""How often each proposition beats each other one when weights are uncertain: the pairwise winning index."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.robustness.robustness import Robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import ROBUSTNESS_OPTIONS
from valuemix.exhibits.robustness.assumptions import (
    cleaned,
    considered,
    degree_note,
    each,
    level_words,
    margin_of,
    method,
    names_of,
    scored,
    share_text,
    spoken,
    uncertain,
    units_of,
    unseen_share,
)
from valuemix.exhibits.robustness.shares import shares_table, square_of
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.claims import nothing_to_compare
from valuemix.exhibits.words.formats import share, share_decimals
from valuemix.exhibits.words.respondents import since
from valuemix.typing import FloatArray

__all__ = ["pairwise"]

NAMED = 8
"""Propositions up to which columns bear names; numbers stand for them where there are more."""


@exhibit_kind(
    "Pairwise wins",
    "Robustness",
    ROBUSTNESS_OPTIONS,
    formulas.RANKS + " A pairwise win is a higher value than the other one's; ties count half.",
)
def pairwise(result: Robustness) -> Exhibit:
    """Pairwise winning index of every two propositions.

    Parameters
    ----------
    result : Robustness
        Of one segment, or overall.

    Returns
    -------
    Exhibit
        With one row an ordered pair, the proposition that wins most duels on top: proposition,
        other, share (in which the proposition beats the other, a tie counting half), half_width.

    Examples
    --------
    >>> from valuemix.analysis.robustness.robustness import robustness
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]], propositions=["Express", "Green line"])
    >>> print(pairwise(robustness(scenario)).finding.replace("\\xa0", " "))
    Express beats Green line in 75 % of all weights
    """
    shares, there = cleaned(result.result.pairwise), scored(result)
    unseen = unseen_share(result) if _draws(result) else 0.0
    table = _table(result, np.where(there & there[:, None], shares, np.nan))
    return Exhibit(
        finding=_finding(result, shares),
        subtitle=f"How often, in %, the row beats the column {uncertain(result)}",
        table=table,
        notes=tuple(_notes(result, table)),
        alt=_alt(table, unseen),
        decimals=0,
        scenarios=(result.scenario,),
        chart=_chart(table, unseen),
    )


def _chart(table: pd.DataFrame, unseen: float) -> Table:
    """How often the row beats the column, bold where that is more often than not."""
    names, shares = square_of(table, "other")
    numbered = len(names) > NAMED
    rows = [f"{place}\u00a0\u00a0{name}" for place, name in enumerate(names, 1)] if numbered else names
    heads = [f"{place}" for place in range(1, len(names) + 1)] if numbered else names
    bold = np.nan_to_num(shares) > 0.5 + 1e-9
    return shares_table(
        rows, heads, shares, bold, lambda row: [share_text(each, unseen) for each in row.tolist()]
    )


def _draws(result: Robustness) -> int:
    """Draws behind the shares; 0 where they are exact."""
    found = result.result
    return 0 if found.exact or found.pairwise_exact else found.draws


def _table(result: Robustness, shares: FloatArray) -> pd.DataFrame:
    names, draws = result.scenario.proposition_names, _draws(result)
    order = sorted(range(len(names)), key=lambda p: (-round(float(np.nansum(shares[p])), 9), p))
    pairs = [(p, q) for p in order for q in order if p != q]
    found = np.array([shares[pair] for pair in pairs], dtype=float)
    width = 1.96 * np.sqrt(found * (1 - found) / draws) if draws else np.zeros(len(pairs))
    if not pairs:
        return pd.DataFrame({"proposition": [*names], "other": [*names], "share": np.nan, "half_width": 0.0})
    return pd.DataFrame(
        {
            "proposition": [names[p] for p, _ in pairs],
            "other": [names[q] for _, q in pairs],
            "share": found,
            "half_width": width,
        }
    )


# ---------------------------------------------------------------------- words


def _finding(result: Robustness, shares: FloatArray) -> str:
    count = len(shares)
    if nothing := nothing_to_compare(result.scenario, result.segment, "so there is no duel"):
        return nothing
    groups = [unit.members for unit in units_of(result)]
    if len(groups) == 1:
        every = wording.every(count, "proposition")
        return f"{every} tie {each(result) if not _draws(result) else 'throughout'}"
    champions = [group for group in groups if (shares[group[0], _others(shares, group)] > 0.5 + 1e-9).all()]
    if not champions:
        return _no_champion(result, shares)
    return _champion(result, shares, champions[0])


def _others(shares: FloatArray, group: tuple[int, ...]) -> list[int]:
    return [q for q in range(len(shares)) if q not in group]


def _above(result: Robustness, found: float, bar: float) -> bool:
    """Whether a share is above a bar by more than chance explains."""
    return found > bar + max(margin_of(found, _draws(result)), 1e-9)


def _champion(result: Robustness, shares: FloatArray, group: tuple[int, ...]) -> str:
    others = _others(shares, group)
    row = shares[group[0]]
    closest = min(others, key=lambda q: (row[q], q))
    who, one = names_of(result, group), len(group) == 1
    beats = "beats" if one else "each beat"
    rivals = [q for q in others if row[q] - row[closest] < 1e-9]
    if row[closest] == 1:
        whom = names_of(result, others) if len(others) == 1 else "every other proposition"
        return f"{who} {beats} {whom} {_throughout(result)}"
    often = _near_half(float(row[closest]))
    if not _above(result, float(row[closest]), 0.5):
        wins = f"{who} win{'s' if one else ''} most duels in {considered(result)}"
        return f"{wins}, but the closest, with {names_of(result, rivals)}, is too close to call: {often} of these draws"
    if len(others) == 1:
        return f"{who} {beats} {names_of(result, others)} in {often} of {considered(result)}"
    duel = f"the closest duel is with {names_of(result, rivals)}, {often}"
    most = next((bar for bar in (0.9, 0.75) if _above(result, float(row[closest]) - 0.005, bar)), 0.5)
    bar = "half" if most == 0.5 else share(most)
    return f"{who} {beats} every other proposition in more than {bar} of {considered(result)}; {duel}"


def _near_half(found: float) -> str:
    """A share with as many decimals as show on which side of half it is."""
    decimals = share_decimals([(found, 0.5)])
    return share(found, decimals) if decimals else spoken(found)


def _throughout(result: Robustness) -> str:
    draws, found = _draws(result), result.result
    if draws:
        return f"in all {draws:,} draws" if draws > 1 else "in the only draw"
    return each(result) if found.exact or found.first_exact is not None else f"in {considered(result)}"


def _no_champion(result: Robustness, shares: FloatArray) -> str:
    """Nobody beats all the others: whom the leader of today does not beat."""
    leaders = evaluate(result.scenario).standing(result.segment).leaders
    what = considered(result)
    start = f"No proposition beats every other one in more than half of {what}"
    if len(leaders) != 1:
        return start
    leader = leaders[0]
    row = shares[leader]
    worst = min((q for q in range(len(row)) if q != leader), key=lambda q: (row[q], q))
    who, other = names_of(result, leaders), names_of(result, (worst,))
    if abs(row[worst] - 0.5) <= max(margin_of(float(row[worst]), _draws(result)), 1e-9):
        return (
            f"{start}: {who}, ahead {since(result.scenario)}, and {other} win about half of their duels each"
        )
    return f"{start}: {who}, ahead {since(result.scenario)}, beats {other} in {spoken(row[worst])}"


def _notes(result: Robustness, table: pd.DataFrame) -> list[str]:
    level = level_words(result)
    return [
        method(result, exact=not _draws(result), half_width=float(table["half_width"].fillna(0.0).max())),
        "bold where the row wins more than half",
        f"always level, which counts half: {level}" if level else "",
        degree_note(result),
    ]


def _alt(table: pd.DataFrame, unseen: float) -> str:
    rows = []
    for name, duels in table.dropna().groupby("proposition", sort=False):
        cells = [
            f"{other} {share_text(share, unseen) or 'never'}"
            for other, share in zip(duels["other"], duels["share"], strict=True)
        ]
        rows.append(f"{name} beats {', '.join(cells)}")
    return (
        f"Table of how often each proposition beats each other one. {'; '.join(rows) or 'One proposition'}."
    )
