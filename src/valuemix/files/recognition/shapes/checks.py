"""Totals of a layout, each with the formula that gives most of it: those that are called so, and those that are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.anchored import anchored_check
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.totals import Check, best_check, decimals, may_agree
from valuemix.files.recognition.shapes.turned import turned_check
from valuemix.typing import FloatArray

__all__ = ["check", "checks_of", "full_check", "have_totals", "is_total", "rows_with_totals"]

_FEW, _LEAST, _MOST_INNER = 9, 3, 100
_THOUSAND = 1000
_CHANCE, _BESIDE_WEIGHTS = 1e-4, 1e-2
"""Chance at most that numbers which are no total agree with a formula: of any, and of those without a weight."""


def checks_of(layout: Layout, given: Reading) -> Iterator[tuple[int, Check]]:
    """What each column of totals is compared with: all criteria, or those since the total before."""
    named = {c for c, role in layout.column_roles.items() if role == "total"}
    totals, proved = sorted(named | {*layout.unweighted}), False
    for since, column in zip((-1, *totals), totals, strict=False):
        best = _best_check(layout, since, column)
        if (
            best
            and best.compared.any()
            and (column in named or is_total(best, layout, column, _BESIDE_WEIGHTS))
        ):
            yield column, best
        proved |= best is not None and best.is_proof
    if not proved:
        yield from _unnamed(layout, given)


def _best_check(layout: Layout, since: int, column: int) -> Check | None:
    """The better of two comparisons: with all criteria, and with those since the total before."""
    runs = (layout.criteria, tuple(c for c in layout.criteria if since < c < column))
    found = [check(layout, run, column) for run in dict.fromkeys(runs) if run]
    best = max((one for one in found if one), key=lambda one: one.matches, default=None)
    if best is None or best.is_proof or layout.column_roles.get(column) != "total":
        return best
    values, weights, totals, places = _compared(layout, layout.criteria, column)
    least = 2 if layout.has_products else 4
    return (
        turned_check(values, weights, totals, places, layout.criteria, least=least)
        or anchored_check(values, weights, totals, places, layout.criteria, layout.anchors)
        or best
    )


def _unnamed(layout: Layout, given: Reading) -> Iterator[tuple[int, Check]]:
    """A column that nothing names, and that is a total of the others in every row."""
    if len(layout.criteria) < _LEAST or len(layout.options) < _LEAST:
        return
    names = layout.frame.columns.names
    for column in _edges_first(layout.criteria):
        if given.roles.get(names[column]) == "criterion":
            continue
        others = tuple(c for c in layout.criteria if c != column)
        found = full_check(layout, others, column)
        if found and is_total(found, layout, column):
            yield column, found
            return


def _edges_first(criteria: Sequence[int]) -> list[int]:
    """Columns in the order in which one may be a total; of very many one stands at an edge."""
    first, *middle, last = criteria
    return [last, first, *reversed(middle if len(middle) <= _MOST_INNER else [])]


def is_total(found: Check, layout: Layout, column: int, most: float = _CHANCE) -> bool:
    """Whether all numbers are the formula to the last digit, and differ, or as printed so often that chance is out."""
    if not found.matches == found.count >= _LEAST:
        return False
    expected = found.expected[found.compared]
    if found.chance < most:
        return True
    printed = layout.values[:, column]
    near = (np.nanmin(np.abs(printed - total)) <= 1e-6 * max(abs(total), 1.0) for total in expected.tolist())
    return len({*np.round(expected, 9).tolist()}) >= _LEAST and all(near)


def check(layout: Layout, criteria: Sequence[int], column: int) -> Check | None:
    """Formula of some criteria that gives most of a column."""
    values, weights, totals, places = _compared(layout, criteria, column)
    names = layout.frame.columns.names
    best = best_check(values, weights, totals, places, [names[c] for c in criteria], names[column])
    return best and replace(best, criteria=tuple(criteria))


def full_check(layout: Layout, criteria: Sequence[int], column: int) -> Check | None:
    """Check of all options, where the first of them bear it out: others are not worth a look at thousands."""
    first = replace(layout, options=layout.options[:_FEW])
    if not may_agree(*_compared(first, criteria, column), layout.frame.columns.names[column]):
        return None
    few = check(first, criteria, column)
    return check(layout, criteria, column) if few and few.matches == few.count else None


def _compared(
    layout: Layout, criteria: Sequence[int], column: int
) -> tuple[FloatArray, FloatArray | None, FloatArray, FloatArray]:
    """Values, weights, totals and decimals of the totals."""
    rows, beside, printed = rows_with_totals(layout), _beside(layout), layout.values[:, column]
    at = [row if np.isfinite(printed[row]) else beside.get(row, row) for row in rows] if beside else rows
    totals, texts = printed[at], layout.frame.grid.texts[at, column].tolist()
    places = [
        decimals(t, grouped=is_large)
        for t, is_large in zip(texts, (totals >= _THOUSAND).tolist(), strict=True)
    ]
    values = layout.values[np.ix_(rows, list(criteria))]
    return values, layout.weights_of(criteria), totals, np.array(places, dtype=float)


def rows_with_totals(layout: Layout) -> list[int]:
    """Rows whose totals are compared: the options, and technical characteristics where these alone have any."""
    technical = [r for r, role in layout.row_roles.items() if role == "technical"]
    return sorted([*layout.options, *(technical if layout.with_technical else ())])


def have_totals(layout: Layout) -> bool:
    """Whether an option has a number in a column of totals."""
    totals = [c for c, role in layout.column_roles.items() if role == "total"]
    return bool(np.isfinite(layout.values[np.ix_(layout.options, totals)]).any())


def _beside(layout: Layout) -> dict[int, int]:
    """Derived row that stands beside each option: its total may stand there."""
    return {row - 1: row for row, role in layout.row_roles.items() if role == "derived"}
