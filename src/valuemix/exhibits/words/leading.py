"""Lines of value from an exhibit's table, with their leader, and what is told where it changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pandas as pd

from valuemix.charts.lines import Crossing, Line, Lines, own_colors
from valuemix.exhibits.words.formats import share, share_decimals
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["lines", "way_lines"]

HERE = 1e-9
"""A crossover no further than this from today is told as today."""


def way_lines(
    table: pd.DataFrame, ends: tuple[str, str], decimals: int, scenario: Scenario, disciplines: int = 0
) -> Lines:
    """Chart of the values along a way between two ends of these names."""
    between = pairwise([0.0, *_crossings(table, "way_share"), 1.0])
    text = partial(share, decimals=share_decimals(between))
    title = "0\u00a0%: {}, 100\u00a0%: {}"
    return lines(table, "way_share", text, title, ends, decimals, scenario, disciplines=disciplines)


def lines(
    table: pd.DataFrame,
    along: str,
    text: Callable[[float], str],
    title: str,
    named: Sequence[str],
    decimals: int,
    scenario: Scenario,
    today: float = math.nan,
    since: str = "today",
    *,
    disciplines: int = 0,
) -> Lines:
    """Chart of the values in a table.

    Parameters
    ----------
    table : DataFrame
        With one row a proposition and place: proposition, the share, value, leads, crossover.
    along : str
        Column of the share.
    text : callable
        How a share is printed.
    title : str
        Of the shares, with a pair of braces for each of the names in it.
    named : sequence of str
        These names.
    decimals : int
        Of the values.
    scenario : Scenario
        Whose propositions have a colour each, the same on every chart.
    today : float
        Share of today; NaN where there is none.
    since : str
        As of when that is.
    disciplines : int
        How many have a colour of their own, which no line takes, where that is more than the scenario's.
    """
    names = table["proposition"].drop_duplicates().tolist()
    shape = (len(names), -1) if names else (0, 0)
    places, values, leads = (
        table[column].to_numpy(dtype=kind).reshape(shape)
        for column, kind in ((along, float), ("value", float), ("leads", bool))
    )
    stretches = leads[:, 1:] & leads[:, :-1]
    colors = _colors(names, stretches, scenario, disciplines)
    drawn = [
        Line(
            name,
            tuple(values[p].tolist()),
            tuple(leads[p].tolist()),
            colors.get(name),
            bool((stretches[:p] & stretches[p]).any()),
        )
        for p, name in enumerate(names)
    ]
    shares = tuple(places[0].tolist()) if names else ()
    crossings = [
        Crossing(
            at,
            "" if abs(at - today) <= HERE else text(at),
            _passes(text(at), names, stretches, shares.index(at)),
        )
        for at in _crossings(table, along)
    ]
    said = "" if math.isnan(today) else f"{since} {text(today)}"
    kept = drawn if any(line.known for line in drawn) else []
    ends = scenario.scale.lowest, scenario.scale.highest
    return Lines(
        shares, tuple(kept), tuple(crossings), title, tuple(named), 10.0**-decimals, ends, today, said
    )


def _colors(names: list[str], led: BoolArray, scenario: Scenario, disciplines: int) -> dict[str, int]:
    """Colours of those that lead somewhere, by name."""
    place = {name: p for p, name in enumerate(scenario.proposition_names)}
    leaders = {name: place.get(name, p) for p, name in enumerate(names) if led[p].any()}
    found = own_colors([*leaders.values()], max(disciplines, len(scenario.disciplines)))
    return {name: found[at] for name, at in leaders.items()}


def _crossings(table: pd.DataFrame, along: str) -> list[float]:
    """Shares at which the leader changes, from left to right."""
    return sorted({float(at) for at in table.loc[table["crossover"].astype(bool), along]})


def _passes(text: str, names: Sequence[str], stretches: BoolArray, place: int) -> str:
    """From whom to whom the lead passes at a place: those that lead on the stretches before and after."""
    before, after = (
        ", ".join(name for name, on in zip(names, stretches[:, i], strict=True) if on) or "nothing"
        for i in (max(place - 1, 0), min(place, stretches.shape[1] - 1))
    )
    return f"{text}: {before}, then {after}"
