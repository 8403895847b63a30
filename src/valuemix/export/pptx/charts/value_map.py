"""Customer value maps: what is got against what it costs, a line of fair value, arrows from before."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.slide import Slide

from valuemix.analysis.value.scoring import TIE
from valuemix.charts.lines import nice_step
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Stroke, label_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED, Paint
from valuemix.export.pptx.page.text import BROAD, add_text, clean, points_of
from valuemix.screen.placing import along

__all__ = ["Bubble", "draw_value_map", "value_map"]

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points."""

LARGEST, SMALLEST, ALIKE = 40.0, 7.0, 16.0
"""Diameters of bubbles in points; the last one where all have the same size."""

SIZE = 12.0
WIDEST = 170
LIGHTER = Paint(HIGHLIGHT.theme, 0.5)


@dataclass(frozen=True)
class Bubble:
    """One offer: what it costs, what is got, its size, whether it is the one, and where it stood before.

    Attributes
    ----------
    name : str
    cost, benefit : float
        NaN where unknown: it is not drawn.
    size_share : float
        Area of the bubble, in any unit.
    lit : bool
    before : (float, float) or None
        Cost and benefit in the saved scenario.
    """

    name: str
    cost: float
    benefit: float
    size_share: float
    lit: bool = False
    before: Point | None = None


