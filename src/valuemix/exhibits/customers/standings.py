"""What a proposition leads, holds and leaves to others: sentences as sure as its scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import certainty_among, degree_of, share_above
from valuemix.analysis.customers.balance import mean_score_draws
from valuemix.analysis.customers.discipline_check import DisciplineCheck
from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import decimals_of, number

__all__ = ["held", "led", "left_to_others"]


def led(check: DisciplineCheck, names: Sequence[str], p: int) -> str:
    """What a proposition leads; where that is nothing, what it is strongest in.

    Examples
    --------
    >>> from valuemix.analysis.customers.discipline_check import discipline_check
    >>> from valuemix.model.scenario import Scenario
    >>> check = discipline_check(Scenario.from_arrays([[9, 8, 5], [5, 6, 6]]))
    >>> led(check, ["Express", "Green line"], 0)
    'Express scores highest on Discipline 1 (9.0) and Discipline 2 (8.0).'
    """
    places = check.disciplines(p, "leads")
    if places:
        return f"{_highest(check, names, p, places)}."
    own, width = check.scores[p], check.scenario.scale.width
    found = certainty_among(own, mean_score_draws(check.scenario, check.segment)[p], width)
    none = claims.sign_words(degree_of(float(check.leading()[p])))
    verdict = claims.sign_words(grading.grades(check.holding().tolist())[p])
    stuck = f" and is {verdict}stuck in the middle" if check.verdicts[p] == "stuck in the middle" else ""
    best = f"it is {claims.probably(found)}strongest in {_scored(check, p, found.leaders)}"
    close = claims.contest(found, wording.discipline_words(check.scenario)) if len(found.leaders) == 1 else ""
    return f"{names[p]} {none}leads no discipline yet{stuck}; {best}{close}."


def held(check: DisciplineCheck, p: int) -> str:
    """What a proposition holds, and what stays below the threshold.

    Examples
    --------
    >>> from valuemix.analysis.customers.discipline_check import discipline_check
    >>> from valuemix.model.scenario import Scenario
    >>> check = discipline_check(Scenario.from_arrays([[9, 6, 5.01, 3], [5, 6, 6, 6]]))
    >>> held(check, 0)
    'It holds operational excellence (6.00) and social purpose (5.01), one of them clearly;
    customer intimacy (3.00) stays below the threshold of 5.'
    """
    above, below = check.disciplines(p, "holds"), check.disciplines(p, "below")
    threshold, drawn = check.scenario.threshold, mean_score_draws(check.scenario, check.segment)[p]
    reached = [share_above(row, threshold, check.scenario.scale.width) for row in drawn]
    degrees = grading.grades([*(reached[d] for d in above), *(1 - reached[d] for d in below)])
    stays = "stays" if len(below) == 1 else "stay"
    bar = f"the threshold of {wording.plain(threshold)}"
    if not above and not below:
        return "Nothing else is asked: it leads every discipline that is scored."
    short = (
        f"{_scored(check, p, below)} {stays} below {bar}{claims.clearly(degrees[len(above) :])}"
        if below
        else ""
    )
    if not above:
        return f"Nothing else yet: {short}."
    holds, sure = f"It holds {_scored(check, p, above)}", claims.clearly(degrees[: len(above)])
    return f"{holds}{sure}; {short}." if below else f"{holds}, at or above {bar}{sure}."


def left_to_others(check: DisciplineCheck, names: Sequence[str], p: int) -> str:
    """The discipline in which a proposition is farthest behind another that is ahead of it; empty where none is.

    Where it is too close to call nobody is said to be ahead.

    Examples
    --------
    >>> from valuemix.analysis.customers.discipline_check import discipline_check
    >>> from valuemix.model.scenario import Scenario
    >>> check = discipline_check(Scenario.from_arrays([[9, 6], [5, 8]]))
    >>> left_to_others(check, ["Express", "Green line"], 0)
    'Discipline 2, where Green line is ahead at 8.0'
    """
    scores, width = check.scores, check.scenario.scale.width
    drawn = mean_score_draws(check.scenario, check.segment)
    rivals = np.where(np.isnan(scores), -np.inf, scores)
    rivals[p] = -np.inf
    behind = np.nan_to_num(rivals.max(axis=0) - scores[p], nan=-np.inf, neginf=-np.inf)
    far = [int(d) for d in np.argsort(-behind, kind="stable") if behind[d] > TIE * width]
    first = [int(np.argmax(rivals[:, d])) for d in far]
    degrees = grading.grades(
        [share_above(drawn[q, d], drawn[p, d], width) for q, d in zip(first, far, strict=True)]
    )
    for q, d, degree in zip(first, far, degrees, strict=True):
        if degree != "open":
            ahead = f"{claims.sign_words(degree)}ahead at {number(scores[q, d], decimals_of(check.scenario))}"
            return f"{wording.discipline_words(check.scenario)[d]}, where {names[q]} is {ahead}"
    return ""


def _highest(check: DisciplineCheck, names: Sequence[str], p: int, places: Sequence[int]) -> str:
    """What it scores highest on, as sure as that is."""
    drawn, width = mean_score_draws(check.scenario, check.segment), check.scenario.scale.width
    every = grading.together([certainty_among(check.scores[:, d], drawn[:, d], width) for d in places])
    told = f"scores highest on {_scored(check, p, places)}"
    if len(places) == 1 and len(every[0].leaders) == 1:
        return f"{names[p]} {claims.probably(every[0])}{told}{claims.contest(every[0], names)}"
    return f"{names[p]} {told}{claims.clearly([found.degree for found in every])}"


def _scored(check: DisciplineCheck, p: int, places: Sequence[int]) -> str:
    """Disciplines with the scores of a proposition."""
    words, decimals = wording.discipline_words(check.scenario), decimals_of(check.scenario)
    return wording.joined([f"{words[d]} ({number(check.scores[p, d], decimals)})" for d in places], most=12)
