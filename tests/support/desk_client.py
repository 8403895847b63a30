"""What the desk does in the browser, in Python: for tests that have no browser.

The engine's own sums are the library's; `tests/browser` holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuemix.model.weights import TOTAL_POINTS, move_all, move_slider, rounded_points, shares

ALL, SIZES = "all", "sizes"
Rows = NDArray[np.float64]


@dataclass
class DeskClient:
    """One desk on a page: it takes data, and makes the commits that a gesture sends."""

    client: str = "test"
    seq: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    anchor: tuple[str, int, list[int], Rows, list[float]] | None = None

    def take(self, data: Mapping[str, Any]) -> None:
        """Take what the page says; another's change lets go of the anchor."""
        known = ("epoch", "rev")
        if any(self.data.get(name) != data[name] for name in known):
            self.anchor = None
        self.data = data

    def held(self, row: str) -> list[int]:
        held: list[int] = self.data["held"].get(row, [])
        return held

    def shown(self, row: str) -> list[float]:
        """What the sliders of a row show."""
        points, sizes = np.array(self.data["points"]), np.array(self.data["sizes"])
        if row in self.data["shown"]:
            return [*self.data["shown"][row]]
        if row == SIZES:
            return [*rounded_points(sizes.tolist())]
        if row == ALL and len(points) > 1:
            return [*rounded_points((shares(sizes) @ shares(points)).tolist())]
        exact = shares(points[0 if row == ALL else int(row)]) * TOTAL_POINTS
        if np.allclose(exact, exact.round(), rtol=0, atol=1e-9):
            return [*rounded_points(exact.tolist())]
        return [part / 10 for part in rounded_points(exact.tolist(), 10 * TOTAL_POINTS)]

    def moved(self, row: str, index: int, to: float) -> dict[str, Any]:
        """Commit of a slider that was moved and let go."""
        held = [] if row == SIZES else self.held(row)
        now, points = self.shown(row), np.array(self.data["points"], dtype=float)
        if self.anchor is None or self.anchor[:3] != (row, index, held):
            start = np.array(self.data["sizes"], dtype=float) if row == SIZES else points
            self.anchor = row, index, held, start, now
        *_, start, first = self.anchor
        unit = 1 if all(float(each).is_integer() for each in (*now, *first, to)) else 0.1
        proportions = start.tolist() if row == SIZES else first
        shown = move_slider(now, index, to, anchor=proportions, locked=held, unit=unit)
        return self.commit(
            kind="points",
            row=row,
            points=_rows(row, index, start, first, shown, held, self.data),
            shown=shown,
        )

    def commit(self, **item: Any) -> dict[str, Any]:
        """Commit of one item."""
        self.seq += 1
        return {"client": self.client, "epoch": self.data["epoch"], "items": [{"seq": self.seq, **item}]}


def _rows(
    row: str, index: int, start: Rows, first: Sequence[float], shown: Sequence[float],
    held: list[int], data: Mapping[str, Any],
) -> list[list[float]]:  # fmt: skip
    """Points, or sizes, to send."""
    if row == SIZES:
        if shown[index] == first[index]:
            return [start.tolist()]
        whole = shares(start) * TOTAL_POINTS
        return [(move_all([whole], [1], index, shown[index])[0] * start.sum() / TOTAL_POINTS).tolist()]
    place = slice(None) if row == ALL else slice(int(row), int(row) + 1)
    if [*shown] == [*first]:
        return [list(map(float, each)) for each in start[place]]
    if row != ALL or len(start) == 1:
        return [[*shown]]
    moved = move_all(shares(start) * TOTAL_POINTS, data["sizes"], index, shown[index], locked=held)
    return [[part / 10 for part in rounded_points(each, 10 * TOTAL_POINTS)] for each in moved.tolist()]
