"""Two scenarios over everything that either of them has, so that any mixture of the two has a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuemix.analysis.value.case import Case
from valuemix.model.names import name_key
from valuemix.model.parts import Part
from valuemix.model.scenario import Scenario
from valuemix.model.score_table import ScoreTable
from valuemix.model.sheets import LISTS, WEIGHINGS, Sheet
from valuemix.model.weights import shares
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Inputs", "Names", "joined", "respelled", "union"]


@dataclass(frozen=True)
class Names:
    """Names on the three axes: segments, propositions, and ids of disciplines."""

    segments: tuple[str, ...]
    propositions: tuple[str, ...]
    disciplines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Inputs:
    """Inputs of one scenario on the axes of a pair.

    Attributes
    ----------
    scores : ndarray, shape (G, P, D)
        From 0 to 1; NaN where missing.
    points : ndarray, shape (G, D)
    sizes : ndarray, shape (G,)
    rho, eps : float
        Compensation and fairness.
    has : ndarray of bool, shape (P,)
        Which propositions the scenario has.
    there : ndarray of bool, shape (G,)
        Which segments the scenario has.
    """

    scores: FloatArray
    points: FloatArray
    sizes: FloatArray
    rho: float
    eps: float
    has: BoolArray
    there: BoolArray

    @property
    def case(self) -> Case:
        """The same with points and sizes as shares."""
        return Case(self.scores, shares(self.points), shares(self.sizes), self.rho, self.eps)

    def values(self) -> FloatArray:
        """Overall values from 0 to 1, shape (P,); NaN for a proposition that the scenario lacks."""
        return np.where(self.has, self.case.values(), np.nan)

    def only(self, propositions: BoolArray) -> Inputs:
        """The same for some of the propositions."""
        return replace(self, scores=self.scores[:, propositions], has=self.has[propositions])


def union(*lists: Iterable[str]) -> tuple[str, ...]:
    """Every name once, in the order of the first list, then of the next.

    Examples
    --------
    >>> union("AB", "BC")
    ('A', 'B', 'C')
    """
    return tuple(dict.fromkeys(name for names in lists for name in names))


def joined(one: Scenario, other: Scenario) -> tuple[Names, Inputs, Inputs]:
    """Inputs of two scenarios on the axes of both.

    A segment that one of them lacks has size 0 there, a discipline that one of them lacks has
    weight 0 there, and the scores and points that come with them are those of the other: both
    scenarios keep their values, and what only one of them has is a difference of segments or weights.

    Examples
    --------
    >>> north = Scenario.from_arrays([[8, 2]], segments=["North"], propositions=["Express"])
    >>> south = Scenario.from_arrays([[4, 6]], segments=["South"], propositions=["Express"], points=[1, 1])
    >>> names, a, b = joined(north, south)
    >>> names.segments, a.sizes.tolist(), b.sizes.tolist()
    (('North', 'South'), [1.0, 0.0], [0.0, 1.0])
    >>> a.values().tolist(), b.values().tolist()
    ([0.5], [0.5])
    """
    names = Names(
        union(one.segment_names, other.segment_names),
        union(one.proposition_names, other.proposition_names),
        union(one.discipline_ids, other.discipline_ids),
    )
    a, b = _spread(one, names), _spread(other, names)
    return names, _filled(a, one, b, names), _filled(b, other, a, names)


def _places(own: tuple[str, ...], every: tuple[str, ...]) -> list[int]:
    return [every.index(name) for name in own]


def _spread(scenario: Scenario, names: Names) -> Inputs:
    """Inputs of a scenario at their places; NaN, points and sizes of 0 elsewhere."""
    g = _places(scenario.segment_names, names.segments)
    p = _places(scenario.proposition_names, names.propositions)
    d = _places(scenario.discipline_ids, names.disciplines)
    scores = np.full((len(names.segments), len(names.propositions), len(names.disciplines)), np.nan)
    points, sizes = np.zeros((scores.shape[0], scores.shape[2])), np.zeros(scores.shape[0])
    has, there = np.zeros(scores.shape[1], dtype=bool), np.zeros(scores.shape[0], dtype=bool)
    scores[np.ix_(g, p, d)] = scenario.unit_scores
    points[np.ix_(g, d)] = scenario.points
    sizes[g], has[p], there[g] = scenario.sizes, True, True
    return Inputs(scores, points, sizes, scenario.settings.rho, scenario.settings.eps, has, there)


def _filled(own: Inputs, scenario: Scenario, other: Inputs, names: Names) -> Inputs:
    """Points and scores of the other scenario where this one has no such segment, proposition or discipline."""
    segments = np.isin(names.segments, scenario.segment_names)
    disciplines = np.isin(names.disciplines, scenario.discipline_ids)
    stands = segments[:, None, None] & own.has[:, None] & disciplines
    return replace(
        own,
        scores=np.where(stands, own.scores, other.scores),
        points=np.where(segments[:, None], own.points, other.points),
    )


# ---------------------------------------------------------------------- spelling


def respelled(scenario: Scenario, segments: Mapping[str, str], propositions: Mapping[str, str]) -> Scenario:
    """Scenario with its names as others write them, given by `name_key`.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2]], segments=["families "], propositions=["EXPRESS"])
    >>> respelled(base, {"families": "Families"}, {"express": "Express"}).scores["Families"].keys()
    dict_keys(['Express'])
    """
    spelt = {
        "segments": {name: segments.get(name_key(name), name) for name in scenario.segment_names},
        "propositions": {name: propositions.get(name_key(name), name) for name in scenario.proposition_names},
    }
    names = tuple(spelt["segments"].values()), tuple(spelt["propositions"].values())
    if names == (scenario.segment_names, scenario.proposition_names):
        return scenario
    tables = {
        table: ScoreTable(scenario.given(table), (*names, scenario.columns(table)))
        for table in scenario.tables
    }
    lists = {sheet.field: _respelled(getattr(scenario, sheet.field), sheet, spelt) for sheet in LISTS}
    weighings = {
        sheet.field: own and {spelt["segments"][name]: points for name, points in own.items()}
        for sheet in WEIGHINGS
        for own in [getattr(scenario, sheet.field)]
    }
    return scenario.replace(**tables, **lists, **weighings)


def _respelled(
    parts: Sequence[Part], sheet: Sheet, spelt: Mapping[str, Mapping[str, str]]
) -> tuple[Part, ...]:
    """Parts with the names of segments and propositions in them spelt otherwise."""
    named = [
        (c, spelt[of]) for c in sheet.columns if "name" in c.holds and (of := c.of or sheet.name) in spelt
    ]
    return tuple(
        part.model_copy(update={c.field: c.renamed(getattr(part, c.field), to) for c, to in named})
        for part in parts
    )
