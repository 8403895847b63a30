"""Burden: what a proposition costs the people who take it, and the value that is left net of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.analysis.certainty.uncertainty import segment_draws
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.value.means import power_mean
from valuemix.analysis.value.scoring import OVERALL, Evaluation, evaluate, ranks
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario

__all__ = ["NetValue", "ValueMap", "net_value"]

FloatArray = NDArray[np.float64]


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
        Mean of the burdens that are given for a proposition in a segment; NaN where none is.
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
    def missing(self) -> NDArray[np.bool_]:
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
        rows = slice(None) if segment is None else [scenario.segment_index(segment)]
        values = (segment_draws(scenario)[rows] - scale.lowest) / scale.width
        heavy = ((self.burdens[rows] - scale.lowest) / scale.width)[..., None]
        net = _net(values, heavy, scenario.burden_shares[rows][:, None, None])
        sizes = scenario.size_shares[:, None]
        every = net[0] if segment else mean_of_draws(net.transpose(1, 0, 2), sizes, 1 - scenario.settings.eps)
        drawn: FloatArray = scale.lowest + scale.width * every
        return drawn

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """Rank by net value in each segment, shape (G, P); 0 where there is none."""
        return ranks(self.net, self.scenario.scale.width)

    @cached_property
    def overall_ranks(self) -> NDArray[np.int64]:
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
        middle = (
            (float(burdens[known].mean()), float(values[known].mean()))
            if known.any()
            else (float("nan"), float("nan"))
        )
        return ValueMap(
            self.scenario.proposition_names,
            np.where(known, burdens, np.nan),
            np.where(known, values, np.nan),
            slope,
            middle,
        )

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: segment, proposition, value, burden, net_value, rank; the overall rows last."""
        scenario, count = self.scenario, len(self.scenario.propositions)
        segments = [*scenario.segment_names, OVERALL]
        rank = np.concatenate([self.ranks.ravel(), self.overall_ranks])
        before = np.ravel(self.evaluation.values)
        return pd.DataFrame(
            {
                "segment": np.repeat(np.array(segments, dtype=object), count),
                "proposition": [*scenario.proposition_names] * len(segments),
                "value": np.concatenate([before, self.evaluation.overall]),
                "burden": np.concatenate([self.burdens.ravel(), self.overall_burdens]),
                "net_value": np.concatenate([self.net.ravel(), self.overall]),
                "rank": pd.arrays.IntegerArray(rank, mask=rank == 0),
            }
        )


def net_value(scenario: Scenario | Evaluation) -> NetValue:
    """Value of every proposition net of the time, worry, effort and money that it costs.

    The burden of a proposition in a segment is the plain mean of those of the four that are
    given. Turned round on the scale, so that the lightest is best, it counts beside value by
    the weight b of burden in the segment: net value = (1 - b) * value + b * (lowest + highest -
    burden). It thus stands on the same scale, is the value where b is 0, and weighs burden like
    one more discipline, with a weight that means the same as any other. Where no burden is
    given it takes no part, and the net value is the value.

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
    if scenario.burdens is None:
        raise EditError("there are no burdens; fill in the sheet Burdens")
    unit = np.clip((scenario.array("burdens") - scale.lowest) / scale.width, 0, 1)
    heavy = power_mean(unit, 1.0, 1)
    before = (result.values - scale.lowest) / scale.width  # noqa: PD011 - an evaluation, not a frame
    net = _net(before, heavy, scenario.burden_shares[:, None])
    overall = power_mean(net.T, scenario.size_shares, 1 - scenario.settings.eps)
    by_size = power_mean(heavy.T, scenario.size_shares, 1)
    heights = (heavy, by_size, net, overall)
    on_scale = [np.clip(scale.lowest + scale.width * x, scale.lowest, scale.highest) for x in heights]
    return NetValue(result, *on_scale)


def _net(values: FloatArray, burdens: FloatArray, weight: FloatArray) -> FloatArray:
    """Values with burdens turned round beside them, both from 0 to 1; the value where no burden is known."""
    share = np.where(np.isnan(burdens), 0.0, weight)
    net: FloatArray = (1 - share) * values + share * (1 - np.nan_to_num(burdens))
    return net
