"""Who leads on the way from the baseline to another scenario."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.analysis.case import leaders_of
from valuemix.analysis.compare import Comparison
from valuemix.analysis.path import Path
from valuemix.analysis.scoring import TIE
from valuemix.exhibits import comparing, wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import number, share, share_decimals
from valuemix.exhibits.path_figure import draw
from valuemix.exhibits.switches import SAME
from valuemix.model.parts import Scale

__all__ = ["lines_of", "path"]

COLUMNS = ["proposition", "way_share", "value", "leads", "crossover", "start", "end"]


def path(comparison: Comparison, other: str | None = None) -> Exhibit:
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
    >>> from valuemix.analysis.compare import compare
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
    decimals = comparing.decimals(comparison)
    words = comparing.scenario_words(comparison)
    return Exhibit(
        key="path",
        finding=_finding(comparison, k, found),
        subtitle=f"Overall value ({wording.scale(comparison.baseline)}) as {_mixed(comparison, k)} go from "
        f"{words[0]} to {words[k]}; thick line: the leader"
        if found
        else "There is nothing to draw",
        table=table,
        source=comparing.source(comparison, list(dict.fromkeys([0, k]))),
        notes=tuple(_notes(comparison, k, found)),
        alt=_alt(found, names, table, decimals),
        decimals=decimals,
        scenarios=tuple(comparison.scenarios[i] for i in dict.fromkeys((0, k))),
        draw=draw,
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


def _among(shares: NDArray[np.float64], some: NDArray[np.float64]) -> NDArray[np.bool_]:
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
    if _still(found):
        return (
            f"Nothing moves on the way from {words[0]} to {words[k]}: {_who(comparison, found, 0)} all along"
        )
    return _changes(comparison, found, words[0], words[k])


def _still(found: Path) -> bool:
    values = np.nan_to_num(found.values, nan=-1.0)
    return bool((abs(values - values[0]) <= TIE).all())


def _who(comparison: Comparison, found: Path, piece: int) -> str:
    led = _led(comparison, found, piece)
    if not found.pieces[piece].leaders:
        return "no proposition has a value"
    return f"{led} {'leads' if len(found.pieces[piece].leaders) == 1 else 'share the lead'}"


def _led(comparison: Comparison, found: Path, piece: int) -> str:
    short = dict(zip(comparison.propositions, comparing.proposition_words(comparison), strict=True))
    names = [short[found.propositions[p]] for p in found.pieces[piece].leaders]
    return wording.joined(names) if names else "nobody"


def _changes(comparison: Comparison, found: Path, start: str, end: str) -> str:
    pieces, way = found.pieces, f"from {start} to {end}"
    if len(pieces) == 1:
        return f"{_who(comparison, found, 0)} all the way {way}"
    crossing = [piece.from_share for piece in pieces[1:]]
    decimals = share_decimals(pairwise([0.0, *crossing, 1.0]))
    steps = [
        f"to {_led(comparison, found, i)} at {share(at, decimals)}" for i, at in enumerate(crossing, start=1)
    ]
    first = _led(comparison, found, 0)
    if len(steps) > 3:
        return (
            f"The lead passes {wording.count(len(steps))} times on the way {way}: "
            f"from {first} {steps[0]}, in the end {steps[-1]}"
        )
    return f"On the way {way} the lead passes from {first} {', then '.join(steps)}"


def _notes(comparison: Comparison, k: int, found: Path | None) -> list[str]:
    notes = []
    if found is not None:
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


def _alt(found: Path | None, names: tuple[str, str], table: pd.DataFrame, decimals: int) -> str:
    if found is None:
        return f"No way from {names[0]} to {names[1]}."
    led = [
        f"{', '.join(found.propositions[p] for p in piece.leaders) or 'nobody'} from {share(piece.from_share, 1)} "
        f"to {share(piece.to_share, 1)}"
        for piece in found.pieces
    ]
    ends = [
        f"{name} {number(rows['value'].iloc[0], decimals)} to {number(rows['value'].iloc[-1], decimals)}"
        for name, rows in table.groupby("proposition", sort=False)
    ]
    return (
        f"Lines of value from {names[0]} to {names[1]}. Leaders: {'; '.join(led)}. Values: {'; '.join(ends)}."
    )
