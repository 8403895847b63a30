"""Delivery: what is left of a promise after every function that it passes through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.uncertainty import input_draws
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.case import Case
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Delivery", "Fix", "delivery"]


@dataclass(frozen=True, slots=True)
class Fix:
    """What would be gained if nothing were lost in one function, or on one discipline of it.

    Attributes
    ----------
    function : str
    discipline : str
        Label; blank where the whole function is fixed.
    gains : tuple of float, length P
        Rise of the delivered value of each proposition, on the scenario's scale.
    """

    function: str
    discipline: str
    gains: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean rise over the propositions that have a value; NaN where none has."""
        known = [gain for gain in self.gains if not np.isnan(gain)]
        return sum(known) / len(known) if known else float("nan")


@dataclass(frozen=True, eq=False)
class Delivery:
    """From the promised value to the felt one, proposition by proposition, on the scenario's scale.

    ``promised - losses.sum() == delivered`` and ``delivered + unexplained == felt`` for each.

    Attributes
    ----------
    scenario : Scenario
    segment : str or None
        None for all segments by size.
    promised, delivered, felt : ndarray, shape (P,)
        Values of the promise, of what should be left of it, and of what is felt. All three rest
        on the scores that are both promised and felt; NaN where there is none.
    losses : ndarray, shape (P, F, D)
        What each function takes on each discipline.
    partial : ndarray of bool, shape (P,)
        Where a score with weight is not promised or not felt, and takes no part.
    fixes, single_fixes : tuple of Fix
        Functions as a whole, and discipline by discipline; the largest mean gain first.
    """

    scenario: Scenario
    segment: str | None
    promised: FloatArray
    delivered: FloatArray
    felt: FloatArray
    losses: FloatArray
    partial: BoolArray
    fixes: tuple[Fix, ...]
    single_fixes: tuple[Fix, ...]

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of the functions, in order."""
        return tuple(function.name for function in self.scenario.delivery)

    @property
    def unexplained(self) -> FloatArray:
        """Felt less delivered, shape (P,): below 0 where more is lost than the chain explains."""
        return self.felt - self.delivered

    def step_draws(self, p: int) -> FloatArray:
        """Values of one proposition from promised to felt under what is in doubt, shape (F * D + 2, N).

        The promise, what is left of it after each function and discipline, and what is felt. Promises
        and the chain are taken as known: weights and felt scores are off.
        """
        scenario = self.scenario
        promise, _, _ = _cases(scenario, self.segment)
        left = np.array([*_passed(scenario.survival_shares)])[..., None]
        values = []
        for told, (weights, felt) in zip(
            promise.scores[:, p], input_draws(scenario, self.segment), strict=True
        ):
            lost = np.isnan(told)[:, None]
            steps = mean_of_draws(told[:, None] * left, weights, scenario.settings.rho)
            now = mean_of_draws(np.where(lost, np.nan, felt[p])[None], weights, scenario.settings.rho)
            draws = max(steps.shape[1], now.shape[1])
            values.append(np.concatenate([np.broadcast_to(x, (len(x), draws)) for x in (steps, now)]))
        return _over_segments(scenario, values)

    def fix_draws(self) -> FloatArray:
        """Mean gain of fixing each function, in the order of the chain, as `step_draws`, shape (F, N)."""
        scenario = self.scenario
        promise, _, _ = _cases(scenario, self.segment)
        survival, known = scenario.survival_shares, ~np.isnan(self.delivered)
        mended = [np.delete(survival, f, axis=0).prod(axis=0) for f in range(len(survival))]
        weights = [w for w, _ in input_draws(scenario, self.segment)]
        values = []
        for left in (survival.prod(axis=0), *mended):
            arriving = (promise.scores * left)[:, known, :, None]
            every = zip(arriving, weights, strict=True)
            drawn = [mean_of_draws(scores, w, scenario.settings.rho) for scores, w in every]
            values.append(_over_segments(scenario, drawn).mean(axis=0))
        return np.asarray(np.stack(values[1:]) - values[0])

    def to_frame(self) -> pd.DataFrame:
        """Steps from promised to felt: proposition, step, function, discipline, value.

        Steps are promised, lost (a value below 0 for each function and discipline), delivered,
        unexplained and felt, in this order for each proposition.
        """
        rows = [row for p in range(len(self.promised)) for row in self._steps(p)]
        return pd.DataFrame(rows, columns=["proposition", "step", "function", "discipline", "value"])

    def _steps(self, p: int) -> Iterator[tuple[str, str, str, str, float]]:
        name, disciplines = self.scenario.proposition_names[p], self.scenario.discipline_names
        yield name, "promised", "", "", float(self.promised[p])
        for f, function in enumerate(self.functions):
            for d, discipline in enumerate(disciplines):
                yield name, "lost", function, discipline, 0.0 - float(self.losses[p, f, d])
        for step in ("delivered", "unexplained", "felt"):
            yield name, step, "", "", float(getattr(self, step)[p])


def delivery(scenario: Scenario, segment: str | None = None) -> Delivery:
    """Follow the promised value through the functions of the organisation.

    On the scale from 0 to 1, the score of each discipline is multiplied by the share that
    survives each function. Losses are taken one after the other, function by function in the
    order of the sheet, and discipline by discipline within each, so that they sum to the
    difference exactly at any compensation and fairness. At compensation 1 and fairness 0 the
    order of the disciplines makes no difference.

    Parameters
    ----------
    scenario : Scenario
        With promised scores and a delivery chain.
    segment : str, optional
        Name of the segment; all segments by size where it is None.

    Returns
    -------
    Delivery

    Raises
    ------
    EditError
        Where the scenario has no promised scores or no delivery chain, with the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.parts import Function
    >>> base = Scenario.from_arrays([[5, 5]], propositions=["Express"]).with_table("promised", [[[10, 6]]])
    >>> chain = delivery(base.replace(delivery=[Function(name="Sales", survives={"discipline_1": 0.8})]))
    >>> chain.promised.tolist(), chain.losses.tolist(), chain.delivered.tolist(), chain.unexplained.tolist()
    ([8.0], [[[1.0, 0.0]]], [7.0], [-2.0])
    >>> chain.fixes[0].function, chain.fixes[0].mean
    ('Sales', 1.0)
    """
    if not scenario.delivery:
        raise EditError("there is no delivery chain; fill in the sheet Delivery")
    promised, felt, partial = _cases(scenario, segment)
    survival, scale = scenario.survival_shares, scenario.scale
    left = promised.scores * np.array([*_passed(survival)])[:, None, None, :]
    values = scale.from_unit(promised.values(scores=left))
    losses = (values[:-1] - values[1:]).T.reshape(-1, *survival.shape)
    fixes, single = _fixes(scenario, promised, values[-1])
    return Delivery(
        scenario=scenario,
        segment=segment,
        promised=values[0],
        delivered=values[-1],
        felt=scale.from_unit(felt.values()),
        losses=losses,
        partial=partial,
        fixes=fixes,
        single_fixes=single,
    )


def _cases(scenario: Scenario, segment: str | None) -> tuple[Case, Case, BoolArray]:
    """Promised and felt on the scores that are both, and which propositions lack one with weight."""
    told = scenario.scores_as("promised")[scenario.rows(segment)]
    promised, case = np.clip(scenario.scale.to_unit(told), 0, 1), case_of(scenario, segment)
    missing = np.isnan(promised) | np.isnan(case.scores)
    counts = (case.weights > 0) & (case.sizes[:, None] > 0)
    tables = (np.where(missing, np.nan, scores) for scores in (promised, case.scores))
    promise, felt = (replace(case, scores=scores) for scores in tables)
    return promise, felt, np.asarray((missing & counts[:, None]).any(axis=(0, 2)))


def _over_segments(scenario: Scenario, values: Sequence[FloatArray]) -> FloatArray:
    """Draws of values from 0 to 1 of one segment alone, or their mean by size, on the scenario's scale."""
    mean = values[0]
    if len(values) > 1:
        every = np.stack(np.broadcast_arrays(*values), axis=1)
        mean = mean_of_draws(every, scenario.size_shares[:, None], 1 - scenario.settings.eps)
    return scenario.scale.from_unit(mean)


