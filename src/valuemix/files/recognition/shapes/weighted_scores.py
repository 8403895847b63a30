"""Rows of weights times scores beside the rows of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Role
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.pairs import counted_as, counted_down
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import FloatArray

__all__ = ["without_weighted_scores"]


def without_weighted_scores(layout: Layout) -> Layout:
    """Without rows that are weight times the row beside them."""
    weights = layout.weights
    if weights is None:
        return layout
    derived: dict[int, Role] = {}
    for before, row in zip(layout.options, layout.options[1:], strict=False):
        if before not in derived and _goes_with(layout, before, row) and _is_product(layout, before, row):
            derived[row] = "derived"
    counted = layout if 2 * len(derived) == len(layout.options) else _without_counted_down(layout, weights)
    return _without_rows(layout, derived) if counted is layout else counted


def _without_rows(layout: Layout, derived: Mapping[int, Role]) -> Layout:
    options = tuple(row for row in layout.options if row not in derived)
    return replace(layout, options=options, row_roles={**layout.row_roles, **derived})


def _without_counted_down(layout: Layout, weights: FloatArray) -> Layout:
    """Without rows that are weight times the row beside them, but for a criterion or two that count the other way."""
    first, second = layout.options[::2], layout.options[1::2]
    if not first or len(first) != len(second) or not all(map(partial(_goes_with, layout), first, second)):
        return layout
    grid, criteria = layout.frame.grid, list(layout.criteria)
    scores, products = layout.values[np.ix_(first, criteria)], layout.values[np.ix_(second, criteria)]
    places = np.array([decimals_of(grid.texts[row, criteria]) for row in second])
    for shares in counted_as(weights, scores, products):
        down = counted_down(scores, products, places, shares)
        if down is not None:
            turned = dict.fromkeys(np.array(criteria)[down].tolist(), "less")
            return _without_rows(layout.with_directions(turned), dict.fromkeys(second, "derived"))
    return layout


def _is_product(layout: Layout, before: int, row: int) -> bool:
    """Whether a row is the one before times the weights, in points, as shares or in percent."""
    whole = layout.weights
    if whole is None:
        return False
    criteria = [c for c, weight in zip(layout.criteria, whole.tolist(), strict=True) if np.isfinite(weight)]
    known = whole[np.isfinite(whole)]
    scores, products = layout.values[before, criteria], layout.values[row, criteria]
    # Where nothing is scored a product is a total.
    products = np.where(np.isfinite(scores), products, np.nan)
    count = int(np.isfinite(products).sum())
    places = decimals_of(layout.frame.grid.texts[row, criteria])
    return count > 1 and any(
        equal_as_printed(scores * share, products, places).sum() == count and not (share == 1).all()
        for share in counted_as(known, scores, products)
    )


def _goes_with(layout: Layout, before: int, row: int) -> bool:
    """Whether a row is called as the weighted scores of the one before."""
    names = layout.frame.rows.names
    return is_named("derived", names[row]) or names[row].casefold().startswith(names[before].casefold())
