"""How the figures of a published example are computed: one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from valuemix.analysis.customers.balance import effective_number
from valuemix.analysis.portfolio.choose import choose
from valuemix.analysis.value.scoring import evaluate
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["KINDS"]


def _values(inputs: dict[str, Any]) -> FloatArray:
    """Overall value of every proposition, in the unit that the source prints."""
    scores = np.array(inputs["scores"], dtype=np.float64)
    low, high = inputs["scale"]
    result = evaluate(Scenario.from_arrays(scores, points=inputs["weights"], scale=(low, high)))
    values: FloatArray = inputs.get("plus", 0) + inputs.get("times", 1) * np.asarray(result.overall)
    return values


def _contributions(inputs: dict[str, Any]) -> FloatArray:
    """What each criterion adds to the value of the only proposition."""
    scores = np.array(inputs["scores"], dtype=np.float64)
    low, high = inputs["scale"]
    result = evaluate(Scenario.from_arrays(scores, points=inputs["weights"], scale=(low, high)))
    assert result.overall_contributions is not None  # noqa: S101 - compensation is 1 here
    parts: FloatArray = inputs["times"] * np.asarray(result.overall_contributions[0])
    return parts


def _shares_of_columns(inputs: dict[str, Any]) -> FloatArray:
    """Values of scores as shares of their columns, inverted first where less is better."""
    raw = np.array(inputs["scores"], dtype=np.float64)
    better = np.where(np.array(inputs["objectives"]) == "min", 1 / raw, raw)
    return _values({"scores": better / better.sum(axis=0), "weights": inputs["weights"], "scale": (0, 1)})


def _cost_of_a_point(inputs: dict[str, Any]) -> FloatArray:
    """What a point costs from one efficient set to the next, where exactly one proposition is chosen."""
    base = Scenario.from_arrays(
        np.repeat(np.array(inputs["values"])[:, None], 2, axis=1), scale=inputs["scale"]
    )
    costs = zip(base.propositions, inputs["costs"], strict=True)
    offers = [part.model_copy(update={"cost": float(cost)}) for part, cost in costs]
    prices = choose(base.replace(propositions=offers), at_most=1).to_frame()["cost_a_point"].dropna()
    return np.asarray(prices)[1:]  # the first of them is that of the cheapest against none at all


def _concentration(inputs: dict[str, Any]) -> FloatArray:
    """Sum of squared shares in percent: 10,000 over the effective number."""
    return np.atleast_1d(10_000 / effective_number(inputs["shares"]))


KINDS: dict[str, Callable[[dict[str, Any]], FloatArray]] = {
    "values": _values,
    "contributions": _contributions,
    "shares of columns": _shares_of_columns,
    "concentration": _concentration,
    "cost of a point": _cost_of_a_point,
}
"""What computes the printed figures of an example, by its kind."""
