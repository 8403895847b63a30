"""Which numbers of respondents moved since the wave before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.certainty import differing
from valuemix.analysis.draws.survey_errors import degrees_of
from valuemix.analysis.evidence.student import half_width, sure_above
from valuemix.analysis.evidence.waves import pairs_of, several_waves
from valuemix.errors import NothingToShow
from valuemix.model.evidence import Evidence, SegmentEvidence
from valuemix.model.scenario import Scenario

__all__ = ["Move", "moves_of_waves"]


@dataclass(frozen=True)
class Move:
    """One number of respondents in the wave before and in the newest.

    Attributes
    ----------
    of : {"weight", "score", "size"}
    segment : str
    proposition, discipline : str
        Blank where that says nothing.
    before, after, error, low, high : float
        Both means, and of the change its standard error and 95 % interval by itself.
    sure : float
        How sure it is that it moved that way.
    moved : bool
        Whether it moved, by Holm's procedure over all numbers that are looked at.
    """

    of: str
    segment: str
    proposition: str
    discipline: str
    before: float
    after: float
    error: float
    low: float
    high: float
    sure: float
    moved: bool = False


def moves_of_waves(scenario: Scenario, segment: str | None = None) -> list[Move]:
    """Numbers of respondents that both the newest wave and the one before have, the surest move first.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or the two have no number in common.
    """
    evidence = several_waves(scenario)
    asked = {scenario.segment_names[g] for g in scenario.rows(segment)}
    found = [
        move
        for own in evidence.segments
        if own.segment in asked
        for move in _moves_in(evidence, own, scenario.scale.width)
        if segment is None or move.of != "size"
    ]
    if not found:
        raise NothingToShow("the newest wave and the one before have no number in common")
    moved = differing([each.sure for each in found])
    told = [Move(**{**vars(each), "moved": real}) for each, real in zip(found, moved, strict=True)]
    return sorted(told, key=lambda each: -each.sure)


def _moves_in(evidence: Evidence, own: SegmentEvidence, width: float) -> Iterator[Move]:
    """Moves of the numbers of one segment."""
    then, before = evidence.waves[1].by_segment.get(own.segment), evidence.alone(1)
    if then is None:
        return
    places = {(each.of, each.proposition, each.discipline): i for i, each in enumerate(then.estimates)}
    shared = np.zeros((len(own.estimates), len(then.estimates)))
    for pair in pairs_of(evidence, 0, 1):
        if pair.first == pair.second == own.segment:
            shared = pair.matrix(shared.shape)
    for i, each in enumerate(own.estimates):
        j = places.get((each.of, each.proposition, each.discipline))
        if j is None or each.of in ("derived", "stated"):
            continue
        error = float(np.sqrt(max(own.matrix[i, i] + then.matrix[j, j] - 2 * shared[i, j], 0.0)))
        degrees = min(degrees_of(evidence, each), degrees_of(before, then.estimates[j]))
        change, half = each.mean - then.estimates[j].mean, half_width(error, degrees)
        yield Move(
            each.of,
            own.segment,
            each.proposition,
            each.discipline,
            then.estimates[j].mean,
            each.mean,
            error,
            change - half,
            change + half,
            sure_above(abs(change), error, degrees, width if each.of == "score" else 1.0),
        )
