"""Two results side by side: what moved, proposition by proposition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.value.scoring import OVERALL, TIE, Evaluation, rank_column
from valuemix.errors import UnknownName
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["Change", "change"]


@dataclass(frozen=True, eq=False)
class Change:
    """Values and ranks of one view before and after, aligned by the names of propositions.

    Attributes
    ----------
    segment : str or None
        Name of the segment; None for overall.
    propositions : tuple of str
        All names of both sides (N): those of after in order of rank, then those that are gone.
    values_before, values_after : ndarray, shape (N,)
        NaN where a side does not have the proposition, the segment, or a value.
    ranks_before, ranks_after : ndarray of int, shape (N,)
        0 where there is no value.
    new, gone : tuple of str
        Propositions of one side only.
    segment_before, segment_after : bool
        Whether each side has the segment.
    same_scale : bool
        Whether values of the two sides may be subtracted.
    """

    segment: str | None
    propositions: tuple[str, ...]
    values_before: FloatArray
    values_after: FloatArray
    ranks_before: IntArray
    ranks_after: IntArray
    new: tuple[str, ...]
    gone: tuple[str, ...]
    segment_before: bool
    segment_after: bool
    same_scale: bool
    width: float

    @property
    def changes(self) -> FloatArray:
        """Value after minus value before, shape (N,); NaN where that has no meaning."""
        if not self.same_scale:
            return np.full(len(self.propositions), np.nan)
        return self.values_after - self.values_before

    @property
    def moved(self) -> BoolArray:
        """Which values differ by more than a tie, shape (N,)."""
        return np.asarray(np.abs(np.nan_to_num(self.changes)) > TIE * self.width)

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: segment, proposition, value_before, value, change, rank_before, rank."""
        return pd.DataFrame(
            {
                "segment": OVERALL if self.segment is None else self.segment,
                "proposition": list(self.propositions),
                "value_before": self.values_before,
                "value": self.values_after,
                "change": self.changes,
                "rank_before": rank_column(self.ranks_before),
                "rank": rank_column(self.ranks_after),
            }
        )


def change(before: Evaluation, after: Evaluation, segment: str | None = None) -> Change:
    """Align two results by the names of their propositions.

    Parameters
    ----------
    before, after : Evaluation
        Results of two scenarios, which may differ in anything.
    segment : str, optional
        Name of the segment; overall where it is None.

    Returns
    -------
    Change
        With every proposition of either side.

    Raises
    ------
    UnknownName
        Where neither side has the segment.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> moved = change(evaluate(base), evaluate(base.with_weights(discipline_1=20)))
    >>> moved.propositions, moved.changes.round(3).tolist()
    (('Green line', 'Express'), [0.3, -1.8])
    """
    old, new = (_side(side, segment) for side in (before, after))
    if segment is not None and old is None and new is None:
        raise UnknownName("segment", segment, after.scenario.segment_names)
    here, there = after.scenario.proposition_names, before.scenario.proposition_names
    rank_of = dict(zip(here, new[1] if new else [0] * len(here), strict=True))
    ordered = sorted(here, key=lambda name: rank_of[name] or len(here) + 1)
    gone = tuple(name for name in there if name not in rank_of)
    names = (*ordered, *gone)
    values_before, ranks_before = _aligned(names, there, old)
    values_after, ranks_after = _aligned(names, here, new)
    return Change(
        segment=segment,
        propositions=names,
        values_before=values_before,
        values_after=values_after,
        ranks_before=ranks_before,
        ranks_after=ranks_after,
        new=tuple(name for name in here if name not in there),
        gone=gone,
        segment_before=old is not None,
        segment_after=new is not None,
        same_scale=before.scenario.scale == after.scenario.scale,
        width=after.scenario.scale.width,
    )


_Side = tuple[FloatArray, IntArray]


def _side(evaluation: Evaluation, segment: str | None) -> _Side | None:
    """Values and ranks of a view, or None where the scenario does not have the segment."""
    try:
        return evaluation.values_in(segment), evaluation.ranks_in(segment)
    except UnknownName:
        return None


def _aligned(names: tuple[str, ...], own: tuple[str, ...], side: _Side | None) -> _Side:
    values, ranks = np.full(len(names), np.nan), np.zeros(len(names), dtype=np.int64)
    if side is not None:
        place = {name: n for n, name in enumerate(names)}
        places = [place[name] for name in own]
        values[places], ranks[places] = side
    return values, ranks
