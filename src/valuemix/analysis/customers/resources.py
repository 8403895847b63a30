"""Resources against weights: what is spent on each discipline, beside what those who are served weigh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.errors import EditError
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.model.weights import shares
from valuemix.typing import FloatArray

__all__ = ["Resources", "Transfer", "distance", "promised_shares", "resources_against_weights"]

_NOTHING = 1e-9
"""Shares below it are nothing."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Part of a resource that would have to move for a target to be reached.

    Attributes
    ----------
    kind : int
        Place of the kind of resource.
    function : str
        Who has it today.
    source, to : int
        Places of the disciplines.
    share : float
        Of the whole kind.
    """

    kind: int
    function: str
    source: int
    to: int
    share: float


@dataclass(frozen=True, eq=False)
class Resources:
    """What is spent on each discipline, each kind by itself, beside what it is held against.

    Attributes
    ----------
    scenario : Scenario
    kinds : tuple of str
        Kinds of resource (K), in the order of the sheet.
    shares : ndarray, shape (K, D)
        Rows sum to 1.
    weights : ndarray, shape (D,)
        Of all who are served, by size.
    promised : ndarray, shape (D,)
        Shares of the promised scores; NaN where none are given.
    transfers : tuple of Transfer
        What would have to move, for kinds with a target; the largest of each kind first.
    """

    scenario: Scenario
    kinds: tuple[str, ...]
    shares: FloatArray
    weights: FloatArray
    promised: FloatArray
    transfers: tuple[Transfer, ...]

    @property
    def distances(self) -> FloatArray:
        """How far each kind is from the weights of all who are served, shape (K,), from 0 to 1."""
        return distance(self.shares, self.weights)

    @property
    def segment_distances(self) -> FloatArray:
        """How far each kind is from the weights of each segment, shape (K, G)."""
        return distance(self.shares[:, None], self.scenario.weights)


def distance(spread: FloatArray, weights: FloatArray) -> FloatArray:
    """Share that would have to move for one spread to be the other: half the sum of differences, from 0 to 1.

    Parameters
    ----------
    spread, weights : ndarray, shape (..., D)
        Shares; both sum to 1 along the last axis.

    Examples
    --------
    >>> distance(np.array([0.75, 0.25]), np.array([0.5, 0.5])).item()
    0.25
    """
    return np.asarray(np.abs(spread - weights).sum(axis=-1) / 2)


def resources_against_weights(scenario: Scenario, proposition: int = 0) -> Resources:
    """Shares of each kind of resource by discipline, beside weights, promises and targets.

    Parameters
    ----------
    scenario : Scenario
        With resources.
    proposition : int
        Place of the one whose promises are shown.

    Returns
    -------
    Resources

    Raises
    ------
    EditError
        Where there are no resources; the message names the sheet to fill in.

    Examples
    --------
    >>> from valuemix.model.resources.parts import Resource
    >>> base = Scenario.from_arrays([[8, 2]], points=[50, 50], disciplines=["Speed", "Care"])
    >>> found = resources_against_weights(base.replace(resources=[
    ...     Resource(kind="budget", amounts={"speed": 70, "care": 30})]))
    >>> found.kinds, found.distances.round(6).tolist()
    (('budget',), [0.2])
    """
    if not scenario.resources:
        raise EditError("there are no resources; fill in the sheet Resources")
    kinds = tuple(dict.fromkeys(row.kind for row in scenario.resources))
    spread = np.array([shares(_amounts(scenario, kind).sum(axis=0)) for kind in kinds])
    return Resources(
        scenario,
        kinds,
        spread,
        scenario.size_shares @ scenario.weights,
        promised_shares(scenario, proposition),
        tuple(move for k, kind in enumerate(kinds) for move in _transfers(scenario, k, kind)),
    )


def _amounts(scenario: Scenario, kind: str) -> FloatArray:
    """Amounts of a kind, a row a function."""
    rows = [row.amounts for row in scenario.resources if row.kind == kind]
    return np.array([[row.get(d) or 0.0 for d in scenario.discipline_ids] for row in rows])


def promised_shares(scenario: Scenario, proposition: int) -> FloatArray:
    """Promised scores above the lowest, by size, as shares of their sum; NaN where none are given, shape (D,)."""
    if scenario.promised is None:
        return np.full(len(scenario.disciplines), np.nan)
    given = scenario.array("promised")[:, proposition] - scenario.scale.lowest
    means = power_mean(given.T, scenario.sizes, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(means / means.sum())


def _transfers(scenario: Scenario, k: int, kind: str) -> list[Transfer]:
    """From the largest surplus to the largest deficit, until none is left, by the functions that have it."""
    target = next((row.shares for row in scenario.resource_targets if row.kind == kind), None)
    if target is None:
        return []
    amounts = _amounts(scenario, kind)
    left = amounts / amounts.sum()
    functions = [row.function for row in scenario.resources if row.kind == kind]
    over = left.sum(axis=0) - shares(np.array([target.get(d) or 0.0 for d in scenario.discipline_ids]))
    moves = []
    while over.max() > _NOTHING:
        source, to = int(over.argmax()), int(over.argmin())
        share = min(over[source], -over[to])
        over[[source, to]] += (-share, share)
        while share > _NOTHING:
            f = int(left[:, source].argmax())
            own = min(share, left[f, source])
            left[f, source] -= own
            share -= own
            moves.append(Transfer(k, functions[f], source, to, float(own)))
    return sorted(moves, key=lambda move: -move.share)
