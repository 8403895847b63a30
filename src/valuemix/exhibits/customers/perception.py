"""Where a company fools itself: what it believes against what customers say."""

from __future__ import annotations

from valuemix.analysis.customers.perception import perception as perceived
from valuemix.exhibits.customers.gaps import Gaps, gap_exhibit, others_words
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, wording
from valuemix.exhibits.words.formats import number
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
    >>> print(perception(base.with_table("believed", [[[7, 2]]])).finding)
    Express on Discipline 2 has the widest gap: we believe 2.0, customers say 6.0;
    where we believe more than they say, the only gap reaches the bar of 2
    """
    return gap_exhibit(perceived(scenario, "believed"), segment, proposition, by, _finding)


def _finding(gaps: Gaps) -> str:
    table, first, served = gaps.table, gaps.widest, gaps.served
    if table.empty:
        return "No score is both believed and felt, so there is no gap to see"
    if not first:
        same = number(gaps.scores(0)[1], gaps.decimals)
        only = f"Of {gaps.subject(0)} we believe what {served} say, {same}"
        return only if len(table) == 1 else f"We believe what {served} say throughout"
    who, apart = gaps.subject(first[0]), gaps.apart(first[0])
    if not apart:
        return f"What we believe and what {served} say differ by less than {gaps.least}"
    told = f": {gaps.told(first[0], 'we believe', f'{served} say')}"
    if len(table) == 1:
        believed, felt = gaps.scores(0)
        side = f"{claims.sign_words(gaps.sure.sign)}{apart} {'more' if felt > believed else 'less'} than we believe"
        return f"{wording.capital(who)}{told}, {side}"
    if len(first) > 1:
        many = wording.count(len(first)).capitalize()
        return f"{many} share the widest gap, {apart}, such as {who}{told}{_beyond(gaps)}"
    has = f"{claims.probably(gaps.sure.widest)}has the widest gap{gaps.close}"
    return f"{wording.capital(who)} {has}{told}{_beyond(gaps)}"


def _beyond(gaps: Gaps) -> str:
    """How many gaps are beyond the bar; where none is, whether customers feel less anywhere."""
    beyond, sure, bar = int(gaps.table["beyond_bar"].sum()), gaps.sure, f"the bar of {gaps.bar}"
    reach = _of_more(gaps)
    if beyond:
        verb = f"{claims.sign_words(sure.beyond[0])}reaches" if beyond == 1 else "reach"
        count = int((gaps.table["gap"] > 0).sum()) if reach else len(gaps.table)
        return (
            f"; {reach}{wording.some_of(beyond, count, 'gap')} {verb} {bar}{gaps.clearly}{others_words(sure)}"
        )
    if (gaps.table["gap"] <= 0).all():
        return f"; {claims.sign_words(sure.kept)}nowhere do they say less than we believe"
    return f"; {reach}{claims.sign_words(sure.within)}none reaches {bar}"


def _of_more(gaps: Gaps) -> str:
    """Which gaps are held against the bar, where some as wide are of the other sign; empty elsewhere."""
    other = (gaps.table["gap"] <= -gaps.found.scenario.cover_story_bar).any()
    return "where we believe more than they say, " if other else ""
