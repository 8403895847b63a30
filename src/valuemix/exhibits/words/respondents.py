"""What sentences about respondents rest on: how many were asked, when, and what was entered beside."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.analysis.certainty.certainty import degree_of
from valuemix.analysis.draws.survey_errors import answers_of, score_errors, survey_errors
from valuemix.analysis.evidence.answers import answers_now, answers_wanted, rated_each, raters, times_as_many
from valuemix.analysis.evidence.leads import HeardLead, heard_lead
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import (
    lead_decimals,
    lead_gap,
    lead_printed,
    number,
)
from valuemix.model.scenario import Scenario

__all__ = [
    "UNRATED",
    "WORTH",
    "among",
    "answers_in_all",
    "answers_spoken",
    "asked_when",
    "drawn_from",
    "given",
    "heard_of",
    "independent",
    "lead_interval",
    "lead_words",
    "more_answers",
    "on_the_two",
    "respondents",
    "rests_on",
    "score_then",
    "scores_given",
    "since",
    "those_given",
    "worth_telling",
]

Thing = Literal["weights", "scores", "sizes", "settings"]

UNRATED = "what a respondent did not rate counts with the score of the segment"
"""How people are counted by what they would choose."""


WORTH = 1.0
"""Lead worth telling in % of the scale, unless somebody says otherwise."""


def asked_when(scenario: Scenario) -> str:
    """Date of the answers, to be put after what they say: ", asked in May 2026"; empty where none was given."""
    day = answers_of(scenario).asked
    return f", asked {'in ' * _is_month(day)}{_day(day)}" if day else ""


def _is_month(day: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", day))


def _day(day: str) -> str:
    return f"{calendar.month_name[int(day[5:])]} {day[:4]}" if _is_month(day) else day


def scores_given(scenario: Scenario) -> str:
    """The scores as they stand: see `given`."""
    return given(scenario, "scores")


def given(scenario: Scenario, thing: Thing) -> str:
    """Numbers as they stand: today's, or, where respondents gave all of them, theirs, with its day if it is known.

    Where people were asked of other things, they are those that were entered beside.

    Examples
    --------
    >>> given(Scenario.from_arrays([[8, 4]]), "scores")
    "today's scores"
    """
    if scenario.evidence is None:
        return f"today's {thing}"
    if (whose := _whose(scenario, thing)) != "all":
        return f"the {thing} {'as they stand' if whose == 'some' else 'entered'}"
    day, whose = answers_of(scenario).asked, f"the respondents' {thing}"
    if thing == "weights" and heard_of(scenario).derived:
        return f"the weights derived in {_day(day)}" if _is_month(day) else "the weights derived"
    return f"the {thing} of {_day(day)}" if day else whose


def those_given(scenario: Scenario, thing: Thing) -> str:
    """`given` where the noun is there already: "within 10 points of today's".

    Examples
    --------
    >>> those_given(Scenario.from_arrays([[8, 4]]), "weights")
    "today's"
    """
    return given(scenario, thing).removesuffix(f" {thing}").replace(f"the {thing} ", "those ")


def since(scenario: Scenario, thing: Thing = "scores") -> str:
    """As of when a number is: "today", or, where people were asked, "as surveyed", "as derived" or "as entered".

    Examples
    --------
    >>> since(Scenario.from_arrays([[8, 4]]))
    'today'
    """
    if scenario.evidence is None:
        return "today"
    surveyed = "as derived" if thing == "weights" and heard_of(scenario).derived else "as surveyed"
    return {"all": surveyed, "some": "as it stands", "none": "as entered"}[_whose(scenario, thing)]


def _whose(scenario: Scenario, thing: Thing) -> str:
    heard = heard_of(scenario)
    if thing == "settings":
        return "none"  # nobody is asked of them
    if thing == "sizes":
        return "all" if heard.sizes else "none"
    return heard.weights if thing == "weights" else heard.scores


def score_then(scenario: Scenario, place: tuple[int, int, int], score: str, moved: float) -> str:
    """A score as it stands, to be put after what it would have to be: ", today 4.3".

    Where respondents gave it, it has the day of their answers, and how many standard errors away the other score is:
    " (4.3 in May 2026, 2.1 of its own standard errors away)".

    Parameters
    ----------
    scenario : Scenario
    place : tuple of int
        Segment, proposition and discipline.
    score : str
        As it is printed.
    moved : float
        How far it has to move, on the scale.

    Examples
    --------
    >>> score_then(Scenario.from_arrays([[8, 4]]), (0, 0, 0), "8.0", 0.3)
    ', today 8.0'
    """
    error, score = float(score_errors(scenario)[place]), score + _mean_of_moments(scenario, place)
    if not error > 0:
        return f", {since(scenario)} {score}"
    day = answers_of(scenario).asked
    then = f"{score} {'in' if _is_month(day) else 'on'} {_day(day)}" if day else f"{score} as answered"
    return f" ({then}, {number(abs(moved) / error, 1)} of its own standard errors away)"


def _mean_of_moments(scenario: Scenario, place: tuple[int, int, int]) -> str:
    """That a score is none that was given but a mean; empty where it was given."""
    if scenario.array("scores")[place] == scenario.given("scores")[place]:
        return ""
    own = int((~np.isnan(scenario.moment_means.own_scores[place[0], :, place[1], place[2]])).sum())
    every = wording.count(len(scenario.moments), "moment")
    return f" as the mean of {every}" + (
        f", {wording.count(own)} of them asked" if own < len(scenario.moments) else ""
    )


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


def among(found: HeardLead) -> str:
    """Whose lead it is: that among those asked, or that of the answers and of scores that a case has kept."""
    if not found.kept:
        return "Among those asked"
    return f"By the answers and {wording.count(found.kept, 'score')} of the case"


def lead_words(scenario: Scenario, found: HeardLead, rival: int) -> str:
    """Lead over a rival as every page prints it."""
    leader = found.certainty.leaders[0]
    values = float(found.values[leader]), float(found.values[rival])
    if values[0] > values[1]:
        return lead_printed(*values, scenario, "<")
    return number(lead_gap(*values, scenario), lead_decimals(scenario))


@dataclass(frozen=True)
class HeardOf:
    """What of a scenario's numbers is still that of respondents; all else was entered.

    Attributes
    ----------
    weights, scores : {"none", "some", "all"}
    sizes : bool
    respondents : int
    derived : bool
        Whether the weights that are theirs are derived from their ratings: they did not state them.
    weighed : int
        Respondents on whose answers the weights that are theirs rest: those who answered all that it takes.
    """

    weights: str = "none"
    scores: str = "none"
    sizes: bool = False
    respondents: int = 0
    derived: bool = False
    weighed: int = 0

    @property
    def things(self) -> list[str]:
        """What respondents gave, in words."""
        weights = "weights (derived)" if self.derived else "weights"
        given = {weights: self.weights != "none", "scores": self.scores != "none", "sizes": self.sizes}
        return [thing for thing, there in given.items() if there]


def heard_of(scenario: Scenario, segment: str | None = None) -> HeardOf:
    """What of a segment's numbers, or of all, is still that of respondents."""
    if scenario.evidence is None:
        return HeardOf()
    errors, rows = survey_errors(scenario, segment), scenario.rows(segment)
    scored = int((~np.isnan(scenario.array("scores")[rows])).sum())
    weighing = {*errors.weights[:, 0].tolist()}
    weights = _how_many(len(weighing), len(rows))
    return HeardOf(
        weights,
        _how_many(len(errors.scores), scored),
        segment is None and len(rows) > 1 and len(errors.sizes) == len(rows),
        answers_now(scenario, segment),
        weights != "none" and errors.evidence.weights == "derived",
        sum(_weighed(scenario, g) for g in weighing),
    )


