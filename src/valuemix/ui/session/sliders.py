"""What a slider in motion does to the scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS, move_all, move_slider, rounded_points, shares
from valuemix.typing import FloatArray

__all__ = ["ALL", "SIZES", "Anchor", "points_by_name", "with_moved_size", "with_moved_weight"]

ALL, SIZES = "all", "sizes"
"""Row of the sliders that move every segment together, and of those for sizes."""


@dataclass(frozen=True)
class Anchor:
    """What the slider in motion started from, and what all of them show now.

    What is shown is kept, and not rounded anew from the mean of all segments: then no slider
    moves the wrong way, and a held one not at all.
    """

    slider: tuple[str, int]
    locked: frozenset[int]
    start: FloatArray
    start_shown: list[int]
    shown: list[int]


def with_moved_weight(scenario: Scenario, anchor: Anchor, to: int) -> tuple[Scenario, list[int]]:
    """Scenario after one slider of a segment, or of all, was moved; and what the sliders show then."""
    row, moved = anchor.slider
    parts = move_slider(anchor.shown, moved, to, anchor=anchor.start_shown, locked=anchor.locked)
    points = anchor.start.copy()
    if parts != anchor.start_shown and row == ALL:
        whole = shares(points) * TOTAL_POINTS
        points = _tenths(move_all(whole, scenario.sizes, moved, parts[moved], locked=anchor.locked))
    elif parts != anchor.start_shown:
        points[int(row)] = parts
    return scenario.with_points(points), parts


def _tenths(points: FloatArray) -> FloatArray:
    """Points of every segment in tenths that sum to 100: as they read, and as short in files and links."""
    return np.array([rounded_points(row, 10 * TOTAL_POINTS) for row in points.tolist()]) / 10


def with_moved_size(scenario: Scenario, anchor: Anchor, to: int) -> tuple[Scenario, list[int]]:
    """Scenario after the size share of one segment was moved; and what the sliders show then."""
    moved, sizes = anchor.slider[1], anchor.start
    parts = move_slider(anchor.shown, moved, to, anchor=list(sizes))
    if parts[moved] == anchor.start_shown[moved]:
        parts = anchor.start_shown
    else:
        whole = shares(sizes) * TOTAL_POINTS
        sizes = move_all([whole], [1], moved, parts[moved])[0] * sizes.sum() / TOTAL_POINTS
    return scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True))), parts


def points_by_name(baseline: Scenario, scenario: Scenario) -> FloatArray:
    """Points of another scenario, found by name; segments it does not have keep theirs."""
    found = scenario.points.copy()
    if baseline.discipline_ids == scenario.discipline_ids:
        for place, name in enumerate(scenario.segment_names):
            if name in baseline.segment_names:
                found[place] = baseline.points[baseline.segment_index(name)]
    return found
