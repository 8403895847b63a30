"""Waterfalls: two full columns and the steps that float between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.bridge import full_bars, shown_changes, steps_of
from valuemix.exhibits.words.formats import number, rounded, signed
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Label, Stroke, label_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, clean, points_of

__all__ = ["Step", "draw_bridge", "waterfall"]

NAMES = 40
"""Points for the names below the columns."""

SIZE, SMALLEST = 13.0, 9.0


@dataclass(frozen=True)
class Step:
    """One column: from start to end; a full one where there is no change, which is told as it is printed."""

    name: str
    start: float
    end: float
    change: float = math.nan
    full: bool = False


def draw_bridge(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Full columns and what moves one to the next, drawn from the exhibit's table alone."""
    table = steps_of(exhibit.table)
    columns = (*(table[c].tolist() for c in ("step", "start", "end")), shown_changes(table, exhibit.decimals))
    steps = [
        Step(name if full else name[:1].upper() + name[1:], start, end, change, full=full)
        for name, start, end, change, full in zip(*columns, full_bars(table), strict=True)
    ]
    waterfall(slide, exhibit, box, steps)


def waterfall(slide: Slide, exhibit: Exhibit, box: Box, steps: Sequence[Step]) -> None:
    """Add a waterfall of steps in the order given.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    steps : sequence of Step
        With a full column at both ends; NaN where nothing is known.
    """
    known = [v for step in steps for v in (step.start, step.end) if not math.isnan(v)] or [0.0]
    low, high = min(0.0, *known), max(0.0, *known)
    inside = Inside(0, 0, 0, NAMES)
    room = 2.2 * SIZE / inside.height(box) * ((high - low) or 1.0)
    paints = [_paint(step, exhibit.decimals, last=i == len(steps) - 1) for i, step in enumerate(steps)]
    pieces = [_pieces(step) for step in steps]
    series = [
        Bar("Below, unseen", [p[0] for p in pieces], [None]),
        Bar("Above 0", [p[1] for p in pieces], paints),
        Bar("Above, unseen", [p[2] for p in pieces], [None], _labels(steps, paints, exhibit.decimals)),
        Bar("Down to, unseen", [p[3] for p in pieces], [None]),
        Bar("Below 0", [p[4] for p in pieces], paints),
    ]
    if low >= 0:
        series = series[:3]
    series += _links(steps)
    names = _names(steps, box)
    size = _size(names, box.width_points / len(steps) / breadth(slide.slide_layout) * BROAD)
    bars(
        slide, box, exhibit, names, series, (low, high + room), inside,
        form=Format(exhibit.decimals), size=size, upright=True, gap=60,
    )  # fmt: skip


def _size(names: Sequence[str], width: float) -> float:
    """Font size at which no word is broken in a width in points.

    Examples
    --------
    >>> _size(["Weights", "Should arrive"], 90), _size(["Weights", "Unexplained"], 60)
    (13.0, 9.1)
    """
    longest = max((points_of(word, 1.0) for name in names for word in name.split()), default=1.0)
    return max(SMALLEST, min(SIZE, math.floor(10 * 0.92 * width / longest) / 10))


def _links(steps: Sequence[Step]) -> list[Bar]:
    """Thin lines from the end of each step to the next one."""
    links = []
    for i, step in enumerate(steps[:-1]):
        level = [step.end if k in (i, i + 1) else math.nan for k in range(len(steps))]
        if not math.isnan(step.end):
            links.append(Bar(f"Level {i + 1}", level, [None], joined=Stroke(MUTED, 0.75)))
    return links


def _pieces(step: Step) -> tuple[float, float, float, float, float]:
    """Parts of a column: unseen and seen above 0, the label's, unseen and seen below 0."""
    low, high = sorted((step.start, step.end))
    if math.isnan(low + high):
        return 0.0, 0.0, 1.0, 0.0, 0.0
    above = max(high, 0.0) - max(low, 0.0)
    below = min(high, 0.0) - min(low, 0.0)
    return max(low, 0.0), above, 1.0, min(high, 0.0), -below


def _paint(step: Step, decimals: int, *, last: bool) -> Paint:
    """Grey before, the highlight after; for the steps the colours of gain and loss, the sign beside."""
    if step.full:
        return HIGHLIGHT if last else CONTEXT
    moved = 0.0 if math.isnan(step.change) else rounded(step.change, decimals)
    return discipline(2) if moved > 0 else discipline(1) if moved < 0 else MUTED


def _labels(steps: Sequence[Step], paints: Sequence[Paint], decimals: int) -> list[Label | None]:
    """Values over the full columns, changes with their sign over the steps."""
    return [
        label_of(number(step.end, decimals), SIZE + 3, "inBase", INK, bold=True)
        if step.full
        else label_of(
            "–" if math.isnan(step.change) else signed(step.change, decimals),
            SIZE + 1,
            "inBase",
            paint,
            bold=True,
        )
        for step, paint in zip(steps, paints, strict=True)
    ]


def _names(steps: Sequence[Step], box: Box) -> list[str]:
    # Words do not fill lines to the end: a name of two full lines would be cut again.
    width = box.width_points / len(steps) * 0.92 / SIZE / BROAD
    return short_names([clean(step.name) for step in steps], 1.6 * width)