def _weighed(scenario: Scenario, g: int) -> int:
    """Respondents of a segment on whose answers its weights rest."""
    own = answers_of(scenario).by_segment[scenario.segment_names[g]]
    return max(each.n for each in own.estimates if each.of == "weight")


def _how_many(there: int, of: int) -> str:
    return "none" if not there else "all" if there == of else "some"


def rests_on(scenario: Scenario, segment: str | None = None) -> str:
    """How many were asked, and whose errors intervals leave out: those of what was entered beside."""
    told, entered = respondents(scenario, segment), _entered(scenario, segment)
    return f"{told}; intervals leave out errors of {entered}" if entered else told


def _entered(scenario: Scenario, segment: str | None) -> str:
    """Weights and sizes that respondents did not give; empty where there are none."""
    heard, several = heard_of(scenario, segment), segment is None and len(scenario.segments) > 1
    known = [
        *(["weights"] if heard.weights == "none" else []),
        *(["sizes"] if several and not heard.sizes else []),
    ]
    return f"{wording.joined(known)} held as known" if known else ""


def lead_interval(evaluation: Evaluation, segment: str | None = None) -> str:
    """The lead over the runner-up with its 95 % interval, where respondents gave scores; empty elsewhere.

    Where it would contradict the degree, that alone is told.
    """
    scenario = evaluation.scenario
    if heard_of(scenario, segment).scores == "none":
        return ""
    found, names = heard_lead(evaluation, segment), wording.short_names(scenario.proposition_names)
    if not found.leads or len(found.certainty.leaders) != 1:
        return ""
    second, decimals = found.leads[0], lead_decimals(scenario)
    if not second.error > 0 or _at_odds(scenario, segment, found):
        return ""
    interval = f"{number(second.low, decimals)} to {number(second.high, decimals)}"
    entered = _entered(scenario, segment)
    told = f"the lead over {names[second.rival]} has a 95\u00a0% interval from {interval}"
    return f"{told}, {entered}" if entered else told


