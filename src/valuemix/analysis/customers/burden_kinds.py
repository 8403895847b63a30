"""Time, worry, effort and money, each by itself: what they add, what an hour is worth, what there is to simplify."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.analysis.customers.burden import needs_burdens
from valuemix.means import power_mean
from valuemix.model.parts import BURDENS
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["BurdenKinds", "Simpler", "burden_kinds", "simpler", "worth_of_time"]


@dataclass(frozen=True, eq=False)
class BurdenKinds:
    """Time, worry, effort and money of each proposition, in a segment or by size over all.

    Attributes
    ----------
    parts : ndarray, shape (P, 4)
        What each adds to the burden, from 0 to 1; they sum to `burdens`. NaN where it is not known.
    burdens : ndarray, shape (P,)
    amounts, a_year : ndarray, shape (P, 4)
        In their own units: a contact, and over the contacts of a customer in a year. NaN where not known.
    incomplete : ndarray, shape (P, 4)
        Where a year has contacts whose amount is not known.
    weights : ndarray, shape (4,)
        They sum to 1.
    worst : ndarray, shape (4,)
        NaN where amounts stand on the scale, or segments differ.
    units : tuple of str
        Blank where there is none, or segments differ.
    """

    parts: FloatArray
    burdens: FloatArray
    amounts: FloatArray
    a_year: FloatArray
    incomplete: BoolArray
    weights: FloatArray
    worst: FloatArray
    units: tuple[str, ...]


def burden_kinds(scenario: Scenario, segment: str | None = None) -> BurdenKinds:
    """Each of the four burdens by itself.

    Raises
    ------
    EditError
        Where the scenario has no burdens.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.burdens.parts import BurdenLimit
    >>> base = Scenario.from_arrays([[8, 6]]).replace(burden_limits=[
    ...     BurdenLimit(burden="time", unit="hours", worst=8), BurdenLimit(burden="money", unit="euros", worst=200)])
    >>> found = burden_kinds(base.with_table("burdens", [[[2, None, None, 100]]]))
    >>> found.parts.tolist(), found.burdens.tolist(), found.units[0]
    ([[0.125, nan, nan, 0.25]], [0.375], 'hours')
    """
    needs_burdens(scenario)
    means, rows = scenario.burden_means, scenario.rows(segment)
    sizes = scenario.size_shares[rows] if segment is None else np.ones(1)

    def by_size(array: FloatArray) -> FloatArray:
        return power_mean(np.moveaxis(array[rows], 0, -1), sizes, 1)

    units = means.units[rows[0]]
    alike = [all(means.units[g][k] == unit for g in rows) for k, unit in enumerate(units)]
    shown = np.where(alike, 1.0, np.nan)
    worst = means.worst[rows]
    known = ~np.isnan(means.burdens)[..., None]
    parts = by_size(np.where(known, np.nan_to_num(means.parts), np.nan))
    return BurdenKinds(
        np.where(np.isnan(means.parts[rows]).all(axis=0), np.nan, parts),
        by_size(means.burdens),
        by_size(means.a_contact) * shown,
        by_size(means.a_year) * shown,
        np.asarray(means.incomplete[rows].any(axis=0)),
        by_size(means.weights),
        np.where((worst == worst[0]).all(axis=0), worst[0], np.nan) * shown,
        tuple(unit if same else "" for unit, same in zip(units, alike, strict=True)),
    )


def worth_of_time(scenario: Scenario, segment: str | None = None) -> tuple[float, float] | None:
    """Money that weighs as much as one unit of time: least and most over segments; None where that cannot be said.

    Both need a unit with a worst amount, and weight.

    Examples
    --------
    >>> from valuemix.model.burdens.parts import BurdenLimit
    >>> base = Scenario.from_arrays([[8, 6]]).replace(burden_limits=[
    ...     BurdenLimit(burden="time", unit="hours", worst=8), BurdenLimit(burden="money", unit="euros", worst=200)])
    >>> worth_of_time(base)
    (25.0, 25.0)
    """
    means, rows = scenario.burden_means, scenario.rows(segment)
    weighed = (means.weights / means.worst)[rows]
    time, money = weighed[:, BURDENS.index("time")], weighed[:, BURDENS.index("money")]
    if np.isnan(time + money).any() or not (time * money).all():
        return None
    worth = time / money
    return float(worth.min()), float(worth.max())


@dataclass(frozen=True)
class Simpler:
    """One moment in which another proposition takes less.

    Attributes
    ----------
    moment, kind : int
        Their places.
    minus : float
        How much less a contact takes, in its unit.
    contacts : float
        Share of contacts that it is for.
    lighter : float
        How much lighter the burden is then, from 0 to 1.
    example : tuple of int
        Places of those that take least; several where segments differ.
    """

    moment: int
    kind: int
    minus: float
    contacts: float
    lighter: float
    example: tuple[int, ...]


def simpler(scenario: Scenario, proposition: int, segment: str | None = None) -> list[Simpler]:
    """What a contact takes more than with the proposition that takes least there, the most burden first.

    Raises
    ------
    EditError
        Where the scenario has no burdens.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 6], [5, 5]]).with_table("burdens", [[[6, 2, 2, 2], [2, 2, 2, 2]]])
    >>> [(row.kind, row.minus, round(row.lighter, 3)) for row in simpler(base, 0)]
    [(0, 4.0, 0.1)]
    """
    needs_burdens(scenario)
    means, rows = scenario.burden_means, scenario.rows(segment)
    sizes = scenario.size_shares[rows] if segment is None else np.ones(1)
    amounts, units = means.amounts[rows], means.parts_of_worst[rows]
    least = np.fmin.reduce(amounts, axis=2)
    minus = amounts[:, :, proposition] - least
    eased = means.joint[rows][:, :, proposition] * (units[:, :, proposition] - np.fmin.reduce(units, axis=2))
    known = ~np.isnan(means.burdens[rows, proposition])
    total = float(sizes @ known) or 1.0
    contacts = sizes[:, None] * means.contacts[rows]
    found = []
    for j, k in np.ndindex(minus.shape[1:]):
        there = minus[:, j, k] > 0
        of = contacts[there, j]
        if of.sum() > 0:
            holders = (amounts[there, j, :, k] == least[there, j, k][:, None]).any(axis=0)
            lighter = float(sizes @ np.nan_to_num(eased[:, j, k])) / total
            mean = float(of @ minus[there, j, k] / of.sum())
            found.append(
                Simpler(
                    j, k, mean, float(of.sum() / sizes.sum()), lighter, (*np.flatnonzero(holders).tolist(),)
                )
            )
    return sorted(found, key=lambda row: -row.lighter)
