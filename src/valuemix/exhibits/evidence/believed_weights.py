"""What customers are believed to weigh beside what they say, and what the difference costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import degree_of
from valuemix.analysis.evidence.beliefs import Beliefs, beliefs
from valuemix.exhibits.evidence.weight_ranges import (
    WeightRow,
    decimals_for,
    summing,
    weight_ranges,
    weight_words,
)
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import gap, lead_decimals, number
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import asked_when, lead_words, rests_on
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["believed_weights"]

MOST_SEGMENTS = 4
"""Segments whose loss a note names."""


@exhibit_kind(
    "Believed against customers' weights",
    "Evidence",
    ("segment",),
    "The value that is lost is that of the leader by the weights of those asked less that of the leader by believed "
    "weights, both by the weights of those asked; its 95 % interval is that of the lead of the one over the other.",
    several_views=True,
)
def believed_weights(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Believed weights beside those that respondents gave, and the value lost by choosing as is believed.

    Parameters
    ----------
    scenario : Scenario
        With evidence and believed weights.
    segment : str, optional
        Which segment; the mean of those asked by size where it is None.

    Returns
    -------
    Exhibit
        With one row a discipline: segment, discipline, believed_share, weight_share, low, high.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where nobody there was asked what matters, or nothing is believed.
    """
    found, decimals = beliefs(scenario, segment), lead_decimals(scenario)
    table = _table(scenario, segment, found)
    places = decimals_for(found.heard.half_widths.tolist())
    rows = [*_rows(table, places)]
    return Exhibit(
        finding=_finding(scenario, segment, found, decimals),
        subtitle=f"Weight in %, believed and with its 95\u00a0% interval of respondents{asked_when(scenario)}; "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            _by_segment(scenario, found.by_segment, decimals) if segment is None else "",
            rests_on(scenario, segment),
        ),
        alt=f"Ranges of weights: {'; '.join(weight_words(row, places) for row in rows)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=weight_ranges(rows, places),
    )


def _table(scenario: Scenario, segment: str | None, found: Beliefs) -> pd.DataFrame:
    shares, half = found.heard.shares, found.heard.half_widths
    return pd.DataFrame(
        {
            "segment": wording.segment_name(scenario, segment),
            "discipline": [*scenario.discipline_names],
            "believed_share": found.believed,
            "weight_share": shares,
            "low": np.maximum(shares - half, 0.0),
            "high": np.minimum(shares + half, 1.0),
        }
    )


def _rows(table: pd.DataFrame, places: int) -> Iterator[WeightRow]:
    none, sides = float("nan"), ("weight_share", "believed_share")
    printed = zip(*(summing(table[side].tolist(), places) for side in sides), strict=True)
    rows = records(table, "discipline", "believed_share", "weight_share", "low", "high")
    for (name, believed, weight, low, high), (asked, own) in zip(rows, printed, strict=True):
        yield WeightRow(f"{name}, those asked", weight, asked, low, high, strong=True)
        yield WeightRow(f"{name}, believed", believed, own, none, none)


def _finding(scenario: Scenario, segment: str | None, found: Beliefs, decimals: int) -> str:
    names, sure = wording.short_names(scenario.proposition_names), found.truth.certainty
    leaders, where = wording.joined([names[p] for p in sure.leaders]), wording.where(segment)
    chosen = wording.joined([names[p] for p in found.chosen])
    start = f"Choosing {chosen} {where}, as believed weights do,"
    if found.lost is None:
        lead = f"{claims.leads(sure, leaders, segment)}{claims.contest(sure, names)}"
        return f"{start} {claims.sign_words(sure.degree)}costs nothing: by customers' own weights {lead}"
    degree = "open" if found.truth.too_few else degree_of(found.lost.above)
    interval = f"{number(found.lost.low, decimals)} to {number(found.lost.high, decimals)}"
    most = " at most" if len(found.chosen) > 1 else ""
    return (
        f"{start} {claims.sign_words(degree)}costs "
        f"{lead_words(scenario, found.truth, found.lost.rival)} of value{most} ({interval}): by customers' own weights "
        f"{leaders} has more"
    )


def _by_segment(scenario: Scenario, ends: FloatArray, decimals: int) -> str:
    """Value lost where each segment gets what believed weights choose for it, the most first."""
    if len(ends) < 2:
        return ""
    lost = [gap(best, chosen, decimals) for best, chosen in ends.tolist()]
    order = sorted((g for g in range(len(lost)) if lost[g] > 0), key=lambda g: -lost[g])
    told = [f"{number(lost[g], decimals)} in {scenario.segment_names[g]}" for g in order]
    if not told:
        return "segment by segment nothing is lost"
    return f"chosen for each segment by itself, lost is {wording.joined(told, MOST_SEGMENTS)}"
