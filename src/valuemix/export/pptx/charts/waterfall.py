"""Waterfalls on slides, native."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from pptx.slide import Slide

from valuemix.charts.waterfall import Step, Waterfall
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Stroke, label_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import INK, MUTED, role_paint
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, clean, points_of

__all__ = ["draw_waterfall"]

NAMES = 40
"""Points for the names below the columns."""

SIZE, SMALLEST = 13.0, 9.0
THIN = Stroke(MUTED, 0.75)


def draw_waterfall(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Add the waterfall of an exhibit.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    """
    chart = cast("Waterfall", exhibit.chart)
    (low, high), steps, inside = chart.ends, chart.steps, Inside(0, 0, 0, NAMES)
    room = 2.2 * SIZE / inside.height(box) * ((high - low) or 1.0)
    paints = [role_paint(step.role) for step in steps]
    labels = [
        label_of(
            step.text, SIZE + 3 if step.full else SIZE + 1, "inBase", INK if step.full else paint, bold=True
        )
        for step, paint in zip(steps, paints, strict=True)
    ]
    below, above, label, down_to, under = zip(*map(_pieces, steps), strict=True)
    series = [
        Bar("Below, unseen", below, [None]),
        Bar("Above 0", above, paints),
        Bar("Above, unseen", label, [None], labels),
    ]
    if low < 0:
        series += [Bar("Down to, unseen", down_to, [None]), Bar("Below 0", under, paints)]
    series += [
        Bar(
            f"Level {i + 1}",
            [y if k in (i, i + 1) else math.nan for k in range(len(steps))],
            [None],
            joined=THIN,
        )
        for i, y in chart.links
    ]
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


def _pieces(step: Step) -> tuple[float, float, float, float, float]:
    """Parts of a column: unseen and seen above 0, the label's, unseen and seen below 0."""
    low, high = sorted((step.start, step.end))
    if not step.known:
        return 0.0, 0.0, 1.0, 0.0, 0.0
    above = max(high, 0.0) - max(low, 0.0)
    below = min(high, 0.0) - min(low, 0.0)
    return max(low, 0.0), above, 1.0, min(high, 0.0), -below


def _names(steps: Sequence[Step], box: Box) -> list[str]:
    # Words do not fill lines to the end: a name of two full lines would be cut again.
    width = box.width_points / len(steps) * 0.92 / SIZE / BROAD
    return short_names([clean(step.name) for step in steps], 1.6 * width)
