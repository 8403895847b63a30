"""Many criteria become attributes of disciplines: by the owner's groups, or by their words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

import numpy as np

from valuemix.files.recognition.case.scaling import Scaling
from valuemix.files.recognition.cells.words import plain
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.model.attributes.parts import MAX_ATTRIBUTES, Attribute, AttributeScore, AttributeWeight
from valuemix.model.parts import DEFAULT_DISCIPLINES, MAX_DISCIPLINES
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["disciplines_of", "fits_attributes", "grouped", "with_attributes"]

_WORDS = {
    "Innovation": r"innovati|novel|new|design|feature|technolog|modern|future|creativ|neu|digital|"
    r"unique|brand|style|r&d",
    "Social purpose": r"social|purpose|sustainab|green|carbon|co2|climate|environment|ethic|fair|"
    r"divers|communit|"
    r"umwelt|nachhaltig|klima|energy|waste|health",
    "Customer intimacy": r"customer|personal|relation|support|service|contact|train|account|advice|"
    r"close|trust|care|"
    r"response|friendl|kunde|beratung|nahe|experience|knows|user",
}
_OTHERWISE = "Operational excellence"
_MOST_NUMBERS = 20_000


def disciplines_of(case: Case, given: Reading, findings: Findings) -> dict[str, str]:
    """Discipline of each criterion, where there are groups or more than twelve; else none.

    Examples
    --------
    >>> import numpy as np
    >>> case = Case(1, ["A"], ["Speed", "Cost", "Care"], ["All"], np.ones((1, 1, 3)))
    >>> case.groups = {"Speed": "Technical", "Cost": "Technical", "Care": "Human"}
    >>> disciplines_of(case, Reading(), Findings())
    {'Speed': 'Technical', 'Cost': 'Technical', 'Care': 'Human'}
    """
    found = _guessed(case, findings)
    if given.disciplines:
        return {
            name: given.disciplines.get(name) or found.get(name) or _by_words(name) for name in case.criteria
        }
    return found


def _guessed(case: Case, findings: Findings) -> dict[str, str]:
    """Disciplines by the groups of the table, or by words where the criteria are too many; else none."""
    groups = {name: case.groups.get(name, "") for name in case.criteria}
    distinct = dict.fromkeys(groups.values())
    if "" not in distinct and 2 <= len(distinct) <= MAX_DISCIPLINES and len(distinct) < len(groups):
        findings.guess(f"The groups of the table are the disciplines: {', '.join(distinct)}.")
        return groups
    if len(case.criteria) <= MAX_DISCIPLINES:
        return {}
    findings.guess(
        f"{len(case.criteria)} criteria are more than {MAX_DISCIPLINES}: each was put under a discipline by its words."
    )
    found = {name: _by_words(name) for name in case.criteria}
    if len({*found.values()}) > 1:
        return found
    names = [discipline.name for discipline in DEFAULT_DISCIPLINES]
    return dict(zip(case.criteria, itertools.cycle(names), strict=False))


def _by_words(name: str) -> str:
    words = plain(name)
    return next((d for d, pattern in _WORDS.items() if re.search(rf"\b({pattern})", words)), _OTHERWISE)


def grouped(
    scores: FloatArray, weights: FloatArray, criteria: list[str], disciplines: Mapping[str, str]
) -> tuple[list[str], FloatArray, FloatArray]:
    """Names, scores (..., K) and weights (G, K) of disciplines; the weighted total stays what it was.

    A discipline's score is the mean of its criteria by their weights, its weight their sum; where a score
    is missing its weight goes to the others of the discipline.
    """
    names, member = _members(criteria, disciplines)
    share = np.where(member, _within(weights, member)[:, :, None], 0.0)
    there = np.isfinite(scores)
    total = np.einsum("gpk,gkd->gpd", np.nan_to_num(scores), share)
    weight = np.einsum("gpk,gkd->gpd", there.astype(float), share)
    with np.errstate(invalid="ignore", divide="ignore"):
        return names, np.where(weight > 0, total / weight, np.nan), weights @ member


def _members(criteria: list[str], disciplines: Mapping[str, str]) -> tuple[list[str], BoolArray]:
    """Names of the disciplines, and which criteria each has, shape (K, D)."""
    names = [*dict.fromkeys(disciplines[name] for name in criteria)]
    return names, np.array([[disciplines[name] == d for d in names] for name in criteria])


def _within(weights: FloatArray, member: BoolArray) -> FloatArray:
    """Weights within the disciplines, shape (G, K); criteria of one without any weight count the same in it."""
    return np.where(weights @ member @ member.T > 0, weights, 1.0)


def with_attributes(
    scenario: Scenario, case: Case, scaling: Scaling, weights: FloatArray, disciplines: Mapping[str, str]
) -> Scenario:
    """The scenario with the criteria as attributes of its disciplines, in the owner's numbers.

    Parameters
    ----------
    scenario : Scenario
        Whose disciplines have the weights that `grouped` gives.
    case : Case
        Its segments and options are those of the scenario, in the same order.
    scaling : Scaling
        Anchors of each criterion, or the ends of the scale.
    weights : array, shape (G, K)
        Of the criteria.
    disciplines : mapping of str to str
        Discipline of each criterion.
    """
    names, member = _members(case.criteria, disciplines)
    ids = dict(zip(names, scenario.discipline_ids, strict=True))
    points = _within(weights, member)
    attributes = []
    for k, name in enumerate(case.criteria):
        worst, best = scaling.ends_of(name)
        unit = case.units.get(name, "")
        attributes.append(
            Attribute(
                name=name, discipline=ids[disciplines[name]], weight=float(points[0, k]),
                worst=worst, best=best, unit=unit,
            )
        )  # fmt: skip
    own = [
        AttributeWeight(attribute=name, segment=segment, weight=float(points[g, k]))
        for g, segment in enumerate(scenario.segment_names)
        for k, name in enumerate(case.criteria)
        if points[g, k] != points[0, k]
    ]
    return scenario.replace(
        attributes=tuple(attributes),
        attribute_weights=tuple(own),
        attribute_scores=tuple(_attribute_scores(scenario, case)),
    )


def _attribute_scores(scenario: Scenario, case: Case) -> Iterator[AttributeScore]:
    """A row for each number, once where every segment has the same."""
    tables = [case.scores, *(t for t in (case.low, case.high) if t is not None)]
    same = np.stack([(t == t[:1]) | (np.isnan(t) & np.isnan(t[:1])) for t in tables])
    alike = np.asarray(same.all(axis=(0, 1)))
    wanted = np.isfinite(case.scores)
    wanted[1:] &= ~alike
    segments, options = scenario.segment_names, scenario.proposition_names
    for g, p, k in np.argwhere(wanted).tolist():
        value, *ends = (float(t[g, p, k]) for t in tables)
        low, high = ends or (None, None)
        yield AttributeScore(
            proposition=options[p], segment="" if alike[p, k] else segments[g], attribute=case.criteria[k],
            value=value, low=low, high=high,
        )  # fmt: skip


def fits_attributes(case: Case) -> bool:
    """Whether the criteria of a case are few enough, and its numbers, to be attributes."""
    return len(case.criteria) <= MAX_ATTRIBUTES and case.scores.size <= _MOST_NUMBERS
