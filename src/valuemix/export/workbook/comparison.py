"""Scenarios side by side as a workbook: values, changes, ranks, what differs in the inputs, regret."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.exhibits.compare.ranks_across import ranks_across
from valuemix.exhibits.compare.regret import regret
from valuemix.exhibits.words import comparing
from valuemix.export.workbook.cells import SheetWriter, cell
from valuemix.export.workbook.looks import add_looks, digits, height
from valuemix.files.tables.writing.sheet_pen import CREATED, INPUT, LINE, Pen

__all__ = ["make_comparison"]

VALUES, RANKS, INPUTS, REGRET = "Values", "Ranks", "What differs", "Regret"
_SHEETS = {
    VALUES: "Value of every proposition by segment and overall, and its change from the baseline",
    RANKS: "Rank of every proposition by segment and overall",
    INPUTS: "Every input that is not that of the baseline, with what it does to overall values by itself",
    REGRET: "How far each proposition is behind the best of each scenario, overall",
}
_NAME, _COLUMN = 34, 17
"""Widths of the columns."""


def make_comparison(comparison: Comparison) -> bytes:
    """Workbook of a comparison: ranks, changes and regret are formulas of the values.

    Parameters
    ----------
    comparison : Comparison
        K scenarios, the first one the baseline.

    Returns
    -------
    bytes
        An .xlsx file, the same bytes for the same comparison.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], name="Base case")
    >>> make_comparison(compare(base, base.with_weights(discipline_1=20)))[:2]
    b'PK'
    """
    buffer = io.BytesIO()
    stays = {"in_memory": True, **dict.fromkeys(_AS_IT_STANDS, False)}
    book = xlsxwriter.Workbook(buffer, stays)
    book.set_properties({"title": "valuemix: scenarios compared", "created": CREATED})
    _Book(book, comparison).write()
    book.close()
    return buffer.getvalue()


_AS_IT_STANDS = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")


class _Book:
    """The workbook while it is written; a row a view and proposition, overall last, and a column a scenario."""

    def __init__(self, book: Any, comparison: Comparison) -> None:
        self.compared, self.pen = comparison, Pen(book)
        decimals = comparing.decimals(comparison)
        add_looks(self.pen, decimals, 0)
        sign = f'"+"{digits(decimals)};"−"{digits(decimals)};{digits(decimals)}'
        self.pen.look("change", num_format=sign, align="right", bottom=1, bottom_color=LINE)
        line = {"border": 1, "border_color": LINE}
        self.pen.look("given", bg_color=INPUT, num_format=digits(decimals), align="right", **line)
        self.views = (*comparison.segments, None)
        self.count, self.names = len(comparison.propositions), comparison.names

    def write(self) -> None:
        self._read_me()
        self._values()
        self._ranks()
        self._inputs()
        self._regret()

    def _sheet(self, title: str, heads: Sequence[str], names: int = 2) -> SheetWriter:
        """A sheet with headings; its first columns hold names."""
        writer = SheetWriter(self.pen, title, 0)
        writer.sheet.freeze_panes(1, names)
        writer.sheet.repeat_rows(0)
        for column, head in enumerate(heads):
            writer.sheet.set_column(column, column, _NAME if column < names else _COLUMN)
            writer.text(0, column, head, "header" if column < names else "figures")
        writer.sheet.set_row(0, height(heads, _COLUMN))
        return writer

    def _named(self, writer: SheetWriter) -> None:
        """Names of all rows."""
        for place, view in enumerate(self.views):
            for p, name in enumerate(self.compared.propositions):
                writer.text(self._row(place, p), 0, OVERALL if view is None else view, "name")
                writer.text(self._row(place, p), 1, name, "name")

    def _row(self, view: int, proposition: int) -> int:
        return 1 + view * self.count + proposition

    def _value(self, view: int, proposition: int, scenario: int) -> str:
        return cell(VALUES, self._row(view, proposition), 2 + scenario)

    def _column(self, view: int, scenario: int) -> str:
        """Values of all propositions of a view in a scenario."""
        first, last = self._row(view, 0), self._row(view, self.count - 1)
        return f"{VALUES}!{xl_range_abs(first, 2 + scenario, last, 2 + scenario)}"

    def _read_me(self) -> None:
        writer = SheetWriter(self.pen, "Read me")
        for column, width in enumerate((18, 96, 4)):
            writer.sheet.set_column(column, column, width)
        lines = [
            (comparing.scenario_words(self.compared)[0] + " beside others", "banner"),
            (ranks_across(self.compared).finding, "strong"),
            (regret(self.compared).finding, "strong"),
        ]
        for row, (line, look) in enumerate(lines):
            writer.sheet.merge_range(row, 0, row, 2, "", self.pen.formats[look])
            writer.text(row, 0, line, look)
            writer.sheet.set_row(row, height([line], 110, 18 if row == 0 else 11))
        legend = (
            (
                "Value",
                "input",
                "Light yellow: the value in a scenario when this was written. Change one and see.",
            ),
            ("Result", "computed", "White: changes, ranks and regret are formulas of these values."),
        )
        for row, (word, look, meaning) in enumerate(legend, start=4):
            writer.text(row, 0, word, look)
            writer.text(row, 1, meaning, "text")
        writer.text(7, 0, "The sheets", "heading")
        for row, (title, meaning) in enumerate(_SHEETS.items(), start=8):
            writer.sheet.write_url(row, 0, f"internal:'{title}'!A1", self.pen.formats["link"], title)
            writer.text(row, 1, meaning, "text")
        writer.text(13, 0, "The scenarios", "heading")
        for row, (name, scenario) in enumerate(
            zip(self.names, self.compared.scenarios, strict=True), start=14
        ):
            writer.text(row, 0, "Baseline" if row == 14 else "", "muted")
            writer.text(row, 1, f"{name}; content {scenario.content_hash}", "text")

    def _values(self) -> None:
        same = [k for k in range(1, len(self.names)) if self.compared.same_scale[k]]
        heads = ["Segment", "Proposition", *self.names, *(f"Change to {self.names[k]}" for k in same)]
        writer = self._sheet(VALUES, heads)
        self._named(writer)
        for place, view in enumerate(self.views):
            values, changes = self.compared.values(view), self.compared.changes(view)
            for p in range(self.count):
                row = self._row(place, p)
                for k in range(len(self.names)):
                    given = values[k, p]
                    self.pen.cell(writer.sheet, row, 2 + k, "" if np.isnan(given) else float(given), "given")
                for column, k in enumerate(same, start=2 + len(self.names)):
                    old, new = (xl_rowcol_to_cell(row, 2 + each) for each in (0, k))
                    both = f'IF(AND(ISNUMBER({old}),ISNUMBER({new})),{new}-{old},"")'
                    writer.put(row, column, both, float(changes[k, p]), "change")
        last = (1, 2, self._row(len(self.views) - 1, self.count - 1), 1 + len(self.names))
        writer.conditional(last, f"{RANKS}!C2=1", "first")

    def _ranks(self) -> None:
        writer = self._sheet(RANKS, ["Segment", "Proposition", *self.names])
        self._named(writer)
        for place, view in enumerate(self.views):
            ranks = self.compared.ranks(view)
            for p in range(self.count):
                for k, scenario in enumerate(self.compared.scenarios):
                    value, column = self._value(place, p, k), self._column(place, k)
                    tie = repr(TIE * scenario.scale.width)
                    higher = f"SUMPRODUCT(ISNUMBER({column})*({column}>{value}+{tie}))"
                    formula = f'IF(ISNUMBER({value}),1+{higher},"")'
                    found = float(ranks[k, p]) if ranks[k, p] else float("nan")
                    writer.put(self._row(place, p), 2 + k, formula, found, "whole")
        last = (1, 2, self._row(len(self.views) - 1, self.count - 1), 1 + len(self.names))
        writer.conditional(last, "C2=1", "first")

    def _inputs(self) -> None:
        heads = [
            "Scenario", "What", "Segment", "Proposition", "Discipline", self.names[0], "There",
            "Largest change of an overall value by itself", "Whose", "Leads overall then",
        ]  # fmt: skip
        writer = self._sheet(INPUTS, heads, len(heads))
        for column, width in enumerate((22, 14, 20, 26, 26, 16, 16, 20, 26, 26)):
            writer.sheet.set_column(column, column, width)
        writer.sheet.set_row(0, height(heads[7:8], 20))
        writer.sheet.freeze_panes(1, 1)
        rows = self.compared.input_differences().itertuples(index=False)
        for row, told in enumerate(rows, start=1):
            for column, value in enumerate(told):
                look = "change" if heads[column].startswith("Largest") else "name"
                self.pen.cell(writer.sheet, row, column, _plain(value), look)

    def _regret(self) -> None:
        if not all(self.compared.same_scale):
            writer = self._sheet(REGRET, ["Proposition"], 1)
            writer.text(1, 0, "The scenarios have different scales, so there is no regret to tell.", "text")
            return
        writer = self._sheet(REGRET, ["Proposition", *self.names, "Largest"], 1)
        overall, regrets, most = len(self.views) - 1, self.compared.regrets, self.compared.maximum_regrets
        order = np.argsort(most, kind="stable").tolist()
        for row, p in enumerate(order, start=1):
            writer.text(row, 0, self.compared.propositions[p], "name")
            for k in range(len(self.names)):
                value = self._value(overall, p, k)
                formula = f'IF(ISNUMBER({value}),MAX({self._column(overall, k)})-{value},"")'
                writer.put(row, 1 + k, formula, float(regrets[k, p]), "value")
            own = f"{xl_rowcol_to_cell(row, 1)}:{xl_rowcol_to_cell(row, len(self.names))}"
            formula = f'IF(COUNT({own})={len(self.names)},MAX({own}),"")'
            writer.put(row, 1 + len(self.names), formula, float(most[p]), "total")
        column = 1 + len(self.names)
        whole, first = xl_range_abs(1, column, self.count, column), xl_rowcol_to_cell(1, column, col_abs=True)
        least = f"AND(ISNUMBER({first}),{first}<=MIN({whole})+{TIE * self.compared.baseline.scale.width!r})"
        writer.conditional((1, 0, self.count, column), least, "first")


def _plain(value: Any) -> str | float:
    """What stands in an input, as a cell holds it."""
    if value is None or value != value:
        return ""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
