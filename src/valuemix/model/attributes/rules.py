"""Rules of the three sheets of attributes, and of the scores that they take the place of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuemix.errors import Problem, shorten
from valuemix.model.attributes.parts import MAX_ATTRIBUTES, Attribute, AttributeScore
from valuemix.model.attributes.scoring import AttributeScoring
from valuemix.model.attributes.value_function import curve_of
from valuemix.model.parts import MAX_CELLS, MAX_SIZE
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    clash_problems,
    name_problems,
    number,
    problem,
    text_problems,
    too_many,
    twice_problems,
    unknown_name,
    unknown_names,
)
from valuemix.model.score_table import ScoreTable

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["attribute_problems", "attribute_score_problems", "attribute_weight_problems", "stated_problems"]

_CLOSE = 1e-9
"""As a share of the scale: a stated score this close to what the attributes give is the same."""


def attribute_problems(scenario: Content) -> Iterator[Problem]:
    """Attributes have names of their own, a discipline, two anchors, and points that never turn back."""
    attributes = scenario.attributes
    if len(attributes) > MAX_ATTRIBUTES:
        yield too_many("attributes", len(attributes), MAX_ATTRIBUTES, ("attributes",))
        return
    for i, attribute in enumerate(attributes):
        yield from _of_attribute(scenario, attribute, ("attributes", i))
    yield from clash_problems("attribute", scenario.attribute_names, "attributes", "name")


def _of_attribute(scenario: Content, attribute: Attribute, path: Path) -> Iterator[Problem]:
    yield from name_problems("attribute", attribute.name, (*path, "name"))
    if attribute.discipline not in scenario.discipline_ids:
        yield unknown_name("discipline", attribute.discipline, scenario.discipline_ids, (*path, "discipline"))
    yield from amount_problems("weight", attribute.name, attribute.weight, (*path, "weight"), MAX_SIZE)
    yield from text_problems(
        ((*path, field), getattr(attribute, field)) for field in ("unit", "value_function")
    )
    if max(abs(attribute.worst), abs(attribute.best)) > MAX_SIZE or _too_close(attribute):
        message = (
            f"worst and best of {shorten(attribute.name)!r} must lie apart, got {number(attribute.worst)} and "
            f"{number(attribute.best)}"
        )
        yield problem(
            "RANGE", (*path, "best"), message, "Write what counts 0 as worst, and what counts 1 as best"
        )
        return
    try:
        curve_of(attribute)
    except ValueError as error:
        mend = (
            f"Write points such as {number((attribute.worst + attribute.best) / 2)}: 0.6, or leave it blank"
        )
        message = f"the value function of {shorten(attribute.name)!r} cannot be used: {error}"
        yield problem("RANGE", (*path, "value_function"), message, mend)


def _too_close(attribute: Attribute) -> bool:
    widest = max(abs(attribute.worst), abs(attribute.best))
    return abs(attribute.best - attribute.worst) <= 1e-9 * widest


def attribute_weight_problems(scenario: Content) -> Iterator[Problem]:
    """Segments weigh attributes that are there, once each, and one attribute of a discipline has weight."""
    for i, own in enumerate(scenario.attribute_weights):
        path: Path = ("attribute_weights", i)
        yield from unknown_names(scenario, own, ("attribute", "segment"), path)
        yield from amount_problems("weight", own.attribute, own.weight, (*path, "weight"), MAX_SIZE)
    keys = [(own.attribute, own.segment) for own in scenario.attribute_weights]
    yield from twice_problems(keys, ("attribute_weights", "attribute"), "the weight")
    yield from _weightless(scenario)


def _weightless(scenario: Content) -> Iterator[Problem]:
    """Disciplines whose attributes have no weight in a segment: nothing could be worked out there."""
    own = {(w.attribute, w.segment): w.weight for w in scenario.attribute_weights}
    for name in scenario.discipline_ids:
        members = [(i, a) for i, a in enumerate(scenario.attributes) if a.discipline == name]
        for segment in scenario.segment_names if members else ():
            if not any(own.get((a.name, segment), a.weight) for _, a in members):
                message = (
                    f"the weights of the attributes of {name} add up to 0 for segment {shorten(segment)!r}"
                )
                path = ("attributes", members[0][0], "weight")
                yield problem("WEIGHTS_ZERO", path, message, "Give at least one of them a weight")
                break


def attribute_score_problems(scenario: Content) -> Iterator[Problem]:
    """Rows name what is there, once each, and a range holds its value."""
    rows = scenario.attribute_scores
    if len(rows) > MAX_CELLS:
        yield too_many("rows of attribute scores", len(rows), MAX_CELLS, ("attribute_scores",))
        return
    for i, row in enumerate(rows):
        path: Path = ("attribute_scores", i)
        named = ("proposition", "attribute", *(("segment",) if row.segment else ()))
        yield from unknown_names(scenario, row, named, path)
        yield from _of_row(row, path)
    keys = [(row.proposition, row.segment, row.attribute) for row in rows]
    yield from twice_problems(keys, ("attribute_scores", "attribute"), "the value")


def _of_row(row: AttributeScore, path: Path) -> Iterator[Problem]:
    whose = f"{shorten(row.attribute)} of {shorten(row.proposition)!r}"
    given = {end: getattr(row, end) for end in ("value", "low", "high")}
    for end, amount in given.items():
        if amount is not None and abs(amount) > MAX_SIZE:
            yield problem("RANGE", (*path, end), f"{whose} is too large to compute with", "Use a larger unit")
    for end, sign, word in (("low", 1, "below"), ("high", -1, "above")):
        if given[end] is None:
            continue
        if row.value is None:
            message = f"there is a {end} value of {whose}, but no value"
            yield problem("MISSING", (*path, end), message, "Add the value, or delete the range")
        elif sign * (given[end] - row.value) > 0:
            message = f"the {end} value must lie at or {word} the value {number(row.value)}, got {number(given[end])}"
            yield problem("RANGE", (*path, end), message, "Correct one of the two")


def stated_problems(scenario: Content) -> Iterator[Problem]:
    """A discipline that is made of attributes has no scores of its own; what they give may stand there."""
    scoring = AttributeScoring(scenario)
    given = {"scores": scoring.scores(), **dict(zip(("low", "high"), scoring.range_ends(), strict=True))}
    columns = [d for d, name in enumerate(scenario.discipline_ids) if name in scoring.derived]
    for table, array in given.items():
        stated = scenario.array(table)
        # An end that repeats the score is what a range without a width looks like.
        same = (
            np.abs(stated - np.where(np.isnan(array), given["scores"], array))
            <= _CLOSE * scenario.scale.width
        )
        wrong = ~np.isnan(stated) & ~same
        found = scenario.table(table)
        names = found.names if isinstance(found, ScoreTable) else ((), (), ())
        for g, p, d in np.argwhere(wrong).tolist():
            if d in columns:
                label = scenario.disciplines[d].name
                message = f"{label} is made of attributes, so it has no {_WORDS[table]} of its own"
                mend = "Leave it blank, and change the sheet Attribute scores; or delete its attributes"
                yield problem("RANGE", (table, names[0][g], names[1][p], names[2][d]), message, mend)


_WORDS = {"scores": "score", "low": "low score", "high": "high score"}
