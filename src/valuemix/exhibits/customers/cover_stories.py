"""Where a promise is a cover story: what is claimed against what customers feel."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.customers.perception import perception as perceived
from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.customers.gaps import (
    Sureness,
    beyond_words,
    gap_exhibit,
    others_words,
    subject,
    widest,
)
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, wording
from valuemix.exhibits.words.formats import gap, number
from valuemix.model.scenario import Scenario

__all__ = ["cover_stories"]


@exhibit_kind(
    "Cover stories",
    "Customer view",
    ("segment", "proposition", "by"),
    formulas.GAPS + " A promise is a cover story where it lies at or beyond the bar above the felt score.",
    several_views=True,
)
def cover_stories(
    scenario: Scenario, segment: str | None = None, *, proposition: str | None = None, by: str = "score"
) -> Exhibit:
    """Promised scores against felt ones, the most missed promise first; cover stories are those beyond the bar.

    Parameters
    ----------
    scenario : Scenario
        With promised scores; its `cover_story_bar` is a setting.
    segment, proposition : str, optional
        Names, where one segment or proposition is shown; the mean over segments by size and weight otherwise.
    by : {"score", "discipline", "segment", "proposition"}
        What a row is: one proposition on one discipline, or a mean over all there is.

    Returns
    -------
    Exhibit
        With one row a gap: segment, proposition, discipline (blank where they do not tell rows apart),
        promised, felt, gap (promised minus felt), beyond_bar. Charts show the first ten.

    Raises
    ------
    EditError
        Where the scenario has no promised scores; the message names the sheet to fill in.
    UnknownName
        Where there is no such segment or proposition.

    Examples
    --------
    >>> base = Scenario.from_arrays([[4, 6]], propositions=["Express"])
    >>> cover_stories(base.with_table("promised", [[[8, 5]]])).finding
    'Express on Discipline 1 is a cover story, the only one of two promises: promised 8.0, felt 4.0'
    """
    found = perceived(scenario, "promised")
    return gap_exhibit(
        found, segment, proposition, by,
        lambda table, sure, decimals, bar: _finding(
            table, sure, decimals, bar, scenario.scale.width, wording.served(scenario, segment)
        ),
    )  # fmt: skip


def _finding(table: pd.DataFrame, sure: Sureness, decimals: int, bar: str, width: float, served: str) -> str:
    if table.empty:
        return "No score is both promised and felt, so no promise can be checked"
    if not widest(table, width):
        return f"{served.capitalize()} feel exactly what is promised"
    beyond = table[table["beyond_bar"]].reset_index(drop=True)
    if len(beyond):
        return _cover_stories(beyond, sure, len(table), decimals, width)
    broken = table[table["gap"] > TIE * width].reset_index(drop=True)
    if len(broken):
        none = f"{claims.sign_words(sure.within)}no promise is a cover story"
        nearest = _nearest(broken, sure, len(table), decimals, width)
        return f"{none[:1].upper()}{none[1:]}: {nearest}, short of the bar of {bar}"
    kept = f"{claims.sign_words(sure.kept)}{served} get what is promised or more"
    return f"{kept[:1].upper()}{kept[1:]}, {_most(table, sure, decimals, width)}"


def _most(table: pd.DataFrame, sure: Sureness, decimals: int, width: float) -> str:
    """Where customers get most beyond a promise."""
    most = widest(table, width)
    if len(most) == 1:
        where = f"{claims.probably(sure.widest)}most of all {subject(table, most[0])}{_close(sure)}"
        return f"{where}: {_pair(table, most[0], decimals)}"
    beyond = number(
        abs(gap(table["promised"].iloc[most[0]], table["felt"].iloc[most[0]], decimals)), decimals
    )
    return f"by {beyond} on {wording.some_of(len(most), len(table), 'promise')}"


def _cover_stories(beyond: pd.DataFrame, sure: Sureness, count: int, decimals: int, width: float) -> str:
    first = widest(beyond, width)
    who, pair = subject(beyond, first[0]), _pair(beyond, first[0], decimals)
    who = who[:1].upper() + who[1:]
    if count == 1:
        return f"{who} is {claims.sign_words(sure.beyond[0])}a cover story: {pair}"
    if len(beyond) == 1:
        return f"{who} is {claims.sign_words(sure.beyond[0])}a cover story, {_only(sure, count)}: {pair}"
    many = wording.some_of(len(beyond), count, "promise")
    many = f"{many[:1].upper()}{many[1:]} are cover stories{beyond_words(sure)}{others_words(sure, ' be')}"
    if len(first) == 1:
        largest = f"the largest {claims.probably(sure.widest)}{subject(beyond, first[0])}"
        return f"{many}, {largest}{_close(sure)}: {pair}"
    such = f"{wording.count(len(first))} of them the largest" if len(first) < len(beyond) else "all as large"
    return f"{many}, {such}, such as {subject(beyond, first[0])}: {pair}"


def _only(sure: Sureness, count: int) -> str:
    """That one promise alone is a cover story, as sure as it is that no other is."""
    promises = wording.count(count, "promise")
    if sure.within == "open":
        return f"one of {promises}{others_words(sure, ' be')}"
    return f"{claims.sign_words(sure.within)}the only one of {promises}"


def _close(sure: Sureness) -> str:
    return ", too close to call" if sure.widest.degree == "open" else ""


def _nearest(broken: pd.DataFrame, sure: Sureness, count: int, decimals: int, width: float) -> str:
    first = widest(broken, width)
    shown = gap(broken["promised"].iloc[0], broken["felt"].iloc[0], decimals)
    if not shown:
        return f"none is missed by {number(10.0**-decimals, decimals)} or more"
    who, pair = subject(broken, 0), _pair(broken, 0, decimals)
    if len(first) > 1:
        many = wording.some_of(len(first), count, "promise")
        how = "alike" if len(first) == count else "most"
        return f"{many} are missed {how}, by {number(abs(shown), decimals)} each, such as {who}, {pair}"
    return f"{who} is {claims.probably(sure.widest)}missed most{_close(sure)}, {pair}"


def _pair(table: pd.DataFrame, row: int, decimals: int) -> str:
    promised, felt = (number(float(table[name].iloc[row]), decimals) for name in ("promised", "felt"))
    return f"promised {promised}, felt {felt}"
