"""Levers: what moves the leader's lead most, and so which evidence is worth getting first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from valuemix.analysis.value.case import Case, leaders_of, swept_weights
from valuemix.analysis.value.scoring import TIE
from valuemix.typing import FloatArray

__all__ = ["Lever", "levers"]


@dataclass(frozen=True, slots=True)
class Lever:
    """One input moved down and up, and the leader's lead after each.

    Attributes
    ----------
    kind : {"weight", "score", "size"}
    segment : int
    proposition, discipline : int or None
        None where the kind has none.
    low_input, high_input : float
        The weight, score or size share after the move down and up.
    low_lead, high_lead : float
        Value of today's leader less that of the best other then; negative where it lost.
    """

    kind: Literal["weight", "score", "size"]
    segment: int
    proposition: int | None
    discipline: int | None
    low_input: float
    high_input: float
    low_lead: float
    high_lead: float

    @property
    def swing(self) -> float:
        """How far the lead moves."""
        return abs(self.high_lead - self.low_lead)


def levers(
    case: Case, *, weight_share: float = 0.05, score_share: float = 0.1, size_share: float = 0.1
) -> tuple[Lever, ...]:
    """Move every weight, score and size down and up by itself, largest swing of the lead first.

    Parameters
    ----------
    case : Case
    weight_share : float
        By how much a weight moves, the others keeping their proportions.
    score_share : float
        By how much a score moves, as a share of the scale. A missing score has no lever.
    size_share : float
        By what part of itself a size moves, the others keeping their proportions.

    Returns
    -------
    tuple of Lever
        Those that move nothing are left out; empty with fewer than two propositions.

    Examples
    --------
    >>> case = Case(np.array([[[0.8, 0.2], [0.4, 0.5]]]), np.array([[0.6, 0.4]]), np.ones(1))
    >>> first = levers(case)[0]
    >>> first.kind, first.discipline, round(first.low_lead, 3), round(first.high_lead, 3)
    ('score', 0, 0.06, 0.18)
    """
    values = case.values()
    if len(values) < 2 or not leaders_of(values).any():
        return ()
    leader = int(np.flatnonzero(leaders_of(values))[0])
    found = [
        *_weight_levers(case, leader, weight_share),
        *_score_levers(case, leader, score_share),
        *_size_levers(case, leader, size_share),
    ]
    return tuple(sorted((lever for lever in found if lever.swing > TIE), key=lambda lever: -lever.swing))


def _weight_levers(case: Case, leader: int, by: float) -> Iterator[Lever]:
    for g, d in np.ndindex(case.weights.shape):
        ends = np.clip(case.weights[g, d] + np.array([-by, by]), 0, 1)
        values = case.values(weights=swept_weights(case, d, ends, [g]))
        yield Lever("weight", g, None, d, *ends.tolist(), *_leads(values, leader))


def _score_levers(case: Case, leader: int, by: float) -> Iterator[Lever]:
    for g, p, d in np.argwhere(~np.isnan(case.scores)).tolist():
        ends = np.clip(case.scores[g, p, d] + np.array([-by, by]), 0, 1)
        scores = np.stack([case.scores, case.scores])
        scores[:, g, p, d] = ends
        yield Lever("score", g, p, d, *ends.tolist(), *_leads(case.values(scores=scores), leader))


def _size_levers(case: Case, leader: int, by: float) -> Iterator[Lever]:
    for g in range(len(case.sizes)):
        sizes = np.stack([case.sizes, case.sizes])
        sizes[:, g] *= np.array([1 - by, 1 + by])
        sizes /= sizes.sum(axis=1, keepdims=True)
        yield Lever("size", g, None, None, *sizes[:, g].tolist(), *_leads(case.values(sizes=sizes), leader))


def _leads(values: FloatArray, leader: int) -> list[float]:
    """Value of the leader less that of the best other, for each row."""
    others = np.delete(values, leader, axis=-1)
    best = np.max(others, axis=-1, initial=-np.inf, where=~np.isnan(others))
    result: list[float] = (values[:, leader] - best).tolist()
    return result
