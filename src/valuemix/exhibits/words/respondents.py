"""What sentences about respondents rest on: how many were asked, when, and what is taken as known."""

from __future__ import annotations

from valuemix.analysis.evidence.errors import answers_of, survey_errors
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import percent, rounded
from valuemix.model.scenario import Scenario

__all__ = ["UNRATED", "asked_when", "confidence", "respondents", "rests_on"]

UNRATED = "what a respondent did not rate counts with the score of the segment"
"""How people are counted by what they would choose."""


def confidence(share: float) -> str:
    """How sure something is, never wholly.

    Examples
    --------
    >>> confidence(0.768), confidence(0.9996)
    ('77\xa0%', '>99\xa0%')
    """
    return percent(int(rounded(100 * share, 0)), min(share, 0.999))


def asked_when(scenario: Scenario) -> str:
    """Date of the answers, to be put after what they say: ", asked 2026-05-01"; empty where none was given."""
    day = answers_of(scenario).asked
    return f", asked {day}" if day else ""


def respondents(scenario: Scenario, segment: str | None = None) -> str:
    """How many were asked, and how many equally weighted answers they are worth where that differs."""
    evidence, names = answers_of(scenario), scenario.segment_names
    heard = [evidence.by_segment[names[g]] for g in scenario.rows(segment) if names[g] in evidence.by_segment]
    count = sum(own.n for own in heard)
    told = f"{count:,} respondent{'' if count == 1 else 's'}"
    if evidence.clusters:
        return f"{told}; {evidence.clusters:,} clusters in all"
    worth = round(sum(own.n_effective for own in heard))
    return f"{told}, worth {worth:,} equally weighted ones" if worth != count else told


def rests_on(scenario: Scenario, segment: str | None = None) -> str:
    """How many were asked, and what beside their answers is taken as known."""
    errors = survey_errors(scenario, segment)
    several = segment is None and len(scenario.segments) > 1
    known = [
        *(["weights"] if not len(errors.weights) else []),
        *(["sizes"] if several and not len(errors.sizes) else []),
    ]
    told = respondents(scenario, segment)
    return f"{told}; {wording.joined(known)} taken as known" if known else told
