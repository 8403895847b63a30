"""Preference share: how preferences would split by value, and where that disagrees with the ranking."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.customers.preference import Preference, preference, share_draws
from valuemix.analysis.evidence.sensitivity import Sensitivity, fitted_sensitivity
from valuemix.analysis.value.scoring import TIE, Evaluation, ranks
from valuemix.charts.bars import Bar, Bars, Note, Part
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import (
    MORE_SHARE_DECIMALS,
    apportioned,
    number,
    percents,
    points_apart,
    share,
)
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["preference_share"]

LARGER = "larger in preference share than"

SENSITIVITIES = range(1, 41)
"""Over which a share is told beside the one sensitivity that was taken, where nobody has measured it."""

STEPS = 21
"""Sensitivities of the interval of a fitted one."""


@exhibit_kind(
    "Preference share",
    "Customer view",
    ("segment", "sensitivity"),
    "Preference share in a segment: exp(sensitivity × value from 0 to 1) as shares (logit; McFadden, "
    "1974); overall: mean over segments by size. First choice: everyone takes the best, ties split. No "
    "market share.",
)
def preference_share(
    evaluation: Evaluation | Scenario, segment: str | None = None, *, sensitivity: float | None = None
) -> Exhibit:
    """Preference shares of all propositions, the largest first. They are no market shares.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
    segment : str, optional
        Which segment; all of them by size where it is None.
    sensitivity : float, optional
        0 is indifference, infinity the first choice. By default what fits the choices of respondents, and 10
        without any.

    Returns
    -------
    Exhibit
        With one row a proposition: segment, proposition, preference_share, first_choice_share
        (if everyone took the best, ties split), low_share and high_share (ends of the
        share over sensitivities 1 to 40, or the 95 % interval of a fitted one), share_rank,
        value, rank, disagrees (whether another has a lower value and a larger share, or the
        reverse).

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    ValuemixError
        Where the sensitivity is below 0.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 8], [7, 7]], [[0, 0], [9, 9]]], sizes=[3, 1],
    ...                                 propositions=["Express", "Green line"])
    >>> print(preference_share(scenario, sensitivity=20).finding.replace("\\xa0", " "))
    Express has the largest preference share overall, 66 % (45 to 74 % by sensitivity), 32 points ahead of
    Green line, although Green line has the highest value
    """
    found = preference(evaluation, sensitivity)
    scenario, sensitivity = found.evaluation.scenario, found.theta
    measured = fitted_sensitivity(scenario)
    used = measured if measured and measured.fitted == sensitivity else None
    table = _table(found, segment, used)
    decimals = _decimals(table)
    names = table["proposition"].tolist()
    drawn = share_draws(scenario, segment, sensitivity)[[scenario.proposition_names.index(n) for n in names]]
    sure = certainty_among(table["preference_share"].to_numpy(dtype=float), drawn, found.width)
    model = (
        "everyone takes the best"
        if np.isinf(sensitivity)
        else f"logit with sensitivity {used.value if used else wording.plain(sensitivity)}"
    )
    return Exhibit(
        finding=_finding(found.evaluation, table, segment, decimals, sure),
        subtitle=f"Share of preference in % (no market share), {model}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            *_notes(table, _measured(measured, used)),
            grounds.graded(scenario, sure, wording.short_names(names), segment, above=LARGER),
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _chart(table: pd.DataFrame, decimals: int) -> Bars:
    """Bars of shares, the largest lit; beside them first choices, and ranks by value that say otherwise."""
    best = (table["share_rank"] == 1).fillna(value=False).tolist()
    told = zip(_shown_shares(table, decimals), _first_choices(table), best, strict=True)
    columns = records(table, "proposition", "preference_share", "rank", "disagrees")
    return Bars(
        rows=tuple(
            Bar(
                name,
                (Part(part, "", "highlight" if lit else "context"),),
                share(shown, decimals) if part == part else "no value",
                notes=(
                    Note(first, "muted"),
                    Note(f"{rank} ≠", "loss") if differs else Note("–" if pd.isna(rank) else str(rank)),
                ),
                strong=lit,
            )
            for (name, part, rank, differs), (shown, first, lit) in zip(columns, told, strict=True)
        ),
        noun="proposition",
        measure="Preference share",
        heads=("first choice", "value rank"),
        decimals=decimals,
        percent=True,
    )


def _first_choices(table: pd.DataFrame) -> list[str]:
    """Shares of first choices in percent that sum to 100; a dash where there is no value."""
    known = table["first_choice_share"].dropna()
    told = dict(zip(known.index, percents(known.tolist()), strict=True))
    return [told.get(place, "–") for place in table.index]


def _shown_shares(table: pd.DataFrame, decimals: int) -> list[float]:
    """Preference shares as they are printed, largest first: they sum to 100 % where equal ones can stay equal."""
    exact: list[float] = table["preference_share"].tolist()
    known = [part for part in exact if part == part]
    shown = [part / 100 for part in apportioned([100 * part for part in known], 100.0, decimals)]
    steps = zip(pairwise(known), pairwise(shown), strict=True)
    if any(a - b <= TIE and one != other for (a, b), (one, other) in steps):
        return exact
    return shown + exact[len(known) :]


def _table(found: Preference, segment: str | None, used: Sensitivity | None) -> pd.DataFrame:
    scenario = found.evaluation.scenario
    shares, firsts = found.shares_in(segment), found.first_in(segment)
    values, own = found.evaluation.values_in(segment), found.evaluation.ranks_in(segment)
    by_share = ranks(shares, found.width)
    tried = np.linspace(used.low, used.high, STEPS) if used else SENSITIVITIES
    over = np.stack([preference(found.evaluation, float(theta)).shares_in(segment) for theta in tried])
    tie = TIE * scenario.scale.width
    against = (values[:, None] > values[None] + tie) & (shares[:, None] < shares[None] - TIE * found.width)
    order = sorted(
        range(len(shares)),
        key=lambda p: (by_share[p] or len(shares) + 1, own[p] or len(shares) + 1, p),
    )
    table = pd.DataFrame(
        {
            "segment": wording.segment_name(scenario, segment),
            "proposition": [*scenario.proposition_names],
            "preference_share": shares,
            "first_choice_share": firsts,
            "low_share": over.min(axis=0),
            "high_share": over.max(axis=0),
            "share_rank": pd.arrays.IntegerArray(by_share, mask=by_share == 0),
            "value": values,
            "rank": pd.arrays.IntegerArray(own, mask=own == 0),
            "disagrees": against.any(axis=0) | against.any(axis=1),
        }
    )
    return table.iloc[order].reset_index(drop=True)


def _decimals(table: pd.DataFrame) -> int:
    """Decimals of percentages that tell the two largest shares apart."""
    below = np.flatnonzero(table["preference_share"] < table["preference_share"].max() - TIE)
    for decimals in range(MORE_SHARE_DECIMALS if below.size else 0):
        shown = _shown_shares(table, decimals)
        if round(shown[0] - shown[below[0]], decimals + 2):
            return decimals
    return MORE_SHARE_DECIMALS if below.size else 0


def _finding(
    evaluation: Evaluation, table: pd.DataFrame, segment: str | None, decimals: int, sure: Certainty
) -> str:
    names, where = evaluation.scenario.proposition_names, wording.where(segment)
    short = dict(zip(names, claims.called(evaluation, segment), strict=True))
    known = table.dropna(subset="preference_share")
    if known.empty:
        return wording.no_value(where)
    first = known[known["share_rank"] == 1]
    led, most = [short[name] for name in first["proposition"]], _shown_shares(table, decimals)[0]
    if len(known) == 1:
        valued = f" with a value {where}" if len(short) > 1 else ""
        return f"{led[0]} is the only proposition{valued}, so all preference is its own"
    largest = share(most, decimals)
    if len(led) == len(known):
        each = wording.count(len(led), "proposition")
        return f"Preference {where} splits evenly: {largest} for each of {each}"
    although = _although(table, short)
    if len(led) > 1:
        return f"{wording.joined(led)} share the largest preference {where}, {largest} each{although}"
    contest = claims.contest(sure, wording.short_names(table["proposition"].tolist()), 2)
    low, high = next(records(first, "low_share", "high_share"))
    ends = number(100 * low, 0), number(100 * high, 0)
    over = f"{ends[0]} to {share(high)} by sensitivity" if ends[0] != ends[1] else "at every sensitivity"
    told = f"{largest} ({over}){contest}"
    if not contest:
        others = wording.joined([short[name] for name in known.loc[known["share_rank"] == 2, "proposition"]])
        told += f", {points_apart(most, _shown_shares(known, decimals)[1], decimals)} ahead of {others}"
    return f"{led[0]} {claims.probably(sure)}has the largest preference share {where}, {told}{although}"


def _although(table: pd.DataFrame, short: dict[str, str]) -> str:
    """Who leads by value where it is none of those with the largest share."""
    by_value = table[(table["rank"] == 1).fillna(value=False)]
    if (by_value["share_rank"] == 1).any():
        return ""
    who = [short[name] for name in by_value["proposition"]]
    return f", although {wording.joined(who)} {'has' if len(who) == 1 else 'have'} the highest value"


def _measured(measured: Sensitivity | None, used: Sensitivity | None) -> str:
    """What a share is told over, and whether anybody has measured it."""
    if used:
        return f"by sensitivity: over the 95 % interval of that {used.told}, by each respondent's own ratings"
    wide = f"by sensitivity: at {SENSITIVITIES[0]} to {SENSITIVITIES[-1]}"
    return f"{wide}, set by hand; that {measured.told}" if measured else f"{wide}, as nobody has measured it"


def _notes(table: pd.DataFrame, over: str) -> tuple[str, ...]:
    several = table["preference_share"].count() > 1
    names = wording.short_names(table.loc[table["disagrees"], "proposition"].tolist())
    return (
        "as if people chose by value alone, not by price, reach or habit",
        "similar offers take each other's share: here two alike are counted as two",
        over if several else "",
        f"warning: shares and values rank {wording.joined(names)} differently" if names else "",
    )


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = [
        f"{name} {share(part, decimals) if part == part else 'no value'}"
        for name, part in zip(table["proposition"], _shown_shares(table, decimals), strict=True)
    ]
    return f"Bars of preference shares, largest first: {'; '.join(items)}."
