"""Weights of several segments beside one set of scores: a line for each of them, and perhaps their totals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.checks import check, is_total
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.findings import Block, Findings
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import FloatArray

__all__ = ["SegmentWeights", "segment_weights"]

_PAIR = 2
_MOST = 20
_EXACT = 0.006
_WORDS = re.compile(
    r"\b(importance|importancia|importanza|weight(ing)?s?|gewicht(ung)?|wichtigkeit|poids|pesos?|imp|wt)\b\.?"
    r"|^\W+|\W+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SegmentWeights:
    """Lines of weights of a layout, one a segment.

    Parameters
    ----------
    layout : Layout
        With the lines and their totals taken out of its options and criteria.
    lines : tuple of int
        Row of each segment.
    sizes : array, shape (S,), optional
        By which the owner's total of all segments comes out.
    """

    layout: Layout
    lines: tuple[int, ...]
    sizes: FloatArray | None

    @property
    def names(self) -> list[str]:
        """What the segments are called."""
        names = [self.layout.frame.rows.names[line] for line in self.lines]
        bare = [_WORDS.sub("", _WORDS.sub("", name)).strip() for name in names]
        return bare if all(bare) and len({*bare}) == len(bare) else names

    def blocks(self, block: Block) -> list[Block]:
        """The block once for each segment, by its own weights."""
        sizes = [None] * len(self.lines) if self.sizes is None else self.sizes.tolist()
        criteria = list(self.layout.criteria)
        return [
            replace(block, title=name, weights=self.layout.values[line, criteria], is_segment=True, size=size)
            for name, line, size in zip(self.names, self.lines, sizes, strict=True)
        ]

    def tell(self, findings: Findings) -> None:
        """Say what the lines are taken for."""
        listed = ", ".join(map(shorten, self.names))
        findings.guess(f"Each segment has weights of its own: {listed}. The scores hold for all of them.")
        if self.sizes is not None:
            shares = ", ".join(f"{share:.0%}" for share in (self.sizes / self.sizes.sum()).tolist())
            findings.guess(
                f"Sizes of the segments ({shares}) are those by which your total of all comes out."
            )


def segment_weights(layout: Layout, given: Reading) -> SegmentWeights | None:
    """Lines of weights by segment, where two or more have totals of their own or stand under a head of weights."""
    if given.roles or len(layout.options) < _PAIR:
        return None
    criteria = _scored(layout)
    found = {row: _own_total(layout, row, criteria) for row in _lines(layout, criteria)}
    proved = {row: total for row, total in found.items() if total is not None}
    lines = [*proved] if len(proved) >= _PAIR else _headed(layout, [*found])
    if len(lines) < _PAIR:
        return None
    values = layout.values[np.ix_(lines, criteria)]
    if _are_alike(values):
        return None
    whole, sizes = _whole(values, [layout.frame.rows.names[row] for row in lines])
    own = tuple(row for at, row in enumerate(lines) if at != whole)
    kept = _without(layout, criteria, lines, proved)
    return SegmentWeights(kept, own, sizes if sizes is not None else _mixed(kept, own, proved))


def _are_alike(values: FloatArray) -> bool:
    """Whether lines are the same weights in other units, such as points and percent, and no segments."""
    shares = values / values.sum(axis=1, keepdims=True)
    return bool(np.isclose(shares, shares[0], atol=_EXACT).all())


def _headed(layout: Layout, rows: Sequence[int]) -> list[int]:
    """Rows that stand under a head of weights."""
    groups = layout.frame.rows.groups
    return [row for row in rows if is_named("weight", groups.get(row, ""))]


def _scored(layout: Layout) -> tuple[int, ...]:
    """Criteria on which some option has a score."""
    there = np.isfinite(layout.values[np.ix_(_totalled(layout), layout.criteria)]).any(axis=0)
    return tuple(np.array(layout.criteria, dtype=int)[there].tolist())


def _totalled(layout: Layout) -> list[int]:
    """Options with a total, where any total is proved; else all."""
    totals = [c for c, one in layout.checks if one.is_proof]
    there = np.asarray(np.isfinite(layout.values[np.ix_(layout.options, totals)]).any(axis=1))
    return [*itertools.compress(layout.options, there.tolist())] or [*layout.options]


def _lines(layout: Layout, criteria: Sequence[int]) -> list[int]:
    """Rows with a number above or equal to 0 for every criterion, and no total; none of too many."""
    places = list(layout.frame.rows.places)
    cells = layout.values[np.ix_(places, criteria)]
    totals = layout.values[np.ix_(places, [c for c, one in layout.checks if one.is_proof])]
    # A total of a line of weights is what they add up to.
    alike = (np.isnan(totals) | np.isclose(totals, cells.sum(axis=1, keepdims=True))).all(axis=1)
    weigh = np.isfinite(cells).all(axis=1) & (cells >= 0).all(axis=1) & alike
    beside = (None, "weight", "left out", "note", "total")
    pairs = zip(places, weigh.tolist(), strict=True)
    found = [row for row, weighs in pairs if weighs and layout.row_roles.get(row) in beside]
    return found if len(found) <= _MOST else []


def _own_total(layout: Layout, row: int, criteria: Sequence[int]) -> int | None:
    """Column of totals that comes out by a row of weights for every option."""
    options = tuple(r for r in _totalled(layout) if r != row)
    tried = replace(layout, options=options, weight=row)
    for column in (c for c in layout.frame.columns.places if c not in criteria):
        found = check(tried, criteria, column) if len(options) >= _PAIR else None
        if found and found.is_proof and "weighted" in found.formula and is_total(found, tried, column):
            return column
    return None


def _whole(values: FloatArray, names: Sequence[str]) -> tuple[int | None, FloatArray | None]:
    """Which of the lines weighs the others together, and the size of each of these; None where none does."""
    for at, name in enumerate(names) if len(names) > _PAIR else ():
        others = np.delete(values, at, axis=0)
        if others.shape[1] <= len(others):
            continue
        parts = np.linalg.lstsq(others.T, values[at], rcond=None)[0]
        apart = np.abs(parts @ others - values[at]).max()
        if (parts > 0).all() and apart <= _EXACT * max(values[at].max(), 1e-12):
            # Weights of a segment are shares of their sum here, where the owner adds them up as they stand.
            return at, parts * others.sum(axis=1)
        if is_named("total", name):
            return at, None
    return None, None


def _mixed(layout: Layout, lines: Sequence[int], totals: Mapping[int, int]) -> FloatArray | None:
    """Sizes by which another column of totals weighs those of the segments; None where none does."""
    options, own = list(layout.options), [totals[row] for row in lines if row in totals]
    parts = layout.values[np.ix_(options, own)]
    if len(own) != len(lines) or len(options) <= len(own) or np.isnan(parts).any():
        return None
    whole = layout.values[np.ix_(lines, layout.criteria)].sum(axis=1)
    for column in (c for c in layout.frame.columns.places if c not in {*layout.criteria, *own}):
        mixed = layout.values[options, column]
        shares = np.linalg.lstsq(parts, np.nan_to_num(mixed), rcond=None)[0]
        places = decimals_of(layout.frame.grid.texts[options, column])
        if (shares > 0).all() and equal_as_printed(parts @ shares, mixed, places).all():
            return np.asarray(shares * whole, dtype=float)
    return None


def _without(
    layout: Layout, criteria: tuple[int, ...], lines: Sequence[int], totals: Mapping[int, int]
) -> Layout:
    """The layout without the lines of weights, nor their totals and criteria without a score."""
    rows: dict[int, Role] = {**layout.row_roles, **dict.fromkeys(lines, "weight")}
    unscored: dict[int, Role] = dict.fromkeys((c for c in layout.criteria if c not in criteria), "note")
    kept = replace(
        layout,
        options=tuple(r for r in layout.options if r not in lines),
        criteria=criteria,
        row_roles=rows,
        column_roles={**layout.column_roles, **unscored, **dict.fromkeys(totals.values(), "total")},
    )
    checks = ((c, check(replace(kept, weight=row), criteria, c)) for row, c in totals.items())
    return replace(kept, checks=tuple((c, found) for c, found in checks if found is not None))
