"""Burdens from amounts in their own units, in each moment and over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuemix.means import power_mean
from valuemix.model.burdens.parts import BurdenLimit
from valuemix.model.moments.means import inside_mean
from valuemix.model.parts import BURDENS
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["BurdenMeans"]

_SAME = 1e-12


@dataclass(frozen=True, eq=False)
class BurdenMeans:
    """Burdens of a scenario as arrays, in the order segment (G), moment (J), proposition (P), burden (4).

    Parameters
    ----------
    scenario : Content
        Whose names and numbers are valid; without moments it has one, which is the segment itself.

    Notes
    -----
    b_gjp = sum_k beta_gk min(1, amount_gjpk / worst_gk); an unknown amount passes its weight on to those that
    are known. b_gp is the mean over moments by their weight, among those in which a burden is known.
    """

    scenario: Content

    @cached_property
    def limits(self) -> list[list[BurdenLimit | None]]:
        """Row of the sheet Burden limits that counts for each segment and burden, if there is one."""
        rows = {(row.segment, row.burden): row for row in self.scenario.burden_limits}
        names = self.scenario.segment_names
        return [[rows.get((g, k)) or rows.get(("", k)) for k in BURDENS] for g in names]

    @cached_property
    def worst(self) -> FloatArray:
        """Amounts that nobody bears, shape (G, 4); NaN where the amounts stand on the scale."""
        return self._of_limits("worst")

    @cached_property
    def given_weights(self) -> FloatArray:
        """Weights as given, shape (G, 4); NaN where blank."""
        return self._of_limits("weight")

    @cached_property
    def weights(self) -> FloatArray:
        """Weights of the burdens in each segment, shape (G, 4); rows sum to 1."""
        given = self.given_weights
        array = np.where(
            np.isnan(given), np.where(np.isnan(given).all(axis=1, keepdims=True), 1.0, 0.0), given
        )
        return np.asarray(array / array.sum(axis=1, keepdims=True))

    @cached_property
    def units(self) -> list[list[str]]:
        """Unit of each burden in each segment; blank where it has none."""
        return [[limit.unit if limit else "" for limit in row] for row in self.limits]

    @cached_property
    def amounts(self) -> FloatArray:
        """Amounts a contact, shape (G, J, P, 4); NaN where unknown."""
        scenario = self.scenario
        array = np.repeat(scenario.given("burdens")[:, None], max(1, len(scenario.moments)), axis=1)
        places = [{name: i for i, name in enumerate(names)} for names in scenario.axes[:2]]
        moments = {name: j for j, name in enumerate(scenario.moment_names)}
        for row in sorted(scenario.moment_burdens, key=lambda row: bool(row.segment)):
            g = places[0][row.segment] if row.segment else slice(None)
            cells = array[g, moments[row.moment], places[1][row.proposition]]
            for k, amount in enumerate(row.amounts):
                if amount is not None:
                    cells[..., k] = amount
        return array

    @cached_property
    def parts_of_worst(self) -> FloatArray:
        """Amounts as shares of the worst, shape (G, J, P, 4), from 0 to 1."""
        worst = self.worst[:, None, None]
        on_scale = np.clip(self.scenario.scale.to_unit(self.amounts), 0, 1)
        return np.where(np.isnan(worst), on_scale, np.minimum(self.amounts / worst, 1.0))

    @cached_property
    def in_moments(self) -> FloatArray:
        """Burdens in each moment from 0 to 1, shape (G, J, P)."""
        return power_mean(self.parts_of_worst, self.weights[:, None, None], 1.0)

    @cached_property
    def burdens(self) -> FloatArray:
        """Burdens from 0 to 1, shape (G, P); NaN where none is known."""
        return inside_mean(np.moveaxis(self.in_moments, 1, -1), self.shares[:, None], 1.0)

    @cached_property
    def joint(self) -> FloatArray:
        """Share of each amount in the burden of a segment, shape (G, J, P, 4): what is unknown has passed it on."""
        known = ~np.isnan(self.parts_of_worst) & (self.weights > 0)[:, None, None]
        within = _as_shares(np.where(known, self.weights[:, None, None], 0.0), -1)
        over = _as_shares(np.where(known.any(axis=-1), self.shares[:, :, None], 0.0), 1)
        return np.asarray(over[..., None] * within)

    @cached_property
    def parts(self) -> FloatArray:
        """What each of the four adds to the burden, shape (G, P, 4); they sum to it, NaN where none is known."""
        parts = (self.joint * np.nan_to_num(self.parts_of_worst)).sum(axis=1)
        unknown = np.isnan(self.parts_of_worst).all(axis=1) | (self.weights == 0)[:, None]
        return np.where(np.isnan(self.burdens)[..., None] | unknown, np.nan, parts)

    @cached_property
    def shares(self) -> FloatArray:
        """How much each moment counts in each segment, shape (G, J); rows sum to 1."""
        scenario = self.scenario
        return scenario.moment_means.shares if scenario.moments else np.ones((len(scenario.segments), 1))

    @cached_property
    def contacts(self) -> FloatArray:
        """Share of contacts of each moment in each segment, shape (G, J); rows sum to 1."""
        return self.scenario.moment_means.contacts if self.scenario.moments else self.shares

    @cached_property
    def a_contact(self) -> FloatArray:
        """Amounts a contact on average over the contacts whose amount is known, shape (G, P, 4)."""
        by_contacts = np.moveaxis(np.broadcast_to(self.contacts[:, :, None, None], self.amounts.shape), 1, -1)
        return inside_mean(np.moveaxis(self.amounts, 1, -1), by_contacts, 1.0)

    @cached_property
    def a_year(self) -> FloatArray:
        """Amounts over the contacts of a customer in a year, shape (G, P, 4); NaN where no contacts are given.

        Contacts whose amount is not known add nothing; see `incomplete`.
        """
        yearly = [np.nan if s.contacts is None else s.contacts for s in self.scenario.segments]
        known = ~np.isnan(self.amounts)
        total = (self.contacts[:, :, None, None] * np.nan_to_num(self.amounts)).sum(axis=1)
        return np.where(known.any(axis=1), np.array(yearly)[:, None, None] * total, np.nan)

    @cached_property
    def incomplete(self) -> BoolArray:
        """Where some contacts have no known amount, so that a year has more, shape (G, P, 4)."""
        return np.asarray((np.isnan(self.amounts) & (self.contacts > 0)[:, :, None, None]).any(axis=1))

    @cached_property
    def mean_amounts(self) -> FloatArray:
        """Amounts without moments whose burden is that over the moments, shape (G, P, 4); NaN where unknown."""
        if not self.scenario.moment_burdens:
            return self.scenario.given("burdens")
        by_weight = np.moveaxis(np.broadcast_to(self.shares[:, :, None, None], self.amounts.shape), 1, -1)
        mean = inside_mean(np.moveaxis(self.parts_of_worst, 1, -1), by_weight, 1.0)
        found = power_mean(mean, self.weights[:, None], 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            scaled = np.where(
                np.abs(found - self.burdens)[..., None] <= _SAME,
                mean,
                mean * (self.burdens / found)[..., None],
            )
        off = (scaled > 1 + _SAME).any(axis=-1, keepdims=True)
        share = np.where(off & ~np.isnan(mean), self.burdens[..., None], np.minimum(scaled, 1.0))
        worst = self.worst[:, None]
        return np.where(np.isnan(worst), self.scenario.scale.clipped(share), share * worst)

    def _of_limits(self, field: str) -> FloatArray:
        found = [getattr(limit, field, None) for row in self.limits for limit in row]
        return np.array(found, dtype=float).reshape(-1, len(BURDENS))


def _as_shares(weights: FloatArray, axis: int) -> FloatArray:
    total = weights.sum(axis=axis, keepdims=True)
    return np.asarray(weights / np.where(total > 0, total, 1.0))
