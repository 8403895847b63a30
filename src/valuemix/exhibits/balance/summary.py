"""The answer in short: who leads and why, for whom, and how safely."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, tradeoffs
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.sentences import Sentences
from valuemix.exhibits.balance.leaders import leaders
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.balance.values import values_table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.tradeoffs.nearest_change import NearestChange, as_long_as, change_told, nearest_change
from valuemix.exhibits.tradeoffs.stability import stability
from valuemix.exhibits.tradeoffs.switches import NARROW
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import decimals_of
from valuemix.exhibits.words.respondents import independent, lead_interval, more_answers
from valuemix.model.scenario import Scenario

__all__ = ["summary"]


@exhibit_kind(
    "Summary",
    "Export",
    (),
    formulas.VALUE,
)
def summary(evaluation: Evaluation) -> Exhibit:
    """What answers the question of a board.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        What is summed up.

    Returns
    -------
    Exhibit
        With one row a part: part, sentence. The first two are findings of other exhibits: of
        `ranking`, with the interval of a lead of respondents, and of `leaders` (of `values_table` where there
        is one segment); the last one tells the smallest change of any kind that ends the lead.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10],
    ...                                 propositions=["Express", "Green line"], segments=["Families"])
    >>> shown = summary(scenario)
    >>> shown.finding
    'Express is the proposition to lead with overall'
    >>> shown.table["sentence"][0]
    'Express leads overall by 1.0 over Green line: operational excellence adds 0.6'
    """
    scenario = evaluation.scenario
    decimals, result = decimals_of(scenario), tradeoffs(scenario)
    change = nearest_change(result)
    where = leaders if len(scenario.segments) > 1 else values_table
    leads = ranking(evaluation).finding, wording.capital(lead_interval(evaluation))
    sentences = {
        "Who leads": ". ".join(filter(None, leads)),
        "For whom": where(evaluation).finding,
        "How safely": _how_safely(result, change),
    }
    table = pd.DataFrame({"part": [*sentences], "sentence": [*sentences.values()]})
    return Exhibit(
        finding=_finding(evaluation, change),
        subtitle=f"The answer of {wording.short_names([scenario.name])[0]}, "
        f"{wording.population(scenario, None)}",
        table=table,
        notes=(grounds.how_sure(scenario), independent(scenario)),
        alt=" ".join(f"{part}: {sentence}." for part, sentence in sentences.items()),
        decimals=decimals,
        scenarios=(scenario,),
        chart=Sentences((*sentences.items(),)),
    )


def _finding(evaluation: Evaluation, change: NearestChange | None) -> str:
    """The answer: recommended as far as the data allow it, or the contest and what it hangs on."""
    scenario = evaluation.scenario
    names, called = wording.short_names(scenario.proposition_names), claims.called(evaluation, None)
    leaders = evaluation.standing().leaders
    if nothing := claims.nothing_to_compare(scenario, None, "so there is nothing to choose from"):
        return nothing
    if not leaders:
        return "No proposition has an overall value yet: scores are missing where the weights are"
    if len(leaders) == len(names):
        return f"{wording.every(len(names), 'proposition')} are level overall: the numbers do not decide"
    if len(leaders) > 1:
        return f"{wording.joined([called[p] for p in leaders])} tie overall: the numbers do not decide between them"
    found, who = certainty(scenario), called[leaders[0]]
    if found.degree == "open":
        return _contest(scenario, found, who, names)
    if found.degree == "likely":
        told = f"{who} is probably the proposition to lead with"
        return f"{told}; {change.short} would change that" if change else told
    whatever = claims.whatever(scenario, found)
    return f"{who} is the proposition to lead with overall" + (f", {whatever}" if whatever else "")


def _contest(scenario: Scenario, found: Certainty, who: str, names: list[str]) -> str:
    """Between whom it is too close to call, what that hangs on, and above whom the one ahead probably is."""
    between = wording.joined([who, *claims.listed(found.close, names)], claims.NAMED + 2)
    told, also = (
        f"Too close to call between {between}: {claims.hinge(scenario)}",
        claims.probably_above(found, names),
    )
    return f"{told}; {names[found.leaders[0]]} is {also}" if also else told


def _how_safely(result: Tradeoffs, change: NearestChange | None) -> str:
    """The smallest change of any kind that ends the lead, and how far weights may be off."""
    scenario, standing = result.scenario, result.evaluation.standing()
    if len(standing.leaders) != 1 or (change is None and len(standing.order) == 1):
        return stability(result).finding
    names, degree = wording.short_names(scenario.proposition_names), certainty(scenario).degree
    told = change_told(result, change, names)
    if degree == "open":
        more = more_answers(result.evaluation)
        already = "With all in doubt together it is too close to call"
        return f"{told}. {already}{more and f': {more}'}"
    none = "nothing held possible does" if change else ""
    sure = none if degree == "certain" else _clear(result, change)
    return f"{told}; {sure}" if sure else told


def _clear(result: Tradeoffs, change: NearestChange | None) -> str:
    """How far weights may be off before the lead is no longer clear."""
    if change and change.extent <= NARROW:
        return ""  # a weight of nothing is in no doubt, and yet the smallest part of it may decide
    holds = as_long_as(result)
    return f"the lead is clear {holds}" if holds else ""
