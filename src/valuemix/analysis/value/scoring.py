"""Values, ranks and contributions of a whole scenario in one call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.analysis.notebook import shown
from valuemix.means import power_mean
from valuemix.model.parts import OVERALL
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["OVERALL", "TIE", "Evaluation", "Standing", "by_segment", "evaluate", "rank_column", "ranks"]


TIE = 1e-9
"""Values closer than this share of the scale's width tie."""


@dataclass(frozen=True)
class Standing:
    """Who leads among some propositions, and by how much.

    Attributes
    ----------
    order : tuple of int
        Places of the propositions that have a value, best first; ties in the scenario's order.
    leaders : tuple of int
        Those of rank 1: more than one where they tie, none where nothing has a value.
    runner_up : int or None
        The best that does not share rank 1.
    lead : float
        Value of the leaders ahead of the runner-up, on the scenario's scale; 0 where leaders
        tie, NaN where there is no other proposition.
    """

    order: tuple[int, ...]
    leaders: tuple[int, ...]
    runner_up: int | None
    lead: float


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Result of a scenario: every value, rank and contribution, on the scenario's scale.

    Attributes
    ----------
    scenario : Scenario
        What was evaluated.
    values : ndarray, shape (G, P)
        Value of each proposition in each segment; NaN where every discipline with weight
        lacks a score.
    overall : ndarray, shape (P,)
        Value over all segments.
    partial, overall_partial : ndarray of bool, shapes (G, P) and (P,)
        True where a value rests on a missing score.

    Examples
    --------
    >>> laptops = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10],
    ...                                propositions=["A", "B"], segments=["Linda"])
    >>> evaluate(laptops).to_frame()
       segment proposition  value  rank  partial
    0    Linda           A    8.0     1    False
    1    Linda           B    7.0     2    False
    2  Overall           A    8.0     1    False
    3  Overall           B    7.0     2    False
    """

    scenario: Scenario
    values: FloatArray
    overall: FloatArray
    partial: BoolArray
    overall_partial: BoolArray

    @cached_property
    def ranks(self) -> IntArray:
        """Rank of each proposition in each segment, shape (G, P); 0 where there is no value."""
        return ranks(self.values, self.scenario.scale.width)

    @cached_property
    def overall_ranks(self) -> IntArray:
        """Rank over all segments, shape (P,)."""
        return ranks(self.overall, self.scenario.scale.width)

    @property
    def additive(self) -> bool:
        """Whether the value of a segment is a sum of contributions: compensation is 1."""
        return self.scenario.settings.rho == 1

    @property
    def overall_additive(self) -> bool:
        """Whether the overall value is a sum of contributions: fairness is 0 as well."""
        return self.additive and self.scenario.settings.eps == 0 and not np.isnan(self.values).any()

    @cached_property
    def contributions(self) -> FloatArray | None:
        """Contribution of each discipline to each value, shape (G, P, D), or None.

        They sum to the value. None where compensation is not 1: such a value is no sum of parts.
        A missing score contributes 0 and leaves its weight to the others.
        """
        if not self.additive:
            return None
        scores = self.scenario.array("scores")
        present = np.where(np.isnan(scores), 0.0, self.scenario.weights[:, None, :])
        total = present.sum(axis=-1, keepdims=True)
        shares = np.divide(present, total, out=np.zeros_like(present), where=total > 0)
        return np.asarray(shares * np.nan_to_num(scores))

    @cached_property
    def overall_contributions(self) -> FloatArray | None:
        """Contribution of each discipline to the overall value, shape (P, D), or None."""
        if self.contributions is None or not self.overall_additive:
            return None
        return np.asarray(np.einsum("g,gpd->pd", self.scenario.size_shares, self.contributions))

    def values_in(self, segment: str | None) -> FloatArray:
        """Values in a segment, shape (P,); over all segments where it is None."""
        return self.overall if segment is None else self.values[self.scenario.segment_index(segment)]

    def ranks_in(self, segment: str | None) -> IntArray:
        """Ranks in a segment, shape (P,); over all segments where it is None."""
        return self.overall_ranks if segment is None else self.ranks[self.scenario.segment_index(segment)]

    def partial_in(self, segment: str | None) -> BoolArray:
        """Which values of a segment rest on a missing score, shape (P,)."""
        return self.overall_partial if segment is None else self.partial[self.scenario.segment_index(segment)]

    def contributions_in(self, segment: str | None) -> FloatArray | None:
        """Contributions in a segment, shape (P, D), or None where a value is no sum."""
        if segment is None:
            return self.overall_contributions
        parts = self.contributions
        return None if parts is None else parts[self.scenario.segment_index(segment)]

    def standing(self, segment: str | None = None) -> Standing:
        """Who leads in a segment, or overall, and by how much.

        Raises
        ------
        UnknownName
            Where the segment does not exist.
        """
        values, places = self.values_in(segment), self.ranks_in(segment)
        order = sorted((p for p in range(len(values)) if places[p]), key=lambda p: (places[p], p))
        leaders = tuple(p for p in order if places[p] == 1)
        others = [p for p in order if places[p] > 1]
        if not others:
            return Standing(tuple(order), leaders, None, 0.0 if len(leaders) > 1 else float("nan"))
        gap = 0.0 if len(leaders) > 1 else float(values[leaders[0]] - values[others[0]])
        return Standing(tuple(order), leaders, others[0], gap)

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: segment, proposition, value, rank, partial; the overall rows last.

        Returns
        -------
        DataFrame, shape ((G + 1) * P, 5)
            The segment of the overall rows is "Overall". Rank is missing where value is.
        """
        return by_segment(
            self.scenario,
            value=(self.values, self.overall),
            rank=(self.ranks, self.overall_ranks),
            partial=(self.partial, self.overall_partial),
        )

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return shown(self)


