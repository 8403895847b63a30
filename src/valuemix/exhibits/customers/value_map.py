"""Whether propositions are good value: what customers get against what it costs them."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among, degree_of
from valuemix.analysis.certainty.uncertainty import segment_draws, value_draws
from valuemix.analysis.customers.burden import NetValue, net_value
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.charts.bubbles import Bubble, Bubbles
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, comparing, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, change_decimals, decimals_of, gap, number, signed
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.moves import Moves
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["value_map"]


def _asked(request: Request) -> Exhibit:
    before = request.find(request.others[0]) if "scenarios" in request.options else None
    return value_map(
        request.scenario, request.segment, proposition=request.options.get("proposition"), baseline=before
    )


@exhibit_kind(
    "Customer value map",
    "Customer view",
    ("segment", "proposition", "scenarios"),
    formulas.BURDEN + " The fair-value line goes through the mean with the slope b / (1 − b), b being "
    "the weight of burden (Gale, 1994).",
    make=_asked,
)
def value_map(
    scenario: Scenario,
    segment: str | None = None,
    *,
    proposition: str | None = None,
    baseline: Scenario | None = None,
) -> Exhibit:
    """Customer value map: value against burden, with the line on which one makes up for the other.

    Parameters
    ----------
    scenario : Scenario
        With a table of burdens.
    segment : str, optional
        Name of the segment whose propositions are shown; overall values where it is None.
    proposition : str, optional
        Name of a proposition that is shown in every segment instead, by the sizes of the segments.
    baseline : Scenario, optional
        Where arrows start; no arrows where it has no burdens or another scale.

    Returns
    -------
    Exhibit
        With one row a proposition, or a segment: segment, proposition, size_share, burden, value,
        fair_value (on the line at its burden), above (value minus fair value), slope (value that makes up
        for one unit of burden), baseline_burden and baseline_value (missing where there are none). The
        best value first; what lacks a value or a burden last.

    Raises
    ------
    EditError
        Where there are no burdens; the message names the sheet to fill in.
    UnknownName
        Where there is no such segment or proposition.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 6], [6, 5]], propositions=["Express", "Green line"])
    >>> light = base.with_table("burdens", [[[9, 7, None, None], [1, 3, 2, 2]]])
    >>> heavy = light.replace(segments=[light.segments[0].model_copy(update={"burden": 50.0})])
    >>> value_map(heavy).finding
    'Green line is the best value overall: 5.5 at a burden of 2.0, 2.3 above the fair-value line'
    """
    if segment is not None and proposition is not None:
        raise EditError("a value map shows one segment or one proposition; leave out one of them")
    found, decimals = net_value(scenario), decimals_of(scenario)
    before = _before(baseline, scenario, segment, proposition)
    table = _with_baseline(_table(found, segment, proposition), before)
    shown = "segment" if proposition is not None else "proposition"
    name = "" if proposition is None else wording.short_names([table["proposition"].iloc[0]])[0]
    sure = _sureness(found, table, segment, proposition)
    moved = "" if baseline is None else _moved(scenario, baseline, table, shown)
    names = wording.short_names(table[shown].tolist())
    whose = f"{name}, bubbles by size of segment" if name else wording.population(scenario, segment)
    return Exhibit(
        finding=_finding(found, sure, table, segment, name, decimals) + moved,
        subtitle=f"Value against burden ({wording.scale(scenario)}) by {shown}, {whose}",
        table=table,
        notes=(
            *_notes(table, baseline, name),
            grounds.graded(scenario, sure, names, segment, "better value than"),
        ),
        alt=_alt(table, shown if len(table) > 1 else "proposition", decimals),
        decimals=decimals,
        scenarios=(scenario,) if baseline is None else (scenario, baseline),
        chart=_chart(table, shown, decimals),
    )


def _before(
    baseline: Scenario | None, scenario: Scenario, segment: str | None, proposition: str | None
) -> pd.DataFrame | None:
    """Table of the baseline, where it has burdens on this scale and what is asked for."""
    if baseline is None or not baseline.has_burdens or baseline.scale != scenario.scale:
        return None
    known = [None, *baseline.segment_names], [None, *baseline.proposition_names]
    there = segment in known[0] and proposition in known[1]
    return _table(net_value(baseline), segment, proposition) if there else None


def _table(found: NetValue, segment: str | None, proposition: str | None) -> pd.DataFrame:
    scenario = found.scenario
    line = found.value_map(segment)
    if proposition is None:
        segments = [wording.segment_name(scenario, segment)]
        propositions, sizes = [*scenario.proposition_names], [1.0]
        burdens, values = line.burdens, line.values  # noqa: PD011 - arrays of the map
    else:
        p = scenario.proposition_index(proposition)
        segments, propositions = [*scenario.segment_names], [scenario.proposition_names[p]]
        sizes = scenario.size_shares.tolist()
        burdens, values = found.burdens[:, p], np.asarray(found.evaluation.values)[:, p]
    fair = line.fair_values(burdens)
    count = len(burdens)
    table = pd.DataFrame(
        {
            "segment": segments * (count // len(segments)),
            "proposition": propositions * (count // len(propositions)),
            "size_share": sizes * (count // len(sizes)),
            "burden": burdens,
            "value": values,
            "fair_value": fair,
            "above": values - fair,
            "slope": line.slope,
        }
    )
    return table.sort_values("above", ascending=False, kind="stable", na_position="last", ignore_index=True)


def _with_baseline(table: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    keys = ["segment", "proposition"]
    if before is None:
        return table.assign(baseline_burden=np.nan, baseline_value=np.nan)
    return table.join(before.set_index(keys)[["burden", "value"]].add_prefix("baseline_"), on=keys)


def _chart(table: pd.DataFrame, shown: str, decimals: int) -> Bubbles:
    """What has a value and a burden; the best value is lit where it is one alone."""
    known = table[table["value"].notna() & table["burden"].notna()]
    above = known["above"].tolist()
    alone = len(above) > 1 and np.isfinite(above[0]) and above[0] - above[1] > TIE
    bubbles = tuple(
        _bubble(row, row[shown], decimals, lit=alone and place == 0)
        for place, row in enumerate(known.to_dict("records"))
    )
    line = None
    if bubbles and np.isfinite(slope := float(known["slope"].iloc[0])):
        line = float(known["fair_value"].iloc[0] - slope * known["burden"].iloc[0]), slope
    return Bubbles(
        bubbles, ("Burden", "Value"), line, "fair-value line", ("better value", "worse value"), decimals,
        nothing="Nothing has both a value and a burden.",
    )  # fmt: skip


def _bubble(row: dict[Hashable, Any], name: str, decimals: int, *, lit: bool) -> Bubble:
    now, before = (row["burden"], row["value"]), (row["baseline_burden"], row["baseline_value"])
    text = f"value {number(row['value'], decimals)}, burden {number(row['burden'], decimals)}"
    moved = math.dist(before, now) > TIE
    return Bubble(name, text, *now, row["size_share"], lit, before if moved else None)


# ---------------------------------------------------------------------- words


def _finding(
    found: NetValue, sure: Certainty, table: pd.DataFrame, segment: str | None, name: str, decimals: int
) -> str:
    known, where = table[np.isfinite(table["above"])], wording.where(segment)
    each, only = "proposition", f"one on the map {where}"
    if name:
        each, only, where = "segment", f"segment where {name} is on the map", f"for {name}"
    if known.empty:
        if (table["value"].isna() | table["burden"].isna()).all():
            return f"Nothing {where} has both a value and a burden, so nothing can be placed on the map"
        return f"Only burden counts {where}, so no value makes up for it"
    labels, tie = wording.short_names(known[each].tolist()), TIE * found.scenario.scale.width
    above, value, burden = known.iloc[0][["above", "value", "burden"]].tolist()
    at = f"{number(value, decimals)} at a burden of {number(burden, decimals)}"
    if len(known) == 1:
        return f"{labels[0]} is the only {only}: {at}"
    best = int((known["above"] >= above - tie).sum())
    if best > 1:
        return _level(labels, best, name, where, below=above < -tie)
    far = ahead(abs(above), 0.0, decimals)
    if above < -tie:
        return f"{name} is good value in no segment: nearest to the fair-value line is {labels[0]}, {far} below it"
    is_best = f"is {claims.probably(sure)}the best value"
    who = f"{name} {is_best} {wording.among(labels[0])}" if name else f"{labels[0]} {is_best} {where}"
    contest = claims.contest(sure, wording.short_names(table[each].tolist()), 2)
    return f"{who}{f'{contest}:' if contest else f': {at},'} {far} above the fair-value line"


def _level(labels: list[str], best: int, name: str, where: str, *, below: bool) -> str:
    """That several are the best value, or all are equally good."""
    count = len(labels)
    if best == count:
        if name:
            how = "far below fair" if below else "good"
            return f"{name} is equally {how} value in {wording.some_of(count, count, 'segment')}"
        return f"{wording.every(count, 'proposition')} are equally good value {where}"
    who = wording.joined(labels[:best])
    if name:
        return f"{name} is {'least below fair' if below else 'the best'} value in {who}"
    return f"{who} are the best value {where}"


def _sureness(
    found: NetValue, table: pd.DataFrame, segment: str | None, proposition: str | None
) -> Certainty:
    """How sure it is which row lies farthest above the line, in the order of the table."""
    scenario = found.scenario
    if proposition is None:
        drawn = value_draws(scenario, segment)
        rows = [scenario.proposition_names.index(name) for name in table["proposition"]]
    else:
        drawn = segment_draws(scenario)[:, scenario.proposition_index(proposition)]
        rows = [scenario.segment_names.index(name) for name in table["segment"]]
    above = drawn[rows] - table["fair_value"].to_numpy(dtype=float)[:, None]
    return certainty_among(table["above"].to_numpy(dtype=float), above, scenario.scale.width)


def _moved(scenario: Scenario, baseline: Scenario, table: pd.DataFrame, each: str) -> str:
    """Who moved most against the baseline, where anybody did as figures are shown."""
    there = (table["baseline_value"] + table["baseline_burden"]).notna()
    rows = table[np.isfinite(table["above"]) & there]
    if len(rows) < 2:
        return ""
    value, burden = ((rows[what] - rows[f"baseline_{what}"]).to_numpy(float) for what in ("value", "burden"))
    far = np.hypot(value, burden)
    movers = np.flatnonzero(far >= far.max() - TIE * scenario.scale.width).tolist()
    decimals, first = change_decimals(scenario), rows.iloc[movers[0]]
    shown = {what: gap(first[what], first[f"baseline_{what}"], decimals) for what in ("value", "burden")}
    parts = [f"{what} {signed(change, decimals)}" for what, change in shown.items() if change]
    if not parts:
        return ""
    sure = _most_sure(scenario, baseline, rows, movers, value if shown["value"] else None)
    labels = wording.short_names(rows[each].tolist())
    who, most = wording.joined([labels[p] for p in movers]), f"{claims.sign_words(degree_of(sure))}moved most"
    return f"; {who} have {most}" if len(movers) > 1 else f"; {who} has {most}, {wording.joined(parts)}"


def _most_sure(
    scenario: Scenario, baseline: Scenario, rows: pd.DataFrame, movers: list[int], value: FloatArray | None
) -> float:
    """Share of draws in which those who moved most do, and to the side that is told; burdens are as they are."""
    moves = [
        Moves(baseline, scenario, [name], None if segment == OVERALL else segment)
        for segment, name in records(rows, "segment", "proposition")
    ]
    burden = rows["burden"] - rows["baseline_burden"]
    drawn = [np.hypot(move.changes[0], own) for move, own in zip(moves, burden, strict=True)]
    most = comparing.most_sure(np.stack(np.broadcast_arrays(*drawn)), movers, scenario.scale.width)
    if value is None:
        return most
    return min(most, *(moves[p].sign(moves[p].names[0], value[p]) for p in movers))


def _notes(table: pd.DataFrame, baseline: Scenario | None, name: str) -> tuple[str, ...]:
    lacking = int((table["value"].isna() | table["burden"].isna()).sum())
    arrows = ""
    if baseline is not None:
        before, there = wording.short_names([baseline.name])[0], table["baseline_value"].notna().any()
        arrows = (
            f"arrows start where {before} has them" if there else f"{before} has nothing to start arrows from"
        )
    return (
        f"fair-value line, through the mean{' of all propositions overall' if name else ''}: "
        "where more value just makes up for more burden",
        arrows,
        f"{wording.count(lacking)} without a value or a burden not shown" if lacking else "",
    )


def _alt(table: pd.DataFrame, shown: str, decimals: int) -> str:
    items = [
        f"{label} value {number(value, decimals)} at burden {number(burden, decimals)}"
        for label, value, burden in records(table, shown, "value", "burden")
    ]
    return f"Map of value against burden, best value first. {'; '.join(items)}."