def draw_value_map(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Value against burden, drawn from the exhibit's table alone; the best value is highlighted."""
    table = exhibit.table[exhibit.table["value"].notna() & exhibit.table["burden"].notna()]
    if table.empty:
        add_text(slide, box, "Nothing has both a value and a burden.", 14, paint=MUTED)
        return
    above = table["above"].tolist()
    alone = len(above) > 1 and math.isfinite(above[0]) and above[0] - above[1] > TIE
    names = table["segment" if table["segment"].nunique() > 1 else "proposition"]
    bubbles = [
        Bubble(
            str(name), row["burden"], row["value"], row["size_share"], alone and i == 0,
            _before(row),
        )
        for i, (name, row) in enumerate(zip(names, table.to_dict("records"), strict=True))
    ]  # fmt: skip
    first = table.iloc[0]
    slope = float(first["slope"])
    fair = (float(first["fair_value"] - slope * first["burden"]), slope) if math.isfinite(slope) else None
    value_map(slide, exhibit, box, bubbles, ("Burden", "Value"), fair, exhibit.decimals)


def _before(row: Mapping[Hashable, Any]) -> Point | None:
    """Where a row stood in the baseline; None where it had no place there, or the same."""
    before, now = (row["baseline_burden"], row["baseline_value"]), (row["burden"], row["value"])
    return before if math.dist(before, now) > TIE else None


def value_map(
    slide: Slide,
    exhibit: Exhibit,
    box: Box,
    bubbles: Sequence[Bubble],
    titles: tuple[str, str],
    fair: tuple[float, float] | None,
    decimals: int,
) -> None:
    """Add a value map.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    bubbles : sequence of Bubble
    titles : (str, str)
        Of the axes of cost and benefit.
    fair : (float, float) or None
        Start and slope of the line of fair value.
    decimals : int
        Of the ticks at least.
    """
    known = [b for b in bubbles if not math.isnan(b.cost + b.benefit)]
    x = _axis([v for b in known for v in (b.cost, *(b.before or ())[:1])], titles[0], decimals)
    y = _axis([v for b in known for v in (b.benefit, *(b.before or ())[1:])], titles[1], decimals)
    names = short_names([clean(b.name) for b in known], WIDEST / SIZE / BROAD)
    right = max((points_of(name, SIZE, bold=True) for name in names), default=0.0) + 24
    inside = Inside(60, 8, right, 46)
    shares = [b.size_share for b in known]
    largest = max(shares, default=1.0) or 1.0
    widest = LARGEST if len(set(shares)) > 1 else ALIKE
    sizes = [max(widest * math.sqrt(b.size_share / largest), SMALLEST) for b in known]
    scales = (inside.width(box) / (x.high - x.low), inside.height(box) / (y.high - y.low))
    trails = [
        *_fair_line(fair, x, y),
        *(_arrow(b, n, size, scales) for b, n, size in zip(known, names, sizes, strict=True) if b.before),
        *_bubbles(known, names, sizes),
        *_names(known, names, sizes, inside, box, x, y),
    ]
    scatter(slide, box, exhibit, trails, x, y, inside)


def _axis(values: Sequence[float], title: str, decimals: int) -> Axis:
    """Axis in round steps with room around the bubbles."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = max(high - low, 10.0**-decimals)
    low, high = low - 0.12 * span, high + 0.12 * span
    step = nice_step(high - low, 7)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    start, end = math.floor(low / step) * step, math.ceil(high / step) * step
    return Axis(round(start, 9), round(end, 9), step, Format(digits).code, title)


def _fair_line(fair: tuple[float, float] | None, x: Axis, y: Axis) -> list[Trail]:
    """The line of fair value as far as it runs inside the plot, named at its end."""
    if fair is None:
        return []
    start, slope = fair
    ends = [x.low, x.high]
    if slope:
        at = sorted(((y.low - start) / slope, (y.high - start) / slope))
        ends = [max(x.low, at[0]), min(x.high, at[1])]
    if ends[0] >= ends[1]:
        return []
    heights = [start + slope * end for end in ends]
    name = label_of("fair-value line", 11, "t", MUTED)
    return [Trail("Fair-value line", ends, heights, Stroke(MUTED, 1.25, "dash"), labels=[None, name])]


def _arrow(bubble: Bubble, name: str, size: float, scales: Point) -> Trail:
    """From where it stood before to the edge of where it stands; scales are points a unit."""
    start = bubble.before or (bubble.cost, bubble.benefit)
    dx, dy = bubble.cost - start[0], bubble.benefit - start[1]
    length = math.hypot(dx * scales[0], dy * scales[1])
    part = max(1 - size / 2 / length, 0.0) if length else 0.0
    paint, lighter = (HIGHLIGHT, LIGHTER) if bubble.lit else (MUTED, CONTEXT)
    x, y = [start[0], start[0] + part * dx], [start[1], start[1] + part * dy]
    marks = [Marker("circle", max(0.6 * size, 5), lighter), None]
    return Trail(f"{name}: from before", x, y, Stroke(paint, 1.75, arrow=True), marks)


def _bubbles(known: Sequence[Bubble], names: Sequence[str], sizes: Sequence[float]) -> list[Trail]:
    """All offers as marks of their sizes: the many, and the one."""
    trails = []
    for title, lit, paint in (("Offers", False, CONTEXT), ("Highlighted", True, HIGHLIGHT)):
        own = [i for i, b in enumerate(known) if b.lit == lit]
        if own:
            x, y = [known[i].cost for i in own], [known[i].benefit for i in own]
            marks = [Marker("circle", sizes[i], paint) for i in own]
            trails.append(Trail(title, x, y, marks=marks, notes=[names[i] for i in own]))
    return trails


def _names(
    known: Sequence[Bubble],
    names: Sequence[str],
    sizes: Sequence[float],
    inside: Inside,
    box: Box,
    x: Axis,
    y: Axis,
) -> list[Trail]:
    """Names beside the bubbles, where they touch least."""
    across, up = inside.width(box) / (x.high - x.low), inside.height(box) / (y.high - y.low)
    middles = [((b.cost - x.low) * across, (b.benefit - y.low) * up) for b in known]
    taken = [_around(at, size, size) for at, size in zip(middles, sizes, strict=True)]
    for b, middle in zip(known, middles, strict=True):
        if b.before:
            start = ((b.before[0] - x.low) * across, (b.before[1] - y.low) * up)
            taken += [_around(start, 10, 10), *along(start, middle)]
    found = []
    # The one and the large come first: they are named where names are looked for.
    for i in sorted(range(len(known)), key=lambda i: (not known[i].lit, -sizes[i])):
        width = points_of(names[i], SIZE, bold=True)
        places = _places(middles[i], sizes[i] / 2, width)
        # A point beyond an end of an axis is not drawn, and takes its label with it.
        shown = [r for r in places if r[0] >= 0 and _holds(inside, box, (r[0] + r[2]) / 2, (r[1] + r[3]) / 2)]
        at = min(shown or places, key=lambda r: sum(_overlap(r, t) for t in taken))
        taken.append(at)
        found.append((i, (at[0] + at[2]) / 2, (at[1] + at[3]) / 2))
    labels = [
        label_of(names[i], SIZE, "ctr", HIGHLIGHT if known[i].lit else INK, bold=known[i].lit)
        for i, _, _ in found
    ]
    xs, ys = [x.low + a / across for _, a, _ in found], [y.low + b / up for _, _, b in found]
    return [Trail("Names", xs, ys, labels=labels, notes=[names[i] for i, _, _ in found])] if found else []


def _holds(inside: Inside, box: Box, x: float, y: float) -> bool:
    """Whether a place in points lies within the plot."""
    return 0 <= x <= inside.width(box) and 0 <= y <= inside.height(box)


def _around(at: Point, width: float, height: float) -> Rectangle:
    return at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2


def _places(at: Point, radius: float, width: float) -> list[Rectangle]:
    """Where a name may stand around its bubble: right first, then left, above, below and the corners."""
    side, over = radius + 3 + width / 2, radius + 2 + SIZE * 0.6
    steps = [(side, 0.0), (-side, 0.0), (0.0, over), (0.0, -over)]
    steps += [(0.8 * side * right, 0.8 * over * above) for above in (1, -1) for right in (1, -1)]
    return [_around((at[0] + dx, at[1] + dy), width, 1.1 * SIZE) for dx, dy in steps]


def _overlap(one: Rectangle, other: Rectangle) -> float:
    """Area that two rectangles share.

    Examples
    --------
    >>> _overlap((0, 0, 2, 2), (1, 1, 4, 4)), _overlap((0, 0, 1, 1), (2, 2, 3, 3))
    (1, 0)
    """
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)
