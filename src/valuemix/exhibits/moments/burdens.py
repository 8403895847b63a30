"""Time, worry, effort and money, each by itself: its weight, its unit, and what it adds to a burden."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.customers.burden_kinds import BurdenKinds, burden_kinds, worth_of_time
from valuemix.charts.bars import Bar, Bars, Note, Part
from valuemix.charts.table import Column, Table, named, shaded, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.formats import apportioned, decimals_of, number, percents, rounded
from valuemix.exhibits.words.listing import records
from valuemix.model.parts import BURDENS
from valuemix.model.scenario import Scenario

__all__ = ["amount", "burdens", "worth"]

_ONE = {"hours": "hour", "minutes": "minute", "days": "day", "weeks": "week"}


@exhibit_kind(
    "Burden by kind",
    "Customer view",
    ("segment", "proposition"),
    formulas.BURDEN,
    several_views=True,
)
def burdens(scenario: Scenario, segment: str | None = None, *, proposition: str = "") -> Exhibit:
    """What each of time, worry, effort and money adds to the burden, and how much of it a contact takes.

    Parameters
    ----------
    scenario : Scenario
        With burdens.
    segment : str, optional
        Which segment; all of them by size where it is None.
    proposition : str, optional
        Only this one, a bar a kind of burden; by default all, the lightest burden first.

    Returns
    -------
    Exhibit
        With one row a proposition and kind: segment, proposition, burden, kind, part (of the burden, in units of the
        scale), weight_share, amount, unit, worst, a_year.

    Raises
    ------
    EditError
        Where there are no burdens; the message names the sheet to fill in.
    UnknownName
        Where the segment or the proposition does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 6], [6, 5]], propositions=["Express", "Green line"])
    >>> heavy = base.with_table("burdens", [[[9, 7, None, None], [1, 3, 2, 2]]])
    >>> burdens(heavy).finding
    'Green line is the lightest burden overall, 2.0, and Express the heaviest, 8.0, most of it time'
    """
    found, decimals = burden_kinds(scenario, segment), decimals_of(scenario)
    table = _table(scenario, segment, found)
    if proposition:
        name = scenario.proposition_names[scenario.proposition_index(proposition)]
        table = table[table["proposition"] == name].reset_index(drop=True)
    whose = f"Burden of {table['proposition'].iloc[0]}" if proposition else "Burden"
    return Exhibit(
        finding=_finding(scenario, table, segment, decimals),
        subtitle=f"{whose} ({wording.scale(scenario)}) by kind, {wording.population(scenario, segment)}",
        table=table,
        notes=_notes(scenario, found, segment, one=bool(proposition)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_bars(table, found, decimals) if proposition else _matrix(table, found, decimals),
    )


def amount(value: float, unit: str) -> str:
    """Amount in its unit, with as many digits as people say: "3.2 hours", "40 euros"; a dash where there is none.

    Examples
    --------
    >>> amount(3.25, "hours").replace("\\xa0", " "), amount(412.0, "euros").replace("\\xa0", " "), amount(2.0, "")
    ('3.3 hours', '412 euros', '2.0')
    """
    told = number(value, 0 if abs(value) >= 20 else 2 if 0 < abs(value) < 0.995 else 1)
    return f"{told}\u00a0{unit}" if unit and value == value else told


def worth(scenario: Scenario, segment: str | None = None) -> str:
    """What a unit of time is worth in money, as the weights and worst amounts say; empty where they do not.

    Examples
    --------
    >>> from valuemix.model.burdens.parts import BurdenLimit
    >>> base = Scenario.from_arrays([[8, 6]]).replace(burden_limits=[
    ...     BurdenLimit(burden="time", unit="hours", worst=8), BurdenLimit(burden="money", unit="euros", worst=200)])
    >>> worth(base).replace("\\xa0", " ")
    'one hour weighs as much as 25 euros'
    """
    ends = worth_of_time(scenario, segment)
    units = [scenario.burden_means.units[g] for g in scenario.rows(segment)]
    if ends is None or len({(row[0], row[-1]) for row in units}) > 1 or not (units[0][0] and units[0][-1]):
        return ""
    time, money = units[0][0], units[0][-1]
    told = [*dict.fromkeys(amount(end, money) for end in ends)]
    return f"one {_ONE.get(time.casefold(), time)} weighs as much as {' to '.join(told)}" + (
        ", by segment" if len(told) > 1 else ""
    )


def _table(scenario: Scenario, segment: str | None, found: BurdenKinds) -> pd.DataFrame:
    """One row a proposition and kind, the lightest burden first, those without one last."""
    order = np.argsort(found.burdens, kind="stable").tolist()
    scale = scenario.scale
    rows = [
        {
            "segment": wording.segment_name(scenario, segment),
            "proposition": scenario.proposition_names[p],
            "burden": float(scale.clipped(found.burdens[p])),
            "kind": kind,
            "part": scale.width * found.parts[p, k],
            "weight_share": found.weights[k],
            "amount": found.amounts[p, k],
            "unit": found.units[k],
            "worst": found.worst[k],
            "a_year": found.a_year[p, k],
        }
        for p in order
        for k, kind in enumerate(BURDENS)
    ]
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------- charts


def _matrix(table: pd.DataFrame, found: BurdenKinds, decimals: int) -> Table:
    """Propositions down, the four across, the deeper the nearer to what nobody bears."""
    first = table.drop_duplicates("proposition")
    columns = [named("Proposition", first["proposition"].tolist())]
    for weight, (kind, rows) in zip(
        percents(found.weights.tolist()), table.groupby("kind", sort=False), strict=True
    ):
        if rows["part"].isna().all():
            continue
        most = float(rows["part"].max()) or 1.0
        cells = [
            shaded(amount(each, unit), part / most)
            for each, unit, part in records(rows, "amount", "unit", "part")
        ]
        columns.append(Column(str(kind).capitalize(), cells, "center", note=weight))
    totals = [number(total, decimals) for total in first["burden"]]
    return Table((*columns, Column("Burden", texts(totals, bold=True), "right", total=True)))


def _bars(table: pd.DataFrame, found: BurdenKinds, decimals: int) -> Bars:
    """One row a kind: what it adds to the burden, its weight, and the amount in its unit."""
    parts = table["part"].tolist()
    known = [0.0 if part != part else part for part in parts]
    shown, most = apportioned(known, sum(known), decimals), max(known)
    beside, rows = _beside(table, found), []
    for kind, size, told, *notes in zip(table["kind"], parts, shown, *beside.values(), strict=True):
        largest = bool(size == most and most > 0)
        bar = Part(size, "", "highlight" if largest else "context")
        text = "not known" if size != size else number(told, decimals)
        rows.append(Bar(kind.capitalize(), (bar,), text, notes=tuple(map(Note, notes)), strong=largest))
    return Bars(tuple(rows), "kind of burden", "Part of the burden", heads=tuple(beside), decimals=decimals)


def _beside(table: pd.DataFrame, found: BurdenKinds) -> dict[str, list[str]]:
    """Weight and amount of each kind, and where any is known the worst amount and that of a year, by their heads."""
    units = table["unit"].tolist()
    told = {
        "weight": percents(found.weights.tolist()),
        "amount": [*map(amount, table["amount"], units)],
    }
    if table["worst"].notna().any():
        told["worst"] = [*map(amount, table["worst"], units)]
    if table["a_year"].notna().any():
        yearly = zip(table["a_year"], units, strict=True)
        told["a year"] = [amount(total, unit) if unit else "–" for total, unit in yearly]
    return told


# ---------------------------------------------------------------------- words


def _finding(scenario: Scenario, table: pd.DataFrame, segment: str | None, decimals: int) -> str:
    where, first = wording.where(segment), table.drop_duplicates("proposition").dropna(subset="burden")
    names = wording.shortened(scenario.proposition_names)
    if first.empty:
        return f"No burden is known {where}"
    told = {name: number(burden, decimals) for name, burden in records(first, "proposition", "burden")}
    (light, *_, heavy) = [*told, [*told][-1]]
    mostly = _mostly(table[table["proposition"] == heavy], decimals)
    if len(told) == 1:
        return f"The burden of {names[heavy]} is {told[heavy]} {where}{mostly}"
    if told[light] == told[heavy]:
        return f"Every burden is about the same {where}, {told[light]}"
    lightest = [names[name] for name in told if told[name] == told[light]]
    heaviest = [names[name] for name in told if told[name] == told[heavy]]
    start = (
        f"{lightest[0]} is the lightest burden {where}, {told[light]}"
        if len(lightest) == 1
        else f"{wording.joined(lightest)} are the lightest burdens {where}, {told[light]} each"
    )
    if len(heaviest) > 1:
        return f"{start}, and {wording.joined(heaviest)} the heaviest, {told[heavy]}"
    return f"{start}, and {heaviest[0]} the heaviest, {told[heavy]}{mostly}"


def _mostly(rows: pd.DataFrame, decimals: int) -> str:
    """Which kinds are the largest part of a burden, alike as printed, and whether one is more than half of it.

    Examples
    --------
    >>> kinds = ["time", "effort", "money"]
    >>> _mostly(pd.DataFrame({"kind": kinds, "part": [2.01, 2.02, 1.5]}), 1)
    ', of which time and effort are the largest parts'
    """
    parts = rows["part"].fillna(0.0).to_numpy(dtype=float)
    shown = [rounded(part, decimals) for part in parts]
    kinds = [kind for kind, part in zip(rows["kind"], shown, strict=True) if part == max(shown)]
    if not parts.any() or len(kinds) > 2:
        return ""
    if len(kinds) > 1:
        return f", of which {wording.joined(kinds)} are the largest parts"
    most = parts.max() > 0.5 * parts.sum()
    return f", most of it {kinds[0]}" if most else f", of which {kinds[0]} is the largest part"


def _notes(scenario: Scenario, found: BurdenKinds, segment: str | None, *, one: bool) -> tuple[str, ...]:
    apart = segment is None and np.ptp(scenario.burden_means.weights, axis=0).any()
    unknown = np.isnan(found.parts)
    some = (unknown.any(axis=0) & ~unknown.all(axis=0)).any()
    least = one and found.incomplete.any() and not np.isnan(found.a_year).all()
    limited = (
        "worst: the amount that nobody bears" if (found.worst > 0).any() else "amounts stand on the scale"
    )
    weights = "percent: weight among the four" + (
        ", the mean by size of segments that differ" if apart else ""
    )
    return (
        limited if one else weights,
        "amounts a contact, on average over contacts" if scenario.moments else "",
        worth(scenario, segment),
        "an amount that is not known passes its weight on to the others" if some else "",
        "a year: at least, as some contacts have no known amount" if least else "",
    )


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        each = [f"{kind} {amount(a, unit)}" for kind, a, unit in records(rows, "kind", "amount", "unit")]
        items.append(f"{name}: {', '.join(each)}; burden {number(float(rows['burden'].iloc[0]), decimals)}")
    return f"Burdens by kind. {'. '.join(items)}."
