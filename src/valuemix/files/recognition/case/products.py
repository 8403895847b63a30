"""A backlog whose total multiplies: logarithms make the product a sum, and its order comes out exactly."""

from __future__ import annotations

import math
import re

import numpy as np

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.recognition.case.scaling import Scaling
from valuemix.files.recognition.cells.words import lean
from valuemix.files.recognition.reading import Ends, Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.totals import Factors
from valuemix.typing import FloatArray

__all__ = ["as_sum", "named_factors"]

_RICE = (
    r"reach|reichweite|portee|alcance",
    r"impact|wirkung|impacto",
    r"confidence|sicherheit|confiance|confianza",
    r"effort|aufwand|esfuerzo",
)


def named_factors(criteria: list[str]) -> Factors | None:
    """Powers of reach, impact, confidence and effort, where criteria have these names and no others.

    Examples
    --------
    >>> named_factors(["Reach", "Impact", "Confidence", "Effort"]).powers
    (1, 1, 1, -1)
    >>> named_factors(["Reach", "Price"]) is None
    True
    """
    found = [
        next((i for i, names in enumerate(_RICE) if re.search(rf"\b({names})\b", lean(c))), -1)
        for c in criteria
    ]
    if sorted(found) not in ([0, 1, 2, 3], [0, 1, 3]):
        return None
    return Factors(tuple(-1 if i == 3 else 1 for i in found))


def as_sum(case: Case, given: Reading, findings: Findings, file: str) -> tuple[Case, Scaling]:
    """The same case with a sum whose order is that of the owner's product.

    Every score is the logarithm of a value between those of its anchors, divisors are turned, and
    weights are in proportion to the logarithm of highest by lowest.

    Raises
    ------
    InvalidFile
        Where a value is not above 0: it has no logarithm, and a product with it no order among ratios.
    """
    factors = case.factors
    if factors is None:
        raise ValueError("the case has no product")
    _leave_out_partial(case, findings)
    case = _added_up(case, factors, findings) if factors.is_sum else case
    powers = (1, -1) if factors.is_sum else factors.powers
    _refuse_zeros(case, file)
    scaling = Scaling(Ends(lowest=0.0, highest=10.0))
    scores, points = np.empty_like(case.scores), np.empty(len(case.criteria))
    for j, (name, power) in enumerate(zip(case.criteria, powers, strict=True)):
        values = case.scores[..., j]
        low, high = sorted(given.anchors.get(name) or _ends(values[np.isfinite(values)]))
        part = np.log(values / low) / math.log(high / low)
        scores[..., j] = 10 * np.clip(part if power > 0 else 1 - part, 0, 1)
        points[j] = math.log(high / low)
        scaling.anchors[name] = (low, high) if power > 0 else (high, low)
    case.scores, case.weights = scores, (100 * points / points.sum())[None]
    ends = "; ".join(f"{shorten(name)} {a:g} to {b:g}" for name, (a, b) in scaling.anchors.items())
    findings.guess(
        "Your total multiplies. Scores are logarithms between these anchors, so that the sum ranks as your product "
        f"does: {ends}. Weights say how far each factor can move the product, not how much it matters."
    )
    return case, scaling


def _leave_out_partial(case: Case, findings: Findings) -> None:
    """Leave out options that lack a factor: their product has no value."""
    lacking = np.isnan(case.scores[0])
    for i in np.flatnonzero(lacking.any(axis=1)).tolist():
        factors = " and ".join(repr(shorten(case.criteria[j])) for j in np.flatnonzero(lacking[i]).tolist())
        findings.leave_out(case.options[i], f"without {factors} its product has no value")
    kept = ~lacking.any(axis=1)
    case.options = [name for name, is_kept in zip(case.options, kept.tolist(), strict=True) if is_kept]
    case.scores = case.scores[:, kept]


def _added_up(case: Case, factors: Factors, findings: Findings) -> Case:
    """Two factors: the sum of what is added up, and what it is divided by."""
    over = [j for j, power in enumerate(factors.powers) if power > 0]
    under = factors.powers.index(-1)
    total = " + ".join(case.criteria[j] for j in over)
    findings.guess(f"{total!r} is one factor, {case.criteria[under]!r} divides it.")
    added = case.scores[..., over].sum(axis=-1)
    return Case(
        4, case.options, [total, case.criteria[under]], case.segments,
        np.stack([added, case.scores[..., under]], axis=-1), factors=factors, texts=case.texts,
    )  # fmt: skip


def _refuse_zeros(case: Case, file: str) -> None:
    problems = [
        Problem(
            "RANGE",
            f"{shorten(case.criteria[j])} of {shorten(case.options[i])!r} is {case.scores[0, i, j]:g}; a factor of a "
            "product must be above 0 to be compared by ratio",
            "Correct it, or leave the row out",
            Place(file=file),
        )
        for i, j in np.argwhere(case.scores[0] <= 0).tolist()
    ]
    if problems:
        raise InvalidFile(problems[:20])


def _ends(values: FloatArray) -> tuple[float, float]:
    """Ends rounded outward to 1, 2 or 5 times a power of ten."""
    if not values.size:
        return 1.0, 10.0
    low, high = _round(float(values.min()), up=False), _round(float(values.max()), up=True)
    return (low, high) if low < high else (low / 2, high * 2)


def _round(value: float, *, up: bool) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    steps = [k * power for k in (1, 2, 5, 10)]
    near = 1e-9 * value
    return min(s for s in steps if s >= value - near) if up else max(s for s in steps if s <= value + near)
