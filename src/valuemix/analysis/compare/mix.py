"""A scenario part of the way from one to another."""

from __future__ import annotations

import numpy as np

from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS

__all__ = ["can_mix", "mixed"]


def can_mix(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same propositions, segments, disciplines, scale and settings."""
    return all(
        getattr(one, what) == getattr(other, what)
        for what in ("proposition_names", "segment_names", "discipline_ids", "scale", "settings")
    )


def mixed(one: Scenario, other: Scenario, share: float) -> Scenario:
    """Scenario with weights, size shares and scores between those of two.

    Parameters
    ----------
    one, other : Scenario
        Where the way starts and ends.
    share : float
        How far, from 0 to 1.

    Returns
    -------
    Scenario
        Under the name of the first, with all else that it holds, and with its ranges where both
        have the same scores. A score that either lacks is missing.

    Raises
    ------
    EditError
        Where they cannot be mixed, or the share is off.

    Examples
    --------
    >>> a, b = (Scenario.from_arrays([[8, 2], [4, 5]], points=points) for points in ([80, 20], [20, 80]))
    >>> mixed(a, b, 0.25).weights
    array([[0.65, 0.35]])
    """
    if not can_mix(one, other):
        raise EditError(
            "only scenarios with the same propositions, segments, disciplines, scale and settings can be mixed"
        )
    if not 0 <= share <= 1:
        raise EditError(f"the share of the way must be from 0 to 1, got {share:g}")
    one, other = one.without_moments(), other.without_moments()
    weights = (1 - share) * one.weights + share * other.weights
    sizes = (1 - share) * one.size_shares + share * other.size_shares
    scores = (1 - share) * one.array("scores") + share * other.array("scores")
    # Two scores at the end of the scale may come out a rounding error beyond it.
    scores = np.clip(scores, one.scale.lowest, one.scale.highest)
    same_scores = one.scores == other.scores
    start = (
        one
        if same_scores
        else one.without_attributes().replace(low=None, high=None).with_table("scores", scores)
    )
    by_name = dict(zip(one.segment_names, map(float, sizes * one.sizes.sum()), strict=True))
    return start.with_points(weights * TOTAL_POINTS).with_sizes(by_name)
