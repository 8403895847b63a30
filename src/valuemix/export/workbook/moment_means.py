"""The sheet of means over moments, which the values of the workbook are worked out from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from xlsxwriter.utility import xl_range_formula

from valuemix.export.workbook.cells import SheetWriter, cell
from valuemix.export.workbook.looks import PRINTED_FOOT
from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.model.scenario import Scenario

__all__ = ["MOMENT_MEANS", "MomentSheet"]

MOMENT_MEANS = "Moment means"
_TOP = 4
"""Row of the first segment, from 0."""


class MomentSheet:
    """The mean mix of each segment and the mean scores, and references to them.

    Parameters
    ----------
    scenario : Scenario
        With moments.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._body = _TOP + len(scenario.segments) + 2
        self._last = 1 + len(scenario.disciplines)

    # ------------------------------------------------------------------ references

    def points(self, g: int, d: int) -> str:
        """Cell with the mean points of a segment on a discipline."""
        return cell(MOMENT_MEANS, _TOP + g, 2 + d)

    def all_points(self, g: int) -> str:
        """Range of the mean points of a segment."""
        return str(xl_range_formula(MOMENT_MEANS, _TOP + g, 2, _TOP + g, self._last))

    def score(self, g: int, p: int, d: int) -> str:
        """Cell with a mean score."""
        return cell(MOMENT_MEANS, self._row(g, p), 2 + d)

    def missing(self, g: int, p: int) -> str:
        """Cell with how many disciplines lack a score in some moments."""
        return cell(MOMENT_MEANS, self._row(g, p), self._last + 1)

    def _row(self, g: int, p: int) -> int:
        return self._body + p * len(self._scenario.segments) + g

    # ------------------------------------------------------------------ writing

    def write(self, pen: Pen) -> None:
        """Add the sheet to the workbook."""
        writer, scenario = SheetWriter(pen, MOMENT_MEANS, tall=0), self._scenario
        writer.sheet.set_column(0, 1, 28)
        writer.sheet.set_column(2, self._last + 1, 16)
        writer.sheet.set_footer(PRINTED_FOOT)
        writer.text(0, 0, "Means over moments", "title")
        line = (
            "The mean mix of each segment, and the scores whose value with it is the value over all moments. These "
            "are numbers, as they were when this was exported: import the workbook after a change of points, scores, "
            "compensation or moments."
        )
        writer.text(1, 0, line, "muted")
        names, gaps = scenario.discipline_names, scenario.missing & ~np.isnan(scenario.array("scores"))
        self._line(writer, _TOP - 1, ["", "Segment", *names], "header")
        for g, segment in enumerate(scenario.segment_names):
            self._line(writer, _TOP + g, ["", segment, *scenario.points[g].tolist()])
        header = ["Proposition", "Segment", *names, "Missing in some moments"]
        self._line(writer, self._body - 1, header, "header")
        weighed = gaps & (scenario.weights[:, None] > 0)
        for g, p in np.ndindex(gaps.shape[:2]):
            scores = scenario.array("scores")[g, p].tolist()
            named = [scenario.proposition_names[p], scenario.segment_names[g]]
            self._line(writer, self._row(g, p), [*named, *scores, float(weighed[g, p].sum())])

    @staticmethod
    def _line(writer: SheetWriter, row: int, values: Sequence[str | float], look: str = "label") -> None:
        for column, value in enumerate(values):
            if isinstance(value, str):
                writer.text(row, column, value, look)
            elif value == value:
                writer.sheet.write_number(row, column, value, writer.pen.formats["exact"])
