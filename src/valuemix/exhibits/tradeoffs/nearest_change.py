"""The smallest change of one thing after which another proposition leads: a weight, a score, a size, else weights."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuemix.analysis.certainty.certainty import certainty, holds_within
from valuemix.analysis.draws.survey_errors import score_errors, share_error
from valuemix.analysis.tradeoffs.breakeven import least_falls
from valuemix.analysis.tradeoffs.flips import Flip
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, case_of, nearest_score
from valuemix.exhibits.tradeoffs.switches import (
    NARROW,
    by_itself,
    in_errors,
    moves_together,
    nearest_switch,
    shown_size,
    shown_weights,
    weight_errors,
)
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import decimals_of, number
from valuemix.exhibits.words.respondents import score_then
from valuemix.model.weights import TOTAL_POINTS
from valuemix.typing import FloatArray

__all__ = [
    "NearestChange",
    "as_long_as",
    "change_told",
    "flip_told",
    "flip_words",
    "nearest_change",
    "needed_score",
    "one_alone",
    "points_moved",
    "several_together",
    "weight_moved",
]

MOVED = 1e-9
"""Weight moved that is more than chance."""


@dataclass(frozen=True)
class NearestChange:
    """One change after which the leader has an equal, and with any more of it another leads.

    Attributes
    ----------
    extent : float
        Part of its range: of all weight, of the scale's width, of all sizes.
    short : str
        What changes: "innovation alone weighing 8 points less".
    words : str
        The same with both ends: "innovation alone weighing 8 points less, from 22 to 14 %, the others in proportion".
    leaders : tuple of int
        Who leads then.
    single : bool
        Whether one thing moves: a weight (the others keep their proportions), a score or a size.
    errors : float
        How many of its own standard errors it moves by; NaN where respondents did not give it.
    held : str
        How it is told of a share of size that is held as known; empty for all else.
    beside : NearestChange or None
        The nearest of those that are measured the other way, where there are any.
    """

    extent: float
    short: str
    words: str
    leaders: tuple[int, ...]
    single: bool = True
    errors: float = math.nan
    held: str = ""
    beside: NearestChange | None = None

    def told(self, names: Sequence[str]) -> str:
        """Sentence of who has the leader's value then."""
        verb = "draws level" if len(self.leaders) == 1 else "draw level"
        return f"With {self.words}, {wording.joined([names[p] for p in self.leaders])} {verb}"


def nearest_change(result: Tradeoffs) -> NearestChange | None:
    """Smallest move of one weight, score or size that turns the lead; weights together where none does it.

    What respondents gave is measured in its standard errors, all else by part of its range. Where there are both, the
    nearer one by part of its range goes first, with the other beside it.

    A sum of moves, small in the mean over segments, is no small change to those who make it, so it is told only where
    nothing else turns the lead.

    Parameters
    ----------
    result : Tradeoffs
        Of one segment, or overall.

    Returns
    -------
    NearestChange or None
        None where no leader is alone, or where no change of one of these kinds is enough.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], propositions=["Express", "Green line"])
    >>> nearest_change(tradeoffs(scenario)).short
    'innovation alone weighing 5 points less'
    """
    if len(result.evaluation.standing(result.segment).leaders) != 1:
        return None
    found = [*_weights(result), *_scores(result), *_falls(result), *_sizes(result)] or [*_moves(result)]
    asked, entered = (
        [each for each in found if math.isnan(each.errors) != measured] for measured in (True, False)
    )
    one = min(asked, key=lambda each: (round(each.errors, 6), len(each.words)), default=None)
    other = min(entered, key=lambda each: (round(each.extent, 6), len(each.words)), default=None)
    if one is None or other is None:
        return one or other
    first, second = (one, other) if one.extent <= other.extent else (other, one)
    return replace(first, beside=second)


