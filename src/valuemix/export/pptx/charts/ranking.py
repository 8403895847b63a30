"""Propositions by value: stacked bars of contributions, or plain bars where a value is no sum."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import (
    apportioned,
    change_decimals,
    gap,
    number,
    percents,
    rounded,
    signed,
)
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.legend import Named, add_key, key_height
from valuemix.export.pptx.charts.markup import Format, Label, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, rows_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, GROUND, HIGHLIGHT, INK, discipline
from valuemix.export.pptx.page.text import points_of

__all__ = ["draw_ranking"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class _Table:
    """The exhibit's table in the shapes that bars need."""

    names: list[str]
    totals: FloatArray
    leads: list[bool]
    partial: list[bool]
    before: FloatArray
    disciplines: list[str]
    shares: list[str]
    parts: FloatArray
    decimals: int
    finer: int

    @property
    def shown(self) -> FloatArray:
        """Parts as they are printed: they sum to the values as these are."""
        rows = zip(self.parts, self.totals, strict=True)
        return np.array([apportioned(row, total, self.decimals) for row, total in rows])

    @property
    def moved(self) -> list[bool]:
        """Which values differ from the saved ones as they are printed."""
        return [
            not math.isnan(v + b) and rounded(v, self.finer) != rounded(b, self.finer)
            for v, b in zip(self.totals.tolist(), self.before.tolist(), strict=True)
        ]

    @property
    def span(self) -> tuple[float, float]:
        """Ends of all bars and marks, 0 among them."""
        marks = [b for b, on in zip(self.before.tolist(), self.moved, strict=True) if on]
        low, high = np.minimum(self.parts, 0).sum(axis=1), np.maximum(self.parts, 0).sum(axis=1)
        return min(0.0, *low.tolist(), *marks), max(0.0, *high.tolist(), *marks)


