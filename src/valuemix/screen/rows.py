"""Rows of a chart: one label a row, sized for the place where the chart is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valuemix.charts.bars import Note
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_lines
from valuemix.screen.skins import Skin

__all__ = ["Rows", "columns_beside", "columns_width", "hairline", "rows_of"]

FEWEST_IN_DECK = 6
"""A deck has room for this many rows at least: few bars stay bars and do not become slabs."""

THREE_LINES = 60
"""Height of a row on a screen whose name takes three lines."""


@dataclass(frozen=True)
class Rows:
    """Measures of the rows in pixels, and their labels.

    Attributes
    ----------
    labels : list of str
        Escaped, broken into lines.
    left : float
        Room that the labels take.
    font : int
        Font size of the labels and values.
    height : float
        Height of one row.
    shown : float
        Rows that the axis has room for.
    """

    labels: list[str]
    left: float
    font: int
    height: float
    shown: float

    def axis(self, above: float = 0.5, bold: Sequence[bool] = ()) -> dict[str, Any]:
        """Axis with the labels: numbered places, so that no name is read as a number."""
        texts = [
            f"<b>{label}</b>" if lead else label
            for label, lead in zip(self.labels, bold or [False] * len(self.labels), strict=True)
        ]
        return {
            "range": [self.shown - 0.5, -above],
            "tickmode": "array",
            "tickvals": list(range(len(texts))),
            "ticktext": texts,
            "tickfont": {"size": self.font},
            "ticklabelstandoff": 8,
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "fixedrange": True,
        }


def rows_of(
    names: Sequence[str], skin: Skin, room: float, widest: float | None = None, *, tall: bool = False
) -> Rows:
    """Rows for these names.

    Parameters
    ----------
    names : sequence of str
        Names as they are in the scenario; a line break in one is kept where there is room for two lines.
    skin : Skin
        Where the chart is shown.
    room : float
        Height that a deck has for all rows, in pixels; a screen grows with them.
    widest : float, optional
        Pixels that the labels take at most.
    tall : bool
        Whether rows on a screen have room for two lines however many there are, and for three where names need them.

    Examples
    --------
    >>> from valuemix.screen.skins import SKINS
    >>> rows_of(["Named engineer <1>", "Parts"], SKINS["light"], 400).labels
    ['Named engineer &lt;1&gt;', 'Parts']
    """
    shown, height = _heights(len(names), skin, room, tall=tall)
    font = _font(skin, height)
    width = (widest or (250 if skin.deck else 200)) / font
    _, broken = short_lines(names, width, 2 if height > 2.3 * font else 1)
    if tall and not skin.deck and _are_cut(broken):
        height = THREE_LINES
        _, broken = short_lines(names, width, 3)
    used = max(text_width(line) for label in broken for line in label) * font * 1.06
    return Rows(["<br>".join(map(escaped, label)) for label in broken], used + 18, font, height, shown)


def _font(skin: Skin, height: float) -> int:
    return 17 if skin.deck and height > 40 else 14


def _are_cut(labels: Sequence[Sequence[str]]) -> bool:
    return any("…" in line for label in labels for line in label)


def _heights(count: int, skin: Skin, room: float, *, tall: bool) -> tuple[int, float]:
    """Rows that there is room for, and the height of one: a deck shares its room, a screen grows."""
    if skin.deck:
        shown = max(count, FEWEST_IN_DECK)
        return shown, room / shown
    return count, 44 if count <= 10 or tall else 32


def hairline(row: int, skin: Skin) -> dict[str, Any]:
    """Line below a row across the whole plot, strong below headings, which are row −1."""
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": row + 0.5,
        "y1": row + 0.5,
        "layer": "below",
        "line": {"color": skin.ink if row < 0 else skin.faint, "width": 1},
    }


def columns_width(heads: Sequence[str], skin: Skin) -> int:
    """Pixels that columns of notes take right of the plot."""
    return len(heads) * (120 if skin.deck else 68)


def columns_beside(
    heads: Sequence[str], notes: Sequence[Sequence[Note]], rows: Rows, skin: Skin
) -> list[dict[str, Any]]:
    """Columns of notes right of the plot, with heads above, broken on a screen."""
    step = columns_width("1", skin)
    common = {"xref": "paper", "x": 1, "xanchor": "center", "showarrow": False, "borderpad": 0}
    small = rows.font - 2 if skin.deck else 12
    above = [
        {
            **common, "xshift": (place + 0.5) * step, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4,
            "text": escaped(head) if skin.deck else "<br>".join(map(escaped, wrapped(head, 5.4, 2))),
            "font": {"size": small, "color": skin.muted},
        }
        for place, head in enumerate(heads)
    ]  # fmt: skip
    return above + [
        {
            **common, "xshift": (place + 0.5) * step, "yref": "y", "y": row, "yanchor": "middle",
            "text": f"<b>{escaped(note.text)}</b>",
            "font": {"size": rows.font, "color": skin.color_of(note.role, text=True)},
        }
        for row, line in enumerate(notes)
        for place, note in enumerate(line)
    ]  # fmt: skip