def change_told(result: Tradeoffs, change: NearestChange | None, names: Sequence[str]) -> str:
    """Sentence of the smallest change, or that there is none, as sure as the search for it was.

    Parameters
    ----------
    result : Tradeoffs
    change : NearestChange or None
        Its smallest, as `nearest_change` finds it.
    names : sequence of str
        Of all propositions, as they are spoken.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[[8, 2], [4, 5]], [[5, 5], [3, 6]]])
    >>> for fairness in (0, 2):
    ...     result = tradeoffs(scenario.with_settings(fairness=fairness))
    ...     print(change_told(result, nearest_change(result), ["A", "B"]).split("; ")[1])
    no score, size or weight in all segments together is nearer, by part of its range
    no score, size or weight in all segments together was found that is nearer, by part of its range
    """
    exact = all(each.lead.exact for each in result.challenges) and all(each.exact for each in result.sweeps)
    if change is not None:
        return f"{change.told(names)}; {_least(result, change, exact=exact)}{_beside(change)}"
    none = "No change of one weight, score or size, nor of weights together,"
    return f"{none} {'puts another first' if exact else 'was found that puts another first'}"


def _least(result: Tradeoffs, change: NearestChange, *, exact: bool) -> str:
    """That a change is the smallest, or the smallest that was found, and by which measure."""
    least, more = (
        "no single weight or score",
        "is nearer, by part of its range" if change.single else "does it",
    )
    if not math.isnan(change.errors):
        least, more = "no other number that respondents gave", "is fewer of its own standard errors away"
    elif change.beside is not None:
        least = "no other number without an error of its own"
    elif moves_together(result):
        least = "no score, size or weight in all segments together"
    return f"{least} {'' if exact else 'was found that '}{more}"


def _beside(change: NearestChange) -> str:
    """What is nearest by the other measure; empty where nothing is."""
    other = change.beside
    if other is None:
        return ""
    if math.isnan(other.errors):
        return f"; {other.held or f'of what was entered, the nearest is {other.words}'}"
    away = f"{number(other.errors, 1)} of its own standard errors away"
    return f"; of what respondents gave, {other.short}, {away}, comes nearest"


def _weights(result: Tradeoffs) -> Iterator[NearestChange]:
    words = wording.discipline_words(result.scenario)
    each = zip(words, result.sweeps, shown_weights(result), weight_errors(result), strict=True)
    for word, sweep, shown, error in each:
        nearest = nearest_switch(sweep)
        if nearest is None:
            continue
        there, leaders = nearest
        distance = abs(there - sweep.today_share)
        away = in_errors(distance, error)
        if distance <= NARROW:
            told = f"the smallest change in the weight of {word}"
            yield NearestChange(distance, told, told, leaders, errors=away)
            continue
        way = "more" if there > sweep.today_share else "less"
        short = f"{word}{by_itself(result, ' alone')} weighing {shown.apart(there)} {way}"
        if moves_together(result):
            short += " in all segments together"
        ends = f"from {shown.bare(sweep.today_share)} to {shown.text(there)}"
        kept = by_itself(result, ", the others in proportion")
        yield NearestChange(distance, short, f"{short}, {ends}{kept}", leaders, errors=away)


def one_alone(result: Tradeoffs) -> str:
    """Note beside a change of several weights: how far one alone has to move; empty where there is no difference."""
    if not by_itself(result, "alone"):
        return ""
    one = min(_weights(result), key=lambda each: each.extent, default=None)
    return "no weight alone changes the leader" if one is None else f"the least of one weight: {one.short}"


def several_together(result: Tradeoffs) -> str:
    """Note beside a change of one weight: how little several together need; empty where there is no difference."""
    flip = result.challenges[0].lead if result.challenges else None
    if flip is None or not by_itself(result, "together"):
        return ""
    if not flip.possible or not flip.exact:
        return "several weights moved together may change the leader with less"
    return f"several weights moved together need {points_moved(flip.moved_share)}" + (
        " over all segments by size" if len(_rows(result)) > 1 else ""
    )


