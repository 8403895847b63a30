"""The input sheets: those that the import reads, and where each input stands on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range_formula, xl_rowcol_to_cell

from valuemix.export.workbook.cells import cell
from valuemix.export.workbook.looks import height
from valuemix.export.workbook.moment_means import MomentSheet
from valuemix.files.tables.frames import stated_frames, title
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.writing.sheet_pen import Pen, Row, Value
from valuemix.files.tables.writing.sheet_rules import Checks
from valuemix.model.scenario import Scenario
from valuemix.model.settings import SETTINGS
from valuemix.model.sheets import SHEETS

__all__ = ["Inputs"]


class Inputs:
    """The input sheets of a scenario, and references to their cells.

    Parameters
    ----------
    scenario : Scenario
        Whose tables are written.

    Attributes
    ----------
    titles : list of str
        Names of the sheets.
    means : MomentSheet or None
        Where points and scores are means over moments; None where there are none.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._frames = stated_frames(scenario)
        self.titles = [title(sheet) for sheet in self._frames]
        self.means = MomentSheet(scenario) if scenario.moments else None

    # ------------------------------------------------------------------ references

    def segment(self, g: int) -> str:
        """Cell with the name of a segment."""
        return self._cell("segments", g, "segment")

    def size(self, g: int) -> str:
        """Cell with the size of a segment."""
        return self._cell("segments", g, "size")

    def points(self, g: int, d: int) -> str:
        """Cell with the points of a segment on a discipline."""
        if self.means is not None:
            return self.means.points(g, d)
        return self._cell("segments", g, self._scenario.discipline_ids[d])

    def all_segments(self, column: str) -> str:
        """Range of a column of the sheet of the segments."""
        return self._range("segments", 0, column, len(self._scenario.segments) - 1, column)

    def all_points(self, g: int) -> str:
        """Range of the points of a segment."""
        if self.means is not None:
            return self.means.all_points(g)
        ids = self._scenario.discipline_ids
        return self._range("segments", g, ids[0], g, ids[-1])

    def proposition(self, p: int) -> str:
        """Cell with the name of a proposition."""
        return self._cell("propositions", p, "proposition")

    def discipline(self, d: int) -> str:
        """Cell with the label of a discipline."""
        return self._cell("disciplines", d, "name")

    def score(self, g: int, p: int, d: int) -> str:
        """Cell with a score."""
        if self.means is not None:
            return self.means.score(g, p, d)
        return self._cell("scores", self._score_row(g, p), self._scenario.discipline_ids[d])

    def attribute(self, a: int, column: str) -> str:
        """Cell of an attribute."""
        return self._cell("attributes", a, column)

    def attribute_score(self, row: int, column: str) -> str:
        """Cell of a row of what is offered on attributes."""
        return self._cell("attribute scores", row, column)

    def attribute_weight(self, row: int, column: str) -> str:
        """Cell of a row of weights of attributes by segment."""
        return self._cell("attribute weights", row, column)

    def all_scores(self) -> str:
        """Range of all scores."""
        ids = self._scenario.discipline_ids
        return self._range("scores", 0, ids[0], len(self._frames["scores"]) - 1, ids[-1])

    def setting(self, name: str) -> str:
        """Cell with a setting."""
        return self._cell("settings", list(self._frames["settings"]["setting"]).index(name), "value")

    def row_in_place(self, g: int, p: int) -> str:
        """Formula that says whether a row of scores still names its proposition and segment."""
        row = self._score_row(g, p)
        names = (self._cell("scores", row, "proposition"), self._cell("scores", row, "segment"))
        return f"AND({names[0]}={self.proposition(p)},{names[1]}={self.segment(g)})"

    def columns_in_place(self) -> list[str]:
        """Formulas that say whether the columns still stand in the order of the disciplines."""
        return [
            f"{self._cell('disciplines', d, 'id')}={self._cell(sheet, -1, name)}"
            for d, name in enumerate(self._scenario.discipline_ids)
            for sheet in ("segments", "scores")
        ]

    def _score_row(self, g: int, p: int) -> int:
        return p * len(self._scenario.segments) + g

    def _cell(self, sheet: str, row: int, column: str) -> str:
        return cell(title(sheet), row + 1, self._column(sheet, column))

    def _range(self, sheet: str, row: int, column: str, last_row: int, last_column: str) -> str:
        first, last = self._column(sheet, column), self._column(sheet, last_column)
        return str(xl_range_formula(title(sheet), row + 1, first, last_row + 1, last))

    def _column(self, sheet: str, name: str) -> int:
        return list(self._frames[sheet].columns).index(name)

    # ------------------------------------------------------------------ writing

    def write(self, pen: Pen, derived: Callable[[int, int, int], str] | None = None) -> None:
        """Add the sheets to the workbook.

        Parameters
        ----------
        pen : Pen
            Of the workbook.
        derived : callable, optional
            Formula of the score of a segment, proposition and discipline that is made of attributes.
        """
        for name, frame in self._frames.items():
            cells = _setting_cells(frame) if name == "settings" else _cells(frame)
            widths = _widths(frame, cells)
            header = dict.fromkeys(map(str, frame.columns), "")
            sheet = pen.table(title(name), header, cells, widths, len(cells))
            for row, values in enumerate(cells, start=1):
                texts = zip(values, widths, strict=True)
                sheet.set_row(row, max(height([str(value)], width) for value, width in texts))
            self._check(pen, sheet, name, cells)
            if name == "scores" and derived is not None:
                self._write_derived(pen, sheet, derived)

    def _write_derived(self, pen: Pen, sheet: Any, derived: Callable[[int, int, int], str]) -> None:
        """Scores that attributes give, as formulas with their results."""
        scenario = self._scenario
        for name in scenario.attribute_scoring.derived:
            d, column = scenario.discipline_ids.index(name), self._column("scores", name)
            for g, p in np.ndindex(len(scenario.segments), len(scenario.propositions)):
                score = float(scenario.given("scores")[g, p, d])
                known = "" if math.isnan(score) else score
                row, look = 1 + self._score_row(g, p), pen.formats["exact"]
                sheet.write_formula(row, column, f"={derived(g, p, d)}", look, known)

    def _check(self, pen: Pen, sheet: Any, name: str, cells: Sequence[Row]) -> None:
        if name == "settings":
            _check_settings(pen, sheet, cells)
            return
        ends = (self.setting("scale_min").split("!")[1], self.setting("scale_max").split("!")[1])
        checks = Checks(pen, ends, {sheet: len(frame) for sheet, frame in self._frames.items()})
        columns = SHEETS[name].shown(self._scenario)
        checks.add(sheet, title(name), columns, self._scenario.discipline_ids, len(cells))


