"""Scenarios side by side: values, ranks, why they differ, and what to choose all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from valuemix.analysis.compare.agreement import rank_agreement
from valuemix.analysis.compare.bridges import PARTS, bridge_parts, changing_weights, weight_parts
from valuemix.analysis.compare.input_effects import InputEffect, effects_frame, input_effects
from valuemix.analysis.compare.joined import Inputs, joined, respelled, union
from valuemix.analysis.compare.path import Path, path_between
from valuemix.analysis.compare.regret import regrets, robust_choices
from valuemix.analysis.notebook import shown
from valuemix.analysis.value.scoring import OVERALL, Evaluation, evaluate, rank_column
from valuemix.errors import EditError, UnknownName
from valuemix.model.names import name_key
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray, IntArray

__all__ = ["Comparison", "Unshared", "compare"]


@dataclass(frozen=True, slots=True)
class Unshared:
    """A segment, proposition or discipline that not every scenario has.

    Attributes
    ----------
    kind : {"proposition", "segment", "discipline"}
    name : str
    scenarios : tuple of str
        Which scenarios have it.
    """

    kind: str
    name: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side, the first being the baseline.

    Every value and rank is the scenario's own, the same as `evaluate` gives. Segments and
    propositions are the same where their names are, but for capitals and blanks around;
    disciplines where their ids are.

    Attributes
    ----------
    evaluations : tuple of Evaluation
        One a scenario (K), with names spelled as the first scenario that has them spells them.
    names : tuple of str
        Names of the scenarios; one that stood before carries a number.
    segments, propositions : tuple of str
        All names of all scenarios, those of the baseline first (P propositions).

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> both = compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))
    >>> both.bridges()[["proposition", "weights", "scores", "total"]]
      proposition  weights  scores  total
    0     Express     -3.6     0.0   -3.6
    1  Green line      0.6     0.0    0.6
    """

    evaluations: tuple[Evaluation, ...]
    names: tuple[str, ...]
    segments: tuple[str, ...]
    propositions: tuple[str, ...]

    @property
    def baseline(self) -> Scenario:
        """The scenario that the others are compared with."""
        return self.evaluations[0].scenario

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios, the baseline first."""
        return tuple(evaluation.scenario for evaluation in self.evaluations)

    def index(self, name: str) -> int:
        """Place of a scenario by its name.

        Raises
        ------
        UnknownName
            Where none of the scenarios has this name.
        """
        keys = [name_key(own) for own in self.names]
        if name_key(name) not in keys:
            raise UnknownName("scenario", name, self.names)
        return self.names.index(name) if name in self.names else keys.index(name_key(name))

    @cached_property
    def same_scale(self) -> tuple[bool, ...]:
        """Whether the values of each scenario may be subtracted from those of the baseline."""
        return tuple(scenario.scale == self.baseline.scale for scenario in self.scenarios)

    @cached_property
    def unshared(self) -> tuple[Unshared, ...]:
        """What only some of the scenarios have."""
        return (
            *self._unshared("proposition", [s.proposition_names for s in self.scenarios]),
            *self._unshared("segment", [s.segment_names for s in self.scenarios]),
            *self._unshared(
                "discipline",
                [s.discipline_ids for s in self.scenarios],
                {d.id: d.name for s in reversed(self.scenarios) for d in s.disciplines},
            ),
        )

    def _unshared(
        self, kind: str, lists: Sequence[Sequence[str]], labels: dict[str, str] | None = None
    ) -> Iterable[Unshared]:
        for name in union(*lists):
            having = tuple(own for own, names in zip(self.names, lists, strict=True) if name in names)
            if len(having) < len(self.names):
                yield Unshared(kind, (labels or {}).get(name, name), having)

    def shared_by(self, *places: int) -> tuple[str, ...]:
        """Propositions that all of some scenarios have; of all scenarios where none is named."""
        chosen = [self.scenarios[k] for k in places or range(len(self.names))]
        return tuple(p for p in self.propositions if all(p in s.proposition_names for s in chosen))

    # ------------------------------------------------------------------ values and ranks

    def values(self, segment: str | None = None) -> FloatArray:
        """Values in a segment, or overall, shape (K, P), each on its scenario's scale.

        NaN where a scenario lacks the segment or the proposition, or has no value for it.

        Raises
        ------
        UnknownName
            Where no scenario has the segment.
        """
        rows = np.full((len(self.names), len(self.propositions)), np.nan)
        for k, places in self._places(segment):
            rows[k, places] = self.evaluations[k].values_in(segment)
        return rows

    def ranks(self, segment: str | None = None) -> IntArray:
        """Ranks among the scenario's own propositions, shape (K, P); 0 where there is no value."""
        rows = np.zeros((len(self.names), len(self.propositions)), dtype=np.int64)
        for k, places in self._places(segment):
            rows[k, places] = self.evaluations[k].ranks_in(segment)
        return rows

    def changes(self, segment: str | None = None) -> FloatArray:
        """Values minus those of the baseline, shape (K, P); NaN where that has no meaning."""
        values = self.values(segment)
        return np.where(np.array(self.same_scale)[:, None], values - values[0], np.nan)

    def _places(self, segment: str | None) -> list[tuple[int, list[int]]]:
        """Scenarios that have a segment, with the places of their propositions."""
        if segment is not None and name_key(segment) not in map(name_key, self.segments):
            raise UnknownName("segment", segment, self.segments)
        return [
            (k, [self.propositions.index(name) for name in scenario.proposition_names])
            for k, scenario in enumerate(self.scenarios)
            if segment is None or name_key(segment) in map(name_key, scenario.segment_names)
        ]

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return shown(self)

    def to_frame(self) -> pd.DataFrame:
        """Tidy table: scenario, segment, proposition, value, rank, change; the overall rows last.

        What a scenario lacks is listed with nothing in it.
        """
        views = (*self.segments, None)
        blocks = []
        for k, name in enumerate(self.names):
            for view in views:
                columns = {
                    "scenario": name,
                    "segment": OVERALL if view is None else view,
                    "proposition": list(self.propositions),
                    "value": self.values(view)[k],
                    "rank": rank_column(self.ranks(view)[k]),
                    "change": self.changes(view)[k],
                }
                blocks.append(pd.DataFrame(columns))
        return pd.concat(blocks, ignore_index=True)

    # ------------------------------------------------------------------ agreement and regret

    @cached_property
    def kendall_tau(self) -> FloatArray:
        """Kendall's tau-b of the overall ranks of every two scenarios, shape (K, K).

        NaN where two share fewer than two propositions with a value, or all of them tie.
        """
        return self._agreement("kendall")

    @cached_property
    def spearman(self) -> FloatArray:
        """Spearman's rank correlation, as `kendall_tau`."""
        return self._agreement("spearman")

    def _agreement(self, measure: Literal["kendall", "spearman"]) -> FloatArray:
        ranks = self.ranks()
        return np.array([[rank_agreement(one, other, measure) for other in ranks] for one in ranks])

    @cached_property
    def regrets(self) -> FloatArray:
        """Regret of each proposition in each scenario, shape (K, P).

        How far its overall value is behind the best of that scenario; all NaN where the
        scenarios have different scales.
        """
        found = regrets(self.values())
        return found if all(self.same_scale) else np.full_like(found, np.nan)

    @cached_property
    def maximum_regrets(self) -> FloatArray:
        """Largest regret of each proposition, shape (P,); NaN where it lacks a value in some scenario."""
        return np.asarray(self.regrets.max(axis=0))

    @cached_property
    def robust(self) -> tuple[int, ...]:
        """Places of the robust choice: least maximum regret, ties included; none where none has one."""
        return robust_choices(self.maximum_regrets, self.baseline.scale.width)

    def regret(self) -> pd.DataFrame:
        """Tidy table, the robust choice first: proposition, scenario, regret, maximum."""
        order = np.argsort(self.maximum_regrets, kind="stable")
        return pd.DataFrame(
            {
                "proposition": [self.propositions[p] for p in order for _ in self.names],
                "scenario": [*self.names] * len(order),
                "regret": self.regrets[:, order].T.ravel(),
                "maximum": self.maximum_regrets[order].repeat(len(self.names)),
            }
        )

    # ------------------------------------------------------------------ two at a time

    def bridges(self) -> pd.DataFrame:
        """Why each overall value moved: its change from the baseline split over what changed.

        Returns
        -------
        DataFrame
            One row a proposition and other scenario that has it too: proposition, from, to,
            weights, scores, sizes, segments, settings, total. The five parts are Shapley values and
            sum to the total. A segment that only one of the two has is a matter of segments, a
            discipline one of weights. NaN where the scales differ or a mixture has no value.
        """
        rows = []
        for k, name in enumerate(self.names[1:], start=1):
            parts, totals = self.bridge_parts(k), self.changes()[k]
            for proposition in self.shared_by(0, k):
                p = self.propositions.index(proposition)
                rows.append((proposition, self.names[0], name, *parts[:, p].tolist(), float(totals[p])))
        return pd.DataFrame(rows, columns=["proposition", "from", "to", *PARTS, "total"])

    def bridge_parts(self, other: int) -> FloatArray:
        """Parts of every change from the baseline, shape (5, P), in the order of `PARTS`."""
        if not self.same_scale[other]:
            return np.full((len(PARTS), len(self.propositions)), np.nan)
        shared, before, after = self.pair(0, other)
        result = np.full((len(PARTS), len(self.propositions)), np.nan)
        at = [self.propositions.index(name) for name in shared]
        result[:, at] = self.baseline.scale.width * bridge_parts(before, after)
        return result

    def weight_parts(self, other: int, proposition: str) -> dict[str, float]:
        """What weights do to one overall value, by the name of each discipline whose weight differs.

        The largest part first; together they are the weights' part of the bridge. Empty where the
        scales differ or the two do not both have the proposition; NaN where a mixture has no value.
        """
        shared, before, after = self.pair(0, other)
        if not self.same_scale[other] or proposition not in shared:
            return {}
        only = np.zeros(len(shared), dtype=bool)
        only[shared.index(proposition)] = True
        parts = self.baseline.scale.width * weight_parts(before.only(only), after.only(only))[:, 0]
        labels = {d.id: d.name for k in (other, 0) for d in self.scenarios[k].disciplines}
        ids = union(self.baseline.discipline_ids, self.scenarios[other].discipline_ids)
        differs = np.flatnonzero(changing_weights(before, after))
        order = sorted(differs.tolist(), key=lambda d: -abs(np.nan_to_num(parts[d])))
        return {labels[ids[d]]: float(parts[d]) for d in order}

    def pair(self, one: int, other: int) -> tuple[tuple[str, ...], Inputs, Inputs]:
        """Propositions that two scenarios share, and the inputs of both for these."""
        names, before, after = joined(self.scenarios[one], self.scenarios[other])
        both = before.has & after.has
        shared = tuple(n for n, has in zip(names.propositions, both, strict=True) if has)
        return shared, before.only(both), after.only(both)

    def path(self, one: str, other: str) -> Path | None:
        """Way from one scenario to another over the propositions that both have.

        Returns
        -------
        Path or None
            None where they share no proposition or their settings cannot be mixed.

        Raises
        ------
        UnknownName
            Where one of the scenarios is not compared.
        """
        shared, before, after = self.pair(self.index(one), self.index(other))
        return path_between(shared, before, after) if shared else None

    def input_effects(self, other: str) -> tuple[InputEffect, ...]:
        """What differs in another scenario, the difference with the largest effect by itself first."""
        return input_effects(self.baseline, self.scenarios[self.index(other)])

    def input_differences(self) -> pd.DataFrame:
        """The same of all other scenarios as a table, with a column ``scenario``."""
        frames = [effects_frame(())] if len(self.names) == 1 else []
        for name in self.names[1:]:
            frames.append(effects_frame(self.input_effects(name)))
            frames[-1].insert(0, "scenario", np.array([name] * len(frames[-1]), dtype=object))
        return pd.concat(frames, ignore_index=True)


