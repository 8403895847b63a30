"""How sure it is that a value changed, and which way: two versions of a scenario under the same errors."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from valuemix.analysis.certainty.certainty import share_above
from valuemix.analysis.certainty.uncertainty import value_draws
from valuemix.analysis.compare.joined import union
from valuemix.analysis.compare.versions import versions
from valuemix.analysis.draws.score_draws import ScoreDoubt, score_doubt
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["common_draws", "other_estimates", "rising"]


def common_draws(scenarios: Sequence[Scenario], segment: str | None = None) -> FloatArray:
    """Values of several versions of a scenario under the same errors.

    What several of them have in common is off by the same in all of them: the error of a score belongs
    to its proposition, segment and discipline, wherever these stand. Where 95 % intervals are given, a score
    that differs is another estimate with errors of its own. Each version keeps its own doubt.

    Parameters
    ----------
    scenarios : sequence of Scenario
        K of them.
    segment : str, optional
        Which segment; the overall value where it is None.

    Returns
    -------
    ndarray, shape (K, P, N)
        For all P propositions of all of them, in the order of `union`, on the scale of each; NaN where a
        scenario has no value. N is 1 where nothing is in doubt in any of them.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> drawn = common_draws([base, base.with_scores("Express", discipline_1=8.2)])
    >>> drawn.shape, bool((drawn[1, 0] > drawn[0, 0]).all())
    ((2, 2, 4096), True)
    """
    return _drawn(tuple(scenarios), segment)


@functools.lru_cache(maxsize=4)
def _drawn(scenarios: tuple[Scenario, ...], segment: str | None) -> FloatArray:
    """Kept for the next question about the same scenarios."""
    place = {n: p for p, n in enumerate(union(*(scenario.proposition_names for scenario in scenarios)))}
    alike, scores = _in_one_order(scenarios), _scores(scenarios)
    drawn = {
        k: _of_version(each, segment, alike[0], scores[k])
        for k, each in enumerate(alike)
        if segment is None or segment in each.segment_names
    }
    # A very large scenario has fewer draws; what is certain has one.
    counts = [values.shape[1] for values in drawn.values() if values.shape[1] > 1]
    result = np.full((len(alike), len(place), min(counts, default=1)), np.nan)
    for k, values in drawn.items():
        result[k, [place[name] for name in alike[k].proposition_names]] = values[:, : result.shape[2]]
    result.setflags(write=False)
    return result


@functools.lru_cache(maxsize=8)
def _of_version(each: Scenario, segment: str | None, like: Scenario, scores: ScoreDoubt) -> FloatArray:
    """Kept as well: what a change is told against stays while weights move."""
    return value_draws(each, segment, like=like, scores=scores)


@functools.lru_cache(maxsize=256)
def rising(before: Scenario, after: Scenario, segment: str | None = None) -> Mapping[str, float]:
    """Share of draws in which a value is higher in one version than in another, ties counting half.

    Parameters
    ----------
    before, after : Scenario
        On one scale.
    segment : str, optional
        Which segment; the overall value where it is None.

    Returns
    -------
    mapping of str to float
        For every proposition that both have; NaN without a value in either.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> dict(rising(base, base.with_scores("Express", discipline_1=8.2)))
    {'Express': 1.0, 'Green line': 0.5}
    """
    names = union(before.proposition_names, after.proposition_names)
    one, other = common_draws([before, after], segment)
    both = [n for n in names if n in before.proposition_names and n in after.proposition_names]
    width = before.scale.width
    shares = {}
    for name in both:
        p = names.index(name)
        known = not (np.isnan(one[p]).all() or np.isnan(other[p]).all())
        shares[name] = share_above(other[p] - one[p], 0.0, width) if known else float("nan")
    return MappingProxyType(shares)


def other_estimates(scenarios: Sequence[Scenario]) -> bool:
    """Whether some scores of several versions are estimates of their own, off by errors of their own.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2]]).with_table("low", [[[7, 1]]]).with_table("high", [[[9, 3]]])
    >>> survey = base.with_settings(doubt=base.doubt.model_copy(update={"ranges": "interval"}))
    >>> better = {"discipline_1": 8.2}
    >>> [other_estimates([one, one.with_scores("Proposition 1", **better)]) for one in (base, survey)]
    [False, True]
    """
    return any(scores.estimate.any() for scores in _scores(scenarios))


def _scores(scenarios: Sequence[Scenario]) -> list[ScoreDoubt]:
    """How far the scores of all may be off together, what they share first and in one order."""
    segments, propositions, disciplines = map(len, _shared(scenarios))
    doubts = [score_doubt(each) for each in _in_one_order(scenarios)]
    return versions(doubts, (segments, propositions, disciplines))


def _in_one_order(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The same with what they share first and in one order, and with one seed: errors go by place and seed."""
    shared, seed = _shared(scenarios), scenarios[0].settings.seed
    return [_as(scenario, shared, seed) for scenario in scenarios]


_Axes = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _axes(scenario: Scenario) -> _Axes:
    return scenario.segment_names, scenario.proposition_names, scenario.discipline_ids


def _shared(scenarios: Sequence[Scenario]) -> _Axes:
    """Names on each axis that all have, in the order of the first."""
    first, *others = map(_axes, scenarios)
    segments, propositions, disciplines = (
        tuple(name for name in own if all(name in other[axis] for other in others))
        for axis, own in enumerate(first)
    )
    return segments, propositions, disciplines


def _as(scenario: Scenario, shared: _Axes, seed: int) -> Scenario:
    """A scenario with these names first, and this seed."""
    axes = tuple(union(some, own) for some, own in zip(shared, _axes(scenario), strict=True))
    if axes != _axes(scenario):
        by_id = {d.id: d for d in scenario.disciplines}
        scenario = scenario.replace(
            segments=tuple(scenario.segments[scenario.segment_index(name)] for name in axes[0]),
            propositions=tuple(scenario.propositions[scenario.proposition_index(name)] for name in axes[1]),
            disciplines=tuple(by_id[name] for name in axes[2]),
        )
    return scenario if scenario.settings.seed == seed else scenario.with_settings(seed=seed)
