"""Service: how the value that some segments receive limits what those that they serve can feel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.uncertainty import segment_draws
from valuemix.analysis.value.scoring import TIE, Evaluation, by_segment, evaluate, ranks
from valuemix.errors import EditError
from valuemix.means import power_mean
from valuemix.model.parts import Link
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["LinkCost", "Service", "service"]


NOBODY = -1
"""Stands for no link in `Service.limited_by`."""


@dataclass(frozen=True, slots=True)
class LinkCost:
    """What one link takes from the segment that is served.

    Attributes
    ----------
    link : Link
    costs : tuple of float, length P
        Value of each proposition that is lost in the served segment where this link is the one
        that limits it, on the scenario's scale; 0 where another does, or none.
    size_share : float
        Share of all sizes of the segment that is served.
    """

    link: Link
    costs: tuple[float, ...]
    size_share: float

    @property
    def overall(self) -> float:
        """Mean cost over the propositions, by the size of the segment that is served."""
        return self.size_share * sum(self.costs) / len(self.costs)


@dataclass(frozen=True, eq=False)
class Service:
    """Values with the limit that those who serve set, on the scenario's scale.

    Attributes
    ----------
    evaluation : Evaluation
        Values as they are felt.
    limited : ndarray, shape (G, P)
        Values that can last: the felt one, or the limit where that is lower.
    overall : ndarray, shape (P,)
        The same over segments by size, with the scenario's fairness.
    limited_by : ndarray of int, shape (G, P)
        Place of the link that limits a value; -1 where none does.
    """

    evaluation: Evaluation
    limited: FloatArray
    overall: FloatArray
    limited_by: IntArray

    @property
    def scenario(self) -> Scenario:
        """What was evaluated."""
        return self.evaluation.scenario

    @property
    def lost(self) -> FloatArray:
        """Felt value less the one that can last, shape (G, P); 0 or more."""
        felt: FloatArray = self.evaluation.values  # noqa: PD011 - an evaluation, not a frame
        return felt - self.limited

    @cached_property
    def ranks(self) -> IntArray:
        """Rank by limited value in each segment, shape (G, P); 0 where there is none."""
        return ranks(self.limited, self.scenario.scale.width)

    @cached_property
    def overall_ranks(self) -> IntArray:
        """Rank by limited value over all segments, shape (P,)."""
        return ranks(self.overall, self.scenario.scale.width)

    @cached_property
    def costs(self) -> tuple[LinkCost, ...]:
        """Every link with what it takes, the weakest (the one that takes most overall) first."""
        found = []
        for i, link in enumerate(self.scenario.links):
            g = self.scenario.segment_names.index(link.to_segment)
            taken = np.where(self.limited_by[g] == i, np.nan_to_num(self.lost[g]), 0.0)
            size_share = float(self.scenario.size_shares[g])
            found.append(LinkCost(link, tuple(taken.tolist()), size_share))
        return tuple(sorted(found, key=lambda cost: -cost.overall))

    @cached_property
    def cost_draws(self) -> FloatArray:
        """What each link takes from each proposition under what is in doubt, shape (L, P, N).

        The links in the order of the scenario; 0 where another link limits the value, or none. N is 1
        where nothing is in doubt.
        """
        scale = self.scenario.scale
        felt = scale.to_unit(segment_draws(self.scenario))
        limits, limited_by = _limited(self.scenario, felt)
        lost = scale.width * np.nan_to_num(felt - limits)
        served = [self.scenario.segment_names.index(link.to_segment) for link in self.scenario.links]
        return np.stack([np.where(limited_by[g] == i, lost[g], 0.0) for i, g in enumerate(served)])

    @property
    def weakest(self) -> LinkCost | None:
        """The link that takes most overall; None where no link takes anything."""
        first = self.costs[0]
        return first if first.overall > TIE * self.scenario.scale.width else None

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: segment, proposition, value, limited, lost, limited_by (a segment, or blank).

        The overall rows stand last.
        """
        felt = self.evaluation
        # The place of nobody is the last.
        servers = np.array([*(link.from_segment for link in self.scenario.links), ""], dtype=object)
        return by_segment(
            self.scenario,
            value=(felt.values, felt.overall),  # noqa: PD011 - an evaluation, not a frame
            limited=(self.limited, self.overall),
            lost=(self.lost, felt.overall - self.overall),
            limited_by=(servers[self.limited_by], np.full(len(self.overall), "", dtype=object)),
        )


def service(scenario: Scenario | Evaluation) -> Service:
    """Limit what each segment feels by what those who serve it receive.

    A link of strength k from a segment that receives a proposition's value u (from 0 to 1)
    allows at most 1 - k * (1 - u) in the segment that it serves: all of it where k is 0 or the
    one who serves is served perfectly, no more than they receive themselves where k is 1. Of
    several links the lowest limit counts, and limits pass on along a chain of links.

    A limit, and not a discount: felt scores were given under the service of today, so a value
    below the limit already has it in it, and is left as it is.

    Parameters
    ----------
    scenario : Scenario or Evaluation
        With links.

    Returns
    -------
    Service

    Raises
    ------
    EditError
        Where the scenario has no links.

    References
    ----------
    Heskett, Jones, Loveman, Sasser and Schlesinger, Putting the service-profit chain to work,
    Harvard Business Review 72 (1994). Hirshleifer, From weakest-link to best-shot, Public
    Choice 41 (1983), for the lowest limit.

    Examples
    --------
    >>> base = Scenario.from_arrays([[[4, 4]], [[9, 9]]], segments=["Crew", "Guests"], propositions=["Express"])
    >>> from valuemix.model.parts import Link
    >>> linked = base.replace(links=[Link(from_segment="Crew", to_segment="Guests", strength=0.5)])
    >>> service(linked).limited.tolist(), service(linked).weakest.costs
    ([[4.0], [7.0]], (2.0,))
    """
    result = evaluate(scenario)
    scenario, scale = result.scenario, result.scenario.scale
    if not scenario.links:
        raise EditError("nobody serves anybody here; fill in the sheet Links")
    felt = np.asarray(result.values, dtype=np.float64)
    limits, limited_by = _limited(scenario, scale.to_unit(felt))
    limited = np.where(limited_by == NOBODY, felt, scale.from_unit(limits))
    overall = scale.clipped(power_mean(limits.T, scenario.size_shares, 1 - scenario.settings.eps))
    untouched = (limited_by == NOBODY).all(axis=0)
    return Service(result, limited, np.where(untouched, result.overall, overall), limited_by)


def _limited(scenario: Scenario, felt: FloatArray) -> tuple[FloatArray, IntArray]:
    """Values from 0 to 1 as they can last, and which link limits each; of one state or of many draws."""
    limits, limited_by = felt.copy(), np.full(felt.shape, NOBODY, dtype=np.int64)
    place = scenario.segment_names.index
    ends = [(place(link.from_segment), place(link.to_segment)) for link in scenario.links]
    servers = {g: {server for server, served in ends if served == g} for g in range(len(felt))}
    for g in TopologicalSorter(servers).static_order():
        for i, (server, served) in enumerate(ends):
            if served == g:
                limit = 1 - scenario.links[i].strength * (1 - limits[server])
                lower = limit < limits[g] - TIE
                limits[g] = np.where(lower, limit, limits[g])
                limited_by[g] = np.where(lower, i, limited_by[g])
    return limits, limited_by
