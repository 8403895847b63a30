"""Means of importance and scores by segment with their whole covariance, from sums alone.

With w the survey weight, o answered or not and e = w o (y - mean) / sum(w o), summed over each cluster c of
stratum h to T: V = sum over h of (1 - f) n / (n - 1) sum over c of (T - mean T)(T - mean T)', n counting every
cluster of the stratum in the sample (Woodruff 1971; Wolter, Introduction to Variance Estimation, 2007).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from valuemix.respondents.coding import Coding
from valuemix.respondents.sample import Sample
from valuemix.respondents.sums.crossing import ANY, Crossed
from valuemix.respondents.sums.kernel import Key, Sums
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["FEWEST", "WHOLE", "Estimates", "Scatter", "estimates_of"]

FEWEST = 5
"""Answers under which a cell carries no estimate: too few to say anything of, and close to naming people."""

ALIKE = 0.25
"""Part of the usual variance under which the answers of a cell are too much alike to be taken at their word."""

WHOLE = 3_000
"""Estimates up to which the covariance between segments is worked out; beyond it they are taken as independent."""


@dataclass(frozen=True)
class Estimates:
    """Means by segment, and their covariance.

    Attributes
    ----------
    means : ndarray, shape (G, K)
        NaN where there is no estimate. The last is the sum of survey weights.
    counts : ndarray of int, shape (G, K)
        Answers.
    effective : ndarray, shape (G, K)
        Effective number of answers: (sum w)^2 / sum w^2.
    degrees : ndarray, shape (G, K)
        Degrees of freedom: where clusters were drawn those with an answer less their strata (for a segment's total,
        which all of them bear on, all clusters less all strata); else one less than the effective number of answers.
    covariance : ndarray, shape (G K, G K), or None
        Of all of them, segment after segment; 0 where there is no estimate. None where there are too many.
    own : ndarray, shape (G, K, K)
        Of each segment by itself.
    alike : list of (int, int)
        Cells whose answers are so much alike that the usual variance was taken.
    lonely : int
        Strata with one cluster.
    scatters : list of Scatter
        Residuals of the units of each stratum.
    """

    means: FloatArray
    counts: IntArray
    effective: FloatArray
    degrees: FloatArray
    covariance: FloatArray | None
    own: FloatArray
    alike: list[tuple[int, int]]
    lonely: int
    scatters: list[Scatter]


@dataclass(frozen=True)
class Scatter:
    """Residuals of the units of one stratum: their sum, and the sum of their outer products.

    Attributes
    ----------
    total : ndarray, shape (G, K)
    own : ndarray, shape (G, K, K)
        Within each segment.
    units : dict of segment to (ndarray of int, ndarray)
        Where units are kept: their codes and residuals, shape (U, K).
    between : dict of (segment, segment) to ndarray, shape (K, K)
        Where they are not: sums of outer products of two segments, the lesser first.
    """

    total: FloatArray
    own: FloatArray
    units: dict[int, tuple[IntArray, FloatArray]]
    between: dict[tuple[int, int], FloatArray]


def estimates_of(
    sums: Sums, coding: Coding, sample: Sample, counts: Mapping[tuple[int, int], IntArray] | None = None
) -> Estimates:
    """Estimates from the sums of a sample.

    Parameters
    ----------
    sums : Sums
    coding : Coding
    sample : Sample
    counts : mapping of (segment, offer) to ndarray of int, optional
        Persons who answered each column, where a person has several rows.
    """
    groups, length = len(sample.segments), coding.length
    first = _first_order(sums, coding, groups, counts)
    total, weight = first["total"], first["weight"]
    means = np.divide(total, weight, out=np.full((groups, length), np.nan), where=weight > 0)
    effective = np.divide(weight**2, first["squared"], out=np.zeros_like(weight), where=first["squared"] > 0)
    effective *= first["count"] / np.maximum(first["rows"], 1)  # the rows of one person are one answer
    size = length - 1
    residual_means, scale = np.nan_to_num(means), np.where(weight > 0, weight, 1.0)
    residual_means[:, size], scale[:, size] = 0.0, 1.0  # the total of a segment is a sum, not a ratio
    scatters = [_scatter(h, sums, coding, (residual_means, scale), groups) for h in range(len(sample.units))]
    shown = (first["count"] >= FEWEST) & (weight > 0)
    degrees = np.maximum(effective - 1, 0.0)
    if sample.clusters:
        answered, strata = _clusters_with_answers(sums, coding, groups)
        shown &= answered >= 2
        degrees = (answered - strata).astype(np.float64)
        degrees[:, size] = sample.clusters - len(sample.units)
    for whole in (slice(0, coding.said), slice(coding.said, coding.importance)):
        shown[:, whole] &= shown[:, whole].all(axis=1, keepdims=True)
    shown[:, size] = True
    own = np.stack([_block(scatters, sample, g, g) for g in range(groups)]) * (
        shown[:, :, None] & shown[:, None, :]
    )
    alike = _usual_variance(own, means, first, effective, shown, coding)
    covariance = None
    if groups * length <= WHOLE:
        covariance = _whole(scatters, sample, own, shown, groups, length)
    totals = weight[:, size].copy()
    means = np.where(shown, means + coding.centres, np.nan)
    means[:, size] = totals
    return Estimates(
        means,
        first["count"].astype(np.int64),
        effective,
        degrees,
        covariance,
        own,
        alike,
        int((sample.units == 1).sum()),
        scatters,
    )


def _first_order(
    sums: Sums, coding: Coding, groups: int, counts: Mapping[tuple[int, int], IntArray] | None
) -> dict[str, FloatArray]:
    """Sums of w y, w, w^2, w y y, rows and answers by segment and estimate, over strata and offers in a fixed order."""
    names = ("total", "weight", "squared", "spread", "rows", "count")
    found = {name: np.zeros((groups, coding.length)) for name in names}
    width = len(coding.places(0))
    told: set[tuple[int, int]] = set()
    for key in sorted(sums.cells):
        cell, (_, g, offer) = sums.cells[key], key
        to, at = _to(coding, offer)
        parts = {
            "total": cell.total[:width],
            "weight": cell.total[width:],
            "squared": np.diag(cell.squares)[width:],
            "spread": cell.spread,
            "rows": cell.count,
            "count": cell.count,
        }
        if counts is not None:
            parts["count"] = counts[g, offer] if (g, offer) not in told else np.zeros(width)
            told.add((g, offer))
        for name, values in parts.items():
            np.add.at(found[name][g], to, values[at])
    return found


def _to(coding: Coding, offer: int) -> tuple[IntArray, IntArray]:
    """Estimates that the columns of a cell belong to, and these columns."""
    places = coding.places(offer)
    at = np.flatnonzero(places >= 0)
    return places[at], at


def _residuals(
    vectors: FloatArray, coding: Coding, key: Key, means: tuple[FloatArray, FloatArray]
) -> tuple[IntArray, FloatArray]:
    """Estimates of a cell, and the residuals of some vectors on them, shape (U, k)."""
    to, at = _to(coding, key[2])
    centre, weight = means[0][key[1], to], means[1][key[1], to]
    width = vectors.shape[-1] // 2
    return to, (vectors[..., at] - centre * vectors[..., width + at]) / weight


def _scatter(
    stratum: int, sums: Sums, coding: Coding, means: tuple[FloatArray, FloatArray], groups: int
) -> Scatter:
    total, own = np.zeros((groups, coding.length)), np.zeros((groups, coding.length, coding.length))
    parts: dict[int, list[tuple[IntArray, IntArray, FloatArray]]] = {}
    for key in sorted(key for key in sums.cells if key[0] == stratum):
        g = key[1]
        to, summed = _residuals(sums.cells[key].total, coding, key, means)
        np.add.at(total[g], to, summed)
        if key in sums.units:
            units, vectors = sums.unit_totals(key)
            parts.setdefault(g, []).append((units, *_residuals(vectors, coding, key, means)))
        elif not sums.crossed:
            own[g][np.ix_(to, to)] += _outer(sums.cells[key].squares, coding, (key, key), means)
    joined = {g: _joined(found, coding.length) for g, found in parts.items()}
    for g, (_, residuals) in joined.items():
        own[g] = residuals.T @ residuals
    return Scatter(total, own, joined, _products(stratum, sums, coding, means, own))


def _products(
    stratum: int, sums: Sums, coding: Coding, means: tuple[FloatArray, FloatArray], own: FloatArray
) -> dict[tuple[int, int], FloatArray]:
    """Products of residuals of units that were not kept: between segments, and within them added to their own."""
    between: dict[tuple[int, int], FloatArray] = {}
    for (one, other), product in (sums.crossed.products if sums.crossed else {}).items():
        if one[0] != stratum:
            continue
        same = one[1] == other[1]
        whole = own[one[1]] if same else between.setdefault((one[1], other[1]), np.zeros_like(own[0]))
        to, at = (_to(coding, key[2])[0] for key in (one, other))
        block = _outer(product, coding, (one, other), means)
        whole[np.ix_(to, at)] += block
        if same and one != other:
            whole[np.ix_(at, to)] += block.T
    return between


def _outer(
    product: FloatArray, coding: Coding, keys: tuple[Key, Key], means: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Product of residuals under two keys, of that of their vectors."""
    _, half = _residuals(product, coding, keys[1], means)
    return _residuals(half.T, coding, keys[0], means)[1].T


