"""Maps of who leads over two dials: regions hatched by level lines, their borders, today's point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import percents
from valuemix.exhibits.words.lettering import wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.lines import lead_paints
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.scatter import PERCENT, Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.colors import FAINT, GROUND, INK, MUTED, Paint
from valuemix.export.pptx.page.text import BROAD, add_text, clean, cut_to, points_of, write

__all__ = ["KEY", "Area", "add_leaders_key", "draw_leader_map"]

FloatArray = NDArray[np.float64]
Span = tuple[float, float]

LINES = 120
"""Level lines over the whole height: so thick that they touch."""

LEFT, BELOW = 56, 42
KEY = 270
"""Points at the right for the key of the leaders."""

SIZE = 13.0
HALO = 7
"""Points around today's mark that stay free."""


@dataclass(frozen=True)
class Area:
    """What one leader has of a map: the corners of a polygon, or the cells of a grid."""

    leader: str
    place: int
    share: str
    points: FloatArray
    cells: bool


def draw_leader_map(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Regions over two weights, drawn from the exhibit's table alone."""
    table = exhibit.table
    today = table[table["point"] == "today"].iloc[0]
    areas = _areas(table[table["point"] != "today"])
    paints = lead_paints([area.place for area in areas if area.place >= 0])
    inside = Inside(LEFT, 4, KEY, BELOW)
    names = [cut_to(clean(str(today[c])), 260, 11, 1) for c in ("first", "second")]
    x, y = (Axis(0.0, 1.0, 0.2, PERCENT, f"Weight of {name}") for name in names)
    now = (float(today["first_share"]), float(today["second_share"]))
    halo = (HALO / inside.width(box), HALO / inside.height(box))
    thick = 1.12 * inside.height(box) / LINES
    trails = [
        *(_hatch(area, paints.get(area.place, FAINT), thick, now, halo) for area in areas),
        *(_border(area) for area in areas if not area.cells),
        *_inside(areas, now, inside, box),
        _point(now, on_map=bool(today["on_map"])),
    ]
    scatter(slide, box, exhibit, trails, x, y, inside)
    key = [(paints.get(area.place, FAINT), area.leader, area.share) for area in areas]
    add_leaders_key(slide, box, key, [area.leader == today["leader"] for area in areas])


def _areas(table: pd.DataFrame) -> list[Area]:
    """Areas in the order of the table, the largest first."""
    groups = [group for _, group in table.groupby("leader", sort=False)]
    shares = percents([float(group["area_share"].iloc[0]) for group in groups])
    return [
        Area(
            str(group["leader"].iloc[0]),
            int(group["place"].iloc[0]),
            text,
            group[["first_share", "second_share"]].to_numpy(dtype=float),
            group["point"].iloc[0] == "cell",
        )
        for group, text in zip(groups, shares, strict=True)
    ]


# ---------------------------------------------------------------------- regions


def _hatch(area: Area, paint: Paint, thick: float, now: Span, halo: Span) -> Trail:
    """Level lines that fill an area, with a hole around today's mark."""
    ends, places = [], []
    for level in (np.arange(LINES) + 0.5) / LINES:
        for span in _spans(area, float(level)):
            near = abs(level - now[1]) < halo[1]
            for part in _without(span, (now[0] - halo[0], now[0] + halo[0])) if near else [span]:
                ends.append(part)
                places.append(float(level))
    return segments(area.leader or "no value", ends, places, Stroke(paint, thick))


def _without(span: Span, hole: Span) -> list[Span]:
    """Parts of a span outside a hole.

    Examples
    --------
    >>> _without((0.0, 1.0), (0.4, 0.5)), _without((0.4, 0.45), (0.4, 0.5))
    ([(0.0, 0.4), (0.5, 1.0)], [])
    """
    parts = [(span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1])]
    return [part for part in parts if part[0] < part[1]]


def _spans(area: Area, level: float) -> list[Span]:
    """Stretches of an area at a height."""
    return _runs(area.points, level) if area.cells else _crossed(area.points, level)


def _crossed(corners: FloatArray, level: float) -> list[Span]:
    """Where a level line runs inside a polygon."""
    following = np.roll(corners, -1, axis=0)
    crossed = (corners[:, 1] > level) != (following[:, 1] > level)
    (x0, y0), (x1, y1) = corners[crossed].T, following[crossed].T
    x = np.sort(x0 + (level - y0) / (y1 - y0) * (x1 - x0)).tolist()
    return list(zip(x[::2], x[1::2], strict=True))