def _check_settings(pen: Pen, sheet: Any, cells: Sequence[Row]) -> None:
    """Names that nobody changes, and what may be typed beside them."""
    for row, ((name, value), setting) in enumerate(zip(cells, SETTINGS.values(), strict=True), start=1):
        pen.cell(sheet, row, 0, name, "label")
        pen.cell(sheet, row, 1, value, "left")
        rule: dict[str, Any] = {"validate": "any"}
        if setting.words and setting.most is not None:
            place = xl_rowcol_to_cell(row, 1)
            words = "".join(f'{place}="{word}",' for word in setting.words)
            number = f"AND(ISNUMBER({place}),{place}>={setting.least:.0f},{place}<={setting.most:.0f})"
            message = f"A number up to {setting.most:.0f}, or {' or '.join(setting.words)}."
            rule = {"validate": "custom", "value": f"=OR({words}{number})", "error_message": message}
        sheet.data_validation(row, 1, row, 1, {**rule, "input_title": name, "input_message": setting.note})


def _cells(frame: pd.DataFrame) -> list[Row]:
    return [tuple(map(_value, row)) for row in frame.itertuples(index=False, name=None)]


def _setting_cells(frame: pd.DataFrame) -> list[Row]:
    """Settings as numbers where they are; texts stay what they are."""
    rows: list[Row] = []
    for name, text in frame.itertuples(index=False, name=None):
        number = None if SETTINGS[name].holds == "text" else parse_number(text)
        rows.append((name, text if number is None else number))
    return rows


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return value
    return "" if value is None or math.isnan(value) else float(value)


def _widths(frame: pd.DataFrame, cells: Sequence[Row]) -> list[float]:
    if list(frame.columns) == ["setting", "value"]:
        return [20, 60]
    return [_width(str(name), [row[i] for row in cells]) for i, name in enumerate(frame.columns)]


def _width(header: str, values: Sequence[Value]) -> float:
    """Characters that a column is wide: its longest text as far as it is not too long."""
    texts = [value for value in values if isinstance(value, str)]
    longest = max(map(len, [*texts, header]))
    return min(max(longest + 3, 12), 48 if any(texts) else 27)
