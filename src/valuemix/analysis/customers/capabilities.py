"""Capabilities: the level that a proposition asks of each, and the levels that are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.errors import EditError
from valuemix.means import power_mean
from valuemix.model.resources.parts import SUPPORT
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["Capabilities", "capabilities_needed"]

_WHOLE = 1e-9
"""A level short by no more is there."""


@dataclass(frozen=True, eq=False)
class Capabilities:
    """What a proposition asks of each of C capabilities.

    Attributes
    ----------
    scenario : Scenario
    proposition : int
        Its place.
    promised : bool
        Whether the promised scores count; otherwise those that customers feel.
    required : ndarray, shape (C,)
        Levels that it asks for; NaN where no score is known of what rests on the capability.
    driver : ndarray of int, shape (C,)
        Place of the discipline that asks for most.
    gaps : ndarray, shape (C,)
        Whole levels that are missing; NaN where the required level is not known.
    costs : ndarray, shape (C,)
        Of the missing levels; NaN where levels are missing and their cost is not known.
    """

    scenario: Scenario
    proposition: int
    promised: bool
    required: FloatArray
    driver: IntArray
    gaps: FloatArray
    costs: FloatArray


def capabilities_needed(scenario: Scenario, proposition: int) -> Capabilities:
    """Required level of each capability: its highest times the share of support and score that is the largest.

    Parameters
    ----------
    scenario : Scenario
        With capabilities.
    proposition : int
        Place of the one that is to be delivered.

    Returns
    -------
    Capabilities

    Raises
    ------
    EditError
        Where there are none; the message names the sheet to fill in.

    Examples
    --------
    >>> from valuemix.model.resources.parts import Capability
    >>> base = Scenario.from_arrays([[8, 2]], disciplines=["Speed", "Care"])
    >>> service = Capability(name="Field service", level=2, highest=5, cost=10, support={"speed": 9, "care": 3})
    >>> found = capabilities_needed(base.replace(capabilities=[service]), 0)
    >>> found.required.tolist(), found.gaps.tolist(), found.costs.tolist()
    ([4.0], [2.0], [20.0])
    """
    rows = scenario.capabilities
    if not rows:
        raise EditError("there are no capabilities; fill in the sheet Capabilities")
    promised = _is_promised(scenario, proposition)
    most = _shares_asked(scenario, scenario.array("promised" if promised else "scores")[:, proposition])
    level, highest = (np.array([getattr(row, name) for row in rows]) for name in ("level", "highest"))
    cost = np.array([np.nan if row.cost is None else row.cost for row in rows])
    required = np.where(most.max(axis=1) < 0, np.nan, highest * most.max(axis=1))
    gaps = np.ceil(np.maximum(required - level - _WHOLE * highest, 0.0))
    return Capabilities(
        scenario,
        proposition,
        promised,
        required,
        most.argmax(axis=1),
        gaps,
        np.where(gaps == 0, 0.0, gaps * cost),
    )


def _is_promised(scenario: Scenario, proposition: int) -> bool:
    """Whether any score of a proposition is promised."""
    if scenario.promised is None:
        return False
    return not np.isnan(scenario.array("promised")[:, proposition]).all()


def _shares_asked(scenario: Scenario, scores: FloatArray) -> FloatArray:
    """Share of its highest level that each discipline asks of each capability, shape (C, D); -1 where it asks nothing.

    Scores of shape (G, D) count by the sizes of the segments that have them.
    """
    rows, ids = scenario.capabilities, scenario.discipline_ids
    asked = (power_mean(scores.T, scenario.sizes, 1.0) - scenario.scale.lowest) / scenario.scale.width
    support = np.array([[row.support.get(d) or 0.0 for d in ids] for row in rows])
    return np.nan_to_num(np.where(support > 0, support / SUPPORT[-1] * asked, np.nan), nan=-1.0)
