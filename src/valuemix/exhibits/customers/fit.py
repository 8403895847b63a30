"""How well the profile of each proposition fits what each segment weighs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.customers.balance import fit as fit_of
from valuemix.analysis.customers.balance import fit_draws
from valuemix.analysis.value.means import power_mean
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.charts.roles import scaled
from valuemix.charts.table import Cell, Column, Table, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import share, share_decimals
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
    table = _table(scenario)
    decimals, sure = _decimals(table), _sureness(scenario)
    return Exhibit(
        finding=_finding(scenario, sure, table, decimals),
        subtitle="Fit of the scores to the segments' weights (% of the profile that agrees), best of each framed",
        table=table,
        notes=(
            "fit compares profiles, not levels: low scores in the right proportions fit as well as high ones",
            *filter(None, [_how_sure(scenario, sure)]),
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
    frames = []
    segments = [*scenario.segment_names, OVERALL]
    for name, size, own in zip(segments, [*scenario.size_shares, 1.0], [*by_segment, overall], strict=True):
        best = np.max(own, initial=-np.inf, where=~np.isnan(own))
        frames.append(
            pd.DataFrame(
                {
                    "segment": name,
                    "size_share": size,
                    "proposition": [scenario.proposition_names[p] for p in order],
                    "fit_share": own[order],
                    "best": own[order] >= best - TIE,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Fit of every proposition to every segment, overall last; the best of each is outlined."""
    deep = scaled(table["fit_share"].to_numpy(dtype=float))
    each = zip(table["fit_share"], deep, table["best"], strict=True)
    cells = [
        Cell("–") if np.isnan(fit) else shaded(share(fit, decimals), depth, strong=bool(best))
        for fit, depth, best in each
    ]
    count = table["proposition"].nunique()
    columns = [
        Column(segment, cells[g * count : (g + 1) * count], "center", total=segment == OVERALL)
        for g, segment in enumerate(table["segment"].iloc[::count])
    ]
    return Table((named("Proposition", table["proposition"].tolist()[:count]), *columns))


def _decimals(table: pd.DataFrame) -> int:
    """Decimals that tell the best two overall apart."""
    overall = table[table["segment"] == OVERALL]["fit_share"].dropna().to_numpy()
    second = overall[overall < overall.max(initial=0.0) - TIE]
    return share_decimals([(float(overall.max()), float(second.max()))] if len(second) else [])


def _finding(scenario: Scenario, sure: Certainty, table: pd.DataFrame, decimals: int) -> str:
    short = dict(
        zip(scenario.proposition_names, wording.short_names(scenario.proposition_names), strict=True)
    )
    overall = table[table["segment"] == OVERALL].dropna(subset="fit_share")
    one = len(scenario.segments) == 1
    weighed = f"{wording.place(scenario.segment_names[0])} weighs" if one else "the segments weigh"
    if overall.empty:
        return "No proposition scores above the lowest where there is weight, so nothing fits"
    led = [short[name] for name in overall[overall["best"]]["proposition"]]
    top = share(float(overall["fit_share"].iloc[0]), decimals)
    if len(short) == 1:
        return f"{led[0]}, the only proposition, fits what {weighed} by {top}"
    if len(led) == len(short):
        return f"{wording.every(len(led), 'proposition')} fit what {weighed} equally well, by {top}"
    if len(led) > 1:
        return f"{wording.joined(led)} fit what {weighed} equally well, by {top}, and best"
    others = overall[~overall["best"]]
    second = "" if others.empty else f", against {share(float(others['fit_share'].iloc[0]), decimals)} for "
    second += "" if others.empty else short[str(others["proposition"].iloc[0])]
    whose = "the segment's" if one else "the segments'"
    start = f"{led[0]} {claims.probably(sure)}fits {whose} weights best"
    if contest := claims.contest(sure, [*short.values()], 2):
        return f"{start}, {top}{contest}"
    nearest = f"{start}: {top}{second}"
    own = _in_segments(table, str(overall["proposition"].iloc[0]))
    return nearest if one else f"{nearest}; {own}"


def _sureness(scenario: Scenario) -> Certainty:
    """How sure it is which profile is nearest, by the mean over segments."""
    overall = power_mean(fit_of(scenario).T, scenario.size_shares, 1)
    return certainty_among(overall, fit_draws(scenario), 1.0)


def _how_sure(scenario: Scenario, sure: Certainty) -> str:
    names = wording.short_names(scenario.proposition_names)
    if len(names) == 1 or not sure.leaders:
        return ""
    return grounds.graded(scenario, sure, names, above="nearer than")


def _in_segments(table: pd.DataFrame, leader: str) -> str:
    """In how many segments the best overall fits best by itself."""
    best = table[table["best"] & (table["segment"] != OVERALL)]
    alone = best.groupby("segment", sort=False)["proposition"].agg(list)
    wins, count = sum(names == [leader] for names in alone), table["segment"].nunique() - 1
    if wins == count:
        return "at today's scores it fits every segment best"
    which = "no segment" if not wins else f"{wording.count(wins)} of {wording.count(count, 'segment')}"
    return f"at today's scores it fits {which} best by itself"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    groups = []
    for segment, rows in table.groupby("segment", sort=False):
        cells = zip(rows["proposition"], rows["fit_share"], strict=True)
        groups.append(f"{segment}: {', '.join(f'{n} {_share(v, decimals)}' for n, v in cells)}")
    return f"Table of fits. {'; '.join(groups)}."


def _share(value: float, decimals: int) -> str:
    return share(value, decimals) if value == value else "none"
