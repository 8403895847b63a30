"""Intervals and degrees of certainty by Student's t."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtr, stdtrit

from valuemix.analysis.certainty.certainty import CLEAR, Certainty, degree_of
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import FloatArray

__all__ = ["half_width", "judged", "sure_above"]


def half_width(error: float, degrees: float) -> float:
    """Half the width of a 95 % interval.

    Examples
    --------
    >>> round(half_width(1.0, float("inf")), 2), round(half_width(1.0, 5), 2)
    (1.96, 2.57)
    """
    return float(stdtrit(max(degrees, 1.0), 0.975)) * error


def sure_above(gap: float, error: float, degrees: float, width: float = 1.0) -> float:
    """How sure it is that a difference is above 0; one half where it is 0 for certain.

    Parameters
    ----------
    gap, error, degrees : float
        The difference, its standard error and degrees of freedom.
    width : float
        Of the scale: what is less than 1e-9 of it is nothing.

    Examples
    --------
    >>> round(sure_above(1.96, 1.0, float("inf")), 3), sure_above(0.0, 0.0, 9), sure_above(0.2, 0.0, 9)
    (0.975, 0.5, 1.0)
    """
    if error <= TIE * width:
        return 0.5 if abs(gap) <= TIE * width else float(gap > 0)
    return float(stdtr(max(degrees, 1.0), gap / error))


def judged(
    leaders: tuple[int, ...], above: FloatArray, first: float = float("nan"), *, too_few: bool
) -> Certainty:
    """Certainty by how sure it is that the leader is above each other; with respondents the best is clear.

    Parameters
    ----------
    leaders : tuple of int
        None where nothing leads, several where they tie.
    above : ndarray, shape (P,)
        NaN for the leader.
    first : float
        Share of draws in which a leader is first of all.
    too_few : bool
        Whether there are too few answers for any word surer than open.

    Examples
    --------
    >>> judged((0,), np.array([np.nan, 0.9]), too_few=False).degree
    'likely'
    """
    others: Sequence[int] = np.flatnonzero(~np.isnan(above)).tolist()
    least = min((above[p] for p in others), default=1.0)
    close = [p for p in others if too_few or above[p] < CLEAR - TIE]
    return Certainty(
        leaders,
        "open" if too_few or len(leaders) != 1 else degree_of(float(least)),
        tuple(above.tolist()),
        first,
        tuple(sorted(close, key=lambda p: (above[p], p))),
        in_doubt=True,
        too_few=too_few,
    )
