"""The profile of the propositions on attributes, and the least change of one number that makes another lead."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from valuemix.analysis.tradeoffs.attribute_changes import AttributeRisk, attribute_changes, attribute_risks
from valuemix.analysis.value.scoring import OVERALL, TIE, Evaluation
from valuemix.charts.table import Cell, Column, Table, named, shaded, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, enough, number
from valuemix.exhibits.words.reasons import backed, quotations, reason_lines
from valuemix.exhibits.words.respondents import since
from valuemix.model.attributes.value_function import beyond_anchor
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["attribute_profile", "attribute_words", "nearest_attribute"]

SHOWN = 8
"""Attributes that a table shows at most."""

COLUMNS = ("segment", "proposition", "attribute", "discipline", "unit", "number", "value", "weight", "change")


@exhibit_kind(
    "Profile of attributes",
    "Trade-offs",
    ("segment",),
    "Numbers in their own units; the change is the least of one number by itself after which its proposition leads.",
)
def attribute_profile(evaluation: Evaluation, segment: str | None = None) -> Exhibit:
    """What each proposition offers on each attribute, and the least change after which it leads.

    Parameters
    ----------
    evaluation : Evaluation
    segment : str, optional
        Which segment; where it is None a number changes alike in all of them, and those shown are means by size.

    Returns
    -------
    Exhibit
        With one row a proposition, best first, and attribute: segment, proposition, attribute, discipline,
        unit, number, value (0 at worst, 1 at best), weight (share within its discipline), change (in the unit;
        NaN where no number of this attribute makes the proposition lead, and of leaders).

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    """
    scenario = evaluation.scenario
    changes = attribute_changes(scenario, segment)
    table = _table(evaluation, segment, changes)
    return Exhibit(
        finding=_finding(evaluation, segment, changes),
        subtitle=f"Numbers on each attribute, and what would make each proposition lead, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=_notes(evaluation, segment),
        alt=_alt(evaluation, segment, changes),
        decimals=decimals_of(scenario),
        scenarios=(scenario,),
        chart=_chart(evaluation, segment, changes),
        reasons=reason_lines(scenario, segment),
    )


# ---------------------------------------------------------------------- numbers


def _order(evaluation: Evaluation, segment: str | None) -> list[int]:
    """Places of the propositions, best first; those without a value last."""
    ranked = evaluation.standing(segment).order
    return [*ranked, *(p for p in range(len(evaluation.scenario.propositions)) if p not in ranked)]


def _means(scenario: Scenario, segment: str | None, array: FloatArray) -> FloatArray:
    """Means by size over the segments that have a number, shape (P, A); NaN where none has."""
    rows = scenario.rows(segment)
    sizes = np.ones(1) if segment is not None else scenario.size_shares
    weights = np.where(np.isnan(array[rows]), 0.0, sizes[:, None, None])
    total = weights.sum(axis=0)
    summed = (np.nan_to_num(array[rows]) * weights).sum(axis=0)
    return np.asarray(np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0))


def _weights(scenario: Scenario, segment: str | None) -> FloatArray:
    """Share of each attribute within its discipline, the mean by size, shape (A,)."""
    rows = scenario.rows(segment)
    sizes = np.ones(1) if segment is not None else scenario.size_shares
    return np.asarray(sizes @ scenario.attribute_scoring.shares[rows])


def _table(evaluation: Evaluation, segment: str | None, changes: FloatArray) -> pd.DataFrame:
    scenario, scoring = evaluation.scenario, evaluation.scenario.attribute_scoring
    numbers, values = (_means(scenario, segment, array) for array in (scoring.numbers, scoring.unit_values))
    weights = _weights(scenario, segment)
    rows = [
        (
            OVERALL if segment is None else wording.segment_name(scenario, segment),
            scenario.proposition_names[p],
            attribute.name,
            scenario.discipline_names[scoring.disciplines[a]],
            attribute.unit,
            numbers[p, a],
            values[p, a],
            weights[a],
            changes[p, a],
        )
        for p in _order(evaluation, segment)
        for a, attribute in enumerate(scenario.attributes)
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def _decimals(numbers: FloatArray) -> int:
    """Decimals that numbers in a unit have, at most two."""
    known = numbers[~np.isnan(numbers)]
    return next((d for d in (0, 1) if (np.abs(known - known.round(d)) < 1e-9).all()), 2)


# ---------------------------------------------------------------------- chart


def _chart(evaluation: Evaluation, segment: str | None, changes: FloatArray) -> Table:
    scenario, order = evaluation.scenario, _order(evaluation, segment)
    if not scenario.attributes:
        return Table(())
    scoring, weights = scenario.attribute_scoring, _weights(scenario, segment)
    numbers, values = (_means(scenario, segment, array) for array in (scoring.numbers, scoring.unit_values))
    said = quotations(scenario, segment)
    shown = sorted(np.argsort(-weights, kind="stable")[: _most_shown(said)].tolist())
    names = wording.short_names(scenario.proposition_names)
    columns = [named("Proposition", [names[p] for p in order])]
    for a in shown:
        attribute, decimals = scenario.attributes[a], _decimals(numbers[:, a])
        cells = [
            _cell(number(numbers[p, a], decimals) + _mark(scenario, segment, p, a), values[p, a])
            for p in order
        ]
        columns.append(Column(attribute.name, cells, "center", note=attribute.unit))
    would = [_would(evaluation, segment, p, changes) for p in order]
    columns.append(Column("Leads with", texts(would, role="muted"), lines=3))
    if said:
        quoted = [said.get(scenario.proposition_names[p], "") for p in order]
        columns.append(Column("In a customer’s own words", texts(quoted), lines=4))
    return Table(tuple(columns))


def _most_shown(said: Mapping[str, str]) -> int:
    """Attributes that there is room for, beside what customers said."""
    return SHOWN - 3 if said else SHOWN


def _cell(text: str, value: float) -> Cell:
    return Cell(text) if np.isnan(value) else shaded(text, float(value))


def _mark(scenario: Scenario, segment: str | None, p: int, a: int) -> str:
    """A star where a number counts as an anchor."""
    numbers = scenario.attribute_scoring.numbers[scenario.rows(segment), p, a]
    beyond = [beyond_anchor(scenario.attributes[a], x) for x in numbers.tolist() if x == x]
    return "*" if any(beyond) else ""


# ---------------------------------------------------------------------- words


def nearest_attribute(scenario: Scenario, changes: FloatArray) -> int | None:
    """The attribute whose change is the smallest part of the way between its anchors; None where none does."""
    ways = [abs(attribute.best - attribute.worst) for attribute in scenario.attributes]
    shares = np.abs(changes) / np.array(ways)
    return None if np.isnan(shares).all() else int(np.nanargmin(shares))


def attribute_words(scenario: Scenario, segment: str | None, p: int, a: int, change: float) -> str:
    """A change in words that is enough: "3 days less Delivery"."""
    attribute, own = scenario.attributes[a], scenario.attribute_scoring.numbers[scenario.rows(segment), p, a]
    decimals = max(_decimals(own), next((d for d in (0, 1) if abs(change) >= 10 ** (1 - d)), 2))
    amount = enough(abs(change), 0.0, decimals)
    unit = f" {attribute.unit}" if attribute.unit else ""
    return f"{amount}{unit} {'more' if change > 0 else 'less'} {attribute.name}"


def _would(evaluation: Evaluation, segment: str | None, p: int, changes: FloatArray) -> str:
    scenario = evaluation.scenario
    if p in evaluation.standing(segment).leaders:
        return f"leads {since(scenario)}"
    a = nearest_attribute(scenario, changes[p])
    return "no single number" if a is None else attribute_words(scenario, segment, p, a, changes[p, a])


def _finding(evaluation: Evaluation, segment: str | None, changes: FloatArray) -> str:
    scenario = evaluation.scenario
    if not scenario.attributes:
        return "No discipline is made of attributes, so there is no profile of them"
    if none := claims.none_leads(evaluation, segment, "so nothing else can lead"):
        return none
    told = claims.lead_today(evaluation, segment, first=True)
    ways = np.array([abs(attribute.best - attribute.worst) for attribute in scenario.attributes])
    shares = np.abs(changes) / ways
    if np.isnan(shares).all():
        return f"{told}, and no single number of another makes it lead"
    p, a = np.unravel_index(int(np.nanargmin(shares)), shares.shape)
    name = claims.called(evaluation, segment)[p]
    needed = attribute_words(scenario, segment, int(p), int(a), changes[p, a])
    return claims.told_with_lead(f"{needed} would make {name} lead", evaluation, segment)


def _notes(evaluation: Evaluation, segment: str | None) -> tuple[str, ...]:
    scenario = evaluation.scenario
    if not scenario.attributes:
        return ()
    cells = np.ndindex(len(scenario.propositions), len(scenario.attributes))
    beyond = any(_mark(scenario, segment, p, a) for p, a in cells)
    left = len(scenario.attributes) - _most_shown(quotations(scenario, segment))
    several = segment is None and any(row.segment for row in scenario.attribute_scores)
    shading = ["shaded by value, from worst to best"]
    shading += ["a starred number lies beyond an anchor and counts as it"] if beyond else []
    shading += ["numbers that differ between segments are means by size"] if several else []
    return (
        "; ".join(shading),
        "a change is of one number by itself, all else as it stands",
        f"{wording.count(left, 'attribute')} of less weight not shown" if left > 0 else "",
        _evidence(scenario, attribute_risks(scenario, segment)),
        grounds.how_sure(scenario, segment),
        backed(scenario, segment),
    )


def _evidence(scenario: Scenario, risks: tuple[AttributeRisk, ...]) -> str:
    """Which number is worth knowing better first."""
    if not risks:
        return ""
    first, width = risks[0], scenario.scale.width
    name = wording.short_names(scenario.proposition_names)[first.proposition]
    what = f"{scenario.attribute_names[first.attribute]} of {name}"
    if first.lead < -TIE * width:
        return f"evidence first on {what}: within its range the leader changes"
    if first.lead <= TIE * width:
        return f"evidence first on {what}: within its range the lead ends"
    return f"no number within its range changes the leader; {what} comes nearest"


def _alt(evaluation: Evaluation, segment: str | None, changes: FloatArray) -> str:
    scenario = evaluation.scenario
    if not scenario.attributes:
        return "No attributes."
    names = wording.short_names(scenario.proposition_names)
    items = [f"{names[p]}: {_would(evaluation, segment, p, changes)}" for p in _order(evaluation, segment)]
    return f"Table of numbers on attributes, and what each needs to lead. {'; '.join(items)}."
