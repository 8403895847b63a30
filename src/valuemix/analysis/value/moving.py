"""Values of moments whose weights move with the mean mix of their segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from valuemix.means import NEAR_GEOMETRIC, power_mean
from valuemix.model.moments.means import SAME_MIX, inside_mean, moved_mix
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["MovingMoments", "moving_moments"]

BATCH = 1_000_000
"""Scores valued at a time: a path has many places, and a scenario many moments."""

TAME, LEAST = 20.0, 1e-6
"""Powers no further from 0, of scores no smaller, keep all digits in a sum."""


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
        if self.straight:
            return self._exchanged(weights - today)
        mixes = moved_mix(self.mixes, today[:, None], weights[:, :, None])
        worth = self._worth(mixes)
        return inside_mean(np.swapaxes(worth, -1, -2), self.shares[:, None], self.over)

    def _worth(self, mixes: FloatArray) -> FloatArray:
        """Power means of the scores in each moment by mixes of shape (T, G, J, D), shape (T, G, J, P)."""
        powers, present = self._powers
        if powers is None:
            scores = np.broadcast_to(self.scores, (len(mixes), *self.scores.shape))
            return power_mean(scores, mixes[..., None, :], self.rho)
        total = (mixes[..., None, :] @ present)[..., 0, :]
        with np.errstate(invalid="ignore"):
            sums = (mixes[..., None, :] @ powers)[..., 0, :] / total
        return np.asarray(np.exp(sums) if self.rho == 0 else sums ** (1 / self.rho))

    @cached_property
    def _powers(self) -> tuple[FloatArray | None, FloatArray]:
        """Scores to the power of the compensation (0: logs), 0 where missing, and which there are: (G, J, D, P) each.

        No powers where they or what they sum to might lose digits: `power_mean` has them all.
        """
        scores = np.swapaxes(self.scores, -1, -2)
        present = ~np.isnan(scores)
        least = np.min(scores, where=present & ((scores > 0) | (self.rho <= 0)), initial=1.0)
        tame = self.rho == 0 or NEAR_GEOMETRIC <= abs(self.rho) <= TAME
        if not tame or least < LEAST:
            return None, present.astype(float)
        filled = np.where(present, scores, 1.0)
        powers = np.log(filled) if self.rho == 0 else filled**self.rho
        return np.where(present, powers, 0.0), present.astype(float)

    def _exchanged(self, change: FloatArray) -> FloatArray:
        """Straight values after mean mixes changed by (T, G, D): what each discipline gave times what took it up."""
        rise, fall = (np.where(each > SAME_MIX, each, 0.0) for each in (change, -change))
        risen = rise.sum(axis=-1, keepdims=True)
        taken_up = rise / np.where(risen > 0, risen, 1.0)
        now, worth = self._exchange
        given = np.einsum("tgd,gdk->tgk", fall, worth.reshape(*worth.shape[:2], -1))
        exchanged = given.reshape(*given.shape[:2], *worth.shape[2:]) * taken_up[:, :, None]
        return np.asarray(now + exchanged.sum(axis=-1))

    @cached_property
    def _exchange(self) -> tuple[FloatArray, FloatArray]:
        """Straight values today, shape (G, P), and what they gain by a weight that goes over, shape (G, D, P, D).

        Every moment gives in proportion to what it weighs, and what it gave goes where the mean mix went up.
        """
        weights = self.shares[:, :, None] * self.mixes
        mean = weights.sum(axis=1, keepdims=True)
        given = np.divide(weights, mean, out=np.zeros_like(weights), where=mean > 0)
        worth = np.einsum("gjd,gjpe->gdpe", given, self.scores)
        return np.einsum("gjd,gjpd->gp", weights, self.scores), worth - np.einsum("gdpd->gdp", worth)[
            ..., None
        ]

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
