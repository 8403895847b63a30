"""Which mix favours each proposition: central weights, the mean of the weights where it is first."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from valuemix.analysis.robustness.robustness import Robustness
from valuemix.charts.bars import Bar, Bars, Key, Note
from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import ROBUSTNESS_OPTIONS
from valuemix.exhibits.robustness.assumptions import (
    cleaned,
    degree_note,
    each,
    first_shares,
    method,
    names_of,
    scored,
    share_text,
    uncertain,
)
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.claims import nothing_to_compare
from valuemix.exhibits.words.formats import percents, points_apart
from valuemix.exhibits.words.mixes import mix_parts
from valuemix.exhibits.words.respondents import given, since, those_given
from valuemix.model.weights import rounded_points
from valuemix.typing import FloatArray

__all__ = ["central_weights"]

FEWEST_DRAWS = 100
"""Draws that central weights must rest on to be named in a finding."""

RARE = 0.05
"""Propositions that are first less often than this are not the ones to name."""

CLOSE = 0.03
"""Central weights that are all as near as this to today's are not worth telling apart."""

SAME_DISTANCE = 0.005
"""Distances from today's weights that differ by less are not put in order."""


@exhibit_kind(
    "Central weights",
    "Robustness",
    ROBUSTNESS_OPTIONS,
    formulas.RANKS + " Central weights are the mean weights with which a proposition is first.",
)
def central_weights(result: Robustness) -> Exhibit:
    """Favourable mix of every proposition that is ever first, beside today's weights.

    Parameters
    ----------
    result : Robustness
        Of one segment, or overall.

    Returns
    -------
    Exhibit
        With one row a proposition that is ever first and a discipline, the one most often
        first on top: proposition, first_share, confidence, discipline, central_weight_share,
        today_weight_share. Over several segments weights are their mean by size.

    Examples
    --------
    >>> from valuemix.analysis.robustness.robustness import robustness
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]], propositions=["Express", "Green line"],
    ...                                 disciplines=["Speed", "Price"])
    >>> shown = central_weights(robustness(scenario)).finding.replace("\\xa0", " ").split("; ")
    >>> shown[0]
    'Green line is first where Price weighs 87 % on average, 37 points more than today'
    >>> shown[1]
    "Express is first with weights closest to today's"
    """
    rows = _rows(result)
    table = _table(result, rows)
    return Exhibit(
        finding=_finding(result, rows),
        subtitle=f"Mean weights where a proposition is first {uncertain(result)}",
        table=table,
        notes=tuple(_notes(result, rows)),
        alt=_alt(table),
        decimals=0,
        scenarios=(result.scenario,),
        chart=_chart(table, given(result.scenario, "weights")),
    )


def _rows(result: Robustness) -> list[int]:
    """Places of the propositions that are ever first, the most frequent first."""
    shares, known = first_shares(result), ~np.isnan(result.central_weights).any(axis=1) & scored(result)
    ever = [p for p in range(len(shares)) if shares[p] > 0 and known[p]]
    return sorted(ever, key=lambda p: (-round(float(shares[p]), 9), p))


def _today(result: Robustness) -> FloatArray:
    """Today's weights, shape (D,); over several segments their mean by size."""
    scenario = result.scenario
    if result.segment is None:
        mean: FloatArray = scenario.size_shares @ scenario.weights
        return mean
    own: FloatArray = scenario.weights[scenario.segment_index(result.segment)]
    return own


def _table(result: Robustness, rows: list[int]) -> pd.DataFrame:
    scenario, count = result.scenario, len(result.scenario.disciplines)
    names = scenario.proposition_names
    return pd.DataFrame(
        {
            "proposition": [names[p] for p in rows for _ in range(count)],
            "first_share": first_shares(result)[rows].repeat(count),
            "confidence": result.result.confidence[rows].repeat(count),
            "discipline": [*scenario.discipline_names] * len(rows),
            "central_weight_share": cleaned(result.central_weights[rows]).ravel(),
            "today_weight_share": np.tile(_today(result), len(rows)),
        }
    )


def _chart(table: pd.DataFrame, own: str) -> Bars | Table:
    """Mixes as bars of 100 % below today's: how often each is first, and how surely where not all are sure."""
    if table.empty:
        return Table(())
    disciplines = tuple(dict.fromkeys(table["discipline"]))
    first = table.iloc[:: len(disciplines)]
    mixes = table["central_weight_share"].to_numpy(dtype=float).reshape(len(first), -1)
    today = table["today_weight_share"].to_numpy(dtype=float)[: len(disciplines)]
    told = {"first in": first["first_share"], "confidence": first["confidence"]}
    if (first["confidence"] == 1).all():
        del told["confidence"]
    facts = zip(*told.values(), strict=True)
    notes = [tuple(Note(share_text(value) or "0\u00a0%") for value in each) for each in facts]
    rows = zip(first["proposition"], mixes, notes, strict=True)
    return Bars(
        rows=(
            Bar(wording.capital(own), mix_parts(today.tolist())),
            *(Bar(name, mix_parts(mix.tolist()), notes=facts) for name, mix, facts in rows),
        ),
        noun="proposition",
        measure="Weights",
        keys=tuple(map(Key, disciplines)),
        heads=tuple(told),
        percent=True,
    )


