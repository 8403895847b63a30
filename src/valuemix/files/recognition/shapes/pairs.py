"""Columns under the head of each option: its score and what that adds to the total, or what each rater gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import BoolArray, FloatArray

__all__ = ["are_pairs", "counted_as", "counted_down", "inner_names"]

_PAIR, _LEAST, _MOST_DOWN = 2, 4, 2


def are_pairs(frame: Frame) -> bool:
    """Whether every group of columns is a score and that score times one weight a row, whatever they are called."""
    pairs = _grouped(frame)
    if len(pairs) < _PAIR or any(len(pair) != _PAIR for pair in pairs):
        return False
    columns = [column for pair in pairs for column in pair]
    rows = [r for r in frame.rows.places if np.isfinite(frame.grid.numbers[r, columns]).all()]
    return len(rows) >= _LEAST and any(
        _are_products(frame, rows, pairs, weights) for weights in _weights(frame, rows, pairs)
    )


def _grouped(frame: Frame) -> list[list[int]]:
    """Columns of each group."""
    groups: dict[str, list[int]] = {}
    for column, group in frame.columns.groups.items():
        groups.setdefault(group, []).append(column)
    return [sorted(columns) for columns in groups.values()]


def _weights(frame: Frame, rows: Sequence[int], pairs: Sequence[Sequence[int]]) -> Iterator[FloatArray]:
    """What may weigh: the columns beside the pairs."""
    inside = {column for pair in pairs for column in pair}
    for column in frame.columns.places:
        numbers = frame.grid.numbers[rows, column]
        if column not in inside and np.isfinite(numbers).all() and np.ptp(numbers) > 0:
            yield numbers


def _are_products(
    frame: Frame, rows: Sequence[int], pairs: Sequence[Sequence[int]], weights: FloatArray
) -> bool:
    scores, products = (frame.grid.numbers[np.ix_(rows, [pair[i] for pair in pairs])].T for i in range(_PAIR))
    places = np.array([decimals_of(frame.grid.texts[rows, pair[1]]) for pair in pairs])
    counted = counted_as(weights, scores, products)
    return any(counted_down(scores, products, places, w) is not None for w in counted)


def counted_as(weights: FloatArray, scores: FloatArray, products: FloatArray) -> Iterator[FloatArray]:
    """What weights may count as where products are weight times score, each shape (K,).

    That is themselves, hundredths, shares of their sum, or shares of the top of the scale, such as 40 x 3 / 5.

    Parameters
    ----------
    weights : array, shape (K,)
    scores, products : array, shape (..., K)
    """
    yield weights
    yield weights * 0.01
    if total := weights.sum():
        yield weights / total
    there = products > 0
    top = np.round(np.median((weights * scores)[there] / products[there])) if there.any() else 0
    if top > 1:
        yield weights / top


def counted_down(
    scores: FloatArray, products: FloatArray, places: FloatArray, weights: FloatArray
) -> BoolArray | None:
    """Criteria that weights times scores count the other way round, one or two at most; None if these are no products.

    Such a criterion weighs what is left of a whole number, the same for all options: 11 minus the note for the price.

    Parameters
    ----------
    scores, products, places : array, shape (n, K)
        Of options by criteria, and the decimals that products are printed with; a missing product proves nothing.
    weights : array, shape (K,)

    Returns
    -------
    array of bool, shape (K,), or None
    """
    missing = ~np.isfinite(products)
    right = np.asarray((missing | equal_as_printed(scores * weights, products, places)).all(axis=0))
    down = np.flatnonzero(~right)
    if len(down) > min(_MOST_DOWN, right.sum() - 1) or missing[:, down].any() or not weights[down].all():
        return None
    s, p, w = scores[:, down], products[:, down], weights[down]
    whole = np.round(np.median(p / w + s, axis=0))
    return ~right if equal_as_printed((whole - s) * w, p, places[:, down]).all() else None


def inner_names(frame: Frame) -> list[str]:
    """Names that stand in every group of columns, where they are raters and the groups options or criteria.

    They are called so, one is the mean of the others, or each group has one weight.
    """
    names = frame.columns.names
    groups = [{names[c]: c for c in columns} for columns in _grouped(frame)]
    first = [*groups[0]]
    if len(first) * len(groups) != len(frame.columns.groups) or not all({*of} == {*first} for of in groups):
        return []
    is_summed_up = any(_is_mean(frame, groups, name) for name in first)
    return first if is_summed_up or _are_raters(first) or _weighs_groups(frame, groups) else []


def _weighs_groups(frame: Frame, groups: Sequence[dict[str, int]]) -> bool:
    """Whether a row above the header has one weight for all columns of a group, and not the same for every group."""
    numbers = frame.grid.numbers[[row for row in frame.rows.places if row < frame.header]]
    alike = all(
        (numbers[:, [*of.values()]] == numbers[:, [of[first]]]).all() for of in groups for first in [*of][:1]
    )
    return alike and len(numbers) == 1 and len({numbers[0, next(iter(of.values()))] for of in groups}) > 1


def _are_raters(names: Sequence[str]) -> bool:
    others = [name for name in names if not is_named("total", name)]
    return len(others) >= _PAIR and all(is_named("rater", name) for name in others)


def _is_mean(frame: Frame, groups: Sequence[dict[str, int]], name: str) -> bool:
    """Whether the columns of one name are the means of those beside them, wherever all of these have numbers."""
    compared = 0
    for of in groups:
        others = [column for beside, column in of.items() if beside != name]
        cells = frame.grid.numbers[np.ix_(frame.rows.places, [of[name], *others])]
        cells = cells[np.isfinite(cells).all(axis=1)]
        places = decimals_of(frame.grid.texts[list(frame.rows.places), of[name]]).max(initial=0)
        means = cells[:, 1:].mean(axis=1)
        if len(others) < _PAIR or not equal_as_printed(means, cells[:, 0], np.full(len(cells), places)).all():
            return False
        compared += len(cells)
    return compared >= _LEAST
