"""Who leads on the way from the baseline to another scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty, certainty_among
from valuemix.analysis.certainty.uncertainty import value_draws
from valuemix.analysis.compare.changes import common_draws
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.compare.joined import union
from valuemix.analysis.compare.path import Path
from valuemix.analysis.value.case import leaders_of
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.tradeoffs.switches import SAME
from valuemix.exhibits.words import claims, comparing, formulas, wording
from valuemix.exhibits.words.formats import number, share, share_decimals
from valuemix.exhibits.words.leading import way_lines
from valuemix.model.parts import Scale
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["alone", "between", "lines_of", "path"]

COLUMNS = ["proposition", "way_share", "value", "leads", "crossover", "start", "end"]


@exhibit_kind(
    "The way between two scenarios",
    "Compare",
    ("scenarios", "other"),
    formulas.COMPARED + " Weights, sizes and scores are mixed, (1 − t) of one scenario and t of the other.",
    compares=True,
)
def path(comparison: Comparison, *, other: str | None = None) -> Exhibit:
    """Overall values as the baseline turns into another scenario, with every change of the leader.

    Parameters
    ----------
    comparison : Comparison
    other : str, optional
        Name of the scenario at the end of the way; the first other one where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition that both have and share of the way: proposition, way_share, value,
        leads, crossover (of the leader), start and end (names of the scenarios). Without rows where
        there is no way.

    Raises
    ------
    UnknownName
        Where the other scenario is not compared.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> both = compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))
    >>> print(path(both).finding.replace("\\xa0", " "))
    On the way from Base case to Purpose-led the lead passes from Express to Green line at 62 %
    """
    k = comparing.other_place(comparison, other) or 0
    names = (comparison.names[0], comparison.names[k])
    found = comparison.path(*names) if comparison.same_scale[k] and k else None
    empty = pd.DataFrame({column: [] for column in COLUMNS})
    table = empty if found is None else lines_of(found, names, comparison.baseline.scale)
    decimals = comparing.value_decimals(comparison)
    words = comparing.scenario_words(comparison)
    return Exhibit(
        finding=_finding(comparison, k, found),
        subtitle=f"Overall value ({wording.scale(comparison.baseline)}) as {_mixed(comparison, k)} go from "
        f"{words[0]} to {words[k]}; thick line: the leader"
        if found
        else "There is nothing to draw",
        table=table,
        source=comparing.source(comparison, comparing.both(k)),
        notes=tuple(_notes(comparison, k, found)),
        alt=_alt(found, names, table, decimals, _leads(comparison, k, found)[:2] if found else []),
        decimals=decimals,
        scenarios=tuple(comparison.scenarios[i] for i in comparing.both(k)),
        chart=way_lines(
            table,
            names,
            decimals,
            comparison.scenarios[0],
            max(len(own.disciplines) for own in comparison.scenarios),
        ),
    )


def _mixed(comparison: Comparison, k: int) -> str:
    """What is mixed: weights and sizes, and what else differs."""
    parts = ["weights", "sizes"]
    shared, before, after = comparison.pair(0, k)
    if shared and not np.array_equal(before.scores, after.scores, equal_nan=True):
        parts.append("scores")
    if (before.rho, before.eps) != (after.rho, after.eps):
        parts.append("settings")
    return wording.joined(parts, 4)


def lines_of(found: Path, names: tuple[str, str], scale: Scale) -> pd.DataFrame:
    """Lines of all propositions along a way between two ends of these names, best at the start first."""
    crossing = np.array([piece.from_share for piece in found.pieces[1:]])
    shares = np.union1d(found.shares, crossing)
    shares = shares[np.diff(shares, prepend=-1.0) > SAME]
    values = np.stack([np.interp(shares, found.shares, line) for line in found.values.T])  # noqa: PD011
    leads = leaders_of(values.T).T
    for piece in found.pieces:
        inside = (shares >= piece.from_share - SAME) & (shares <= piece.to_share + SAME)
        leads[:, inside] |= np.isin(np.arange(len(leads)), piece.leaders)[:, None]
    order = np.argsort(-np.nan_to_num(values[:, 0], nan=-1.0), kind="stable")
    count, points = len(order), len(shares)
    return pd.DataFrame(
        {
            "proposition": [found.propositions[p] for p in order for _ in range(points)],
            "way_share": np.tile(shares, count),
            "value": (scale.lowest + scale.width * values[order]).ravel(),
            "leads": leads[order].ravel(),
            "crossover": np.tile(_among(shares, crossing), count),
            "start": names[0],
            "end": names[1],
        }
    )


def _among(shares: FloatArray, some: FloatArray) -> BoolArray:
    return np.asarray((abs(shares[:, None] - some[None]) <= SAME).any(axis=1))


# ---------------------------------------------------------------------- words


def _finding(comparison: Comparison, k: int, found: Path | None) -> str:
    words = comparing.scenario_words(comparison)
    if len(comparison.names) == 1:
        return comparing.only_one(comparison)
    if k == 0:
        return f"{words[0]} is compared with itself: there is no way to go"
    pair = f"{words[0]} and {words[k]}"
    if not comparison.same_scale[k]:
        return f"{pair} have different scales, so there is no way from one to the other"
    if not comparison.shared_by(0, k):
        return f"{pair} have no proposition in common, so there is no way from one to the other"
    if found is None:
        return (
            f"{pair} put values together in ways that cannot be mixed: their compensation or fairness differ"
        )
    leads = _leads(comparison, k, found)
    degrees = alone(leads[:1] if _still(found) else leads)
    if _still(found):
        return (
            f"Nothing moves on the way from {words[0]} to {words[k]}: "
            f"{_who(comparison, found, degrees)} all along{claims.untold(degrees)}"
        )
    return _changes(comparison, k, found, degrees)


def _still(found: Path) -> bool:
    values = np.nan_to_num(found.values, nan=-1.0)
    return bool((abs(values - values[0]) <= TIE).all())


def _ends(comparison: Comparison, k: int, found: Path) -> list[Certainty]:
    """How sure it is who leads at both ends, among the propositions that both scenarios have."""
    ends, width = [], comparison.baseline.scale.width
    for scenario in (comparison.baseline, comparison.scenarios[k]):
        if {*scenario.proposition_names} == {*found.propositions}:
            ends.append(certainty(scenario))
            continue
        at = [scenario.proposition_index(name) for name in found.propositions]
        ends.append(certainty_among(evaluate(scenario).overall[at], value_draws(scenario)[at], width))
    return ends


def between(found: Path, ends: tuple[Scenario, Scenario], segment: str | None = None) -> list[Certainty]:
    """How sure it is who leads between two ends, on every stretch but the first and the last."""
    if len(found.pieces) < 3:
        return []
    order, scale = union(*(scenario.proposition_names for scenario in ends)), ends[0].scale
    drawn = common_draws(ends, segment)[:, [order.index(name) for name in found.propositions]]
    return found.between(scale.to_unit(drawn))


def _leads(comparison: Comparison, k: int, found: Path) -> list[Certainty]:
    """How sure the leads on the way are, which are told together: at both ends first, then between."""
    ends, pair = _ends(comparison, k, found), (comparison.baseline, comparison.scenarios[k])
    return ends if _still(found) else grading.together([*ends, *between(found, pair)])


def alone(leads: Iterable[Certainty]) -> list[Degree]:
    """Degrees of the leads of one proposition."""
    return [each.degree for each in leads if len(each.leaders) == 1]


def _who(comparison: Comparison, found: Path, degrees: Sequence[Degree]) -> str:
    """Who leads at first, as sure as it is on the way."""
    if not found.pieces[0].leaders:
        return "no proposition has a value"
    several = len(found.pieces[0].leaders) > 1
    verb = claims.tie(comparison.baseline, None) if several else claims.lead_verb(degrees)
    return f"{_led(comparison, found, 0)} {verb}"


def _led(comparison: Comparison, found: Path, piece: int) -> str:
    short = comparing.short_of(comparison)
    names = [short[found.propositions[p]] for p in found.pieces[piece].leaders]
    return wording.joined(names) if names else "nobody"


def _changes(comparison: Comparison, k: int, found: Path, degrees: Sequence[Degree]) -> str:
    words = comparing.scenario_words(comparison)
    pieces, way = found.pieces, f"from {words[0]} to {words[k]}"
    if len(pieces) == 1:
        level = _level_at_ends(comparison, found)
        return f"{_who(comparison, found, degrees)} all the way {way}{level}{claims.untold(degrees)}"
    crossing = [piece.from_share for piece in pieces[1:]]
    decimals = share_decimals(pairwise([0.0, *crossing, 1.0]))
    steps = [
        f"to {_led(comparison, found, i)} at {share(at, decimals)}" for i, at in enumerate(crossing, start=1)
    ]
    first, sure = _led(comparison, found, 0), claims.counted(degrees)
    sure = "" if sure.endswith("clear") and "," not in sure else f"; {sure}" if sure else ""
    if len(steps) > 3:
        return (
            f"The lead passes {wording.count(len(steps))} times on the way {way}: "
            f"from {first} {steps[0]}, in the end {steps[-1]}{sure}"
        )
    return f"On the way {way} the lead passes from {first} {', then '.join(steps)}{sure}"


def _level_at_ends(comparison: Comparison, found: Path) -> str:
    """Who draws level at an end of a way on which the lead does not pass."""
    short = comparing.short_of(comparison)
    first, *_, last = leaders_of(found.values)
    told = []
    for leads, when in ((first, "at the start"), (last, "at the end")):
        level = {*np.flatnonzero(leads).tolist()} - {*found.pieces[0].leaders}
        if level and found.pieces[0].leaders:
            told.append(f"{wording.joined([short[found.propositions[p]] for p in sorted(level)])} {when}")
    return f", level with {wording.joined(told)}" if told else ""


def _notes(comparison: Comparison, k: int, found: Path | None) -> list[str]:
    notes = []
    if found is not None:
        notes += comparing.sure_notes(comparison, [0, k])
        if len(found.pieces) > 1:
            notes.append(
                "where the lead passes is told at the scores as they stand, without doubt about them"
            )
        if len(found.pieces) > 2:
            notes.append("between the ends a lead is as sure as half-way along its stretch")
        notes.append("at 0\u00a0% everything is as in the first scenario, at 100\u00a0% as in the second")
        if not found.exact:
            notes.append("crossovers are searched for in 200 steps: two within one step are not seen")
    names = {comparison.names[0], comparison.names[k]}
    left_out = [
        item.name
        for item in comparison.unshared
        if item.kind == "proposition" and len(names & {*item.scenarios}) == 1
    ]
    if left_out:
        notes.append(
            f"left out, being in one of the two only: {wording.joined(wording.short_names(left_out))}"
        )
    return notes


def _alt(
    found: Path | None, names: tuple[str, str], table: pd.DataFrame, decimals: int, ends: Sequence[Certainty]
) -> str:
    if found is None:
        return f"No way from {names[0]} to {names[1]}."
    led = [
        f"{', '.join(found.propositions[p] for p in piece.leaders) or 'nobody'} from {share(piece.from_share, 1)} "
        f"to {share(piece.to_share, 1)}"
        for piece in found.pieces
    ]
    values = [
        f"{name} {number(rows['value'].iloc[0], decimals)} to {number(rows['value'].iloc[-1], decimals)}"
        for name, rows in table.groupby("proposition", sort=False)
    ]
    words = [claims.sure_words(end) for end in ends]
    sure = ", ".join(f"{name} {word}" for name, word in zip(names, words, strict=True) if word)
    return (
        f"Lines of value from {names[0]} to {names[1]}. Leaders: {'; '.join(led)}. "
        f"{f'How sure at the ends: {sure}. ' if sure else ''}Values: {'; '.join(values)}."
    )
