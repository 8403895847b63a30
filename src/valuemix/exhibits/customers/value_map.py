"""Whether propositions are good value: what customers get against what it costs them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among, degree_of
from valuemix.analysis.certainty.uncertainty import segment_draws, value_draws
from valuemix.analysis.customers.burden import NetValue, net_value
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, comparing, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, change_decimals, decimals_of, gap, number, signed
from valuemix.exhibits.words.moves import Moves
from valuemix.model.scenario import Scenario

__all__ = ["label_column", "value_map"]


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
    found = net_value(scenario)
    table = _table(found, segment, proposition)
    saved = None if baseline is None or baseline.scale != scenario.scale else _saved(baseline)
    before = None if saved is None else _table_or_none(saved, segment, proposition)
    table = _with_baseline(table, before)
    decimals = decimals_of(scenario)
    shown = "segment" if proposition is not None else "proposition"
    name = "" if proposition is None else wording.short_names([table["proposition"].iloc[0]])[0]
    sure = _sureness(found, table, segment, proposition)
    moved = "" if baseline is None else _moved(scenario, baseline, table, shown)
    whose = f"{name}, bubbles by size of segment" if name else wording.population(scenario, segment)
    return Exhibit(
        finding=_finding(found, sure, table, segment, name, decimals) + moved,
        subtitle=f"Value against burden ({wording.scale(scenario)}) by {shown}, {whose}",
        table=table,
        notes=(*_notes(table, baseline, name), *_how_sure(found, sure, table[shown], segment)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,) if baseline is None else (scenario, baseline),
    )


def _saved(baseline: Scenario) -> NetValue | None:
    return None if baseline.burdens is None else net_value(baseline)


def _table_or_none(found: NetValue, segment: str | None, proposition: str | None) -> pd.DataFrame | None:
    names = found.scenario.segment_names, found.scenario.proposition_names
    if (segment is not None and segment not in names[0]) or (
        proposition is not None and proposition not in names[1]
    ):
        return None
    return _table(found, segment, proposition)


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
    renamed = before[[*keys, "burden", "value"]].rename(
        columns={"burden": "baseline_burden", "value": "baseline_value"}
    )
    return table.merge(renamed, how="left", on=keys)


# ---------------------------------------------------------------------- words


def _finding(
    found: NetValue, sure: Certainty, table: pd.DataFrame, segment: str | None, name: str, decimals: int
) -> str:
    known = table[np.isfinite(table["above"])]
    where = f"for {name}" if name else wording.where(segment)
    if not len(known):
        lacking = table["value"].isna() | table["burden"].isna()
        if lacking.all():
            return f"Nothing {where} has both a value and a burden, so nothing can be placed on the map"
        return f"Only burden counts {where}, so no value makes up for it"
    each = "segment" if name else "proposition"
    labels = dict(zip(known.index, wording.short_names(known[each].tolist()), strict=True))
    width = found.scenario.scale.width
    first = known.iloc[0]
    at = f"{number(first['value'], decimals)} at a burden of {number(first['burden'], decimals)}"
    if len(known) == 1:
        only = f"{labels[0]} is the only segment where {name} is" if name else f"{labels[0]} is the only one"
        return f"{only} on the map{'' if name else f' {where}'}: {at}"
    best = known[known["above"] >= first["above"] - TIE * width]
    below = first["above"] < -TIE * width
    if len(best) == len(known):
        every = f"{wording.every(len(known), each)}"
        return (
            f"{name} is equally {'far below fair' if below else 'good'} value in {every[:1].lower()}{every[1:]}"
            if name
            else f"{every} are equally good value {where}"
        )
    if len(best) > 1:
        who = wording.joined([labels[i] for i in best.index])
        return (
            f"{name} is {'least below fair' if below else 'the best'} value in {who}"
            if name
            else f"{who} are the best value {where}"
        )
    far = ahead(abs(first["above"]), 0.0, decimals)
    if below:
        told = f"{name} is good value in no segment: nearest to the fair-value line is {labels[0]}, {far} below it"
    else:
        best_value = f"is {claims.probably(sure)}the best value"
        who = f"{name} {best_value} in {labels[0]}" if name else f"{labels[0]} {best_value} {where}"
        contest = claims.contest(sure, wording.short_names(table[each].tolist()), 2)
        told = f"{who}{contest}: {'' if contest else f'{at}, '}{far} above the fair-value line"
    return told


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


def _how_sure(found: NetValue, sure: Certainty, names: pd.Series[str], segment: str | None) -> list[str]:
    """What the best value rests on; burdens are taken as they are."""
    graded = grounds.graded(
        found.scenario, sure, wording.short_names(names.tolist()), segment, "better value than"
    )
    return [graded] if graded and len(names) > 1 else []


def _moved(scenario: Scenario, baseline: Scenario, table: pd.DataFrame, each: str) -> str:
    """Who moved most against the baseline, where anybody did as figures are shown."""
    rows = table[
        np.isfinite(table["above"]) & table["baseline_value"].notna() & table["baseline_burden"].notna()
    ]
    if len(rows) < 2:
        return ""
    burden = (rows["burden"] - rows["baseline_burden"]).to_numpy(dtype=float)
    value = (rows["value"] - rows["baseline_value"]).to_numpy(dtype=float)
    far = np.hypot(value, burden)
    movers = np.flatnonzero(far >= far.max() - TIE * scenario.scale.width).tolist()
    decimals, first = change_decimals(scenario), rows.iloc[movers[0]]
    shown = {what: gap(first[what], first[f"baseline_{what}"], decimals) for what in ("value", "burden")}
    parts = [f"{what} {signed(change, decimals)}" for what, change in shown.items() if change]
    if not parts:
        return ""
    moves = [
        Moves(baseline, scenario, [name], None if segment == OVERALL else segment)
        for segment, name in zip(rows["segment"], rows["proposition"], strict=True)
    ]
    drawn = [np.hypot(move.changes[0], own) for move, own in zip(moves, burden, strict=True)]
    sure = [comparing.most_sure(np.stack(np.broadcast_arrays(*drawn)), movers, scenario.scale.width)]
    if shown["value"]:
        sure += [moves[p].sign(moves[p].names[0], value[p]) for p in movers]
    labels = wording.short_names(rows[each].tolist())
    who = wording.joined([labels[p] for p in movers])
    adverb = claims.sign_words(degree_of(min(sure)))
    if len(movers) > 1:
        return f"; {who} have {adverb}moved most"
    return f"; {who} has {adverb}moved most, {wording.joined(parts)}"


def _notes(table: pd.DataFrame, baseline: Scenario | None, name: str) -> list[str]:
    line = "the mean of all propositions overall" if name else "the mean"
    notes = [f"fair-value line, through {line}: where more value just makes up for more burden"]
    if table["baseline_value"].notna().any() and baseline is not None:
        notes.append(f"arrows start where {wording.short_names([baseline.name])[0]} has them")
    elif baseline is not None:
        notes.append(f"{wording.short_names([baseline.name])[0]} has nothing to start arrows from")
    lacking = int((table["value"].isna() | table["burden"].isna()).sum())
    if lacking:
        notes.append(f"{wording.count(lacking)} without a value or a burden not shown")
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = [
        f"{label} value {number(value, decimals)} at burden {number(burden, decimals)}"
        for label, value, burden in zip(
            table[label_column(table)], table["value"], table["burden"], strict=True
        )
    ]
    return f"Map of value against burden, best value first. {'; '.join(items)}."


def label_column(table: pd.DataFrame) -> str:
    """What the bubbles stand for: segments where they all show one proposition."""
    return "segment" if table["segment"].iloc[0] != table["segment"].iloc[-1] else "proposition"
