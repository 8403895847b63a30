"""What is left of a value once time, worry, effort and money are counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty, certainty_among
from valuemix.analysis.customers.burden import NetValue
from valuemix.analysis.customers.burden import net_value as net_value_of
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.dumbbells import Dumbbells
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, number, share
from valuemix.exhibits.words.pairs import pair, rank_moved
from valuemix.model.scenario import Scenario

__all__ = ["net_value"]

_OPEN_WITHOUT = "too close to call without it"


@exhibit_kind(
    "Value after burden",
    "Customer view",
    ("segment",),
    formulas.BURDEN,
)
def net_value(scenario: Scenario | Evaluation, segment: str | None = None) -> Exhibit:
    """Values before and after burden, the best net value first.

    Parameters
    ----------
    scenario : Scenario or Evaluation
        With a table of burdens.
    segment : str, optional
        Name of the segment; overall where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition: segment, proposition, burden, value, net_value, rank_before, rank.

    Raises
    ------
    EditError
        Where there are no burdens; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 6], [6, 5]], propositions=["Express", "Green line"])
    >>> light = base.with_table("burdens", [[[9, 7, None, None], [1, 3, 2, 2]]])
    >>> heavy = light.replace(segments=[light.segments[0].model_copy(update={"burden": 50.0})])
    >>> print(net_value(heavy).finding.replace("\\xa0", " "))
    With burden at 50 % of the weight Green line leads overall at 6.8, no longer Express,
    which is left with 4.5
    """
    found = net_value_of(scenario)
    own = found.scenario
    table = _table(found, segment)
    decimals = decimals_of(own)
    today = found.overall if segment is None else found.net[own.segment_index(segment)]
    sure = certainty_among(today, found.draws(segment), own.scale.width)
    return Exhibit(
        finding=_finding(found, sure, table, segment, decimals),
        subtitle=f"Value ({wording.scale(own)}) before and after burden, {wording.population(own, segment)}",
        table=table,
        notes=tuple(_notes(found, sure, segment)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(own,),
        chart=_chart(table, decimals),
    )


def _table(found: NetValue, segment: str | None) -> pd.DataFrame:
    rows = found.to_frame()
    count = len(found.scenario.propositions)
    g = len(found.scenario.segments) if segment is None else found.scenario.segment_index(segment)
    own = rows.iloc[g * count : (g + 1) * count].reset_index(drop=True)
    before = found.evaluation.ranks_in(segment)
    own["rank_before"] = pd.arrays.IntegerArray(before, mask=before == 0)
    own = own[["segment", "proposition", "burden", "value", "net_value", "rank_before", "rank"]]
    return own.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def _chart(table: pd.DataFrame, decimals: int) -> Dumbbells:
    """From the value to what is left of it; who leads then is highlighted."""
    ranks = table[["rank_before", "rank"]].fillna(0).astype(int).to_numpy().tolist()
    rows = zip(table["proposition"], table["value"], table["net_value"], ranks, strict=True)
    pairs = (
        pair(
            name, value, net, decimals, remark=rank_moved(*moved), role="highlight" if moved[1] == 1 else "muted"
        )
        for name, value, net, moved in rows
    )  # fmt: skip
    return Dumbbells(tuple(pairs), "proposition", ("value", "net"), "rank, change", 10.0 ** (1 - decimals))


def _net_lead_pairs(table: pd.DataFrame) -> list[tuple[float, float]]:
    others = table[(table["rank"] > 1).fillna(value=False)]
    return (
        [(float(table["net_value"].iloc[0]), float(others["net_value"].iloc[0]))]
        if len(others) and table["rank"].iloc[0] == 1
        else []
    )


# ---------------------------------------------------------------------- words


def _finding(
    found: NetValue, sure: Certainty, table: pd.DataFrame, segment: str | None, decimals: int
) -> str:
    names = dict(
        zip(
            found.scenario.proposition_names,
            claims.called(found.evaluation, segment),
            strict=True,
        )
    )
    where, weight = wording.where(segment), found.burden_share(segment)
    led = _leaders(table, "rank")
    former = _leaders(table, "rank_before")
    if not led:
        return wording.no_value(where)
    who, best = wording.joined([names[n] for n in led]), number(_net(table, led[0]), decimals)
    if not weight:
        return f"Burden has no weight {where}, so net values are the values: {who} {_leads(led)} at {best}"
    burden = f"With burden at {_weight(weight)} of the weight"
    if len(names) == 1:
        value = number(float(table["value"].iloc[0]), decimals)
        return f"{burden} the value of {who}, the only proposition, goes from {value} to {best}"
    contest = claims.contest(sure, wording.short_names(found.scenario.proposition_names), 2)
    before = certainty(found.scenario, segment)
    if led == former:
        told = f"{who} still share the lead {where}"
        if len(led) == 1:
            told = claims.leads(sure, who, segment, "still")
            if before.degree == "open" != sure.degree:
                return f"{burden} {claims.leads(sure, who, segment)} at {best}, which is {_OPEN_WITHOUT}"
        return f"{burden} {told} at {best}{contest or _margin(table, names, decimals)}"
    gone = [n for n in former if n not in led]
    if not gone:
        return f"{burden} {who} now share the lead {where} at {best}"
    told = claims.leads(sure, who, segment) if len(led) == 1 else f"{who} share the lead {where}"
    if contest or (before.degree == "open" and len(former) == 1):
        # That the lead passes is no surer than either lead.
        told = f"{burden} {told} at {best}{contest}; without it"
        first = wording.joined([names[n] for n in former])
        if len(former) > 1:
            return f"{told} {first} share the lead"
        close = ", too close to call" if before.degree == "open" else ""
        return f"{told} {first} {claims.lead_verb([before.degree])}{close}"
    beside = "with " if set(led) & set(former) else ""
    left = f", which is left with {number(_net(table, gone[0]), decimals)}" if len(gone) == 1 else ""
    other, probably = wording.joined([names[n] for n in gone]), claims.probably(before)
    return f"{burden} {told} at {best}, {probably}no longer {beside}{other}{left}"


def _leaders(table: pd.DataFrame, column: str) -> list[str]:
    return sorted(table.loc[(table[column] == 1).fillna(value=False), "proposition"].tolist())


def _net(table: pd.DataFrame, name: str) -> float:
    return float(table.loc[table["proposition"] == name, "net_value"].iloc[0])


def _leads(led: list[str]) -> str:
    return "leads" if len(led) == 1 else "share the lead"


def _weight(weight: float) -> str:
    return share(weight) if round(100 * weight) else "less than 1\u00a0%"


def _margin(table: pd.DataFrame, names: dict[str, str], decimals: int) -> str:
    pairs = _net_lead_pairs(table)
    if not pairs:
        return ""
    seconds = table.loc[(table["rank"] == table["rank"][table["rank"] > 1].min()).fillna(value=False)]
    others = wording.joined([names[n] for n in seconds["proposition"]])
    return f", {ahead(*pairs[0], decimals)} ahead of {others}"


def _notes(found: NetValue, sure: Certainty, segment: str | None) -> list[str]:
    notes = ["burden: mean of time, worry, effort and money; it weighs like one more discipline"]
    weights = found.scenario.burden_shares
    if segment is None and weights.max() > weights.min():
        notes.append("the weight of burden differs between segments and is their mean by size")
    missing = found.missing.any() if segment is None else found.missing[_place(found, segment)].any()
    if missing:
        notes.append("where no burden is given the net value is the value")
    names = wording.short_names(found.scenario.proposition_names)
    graded = grounds.graded(found.scenario, sure, names, segment) if len(names) > 1 else ""
    return [*notes, *([f"net of burden {graded}"] if graded else [])]


def _place(found: NetValue, segment: str) -> int:
    return found.scenario.segment_index(segment)


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = [
        f"{name} {number(value, decimals)} before, {number(net, decimals)} after"
        for name, value, net in zip(table["proposition"], table["value"], table["net_value"], strict=True)
        if not np.isnan(net)
    ]
    return f"Dumbbells of value before and after burden. {'; '.join(items) or 'No values'}."
