"""Regions of a map over two shares, one a leader, with a key and today's point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.typing import FloatArray

__all__ = ["Leader", "Region", "Regions", "Span"]

Span = tuple[float, float]

CLEAR = (0.03, 0.05)
"""Shares across and up that a name keeps from today's mark."""


@dataclass(frozen=True)
class Leader:
    """One that leads somewhere on a map, as its key tells it.

    Attributes
    ----------
    name : str
    told : str
        How much of the map it has, as it is printed.
    color : int, optional
        Place of its colour; none where nobody leads, or not alone.
    now : bool
        Whether it leads today.
    """

    name: str
    told: str
    color: int | None
    now: bool


@dataclass(frozen=True)
class Region(Leader):
    """What one leader has of a map: the corners around it, or the middles of its cells."""

    points: tuple[Span, ...]


@dataclass(frozen=True)
class Regions:
    """Regions, the largest first.

    Attributes
    ----------
    regions : tuple of Region
    titles : (str, str)
        Names of what goes across and up.
    today : (float, float)
        Where today lies.
    today_text : str
        What stands beside it.
    on_map : bool
        Whether the map holds it; else it is only a mean.
    cell : float
        Width of a cell; 0 where regions are exact.

    Examples
    --------
    >>> half = Region("Express", "100 %", 0, True, ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    >>> chart = Regions((half,), ("Innovation", "Purpose"), (0.8, 0.1), "today", on_map=True)
    >>> x, y = chart.free(half, (0.2, 0.1), 0.1)
    >>> chart.spans(half, 0.25), (round(x, 3), round(y, 3))
    ([(0.0, 0.75)], (0.3, 0.35))
    """

    regions: tuple[Region, ...]
    titles: tuple[str, str]
    today: Span
    today_text: str
    on_map: bool
    cell: float = 0.0

    def spans(self, region: Region, level: float) -> list[Span]:
        """Stretches of a region at a height."""
        points = np.array(region.points)
        return self._runs(points, level) if self.cell else _crossed(points, level)

    def _runs(self, cells: FloatArray, level: float) -> list[Span]:
        """Runs of neighbouring cells, each half a cell broader than its middles."""
        row = cells[abs(cells[:, 1] - level).argmin(), 1]
        if abs(row - level) > self.cell / 2 + 1e-9:
            return []
        x = np.sort(cells[np.isclose(cells[:, 1], row), 0])
        runs = np.split(x, np.flatnonzero(np.diff(x) > 1.5 * self.cell) + 1)
        return [(max(float(run[0]) - self.cell / 2, 0.0), float(run[-1]) + self.cell / 2) for run in runs]

    def free(self, region: Region, size: Span, label: float) -> Span | None:
        """Middle for a name of this width and height, as near to the middle of the region as it fits.

        Parameters
        ----------
        region : Region
        size : (float, float)
        label : float
            Width of what stands at the right of today's mark.
        """
        wide, tall = size
        heights = np.array(region.points)[:, 1]
        low, high, middle = heights.min() + tall / 2, heights.max() - tall / 2, heights.mean()
        levels = np.linspace(low, high, 25).tolist() if low < high else []
        for y in sorted(levels, key=lambda y: abs(y - middle)):
            longest = [
                max(self.spans(region, at), key=lambda span: span[1] - span[0], default=(0.0, 0.0))
                for at in (y - tall / 2, y, y + tall / 2)
            ]
            left, right = max(span[0] for span in longest), min(span[1] for span in longest)
            x = (left + right) / 2
            beside = x + wide / 2 < self.today[0] - CLEAR[0] or x - wide / 2 > self.today[0] + label
            if right - left >= wide and (beside or abs(y - self.today[1]) > tall / 2 + CLEAR[1]):
                return x, y
        return None


def _crossed(corners: FloatArray, level: float) -> list[Span]:
    """Where a level line runs inside a polygon."""
    following = np.roll(corners, -1, axis=0)
    crossed = (corners[:, 1] > level) != (following[:, 1] > level)
    (x0, y0), (x1, y1) = corners[crossed].T, following[crossed].T
    x = np.sort(x0 + (level - y0) / (y1 - y0) * (x1 - x0)).tolist()
    return list(zip(x[::2], x[1::2], strict=True))
