"""Stability: how far each weight can move, as thick lines on 0 to 100 with today's weight above them."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.tradeoffs.switches import ShownWeight, shown_in
from valuemix.exhibits.words.lettering import wrapped
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import PERCENT, Axis, Marker, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED
from valuemix.export.pptx.page.text import BROAD, clean, points_of

__all__ = ["draw_stability"]

RIGHT = 190
"""Points for the nearest switch of each row."""

AXIS = 30
"""Points for the axis."""

NEAR = 0.1
"""Share of the axis that the figure of a low end may take."""

APART = 12 * "\u00a0"
"""Between a name and the figure of a low end."""

SPACIOUS = 30
"""Height of rows in points that have room for print above their mark."""


def draw_stability(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """One range a discipline, drawn from the exhibit's table alone."""
    table = exhibit.table
    rows = _clear_of_ends(rows_of(table["discipline"].tolist(), box.height_points - AXIS, fewest=5), table)
    spare = box.height_points - AXIS - rows.pitch * len(table)
    inside = Inside(rows.width + 12, 0, RIGHT, AXIS + spare)
    below = [place + 0.24 for place in places_of(rows)]
    trails = [
        segments(
            "Leader stays", _pairs(table, "leader"), places_of(rows), Stroke(CONTEXT, 0.36 * rows.pitch)
        ),
        segments("Order stays", _pairs(table, "order"), below, Stroke(HIGHLIGHT, 0.09 * rows.pitch)),
        _today(table, rows),
        *_ends(table, rows),
        names_beside(rows, 0.0),
        _switches(table, rows),
    ]
    scatter(slide, box, exhibit, trails, Axis(0.0, 1.0, 0.2, PERCENT), down(rows), inside)


def _clear_of_ends(rows: Rows, table: pd.DataFrame) -> Rows:
    """Rows whose names stand farther out where the figure of a low end would be printed on one."""
    if not table["leader_from"].between(0.0, NEAR, inclusive="neither").any():
        return rows
    lines = [[f"{line}{APART}" for line in own] for own in rows.lines]
    return replace(rows, lines=lines, width=rows.width + points_of(APART, rows.size))


def _pairs(table: pd.DataFrame, what: str) -> list[tuple[float, float]]:
    return list(zip(table[f"{what}_from"].tolist(), table[f"{what}_to"].tolist(), strict=True))


def _today(table: pd.DataFrame, rows: Rows) -> Trail:
    """Today's weights as marks above the ranges, printed where there is room."""
    today, size = table["weight_share"].tolist(), rows.size - 1
    texts = [shown.text(shown.today) for shown in shown_in(table)]
    found = [label_of(text if rows.pitch > SPACIOUS else "", size, "t", INK, bold=True) for text in texts]
    mark = Marker("diamond", max(0.16 * rows.pitch, 5), INK)
    above = [place - 0.26 for place in places_of(rows)]
    return Trail("Today", today, above, marks=[mark], labels=found, notes=rows.names)


def _ends(table: pd.DataFrame, rows: Rows) -> list[Trail]:
    """Ends of the leader's range where it does not go all the way."""
    trails = []
    for name, column, reached, place in (("From", "leader_from", 0.0, "l"), ("To", "leader_to", 1.0, "r")):
        ends = table[column].tolist()
        texts = [
            shown.text(end) if abs(end - reached) > 1e-9 else ""
            for end, shown in zip(ends, shown_in(table), strict=True)
        ]
        found = [label_of(text, rows.size - 2, place, MUTED) for text in texts]
        trails.append(Trail(name, ends, places_of(rows), labels=found))
    return trails


def _switches(table: pd.DataFrame, rows: Rows) -> Trail:
    """How far away the nearest switch is, and who leads beyond it."""
    columns = (table["switch_share"], table["next_leader"], shown_in(table))
    found = [_switch(*row, rows) for row in zip(*columns, strict=True)]
    return Trail("Nearest switch", [1.0] * len(found), places_of(rows), labels=found)


def _switch(there: float, following: str, shown: ShownWeight, rows: Rows) -> Label | None:
    if math.isnan(there):
        return label_of("no switch", rows.size, "r", MUTED)
    far = (Word(shown.apart(there), rows.size, INK, bold=True),)
    if rows.pitch < 2.6 * rows.size:
        return Label((far,), "r")
    small = rows.size - 1.5
    most = min(3, int((rows.pitch - 1.3 * rows.size) / (1.25 * small)))
    lines = wrapped(clean(f"to {following}"), (RIGHT - 24) / small / BROAD, most)
    return Label((far, *((Word(line, small, MUTED),) for line in lines)), "r")
