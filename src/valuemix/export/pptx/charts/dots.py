"""Rows of dots with columns of figures beside: values in every segment, values for every kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import ahead, gap, number, signed
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Stroke, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import clean, cut_to, points_of

__all__ = ["Column", "Dots", "dots", "draw_alignment", "draw_evenness"]

HEADS = 22
"""Points for the heads of the columns."""

ASIDE = 120
"""Points at most for the names of the worst-served segments at the left of their dots."""

LOSS = discipline(1)
KINDS = {"customer": ("circle", "●", HIGHLIGHT), "employee": ("diamond", "◆", discipline(1)),
         "partner": ("square", "■", discipline(2))}  # fmt: skip


@dataclass(frozen=True)
class Dots:
    """Marks of one kind: the rows where they stand (from 0), their points on the axis, and names at their left."""

    name: str
    rows: Sequence[int]
    points: Sequence[float]
    symbol: str
    paint: Paint
    names: Sequence[str] = ()
    smaller: float = 0.0


@dataclass(frozen=True)
class Column:
    """Figures at the right of the rows, with their head."""

    head: str
    texts: Sequence[str]
    paints: Sequence[Paint]


def draw_evenness(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Value in every segment, the worst named, overall values beside, drawn from the exhibit's table alone."""
    table = exhibit.table
    names = list(dict.fromkeys(table["proposition"]))
    first = table.drop_duplicates("proposition")
    place = table["proposition"].map(names.index)
    worst = table["worst"].to_numpy(dtype=bool)
    others = Dots("Segments", place[~worst].tolist(), table["value"][~worst].tolist(), "circle", CONTEXT)
    served = Dots(
        "Served worst", place[worst].tolist(), table["value"][worst].tolist(), "circle", HIGHLIGHT,
        _worst_names(table[worst]),
    )  # fmt: skip
    mean = Dots("Overall", range(len(names)), first["mean"].tolist(), "diamond", INK, smaller=4)
    dots(slide, exhibit, box, names, [others, served, mean], _overall(first, exhibit.decimals))


def _worst_names(worst: pd.DataFrame) -> list[str]:
    """Name of the segment at the first of the dots that tie as the worst, or how many there are."""
    counts, seen, found = worst["proposition"].value_counts(), set(), []
    for name, segment in zip(worst["proposition"], worst["segment"], strict=True):
        found.append(
            "" if name in seen else str(segment) if counts[name] == 1 else f"{counts[name]} segments"
        )
        seen.add(name)
    return found


def _overall(first: pd.DataFrame, decimals: int) -> list[Column]:
    """Overall value at fairness 0 and at the fairness of the exhibit, and what unevenness costs."""
    eps = float(first["fairness"].iloc[0])
    mean, even = first["mean"].tolist(), first["even"].tolist()
    lost = [gap(e, m, decimals) if m == m else math.nan for m, e in zip(mean, even, strict=True)]
    ink = [INK] * len(mean)
    return [
        Column("fairness 0 (◆)", [number(v, decimals) for v in mean], ink),
        Column(
            "worst only" if math.isinf(eps) else f"fairness {eps:g}", [number(v, decimals) for v in even], ink
        ),
        Column(
            "cost",
            ["–" if math.isnan(v) else signed(v, decimals) for v in lost],
            [LOSS if v < 0 else MUTED for v in lost],
        ),
    ]


