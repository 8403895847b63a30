"""Worlds with true weights and scores, their respondents drawn one by one, and the scenario that is made of them.

The kinds of worlds are those of `surveys`. What respondents say of a discipline is a whole number from 1 to 5 that is
the true score in the mean; of what matters they say points that are the true weights in the mean. Answers go the way
of `survey` from the point where the engine hands them over as numbers, as an engine would take most of the time;
`Drawn.table` and `ROLES` are what it would read.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from respondent_tables import DISCIPLINES
from scipy.special import ndtr
from surveys import CLUSTER_EFFECT, CLUSTERS, HALO, KINDS, NOISE, PROPOSITIONS, FloatArray, true_means

from valuemix.model.parts import Scale
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import case_of, evidence_of
from valuemix.respondents.coding import coding_of
from valuemix.respondents.estimates import estimates_of
from valuemix.respondents.framing import disciplines_of, framed
from valuemix.respondents.heard import heard_from
from valuemix.respondents.questions import questions_of
from valuemix.respondents.sample import Sample
from valuemix.respondents.sums.kernel import Sums
from valuemix.respondents.survey_map import read_map
from valuemix.typing import IntArray

SEGMENTS = 3

_POINTS, _ALIKE, _ALIKE_IN_CLUSTER = 20, 12.0, 40.0
_RATINGS = [f"{p}_{name}" for p in range(PROPOSITIONS) for name in DISCIPLINES]
_STATED = [f"points_{name}" for name in DISCIPLINES]
_OFFERS = tuple(f"Offer {p}" for p in range(PROPOSITIONS))
ROLES = {
    "segment": "segment",
    "scale": [1, 5],
    "importance": dict(zip(DISCIPLINES, _STATED, strict=True)),
    "ratings": [
        {"proposition": offer, "discipline": name, "column": f"{p}_{name}"}
        for p, offer in enumerate(_OFFERS)
        for name in DISCIPLINES
    ],
}
_SCALE = Scale(lowest=1, highest=5)
_MAP = read_map(ROLES)
_MADE, _PLACES = disciplines_of(_MAP, None)
_CODING = coding_of(_MAP, questions_of(_MAP), _PLACES, len(DISCIPLINES), _OFFERS, _SCALE)


@dataclass(frozen=True)
class Drawn:
    """True values of the propositions, and the answers that were drawn.

    Attributes
    ----------
    worth : ndarray, shape (5,)
    answers : ndarray, shape (n, 24)
        Points of the disciplines, then ratings by proposition and discipline; NaN where missing.
    segment, cluster : ndarray of int, shape (n,)
    weights : ndarray, shape (n,)
        Of the survey.
    design : str
    """

    worth: FloatArray
    answers: FloatArray
    segment: IntArray
    cluster: IntArray
    weights: FloatArray
    design: str

    @property
    def best(self) -> tuple[int, ...]:
        """Propositions of the highest true value."""
        return tuple(np.flatnonzero(self.worth >= self.worth.max() - 1e-9).tolist())

    @property
    def table(self) -> pd.DataFrame:
        """The answers as a table that `survey` reads."""
        rows = pd.DataFrame(self.answers, columns=[*_STATED, *_RATINGS])
        named = [f"S{g}" for g in self.segment.tolist()]
        return rows.assign(segment=named, cluster=self.cluster, weight=self.weights)

    @property
    def scenario(self) -> Scenario:
        """What is made of them."""
        count, groups = len(self.answers), int(self.segment.max()) + 1
        grouped, none = self.design == "clusters", np.zeros(count, dtype=np.int64)
        columns = {f"q{i}": column for i, column in enumerate(self.answers.T)}
        codes = {"segment": self.segment, "offer": none, "stratum": none, "unit": self.cluster}
        ones = np.ones(count)
        rows = {"weight": self.weights, "once": ones, "part": ones, **codes, **columns}
        sums = Sums()
        sums.add(_CODING.batch(rows, grouped=grouped))
        sample: Any = SimpleNamespace(
            segments=tuple(f"S{g}" for g in range(groups)),
            propositions=_OFFERS,
            people=np.bincount(self.segment),
            respondents=count,
            units=np.array([float(CLUSTERS if grouped else count)]),
            fractions=np.zeros(1),
            grouped=grouped,
            clusters=CLUSTERS if grouped else 0,
        )
        return _scenario_of(sums, sample, hashlib.sha256(self.answers.tobytes()).hexdigest())


def _scenario_of(sums: Sums, sample: Sample, hashed: str) -> Scenario:
    """Scenario of the sums of a sample, with its evidence but for who would choose what."""
    heard = heard_from(estimates_of(sums, _CODING, sample), _CODING, DISCIPLINES, sample.segments, sizes=True)
    frame, _ = framed(sample, heard, _MADE, _SCALE, None)
    made = case_of(frame, heard, "stated", name="World")
    evidence = evidence_of(
        frame,
        heard,
        made,
        np.full((len(sample.segments), PROPOSITIONS), np.nan),
        across=True,
        people=dict(zip(sample.segments, sample.people.tolist(), strict=True)),
        source="",
        hash=hashed,
        weights="stated",
        respondents=sample.respondents,
        strata=1,
        clusters=sample.clusters,
    )
    return made.replace(evidence=evidence)


def drawn_worlds(kind: str, answers: int, count: int, design: str = "", *, seed: int = 0) -> Iterator[Drawn]:
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
    for _ in range(count):
        yield _in_segments(kind, answers, rng) if design == "segments" else _drawn(kind, answers, rng, design)


def _in_segments(kind: str, answers: int, rng: np.random.Generator) -> Drawn:
    """A world of three segments with sizes and weights of their own."""
    sizes = rng.dirichlet(np.full(SEGMENTS, 6.0))
    whose = rng.choice(SEGMENTS, answers, p=sizes)
    parts = [_drawn(kind, answers, rng) for _ in range(SEGMENTS)]
    given = np.choose(whose[:, None], [own.answers for own in parts])
    given[:, len(_STATED) :][rng.random((answers, len(_RATINGS))) < 0.1] = np.nan
    worth = np.sum([size * own.worth for size, own in zip(sizes, parts, strict=True)], axis=0)
    weights = rng.choice([0.5, 1.0, 2.0], answers)
    return Drawn(worth, given, whose, parts[0].cluster, weights, "segments")


def _drawn(kind: str, answers: int, rng: np.random.Generator, design: str = "") -> Drawn:
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
    if design:
        given = given + rng.normal(0, CLUSTER_EFFECT, (CLUSTERS, PROPOSITIONS, 1))[group]
        stated, spread = (
            rng.dirichlet(_ALIKE_IN_CLUSTER * weights, CLUSTERS)[group],
            np.hypot(spread, CLUSTER_EFFECT),
        )
    said = np.clip(np.round(_unrounded(truth, spread) + given), 1, 5)
    shares = rng.standard_gamma(np.broadcast_to(_ALIKE * stated, (answers, len(DISCIPLINES))))
    points = rng.multinomial(_POINTS, shares / shares.sum(axis=1, keepdims=True)) * (100 / _POINTS)
    said_of_all = np.hstack([points, said.reshape(answers, -1)])
    one = np.zeros(answers, dtype=np.int64)
    return Drawn(truth @ weights, said_of_all, one, group, np.ones(answers), design)


def _unrounded(truth: FloatArray, spread: float) -> FloatArray:
    """Middle of answers that, rounded and cut at 1 and 5, are this in the mean."""
    middles = np.linspace(0, 6, 2401)
    means = 1 + ndtr((middles[:, None] - np.arange(1.5, 5)) / spread).sum(axis=1)
    return np.interp(truth, means, middles)
