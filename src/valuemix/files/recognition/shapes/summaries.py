"""Lines that arithmetic tells: rows that sum the options up, and the column that adds the weights up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.checks import check, is_total
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed

__all__ = ["without_sum_of_weights", "without_summaries"]

_SUMS, _ENDS = (np.nanmean, np.nansum, np.nanmedian), (np.nanmin, np.nanmax)
_LEAST, _FEW, _CHANCE, _BY_CHANCE = 3, 9, 1e-3, 1e-2


def without_summaries(layout: Layout, given: Reading) -> Layout:
    """Without rows that are the mean, sum or middle of the options, or their least or greatest where called so."""
    layout = _without_unranked(layout, given)
    names = layout.frame.rows.names
    free = [r for r in layout.options if given.roles.get(names[r]) != "option"]
    ends = [r for r in free if is_named("extreme", names[r])]
    options = [r for r in layout.options if r not in ends]
    dropped: dict[int, Role] = {
        r: "left out"
        for r in ends
        if _is_ceiling(layout, r, options) or _chance(layout, r, options, _ENDS) < 1
    }
    dropped |= dict.fromkeys(_sums_at_the_edges(layout, options, free), "total")
    kept = tuple(r for r in layout.options if r not in dropped)
    return replace(layout, options=kept, row_roles={**layout.row_roles, **dropped})


def _without_unranked(layout: Layout, given: Reading) -> Layout:
    """Without rows that have no rank and stand apart, by a blank row, from the options, which all have one."""
    if layout.frame.is_turned or "rank" not in layout.column_roles.values():
        return layout
    rows = [r for r in layout.options if given.roles.get(layout.frame.rows.names[r]) != "option"]
    ranked = _ranked(layout, rows)
    if len(ranked) < _LEAST:
        return layout
    runs = np.cumsum(np.diff([int(place) for place in layout.frame.grid.rows], prepend=0) > 1)
    is_among = np.isin(runs[rows], runs[ranked])
    if np.asarray(rows)[is_among].tolist() != ranked:
        return layout
    apart: dict[int, Role] = dict.fromkeys(np.asarray(rows)[~is_among].tolist(), "note")
    options = tuple(r for r in layout.options if r not in apart)
    return replace(layout, options=options, row_roles={**layout.row_roles, **apart})


def _ranked(layout: Layout, rows: Sequence[int]) -> list[int]:
    """Rows with a rank."""
    ranks = [c for c, role in layout.column_roles.items() if role == "rank"]
    return [r for r in rows if np.isfinite(layout.frame.grid.numbers[r, ranks]).any()]


def _is_ceiling(layout: Layout, row: int, options: Sequence[int]) -> bool:
    """Whether a row holds numbers that no option exceeds in any column: the most that there can be."""
    cells = layout.values[row, list(layout.criteria)]
    others = layout.values[np.ix_(options, layout.criteria)]
    return cells.size > 1 and bool(np.isfinite(cells).all()) and not (others > cells).any()


def _sums_at_the_edges(layout: Layout, options: Sequence[int], free: Sequence[int]) -> list[int]:
    """The last row and the first, where they sum up what stands between."""
    kept = [*options]
    edges = {*layout.options[-1:], *layout.options[:1]} & {*options} & {*free}
    for row in sorted(edges, reverse=True) if len(options) > _LEAST else ():
        others = [r for r in kept if r != row]
        if _chance(layout, row, others, _SUMS) < _CHANCE:
            kept = others
    return [r for r in sorted(edges) if r not in kept]


def _chance(layout: Layout, row: int, others: Sequence[int], sums: Sequence[Callable[..., Any]]) -> float:
    """Chance that a row agrees with a summary of others by chance; 1 where it agrees with none."""
    if len(others) < 2:
        return 1.0
    # A summary that the first columns do not bear out is none, and not worth a look at thousands.
    borne_out = [of for of in sums if _Summed(layout, row, others, layout.criteria[:_FEW]).agrees(of)]
    if not borne_out:
        return 1.0
    whole = _Summed(layout, row, others, layout.criteria)
    return whole.chance if whole.printed.size > 1 and any(map(whole.agrees, borne_out)) else 1.0


class _Summed:
    """A row beside others that it may sum up, in the columns where both have numbers."""

    def __init__(self, layout: Layout, row: int, others: Sequence[int], criteria: Sequence[int]) -> None:
        cells, columns = layout.values[np.ix_(others, criteria)], np.array(criteria, dtype=int)
        there = np.isfinite(layout.values[row, columns]) & np.isfinite(cells).any(axis=0)
        self.cells, columns = cells[:, there], columns[there]
        self.printed = layout.values[row, columns]
        self.places = decimals_of(layout.frame.grid.texts[row, columns])

    def agrees(self, of: Callable[..., Any]) -> bool:
        """Whether all numbers are a summary of the others, as printed."""
        return bool(equal_as_printed(of(self.cells, axis=0), self.printed, self.places).all())

    @property
    def chance(self) -> float:
        """Chance that numbers spread as the others are would agree so."""
        spreads = np.nanmax(self.cells, axis=0) - np.nanmin(self.cells, axis=0)
        varied = spreads > 0
        return min(float(np.minimum(1.0, 10.0 ** -self.places[varied] / spreads[varied]).prod()), 0.99)


def _is_totalled(layout: Layout, others: Sequence[int], last: int) -> bool:
    found = None if "total" in layout.column_roles.values() else check(layout, others, last)
    return found is not None and is_total(found, layout, last, _BY_CHANCE)


def without_sum_of_weights(layout: Layout, given: Reading) -> Layout:
    """Without a last column that totals the others or is blank, where its weight is their sum: 100 % beside parts."""
    weights, names = layout.weights, layout.frame.columns.names
    if weights is None or len(layout.criteria) < _LEAST or not np.isfinite(weights).all():
        return layout
    *others, last = layout.criteria
    if given.roles.get(names[last]) == "criterion" or not np.isclose(2 * weights[-1], weights.sum()):
        return layout
    is_blank = not np.isfinite(layout.values[list(layout.options), last]).any()
    if not is_blank and not _is_totalled(layout, others, last):
        return layout
    return replace(layout, criteria=tuple(others), column_roles={**layout.column_roles, last: "total"})