def _joined(parts: list[tuple[IntArray, IntArray, FloatArray]], length: int) -> tuple[IntArray, FloatArray]:
    """Residuals of each unit over the offers that it rated."""
    units = np.unique(np.concatenate([found for found, _, _ in parts]))
    residuals = np.zeros((len(units), length))
    for found, to, values in parts:
        residuals[np.ix_(np.searchsorted(units, found), to)] += values
    return units, residuals


def _block(scatters: list[Scatter], sample: Sample, one: int, other: int) -> FloatArray:
    """Covariance of the estimates of one segment with those of another."""
    length = scatters[0].total.shape[1]
    block = np.zeros((length, length))
    for scatter, count, fraction in zip(
        scatters, sample.units.tolist(), sample.fractions.tolist(), strict=True
    ):
        crossed = scatter.own[one] if one == other else _crossed(scatter, one, other)
        if count <= 1:  # a lonely stratum is held against the mean of all, which is 0
            block += (1 - fraction) * crossed
            continue
        centred = crossed - np.outer(scatter.total[one], scatter.total[other]) / count
        block += (1 - fraction) * count / (count - 1) * centred
    return block


def _crossed(scatter: Scatter, one: int, other: int) -> FloatArray | float:
    if (one, other) in scatter.between:
        return scatter.between[one, other]
    if (other, one) in scatter.between:
        return scatter.between[other, one].T
    if one not in scatter.units or other not in scatter.units:
        return 0.0
    (left, first), (right, second) = scatter.units[one], scatter.units[other]
    _, at, to = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    return first[at].T @ second[to]


