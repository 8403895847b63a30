"""What is told of a survey that was read: notes on how, and the texts of its scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from valuemix.errors import InvalidFile, Place, Problem
from valuemix.model.names import MAX_TEXT
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import FEW_ANSWERS, Frame, few
from valuemix.respondents.estimates import FEWEST
from valuemix.respondents.heard import Heard
from valuemix.respondents.sample import Sample
from valuemix.respondents.survey_map import SurveyMap
from valuemix.respondents.table import Answers

__all__ = ["texts_of", "told_of", "too_few"]

_KEPT = "; weights of the case"


def told_of(roles: SurveyMap, sample: Sample, heard: Heard, frame: Frame, *, across: bool) -> Iterator[str]:
    """Notes on what was read otherwise than people may think."""
    yield from _told_of_weights(roles, sample, heard, frame)
    if frame.into is None and len(sample.segments) > 1:
        yield "sizes are " + ("sums of survey weights" if roles.weight else "counts of respondents")
    yield from _told_of_answers(sample, heard, frame)
    yield from _told_of_moments(heard, frame)
    if (heard.independent or not across) and len(sample.segments) > 1:
        yield "segments are taken as independent of each other: there are too many to keep how they hang together"


def _told_of_weights(roles: SurveyMap, sample: Sample, heard: Heard, frame: Frame) -> Iterator[str]:
    """Where the weights come from, if not from what all segments say."""
    if roles.weights_from == "equal":
        yield "nothing says what matters, so all weights are equal"
    if roles.weights_from == "derived":
        yield "weights are derived from the overall judgment, not stated"
    unsaid = (frame.segments >= 0) & np.isnan(heard.weights).any(axis=1)
    if roles.weights_from == "stated" and unsaid.any():
        names = few([name for name, told in zip(sample.segments, unsaid.tolist(), strict=True) if told])
        stay = "stay as they were" if frame.into else "are equal"
        yield f"{names}: {FEW_ANSWERS} of what matters, so weights {stay}"


def _told_of_answers(sample: Sample, heard: Heard, frame: Frame) -> Iterator[str]:
    """Where answers were too few or too much alike for an estimate of their own."""
    there = np.ix_(frame.segments >= 0, frame.propositions >= 0)
    asked = (heard.counts.sum(axis=0) > 0)[
        frame.propositions >= 0
    ]  # what nobody was asked is no answer that lacks
    thin = int((np.isnan(heard.scores[there]) & asked).sum())
    if thin:
        yield f"{thin:,} score{'s' * (thin > 1)} not estimated: {FEW_ANSWERS}" + (
            ", or all of one cluster" if sample.clusters else ""
        )
    if heard.alike:
        yield f"{len(heard.alike):,} cell{'s' * (len(heard.alike) > 1)} of answers all alike: the usual variance taken"
    yield from heard.not_derived
    if heard.falling:
        yield f"negative coefficient, which no derived share can show: {few(heard.falling)}"
    if heard.lonely:
        yield f"{heard.lonely:,} strat{'a' if heard.lonely > 1 else 'um'} of one cluster held against the mean of all"


def _told_of_moments(heard: Heard, frame: Frame) -> Iterator[str]:
    """What moments have of their own, and what they take from elsewhere."""
    if not heard.in_moments:
        return
    names = few([*dict.fromkeys(moment for moment, _ in heard.in_moments)])
    yield (
        f"{names}: what was not asked of a moment it takes from the segment, as it does its weights, which were asked "
        "of no moment"
    )
    into = frame.into
    if not into or (all(moment.share is None for moment in into.moments) and not into.moment_shares):
        yield "shares of contacts of moments were not asked, so all count alike"
    there = np.ix_(frame.segments >= 0, frame.propositions >= 0)
    thin = int(np.isnan(heard.moment_scores[there]).sum())
    if thin:
        yield f"{thin:,} score{'s' * (thin > 1)} in moments not estimated ({FEW_ANSWERS}): that of the segment stands"


def texts_of(
    answers: Answers,
    sample: Sample,
    into: Scenario | None,
    name: str,
    notes: Sequence[str],
    *,
    weights_from: str,
) -> dict[str, str]:
    """Name, note and source of the scenario; weights that stay are as well founded as the case was before."""
    asked = f", {sample.asked}" if sample.asked else ""
    kept = _whose_weights(into) if into and weights_from == "keep" else ""
    called = into.name if into else "Survey" if answers.name == "the query" else answers.name.split(".")[0]
    return {
        "name": name or called,
        "note": (into.note if into else "; ".join(["As read from the answers", *notes]))[:MAX_TEXT],
        "source": f"{answers.name}, {sample.respondents:,} respondents{asked}{kept}"[:MAX_TEXT],
    }


def _whose_weights(into: Scenario) -> str:
    """That weights are those of the case, with its source, however often answers were brought in."""
    own, _, before = into.source.partition(f"{_KEPT} (")
    founded = before.removesuffix(")") or own.removesuffix(_KEPT)
    return f"{_KEPT} ({founded})" if founded else _KEPT


def too_few(sample: Sample) -> InvalidFile:
    """Error about a sample in which no segment has enough answers."""
    place = Place(file=sample.answers.name)
    if (sample.people >= FEWEST).any():
        told = f"no score has {FEWEST} answers in any segment, of {sample.respondents:,} respondents"
        mend = "Look whether the columns of the ratings are the right ones, and what is named under missing"
    else:
        told = f"no segment has {FEWEST} respondents; {sample.respondents:,} in all"
        if len(sample.segments) > 1:
            told += f" in {len(sample.segments):,} segments"
        mend = "Join segments by names in the map, or ask more people"
    return InvalidFile([Problem("EMPTY", told, mend, place)])
