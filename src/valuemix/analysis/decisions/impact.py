"""Impact of planned decisions: what each changes for whom, alone and as its part of the plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.means import power_mean
from valuemix.model.moments.means import inside_mean
from valuemix.model.parts import BURDENS, MAX_SIZE
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["EXACT_UP_TO", "Impact", "impact", "served_with"]

EXACT_UP_TO = 12
"""Decisions up to which every order is counted; above it orders are drawn."""

ORDERS, DRAWS = 2_000, 2_000
"""Orders drawn where there are more, and draws of the changes."""

_ENDS = (0.025, 0.975)
"""Of the draws, between which a range lies."""

_BATCH = 1_000_000
"""Cells that are worked out at once."""


@dataclass(frozen=True, eq=False)
class Impact:
    """What planned decisions change for G segments: value first, burden second, both on the scenario's scale.

    Attributes
    ----------
    scenario : Scenario
    decisions : tuple of str
        Names (N), in the order of the sheet.
    served : tuple of int
        Place of the proposition that each segment is served with; -1 where it has none.
    costs : ndarray, shape (N,)
        NaN where not known.
    today : ndarray, shape (G, 2)
        NaN where there is none.
    alone : ndarray, shape (N, G, 2)
        Each decision taken by itself, at its likely changes, less today.
    parts : ndarray, shape (N, G, 2)
        Its part of the plan: the mean of what it adds over all orders of the decisions; they sum to `plan`.
    half_widths : ndarray, shape (N, G, 2)
        Of the parts' 95 % intervals; 0 where every order was counted.
    plan : ndarray, shape (G, 2)
        All decisions less today.
    ranges : ndarray, shape (N + 1, G + 1, 2, 2)
        What each adds alone, all together last, to every segment's value and burden, overall last: from the 2.5th to
        the 97.5th percentile of draws.
    rises : ndarray, shape (N + 1, G + 1, 2)
        Share of the draws in which that value or burden rises; draws without a change count half.
    cut : tuple of str
        Decisions whose likely changes go beyond the end of what they change.
    """

    scenario: Scenario
    decisions: tuple[str, ...]
    served: tuple[int, ...]
    costs: FloatArray
    today: FloatArray
    alone: FloatArray
    parts: FloatArray
    half_widths: FloatArray
    plan: FloatArray
    ranges: FloatArray
    rises: FloatArray
    cut: tuple[str, ...]

    def overall(self, changes: FloatArray) -> FloatArray:
        """Mean of changes of shape (..., G, 2) by size over the segments that have them, shape (..., 2)."""
        return _overall(self.scenario, changes)


def served_with(scenario: Scenario, chosen: str | Mapping[str, str] = "") -> tuple[int, ...]:
    """Place of the proposition that each segment is served with: the chosen one, else its leader today.

    Examples
    --------
    >>> base = Scenario.from_arrays([[[8, 2], [7, 4]], [[2, 2], [1, 1]]], propositions=["Express", "Green line"])
    >>> served_with(base), served_with(base, "Express")
    ((1, 0), (0, 0))
    """
    named = {} if isinstance(chosen, str) else chosen
    result, found = evaluate(scenario), []
    for segment in scenario.segment_names:
        name = chosen if isinstance(chosen, str) else named.get(segment, "")
        leaders = result.standing(segment).leaders
        found.append(scenario.proposition_index(name) if name else leaders[0] if leaders else -1)
    return tuple(found)


def impact(scenario: Scenario, chosen: str | Mapping[str, str] = "") -> Impact:
    """What each planned decision changes for every segment, alone and as its part of the plan.

    Parameters
    ----------
    scenario : Scenario
        With decisions planned.
    chosen : str or mapping of segment to proposition, optional
        What segments are served with; each with its leader of today by default, which stays.

    Returns
    -------
    Impact

    Raises
    ------
    EditError
        Where nothing is planned; the message names the sheet to fill in.
    UnknownName
        Where a proposition does not exist.

    References
    ----------
    Shapley, A value for n-person games (1953); sampled orders: Castro, Gomez and Tejada (2009).

    Examples
    --------
    >>> from valuemix.model.planned.parts import PlannedChange
    >>> base = Scenario.from_arrays([[[8, 2]], [[6, 6]]], points=[[50, 50], [50, 50]], disciplines=["Speed", "Care"])
    >>> found = impact(base.replace(planned_changes=[
    ...     PlannedChange(decision="Night shift", discipline="speed", likely=1),
    ...     PlannedChange(decision="No desk", segment="Segment 2", discipline="care", likely=-2)]))
    >>> found.alone[:, :, 0].round(9).tolist(), found.plan[:, 0].round(9).tolist()
    ([[0.5, 0.5], [0.0, -1.0]], [0.5, -0.5])
    """
    if not scenario.planned_changes:
        raise EditError("no decision is planned; fill in the sheet Decisions planned")
    work = _Plan(scenario, served_with(scenario, chosen))
    count = len(work.decisions)
    today, whole = work.outcomes(np.vstack([np.zeros(count), np.ones(count)]))
    parts, half = work.shapley()
    return Impact(
        scenario,
        work.decisions,
        work.served,
        work.costs,
        today,
        work.outcomes(np.eye(count)) - today,
        parts,
        half,
        whole - today,
        *work.ranges(),
        work.cut,
    )


@dataclass(frozen=True, eq=False)
class _Plan:
    """Changes as arrays, in the order row (R), segment (G), moment (J), what (D disciplines, then 4 burdens)."""

    scenario: Scenario
    served: tuple[int, ...]

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.decision for row in self.scenario.planned_changes))

    @cached_property
    def of(self) -> IntArray:
        """Place of the decision of each row."""
        return np.array([self.decisions.index(row.decision) for row in self.scenario.planned_changes])

    @cached_property
    def costs(self) -> FloatArray:
        given = [
            [r.cost for r in self.scenario.planned_changes if r.decision == name] for name in self.decisions
        ]
        known = [[cost for cost in costs if cost is not None] for costs in given]
        return np.array([math.fsum(costs) if costs else math.nan for costs in known])

    @cached_property
    def now(self) -> FloatArray:
        """Scores and burdens of what each segment is served with, shape (G, J, D + 4)."""
        scenario, places = self.scenario, np.arange(len(self.served))
        scores = scenario.moment_means.scores if scenario.moments else scenario.array("scores")[:, None]
        both = np.concatenate([scores, scenario.burden_means.amounts], axis=-1)
        own = both[places, :, np.maximum(self.served, 0)]
        return np.asarray(np.where((np.array(self.served) < 0)[:, None, None], np.nan, own))

    @cached_property
    def reach(self) -> FloatArray:
        """Where each row counts, 1 or 0, shape (R, G, J, D + 4)."""
        scenario = self.scenario
        names = [scenario.proposition_names[p] if p >= 0 else "" for p in self.served]
        whom = [*zip(scenario.segment_names, names, strict=True)]

        def where(row: PlannedChange) -> FloatArray:
            segments = [_reaches(row, segment, name) for segment, name in whom]
            moments = [row.moment in ("", moment) for moment in scenario.moment_names] or [True]
            # disciplines first, then the four burdens
            what = [row.discipline == own for own in scenario.discipline_ids]
            what += [row.burden == own for own in BURDENS]
            return np.asarray(np.einsum("g,j,w->gjw", segments, moments, what), dtype=float)

        return np.array([where(row) for row in scenario.planned_changes])

    @cached_property
    def likely(self) -> FloatArray:
        """Likely changes by decision, shape (N, G, J, D + 4)."""
        sizes = np.array([row.likely for row in self.scenario.planned_changes])
        return self._by_decision(sizes[:, None, None, None] * self.reach)

    def _by_decision(self, rows: FloatArray) -> FloatArray:
        found = np.zeros((len(self.decisions), *rows.shape[1:]))
        np.add.at(found, self.of, rows)
        return found

    @cached_property
    def ends(self) -> tuple[FloatArray, FloatArray]:
        """Least and largest of what may change, each of shape (G, 1, D + 4)."""
        scale, on_scale = self.scenario.scale, np.isnan(self.scenario.burden_means.worst)
        scores = np.ones((len(self.served), len(self.scenario.disciplines)))
        low = [scores * scale.lowest, np.where(on_scale, scale.lowest, 0.0)]
        high = [scores * scale.highest, np.where(on_scale, scale.highest, MAX_SIZE)]
        return np.concatenate(low, axis=1)[:, None], np.concatenate(high, axis=1)[:, None]

    @cached_property
    def cut(self) -> tuple[str, ...]:
        low, high = self.ends
        after, changed = self.now + self.likely, self.likely != 0
        beyond = (((after < low) | (after > high)) & changed).any(axis=(1, 2, 3))
        return tuple(name for name, cut in zip(self.decisions, beyond, strict=True) if cut)

    def outcomes(self, taken: FloatArray) -> FloatArray:
        """Value and burden of every segment for S sets of decisions, shape (S, N) of 0 and 1; shape (S, G, 2)."""
        flat = self.likely.reshape(len(self.decisions), -1)
        step = max(1, _BATCH // max(1, flat.shape[1]))
        return np.concatenate(
            [self._of_changes(taken[i : i + step] @ flat) for i in range(0, len(taken), step)]
        )

    def _of_changes(self, changes: FloatArray) -> FloatArray:
        """Outcomes of changes of shape (S, G x J x (D + 4))."""
        scenario, count = self.scenario, len(self.scenario.disciplines)
        after = np.clip(self.now + changes.reshape(-1, *self.now.shape), *self.ends)
        unit = np.clip(scenario.scale.to_unit(after[..., :count]), 0.0, 1.0)
        values = power_mean(unit, self._mixes, scenario.settings.rho)
        values = inside_mean(values, self._shares, scenario.settings.over_moments)
        means = scenario.burden_means
        worst = means.worst[:, None]
        amounts = after[..., count:]
        scaled = np.where(
            np.isnan(worst), np.clip(scenario.scale.to_unit(amounts), 0, 1), np.minimum(amounts / worst, 1.0)
        )
        burdens = inside_mean(power_mean(scaled, means.weights[:, None], 1.0), self._shares, 1.0)
        return np.asarray(scenario.scale.from_unit(np.stack([values, burdens], axis=-1)))

    @property
    def _mixes(self) -> FloatArray:
        scenario = self.scenario
        return scenario.moment_means.mixes if scenario.moments else scenario.weights[:, None]

    @property
    def _shares(self) -> FloatArray:
        return self.scenario.burden_means.shares

    def shapley(self) -> tuple[FloatArray, FloatArray]:
        """Part of each decision and half-width of its interval, shape (N, G, 2) each."""
        count = len(self.decisions)
        if count > EXACT_UP_TO:
            return self._drawn_orders(count)
        sets = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
        worth = self.outcomes(sets.astype(float))
        size = sets.sum(axis=1)
        parts = []
        for n in range(count):
            without = np.flatnonzero(sets[:, n] == 0)
            weights = np.array([1 / (count * math.comb(count - 1, int(k))) for k in size[without]])
            parts.append(np.tensordot(weights, worth[without | (1 << n)] - worth[without], axes=1))
        return np.array(parts), np.zeros((count, *worth.shape[1:]))

    def _drawn_orders(self, count: int) -> tuple[FloatArray, FloatArray]:
        rng = np.random.default_rng(self.scenario.settings.seed)
        total, squares = (np.zeros((count, len(self.served), 2)) for _ in range(2))
        for _ in range(ORDERS):
            order = rng.permutation(count)
            taken = np.tril(np.ones((count, count)))[:, np.argsort(order)]
            steps = np.diff(self.outcomes(np.vstack([np.zeros(count), taken])), axis=0)
            added = steps[np.argsort(order)]
            total += added
            squares += added**2
        mean = total / ORDERS
        return mean, 1.96 * np.sqrt(np.maximum(squares / ORDERS - mean**2, 0.0) / ORDERS)

    def ranges(self) -> tuple[FloatArray, FloatArray]:
        """Ends, and shares of draws that rise, of what each decision alone and all together add; overall last."""
        rows = self.scenario.planned_changes
        rng = np.random.default_rng(self.scenario.settings.seed)
        drawn = np.empty((DRAWS, len(rows)))
        for r, row in enumerate(rows):
            low, high = row.ends
            drawn[:, r] = row.likely if low == high else rng.triangular(low, row.likely, high, DRAWS)
        ends, rises = [], []
        for n in [*range(len(self.decisions)), None]:
            own = np.ones(len(rows), bool) if n is None else self.of == n
            segments = self._added(drawn[:, own], self.reach[own])
            added = np.concatenate([segments, _overall(self.scenario, segments)[:, None]], axis=1)
            ends.append(np.moveaxis(np.quantile(added, _ENDS, axis=0), 0, -1))
            rises.append((1 + np.sign(added.round(9)).mean(axis=0)) / 2)
        return np.array(ends), np.array(rises)

    def _added(self, drawn: FloatArray, reach: FloatArray) -> FloatArray:
        """Value and burden less today, for changes drawn of some rows, shape (draws, G, 2)."""
        flat = reach.reshape(len(reach), -1)
        step = max(1, _BATCH // flat.shape[1])
        found = [self._of_changes(drawn[i : i + step] @ flat) for i in range(0, len(drawn), step)]
        return np.concatenate(found) - self._of_changes(np.zeros((1, flat.shape[1])))


def _overall(scenario: Scenario, changes: FloatArray) -> FloatArray:
    """Mean of changes of shape (..., G, 2) by size over the segments that have them, shape (..., 2)."""
    return power_mean(np.swapaxes(changes, -1, -2), scenario.sizes, 1.0)


def _reaches(row: PlannedChange, segment: str, served: str) -> bool:
    """Whether a change counts in a segment that is served with a proposition; none does where it has none."""
    return bool(served) and row.segment in ("", segment) and row.proposition in ("", served)
