"""The workbook inside a chart: data for whoever edits the chart, and text that stays text."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

__all__ = ["SHEET", "Block", "Cell", "workbook"]

Cell = str | float | None
Block = Sequence[Sequence[Cell]]
"""Rows of cells; None and NaN are left empty."""

SHEET = "Sheet1"

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Workbooks bear one date, so that the same chart is the same file."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(rows: Block) -> bytes:
    """One sheet with these rows.

    A text is marked as text (``quotePrefix``), so that not even editing the cell of a proposition
    named "=1+1" makes it a formula.

    Examples
    --------
    >>> workbook([["=1+1", 6.9873, None]])[:2]
    b'PK'
    """
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"created": _ALWAYS})
        sheet, text = book.add_worksheet(SHEET), book.add_format({"quote_prefix": True})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, text)
                elif cell is not None and not math.isnan(cell):
                    sheet.write_number(row, column, cell)
    return file.getvalue()