def draw_alignment(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """One mark a kind of segment, what is lost beside, drawn from the exhibit's table alone."""
    table, decimals = exhibit.table, exhibit.decimals
    names, kinds = list(dict.fromkeys(table["proposition"])), list(dict.fromkeys(table["kind"]))
    marks, columns = [], []
    for kind in kinds:
        own = table[table["kind"] == kind]
        symbol, sign, paint = KINDS[kind]
        marks.append(Dots(f"{kind}s", range(len(names)), own["value"].tolist(), symbol, paint))
        starred = own["partial"] & own["value"].notna()
        texts = [number(v, decimals) + "*" * s for v, s in zip(own["value"], starred, strict=True)]
        columns.append(Column(f"{sign} {kind}s", texts, [INK] * len(names)))
    lost = [_most_lost(own, decimals) for _, own in table.groupby("proposition", sort=False)]
    conflict = table.groupby("proposition", sort=False)["conflict"].any().tolist()
    columns.append(Column("most lost", lost, [LOSS if there else MUTED for there in conflict]))
    dots(slide, exhibit, box, names, marks, columns, conflict)


def _most_lost(own: pd.DataFrame, decimals: int) -> str:
    """Which kind loses most by a proposition that is best for another, and how much."""
    lost = own["lost"].fillna(0.0)
    if not own["best_for"].iloc[0] or not lost.max() > 0:
        return ""
    most = int(lost.argmax())
    value = float(own["value"].iloc[most])
    return f"{KINDS[own['kind'].iloc[most]][1]} {ahead(value + float(lost.max()), value, decimals, '<')}"


def dots(
    slide: Slide,
    exhibit: Exhibit,
    box: Box,
    names: Sequence[str],
    marks: Sequence[Dots],
    columns: Sequence[Column],
    lost: Sequence[bool] = (),
) -> None:
    """Add a chart of rows of dots.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    names : sequence of str
        Of the rows.
    marks : sequence of Dots
        NaN where there is none.
    columns : sequence of Column
        Beside the rows.
    lost : sequence of bool
        Rows that stand out as losses.
    """
    rows = rows_of(names, box.height_points - HEADS)
    inside = Inside(rows.width + 12, 0, 0, box.height_points - HEADS - rows.pitch * len(names))
    steps = [_step(column, rows.size) for column in columns]
    aside = max((min(points_of(n, rows.size - 2), ASIDE) for each in marks for n in each.names), default=0.0)
    low, high = _ends(marks)
    unit = (high - low) / max(inside.width(box) - sum(steps) - aside - 24, 100)
    axis = Axis(low - (aside + 12) * unit, high + (sum(steps) + 12) * unit)
    size = min(0.5 * rows.pitch, 11)
    trails = [
        *_spans(marks, rows, lost),
        *(_trail(each, size, rows) for each in marks if len(each.rows)),
        names_beside(rows, axis.low, lost),
        *_columns(columns, steps, rows, high + 12 * unit, unit),
    ]
    scatter(slide, box, exhibit, trails, axis, down(rows, HEADS), inside)


def _step(column: Column, size: float) -> float:
    return max(points_of(column.head, 11), *(points_of(t, size, bold=True) for t in column.texts)) + 14


def _ends(marks: Sequence[Dots]) -> tuple[float, float]:
    known = [v for each in marks for v in each.points if not math.isnan(v)] or [0.0]
    low, high = min(known), max(known)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def _spans(marks: Sequence[Dots], rows: Rows, lost: Sequence[bool]) -> list[Trail]:
    """Line from the lowest to the highest value of each row."""
    found: list[list[float]] = [[] for _ in rows.names]
    for each in marks:
        for row, value in zip(each.rows, each.points, strict=True):
            found[row] += [] if math.isnan(value) else [value]
    nothing = (math.nan, math.nan)
    ends = [(min(own), max(own)) if own else nothing for own in found]
    bad = list(lost) or [False] * len(ends)
    plain = [nothing if on else end for end, on in zip(ends, bad, strict=True)]
    trails = [segments("Span", plain, places_of(rows), Stroke(CONTEXT, 1.5))]
    if any(bad):
        losses = [end if on else nothing for end, on in zip(ends, bad, strict=True)]
        trails.append(segments("Span of conflicts", losses, places_of(rows), Stroke(LOSS, 1.5)))
    return trails


def _trail(each: Dots, size: float, rows: Rows) -> Trail:
    mark = Marker(each.symbol, max(size - each.smaller, 4), each.paint)
    found: list[Any] = [
        label_of(cut_to(clean(name), ASIDE, rows.size - 2, 1) if name else "", rows.size - 2, "l", MUTED)
        for name in each.names
    ]
    y = [row + 1.0 for row in each.rows]
    return Trail(
        each.name, list(each.points), y, marks=[mark], labels=found, notes=[rows.names[r] for r in each.rows]
    )


def _columns(
    columns: Sequence[Column], steps: Sequence[float], rows: Rows, start: float, unit: float
) -> list[Trail]:
    """Labels in columns, each with its head."""
    places = [start + (sum(steps[:i]) + steps[i] / 2) * unit for i in range(len(columns))]
    top = 0.5 - 0.5 * HEADS / rows.pitch
    return [
        Trail(
            clean(column.head),
            [x] * (len(rows.names) + 1),
            [top, *places_of(rows)],
            labels=[
                label_of(column.head, 11, "ctr", MUTED),
                *(
                    label_of(text, rows.size, "ctr", paint, bold=True)
                    for text, paint in zip(column.texts, column.paints, strict=True)
                ),
            ],
        )
        for column, x in zip(columns, places, strict=True)
    ]
