"""Bubbles: what is got against what it costs, a line of fair exchange, and arrows from before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from valuemix.charts.lines import nice_step

__all__ = ["Bubble", "Bubbles", "Scale"]

Point = tuple[float, float]


@dataclass(frozen=True)
class Bubble:
    """A bubble.

    Attributes
    ----------
    name, text : str
        What it is, and its figures as they are printed.
    x, y : float
        Its middle.
    size_share : float
        Its area, in any unit.
    lit : bool
        Whether it is the one to look at.
    before : (float, float) or None
        Where an arrow to it starts.
    """

    name: str
    text: str
    x: float
    y: float
    size_share: float
    lit: bool = False
    before: Point | None = None


@dataclass(frozen=True)
class Scale:
    """Ends of an axis and the step between its ticks, one of which is at its low end."""

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        """Of the ticks."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def place(self, value: float, room: float) -> float:
        """Distance from the low end where so much room is between both.

        Examples
        --------
        >>> Scale(2.0, 6.0, 1.0).place(5.0, 100)
        75.0
        """
        return (value - self.low) / (self.high - self.low) * room


@dataclass(frozen=True)
class Bubbles:
    """Bubbles over two axes, the most important first.

    Attributes
    ----------
    bubbles : tuple of Bubble
    titles : (str, str)
        Of the axes.
    line : (float, float) or None
        Start and slope of the line.
    line_name : str
    corners : (str, str)
        What the upper left and the lower right mean.
    decimals : int
        Of the figures.
    nothing : str
        What is said where there is no bubble.

    Examples
    --------
    >>> shown = (Bubble("A", "", 2.0, 6.0, 0.5), Bubble("B", "", 4.0, 7.0, 0.125))
    >>> chart = Bubbles(shown, ("Burden", "Value"), (2.0, 1.0), "fair-value line", ("better", "worse"), 1)
    >>> chart.scales[0], chart.diameters(40, 7, 16)
    (Scale(low=1.5, high=4.5, step=0.5), [40.0, 20.0])
    >>> chart.line_ends
    ((3.8, 5.8), (4.5, 6.5))
    """

    bubbles: tuple[Bubble, ...]
    titles: tuple[str, str]
    line: Point | None
    line_name: str
    corners: tuple[str, str]
    decimals: int
    nothing: str = ""

    @property
    def scales(self) -> tuple[Scale, Scale]:
        """Both axes in round steps, with room around: no bars stand on them, so they need not hold 0."""
        points = [point for b in self.bubbles for point in ((b.x, b.y), b.before) if point]
        return self._scale([x for x, _ in points]), self._scale([y for _, y in points])

    def _scale(self, values: Sequence[float]) -> Scale:
        low, high = min(values, default=0.0), max(values, default=1.0)
        span = max(high - low, 10.0**-self.decimals)
        low, high = low - 0.12 * span, high + 0.12 * span
        step = nice_step(high - low, 7)
        return Scale(round(math.floor(low / step) * step, 9), round(math.ceil(high / step) * step, 9), step)

    @property
    def line_ends(self) -> tuple[Point, Point] | None:
        """From where to where the line runs within both axes; None where it does not."""
        if self.line is None:
            return None
        (start, slope), (x, y) = self.line, self.scales
        low, high = x.low, x.high
        if slope:
            at = sorted(((y.low - start) / slope, (y.high - start) / slope))
            low, high = max(low, at[0]), min(high, at[1])
        return ((low, start + slope * low), (high, start + slope * high)) if low < high else None

    def diameters(self, largest: float, smallest: float, alike: float) -> list[float]:
        """Diameters whose areas are as the sizes, none below the smallest; those named where all are alike."""
        sizes = [bubble.size_share for bubble in self.bubbles]
        if len(set(sizes)) < 2:
            return [alike] * len(sizes)
        return [max(largest * math.sqrt(size / max(sizes)), smallest) for size in sizes]