def _moves(result: Tradeoffs) -> Iterator[NearestChange]:
    """Weights moved together; overall the extent is the mean of the segments by size."""
    for challenge in result.challenges:
        flip = challenge.lead
        if flip.possible and flip.moved_share > MOVED:
            short, told = flip_words(result, flip)[0], flip_told(result, flip)
            yield NearestChange(flip.moved_share, short, told, (challenge.challenger,), single=False)


def flip_words(result: Tradeoffs, flip: Flip, *, parted: bool = False) -> tuple[str, str]:
    """Weight that a flip moves in the points that sliders show, and its mean over segments.

    Parameters
    ----------
    result : Tradeoffs
    flip : Flip
        One that is possible.
    parted : bool
        Whether a comma goes before the disciplines, so that a title may end there.

    Returns
    -------
    str
        Such as "17 points of weights moved together in Enterprise alone from innovation to customer intimacy".
    str
        Such as "5.8 points over all segments by size"; empty for one segment.
    """
    scenario, rows = result.scenario, _rows(result)
    names, words = wording.short_names(scenario.segment_names), wording.discipline_words(scenario)
    changed = flip.weights - scenario.weights[rows]
    moved = abs(changed).sum(axis=1) / 2
    touched = [i for i in range(len(rows)) if moved[i] > MOVED]
    what = weight_moved(result)
    if not touched:
        return f"{points_moved(0.0)} {what}", ""
    each = [points_moved(float(moved[i])) for i in touched]
    way = _way(changed, words, "," if parted else "")
    each[0] = f"{each[0]} {what}"
    if len(rows) == 1:
        return each[0] + way, ""
    places = [f"{text} {wording.among(names[rows[i]])}" for text, i in zip(each, touched, strict=True)]
    if len(touched) == 1:
        places[0] += " alone"
    return wording.joined(places, most=4) + way, f"{points_moved(flip.moved_share)} over all segments by size"


def _way(changed: FloatArray, words: Sequence[str], before: str) -> str:
    """From which disciplines to which weight moves; blank where one gives in one segment and takes in another."""
    down, up = (changed < -MOVED).any(axis=0), (changed > MOVED).any(axis=0)
    if (down & up).any():
        return ""
    sides = (
        wording.joined([words[d] for d in np.flatnonzero(side).tolist()], most=12) for side in (down, up)
    )
    return f"{before} from " + " to ".join(sides)


def weight_moved(result: Tradeoffs) -> str:
    """What so many points are of: several weights move together, of two each is the other's."""
    return "of weights moved together" if by_itself(result, "together") else "of weight moved"


def _rows(result: Tradeoffs) -> list[int]:
    """Segments whose weights are in question."""
    scenario = result.scenario
    if result.segment is None:
        return [*range(len(scenario.segments))]
    return [scenario.segment_index(result.segment)]


def as_long_as(result: Tradeoffs) -> str:
    """How far weights may be off while the leader leads clearly; empty where they may not.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> as_long_as(tradeoffs(Scenario.from_arrays([[8, 4], [5, 6]])))
    'as long as no weight is more than 5 points off'
    """
    scenario, segment = result.scenario, result.segment
    if len(scenario.propositions) == 1 or not certainty(scenario, segment).leaders:
        return ""
    # What is told beside it, that some weights put another first, has to stay true.
    flip = _least_weight_moved(result)
    most = TOTAL_POINTS if math.isinf(flip) else max(math.ceil(TOTAL_POINTS * flip - 1e-9) - 1, 0)
    points = holds_within(scenario, segment, most=int(min(most, TOTAL_POINTS)))
    if points >= TOTAL_POINTS:
        return "whatever the weights"
    return f"as long as no weight is more than {wording.points(str(points))} off" if points else ""


def _least_weight_moved(result: Tradeoffs) -> float:
    """Most that any one weight moves in the smallest change of weights that ends the lead; infinity without one."""
    scenario, rows = result.scenario, _rows(result)
    sizes = scenario.size_shares if len(rows) > 1 else np.ones(1)
    moves = [each.lead.weights - scenario.weights[rows] for each in result.challenges if each.lead.possible]
    single = [abs(found[0] - s.today_share) for s in result.sweeps if (found := nearest_switch(s))]
    return min([*(float(np.abs(sizes @ move).max()) for move in moves), *single], default=math.inf)


