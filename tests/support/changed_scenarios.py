"""Scenarios in which one thing is moved to where it reverses a decision."""

import numpy as np

from valuemix.analysis.decisions.reversing_changes import ReversingChange
from valuemix.model.scenario import Scenario


def changed(scenario: Scenario, change: ReversingChange, to: float) -> Scenario:
    """The scenario with one thing moved, worked out anew."""
    if change.kind == "score":
        scores = scenario.array("scores").copy()
        scores[change.segment, change.proposition, change.discipline] = to
        return scenario.with_table("scores", scores)
    if change.kind == "size":
        sizes = scenario.size_shares * (1 - to) / (1 - scenario.size_shares[change.segment])
        sizes[change.segment] = to
        return scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True)))
    if change.kind == "cost":
        assert change.proposition is not None
        parts = [*scenario.propositions]
        parts[change.proposition] = parts[change.proposition].model_copy(update={"cost": float(to)})
        return scenario.replace(propositions=parts)
    assert change.discipline is not None
    weights, d = scenario.weights.copy(), change.discipline
    rows = [*range(len(weights))] if change.segment is None else [change.segment]
    counted = scenario.size_shares[rows] if len(rows) > 1 else np.ones(1)
    mean = weights[rows, d] @ counted / counted.sum()
    for g in rows:
        own = weights[g, d]
        # The same share of its own way to 0 or to 1 for every segment.
        new = (
            to
            if len(rows) == 1
            else (own * to / mean if to < mean else 1 - (1 - own) * (1 - to) / (1 - mean))
        )
        rest = np.delete(weights[g], d)
        others = rest / rest.sum() if rest.sum() > 1e-12 else np.full(len(rest), 1 / len(rest))
        weights[g] = np.insert((1 - new) * others, d, new)
    return scenario.with_points(weights * 100)
