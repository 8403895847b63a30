"""Lines over a share that goes from 0 to 1: the leader thick, and where it changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from valuemix.typing import FloatArray

__all__ = ["Axis", "Crossing", "Line", "Lines", "nice_step", "own_colors"]

COLORS = 12
"""Colours that lines of their own share."""

TICKS = 8
"""Most ticks of the axis of values."""


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes
    ----------
    name : str
        At its end.
    values : tuple of float
        One a place; NaN where there is none.
    leads : tuple of bool
        Whether it is first at a place.
    color : int, optional
        Place of its colour; none where it leads on no stretch.
    tied : bool
        Whether it shares the lead on some stretch with a line before it.
    """

    name: str
    values: tuple[float, ...]
    leads: tuple[bool, ...]
    color: int | None = None
    tied: bool = False

    @property
    def known(self) -> list[float]:
        """Values that there are."""
        return [value for value in self.values if not math.isnan(value)]

    @property
    def leading(self) -> list[float]:
        """Values where it is first, and NaN elsewhere."""
        return [value if on else math.nan for value, on in zip(self.values, self.leads, strict=True)]


@dataclass(frozen=True)
class Crossing:
    """Where the leader changes.

    Attributes
    ----------
    at : float
        Share.
    text : str
        The share as it is printed; empty where today's says it.
    passes : str
        From whom to whom.
    """

    at: float
    text: str
    passes: str


@dataclass(frozen=True)
class Axis:
    """Ends of an axis in round steps, the step and its decimals."""

    low: float
    high: float
    step: float
    digits: int


@dataclass(frozen=True)
class Lines:
    """Lines from left to right, best at the start first.

    Attributes
    ----------
    places : tuple of float
        Shares, from 0 to 1.
    lines : tuple of Line
        None where there is nothing to draw.
    crossings : tuple of Crossing
        From left to right.
    title : str
        Of the shares, with a pair of braces for each of the names in it.
    named : tuple of str
        These names, cut by the renderer where they are too long.
    least : float
        What the axis of values spans at least.
    scale : (float, float)
        Ends of the scale of the values: no tick is beyond them.
    today : float
        Share of today, marked across all lines; NaN where there is none.
    today_text : str
        As it is printed.

    Examples
    --------
    >>> lines = (Line("A", (6.0, 5.0), (True, False), 0), Line("B", (4.0, 5.5), (False, True), 1))
    >>> chart = Lines((0.0, 1.0), lines, (), "From {} to {}", ("today", "later"), 0.1)
    >>> chart.axis, chart.envelope.tolist(), chart.titled(str.upper)
    (Axis(low=4.0, high=6.5, step=0.5, digits=1), [6.0, 5.5], 'From TODAY to LATER')
    """

    places: tuple[float, ...]
    lines: tuple[Line, ...]
    crossings: tuple[Crossing, ...]
    title: str
    named: tuple[str, ...]
    least: float
    scale: tuple[float, float] = (-math.inf, math.inf)
    today: float = math.nan
    today_text: str = ""

    @cached_property
    def envelope(self) -> FloatArray:
        """Highest value at each place."""
        values = np.array([line.values for line in self.lines])
        return np.asarray(np.max(values, axis=0, initial=-np.inf, where=~np.isnan(values)))

    @cached_property
    def axis(self) -> Axis:
        """Axis of values in round steps; no bars stand on it, so it need not hold 0."""
        known = [value for line in self.lines for value in line.known] or [0.0, 1.0]
        low, high = min(known), max(known)
        span = max(high - low, self.least)
        step = nice_step(span * 1.2, TICKS)
        # What is printed above the highest line has its room above the scale, too.
        room = high + 0.08 * span
        below = max(math.floor(low / step + 1e-9) * step, min(low, self.scale[0]))
        above = min(math.ceil(room / step - 1e-9) * step, max(room, self.scale[1]))
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        return Axis(round(below, 9), round(above, 9), step, digits)

    def height(self, at: float) -> float:
        """Value of the leader at a share."""
        return float(np.interp(at, self.places, self.envelope))

    def top(self, at: float, half: float) -> float:
        """Highest value within half a width of a share."""
        inside = [place for place in self.places if abs(place - at) < half]
        return max(map(self.height, (at - half, *inside, at + half)))

    def ends(self, most: int) -> list[Line]:
        """Lines that are named at their ends, from the lowest: those that lead and the highest where room lacks.

        Those that end at one value stand in the order in which they come there.
        """
        valued = [line for line in self.lines if line.known]
        first = sorted(valued, key=lambda line: (line.color is None, -line.known[-1]))[: max(most, 1)]
        return sorted(first, key=lambda line: (line.known[-1], line.values[0]))

    def titled(self, cut: Callable[[str], str]) -> str:
        """Title with its names as they are cut."""
        return self.title.format(*map(cut, self.named))


def nice_step(span: float, most: int = 7) -> float:
    """Step of 1, 2 or 5 times a power of ten that gives at most so many ticks.

    Examples
    --------
    >>> nice_step(4.2), nice_step(0.31)
    (1.0, 0.05)
    """
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(round(power * step, 12) for step in (1, 2, 5, 10) if span / (power * step) <= most)


def own_colors(places: Sequence[int], disciplines: int) -> dict[int, int]:
    """Colour of each of some propositions: that of its place in the scenario, or a free one where two would share it.

    So one proposition has one colour on every chart of a scenario, as long as there are as many colours. Those of
    disciplines mean disciplines: they are taken last, where there are no others left.

    Examples
    --------
    >>> own_colors([0, 2, 10], 2)
    {0: 2, 2: 4, 10: 3}
    """
    others = [*range(disciplines, COLORS)] or [*range(COLORS)]
    taken: dict[int, int] = {}
    for place in sorted(places):
        own = others[place % len(others)]
        free = [
            color for color in dict.fromkeys([own, *others, *range(COLORS)]) if color not in taken.values()
        ]
        taken[place] = free[0] if free else own
    return taken
