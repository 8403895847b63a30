"""Trade-offs of a scenario: one weight from 0 to 100, and what would have to change for each challenger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from valuemix.analysis.draws.survey_errors import score_errors
from valuemix.analysis.notebook import shown
from valuemix.analysis.tradeoffs.breakeven import break_even_scores, break_even_sizes
from valuemix.analysis.tradeoffs.flips import Flip, flip_to_lead, flip_to_overtake
from valuemix.analysis.tradeoffs.sweeps import Sweep, sweep
from valuemix.analysis.value.case import Case
from valuemix.analysis.value.moving import moving_moments
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS
from valuemix.typing import FloatArray

__all__ = [
    "Challenge",
    "ScoreChange",
    "SizeChange",
    "Tradeoffs",
    "after_flip",
    "after_score",
    "after_size",
    "case_of",
    "made_of_attributes",
    "moving_case",
    "tradeoffs",
]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One score of a challenger that would have to rise, on the scenario's scale."""

    segment: int
    discipline: int
    today: float
    needed: float


@dataclass(frozen=True, slots=True)
class SizeChange:
    """One segment whose size share would have to change, the others in proportion."""

    segment: int
    today_share: float
    needed_share: float


@dataclass(frozen=True, eq=False)
class Challenge:
    """What would have to change for one proposition to lead.

    Attributes
    ----------
    challenger : int
    overtake : Flip
        Least weight moved to tie with today's leader.
    lead : Flip
        Least weight moved to lead everyone.
    score : ScoreChange or None
        The single score that would have to rise least; None where none is enough.
    size : SizeChange or None
        The single segment whose share would have to change least; None where none is enough
        or one segment alone is asked about.
    """

    challenger: int
    overtake: Flip
    lead: Flip
    score: ScoreChange | None
    size: SizeChange | None


