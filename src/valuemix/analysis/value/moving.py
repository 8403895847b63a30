"""Values of moments whose weights move with the mean mix of their segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from valuemix.means import power_mean
from valuemix.model.moments.means import inside_mean, moved_mix
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["MovingMoments", "moving_moments"]

BATCH = 1_000_000
"""Scores valued at a time: a path has many places, and a scenario many moments."""


@dataclass(frozen=True, eq=False)
class MovingMoments:
    """What moments weigh and are worth, in axis order segment, moment, proposition, discipline.

    Attributes
    ----------
    scores : ndarray, shape (G, J, P, D)
        From 0 to 1; NaN where missing.
    mixes : ndarray, shape (G, J, D)
        Today's weights; each row sums to 1.
    shares : ndarray, shape (G, J)
        How much each moment counts; each row sums to 1.
    rho, over : float
        Compensation between disciplines, and over moments.
    """

    scores: FloatArray
    mixes: FloatArray
    shares: FloatArray
    rho: float
    over: float

    @cached_property
    def straight(self) -> bool:
        """Whether values are straight lines as mean mixes move one way: nothing bends them and no score is missing."""
        return self.rho == 1 and self.over == 1 and not np.isnan(self.scores).any()

    def values(self, today: FloatArray, weights: FloatArray) -> FloatArray:
        """Values in each segment, shape (..., G, P), once mean mixes moved from today's (G, D) to these (..., G, D)."""
        flat = weights.reshape(-1, *weights.shape[-2:])
        parts = np.array_split(flat, 1 + len(flat) * self.scores.size // BATCH)
        found = np.concatenate([self._values(today, part) for part in parts])
        return found.reshape(*weights.shape[:-1], self.scores.shape[2])

    def _values(self, today: FloatArray, weights: FloatArray) -> FloatArray:
        mixes = moved_mix(self.mixes, today[:, None], weights[:, :, None])
        if self.straight:
            found = mixes.reshape(*mixes.shape[:2], 1, self._terms.shape[1]) @ self._terms
            return np.asarray(found[:, :, 0])
        worth = power_mean(
            np.broadcast_to(self.scores, (len(weights), *self.scores.shape)), mixes[..., None, :], self.rho
        )
        return inside_mean(np.swapaxes(worth, -1, -2), self.shares[:, None], self.over)

    @cached_property
    def _terms(self) -> FloatArray:
        """What a weight in a moment adds to each value, shape (G, J * D, P)."""
        terms = np.moveaxis(self.shares[:, :, None, None] * self.scores, 2, -1)
        return terms.reshape(len(terms), -1, terms.shape[-1])

    def only(self, segment: int) -> MovingMoments:
        """Those of one segment."""
        one = slice(segment, segment + 1)
        return replace(self, scores=self.scores[one], mixes=self.mixes[one], shares=self.shares[one])


def moving_moments(scenario: Scenario) -> MovingMoments | None:
    """Moments of a scenario; None where mean scores say the same of any weights.

    They do where no moment has points of its own, no score is missing in one, and both compensations are one: the
    mean of means is then the mean.
    """
    if not scenario.moments:
        return None
    means, settings = scenario.moment_means, scenario.settings
    scores = np.clip(scenario.scale.to_unit(means.scores), 0.0, 1.0)
    scored = not np.isnan(means.own_scores).all()
    bent = scored and (settings.rho != settings.over_moments or bool(np.isnan(scores).any()))
    if not (means.own_mix.any() or bent):
        return None
    return MovingMoments(scores, means.mixes, means.shares, settings.rho, settings.over_moments)
