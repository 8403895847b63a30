"""Value of one proposition as a function of its scores in all moments, with its slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["MomentScores"]


@dataclass(frozen=True, eq=False)
class MomentScores:
    """Value of one proposition as a function of its scores in all moments.

    Attributes
    ----------
    unit, mixes : ndarray, shape (G, J, D)
        Scores from 0 to 1, NaN where missing, and weights.
    shares : ndarray, shape (G, J)
        Of the moments.
    sizes : ndarray, shape (G,)
    exponents : tuple of float
        Of the means over disciplines, moments and segments.
    """

    unit: FloatArray
    mixes: FloatArray
    shares: FloatArray
    sizes: FloatArray
    exponents: tuple[float, float, float]

    @classmethod
    def of(cls, scenario: Scenario, proposition: int, segment: str | None = None) -> MomentScores:
        """Those of a scenario with moments, overall or in a segment."""
        means, settings, rows = scenario.moment_means, scenario.settings, scenario.rows(segment)
        unit = np.clip(scenario.scale.to_unit(means.scores[rows, :, proposition]), 0, 1)
        sizes = scenario.size_shares[rows] if segment is None else np.ones(1)
        exponents = (settings.rho, settings.over_moments, 1 - settings.eps)
        return cls(unit, means.mixes[rows], means.shares[rows], sizes, exponents)

    def value(self, unit: FloatArray) -> float:
        """Value from 0 to 1 with other scores."""
        return float(self._means(unit)[-1])

    def slopes(self, unit: FloatArray) -> FloatArray:
        """What each score adds to the value, per unit of it, shape (G, J, D); one of several where it has a kink."""
        in_moments, in_segments, _ = self._means(unit)
        over, between, across = self.exponents
        return np.asarray(
            _slope(unit, self.mixes, over)
            * _slope(in_moments, self.shares, between)[..., None]
            * _slope(in_segments, self.sizes, across)[:, None, None]
        )

    def _means(self, unit: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        in_moments = power_mean(unit, self.mixes, self.exponents[0])
        in_segments = power_mean(in_moments, self.shares, self.exponents[1])
        return in_moments, in_segments, power_mean(in_segments, self.sizes, self.exponents[2])


def _slope(values: FloatArray, weights: FloatArray, exponent: float) -> FloatArray:
    """Slope of a power mean over the last axis in each of its terms."""
    counted = np.where(np.isnan(values), 0.0, np.broadcast_to(weights, values.shape))
    total = counted.sum(axis=-1, keepdims=True)
    counted = counted / np.where(total > 0, total, 1.0)
    mean = power_mean(values, counted, exponent)[..., None]
    if np.isinf(exponent):
        least = (np.where(counted > 0, values, np.inf) == mean).cumsum(axis=-1)
        return np.asarray((np.diff(least, axis=-1, prepend=0) == 1) & (least == 1), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(counted > 0, counted * (values / mean) ** (exponent - 1), 0.0)
