"""Covariance between the estimates of two waves, over the people or clusters that are in both.

A unit c of stratum h of a wave has D = sqrt((1 - f) n / (n - 1)) (T - mean T) with the n, f and mean of that wave.
The covariance of a wave is the sum of D D' over its units; that of two waves is the sum over the units of both. It is
the formula of one sample where all units are in both, 0 where none is, and never an impossible covariance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.respondents.estimates import Scatter
from valuemix.respondents.sample import Sample
from valuemix.typing import FloatArray, IntArray

__all__ = ["Units", "kept_units", "residuals_across"]

CHUNK = 4_096
"""Units that are looked at together."""


@dataclass(frozen=True)
class Units:
    """Residuals of the units of one wave: its sample, the table of their codes, and the residuals by stratum."""

    sample: Sample
    table: str
    scatters: list[Scatter]


def kept_units(sample: Sample, scatters: list[Scatter], age: int) -> Units:
    """Units of a wave, kept while the next is read."""
    table = f"units_{age}"
    sample.answers.table(
        table,
        "SELECT u.key, u.stratum, u.code, h.code AS place FROM units u JOIN strata h ON h.stratum = u.stratum",
    )
    return Units(sample, table, scatters)


def residuals_across(newer: Units, older: Units) -> FloatArray | None:
    """Covariance of the means of two waves, shape (G, K, H, K); None where no unit is in both."""
    # A person is the same in any stratum; clusters are nested in them.
    same = "a.key = b.key" + (" AND a.stratum = b.stratum" if newer.sample.clusters else "")
    shared = newer.sample.answers.rows(
        f"SELECT a.code, a.place, b.code, b.place FROM {newer.table} a JOIN {older.table} b ON {same} "
        "WHERE a.key <> '' ORDER BY a.code"
    )
    if not shared:
        return None
    pairs = np.array(shared, dtype=np.int64)
    shapes = [each.scatters[0].total.shape for each in (newer, older)]
    total = np.zeros((shapes[0][0] * shapes[0][1], shapes[1][0] * shapes[1][1]))
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        total += _centred(newer, part[:, 0], part[:, 1]).T @ _centred(older, part[:, 2], part[:, 3])
    return total.reshape(*shapes[0], *shapes[1])


def _centred(units: Units, codes: IntArray, strata: IntArray) -> FloatArray:
    """D of some units, shape (n, G K)."""
    groups, length = units.scatters[0].total.shape
    found = np.zeros((len(codes), groups, length))
    counts, fractions = units.sample.units, units.sample.fractions
    for h in np.unique(strata).tolist():
        rows, scatter, n = np.flatnonzero(strata == h), units.scatters[h], float(counts[h])
        own = np.zeros((len(rows), groups, length))
        for g, (known, residuals) in scatter.units.items():
            at = np.searchsorted(known, codes[rows]).clip(max=len(known) - 1)
            there = known[at] == codes[rows]
            own[there, g] = residuals[at[there]]
        # A lonely stratum is held against the mean of all, which is 0.
        centred, factor = (own, 1.0) if n <= 1 else (own - scatter.total / n, n / (n - 1))
        found[rows] = np.sqrt(max(1 - float(fractions[h]), 0.0) * factor) * centred
    return found.reshape(len(codes), -1)
