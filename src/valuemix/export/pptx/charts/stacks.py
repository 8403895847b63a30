"""Bars on a slide: whole or in parts, with their figures and notes behind them."""

from __future__ import annotations

import math

from pptx.slide import Slide

from valuemix.charts import bars as data
from valuemix.charts.roles import Discipline
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.legend import Named, add_key, key_height
from valuemix.export.pptx.charts.markup import Format, Label, Word, label_of
from valuemix.export.pptx.charts.rows import rows_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, role_paint
from valuemix.export.pptx.page.text import points_of

__all__ = ["draw_bars"]

Line = tuple[Word, ...]

MOST = 0.64
"""Share of the width that texts behind bars may take."""


def draw_bars(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Draw an exhibit whose chart is `Bars`."""
    chart = exhibit.chart
    if not isinstance(chart, data.Bars):
        return
    own = [part for part in chart.rows[0].parts if isinstance(part.role, Discipline)] if chart.rows else []
    named = [Named(key.name, key.below) for key in chart.keys[: len(own)]]
    top = key_height(named, box.width_points)
    rows = rows_of([row.name for row in chart.rows], box.height_points - top)
    inside = Inside(rows.width + 12, top, 2, box.height_points - top - rows.pitch * len(chart))
    words = [_words(chart, row, rows.size) for row in chart.rows]
    room = max(map(_width, words), default=0.0) + 10
    ends, unit = _ends(chart, room, inside.width(box))
    sizes = [part.size * unit for part in own if not math.isnan(part.size)]
    add_key(slide, box, named, inside, sizes if ends[0] >= 0 and len(sizes) == len(named) else [])
    bars(
        slide, box, exhibit, rows.names,
        [*_parts(chart, unit, rows.size), _behind(chart, words, unit, rows.size), *_saved(chart, unit)],
        ends, inside, form=Format(chart.decimals, chart.percent), size=rows.size, gap=50 if rows.pitch > 24 else 28,
    )  # fmt: skip


def _words(chart: data.Bars, row: data.Bar, size: float) -> Line:
    """What stands behind a bar: its figure with its change, and each note after its head, with blanks that stay."""
    words = [Word(row.text, size + 1, INK, bold=row.strong)] if row.text else []
    if row.change:
        words.append(Word(f"  {row.change.text}", size, role_paint(row.change.role)))
    for place, (head, note) in enumerate(zip(chart.heads, row.notes, strict=False)):
        before = ", " if place else "   " if row.text else ""
        words.append(Word(f"{before}{head} ", size - 1, MUTED))
        words.append(Word(note.text, size - 1, role_paint(note.role), bold=True))
    return tuple(Word(w.text.replace(" ", "\u00a0"), w.size, w.paint, w.bold) for w in words)


def _width(words: Line) -> float:
    return sum(points_of(word.text, word.size, bold=word.bold) for word in words)


def _ends(chart: data.Bars, room: float, width: float) -> tuple[tuple[float, float], float]:
    """Ends of the axis with room for the texts behind the bars, and points a unit of it."""
    low, high = chart.ends
    below = any(row.below for row in chart.rows)
    sides = min(room * (1 + below), MOST * width)
    unit = (width - sides) / ((high - low) or 1.0)
    return (low - below * sides / 2 / unit, high + sides / (1 + below) / unit), unit


def _parts(chart: data.Bars, unit: float, size: float) -> list[Bar]:
    """One series a part; figures are printed where there is room."""
    names = [key.name for key in chart.keys] or [chart.measure]
    columns = zip(*(row.parts for row in chart.rows), strict=True)
    return [
        Bar(
            name,
            [part.size for part in column],
            [role_paint(part.role) for part in column],
            [_inner(part, unit, size - 1) for part in column],
        )
        for name, column in zip(names, columns, strict=True)
    ]


def _inner(part: data.Part, unit: float, size: float) -> Label | None:
    fits = points_of(part.text, size, bold=True) + 2 <= abs(part.size) * unit
    return label_of(part.text if fits else "", size, "ctr", GROUND, bold=True)


def _behind(chart: data.Bars, words: list[Line], unit: float, size: float) -> Bar:
    """Texts at the ends of the bars, past an upright mark that is near."""
    found: list[Label | None] = []
    for row, line in zip(chart.rows, words, strict=True):
        past = (row.saved - row.end) * unit
        if 0 < past < _width(line):
            line = (Word("\u00a0" * math.ceil((past + 5) / size / 0.27), size), *line)  # noqa: PLW2901
        found.append(Label((line,), "inBase") if line else None)
    # A bar without length has no end to stand at.
    totals = [row.start + row.end for row in chart.rows]
    return Bar("Value at the end", [total or 1 / unit for total in totals], [None], found)


def _saved(chart: data.Bars, unit: float) -> list[Bar]:
    """Upright marks over the bars."""
    saved = [row.saved for row in chart.rows]
    if all(map(math.isnan, saved)):
        return []
    marks = [math.nan if math.isnan(each) else 2 / unit for each in saved]
    return [Bar("Saved value", saved, [None], over=True), Bar("Mark", marks, [INK], over=True)]
