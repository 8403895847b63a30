"""The rows of the three sheets of attributes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from valuemix.model.parts import Amount, Name, Number, Part, Text

__all__ = ["MAX_ATTRIBUTES", "Attribute", "AttributeScore", "AttributeWeight"]

MAX_ATTRIBUTES = 200


class Attribute(Part):
    """What a discipline is made of, such as delivery time in days.

    Attributes
    ----------
    name : str
        What it is called; no two have the same name.
    discipline : str
        Id of the discipline that it belongs to.
    weight : float
        Weight within the discipline, 0 or more; used as its share of the weights there.
    worst, best : float
        Anchors in its own unit: what counts 0 and 1. Less is better where worst is above best.
    unit : str
        Such as days or euros.
    value_function : str
        Points between the anchors, such as ``10: 0.8``; blank for a straight line.
    """

    name: Name
    discipline: Annotated[str, Field(json_schema_extra={"maxLength": 60})]
    weight: Amount = 1.0
    worst: Number
    best: Number
    unit: Text = ""
    value_function: Text = ""


class AttributeWeight(Part):
    """Weight of an attribute within its discipline where a segment has one of its own."""

    attribute: Name
    segment: Name
    weight: Amount


class AttributeScore(Part):
    """What a proposition offers on an attribute, in the unit of the attribute.

    Attributes
    ----------
    proposition, attribute : str
        Names.
    segment : str
        Name; blank where it holds for every segment without a row of its own.
    value : float or None
        None where it is not known.
    low, high : float or None
        Ends of what is plausible, as numbers; None where there are none.
    """

    proposition: Name
    segment: Name = ""
    attribute: Name
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
