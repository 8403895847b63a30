"""Sheets of a workbook as this project writes them: cell formats, tables of inputs, exact cells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["CREATED", "HEADER", "INK", "INPUT", "LINE", "MUTED", "Pen", "Row", "Value"]

Value = str | float
Row = tuple[Value, ...]

# A fixed date, so that the same version writes the same bytes.
CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

INK, MUTED, LINE, HEADER, INPUT = "#1F2933", "#5F6B7A", "#C9D1D9", "#E4EAF0", "#FFFDF2"


class _Exact(float):
    """Number that is written with all its digits; the library would write sixteen."""

    def __format__(self, _: str) -> str:
        return repr(float(self)).removesuffix(".0")


@dataclass
class Pen:
    """A workbook and its cell formats.

    Attributes
    ----------
    book : xlsxwriter.Workbook
        Made so that text is never read as a formula, a link or a number.
    formats : dict
        Cell formats by name; more can be added by `look`.
    """

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        line = {"border": 1, "border_color": LINE}
        looks: dict[str, Mapping[str, Any]] = {
            "text": {"text_wrap": True},
            "muted": {"font_color": MUTED},
            "title": {"font_size": 18, "bold": True},
            "heading": {"font_size": 13, "bold": True, "valign": "bottom"},
            "link": {"underline": 1, "font_color": "#005A8E"},
            "header": {"bold": True, "bg_color": HEADER, "text_wrap": True, "valign": "vcenter", **line},
            "label": {"bg_color": HEADER, **line},
            "left": {"bg_color": INPUT, "text_wrap": True, "align": "left", **line},
            "input": {"bg_color": INPUT, "text_wrap": True, **line},
            "warning": {"font_color": "#B3261E", "bold": True},
        }
        for name, look in looks.items():
            self.look(name, **look)

    def look(self, name: str, **look: Any) -> None:
        """Add a cell format under a name."""
        base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        self.formats[name] = self.book.add_format({**base, **look})

    def table(
        self, title: str, header: Mapping[str, str], rows: Sequence[Row], widths: Sequence[float], last: int
    ) -> Any:
        """Sheet with a header that explains itself and `last` rows of input cells."""
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(len(rows), 20), len(header) - 1)
        sheet.set_row(0, 32)
        for column, (name, meaning) in enumerate(header.items()):
            sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
            sheet.write_string(0, column, name, self.formats["header"])
            if meaning:
                sheet.write_comment(0, column, meaning, {"author": "valuemix", "width": 240, "height": 80})
        for number in range(last):
            row = rows[number] if number < len(rows) else ("",) * len(header)
            for column, value in enumerate(row):
                self.cell(sheet, number + 1, column, value, "input")
        return sheet

    def cell(self, sheet: Any, row: int, column: int, value: Value, look: str) -> None:
        """One cell: text, number or blank."""
        if value == "":
            sheet.write_blank(row, column, None, self.formats[look])
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.formats[look])
        else:
            sheet.write_number(row, column, _Exact(value), self.formats[look])

    def listing(self, sheet: Any, row: int, heading: str, lines: Sequence[str]) -> int:
        """Heading and numbered lines over three columns; the row after them and a gap."""
        sheet.write_string(row, 0, heading, self.formats["heading"])
        for number, line in enumerate(lines, start=1):
            sheet.merge_range(row + number, 0, row + number, 2, "", self.formats["text"])
            sheet.write_string(row + number, 0, f"{number}.  {line}", self.formats["text"])
            sheet.set_row(row + number, 16)
        return row + len(lines) + 2
