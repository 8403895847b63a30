"""Simulated surveys of a known truth: how often the 95 % interval of a difference of values holds it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from valuemix.analysis.evidence.student import half_width
from valuemix.model.parts import Scale
from valuemix.respondents.coding import Coding
from valuemix.respondents.estimates import estimates_of
from valuemix.respondents.sample import Sample
from valuemix.respondents.sums.kernel import Batch, Sums

TRUE = np.array([[4.0, 3.8], [3.9, 3.9]])
"""Means of two propositions on two disciplines: with equal weights their values are level."""
CODING = Coding(
    disciplines=2,
    propositions=2,
    scale=Scale(lowest=1, highest=5),
    importance_as=None,
    derived=False,
    stated=(),
    overall=None,
    rated=tuple((2 * p + d, p, d) for p in range(2) for d in range(2)),
)
APART = np.array([0.5, 0.5, -0.5, -0.5, 0.0])


@dataclass(frozen=True)
class Design:
    """How many rate each proposition, in how many clusters, and what part of intervals holds the truth."""

    answers: int
    clusters: int
    least: float
    most: float


DESIGNS = {
    "30 answers": Design(30, 0, 0.94, 0.96),
    "150 answers in 15 clusters": Design(150, 15, 0.94, 0.96),
    "12 answers": Design(12, 0, 0.93, 0.97),
}


def holds(design: Design, rng: np.random.Generator) -> bool:
    """Whether the interval of one survey holds the truth; each respondent rates one proposition."""
    count, middle = 2 * design.answers, 3.0
    rated = np.repeat([0, 1], design.answers)
    unit = np.arange(count) % design.clusters if design.clusters else None
    whole = rng.normal(0, 0.55, count)
    if unit is not None:
        whole = whole + rng.normal(0, 0.3, (design.clusters, 2))[unit, rated]
    given = TRUE[rated] + whole[:, None] + rng.normal(0, 0.7, (count, 2))
    answers = np.full((count, 5), np.nan)
    for p in range(2):
        answers[rated == p, 2 * p : 2 * p + 2] = given[rated == p] - middle
    answers[:, 4] = 1.0
    zero, sums = np.zeros(count, dtype=np.int64), Sums()
    sums.add(Batch(zero, zero, zero, unit, [np.ones(count)] * 5, [*answers.T]))
    sample = SimpleNamespace(
        segments=("All",),
        units=np.array([float(design.clusters or count)]),
        fractions=np.zeros(1),
        grouped=unit is not None,
        clusters=design.clusters,
    )
    found = estimates_of(sums, CODING, cast("Sample", sample))
    error = float(np.sqrt(APART @ found.own[0] @ APART))
    degrees = float(design.clusters - 1 if design.clusters else found.effective[0, :4].min() - 1)
    return abs(float(APART[:4] @ found.means[0, :4])) <= half_width(error, degrees)


def coverage(name: str, worlds: int) -> float:
    """Part of the intervals of so many surveys that holds the truth."""
    rng = np.random.default_rng([7, [*DESIGNS].index(name)])
    return sum(holds(DESIGNS[name], rng) for _ in range(worlds)) / worlds


@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_hold_the_truth_in_most_surveys(name: str) -> None:
    assert 0.9 <= coverage(name, 150) <= 0.99


@pytest.mark.nightly
@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_hold_the_truth_in_95_of_100_surveys(name: str) -> None:
    design = DESIGNS[name]
    assert design.least <= coverage(name, 5000) <= design.most
