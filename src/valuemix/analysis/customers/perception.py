"""Perception: what is promised, or believed inside, against what customers feel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.uncertainty import input_draws
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["Gap", "Perception", "cover_stories", "perception"]


_AXES = {"segment": (1, 2), "proposition": (0, 2), "discipline": (0, 1)}
"""Axes that are averaged away for each thing that is left."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How far another view of some scores lies from what is felt.

    Attributes
    ----------
    segment, proposition, discipline : str
        Where, in names; blank where it is a mean over all of them.
    felt, seen : float
        Mean score as felt, and as promised or believed, on the scenario's scale.
    """

    felt: float
    seen: float
    segment: str = ""
    proposition: str = ""
    discipline: str = ""

    @property
    def gap(self) -> float:
        """Seen minus felt: above 0 where customers feel less than that."""
        return self.seen - self.felt


@dataclass(frozen=True, eq=False)
class Perception:
    """Promised or believed scores beside the felt ones, where there are both.

    Attributes
    ----------
    scenario : Scenario
    view : {"promised", "believed"}
    felt, seen : ndarray, shape (G, P, D)
        On the scenario's scale; NaN in both where either is missing.
    """

    scenario: Scenario
    view: str
    felt: FloatArray
    seen: FloatArray

    @property
    def gaps(self) -> FloatArray:
        """Seen minus felt, shape (G, P, D)."""
        return self.seen - self.felt

    def by(self, thing: str) -> tuple[Gap, ...]:
        """Mean gaps by segment, proposition or discipline, the largest first.

        A score counts as much as it does in the values: by the size of its segment and by the
        weight of its discipline there, that of missing scores passed on within the segment. With
        compensation 1 and fairness 0 the gap of a proposition is thus that of its overall value,
        and that of a segment the mean gap of its values there.

        Parameters
        ----------
        thing : {"segment", "proposition", "discipline"}
            What to tell apart; one on which no score counts is left out.
        """
        names = getattr(self.scenario, f"{thing}_names")
        found = self._means(self._counts(None, thing), _AXES[thing])
        return self._largest_first([Gap(*means, **{thing: names[i]}) for (i,), means in found])

    def cells(self, segment: str | None = None) -> tuple[Gap, ...]:
        """Gaps of every proposition on every discipline, the largest first; counted as in `by`.

        A score without weight counts for nothing and is left out.

        Parameters
        ----------
        segment : str, optional
            Name of the segment; the mean over segments where it is None.

        Raises
        ------
        UnknownName
            Where the segment does not exist.
        """
        names, words = self.scenario.proposition_names, self.scenario.discipline_names
        found = self._means(self._counts(segment), (0,))
        return self._largest_first(
            [Gap(*means, segment or "", names[p], words[d]) for (p, d), means in found]
        )

    def felt_draws(self, thing: str | None = None, segment: str | None = None) -> Mapping[str, FloatArray]:
        """Felt scores of every row of `cells`, or of `by`, under what is in doubt; what is claimed is known.

        Parameters
        ----------
        thing : {"segment", "proposition", "discipline"}, optional
            As for `by`; the rows of `cells` where it is None.
        segment : str, optional
            As for `cells`.

        Returns
        -------
        mapping of str to ndarray, shape (N,)
            By the names of proposition and discipline, or of the thing, joined by a line break.

        Raises
        ------
        UnknownName
            Where the segment does not exist.
        """
        scenario, counts = self.scenario, self._counts(segment, thing)
        every = [np.nan_to_num(scores) for _, scores in input_draws(scenario)]
        felt = scenario.scale.from_unit(np.stack(np.broadcast_arrays(*every)))
        axes = (0,) if thing is None else _AXES[thing]
        total = counts.sum(axis=axes)
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = (counts[..., None] * felt).sum(axis=axes) / total[..., None]
        if thing is not None:
            return dict(zip(getattr(scenario, f"{thing}_names"), drawn, strict=True))
        names, words = scenario.proposition_names, scenario.discipline_names
        return {f"{n}\n{w}": drawn[p, d] for p, n in enumerate(names) for d, w in enumerate(words)}

    def _counts(self, segment: str | None, thing: str | None = None) -> FloatArray:
        """How much each score counts, shape (G, P, D): by size, and by its weight among those that are there."""
        sizes = self.scenario.size_shares if thing != "segment" else np.ones(len(self.scenario.segments))
        if segment is not None:
            sizes = np.eye(len(sizes))[self.scenario.segment_index(segment)]
        present = np.where(np.isnan(self.gaps), 0.0, self.scenario.weights[:, None])
        total = present.sum(axis=-1, keepdims=True)
        return np.asarray(sizes[:, None, None] * present / np.where(total > 0, total, 1.0))

    def _means(
        self, counts: FloatArray, axes: tuple[int, ...]
    ) -> Iterator[tuple[tuple[int, ...], tuple[float, float]]]:
        """Mean felt and seen score at every place along the other axes on which any score counts."""
        total = counts.sum(axis=axes)
        felt, seen = ((counts * np.nan_to_num(x)).sum(axis=axes) for x in (self.felt, self.seen))
        for place in map(tuple, np.argwhere(total > 0).tolist()):
            yield place, (float(felt[place] / total[place]), float(seen[place] / total[place]))

    def _largest_first(self, gaps: list[Gap]) -> tuple[Gap, ...]:
        """Those that tie stay in the order of the scenario."""
        tie = TIE * self.scenario.scale.width
        return tuple(sorted(gaps, key=lambda gap: -round(abs(gap.gap) / tie)))

    def to_frame(self) -> pd.DataFrame:
        """Every score: segment, proposition, discipline, felt, the view by its name, gap."""
        at = np.nonzero(~np.isnan(self.gaps))
        frame = {
            thing: np.array(getattr(self.scenario, f"{thing}_names"), dtype=object)[places]
            for thing, places in zip(_AXES, at, strict=True)
        }
        return pd.DataFrame({**frame, "felt": self.felt[at], self.view: self.seen[at], "gap": self.gaps[at]})


def perception(scenario: Scenario, view: str = "believed") -> Perception:
    """Compare what is promised, or believed inside, with what customers feel.

    Parameters
    ----------
    scenario : Scenario
        With the table of that name.
    view : {"believed", "promised"}
        What to compare with the felt scores.

    Returns
    -------
    Perception

    Raises
    ------
    EditError
        Where the scenario has no such table.

    Examples
    --------
    >>> base = Scenario.from_arrays([[4, 6]], points=[3, 1], propositions=["Express"])
    >>> both = perception(base.with_table("believed", [[[8, 5]]]))
    >>> [(g.discipline, g.gap) for g in both.by("discipline")]
    [('Discipline 1', 4.0), ('Discipline 2', -1.0)]
    >>> both.by("proposition")[0].gap  # 4 at weight 3/4 and -1 at weight 1/4
    2.75
    """
    felt, seen = scenario.array("scores"), scenario.scores_as(view)
    missing = np.isnan(felt) | np.isnan(seen)
    return Perception(scenario, view, np.where(missing, np.nan, felt), np.where(missing, np.nan, seen))


def cover_stories(scenario: Scenario, segment: str | None = None) -> tuple[Gap, ...]:
    """Promises that lie at or beyond the scenario's bar above what customers feel.

    Parameters
    ----------
    scenario : Scenario
        With promised scores; its `cover_story_bar` is 20 % of the scale's width if not set.
    segment : str, optional
        Name of the segment; over all segments, by size and weight, where it is None.

    Returns
    -------
    tuple of Gap
        One for each proposition and discipline on which it is a cover story, the largest first.

    Raises
    ------
    EditError
        Where the scenario has no promised scores.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[4, 6]], propositions=["Express"])
    >>> [(g.proposition, g.discipline) for g in cover_stories(base.with_table("promised", [[[6, 7]]]))]
    [('Express', 'Discipline 1')]
    """
    bar = scenario.cover_story_bar - TIE * scenario.scale.width
    return tuple(gap for gap in perception(scenario, "promised").cells(segment) if gap.gap >= bar)
