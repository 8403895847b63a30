"""Scenarios in which segments meet what is offered in several moments."""

from __future__ import annotations

import functools

import numpy as np
from sample_scenarios import made

from valuemix.model.burdens.parts import BurdenLimit, MomentBurden
from valuemix.model.moments.parts import Moment, MomentPoints, MomentScore, MomentShare
from valuemix.model.scenario import Scenario

__all__ = ["BY_MOMENT", "in_hours_and_euros", "large_by_moment", "two_segments_at_faults"]

BY_MOMENT = ("disciplines_by_moment", "where", "journey", "simplify", "returns")
"""Exhibits that need moments, one of them burdens as well."""


@functools.cache
def two_segments_at_faults() -> Scenario:
    """Two segments and two propositions; at a fault speed counts most, and the better one of today is slow."""
    base = Scenario.from_arrays(
        [[[8, 7], [5, 6]], [[7, 6], [6, 6]]],
        points=[[50, 50], [30, 70]],
        sizes=[60, 40],
        disciplines=["Speed", "Care"],
        segments=["Enterprise", "Small business"],
        propositions=["Named engineer", "48-hour parts"],
    )
    return base.replace(
        moments=[
            Moment(name="Order", stage="before", channel="online", share=60),
            Moment(name="Use", stage="during", share=30),
            Moment(name="Fault", stage="after", channel="phone", share=10, counts=3),
        ],
        moment_shares=[
            MomentShare(segment="Small business", moment=name, share=share)
            for name, share in (("Order", 20), ("Use", 40), ("Fault", 40))
        ],
        moment_points=[
            MomentPoints(segment=name, moment="Fault", points={"speed": 90, "care": 10})
            for name in base.segment_names
        ],
        moment_scores=[
            MomentScore(proposition="Named engineer", moment="Fault", scores={"speed": 2}),
            MomentScore(proposition="48-hour parts", moment="Fault", scores={"speed": 9}),
            MomentScore(
                proposition="48-hour parts", segment="Enterprise", moment="Fault", scores={"speed": 10}
            ),
        ],
    )


@functools.cache
def in_hours_and_euros() -> Scenario:
    """The same with time in hours and money in euros, which parts cost at a fault and engineers save."""
    scenario = two_segments_at_faults()
    *others, fault = scenario.moments
    limits = [
        BurdenLimit(burden="time", unit="hours", worst=8, weight=2),
        BurdenLimit(burden="money", unit="euros", worst=100, weight=1),
        BurdenLimit(segment="Enterprise", burden="money", unit="euros", worst=400, weight=1),
    ]
    amounts = [
        ("Named engineer", "", "Fault", 4.0, 0.0),
        ("48-hour parts", "", "Fault", 2.0, 50.0),
        ("48-hour parts", "Enterprise", "Order", 10.0, None),
    ]
    return scenario.replace(
        moments=[*others, fault.model_copy(update={"costs": {"speed": 3.0}})],
        segments=[s.model_copy(update={"contacts": 12.0, "burden": 30.0}) for s in scenario.segments],
        burdens={
            name: {"Named engineer": {"time": 1, "money": 10}, "48-hour parts": {"time": 2, "money": 20}}
            for name in scenario.segment_names
        },
        burden_limits=limits,
        moment_burdens=[
            MomentBurden(proposition=p, segment=s, moment=m, time=t, money=e) for p, s, m, t, e in amounts
        ],
    )


def large_by_moment(segments: int = 8, moments: int = 40, propositions: int = 20) -> Scenario:
    """Every segment weighs every moment by itself, and every proposition has scores of its own there."""
    base, dice = made(propositions, segments), np.random.default_rng(7)
    names, ids = [f"Moment {j + 1}" for j in range(moments)], base.discipline_ids

    def row(low: int, high: int) -> dict[str, float]:
        return dict(zip(ids, map(float, dice.integers(low, high, len(ids)) / 10), strict=True))

    met = [(segment, name) for segment in base.segment_names for name in names]
    return base.replace(
        moments=[Moment(name=name, share=float(dice.integers(1, 30))) for name in names],
        moment_points=[
            MomentPoints(segment=segment, moment=name, points=row(50, 500)) for segment, name in met
        ],
        moment_scores=[
            MomentScore(proposition=each, segment=segment, moment=name, scores=row(10, 95))
            for each in base.proposition_names
            for segment, name in met
        ],
    )
