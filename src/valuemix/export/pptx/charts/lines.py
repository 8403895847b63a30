"""Lines of value over a weight or a way: the leader thick, names at the ends, crossovers and today marked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.placing import spread
from valuemix.exhibits.tradeoffs.switches import shown_weight
from valuemix.exhibits.words.formats import share, share_decimals
from valuemix.exhibits.words.wording import discipline_word, short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Stroke, label_of
from valuemix.export.pptx.charts.scatter import PERCENT, Axis, Marker, Trail, nice_step, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, GROUND, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import BROAD, add_text, clean, cut_to, points_of

__all__ = ["Lines", "draw_lines", "draw_path", "draw_tradeoff", "lead_paints"]

FloatArray = NDArray[np.float64]

ABOVE, BELOW, LEFT = 18, 40, 40
"""Points for today's label, for the axis with its title, and for the ticks of values."""

WIDEST = 200
END = 1.04
"""End of the axis: beyond 1 there is room for connections to displaced names."""


@dataclass(frozen=True)
class Lines:
    """What the exhibit's table holds: levels (values) and leads of shape (P, T), the rest of shape (T,)."""

    names: list[str]
    shares: FloatArray
    levels: FloatArray
    leads: NDArray[np.bool_]
    crossing: NDArray[np.bool_]
    today: float
    title: str
    text: Callable[[float], str]
    """How a share along the way is printed."""

    @property
    def leading(self) -> list[int]:
        """Those that lead along some stretch."""
        return np.flatnonzero((self.leads[:, 1:] & self.leads[:, :-1]).any(axis=1)).tolist()

    @property
    def envelope(self) -> FloatArray:
        """Value of the leader, shape (T,)."""
        best: FloatArray = np.max(self.levels, axis=0, initial=-np.inf, where=~np.isnan(self.levels))
        return best


