"""Columns that no total takes: an amount, a date or a number of days that the owner did not score."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.checks import full_check, is_total
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.totals import Check

__all__ = ["without_unneeded"]

_LEAST = 4
_MOST_TOGETHER, _MOST_IN_PAIRS, _MOST_CRITERIA = 2, 12, 100


def without_unneeded(layout: Layout, given: Reading) -> Layout:
    """Without one or two columns, where every total comes out once they are left out, and none does with them."""
    if layout.proof is not None or not _is_small(layout):
        return layout
    for column, dropped in _tries(layout, given):
        kept = tuple(c for c in layout.criteria if c not in dropped and c != column)
        found = full_check(layout, kept, column)
        if found and found.count >= _LEAST and is_total(found, layout, column):
            return _kept(layout, kept, column, dropped, found)
    return layout


def _is_small(layout: Layout) -> bool:
    """Whether a search through its criteria is worth while: enough options, and not too many of the others."""
    return len(layout.options) >= _LEAST and len(layout.criteria) <= _MOST_CRITERIA


def _tries(layout: Layout, given: Reading) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each column that may be a total, with what may be left out: alone, then in pairs."""
    names = layout.frame.columns.names
    free = [c for c in layout.criteria if given.roles.get(names[c]) != "criterion"]
    named = [c for c, role in layout.column_roles.items() if role == "total"]
    totals = named or [c for c in dict.fromkeys((*layout.criteria[-1:], *layout.criteria[:1])) if c in free]
    for together in range(1, _MOST_TOGETHER + (len(free) <= _MOST_IN_PAIRS)):
        for column in totals:
            others = [c for c in free if c != column]
            if len(layout.criteria) - together - (column in layout.criteria) >= _MOST_TOGETHER:
                yield from ((column, drop) for drop in itertools.combinations(others, together))


def _kept(layout: Layout, kept: tuple[int, ...], column: int, dropped: Sequence[int], found: Check) -> Layout:
    totals = layout.values[list(layout.options), column]
    roles: dict[int, Role] = {c: "rank" if _ranks(layout, c, totals) else "left out" for c in dropped}
    return replace(
        layout,
        criteria=kept,
        column_roles={**layout.column_roles, **roles, column: "total"},
        checks=((column, found),),
        unneeded=tuple(c for c in dropped if roles[c] == "left out"),
    )


def _ranks(layout: Layout, column: int, totals: object) -> bool:
    """Whether a column says which place each total has."""
    found = np.asarray(totals, dtype=float)
    places = 1 + (found[None, :] > found[:, None]).sum(axis=1)
    return bool((layout.values[list(layout.options), column] == places).all())
