"""Map of who leads over compensation and fairness: one even cell a setting, coloured by leader."""

from __future__ import annotations

import math
from itertools import pairwise

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.wording import plain
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.lines import lead_paints
from valuemix.export.pptx.charts.markup import Label, Stroke, Word, label_of
from valuemix.export.pptx.charts.regions import KEY, add_leaders_key
from valuemix.export.pptx.charts.scatter import Axis, Trail, scatter, segments
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, Paint
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, points_of

__all__ = ["draw_dials"]

LEFT, BELOW, ABOVE = 96, 60, 20
"""Points for the settings of fairness, for those of compensation, and for the names of the dials."""

SIZE, SMALLEST = 11.0, 9.0


def draw_dials(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Cells of the map, drawn from the exhibit's table alone."""
    table = exhibit.table
    counts = table["leader"].value_counts(sort=True)
    leaders = [str(name) for name in counts.index]
    across = table["compensation"].drop_duplicates().tolist()
    up = table["fairness"].drop_duplicates().tolist()
    paints = _paints(dict(zip(table["leader"], table["place"].tolist(), strict=True)))
    columns, rows = len(across), len(up)
    broader = breadth(slide.slide_layout) / BROAD
    pitch = (box.height_points - ABOVE - BELOW) / rows
    # The axis up also holds the settings below and a name above.
    y = Axis(0.5 - BELOW / pitch, rows + 0.5 + ABOVE / pitch)
    cells = [(i % columns + 1.0, i // columns + 1.0, str(name)) for i, name in enumerate(table["leader"])]
    trails = []
    for name in leaders:
        own = [(x, y) for x, y, leader in cells if leader == name]
        spans = [(x - 0.47, x + 0.47) for x, _ in own]
        trails.append(
            segments(name or "no value", spans, [y for _, y in own], Stroke(paints[name], 0.9 * pitch))
        )
    trails += [
        _numbers(cells, leaders, table["today"].tolist()),
        _along([_compensation(v) for v in across], (box.width_points - LEFT - KEY) / columns / broader),
        _settings("Fairness", [_fairness(v) for v in up], SIZE, along=False),
        _titles((columns + 1) / 2, y.low + 8 / pitch, y.high - 8 / pitch),
    ]
    scatter(slide, box, exhibit, trails, Axis(0.5, columns + 0.5), y, Inside(LEFT, 0, KEY, 0))
    now = str(table.loc[table["today"], "leader"].iloc[0])
    key = [
        (paints[name], f"{i + 1}  {name or 'no value'}", f"{counts[name]} of {len(table)}")
        for i, name in enumerate(leaders)
    ]
    add_leaders_key(slide, box, key, [name == now for name in leaders])


def _paints(places: dict[str, int]) -> dict[str, Paint]:
    """Colours of the leaders; those that tie are grey."""
    own = lead_paints([place for place in dict.fromkeys(places.values()) if place >= 0])
    return {name: MUTED if " / " in name or place < 0 else own[place] for name, place in places.items()}


def _numbers(cells: list[tuple[float, float, str]], leaders: list[str], today: list[bool]) -> Trail:
    """Numbers of the leaders where there are several; "today" on the scenario's own setting."""
    found: list[Label | None] = []
    for (_, _, name), now in zip(cells, today, strict=True):
        text = str(leaders.index(name) + 1) if len(leaders) > 1 else ""
        today_label = Label(((Word("today", SIZE, INK, bold=True),),), "ctr", boxed=True)
        found.append(today_label if now else label_of(text, SIZE, "ctr", GROUND))
    x, y = [cell[0] for cell in cells], [cell[1] for cell in cells]
    return Trail("Settings", x, y, labels=found, notes=[cell[2] for cell in cells])


def _along(texts: list[str], pitch: float) -> Trail:
    """Settings of compensation below columns of a width in points, as large as none touches the next."""
    widths = [max(points_of(line, 1.0) for line in text.split("\n")) for text in texts]
    widest = max((one + other) / 2 for one, other in pairwise([*widths, 0.0]))
    return _settings("Compensation", texts, max(SMALLEST, min(SIZE, 0.92 * pitch / widest)), along=True)


def _settings(title: str, texts: list[str], size: float, *, along: bool) -> Trail:
    """Settings of a dial along an edge of the map, its name first."""
    places = [float(place) for place in range(1, len(texts) + 1)]
    edge = [0.5] * len(texts)
    found = [label_of(text.split("\n"), size, "b" if along else "l", MUTED) for text in texts]
    return Trail(title, places if along else edge, edge if along else places, labels=found, notes=texts)


def _titles(middle: float, low: float, high: float) -> Trail:
    """Names of the dials: below the map, and above the settings at its left."""
    found = [label_of("Compensation", SIZE, "ctr", MUTED), label_of("Fairness", SIZE, "l", MUTED)]
    return Trail("Dials", [middle, 0.5], [low, high], labels=found)


def _compensation(rho: float) -> str:
    return plain(rho) if math.isfinite(rho) else ("weakest\nonly" if rho < 0 else "best\nonly")


def _fairness(eps: float) -> str:
    return plain(eps) if math.isfinite(eps) else "worst only"
