"""Scenarios with every optional sheet filled in at random, on coarse steps so that much ties."""

from __future__ import annotations

import numpy as np

from valuemix.model.parts import Function, Link
from valuemix.model.scenario import Scenario

__all__ = ["poorly_served", "with_optional_sheets"]


def with_optional_sheets(
    scenario: Scenario, seed: int = 0, burden: float = 30.0, functions: int = 3
) -> Scenario:
    """The scenario with promised, believed, burdens, delivery, links along its segments, and later points."""
    felt, scale, rng = scenario.array("scores"), scenario.scale, np.random.default_rng(seed)
    for table in ("promised", "believed"):
        moved = felt + scale.width * rng.integers(-2, 4, felt.shape) / 8
        moved = np.where(rng.random(felt.shape) < 0.05, np.nan, np.clip(moved, scale.lowest, scale.highest))
        scenario = scenario.with_table(table, moved)
    burdens = scale.lowest + scale.width * rng.integers(0, 5, (*felt.shape[:2], 4)) / 4
    scenario = scenario.with_table("burdens", np.where(rng.random(burdens.shape) < 0.2, np.nan, burdens))
    ids, groups = scenario.discipline_ids, scenario.segment_names
    return scenario.replace(
        segments=[segment.model_copy(update={"burden": burden}) for segment in scenario.segments],
        delivery=[
            Function(name=f"F{i + 1}", survives={d: float(rng.integers(1, 5)) / 4 for d in ids})
            for i in range(functions)
        ],
        links=[
            Link(from_segment=groups[i], to_segment=name, strength=float(rng.integers(1, 5)) / 4)
            for i, name in enumerate(groups[1:])
        ],
        later={
            name: dict(zip(ids, map(float, rng.integers(1, 4, len(ids))), strict=True)) for name in groups
        },
    )


def poorly_served(scenario: Scenario) -> Scenario:
    """The scenario with its first segment at the lowest score and full links, which then limit whom it serves."""
    scores = scenario.array("scores").copy()
    scores[0] = scenario.scale.lowest
    links = [link.model_copy(update={"strength": 1.0}) for link in scenario.links]
    return scenario.with_table("scores", scores).replace(links=links)
