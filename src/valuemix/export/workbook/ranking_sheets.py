"""Two sheets that rank: all segments together, and one that is chosen; each with a native chart."""

from __future__ import annotations

import math

import numpy as np
from xlsxwriter.utility import xl_range, xl_range_abs, xl_range_formula, xl_rowcol_to_cell

from valuemix.exhibits.words.formats import number
from valuemix.export.workbook.cells import CALCULATION, SheetWriter, cell, figure, fixed
from valuemix.export.workbook.looks import PRINTED_FOOT, digits, height
from valuemix.export.workbook.results import Case
from valuemix.export.workbook.sentences import with_room
from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.screen.skins import SKINS

__all__ = ["OVERALL_SHEET", "SEGMENT_SHEET", "write_overall", "write_segment"]

OVERALL_SHEET, SEGMENT_SHEET = "Overall", "By segment"
_CHOICE = 2
"""Row of the choice of a segment."""
_LEGEND = 3
_CHART = 4
_NAME, _PART = 40, 14
"""Widths of the column of names, and of a contribution."""
_LONGEST, _HEAD, _TAIL = 36, 24, 11
"""Letters of a name beside a bar."""
_SPLIT = " by discipline"
_NOT_SPLIT = ", not split: with this compensation or fairness it is no sum of contributions"
_ALT = (
    "Stacked bars: contribution of each discipline to the value of each proposition, best first. "
    "The numbers are in the table below."
)


def write_overall(pen: Pen, case: Case) -> None:
    """Sheet of the values over all segments."""
    _Page(pen, case, OVERALL_SHEET, -1).write(f"ROW({cell(CALCULATION, case.blocks[-1].body, 0)})")


def write_segment(pen: Pen, case: Case) -> None:
    """Sheet of the values in a segment that is chosen from a list."""
    page, block = _Page(pen, case, SEGMENT_SHEET, 0), case.blocks[0]
    page.text(_CHOICE, 0, "Choose a segment", "label")
    page.sheet.set_row(_CHOICE, height(case.scenario.segment_names, 2 * 9 + _PART))
    names = case.inputs.all_segments("segment")
    choice = {
        "validate": "list",
        "source": f"={names}",
        "error_title": "Segment",
        "error_message": "Choose a segment from the list.",
    }
    # Text cells keep what is chosen as it is, a name that begins like a formula too.
    page.sheet.merge_range(_CHOICE, 1, _CHOICE, 3, "", pen.formats["choice"])
    page.text(_CHOICE, 1, page.result.where, "choice")
    page.sheet.data_validation(_CHOICE, 1, _CHOICE, 1, choice)
    chosen = f"MAX(1,SUMPRODUCT(MAX(({names}={fixed(_CHOICE, 1)})*(ROW({names})-1))))"
    page.write(f"ROW({cell(CALCULATION, block.body, 0)})+{block.height}*({chosen}-1)")


