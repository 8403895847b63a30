"""Importance derived from an overall judgment: which disciplines go with it, and by how much."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from valuemix.errors import EditError, shorten
from valuemix.typing import FloatArray

__all__ = ["derived_shares", "falling", "moment_count", "moments_of"]

_STEP = 1e-30
"""Of a derivative by a complex step, which loses no digits (Squire and Trapp, SIAM Review 40, 1998)."""


def moment_count(disciplines: int) -> int:
    """How many moments `moments_of` gives."""
    return disciplines + 1 + (disciplines + 1) * (disciplines + 2) // 2


def moments_of(ratings: FloatArray, overall: FloatArray) -> FloatArray:
    """First and second moments of each row of ratings and the judgment, shape (n, M).

    Parameters
    ----------
    ratings : ndarray, shape (n, D)
        One rating a discipline.
    overall : ndarray, shape (n,)

    Returns
    -------
    ndarray, shape (n, M)
        Rows with a missing answer are NaN throughout.
    """
    both = np.column_stack([ratings, overall])
    both[np.isnan(both).any(axis=1)] = np.nan
    one, other = np.triu_indices(both.shape[1])
    return np.hstack([both, both[:, one] * both[:, other]])


def derived_shares(means: FloatArray, names: tuple[str, ...], segment: str) -> tuple[FloatArray, FloatArray]:
    """Shares of importance, and how they move with each moment.

    The part of the variance of the judgment that goes with each discipline, averaged over all orders in which
    disciplines can enter a regression (LMG).

    Parameters
    ----------
    means : ndarray, shape (M,)
        Means of the moments.
    names : tuple of str
        Disciplines, for messages.
    segment : str
        For messages.

    Returns
    -------
    shares : ndarray, shape (D,)
        They sum to 1.
    slopes : ndarray, shape (D, M)

    Raises
    ------
    EditError
        Where ratings or judgments do not vary, or one discipline follows from others.

    References
    ----------
    Lindeman, Merenda and Gold, Introduction to Bivariate and Multivariate Analysis (1980); Gromping, The
    American Statistician 61 (2007).
    """
    count = len(names)
    covariance = _covariance(means.astype(complex)[None], count)[0].real
    spread = np.diag(covariance)
    flat = [
        name for name, value in zip((*names, "the overall judgment"), spread, strict=True) if value <= 1e-12
    ]
    if flat:
        raise EditError(
            f"no importance can be derived in {shorten(segment)!r}: all answers on {shorten(flat[0])} are alike; "
            'map importance, or set weights to "keep"'
        )
    scaled = covariance[:count, :count] / np.sqrt(np.outer(spread[:count], spread[:count]))
    if np.linalg.cond(scaled) > 1e10:
        raise EditError(
            f"no importance can be derived in {shorten(segment)!r}: the ratings of one discipline follow from those "
            'of others; leave one out, or set weights to "keep"'
        )
    stepped = means + 1j * _STEP * np.eye(len(means))
    slopes = _shares(_covariance(stepped, count)).imag.T / _STEP
    return _shares(_covariance(means.astype(complex)[None], count))[0].real, slopes


def falling(means: FloatArray, names: tuple[str, ...]) -> list[str]:
    """Disciplines with a negative coefficient: the judgment falls as they rise, the others alike; no share shows it.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> ratings = rng.normal(size=(200, 2))
    >>> moments = moments_of(ratings, ratings @ np.array([1.0, -0.5]))
    >>> falling(moments.mean(axis=0), ("care", "speed"))
    ['speed']
    """
    covariance = _covariance(means.astype(complex)[None], len(names))[0].real
    coefficients = np.linalg.solve(covariance[:-1, :-1], covariance[:-1, -1])
    return [name for name, value in zip(names, coefficients.tolist(), strict=True) if value < 0]


def _covariance(moments: NDArray[np.complex128], count: int) -> NDArray[np.complex128]:
    """Covariance of ratings and judgment, shape (..., D + 1, D + 1), of their moments, shape (..., M)."""
    size = count + 1
    first, second = moments[:, :size], moments[:, size:]
    whole = np.zeros((len(moments), size, size), dtype=complex)
    one, other = np.triu_indices(size)
    whole[:, one, other] = whole[:, other, one] = second
    return whole - first[:, :, None] * first[:, None, :]


def _shares(covariance: NDArray[np.complex128]) -> NDArray[np.complex128]:
    count = covariance.shape[-1] - 1
    explained: dict[tuple[int, ...], NDArray[np.complex128]] = {(): np.zeros(len(covariance), dtype=complex)}
    for size in range(1, count + 1):
        for entered in combinations(range(count), size):
            own = covariance[:, entered][:, :, entered]
            along = covariance[:, entered, -1]
            explained[entered] = (along * np.linalg.solve(own, along[..., None])[..., 0]).sum(axis=1)
    parts = []
    for discipline in range(count):
        others = [d for d in range(count) if d != discipline]
        steps = [
            (explained[tuple(sorted((*before, discipline)))] - explained[before])
            / comb(count - 1, size)
            / count
            for size in range(count)
            for before in combinations(others, size)
        ]
        parts.append(np.sum(steps, axis=0))
    return np.asarray(np.stack(parts, axis=1) / explained[tuple(range(count))][:, None])
