"""What a mark is there for; the renderer of each place has a colour for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.typing import FloatArray

__all__ = ["Discipline", "Ground", "Mark", "Role", "depth", "scaled"]

_LEVEL = 1e-12
"""Values nearer to each other than this are level."""

Role = Literal["ink", "muted", "highlight", "context", "gain", "loss"]
"""Of a text or mark: as any other, of less weight, the one to look at, the many, what rises and what falls."""


@dataclass(frozen=True)
class Discipline:
    """A part that is a discipline: the colour of its place, which means nothing else anywhere.

    Attributes
    ----------
    place : int
        In the scenario, from 0.
    """

    place: int


Mark = Role | Discipline
"""Of what has a colour."""


@dataclass(frozen=True)
class Ground:
    """What lies behind a text.

    Attributes
    ----------
    role : {"depth", "change"} or Discipline
        The more the deeper, in the colour of a discipline where it says which; or up or down, by the sign of the
        strength.
    strength : float
        From 0 to 1 of a depth, from -1 to 1 of a change.
    """

    role: Literal["depth", "change"] | Discipline
    strength: float


def depth(strength: float) -> Ground:
    """Ground of a cell, the paler the less; palest where there is no number.

    Examples
    --------
    >>> depth(0.4).strength, depth(math.nan).strength
    (0.4, 0.0)
    """
    return Ground("depth", 0.0 if math.isnan(strength) else float(strength))


def scaled(values: FloatArray) -> FloatArray:
    """Values from 0, the lowest, to 1, the highest; NaN where there is none.

    Examples
    --------
    >>> scaled(np.array([[5.0, 7.0], [6.0, np.nan]])).tolist()
    [[0.0, 1.0], [0.5, nan]]
    """
    known = values[~np.isnan(values)]
    if not known.size or known.max() - known.min() < _LEVEL:
        return np.asarray(values * 0.0)
    return np.asarray((values - known.min()) / (known.max() - known.min()))
