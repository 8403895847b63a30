"""What moves the lead most: the tornado of weights, scores and sizes, and which evidence to get first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np
import pandas as pd

from valuemix.analysis.tradeoffs.levers import Lever
from valuemix.analysis.tradeoffs.levers import levers as find_levers
from valuemix.analysis.tradeoffs.tradeoffs import moving_case
from valuemix.analysis.value.scoring import OVERALL, TIE, Evaluation, evaluate
from valuemix.charts.ranges import Band, End, Range, Ranges, Side, Upright
from valuemix.charts.roles import Role
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import (
    decimals_of,
    lead_gap,
    lead_printed,
    number,
    points_apart,
    share,
    share_decimals,
)
from valuemix.exhibits.words.respondents import since
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["levers"]

MOST = 12
"""How many levers are shown."""

COLUMNS = (
    "segment", "lever", "in_segment", "proposition", "discipline", "words", "today", "low_input", "high_input",
    "lead", "lead_words", "low_lead", "high_lead", "loses",
)  # fmt: skip


def _asked(request: Request) -> Exhibit:
    """By the amounts named, else by those that the exhibit itself chooses."""
    given = {
        "weight_share": request.amount("weight_points", 0.0) / 100,
        "score_step": request.amount("score_step", 0.0),
        "size_share": request.amount("size_percent", 0.0) / 100,
    }
    return levers(request.scenario, request.segment, **{name: x for name, x in given.items() if x})


@exhibit_kind(
    "Levers",
    "Trade-offs",
    ("segment", "weight_points", "score_step", "size_percent"),
    "Each weight, score and size moves by itself, down and up; the lead is over whoever is best then.",
    make=_asked,
)
def levers(
    scenario: Scenario,
    segment: str | None = None,
    *,
    weight_share: float = 0.05,
    score_step: float | None = None,
    size_share: float = 0.1,
) -> Exhibit:
    """Lead over the runner-up as each weight, score and size moves by itself.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.
    weight_share : float
        By how much a weight moves down and up, the others keeping their proportions.
    score_step : float, optional
        By how much a score moves, on the scenario's scale; a tenth of it by default.
    size_share : float
        By what part of itself a size moves, the others keeping their proportions.

    Returns
    -------
    Exhibit
        With one row a lever, the largest dozen: segment, lever ("weight", "score" or "size"),
        in_segment, proposition, discipline, words, today, low_input, high_input, lead (today's),
        lead_words (as it is printed), low_lead, high_lead (negative where it is lost), loses.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 3, 5, 5], [6, 4, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> levers(scenario, "Families", score_step=2).finding
    'An error of 2.0 in the score of Green line on innovation would change the leader; Express probably leads Families'
    """
    step = scenario.scale.width / 10 if score_step is None else score_step
    amounts = _Amounts(weight_share, step, size_share)
    evaluation = evaluate(scenario)
    found = find_levers(
        moving_case(scenario, segment),
        weight_share=weight_share,
        score_share=step / scenario.scale.width,
        size_share=size_share,
    )
    table = _table(evaluation, segment, found)
    decimals = decimals_of(scenario)
    shown = table.iloc[_shown(table)].reset_index(drop=True)
    return Exhibit(
        finding=_finding(evaluation, segment, table),
        subtitle=f"Lead over the runner-up in value ({wording.scale(scenario)}) as one input moves down (faint) or up "
        f"(strong), {wording.population(scenario, segment)}",
        table=shown,
        notes=_notes(scenario, segment, amounts, len(table) - len(shown)),
        alt=_alt(evaluation.scenario, shown, decimals) + claims.told_beside(evaluation, segment),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(evaluation.scenario, shown, decimals),
    )


@dataclass(frozen=True)
class _Amounts:
    """By how much inputs move: a weight, a score on its scale, a part of a size."""

    weight: float
    score: float
    size: float


# ---------------------------------------------------------------------- table


def _table(evaluation: Evaluation, segment: str | None, found: Sequence[Lever]) -> pd.DataFrame:
    """Every lever, largest swing first."""
    scenario, standing = evaluation.scenario, evaluation.standing(segment)
    lead = standing.lead
    words = number(lead, decimals_of(scenario))
    if len(standing.leaders) == 1 and standing.runner_up is not None:
        values = evaluation.values_in(segment)
        words = lead_printed(values[standing.leaders[0]], values[standing.runner_up], scenario)
    # Where a move leaves no value to compare with, there is no lead to speak of.
    finite = [lever for lever in found if np.isfinite([lever.low_lead, lever.high_lead]).all()]
    rows = [{**_row(scenario, segment, lever), "lead": lead, "lead_words": words} for lever in finite]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def _row(scenario: Scenario, segment: str | None, lever: Lever) -> dict[str, Any]:
    scale = scenario.scale
    g = lever.segment if segment is None else scenario.segment_index(segment)
    inputs = np.array([lever.low_input, lever.high_input])
    d, p = lever.discipline, lever.proposition
    today = scenario.size_shares[g]
    if lever.kind == "weight":
        today = scenario.weights[g, d]
    if lever.kind == "score":
        inputs, today = scale.lowest + scale.width * inputs, scenario.array("scores")[g, p, d]
    return {
        "segment": OVERALL if segment is None else scenario.segment_names[g],
        "lever": lever.kind,
        "in_segment": scenario.segment_names[g],
        "proposition": "" if p is None else scenario.proposition_names[p],
        "discipline": "" if d is None else scenario.discipline_names[d],
        "words": _words(scenario, segment, g, p, d),
        "today": float(today),
        "low_input": float(inputs[0]),
        "high_input": float(inputs[1]),
        "low_lead": scale.width * lever.low_lead,
        "high_lead": scale.width * lever.high_lead,
        "loses": min(lever.low_lead, lever.high_lead) < -TIE,
    }


def _shown(table: pd.DataFrame) -> list[int]:
    """The largest dozen, and the one that comes nearest to taking the lead among them."""
    places = list(range(min(len(table), MOST)))
    first = _first_evidence(table)
    return places if first is None or first in places else [*places[:-1], first]


def _least(table: pd.DataFrame) -> FloatArray:
    """Lead after the worse of both moves, for each lever."""
    return np.asarray(table[["low_lead", "high_lead"]].to_numpy(dtype=float).min(axis=1).round(12))


def _first_evidence(table: pd.DataFrame) -> int | None:
    """Lever whose error would cost most of the lead: a score where one loses it, any other kind else."""
    if table.empty:
        return None
    least = _least(table)
    score = (table["lever"] == "score").to_numpy()
    losing = score & table["loses"].to_numpy(dtype=bool)
    return int(np.where(losing, least, np.inf).argmin() if losing.any() else least.argmin())


# ---------------------------------------------------------------------- chart


def _chart(scenario: Scenario, table: pd.DataFrame, decimals: int) -> Ranges:
    """From today's lead to the lead with each input lower and higher; what lies below 0 is lost."""
    ways = [("low", "lower", "context"), ("high", "higher", "highlight")]
    bands: list[Band] = []
    for _, way, role in ways:
        name = f"Lead with the input {way}"
        bands += [Band(name, cast("Role", role)), Band(f"{name}: lost", "loss")]
    rows = tuple(_range(row, decimals) for row in table.to_dict("records"))
    return Ranges(
        rows, "lever", tuple(bands), decimals,
        uprights=_uprights(scenario, table) if rows else (), nothing="No single input moves the lead.",
    )  # fmt: skip


def _range(row: dict[Hashable, Any], decimals: int) -> Range:
    today, leads = float(row["lead"]), (float(row["low_lead"]), float(row["high_lead"]))
    spans: list[tuple[float, float]] = []
    for lead in leads:
        spans += [(today, max(lead, 0.0)), (0.0, lead) if lead < 0 else (np.nan, np.nan)]
    low, high = (_input(row["lever"], row[f"{way}_input"], decimals) for way in ("low", "high"))
    first = leads[0] <= leads[1]
    ends = (End(leads[0], low, left=first), End(leads[1], high, left=not first))
    return Range(_label(row), tuple(spans), ends, strong=bool(row["loses"]))


def _label(row: dict[Hashable, Any]) -> str:
    """What moves, and in which segment where that is not plain."""
    if row["lever"] == "size":
        return f"Size of {row['in_segment']}"
    weight = f"Weight of {row['discipline']}"
    what = f"{row['proposition']}: {row['discipline']}" if row["lever"] == "score" else weight
    return what if row["segment"] == row["in_segment"] else f"{what}, {row['in_segment']}"


def _input(kind: str, value: float, decimals: int) -> str:
    return number(value, decimals) if kind == "score" else share(value, share_decimals([(value, 0.0)]))


def _uprights(scenario: Scenario, table: pd.DataFrame) -> tuple[Upright, ...]:
    """Lines at today's lead and at 0, named on sides where they do not meet."""
    ends = table[["low_lead", "high_lead"]].to_numpy(dtype=float)
    today = float(table["lead"].iloc[0])
    low, high = min(0.0, ends.min()), max(today, ends.max())
    apart = today > 0.02 * (high - low)
    side: Side = "right" if apart and today <= (low + high) / 2 else "center"
    lead = Upright(today, f"lead {since(scenario)} {table['lead_words'].iloc[0]}", side, "ink")
    return (lead, Upright(0.0, "lead lost", "left", "loss", dashed=True)) if apart else (lead,)


# ---------------------------------------------------------------------- words


def _words(scenario: Scenario, segment: str | None, g: int, p: int | None, d: int | None) -> str:
    """Lever in words: "score of Named engineer on customer intimacy in Mid-market"."""
    name = wording.short_names(scenario.segment_names)[g]
    where = f" {wording.among(name)}" if segment is None and len(scenario.segments) > 1 else ""
    if d is None:
        return f"size of {name}"
    word = wording.discipline_words(scenario)[d]
    if p is None:
        return f"weight of {word}{where}"
    return f"score of {wording.short_names(scenario.proposition_names)[p]} on {word}{where}"


def _finding(evaluation: Evaluation, segment: str | None, table: pd.DataFrame) -> str:
    scenario, standing = evaluation.scenario, evaluation.standing(segment)
    if none := claims.none_leads(evaluation, segment, "so there is no lead to lose"):
        return none
    if len(standing.order) == 1:
        name = wording.short_names(scenario.proposition_names)[standing.leaders[0]]
        return f"{name} is the only proposition with a value {wording.where(segment)}"
    told, evidence = claims.lead_today(evaluation, segment, first=True), _first_evidence(table)
    beside = partial(claims.told_with_lead, evaluation=evaluation, segment=segment)
    if evidence is None:
        return f"{told}, and no single move changes that"
    first, least = table.iloc[evidence], float(_least(table)[evidence])
    if len(standing.leaders) > 1:
        return f"{told} {since(scenario)}, and the {table['words'].iloc[0]} moves that most"
    width = scenario.scale.width
    if least < -TIE * width:
        return beside(f"{_error(first, least, scenario)} would change the leader")
    if least <= TIE * width:
        return beside(f"{_error(first, least, scenario)} would end the lead")
    best, second = evaluation.values_in(segment)[list(standing.order[:2])]
    left = min(least, lead_gap(best, second, scenario))  # never more than the lead as it is printed
    lead, rest = first["lead_words"], lead_printed(left, 0.0, scenario)
    leaving = f", leaving {rest}" if rest != lead else ""
    return beside(f"no single move ends the lead of {lead}: the {first['words']} comes nearest{leaving}")


def _error(row: pd.Series[Any], least: float, scenario: Scenario) -> str:
    """The move that costs the lead, by as much as it really moved."""
    end = row["low_input"] if round(row["low_lead"], 12) == least else row["high_input"]
    moved = abs(float(end) - float(row["today"]))
    if row["lever"] == "score":
        return f"an error of {number(moved, decimals_of(scenario))} in the {row['words']}"
    places = share_decimals([(0.0, moved)])
    return f"a change of {points_apart(moved, 0.0, places)} in the {row['words']}"


def _notes(scenario: Scenario, segment: str | None, amounts: _Amounts, left: int) -> tuple[str, ...]:
    places = share_decimals([(0.0, amounts.weight)])
    parts = [
        f"weights moved by {points_apart(amounts.weight, 0.0, places)}",
        f"scores by {number(amounts.score, decimals_of(scenario))}",
    ]
    if segment is None and len(scenario.segments) > 1:
        parts.append(f"sizes by {share(amounts.size, share_decimals([(0.0, amounts.size)]))} of themselves")
    notes = [f"{wording.joined(parts)}, one at a time and within its limits; at each end the input's value"]
    notes += (
        [f"{wording.count(left, 'smaller lever')} {'is' if left == 1 else 'are'} not shown"] if left else []
    )
    return (*notes, grounds.how_sure(scenario, segment))


def _alt(scenario: Scenario, table: pd.DataFrame, decimals: int) -> str:
    if table.empty:
        return "No levers."
    columns = ("words", "low_lead", "high_lead", "loses")
    items = [
        f"{words}: {number(low, decimals)} to {number(high, decimals)}{', lead lost' if loses else ''}"
        for words, low, high, loses in zip(*(table[c] for c in columns), strict=True)
    ]
    today = table["lead_words"].iloc[0]
    return (
        f"Bars of the lead, {since(scenario)} {today}, with each input lower and higher. {'; '.join(items)}."
    )
