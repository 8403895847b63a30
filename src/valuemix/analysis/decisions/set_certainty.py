"""How sure it is that a set is worth more than the others within its limits."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.certainty import CLEAR, Degree, certainty_among, degree_of, share_above
from valuemix.analysis.certainty.uncertainty import segment_draws, sizes_drawn
from valuemix.analysis.decisions.sets import SetChoice, set_loss
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.draws.survey_draws import rests_on_answers
from valuemix.analysis.draws.survey_errors import too_few_answers
from valuemix.analysis.portfolio.listed import FEW, listed
from valuemix.analysis.portfolio.program import Program
from valuemix.analysis.value.scoring import TIE
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["SetCertainty", "set_certainty"]

GLANCE, CLOSEST = 256, 32
"""Draws in which all other sets are held against it, and how many of them, the closest, in all draws."""


@dataclass(frozen=True)
class SetCertainty:
    """How sure it is that a set is worth more than another within its limits, or less.

    Attributes
    ----------
    degree : {"certain", "clear", "likely", "open"}
        Of the set where none is worth more today, else of the best one against it.
    least : float
        Share of draws in which it is above the closest of the others, ties counting half; where another set is
        worth more today, the share in which that one is above it. 1 where there is no other.
    closest : tuple of int or None
        Places of the propositions of that other set.
    close : int
        How many others keep it from being clear.
    tied : bool
        Whether another set is worth the same today.
    every : bool
        Whether all other sets are looked at, not only those that differ by one proposition exchanged.
    in_doubt : bool
        Whether anything was in doubt.
    """

    degree: Degree
    least: float
    closest: tuple[int, ...] | None
    close: int
    tied: bool
    every: bool
    in_doubt: bool


@functools.lru_cache(maxsize=64)
def set_certainty(scenario: Scenario, choice: SetChoice) -> SetCertainty:
    """How sure it is that a set is worth more than all others within its limits.

    Held against every set that keeps the rules as they stand today, within what is in doubt; sets that only add to
    it are no rivals: of what is worth as much the cheapest is the best. Of more than 12 propositions that may be
    chosen those sets are looked at that differ by one that is left out, one that is added, or both.

    Parameters
    ----------
    scenario : Scenario
    choice : SetChoice
        That keeps its rules.

    Raises
    ------
    UnknownName, EditError
        As `SetChoice`.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], propositions=["Express", "Basic", "Hotline"])
    >>> found = set_certainty(scenario, SetChoice(("Express",), at_most=1))
    >>> found.degree, found.closest, found.close
    ('open', (2,), 1)
    """
    program, held = choice.program(scenario), choice.held(scenario)
    draws, few = segment_draws(scenario), program.free <= FEW
    sizes, worth = sizes_drawn(scenario), scenario.scale.to_unit(draws)

    def values(sets: BoolArray, most: int | None = None) -> FloatArray:
        return _values(sets, worth[..., :most], sizes[:, :most], 1 - scenario.settings.eps)

    doubted = max(worth.shape[-1], sizes.shape[-1]) > 1
    unsure = rests_on_answers(scenario, None) and too_few_answers(scenario, None)
    if set_loss(scenario, choice) > 0 and (best := program.best()) is not None:
        mine, other = values(np.stack([held, best]))
        share = share_above(other, mine, 1.0)
        degree: Degree = "open" if unsure else degree_of(share) if doubted else "certain"
        return SetCertainty(degree, share, _places(best), 0, tied=False, every=True, in_doubt=doubted)
    rivals = _closest(_others(program, held) if few else _exchanged(program, held), held, values)
    sets = np.vstack([held[None], rivals])
    today = np.array([float(program.overall(each)) for each in sets])
    found = certainty_among(today, values(sets), 1.0)
    above = np.array(found.above)[1:]
    if not len(rivals) or np.isnan(above).all():
        return SetCertainty("certain", 1.0, None, 0, tied=False, every=few, in_doubt=doubted)
    first = int(np.nanargmin(above))
    tied = bool((today[1:] >= today[0] - TIE).any())
    degree = "open" if tied or unsure else found.degree
    close = int((above < CLEAR - TIE).sum())
    place = _places(rivals[first])
    return SetCertainty(degree, float(above[first]), place, close, tied=tied, every=few, in_doubt=doubted)


def _places(members: BoolArray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(members).tolist())


def _values(sets: BoolArray, worth: FloatArray, sizes: FloatArray, exponent: float) -> FloatArray:
    """Overall values of sets, shape (S, N), by values of propositions in segments, (G, P, N), from 0 to 1."""
    known = np.asarray(~np.isnan(worth).all(axis=(1, 2)))
    filled: FloatArray = np.nan_to_num(worth)
    taken = np.stack([filled[:, each].max(axis=1, initial=0.0) for each in sets])
    return mean_of_draws(np.where(known[:, None], taken, np.nan), sizes, exponent)


def _closest(
    sets: BoolArray, held: BoolArray, values: Callable[[BoolArray, int | None], FloatArray]
) -> BoolArray:
    """Sets that most often come above one in the first draws, the first of them first."""
    if len(sets) <= CLOSEST:
        return sets
    mine, *others = values(np.vstack([held[None], sets]), GLANCE)
    often = np.array([share_above(mine, each, 1.0) for each in others])
    return np.asarray(sets[np.lexsort((np.arange(len(sets)), often))[:CLOSEST]])


def _others(program: Program, held: BoolArray) -> BoolArray:
    """Sets that keep the rules and do not hold all of one, those that nothing can be added to."""
    sets, taken = listed(program)
    other = program.within_limits(sets) & (taken >= program.floors - TIE).all(axis=1)
    other &= ~(sets >= held).all(axis=1)
    whole, places = other.copy(), np.arange(len(sets))
    for bit in 2 ** np.arange(program.free):
        whole &= ~other[places | bit] | (places & bit > 0)
    return np.asarray(sets[whole])


def _exchanged(program: Program, held: BoolArray) -> BoolArray:
    """Sets that keep the rules and differ by one proposition that is left out, and at most one that is added."""
    members, others = np.flatnonzero(held), np.flatnonzero(~held)
    found = []
    for out in members:
        for new in (None, *others):
            tried = held.copy()
            tried[out] = False
            if new is not None:
                tried[new] = True
            if program.keeps(tried):
                found.append(tried)
    return np.array(found, dtype=bool).reshape(len(found), held.size)
