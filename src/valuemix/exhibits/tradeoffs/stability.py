"""How far each weight can move before the leader changes: one range a discipline."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.draws.survey_errors import score_errors
from valuemix.analysis.tradeoffs.sweeps import Sweep
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs
from valuemix.charts.ranges import Band, End, Range, Ranges
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.tradeoffs.nearest_change import several_together
from valuemix.exhibits.tradeoffs.switches import (
    ALIKE,
    NARROW,
    ShownWeight,
    beyond,
    by_itself,
    how_known,
    in_errors,
    moved_notes,
    moved_words,
    moves_together,
    nearest_switch,
    shown_in,
    shown_weights,
    switch_range,
    weight_errors,
)
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import scores_given

__all__ = ["SEPARATOR", "nearest_weight", "stability"]

SEPARATOR = " / "
"""Between names that tie in one cell of the table."""


@exhibit_kind(
    "Stability intervals",
    "Trade-offs",
    ("segment", "mover"),
    formulas.ONE_WEIGHT + " The interval ends where another proposition reaches the leader.",
)
def stability(result: Tradeoffs) -> Exhibit:
    """Stability intervals of the leader and of the whole order for every discipline.

    Parameters
    ----------
    result : Tradeoffs
        Of one segment, or overall.

    Returns
    -------
    Exhibit
        With one row a discipline, the one nearest to a switch first: segment, discipline,
        weight_share, weight_points (as it is printed), weight_decimals (of the others in its row),
        leader, leader_from, leader_to, order_from, order_to, and switch_share, switch_distance and
        next_leader, which are missing where no
        weight changes the leader.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> print(stability(tradeoffs(scenario, "Families")).finding.replace("\\xa0", " "))
    No leader can be told among Families: at today's scores innovation is the weight nearest to a switch, moved
    alone: 5 points less, from 25 to below 20 %, puts Green line first; Express is ahead,
    too close to call with Green line
    """
    table = _table(result)
    return Exhibit(
        finding=_finding(result, table),
        subtitle="Weights at which the leader stays first (narrow bar: the whole order as it is), "
        f"{wording.population(result.scenario, result.segment)}",
        table=table,
        notes=_notes(result),
        alt=_alt(result, table),
        decimals=0,
        scenarios=(result.scenario,),
        chart=_chart(table) if result.evaluation.standing(result.segment).leaders else Table(()),
    )


def nearest_weight(result: Tradeoffs) -> int:
    """Place of the discipline whose weight is nearest to a switch of the leader; the first where none has any."""
    return result.scenario.discipline_names.index(_table(result)["discipline"].iloc[0])


def _table(result: Tradeoffs) -> pd.DataFrame:
    scenario = result.scenario
    segment = wording.segment_name(scenario, result.segment)
    errors = weight_errors(result)
    rows = [
        {"segment": segment, "discipline": name, **_row(sweep, shown, scenario.proposition_names)}
        for name, sweep, shown in zip(
            scenario.discipline_names, result.sweeps, shown_weights(result), strict=True
        )
    ]
    table = pd.DataFrame(rows)
    # Respondents' weights are as far from a switch as they are in their standard errors.
    far = table["switch_distance"] / (errors if all(each > 0 for each in errors) else 1.0)
    return table.iloc[np.argsort(far.to_numpy(), kind="stable")].reset_index(drop=True)


def _row(sweep: Sweep, shown: ShownWeight, names: tuple[str, ...]) -> dict[str, Any]:
    nearest = nearest_switch(sweep) if sweep.leaders else None
    return {
        "weight_share": sweep.today_share,
        "weight_points": shown.points,
        "weight_decimals": shown.decimals,
        "leader": SEPARATOR.join(names[p] for p in sweep.leaders),
        "leader_from": sweep.leader_interval[0],
        "leader_to": sweep.leader_interval[1],
        "order_from": sweep.order_interval[0],
        "order_to": sweep.order_interval[1],
        "switch_share": nearest[0] if nearest else float("nan"),
        "switch_distance": abs(nearest[0] - sweep.today_share) if nearest else float("nan"),
        "next_leader": SEPARATOR.join(names[p] for p in nearest[1]) if nearest else "",
    }


def _chart(table: pd.DataFrame) -> Ranges:
    """Where the leader stays, and within it where the whole order does, with today's weight and the nearest switch."""
    names = [*map(str, table)]
    rows = zip(records(table, *names), shown_in(table), strict=True)
    return Ranges(
        tuple(_range(dict(zip(names, row, strict=True)), shown) for row, shown in rows),
        "discipline",
        (Band("Leader stays", "context"), Band("Order stays", "highlight", slight=True)),
        0,
        whole=True,
    )


