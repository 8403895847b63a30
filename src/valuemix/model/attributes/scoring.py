"""Scores of disciplines that are made of attributes: the one place where they are worked out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuemix.model.attributes.value_function import unit_value
from valuemix.typing import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["AttributeScoring"]


@dataclass(frozen=True, eq=False)
class AttributeScoring:
    """Attributes of a scenario as arrays, in the order segment (G), proposition (P), attribute (A).

    Parameters
    ----------
    scenario : Content
        Whose names and numbers are valid.

    Notes
    -----
    score = lowest + width * sum(share * value), the shares those of the attributes that have a value: a
    missing one gives its weight to the others, as a missing score does. All missing: no score.

    References
    ----------
    Keeney & Raiffa, Decisions with Multiple Objectives (1976), additive value over two levels; Goodwin &
    Wright, Decision Analysis for Management Judgment, on branches of a value tree.
    """

    scenario: Content

    @cached_property
    def disciplines(self) -> IntArray:
        """Place of the discipline of each attribute, shape (A,)."""
        places = {name: d for d, name in enumerate(self.scenario.discipline_ids)}
        return np.array([places[a.discipline] for a in self.scenario.attributes], dtype=np.int64)

    @property
    def derived(self) -> tuple[str, ...]:
        """Ids of the disciplines that are made of attributes, in order."""
        own = {attribute.discipline for attribute in self.scenario.attributes}
        return tuple(name for name in self.scenario.discipline_ids if name in own)

    @cached_property
    def points(self) -> FloatArray:
        """Weights as given, shape (G, A): those of the segment where it has its own."""
        scenario = self.scenario
        array = np.tile([a.weight for a in scenario.attributes], (len(scenario.segments), 1))
        segments, attributes = self._places("segment"), self._places("attribute")
        for own in scenario.attribute_weights:
            array[segments[own.segment], attributes[own.attribute]] = own.weight
        return array

    @cached_property
    def shares(self) -> FloatArray:
        """Weights as shares within the discipline, shape (G, A)."""
        totals = self._sums(self.points)[:, self.disciplines]
        return np.divide(self.points, totals, out=np.zeros_like(self.points), where=totals > 0)

    @cached_property
    def numbers(self) -> FloatArray:
        """What is offered, in the units of the attributes, shape (G, P, A); NaN where missing."""
        return self._table("value")

    @cached_property
    def unit_values(self) -> FloatArray:
        """The same as values from 0 to 1, shape (G, P, A)."""
        return self._valued(self.numbers)

    @cached_property
    def missing(self) -> BoolArray:
        """Where a discipline lacks an attribute that has weight, shape (G, P, D)."""
        lacking = np.isnan(self.unit_values) & (self.points > 0)[:, None]
        return np.asarray(self._sums(lacking.astype(np.float64)) > 0)

    @cached_property
    def ends(self) -> tuple[FloatArray, FloatArray]:
        """Values from 0 to 1 at the worse and the better end of what is plausible, each of shape (G, P, A)."""
        given = [self._valued(self._table(end)) for end in ("low", "high")]
        both = np.stack([np.where(np.isnan(end), self.unit_values, end) for end in given])
        return np.minimum(*both), np.maximum(*both)

    def scores(self, values: FloatArray | None = None) -> FloatArray:
        """Scores on the scale of the scenario, shape (G, P, D); NaN in disciplines without attributes.

        Parameters
        ----------
        values : ndarray, shape (..., G, P, A), optional
            From 0 to 1 in place of those of the scenario.
        """
        values = self.unit_values if values is None else values
        present = np.where(np.isnan(values), 0.0, self.shares[:, None])
        total, counted = self._sums(np.nan_to_num(values) * present), self._sums(present)
        mean = np.divide(total, counted, out=np.full(total.shape, np.nan), where=counted > 0)
        return self.scenario.scale.from_unit(np.clip(mean, 0.0, 1.0))

    def range_ends(self) -> tuple[FloatArray, FloatArray]:
        """Low and high scores, each of shape (G, P, D); NaN where no attribute of the discipline has a range."""
        ranged = ~np.isnan(self._table("low")) | ~np.isnan(self._table("high"))
        known = self._sums((ranged & ~np.isnan(self.unit_values)).astype(np.float64)) > 0
        low, high = (np.where(known, self.scores(end), np.nan) for end in self.ends)
        scores = self.scores()
        return np.fmin(low, scores) + 0 * low, np.fmax(high, scores) + 0 * high

    def valued(self, numbers: FloatArray, attribute: int) -> FloatArray:
        """Values from 0 to 1 of numbers of one attribute, given by its place."""
        return unit_value(self.scenario.attributes[attribute], numbers)

    def _valued(self, numbers: FloatArray) -> FloatArray:
        values = np.empty_like(numbers)
        for a in range(numbers.shape[-1]):
            values[..., a] = self.valued(numbers[..., a], a)
        return values

    def _sums(self, array: FloatArray) -> FloatArray:
        """Sums over the attributes of each discipline, along the last axis."""
        member = self.disciplines[:, None] == np.arange(len(self.scenario.disciplines))
        return np.asarray(array @ member.astype(np.float64))

    def _table(self, column: str) -> FloatArray:
        """Numbers of one column; a row that names a segment goes before one for every segment."""
        scenario = self.scenario
        shape = len(scenario.segments), len(scenario.propositions), len(scenario.attributes)
        array = np.full(shape, np.nan)
        segments, propositions = self._places("segment"), self._places("proposition")
        attributes = self._places("attribute")
        for row in sorted(scenario.attribute_scores, key=lambda row: bool(row.segment)):
            if row.value is not None:  # a range belongs to the value beside it
                g = segments[row.segment] if row.segment else slice(None)
                number = getattr(row, column)
                cell = np.nan if number is None else number
                array[g, propositions[row.proposition], attributes[row.attribute]] = cell
        return array

    def _places(self, thing: str) -> dict[str, int]:
        names: tuple[str, ...] = getattr(self.scenario, f"{thing}_names")
        return {name: place for place, name in enumerate(names)}
