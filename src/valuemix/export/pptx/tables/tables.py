"""Native tables: hairlines or shaded cells, in the fonts and colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from valuemix.charts.table import Cell, Column
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.colors import (
    FAINT,
    GROUND,
    HIGHLIGHT,
    INK,
    MUTED,
    ON_TINT,
    Paint,
    ground_paint,
    role_paint,
)
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, add_text, clean
from valuemix.export.pptx.tables.table_fit import SMALLEST, fit_table
from valuemix.export.pptx.tables.table_measures import SIDE, Measures, heading_size, measured

__all__ = ["LEFT_OUT", "below_points", "draw_table", "draw_tables", "say_left_out"]

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name for a table without style and grid."""

_ALIGN = {"left": "l", "right": "r", "center": "ctr"}
_SIDES = {"L": (0, -1), "R": (0, 1), "T": (-1, 0), "B": (1, 0)}
LEFT_OUT = 24
"""Points for the sentence about what is left out."""


APART = 10.0
"""Points between a table and one that stands below it."""


def below_points(columns: Sequence[Column], width: float) -> float:
    """Room in points for a table that stands below another in a width in points; 0 for none."""
    found = measured(columns, SMALLEST, width, cut=True) if columns else None
    return sum(found.heights) + APART if found else 0.0


def draw_tables(slide: Slide, box: Box, columns: Sequence[Column], below: Sequence[Column] = ()) -> None:
    """Draw a table, and a smaller one at the lower edge of its box where there is one and it has room.

    Parameters
    ----------
    slide : Slide
    box : Box
    columns, below : sequence of Column
        Of each table, with equally many cells.
    """
    strip = round(below_points(below, box.width_points / breadth(slide.slide_layout) * BROAD) * EMU_PER_POINT)
    draw_table(slide, box.cut(bottom=strip), columns)
    if strip:
        draw_table(slide, box.cut(top=box.height - strip + round(APART * EMU_PER_POINT)), below)


def draw_table(slide: Slide, box: Box, columns: Sequence[Column]) -> None:
    """Draw a table that fits a box; what does not is left out, and a sentence says how much.

    Parameters
    ----------
    slide : Slide
    box : Box
    columns : sequence of Column
        With equally many cells.
    """
    found = _measured(slide, columns, box)
    if _missing(columns, found):
        found = _measured(slide, columns, box.cut(bottom=LEFT_OUT * EMU_PER_POINT))
        say_left_out(slide, box, _missing(columns, found))
    _fill(_new_table(slide, box, found), found)


def _measured(slide: Slide, columns: Sequence[Column], box: Box) -> Measures:
    """The table in a narrower box, then widened by what the font is broader."""
    broad = breadth(slide.slide_layout) / BROAD
    found = fit_table(columns, box.width_points / broad, box.height_points)
    return replace(found, widths=[width * broad for width in found.widths])


def say_left_out(slide: Slide, box: Box, what: str) -> Box:
    """Say at the lower edge of a box what there is no room for; returns the box above."""
    sentence = box.cut(top=box.height - (LEFT_OUT - 10) * EMU_PER_POINT)
    text = f"Left out for lack of room: {what}; the report has all of them."
    add_text(slide, sentence, text, 10, paint=MUTED, name="Left out")
    return box.cut(bottom=LEFT_OUT * EMU_PER_POINT)


def _missing(columns: Sequence[Column], found: Measures) -> str:
    """What a slide has no room for, such as "the last column and the last 12 rows"; nothing where it has all."""
    rows = len(columns[0].cells) + 1 - len(found.heights)
    counts = {"column": len(columns) - len(found.columns), "row": rows}
    parts = [
        f"the last {noun}" if count == 1 else f"the last {count} {noun}s"
        for noun, count in counts.items()
        if count
    ]
    return " and ".join(parts)


