"""How many answers it takes to tell a lead, and what respondents would choose."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from valuemix.analysis.draws.survey_errors import answers_of, survey_errors
from valuemix.errors import NothingToShow
from valuemix.model.evidence import Evidence, SegmentEvidence
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = [
    "Choices",
    "answers_now",
    "answers_wanted",
    "choices",
    "rated_each",
    "rated_one_each",
    "raters",
    "times_as_many",
]

SPREAD = 1.96 + 0.84
"""Standard errors that a lead must be long to be clear, and to be found clear in 80 of 100 surveys."""


class Choices(NamedTuple):
    """Share of respondents who would choose each proposition, shape (P,), and of how many segments it is known."""

    shares: FloatArray
    segments: int


def choices(scenario: Scenario, segment: str | None = None) -> Choices:
    """What respondents would choose by their own weights and ratings, in a segment or over all by size.

    They were counted when the answers were read; what was edited since does not count.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where nobody was counted, or could be, for each rated one proposition; or other propositions were there
        when they were.
    """
    names, known = scenario.proposition_names, _known(scenario)
    rows = [g for g in scenario.rows(segment) if scenario.segment_names[g] in known]
    if not rows:
        raise NothingToShow(_nobody(scenario))
    if any(known[scenario.segment_names[g]].keys() != {*names} for g in rows):
        raise NothingToShow("other propositions were there when it was counted; read the answers again")
    told = [[known[scenario.segment_names[g]][name] for name in names] for g in rows]
    sizes = scenario.size_shares[rows]
    sizes = sizes if sizes.sum() > 0 else np.ones(len(rows))
    return Choices(sizes @ np.array(told) / sizes.sum(), len(rows))


def _as_read(scenario: Scenario) -> Evidence:
    """Evidence as it was read, of each moment where there are any: their means count no more than all of them heard."""
    return scenario.evidence or answers_of(scenario)


def _known(scenario: Scenario) -> dict[str, Mapping[str, float]]:
    """Shares of each segment whose respondents compared what they would choose."""
    evidence = _as_read(scenario)
    heard = (each for each in evidence.segments if each.choose)
    return {
        each.segment: each.choose for each in heard if evidence.weights == "stated" or _rated_several(each)
    }


def _nobody(scenario: Scenario) -> str:
    if any(each.choose for each in answers_of(scenario).segments):
        return (
            "each respondent rated one proposition and nobody was asked what matters, so what they would choose "
            "among several is not known"
        )
    return "nobody was counted by what they would choose, as nobody told all that it takes"


def _rated_several(heard: SegmentEvidence) -> bool:
    """Whether respondents rated more than one proposition each, on average."""
    return sum(most for _, most in _rated(heard).values()) > heard.n


def _rated(heard: SegmentEvidence) -> dict[str, tuple[int, int]]:
    """How many respondents rated each proposition on the criterion that fewest answered, and on that which most did.

    An answer to one of the questions of a criterion is one on it. So many as the latter at least rated the
    proposition, and at most so many as the former all of it.
    """
    rated: dict[str, list[int]] = {}
    for each in heard.estimates:
        if each.of == "score":
            rated.setdefault(each.proposition, []).append(each.n)
    return {name: (min(counts), max(counts)) for name, counts in rated.items()}


def answers_now(scenario: Scenario, segment: str | None = None) -> int:
    """Respondents in a segment, or in all.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    evidence, names = answers_of(scenario), scenario.segment_names
    return sum(
        evidence.by_segment[names[g]].n for g in scenario.rows(segment) if names[g] in evidence.by_segment
    )


def rated_one_each(scenario: Scenario, segment: str | None = None) -> bool:
    """Whether each respondent rated one proposition: then differences between propositions are between people.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    heard = _as_read(scenario).by_segment
    asked = [heard[name] for g in scenario.rows(segment) if (name := scenario.segment_names[g]) in heard]
    return any(len(_rated(each)) > 1 for each in asked) and not any(map(_rated_several, asked))


def raters(scenario: Scenario, segment: str | None = None) -> IntArray | None:
    """How many respondents rated each proposition, where each rated one and nothing else of their answers counts.

    On the criterion that fewest of them answered, and on that which most did: at least so many rated it.

    Then a lead rests on those who rated one of the two, and the others tell nothing of it.

    Returns
    -------
    ndarray of int, shape (P, 2)
        None where somebody rated several propositions, or weights or sizes are those of respondents.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    errors = survey_errors(scenario, segment)
    return None if len(errors.weights) or len(errors.sizes) else rated_each(scenario, segment)


def rated_each(scenario: Scenario, segment: str | None = None) -> IntArray | None:
    """The same, whatever else of their answers counts: None where somebody rated several propositions.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    """
    if not rated_one_each(scenario, segment):
        return None
    evidence, names = _as_read(scenario).by_segment, scenario.proposition_names
    asked = [scenario.segment_names[g] for g in scenario.rows(segment)]
    rated = [_rated(evidence[name]) for name in asked if name in evidence]
    return np.asarray(np.sum([[own.get(name, (0, 0)) for name in names] for own in rated], axis=0))


def times_as_many(error: float, lead: float) -> float:
    """How many times as many answers tell a lead from none, in 80 of 100 surveys; infinite where it is 0.

    Parameters
    ----------
    error : float
        Standard error with the answers there are.
    lead : float
        The lead worth telling, or today's.

    Examples
    --------
    >>> round(times_as_many(0.0559457, 0.0409679), 1), times_as_many(0.1, 0.0)
    (14.6, inf)
    """
    return (SPREAD * error / lead) ** 2 if lead > 0 else math.inf


def answers_wanted(now: int, times: float, population: int | None = None) -> float:
    """Answers in all that make an error so many times smaller in square; of a finite population never more than all.

    Parameters
    ----------
    now : int
        Answers there are.
    times : float
        As of `times_as_many`.
    population : int, optional
        How many people they were drawn from; the error there is counts that (1 - f).

    Examples
    --------
    >>> answers_wanted(100, 4.0), round(answers_wanted(100, 4.0, 400), 9), answers_wanted(100, math.inf, 400)
    (400.0, 228.571428571, inf)
    """
    if not population or not math.isfinite(times):
        return now * times
    return 1 / (1 / population + (1 / now - 1 / population) / times) if times > 0 else 0.0
