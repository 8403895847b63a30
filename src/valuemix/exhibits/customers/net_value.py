"""What is left of a value once time, worry, effort and money are counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.pairs import pair, rank_moved
from valuemix.model.scenario import Scenario

__all__ = ["net_value"]


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
        finding=_finding(_Leads(found, sure, table, segment, decimals)),
        subtitle=f"Value ({wording.scale(own)}) before and after burden, {wording.population(own, segment)}",
        table=table,
        notes=_notes(found, sure, segment),
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
    pairs = tuple(
        pair(
            name,
            value,
            net,
            decimals,
            remark=rank_moved(*moved),
            role="highlight" if moved[1] == 1 else "muted",
        )
        for (name, value, net), moved in zip(
            records(table, "proposition", "value", "net_value"), ranks, strict=True
        )
    )
    return Dumbbells(pairs, "proposition", ("value", "net"), "rank, change", 10.0 ** (1 - decimals))


LITTLE = "less than 1\u00a0%"
"""Weight of burden that would be printed as none."""


@dataclass(frozen=True)
class _Leads:
    """Who leads net of burden, how sure that is, and who leads without it."""

    found: NetValue
    sure: Certainty
    table: pd.DataFrame
    segment: str | None
    decimals: int

    @cached_property
    def names(self) -> dict[str, str]:
        """Propositions as they are spoken where they lead."""
        called = claims.called(self.found.evaluation, self.segment)
        return dict(zip(self.found.scenario.proposition_names, called, strict=True))

    def first(self, rank: str) -> list[str]:
        """Names of those that lead by one of both ranks."""
        return sorted(self.table.loc[(self.table[rank] == 1).fillna(value=False), "proposition"].tolist())

    def said(self, since: str = "") -> str:
        """Start of a sentence about who leads net of burden, and at which value."""
        who = wording.joined([self.names[name] for name in self.first("rank")])
        lead = claims.lead_first(self.sure, who, self.segment, since, inside=True)
        return f"{lead} at {self.net(self.first('rank')[0])}"

    def net(self, name: str) -> str:
        """Net value of a proposition as it is printed."""
        return number(float(self.table.set_index("proposition")["net_value"][name]), self.decimals)

    @property
    def contest(self) -> str:
        """With whom the lead is too close to call."""
        return claims.contest(self.sure, wording.short_names(self.found.scenario.proposition_names), 2)


# ---------------------------------------------------------------------- words


def _finding(lead: _Leads) -> str:
    where, weight = wording.where(lead.segment), lead.found.burden_share(lead.segment)
    led = lead.first("rank")
    if not led:
        return wording.no_value(where)
    who, best = wording.joined([lead.names[name] for name in led]), lead.net(led[0])
    if not weight:
        sure = certainty(lead.found.scenario, lead.segment)
        leads = (
            claims.lead_verb([sure.degree])
            if len(led) == 1
            else claims.tie(lead.found.scenario, lead.segment)
        )
        told = f"{who} {leads} at {best}{claims.close(sure)}"
        return f"Burden has no weight {where}, so net values are the values: {told}"
    burden = f"With burden at {share(weight) if round(100 * weight) else LITTLE} of the weight"
    if len(lead.names) == 1:
        value = number(float(lead.table["value"].iloc[0]), lead.decimals)
        return f"{burden} the value of {who}, the only proposition, goes from {value} to {best}"
    before = certainty(lead.found.scenario, lead.segment)
    told = _stays(lead, before) if led == lead.first("rank_before") else _passes(lead, before)
    return f"{burden} {told}"


def _stays(lead: _Leads, before: Certainty) -> str:
    """The same lead as without burden, and what is surer of it."""
    if claims.close(before) and lead.sure.degree != "open":
        return f"{lead.said()}, which is too close to call without it"
    return f"{lead.said('still')}{lead.contest or _margin(lead)}"


def _passes(lead: _Leads, before: Certainty) -> str:
    """Another lead than without burden; that it passes is no surer than either lead."""
    led, former = lead.first("rank"), lead.first("rank_before")
    gone = [name for name in former if name not in led]
    if not gone:
        return lead.said("now")
    if lead.contest or claims.close(before):
        verb = (
            claims.tie(lead.found.scenario, lead.segment)
            if len(former) > 1
            else claims.lead_verb([before.degree]) + claims.close(before)
        )
        return f"{lead.said()}{lead.contest}; without it {wording.joined([lead.names[n] for n in former])} {verb}"
    left = f", which is left with {lead.net(gone[0])}" if len(gone) == 1 else ""
    beside = "with " if len(gone) < len(former) else ""
    other = wording.joined([lead.names[name] for name in gone])
    return f"{lead.said()}, {claims.probably(before)}no longer {beside}{other}{left}"


def _margin(lead: _Leads) -> str:
    others = lead.table[(lead.table["rank"] > 1).fillna(value=False)]
    if others.empty:
        return ""
    seconds = [lead.names[n] for n in others.loc[others["rank"] == others["rank"].min(), "proposition"]]
    best, second = lead.table["net_value"].iloc[0], others["net_value"].iloc[0]
    return f", {ahead(best, second, lead.decimals)} ahead of {wording.joined(seconds)}"


def _notes(found: NetValue, sure: Certainty, segment: str | None) -> tuple[str, ...]:
    weights, names = found.scenario.burden_shares, wording.short_names(found.scenario.proposition_names)
    missing = found.missing if segment is None else found.missing[found.scenario.segment_index(segment)]
    graded = grounds.graded(found.scenario, sure, names, segment)
    equal = np.ptp(found.scenario.burden_means.weights) == 0
    return (
        f"burden: {'' if equal else 'weighted '}mean of time, worry, effort and money; it weighs like one more "
        "discipline",
        "the weight of burden differs between segments and is their mean by size"
        if segment is None and weights.max() > weights.min()
        else "",
        "where no burden is given the net value is the value" if missing.any() else "",
        graded and f"net of burden {graded}",
    )


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = [
        f"{name} {number(value, decimals)} before, {number(net, decimals)} after"
        for name, value, net in records(table, "proposition", "value", "net_value")
        if not np.isnan(net)
    ]
    return f"Dumbbells of value before and after burden. {'; '.join(items) or 'No values'}."
