"""What respondents say of scores that are put together of those in moments."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuemix.model.evidence import Estimate, SegmentEvidence, Wave, packed, packed_whole
from valuemix.typing import FloatArray

if TYPE_CHECKING:
    from valuemix.model.content import Content
    from valuemix.model.evidence import Between, Evidence

__all__ = ["carried"]

SAME = 1e-9
"""Numbers closer than this are still those that respondents gave."""


def carried(scenario: Content, slopes: FloatArray, scores: FloatArray, of: int = -1) -> Evidence | None:
    """Evidence of scores that are put together of those in moments, with its covariance.

    A score whose parts are not all those that respondents gave has no estimate.

    Parameters
    ----------
    scenario : Content
        With moments.
    slopes : ndarray, shape (G, J, P, D)
        What each score rises by with that in each moment; NaN where it has no slope.
    scores : ndarray, shape (G, P, D)
        As put together, on the scale.
    of : int
        One proposition, whose scores in each moment are then those of a proposition of the moment's name.
    """
    evidence = scenario.evidence
    if evidence is None or not evidence.in_moments:
        return evidence
    names = (*scenario.axes, scenario.moment_names)
    own, given = scenario.moment_means.own_scores, scenario.given("scores")
    return _carried(evidence, _Scores(names, slopes, scores, own, given, SAME * scenario.scale.width, of))


@dataclass(frozen=True, eq=False)
class _Scores:
    """Scores and what they are made of: segments, propositions, disciplines and moments by name."""

    names: tuple[tuple[str, ...], ...]
    slopes: FloatArray
    scores: FloatArray
    own: FloatArray
    given: FloatArray
    same: float
    of: int

    def targets(self) -> Iterator[tuple[str, int, int]]:
        """Name of each proposition that has scores, its place, and the one moment that they are of; -1: of all."""
        _, propositions, _, moments = self.names
        if self.of < 0:
            yield from ((name, p, -1) for p, name in enumerate(propositions))
        else:
            yield from ((name, self.of, j) for j, name in enumerate(moments))

    @cached_property
    def _key(self) -> tuple[object, ...]:
        arrays = (self.slopes, self.scores, self.own, self.given)
        return (self.names, self.same, self.of, *(array.tobytes() for array in arrays))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Scores) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@functools.lru_cache(maxsize=64)
def _carried(evidence: Evidence, scores: _Scores) -> Evidence:
    heard = [_Heard(wave, scores, newest=not age) for age, wave in enumerate(evidence.waves)]
    newest, *earlier = (
        evidence.alone(age, segments=wave.segments, between=wave.between) for age, wave in enumerate(heard)
    )
    across = [
        pair.model_copy(update={"covariance": heard[pair.newer].covariance_of(pair, heard[pair.older])})
        for pair in evidence.across
    ]
    return newest.with_earlier(earlier, across)


class _Heard:
    """Estimates of one wave, and how they move with those that were read."""

    def __init__(self, wave: Wave, scores: _Scores, *, newest: bool) -> None:
        self.scores, self.newest = scores, newest
        told = {own.segment: self._moved(own) for own in wave.segments}
        self.maps = {name: slopes for name, (_, slopes) in told.items()}
        self.segments = tuple(
            own.model_copy(
                update={
                    "estimates": told[own.segment][0],
                    "covariance": packed(self.maps[own.segment] @ own.matrix @ self.maps[own.segment].T),
                }
            )
            for own in wave.segments
        )
        self.between = tuple(
            pair.model_copy(update={"covariance": self.covariance_of(pair, self)}) for pair in wave.between
        )

    def covariance_of(self, pair: Between, other: _Heard) -> str:
        """Covariance of a segment's estimates with those of another, there, packed."""
        one, two = self.maps[pair.first], other.maps[pair.second]
        return packed_whole(one @ pair.matrix((one.shape[1], two.shape[1])) @ two.T)

    def _moved(self, own: SegmentEvidence) -> tuple[tuple[Estimate, ...], FloatArray]:
        rows = [*self._rows(own)]
        slopes = np.array([row for _, row in rows]).reshape(len(rows), len(own.estimates))
        return tuple(each for each, _ in rows), slopes

    def _rows(self, own: SegmentEvidence) -> Iterator[tuple[Estimate, FloatArray]]:
        """Estimates that stay as they are, then those of scores."""
        known = own.segment in self.scores.names[0]
        for i, each in enumerate(own.estimates):
            if each.of != "score" or not (known or each.moment):
                yield each, np.eye(1, len(own.estimates), i)[0]
        if known:
            yield from self._of_scores(own, self.scores.names[0].index(own.segment))

    def _of_scores(self, own: SegmentEvidence, g: int) -> Iterator[tuple[Estimate, FloatArray]]:
        _, propositions, disciplines, _ = self.scores.names
        at = {
            (each.moment, each.proposition, each.discipline): i
            for i, each in enumerate(own.estimates)
            if each.of == "score"
        }
        for name, p, only in self.scores.targets():
            for d, discipline in enumerate(disciplines):
                parts = self._parts(own, at, (g, p, d, only), (propositions[p], discipline))
                if not parts:
                    continue
                slopes = np.zeros(len(own.estimates))
                np.add.at(slopes, [i for i, _, _ in parts], [slope for _, slope, _ in parts])
                heard = [own.estimates[i] for i, _, _ in parts]
                then = sum(
                    part * (each.mean - was) for (_, part, was), each in zip(parts, heard, strict=True)
                )
                fewest = min(heard, key=_least)
                today = float(self.scores.scores[g, p if only < 0 else only, d])
                changes = {"proposition": name, "moment": "", "mean": today + then}
                yield fewest.model_copy(update=changes), slopes

    def _parts(
        self,
        own: SegmentEvidence,
        at: dict[tuple[str, str, str], int],
        cell: tuple[int, int, int, int],
        names: tuple[str, str],
    ) -> list[tuple[int, float, float]]:
        """Estimates that a score is made of, with its slopes and today's numbers; none where one is not heard."""
        (g, p, d, only), parts = cell, []
        for j, moment in enumerate(self.scores.names[3]):
            slope = float(self.scores.slopes[g, j, p, d] if only < 0 else j == only)
            today = float(self.scores.own[g, j, p, d])
            if slope == 0:
                continue
            taken = today != today
            today = float(self.scores.given[g, p, d]) if taken else today
            i = at.get(("" if taken else moment, *names))
            if i is None or slope != slope:
                return []
            if self.newest and not abs(own.estimates[i].mean - today) < self.scores.same:
                return []
            parts.append((i, slope, today))
        return parts


def _least(estimate: Estimate) -> tuple[int, float]:
    """Of several estimates the least sure has the least of this."""
    return estimate.degrees or 0, estimate.n_effective
