"""Who leads as one weight goes from 0 to 100: lines of value, with every crossover of the leader."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from valuemix.analysis.tradeoffs.sweeps import Sweep
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs
from valuemix.analysis.value.case import leaders_of
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.lines import Lines
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.tradeoffs.switches import (
    NARROW,
    SAME,
    ShownWeight,
    by_itself,
    crossovers,
    ends,
    how_known,
    moved_notes,
    moved_words,
    nearest_switch,
    points_today,
    shown_weights,
    switch_range,
)
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, lead_printed, number
from valuemix.exhibits.words.leading import lines
from valuemix.exhibits.words.respondents import scores_given, since
from valuemix.typing import BoolArray, FloatArray

__all__ = ["tradeoff"]


def _asked(request: Request) -> Exhibit:
    return tradeoff(request.tradeoffs, request.named("discipline", request.scenario.discipline_ids))


SEEN = 0.002
"""What a line may bend, of the height of the scale, and still be seen as straight."""


@exhibit_kind(
    "Trade-off of one weight",
    "Trade-offs",
    ("segment", "discipline", "mover"),
    formulas.ONE_WEIGHT,
    make=_asked,
)
def tradeoff(result: Tradeoffs, discipline: str) -> Exhibit:
    """Values of all propositions as the weight of one discipline goes from 0 to 100.

    Parameters
    ----------
    result : Tradeoffs
        Of one segment, or overall.
    discipline : str
        Name or id of the discipline.

    Returns
    -------
    Exhibit
        With one row a proposition and weight that is drawn: segment, discipline, proposition,
        weight_share, today_points (today's weight as sliders show it), value, leads, and
        whether this weight is today's or a crossover of the leader.

    Raises
    ------
    UnknownName
        Where the discipline does not exist.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> print(tradeoff(tradeoffs(scenario, "Families"), "Innovation").finding.replace("\\xa0", " "))
    No leader can be told among Families: at today's scores Express stays first while innovation weighs more than
    20 %; its 25 %, moved alone, is 5 points from a switch to Green line; Express is ahead,
    too close to call with Green line
    """
    d = result.scenario.discipline_index(discipline)
    sweep, word = result.sweeps[d], moved_words(result)[d]
    shown = shown_weights(result)[d]
    table = _table(result, d, points_today(result)[d])
    decimals = decimals_of(result.scenario)
    return Exhibit(
        finding=_finding(result, d, word, table, shown),
        subtitle=f"Value ({wording.scale(result.scenario)}) as the weight of {word} moves, "
        f"{wording.population(result.scenario, result.segment)}; thick line: who is first",
        table=table,
        notes=_notes(result, sweep, d, word, shown),
        alt=_alt(result, sweep, word, table, decimals, shown),
        decimals=decimals,
        scenarios=(result.scenario,),
        chart=_chart(result, table, shown, decimals),
    )


# ---------------------------------------------------------------------- table


def _table(result: Tradeoffs, d: int, today_points: float) -> pd.DataFrame:
    """Lines of all propositions, best today first."""
    scenario, sweep, scale = result.scenario, result.sweeps[d], result.scenario.scale
    crossing = np.array([switch.share for switch in crossovers(sweep)])
    shares = _apart(np.concatenate([sweep.shares, crossing]), sweep.today_share)
    count = len(scenario.propositions)
    lines = sweep.values.T  # noqa: PD011
    at = np.stack([np.interp(shares, sweep.shares, line) for line in lines])
    leads = leaders_of(at.T).T
    for piece in sweep.pieces:
        inside = (shares >= piece.from_share - SAME) & (shares <= piece.to_share + SAME)
        for p in piece.leaders:
            leads[p, inside] = True
    # Today is what the ranking says: at an end a value may jump, where a missing score takes all weight.
    now = shares == sweep.today_share
    at[:, now] = scale.to_unit(result.evaluation.values_in(result.segment))[:, None]
    leads[:, now] = np.isin(np.arange(count), sweep.leaders)[:, None]
    rows = wording.best_first(result.evaluation, result.segment)
    points = len(shares)
    return pd.DataFrame(
        {
            "segment": wording.segment_name(scenario, result.segment),
            "discipline": scenario.discipline_names[d],
            "proposition": [scenario.proposition_names[p] for p in rows for _ in range(points)],
            "weight_share": np.tile(shares, count),
            "today_points": today_points,
            "value": (scale.lowest + scale.width * at[rows]).ravel(),
            "leads": leads[rows].ravel(),
            "today": np.tile(now, count),
            "crossover": np.tile(_among(shares, crossing), count),
        }
    )


def _apart(shares: FloatArray, today: float) -> FloatArray:
    """Shares in order, each place on the path once, today's weight among them to the last bit."""
    others = np.sort(shares[abs(shares - today) > SAME])
    result: FloatArray = np.sort(np.append(others[np.diff(others, prepend=-1.0) > SAME], today))
    return result


def _among(shares: FloatArray, some: FloatArray) -> BoolArray:
    return np.asarray((abs(shares[:, None] - some[None]) <= SAME).any(axis=1))


def _chart(result: Tradeoffs, table: pd.DataFrame, shown: ShownWeight, decimals: int) -> Lines:
    named = (wording.discipline_word(table["discipline"].iloc[0]),)
    title = "Weight of {} (the others keep their proportions)"
    now = since(result.scenario, "weights")
    return lines(table, "weight_share", shown.text, title, named, decimals, result.scenario, shown.today, now)


# ---------------------------------------------------------------------- words


def _finding(result: Tradeoffs, d: int, word: str, table: pd.DataFrame, shown: ShownWeight) -> str:
    sweep = result.sweeps[d]
    only = f"so it is first {wording.where(result.segment)} whatever {word} weighs"
    if none := claims.none_leads(result.evaluation, result.segment, only):
        return none
    names, alone = wording.short_names(result.scenario.proposition_names), len(sweep.leaders) == 1
    lead = claims.lead_today(result.evaluation, result.segment)
    beside = partial(claims.told_with_lead, evaluation=result.evaluation, segment=result.segment)
    led, given = wording.joined([names[p] for p in sweep.leaders]), scores_given(result.scenario)
    stays = f"at {given} {led} {'stays first' if alone else 'stay first together'}"
    nearest = nearest_switch(sweep)
    if nearest is None:
        return beside(f"{stays} whatever {word} weighs{_least_lead(result, sweep, table, shown)}")
    low, high = sweep.leader_interval
    if high - low <= NARROW:
        told = _on_a_crossover(sweep, word, names, shown, since(result.scenario, "weights"))
        return beside(f"{stays} only {told}") if alone else f"At {given} {lead} only {told}"
    far = (
        f"{shown.apart(nearest[0])} from" if abs(sweep.today_share - nearest[0]) > SAME else "on the edge of"
    )
    known = how_known(switch_range(result, d, nearest[0], sweep.leaders, nearest[1]))
    now = f"its {shown.text(sweep.today_share)}{by_itself(result, ', moved alone,')} is"
    to = f"a switch to {wording.joined([names[p] for p in nearest[1]])}{f' ({known})' * bool(known)}"
    return beside(f"{stays} while {word} weighs {_span(sweep, shown)}; {now} {far} {to}")


def _span(sweep: Sweep, shown: ShownWeight) -> str:
    """Weights at which the leader stays first."""
    (low, high), sides = sweep.leader_interval, ends(sweep)
    if len(sides) == 2:
        return f"between {shown.bare(low)} and {shown.text(high)}"
    return f"more than {shown.text(low)}" if "below" in sides else f"less than {shown.text(high)}"


def _on_a_crossover(sweep: Sweep, word: str, names: list[str], shown: ShownWeight, now: str) -> str:
    """Today's weight lies on a crossover, or a value jumps there: who leads on either side of it."""
    told = {
        f"{side} it": f"{wording.joined([names[p] for p in who])} {'is' if len(who) == 1 else 'are'} first"
        for side, (share, who) in ends(sweep).items()
        if abs(share - sweep.today_share) <= NARROW
    }
    if len(told) == 2 and len({*told.values()}) == 1:
        told = {"on either side of it": told["below it"]}
    each = ", ".join(f"{first} {side}" for side, first in told.items())
    here = "as it does today" if now == "today" else now
    return f"where {word} weighs {shown.text(sweep.today_share)}, {here}: {each}"


def _least_lead(result: Tradeoffs, sweep: Sweep, table: pd.DataFrame, shown: ShownWeight) -> str:
    """Where along the path the leader is least ahead, by how much and of whom."""
    if len(sweep.leaders) > 1:
        return ""
    names, leader = table["proposition"].unique().tolist(), 0
    values = table["value"].to_numpy().reshape(len(names), -1)
    if np.isnan(np.delete(values, leader, axis=0)).all():
        return ", as the only proposition with a value"
    rivals = np.where(np.isnan(values), -np.inf, values)
    rivals[leader] = -np.inf
    margin = values[leader] - rivals.max(axis=0)
    at = int(np.nanargmin(margin))
    rival, weight = int(rivals[:, at].argmax()), shown.text(table["weight_share"].iloc[at])
    short = wording.short_names(names)
    if margin[at] <= TIE * float(np.ptp(values[~np.isnan(values)]) or 1):
        return f", though {short[rival]} draws level at {weight}"
    least = lead_printed(values[leader, at], values[rival, at], result.scenario)
    return f": its lead is least at {weight}, {least} over {short[rival]}"


def _notes(result: Tradeoffs, sweep: Sweep, d: int, word: str, shown: ShownWeight) -> tuple[str, ...]:
    moved = result.segment or result.mover
    own = slice(None) if moved is None else result.scenario.segment_index(moved)
    whole = (np.atleast_1d(result.scenario.weights[own, d]) >= 1 - SAME).any()
    return (
        "the other weights keep their proportions",
        *moved_notes(result, "the weight"),
        f"where {word} has all the weight, the others are scaled from equal shares" if whole else "",
        _again(sweep, shown),
        _closed_form(sweep, wording.short_names(result.scenario.proposition_names)),
        grounds.how_sure(result.scenario, result.segment),
    )


def _again(sweep: Sweep, shown: ShownWeight) -> str:
    """Where today's leader is first beside the stretch on which today's weight lies."""
    low, high = sweep.leader_interval
    spans = [
        f"{shown.bare(piece.from_share)} to {shown.text(piece.to_share)}"
        for piece in sweep.pieces
        if {*sweep.leaders} <= {*piece.leaders} and not low - SAME <= piece.from_share <= high + SAME
    ]
    return f"the leader is first again at {wording.joined(spans)}" if spans and sweep.leaders else ""


def _closed_form(sweep: Sweep, names: list[str]) -> str:
    if not sweep.exact:
        return (
            "values are curves without a closed form here: crossovers were searched for step by step, "
            "and two of one pair within half a point may be missed"
        )
    curves = [names[p] for p in np.flatnonzero(_bends(sweep))]
    return f"not straight: {wording.joined(curves)}; crossovers are exact" if curves else ""


def _bends(sweep: Sweep) -> BoolArray:
    """Whose values are seen to be no straight lines between the ends and today, where those of segments turn."""
    ends = np.isin(sweep.shares, [0.0, sweep.today_share, 1.0])
    each = np.asarray(sweep.values).T
    straight = [np.interp(sweep.shares, sweep.shares[ends], line[ends]) for line in each]
    return np.asarray((np.abs(each - straight) > SEEN).any(axis=1))


def _alt(
    result: Tradeoffs, sweep: Sweep, word: str, table: pd.DataFrame, decimals: int, shown: ShownWeight
) -> str:
    names = result.scenario.proposition_names
    steps = [
        f"{wording.joined([names[p] for p in piece.leaders] or ['nothing'])} from {shown.text(piece.from_share)}"
        for piece in sweep.pieces
    ]
    last = table[table["weight_share"] == table["weight_share"].max()].dropna(subset="value")
    ordered = last.sort_values("value", ascending=False, kind="stable")
    ends = [
        f"{name} {number(value, decimals)}"
        for name, value in zip(ordered["proposition"], ordered["value"], strict=True)
    ]
    return (
        f"Lines of value over the weight of {word} from 0 to 100\u00a0%, {shown.text(sweep.today_share)} in the case. "
        f"First at {scores_given(result.scenario)}: {'; '.join(steps)}. At 100\u00a0%: {'; '.join(ends)}."
        f"{claims.told_beside(result.evaluation, result.segment)}"
    )