class _Page:
    """A sheet with a finding, a chart, and the table that the chart is drawn from."""

    def __init__(self, pen: Pen, case: Case, title: str, number: int) -> None:
        self.inputs, self.scale, self.title = case.inputs, case.scenario.scale, title
        self.block, self.result, self.end = case.blocks[number], case.results[number], case.blocks[-1]
        self.widths = [_NAME, 9, 9, *[_PART] * (self.block.disciplines + 1)]
        self.writer = SheetWriter(pen, title)
        self.sheet, self.put, self.text = self.writer.sheet, self.writer.put, self.writer.text
        self.pixels = 120 + 34 * self.block.propositions
        self.header = _CHART + math.ceil(self.pixels / 20) + 2
        self.body, self.last = self.header + 1, self.header + self.block.propositions
        self.whole, self.label, self.row = (3 + self.block.disciplines + i for i in range(3))

    def write(self, start: str) -> None:
        """Write the sheet; `start` is the formula of the first row, from 1, of the block that is shown."""
        self._set_up()
        self.put(self.header - 1, self.row, start, self.block.body + 1, "faint")
        start_cell = fixed(self.header - 1, self.row)
        foot = f"{start_cell}+{self.block.foot('finding') - self.block.body}"
        self.writer.across(0, self.whole + 1, self._found(1, foot), self.result.finding, "banner")
        self.sheet.set_row(0, height([with_room(self.result.finding)], sum(self.widths), 18))
        self.put(1, 0, *self._subtitle(), "muted")
        self._write_legend()
        self._write_header()
        for k, p in enumerate(self.result.order):
            self._write_row(k, p, start_cell)
        self._add_chart()

    def _set_up(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        sheet.set_row(_LEGEND, height([f"■ {word}" for word in self.result.words], _PART))
        sheet.set_column(self.label, self.label, 44)
        sheet.set_column(self.row, self.row, 8)
        sheet.freeze_panes(2, 0)
        sheet.print_area(0, 0, self.last, self.whole)
        sheet.set_footer(PRINTED_FOOT)

    def _subtitle(self) -> tuple[str, str]:
        scale, legend = self.scale, fixed(_LEGEND, self.whole)
        scope = ", all segments by size" if self.title == OVERALL_SHEET else ""
        split = f'IF({legend}="","{_SPLIT}","{_NOT_SPLIT}")'
        ends = [figure("lowest_score", "0"), figure("highest_score", "0")]
        formula = f'"Value ("&{ends[0]}&" to "&{ends[1]}&")"&{split}&"{scope}"'
        text = f"Value ({number(scale.lowest, 0)} to {number(scale.highest, 0)})"
        return formula, f"{text}{_NOT_SPLIT if self.is_whole else _SPLIT}{scope}"

    @property
    def is_whole(self) -> bool:
        """Whether no value is a sum of contributions."""
        return bool(np.isnan(self.result.contributions).all())

    def _write_legend(self) -> None:
        """Colours of the chart as cells: they follow a renamed discipline in every program."""
        for d, name in enumerate(self.result.words):
            self.put(_LEGEND, 3 + d, f'"■ "&{self.inputs.discipline(d)}', f"■ {name}", f"mark {d}")
        parts = xl_range_abs(self.body, 3, self.last, 2 + self.block.disciplines)
        text = "■ Value, not split" if self.is_whole else ""
        self.put(_LEGEND, self.whole, f'IF(COUNT({parts})=0,"■ Value, not split","")', text, "strong")

    def _write_header(self) -> None:
        self.sheet.set_row(self.header, height(self.result.words, _PART))
        self.text(self.header, 0, "Proposition", "header")
        for column, text in ((1, "Rank"), (2, "Value"), (self.whole, "Value, not split")):
            self.text(self.header, column, text, "figures")
        for d, name in enumerate(self.result.words):
            self.put(self.header, 3 + d, self.inputs.discipline(d), name, "figures")
        self.text(self.header, self.label, "Label in the chart", "faint")
        self.text(self.header, self.row, "Row", "faint")

    def _write_row(self, k: int, p: int, start: str) -> None:
        """The proposition in one place of the ranking, found by its row on the sheet of the calculation."""
        block, result, row = self.block, self.result, self.body + k
        places, end = self._column(block.column("place")), f"{start}+{block.propositions - 1}"
        found = f"MATCH({k + 1},INDEX({places},{start}):INDEX({places},{end}),0)"
        self.put(row, self.row, f"{found}+{start}-1", block.body + p + 1, "faint")
        name, value, at = (xl_rowcol_to_cell(row, column) for column in (0, 2, self.row))
        parts, own = result.contributions[p], float(result.values[p])
        self.sheet.set_row(row, height(result.names, _NAME))
        self.put(row, 0, self._found(0, at), result.names[p], "name")
        self.put(row, 1, self._found(block.column("rank"), at), result.ranks[p] or math.nan, "whole")
        self.put(row, 2, self._found(block.column("value"), at), own, "total")
        for d, part in enumerate(parts):
            self.put(row, 3 + d, self._found(block.contribution(d), at), part, "value")
        split = xl_range(row, 3, row, 2 + block.disciplines)
        whole = own if math.isnan(parts[0]) else math.nan
        self.put(row, self.whole, f'IF(COUNT({split})=0,{value},"")', whole, "value")
        short = f'IF(LEN({name})>{_LONGEST},LEFT({name},{_HEAD})&"…"&RIGHT({name},{_TAIL}),{name})'
        decimals = self._found(1, f"{start}+{block.foot('decimals') - block.body}")
        shown = f'IF({value}="","–",{figure(value, decimals)})'
        self.put(row, self.label, f'{short}&"  "&{shown}', self._label(p), "faint")

    def _column(self, column: int) -> str:
        """Column of the sheet of the calculation, as far as the last block reaches."""
        return str(xl_range_formula(CALCULATION, 0, column, self.end.top + self.end.height, column))

    def _found(self, column: int, row: str) -> str:
        return f"INDEX({self._column(column)},{row})"

    def _label(self, p: int) -> str:
        name, value = self.result.names[p], self.result.values[p]
        short = f"{name[:_HEAD]}…{name[-_TAIL:]}" if len(name) > _LONGEST else name
        return f"{short}  {number(value, self.result.decimals)}"

    def _add_chart(self) -> None:
        skin, scale = SKINS["light"], self.scale
        chart = self.writer.pen.book.add_chart({"type": "bar", "subtype": "stacked"})
        colors = [*skin.marks[: self.block.disciplines], skin.highlight]
        shown, least = digits(self.result.decimals), 0.03 * scale.width
        for column, color in enumerate(colors, start=3):
            chart.add_series(
                {
                    "name": [self.title, self.header, column],
                    "categories": [self.title, self.body, self.label, self.last, self.label],
                    "values": [self.title, self.body, column, self.last, column],
                    "fill": {"color": color},
                    "border": {"color": "#FFFFFF", "width": 0.75},
                    "gap": 45,
                    "data_labels": {
                        "value": True,
                        "num_format": f'[>={least:g}]{shown};[<=-{least:g}]"−"{shown};',
                        "font": {"color": skin.on_mark, "bold": True, "size": 10, "name": "Calibri"},
                    },
                }
            )
        font = {"color": skin.ink, "size": 11, "name": "Calibri"}
        chart.set_y_axis(
            {
                "reverse": True,
                "num_font": font,
                "line": {"color": skin.faint},
                "major_tick_mark": "none",
                "label_position": "low",
            }
        )
        start = {"min": 0} if scale.lowest >= 0 else {}
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **start})
        chart.set_title({"none": True})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": sum(7 * width + 5 for width in self.widths), "height": self.pixels})
        self.sheet.insert_chart(_CHART, 0, chart, {"description": _ALT, "object_position": 2})
