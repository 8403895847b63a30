"""Many criteria become attributes of disciplines: by the owner's groups, or by their words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

import numpy as np

from valuemix.files.recognition.cells.words import plain
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.model.parts import DEFAULT_DISCIPLINES, MAX_DISCIPLINES
from valuemix.typing import FloatArray

__all__ = ["disciplines_of", "grouped"]

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
    if given.disciplines:
        return {name: given.disciplines.get(name, _by_words(name)) for name in case.criteria}
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
    names = [*dict.fromkeys(disciplines[name] for name in criteria)]
    member = np.array([[disciplines[name] == d for d in names] for name in criteria], dtype=float)
    # Criteria of a discipline without any weight count the same within it.
    share = weights[:, :, None] * member
    share = np.where(share.sum(axis=1, keepdims=True) > 0, share, member[None])
    there = np.isfinite(scores)
    total = np.einsum("gpk,gkd->gpd", np.nan_to_num(scores), share)
    weight = np.einsum("gpk,gkd->gpd", there.astype(float), share)
    with np.errstate(invalid="ignore", divide="ignore"):
        return names, np.where(weight > 0, total / weight, np.nan), weights @ member
