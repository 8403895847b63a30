"""A table: columns of cells with their texts as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from valuemix.charts.roles import Ground, Role, depth

__all__ = ["Cell", "Column", "Table", "centred", "named", "shaded", "texts"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes
    ----------
    text : str
        As it is printed.
    bold : bool
        Whether it stands out by its weight.
    role : str
        What the text is there for, where it stands on no ground.
    ground : Ground, optional
        What lies behind it.
    marked : bool
        Whether it is outlined.
    """

    text: str
    bold: bool = False
    role: Role = "ink"
    ground: Ground | None = None
    marked: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : str
        Above it.
    cells : sequence of Cell
        One a row.
    align : {"left", "right", "center"}
        Texts stand left and may wrap; numbers stand right, or in the centre of shaded cells.
    lines : int
        Lines that a text may take; more than two for sentences, which are cut last.
    note : str
        Stands in brackets after the heading, however much of that is cut.
    total : bool
        Whether it sums up the others; it stays in sight where they do not.
    """

    heading: str
    cells: Sequence[Cell]
    align: Literal["left", "right", "center"] = "left"
    lines: int = 2
    note: str = ""
    total: bool = False

    @property
    def head(self) -> str:
        """Heading with its note."""
        return f"{self.heading} ({self.note})" if self.note else self.heading


@dataclass(frozen=True)
class Table:
    """Columns with equally many cells; the first names the rows.

    Attributes
    ----------
    columns : tuple of Column
    below : tuple of Column
        A second, smaller table that stands below the first, where there is one.

    Examples
    --------
    >>> table = Table((named("Proposition", ["Express"]), Column("Value", [Cell("5.5")], "right")))
    >>> [column.head for column in table.columns], table.rows[0][1].text
    (['Proposition', 'Value'], '5.5')
    """

    columns: tuple[Column, ...]
    below: tuple[Column, ...] = ()

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """Cells from left to right, row by row."""
        return [*zip(*(column.cells for column in self.columns), strict=True)]


def named(heading: str, names: Sequence[str]) -> Column:
    """Column of plain names.

    Examples
    --------
    >>> named("Segment", ["Stores"]).cells[0].text
    'Stores'
    """
    return Column(heading, texts(names))


def texts(values: Sequence[str], *, bold: bool = False, role: Role = "ink") -> list[Cell]:
    """Cells that look alike.

    Examples
    --------
    >>> [cell.text for cell in texts(["5.5", "–"], bold=True)]
    ['5.5', '–']
    """
    return [Cell(value, bold, role) for value in values]


def centred(heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, total: bool = False) -> list[Column]:
    """Columns of cells that are given row by row, the last of them perhaps a total.

    Examples
    --------
    >>> [column.heading for column in centred(["A", "B"], [texts(["1", "2"]), texts(["3", "4"])])]
    ['A', 'B']
    """
    cells = zip(*rows, strict=True) if rows else [()] * len(heads)
    last = len(heads) - 1
    return [
        Column(head, own, "center", total=total and place == last)
        for place, (head, own) in enumerate(zip(heads, cells, strict=True))
    ]


def shaded(text: str, strength: float, *, strong: bool = False) -> Cell:
    """Cell on a ground as deep as it is strong; bold and outlined where it is the one to look at.

    Examples
    --------
    >>> shaded("5.5", 0.4, strong=True).marked
    True
    """
    return Cell(text, strong, ground=depth(strength), marked=strong)
