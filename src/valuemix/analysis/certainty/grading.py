"""Degrees of several claims that are told together: Holm's procedure over all that were looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from valuemix.analysis.certainty.certainty import (
    CLEAR,
    DEGREES,
    Certainty,
    Degree,
    certainty,
    degree_of,
    differing,
)
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario

__all__ = ["grades", "in_segments", "least_sure", "together"]


def together(found: Sequence[Certainty]) -> list[Certainty]:
    """Several leads that are told together: clear are those that Holm's procedure finds.

    Certain ones stay so. Ties are no leads and count for nothing. Rivals of a lead that is not clear are all from whom
    it is not told at the step where the procedure ends.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 5.6]])
    >>> one = certainty(scenario)
    >>> one.degree, round(one.least, 3), [each.degree for each in together([one] * 2)]
    ('clear', 0.986, ['likely', 'likely'])
    """
    alone = [i for i, each in enumerate(found) if len(each.leaders) == 1]
    degrees = dict(zip(alone, grades([found[i].least for i in alone]), strict=True))
    left = sum(DEGREES.index(degree) < DEGREES.index("clear") for degree in degrees.values())
    bar = 1 - (1 - CLEAR) / max(left, 1)
    return [_graded(each, degrees[i], bar) if i in degrees else each for i, each in enumerate(found)]


def _graded(found: Certainty, degree: Degree, bar: float) -> Certainty:
    """A single lead of several: no surer than its degree, its rivals those above whom it is less often than this."""
    if DEGREES.index(degree) >= DEGREES.index("clear") or found.degree == "certain":
        return found
    near = [p for p, share in enumerate(found.above) if share < bar - TIE]
    least = least_sure([found.degree, degree])
    return dataclasses.replace(found, degree=least, rivals=tuple(sorted(near, key=found.above.__getitem__)))


def in_segments(scenario: Scenario) -> list[Certainty]:
    """How sure the leads of all segments are where they are told together."""
    return together([certainty(scenario, name) for name in scenario.segment_names])


def grades(shares: Sequence[float]) -> list[Degree]:
    """Degrees of several differences that are told together: those that Holm's procedure finds are clear.

    Parameters
    ----------
    shares : sequence of float
        For each the share of draws with the sign that is told.

    Examples
    --------
    >>> grades([0.999, 0.98, 0.5]), grades([0.98])
    (['clear', 'likely', 'open'], ['clear'])
    """
    # What more often fails than holds is found to be nothing: it makes no room for the others.
    found = differing([max(share, 0.5) for share in shares])
    return [
        "likely" if degree_of(share) == "clear" and not there else degree_of(share)
        for share, there in zip(shares, found, strict=True)
    ]


def least_sure(degrees: Iterable[Degree]) -> Degree:
    """The least of several degrees: that of a sentence which says all of it.

    Examples
    --------
    >>> least_sure(["clear", "open", "likely"]), least_sure([])
    ('open', 'certain')
    """
    return min(degrees, key=DEGREES.index, default="certain")
