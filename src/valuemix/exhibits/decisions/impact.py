"""Impact statement: whom planned decisions help and whom they cost, losers first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from valuemix.analysis.decisions.impact import EXACT_UP_TO, ORDERS, Impact
from valuemix.analysis.decisions.impact import impact as impact_of
from valuemix.charts.roles import Role
from valuemix.charts.table import Cell, Column, Table, named, texts
from valuemix.errors import UnknownName
from valuemix.exhibits.decisions.impact_words import finding, losers, ranges_of_losers, told_ends
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.costs import cost_head
from valuemix.exhibits.words.formats import change_decimals, number, rounded, signed
from valuemix.model.parts import KINDS
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["impact"]

OVERALL = "Overall"


@exhibit_kind(
    "Impact of decisions",
    "Decide",
    ("planned", "proposition"),
    "Alone: value (or burden) with the decision less today. Part of the plan: the mean of what it adds over all orders "
    "of the decisions (Shapley, 1953). Ranges: 2.5th to 97.5th percentile of 2,000 draws, triangular from low over "
    "likely to high.",
    several_views=True,
)
def impact(scenario: Scenario, *, planned: str = "", proposition: str = "") -> Exhibit:
    """What planned decisions change for every segment, those who lose first; one decision, or all of them.

    Parameters
    ----------
    scenario : Scenario
        With decisions planned.
    planned : str, optional
        Only this decision, a row a segment; all of them by default, a row a decision.
    proposition : str, optional
        What every segment is served with; each with its leader of today by default, kept fixed.

    Returns
    -------
    Exhibit
        With one row a decision and segment, the whole plan and overall last: decision, owner, cost, segment, kind,
        size_share, served, alone, part (of value), burden_alone, burden_part, low, high (of the
        value that it adds there alone).

    Raises
    ------
    EditError
        Where nothing is planned; the message names the sheet to fill in.
    UnknownName
        Where the decision or the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.planned.parts import PlannedChange
    >>> base = Scenario.from_arrays([[[8, 2]], [[6, 6]]], points=[[50, 50], [50, 50]], sizes=[3, 1],
    ...     disciplines=["Speed", "Care"], segments=["Firms", "Families"], propositions=["Express"])
    >>> planned = base.replace(planned_changes=[
    ...     PlannedChange(decision="Night shift", discipline="speed", likely=1),
    ...     PlannedChange(decision="No desk", segment="Families", discipline="care", likely=-2)])
    >>> impact(planned).finding
    'At the likely changes the plan adds 0.25 of value overall; it takes 0.50 of value from Families'
    """
    found, decimals = impact_of(scenario, proposition), change_decimals(scenario)
    table = _table(found)
    if planned:
        if planned not in found.decisions:
            raise UnknownName("planned decision", planned, found.decisions)
        table = table[table["decision"] == planned].reset_index(drop=True)
    return Exhibit(
        finding=finding(found, planned, decimals),
        subtitle=f"Change of value ({wording.scale(scenario)})"
        + (f" by {planned}" if planned else ", each decision as its part of the plan"),
        table=table,
        notes=_notes(found, planned, decimals),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_one(table, found, decimals) if planned else _matrix(table, found, decimals),
    )


def _table(found: Impact) -> pd.DataFrame:
    """Each decision in every segment and overall, the whole plan last."""
    each = [
        (name, _owner(found.scenario, name), float(cost), alone, part)
        for name, cost, alone, part in zip(
            found.decisions, found.costs, found.alone, found.parts, strict=True
        )
    ]
    plan = ("The whole plan", "", float(np.nansum(found.costs)), found.plan, found.plan)
    whom, rows = _whom(found), []
    for n, (name, owner, cost, *changes) in enumerate((*each, plan)):
        alone, part = (np.vstack([own, found.overall(own)]) for own in changes)
        for who, own, share, (low, high) in zip(whom, alone, part, found.ranges[n, :, 0], strict=True):
            told = {"alone": own[0], "part": share[0], "burden_alone": own[1], "burden_part": share[1]}
            rows.append(
                {"decision": name, "owner": owner, "cost": cost, **who, **told, "low": low, "high": high}
            )
    return pd.DataFrame(rows)


def _whom(found: Impact) -> list[dict[str, str | float]]:
    """Every segment with its share and what it is served with; overall last."""
    scenario = found.scenario
    served = [scenario.proposition_names[p] if p >= 0 else "" for p in found.served]
    segments: list[dict[str, str | float]] = [
        {"segment": segment.name, "kind": segment.kind, "size_share": share, "served": name}
        for segment, share, name in zip(scenario.segments, scenario.size_shares, served, strict=True)
    ]
    return [*segments, {"segment": OVERALL, "kind": "", "size_share": 1.0, "served": ""}]


def _owner(scenario: Scenario, decision: str) -> str:
    owners = [row.owner for row in scenario.planned_changes if row.decision == decision and row.owner]
    return ", ".join(dict.fromkeys(owners))


# ---------------------------------------------------------------------- charts


def _matrix(table: pd.DataFrame, found: Impact, decimals: int) -> Table:
    """Decisions down, segments across, those who lose by the plan first; what each costs and adds overall."""
    first = table.drop_duplicates("decision")
    order = [*losers(found, found.plan, decimals)]
    order += [g for g in range(len(found.scenario.segments)) if g not in order]
    columns = [named("Decision", first["decision"].tolist())]
    if not np.isnan(found.costs).all():
        costs = texts([number(cost, _cost_decimals(found)) for cost in first["cost"]])
        columns.append(Column(cost_head(found.scenario), costs, "right"))
    for name in [*(found.scenario.segment_names[g] for g in order), OVERALL]:
        parts = table[table["segment"] == name]["part"].tolist()
        columns.append(Column(name, _changes(parts, decimals), "right", total=name == OVERALL))
    alone = table[table["segment"] == OVERALL]
    columns.append(Column("Alone", _changes(alone["alone"].tolist(), decimals), "right"))
    return Table((*columns, *_range(found.ranges[:, -1, 0], decimals)))


def _range(ends: FloatArray, decimals: int) -> list[Column]:
    """Column of ranges, shape (rows, 2); none where no row has any."""
    if not (np.nan_to_num(ends[:, 1] - ends[:, 0]) > 0).any():
        return []
    told = [told_ends(own, decimals) if own[1] > own[0] else "–" for own in ends.tolist()]
    return [Column("Range", texts(told, role="muted"), "right")]


def _one(table: pd.DataFrame, found: Impact, decimals: int) -> Table:
    """One decision: segments down, those who lose first, overall last."""
    n = found.decisions.index(table["decision"].iloc[0])
    order = losers(found, found.alone[n], decimals)
    order += [g for g in range(len(found.scenario.segments)) if g not in order]
    own = table.iloc[[*order, len(table) - 1]]
    columns = [
        named("Segment", own["segment"].tolist()),
        Column("Kind", texts(own["kind"].tolist(), role="muted")),
        Column("Served with", texts(own["served"].tolist(), role="muted")),
        Column("Value alone", _changes(own["alone"].tolist(), decimals), "right"),
        *_range(own[["low", "high"]].to_numpy(), decimals),
        Column("Part of the plan", _changes(own["part"].tolist(), decimals), "right"),
    ]
    if found.scenario.has_burdens:
        burdens = _changes(own["burden_alone"].tolist(), decimals, more_is="loss")
        columns.append(Column("Burden alone", burdens, "right"))
    return Table(tuple(columns))


def _changes(values: Sequence[float], decimals: int, *, more_is: Role = "gain") -> list[Cell]:
    """Changes with their signs, in the colour of what they mean."""
    cells, less_is = [], "loss" if more_is == "gain" else "gain"
    for value in values:
        told = rounded(value, decimals) if value == value else 0.0
        role: Role = more_is if told > 0 else cast("Role", less_is) if told < 0 else "muted"
        cells += texts(["–" if value != value else signed(value, decimals)], role=role)
    return cells


def _cost_decimals(found: Impact) -> int:
    known = found.costs[~np.isnan(found.costs)]
    return 0 if (known % 1 == 0).all() else 1


# ---------------------------------------------------------------------- words


def _kinds(found: Impact, changes: FloatArray, decimals: int) -> str:
    """Kinds whose mean value falls, where there are several kinds."""
    scenario, told = found.scenario, []
    kinds = [segment.kind for segment in scenario.segments]
    for kind in KINDS:
        own = np.array([each == kind for each in kinds]) & ~np.isnan(changes[:, 0])
        sizes = scenario.sizes[own]
        if len({*kinds}) > 1 and own.any() and sizes.any():
            mean = rounded(float(changes[own, 0] @ sizes / sizes.sum()), decimals)
            told.append(f"{kind}s {signed(mean, decimals)}")
    return f"by kind: {', '.join(told)}" if told else ""


def _notes(found: Impact, planned: str, decimals: int) -> tuple[str, ...]:
    place = found.decisions.index(planned) if planned else -1
    changes = found.alone[place] if planned else found.plan
    ends = zip(("", "burden "), found.ranges[place, -1].tolist(), strict=True)
    overall = [f"{what}{told_ends(own, decimals)}" for what, own in ends if own[1] > own[0]]
    half = float(np.nanmax(found.half_widths[..., 0], initial=0.0))
    drawn = f"parts from {ORDERS:,} orders drawn, within {number(half, decimals + 1)}"
    return (
        _kinds(found, changes, decimals),
        ranges_of_losers(found, place, changes, decimals),
        f"overall {wording.joined(overall)} in 95\u00a0% of draws from low to high" if overall else "",
        "changes as they were judged; " + _served(found),
        drawn if len(found.decisions) > EXACT_UP_TO else "",
        f"cut at the end of what it changes: {wording.joined(found.cut)}" if found.cut else "",
    )


def _served(found: Impact) -> str:
    """What segments are served with."""
    if len({*found.served}) > 1:
        return "each segment is served with its leader of today"
    names = wording.short_names(found.scenario.proposition_names)
    return f"every segment is served with {names[found.served[0]]}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("decision", sort=False):
        each = zip(rows["segment"], rows["part"], strict=True)
        told = ", ".join(
            f"{segment} {signed(part, decimals) if part == part else '–'}" for segment, part in each
        )
        items.append(f"{name}: {told}")
    return f"Table of changes of value by decision and segment. {'; '.join(items)}."