def _range(row: dict[str, Any], shown: ShownWeight) -> Range:
    low, high = float(row["leader_from"]), float(row["leader_to"])
    switch = float(row["switch_share"])
    return Range(
        row["discipline"],
        ((low, high), (float(row["order_from"]), float(row["order_to"]))),
        (
            End(low, shown.text(low) if abs(low) > ALIKE else "", left=True),
            End(high, shown.text(high) if abs(high - 1) > ALIKE else "", left=False),
        ),
        shown.today,
        shown.text(shown.today),
        "no switch" if switch != switch else shown.apart(switch),
        "" if switch != switch else f"to {row['next_leader']}",
    )


def _finding(result: Tradeoffs, table: pd.DataFrame) -> str:
    scenario, leaders = result.scenario, result.sweeps[0].leaders
    only = "so no weight changes the leader"
    if none := claims.none_leads(result.evaluation, result.segment, only):
        return none
    names, given = wording.short_names(scenario.proposition_names), scores_given(scenario)
    beside = partial(claims.told_with_lead, evaluation=result.evaluation, segment=result.segment)
    words = dict(zip(scenario.discipline_names, moved_words(result), strict=True))
    close = table[table["switch_distance"] <= NARROW]
    if len(close):
        each = wording.joined([words[name] for name in close["discipline"]])
        what = "the weight of" if len(close) == 1 else "one of the weights of"
        change = f"the smallest change in {what} {each}"
        if len(leaders) > 1:
            lead = claims.lead_today(result.evaluation, result.segment)
            return f"{lead} at {given}: {change} decides"
        return beside(f"at {given} {change} ends the lead of {names[leaders[0]]}")
    if table["switch_share"].isna().all():
        there = "" if result.mover is None else f" {wording.where(result.mover)}"
        what = "the leader" if len(leaders) == 1 else "who is first"
        return beside(f"at {given} no single weight{there} changes {what}")
    return beside(_most_fragile(result, table))


def _most_fragile(result: Tradeoffs, table: pd.DataFrame) -> str:
    """The weight nearest to a switch, by how much it would have to move and what happens then."""
    scenario = result.scenario
    d = scenario.discipline_names.index(table["discipline"].iloc[0])
    sweep, word = result.sweeps[d], moved_words(result)[d]
    nearest = nearest_switch(sweep)
    if nearest is None:
        return ""
    today, there = sweep.today_share, nearest[0]
    names = wording.short_names(scenario.proposition_names)
    shown = shown_weights(result)[d]
    moved, more = shown.apart(there), "less" if there < today else "more"
    together = " in all segments together" if moves_together(result) else ""
    # Where the scores have errors too, those of the weight alone say nothing of how far a switch is.
    held = not (score_errors(scenario)[scenario.rows(result.segment)] > 0).any()
    off = in_errors(there - today, weight_errors(result)[d]) if held else math.nan
    known = how_known(switch_range(result, d, there, sweep.leaders, nearest[1]))
    how = [
        *([known] if known else []),
        *([] if math.isnan(off) else [f"{number(off, 1)} of its own standard errors"]),
    ]
    away = f" ({'; '.join(how)})" if how else ""
    return (
        f"at {scores_given(scenario)} {word} {_nearest_or_only(result, table)}: "
        f"{moved} {more}{together}, "
        f"from {shown.bare(today)} to {beyond(shown, there)}{away}, "
        f"puts {wording.joined([names[p] for p in nearest[1]])} first"
    )


def _nearest_or_only(result: Tradeoffs, table: pd.DataFrame) -> str:
    if len(table) > 2 and table["switch_share"].notna().sum() == 1:
        return "is the only weight that alone changes who is first"
    return f"is the weight nearest to a switch{by_itself(result, ', moved alone')}"


def _notes(result: Tradeoffs) -> tuple[str, ...]:
    exact = all(sweep.exact for sweep in result.sweeps)
    return (
        "one weight moves at a time, the others keep their proportions",
        *moved_notes(result, "a weight"),
        several_together(result),
        "" if exact else "values have no closed form here: switches were searched for step by step",
        grounds.how_sure(result.scenario, result.segment),
    )


def _alt(result: Tradeoffs, table: pd.DataFrame) -> str:
    items = []
    columns = ("discipline", "leader", "leader_from", "leader_to", "next_leader")
    rows = zip(*(table[c] for c in columns), shown_in(table), strict=True)
    for name, leader, low, high, following, shown in rows:
        text = (
            f"{name}, {shown.text(shown.today)} in the case: {leader or 'nothing'} first "
            f"from {shown.text(low)} to {shown.text(high)}"
        )
        items.append(f"{text}, nearest switch to {following}" if following else text)
    start = (
        f"Ranges of weights within which the leader stays first at {scores_given(result.scenario)}, "
        "nearest to a switch first"
    )
    return f"{start}. {'; '.join(items)}.{claims.told_beside(result.evaluation, result.segment)}"
