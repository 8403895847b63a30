"""Dumbbells: from one figure to another in every row, the difference beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.slide import Slide

from valuemix.exhibits.customers.gaps import NAME, SAYS, SHOWN, row_labels
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.change import on_one_scale
from valuemix.exhibits.figures.customers.service import SHOWN as LINKS
from valuemix.exhibits.figures.customers.service import link_labels
from valuemix.exhibits.words.formats import gap, number, share, signed
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, down, names_beside, places_of, rows_of
from valuemix.export.pptx.charts.scatter import Axis, Marker, Trail, scatter
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, HIGHLIGHT, INK, MUTED, Paint, discipline
from valuemix.export.pptx.page.text import add_text, points_of

__all__ = ["Pair", "draw_change", "draw_gaps", "draw_net_value", "draw_service", "dumbbell"]

GAIN, LOSS = discipline(2), discipline(1)
"""For differences alone, always beside a sign."""

HEADS = 20
"""Points for the headings."""

SPACIOUS = 34
"""Height of rows in points that have room for headings between them."""


@dataclass(frozen=True)
class Pair:
    """One row: its name, where it starts (an open circle) and where it ends (a full one).

    Attributes
    ----------
    remark : str
        Stands before the difference.
    paint : Paint or None
        Colour of the row; that of a gain or a loss where it is None.
    from_end : bool
        Whether the difference is that of the start from the end.
    """

    name: str
    start: float
    end: float
    remark: str = ""
    paint: Paint | None = None
    from_end: bool = False


def draw_change(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Values before and now, drawn from the exhibit's table alone."""
    table = exhibit.table
    ranks = (table[column].fillna(0).astype(int).tolist() for column in ("rank_before", "rank"))
    before, _ = on_one_scale(table)
    rows = zip(table["proposition"], before, table["value"], *ranks, strict=True)
    pairs = [Pair(str(n), float(b), float(a), _ranks(old, new)) for n, b, a, old, new in rows]
    dumbbell(slide, exhibit, box, pairs, ("saved", "now"), "rank, change")


