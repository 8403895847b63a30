"""Sensitivity of preferences to value, fitted from what people chose: a conditional logit with one coefficient."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize, newton
from scipy.special import stdtrit

from valuemix.analysis.value.scoring import TIE
from valuemix.errors import NothingToShow
from valuemix.model.evidence import Choices
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["FEWEST_CHOOSING", "Sensitivity", "conditional_logit", "fitted_sensitivity", "sensitivity_of"]

FEWEST_CHOOSING = 5
"""People (or clusters) under which choices carry no estimate."""


class Sensitivity(NamedTuple):
    """A fitted sensitivity, the ends of its 95 % interval (never below 0), and how many choices it rests on."""

    fitted: float
    low: float
    high: float
    choices: int

    @property
    def told(self) -> str:
        """Where it comes from and what it is, in words.

        Examples
        --------
        >>> Sensitivity(4.21, 3.84, 4.58, 1234).told
        'fitted from 1,234 choices: 4.2, between 3.8 and 4.6'
        """
        ends = f"between {self._printed(self.low)} and {self._printed(self.high)}"
        return f"fitted from {self.choices:,} choices: {self.value}, {ends}"

    @property
    def value(self) -> str:
        """The fitted one, as it is printed."""
        return self._printed(self.fitted)

    def _printed(self, value: float) -> str:
        return (
            f"{value:,.{1 if self.high - self.low >= 0.2 else 3}f}"  # as many decimals as tell its interval
        )


def fitted_sensitivity(scenario: Scenario) -> Sensitivity | None:
    """Sensitivity by the newest choices of respondents, with its interval by Student's t; None where there are none."""
    waves = scenario.evidence.waves if scenario.evidence else ()
    found = next((wave.choices for wave in waves if wave.choices), None)
    return sensitivity_of(found) if found else None


def sensitivity_of(found: Choices) -> Sensitivity:
    """The same of what is kept of choices."""
    reach = float(stdtrit(found.units - 1, 0.975)) * found.error
    low, high = max(found.sensitivity - reach, 0.0), found.sensitivity + reach
    return Sensitivity(found.sensitivity, low, high, found.sets)


def conditional_logit(
    values: FloatArray, starts: IntArray, chosen: BoolArray, weights: FloatArray, units: IntArray
) -> Choices:
    """Sensitivity under which the choices are likeliest, where each is made with odds exp(sensitivity x value).

    Its error is from the Hessian where each set is one of a person's own and all weigh the same, else from the
    scores of the units that people or clusters are (sandwich).

    Parameters
    ----------
    values : ndarray, shape (n,)
        From 0 to 1, set after set.
    starts : ndarray of int, shape (S,)
        Where each set starts.
    chosen : ndarray of bool, shape (n,)
        One in each set.
    weights : ndarray, shape (S,)
        Survey weight of each set, above 0.
    units : ndarray of int, shape (S,)
        Code from 0 of the person or cluster that each set is of.

    Returns
    -------
    Choices

    Raises
    ------
    NothingToShow
        Where choices do not fix a sensitivity of 0 or more.

    References
    ----------
    McFadden, Conditional logit analysis of qualitative choice behavior (1974); Binder, On the variances of
    asymptotically normal estimators from complex surveys (International Statistical Review 51, 1983).

    Examples
    --------
    >>> sets = np.arange(8)
    >>> found = conditional_logit(np.tile([1.0, 0.0], 8), 2 * sets, np.tile([True, False] * 3 + [False, True], 2),
    ...                           np.ones(8), sets)
    >>> round(found.sensitivity, 6), round(found.error, 6), found.sets
    (1.098612, 0.816497, 8)
    """
    of = np.repeat(np.arange(len(starts)), np.diff([*starts, len(values)]))
    best, worst = np.maximum.reduceat(values, starts), np.minimum.reduceat(values, starts)
    took = values[chosen]
    _check_fixed(took, best, worst)
    shares = weights / weights.sum()
    below = values - best[of]

    def moments(theta: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Log of the sum of odds, mean and variance of the value of each set."""
        odds = np.exp(theta * below)
        whole = np.add.reduceat(odds, starts)
        mean = np.add.reduceat(odds * below, starts) / whole
        spread = np.add.reduceat(odds * (below - mean[of]) ** 2, starts) / whole
        return np.log(whole), mean, spread

    gone = took - best

    def loss(at: FloatArray) -> float:
        return float(shares @ (moments(at[0])[0] - at[0] * gone))

    def slope(at: FloatArray | list[float]) -> FloatArray:
        return np.array([shares @ (moments(at[0])[1] - gone)])

    def bend(at: FloatArray | list[float]) -> FloatArray:
        return np.array([[shares @ moments(at[0])[2]]])

    near = minimize(loss, np.zeros(1), jac=slope, hess=bend, method="trust-exact").x  # never overshoots
    theta = float(newton(lambda at: slope([at])[0], near[0], lambda at: bend([at])[0, 0], tol=1e-12))
    _, mean, spread = moments(theta)
    curvature, count = float(weights @ spread), int(units.max()) + 1
    error = 1 / np.sqrt(curvature)
    if count < len(starts) or np.ptp(weights):
        scores = np.bincount(units, weights * (gone - mean), count)
        error = np.sqrt(count / (count - 1) * scores @ scores) / curvature
    if theta < 0:
        raise NothingToShow(
            f"they go against the values (sensitivity −{-theta:.2g}, standard error {error:.2g})"
        )
    return Choices(sensitivity=theta, error=float(error), sets=len(starts), units=count)


def _check_fixed(took: FloatArray, best: FloatArray, worst: FloatArray) -> None:
    """Refuse choices under which no sensitivity is likelier than one still larger, or still less."""
    if (best - worst <= TIE).all():
        raise NothingToShow("the alternatives of each set have the same value")
    if (best - took <= TIE).all():
        raise NothingToShow(
            "all were of the highest value in their set, which the largest sensitivity fits best"
        )
    if (took - worst <= TIE).all():
        raise NothingToShow(
            "all were of the lowest value in their set, which no sensitivity of 0 or more fits"
        )
