"""Scenarios whose disciplines are made of attributes."""

from __future__ import annotations

from valuemix.model.attributes.parts import Attribute, AttributeScore, AttributeWeight
from valuemix.model.scenario import Scenario

__all__ = ["two_levels", "with_attributes"]


def with_attributes(
    scenario: Scenario,
    attributes: list[Attribute],
    rows: list[AttributeScore],
    weights: list[AttributeWeight] | None = None,
) -> Scenario:
    """The scenario with attributes in place of the scores of their disciplines."""
    made = {attribute.discipline for attribute in attributes}
    tables = {
        name: {
            segment: {p: {d: None if d in made else s for d, s in row.items()} for p, row in block.items()}
            for segment, block in table.items()
        }
        for name in ("scores", "low", "high")
        if (table := scenario.table(name)) is not None
    }
    lists = {"attributes": attributes, "attribute_scores": rows, "attribute_weights": weights or []}
    return scenario.replace(**tables, **lists)


def two_levels() -> Scenario:
    """Two segments and three propositions; speed is made of days and faults, one value is missing."""
    base = Scenario.from_arrays(
        [[[5, 8, 6], [5, 4, 7], [5, 6, 6]], [[5, 7, 6], [5, 5, 8], [5, 6, 5]]],
        points=[[50, 30, 20], [20, 50, 30]],
        sizes=[60, 40],
        disciplines=["Speed", "Care", "Price"],
        segments=["Enterprise", "Small business"],
        propositions=["48-hour parts", "Named engineer", "Take-back"],
    )
    attributes = [
        Attribute(
            name="Delivery",
            discipline="speed",
            weight=60,
            worst=20,
            best=5,
            unit="days",
            value_function="10: .8",
        ),
        Attribute(name="Faults", discipline="speed", weight=40, worst=5, best=0, unit="%"),
    ]
    rows = [
        AttributeScore(proposition="48-hour parts", attribute="Delivery", value=8, low=6, high=12),
        AttributeScore(proposition="Named engineer", attribute="Delivery", value=15),
        AttributeScore(proposition="Take-back", attribute="Delivery", value=25),
        AttributeScore(proposition="48-hour parts", attribute="Faults", value=2),
        AttributeScore(proposition="Named engineer", attribute="Faults", value=0.5),
        AttributeScore(proposition="48-hour parts", segment="Small business", attribute="Faults", value=4),
    ]
    own = [AttributeWeight(attribute="Faults", segment="Small business", weight=20)]
    return with_attributes(base, attributes, rows, own)
