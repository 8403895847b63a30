"""Scenarios in which one thing is moved to where it reverses a decision, and their values by the plain formulas."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from valuemix.analysis.decisions.reversing_changes import ReversingChange
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray


class Figures(NamedTuple):
    """Weights (..., G, D), scores (..., G, P, D) on the scale, sizes (..., G) and costs (..., P)."""

    weights: FloatArray
    scores: FloatArray
    sizes: FloatArray
    costs: FloatArray


def figures_of(scenario: Scenario) -> Figures:
    """Figures of a scenario, to be changed."""
    costs = np.array([part.cost or 0.0 for part in scenario.propositions])
    return Figures(
        scenario.weights.copy(), scenario.array("scores").copy(), scenario.size_shares.copy(), costs
    )


def changed_figures(scenario: Scenario, change: ReversingChange, to: float) -> Figures:
    """Figures of a scenario with one thing moved."""
    figures = figures_of(scenario)
    weights, scores, sizes, costs = figures
    if change.kind == "score":
        scores[change.segment, change.proposition, change.discipline] = to
    elif change.kind == "size":
        sizes *= (1 - to) / (1 - sizes[change.segment])
        sizes[change.segment] = to
    elif change.kind == "cost":
        costs[change.proposition] = to
    else:
        assert change.discipline is not None
        d, rows = change.discipline, [*range(len(weights))] if change.segment is None else [change.segment]
        counted = sizes[rows] if len(rows) > 1 else np.ones(1)
        mean = weights[rows, d] @ counted / counted.sum()
        for g in rows:
            weights[g] = _moved(weights[g], d, to, mean)
    return figures


def _moved(weights: FloatArray, d: int, to: float, mean: float) -> FloatArray:
    """Weights of a segment whose share of one discipline goes the same share of its way to 0 or 1 as the mean's."""
    own = weights[d]
    new = own * to / mean if to < mean else 1 - (1 - own) * (1 - to) / (1 - mean)
    rest = np.delete(weights, d)
    others = rest / rest.sum() if rest.sum() > 1e-12 else np.full(len(rest), 1 / len(rest))
    return np.insert((1 - new) * others, d, new)


def changed(scenario: Scenario, change: ReversingChange, to: float) -> Scenario:
    """The scenario with one thing moved, worked out anew."""
    weights, scores, sizes, costs = changed_figures(scenario, change, to)
    if change.kind == "score":
        return scenario.with_table("scores", scores)
    if change.kind == "size":
        return scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True)))
    if change.kind == "cost":
        assert change.proposition is not None
        parts = [*scenario.propositions]
        cost = float(costs[change.proposition])
        parts[change.proposition] = parts[change.proposition].model_copy(update={"cost": cost})
        return scenario.replace(propositions=parts)
    return scenario.with_points(weights * 100)


def plain_values(scenario: Scenario, several: Sequence[Figures], segment: str | None) -> FloatArray:
    """Values of every proposition for several figures at once, shape (N, P), on 0 to 1, by the formulas as written."""
    weights, scores, sizes, _ = (np.stack(each) for each in zip(*several, strict=True))
    unit = (scores - scenario.scale.lowest) / (scenario.scale.highest - scenario.scale.lowest)
    values = plain_mean(unit, weights[..., None, :], scenario.settings.rho)
    if segment is not None:
        return values[:, scenario.segment_names.index(segment)]
    return plain_mean(np.moveaxis(values, 1, 2), sizes[:, None], 1 - scenario.settings.eps)


def plain_mean(values: FloatArray, weights: FloatArray, exponent: float) -> FloatArray:
    """Weighted power mean over the last axis, as a textbook has it; what is NaN or has no weight takes no part."""
    counted = np.where(np.isnan(values), 0.0, weights)
    known = np.where(counted > 0, values, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = counted / counted.sum(axis=-1, keepdims=True)
        if np.isinf(exponent):
            kept = np.where(counted > 0, values, -np.inf if exponent > 0 else np.inf)
            mean = kept.max(axis=-1) if exponent > 0 else kept.min(axis=-1)
        elif exponent == 0:
            mean = np.exp((share * np.where(share > 0, np.log(known), 0.0)).sum(axis=-1))
        else:
            powers = np.where(share > 0, share * known**exponent, 0.0)
            mean = powers.sum(axis=-1) ** (1 / exponent)
    return np.where((counted > 0).any(axis=-1), mean, np.nan)
