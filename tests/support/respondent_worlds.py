"""Worlds with true weights and scores, their respondents drawn one by one, and what the survey command reads of them.

The kinds of worlds are those of `surveys`. What respondents say of a discipline is a whole number from 1 to 5 that is
the true score in the mean; of what matters they say points that are the true weights in the mean.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from respondent_tables import DISCIPLINES
from scipy.special import ndtr
from surveys import CLUSTER_EFFECT, CLUSTERS, HALO, KINDS, NOISE, PROPOSITIONS, FloatArray, true_means

from valuemix.model.scenario import Scenario
from valuemix.respondents.survey import survey

SEGMENTS = 3
TOGETHER = 10
"""Worlds that are read at once, each a segment of one table; clusters and sizes are of a table by itself."""

_POINTS, _ALIKE, _ALIKE_IN_CLUSTER = 20, 12.0, 40.0
_RATINGS = [f"{p}_{name}" for p in range(PROPOSITIONS) for name in DISCIPLINES]
_STATED = [f"points_{name}" for name in DISCIPLINES]
_MAP = {
    "segment": "segment",
    "scale": [1, 5],
    "importance": dict(zip(DISCIPLINES, _STATED, strict=True)),
    "ratings": [
        {"proposition": f"Offer {p}", "discipline": name, "column": f"{p}_{name}"}
        for p in range(PROPOSITIONS)
        for name in DISCIPLINES
    ],
}


@dataclass(frozen=True)
class Asked:
    """A world, and the scenario that was read of its respondents.

    Attributes
    ----------
    worth : ndarray, shape (5,)
        True values of the propositions.
    survey : Scenario
    segment : str or None
        Segment of the scenario that the world is; None where it is all of it.
    """

    worth: FloatArray
    survey: Scenario
    segment: str | None

    @property
    def best(self) -> tuple[int, ...]:
        """Propositions of the highest true value."""
        return tuple(np.flatnonzero(self.worth >= self.worth.max() - 1e-9).tolist())


@dataclass(frozen=True)
class _Part:
    """A segment of a world: true values of the propositions, and the answers that were drawn of it."""

    worth: FloatArray
    rows: pd.DataFrame


def asked_worlds(kind: str, answers: int, count: int, design: str = "", *, seed: int = 0) -> Iterator[Asked]:
    """Worlds of a kind with so many respondents, who all rate every proposition.

    Parameters
    ----------
    kind : str
        One of `surveys.KINDS`.
    answers, count : int
        Respondents of a world, and worlds.
    design : {"", "clusters", "segments"}
        Drawn one by one; in 15 clusters that share an error of their own; or with survey weights over three segments
        that value otherwise, with one answer in ten missing.
    seed : int
    """
    rng = np.random.default_rng([seed, KINDS.index(kind), answers, len(design)])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.parquet")
        if design == "segments":
            yield from (_in_segments(kind, answers, file, rng) for _ in range(count))
        elif design:
            for _ in range(count):
                own = _drawn(kind, answers, rng, clustered=True)
                yield Asked(own.worth, _read(file, own.rows, cluster="cluster"), None)
        else:
            for start in range(0, count, TOGETHER):
                parts = [_drawn(kind, answers, rng) for _ in range(start, min(start + TOGETHER, count))]
                named = [own.rows.assign(segment=f"W{i}") for i, own in enumerate(parts)]
                read = _read(file, pd.concat(named))
                yield from (Asked(own.worth, read, f"W{i}") for i, own in enumerate(parts))


def _in_segments(kind: str, answers: int, file: Path, rng: np.random.Generator) -> Asked:
    """A world of three segments with sizes and weights of their own."""
    sizes = rng.dirichlet(np.full(SEGMENTS, 6.0))
    whose = rng.choice(SEGMENTS, answers, p=sizes)
    parts = [_drawn(kind, answers, rng) for _ in range(SEGMENTS)]
    rows = pd.concat(
        [own.rows[whose == g].assign(segment=f"S{g}") for g, own in enumerate(parts)], ignore_index=True
    )
    rows[_RATINGS] = rows[_RATINGS].mask(rng.random((answers, len(_RATINGS))) < 0.1)
    rows["weight"] = rng.choice([0.5, 1.0, 2.0], answers)
    worth = np.sum([size * own.worth for size, own in zip(sizes, parts, strict=True)], axis=0)
    return Asked(worth, _read(file, rows, weight="weight"), None)


def _read(file: Path, rows: pd.DataFrame, **more: str) -> Scenario:
    rows.to_parquet(file, index=False)
    return survey(file, {**_MAP, **more})


def _drawn(kind: str, answers: int, rng: np.random.Generator, *, clustered: bool = False) -> _Part:
    """True weights and scores of a kind, and respondents who say them."""
    weights = rng.dirichlet(np.full(len(DISCIPLINES), 8.0))
    truth = true_means(kind, rng)
    if kind != "random":  # as far apart as the kind says, by scores that differ
        apart = rng.normal(0, 0.1, truth.shape)
        truth = truth + apart - (apart @ weights)[:, None]
    group = np.arange(answers) % CLUSTERS
    shape = (answers, PROPOSITIONS)
    given = rng.normal(0, HALO, shape)[:, :, None] + rng.normal(0, NOISE, (*shape, len(DISCIPLINES)))
    stated, spread = weights, np.hypot(HALO, NOISE)
    if clustered:
        given = given + rng.normal(0, CLUSTER_EFFECT, (CLUSTERS, PROPOSITIONS, 1))[group]
        stated, spread = (
            rng.dirichlet(_ALIKE_IN_CLUSTER * weights, CLUSTERS)[group],
            np.hypot(spread, CLUSTER_EFFECT),
        )
    said = np.clip(np.round(_unrounded(truth, spread) + given), 1, 5)
    shares = rng.standard_gamma(np.broadcast_to(_ALIKE * stated, (answers, len(DISCIPLINES))))
    points = rng.multinomial(_POINTS, shares / shares.sum(axis=1, keepdims=True)) * (100 / _POINTS)
    rows = pd.DataFrame(np.hstack([said.reshape(answers, -1), points]), columns=[*_RATINGS, *_STATED])
    return _Part(truth @ weights, rows.assign(segment="All", cluster=group))


def _unrounded(truth: FloatArray, spread: float) -> FloatArray:
    """Middle of answers that, rounded and cut at 1 and 5, are this in the mean."""
    middles = np.linspace(0, 6, 2401)
    means = 1 + ndtr((middles[:, None] - np.arange(1.5, 5)) / spread).sum(axis=1)
    return np.interp(truth, means, middles)
