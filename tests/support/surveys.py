"""Worlds with a known truth, and the surveys that are taken of them: what claims are held against.

A world has the true mean score of five propositions on four disciplines. An answer is that mean, what the
respondent thinks of the proposition as a whole (halo), and noise. A survey enters valuemix as people have it:
means, and the ends of their 95 % intervals.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

FloatArray = NDArray[np.float64]

PROPOSITIONS, DISCIPLINES, CENTRE = 5, 4, 4.0
HALO, NOISE = 0.55, 0.7
CLUSTERS, CLUSTER_EFFECT = 15, 0.2

KINDS = ("random", "clear", "two tied, others near", "two tied, others far", "all tied")
"""What is true: close together by chance, the first 0.2 ahead of the second, or the best exactly level."""


@dataclass(frozen=True)
class World:
    """What is true, and the survey that was taken.

    Attributes
    ----------
    truth : ndarray, shape (5, 4)
        True means.
    survey : Scenario
        Means, Low and High as a 95 % interval, the halo of the answers; weights are equal and known.
    """

    truth: FloatArray
    survey: Scenario

    @property
    def best(self) -> tuple[int, ...]:
        """Propositions of the highest true value."""
        values = self.truth.mean(axis=1)
        return tuple(np.flatnonzero(values >= values.max() - 1e-9).tolist())


def worlds(kind: str, answers: int, count: int, *, clustered: bool = False, seed: int = 0) -> Iterator[World]:
    """Worlds of a kind with so many answers about each proposition.

    Where clustered, answers come in 15 groups that share an error of their own.
    """
    rng = np.random.default_rng([seed, KINDS.index(kind), answers, clustered])
    for _ in range(count):
        truth = true_means(kind, rng)
        yield World(truth, _survey(truth, answers, clustered, rng))


def true_means(kind: str, rng: np.random.Generator) -> FloatArray:
    if kind == "random":
        by_proposition = rng.normal(CENTRE, 0.1, (PROPOSITIONS, 1))
        return by_proposition + rng.normal(0, 0.1, (PROPOSITIONS, DISCIPLINES))
    behind = {
        "clear": [0, 0.2, 0.6, 0.6, 0.6],
        "two tied, others near": [0, 0, 0.05, 0.05, 0.05],
        "two tied, others far": [0, 0, 0.6, 0.6, 0.6],
        "all tied": [0, 0, 0, 0, 0],
    }[kind]
    return np.repeat(CENTRE - np.array(behind, dtype=float)[:, None], DISCIPLINES, axis=1)


def _survey(truth: FloatArray, answers: int, clustered: bool, rng: np.random.Generator) -> Scenario:
    halo = rng.normal(0, HALO, (PROPOSITIONS, answers, 1))
    noise = rng.normal(0, NOISE, (PROPOSITIONS, answers, DISCIPLINES))
    group = np.arange(answers) % CLUSTERS
    together = rng.normal(0, CLUSTER_EFFECT, (PROPOSITIONS, CLUSTERS, 1))[:, group] if clustered else 0.0
    given = truth[:, None] + halo + noise + together
    units = given
    if clustered:
        # What is independent of each other is the groups, so they are the units of the error.
        units = np.stack([given[:, group == c].mean(axis=1) for c in range(CLUSTERS)], axis=1)
    count = units.shape[1]
    means = units.mean(axis=1)
    errors = units.std(axis=1, ddof=1) / np.sqrt(count) * t.ppf(0.975, count - 1)
    correlations = [np.corrcoef(rows.T)[np.triu_indices(DISCIPLINES, 1)].mean() for rows in units]
    doubt = Doubt(weights_within=0, ranges="interval", halo=float(np.clip(np.mean(correlations), 0, 1)))
    survey = Scenario.from_arrays(np.clip(means, 1, 5), scale=(1, 5))
    survey = survey.with_settings(doubt=doubt)
    return survey.with_table("low", np.clip(means - errors, 1, 5)[None]).with_table(
        "high", np.clip(means + errors, 1, 5)[None]
    )
