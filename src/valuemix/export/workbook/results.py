"""What every formula of the workbook comes to: the library's numbers in the order of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.balance.ranking import lead_sentence
from valuemix.exhibits.words.formats import decimals_of

__all__ = ["BlockResult", "overall_result", "segment_result"]

FloatArray = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True, eq=False)
class BlockResult:
    """Results of one segment, or of all of them.

    Attributes
    ----------
    names, words : sequence of str
        Propositions, and disciplines as the reason names them.
    where : str
        Name of the segment, blank for all of them.
    part_names : sequence of str
        What the parts are called: disciplines in a segment, segments overall.
    weights : ndarray, shape (n,)
        Weights of the parts: disciplines in a segment, segments overall.
    parts : ndarray, shape (P, n)
        What is averaged, from 0 to 1; NaN where it takes no part.
    values : ndarray, shape (P,)
        On the scale.
    means : ndarray, shape (P,)
        The same from 0 to 1.
    missing : ndarray, shape (P,)
        Missing scores with weight.
    ranks : ndarray, shape (P,)
        0 where there is no value.
    contributions : ndarray, shape (P, D)
        NaN where a value is no sum of them.
    width : float
        Of the scale.
    decimals : int
        Of values in sentences.
    finding : str
        The sentence of the screen, the deck and the report.
    """

    names: Sequence[str]
    words: Sequence[str]
    where: str
    part_names: Sequence[str]
    weights: FloatArray
    parts: FloatArray
    values: FloatArray
    means: FloatArray
    missing: NDArray[np.int64]
    ranks: NDArray[np.int64]
    contributions: FloatArray
    width: float
    decimals: int
    finding: str

    @cached_property
    def counted(self) -> FloatArray:
        """Weight of the parts that are there, shape (P,)."""
        return np.asarray((~np.isnan(self.parts) * self.weights).sum(axis=-1))

    @cached_property
    def order(self) -> list[int]:
        """Places of the propositions, best first; those without a value last."""
        return sorted(range(len(self.names)), key=lambda p: (self.ranks[p] == 0, self.ranks[p], p))

    @cached_property
    def leaders(self) -> list[str]:
        """Names of rank 1."""
        return [name for name, rank in zip(self.names, self.ranks, strict=True) if rank == 1]

    @cached_property
    def second_rank(self) -> float:
        """The best rank after the first; NaN where there is none."""
        return float(min((r for r in self.ranks if r > 1), default=NAN))

    @cached_property
    def seconds(self) -> list[str]:
        """Names of the second rank."""
        return [name for name, r in zip(self.names, self.ranks, strict=True) if r == self.second_rank]

    @cached_property
    def first(self) -> float:
        """Value of the leaders."""
        return float(np.nanmax(self.values)) if self.leaders else NAN

    @cached_property
    def next_best(self) -> float:
        """Value of the runner-up."""
        has_value = np.sort(self.values[~np.isnan(self.values)])[::-1]
        return float(has_value[len(self.leaders)]) if self.seconds else NAN

    @cached_property
    def lead(self) -> float:
        """Value of the leaders ahead of the runner-up; 0 where leaders tie, NaN where there is no other."""
        return 0.0 if len(self.leaders) > 1 else self.first - self.next_best


def segment_result(evaluation: Evaluation, segment: int) -> BlockResult:
    """Results of one segment."""
    scenario = evaluation.scenario
    weights = scenario.weights[segment]
    units = np.where(weights > 0, scenario.unit_scores[segment], np.nan)
    parts = evaluation.contributions
    return BlockResult(
        names=scenario.proposition_names,
        words=scenario.discipline_names,
        where=scenario.segment_names[segment],
        part_names=scenario.discipline_names,
        weights=weights,
        parts=units,
        values=evaluation.values[segment],
        means=_means(evaluation, evaluation.values[segment]),
        missing=_missing(evaluation)[segment],
        ranks=evaluation.ranks[segment],
        contributions=np.full(units.shape, np.nan) if parts is None else parts[segment],
        width=scenario.scale.width,
        decimals=decimals_of(scenario),
        finding=lead_sentence(evaluation, scenario.segment_names[segment]),
    )


def overall_result(evaluation: Evaluation) -> BlockResult:
    """Results over all segments."""
    scenario = evaluation.scenario
    counts = scenario.size_shares > 0
    parts = evaluation.overall_contributions
    return BlockResult(
        names=scenario.proposition_names,
        words=scenario.discipline_names,
        where="",
        part_names=scenario.segment_names,
        weights=scenario.size_shares,
        parts=np.where(counts, _means(evaluation, evaluation.values).T, np.nan),
        values=evaluation.overall,
        means=_means(evaluation, evaluation.overall),
        missing=_missing(evaluation)[counts].sum(axis=0),
        ranks=evaluation.overall_ranks,
        contributions=np.full(scenario.unit_scores.shape[1:], np.nan) if parts is None else parts,
        width=scenario.scale.width,
        decimals=decimals_of(scenario),
        finding=lead_sentence(evaluation),
    )


def _means(evaluation: Evaluation, values: FloatArray) -> FloatArray:
    scale = evaluation.scenario.scale
    return np.asarray((values - scale.lowest) / scale.width)


def _missing(evaluation: Evaluation) -> NDArray[np.int64]:
    """Missing scores with weight of every value, shape (G, P)."""
    scenario = evaluation.scenario
    missing = np.isnan(scenario.unit_scores) & (scenario.weights[:, None, :] > 0)
    return np.asarray(missing.sum(axis=-1))
