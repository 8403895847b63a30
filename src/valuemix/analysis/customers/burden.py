"""Burden: what a proposition costs the people who take it, and the value that is left net of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.uncertainty import segment_draws
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.value.scoring import Evaluation, by_segment, evaluate, ranks
from valuemix.errors import EditError
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["NetValue", "ValueMap", "needs_burdens", "net_value"]


@dataclass(frozen=True, eq=False)
class ValueMap:
    """Customer value map of one view: value against burden, with the fair-value line.

    Attributes
    ----------
    propositions : tuple of str
    burdens, values : ndarray, shape (P,)
        Where each stands, on the scenario's scale; NaN where one is missing.
    slope : float
        Value that makes up for one unit of burden: b / (1 - b); infinity where only burden counts.
    middle : tuple of float
        Mean burden and mean value of the propositions, through which the line goes.
    above : ndarray, shape (P,)
        How far the value of each lies above the fair value at its burden; NaN where unknown.
    """

    propositions: tuple[str, ...]
    burdens: FloatArray
    values: FloatArray
    slope: float
    middle: tuple[float, float]

    @property
    def above(self) -> FloatArray:
        """Value less the fair value at the same burden, shape (P,)."""
        return self.values - self.fair_values(self.burdens)

    def fair_values(self, burdens: FloatArray) -> FloatArray:
        """Values on the fair-value line at given burdens; NaN where only burden counts."""
        if np.isinf(self.slope):
            return np.full(np.shape(burdens), np.nan)
        return self.middle[1] + self.slope * (burdens - self.middle[0])


@dataclass(frozen=True, eq=False)
class NetValue:
    """Values with burden taken into account, on the scenario's scale.

    Attributes
    ----------
    evaluation : Evaluation
        Values before burden.
    burdens : ndarray, shape (G, P)
        Weighted mean of the burdens that are given for a proposition in a segment; NaN where none is.
    overall_burdens : ndarray, shape (P,)
        Mean over segments by size.
    net : ndarray, shape (G, P)
        Net values; NaN where there is no value.
    overall : ndarray, shape (P,)
        Net values over segments by size, with the scenario's fairness.
    """

    evaluation: Evaluation
    burdens: FloatArray
    overall_burdens: FloatArray
    net: FloatArray
    overall: FloatArray

    @property
    def scenario(self) -> Scenario:
        """What was evaluated."""
        return self.evaluation.scenario

    @property
    def counts(self) -> bool:
        """Whether burden has a weight in any segment; elsewhere net values are the values."""
        return bool(self.scenario.burden_shares.any())

    @property
    def missing(self) -> BoolArray:
        """Where burden has weight and is not known, so that the net value is the value, shape (G, P)."""
        return np.isnan(self.burdens) & (self.scenario.burden_shares > 0)[:, None]

    def draws(self, segment: str | None = None) -> FloatArray:
        """Net values under what is in doubt, burdens as they are, shape (P, N); N is 1 where nothing is.

        Parameters
        ----------
        segment : str, optional
            Name of the segment; over all segments where it is None.

        Raises
        ------
        UnknownName
            Where the segment does not exist.
        """
        scenario, scale = self.scenario, self.scenario.scale
        rows = scenario.rows(segment)
        values = scale.to_unit(segment_draws(scenario)[rows])
        heavy = scale.to_unit(self.burdens[rows])[..., None]
        net = _net(values, heavy, scenario.burden_shares[rows][:, None, None])
        sizes = scenario.size_shares[:, None]
        every = net[0] if segment else mean_of_draws(net.transpose(1, 0, 2), sizes, 1 - scenario.settings.eps)
        return scale.from_unit(every)

    @cached_property
    def ranks(self) -> IntArray:
        """Rank by net value in each segment, shape (G, P); 0 where there is none."""
        return ranks(self.net, self.scenario.scale.width)

    @cached_property
    def overall_ranks(self) -> IntArray:
        """Rank by net value over all segments, shape (P,)."""
        return ranks(self.overall, self.scenario.scale.width)

    def burden_share(self, segment: str | None = None) -> float:
        """Weight of burden in a segment, from 0 to 1; the mean by size where it is None."""
        shares = self.scenario.burden_shares
        if segment is not None:
            return float(shares[self.scenario.segment_index(segment)])
        return float(self.scenario.size_shares @ shares)

    def value_map(self, segment: str | None = None) -> ValueMap:
        """Value against burden, with the line on which more burden is just made up for by more value.

        The line has the slope at which people trade one for the other and goes through the mean
        of the propositions. In a segment a proposition lies above it exactly where its net value
        is above that of the mean; overall the slope rests on the mean weight of burden, and that
        holds where the weight is the same in every segment.

        Parameters
        ----------
        segment : str, optional
            Name of the segment; over all segments where it is None.

        Raises
        ------
        UnknownName
            Where the segment does not exist.
        """
        g = None if segment is None else self.scenario.segment_index(segment)
        burdens = self.overall_burdens if g is None else self.burdens[g]
        values = self.evaluation.values_in(segment)
        known = ~(np.isnan(burdens) | np.isnan(values))
        share = self.burden_share(segment)
        slope = share / (1 - share) if share < 1 else float("inf")
        means = [float(x[known].mean()) if known.any() else float("nan") for x in (burdens, values)]
        return ValueMap(
            self.scenario.proposition_names,
            np.where(known, burdens, np.nan),
            np.where(known, values, np.nan),
            slope,
            (means[0], means[1]),
        )

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: segment, proposition, value, burden, net_value, rank; the overall rows last."""
        return by_segment(
            self.scenario,
            value=(self.evaluation.values, self.evaluation.overall),  # noqa: PD011 - not a frame
            burden=(self.burdens, self.overall_burdens),
            net_value=(self.net, self.overall),
            rank=(self.ranks, self.overall_ranks),
        )


