"""A memory over waves: the lead with older answers counted for less, and whether the newest wave says otherwise."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.certainty.certainty import degree_of
from valuemix.analysis.evidence.memory import Memory, memory_of
from valuemix.analysis.evidence.wave_leads import WaveLead
from valuemix.exhibits.evidence.lead_ranges import lead_ranges, leads_read
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import lead_decimals, number, rounded
from valuemix.exhibits.words.respondents import asked_when, rests_on
from valuemix.model.scenario import Scenario

__all__ = ["memory"]


@exhibit_kind(
    "Memory over waves",
    "Evidence",
    ("segment", "half_life"),
    "Every estimate is the mean over waves by answers times 0.5^(age / half-life); its variance has the squares of "
    "these parts and what the same people or clusters have in common.",
    several_views=True,
)
def memory(scenario: Scenario, segment: str | None = None, *, half_life: float = 1.0) -> Exhibit:
    """Lead of today's leader with a memory, beside that in the newest wave alone.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.
    segment : str, optional
        Which segment; the overall value where it is None.
    half_life : float
        Waves after which an answer counts half, up to 10; 0 is the newest wave alone.

    Returns
    -------
    Exhibit
        With two rows, the newest wave and the memory: segment, answers, leader, rival, lead, lead_words (as printed),
        error, low, high.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, the scenario has no evidence, or the half-life is off.
    NothingToShow
        Where there is one wave, or no lead.
    """
    found, decimals = memory_of(scenario, segment, half_life), lead_decimals(scenario)
    table = _table(scenario, segment, found, decimals)
    leader, rival = wording.short_names([table["leader"][0], table["rival"][0]])
    return Exhibit(
        finding=_finding(scenario, segment, found, half_life, decimals),
        subtitle=f"Lead of {leader} over {rival} with its 95\u00a0% interval, in the newest wave{asked_when(scenario)}"
        f", and with a memory; {wording.population(scenario, segment)}",
        table=table,
        notes=(
            "the interval with a memory is for the average over the memory, not for today",
            rests_on(scenario, segment),
        ),
        alt=f"Ranges of the lead of {table['leader'][0]} over {table['rival'][0]}: "
        f"{leads_read(table, 'answers', decimals)}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=lead_ranges(table, "answers", decimals),
    )


def _waves(half_life: float) -> str:
    return "one wave" if half_life == 1 else f"{half_life:g} waves"


def _printed(lead: WaveLead, decimals: int) -> float:
    return rounded(lead.lead, decimals)


def _table(scenario: Scenario, segment: str | None, found: Memory, decimals: int) -> pd.DataFrame:
    names = scenario.proposition_names
    return pd.DataFrame(
        [
            {
                "segment": wording.segment_name(scenario, segment),
                "answers": answers,
                "leader": names[found.leader],
                "rival": names[found.rival],
                "lead": each.lead,
                "lead_words": number(_printed(each, decimals), decimals),
                "error": each.error,
                "low": each.low,
                "high": each.high,
            }
            for answers, each in (("Newest", found.newest), ("Memory", found.pooled))
        ]
    )


def _finding(scenario: Scenario, segment: str | None, found: Memory, half_life: float, decimals: int) -> str:
    names, sure = wording.short_names(scenario.proposition_names), found.certainty
    if not half_life:
        ahead = number(_printed(found.newest, decimals), decimals)
        return (
            f"Without a memory the newest wave alone counts: {names[found.leader]} is {ahead} ahead of "
            f"{names[found.rival]} {wording.where(segment)}{claims.contest(sure, names)}"
        )
    who = wording.joined([names[p] for p in sure.leaders])
    lead = f"{claims.leads(sure, who, segment)}{claims.contest(sure, names)}"
    then, now = (_printed(each, decimals) for each in (found.pooled, found.newest))
    interval = f"{number(found.pooled.low, decimals)} to {number(found.pooled.high, decimals)}"
    told = (
        f"With answers that count half after {_waves(half_life)} {lead}; {names[found.leader]} is "
        f"{number(then, decimals)} ahead of {names[found.rival]} ({interval})"
    )
    return f"{told}, {_newest(found, rounded(now - then, decimals), number(now, decimals))}"


def _newest(found: Memory, change: float, now: str) -> str:
    """What the newest wave alone says beside the memory."""
    if not change:
        return "as in the newest wave alone"
    degree = "open" if found.too_few else degree_of(found.sure)
    if degree == "open":
        return f"and {now} in the newest wave alone, too little apart to tell from chance"
    side = "less" if change > 0 else "more"
    return f"{claims.sign_words(degree)}{side} than {now} in the newest wave alone"
