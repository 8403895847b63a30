"""How well the profile of each proposition fits what each segment weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.customers.balance import fit as fit_of
from valuemix.analysis.customers.balance import fit_draws
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.charts.roles import scaled
from valuemix.charts.table import Cell, Column, Table, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import share, share_decimals
from valuemix.exhibits.words.listing import grouped
from valuemix.exhibits.words.respondents import scores_given
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario

__all__ = ["fit"]


@exhibit_kind(
    "Fit to the segments",
    "Customer view",
    (),
    "Fit is one less half the sum of absolute differences between a segment's weights and a "
    "proposition's scores above the lowest, both as shares.",
)
def fit(scenario: Scenario) -> Exhibit:
    """Fit of every proposition to every segment, and their mean by size.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Exhibit
        With one row a segment and proposition: segment, size_share, proposition, fit_share,
        best (whether it fits this segment best); the mean by size last, under "Overall".

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 5]], points=[80, 20], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> print(fit(scenario).finding.replace("\\xa0", " "))
    Express fits the segment's weights best: 100 %, against 70 % for Green line
    """
    table, names = _table(scenario), wording.short_names(scenario.proposition_names)
    overall = power_mean(fit_of(scenario).T, scenario.size_shares, 1)
    sure = certainty_among(overall, fit_draws(scenario), 1.0)
    # Decimals that tell the best two apart.
    best, others = (_overall(table).query(rows)["fit_share"] for rows in ("best", "not best"))
    decimals = share_decimals(zip(best[:1], others[:1], strict=False))
    return Exhibit(
        finding=_finding(scenario, sure, table, decimals),
        subtitle="Fit of the scores to the segments' weights (% of the profile that agrees), best of each framed",
        table=table,
        notes=(
            "fit compares profiles, not levels: low scores in the right proportions fit as well as high ones",
            grounds.graded(scenario, sure, names, above="nearer than"),
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _table(scenario: Scenario) -> pd.DataFrame:
    """Rows by segment, propositions in the order of their overall fit."""
    by_segment = fit_of(scenario)
    overall = power_mean(by_segment.T, scenario.size_shares, 1)
    order = np.argsort(-np.round(np.nan_to_num(overall, nan=-1.0), 9), kind="stable")
    fits = np.vstack([by_segment, overall])[:, order]
    best = np.max(fits, axis=1, keepdims=True, initial=-np.inf, where=~np.isnan(fits))
    names = scenario.proposition_names
    return pd.DataFrame(
        {
            "segment": np.repeat([*scenario.segment_names, OVERALL], len(order)),
            "size_share": np.repeat([*scenario.size_shares, 1.0], len(order)),
            "proposition": [names[p] for p in order] * len(fits),
            "fit_share": fits.ravel(),
            "best": (fits >= best - TIE).ravel(),
        }
    )


def _overall(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the mean by size of those that have a fit, the best first."""
    return table[table["segment"] == OVERALL].dropna(subset="fit_share")


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Fit of every proposition to every segment, overall last; the best of each is outlined."""
    deep = scaled(table["fit_share"].to_numpy(dtype=float))
    cells = [
        Cell("–") if np.isnan(fit) else shaded(share(fit, decimals), depth, strong=bool(best))
        for fit, depth, best in zip(table["fit_share"], deep, table["best"], strict=True)
    ]
    count = table["proposition"].nunique()
    segments = table["segment"].iloc[::count].tolist()
    columns = [
        Column(segment, cells[g * count : (g + 1) * count], "center", total=segment == OVERALL)
        for g, segment in enumerate(segments if len(segments) > 2 else segments[:1])
    ]
    return Table((named("Proposition", table["proposition"].tolist()[:count]), *columns))


def _finding(scenario: Scenario, sure: Certainty, table: pd.DataFrame, decimals: int) -> str:
    overall = _overall(table)
    if not scenario.scored().any():
        return claims.unvalued(scenario, None)
    if overall.empty:
        return "No proposition scores above the lowest where there is weight, so nothing fits"
    one, short = len(scenario.segments) == 1, wording.shortened(scenario.proposition_names)
    weighed, whose = "the segments weigh", "the segments'"
    if one:
        weighed, whose = f"{wording.place(scenario.segment_names[0])} weighs", "the segment's"
    names, shares = overall["proposition"].tolist(), [share(fit, decimals) for fit in overall["fit_share"]]
    if len(short) == 1:
        return f"{short[names[0]]}, the only proposition, fits what {weighed} by {shares[0]}"
    led = [short[name] for name in names[: int(overall["best"].sum())]]
    if len(led) > 1:
        return _level(led, len(short), f"fit what {weighed} equally well, by {shares[0]}")
    start = f"{led[0]} {claims.probably(sure)}fits {whose} weights best"
    if contest := claims.contest(sure, [*short.values()], 2):
        return f"{start}, {shares[0]}{contest}"
    elsewhere = "" if one else f"; {_in_segments(table, names[0], scores_given(scenario))}"
    return f"{start}: {shares[0]}{_against(names, shares, short)}{elsewhere}"


def _against(names: Sequence[str], shares: Sequence[str], short: Mapping[str, str]) -> str:
    """Fit of the second best, where there is one."""
    return f", against {shares[1]} for {short[names[1]]}" if len(names) > 1 else ""


def _level(led: list[str], count: int, fit: str) -> str:
    if len(led) == count:
        return f"{wording.every(count, 'proposition')} {fit}"
    return f"{wording.joined(led)} {fit}, and best"


def _in_segments(table: pd.DataFrame, leader: str, given: str) -> str:
    """In how many segments the best overall fits best by itself."""
    best = table[table["best"] & (table["segment"] != OVERALL)].drop_duplicates("segment", keep=False)
    wins, count = int((best["proposition"] == leader).sum()), table["segment"].nunique() - 1
    if wins == count:
        return f"at {given} it fits every segment best"
    which = f"{wording.count(wins)} of {wording.count(count, 'segment')}" if wins else "no segment"
    return f"at {given} it fits {which} best by itself"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    fits = grouped(
        table,
        "segment",
        "proposition",
        "fit_share",
        lambda fit: share(fit, decimals) if fit == fit else "none",
    )
    return f"Table of fits. {'; '.join(f'{segment}: {own}' for segment, own in fits.items())}."
