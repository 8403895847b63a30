"""Terms: weights of today and of the long term, and who leads on the way from one to the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd

from valuemix.analysis.compare.changes import common_draws
from valuemix.analysis.compare.joined import Inputs, joined
from valuemix.analysis.compare.path import Path, path_between
from valuemix.analysis.compare.regret import regrets, robust_choices
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS
from valuemix.typing import FloatArray

__all__ = ["Terms", "at_term", "terms"]


@dataclass(frozen=True, eq=False)
class Terms:
    """Values and leaders from today (0) to the long term (1), on the scenario's scale.

    Attributes
    ----------
    scenario : Scenario
    segment : str or None
        None for all segments by size.
    path : Path
        Who leads where; its values are from 0 to 1, and its changes are exact or searched for.
    values : ndarray, shape (T, P)
        Values at `path.shares`.
    regret : ndarray, shape (P,)
        How far each proposition is behind the best at most, on the whole way; NaN where it lacks
        a value somewhere.
    """

    scenario: Scenario
    segment: str | None
    path: Path
    values: FloatArray
    regret: FloatArray

    @property
    def early(self) -> tuple[int, ...]:
        """Places of the propositions that lead from today on, up to the first change."""
        return self.path.pieces[0].leaders

    @property
    def late(self) -> tuple[int, ...]:
        """Places of the propositions that lead from the last change to the long term."""
        return self.path.pieces[-1].leaders

    @property
    def changes(self) -> tuple[float, ...]:
        """Shares of the way at which the leader changes; none where one leads throughout."""
        return tuple(piece.from_share for piece in self.path.pieces[1:])

    @property
    def robust(self) -> tuple[int, ...]:
        """Places of the propositions with the least regret over the way, ties included."""
        return robust_choices(self.regret, self.scenario.scale.width)

    def regret_draws(self) -> FloatArray:
        """Regret at the worse of both ends under what is in doubt, the same errors at both, shape (P, N)."""
        drawn = common_draws([self.scenario, at_term(self.scenario, 1.0)], self.segment)
        with np.errstate(invalid="ignore"):
            best = np.nan_to_num(drawn, nan=-np.inf).max(axis=1, keepdims=True)
            result: FloatArray = (best - drawn).max(axis=0)
        return result

    def to_frame(self) -> pd.DataFrame:
        """Tidy table of the lines: share, proposition, value."""
        count = len(self.scenario.propositions)
        return pd.DataFrame(
            {
                "share": np.repeat(self.path.shares, count),
                "proposition": [*self.scenario.proposition_names] * len(self.path.shares),
                "value": self.values.ravel(),
            }
        )

    def regret_frame(self) -> pd.DataFrame:
        """Table of proposition, value_now, value_later and regret, the least regret first."""
        frame = pd.DataFrame(
            {
                "proposition": [*self.scenario.proposition_names],
                "value_now": self.values[0],
                "value_later": self.values[-1],
                "regret": self.regret,
            }
        )
        return frame.sort_values("regret", kind="stable", ignore_index=True)


def at_term(scenario: Scenario, share: float) -> Scenario:
    """Scenario with weights part of the way from today to the long term.

    Parameters
    ----------
    scenario : Scenario
        With later points.
    share : float
        0 is today, 1 the long term: weights are (1 - share) of the one and share of the other.

    Returns
    -------
    Scenario
        The scenario itself at 0; its points sum to 100 elsewhere.

    Raises
    ------
    EditError
        Where the scenario has no later points, or the share is off.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2]], points=[80, 20], segments=["All"])
    >>> aging = base.replace(later={"All": {"discipline_1": 20.0, "discipline_2": 80.0}})
    >>> at_term(aging, 0.25).weights
    array([[0.65, 0.35]])
    """
    if scenario.later is None:
        raise EditError("there are no points for the long term; fill in the sheet Segments later")
    if not 0 <= share <= 1:
        raise EditError(f"the share of the way must be from 0 to 1, got {share:g}")
    if share == 0:
        return scenario
    return scenario.with_points(
        TOTAL_POINTS * ((1 - share) * scenario.weights + share * scenario.later_weights)
    )


def terms(scenario: Scenario, segment: str | None = None) -> Terms:
    """Find who leads from the weights of today to those of the long term, and who regrets least.

    Sizes, scores and settings stay. At compensation 1 and fairness 0 with complete scores values
    are straight lines on the way, so that changes of the leader have a closed form, and the
    largest regret stands at one of the ends; elsewhere both are searched for in steps.

    Parameters
    ----------
    scenario : Scenario
        With later points.
    segment : str, optional
        Name of the segment; all segments by size where it is None.

    Returns
    -------
    Terms

    Raises
    ------
    EditError
        Where the scenario has no later points.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], segments=["All"])
    >>> aging = base.replace(later={"All": {"discipline_1": 20.0, "discipline_2": 80.0}})
    >>> found = terms(aging)
    >>> found.early, [round(t, 4) for t in found.changes], found.late, found.path.exact
    ((0,), [0.619], (1,), True)
    >>> found.regret.round(9).tolist(), found.robust
    ([1.6, 2.6], (0,))
    """
    later = at_term(scenario, 1.0)
    names, now, then = joined(scenario, later)
    if segment is not None:
        g = scenario.segment_index(segment)
        now, then = _only(now, g), _only(then, g)
    # There is a way: compensation and fairness are the same at both ends.
    path = cast("Path", path_between(names.propositions, now, then))
    values = scenario.scale.clipped(path.values)
    return Terms(scenario, segment, path, values, regrets(values).max(axis=0))


def _only(inputs: Inputs, g: int) -> Inputs:
    """Inputs of one segment by itself."""
    one = slice(g, g + 1)
    return replace(inputs, scores=inputs.scores[one], points=inputs.points[one], sizes=np.ones(1))
