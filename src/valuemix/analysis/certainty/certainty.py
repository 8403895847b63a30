"""Certainty: how sure a sentence may be that names a leader, an order, a difference or a change.

One rule for all of them: the share of draws, within what is in doubt, in which the sentence is true.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from valuemix.analysis.certainty.dominance import dominated, least_lead
from valuemix.analysis.certainty.uncertainty import contenders, draws_of, in_doubt, value_draws
from valuemix.analysis.draws.score_draws import is_kept, score_doubt
from valuemix.analysis.draws.survey_draws import rests_on_answers
from valuemix.analysis.draws.survey_errors import too_few_answers
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.scoring import TIE, Standing, evaluate
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "CLEAR",
    "DEGREES",
    "LIKELY",
    "Certainty",
    "Degree",
    "Hinge",
    "certainty",
    "certainty_among",
    "degree_of",
    "differing",
    "hangs_on",
    "holds_within",
    "share_above",
]


Degree = Literal["certain", "clear", "likely", "open"]

CLEAR, LIKELY = 0.975, 0.85
"""Shares from which a degree holds. The leader was chosen by looking, so where the best two are in truth
level, "clear" is wrong in 2 (1 - 0.975) = 5 % of cases and "likely" in 2 (0.975 - 0.85) = 25 %; further
propositions need no correction (Gutmann and Maymin, Annals of Statistics 15, 1987)."""

DEGREES: tuple[Degree, ...] = ("open", "likely", "clear", "certain")
"""From the least sure to the surest."""

NO_VALUE = -1e200
"""What has no value is below all that has one."""

NOISE = 0.01
"""Gains of certainty no larger than this are chance."""

MOST_HINGES = 60
"""Cells of discipline and segment that are tried one by one; beyond it whole disciplines are."""


@dataclass(frozen=True)
class Certainty:
    """How sure it is that today's leader leads.

    Attributes
    ----------
    leaders : tuple of int
        Propositions with the highest value today: several where they tie, none where nothing has a value.
    degree : {"certain", "clear", "likely", "open"}
        Certain: nothing within what is in doubt changes it. Clear, likely: by `least`. Open: too close to
        call, or a tie, or no leader at all.
    above : tuple of float
        For every proposition the share of draws in which the leader is above it, ties counting half; NaN
        for the leader itself and for what has no value. Where several tie, of those behind them the least of
        the shares in which one of the leaders is.
    first : float
        Share of draws in which the leader (one of the leaders) is first of all; NaN without one.
    rivals : tuple of int
        Propositions that keep it from being clear, the closest first.
    in_doubt : bool
        Whether anything was in doubt.
    too_few : bool
        Whether there are too few answers for any word surer than open.
    """

    leaders: tuple[int, ...]
    degree: Degree
    above: tuple[float, ...]
    first: float
    rivals: tuple[int, ...]
    in_doubt: bool
    too_few: bool = False

    @property
    def close(self) -> tuple[int, ...]:
        """Rivals from whom an open lead cannot be told, the closest first; above its other `rivals` it probably is."""
        if self.degree != "open":
            return ()
        by_themselves = (p for p in self.rivals if self.too_few or degree_of(self.above[p]) == "open")
        return tuple(by_themselves) or self.rivals

    @property
    def least(self) -> float:
        """Share of draws in which the leader is above its closest rival; 1 where it has none, NaN without one."""
        known = [share for share in self.above if share == share]
        if not self.leaders:
            return float("nan")
        return min(known, default=1.0)

    def at_least(self, degree: Degree) -> bool:
        """Whether it is as sure as this, or surer."""
        return DEGREES.index(self.degree) >= DEGREES.index(degree)


def degree_of(share: float) -> Degree:
    """Degree of a statement that is true in this share of draws: of an order, a sign, a difference.

    Draws cannot show that nothing changes it, so the best is clear.

    Examples
    --------
    >>> degree_of(1.0), degree_of(0.975), degree_of(0.9), degree_of(0.5)
    ('clear', 'clear', 'likely', 'open')
    """
    if share >= CLEAR - TIE:
        return "clear"
    return "likely" if share >= LIKELY - TIE else "open"


def share_above(one: FloatArray, other: FloatArray | float, width: float) -> float:
    """Share of draws in which one is above the other; ties count half.

    Parameters
    ----------
    one, other : ndarray, shape (N,)
        Draws of two values, or a number to hold them against.
    width : float
        Width of the scale; values within 1e-9 of it tie.

    Examples
    --------
    >>> share_above(np.array([3.0, 2.0, 2.0, 1.0]), 2.0, 10)
    0.5
    """
    gap = np.where(np.isnan(one), NO_VALUE, one) - np.where(np.isnan(other), NO_VALUE, other)
    tie = TIE * width
    # Counted: the mean of truths takes three times as long.
    above, level = (np.count_nonzero(each) / gap.size for each in (gap > tie, abs(gap) <= tie))
    return float(above + level / 2)


def differing(shares: Sequence[float], error: float = 2 * (1 - CLEAR)) -> tuple[bool, ...]:
    """Which of several differences that are looked at together are there (Holm's procedure).

    Parameters
    ----------
    shares : sequence of float
        For each difference the share of draws with one of the two signs.
    error : float
        Chance that any of them is called a difference where there is none.

    References
    ----------
    Holm, Scandinavian Journal of Statistics 6 (1979).

    Examples
    --------
    >>> differing([0.999, 0.98, 0.5]), differing([0.98])
    ((True, False, False), (True,))
    """
    doubts = [2 * min(share, 1 - share) for share in shares]
    order = sorted(range(len(doubts)), key=lambda i: doubts[i])
    found = [False] * len(doubts)
    for place, i in enumerate(order):
        if doubts[i] > error / (len(doubts) - place) + TIE:
            break
        found[i] = True
    return tuple(found)


def certainty(scenario: Scenario, segment: str | None = None, doubt: Doubt | None = None) -> Certainty:
    """How sure it is who leads, in a segment or overall.

    The leader is the proposition with the highest value today; the least of the shares in which it is
    above each rival decides. Kept for the scenarios seen last.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.
    doubt : Doubt, optional
        What is in doubt, in place of what the scenario says.

    Returns
    -------
    Certainty

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]]))
    >>> found.leaders, found.degree, found.rivals, found.above[1]
    ((0,), 'open', (2,), 1.0)
    """
    return _certainty(scenario, segment, doubt or scenario.doubt)


@functools.lru_cache(maxsize=512)
def _certainty(scenario: Scenario, segment: str | None, doubt: Doubt) -> Certainty:
    standing, doubted = evaluate(scenario).standing(segment), in_doubt(scenario, segment, doubt)
    above, first = np.full(len(scenario.propositions), np.nan), 1.0
    if not standing.leaders:
        return _judged((), above, first, doubted, certain=False)
    leader = standing.leaders[0]
    others = [p for p in standing.order if p != leader]
    above[others] = 1.0
    safe = set(others).intersection(
        *(_never_overtaken(scenario, segment, doubt, own, others) for own in standing.leaders)
    )
    contested = [p for p in others if p not in safe or p in standing.leaders]
    if contested:
        shares, first = _held_against(scenario, segment, doubt, standing, contested)
        above[[*shares]] = [*shares.values()]
    certain = len(safe) == len(others) or not doubted
    found = _judged(standing.leaders, above, first, doubted, certain=certain)
    if contested and rests_on_answers(scenario, segment) and too_few_answers(scenario, segment):
        every = tuple(sorted(contested, key=lambda p: (above[p], p)))
        return dataclasses.replace(found, degree="open", rivals=every, too_few=True)
    return found


def _judged(
    leaders: tuple[int, ...], above: FloatArray, first: float, doubted: bool, *, certain: bool
) -> Certainty:
    """Certainty by the shares of draws in which the leader is above the others, NaN for itself."""
    if not leaders:
        return Certainty((), "open", tuple(above.tolist()), float("nan"), (), doubted)
    others = np.flatnonzero(~np.isnan(above)).tolist()
    rivals = sorted((p for p in others if above[p] < CLEAR - TIE), key=lambda p: (above[p], p))
    degree: Degree = "certain" if certain else degree_of(above[others].min())
    if len(leaders) > 1:
        degree = "open"
    return Certainty(leaders, degree, tuple(above.tolist()), first, tuple(rivals), doubted)


def _held_against(
    scenario: Scenario, segment: str | None, doubt: Doubt, standing: Standing, rivals: Sequence[int]
) -> tuple[dict[int, float], float]:
    """Share of draws in which the leader is above each of some rivals, and in which a leader is first."""
    leader, width = standing.leaders[0], scenario.scale.width
    drawn, places = _drawn(scenario, segment, doubt, leader)
    row = {p: i for i, p in enumerate(places)}
    above = {
        p: min(
            share_above(drawn[row[own]], drawn[row[p]], width)
            for own in ((leader,) if p in standing.leaders else standing.leaders)
        )
        for p in rivals
        if p in row
    }
    valued = [p for p in standing.order if p in row]
    leaders = [valued.index(p) for p in standing.leaders]
    return above, _first(drawn[[row[p] for p in valued]], leaders, width)


def certainty_among(today: FloatArray, drawn: FloatArray, width: float) -> Certainty:
    """How sure it is which of several figures is the largest, whatever they are: gaps, losses, net values.

    Parameters
    ----------
    today : ndarray, shape (P,)
        NaN where there is none.
    drawn : ndarray, shape (P, N)
        The same under what is in doubt; N is 1 where nothing is.
    width : float
        Width of the scale; figures within 1e-9 of it tie.

    Examples
    --------
    >>> drawn = np.array([[3.0, 2.0, 4.0], [1.0, 2.5, 3.0]])
    >>> found = certainty_among(np.array([3.0, 2.0]), drawn, 10)
    >>> found.leaders, found.degree, found.rivals, round(found.least, 2)
    ((0,), 'open', (1,), 0.67)
    """
    above, first, doubted = np.full(len(today), np.nan), float("nan"), drawn.shape[1] > 1
    known = np.flatnonzero(~np.isnan(today)).tolist()
    leaders = tuple(p for p in known if today[p] >= today[known].max() - TIE * width)
    others = [p for p in known if p not in leaders[:1]]
    if leaders:
        above[others] = [share_above(drawn[leaders[0]], drawn[p], width) for p in others]
        first = _first(drawn[known], [known.index(p) for p in leaders], width)
    return _judged(leaders, above, first, doubted, certain=not (doubted and others))


def _never_overtaken(
    scenario: Scenario, segment: str | None, doubt: Doubt, leader: int, others: Sequence[int]
) -> set[int]:
    """Rivals that nothing in doubt puts above the leader."""
    if rests_on_answers(scenario, segment):
        return set()
    case, scores = case_of(scenario, segment), score_doubt(scenario, doubt).only(scenario.rows(segment))
    level = dominated(scores, case.sizes, leader)
    safe = {p for p in others if level[p]}
    if not scores.certain or (doubt.sizes_within and len(case.sizes) > 1):
        return safe
    leads = {p: least_lead(case, doubt, leader, p) for p in others}
    return safe | {p for p, lead in leads.items() if lead is not None and lead >= 0}


def _drawn(
    scenario: Scenario, segment: str | None, doubt: Doubt, leader: int
) -> tuple[FloatArray, list[int]]:
    """Draws of the values, and of which propositions: of a large scenario those alone that may lead."""
    places = [*range(len(scenario.propositions))]
    if is_kept(scenario.array("scores").size, draws_of(scenario)) or rests_on_answers(scenario, segment):
        return value_draws(scenario, segment, doubt=doubt), places
    places = contenders(scenario, segment, doubt, leader)
    return value_draws(scenario, segment, doubt=doubt, propositions=places), places


def _first(drawn: FloatArray, leaders: Sequence[int], width: float) -> float:
    """Share of draws in which one of the leaders is first, ties split equally."""
    values = np.where(np.isnan(drawn), -np.inf, drawn)
    best = values >= values.max(axis=0) - TIE * width
    return float((best[list(leaders)].sum(axis=0) / best.sum(axis=0)).mean())


@functools.lru_cache(maxsize=128)
def holds_within(
    scenario: Scenario, segment: str | None = None, degree: Degree = "clear", most: int = 100
) -> int:
    """How many points weights may be off while a degree holds throughout.

    Counted up from 1 in whole points, with all else in doubt as it is, so that it rests on no
    assumption about the weights.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.
    degree : {"certain", "clear", "likely", "open"}
        What has to hold, at least.
    most : int
        Where to stop counting.

    Returns
    -------
    int
        0 where it does not even hold within 1 point.

    Examples
    --------
    >>> holds_within(Scenario.from_arrays([[8, 4], [5, 6]]))
    5
    """
    if (
        scenario.evidence is not None
    ):  # as if weights were typed: off by points, not by what answers leave open
        scenario = scenario.replace(evidence=scenario.evidence.with_weights("keep"))
    for points in range(1, most + 1):
        within = Doubt(**{**dict(scenario.doubt), "weights_within": float(points)})
        if not certainty(scenario, segment, within).at_least(degree):
            return points - 1
    return most


@dataclass(frozen=True)
class Hinge:
    """What an open question hangs on most.

    Attributes
    ----------
    discipline : int
    segment : int or None
        Whose scores; None for the weight of the discipline, or for its scores in every segment.
    weight : bool
        Whether it is the weight; else the scores.
    least : float
        Share in which whoever is then ahead most often would be above its closest rival if that were known.
    """

    discipline: int
    segment: int | None
    weight: bool
    least: float


@functools.lru_cache(maxsize=64)
def hangs_on(scenario: Scenario, segment: str | None = None) -> Hinge | None:
    """What by itself would tell the best from the rest most often if it were known.

    None where none does by more than chance, or enough to be told in a surer word: then it hangs on
    no single weight or score.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which segment; the overall value where it is None.

    Examples
    --------
    >>> found = hangs_on(Scenario.from_arrays([[8, 4], [5, 6.4]]))
    >>> found.weight, round(found.least, 1)
    (True, 0.9)
    """
    today = certainty(scenario, segment)
    if not today.rivals or len(today.leaders) > 1:
        return None
    disciplines, rows = range(len(scenario.disciplines)), _rows(scenario, segment)
    found = [
        *(Hinge(d, None, weight=True, least=_least(scenario, segment, known_weight=d)) for d in disciplines),
        *(
            Hinge(d, g, weight=False, least=_least(scenario, segment, known_scores=(g, d)))
            for g in rows
            for d in disciplines
        ),
    ]
    best = max(found, key=lambda hinge: hinge.least)
    surer = DEGREES.index(degree_of(best.least)) > DEGREES.index(today.degree)
    return best if surer and best.least > today.least + NOISE else None


def _rows(scenario: Scenario, segment: str | None) -> list[int | None]:
    """Segments whose scores are tried one by one; None for all together where there are very many."""
    if segment is not None:
        return [scenario.segment_index(segment)]
    one_by_one = scenario.array("scores").shape[0] * len(scenario.disciplines) <= MOST_HINGES
    return [*range(len(scenario.segments))] if one_by_one else [None]


def _least(scenario: Scenario, segment: str | None, **known: Any) -> float:
    """Share in which the best is above its closest rival where something is known: today's leader, or its better."""
    found, width = certainty(scenario, segment), scenario.scale.width
    drawn = value_draws(scenario, segment, propositions=[found.leaders[0], *found.rivals], **known)
    leader = [share_above(drawn[0], rival, width) for rival in drawn[1:]]
    if min(leader) >= 0.5:
        return min(leader)
    better = 1 + int(np.argmin(leader))
    return min(share_above(drawn[better], drawn[p], width) for p in range(len(drawn)) if p != better)
