"""Scenarios of every odd kind, by number: near ties, single things, missing scores, extreme weights and exponents."""

import numpy as np
from optional_sheets import with_optional_sheets
from sample_scenarios import ALMOST_MARKDOWN, LONG

from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

NEAR = (1e-3, 1e-5, 1e-7, 1e-9)
WEIGHTS = (0.0, 0.2, 20.0, 99.8, 100.0)
EXPONENTS = (1.0, 1.0, 1.0, 0.0, 0.5, -2.0, 9.0, 50.0, -100.0, 100.0, "min", "max")
FAIRNESS = (0.0, 0.0, 0.5, 5.0, "max")
HARD = (*LONG, *ALMOST_MARKDOWN, "A & B; <b>bold</b>", "=SUM(A1)", "one, two and three", "$x$ in 5 % of it")
"""Names that are long, or look like something else."""


def odd_scenario(number: int, most: tuple[int, int] = (30, 12)) -> Scenario:
    """Scenario of a number, the same whenever it is asked for.

    Parameters
    ----------
    number : int
    most : (int, int)
        Most propositions and segments.
    """
    rng, more = np.random.default_rng(number), np.random.default_rng([number, 1])
    count = [1 if rng.random() < 0.15 else int(rng.integers(2, top + 1)) for top in most]
    propositions, segments, disciplines = *count, int(rng.integers(2, 6))
    scores = rng.integers(0, 11, (segments, propositions, disciplines)).astype(float)
    if rng.random() < 0.3:
        scores = np.round(scores + rng.random(scores.shape), 3).clip(0, 10)
    if propositions > 1 and rng.random() < 0.5:
        twin = scores[:, 0] + (rng.choice(NEAR) if rng.random() < 0.7 else 0.0)
        scores[:, 1] = twin.clip(0, 10)
    if rng.random() < 0.3:
        gone = rng.random(scores.shape) < 0.15
        gone[..., 0] = False
        scores[gone] = np.nan
    points = rng.integers(0, 60, (segments, disciplines)).astype(float)
    points[points.sum(axis=1) == 0] = 1
    if rng.random() < 0.4:
        heavy = float(rng.choice(WEIGHTS))
        points[0] = (100 - heavy) / (disciplines - 1)
        points[0, int(rng.integers(disciplines))] = heavy
    sizes = rng.integers(0, 50, segments).astype(float)
    sizes[0] = max(sizes[0], 1.0)
    scenario = Scenario.from_arrays(
        scores, points=points, sizes=sizes, name=f"Odd case {number}", disciplines=_names(rng, disciplines)
    )
    if more.random() < 0.25:
        scenario = _called(scenario, more)
    scenario = scenario.with_settings(
        compensation=EXPONENTS[rng.integers(len(EXPONENTS))], fairness=FAIRNESS[rng.integers(len(FAIRNESS))]
    )
    scenario = _with_more(scenario, rng)
    return with_optional_sheets(scenario, number) if more.random() < 0.25 else scenario


def _names(rng: np.random.Generator, count: int) -> list[str]:
    known = ["Innovation", "Operational excellence", "Social purpose", "Customer intimacy", "Speed"]
    return [known[i] for i in rng.permutation(len(known))[:count]]


def _called(scenario: Scenario, rng: np.random.Generator) -> Scenario:
    """The same with hard names, those that come twice numbered."""

    def hard(count: int) -> list[str]:
        chosen = [HARD[i % len(HARD)] for i in rng.permutation(max(count, len(HARD)))[:count]]
        return [name if name not in chosen[:i] else f"{name} {i}" for i, name in enumerate(chosen)]

    return Scenario.from_arrays(
        scenario.array("scores"),
        points=scenario.points,
        sizes=scenario.sizes,
        name=scenario.name,
        propositions=hard(len(scenario.propositions)),
        segments=hard(len(scenario.segments)),
        disciplines=scenario.discipline_names,
    )


def _with_more(scenario: Scenario, rng: np.random.Generator) -> Scenario:
    """With ranges, views and a doubt of its own, or not."""
    scores = scenario.array("scores")
    if rng.random() < 0.4:
        scenario = scenario.with_table("low", (scores - rng.uniform(0, 2)).clip(0, 10))
        scenario = scenario.with_table("high", (scores + rng.uniform(0, 2)).clip(0, 10))
    for table in ("promised", "believed"):
        if rng.random() < 0.4:
            scenario = scenario.with_table(
                table, np.round((scores + rng.normal(1, 1, scores.shape)).clip(0, 10), 1)
            )
    if rng.random() < 0.3:
        doubt = Doubt(
            weights_within=float(rng.choice([0, 1, 10, 40])),
            weights_shift=str(rng.choice(["shared", "own"])),
            scores_within=float(rng.choice([0, 5, 20])),
            ranges=str(rng.choice(["limits", "interval"])),
            sizes_within=float(rng.choice([0, 10])),
        )
        scenario = scenario.with_settings(doubt=doubt)
    return scenario
