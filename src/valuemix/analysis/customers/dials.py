"""Who leads overall at any setting of the two dials: compensation and fairness."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.case import leaders_of
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray

__all__ = ["DialMap", "dial_map"]

RHOS = (-np.inf, -10.0, -5.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0)
EPSS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, np.inf)


@dataclass(frozen=True, eq=False)
class DialMap:
    """Leaders on a grid of both dials; every cell is evaluated exactly.

    Attributes
    ----------
    scenario : Scenario
    rhos, epss : tuple of float
        Settings of compensation (R) and fairness (E), rising; today's are among them, and today's fairness is alone
        where one segment counts.
    leads : ndarray of bool, shape (E, R, P)
        Who leads overall at each, ties included.
    """

    scenario: Scenario
    rhos: tuple[float, ...]
    epss: tuple[float, ...]
    leads: BoolArray

    @property
    def today(self) -> tuple[int, int]:
        """Row and column of the scenario's own settings."""
        settings = self.scenario.settings
        return self.epss.index(settings.eps), self.rhos.index(settings.rho)

    def leaders_at(self, row: int, column: int) -> tuple[int, ...]:
        """Places of those that lead in a cell."""
        return tuple(np.flatnonzero(self.leads[row, column]).tolist())


def dial_map(scenario: Scenario, rhos: tuple[float, ...] = RHOS, epss: tuple[float, ...] = EPSS) -> DialMap:
    """Leaders at every pair of compensation and fairness, the scenario's own included.

    Parameters
    ----------
    scenario : Scenario
    rhos, epss : tuple of float
        Settings to try; minus infinity counts only the weakest discipline, plus infinity of
        fairness only the worst-served segment.

    Returns
    -------
    DialMap

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[9, 2], [5, 5]])
    >>> found = dial_map(scenario, rhos=(-1.0, 0.0), epss=(0.0,))
    >>> found.rhos, [found.leaders_at(0, column) for column in range(3)]
    ((-1.0, 0.0, 1.0), [(1,), (1,), (0,)])
    """
    settings = scenario.settings
    rhos = tuple(sorted({*rhos, settings.rho}))
    # One segment that counts is all there is to be fair to.
    epss = tuple(sorted({*(epss if (scenario.sizes > 0).sum() > 1 else ()), settings.eps}))
    case = case_of(scenario)
    by_segment = [replace(case, rho=rho).segment_values().T for rho in rhos]
    values = [[power_mean(each, case.sizes, 1 - eps) for each in by_segment] for eps in epss]
    return DialMap(scenario, rhos, epss, leaders_of(np.array(values)))
