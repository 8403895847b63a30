"""Why the value of one proposition moves from one scenario to another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.analysis.bridges import PARTS
from valuemix.analysis.compare import Comparison
from valuemix.analysis.scoring import TIE
from valuemix.errors import UnknownName
from valuemix.exhibits import comparing, wording
from valuemix.exhibits.bridge_figure import draw
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import apportioned, gap, number, signed
from valuemix.model.names import name_key

__all__ = ["bridge"]

FloatArray = NDArray[np.float64]


def bridge(comparison: Comparison, proposition: str, other: str | None = None) -> Exhibit:
    """Change of an overall value from the baseline, split over what changed.

    Parameters
    ----------
    comparison : Comparison
    proposition : str
        Name of the proposition.
    other : str, optional
        Name of the scenario that the baseline is compared with; the first other one where it is None.

    Returns
    -------
    Exhibit
        With one row a step: proposition, step, start, end, change. The first and the last step are the
        values in both scenarios, those between are the parts, which sum to the change; NaN where there
        is nothing to split.

    Raises
    ------
    UnknownName
        Where no scenario has the proposition, or the other scenario is not compared.

    Examples
    --------
    >>> from valuemix.analysis.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> both = compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))
    >>> bridge(both, "Express").finding
    'Express loses 3.6 from Base case to Purpose-led, all of it by the weights'
    """
    keys = [name_key(name) for name in comparison.propositions]
    if name_key(proposition) not in keys:
        raise UnknownName("proposition", proposition, comparison.propositions)
    p, k = keys.index(name_key(proposition)), comparing.other_place(comparison, other) or 0
    values = comparison.values()[[0, k], p]
    parts = comparison.bridge_parts(k)[:, p]
    decimals = comparing.decimals(comparison)
    names = [comparison.names[0], comparison.names[k]]
    return Exhibit(
        key="bridge",
        finding=_finding(comparison, p, k, values, parts, decimals),
        subtitle=f"Overall value ({wording.scale(comparison.baseline)}) of "
        f"{comparing.proposition_words(comparison)[p]} and what moves it",
        table=_table(comparison.propositions[p], names, values, parts),
        source=comparing.source(comparison, list(dict.fromkeys([0, k]))),
        notes=tuple(_notes(comparison, k, parts)),
        alt=_alt(comparison.propositions[p], names, values, parts, decimals),
        decimals=decimals,
        scenarios=tuple(comparison.scenarios[i] for i in dict.fromkeys((0, k))),
        draw=draw,
    )


def _table(proposition: str, names: Sequence[str], values: FloatArray, parts: FloatArray) -> pd.DataFrame:
    ends = values[0] + np.cumsum(parts)
    # Rounding aside the last part ends where the other scenario's value stands.
    starts = np.concatenate([[values[0]], ends[:-1]])
    return pd.DataFrame(
        {
            "proposition": proposition,
            "step": [names[0], *PARTS, names[1]],
            "start": [0.0, *starts, 0.0],
            "end": [values[0], *ends, values[1]],
            "change": [np.nan, *parts, np.nan],
        }
    )


# ---------------------------------------------------------------------- words


def _finding(
    comparison: Comparison, p: int, k: int, values: FloatArray, parts: FloatArray, decimals: int
) -> str:
    words, name = comparing.scenario_words(comparison), comparing.proposition_words(comparison)[p]
    if k == 0:
        return f"{words[0]} is compared with itself, so nothing moves {name}"
    lacking = [
        words[i]
        for i in (0, k)
        if comparison.propositions[p] not in comparison.scenarios[i].proposition_names
    ]
    if lacking:
        return f"{name} is not in {wording.joined(lacking)}, so there is no change to explain"
    without = [words[i] for i, value in zip((0, k), values, strict=True) if np.isnan(value)]
    if without:
        return f"{name} has no value in {wording.joined(without)}, so there is no change to explain"
    if not comparison.same_scale[k]:
        return f"The change of {name} cannot be told: {words[k]} has another scale than {words[0]}"
    way = f"from {words[0]} to {words[k]}"
    moved = gap(values[1], values[0], decimals)
    verb = "gains" if moved > 0 else "loses"
    stays = f"{name} stays at {number(values[1], decimals)} {way}"
    head = f"{name} {verb} {number(abs(moved), decimals)} {way}" if moved else stays
    if np.isnan(parts).any():
        return f"{head}; with scores missing the change cannot be split"
    if (abs(parts) <= TIE * comparison.baseline.scale.width).all():
        return f"{head}: nothing that moves it differs"
    return head + _reason(moved, parts, decimals)


def _reason(moved: float, parts: FloatArray, decimals: int) -> str:
    """What moved it, the largest part first, then what worked against that."""
    shown = dict(zip(PARTS, apportioned(parts, moved, decimals), strict=True))
    moving = sorted((part for part in PARTS if shown[part]), key=lambda part: -abs(shown[part]))
    if not moving:
        least = number(10.0**-decimals, decimals)
        return f": no part of what moves it is {least} or more" if moved == 0 else ""
    if len(moving) == 1 and shown[moving[0]] == moved:
        others = [abs(value) for part, value in zip(PARTS, parts, strict=True) if part != moving[0]]
        return f", {'all of it' if max(others) <= TIE else 'mostly'} by the {moving[0]}"
    up, down = ([part for part in moving if (shown[part] > 0) == side] for side in (True, False))
    groups = [("add", up), ("take", down)] if moved >= 0 else [("take", down), ("add", up)]
    return ": " + ", ".join(_together(verb, group, shown, decimals) for verb, group in groups if group)


def _together(verb: str, group: Sequence[str], shown: dict[str, float], decimals: int) -> str:
    """Parts that work one way: "weights add 0.9 and sizes 0.2"."""
    amounts = [number(abs(shown[part]), decimals) for part in group]
    first = f"{group[0]} {verb} {amounts[0]}"
    others = [f"{part} {amount}" for part, amount in zip(group[1:], amounts[1:], strict=True)]
    return wording.joined([first, *others], 4)


def _notes(comparison: Comparison, k: int, parts: FloatArray) -> list[str]:
    if np.isnan(parts).all():
        return []
    notes = ["each part is its mean effect over all orders in which the four can change"]
    return [*notes, *_one_sided(comparison, k)]


def _one_sided(comparison: Comparison, k: int) -> list[str]:
    """Where segments and disciplines of one of the two scenarios count."""
    pair = {comparison.names[0], comparison.names[k]}
    notes = []
    for kind, part in (("segment", "sizes"), ("discipline", "weights")):
        found = [u.name for u in comparison.unshared if u.kind == kind and len(pair & {*u.scenarios}) == 1]
        if found:
            names = wording.joined(wording.short_names(found))
            verb = "counts" if len(found) == 1 else "count"
            notes.append(f"{names}, in one of the two only, {verb} among the {part}")
    return notes


def _alt(proposition: str, names: Sequence[str], values: FloatArray, parts: FloatArray, decimals: int) -> str:
    shown = apportioned(parts, gap(values[1], values[0], decimals), decimals)
    steps = ", ".join(f"{part} {signed(v, decimals)}" for part, v in zip(PARTS, shown, strict=True) if v == v)
    first, last = (comparing.figure_or_none(v, decimals) for v in values)
    return f"Waterfall of {proposition}: {names[0]} {first}; {steps or 'no parts'}; {names[1]} {last}."
