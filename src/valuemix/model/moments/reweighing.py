"""Other weights: a copy of a scenario in which only that is checked and worked out anew which hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from valuemix.model.parts import MAX_POINTS, MAX_SIZE, Segment
from valuemix.model.score_table import ScoreTable

if TYPE_CHECKING:
    from valuemix.model.content import Content
    from valuemix.model.moments.parts import MomentPoints
    from valuemix.model.scenario import Scenario

__all__ = ["reweighed", "take_means"]

_NAMES = {
    "segment_names", "proposition_names", "discipline_ids", "discipline_names", "attribute_names", "moment_names",
    "burden_shares", "survival_shares",
}  # fmt: skip
"""What a scenario has worked out that hangs on no points and no sizes."""

_OF_ROWS = {"moment_means", "attribute_scoring", "burden_means"}
"""What it has worked out of its sheets: of attributes and burdens nothing hangs on points or sizes."""

_MEANS = ("contacts", "shares", "_contacts", "own_scores", "scores", "_unit", "_segments", "_moments")
"""And these of moments."""


def reweighed(
    scenario: Scenario, segments: Sequence[Segment], moment_points: Sequence[MomentPoints] | None = None
) -> Scenario:
    """Copy with other points and sizes, checked like any other; all else is that of the scenario.

    Parameters
    ----------
    scenario : Scenario
    segments : sequence of Segment
        Its own with other points or sizes.
    moment_points : sequence of MomentPoints, optional
        Of its own segments and moments, at most one of each pair; as they are where None.

    Raises
    ------
    InvalidScenario
        Where the change breaks a rule.
    """
    rows = scenario.moment_points if moment_points is None else tuple(moment_points)
    changed: dict[str, Any] = {"segments": tuple(segments), "moment_points": rows}
    if not _all_sound(scenario, tuple(segments), rows):
        return scenario.replace(**changed)  # which tells what is wrong
    copy = BaseModel.model_copy(scenario, update=changed)
    worked_out = {name: copy.__dict__[name] for name in {*copy.__dict__}.difference(type(copy).model_fields)}
    for name in worked_out.keys() - _NAMES:
        del copy.__dict__[name]
    for name in worked_out.keys() & _OF_ROWS:
        copy.__dict__[name] = _carried(worked_out[name], copy, _MEANS if name == "moment_means" else None)
    if copy.moments:
        take_means(copy)
    return copy


def _carried(old: Any, scenario: Scenario, names: Sequence[str] | None) -> Any:
    """The same of another scenario, with some of what was worked out, or all of it."""
    new, found = (
        type(old)(scenario),
        {name: each for name, each in old.__dict__.items() if name != "scenario"},
    )
    new.__dict__.update({name: found[name] for name in found if names is None or name in names})
    return new


def _all_sound(scenario: Scenario, segments: tuple[Segment, ...], rows: tuple[MomentPoints, ...]) -> bool:
    """Whether what is new keeps every rule of points, names and sizes."""
    parts: tuple[Segment | MomentPoints, ...] = (*segments, *rows)
    known = {id(part) for part in (*scenario.segments, *scenario.moment_points)}
    new = [part for part in parts if id(part) not in known]
    names = {*scenario.segment_names}, {*scenario.moment_names}
    places = [(part.segment, part.moment) for part in new if not isinstance(part, Segment)]
    if not all(segment in names[0] and moment in names[1] for segment, moment in places):
        return False
    sized = any(segment.size for segment in segments)
    return sized and all(_sound(part, scenario.discipline_ids) for part in new)


def _sound(part: Segment | MomentPoints, ids: tuple[str, ...]) -> bool:
    """Whether points stand on every discipline, one of them above 0, and no number is out of bounds."""
    points = part.points.values()
    within = tuple(part.points) == ids and min(points) >= 0 < max(points) <= MAX_POINTS
    return within and (not isinstance(part, Segment) or 0 <= part.size <= MAX_SIZE)


def take_means(scenario: Content) -> None:
    """Let means over moments count in place of the scores that were given: every analysis reads the tables."""
    means, names = scenario.moment_means, scenario.axes
    ends = [table for table in ("low", "high") if scenario.table(table) is not None]
    arrays = {"scores": means.mean_scores, **{end: means.range_end(end) for end in ends}}
    for table, array in arrays.items():
        found = scenario.table(table)
        derived = found.derived if found is not None else ()
        object.__setattr__(
            scenario, table, ScoreTable(array, names, derived=derived, given=scenario.given(table))
        )
