"""The way from one scenario to another: who leads where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.compare.joined import Inputs
from valuemix.analysis.tradeoffs.sweeps import Piece, cuts_at, pieces_between
from valuemix.analysis.value.case import leaders_of
from valuemix.analysis.value.crossings import searched_crossings
from valuemix.means import power_mean
from valuemix.typing import FloatArray

__all__ = ["Path", "path_between"]


NEARLY_REAL = 1e-6
"""A root this near to the real line is tried as a place where two values touch."""


@dataclass(frozen=True, eq=False)
class Path:
    """Values as weights, sizes and scores go together from one scenario to another.

    Attributes
    ----------
    propositions : tuple of str
        Those that both scenarios have (P).
    shares : ndarray, shape (T,)
        Points of the way to draw lines through: 0 is the first scenario, 1 the second.
    values : ndarray, shape (T, P)
        Overall values there, from 0 to 1.
    pieces : tuple of Piece
        Who leads from 0 to 1, without gaps, ties included.
    exact : bool
        True where the crossovers are roots of polynomials, False where they were searched for
        on a grid of 200 steps.
    """

    propositions: tuple[str, ...]
    shares: FloatArray
    values: FloatArray
    pieces: tuple[Piece, ...]
    exact: bool

    def between(self, ends: FloatArray) -> list[Certainty]:
        """How sure it is who leads half-way along every stretch but the first and the last.

        Parameters
        ----------
        ends : ndarray, shape (2, P, N)
            Values at both ends under what is in doubt, from 0 to 1. Between them a value is off as the
            two are, by their shares of the way.

        Examples
        --------
        >>> from valuemix.analysis.compare.joined import joined
        >>> from valuemix.model.scenario import Scenario
        >>> base = Scenario.from_arrays([[8, 2], [2, 8], [5.02, 5.02]], points=[90, 10])
        >>> names, a, b = joined(base, base.with_weights(discipline_1=10))
        >>> found = path_between(names.propositions, a, b)
        >>> [each.leaders for each in found.between(found.values[[0, -1], :, None])]
        [(2,)]
        """
        found = []
        for piece in self.pieces[1:-1]:
            way = (piece.from_share + piece.to_share) / 2
            today = np.array([np.interp(way, self.shares, line) for line in self.values.T])
            straight, drawn = ((1 - way) * own[0] + way * own[-1] for own in (self.values, ends))
            found.append(certainty_among(today, drawn + (today - straight)[:, None], 1.0))
        return found

    def to_frame(self) -> pd.DataFrame:
        """Table of who leads from where to where: from_share, to_share, leaders."""
        return pd.DataFrame(
            {
                "from_share": [piece.from_share for piece in self.pieces],
                "to_share": [piece.to_share for piece in self.pieces],
                "leaders": [", ".join(self.propositions[p] for p in piece.leaders) for piece in self.pieces],
            }
        )


def path_between(propositions: tuple[str, ...], before: Inputs, after: Inputs) -> Path | None:
    """Mix two scenarios, (1 - t) of the first and t of the second, and find who leads at every t.

    Weights and sizes are mixed as shares, scores on the scale from 0 to 1, compensation and
    fairness as numbers. A score that only one of the two has comes in with its own share of
    the way.

    Parameters
    ----------
    propositions : tuple of str
        Names of P propositions that both scenarios have.
    before, after : Inputs
        Of both, on the same axes.

    Returns
    -------
    Path or None
        None where compensation or fairness differ and one of them is no finite number.

    Notes
    -----
    At compensation 1 and fairness 0 with complete scores every value is a polynomial in t, of
    degree 2 where the scores stay and of degree 3 where they move too, so that crossovers are
    roots.

    Examples
    --------
    >>> from valuemix.analysis.compare.joined import joined
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20])
    >>> names, a, b = joined(base, base.with_weights(discipline_1=20))
    >>> found = path_between(names.propositions, a, b)
    >>> [(round(p.from_share, 4), round(p.to_share, 4), p.leaders) for p in found.pieces], found.exact
    ([(0.0, 0.619, (0,)), (0.619, 1.0, (1,))], True)
    """
    ends = np.array([[before.rho, after.rho], [before.eps, after.eps]])
    if not all(np.isfinite(pair).all() or pair[0] == pair[1] for pair in ends):
        return None
    drawn = np.linspace(0, 1, 101)
    exact = bool((ends == [[1], [0]]).all()) and not _weighted_gaps(before, after)
    cuts = cuts_at(
        _roots(_polynomials(before, after))
        if exact
        else searched_crossings(lambda t: _values(before, after, t)).shares
    )
    led = leaders_of(_values(before, after, (cuts[1:] + cuts[:-1]) / 2))
    return Path(propositions, drawn, _values(before, after, drawn), pieces_between(cuts, led), exact)


def _weighted_gaps(before: Inputs, after: Inputs) -> bool:
    """Whether a missing score has weight anywhere on the way."""
    counts = (before.points + after.points > 0)[:, None] & (before.sizes + after.sizes > 0)[:, None, None]
    return bool(((np.isnan(before.scores) | np.isnan(after.scores)) & counts).any())


def _values(before: Inputs, after: Inputs, shares: FloatArray) -> FloatArray:
    """Values at some points of the way, shape (T, P)."""
    if (before.rho, before.eps) == (after.rho, after.eps) or not len(shares):
        return _mixed(before, after, shares, before.rho, before.eps)
    settings = [
        ((1 - t) * before.rho + t * after.rho, (1 - t) * before.eps + t * after.eps) for t in shares.tolist()
    ]
    rows = [_mixed(before, after, shares[[i]], *each) for i, each in enumerate(settings)]
    return np.concatenate(rows)


def _mixed(before: Inputs, after: Inputs, shares: FloatArray, rho: float, eps: float) -> FloatArray:
    a, b = before.case, after.case
    t = shares[:, None, None, None]
    here, there = ~np.isnan(a.scores), ~np.isnan(b.scores)
    scores = (1 - t) * np.where(here, a.scores, b.scores) + t * np.where(there, b.scores, a.scores)
    present = (1 - t) * here + t * there
    weights = ((1 - t) * a.weights[:, None] + t * b.weights[:, None]) * present
    by_segment = np.swapaxes(power_mean(scores, weights, rho), -1, -2)
    sizes = (1 - shares[:, None]) * a.sizes + shares[:, None] * b.sizes
    return power_mean(by_segment, sizes[:, None], 1 - eps)


def _polynomials(before: Inputs, after: Inputs) -> FloatArray:
    """Coefficients of every value in powers of the share of the way, shape (4, P)."""
    a, b = before.case, after.case
    sizes, weights, scores = (
        (np.nan_to_num(first), np.nan_to_num(second) - np.nan_to_num(first))
        for first, second in ((a.sizes, b.sizes), (a.weights, b.weights), (a.scores, b.scores))
    )
    result = np.zeros((4, a.scores.shape[1]))
    for i, j, k in product(range(2), repeat=3):
        result[i + j + k] += np.einsum("g,gd,gpd->p", sizes[i], weights[j], scores[k])
    return result


def _roots(polynomials: FloatArray) -> FloatArray:
    """Where any two of the polynomials have the same value."""
    first, second = np.triu_indices(polynomials.shape[1], 1)
    differences = polynomials[:, first] - polynomials[:, second]
    # Coefficients that are rounding alone would only add roots far away, at the cost of the near ones.
    differences[abs(differences) <= 1e-15] = 0.0
    found = [np.roots(column[::-1]) for column in differences.T]
    roots = np.concatenate([*found, np.empty(0)])
    return np.sort(roots.real[abs(roots.imag) < NEARLY_REAL])