def draw_ranking(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Sorted bars with their values at the end, drawn from the exhibit's table alone."""
    table, form = _table(exhibit, change_decimals(*exhibit.scenarios)), Format(exhibit.decimals)
    named = [Named(*each) for each in zip(table.disciplines, _weights(table), strict=True)]
    top = key_height(named, box.width_points)
    rows = rows_of(_names(table), box.height_points - top)
    inside = Inside(rows.width + 12, top, 2, box.height_points - top - rows.pitch * len(table.names))
    ends, unit = _ends(table, rows, inside.width(box))
    parts = [] if ends[0] < 0 else (table.parts[0] * unit).tolist()
    add_key(slide, box, named, inside, parts)
    series = [
        *_parts(table, form, unit, rows.size),
        Bar("Value at the end", table.totals.tolist(), [None], _totals(table, unit, rows)),
        *_baseline(table, 2 / unit),
    ]
    bars(
        slide, box, exhibit, rows.names, series, ends, inside,
        form=form, size=rows.size, gap=50 if rows.pitch > 24 else 28,
    )  # fmt: skip


def _table(exhibit: Exhibit, finer: int) -> _Table:
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"])) if "discipline" in table else []
    rows = table.iloc[:: max(len(disciplines), 1)]
    values = rows["value"].to_numpy(dtype=float)
    parts = table["contribution"].to_numpy(dtype=float) if disciplines else values
    lacking = np.full(len(rows), np.nan)
    return _Table(
        names=rows["proposition"].tolist(),
        totals=values,
        leads=(rows["rank"].fillna(0) == 1).tolist(),
        partial=rows["partial"].tolist(),
        before=rows["baseline_value"].to_numpy(dtype=float) if "baseline_value" in table else lacking,
        disciplines=disciplines,
        shares=_shares(table.iloc[: len(disciplines)]) if disciplines else [],
        parts=np.nan_to_num(parts.reshape(len(rows), -1)),
        decimals=exhibit.decimals,
        finer=finer,
    )


def _shares(rows: pd.DataFrame) -> list[str]:
    """Weights of the disciplines: the points of sliders where there are some, else rounded shares."""
    if "weight_points" in rows:
        return [f"{points}\u00a0%" for points in rows["weight_points"]]
    return percents(rows["weight_share"].tolist())


def _names(table: _Table) -> list[str]:
    """Propositions; a bar of no length says why."""
    named = zip(table.names, table.totals.tolist(), strict=True)
    return [f"{name} (no value)" if math.isnan(value) else name for name, value in named]


def _weights(table: _Table) -> list[str]:
    return [f"weight {share}" for share in table.shares]


def _ends(table: _Table, rows: Rows, width: float) -> tuple[tuple[float, float], float]:
    """Ends of the axis with room for the values at the ends of the bars, and points a unit of it."""
    low, high = table.span
    room = max(points_of(f"{text}  ", rows.size + 1, bold=True) for text in _texts(table))
    below = bool((table.totals < 0).any())
    unit = (width - room * (1 + below)) / ((high - low) or 1.0)
    return (low - below * room / unit, high + room / unit), unit


# ---------------------------------------------------------------------- series


def _parts(table: _Table, form: Format, unit: float, size: float) -> list[Bar]:
    """Bars of the contributions, or one plain bar; contributions are printed where there is room."""
    if not table.disciplines:
        paints = [HIGHLIGHT if lead else CONTEXT for lead in table.leads]
        return [Bar("Value", table.parts[:, 0].tolist(), paints)]
    return [
        Bar(
            name,
            own.tolist(),
            [discipline(d)],
            [_inner(*each, form, unit, size) for each in zip(own, told, strict=True)],
        )
        for d, (name, own, told) in enumerate(
            zip(table.disciplines, table.parts.T, table.shown.T, strict=True)
        )
    ]


def _inner(value: float, shown: float, form: Format, unit: float, size: float) -> Label | None:
    text = form.text(shown)
    fits = points_of(text, size - 1, bold=True) + 2 <= abs(value) * unit
    return label_of(text if fits and shown else "", size - 1, "ctr", GROUND, bold=True)


def _values(table: _Table) -> list[str]:
    """Values as they are printed, starred where they are partial."""
    each = zip(table.totals.tolist(), table.partial, strict=True)
    return [number(value, table.decimals) + "*" * partial for value, partial in each]


def _changes(table: _Table) -> list[float]:
    """Changes from the saved values as they are printed; 0 where none is."""
    each = zip(table.totals.tolist(), table.before.tolist(), table.moved, strict=True)
    return [gap(value, before, table.finer) if moved else 0.0 for value, before, moved in each]


def _texts(table: _Table) -> list[str]:
    """Values with their changes, as they are printed."""
    each = zip(_values(table), _changes(table), strict=True)
    return [f"{text}  {signed(change, table.finer)}" if change else text for text, change in each]


def _totals(table: _Table, unit: float, rows: Rows) -> list[Label | None]:
    """Values at the ends of the bars, with their changes; past the mark of a saved value that is near."""
    found: list[Label | None] = []
    ends = np.maximum(table.parts, 0).sum(axis=1)
    each = zip(_texts(table), _values(table), _changes(table), strict=True)
    for p, (text, value, change) in enumerate(each):
        words = [Word(value, rows.size + 1, INK, bold=table.leads[p])]
        if change:
            told = f"\u00a0\u00a0{signed(change, table.finer)}"
            words.append(Word(told, rows.size, discipline(1 if change < 0 else 2)))
        past = (table.before[p] - ends[p]) * unit
        if table.moved[p] and 0 < past < points_of(text, rows.size + 1):
            words.insert(0, Word("\u00a0" * math.ceil((past + 5) / rows.size / 0.27), rows.size))
        found.append(None if math.isnan(table.totals[p]) else Label((tuple(words),), "inBase"))
    return found


def _baseline(table: _Table, width: float) -> list[Bar]:
    """Saved values as thin upright marks over the bars, where they differ."""
    if not any(table.moved):
        return []
    before = [v if on else math.nan for v, on in zip(table.before.tolist(), table.moved, strict=True)]
    marks = [width if on else math.nan for on in table.moved]
    return [Bar("Saved value", before, [None], over=True), Bar("Mark", marks, [INK], over=True)]
