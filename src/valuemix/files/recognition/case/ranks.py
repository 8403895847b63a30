"""The owner's own ranks prove a reading, or tell that less is better in all of it."""

from __future__ import annotations

import itertools

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.typing import FloatArray

__all__ = ["counts_down"]

_LEAST = 3
_ENOUGH = 0.8
_TIE = 1e-9


def counts_down(
    case: Case, scores: FloatArray, weights: FloatArray, given: Reading, findings: Findings, *, alike: bool
) -> bool:
    """Whether less is better in every criterion, since the owner's ranks, 1 for the best, are the other way round.

    Ranks that agree with the scores are told; where they go neither way it is asked which criteria count down.

    Parameters
    ----------
    case : Case
    scores : array, shape (G, P, D)
        On the scale.
    weights : array, shape (G, D)
    given : Reading
        What the owner said of directions is followed.
    findings : Findings
    alike : bool
        Whether all criteria are on one scale and count upward.
    """
    agree, reverse, pairs = _compared(case, scores, weights)
    if pairs and alike and case.are_ranks_said and not given.directions and reverse >= _ENOUGH * pairs:
        findings.guess("Less is better in every criterion: your own ranks, 1 for the best, say so.")
        return True
    if pairs:
        _tell_ranks(case, agree, pairs, given, findings)
    return False


def _compared(case: Case, scores: FloatArray, weights: FloatArray) -> tuple[int, int, int]:
    """Pairs of options that go the way of the owner's ranks, the other way, and all; none where there are few ranks."""
    ranked = [p for p, name in enumerate(case.options) if name in case.ranks]
    if len(ranked) < _LEAST or len(case.segments) > 1:
        return 0, 0, 0
    ranks = np.array([case.ranks[case.options[p]] for p in ranked])
    return _pairs(ranks, _values(scores[0][ranked], weights[0]))


def _tell_ranks(case: Case, agree: int, pairs: int, given: Reading, findings: Findings) -> None:
    # Places may be rounded or tied; a total that orders otherwise is of other scores or weights than these.
    if agree >= (_ENOUGH * pairs if case.are_ranks_said else pairs):
        findings.guess(f"Your own order agrees in {agree} of {pairs} pairs of options.")
        return
    if given.directions:
        return
    first = min(case.ranks, key=lambda name: case.ranks[name])
    findings.ask(
        "directions",
        tuple(case.criteria),
        f"Your own order, with {shorten(first)!r} first, agrees in only {agree} of {pairs} pairs of options with what "
        "comes of these scores: of which criteria is less better?",
        "more",
    )


def _values(scores: FloatArray, weights: FloatArray) -> FloatArray:
    there = np.isfinite(scores)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nan_to_num(scores) @ weights / (there @ weights))


def _pairs(ranks: FloatArray, values: FloatArray) -> tuple[int, int, int]:
    """Pairs with different ranks in which the values go the same way, the other way, and both; ties are neither."""
    pairs = [
        (values[a] - values[b]) * np.sign(ranks[b] - ranks[a])
        for a, b in itertools.combinations(range(len(ranks)), 2)
        if ranks[a] != ranks[b] and np.isfinite(values[[a, b]]).all()
    ]
    ahead = np.array(pairs)
    agree, reverse = int((ahead > _TIE).sum()), int((ahead < -_TIE).sum())
    return agree, reverse, agree + reverse
