"""The rows of the four sheets of moments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from immutabledict import immutabledict
from pydantic import Field

from valuemix.model.parts import Amount, Name, Number, Part, Points, Text, _Frozen

__all__ = ["MAX_MOMENTS", "STAGES", "Moment", "MomentPoints", "MomentScore", "MomentShare"]

MAX_MOMENTS = 200
STAGES = ("before", "during", "after")

Cells = Annotated[Mapping[Name, Number | None], *_Frozen]


def _blank(cells: Mapping[str, float | None]) -> bool:
    return all(cell is None for cell in cells.values())


class Moment(Part):
    """A kind of contact in which value is received, such as a fault reported by phone.

    Attributes
    ----------
    name : str
        What it is called; no two have the same name.
    stage : str
        Before, during or after; blank where that says nothing.
    channel, product : str
        Where it takes place and with what; each may be blank.
    share : float or None
        Share of contacts, in any unit, for the segments without one of their own; None in all: equal.
    counts : float or None
        How much one such contact counts; None is 1.
    costs : mapping of discipline id to float or None
        What one more point of score costs in this moment; None where that is not known.
    """

    name: Name
    stage: Text = ""
    channel: Text = ""
    product: Text = ""
    share: Amount | None = None
    counts: Amount | None = None
    costs: Annotated[Cells, Field(exclude_if=_blank)] = Field(default_factory=immutabledict)

    @property
    def contacts(self) -> float:
        """Its share of contacts as a number; 1 where there is none."""
        return 1.0 if self.share is None else self.share

    @property
    def weight(self) -> float:
        """How much one such contact counts."""
        return 1.0 if self.counts is None else self.counts


class MomentShare(Part):
    """Share of a segment's contacts that a moment has there, where the segment has shares of its own."""

    segment: Name
    moment: Name
    share: Amount


class MomentPoints(Part):
    """Points of a segment in one moment, where they differ from those of the segment."""

    segment: Name
    moment: Name
    points: Points


class MomentScore(Part):
    """Scores of a proposition in one moment.

    Attributes
    ----------
    proposition, moment : str
        Names.
    segment : str
        Name; blank where it holds for every segment without a row of its own.
    scores : mapping of discipline id to float or None
        On the scenario's scale; None where the moment takes the score of the segment.
    """

    proposition: Name
    segment: Name = ""
    moment: Name
    scores: Cells
