"""How focused each proposition or segment is: the profile, and how many disciplines it amounts to."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.certainty.uncertainty import weights_drawn
from valuemix.analysis.customers.balance import (
    effective_number,
    mean_score_draws,
    mean_scores,
    weight_number_draws,
)
from valuemix.analysis.customers.balance import focus as focus_of
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.bars import Bar, Bars, Key, Note
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import number, percents
from valuemix.exhibits.words.mixes import mix_parts
from valuemix.model.scenario import Scenario

__all__ = ["focus"]

DECIMALS = 1
"""Of effective numbers."""

Of = Literal["propositions", "segments"]


def _asked(request: Request) -> Exhibit:
    return focus(
        request.scenario, of="segments" if request.options.get("of") == "segments" else "propositions"
    )


@exhibit_kind(
    "Focus",
    "Customer view",
    ("of",),
    "Focus is the Herfindahl index of a profile's shares, from 0 (spread evenly) to 1 (all on one "
    "discipline); the effective number of disciplines is one over the sum of squared shares.",
    make=_asked,
)
def focus(scenario: Scenario, *, of: Of = "propositions") -> Exhibit:
    """Profiles of scores or of weights, the most focused first.

    Parameters
    ----------
    scenario : Scenario
    of : {"propositions", "segments"}
        Scores of every proposition (above the lowest, mean of the segments by size), or weights
        of every segment.

    Returns
    -------
    Exhibit
        With one row a proposition (or segment) and discipline: name, discipline, share (of the
        profile; NaN where the score is missing), focus (0 to 1), effective_number (of disciplines).

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [6, 5]], propositions=["Express", "Green line"])
    >>> print(focus(scenario).finding)
    Express is the most focused, as if on 1.5 of two disciplines, most on Discipline 1;
    Green line is the most even (2.0)
    """
    table = _table(scenario, of)
    decimals, sure = _decimals(_numbers(table)), _sureness(scenario, table, of)
    what = "Scores above the lowest" if of == "propositions" else "Weights"
    who = f", {wording.population(scenario, None)}" if of == "propositions" else " of the segments"
    return Exhibit(
        finding=_finding(scenario, table, sure, of, decimals),
        subtitle=f"{what} as shares of their sum (%), and effective number of disciplines{who}",
        table=table,
        notes=(
            "effective number: 1 if all is on one discipline, the number of disciplines if spread evenly",
            "a missing score takes no part in a profile" if table["share"].isna().any() else "",
            _how_sure(scenario, table, sure),
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, of),
    )


def _table(scenario: Scenario, of: Of) -> pd.DataFrame:
    names = _names(scenario, of)
    profiles = scenario.weights if of == "segments" else mean_scores(scenario) - scenario.scale.lowest
    total = np.nansum(profiles, axis=1, keepdims=True)
    shares = profiles / np.where(total > 0, total, np.nan)
    focused, numbers = focus_of(profiles), effective_number(profiles)
    rows = [
        {"name": names[i], "discipline": name, "share": share, "focus": focused[i], "effective_number": numbers[i]}
        for i in np.argsort(np.round(numbers, 9), kind="stable")
        for name, share in zip(scenario.discipline_names, shares[i], strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _chart(table: pd.DataFrame, of: Of) -> Bars:
    """Profiles as bars of 100 %, and how many disciplines each amounts to."""
    disciplines = tuple(dict.fromkeys(table["discipline"]))
    first = table.iloc[:: len(disciplines)]
    shares = table["share"].to_numpy(dtype=float).reshape(len(first), -1)
    each = zip(first["name"], shares, first["effective_number"], strict=True)
    return Bars(
        rows=tuple(
            Bar(name, mix_parts(own.tolist()), notes=(Note(number(n, DECIMALS)),)) for name, own, n in each
        ),
        noun=of.removesuffix("s"),
        measure="Profile",
        keys=tuple(map(Key, disciplines)),
        heads=("as if on",),
        percent=True,
    )


def _numbers(table: pd.DataFrame) -> pd.Series[float]:
    """Effective number of each that has one, smallest first."""
    numbers: pd.Series[float] = table.drop_duplicates("name").set_index("name")["effective_number"].dropna()
    return numbers


def _decimals(numbers: pd.Series[float]) -> int:
    """Decimals that tell the most focused and the most even from the next, where these are not about alike."""
    if _about_alike(numbers):
        return DECIMALS
    steps = [pair for pair in pairwise(numbers) if pair[1] - pair[0] > TIE]
    ends = (steps[0], steps[-1])
    told_apart = (d for d in range(DECIMALS, 4) if all(number(a, d) != number(b, d) for a, b in ends))
    return next(told_apart, 4)


def _about_alike(numbers: pd.Series[float]) -> bool:
    """Whether all profiles count as the same number of disciplines, as it is usually printed."""
    return len(numbers) == 0 or number(numbers.iloc[0], DECIMALS) == number(numbers.iloc[-1], DECIMALS)


def _sureness(scenario: Scenario, table: pd.DataFrame, of: Of) -> tuple[Certainty, Certainty]:
    """How sure it is which profile is the most focused, and which the most even, in the order of the table."""
    if of == "segments":
        drawn = weight_number_draws(scenario)
    else:
        drawn = effective_number(np.moveaxis(mean_score_draws(scenario) - scenario.scale.lowest, 1, -1))
    rows, names = table.drop_duplicates("name"), _names(scenario, of)
    drawn = drawn[[names.index(name) for name in rows["name"]]]
    today = rows["effective_number"].to_numpy(dtype=float)
    return certainty_among(-today, -drawn, 1.0), certainty_among(today, drawn, 1.0)


def _how_sure(scenario: Scenario, table: pd.DataFrame, sure: tuple[Certainty, Certainty]) -> str:
    """What the degrees rest on, where something is named the most focused."""
    told = all(found.in_doubt and any(share == share for share in found.above) for found in sure)
    if not told or _about_alike(_numbers(table)):
        return ""
    names = wording.short_names(table["name"].drop_duplicates().tolist())
    first, last = (
        grounds.ahead_of(found, names, f"more {what} than")
        for found, what in zip(sure, ("focused", "even"), strict=True)
    )
    return f"{first}; {last}, {grounds.taken(scenario)}"


def _finding(
    scenario: Scenario, table: pd.DataFrame, sure: tuple[Certainty, Certainty], of: Of, decimals: int
) -> str:
    noun, numbers = of.removesuffix("s"), _numbers(table)
    if not scenario.scored().any():
        return claims.unvalued(scenario, None)
    if numbers.empty:
        return f"No {noun} scores above the lowest on any discipline, so none has a profile"
    short = wording.shortened(_names(scenario, of))
    least, most, name = float(numbers.iloc[0]), float(numbers.iloc[-1]), str(numbers.index[0])
    spread = f"as if on {number(least, decimals)} of {wording.count(len(scenario.disciplines), 'discipline')}"
    if len(short) == 1:
        return f"{short[name]}, the only {noun}, is spread {spread}{_most_on(scenario, name, of)}"
    if _about_alike(numbers):
        exactly = most - least <= TIE * len(scenario.disciplines)
        return f"{_alike([short[n] for n in numbers.index], noun, len(short), exactly=exactly)}, {spread}"
    first, last = numbers[numbers <= least + TIE], numbers[numbers >= most - TIE]
    lead = f"{_are(first.index.map(short).tolist())} {claims.probably(sure[0])}the most focused, {spread}"
    even = f"{_are(last.index.map(short).tolist())} {claims.probably(sure[1])}the most even"
    even = f"{even} ({number(most, decimals)})"
    close = claims.close(sure[1])
    if len(first) > 1:
        return f"{lead}; {even}{close}"
    contest = claims.contest(sure[0], table["name"].drop_duplicates().map(short).tolist(), 2)
    as_well = " as well" if close and contest else ""
    return f"{lead}{contest or _most_on(scenario, name, of)}; {even}{close}{as_well}"


def _are(names: list[str]) -> str:
    return f"{wording.joined(names)} {'is' if len(names) == 1 else 'are'}"


def _alike(names: list[str], noun: str, every: int, *, exactly: bool) -> str:
    """That all with a profile are about as focused, or that there is one alone."""
    if len(names) == 1:
        return f"{_are(names)} the only {noun} with a profile"
    who = f"{wording.every(every, noun)} are" if len(names) == every else _are(names)
    return f"{who} {'' if exactly else 'about '}equally focused"


def _names(scenario: Scenario, of: Of) -> tuple[str, ...]:
    return scenario.segment_names if of == "segments" else scenario.proposition_names


def _most_on(scenario: Scenario, name: str, of: Of) -> str:
    """The discipline with the largest share of a profile, as sure as it is, or that several have it; or empty."""
    if of == "segments":
        g = scenario.segment_index(name)
        sure = certainty_among(scenario.weights[g], weights_drawn(scenario)[g], 1.0)
    else:
        p = scenario.proposition_index(name)
        own, drawn = mean_scores(scenario)[p], mean_score_draws(scenario)[p]
        sure = certainty_among(own, drawn, scenario.scale.width)
    if sure.degree == "open" and len(sure.leaders) == 1:
        return ""
    words = wording.discipline_words(scenario)
    return f", {claims.probably(sure)}most on {wording.joined([words[d] for d in sure.leaders])}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("name", sort=False):
        known = rows.dropna(subset="share")
        parts = zip(known["discipline"], percents(known["share"].tolist()), strict=True)
        profile = ", ".join(map(" ".join, parts)) or "no profile"
        items.append(f"{name} {number(rows['effective_number'].iloc[0], decimals)} ({profile})")
    return f"Stacked bars of profiles with their effective number of disciplines: {'; '.join(items)}."
