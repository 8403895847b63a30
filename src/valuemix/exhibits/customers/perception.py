"""Where a company fools itself: what it believes against what customers say."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.customers.perception import perception as perceived
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

__all__ = ["perception"]


@exhibit_kind(
    "What we believe against what is felt",
    "Customer view",
    ("segment", "proposition", "by"),
    formulas.GAPS + " A believed score is what the company thinks customers get.",
    several_views=True,
)
def perception(
    scenario: Scenario, segment: str | None = None, *, proposition: str | None = None, by: str = "score"
) -> Exhibit:
    """Believed scores against felt ones, the widest gap first.

    Parameters
    ----------
    scenario : Scenario
        With believed scores.
    segment, proposition : str, optional
        Names, where one segment or proposition is shown; the mean over segments by size and weight otherwise.
    by : {"score", "discipline", "segment", "proposition"}
        What a row is: one proposition on one discipline, or a mean over all there is.

    Returns
    -------
    Exhibit
        With one row a gap: segment, proposition, discipline (blank where they do not tell rows apart),
        believed, felt, gap (believed minus felt), beyond_bar (believed above felt by the bar for cover
        stories or more). Charts show the first ten.

    Raises
    ------
    EditError
        Where the scenario has no believed scores; the message names the sheet to fill in.
    UnknownName
        Where there is no such segment or proposition.

    Examples
    --------
    >>> base = Scenario.from_arrays([[4, 6]], propositions=["Express"])
    >>> print(perception(base.with_table("believed", [[[8, 5]]])).finding)
    Express on Discipline 1 has the widest gap: we believe 8.0, customers say 4.0;
    one of two gaps reaches the bar of 2
    """
    found = perceived(scenario, "believed")
    return gap_exhibit(
        found, segment, proposition, by,
        lambda table, sure, decimals, bar: _finding(
            table, sure, decimals, bar, scenario.scale.width, wording.served(scenario, segment)
        ),
    )  # fmt: skip


def _finding(table: pd.DataFrame, sure: Sureness, decimals: int, bar: str, width: float, served: str) -> str:
    if table.empty:
        return "No score is both believed and felt, so there is no gap to see"
    first = widest(table, width)
    seen, felt = (float(table[name].iloc[first[0] if first else 0]) for name in ("believed", "felt"))
    shown = gap(felt, seen, decimals)
    if not first:
        only = f"{subject(table, 0)} we believe what {served} say, {number(felt, decimals)}"
        return f"Of {only}" if len(table) == 1 else f"We believe what {served} say throughout"
    if not shown:
        return (
            f"What we believe and what {served} say differ by less than {number(10.0**-decimals, decimals)}"
        )
    pair = f"we believe {number(seen, decimals)}, {served} say {number(felt, decimals)}"
    if len(table) == 1:
        who = subject(table, 0)
        probably = claims.sign_words(sure.sign)
        return f"{who[:1].upper()}{who[1:]}: {pair}, {probably}{number(abs(shown), decimals)} {_side(shown)}"
    return _first(table, sure, first, pair, shown, decimals) + _beyond(table, sure, bar)


def _side(shown: float) -> str:
    return "more than we believe" if shown > 0 else "less than we believe"


def _first(
    table: pd.DataFrame, sure: Sureness, first: list[int], pair: str, shown: float, decimals: int
) -> str:
    who = subject(table, first[0])
    if len(first) > 1:
        how_many = wording.count(len(first)).capitalize()
        return f"{how_many} share the widest gap, {number(abs(shown), decimals)}, such as {who}: {pair}"
    close = ", too close to call" if sure.widest.degree == "open" else ""
    return f"{who[:1].upper()}{who[1:]} {claims.probably(sure.widest)}has the widest gap{close}: {pair}"


def _beyond(table: pd.DataFrame, sure: Sureness, bar: str) -> str:
    """How many gaps are beyond the bar; where none is, whether customers feel less anywhere."""
    beyond, count = int(table["beyond_bar"].sum()), len(table)
    if beyond:
        verb = f"{claims.sign_words(sure.beyond[0])}reaches" if beyond == 1 else "reach"
        reach = f"; {wording.some_of(beyond, count, 'gap')} {verb} the bar of {bar}"
        return f"{reach}{beyond_words(sure)}{others_words(sure)}"
    if (table["gap"] <= 0).all():
        return f"; {claims.sign_words(sure.kept)}nowhere do they say less than we believe"
    return f"; {claims.sign_words(sure.within)}none reaches the bar of {bar}"
