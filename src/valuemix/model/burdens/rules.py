"""Rules of the sheets of burdens in their own units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuemix.errors import Problem, shorten
from valuemix.model.parts import BURDENS, MAX_CELLS, MAX_SIZE
from valuemix.model.rule_parts import (
    Path,
    amount_problems,
    number,
    problem,
    text_problems,
    too_many,
    twice_problems,
    unknown_name,
    unknown_names,
)
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    from valuemix.model.burdens.parts import BurdenLimit, MomentBurden
    from valuemix.model.content import Content

__all__ = ["ON_SCALE", "burden_limit_problems", "ends_of_amounts", "moment_burden_problems"]

ON_SCALE = "Correct it, or give the burden a worst amount on the sheet Burden limits"
"""Way out for an amount beyond the scale."""


def ends_of_amounts(scenario: Content) -> tuple[FloatArray, FloatArray]:
    """Least and largest amounts of each burden in each segment, shape (G, 4)."""
    on_scale = np.isnan(scenario.burden_means.worst)
    scale = scenario.scale
    return np.where(on_scale, scale.lowest, 0.0), np.where(on_scale, scale.highest, MAX_SIZE)


def burden_limit_problems(scenario: Content) -> Iterator[Problem]:
    """Limits are of the four burdens, once each, above 0, and weights are there for all of them or for none."""
    for i, limit in enumerate(scenario.burden_limits):
        path: Path = ("burden_limits", i)
        if limit.segment:
            yield from unknown_names(scenario, limit, ("segment",), path)
        if limit.burden not in BURDENS:
            yield unknown_name("burden", limit.burden, BURDENS, (*path, "burden"))
        yield from text_problems([((*path, "unit"), limit.unit)])
        yield from _of_limit(limit, path)
    keys = [(row.segment, row.burden) for row in scenario.burden_limits]
    yield from twice_problems(keys, ("burden_limits", "burden"), "the limit")
    yield from _of_weights(scenario)


def _of_limit(limit: BurdenLimit, path: Path) -> Iterator[Problem]:
    if limit.worst is not None and not 0 < limit.worst <= MAX_SIZE:
        message = f"worst amount of {limit.burden} must be above 0, got {number(limit.worst)}"
        mend = "Write the amount that nobody bears, or leave it blank for the end of the scale"
        yield problem("RANGE", (*path, "worst"), message, mend)
    if limit.weight is not None:
        yield from amount_problems("weight", limit.burden, limit.weight, (*path, "weight"), MAX_SIZE)


def _of_weights(scenario: Content) -> Iterator[Problem]:
    """Of each segment all burdens that have amounts have a weight, or none has; and they do not add up to 0."""
    given = scenario.burden_means.given_weights
    if np.isnan(given).all():
        return
    known = _known(scenario)
    place = next((i for i, row in enumerate(scenario.burden_limits) if row.weight is not None), 0)
    path: Path = ("burden_limits", place, "weight")
    for g in np.flatnonzero(~np.isnan(given).all(axis=1)).tolist():
        segment, lacking = shorten(scenario.segment_names[g]), np.flatnonzero(np.isnan(given[g]) & known[g])
        if lacking.size:
            message = f"{BURDENS[lacking[0]]} has no weight for {segment!r}, but other burdens have"
            mend = "Write it, 0 where it does not count; or leave all of them blank: equal"
            yield problem("MISSING", path, message, mend)
            return
        if not np.nansum(given[g]):
            message = f"the weights of burdens add up to 0 for {segment!r}"
            yield problem("WEIGHTS_ZERO", path, message, "Give at least one a weight")
            return


def _known(scenario: Content) -> BoolArray:
    """Which burdens have any amount in each segment, shape (G, 4)."""
    own = {
        (row.segment, k)
        for row in scenario.moment_burdens
        for k, x in enumerate(row.amounts)
        if x is not None
    }
    in_moments = [
        [not own.isdisjoint({("", k), (g, k)}) for k in range(len(BURDENS))] for g in scenario.segment_names
    ]
    return np.asarray(~np.isnan(scenario.given("burdens")).all(axis=1) | np.array(in_moments, dtype=bool))


def moment_burden_problems(scenario: Content) -> Iterator[Problem]:
    """Amounts of a moment are of what there is, once each, and 0 or more, or on the scale where there is no limit."""
    rows = scenario.moment_burdens
    if len(rows) > MAX_CELLS:
        yield too_many("rows of moment burdens", len(rows), MAX_CELLS, ("moment_burdens",))
        return
    low, high = ends_of_amounts(scenario)
    ends = {"": (low.max(axis=0, initial=-np.inf).tolist(), high.min(axis=0, initial=np.inf).tolist())}
    ends |= zip(scenario.segment_names, zip(low.tolist(), high.tolist(), strict=True), strict=True)
    for i, row in enumerate(rows):
        path: Path = ("moment_burdens", i)
        named = ("proposition", "moment", *(("segment",) if row.segment else ()))
        yield from unknown_names(scenario, row, named, path)
        if row.segment in ends:
            yield from _of_amounts(row, *ends[row.segment], path)
    keys = [(row.proposition, row.segment, row.moment) for row in rows]
    yield from twice_problems(keys, ("moment_burdens", "moment"), "the row")


def _of_amounts(row: MomentBurden, low: list[float], high: list[float], path: Path) -> Iterator[Problem]:
    for burden, amount, least, most in zip(BURDENS, row.amounts, low, high, strict=True):
        if amount is not None and not least <= amount <= most:
            limited = most == MAX_SIZE
            ends = "0 or more" if limited else f"from {number(least)} to {number(most)}"
            mend = "Write 0 or a positive number" if limited else ON_SCALE
            message = f"amount of {burden} must be {ends}, got {number(amount)}"
            yield problem("RANGE", (*path, burden), message, mend)
