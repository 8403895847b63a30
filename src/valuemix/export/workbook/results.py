"""What every formula of the workbook comes to: the library's numbers in the order of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.exhibits.balance.ranking import lead_sentence
from valuemix.exhibits.words.formats import decimals_of
from valuemix.export.workbook.attribute_values import AttributeSheet
from valuemix.export.workbook.cells import Block
from valuemix.export.workbook.inputs import Inputs
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["SETTINGS_TOP", "BlockResult", "Case"]

NAN = float("nan")

SETTINGS_TOP = 4
"""Row of the first setting on the sheet of the calculation."""

_FIRST_BLOCK = SETTINGS_TOP + 12
"""Below the settings as the formulas use them."""


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
    missing: IntArray
    ranks: IntArray
    contributions: FloatArray
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
    def second_rank(self) -> float:
        """The best rank after the first; NaN where there is none."""
        return float(min((r for r in self.ranks if r > 1), default=NAN))

    def named(self, rank: float) -> str:
        """Names of a rank."""
        return ", ".join(name for name, r in zip(self.names, self.ranks, strict=True) if r == rank)

    def best(self, rank: float) -> float:
        """Highest value of a rank; NaN where none has it."""
        return float(max(self.values[self.ranks == rank], default=NAN))

    @cached_property
    def lead(self) -> float:
        """Value of the leaders ahead of the runner-up; 0 where leaders tie, NaN where there is no other."""
        return 0.0 if (self.ranks == 1).sum() > 1 else self.best(1) - self.best(self.second_rank)


class Case:
    """A scenario with its results, and where they stand in its workbook.

    Parameters
    ----------
    scenario : Scenario

    Attributes
    ----------
    evaluation : Evaluation
        Of the scenario.
    inputs : Inputs
        References to the input sheets.
    attributes : AttributeSheet or None
        Where attributes become scores; None where there are none.
    results : list of BlockResult
        By segment, then overall.
    blocks : list of Block
        Where each of them is worked out.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.evaluation, self.inputs = scenario, evaluate(scenario), Inputs(scenario)
        count_g, count_p, count_d = scenario.array("scores").shape
        self.attributes = AttributeSheet(scenario, self.inputs) if scenario.attributes else None
        self.results = [_result(self.evaluation, g) for g in (*range(count_g), None)]
        self.blocks: list[Block] = []
        top = _FIRST_BLOCK
        for parts in [count_d] * count_g + [count_g]:
            self.blocks.append(Block(top, count_p, count_d, parts, max(count_g, count_d)))
            top += self.blocks[-1].height


def _result(evaluation: Evaluation, g: int | None) -> BlockResult:
    """Results of a segment, or over all of them."""
    scenario, scale = evaluation.scenario, evaluation.scenario.scale
    gaps = scenario.missing & (scenario.weights[:, None, :] > 0)
    if g is None:
        segment, part_names, weights = None, scenario.segment_names, scenario.size_shares
        parts, missing = scale.to_unit(evaluation.values).T, gaps[weights > 0].sum(axis=(0, -1))
    else:
        segment, part_names = scenario.segment_names[g], scenario.discipline_names
        weights = scenario.weights[g]
        parts, missing = scenario.unit_scores[g], gaps[g].sum(axis=-1)
    values, contributions = evaluation.values_in(segment), evaluation.contributions_in(segment)
    return BlockResult(
        names=scenario.proposition_names,
        words=scenario.discipline_names,
        where=segment or "",
        part_names=part_names,
        weights=weights,
        parts=np.where(weights > 0, parts, NAN),
        values=values,
        means=scale.to_unit(values),
        missing=missing,
        ranks=evaluation.ranks_in(segment),
        contributions=np.full(parts.shape, NAN) if contributions is None else contributions,
        decimals=decimals_of(scenario),
        finding=lead_sentence(evaluation, segment),
    )
