"""What differs in the inputs of two scenarios, and what each difference does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.compare.joined import Inputs, Names, joined
from valuemix.analysis.value.case import leaders_of
from valuemix.model.difference import Difference, diff
from valuemix.model.scenario import Scenario

__all__ = ["InputEffect", "effects_frame", "input_effects"]

TEXTS = ("name", "note", "source")
"""What a scenario says about itself: no input of a value."""


@dataclass(frozen=True)
class InputEffect:
    """One difference between two scenarios, and what it does when nothing else changes.

    Attributes
    ----------
    difference : Difference
    effect : float
        The largest change of any overall value, with its sign, on the baseline's scale; 0 where
        no value rests on it, NaN where it cannot change by itself.
    proposition : str or None
        Whose value changes by that; None where none does.
    leaders : tuple of str or None
        Who leads overall after this change alone, ties included; None where it cannot.
    """

    difference: Difference
    effect: float
    proposition: str | None
    leaders: tuple[str, ...] | None


def input_effects(baseline: Scenario, other: Scenario) -> tuple[InputEffect, ...]:
    """Every difference but those of name, note, source and deck, the one with the largest effect first.

    Parameters
    ----------
    baseline, other : Scenario
        Each difference is made in the baseline, and all else in it stays.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], propositions=["Express", "Green line"])
    >>> other = base.with_weights(discipline_1=20).with_scores("Green line", discipline_2=6)
    >>> for found in input_effects(base, other):
    ...     print(found.difference, "|", round(found.effect, 3), found.proposition)
    Segment 1, Discipline 1: points 80 → 20 | -1.8 Express
    Segment 1, Discipline 2: points 20 → 80 | -1.8 Express
    Segment 1, Green line, Discipline 2: score 5 → 6 | 0.2 Green line
    """
    names, before, after = joined(baseline, other)
    found = [
        _effect(difference, names, before, after, baseline, other)
        for difference in diff(*(s.model_copy(update={"deck": ()}) for s in (baseline, other)))
        if difference.what not in TEXTS
    ]
    return tuple(sorted(found, key=lambda f: -1.0 if np.isnan(f.effect) else abs(f.effect), reverse=True))


def effects_frame(found: Sequence[InputEffect]) -> pd.DataFrame:
    """Table of effects: what, segment, proposition, discipline, before, after, effect, moves, leaders."""
    return pd.DataFrame(
        {
            **{
                name: np.array([getattr(f.difference, name) for f in found], dtype=object)
                for name in ("what", "segment", "proposition", "discipline", "before", "after")
            },
            "effect": np.array([f.effect for f in found], dtype=float),
            "moves": np.array([f.proposition or "" for f in found], dtype=object),
            "leaders": np.array([", ".join(f.leaders or ()) for f in found], dtype=object),
        }
    )


def _effect(
    difference: Difference, names: Names, before: Inputs, after: Inputs, baseline: Scenario, other: Scenario
) -> InputEffect:
    if baseline.scale != other.scale:
        return InputEffect(difference, float("nan"), None, None)
    changed = _with_one(difference, names, before, after, baseline, other)
    if not (changed.points.any(axis=1).all() and changed.sizes.any()):
        return InputEffect(difference, float("nan"), None, None)
    values = changed.values()
    moves = np.nan_to_num(baseline.scale.width * (values - before.values()))
    largest = int(np.argmax(abs(moves)))
    return InputEffect(
        difference,
        float(moves[largest]),
        names.propositions[largest] if moves[largest] else None,
        tuple(names.propositions[p] for p in np.flatnonzero(leaders_of(values))),
    )


def _with_one(
    difference: Difference, names: Names, before: Inputs, after: Inputs, baseline: Scenario, other: Scenario
) -> Inputs:
    """The baseline with this one difference made; as it is where no value rests on it."""
    match difference.what:
        case "size" | "segment added" | "segment removed":
            return _set(before, after, "sizes", (names.segments.index(difference.segment),))
        case "points":
            at = names.segments.index(difference.segment), _discipline(difference, names, baseline)
            return _set(before, after, "points", at)
        case "discipline added":
            return _set(before, after, "points", (slice(None), _discipline(difference, names, other)))
        case "discipline removed":
            return _set(before, after, "points", (slice(None), _discipline(difference, names, baseline)))
        case "score":
            at_score = (
                names.segments.index(difference.segment),
                names.propositions.index(difference.proposition),
                _discipline(difference, names, baseline),
            )
            return _set(before, after, "scores", at_score)
        case "proposition added" | "proposition removed":
            return _set(before, after, "has", (names.propositions.index(difference.proposition),))
        case "compensation":
            return replace(before, rho=after.rho)
        case "fairness":
            return replace(before, eps=after.eps)
    return before


def _discipline(difference: Difference, names: Names, scenario: Scenario) -> int:
    """Place of a discipline that a scenario calls by this label."""
    own = scenario.discipline_names.index(difference.discipline)
    return names.disciplines.index(scenario.discipline_ids[own])


def _set(before: Inputs, after: Inputs, field: str, place: tuple[Any, ...]) -> Inputs:
    array = getattr(before, field).copy()
    array[place] = getattr(after, field)[place]
    return replace(before, **{field: array})