def draw_tradeoff(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Values over one weight, drawn from the exhibit's table alone."""
    table = exhibit.table
    first = _first(table)
    today = float(first.loc[first["today"], "weight_share"].iloc[0])
    crossing = first.loc[first["crossover"], "weight_share"].tolist()
    word = cut_to(discipline_word(str(table["discipline"].iloc[0])), 260, 11, 1)
    title = f"Weight of {word} (the others keep their proportions)"
    text = shown_weight(today, first["today_points"].iloc[0], crossing).text
    draw_lines(slide, exhibit, box, _lines(table, "weight_share", today, title, text))


def draw_path(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Values on the way from one scenario to another, drawn from the exhibit's table alone."""
    table = exhibit.table
    if table.empty or table["value"].isna().all():
        add_text(slide, box, "There is no way to show.", 14, paint=MUTED)
        return
    first = _first(table)
    crossing = first.loc[first["crossover"].astype(bool), "way_share"].tolist()
    start, end = (cut_to(clean(str(first[side].iloc[0])), 240, 11, 1) for side in ("start", "end"))
    title = f"0\u00a0%: {start}, 100\u00a0%: {end}"
    places = share_decimals(pairwise([0.0, *crossing, 1.0]))
    text = partial(share, decimals=places)
    draw_lines(slide, exhibit, box, _lines(table, "way_share", math.nan, title, text))


def _first(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the first proposition."""
    return table.iloc[: len(table) // table["proposition"].nunique()]


def _lines(table: pd.DataFrame, along: str, today: float, title: str, text: Callable[[float], str]) -> Lines:
    names = table["proposition"].drop_duplicates().tolist()
    first = _first(table)
    return Lines(
        names,
        first[along].to_numpy(dtype=float),
        table["value"].to_numpy(dtype=float).reshape(len(names), -1),
        table["leads"].to_numpy(dtype=bool).reshape(len(names), -1),
        first["crossover"].to_numpy(dtype=bool),
        today,
        title,
        text,
    )


def lead_paints(places: Sequence[int]) -> dict[int, Paint]:
    """Colour of each of those that lead: that of its place, or a free one where two would share it.

    Examples
    --------
    >>> {place: paint.theme.name for place, paint in lead_paints([0, 2, 12]).items()}
    {0: 'ACCENT_1', 2: 'ACCENT_3', 12: 'ACCENT_2'}
    """
    taken: dict[int, int] = {}
    for place in places:
        free = [color for color in range(12) if color not in taken.values()]
        own = place % 12
        taken[place] = own if own in free or not free else free[0]
    return {place: discipline(color) for place, color in taken.items()}


def draw_lines(slide: Slide, exhibit: Exhibit, box: Box, lines: Lines) -> None:
    """Add a chart of lines.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    lines : Lines
    """
    valued = [p for p, line in enumerate(lines.levels) if not np.isnan(line).all()]
    pitch = (box.height_points - ABOVE - BELOW) / max(len(valued), 1)
    size = min(12.0, max(9.0, pitch / 1.25))
    labels = short_names([clean(name) for name in lines.names], WIDEST / size / BROAD)
    right = max((points_of(labels[p], size, bold=True) for p in valued), default=0.0) + 10
    inside = Inside(LEFT, ABOVE, right, BELOW)
    y = _axis(lines, exhibit.decimals)
    paints = lead_paints(lines.leading)
    unit = (y.high - y.low) / inside.height(box)
    named = _named(lines, valued, inside.height(box), size)
    ends = _label_places(lines, named, 1.25 * size * unit, (y.low, y.high))
    trails = [
        *(_thin(lines, p, CONTEXT, 1) for p in range(len(lines.names)) if p not in paints),
        *(_thin(lines, p, paint, 1.5) for p, paint in paints.items()),
        *(_thick(lines, p, paint) for p, paint in paints.items()),
        *_crossovers(lines, y, END / inside.width(box), unit),
        *_today(lines, y),
        *_names(lines, labels, ends, paints, size, unit),
    ]
    scatter(slide, box, exhibit, trails, Axis(0.0, END, 0.2, PERCENT, lines.title), y, inside)


def _axis(lines: Lines, decimals: int) -> Axis:
    """Axis of values in round steps; no bars stand on it, so it need not hold 0."""
    known = lines.levels[~np.isnan(lines.levels)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    span = max(high - low, 10.0**-decimals)
    step = nice_step(span * 1.2, 8)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    top = high + 0.08 * span
    return Axis(
        round(math.floor(low / step + 1e-9) * step, 9),
        round(math.ceil(top / step - 1e-9) * step, 9),
        step,
        Format(digits).code,
        grid=True,
    )


# ---------------------------------------------------------------------- lines


def _thin(lines: Lines, p: int, paint: Paint, width: float) -> Trail:
    return Trail(lines.names[p], lines.shares.tolist(), lines.levels[p].tolist(), Stroke(paint, width))


def _thick(lines: Lines, p: int, paint: Paint) -> Trail:
    """Thick where this one leads, with a circle at its crossovers; dashed where it ties with one before it."""
    leads = lines.leads[p]
    stretch = lines.leads[:, 1:] & lines.leads[:, :-1]
    tied = bool((stretch[:p] & stretch[p]).any())
    y = np.where(leads, lines.levels[p], np.nan).tolist()
    mark = Marker("circle", 8, GROUND, Stroke(INK, 1.5))
    marks = [mark if on else None for on in (leads & lines.crossing).tolist()]
    stroke = Stroke(paint, 4.5, "sysDash" if tied else "solid")
    return Trail(f"{lines.names[p]} leads", lines.shares.tolist(), y, stroke, marks)


# ---------------------------------------------------------------------- marks


def _crossovers(lines: Lines, y: Axis, across: float, unit: float) -> list[Trail]:
    """Dotted lines down from the crossovers, and their shares above the leader's line."""
    at = np.flatnonzero(lines.crossing).tolist()
    if not at:
        return []
    drops_x = [v for i in at for v in (float(lines.shares[i]), float(lines.shares[i]), math.nan)]
    drops_y = [v for i in at for v in (float(lines.envelope[i]), y.low, math.nan)]
    shown = [i for i in at if not abs(lines.shares[i] - lines.today) <= 1e-9]
    texts = [lines.text(float(lines.shares[i])) for i in shown]
    half = max((points_of(text, 12, bold=True) for text in texts), default=0.0) * across / 2
    where = _free(lines, [float(lines.shares[i]) for i in shown], half, 4 * across)
    tops = [_top(lines, x, half) + 3 * unit for x in where]
    found = [label_of(text, 12, "t", INK, bold=True) for text in texts]
    return [
        Trail("Crossovers", drops_x, drops_y, Stroke(MUTED, 0.75, "sysDot")),
        Trail("Crossovers in print", where, tops, labels=found, notes=texts),
    ]


def _free(lines: Lines, wanted: list[float], half: float, apart: float) -> list[float]:
    """Places for the shares of the crossovers, beside today's line and apart from each other."""
    if math.isnan(lines.today):
        return spread(wanted, 2 * half, half, 1 - half)
    low = [x for x in wanted if x < lines.today]
    high = [x for x in wanted if x >= lines.today]
    edge = half + apart
    return [
        *spread(low, 2 * half, min(half / 2, lines.today - edge), lines.today - edge),
        *spread(high, 2 * half, lines.today + edge, max(1 - half / 2, lines.today + edge)),
    ]


def _top(lines: Lines, x: float, half: float) -> float:
    """Highest value of the leader below a label."""
    inside = lines.shares[(lines.shares > x - half) & (lines.shares < x + half)]
    return float(np.interp([x - half, *inside, x + half], lines.shares, lines.envelope).max())


def _today(lines: Lines, y: Axis) -> list[Trail]:
    if math.isnan(lines.today):
        return []
    label = label_of(f"today {lines.text(lines.today)}", 12, "t", INK)
    x = [lines.today, lines.today]
    return [Trail("Today", x, [y.low, y.high], Stroke(INK, 1.25), labels=[None, label])]


# ---------------------------------------------------------------------- names


def _named(lines: Lines, valued: list[int], height: float, size: float) -> list[int]:
    """Those whose names can be read at the ends: all where there is room, else those that lead and end highest."""
    most = max(int(height / (1.2 * size)), 1)
    leading = set(lines.leading)
    first = sorted(valued, key=lambda p: (p not in leading, -_last(lines.levels[p])))[:most]
    return [p for p in valued if p in first]


def _label_places(
    lines: Lines, valued: list[int], apart: float, limits: tuple[float, float]
) -> dict[int, float]:
    """Where the name of each line stands, as near to its end as the others allow."""
    ends = [_last(lines.levels[p]) for p in valued]
    # Those that end at one value stand in the order in which they come there.
    order = sorted(range(len(valued)), key=lambda i: (ends[i], lines.levels[valued[i]][0]))
    places = spread([ends[i] for i in order], apart, *limits)
    return {valued[i]: place for i, place in zip(order, places, strict=True)}


def _last(line: FloatArray) -> float:
    return float(line[~np.isnan(line)][-1])


def _names(
    lines: Lines,
    labels: list[str],
    ends: dict[int, float],
    paints: dict[int, Paint],
    size: float,
    unit: float,
) -> list[Trail]:
    """Names at the ends of the lines; those that lead somewhere in their colour, connected where displaced."""
    displaced = [(p, place) for p, place in ends.items() if abs(place - _last(lines.levels[p])) > 2 * unit]
    x = [v for _ in displaced for v in (1.003, END - 0.003, math.nan)]
    y = [v for p, place in displaced for v in (_last(lines.levels[p]), place, math.nan)]
    found = [
        label_of(labels[p], size, "r", _twin(paints[p]) if p in paints else MUTED, bold=p in paints)
        for p in ends
    ]
    names = Trail(
        "Names", [END] * len(ends), list(ends.values()), labels=found, notes=[lines.names[p] for p in ends]
    )
    return [Trail("Connections", x, y, Stroke(CONTEXT, 0.75)), names] if displaced else [names]


def _twin(paint: Paint) -> Paint:
    return Paint(paint.theme, paint.brightness or -0.2)
