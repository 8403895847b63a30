"""The first two sheets: what the workbook is, and who leads where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.analysis.value.scoring import OVERALL
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words.formats import decimals_of
from valuemix.export.workbook.cells import CALCULATION, Block, cell, free, put, put_across
from valuemix.export.workbook.inputs import Inputs
from valuemix.export.workbook.looks import height
from valuemix.export.workbook.ranking_sheets import OVERALL_SHEET, SEGMENT_SHEET
from valuemix.export.workbook.results import BlockResult
from valuemix.export.workbook.sentences import with_room
from valuemix.files.tables.sheet_pen import Pen
from valuemix.model.scenario import Scenario
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
_MEANINGS = {
    RESULTS: "Who leads where, all values and ranks",
    OVERALL_SHEET: "Ranking over all segments, with a chart",
    SEGMENT_SHEET: "Ranking in a segment that you choose, with a chart",
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


def write_read_me(
    pen: Pen, inputs: Inputs, scenario: Scenario, block: Block, finding: str, titles: Sequence[str]
) -> None:
    """First sheet: finding, legend, list of sheets, rules, method.

    Parameters
    ----------
    pen : Pen
    inputs : Inputs
    scenario : Scenario
    block : Block
        The one over all segments.
    finding : str
        Its finding.
    titles : sequence of str
        All sheets after this one.
    """
    sheet = pen.book.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 96)
    sheet.set_column(2, 2, 4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    put_across(pen, sheet, 0, 3, inputs.setting("name"), scenario.name, "banner")
    sheet.set_row(0, height([scenario.name], 110, 18))
    put_across(pen, sheet, 1, 3, cell(CALCULATION, block.foot("finding"), 1), finding, "strong")
    sheet.set_row(1, height([with_room(finding)], 110))
    put(pen, sheet, 2, 0, *_alarm(), "warning")
    sheet.write_string(4, 0, "Input", pen.formats["input"])
    sheet.write_string(4, 1, "Light yellow: yours to change.", pen.formats["text"])
    sheet.write_string(5, 0, "Result", pen.formats["computed"])
    sheet.write_string(5, 1, "White: a formula. Leave it as it is.", pen.formats["text"])
    row = pen.listing(sheet, 7, "Good to know", _RULES)
    sheet.write_string(row, 0, "The sheets", pen.formats["heading"])
    meanings = _MEANINGS | {sheet.title: f"Input: {sheet.note}" for sheet in SHEETS.values()}
    for number, title in enumerate(titles, start=row + 1):
        sheet.write_url(number, 0, f"internal:'{title}'!A1", pen.formats["link"], title)
        sheet.write_string(number, 1, meanings[title], pen.formats["text"])
    row += len(titles)
    sheet.write_string(row + 2, 0, "Method", pen.formats["heading"])
    made = f"Written by valuemix from the scenario whose content is {scenario.content_hash}."
    for number, line in enumerate((KINDS["ranking"].formula, made), start=row + 3):
        sheet.merge_range(number, 0, number, 2, "", pen.formats["text"])
        sheet.write_string(number, 0, line, pen.formats["text"])
    sheet.set_row(row + 3, 48)


def _alarm() -> tuple[str, str]:
    return f'IF(inputs_in_place,"","{_MOVED}")', ""


def write_results(
    pen: Pen, inputs: Inputs, scenario: Scenario, blocks: list[Block], results: list[BlockResult]
) -> None:
    """Sheet with leaders, values and ranks, one column a segment.

    Parameters
    ----------
    pen : Pen
    inputs : Inputs
    scenario : Scenario
    blocks : list of Block
        By segment, then overall.
    results : list of BlockResult
        In the same order.
    """
    _Results(pen, inputs, scenario, blocks, results).write()


class _Results:
    """The sheet while it is written; overall stands first."""

    def __init__(
        self, pen: Pen, inputs: Inputs, scenario: Scenario, blocks: list[Block], results: list[BlockResult]
    ) -> None:
        self.pen, self.inputs, self.scenario = pen, inputs, scenario
        self.columns = [(blocks[-1], results[-1]), *zip(blocks[:-1], results[:-1], strict=True)]
        self.sheet = pen.book.add_worksheet(RESULTS)
        self.count = blocks[0].propositions
        self.aside = len(self.columns) + 1

    def write(self) -> None:
        """Write the sheet."""
        sheet, last = self.sheet, len(self.columns)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, _NAME)
        sheet.set_column(1, last, _COLUMN)
        sheet.freeze_panes(0, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 1)
        sheet.set_footer("&L&F, &A&RPage &P of &N")
        block, result = self.columns[0]
        put_across(
            self.pen,
            sheet,
            0,
            last + 1,
            cell(CALCULATION, block.foot("finding"), 1),
            result.finding,
            "banner",
        )
        sheet.set_row(0, height([with_room(result.finding)], _NAME + last * _COLUMN, 18))
        self._put(1, 0, self.inputs.setting("name"), self.scenario.name, "muted")
        self._put(2, 0, *_alarm(), "warning")
        row = self._write_leaders(4)
        row = self._write_values(row + 1)
        row = self._write_ranks(row + 1)
        sheet.print_area(0, 0, row, last)

    def _put(self, row: int, column: int, formula: str, value: Any, look: str) -> None:
        put(self.pen, self.sheet, row, column, formula, value, look)

    def _write_head(self, row: int, heading: str, corner: str) -> None:
        self.sheet.write_string(row, 0, heading, self.pen.formats["heading"])
        self.sheet.set_row(row + 1, height(self.scenario.segment_names, _COLUMN))
        self.sheet.write_string(row + 1, 0, corner, self.pen.formats["header"])
        self.sheet.write_string(row + 1, 1, OVERALL, self.pen.formats["figures"])
        for g, (_, result) in enumerate(self.columns[1:]):
            self._put(row + 1, 2 + g, self.inputs.segment(g), result.where, "figures")

    def _write_leaders(self, row: int) -> int:
        self._write_head(row, "Who leads where", "")
        overall, sizes = self.columns[0]
        self._label(row + 2, "Share of size")
        self.sheet.write_string(row + 2, 1, "", self.pen.formats["share"])
        for g, share in enumerate(sizes.weights):
            self._put(row + 2, 2 + g, cell(CALCULATION, overall.weights, 1 + g), share, "share")
        for n, (name, label, look) in enumerate(
            (("leader", "Leader", "who"), ("runner_up", "Runner-up", "who"), ("lead", "Lead", "value")),
            start=row + 3,
        ):
            self._label(n, label)
            texts = [_line(result, name) for _, result in self.columns]
            for column, (block, _) in enumerate(self.columns, start=1):
                self._put(n, column, cell(CALCULATION, block.foot(name), 1), texts[column - 1], look)
            if look == "who":
                names = self.scenario.proposition_names
                self.sheet.set_row(n, height([*names, *map(str, texts)], _COLUMN))
        self._show_small_leads(row + 5)
        return row + 6

    def _show_small_leads(self, row: int) -> None:
        """A lead that would be shown as 0.0 gets more decimals."""
        least = 0.5 * 10.0 ** -decimals_of(self.scenario)
        first = free(row, 1)
        small = f"=AND(ISNUMBER({first}),{first}>0,{first}<{least:g})"
        look = {"type": "formula", "criteria": small, "format": self.pen.formats["fine"]}
        self.sheet.conditional_format(row, 1, row, len(self.columns), look)

    def _write_values(self, row: int) -> int:
        self._write_head(row, "Value", "Proposition")
        # Beside the printed page: formats may look at cells of their own sheet alone.
        self.sheet.write_string(row + 1, self.aside + 1, "Missing scores", self.pen.formats["faint"])
        skin, first, last = SKINS["light"], row + 2, row + 1 + self.count
        for p, name in enumerate(self.scenario.proposition_names):
            self.sheet.set_row(first + p, height([name], _NAME))
            self._put(first + p, 0, self.inputs.proposition(p), name, "name")
            for column, (block, result) in enumerate(self.columns, start=1):
                self._put(first + p, column, self._of(block, p, "value"), result.values[p], "value")
                missing = self._of(block, p, "missing")
                self._put(first + p, self.aside + column, missing, result.missing[p], "faint")
        for column in range(1, len(self.columns) + 1):
            star = f"={free(first, self.aside + column)}>0"
            look = {"type": "formula", "criteria": star, "format": self.pen.formats["partial"]}
            self.sheet.conditional_format(first, column, last, column, look)
            ramp = {"type": "2_color_scale", "min_color": skin.cold, "max_color": skin.warm}
            self.sheet.conditional_format(first, column, last, column, ramp)
        note = "* rests on a missing score, whose weight goes to the other disciplines. Shades compare within a column."
        self.sheet.write_string(last + 1, 0, note, self.pen.formats["muted"])
        return last + 2

    def _write_ranks(self, row: int) -> int:
        self._write_head(row, "Rank", "Proposition")
        for p, name in enumerate(self.scenario.proposition_names):
            self.sheet.set_row(row + 2 + p, height([name], _NAME))
            self._put(row + 2 + p, 0, self.inputs.proposition(p), name, "name")
            for column, (block, result) in enumerate(self.columns, start=1):
                rank = float(result.ranks[p]) or float("nan")
                self._put(row + 2 + p, column, self._of(block, p, "rank"), rank, "whole")
        first = {"type": "cell", "criteria": "==", "value": 1, "format": self.pen.formats["first"]}
        last = row + 1 + self.count
        self.sheet.conditional_format(row + 2, 1, last, len(self.columns), first)
        return last

    def _label(self, row: int, text: str) -> None:
        self.sheet.write_string(row, 0, text, self.pen.formats["name"])

    def _of(self, block: Block, p: int, column: str) -> str:
        return cell(CALCULATION, block.body + p, block.column(column))


def _line(result: BlockResult, name: str) -> str | float:
    """What a line about the leader says."""
    if name == "lead":
        return result.lead
    return ", ".join(result.leaders if name == "leader" else result.seconds)