def _at_odds(scenario: Scenario, segment: str | None, found: HeardLead) -> bool:
    """Whether the interval over the runner-up holds 0 and the lead is clear all the same, or the reverse.

    It is near the bar, by the error of draws, or there are too few answers. Weights entered, which are in more doubt
    than the interval has, are named beside it.
    """
    second = found.leads[0]
    clear, apart = not found.too_few and degree_of(second.above) == "clear", second.low > 0
    return clear > apart or (apart > clear and heard_of(scenario, segment).weights != "none")


def independent(scenario: Scenario) -> str:
    """Which answers are taken as independent of each other; empty where nobody was asked."""
    if scenario.evidence is None:
        return ""
    clusters = answers_of(scenario).clusters
    if clusters:
        return f"answers inside each of {clusters:,} clusters are taken to hang together"
    return "respondents are taken as independent of each other: no clusters are named"


def worth_telling(scenario: Scenario, worth: float = WORTH) -> str:
    """A lead of so many % of the scale's width, as it is spoken."""
    return wording.plain(round(worth / 100 * scenario.scale.width, 6))


def answers_in_all(scenario: Scenario, segment: str | None, error: float, lead: float) -> float:
    """Answers that tell a lead of this standard error; infinite where it is 0."""
    return answers_wanted(
        answers_now(scenario, segment), times_as_many(error, lead), drawn_from(scenario, segment)
    )


def drawn_from(scenario: Scenario, segment: str | None) -> int | None:
    """People that those asked were drawn from; of one segment among several it is not known."""
    whole = segment is None or len(scenario.segments) == 1
    return answers_of(scenario).population if whole else None


def on_the_two(scenario: Scenario, segment: str | None, leader: int, rival: int) -> float:
    """Part of the answers that a lead rests on, those on the leader and the rival; 1 where it rests on all.

    Of a finite population the answers of all are counted: how many of it would rate the two nobody knows.
    """
    rated = None if drawn_from(scenario, segment) else raters(scenario, segment)
    return 1.0 if rated is None else float(rated[[leader, rival], 1].sum()) / answers_now(scenario, segment)


def answers_spoken(count: float) -> str:
    """Answers, or clusters of them, as they are spoken: two figures of so rough a number, three where it starts with 1.

    Examples
    --------
    >>> [answers_spoken(count) for count in (42_601, 104_675, 99.6, 8.2)]
    ['43,000', '105,000', '100', '9']
    """
    if not math.isfinite(count):
        return "none are enough"
    whole = math.ceil(count)
    digits = max(0, len(f"{whole}") - (3 if f"{whole}".startswith("1") else 2))
    step = 10**digits
    return f"{(whole + step // 2) // step * step:,}"


def more_answers(evaluation: Evaluation) -> str:
    """How many answers the lead over the closest rival takes, were it the true one; empty where there are enough.

    A lead that prints as none stands for the one worth telling. Clusters grow with the answers.
    """
    scenario = evaluation.scenario
    if not scenario.evidence or not (leads := heard_lead(evaluation).leads):
        return ""
    closest, leader = min(leads, key=lambda own: own.above), evaluation.standing(None).leaders[0]
    names, now = wording.short_names(scenario.proposition_names), answers_now(scenario)
    values = evaluation.overall
    printed = lead_gap(float(values[leader]), float(values[closest.rival]), scenario)
    lead = closest.lead if printed > 0 else WORTH / 100 * scenario.scale.width
    wanted = math.ceil(answers_in_all(scenario, None, closest.error, lead))
    part = on_the_two(scenario, None, leader, closest.rival)
    if wanted <= now or (spoken := answers_spoken(part * wanted)) == answers_spoken(part * now):
        return ""
    who, least = ("answers on the two", "at least ") if part < 1 else ("respondents in all", "")
    told = number(lead, lead_decimals(scenario)) if printed > 0 else worth_telling(scenario)
    clusters = answers_of(scenario).clusters
    among_them = f", in about {answers_spoken(clusters * wanted / now)} clusters" if clusters else ""
    return (
        f"to tell a true lead of {told} over {names[closest.rival]} from chance in four of five such surveys takes "
        f"about {spoken} {who}{among_them}, asked the same way; {least}{round(part * now):,} now"
        f"{_of_each(scenario, leader, closest.rival)}"
    )


def _of_each(scenario: Scenario, leader: int, rival: int) -> str:
    """How many rated the two, each of whom rated one: the error of the lead is theirs; empty where all rated both."""
    rated = rated_each(scenario)
    if rated is None:
        return ""
    names, counts = wording.short_names(scenario.proposition_names), rated[[leader, rival], 1]
    return f": {counts[0]:,} count for {names[leader]}, {counts[1]:,} for {names[rival]}"
