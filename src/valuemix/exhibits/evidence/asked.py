"""Among those asked: who leads, how sure that is, and how many would choose otherwise."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.draws.survey_errors import answers_of
from valuemix.analysis.evidence.answers import answers_now, choices
from valuemix.analysis.evidence.leads import HeardLead, heard_lead
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.sentences import Sentences
from valuemix.errors import NothingToShow
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import (
    decimals_of,
    how_often,
    lead_decimals,
    number,
    percents,
    share_of_several,
)
from valuemix.exhibits.words.respondents import UNRATED, among, asked_when, independent, lead_words, rests_on
from valuemix.model.scenario import Scenario

__all__ = ["asked"]


@exhibit_kind(
    "Among those asked",
    "Evidence",
    ("segment",),
    "Intervals are those of Student's t with the degrees of freedom of the survey. A respondent chooses the "
    "proposition with the highest value by the respondent's own weights and ratings.",
    several_views=True,
)
def asked(evaluation: Evaluation, segment: str | None = None) -> Exhibit:
    """Three sentences: who leads among those asked, how sure that is, how many would choose otherwise.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With evidence.
    segment : str, optional
        Which segment; all of them by size where it is None.

    Returns
    -------
    Exhibit
        With one row a sentence: part, sentence.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    scenario, found = evaluation.scenario, heard_lead(evaluation, segment)
    who = _who(evaluation, segment, found)
    sentences = {
        "Who leads": f"{who}.",
        "How sure": _how_sure(scenario, segment, found),
        "Who would choose otherwise": _otherwise(scenario, segment, found),
    }
    return Exhibit(
        finding=who,
        subtitle=f"What {answers_now(scenario, segment):,} respondents say{asked_when(scenario)}; "
        f"{wording.population(scenario, segment)}",
        table=pd.DataFrame({"part": [*sentences], "sentence": [*sentences.values()]}),
        notes=(
            rests_on(scenario, segment),
            independent(scenario),
            grounds.taken(scenario, segment),
            UNRATED if _counted(scenario, segment) else "",
            *answers_of(scenario).notes,
        ),
        alt=" ".join(f"{part}: {text}" for part, text in sentences.items()),
        decimals=decimals_of(scenario),
        scenarios=(scenario,),
        chart=Sentences((*sentences.items(),)),
    )


def _who(evaluation: Evaluation, segment: str | None, found: HeardLead) -> str:
    if none := claims.none_leads(evaluation, segment, "so nothing else can lead"):
        return none
    names = claims.called(evaluation, segment)
    who = wording.joined([names[p] for p in found.certainty.leaders])
    short = wording.short_names(evaluation.scenario.proposition_names)
    lead = claims.lead_first(found.certainty, who, segment, inside=True)
    return f"{among(found)} {lead}{claims.contest(found.certainty, short)}"


def _how_sure(scenario: Scenario, segment: str | None, found: HeardLead) -> str:
    closest = found.closest
    if closest is None:
        return "There is no rival to be held against."
    names, decimals = wording.short_names(scenario.proposition_names), lead_decimals(scenario)
    who = wording.joined([names[p] for p in found.certainty.leaders])
    ahead = f"{who} {'is' if len(found.certainty.leaders) == 1 else 'are'} {lead_words(scenario, found, closest.rival)}"
    interval = f"95\u00a0% interval {number(closest.low, decimals)} to {number(closest.high, decimals)}"
    told = f"{ahead} ahead of {names[closest.rival]} {wording.where(segment)} ({interval})"
    if found.too_few:
        return f"{told}; too few answered for a surer word."
    least = min(found.leads, key=lambda each: each.above)
    return f"{told}, and above {names[least.rival]} in {how_often(least.above)} of the cases held possible."


def _counted(scenario: Scenario, segment: str | None) -> bool:
    """Whether respondents were counted by what they would choose."""
    try:
        return bool(choices(scenario, segment).segments)
    except NothingToShow:
        return False


def _otherwise(scenario: Scenario, segment: str | None, found: HeardLead) -> str:
    try:
        shares = choices(scenario, segment).shares
    except NothingToShow as nothing:
        return f"{wording.capital(str(nothing))}."
    leaders, names = list(found.certainty.leaders), wording.short_names(scenario.proposition_names)
    if not leaders:
        return "Nothing leads that anybody could differ from."
    others = [p for p in range(len(names)) if p not in leaders]
    if not others:
        return f"None of them would choose anything else than {wording.joined([names[p] for p in leaders])}."
    best, told = max(others, key=lambda p: shares[p]), percents(shares.tolist())
    if len(others) == 1:
        return f"{told[best]} of them would choose {names[best]}."
    otherwise = share_of_several(shares.tolist(), others)
    return f"{otherwise} of them would choose otherwise, most often {names[best]} ({told[best]})."