def evaluate(scenario: Scenario | Evaluation) -> Evaluation:
    """Value every proposition in every segment and overall.

    Scores are mapped to 0 to 1, averaged over disciplines by the segment's weights with
    compensation as the exponent, then over segments by size with fairness, and mapped back.
    Kept for the scenarios seen last.

    Parameters
    ----------
    scenario : Scenario
        G segments, P propositions, D disciplines. An evaluation comes back as it is.

    Returns
    -------
    Evaluation
        Values of shape (G, P) and overall values of shape (P,).

    References
    ----------
    Bullen, Handbook of Means (2003); Atkinson, On the measurement of inequality (1970).
    """
    return scenario if isinstance(scenario, Evaluation) else _evaluated(scenario)


@lru_cache(maxsize=256)
def _evaluated(scenario: Scenario) -> Evaluation:
    settings, unit = scenario.settings, scenario.unit_scores
    if scenario.moments:
        unit_values = scenario.moment_means.segment_values
    else:
        unit_values = power_mean(unit, scenario.weights[:, None, :], settings.rho)
    unit_overall = power_mean(unit_values.T, scenario.size_shares, 1 - settings.eps)
    missing = np.asarray((scenario.missing & (scenario.weights[:, None, :] > 0)).any(axis=-1))
    counted = scenario.sizes[:, None] > 0
    return Evaluation(
        scenario,
        values=scenario.scale.clipped(unit_values),
        overall=scenario.scale.clipped(unit_overall),
        partial=missing,
        overall_partial=np.asarray((missing & counted).any(axis=0)),
    )


def by_segment(scenario: Scenario, **columns: tuple[NDArray[Any], NDArray[Any]]) -> pd.DataFrame:
    """Tidy table of what each proposition has in each segment; the overall rows last.

    Parameters
    ----------
    scenario : Scenario
        With the names.
    **columns : pair of ndarray, shapes (G, P) and (P,)
        In every segment, and overall. A ``rank`` of 0 is missing.
    """
    segments = [*scenario.segment_names, OVERALL]
    table: dict[str, Any] = {
        "segment": np.repeat(np.array(segments, dtype=object), len(scenario.propositions)),
        "proposition": [*scenario.proposition_names] * len(segments),
    }
    for name, (own, overall) in columns.items():
        column = np.concatenate([np.ravel(own), overall])
        table[name] = rank_column(column) if name == "rank" else column
    return pd.DataFrame(table)


def rank_column(ranks: IntArray) -> pd.arrays.IntegerArray:
    """Ranks as a column of a table, missing where they are 0."""
    return pd.arrays.IntegerArray(ranks, mask=ranks == 0)


def ranks(values: FloatArray, width: float = 1.0) -> IntArray:
    """Rank along the last axis: 1 is best, ties share the best rank.

    Parameters
    ----------
    values : ndarray, shape (..., P)
        NaN where there is none.
    width : float
        Width of the scale; values within 1e-9 of it tie.

    Returns
    -------
    ndarray of int, shape (..., P)
        One more than the number of values that are higher; 0 where there is no value.

    Examples
    --------
    >>> ranks(np.array([7.0, 6.5, 6.5, np.nan, 6.0])).tolist()
    [1, 2, 2, 0, 4]
    """
    rows = values.reshape(-1, values.shape[-1])
    result = np.zeros(rows.shape, dtype=np.int64)
    for row, out in zip(rows, result, strict=True):
        has_value = ~np.isnan(row)
        ordered = np.sort(row[has_value])
        not_higher = np.searchsorted(ordered, row[has_value] + TIE * width, side="right")
        out[has_value] = 1 + len(ordered) - not_higher
    return result.reshape(values.shape)
