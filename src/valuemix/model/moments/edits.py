"""Scenarios made of one with moments: one moment, the means alone, mixes moved together or in one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from immutabledict import immutabledict
from pydantic import BaseModel

from valuemix.errors import EditError, shorten
from valuemix.model.layout import place_of
from valuemix.model.moments.means import SAME_MIX, moved_mix
from valuemix.model.moments.parts import MomentPoints
from valuemix.model.moments.reweighing import reweighed
from valuemix.model.score_table import ScoreTable
from valuemix.model.weights import TOTAL_POINTS, shares
from valuemix.typing import FloatArray, IntArray

if TYPE_CHECKING:
    from valuemix.model.evidence import Evidence
    from valuemix.model.scenario import Scenario

__all__ = [
    "MOMENT_FIELDS",
    "means_alone",
    "mixed_in",
    "moved_points",
    "of_moment",
    "of_moments",
    "with_mixes_in",
]

MOMENT_FIELDS = ("moments", "moment_shares", "moment_points", "moment_scores", "moment_burdens")
"""Fields of the sheets of moments."""


def means_alone(scenario: Scenario) -> Scenario:
    """Copy without moments, in which the means over them stand by themselves; no value changes."""
    if not scenario.moments:
        return scenario
    arrays = {table: scenario.array(table) for table in ("scores", "low", "high")}
    means = scenario.moment_means
    points = np.where(means.own_mix[:, None], TOTAL_POINTS * means.weights, scenario.given_points)
    burdens = _burdens(scenario, scenario.burden_means.mean_amounts)
    return _alone(scenario, points, arrays | burdens, scenario.answers)


def of_moment(scenario: Scenario, moment: str) -> Scenario:
    """Scenario of one moment; see `Scenario.at_moment`."""
    place, means = place_of("moment", moment, scenario.moment_names), scenario.moment_means
    sizes = scenario.sizes * means.shares[:, place]
    if not sizes.any():
        raise EditError(f"no segment with a size has contacts of the kind {shorten(moment)!r}")
    name = scenario.moment_names[place]
    own = np.isin(scenario.segment_names, [*mixed_in(scenario, name)])[:, None]
    points = np.where(own, TOTAL_POINTS * means.mixes[:, place], scenario.given_points)
    ends = {end: means.range_end_in(end, place) for end in ("low", "high")}
    burdens = _burdens(scenario, scenario.burden_means.amounts[:, place])
    arrays = {"scores": means.scores[:, place], **ends, **burdens}
    alone = _alone(scenario, points, arrays, means.evidence_in(place))
    return alone.with_sizes(dict(zip(scenario.segment_names, sizes.tolist(), strict=True)))


def of_moments(scenario: Scenario, moments: Sequence[str]) -> Scenario:
    """Scenario of some moments together: means over them alone; see `Scenario.at_moment`."""
    if len(moments) == 1:
        return of_moment(scenario, moments[0])
    places = [place_of("moment", moment, scenario.moment_names) for moment in moments]
    names = {scenario.moment_names[place] for place in places}
    kept = {
        field: [row for row in getattr(scenario, field) if row.moment in names] for field in MOMENT_FIELDS[1:]
    }
    kept["planned_changes"] = [row for row in scenario.planned_changes if row.moment in ("", *names)]
    kept["moments"] = [row for row in scenario.moments if row.name in names]
    sizes = scenario.sizes * scenario.moment_means.shares[:, places].sum(axis=1)
    if not sizes.any():
        raise EditError("no segment with a size has contacts of these kinds")
    alone = means_alone(scenario.replace(**kept))
    return alone.with_sizes(dict(zip(scenario.segment_names, sizes.tolist(), strict=True)))


def mixed_in(scenario: Scenario, moment: str) -> dict[str, MomentPoints]:
    """Points of a moment's own, by segment; a segment that is not among them weighs there as it does elsewhere."""
    return {row.segment: row for row in scenario.moment_points if row.moment == moment}


def with_mixes_in(scenario: Scenario, moment: str, points: Mapping[str, Sequence[float] | None]) -> Scenario:
    """Copy in which segments have points of their own in one moment; None takes the segment's again.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], segments=["Families"]).replace(
    ...     moments=[Moment(name="Order"), Moment(name="Fault")])
    >>> moved = with_mixes_in(base, "Fault", {"Families": [90, 10]})
    >>> moved.points.round(9).tolist(), moved.at_moment("Fault").points.round(9).tolist()
    ([[70.0, 30.0]], [[90.0, 10.0]])
    >>> with_mixes_in(moved, "Fault", {"Families": None}) == base
    True
    """
    new = {
        segment: MomentPoints(
            segment=segment, moment=moment, points=dict(zip(scenario.discipline_ids, row, strict=True))
        )
        for segment, row in points.items()
        if row is not None
    }
    rows = []
    for row in scenario.moment_points:  # each stays in its place
        mine = row.moment == moment and row.segment in points
        rows.extend([row] if not mine else [new.pop(row.segment)] if row.segment in new else [])
    return reweighed(scenario, scenario.segments, [*rows, *new.values()])


def _burdens(scenario: Scenario, amounts: FloatArray) -> dict[str, FloatArray]:
    """Amounts that stand by themselves, where moments have amounts of their own."""
    return {"burdens": amounts} if scenario.moment_burdens else {}


def _alone(
    scenario: Scenario, points: FloatArray, arrays: Mapping[str, FloatArray], evidence: Evidence | None
) -> Scenario:
    """Copy without moments, in which these points and scores, and what is known of them, stand by themselves."""
    there = [table for table in arrays if table == "burdens" or scenario.table(table) is not None]
    names = scenario.axes[:2]
    tables = {table: ScoreTable(arrays[table], (*names, scenario.columns(table))) for table in there}
    settings = {**dict(scenario.settings), "compensation_over_moments": None}
    without: dict[str, object] = dict.fromkeys(MOMENT_FIELDS, ())
    without["evidence"] = evidence
    without["planned_changes"] = [row for row in scenario.planned_changes if not row.moment]
    base = scenario.without_attributes().replace(**without, **tables, settings=settings)
    return base.with_points(points)


def moved_points(scenario: Scenario, points: FloatArray) -> tuple[tuple[MomentPoints, ...], FloatArray]:
    """Points of moments, and points of segments, whose means are these points, shape (G, D)."""
    if not (scenario.moment_points and np.isfinite(points).all()):
        return scenario.moment_points, points
    means, target, rows = scenario.moment_means, shares(points), [*scenario.moment_points]
    moving = means.own_mix & (np.abs(target - means.weights) > SAME_MIX).any(axis=1)
    given = np.where(means.own_mix[:, None], scenario.given_points, points)
    own = np.array([[*row.points.values()] for row in rows])
    whose = np.array([scenario.segment_names.index(row.segment) for row in rows])

    def moved(own: FloatArray, g: IntArray) -> FloatArray:
        return TOTAL_POINTS * moved_mix(shares(own), means.weights[g], target[g])

    every, moves = np.flatnonzero(moving), np.flatnonzero(moving[whose])
    given[every] = moved(given[every], every)
    for i, mix in zip(moves.tolist(), moved(own[moves], whose[moves]).tolist(), strict=True):
        points_of = immutabledict(zip(scenario.discipline_ids, mix, strict=True))
        # Shares of valid points are valid: hundreds of rows move with every weight.
        rows[i] = BaseModel.model_copy(rows[i], update={"points": points_of})
    return tuple(rows), given
