"""Lines that head a group of criteria and hold the sums of its weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.evidence import Layout

__all__ = ["without_group_sums"]

_PAIR = 2


def without_group_sums(layout: Layout, given: Reading) -> Layout:
    """Without criteria whose weight is the sum of those that follow; they are the groups of these.

    A line is one only where some option has no score on it, and every criterion stands below such a line.
    """
    said = any(layout.frame.columns.names[c] in given.roles for c in layout.criteria)
    if layout.weights is None or said or layout.frame.columns.groups:
        return layout
    groups = _groups(layout)
    if len({*groups.values()}) < _PAIR:
        return layout
    heads = [*dict.fromkeys(groups.values())]
    names = layout.frame.columns.names
    columns = replace(layout.frame.columns, groups={c: names[head] for c, head in groups.items()})
    roles: dict[int, Role] = {**layout.column_roles, **dict.fromkeys(heads, "group")}
    return replace(
        layout,
        frame=replace(layout.frame, columns=columns),
        criteria=tuple(c for c in layout.criteria if c not in heads),
        column_roles=roles,
    )


def _groups(layout: Layout) -> Mapping[int, int]:
    """Head of each criterion with a weight; none unless all stand below one and add up to its weight."""
    weights = _known_weights(layout)
    found: dict[int, int] = {}
    head: int | None = None
    for column in weights:
        if np.isnan(layout.values[list(layout.options), column]).any() and _is_head(column, weights):
            head = column
        elif head is None:
            return {}
        else:
            found[column] = head
    members = {group: [weights[c] for c, of in found.items() if of == group] for group in {*found.values()}}
    whole = (len(own) >= _PAIR and np.isclose(sum(own), weights[g], rtol=1e-6) for g, own in members.items())
    return found if all(whole) else {}


def _known_weights(layout: Layout) -> dict[int, float]:
    weights = [] if layout.weights is None else layout.weights.tolist()
    return {c: w for c, w in zip(layout.criteria, weights, strict=False) if math.isfinite(w)}


def _is_head(column: int, weights: Mapping[int, float]) -> bool:
    """Whether the weights that follow a column add up to its own at some point."""
    columns = [*weights]
    after = [weights[c] for c in columns[columns.index(column) + 1 :]]
    return bool(np.isclose(np.cumsum(after), weights[column], rtol=1e-6).any())
