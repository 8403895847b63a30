"""Names of the rows of a chart: broken or cut so that they fit beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valuemix.exhibits.words.lettering import wrapped
from valuemix.exhibits.words.wording import short_lines
from valuemix.export.pptx.charts.markup import label_of
from valuemix.export.pptx.charts.scatter import Axis, Trail
from valuemix.export.pptx.page.colors import INK
from valuemix.export.pptx.page.text import BROAD, clean, points_of

__all__ = ["FEWEST", "Rows", "down", "names_beside", "places_of", "rows_of"]

FEWEST = 6
"""Rows that there is room for at least: few bars stay bars and do not become slabs."""


SMALLER = (12.0, 11.0, 10.0, 9.5)
"""Font sizes that are tried before a name is cut."""


@dataclass(frozen=True)
class Rows:
    """Labels of the rows and their measures in points.

    Attributes
    ----------
    names : list of str
        Cut where they must be, each different from the others.
    lines : list of list of str
        The same, broken into lines.
    size : float
        Font size.
    width : float
        Of the widest line.
    pitch : float
        Height of a row.
    shown : int
        Rows that there is room for.
    """

    names: list[str]
    lines: list[list[str]]
    size: float
    width: float
    pitch: float
    shown: int


def rows_of(names: Sequence[str], height: float, widest: float = 190, fewest: int = FEWEST) -> Rows:
    """Rows for these names in a height in points.

    Examples
    --------
    >>> rows = rows_of(["Predictive uptime for every plant in the country", "=1+1"], 300, widest=150)
    >>> rows.lines, rows.size
    ([['Predictive uptime for', 'every plant in the country'], ['=1+1']], 12.0)
    >>> rows_of(["Predictive uptime for every plant in the country"], 300, widest=80).lines
    [['Predictive', 'uptime for…']]
    """
    shown = max(len(names), fewest)
    pitch = height / shown
    plain = [clean(name) for name in names]
    usual = _usual(pitch)
    smaller = [size for size in SMALLER if size < usual]
    size = next((size for size in (usual, *smaller) if _whole(plain, size, pitch, widest)), usual)
    width, most = widest / size / BROAD, _lines(size, pitch)
    short, lines = plain, [wrapped(name, width, most) or [""] for name in plain]
    if not _whole(plain, size, pitch, widest):
        short, lines = short_lines(plain, width, most)
    used = max(points_of(line, size) for each in lines for line in each)
    return Rows(short, lines, size, used, pitch, shown)


def _usual(pitch: float) -> float:
    """Size of the names of rows that are so far apart."""
    if pitch > 20:
        return 13.0 if pitch > 26 else 12.0
    return max(pitch / 1.5, 9)


def _lines(size: float, pitch: float) -> int:
    return 2 if pitch > 2.45 * size else 1


def _whole(names: Sequence[str], size: float, pitch: float, widest: float) -> bool:
    """Whether all names fit beside their rows as they are, each different from the others."""
    most = _lines(size, pitch)
    whole = all(len(wrapped(name, widest / size / BROAD, most + 1)) <= most for name in names)
    return whole and len(set(names)) == len(names)


def names_beside(rows: Rows, x: float, bold: Sequence[bool] = ()) -> Trail:
    """Names of the rows as labels at the left of the plot, for charts without an axis of categories."""
    strong = bold or [False] * len(rows.names)
    found = [
        label_of(lines, rows.size, "l", INK, bold=on) for lines, on in zip(rows.lines, strong, strict=True)
    ]
    places = places_of(rows)
    return Trail("Rows", [x] * len(places), places, labels=found, notes=rows.names)


def places_of(rows: Rows) -> list[float]:
    """Places of the rows on an axis that runs down: 1, 2, 3."""
    return [float(place) for place in range(1, len(rows.names) + 1)]


def down(rows: Rows, above: float = 0.0) -> Axis:
    """The axis on which rows stand, unseen, with points of room above them."""
    return Axis(0.5 - above / rows.pitch, len(rows.names) + 0.5, reverse=True)
