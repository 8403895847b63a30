"""The first two sheets: what the workbook is, and who leads where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from valuemix.analysis.value.scoring import OVERALL
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words.formats import decimals_of
from valuemix.export.workbook.attribute_values import ATTRIBUTE_VALUES
from valuemix.export.workbook.cells import CALCULATION, FOOTER, Block, SheetWriter, cell
from valuemix.export.workbook.looks import PRINTED_FOOT, height
from valuemix.export.workbook.moment_means import MOMENT_MEANS
from valuemix.export.workbook.ranking_sheets import OVERALL_SHEET, SEGMENT_SHEET
from valuemix.export.workbook.results import Case
from valuemix.export.workbook.sentences import with_room
from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.model.sheets import SHEETS
from valuemix.screen.skins import SKINS

__all__ = ["RESULTS", "write_read_me", "write_results"]

RESULTS = "Results"
_NAME, _COLUMN = 36, 19
"""Widths of the columns."""
_MOVED = (
    "Inputs were moved or renamed on one sheet only: put rows, columns and names back as they were, "
    "or the values are wrong."
)
_ALARM = f'IF(inputs_in_place,"","{_MOVED}")', ""
_MEANINGS = {
    RESULTS: "Who leads where, all values and ranks",
    OVERALL_SHEET: "Ranking over all segments, with a chart",
    SEGMENT_SHEET: "Ranking in a segment that you choose, with a chart",
    ATTRIBUTE_VALUES: "How attributes become scores",
    MOMENT_MEANS: "Means over moments, as numbers: values follow these, not the points and scores",
    CALCULATION: "How every value is worked out, segment by segment",
}
_RULES = (
    "Values, ranks and charts follow the sizes, points and scores, and the scale, compensation and fairness.",
    "Findings are those of the export, as sure as they were then; a line is added once inputs have changed.",
    "What else is light yellow comes back to valuemix as it stands here, and changes no value in this workbook.",
    "A blank score is a missing score, not a 0: its weight goes to the other disciplines. "
    "Values that rest on one carry a *.",
    "Add segments, propositions and disciplines in valuemix: the import of this workbook brings the scenario back.",
)


def write_read_me(pen: Pen, case: Case, titles: Sequence[str]) -> None:
    """First sheet: finding, legend, list of sheets, rules, method.

    Parameters
    ----------
    pen : Pen
    case : Case
    titles : sequence of str
        All sheets after this one.
    """
    writer, scenario, finding = SheetWriter(pen, "Read me"), case.scenario, case.results[-1].finding
    sheet, text = writer.sheet, writer.text
    for column, width in enumerate((18, 96, 4)):
        sheet.set_column(column, column, width)
    writer.across(0, 3, case.inputs.setting("name"), scenario.name, "banner")
    sheet.set_row(0, height([scenario.name], 110, 18))
    writer.across(1, 3, _finding(case), finding, "strong")
    sheet.set_row(1, height([with_room(finding)], 110))
    writer.put(2, 0, *_ALARM, "warning")
    text(4, 0, "Input", "input")
    text(4, 1, "Light yellow: yours to change.", "text")
    text(5, 0, "Result", "computed")
    text(5, 1, "White: a formula. Leave it as it is.", "text")
    row = pen.listing(sheet, 7, "Good to know", _RULES)
    text(row, 0, "The sheets", "heading")
    meanings = _MEANINGS | {sheet.title: f"Input: {sheet.note}" for sheet in SHEETS.values()}
    for number, title in enumerate(titles, start=row + 1):
        sheet.write_url(number, 0, f"internal:'{title}'!A1", pen.formats["link"], title)
        text(number, 1, meanings[title], "text")
    row += len(titles) + 2
    text(row, 0, "Method", "heading")
    made = f"Written by valuemix from the scenario whose content is {scenario.content_hash}."
    for number, line in enumerate((KINDS["ranking"].formula, made), start=row + 1):
        sheet.merge_range(number, 0, number, 2, "", pen.formats["text"])
        text(number, 0, line, "text")
    sheet.set_row(row + 1, 48)


def _finding(case: Case) -> str:
    return cell(CALCULATION, case.blocks[-1].foot("finding"), 1)


def write_results(pen: Pen, case: Case) -> None:
    """Sheet with leaders, values and ranks, one column a segment."""
    _Results(pen, case).write()


class _Results:
    """The sheet while it is written; overall stands first."""

    def __init__(self, pen: Pen, case: Case) -> None:
        self.case, self.names = case, case.scenario.proposition_names
        self.columns = [
            (case.blocks[-1], case.results[-1]),
            *zip(case.blocks[:-1], case.results, strict=False),
        ]
        self.writer = SheetWriter(pen, RESULTS)
        self.sheet, self.put, self.text = self.writer.sheet, self.writer.put, self.writer.text
        self.aside = len(self.columns) + 1

    def write(self) -> None:
        """Write the sheet."""
        sheet, last = self.sheet, len(self.columns)
        sheet.set_column(0, 0, _NAME)
        sheet.set_column(1, last, _COLUMN)
        sheet.freeze_panes(0, 1)
        sheet.set_footer(PRINTED_FOOT)
        finding = self.case.results[-1].finding
        self.writer.across(0, last + 1, _finding(self.case), finding, "banner")
        sheet.set_row(0, height([with_room(finding)], _NAME + last * _COLUMN, 18))
        self.put(1, 0, self.case.inputs.setting("name"), self.case.scenario.name, "muted")
        self.put(2, 0, *_ALARM, "warning")
        row = self._write_leaders(4)
        row = self._write_values(row + 1)
        sheet.print_area(0, 0, self._write_ranks(row + 1), last)

    def _write_head(self, row: int, heading: str, corner: str) -> None:
        self.text(row, 0, heading, "heading")
        self.sheet.set_row(row + 1, height(self.case.scenario.segment_names, _COLUMN))
        self.text(row + 1, 0, corner, "header")
        self.text(row + 1, 1, OVERALL, "figures")
        for g, (_, result) in enumerate(self.columns[1:]):
            self.put(row + 1, 2 + g, self.case.inputs.segment(g), result.where, "figures")

    def _write_leaders(self, row: int) -> int:
        self._write_head(row, "Who leads where", "")
        overall, sizes = self.columns[0]
        self.text(row + 2, 0, "Share of size", "name")
        self.text(row + 2, 1, "", "share")
        for g, share in enumerate(sizes.weights):
            self.put(row + 2, 2 + g, cell(CALCULATION, overall.weights, 1 + g), share, "share")
        results = [result for _, result in self.columns]
        leaders, seconds = [r.named(1) for r in results], [r.named(r.second_rank) for r in results]
        self._write_line(row + 3, "leader", leaders, "who")
        self._write_line(row + 4, "runner_up", seconds, "who")
        self._write_line(row + 5, "lead", [r.lead for r in results], "value")
        for n, texts in enumerate((leaders, seconds), start=row + 3):
            self.sheet.set_row(n, height([*self.names, *texts], _COLUMN))
        # A lead that would be shown as 0.0 gets more decimals.
        least, first = 0.5 * 10.0 ** -decimals_of(self.case.scenario), xl_rowcol_to_cell(row + 5, 1)
        small = f"AND(ISNUMBER({first}),{first}>0,{first}<{least:g})"
        self.writer.conditional((row + 5, 1, row + 5, len(self.columns)), small, "fine")
        return row + 6

    def _write_line(self, row: int, name: str, values: Sequence[str | float], look: str) -> None:
        self.text(row, 0, FOOTER[name], "name")
        for column, ((block, _), value) in enumerate(zip(self.columns, values, strict=True), start=1):
            self.put(row, column, cell(CALCULATION, block.foot(name), 1), value, look)

    def _write_names(self, row: int) -> None:
        for p, name in enumerate(self.names):
            self.sheet.set_row(row + p, height([name], _NAME))
            self.put(row + p, 0, self.case.inputs.proposition(p), name, "name")

    def _write_column(self, row: int, column: int, block: Block, name: str, values: Any, look: str) -> None:
        for p, value in enumerate(values):
            self.put(row + p, column, cell(CALCULATION, block.body + p, block.column(name)), value, look)

    def _write_values(self, row: int) -> int:
        self._write_head(row, "Value", "Proposition")
        # Beside the printed page: formats may look at cells of their own sheet alone.
        self.text(row + 1, self.aside + 1, "Missing scores", "faint")
        first, last = row + 2, row + 1 + len(self.names)
        self._write_names(first)
        ramp = {"type": "2_color_scale", "min_color": SKINS["light"].cold, "max_color": SKINS["light"].warm}
        for column, (block, result) in enumerate(self.columns, start=1):
            self._write_column(first, column, block, "value", result.values, "value")
            self._write_column(first, self.aside + column, block, "missing", result.missing, "faint")
            missing = xl_rowcol_to_cell(first, self.aside + column)
            self.writer.conditional((first, column, last, column), f"{missing}>0", "partial")
            self.sheet.conditional_format(first, column, last, column, ramp)
        note = "* rests on a missing score, whose weight goes to the other disciplines. Shades compare within a column."
        self.text(last + 1, 0, note, "muted")
        return last + 2

    def _write_ranks(self, row: int) -> int:
        self._write_head(row, "Rank", "Proposition")
        self._write_names(row + 2)
        for column, (block, result) in enumerate(self.columns, start=1):
            ranks = [float(rank) or math.nan for rank in result.ranks]
            self._write_column(row + 2, column, block, "rank", ranks, "whole")
        last = row + 1 + len(self.names)
        first = f"{xl_rowcol_to_cell(row + 2, 1)}=1"
        self.writer.conditional((row + 2, 1, last, len(self.columns)), first, "first")
        return last
