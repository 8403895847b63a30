"""Where a promise is a cover story: what is claimed against what customers feel."""

from __future__ import annotations

from valuemix.analysis.customers.perception import perception as perceived
from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.customers.gaps import Gaps, Sureness, gap_exhibit, others_words
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, wording
from valuemix.exhibits.words.formats import number
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
    return gap_exhibit(perceived(scenario, "promised"), segment, proposition, by, _finding)


def _finding(gaps: Gaps) -> str:
    table, sure, count = gaps.table, gaps.sure, len(gaps.table)
    if table.empty:
        return "No score is both promised and felt, so no promise can be checked"
    if not gaps.widest:
        return f"{gaps.served.capitalize()} feel exactly what is promised"
    if table["beyond_bar"].any():
        return _cover_stories(gaps.only(table["beyond_bar"]), count)
    missed = table["gap"] > TIE * gaps.width
    if missed.any():
        none = wording.capital(f"{claims.sign_words(sure.within)}no promise is a cover story")
        return f"{none}: {_nearest(gaps.only(missed), count)}, short of the bar of {gaps.bar}"
    kept = wording.capital(f"{claims.sign_words(sure.kept)}{gaps.served} get what is promised or more")
    return f"{kept}, {_most(gaps)}"


def _most(gaps: Gaps) -> str:
    """Where customers get most beyond a promise."""
    first, *others = gaps.widest
    if not others:
        most = f"{claims.probably(gaps.sure.widest)}most of all {gaps.subject(first)}"
        return f"{most}{gaps.close}: {gaps.told(first, 'promised', 'felt')}"
    many = wording.some_of(len(gaps.widest), len(gaps.table), "promise")
    return f"by {gaps.apart(first) or number(0.0, gaps.decimals)} on {many}"


def _cover_stories(beyond: Gaps, count: int) -> str:
    sure, stories, first = beyond.sure, len(beyond.table), beyond.widest
    who, told = beyond.subject(first[0]), beyond.told(first[0], "promised", "felt")
    if stories == 1:
        only = "" if count == 1 else f", {_only(sure, count)}"
        return f"{wording.capital(who)} is {claims.sign_words(sure.beyond[0])}a cover story{only}: {told}"
    many = f"{wording.capital(wording.some_of(stories, count, 'promise'))} are cover stories"
    many += f"{beyond.clearly}{others_words(sure, ' be')}"
    if len(first) == 1:
        return f"{many}, the largest {claims.probably(sure.widest)}{who}{beyond.close}: {told}"
    such = f"{wording.count(len(first))} of them the largest" if len(first) < stories else "all as large"
    return f"{many}, {such}, such as {who}: {told}"


def _only(sure: Sureness, count: int) -> str:
    """That one promise alone is a cover story, as sure as it is that no other is."""
    promises = wording.count(count, "promise")
    if sure.within == "open":
        return f"one of {promises}{others_words(sure, ' be')}"
    return f"{claims.sign_words(sure.within)}the only one of {promises}"


def _nearest(missed: Gaps, count: int) -> str:
    first, apart = len(missed.widest), missed.apart(0)
    if not apart:
        return f"none is missed by {missed.least} or more"
    who, told = missed.subject(0), missed.told(0, "promised", "felt")
    if first == 1:
        return f"{who} is {claims.probably(missed.sure.widest)}missed most{missed.close}, {told}"
    how = f"{'alike' if first == count else 'most'}, by {apart} each"
    return f"{wording.some_of(first, count, 'promise')} are missed {how}, such as {who}, {told}"
