"""How many answers it would take to tell who leads."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from valuemix.analysis.draws.survey_errors import answers_of
from valuemix.analysis.evidence.answers import answers_now
from valuemix.analysis.evidence.leads import HeardLead, heard_lead
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.table import Column, Table, named, texts
from valuemix.errors import EditError, NothingToShow
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import decimals_of, number
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import (
    WORTH,
    answers_in_all,
    answers_spoken,
    asked_when,
    drawn_from,
    lead_words,
    on_the_two,
    respondents,
    worth_telling,
)
from valuemix.model.scenario import Scenario

__all__ = ["WORTH", "answers_needed"]


@exhibit_kind(
    "Answers needed",
    "Evidence",
    ("segment", "worth"),
    "Answers needed: n = now × ((1.96 + 0.84) × standard error / lead)²; in a population of N people 1 / n = 1 / N + "
    "(1 / now − 1 / N) × (lead / ((1.96 + 0.84) × standard error))². With them a lead that is truly so long is found "
    "clear in 80 of 100 surveys.",
    several_views=True,
)
def answers_needed(evaluation: Evaluation, segment: str | None = None, *, worth: float = WORTH) -> Exhibit:
    """Answers that it would take to tell a lead worth telling over each rival, and today's lead.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With evidence.
    segment : str, optional
        Which segment; all of them where it is None.
    worth : float
        Lead worth telling, in % of the scale's width.

    Returns
    -------
    Exhibit
        With one row a rival, the closest first: segment, proposition, lead, lead_words, error, times_for_worth (as many
        as now, for a lead worth telling), answers_for_worth (in all), times_for_today and answers_for_today, and
        part_on_both (of the answers in all, those on the leader and the rival where nobody else tells of the lead).

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, the scenario has no evidence, or the lead worth telling is not above 0.
    NothingToShow
        Where there is no lead.
    """
    if not 0 < worth <= 100:
        raise EditError(f"a lead worth telling is above 0 and at most 100 % of the scale, got {worth:g}")
    scenario, found = evaluation.scenario, heard_lead(evaluation, segment)
    if not found.leads:
        raise NothingToShow("there are no two propositions with a value, so there is no lead to tell")
    table, decimals = _table(scenario, segment, found, worth), decimals_of(scenario)
    clusters, population = answers_of(scenario).clusters, drawn_from(scenario, segment)
    return Exhibit(
        finding=_finding(scenario, segment, found, table, worth),
        subtitle=f"Answers{'' if _on_both(table) else ' in all'}, with {answers_now(scenario, segment):,} "
        f"respondents now{asked_when(scenario)}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            f"a lead worth telling is {worth_telling(scenario, worth)}, {wording.plain(worth)}\u00a0% of the scale; "
            "one that is truly so long would be clear in 80 of 100 such surveys",
            "of this lead, if it is the true one: it was chosen by looking, so the true one may be shorter",
            _whose(table),
            f"of {population:,} people, the nearer to all of them the fewer" if population else "",
            "in as many more clusters, drawn as these were" if clusters else "",
            respondents(scenario, segment),
        ),
        alt=_alt(table),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(scenario, table, worth, decimals),
    )


def _table(scenario: Scenario, segment: str | None, found: HeardLead, worth: float) -> pd.DataFrame:
    now, long = answers_now(scenario, segment), worth / 100 * scenario.scale.width
    rows: list[dict[str, Any]] = []
    for each in sorted(found.leads, key=lambda own: own.above):
        wanted = [answers_in_all(scenario, segment, each.error, lead) for lead in (long, each.lead)]
        rows.append(
            {
                "segment": wording.segment_name(scenario, segment),
                "proposition": scenario.proposition_names[each.rival],
                "lead": each.lead,
                "lead_words": lead_words(scenario, found, each.rival),
                "error": each.error,
                "times_for_worth": wanted[0] / now,
                "answers_for_worth": _whole(wanted[0]),
                "times_for_today": wanted[1] / now,
                "answers_for_today": _whole(wanted[1]),
                "part_on_both": on_the_two(scenario, segment, found.certainty.leaders[0], each.rival),
            }
        )
    return pd.DataFrame(rows)


def _on_both(table: pd.DataFrame) -> bool:
    """Whether a lead rests on those alone who rated the leader or the rival."""
    return bool((table["part_on_both"] < 1).any())


def _whose(table: pd.DataFrame) -> str:
    """Whose answers are counted, where each respondent rated one proposition."""
    if not _on_both(table):
        return ""
    every = answers_spoken(table["answers_for_worth"].iloc[0])
    return (
        "each respondent rated one proposition, so answers are those on the leader and the rival, in the "
        f"same proportions of segments; by asking all as now it takes {every} respondents for the first row"
    )


def _whole(answers: float) -> float:
    return float(math.ceil(answers)) if math.isfinite(answers) else math.inf


def _chart(scenario: Scenario, table: pd.DataFrame, worth: float, decimals: int) -> Table:
    part = table["part_on_both"]
    return Table(
        (
            named("Rival", table["proposition"].tolist()),
            Column("Lead", texts(table["lead_words"].tolist()), "right"),
            Column(
                "Standard error", texts([number(error, decimals + 1) for error in table["error"]]), "right"
            ),
            Column(
                f"Answers to tell a lead of {worth_telling(scenario, worth)}",
                texts([answers_spoken(count) for count in part * table["answers_for_worth"]], bold=True),
                "right",
            ),
            Column(
                "if this lead is the true one",
                texts([answers_spoken(count) for count in part * table["answers_for_today"]]),
                "right",
            ),
        )
    )


def _finding(
    scenario: Scenario, segment: str | None, found: HeardLead, table: pd.DataFrame, worth: float
) -> str:
    names = dict(
        zip(scenario.proposition_names, wording.short_names(scenario.proposition_names), strict=True)
    )
    leaders, where = [[*names.values()][p] for p in found.certainty.leaders], wording.where(segment)
    if found.certainty.degree == "clear":
        return f"No more answers are needed to tell that {leaders[0]} leads {wording.place(segment)}"
    name, needed, today, times, part = next(
        records(
            table, "proposition", "answers_for_worth", "answers_for_today", "times_for_today", "part_on_both"
        )
    )
    told = (
        f"To tell a lead of {worth_telling(scenario, worth)} over {names[name]} {where} takes about "
        f"{answers_spoken(part * needed)} answers {'on the two' if part < 1 else 'in all'}"
    )
    if not math.isfinite(times):
        return f"{told}; as it is they tie"
    many = (
        f"{number(times, 1 if times < 10 else 0)} times as many as now"
        if times > 1
        else "fewer than there are"
    )
    return f"{told}; if this lead is the true one, about {answers_spoken(part * today)}, {many}"


def _alt(table: pd.DataFrame) -> str:
    items = [
        f"{name}: {answers_spoken(part * worth)}, or {answers_spoken(part * today)} if this lead is the true one"
        for name, worth, today, part in records(
            table, "proposition", "answers_for_worth", "answers_for_today", "part_on_both"
        )
    ]
    return f"Table of the answers that it takes to tell the leader from each rival: {'; '.join(items)}."