def _runs(cells: FloatArray, level: float) -> list[Span]:
    """Runs of neighbouring cells at a height, each half a step broader than its middles."""
    rows = np.unique(cells[:, 1])
    row = rows[abs(rows - level).argmin()]
    steps = np.diff(np.unique(cells[:, 0]))
    step = float(steps.min()) if steps.size else 0.02
    if abs(row - level) > step / 2 + 1e-9:
        return []
    x = np.sort(cells[cells[:, 1] == row, 0])
    runs = np.split(x, np.flatnonzero(np.diff(x) > 1.5 * step) + 1)
    return [(max(float(run[0]) - step / 2, 0.0), float(run[-1]) + step / 2) for run in runs]


def _border(area: Area) -> Trail:
    """Exact borders of a region."""
    around = [*area.points.tolist(), area.points[0].tolist()]
    name = f"{area.leader or 'no value'}: border"
    return Trail(name, [p[0] for p in around], [p[1] for p in around], Stroke(GROUND, 1.25))


def _inside(areas: Sequence[Area], now: Span, inside: Inside, box: Box) -> list[Trail]:
    """Names inside the regions that have room for them, clear of today's mark."""
    points, found, notes = [], [], []
    for area in areas:
        lines = wrapped(clean(area.leader) or "no value", 11, 2)
        wide = (max(points_of(line, SIZE, bold=True) for line in lines) + 8) / inside.width(box)
        tall = (len(lines) * SIZE * 1.25 + 6) / inside.height(box)
        free = _free(area, (wide, tall), now, 130 / inside.width(box))
        if free:
            points.append(free)
            found.append(label_of(lines, SIZE, "ctr", GROUND if area.place >= 0 else INK, bold=True))
            notes.append(area.leader)
    x, y = [p[0] for p in points], [p[1] for p in points]
    return [Trail("Names", x, y, labels=found, notes=notes)] if points else []


def _free(area: Area, size: Span, now: Span, label: float) -> Span | None:
    """Middle for a name of this size, as near to the middle of the area as it fits beside today's label."""
    wide, tall = size
    low, high = area.points[:, 1].min() + tall / 2, area.points[:, 1].max() - tall / 2
    middle = area.points[:, 1].mean()
    for y in sorted(np.linspace(low, high, 25).tolist(), key=lambda y: abs(y - middle)) if low < high else []:
        spans = [
            max(_spans(area, v), key=_length, default=(0.0, 0.0)) for v in (y - tall / 2, y, y + tall / 2)
        ]
        left, right = max(span[0] for span in spans), min(span[1] for span in spans)
        x = (left + right) / 2
        beside = x + wide / 2 < now[0] - 0.03 or x - wide / 2 > now[0] + label
        if right - left >= wide and (beside or abs(y - now[1]) > tall / 2 + 0.05):
            return x, y
    return None


def _length(span: Span) -> float:
    return span[1] - span[0]


def _point(now: Span, *, on_map: bool) -> Trail:
    """Today's weights; another mark where they are only a mean that the map does not hold."""
    mark = Marker("circle" if on_map else "diamond", 9, INK)
    label = Label(((Word("today" if on_map else "today, on average", 12),),), "r", boxed=True)
    return Trail("Today", [now[0]], [now[1]], marks=[mark], labels=[label])


# ---------------------------------------------------------------------- key


def add_leaders_key(
    slide: Slide, box: Box, lines: Sequence[tuple[Paint, str, str]], bold: Sequence[bool]
) -> None:
    """Colour, name and share of every leader at the right of a map; today's in bold."""
    size = SIZE if len(lines) <= 14 else max(9.0, box.height_points / len(lines) / 1.3)
    names = short_names([clean(name) or "no value" for _, name, _ in lines], (KEY - 100) / size / BROAD)
    left = box.right - round((KEY - 24) * EMU_PER_POINT)
    own = Box(left, box.top, box.right - left, box.height)
    frame = add_text(slide, own, "", size, name="Key").text_frame
    for row, ((paint, _, told), name, on) in enumerate(zip(lines, names, bold, strict=True)):
        paragraph = frame.add_paragraph() if row else frame.paragraphs[0]
        write(paragraph, "■", size + 1, paint=paint)
        write(paragraph, f"\u00a0{name}\u00a0", size, bold=on)
        write(paragraph, told, size, paint=MUTED)
