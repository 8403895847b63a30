"""Moments one by one, or by channel and stage: which discipline and who leads in each, what a point is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty, certainty_among
from valuemix.analysis.certainty.uncertainty import sizes_drawn, value_draws, weights_drawn
from valuemix.analysis.customers.moment_scores import MomentScores
from valuemix.analysis.draws.survey_errors import too_few_answers
from valuemix.analysis.value.scoring import Standing, evaluate
from valuemix.errors import EditError
from valuemix.model.moments.parts import STAGES
from valuemix.model.scenario import Scenario
from valuemix.model.score_table import ScoreTable
from valuemix.typing import FloatArray

__all__ = [
    "MomentLead",
    "Place",
    "extreme_moments",
    "has_contacts",
    "moment_leads",
    "moment_weights",
    "needs_moments",
    "places",
    "point_returns",
    "step_of",
]


ENOUGH_ASKED = 0.5
"""Share of the weight in a moment that was asked there, under which its values are those of the whole."""


@dataclass(frozen=True)
class Place:
    """One moment, or all that share a channel and a stage.

    Attributes
    ----------
    moments : tuple of int
        Their places.
    name, stage, channel, product : str
        Name of the moment, or channel and stage of several; what is not given is blank.
    grouped : bool
        Whether it is a channel and stage.
    """

    moments: tuple[int, ...]
    name: str
    stage: str
    channel: str
    product: str = ""
    grouped: bool = False


@dataclass(frozen=True)
class MomentLead:
    """Which discipline weighs most and who leads in one moment, or in several, overall or in a segment.

    Attributes
    ----------
    place : Place
    segment : str or None
        None for all of them.
    weight : float
        Share of the moment in the value of the segment; overall its mean by size.
    worth : ndarray, shape (P,)
        Value of each proposition in this moment, on the scale.
    standing : Standing
    sure : Certainty
        Graded together with the other leads.
    mix : ndarray, shape (D,)
        Weights there.
    discipline : Certainty
        Which discipline weighs most there, the one to lead with; graded together with the others. Of derived weights
        never surer than likely: how many questions a discipline has is no error that respondents tell of.
    asked : float
        Share of the weight there on disciplines that respondents were asked of in this place itself; 1 where nobody
        was asked of moments. Of a place with less than half nobody is told to lead: its lead is open.
    """

    place: Place
    segment: str | None
    weight: float
    worth: FloatArray
    standing: Standing
    sure: Certainty
    mix: FloatArray
    discipline: Certainty
    asked: float = 1.0

    @property
    def told(self) -> bool:
        """Whether enough was asked there to tell a leader."""
        return self.asked >= ENOUGH_ASKED


def needs_moments(scenario: Scenario) -> None:
    """Refuse a scenario without moments.

    Raises
    ------
    EditError
        The message names the sheet to fill in.
    """
    if not scenario.moments:
        raise EditError("there are no moments; fill in the sheet Moments")


def moment_weights(scenario: Scenario, segment: str | None = None) -> FloatArray:
    """Share of every moment in the value of a segment, or by size, shape (J,); they sum to 1."""
    shares = scenario.moment_means.shares
    return scenario.size_shares @ shares if segment is None else shares[scenario.segment_index(segment)]


def has_contacts(scenario: Scenario, moment: int) -> bool:
    """Whether any segment with a size has contacts of this kind."""
    return bool(moment_weights(scenario)[moment] > 0)


def places(scenario: Scenario, by: str = "moment") -> tuple[Place, ...]:
    """Moments in their order; by channel, those that share a channel and a stage together, stage after stage.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2]]).replace(moments=[
    ...     Moment(name="Fault", stage="after", channel="phone"), Moment(name="Order", stage="before"),
    ...     Moment(name="Renewal", stage="after", channel="phone")])
    >>> [(place.name, place.moments) for place in places(base, "channel")]
    [('any channel (before)', (1,)), ('phone (after)', (0, 2))]
    """
    rows = scenario.moments
    if by == "moment":
        return tuple(Place((j,), row.name, row.stage, row.channel, row.product) for j, row in enumerate(rows))
    order = (*STAGES, "")
    found: dict[tuple[int, str], list[int]] = {}
    for j, row in enumerate(rows):
        found.setdefault((order.index(row.stage), row.channel), []).append(j)
    every = sorted(found.items(), key=lambda each: each[0][0])
    return tuple(_together(order[stage], channel, moments) for (stage, channel), moments in every)


def _together(stage: str, channel: str, moments: list[int]) -> Place:
    name = f"{channel or 'any channel'}{stage and f' ({stage})'}"
    return Place(tuple(moments), name, stage, channel, grouped=True)


@lru_cache(maxsize=64)
def moment_leads(
    scenario: Scenario, segment: str | None = None, by: str = "moment"
) -> tuple[MomentLead, ...]:
    """Which discipline and who leads in each moment that a segment has, or overall; graded together.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
    by : {"moment", "channel"}
        Each moment, or those of a channel and stage together.

    Raises
    ------
    EditError
        Where there are no moments.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentScore
    >>> base = Scenario.from_arrays([[8, 2], [5, 4]], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order"), Moment(name="Fault")],
    ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 1})])
    >>> [(lead.standing.leaders, lead.worth.round(3).tolist()) for lead in moment_leads(base)]
    [((0,), [5.0, 4.5]), ((1,), [1.5, 4.5])]
    """
    needs_moments(scenario)
    weights, found = moment_weights(scenario, segment), []
    for place in places(scenario, by):
        weight = float(weights[[*place.moments]].sum())
        if weight > 0 and any(has_contacts(scenario, j) for j in place.moments):
            lead = _lead(_scenario_of(scenario, place.moments), segment, place, weight)
            found.append(replace(lead, asked=_asked(scenario, place, segment)))
    told = iter(grading.together([lead.sure for lead in found if lead.told]))
    who = [next(told) if lead.told else replace(lead.sure, degree="open") for lead in found]
    graded = zip(found, who, _disciplines(scenario, found), strict=True)
    return tuple(replace(lead, sure=sure, discipline=discipline) for lead, sure, discipline in graded)


def _disciplines(scenario: Scenario, found: Sequence[MomentLead]) -> Sequence[Certainty]:
    """Which discipline weighs most in each place, graded together; of derived weights never surer than likely."""
    graded = grading.together([lead.discipline for lead in found])
    if scenario.evidence is None or scenario.evidence.weights != "derived":
        return graded
    return [replace(each, degree=grading.least_sure([each.degree, "likely"])) for each in graded]


def _asked(scenario: Scenario, place: Place, segment: str | None) -> float:
    """Share of the weight in a place on disciplines that respondents were asked of there."""
    if scenario.evidence is None or not scenario.evidence.in_moments:
        return 1.0
    means, here = scenario.moment_means, np.ix_(scenario.rows(segment), place.moments)
    sizes = scenario.size_shares[scenario.rows(segment)] if segment is None else np.ones(1)
    weights = (sizes[:, None] * means.shares[here])[..., None] * means.mixes[here]
    asked = ~np.isnan(means.own_scores[here]).all(axis=2)
    return float((weights * asked).sum() / weights.sum())


@lru_cache(maxsize=64)
def _scenario_of(scenario: Scenario, moments: tuple[int, ...]) -> Scenario:
    """Scenario of some moments, the same one for every segment: its draws are kept."""
    return scenario.at_moment(*(scenario.moment_names[j] for j in moments))


def _lead(alone: Scenario, segment: str | None, place: Place, weight: float) -> MomentLead:
    """Lead in a place whose scenario this is."""
    result, sizes = evaluate(alone), np.ones((1, 1))
    if segment is None:
        sizes = sizes_drawn(alone)
    mixes = np.asarray((weights_drawn(alone, segment) * sizes[:, None]).sum(axis=0))
    rows = alone.rows(segment)
    today = (alone.size_shares[rows] if segment is None else np.ones(1)) @ alone.weights[rows]
    return MomentLead(
        place, segment, weight, result.values_in(segment), result.standing(segment), certainty(alone, segment),
        today, certainty_among(today, mixes, 1.0),
    )  # fmt: skip


def extreme_moments(
    scenario: Scenario, proposition: int, segment: str | None = None
) -> tuple[Degree, Degree]:
    """How sure it is in which moment a proposition is worth most, and in which least, as respondents were asked.

    Both are told together, of moments in which enough was asked. Clear where nobody was asked of moments: then only
    what is typed says it. Where moments have weights or segments shares of their own it is left open.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2]]).replace(moments=[Moment(name="Order"), Moment(name="Fault")])
    >>> extreme_moments(base, 0)
    ('clear', 'clear')
    """
    if scenario.evidence is None or not scenario.evidence.in_moments:
        return "clear", "clear"
    if scenario.moment_points or scenario.moment_shares:
        return "open", "open"
    told = tuple(lead.place.moments[0] for lead in moment_leads(scenario, segment) if lead.told)
    if len(told) < 2:
        return "open", "open"
    alone = _moments_of(scenario, proposition, told)
    if too_few_answers(alone, segment):
        return "open", "open"
    today, drawn = evaluate(alone).values_in(segment), value_draws(alone, segment)
    ends = [certainty_among(sign * today, sign * drawn, scenario.scale.width) for sign in (1, -1)]
    most, least = (each.degree for each in grading.together(ends))
    return most, least


@lru_cache(maxsize=8)
def _moments_of(scenario: Scenario, proposition: int, there: tuple[int, ...]) -> Scenario:
    """Scenario whose propositions are some moments of one, as if they were offered side by side."""
    means = scenario.moment_means
    names = (scenario.segment_names, tuple(scenario.moment_names[j] for j in there), scenario.discipline_ids)
    made = Scenario.from_arrays(
        means.scores[:, [*there], proposition],
        sizes=scenario.sizes,
        segments=names[0],
        propositions=names[1],
        disciplines=names[2],
        scale=scenario.scale,
    ).with_points(scenario.points)
    ends = {
        end: ScoreTable(np.stack([means.range_end_in(end, j)[:, proposition] for j in there], axis=1), names)
        for end in ("low", "high")
        if scenario.table(end) is not None
    }
    settings = {**dict(scenario.settings), "compensation_over_moments": None}
    return made.replace(**ends, settings=settings, evidence=means.evidence_of(proposition))


def step_of(scenario: Scenario) -> float:
    """What one more point of score is: 1, or a tenth of the scale where it is narrow."""
    width = scenario.scale.width
    return 1.0 if width >= 4 else width / 10


def point_returns(scenario: Scenario, proposition: int, segment: str | None = None) -> FloatArray:
    """Value that one more point of score adds in each moment on each discipline, shape (J, D).

    The score rises in every segment that has the moment, at most to the end of the scale; NaN where there is none.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2]], points=[75, 25]).replace(
    ...     moments=[Moment(name="Order", share=80), Moment(name="Fault", share=20)])
    >>> point_returns(base, 0).round(3).tolist()
    [[0.6, 0.2], [0.15, 0.05]]
    """
    needs_moments(scenario)
    case, width = MomentScores.of(scenario, proposition, segment), scenario.scale.width
    today, gains = case.value(case.unit), np.full(case.unit.shape[1:], np.nan)
    for place in np.ndindex(gains.shape):
        raised = case.unit.copy()
        raised[:, *place] = np.minimum(raised[:, *place] + step_of(scenario) / width, 1.0)
        if not np.isnan(raised[:, *place]).all():
            gains[place] = (case.value(raised) - today) * width
    return gains
