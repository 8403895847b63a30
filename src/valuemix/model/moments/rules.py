"""Rules of the sheets of moments."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten
from valuemix.model.moments.parts import MAX_MOMENTS, STAGES, Moment, MomentScore
from valuemix.model.parts import MAX_CELLS, MAX_SIZE
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    clash_problems,
    name_problems,
    number,
    points_problems,
    problem,
    text_problems,
    too_many,
    twice_problems,
    unknown_name,
    unknown_names,
)

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = [
    "moment_points_problems",
    "moment_problems",
    "moment_score_problems",
    "moment_share_problems",
]

_MEND_SHARE = "Write it, 0 where there is none; or leave all of them blank, which counts them equally"


def moment_problems(scenario: Content) -> Iterator[Problem]:
    """Moments have names of their own, and all or none of them a share of contacts."""
    moments = scenario.moments
    beyond = [*_too_many(scenario)]
    if beyond:
        yield from beyond
        return
    shared = any(moment.share is not None for moment in moments)
    for i, moment in enumerate(moments):
        yield from _of_moment(moment, ("moments", i))
        yield from _of_costs(scenario, moment, ("moments", i, "costs"))
        if shared and moment.share is None:
            message = f"{shorten(moment.name)!r} has no share of contacts, but other moments have"
            yield problem("MISSING", ("moments", i, "share"), message, _MEND_SHARE)
    yield from clash_problems("moment", scenario.moment_names, "moments", "name")


def _too_many(scenario: Content) -> Iterator[Problem]:
    count, parts = len(scenario.moments), (scenario.segments, scenario.propositions, scenario.disciplines)
    if count > MAX_MOMENTS:
        yield too_many("moments", count, MAX_MOMENTS, ("moments",))
    elif (cells := math.prod(map(len, parts)) * count) > MAX_CELLS:
        yield too_many("scores over all moments", cells, MAX_CELLS, ("moments",))


def _of_moment(moment: Moment, path: Path) -> Iterator[Problem]:
    yield from name_problems("moment", moment.name, (*path, "name"))
    yield from text_problems(((*path, field), getattr(moment, field)) for field in ("channel", "product"))
    if moment.stage and moment.stage not in STAGES:
        message = f"stage must be before, during or after, got {shorten(moment.stage)!r}"
        yield problem("UNKNOWN", (*path, "stage"), message, "Write one of them, or leave it blank")
    for field, words in (("share", "share of contacts"), ("counts", "what one contact counts")):
        if getattr(moment, field) is not None:
            given = getattr(moment, field)
            yield from amount_problems(words, moment.name, given, (*path, field), MAX_SIZE)


def _of_costs(scenario: Content, moment: Moment, path: Path) -> Iterator[Problem]:
    for name, cost in moment.costs.items():
        if name not in scenario.discipline_ids:
            yield unknown_name("discipline", name, scenario.discipline_ids, (*path, name))
        elif cost is not None:
            yield from amount_problems(
                f"cost of a point on {name}", moment.name, cost, (*path, name), MAX_SIZE
            )


def moment_share_problems(scenario: Content) -> Iterator[Problem]:
    """Shares of a segment's own are of moments that there are, once each, and one of them is above 0."""
    rows = scenario.moment_shares
    for i, row in enumerate(rows):
        path: Path = ("moment_shares", i)
        yield from unknown_names(scenario, row, ("segment", "moment"), path)
        yield from amount_problems("share of contacts", row.moment, row.share, (*path, "share"), MAX_SIZE)
    yield from twice_problems(
        [(row.segment, row.moment) for row in rows], ("moment_shares", "moment"), "the share of contacts"
    )
    for segment in scenario.segment_names if scenario.moments else ():
        yield from _of_segment(scenario, segment)


def _of_segment(scenario: Content, segment: str) -> Iterator[Problem]:
    """Its shares of contacts are known for every moment or for none, and do not add up to 0."""
    own = {
        row.moment: (i, row.share) for i, row in enumerate(scenario.moment_shares) if row.segment == segment
    }
    place: Path = ("moment_shares", next(iter(own.values()))[0], "share") if own else ("moments", 0, "share")
    total = 0.0
    for moment in scenario.moments:
        if own and moment.name not in own and moment.share is None:
            message = f"{shorten(segment)!r} has shares of contacts of its own, but none for {shorten(moment.name)!r}"
            yield problem("INCOMPLETE", place, message, "Write one for each moment, 0 where there is none")
            return
        share = own[moment.name][1] if moment.name in own else moment.contacts
        total += share * moment.weight
    if not total:
        message = f"the shares of contacts of {shorten(segment)!r} add up to 0"
        yield problem("WEIGHTS_ZERO", place, message, "Give at least one moment that counts a share above 0")


def moment_points_problems(scenario: Content) -> Iterator[Problem]:
    """Points of a segment in a moment stand on every discipline, once, and on one at least above 0."""
    for i, row in enumerate(scenario.moment_points):
        path: Path = ("moment_points", i)
        yield from unknown_names(scenario, row, ("segment", "moment"), path)
        whose = f"{row.segment}, {row.moment}"
        yield from points_problems(whose, row.points, scenario.discipline_ids, (*path, "points"))
    keys = [(row.segment, row.moment) for row in scenario.moment_points]
    yield from twice_problems(keys, ("moment_points", "moment"), "the mix")


def moment_score_problems(scenario: Content) -> Iterator[Problem]:
    """Scores of a moment are of what there is, once each, and on the scale."""
    rows = scenario.moment_scores
    if len(rows) > MAX_CELLS:
        yield too_many("rows of moment scores", len(rows), MAX_CELLS, ("moment_scores",))
        return
    for i, row in enumerate(rows):
        path: Path = ("moment_scores", i)
        named = ("proposition", "moment", *(("segment",) if row.segment else ()))
        yield from unknown_names(scenario, row, named, path)
        yield from _of_scores(scenario, row, (*path, "scores"))
    keys = [(row.proposition, row.segment, row.moment) for row in rows]
    yield from twice_problems(keys, ("moment_scores", "moment"), "the row")


def _of_scores(scenario: Content, row: MomentScore, path: Path) -> Iterator[Problem]:
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    for name, score in row.scores.items():
        if name not in scenario.discipline_ids:
            yield unknown_name("discipline", name, scenario.discipline_ids, (*path, name))
        elif score is not None and not lowest <= score <= highest:
            message = f"score must be from {number(lowest)} to {number(highest)}, got {number(score)}"
            mend = "Correct it, or change the scale of the scenario"
            yield problem("RANGE", (*path, name), message, mend)
