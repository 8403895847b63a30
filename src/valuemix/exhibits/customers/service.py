"""Who serves whom, and what those who are served lose where those who serve are not served well."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty_among, degree_of
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.customers.service import Service
from valuemix.analysis.customers.service import service as service_of
from valuemix.analysis.value.scoring import TIE, Evaluation
from valuemix.charts.dumbbells import Dumbbells
from valuemix.errors import NothingToShow
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, how_often, number, rounded, share
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.pairs import pair
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["service"]

SHOWN = 12
"""Rows that a chart shows at most."""

NAME = 12.0
"""Room for the name of a segment, in font sizes."""


@exhibit_kind(
    "Who serves whom",
    "Customer view",
    ("proposition",),
    "A link of strength k allows at most 1 − k × (1 − u) in the segment that is served, u being the "
    "value from 0 to 1 that those who serve receive; the lowest limit counts, and limits pass on "
    "(Heskett and others, 1994).",
)
def service(scenario: Scenario | Evaluation, *, proposition: str | None = None) -> Exhibit:
    """Every link between those who serve and those who are served, the weakest first.

    Parameters
    ----------
    scenario : Scenario or Evaluation
        With links.
    proposition : str, optional
        Name of the proposition that is followed; the mean over all of them where it is None.

    Returns
    -------
    Exhibit
        With one row a link: served_by, segment, strength_share, size_share (of the segment), server_value
        (what those who serve receive), felt, limited (what can last: the felt value, or the limit where a
        link sets a lower one), lost (through this link), overall_lost (by the size of the segment), limits
        (for how many propositions it binds, of those `valued`), binding_share (of the cases held possible,
        every valued proposition in every case, in which it binds), binding_lost (what it takes
        where it does; missing where it never does), weakest.

    Raises
    ------
    EditError
        Where there are no links; the message names the sheet to fill in.
    NothingToShow
        Where no link limits anything today.
    UnknownName
        Where there is no such proposition.

    Examples
    --------
    >>> from valuemix.model.parts import Link
    >>> base = Scenario.from_arrays([[[4, 4]], [[9, 9]]], segments=["Crew", "Guests"], propositions=["Express"])
    >>> linked = base.replace(links=[Link(from_segment="Crew", to_segment="Guests", strength=0.5)])
    >>> service(linked).finding
    'Crew, served at 4.0, limits Guests: of the 9.0 that Express is worth there 7.0 can last; so in ...'
    """
    found = service_of(scenario)
    own = found.scenario
    place = None if proposition is None else own.proposition_index(proposition)
    table = _table(found, place)
    if not table["overall_lost"].any():
        raise NothingToShow(_binds_nowhere(found, table, place))
    decimals = decimals_of(own)
    name = "" if place is None else wording.short_names([own.proposition_names[place]])[0]
    whose, count = name or own.proposition_names[0], len(own.propositions)
    if count > 1 and not name:
        whose = f"mean over {wording.count(count, 'proposition')}"
    return Exhibit(
        finding=_finding(found, table, place, decimals),
        subtitle=f"Value ({wording.scale(own)}) as it is and as it can last, by who serves whom, {whose}",
        table=table,
        notes=(
            f"{len(table) - SHOWN} more links not shown" if len(table) > SHOWN else "",
            _how_often(found, table.iloc[0], name, decimals),
            "in brackets: the value that those who serve receive, at a strength of 100\u00a0% the limit; "
            "a value below the limit stays as it is",
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(own,),
        chart=_chart(table.head(SHOWN), decimals),
    )


def _chart(table: pd.DataFrame, decimals: int) -> Dumbbells:
    """From the felt value to what each link lets last; the weakest as a loss."""
    cut = wording.shortened([*dict.fromkeys([*table["served_by"], *table["segment"]])], NAME)
    pairs = (
        pair(
            f"{cut[row['served_by']]} ({number(row['server_value'], decimals)}) →\n{cut[row['segment']]}",
            row["felt"], row["limited"], decimals,
            remark=share(row["strength_share"]), role="loss" if row["weakest"] else "muted",
        )
        for row in table.to_dict("records")
    )  # fmt: skip
    return Dumbbells(tuple(pairs), "link", ("value", "can last"), "strength, lost", 10.0 ** (1 - decimals))


def _table(found: Service, place: int | None) -> pd.DataFrame:
    names = found.scenario.segment_names
    count = len(found.scenario.propositions)
    own = np.ones(count, dtype=bool) if place is None else np.arange(count) == place
    rows = []
    for cost in found.costs:
        server, served = names.index(cost.link.from_segment), names.index(cost.link.to_segment)
        felt = np.asarray(found.evaluation.values)[served]
        lost = _of(np.where(np.isnan(felt), np.nan, np.array(cost.costs)), place)
        rows.append(
            {
                "served_by": names[server],
                "segment": names[served],
                "strength_share": cost.link.strength,
                "size_share": cost.size_share,
                "server_value": _of(found.limited[server], place),
                "felt": _of(felt, place),
                "limited": _of(felt, place) - lost,
                "lost": lost,
                "overall_lost": 0.0 if np.isnan(lost) else lost * cost.size_share,
                "limits": int((np.array(cost.costs)[own] > TIE * found.scenario.scale.width).sum()),
                "valued": int((~np.isnan(felt[own])).sum()),
                **_within_doubt(found, found.scenario.links.index(cost.link), own & ~np.isnan(felt)),
            }
        )
    table = pd.DataFrame(rows).sort_values("overall_lost", ascending=False, kind="stable", ignore_index=True)
    most, least = float(table["overall_lost"].iloc[0]), TIE * found.scenario.scale.width
    return table.assign(weakest=(table["overall_lost"] >= most - least) & (most > least))


def _within_doubt(found: Service, link: int, valued: BoolArray) -> dict[str, float]:
    """How often a link binds within doubt, and what it takes where it does."""
    taken = found.cost_draws[link][valued]
    binds = taken > 0
    return {
        "binding_share": float(binds.mean()) if binds.size else 0.0,
        "binding_lost": float(taken[binds].mean()) if binds.any() else float("nan"),
    }


def _of(values: np.ndarray, place: int | None) -> float:
    """Value of one proposition, or the mean over all that have one."""
    if place is not None:
        return float(values[place])
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


# ---------------------------------------------------------------------- words


def _binds_nowhere(found: Service, table: pd.DataFrame, place: int | None) -> str:
    """That no link limits anything today, as sure as that is."""
    of = "" if place is None else f" of {found.scenario.proposition_names[place]}"
    if table["felt"].isna().all():
        return f"no segment that is served has a value{of}, so no link limits anything"
    # Share of the cases held possible in which any link takes anything.
    own = slice(None) if place is None else [place]
    somewhere = float((found.cost_draws[:, own] > 0).any(axis=(0, 1)).mean())
    degree = degree_of(1 - somewhere)
    limited = f"value{of} is limited by who serves whom"
    none = f"{claims.sign_words(degree)}no {limited}"
    if degree == "open":
        none = f"whether any {limited} is too close to call"
    links = wording.some_of(len(table), len(table), "link")
    allow = "allows" if len(table) == 1 else "allow"
    told = f"{none}: {links} {allow} as much as is felt today, or more"
    if degree == "clear":
        return told
    often = f"one is limited in {how_often(somewhere)} of the cases held possible"
    return f"{told}; {often}, {grounds.taken(found.scenario)}"


def _how_often(found: Service, first: pd.Series[Any], name: str, decimals: int) -> str:
    """What is counted as a case, and how much the weakest link takes where it binds."""
    if not in_doubt(found.scenario) or not first["binding_share"]:
        return ""
    each = "" if name else "every proposition there is a case of its own; "
    lost, taken = _amount(first["binding_lost"], decimals), grounds.taken(found.scenario)
    return f"{each}where the limit binds it takes {lost}, {taken}"


def _amount(lost: float, decimals: int) -> str:
    shown = number(lost, decimals)
    return shown if rounded(lost, decimals) else f"less than {number(10.0**-decimals, decimals)}"


def _most(found: Service, place: int | None) -> tuple[str, str]:
    """Whether the first link takes most, as sure as it is; nothing where it is open, or there is one alone."""
    own = slice(None) if place is None else [place]
    links = [found.scenario.links.index(cost.link) for cost in found.costs]
    sizes = np.array([cost.size_share for cost in found.costs])
    today = sizes * np.array([np.array(cost.costs)[own].mean() for cost in found.costs])
    drawn = sizes[:, None] * found.cost_draws[links][:, own].mean(axis=1)
    sure = certainty_among(today, drawn, found.scenario.scale.width)
    return ("", "") if len(sizes) == 1 or sure.degree == "open" else (claims.probably(sure), " most")


def _finding(found: Service, table: pd.DataFrame, place: int | None, decimals: int) -> str:
    words = wording.shortened([*dict.fromkeys([*table["served_by"], *table["segment"]])])
    weakest = table[table["weakest"]]
    if len(weakest) > 1:
        pairs = [f"from {words[a]} to {words[b]}" for a, b in records(weakest, "served_by", "segment")]
        return f"{wording.count(len(weakest)).capitalize()} links are equally weak: {wording.joined(pairs)}"
    first = weakest.iloc[0]
    often = (
        f"; so in {share(first['binding_share'])} of the cases held possible"
        if in_doubt(found.scenario)
        else ""
    )
    probably, most = _most(found, place)
    server = f"{words[first['served_by']]}, served at {number(first['server_value'], decimals)}"
    start = f"{server}, {probably}limits {words[first['segment']]}{most}"
    if place is not None or len(found.scenario.propositions) == 1:
        name = claims.called(found.evaluation, str(first["segment"]))[place or 0]
        felt, limited = (number(first[column], decimals) for column in ("felt", "limited"))
        return f"{start}: of the {felt} that {name} is worth there {limited} can last{often}"
    places = wording.some_of(int(first["limits"]), int(first["valued"]), "proposition")
    return f"{start}: for {places}, by {_amount(first['lost'], decimals)} on average{often}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = [
        f"{row['served_by']} to {row['segment']}, strength {share(row['strength_share'])}: receives "
        f"{number(row['server_value'], decimals)}, value {number(row['felt'], decimals)}, "
        f"can last {number(row['limited'], decimals)}, lost {number(row['lost'], decimals)}"
        for row in table.to_dict("records")
    ]
    return f"Table of links, the weakest first. {'; '.join(items)}."
