"""How far the leader is ahead of each rival among those who were asked."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.evidence.leads import HeardLead, heard_lead
from valuemix.analysis.value.scoring import Evaluation
from valuemix.errors import NothingToShow
from valuemix.exhibits.evidence.lead_ranges import lead_ranges, leads_read
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import lead_decimals, number
from valuemix.exhibits.words.respondents import among, asked_when, lead_words, rests_on
from valuemix.model.scenario import Scenario

__all__ = ["leads"]


@exhibit_kind(
    "Lead over each rival",
    "Evidence",
    ("segment",),
    "A lead has the variance of the estimates that it is made of, by their slopes and covariance, and Student's t "
    "with the fewest degrees of freedom among them; where values are no sums, that of 4,096 draws.",
    several_views=True,
)
def leads(evaluation: Evaluation, segment: str | None = None) -> Exhibit:
    """Lead of today's leader over each rival, with its 95 % interval.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With evidence.
    segment : str, optional
        Which segment; the overall value where it is None.

    Returns
    -------
    Exhibit
        With one row a rival, the best first: segment, proposition, leader, lead, lead_words (as printed), error, low,
        high, degrees_of_freedom, above (share of draws in which the leader is above it).

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is no leader or no rival.
    """
    scenario, found = evaluation.scenario, heard_lead(evaluation, segment)
    if not found.leads:
        raise NothingToShow("there are no two propositions with a value, so there is no lead to measure")
    table, decimals = _table(scenario, segment, found), lead_decimals(scenario)
    return Exhibit(
        finding=_finding(scenario, segment, found, decimals),
        subtitle=f"Lead of {wording.short_names([table['leader'][0]])[0]} with its 95\u00a0% interval"
        f"{asked_when(scenario)}, {wording.population(scenario, segment)}",
        table=table,
        notes=(
            "each interval by itself",
            rests_on(scenario, segment),
            grounds.how_sure(scenario, segment),
        ),
        alt=f"Ranges of the lead of {table['leader'][0]} over each other proposition: "
        f"{leads_read(table, 'proposition', decimals)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=lead_ranges(table.assign(rival="over " + table["proposition"]), "rival", decimals),
    )


def _table(scenario: Scenario, segment: str | None, found: HeardLead) -> pd.DataFrame:
    names = scenario.proposition_names
    return pd.DataFrame(
        [
            {
                "segment": wording.segment_name(scenario, segment),
                "proposition": names[each.rival],
                "leader": names[found.certainty.leaders[0]],
                "lead": each.lead,
                "lead_words": lead_words(scenario, found, each.rival),
                "error": each.error,
                "low": each.low,
                "high": each.high,
                "degrees_of_freedom": each.degrees,
                "above": each.above,
            }
            for each in found.leads
        ]
    )


def _finding(scenario: Scenario, segment: str | None, found: HeardLead, decimals: int) -> str:
    names, sure, where = (
        wording.short_names(scenario.proposition_names),
        found.certainty,
        wording.where(segment),
    )
    who = wording.joined([names[p] for p in sure.leaders])
    if len(sure.leaders) > 1:
        return f"{among(found)} {who} tie {where}"
    closest = found.leads[0]
    interval = f"{number(closest.low, decimals)} to {number(closest.high, decimals)}"
    by = f"{lead_words(scenario, found, closest.rival)} ({interval})"
    if sure.degree == "open":
        none, others = claims.none_told(sure, segment), claims.contest_beside(sure, names, [closest.rival])
        return f"{among(found)} {none}{who} is {by} ahead of {names[closest.rival]}{others}"
    told = f"{among(found)} {who} is {claims.probably(sure)}ahead of every other {where}"
    return f"{told}, of {names[closest.rival]} by {by}"