def _whole(
    scatters: list[Scatter], sample: Sample, own: FloatArray, shown: BoolArray, groups: int, length: int
) -> FloatArray:
    whole = np.zeros((groups, length, groups, length))
    for one in range(groups):
        whole[one, :, one] = own[one]
        for other in range(one):
            block = _block(scatters, sample, one, other) * (shown[one][:, None] & shown[other])
            whole[one, :, other], whole[other, :, one] = block, block.T
    return whole.reshape(groups * length, groups * length)


def _clusters_with_answers(sums: Sums, coding: Coding, groups: int) -> tuple[IntArray, IntArray]:
    """Clusters in which each estimate has an answer, and strata that they are of, shape (G, K)."""
    crossed = sums.crossed or _crossed_again(sums)
    clusters, strata = np.zeros((2, groups, coding.length), dtype=np.int64)
    about_one = np.array([p < 0 for _, p, _ in coding.rated], dtype=bool)
    for (_, g, offer), answered in crossed.answered.items():
        to, at = _to(coding, -1 if offer == ANY else offer)
        own = np.zeros(len(answered), dtype=bool)  # columns that say which offer they are about
        own[coding.importance : coding.importance + len(about_one)] = about_one
        counted = own[at] if offer != ANY else ~own[at]
        clusters[g, to[counted]] += answered[at[counted]]
        strata[g, to[counted]] += answered[at[counted]] > 0
    return clusters, strata


def _crossed_again(sums: Sums) -> Crossed:
    """The same of units that were kept."""
    crossed = Crossed(between=False)
    crossed.add({key: sums.unit_totals(key) for key in sums.units}, -1)
    return crossed


def _usual_variance(
    own: FloatArray,
    means: FloatArray,
    first: Mapping[str, FloatArray],
    effective: FloatArray,
    shown: BoolArray,
    coding: Coding,
) -> list[tuple[int, int]]:
    """Give cells whose answers are too much alike the usual variance of their discipline; say which they are."""
    alike = []
    width, start = coding.width, coding.importance
    within = np.maximum(first["spread"] - np.nan_to_num(means) ** 2 * first["weight"], 0.0)
    for d in range(width):
        columns = np.arange(start + d, coding.length - 1, width)
        there = shown[:, columns]
        if there.sum() < 2:
            continue
        weight = first["weight"][:, columns]
        usual = within[:, columns][there].sum() / weight[there].sum()
        for g, i in np.argwhere(there & (within[:, columns] < ALIKE * usual * weight)).tolist():
            k = int(columns[i])
            own[g, k, k] = max(own[g, k, k], usual / effective[g, k])
            alike.append((g, k))
    return alike