def net_value(scenario: Scenario | Evaluation) -> NetValue:
    """Value of every proposition net of the time, worry, effort and money that it costs.

    The burden of a proposition in a segment is the mean of those of the four that are given, by
    their weights, and over moments by theirs. Turned round on the scale, so that the lightest is
    best, it counts beside value by the weight b of burden in the segment: net value = (1 - b) *
    value + b * (lowest + highest - burden). It thus stands on the same scale, is the value where b
    is 0, and weighs burden like one more discipline, with a weight that means the same as any other.
    Where no burden is given it takes no part, and the net value is the value.

    Parameters
    ----------
    scenario : Scenario or Evaluation
        With a table of burdens.

    Returns
    -------
    NetValue

    Raises
    ------
    EditError
        Where the scenario has no burdens.

    References
    ----------
    Zeithaml, Consumer perceptions of price, quality, and value, Journal of Marketing 52 (1988):
    value as what is got against what is given, non-monetary cost included. Keeney and Raiffa,
    Decisions with Multiple Objectives (1976): additive value with a cost attribute turned round.
    Gale, Managing Customer Value (1994): the value map and its fair-value line.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 6], [6, 5]], propositions=["Express", "Green line"])
    >>> light = base.with_table("burdens", [[[9, 7, None, None], [1, 3, 2, 2]]])
    >>> heavy = light.replace(segments=[light.segments[0].model_copy(update={"burden": 50.0})])
    >>> net_value(heavy).burdens.tolist(), net_value(heavy).net.tolist()
    ([[8.0, 2.0]], [[4.5, 6.75]])
    """
    result = evaluate(scenario)
    scenario, scale = result.scenario, result.scenario.scale
    needs_burdens(scenario)
    heavy = scenario.burden_means.burdens
    before = scale.to_unit(result.values)
    net = _net(before, heavy, scenario.burden_shares[:, None])
    overall = power_mean(net.T, scenario.size_shares, 1 - scenario.settings.eps)
    by_size = power_mean(heavy.T, scenario.size_shares, 1)
    return NetValue(result, *map(scale.clipped, (heavy, by_size, net, overall)))


def _net(values: FloatArray, burdens: FloatArray, weight: FloatArray) -> FloatArray:
    """Values with burdens turned round beside them, both from 0 to 1; the value where no burden is known."""
    share = np.where(np.isnan(burdens), 0.0, weight)
    return (1 - share) * values + share * (1 - np.nan_to_num(burdens))


def needs_burdens(scenario: Scenario) -> None:
    """Refuse a scenario without burdens.

    Raises
    ------
    EditError
        The message names the sheet to fill in.
    """
    if not scenario.has_burdens:
        raise EditError("there are no burdens; fill in the sheet Burdens")