def flip_told(result: Tradeoffs, flip: Flip) -> str:
    """Weight that a flip moves, with its mean over segments in brackets."""
    short, mean = flip_words(result, flip)
    return f"{short} ({mean})" if mean else short


def points_moved(share: float) -> str:
    """Weight that has to move until another draws level, to the nearest whole point, or fewer than one.

    Examples
    --------
    >>> points_moved(0.319), points_moved(0.121), points_moved(0.01), points_moved(0.004)
    ('32 points', '12 points', '1 point', 'less than 1 point')
    """
    return wording.points(number(100 * share, 0)) if 100 * share >= 0.5 else "less than 1 point"


def _scores(result: Tradeoffs) -> Iterator[NearestChange]:
    for challenge in result.challenges:
        if challenge.score is not None and not np.isnan(challenge.score.today):
            score = challenge.score
            yield _score(
                result, challenge.challenger, score.segment, score.discipline, score.today, score.needed,
                (challenge.challenger,),
            )  # fmt: skip


def _falls(result: Tradeoffs) -> Iterator[NearestChange]:
    """Scores of the leader that need only fall."""
    scenario, standing = result.scenario, result.evaluation.standing(result.segment)
    if standing.runner_up is None:
        return
    leader, ranks = standing.leaders[0], result.evaluation.ranks_in(result.segment)
    next_up = tuple(int(p) for p in np.flatnonzero(ranks == ranks[standing.runner_up]))
    falls = least_falls(case_of(scenario, result.segment), leader)
    if np.isnan(falls).all():
        return
    g, d = nearest_score(scenario, result.segment, leader, falls)
    row = g if result.segment is None else scenario.segment_index(result.segment)
    today = float(scenario.array("scores")[row, leader, d])
    yield _score(result, leader, row, d, today, today - float(falls[g, d]) * scenario.scale.width, next_up)


def _score(
    result: Tradeoffs, p: int, g: int, d: int, today: float, needed: float, leaders: tuple[int, ...]
) -> NearestChange:
    scenario, places = result.scenario, decimals_of(result.scenario)
    several = result.segment is None and len(scenario.segments) > 1
    where = f" {wording.among(wording.short_names(scenario.segment_names)[g])}" if several else ""
    name = wording.short_names(scenario.proposition_names)[p]
    short = f"{name} scored {needed_score(today, needed, places)} on {wording.discipline_words(scenario)[d]}{where}"
    extent = abs(needed - today) / scenario.scale.width
    then = score_then(scenario, (g, p, d), number(today, places), needed - today)
    errors = in_errors(needed - today, float(score_errors(scenario)[g, p, d]))
    return NearestChange(extent, short, short + then, leaders, errors=errors)


def needed_score(today: float, needed: float, decimals: int) -> str:
    """A score at which another draws level, to the nearest figure, which never looks like today's.

    Examples
    --------
    >>> needed_score(5, 6.24, 1), needed_score(5, 5.01, 1), needed_score(5, 4.99, 1)
    ('6.2', 'just above 5.0', 'just below 5.0')
    """
    if number(needed, decimals) != number(today, decimals):
        return number(needed, decimals)
    return f"just {'above' if needed > today else 'below'} {number(today, decimals)}"


def _sizes(result: Tradeoffs) -> Iterator[NearestChange]:
    for challenge in result.challenges:
        size = challenge.size
        if size is None:
            continue
        needed, today = shown_size(result, size)
        name = wording.short_names(result.scenario.segment_names)[size.segment]
        short = f"{name} at {needed} of size"
        told = f"{short} instead of {today}"
        held = f"by sizes, held as known, only if {name} were {needed} of all, not {today}"
        moved = abs(size.needed_share - size.today_share)
        names = result.scenario.segment_names
        errors = in_errors(moved, share_error(result.scenario, names[size.segment], None))
        yield NearestChange(moved, short, told, (challenge.challenger,), errors=errors, held=held)
