"""Formulas with their results, and where a block of the calculation stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from valuemix.files.tables.sheet_pen import Pen

__all__ = [
    "CALCULATION",
    "COLUMNS",
    "FOOTER",
    "Block",
    "cell",
    "figure",
    "fixed",
    "fixed_range",
    "free",
    "put",
    "put_across",
    "span",
]

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
        return fixed_range(self.body, number, self.body + self.propositions - 1, number)

    def at(self, proposition: int, column: int | str) -> str:
        """Cell of a proposition, free to move with its row."""
        number = self.column(column) if isinstance(column, str) else column
        return free(self.body + proposition, number)

    def of(self, name: str, column: int = 1) -> str:
        """Cell of one of the lines of `FOOTER`."""
        return fixed(self.foot(name), column)

    def parts_at(self, proposition: int) -> str:
        """Range of the parts of a proposition."""
        row = self.body + proposition
        return f"{free(row, 1)}:{free(row, self.parts)}"

    @property
    def weight_range(self) -> str:
        """Range of the weights of the parts."""
        return fixed_range(self.weights, 1, self.weights, self.parts)


def fixed(row: int, column: int) -> str:
    """Cell that stays where it is; rows and columns count from 0."""
    return f"${xl_col_to_name(column)}${row + 1}"


def free(row: int, column: int) -> str:
    """Cell that moves along when a formula is copied."""
    return f"{xl_col_to_name(column)}{row + 1}"


def fixed_range(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Range that stays where it is."""
    return f"{fixed(first_row, first_column)}:{fixed(last_row, last_column)}"


def cell(sheet: str, row: int, column: int) -> str:
    """Reference to a fixed cell of a sheet.

    Examples
    --------
    >>> cell("By segment", 1, 0)
    "'By segment'!$A$2"
    """
    return f"{_quoted(sheet)}!{fixed(row, column)}"


def span(sheet: str, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Reference to a fixed range of a sheet."""
    return f"{_quoted(sheet)}!{fixed_range(first_row, first_column, last_row, last_column)}"


def _quoted(sheet: str) -> str:
    return f"'{sheet}'" if " " in sheet else sheet


def figure(value: str, decimals: str) -> str:
    """Formula of a number as text, in the reader's own locale and with a true minus sign.

    Examples
    --------
    >>> figure("B2", "1")
    'SUBSTITUTE(FIXED(B2,1,FALSE),"-","−")'
    """
    return f'SUBSTITUTE(FIXED({value},{decimals},FALSE),"-","−")'


def put(
    pen: Pen, sheet: Any, row: int, column: int, formula: str, value: Any, look: str, *, array: bool = False
) -> None:
    """Write a formula with its result, so that viewers that do not calculate show it as well.

    Parameters
    ----------
    pen : Pen
    sheet : xlsxwriter.Worksheet
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
    result = _plain(value)
    if array:
        sheet.write_array_formula(row, column, row, column, f"{{={formula}}}", pen.formats[look], result)
    else:
        sheet.write_formula(row, column, f"={formula}", pen.formats[look], result)


def put_across(pen: Pen, sheet: Any, row: int, columns: int, formula: str, value: str, look: str) -> None:
    """Write a formula of a text over some merged columns, where a long one finds room to wrap."""
    sheet.merge_range(row, 0, row, columns - 1, "", pen.formats[look])
    put(pen, sheet, row, 0, formula, value, look)


def _plain(value: Any) -> str | float | bool:
    if isinstance(value, str | bool):
        return value
    number = float(value)
    return "" if math.isnan(number) else number