# ---------------------------------------------------------------------- words


def _finding(result: Robustness, rows: list[int]) -> str:
    if nothing := nothing_to_compare(result.scenario, result.segment, "so every mix favours it"):
        return nothing
    sure = [p for p in rows if _rests_on(result, p) >= FEWEST_DRAWS]
    if len(rows) == 1:
        return _one(result, rows)
    if not sure:
        return f"{names_of(result, rows)} are first too rarely to say with which weights"
    if len(sure) == 1:
        return f"{names_of(result, sure)} alone is first often enough to say with which weights"
    off = float(np.abs(result.central_weights[sure] - _today(result)).max())
    if off <= CLOSE:
        points = wording.points(str(max(math.ceil(100 * off - 1e-9), 1)))
        within = f"within {points} of {those_given(result.scenario, 'weights')}"
        both = "both" if len(sure) == 2 else "all"
        return f"{names_of(result, sure)} are {both} first, on average, with weights {within}"
    return _nearest_and_farthest(result, sure)


def _nearest_and_farthest(result: Robustness, sure: list[int]) -> str:
    """Who is first with weights closest to today's, and where the one farthest from them is."""
    distances = _distances(result)
    closest = [p for p in sure if distances[p] - min(distances[sure]) < SAME_DISTANCE]
    often = [p for p in sure if first_shares(result)[p] >= RARE]
    farthest = max(often if len(often) > 1 else sure, key=lambda p: (distances[p], -p))
    if farthest in closest:
        return f"{names_of(result, closest)} are first, on average, with about the same change of weights"
    verb = "is" if len(closest) == 1 else "are"
    near = f"{names_of(result, closest)} {verb} first with weights closest to {those_given(result.scenario, 'weights')}"
    return f"{_needs(result, farthest)}; {near}"


def _one(result: Robustness, rows: list[int]) -> str:
    exact = _rests_on(result, rows[0]) == float("inf")
    favoured = "no weights favour another" if exact else "none of the weights drawn favours another"
    return f"{names_of(result, rows)} alone is first {each(result)}: {favoured}"


def _needs(result: Robustness, p: int) -> str:
    """Where a proposition is first: the weight that differs most upwards from today's."""
    central, today = result.central_weights[p], _today(result)
    d = int(np.argmax(central - today))
    word = wording.discipline_words(result.scenario)[d]
    shown = [rounded_points(weights.tolist())[d] for weights in (central, today)]
    more = points_apart(shown[0] / 100, shown[1] / 100, 0)
    end = f", {more} more than {since(result.scenario, 'weights')}" if shown[0] > shown[1] else ""
    return f"{names_of(result, (p,))} is first where {word} weighs {percents(central.tolist())[d]} on average{end}"


def _distances(result: Robustness) -> FloatArray:
    """Weight that would have to move from today's to the central weights, shape (P,)."""
    moved: FloatArray = np.abs(result.central_weights - _today(result)).sum(axis=1) / 2
    return moved


def _rests_on(result: Robustness, p: int) -> float:
    """Draws behind the central weights; without end where they are exact."""
    found = result.result
    exact = found.exact or found.first_exact is not None
    return float("inf") if exact else float(found.rank_acceptability[p, 0] * found.draws)


def _notes(result: Robustness, rows: list[int]) -> list[str]:
    found = result.result
    exact = found.exact or found.first_exact is not None
    width = 0.0 if exact else float(found.half_width[rows, 0].max(initial=0.0))
    notes = [method(result, exact=exact, half_width=width)]
    never = [p for p in np.flatnonzero(scored(result)).tolist() if p not in rows]
    if never:
        seen = "never first" if exact else "never first in the draws"
        notes.append(f"{seen}: {names_of(result, never)}")
    few = [p for p in rows if _rests_on(result, p) < FEWEST_DRAWS]
    if few:
        notes.append(f"fewer than {FEWEST_DRAWS} draws behind the weights of {names_of(result, few)}")
    if found.confidence_draws:
        notes.append(f"confidence: how often first at these weights, {found.confidence_draws:,} draws")
    return [*notes, degree_note(result)]


def _alt(table: pd.DataFrame) -> str:
    rows = []
    for name, mix in table.groupby("proposition", sort=False):
        texts = percents(mix["central_weight_share"].tolist())
        weights = ", ".join(f"{d} {t}" for d, t in zip(mix["discipline"], texts, strict=True))
        rows.append(f"{name}: {weights}")
    return f"Stacked bars of the mean weights where each proposition is first. {'; '.join(rows)}."
