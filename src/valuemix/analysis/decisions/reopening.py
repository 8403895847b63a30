"""When waves of answers say that a decision should be reopened, however often they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from valuemix.errors import EditError
from valuemix.typing import FloatArray

__all__ = ["HORIZON", "THRESHOLD", "Reopening", "chance_found", "reopening"]

HORIZON = 40
"""Waves of change that are thought possible, each as likely as the others."""

THRESHOLD = 20.0
"""Evidence from which a decision is reopened: without a change at most 1 in 20 decisions ever is (Ville)."""


@dataclass(frozen=True, eq=False)
class Reopening:
    """Evidence that a lead is no longer on its side of a bar, wave by wave.

    Attributes
    ----------
    evidence : ndarray, shape (T,)
        E-value after each wave: 1 says nothing, the larger the more it speaks for a change.
    threshold : float
        From which it reopens.
    """

    evidence: FloatArray
    threshold: float = THRESHOLD

    @property
    def wave(self) -> int | None:
        """The first wave, counted from 1, at which the decision is reopened; None where none does."""
        found = np.flatnonzero(self.evidence >= self.threshold)
        return int(found[0]) + 1 if found.size else None


def reopening(
    leads: Sequence[float] | FloatArray,
    errors: Sequence[float] | FloatArray,
    degrees: Sequence[float] | FloatArray,
    error_then: float,
    bar: float = 0.0,
    *,
    covariance: FloatArray | None = None,
) -> Reopening:
    """Whether the waves after a decision say that a lead has fallen below a bar.

    The bar is a number fixed in the decision, never an estimate of the wave that it was taken on. For every
    wave from which the lead may have changed the waves since are weighed against it (a mixture over changes
    of any size); the mean over those waves is an e-process, so it may be looked at after every wave.

    Parameters
    ----------
    leads, errors, degrees : sequence of float, shape (T,)
        Of each wave after the decision, in order of time: the lead, its standard error and its degrees of freedom.
    error_then : float
        Standard error of the lead on the day of the decision: changes of about twice its size are found best.
    bar : float
        Lead that the decision says must hold.
    covariance : ndarray, shape (T, T), optional
        Of the leads, where waves share respondents; they are made independent of each other first.

    Returns
    -------
    Reopening

    Raises
    ------
    EditError
        Where numbers of waves do not fit, or an error is not above 0.

    References
    ----------
    Ville (1939); Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics 49 (2021); Shin, Ramdas and
    Rinaldo, E-detectors, New England Journal of Statistics in Data Science 2 (2023).

    Examples
    --------
    >>> found = reopening([0.3, -0.2, -0.3, -0.3], [0.1] * 4, [150] * 4, error_then=0.1)
    >>> found.evidence.round(2).tolist(), found.wave
    ([0.98, 1.06, 5.41, 238.76], 4)
    """
    apart: FloatArray = np.asarray(leads, dtype=np.float64) - bar
    error: FloatArray = np.asarray(errors, dtype=np.float64)
    freedom = np.asarray(degrees, dtype=np.float64)
    if not len(apart) == len(error) == len(freedom):
        raise EditError(
            f"{len(apart)} leads, {len(error)} errors and {len(freedom)} degrees of freedom: give one of each a wave"
        )
    if not (error > 0).all() or not error_then > 0:
        raise EditError("the standard error of a lead must be above 0; leave out waves without answers")
    scale = error_then
    if covariance is not None:
        whitened = np.linalg.solve(np.linalg.cholesky(np.asarray(covariance, dtype=np.float64)), apart)
        apart = np.asarray(whitened, dtype=np.float64)
        error, scale = np.ones(len(apart)), 1.0
    z = _normal(apart / error, freedom)
    return Reopening(_evidence(z, error, scale))


def chance_found(bars: float, waves: int = 3, worlds: int = 1000, after: int = 5, seed: int = 0) -> float:
    """Chance that a fall from one bar above to one bar below is found in time.

    Parameters
    ----------
    bars : float
        The bar, in standard errors of the lead in one wave.
    waves : int
        Within how many waves after the fall.
    worlds : int
        Drawn.
    after : int
        At which wave after the decision it falls.
    seed : int
        The same gives the same.

    Examples
    --------
    >>> chance_found(3.2) > 0.9, chance_found(1.0) < 0.5
    (True, True)
    """
    count = after + waves - 1
    truth = np.where(np.arange(count) < after - 1, bars, -bars)
    drawn = truth + np.random.default_rng(seed).standard_normal((worlds, count))
    found = _evidence(drawn, np.ones(count), 1.0)[:, after - 1 :].max(axis=1) >= THRESHOLD
    return float(found.mean())


def _normal(t: FloatArray, degrees: FloatArray) -> FloatArray:
    """Student's t as the normal deviate of the same chance, without losing the far ends."""
    below = -special.ndtri(special.stdtr(degrees, -np.abs(t)))
    known = np.isinf(degrees)
    return np.asarray(np.where(known, t, np.sign(t) * below))


def _evidence(z: FloatArray, error: FloatArray, scale: float) -> FloatArray:
    """E-value after each wave that the lead has fallen, over all waves from which it may have, shape (..., T)."""
    rho, waves = 1 / (2 * scale) ** 2, np.arange(z.shape[-1])
    # Sums from wave k to wave t, for every k (rows) and t (columns); what lies before k counts nothing.
    since = waves[:, None] <= waves
    fallen = -np.cumsum(since * (z / error)[..., None, :], axis=-1)
    known = np.cumsum(since / error**2, axis=-1) + rho
    log = (
        np.log(2)
        + np.log(rho / known) / 2
        + fallen**2 / (2 * known)
        + special.log_ndtr(fallen / np.sqrt(known))
    )
    counted = np.where(since & (waves[:, None] < HORIZON), log, -np.inf)
    rest = np.maximum(0.0, 1 - (waves + 1) / HORIZON)
    with np.errstate(divide="ignore", over="ignore"):
        mixed = np.logaddexp(special.logsumexp(counted, axis=-2) - np.log(HORIZON), np.log(rest))
        return np.asarray(np.exp(mixed))