def _new_table(slide: Slide, box: Box, found: Measures) -> Any:
    width, height = (round(sum(each) * EMU_PER_POINT) for each in (found.widths, found.heights))
    shape: Any = slide.shapes.add_table(
        len(found.heights), len(found.columns), Emu(box.left), Emu(box.top), Emu(width), Emu(height)
    )
    shape.name = "Table"
    table = shape.table
    shape.element.find(f".//{qn('a:tableStyleId')}").text = NO_STYLE
    table.horz_banding = False
    for column, points in zip(table.columns, found.widths, strict=True):
        column.width = Emu(round(points * EMU_PER_POINT))
    for row, points in zip(table.rows, found.heights, strict=True):
        row.height = Emu(round(points * EMU_PER_POINT))
    return table


def _fill(table: Any, found: Measures) -> None:
    heads = [Cell(column.head, bold=True, role="muted") for column in found.columns]
    rows = [heads, *zip(*(column.cells for column in found.columns), strict=True)]
    places = [(r, c, cell) for r, cells in enumerate(rows) for c, cell in enumerate(cells)]
    marked = {(r, c) for r, c, cell in places if cell.marked}
    shaded = any(cell.ground for _, _, cell in places)
    empty = list(table._tbl.iter_tcs())  # noqa: SLF001 -- python-pptx has no words for borders
    for target, (r, c, cell) in zip(empty, places, strict=True):
        lines = _shaded_lines(r, c, marked) if shaded else {"B": (FAINT if r else INK, 0.75)}
        text = _text(cell, found.columns[c].align, heading_size(found.size) if not r else found.size)
        target.getparent().replace(target, parse_xml(_cell(text, _looks(cell, lines, is_head=not r))))


def _cell(text: str, looks: str) -> str:
    """A cell as XML: one element made at once takes a tenth of the time of its parts made one by one."""
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/><a:p>{text}</a:p></a:txBody>"
    return f"<a:tc {nsdecls('a')}>{body}{looks}</a:tc>"


def _text(cell: Cell, align: str, size: float) -> str:
    """Text of a cell, in a font and a colour of the theme; none keeps its size."""
    start, points = f'<a:pPr algn="{_ALIGN[align]}"/>', Pt(size).centipoints
    if not cell.text:
        return f'{start}<a:endParaRPr sz="{points}"/>'
    paint = ON_TINT if cell.ground else role_paint(cell.role)
    font = f'<a:rPr sz="{points}" b="{cell.bold:d}"><a:solidFill>{paint.xml()}</a:solidFill></a:rPr>'
    return f"{start}<a:r>{font}<a:t>{escape(clean(cell.text))}</a:t></a:r>"


def _shaded_lines(row: int, column: int, marked: set[tuple[int, int]]) -> dict[str, tuple[Paint, float]]:
    """Gaps between shaded cells; a strong frame around marked ones, drawn by both cells that share a side."""
    lines = {}
    for side, (down, right) in _SIDES.items():
        framed = (row, column) in marked or (row + down, column + right) in marked
        lines[side] = (HIGHLIGHT, 2.25) if framed else (GROUND, 2.25)
    return lines


def _looks(cell: Cell, lines: dict[str, tuple[Paint, float]], *, is_head: bool) -> str:
    """Margins of a cell, its borders, then its ground: the order that the format asks for."""
    below, anchor = (Pt(4), "b") if is_head else (Pt(1), "ctr")
    margins = f'marL="{Pt(SIDE)}" marR="{Pt(SIDE)}" marT="{Pt(1)}" marB="{below}" anchor="{anchor}"'
    borders = "".join(
        f'<a:ln{side} w="{points * EMU_PER_POINT:.0f}" cap="flat" cmpd="sng" algn="ctr">'
        f'<a:solidFill>{paint.xml()}</a:solidFill><a:prstDash val="solid"/></a:ln{side}>'
        for side, (paint, points) in lines.items()
    )
    ground = f"<a:solidFill>{ground_paint(cell.ground).xml()}</a:solidFill>" if cell.ground else ""
    return f"<a:tcPr {margins}>{borders}{ground}</a:tcPr>"