def _passed(survival: FloatArray) -> Iterator[FloatArray]:
    """Share that is left on each discipline before the first step and after every one, F * D + 1 rows."""
    left = np.ones(survival.shape[1])
    yield left
    for function in survival:
        for d, share in enumerate(function):
            left = left.copy()
            left[d] *= share
            yield left


def _fixes(
    scenario: Scenario, promised: Case, delivered: FloatArray
) -> tuple[tuple[Fix, ...], tuple[Fix, ...]]:
    """What every function, and every discipline of one, would return if nothing were lost there."""
    survival = scenario.survival_shares
    names = [function.name for function in scenario.delivery]

    def fixed(f: int, disciplines: slice | int, label: str) -> Fix:
        mended = survival.copy()
        mended[f, disciplines] = 1.0
        values = scenario.scale.from_unit(promised.values(scores=promised.scores * mended.prod(axis=0)))
        return Fix(names[f], label, tuple((values - delivered).tolist()))

    whole = [fixed(f, slice(None), "") for f in range(len(names))]
    single = [fixed(f, d, scenario.discipline_names[d]) for f, d in np.argwhere(survival < 1)]
    return _best_first(whole), _best_first(single)


def _best_first(fixes: list[Fix]) -> tuple[Fix, ...]:
    return tuple(sorted(fixes, key=lambda fix: -np.nan_to_num(fix.mean)))
