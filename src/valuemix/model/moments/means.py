"""Values in each moment and means over them: the one place where moments are put together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuemix.means import power_mean
from valuemix.model.moments.answers import carried
from valuemix.model.weights import shares
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from valuemix.model.content import Content
    from valuemix.model.evidence import Evidence

__all__ = ["SAME_MIX", "MomentMeans", "inside_mean", "moved_mix"]

_SAME = 1e-12
_SCALED = 1e-9
"""Mean scores this far from what their scaling makes of them stand at the end of the scale."""

SAME_MIX = 1e-11
"""Mean weights this close are the same: points are kept to nine decimals."""


@dataclass(frozen=True, eq=False)
class MomentMeans:
    """Moments of a scenario as arrays, in the order segment (G), moment (J), proposition (P), discipline (D).

    Parameters
    ----------
    scenario : Content
        With moments, whose names and numbers are valid.

    Notes
    -----
    v_gp = M_r(v_g.p; a_g.) with v_gjp = M_rho(u_gjp.; w_gj.), r the compensation over moments. Every other
    question is asked of the mean mix sum_j a_gj w_gjd and of mean scores, whose value is v_gp.
    """

    scenario: Content

    @cached_property
    def contacts(self) -> FloatArray:
        """Share of contacts of each moment in each segment, shape (G, J); rows sum to 1."""
        return shares(self._contacts)

    @cached_property
    def shares(self) -> FloatArray:
        """How much each moment counts in each segment, shape (G, J); rows sum to 1."""
        return shares(self._contacts * [moment.weight for moment in self.scenario.moments])

    @cached_property
    def _contacts(self) -> FloatArray:
        scenario = self.scenario
        array = np.tile([moment.contacts for moment in scenario.moments], (len(scenario.segments), 1))
        for row in scenario.moment_shares:
            array[self._segments[row.segment], self._moments[row.moment]] = row.share
        return array

    @cached_property
    def own_mix(self) -> BoolArray:
        """Which segments have points of their own in a moment, shape (G,)."""
        own = {row.segment for row in self.scenario.moment_points}
        return np.array([name in own for name in self.scenario.segment_names])

    @cached_property
    def mixes(self) -> FloatArray:
        """Weights in each moment, shape (G, J, D); rows sum to 1."""
        count = len(self.scenario.moments)
        array = np.repeat(shares(self.scenario.given_points)[:, None], count, axis=1)
        rows = self.scenario.moment_points
        if rows:
            places = [(self._segments[row.segment], self._moments[row.moment]) for row in rows]
            array[tuple(np.transpose(places))] = shares([[*row.points.values()] for row in rows])
        return array

    @cached_property
    def scores(self) -> FloatArray:
        """Scores in each moment on the scale, shape (G, J, P, D); NaN where missing."""
        scenario = self.scenario
        array = np.repeat(scenario.given("scores")[:, None], len(scenario.moments), axis=1)
        return np.where(np.isnan(self.own_scores), array, self.own_scores)

    @cached_property
    def own_scores(self) -> FloatArray:
        """Scores that a moment has of its own, shape (G, J, P, D); NaN elsewhere."""
        scenario = self.scenario
        counts = (scenario.segments, scenario.moments, scenario.propositions, scenario.disciplines)
        array = np.full([*map(len, counts)], np.nan)
        propositions = {name: p for p, name in enumerate(scenario.proposition_names)}
        for row in sorted(scenario.moment_scores, key=lambda row: bool(row.segment)):
            g = self._segments[row.segment] if row.segment else slice(None)
            cells = array[g, self._moments[row.moment], propositions[row.proposition]]
            for d, score in enumerate(row.scores.values()):
                if score is not None:
                    cells[..., d] = score
        return array

    @cached_property
    def moment_values(self) -> FloatArray:
        """Values in each moment from 0 to 1, shape (G, J, P)."""
        return power_mean(self._unit, self.mixes[:, :, None, :], self.scenario.settings.rho)

    @cached_property
    def segment_values(self) -> FloatArray:
        """Values in each segment from 0 to 1, shape (G, P)."""
        values = np.moveaxis(self.moment_values, 1, -1)
        return inside_mean(values, self.shares[:, None], self.scenario.settings.over_moments)

    @cached_property
    def weights(self) -> FloatArray:
        """The mean mix of each segment, shape (G, D); rows sum to 1."""
        return inside_mean(np.moveaxis(self.mixes, 1, -1), self.shares[:, None], 1.0)

    @cached_property
    def points(self) -> FloatArray:
        """The mean mix as points; those of a segment that has no others in any moment as given, shape (G, D)."""
        return np.where(self.own_mix[:, None], np.round(100 * self.weights, 9), self.scenario.given_points)

    @cached_property
    def missing(self) -> BoolArray:
        """Where a score is missing in a moment in which it has weight, shape (G, P, D)."""
        counted = (self.shares[:, :, None] * self.mixes)[:, :, None] > 0
        return np.asarray((np.isnan(self.scores) & counted).any(axis=1))

    @cached_property
    def mean_scores(self) -> FloatArray:
        """Scores on the scale whose value with the mean mix is that over the moments, shape (G, P, D).

        Means with the weights of the moments. Where compensation is not that over moments, or a score is
        missing in some moments only, they are scaled so that the value is the same; where that would leave
        the scale each is the value itself.
        """
        given, own = self.scenario.given("scores"), ~np.isnan(self.own_scores).all(axis=1)
        scaled = self._scaled()
        plain = ~own & ((np.abs(scaled - self._unit[:, 0]) <= _SAME) | np.isnan(scaled))
        return np.where(plain, given, self.scenario.scale.clipped(scaled))

    @cached_property
    def passed_on(self) -> FloatArray:
        """Part of a segment's score that its mean score follows, shape (G, P, D): the rest is moments' own."""
        joint = self.shares[:, :, None] * self.mixes
        weights = np.where(joint.any(axis=1, keepdims=True), joint, self.shares[:, :, None])[:, :, None]
        taken = np.where(np.isnan(self.own_scores), weights, 0.0).sum(axis=1)
        return np.asarray(taken / weights.sum(axis=1))

    def range_end(self, end: str) -> FloatArray:
        """Ends of ranges, shape (G, P, D): as far from the mean score as they are from the segment's."""
        return self._ends(end, self.mean_scores)

    def range_end_in(self, end: str, moment: int) -> FloatArray:
        """Ends of ranges in one moment, shape (G, P, D): as far from its score as from the segment's."""
        return self._ends(end, self.scores[:, moment])

    def _ends(self, end: str, scores: FloatArray) -> FloatArray:
        given, stated, scale = self.scenario.given("scores"), self.scenario.given(end), self.scenario.scale
        return np.where(
            scores == given, stated, np.clip(scores + (stated - given), scale.lowest, scale.highest)
        )

    def _scaled(self) -> FloatArray:
        rho, joint = self.scenario.settings.rho, self.shares[:, :, None] * self.mixes
        weights = np.where(joint.any(axis=1, keepdims=True), joint, self.shares[:, :, None])
        mean = inside_mean(np.moveaxis(self._unit, 1, -1), np.moveaxis(weights, 1, -1)[:, None], rho)
        value = power_mean(mean, self.weights[:, None, :], rho)[..., None]
        wanted = self.segment_values[..., None]
        with np.errstate(divide="ignore", invalid="ignore"):
            scaled = np.where(np.abs(value - wanted) <= _SAME, mean, mean * (wanted / value))
        weighed = (self.weights > 0)[:, None]
        off = (weighed & ~(np.isnan(mean) | (scaled <= 1 + _SAME))).any(axis=-1, keepdims=True)
        return np.where(weighed & ~np.isnan(mean), np.where(off, wanted, np.minimum(scaled, 1.0)), mean)

    @cached_property
    def _unit(self) -> FloatArray:
        return np.clip(self.scenario.scale.to_unit(self.scores), 0.0, 1.0)

    @cached_property
    def slopes(self) -> FloatArray:
        """What the mean score rises by with the score in each moment, shape (G, J, P, D); NaN where it has no slope.

        The weights of the mean where every mean is a plain one; else the slope that gives the value its own at
        today's scores. None where a score is missing in a moment, or the mean stands at the end of the scale.
        """
        rho, over = self.scenario.settings.rho, self.scenario.settings.over_moments
        joint = self.shares[:, :, None] * self.mixes
        weights = np.where(joint.any(axis=1, keepdims=True), joint, self.shares[:, :, None])
        part = np.broadcast_to((weights / weights.sum(axis=1, keepdims=True))[:, :, None], self.scores.shape)
        mean = power_mean(np.moveaxis(self._unit, 1, -1), np.moveaxis(part, 1, -1), rho)
        value = power_mean(mean, self.weights[:, None, :], rho)[:, None, :, None]
        own, wanted = self.moment_values[..., None], self.segment_values[:, None, :, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            bent = (
                (self._unit * value / mean[:, None]) ** (rho - 1) * own ** (over - rho) * wanted ** (1 - over)
            )
            slopes = part * bent
            unscaled = self.scenario.scale.to_unit(self.mean_scores) - mean * wanted[:, 0] / value[:, 0]
        whole = ~np.isnan(self.scores).any(axis=(1, 3), keepdims=True)
        known = whole & (np.abs(unscaled) < _SCALED)[:, None] & np.isfinite(slopes)
        return np.where(known, slopes, np.nan)

    @cached_property
    def evidence(self) -> Evidence | None:
        """What respondents say of the mean scores."""
        return carried(self.scenario, self.slopes, self.mean_scores)

    def evidence_in(self, moment: int) -> Evidence | None:
        """What respondents say of the scores in one moment."""
        only = np.zeros(self.scores.shape)
        only[:, moment] = 1.0
        return carried(self.scenario, only, self.scores[:, moment])

    def evidence_of(self, proposition: int) -> Evidence | None:
        """What respondents say of the scores of one proposition, those in each moment as a proposition of its name."""
        return carried(self.scenario, self.slopes, self.scores[:, :, proposition], proposition)

    @cached_property
    def _segments(self) -> dict[str, int]:
        return {name: g for g, name in enumerate(self.scenario.segment_names)}

    @cached_property
    def _moments(self) -> dict[str, int]:
        return {name: j for j, name in enumerate(self.scenario.moment_names)}


def inside_mean(values: FloatArray, weights: FloatArray, exponent: float) -> FloatArray:
    """Power mean over the last axis, never a rounding error beyond what it is a mean of."""
    counted = (weights > 0) & ~np.isnan(values)
    low = np.min(values, axis=-1, where=counted, initial=np.inf)
    high = np.max(values, axis=-1, where=counted, initial=-np.inf)
    mean = power_mean(values, weights, exponent)
    return np.where(np.isnan(mean), np.nan, np.clip(mean, low, np.maximum(low, high)))


def moved_mix(mix: FloatArray, mean: FloatArray, target: FloatArray) -> FloatArray:
    """A moment's weights after the mean mix moved: each mix moves its share, and their mean is the target.

    What the mean mix takes from a discipline every moment takes in proportion; what a moment has freed goes
    where the mean mix went up, in proportion to that.

    Parameters
    ----------
    mix, mean, target : ndarray, shapes that broadcast to (..., D)
        Weights of the moment, the mean mix before and after; each sums to 1.

    Examples
    --------
    >>> mix, mean = np.array([0.2, 0.8]), np.array([0.4, 0.6])
    >>> moved_mix(mix, mean, np.array([0.7, 0.3])).round(3).tolist()
    [0.6, 0.4]
    """
    change = target - mean
    rise = np.where(change > SAME_MIX, change, 0.0)
    risen = rise.sum(axis=-1, keepdims=True)
    falls = change < -SAME_MIX
    kept = mix * np.divide(target, mean, out=np.ones(change.shape), where=falls)
    # What has not moved stays to the last bit: all but nothing of a weight may count.
    freed = (mix - kept).sum(axis=-1, keepdims=True)
    moved = kept + freed * rise / np.where(risen > 0, risen, 1.0)
    return np.asarray(np.where(risen > 0, moved, mix))
