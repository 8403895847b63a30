"""Scenarios in which segments meet what is offered in several moments."""

from __future__ import annotations

from valuemix.model.moments.parts import Moment, MomentPoints, MomentScore, MomentShare
from valuemix.model.scenario import Scenario

__all__ = ["BY_MOMENT", "two_segments_at_faults"]

BY_MOMENT = ("where", "journey", "returns")
"""Exhibits that need moments."""


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