@dataclass(frozen=True, eq=False)
class Tradeoffs:
    """Everything about changing one thing, in one segment or overall.

    Attributes
    ----------
    evaluation : Evaluation
        Today.
    segment : str or None
        Which segment; None for the overall value, whose sweeps move all segments together.
    sweeps : tuple of Sweep
        One a discipline, in order.
    mover : str or None
        The one segment whose weights move in the sweeps of the overall value; None for all of them.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], propositions=["Express", "Green line"])
    >>> result = tradeoffs(scenario)
    >>> [(round(float(s.leader_interval[0]), 2), round(float(s.leader_interval[1]), 2)) for s in result.sweeps]
    [(0.2, 1.0), (0.0, 0.31), (0.0, 1.0), (0.0, 1.0)]
    >>> round(result.challenges[0].lead.moved_share, 4)
    0.0357
    """

    evaluation: Evaluation
    segment: str | None
    sweeps: tuple[Sweep, ...]
    mover: str | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario that was asked about."""
        return self.evaluation.scenario

    @cached_property
    def challenges(self) -> tuple[Challenge, ...]:
        """What each proposition that does not lead would need; smallest change first, impossible last.

        Worked out when it is first asked for: it takes longer than the sweeps.
        """
        return _challenges(self.evaluation, moving_case(self.scenario, self.segment), self.segment)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return shown(self)


def case_of(scenario: Scenario, segment: str | None = None) -> Case:
    """Arrays of a scenario, or of one of its segments by itself.

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    """
    whole = Case(
        scenario.unit_scores,
        scenario.weights,
        scenario.size_shares,
        rho=scenario.settings.rho,
        eps=scenario.settings.eps,
    )
    return whole if segment is None else whole.only(scenario.segment_index(segment))


def moving_case(scenario: Scenario, segment: str | None = None) -> Case:
    """The same, with the moments that move with the weights of their segment, where there are any."""
    whole = replace(case_of(scenario), moments=moving_moments(scenario))
    return whole if segment is None else whole.only(scenario.segment_index(segment))


def tradeoffs(scenario: Scenario, segment: str | None = None, *, mover: str | None = None) -> Tradeoffs:
    """Sweep every weight, and find what each challenger would need; kept for the scenarios seen last.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.
    mover : str, optional
        The one segment whose weights move while the overall value is looked at; all of them together
        where it is None.

    Returns
    -------
    Tradeoffs

    Raises
    ------
    UnknownName
        Where a segment does not exist.
    EditError
        Where the value of one segment is asked for under the weights of another.

    References
    ----------
    O'Shea, Deeney, Triantaphyllou, Diaz-Balteiro and Tarim, Expert Systems with Applications
    296 (2026); Mareschal, European Journal of Operational Research 33 (1988).
    """
    if segment is not None and mover is not None:
        raise EditError(
            f"only the overall value moves with the weights of one segment; leave out {segment!r}"
        )
    return _tradeoffs(scenario, segment, mover)


@lru_cache(maxsize=64)
def _tradeoffs(scenario: Scenario, segment: str | None, mover: str | None) -> Tradeoffs:
    evaluation = evaluate(scenario)
    case = moving_case(scenario, segment)
    moved = None if mover is None else scenario.rows(mover)
    sweeps = tuple(sweep(case, d, moved) for d in range(len(scenario.disciplines)))
    return Tradeoffs(evaluation, segment, sweeps, mover)


def after_flip(result: Tradeoffs, flip: Flip) -> Scenario:
    """Scenario with the weights of a flip that is possible; sums of points become 100.

    Parameters
    ----------
    result : Tradeoffs
        Where the flip comes from.
    flip : Flip
        One of its challenges' ways to overtake or lead.
    """
    points = result.scenario.points.copy()
    points[result.scenario.rows(result.segment)] = flip.weights * TOTAL_POINTS
    return result.scenario.with_points(points)


def made_of_attributes(scenario: Scenario, change: ScoreChange) -> bool:
    """Whether a score is worked out of attributes, so that nobody can raise it by itself."""
    return scenario.discipline_ids[change.discipline] in scenario.attribute_scoring.derived


def after_score(result: Tradeoffs, challenger: int, change: ScoreChange) -> Scenario:
    """Scenario in which one score of a challenger has risen to what it needs.

    The high end of its range rises with it where it lies below, so that the scenario stays valid.
    """
    scenario = result.scenario.without_moments()
    if made_of_attributes(scenario, change):
        scenario = scenario.without_attributes()
    place = change.segment, challenger, change.discipline
    needed = min(change.needed, scenario.scale.highest)
    high = scenario.array("high").copy()
    if high[place] < needed:
        high[place] = needed
        scenario = scenario.with_table("high", high)
    scores = scenario.array("scores").copy()
    scores[place] = needed
    return scenario.with_table("scores", scores)


def after_size(result: Tradeoffs, change: SizeChange) -> Scenario:
    """Scenario in which one segment has the share it needs, the others in proportion."""
    scenario = result.scenario
    total = float(scenario.sizes.sum())
    others = np.delete(np.arange(len(scenario.sizes)), change.segment)
    sizes = scenario.sizes.copy()
    sizes[change.segment] = change.needed_share * total
    rest = sizes[others].sum()
    proportions = sizes[others] / rest if rest > 0 else np.full(len(others), 1 / len(others))
    sizes[others] = proportions * (1 - change.needed_share) * total
    return scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True)))


def _challenges(evaluation: Evaluation, case: Case, segment: str | None) -> tuple[Challenge, ...]:
    standing = evaluation.standing(segment)
    if not standing.leaders:
        return ()
    sizes = break_even_sizes(case)
    found = [
        Challenge(
            p,
            flip_to_overtake(case, p, standing.leaders[0]),
            flip_to_lead(case, p),
            _score_change(evaluation.scenario, case, p, segment),
            _size_change(case, sizes[p]) if segment is None else None,
        )
        for p in standing.order
        if p not in standing.leaders
    ]
    return tuple(
        sorted(found, key=lambda c: (not c.lead.possible, c.lead.moved_share if c.lead.possible else 0.0))
    )


def _score_change(scenario: Scenario, case: Case, challenger: int, segment: str | None) -> ScoreChange | None:
    """Score that has to rise least; one that is missing counts from the lowest score."""
    needed, today = break_even_scores(case, challenger), case.scores[:, challenger]
    rise = needed - np.nan_to_num(today)
    if np.isnan(rise).all():
        return None
    g, d = nearest_score(scenario, segment, challenger, rise)
    scale = scenario.scale
    return ScoreChange(
        g if segment is None else scenario.segment_index(segment),
        d,
        scale.lowest + scale.width * float(today[g, d]),
        scale.lowest + scale.width * float(needed[g, d]),
    )


def nearest_score(
    scenario: Scenario, segment: str | None, proposition: int, moves: FloatArray
) -> tuple[int, int]:
    """Of moves that would each do by itself, the nearest: in standard errors where respondents gave all these scores.

    Parameters
    ----------
    scenario : Scenario
    segment : str or None
    proposition : int
    moves : ndarray, shape (G, D)
        How far each score would have to move; NaN where that is not enough, but not everywhere.

    Returns
    -------
    int, int
    """
    errors = score_errors(scenario)[scenario.rows(segment), proposition]
    known = bool((errors[~np.isnan(moves)] > 0).all())
    g, d = np.unravel_index(np.nanargmin(moves / errors if known else moves), moves.shape)
    return int(g), int(d)


def _size_change(case: Case, shares: FloatArray) -> SizeChange | None:
    """Segment whose share has to change least for a challenger that leads at those shares."""
    changes = abs(shares - case.sizes)
    if np.isnan(changes).all():
        return None
    g = int(np.nanargmin(changes))
    return SizeChange(g, float(case.sizes[g]), float(shares[g]))
