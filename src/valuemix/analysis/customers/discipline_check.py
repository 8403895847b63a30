"""Discipline check: which discipline each proposition leads, and whether it holds the others.

"Choose one value discipline to lead in and keep to a threshold in the others" (Treacy and
Wiersema, Harvard Business Review 71(1), 1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.analysis.customers.balance import mean_score_draws, mean_scores
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["DisciplineCheck", "Standing", "Turn", "Verdict", "discipline_check"]


Standing = Literal["leads", "holds", "below", ""]
"""Of one proposition in one discipline; nothing where the score is missing."""

Verdict = Literal["leads", "leads with a gap", "holds", "stuck in the middle", "not scored"]
"""Of one proposition."""


WITH_A_GAP = ("leads with a gap", "stuck in the middle")
"""Verdicts on those that are below the threshold somewhere."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The smallest change of one score that changes a verdict.

    Attributes
    ----------
    discipline : int
    needed : float
        Score at which, or just below which, the verdict changes.
    change : float
        Needed less today's, with its sign; 0 where any drop does it.
    verdict : str
        Verdict then.
    """

    discipline: int
    needed: float
    change: float
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class DisciplineCheck:
    """Verdicts on all propositions, in one segment or over all of them by size.

    Attributes
    ----------
    scenario : Scenario
    segment : str or None
        None for the mean of all segments by size.
    scores : ndarray, shape (P, D)
        What was checked, on the scenario's scale; NaN where missing.
    standings : tuple of tuple of str
        Standing of each proposition (P) in each discipline (D).
    verdicts : tuple of str
        One a proposition.
    turns : tuple of Turn or None
        What changes each verdict soonest; None where no single score does.
    """

    scenario: Scenario
    segment: str | None
    scores: FloatArray
    standings: tuple[tuple[Standing, ...], ...]
    verdicts: tuple[Verdict, ...]
    turns: tuple[Turn | None, ...]

    def holding(self) -> FloatArray:
        """Share of draws within doubt in which each verdict is that of today, shape (P,).

        Examples
        --------
        >>> found = discipline_check(Scenario.from_arrays([[8, 5.1], [6, 6], [9, 2], [4, 3]]))
        >>> found.holding().round(1).tolist()
        [0.7, 1.0, 1.0, 1.0]
        """
        some, gap = self._drawn()
        today = np.array([[v.startswith("leads"), v in WITH_A_GAP] for v in self.verdicts])
        return np.asarray(((some == today[:, :1]) & (gap == today[:, 1:])).mean(axis=1))

    def leading(self) -> FloatArray:
        """Share of draws in which each leads some discipline, or none, as it does today, shape (P,).

        Examples
        --------
        >>> found = discipline_check(Scenario.from_arrays([[8, 5.1], [6, 6.9], [9, 2], [4, 3]]))
        >>> found.leading().round(1).tolist()
        [1.0, 0.7, 1.0, 1.0]
        """
        some, today = self._drawn()[0], np.array([v.startswith("leads") for v in self.verdicts])
        return np.asarray((some == today[:, None]).mean(axis=1))

    def _drawn(self) -> tuple[BoolArray, BoolArray]:
        """Whether each leads a discipline, and is below in one, in every draw, shape (P, N) both."""
        drawn, tie = mean_score_draws(self.scenario, self.segment), TIE * self.scenario.scale.width
        best = np.max(drawn, axis=0, initial=-np.inf, where=~np.isnan(drawn))
        leads = drawn >= np.maximum(best, self.scenario.lead_bar) - tie
        below = ~leads & (drawn < self.scenario.threshold - tie)
        return leads.any(axis=1), below.any(axis=1)

    def disciplines(self, proposition: int, standing: Standing) -> list[int]:
        """Disciplines in which a proposition has a standing."""
        return [d for d, found in enumerate(self.standings[proposition]) if found == standing]


def discipline_check(scenario: Scenario, segment: str | None = None) -> DisciplineCheck:
    """Check every proposition against the lead bar and the threshold.

    A proposition *leads* a discipline where it scores best of the set, ties included, and at
    or above the lead bar; it *holds* one where it scores at or above the threshold, and is
    *below* elsewhere. Its verdict is "leads" where it leads one discipline or more and is below
    in none, "leads with a gap" where it is below in some, "holds" where it leads none and is
    below in none, and else "stuck in the middle". A missing score takes no part, and what has none is "not scored".

    Parameters
    ----------
    scenario : Scenario
        With its `lead_bar` and `threshold`.
    segment : str, optional
        Whose scores; their mean by size over all segments where it is None.

    Returns
    -------
    DisciplineCheck

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> found = discipline_check(Scenario.from_arrays([[8, 5.5], [6, 6], [9, 2], [4, 3]]))
    >>> found.verdicts
    ('holds', 'holds', 'leads with a gap', 'stuck in the middle')
    >>> found.turns[0].discipline, found.turns[0].change, found.turns[0].verdict
    (1, -0.5, 'stuck in the middle')
    """
    scores = mean_scores(scenario)
    if segment is not None:
        scores = scenario.array("scores")[scenario.segment_index(segment)]
    check = _Check(scenario, scores)
    rows = range(len(scores))
    return DisciplineCheck(
        scenario,
        segment,
        scores,
        standings=tuple(tuple(check.standings(p, scores[p].tolist())) for p in rows),
        verdicts=tuple(check.verdict(p, scores[p].tolist()) for p in rows),
        turns=tuple(check.turn(p) for p in rows),
    )


class _Check:
    """The bars, and the best score of the others in every discipline."""

    def __init__(self, scenario: Scenario, scores: FloatArray) -> None:
        self.lowest, self.highest = scenario.scale.lowest, scenario.scale.highest
        self.tie = TIE * scenario.scale.width
        self.lead_bar, self.threshold = scenario.lead_bar, scenario.threshold
        self.scores = scores
        others = np.stack([np.delete(scores, p, axis=0) for p in range(len(scores))])
        self.best_other = np.max(others, axis=1, initial=-np.inf, where=~np.isnan(others))

    def standings(self, p: int, row: Sequence[float]) -> Iterator[Standing]:
        """Standing of a proposition in each discipline if its scores were these."""
        for score, best_other in zip(row, self.best_other[p].tolist(), strict=True):
            if score != score:
                yield ""
            elif score >= max(best_other, self.lead_bar) - self.tie:
                yield "leads"
            else:
                yield "holds" if score >= self.threshold - self.tie else "below"

    def verdict(self, p: int, row: Sequence[float]) -> Verdict:
        """Verdict on a proposition if its scores were these."""
        found = [*self.standings(p, row)]
        if not any(found):
            return "not scored"
        if "leads" in found:
            return "leads with a gap" if "below" in found else "leads"
        return "stuck in the middle" if "below" in found else "holds"

    def turn(self, p: int) -> Turn | None:
        """Smallest change of one of its own scores that changes the verdict.

        A change of another proposition's score matters only where the two pass each other, and
        there the own score has no farther to go.
        """
        row = self.scores[p].tolist()
        now, turns = self.verdict(p, row), []
        for d, score in enumerate(row):
            marks = {self.threshold, self.lead_bar, float(self.best_other[p, d])} - {-np.inf}
            for mark in marks if score == score else ():
                # At the mark itself, or as little below it as is no tie.
                for tried in (mark, mark - 2 * self.tie):
                    if self.lowest <= tried <= self.highest:
                        then = self.verdict(p, [*row[:d], tried, *row[d + 1 :]])
                        if then != now:
                            turns.append(Turn(d, mark, mark - score, then))
        return min(turns, key=lambda turn: abs(turn.change), default=None)
