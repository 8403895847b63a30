"""Figure of a table, for pictures; pages and slides show tables as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any

from plotly import graph_objects as go

from valuemix.charts.table import Cell, Column, Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.screen.frame import DECK_INSIDE, SCREEN_INSIDE, deck_room, figure_of
from valuemix.screen.skins import Skin

__all__ = ["table_figure"]

# In font sizes, so that a table is laid out once and made larger or smaller as a whole.
LINE, PAD, SIDE = 1.3, 0.6, 0.5
NAME, PROSE, HEAD = 18.0, 30.0, 7.0
"""Widest that a name, a sentence and a head over a number are before they are broken."""
GAP = 0.08
"""Between shaded cells."""
TALL = 1.6
"""Rows of a deck are as much higher as there is room for, and no more."""
_SIDES = {"left": "middle right", "right": "middle left", "center": "middle center"}


@dataclass(frozen=True)
class _Laid:
    """A column with its lines, heads first, its place and its width."""

    column: Column
    lines: list[list[str]]
    left: float
    width: float

    @property
    def anchor(self) -> float:
        """Where its texts start, end or are centred."""
        within = {"left": SIDE, "center": self.width / 2, "right": self.width - SIDE}
        return self.left + within[self.column.align]


def table_figure(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit's table, all of it in view.

    Parameters
    ----------
    exhibit : Exhibit
        With a table for a chart; without rows nothing is drawn.
    skin : Skin
    """
    table = exhibit.chart if isinstance(exhibit.chart, Table) else Table(())
    parts = _placed([_laid_out(columns) for columns in (table.columns, table.below) if columns])
    shapes = [*chain(*(_behind(laid, tops, skin) for laid, tops in parts))]
    width = max((laid[-1].left + laid[-1].width for laid, _ in parts), default=1.0)
    height = parts[-1][1][-1] if parts else 1.0
    inside, room, largest = (DECK_INSIDE, deck_room(exhibit), 17) if skin.deck else (SCREEN_INSIDE, 1e6, 14)
    font = min(inside / width, room / height, largest)
    shown = max(height, room / font / TALL) if skin.deck else height
    return figure_of(
        exhibit, skin, [_texts(each, tops, font, skin) for laid, tops in parts for each in laid],
        height=int(height * font) + 16, left=0, showlegend=False,
        shapes=shapes,
        xaxis={"range": [0, width], "visible": False, "fixedrange": True},
        yaxis={"range": [shown, 0], "visible": False, "fixedrange": True},
    )  # fmt: skip


def _placed(parts: Sequence[list[_Laid]]) -> list[tuple[list[_Laid], list[float]]]:
    """Tables below each other, each with where its rows begin and the last ends."""
    found: list[tuple[list[_Laid], list[float]]] = []
    for laid in parts:
        start = found[-1][1][-1] + LINE if found else 0.0
        # A row is as tall as its longest cell.
        heights = [
            max(map(len, row)) * LINE + PAD for row in zip(*(each.lines for each in laid), strict=True)
        ]
        found.append((laid, [*accumulate(heights, initial=start)]))
    return found


def _laid_out(columns: Sequence[Column]) -> list[_Laid]:
    """Columns beside each other, each as wide as its widest line."""
    laid: list[_Laid] = []
    for column in columns:
        most = _widest(column)
        lines = [wrapped(cell.text, most, 9) or [""] for cell in column.cells]
        widest = max((text_width(line) for each in lines for line in each), default=0.0)
        head = wrapped(column.heading, max(widest, HEAD), 3) + ([column.note] if column.note else [])
        width = max(widest, *map(text_width, head), 1.0) * 1.06 + 2 * SIDE
        left = laid[-1].left + laid[-1].width if laid else 0.0
        laid.append(_Laid(column, [head, *lines], left, width))
    return laid


def _widest(column: Column) -> float:
    """Widest line of a column: sentences upon a ground stand beside many others."""
    if column.lines <= 2:
        return NAME
    return HEAD * 1.5 if any(cell.ground for cell in column.cells) else PROSE


def _texts(each: _Laid, tops: Sequence[float], font: float, skin: Skin) -> dict[str, Any]:
    middles = [(top + below) / 2 for top, below in pairwise(tops)]
    head = Cell(each.column.heading, bold=each.column.total, role="muted")
    cells = [head, *each.column.cells]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [each.anchor] * len(middles),
        "y": list(middles),
        "text": [_text(cell, lines) for cell, lines in zip(cells, each.lines, strict=True)],
        "textposition": _SIDES[each.column.align],
        "textfont": {"size": font, "color": [skin.text_of(cell) for cell in cells]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _text(cell: Cell, lines: Sequence[str]) -> str:
    text = "<br>".join(map(escaped, lines))
    return f"<b>{text}</b>" if cell.bold and text else text


def _behind(laid: Sequence[_Laid], tops: Sequence[float], skin: Skin) -> list[dict[str, Any]]:
    return [*_grounds(laid, tops, skin), *_rules(laid, tops, skin)]


def _grounds(laid: Sequence[_Laid], tops: Sequence[float], skin: Skin) -> list[dict[str, Any]]:
    """Shaded cells, and a frame around each marked one."""
    found = []
    for each in laid:
        for cell, top, below in zip(each.column.cells, tops[1:], tops[2:], strict=False):
            box = {
                "x0": each.left + GAP,
                "x1": each.left + each.width - GAP,
                "y0": top + GAP,
                "y1": below - GAP,
            }
            if cell.ground is not None:
                color = skin.ground_of(cell.ground)
                found.append(
                    {"type": "rect", "layer": "below", "fillcolor": color, "line": {"width": 0}, **box}
                )
            if cell.marked:
                found.append({"type": "rect", "line": {"color": skin.highlight, "width": 2.5}, **box})
    return found


def _rules(laid: Sequence[_Laid], tops: Sequence[float], skin: Skin) -> list[dict[str, Any]]:
    """Hairlines below the rows of a table without grounds, strong below its heads."""
    if any(cell.ground for each in laid for cell in each.column.cells):
        return []
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": below,
            "y1": below,
            "layer": "below",
            "line": {"color": skin.faint if row else skin.ink, "width": 1},
        }
        for row, below in enumerate(tops[1:])
    ]
