"""What those who were asked would choose by their own weights and ratings."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.evidence.answers import choices
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.bars import Bar, Bars, Note, Part
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import percents
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import UNRATED, asked_when, respondents

__all__ = ["would_choose"]

AGREED = 0.75
"""Share from which those asked are said to agree."""


@exhibit_kind(
    "Who would choose what",
    "Evidence",
    ("segment",),
    "Respondents, by survey weight, whose own weights and own ratings put a proposition first, ties split; what a "
    "respondent did not rate has the segment's score, who was not asked what matters the segment's weights.",
    several_views=True,
)
def would_choose(evaluation: Evaluation, segment: str | None = None) -> Exhibit:
    """Share of respondents who would choose each proposition, the largest first.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With evidence.
    segment : str, optional
        Which segment; all of them by size where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition: segment, proposition, choose_share, rank (by value today; missing without one).

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where nobody was counted.
    """
    scenario, found = evaluation.scenario, choices(evaluation.scenario, segment)
    table = _table(evaluation, segment)
    left = len(scenario.rows(segment)) - found.segments
    return Exhibit(
        finding=_finding(evaluation, segment, table),
        subtitle=f"Share in % of respondents whose own weights and ratings choose it{asked_when(scenario)}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            f"as of the answers{asked_when(scenario)}; edits since are not included",
            UNRATED,
            f"{wording.count(left, 'segment')} without a count left out" if left else "",
            respondents(scenario, segment),
        ),
        alt=_alt(table),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(table),
    )


def _table(evaluation: Evaluation, segment: str | None) -> pd.DataFrame:
    scenario, ranks = evaluation.scenario, evaluation.ranks_in(segment)
    table = pd.DataFrame(
        {
            "segment": wording.segment_name(scenario, segment),
            "proposition": [*scenario.proposition_names],
            "choose_share": choices(scenario, segment).shares,
            "rank": pd.arrays.IntegerArray(ranks, mask=ranks == 0),
        }
    )
    return table.sort_values("choose_share", ascending=False, kind="stable", ignore_index=True)


def _chart(table: pd.DataFrame) -> Bars:
    told = percents(table["choose_share"].tolist())
    return Bars(
        rows=tuple(
            Bar(
                name,
                (Part(part, "", "highlight" if rank == 1 else "context"),),
                text,
                notes=(Note("–" if pd.isna(rank) else str(rank)),),
                strong=bool(rank == 1) if not pd.isna(rank) else False,
            )
            for (name, part, rank), text in zip(
                records(table.astype({"rank": object}), "proposition", "choose_share", "rank"),
                told,
                strict=True,
            )
        ),
        noun="proposition",
        measure="Would choose it",
        heads=("value rank",),
        percent=True,
    )


def _finding(evaluation: Evaluation, segment: str | None, table: pd.DataFrame) -> str:
    names = dict(
        zip(
            evaluation.scenario.proposition_names,
            wording.short_names(evaluation.scenario.proposition_names),
            strict=True,
        )
    )
    told = dict(zip(table["proposition"], percents(table["choose_share"].tolist()), strict=True))
    first, most = str(table["proposition"][0]), float(table["choose_share"][0])
    where = wording.where(segment)
    split = "agree" if most >= AGREED else "mostly agree" if most > 0.5 else "are split"
    start = f"Those asked {split} {where}: {told[first]} would choose {names[first]}"
    leaders = [evaluation.scenario.proposition_names[p] for p in evaluation.standing(segment).leaders]
    if not leaders or first in leaders:
        return start
    return f"{start}, {told[leaders[0]]} {names[leaders[0]]}, which has the highest value"


def _alt(table: pd.DataFrame) -> str:
    told = zip(table["proposition"], percents(table["choose_share"].tolist()), strict=True)
    items = [f"{name} {text}" for name, text in told]
    return f"Bars of the share of respondents who would choose each proposition: {'; '.join(items)}."
