"""Formulas with their results, and where a block of the calculation stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs, xl_range_formula, xl_rowcol_to_cell

from valuemix.files.tables.writing.sheet_pen import Pen

__all__ = ["CALCULATION", "COLUMNS", "FOOTER", "Block", "SheetWriter", "cell", "figure", "fixed"]

CALCULATION = "Calculation"

COLUMNS = {
    "weakest": "Weakest",
    "strongest": "Strongest",
    "counted": "Weight that counts",
    "mean": "Value from 0 to 1",
    "value": "Value",
    "missing": "Missing scores",
    "rank": "Rank",
    "place": "Place",
    "leads": "Leader",
    "second": "Runner-up",
    "in_place": "Row in place",
    "exported": "Value when exported",
    "named": "Name when exported",
    "moved": "Differs now",
}
"""Columns of a block between its parts and the contributions."""

FOOTER = {
    "leader": "Leader",
    "runner_up": "Runner-up",
    "first": "Value of the leader",
    "next": "Value of the runner-up",
    "lead": "Lead",
    "decimals": "Decimals shown",
    "exported": "Finding when exported",
    "finding": "Finding",
}
"""Rows of a block below its propositions."""


@dataclass(frozen=True)
class Block:
    """Rows and columns, from 0, of the calculation for one segment or for all of them.

    Attributes
    ----------
    top : int
        Row of its title; header, weights, propositions and the rows of `FOOTER` follow.
    propositions, disciplines : int
        Counts.
    parts : int
        Columns of what is averaged: disciplines in a segment, segments overall.
    wide : int
        Columns kept for the parts, so that all blocks are alike to the right of them.
    """

    top: int
    propositions: int
    disciplines: int
    parts: int
    wide: int

    @property
    def header(self) -> int:
        """Row of the header."""
        return self.top + 1

    @property
    def weights(self) -> int:
        """Row of the weights."""
        return self.top + 2

    @property
    def body(self) -> int:
        """Row of the first proposition."""
        return self.top + 3

    @property
    def height(self) -> int:
        """Rows from this block to the next one."""
        return 3 + self.propositions + len(FOOTER) + 1

    def foot(self, name: str) -> int:
        """Row of one of the lines of `FOOTER`."""
        return self.body + self.propositions + list(FOOTER).index(name)

    def column(self, name: str) -> int:
        """Column of one of `COLUMNS`."""
        return 1 + self.wide + list(COLUMNS).index(name)

    def contribution(self, discipline: int) -> int:
        """Column of the contributions of a discipline."""
        return 1 + self.wide + len(COLUMNS) + discipline

    def whole(self, column: int | str) -> str:
        """Range of a column over all propositions."""
        number = self.column(column) if isinstance(column, str) else column
        return str(xl_range_abs(self.body, number, self.body + self.propositions - 1, number))

    def at(self, proposition: int, column: int | str) -> str:
        """Cell of a proposition, free to move with its row."""
        number = self.column(column) if isinstance(column, str) else column
        return str(xl_rowcol_to_cell(self.body + proposition, number))

    def of(self, name: str) -> str:
        """Cell of one of the lines of `FOOTER`."""
        return fixed(self.foot(name), 1)

    def parts_at(self, proposition: int) -> str:
        """Range of the parts of a proposition."""
        row = self.body + proposition
        return str(xl_range(row, 1, row, self.parts))

    @property
    def weight_range(self) -> str:
        """Range of the weights of the parts."""
        return str(xl_range_abs(self.weights, 1, self.weights, self.parts))


def fixed(row: int, column: int) -> str:
    """Cell that stays where it is when a formula is copied; rows and columns count from 0."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def cell(sheet: str, row: int, column: int) -> str:
    """Reference to a fixed cell of a sheet.

    Examples
    --------
    >>> cell("By segment", 1, 0)
    "'By segment'!$A$2"
    """
    return str(xl_range_formula(sheet, row, column, row, column))


def figure(value: str, decimals: str) -> str:
    """Formula of a number as text, in the reader's own locale and with a true minus sign.

    Examples
    --------
    >>> figure("B2", "1")
    'SUBSTITUTE(FIXED(B2,1,FALSE),"-","−")'
    """
    return f'SUBSTITUTE(FIXED({value},{decimals},FALSE),"-","−")'


class SheetWriter:
    """A sheet of results, on landscape pages: texts, and formulas with their results.

    Parameters
    ----------
    pen : Pen
        Of the workbook; formats are named as there.
    title : str
        Of the sheet, which is added.
    tall : int
        Pages in height when printed; as many as it takes where it is 0.
    """

    def __init__(self, pen: Pen, title: str, tall: int = 1) -> None:
        self.pen, self.sheet = pen, pen.book.add_worksheet(title)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, tall)

    def text(self, row: int, column: int, text: str, look: str) -> None:
        """Write a text as it is."""
        self.sheet.write_string(row, column, text, self.pen.formats[look])

    def put(self, row: int, column: int, formula: str, value: Any, look: str, *, array: bool = False) -> None:
        """Write a formula with its result, so that viewers that do not calculate show it as well.

        Parameters
        ----------
        row, column : int
            From 0.
        formula : str
            Without the equals sign.
        value : float, int, str or bool
            Its result; NaN for a blank text.
        look : str
            Name of a cell format.
        array : bool
            Whether the formula goes through ranges cell by cell.
        """
        result = value if isinstance(value, str | bool) else "" if math.isnan(value) else float(value)
        if array:
            self.sheet.write_array_formula(
                row, column, row, column, f"{{={formula}}}", self.pen.formats[look], result
            )
        else:
            self.sheet.write_formula(row, column, f"={formula}", self.pen.formats[look], result)

    def across(self, row: int, columns: int, formula: str, value: str, look: str) -> None:
        """Write a formula of a text over some merged columns, where a long one finds room to wrap."""
        self.sheet.merge_range(row, 0, row, columns - 1, "", self.pen.formats[look])
        self.put(row, 0, formula, value, look)

    def conditional(self, box: tuple[int, int, int, int], criteria: str, look: str) -> None:
        """Show cells, from the first row and column to the last, in another format where a formula holds."""
        rule = {"type": "formula", "criteria": f"={criteria}", "format": self.pen.formats[look]}
        self.sheet.conditional_format(*box, rule)