def compare(*scenarios: Scenario) -> Comparison:
    """Set scenarios side by side, the first one being the baseline.

    Parameters
    ----------
    *scenarios : Scenario
        One at least. They may differ in anything: what only some have is listed as `unshared`.

    Raises
    ------
    EditError
        Where there is no scenario.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case")
    >>> compare(base, base.with_weights(discipline_1=20)).names
    ('Base case', 'Base case (2)')
    """
    if not scenarios:
        raise EditError("there is nothing to compare; give one scenario at least")
    segments: dict[str, str] = {}
    propositions: dict[str, str] = {}
    spelled = []
    for scenario in scenarios:
        for known, own in ((segments, scenario.segment_names), (propositions, scenario.proposition_names)):
            for name in own:
                known.setdefault(name_key(name), name)
        spelled.append(respelled(scenario, segments, propositions))
    return Comparison(
        tuple(evaluate(scenario) for scenario in spelled),
        _told_apart([scenario.name for scenario in scenarios]),
        tuple(segments.values()),
        tuple(propositions.values()),
    )


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number where one stood before."""
    keys: set[str] = set()
    result = []
    for name in names:
        own, number = name, 1
        while name_key(own) in keys:
            number += 1
            own = f"{name} ({number})"
        keys.add(name_key(own))
        result.append(own)
    return tuple(result)
