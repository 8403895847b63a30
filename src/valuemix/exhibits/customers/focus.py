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
        notes=(*_notes(table), *_how_sure(scenario, table, sure)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, of),
    )


def _table(scenario: Scenario, of: Of) -> pd.DataFrame:
    if of == "segments":
        names, profiles = scenario.segment_names, scenario.weights
    else:
        names, profiles = scenario.proposition_names, mean_scores(scenario) - scenario.scale.lowest
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
    names = scenario.segment_names if of == "segments" else scenario.proposition_names
    if of == "segments":
        drawn = weight_number_draws(scenario)
    else:
        drawn = effective_number(np.moveaxis(mean_score_draws(scenario) - scenario.scale.lowest, 1, -1))
    rows = table.drop_duplicates("name")
    drawn, today = (
        drawn[[names.index(n) for n in rows["name"]]],
        rows["effective_number"].to_numpy(dtype=float),
    )
    return certainty_among(-today, -drawn, 1.0), certainty_among(today, drawn, 1.0)


def _how_sure(scenario: Scenario, table: pd.DataFrame, sure: tuple[Certainty, Certainty]) -> list[str]:
    """What the degrees rest on, where something is named the most focused."""
    names, numbers = wording.short_names(table["name"].drop_duplicates().tolist()), _numbers(table)
    if _about_alike(numbers) or not all(
        found.in_doubt and any(share == share for share in found.above) for found in sure
    ):
        return []
    often = [
        grounds.ahead_of(found, names, above)
        for found, above in zip(sure, ("more focused than", "more even than"), strict=True)
    ]
    return [f"{'; '.join(often)}, {grounds.taken(scenario)}"]


def _finding(
    scenario: Scenario, table: pd.DataFrame, sure: tuple[Certainty, Certainty], of: Of, decimals: int
) -> str:
    noun, numbers = of.removesuffix("s"), _numbers(table)
    all_names = scenario.proposition_names if of == "propositions" else scenario.segment_names
    short = dict(zip(all_names, wording.short_names(all_names), strict=True))
    total = wording.count(len(scenario.disciplines), "discipline")
    if numbers.empty:
        return f"No {noun} scores above the lowest on any discipline, so none has a profile"
    least, most = float(numbers.iloc[0]), float(numbers.iloc[-1])
    if len(all_names) == 1:
        only = f"{short[all_names[0]]}, the only {noun}"
        most_on = _most_on(scenario, all_names[0], of)
        return f"{only}, is spread as if on {number(least, decimals)} of {total}{most_on}"
    if _about_alike(numbers):
        who = (
            f"{wording.every(len(numbers), noun)} are"
            if len(numbers) == len(all_names) and len(numbers) > 1
            else f"{wording.joined([short[n] for n in numbers.index])} {'is' if len(numbers) == 1 else 'are'}"
        )
        about = "" if most - least <= TIE * len(scenario.disciplines) else "about "
        alike = f"{about}equally focused, " if len(numbers) > 1 else f"the only {noun} with a profile, "
        return f"{who} {alike}as if on {number(least, decimals)} of {total}"
    first = [short[n] for n in numbers.index[numbers <= least + TIE]]
    last = [short[n] for n in numbers.index[numbers >= most - TIE]]
    rows = [short[n] for n in table["name"].drop_duplicates()]
    lead, even = (
        f"{wording.joined(who)} {'is' if len(who) == 1 else 'are'} {claims.probably(found)}the most {what}"
        for who, found, what in ((first, sure[0], "focused"), (last, sure[1], "even"))
    )
    contest = claims.contest(sure[0], rows, 2) if len(first) == 1 else ""
    most_on = _most_on(scenario, str(numbers.index[0]), of) if len(first) == 1 else ""
    close = ", too close to call as well" if contest else ", too close to call"
    close = close if len(last) == 1 and sure[1].degree == "open" else ""
    return (
        f"{lead}, as if on {number(least, decimals)} of {total}{contest or most_on}; "
        f"{even} ({number(most, decimals)}){close}"
    )


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


def _notes(table: pd.DataFrame) -> list[str]:
    notes = ["effective number: 1 if all is on one discipline, the number of disciplines if spread evenly"]
    if table["share"].isna().any():
        notes.append("a missing score takes no part in a profile")
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("name", sort=False):
        known = rows.dropna(subset="share")
        parts = zip(known["discipline"], percents(known["share"].tolist()) if len(known) else [], strict=True)
        profile = ", ".join(f"{discipline} {share}" for discipline, share in parts)
        items.append(
            f"{name} {number(rows['effective_number'].iloc[0], decimals)} ({profile or 'no profile'})"
        )
    return f"Stacked bars of profiles with their effective number of disciplines: {'; '.join(items)}."