def draw_gaps(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """What is believed or promised against what is felt, drawn from the exhibit's table alone."""
    table = exhibit.table.head(SHOWN)
    if table.empty:
        add_text(slide, box, "There is no gap to show.", 14, paint=MUTED)
        return
    view = next(name for name in SAYS if name in table)
    columns = (row_labels(table, NAME), table[view], table["felt"], table["beyond_bar"])
    pairs = [
        Pair(name, float(seen), float(felt), paint=LOSS if beyond else MUTED, from_end=True)
        for name, seen, felt, beyond in zip(*columns, strict=True)
    ]
    dumbbell(slide, exhibit, box, pairs, SAYS[view], "gap")


def draw_net_value(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Value and what burden leaves of it, drawn from the exhibit's table alone; who leads then is coloured."""
    table = exhibit.table
    ranks = (table[column].fillna(0).astype(int).tolist() for column in ("rank_before", "rank"))
    rows = zip(table["proposition"], table["value"], table["net_value"], *ranks, strict=True)
    pairs = [
        Pair(str(n), float(v), float(net), _ranks(old, new), HIGHLIGHT if new == 1 else MUTED)
        for n, v, net, old, new in rows
    ]
    dumbbell(slide, exhibit, box, pairs, ("value", "net"), "rank, change")


def draw_service(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Felt values and what each link lets last, drawn from the exhibit's table alone; the weakest in colour."""
    table = exhibit.table.head(LINKS)
    names = link_labels(table, exhibit.decimals, NAME)
    columns = (table[c] for c in ("felt", "limited", "strength_share", "weakest"))
    pairs = [
        Pair(name, float(felt), float(limited), share(strength), LOSS if weakest else MUTED)
        for name, felt, limited, strength, weakest in zip(names, *columns, strict=True)
    ]
    dumbbell(slide, exhibit, box, pairs, ("value", "can last"), "strength, lost")


def _ranks(old: int, new: int) -> str:
    """Move of a rank, or why there is none."""
    if not old or not new:
        return "new" if new else "gone" if old else ""
    return f"{old} → {new}" if old != new else ""


def dumbbell(
    slide: Slide, exhibit: Exhibit, box: Box, pairs: Sequence[Pair], heads: tuple[str, str], column: str
) -> None:
    """Add a chart with one dumbbell a row, in the order given.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    pairs : sequence of Pair
        The rows; NaN where a side lacks.
    heads : (str, str)
        What an open and a full circle are.
    column : str
        Heading of the differences at the right.
    """
    decimals = exhibit.decimals
    rows = rows_of([pair.name for pair in pairs], box.height_points - HEADS, widest=250)
    words = [_difference(pair, decimals, rows.size) for pair in pairs]
    right = max([points_of("".join(w.text for w in own), rows.size, bold=True) for own in words])
    right = max(right, points_of(column, 11)) + 16
    spare = box.height_points - HEADS - rows.pitch * len(pairs)
    inside = Inside(rows.width + 12, 0, right, spare)
    axis = _axis([v for pair in pairs for v in (pair.start, pair.end)], decimals, rows, inside.width(box))
    trails = [_trail(i, pair, rows, decimals) for i, pair in enumerate(pairs)]
    found = [Label((tuple(own),), "r") for own in words]
    trails += [
        names_beside(rows, axis.low),
        Trail("Difference", [axis.high] * len(pairs), places_of(rows), labels=found, notes=rows.names),
        _heads(pairs, heads, column, axis, rows, decimals),
    ]
    scatter(slide, box, exhibit, trails, axis, down(rows, HEADS), inside)


def _axis(values: Sequence[float], decimals: int, rows: Rows, width: float) -> Axis:
    """Axis with room for the figures beside the outermost circles; no bars stand on it, so it need not hold 0."""
    known = [v for v in values if not math.isnan(v)] or [0.0]
    low, high = min(known), max(known)
    span = max(high - low, 10.0 ** (1 - decimals))
    room = max(points_of(number(v, decimals), rows.size) for v in known) + 0.4 * rows.pitch + 12
    unit = max(width - 2 * room, 0.4 * width) / span
    middle = (low + high) / 2
    return Axis(middle - width / unit / 2, middle + width / unit / 2)


def _moved(pair: Pair, decimals: int) -> float:
    """Difference of the figures as they are printed; 0 where one lacks."""
    if math.isnan(pair.start + pair.end):
        return 0.0
    return gap(pair.start, pair.end, decimals) if pair.from_end else gap(pair.end, pair.start, decimals)


def _paint(pair: Pair, decimals: int) -> Paint:
    if pair.paint is not None:
        return pair.paint
    moved = _moved(pair, decimals)
    return GAIN if moved > 0 else LOSS if moved < 0 else MUTED


def _trail(row: int, pair: Pair, rows: Rows, decimals: int) -> Trail:
    paint, size = _paint(pair, decimals), min(max(0.3 * rows.pitch, 6), 12)
    edge = Stroke(paint, 2)
    still = not math.isnan(pair.start + pair.end) and not _moved(pair, decimals)
    # LibreOffice fills every mark, so that an open one is smaller too.
    marks = [None if still else Marker("circle", size - 3, GROUND, edge), Marker("circle", size, paint, edge)]
    sides = ("l", "r") if pair.start <= pair.end else ("r", "l")
    texts = ["" if still else _figure(pair.start, decimals), _figure(pair.end, decimals)]
    found = [
        label_of(texts[0], rows.size - 1, sides[0], MUTED),
        label_of(texts[1], rows.size - 1, "r" if still else sides[1], INK),
    ]
    y = [row + 1.0] * 2
    return Trail(rows.names[row], [pair.start, pair.end], y, Stroke(paint, 3), marks, found)


def _difference(pair: Pair, decimals: int, size: float) -> list[Word]:
    moved = _moved(pair, decimals)
    words = [Word(pair.remark, size, MUTED)] if pair.remark else []
    if math.isnan(pair.start + pair.end):
        return words or [Word("–", size, MUTED)]
    space = "\u00a0" * 3 if words else ""
    return [*words, Word(space + signed(moved, decimals), size, _paint(pair, decimals), bold=moved != 0)]


def _figure(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else number(value, decimals)


def _heads(
    pairs: Sequence[Pair], heads: tuple[str, str], column: str, axis: Axis, rows: Rows, decimals: int
) -> Trail:
    """Headings: over a dumbbell that is wide enough for both, and over the differences."""
    top, span = 0.5 - 0.5 * HEADS / rows.pitch, axis.high - axis.low
    free = pairs if rows.pitch > SPACIOUS else pairs[:1]
    wide = next((row for row, pair in enumerate(free) if abs(_moved(pair, decimals)) > 0.14 * span), None)
    x, y, found = [axis.high], [top], [label_of(column, 11, "r", MUTED)]
    if wide is not None:
        x += [pairs[wide].start, pairs[wide].end]
        y += [top if wide == 0 else wide + 0.72] * 2
        found += [label_of(head, 11, "ctr" if wide == 0 else "t", MUTED) for head in heads]
    return Trail("Headings", x, y, labels=found)
