"""How far the leader of today was ahead of its closest rival in each wave."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.certainty.certainty import degree_of
from valuemix.analysis.evidence.wave_leads import LeadOverTime, WaveLead
from valuemix.analysis.evidence.wave_leads import lead_over_time as over_time
from valuemix.exhibits.evidence.lead_ranges import lead_ranges, leads_read
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import lead_decimals, number, rounded
from valuemix.exhibits.words.respondents import rests_on
from valuemix.model.scenario import Scenario

__all__ = ["lead_over_time", "wave_name"]


@exhibit_kind(
    "Lead over time",
    "Evidence",
    ("segment",),
    "In each wave the lead has the variance of the estimates that it is made of, and Student's t; the change from the "
    "wave before has that of both, less what the same people or clusters have in common.",
    several_views=True,
)
def lead_over_time(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Lead of today's leader over the closest rival of today in each wave, with its 95 % interval.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.
    segment : str, optional
        Which segment; the overall value where it is None.

    Returns
    -------
    Exhibit
        With one row a wave, the oldest first: segment, wave, respondents, leader, rival, lead, lead_words (as printed),
        error, low, high.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or no lead.
    """
    found, decimals = over_time(scenario, segment), lead_decimals(scenario)
    table = _table(scenario, segment, found, decimals)
    leader, rival = wording.short_names([table["leader"][0], table["rival"][0]])
    return Exhibit(
        finding=_finding(scenario, segment, found, decimals),
        subtitle=f"Lead of {leader} over {rival} with its 95\u00a0% interval, "
        f"{table['wave'].iloc[0]} to {table['wave'].iloc[-1]}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            "each interval by itself",
            rests_on(scenario, segment),
            "numbers changed by hand are the same in all waves",
            f"{found.held:,} number{'s' * (found.held > 1)} of earlier waves missing: today's taken"
            if found.held
            else "",
        ),
        alt=f"Ranges of the lead of {table['leader'][0]} over {table['rival'][0]} by wave: "
        f"{leads_read(table, 'wave', decimals)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=lead_ranges(table, "wave", decimals),
    )


def wave_name(asked: str) -> str:
    """What a wave is called."""
    return asked or "no date"


def _printed(wave: WaveLead, decimals: int) -> float:
    """Lead as it is printed."""
    return rounded(wave.lead, decimals)


def _table(scenario: Scenario, segment: str | None, found: LeadOverTime, decimals: int) -> pd.DataFrame:
    names = scenario.proposition_names
    return pd.DataFrame(
        [
            {
                "segment": wording.segment_name(scenario, segment),
                "wave": wave_name(each.asked),
                "respondents": each.respondents,
                "leader": names[found.leader],
                "rival": names[found.rival],
                "lead": each.lead,
                "lead_words": number(_printed(each, decimals), decimals),
                "error": each.error,
                "low": each.low,
                "high": each.high,
            }
            for each in found.waves
        ]
    )


def _finding(scenario: Scenario, segment: str | None, found: LeadOverTime, decimals: int) -> str:
    names = wording.short_names(scenario.proposition_names)
    leader, rival = names[found.leader], names[found.rival]
    before, now = (_printed(each, decimals) for each in found.waves[-2:])
    since = wave_name(found.waves[-2].asked)
    pair, where = f"Among those asked the lead of {leader} over {rival}", wording.where(segment)
    change = rounded(now - before, decimals)
    if not change:
        return f"{pair} {where} is {number(now, decimals)}, as it was in {since}"
    adverb = claims.sign_words("open" if found.too_few else degree_of(found.sure))
    verb = "grew" if change > 0 else "fell"
    told = (
        f"{pair} {where} {adverb}{verb} from {number(before, decimals)} in {since} to {number(now, decimals)}"
    )
    return told if adverb != "perhaps " else f"{told}, too little to tell from chance"
