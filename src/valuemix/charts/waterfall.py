"""A waterfall: full bars, and between them the steps that lead from one to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from valuemix.charts.roles import Role

__all__ = ["Step", "Waterfall"]


@dataclass(frozen=True)
class Step:
    """One bar.

    Attributes
    ----------
    name : str
        Below it.
    start, end : float
        NaN where nothing is known.
    text : str
        Its value, or the change with its sign, as it is printed.
    role : str
        What it is there for.
    full : bool
        Whether it stands on the ground; the others float.
    """

    name: str
    start: float
    end: float
    text: str
    role: Role
    full: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a bar at all."""
        return not math.isnan(self.start + self.end)


@dataclass(frozen=True)
class Waterfall:
    """Steps from left to right, full ones at both ends.

    Examples
    --------
    >>> steps = (
    ...     Step("Before", 0.0, 5.0, "5.0", "context", full=True),
    ...     Step("Weights", 5.0, 4.0, "−1.0", "loss"),
    ...     Step("After", 0.0, 4.0, "4.0", "highlight", full=True),
    ... )
    >>> Waterfall(steps).ends, Waterfall(steps).links
    ((0.0, 5.0), [(0, 5.0), (1, 4.0)])
    """

    steps: tuple[Step, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest point, the ground among them."""
        points = [0.0, *(point for step in self.steps if step.known for point in (step.start, step.end))]
        return min(points), max(points)

    @property
    def links(self) -> list[tuple[int, float]]:
        """Levels that lead from a bar to the next one, with the place of the first."""
        return [(i, step.end) for i, (step, _) in enumerate(pairwise(self.steps)) if not math.isnan(step.end)]
