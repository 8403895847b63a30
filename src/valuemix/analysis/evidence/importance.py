"""What matters to those who were asked, and whether segments differ in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from scipy.special import fdtrc

from valuemix.analysis.certainty.certainty import Certainty, differing
from valuemix.analysis.draws.survey_errors import answers_of, covariance_of, degrees_of, fewest_degrees
from valuemix.analysis.evidence.student import half_width, judged, sure_above
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.errors import NothingToShow
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["Apart", "Importance", "Weighed", "heard_importance", "segments_apart", "with_importance"]

ALIKE = 1e-6
"""Contrasts whose variance is less than this part of the largest are rounding."""


@dataclass(frozen=True)
class Importance:
    """Weights as respondents gave them, whatever the scenario's weights are today.

    Attributes
    ----------
    segments : tuple of int
        Places of the G segments that said what matters.
    shares : ndarray, shape (G, D)
    covariance : ndarray, shape (G, D, G, D)
    degrees : ndarray, shape (G,)
        Degrees of freedom.
    """

    segments: tuple[int, ...]
    shares: FloatArray
    covariance: FloatArray
    degrees: FloatArray

    def mean(self, scenario: Scenario, segment: str | None = None) -> Weighed:
        """Weights in a segment, or their mean over segments by size.

        Raises
        ------
        NothingToShow
            Where the segment did not say what matters.
        """
        part = self.parts(scenario, segment)
        covariance = np.einsum("a,aibj,b->ij", part, self.covariance, part)
        return Weighed(part @ self.shares, covariance, float(self.degrees[part > 0].min()))

    def parts(self, scenario: Scenario, segment: str | None = None) -> FloatArray:
        """Part of each segment in that mean, shape (G,); as `mean`."""
        if segment is None:
            sizes = scenario.size_shares[[*self.segments]]
            return sizes / sizes.sum() if sizes.sum() > 0 else np.full(len(sizes), 1 / len(sizes))
        part = np.array([float(g == scenario.segment_index(segment)) for g in self.segments])
        if not part.any():
            raise NothingToShow(f"nobody in {segment} said what matters")
        return part


@dataclass(frozen=True)
class Weighed:
    """Weights of one segment, or their mean over several: shares, their covariance and degrees of freedom."""

    shares: FloatArray
    covariance: FloatArray
    degrees: float

    @property
    def errors(self) -> FloatArray:
        """Standard errors, shape (D,)."""
        return np.asarray(np.sqrt(np.maximum(np.diag(self.covariance), 0.0)))

    @property
    def half_widths(self) -> FloatArray:
        """Half the widths of the 95 % intervals, shape (D,)."""
        return self.errors * half_width(1.0, self.degrees)

    def largest(self, *, too_few: bool) -> Certainty:
        """How sure it is which weight is the largest."""
        leaders = np.flatnonzero(self.shares >= self.shares.max() - TIE).tolist()
        above = np.full(len(self.shares), np.nan)
        for d in range(len(above)):
            if d != leaders[0]:
                v = self.covariance[np.ix_([leaders[0], d], [leaders[0], d])]
                error = float(np.sqrt(max(v[0, 0] + v[1, 1] - 2 * v[0, 1], 0.0)))
                above[d] = sure_above(float(self.shares[leaders[0]] - self.shares[d]), error, self.degrees)
        return judged((*leaders,), above, too_few=too_few)


def heard_importance(scenario: Scenario) -> Importance:
    """Weights of all segments that said what matters.

    Raises
    ------
    EditError
        Where the scenario has no evidence.
    NothingToShow
        Where nobody was asked what matters.
    """
    evidence, ids = answers_of(scenario), list(scenario.discipline_ids)
    places, rows, shares, degrees, start = [], [], [], [], 0
    heard = [own for own in evidence.segments if own.segment in scenario.segment_names]
    for own in heard:
        told = {each.discipline: i for i, each in enumerate(own.estimates) if each.of == "weight"}
        if told.keys() == {*ids}:
            places.append(scenario.segment_names.index(own.segment))
            rows.append([start + told[name] for name in ids])
            shares.append([own.estimates[told[name]].mean for name in ids])
            degrees.append(degrees_of(evidence, own.estimates[told[ids[0]]]))
        start += len(own.estimates)
    if not rows:
        raise NothingToShow("the respondents were not asked what matters, so weights are not theirs")
    every = np.concatenate(rows)
    shape = (len(rows), len(ids))
    covariance = covariance_of(evidence, heard)[np.ix_(every, every)].reshape(*shape, *shape)
    return Importance((*places,), np.array(shares), covariance, np.array(degrees))


def with_importance(scenario: Scenario, found: Importance) -> Scenario:
    """Scenario with weights as respondents gave them; segments that gave none keep those of today."""
    evidence, shares = answers_of(scenario), scenario.weights.copy()
    shares[[*found.segments]] = found.shares
    weights: Literal["derived", "stated"] = "derived" if evidence.weights == "derived" else "stated"
    return scenario.with_points(100 * shares).replace(evidence=evidence.with_weights(weights))


@dataclass(frozen=True)
class Apart:
    """Whether two segments differ in what matters to them.

    Attributes
    ----------
    first, second : int
        Places of the segments.
    widest : int
        Discipline whose weights are farthest apart.
    gap : float
        Its weight in the first less that in the second, as a share.
    statistic, p : float
        Wald's F on D - 1 contrasts, and its p value.
    contrasts : int
    degrees : float
        Degrees of freedom of the design.
    differs : bool
        By Holm's procedure over all pairs.
    reorders : bool
        Whether any rank in one of them would be another with the weights of the other.
    """

    first: int
    second: int
    widest: int
    gap: float
    statistic: float
    p: float
    contrasts: int
    degrees: float
    differs: bool
    reorders: bool


def segments_apart(scenario: Scenario) -> list[Apart]:
    """Every pair of segments: one Wald F test each, and Holm's procedure over all.

    Returns
    -------
    list of Apart
        The most distinct first.

    Raises
    ------
    EditError, NothingToShow
        Where nobody was asked what matters, or in one segment alone.
    """
    found, evidence = heard_importance(scenario), answers_of(scenario)
    if len(found.segments) < 2:
        raise NothingToShow("one segment alone said what matters, so there is nothing it could differ from")
    ranked = _Ranked(scenario, found)
    tested = [_tested(found, a, b) for a, b in combinations(range(len(found.segments)), 2)]
    enough = [degrees >= fewest_degrees(evidence) for *_, degrees in tested]
    shares = [1 - p / 2 if known else 0.5 for (*_, p, _, _), known in zip(tested, enough, strict=True)]
    pairs = []
    for (a, b, statistic, p, contrasts, degrees), differs in zip(tested, differing(shares), strict=True):
        gaps = found.shares[a] - found.shares[b]
        widest = int(np.abs(gaps).argmax())
        pairs.append(
            Apart(
                found.segments[a], found.segments[b], widest, float(gaps[widest]),
                statistic, p, contrasts, degrees, differs, ranked.reorders(a, b),
            )
        )  # fmt: skip
    return sorted(pairs, key=lambda each: (each.p, each.first, each.second))


def _tested(found: Importance, a: int, b: int) -> tuple[int, int, float, float, int, float]:
    """Both segments, Wald's F, its p value, contrasts and degrees of freedom."""
    v = found.covariance
    spread = (v[a, :, a] + v[b, :, b] - v[a, :, b] - v[b, :, a])[:-1, :-1]
    gap, degrees = (found.shares[a] - found.shares[b])[:-1], float(found.degrees[[a, b]].min())
    sizes, axes = np.linalg.eigh(spread)
    kept = sizes > ALIKE * max(sizes.max(), 0.0)
    contrasts = int(kept.sum())
    if not contrasts:
        same = bool((np.abs(gap) <= TIE).all())
        return a, b, 0.0 if same else float("inf"), 1.0 if same else 0.0, len(gap), degrees
    statistic = float(((gap @ axes[:, kept]) ** 2 / sizes[kept]).sum()) / contrasts
    p = float(fdtrc(contrasts, max(degrees, 1.0), statistic))
    return a, b, statistic, p, contrasts, degrees


class _Ranked:
    """Ranks in each segment under the weights that another one gave."""

    def __init__(self, scenario: Scenario, found: Importance) -> None:
        self._scenario, self._found = scenario, found
        self._ranks: dict[int, IntArray] = {}

    def reorders(self, a: int, b: int) -> bool:
        return any(
            (self._under(mine)[g] != self._under(other)[g]).any()
            for mine, other in ((a, b), (b, a))
            for g in [self._found.segments[mine]]
        )

    def _under(self, weights: int) -> IntArray:
        if weights not in self._ranks:
            points = np.repeat(100 * self._found.shares[[weights]], len(self._scenario.segments), axis=0)
            self._ranks[weights] = evaluate(self._scenario.with_points(points)).ranks
        return self._ranks[weights]
