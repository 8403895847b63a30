"""A table as HTML: selectable, sorted by a click, read aloud with its heads; first column and total stay in sight."""

from __future__ import annotations

from pathlib import Path

from valuemix.charts.table import Cell, Column, Table
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.skins import SKINS

__all__ = ["SORT_TABLES", "side_edge", "table_css", "table_html"]

SORT_TABLES = Path(__file__).with_name("table.js").read_text(encoding="utf-8")
"""Script with the function ``sortTables``: once it is called, tables of the page are sorted by a click on a head."""


_EDGE = "linear-gradient(to right,#000 calc(100% - 36px),#0002)"


def side_edge(box: str) -> str:
    """Rules by which boxes that scroll sideways fade at their right as long as there is more of them.

    Parameters
    ----------
    box : str
        Their selector.
    """
    # Where nothing is to scroll the timeline draws nothing, nor does a browser without timelines.
    return (
        f"{box}{{animation:vm-side linear both;animation-timeline:scroll(self inline)}}\n"
        f"@keyframes vm-side{{from,98%{{mask-image:{_EDGE}}}to{{mask-image:none}}}}"
    )


def table_css() -> str:
    """Rules that every page with tables needs."""
    light, dark = SKINS["light"], SKINS["dark"]
    names = ("ink", "muted", "faint", "ground", "highlight")
    colors = [f"--{name}:light-dark({getattr(light, name)},{getattr(dark, name)})" for name in names]
    own = Path(__file__).with_name("table.css").read_text(encoding="utf-8")
    return f".vm-table{{{';'.join(colors)}}}\n{own}\n{side_edge('.vm-table:not(:has(.total))')}"


def table_html(table: Table, caption: str) -> Markup:
    """Table in a box that scrolls sideways where it is too narrow.

    Parameters
    ----------
    table : Table
    caption : str
        What is shown, read before the table and not seen.

    Returns
    -------
    Markup
        Every text escaped.

    Examples
    --------
    >>> from valuemix.charts.table import named
    >>> '<th scope="row">R&amp;D</th>' in table_html(Table((named("Proposition", ["R&D"]),)), "One proposition.")
    True
    """
    inside = [_table(Table(part), caption) for part in (table.columns, table.below) if part]
    return element("div", *inside, class_="vm-table", tabindex="0", role="group", aria_label=caption)


def _table(table: Table, caption: str) -> Markup:
    heads = [_head(column) for column in table.columns]
    rows = [
        element(
            "tr",
            *(
                _cell(c, own, head=not place)
                for place, (c, own) in enumerate(zip(row, table.columns, strict=True))
            ),
        )
        for row in table.rows
    ]
    shaded = any(cell.ground for row in table.rows for cell in row)
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="shaded" if shaded else "ruled",
    )


def _head(column: Column) -> Markup:
    note = [element("small", column.note)] if column.note else []
    button = element("button", column.heading, type="button", title="Sort")
    return element("th", button, *note, scope="col", class_=_classes(column))


def _cell(cell: Cell, column: Column, *, head: bool) -> Markup:
    style = f"background:{_ground(cell)}" if cell.ground else False
    classes = _classes(column, cell.role, "bold" * cell.bold, "marked" * cell.marked)
    if head:
        return element("th", cell.text, scope="row", class_=classes, style=style)
    return element("td", cell.text, class_=classes, style=style)


def _ground(cell: Cell) -> str:
    colors = (SKINS[skin].ground_of(cell.ground) for skin in ("light", "dark") if cell.ground)
    return f"light-dark({','.join(colors)})"


def _classes(column: Column, *more: str) -> str | bool:
    """Names of the looks that differ from a plain text's; False where none does."""
    align = "" if column.align == "left" else column.align
    prose = "prose" if column.lines > 2 else ""
    found = [name for name in (align, prose, "total" * column.total, *more) if name not in ("", "ink")]
    return " ".join(found) or False
