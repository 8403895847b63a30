"""Sheets that sum others up: a column for each of these, and perhaps the total over all, proofs of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.records.side_tables import segment_key
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.totals import Check, best_check, decimals_of
from valuemix.files.tables.sheets.cells import column_key
from valuemix.typing import FloatArray, IntArray

__all__ = ["Overview", "overview_of", "overviews_among"]

_PAIR, _TELLING = 2, 4


@dataclass(frozen=True)
class Overview:
    """A table whose columns are called as other tables: what comes of each of them, by option.

    Parameters
    ----------
    frame : Frame
        With the other tables in its columns.
    """

    frame: Frame

    @property
    def title(self) -> str:
        """What it is called."""
        return self.frame.title or self.frame.grid.title

    def prove(self, case: Case, findings: Findings) -> None:
        """Compare it with what comes of the case; sizes that stand in it alone are taken."""
        columns = self._columns(case)
        rows = self._rows(case)
        if len(rows) < _PAIR or len(columns) != len(case.segments):
            findings.leave_out(self.title, "the scores are in another table")
            return
        checks = [
            self._check(case.scores[g], None if case.weights is None else case.weights[g], rows, column)
            for g, column in enumerate(columns)
        ]
        overall = self._overall(case, columns, rows, findings)
        found = [check for check in (*checks, overall) if check is not None and check.is_proof]
        agree, compared = sum(c.matches for c in found), sum(c.count for c in found)
        findings.agree, findings.compared = findings.agree + agree, findings.compared + compared
        case.proved |= agree == compared >= _TELLING
        told = f"; its totals agree ({agree} of {compared})" if compared else ""
        findings.leave_out(self.title, f"it sums the other tables up{told}")

    def _columns(self, case: Case) -> list[int]:
        lines = self.frame.columns
        keys = {segment_key(lines.names[c]): c for c in reversed(lines.places)}
        return [keys[key] for name in case.segments if (key := segment_key(name)) in keys]

    def _rows(self, case: Case) -> IntArray:
        """Row of each option; none unless all are there."""
        lines = self.frame.rows
        keys = {column_key(lines.names[r]): r for r in reversed(lines.places)}
        found = [keys.get(column_key(name), -1) for name in case.options]
        return np.array([] if -1 in found else found, dtype=np.int64)

    def _overall(
        self, case: Case, columns: Sequence[int], rows: IntArray, findings: Findings
    ) -> Check | None:
        """Check of the column that weighs the others by the sizes, which may stand in a row of this table."""
        numbers = self.frame.grid.numbers
        others = [c for c in self.frame.columns.places if c not in columns]
        sizes = [case.sizes] if case.sizes is not None else [None, *self._sizes(columns, rows)]
        for size in sizes:
            for column in others:
                found = self._check(numbers[rows][:, list(columns)], size, rows, column)
                if found is None or found.matches < max(found.count, _PAIR):
                    continue
                if size is not None and case.sizes is None:
                    case.sizes = size
                    findings.guess(
                        f"Sizes of the segments are those of {self.title!r}: its totals come out by them."
                    )
                return found
        return None

    def _sizes(self, columns: Sequence[int], rows: IntArray) -> list[FloatArray]:
        """Rows of this table that are no options, with a number above 0 for each segment."""
        found = [self.frame.grid.numbers[r, columns] for r in self.frame.rows.places if r not in rows]
        return [row for row in found if np.isfinite(row).all() and (row > 0).all()]

    def _check(
        self, values: FloatArray, weights: FloatArray | None, rows: IntArray, column: int
    ) -> Check | None:
        grid = self.frame.grid
        places = decimals_of(grid.texts[rows, column])
        names = [""] * values.shape[1]
        return best_check(values, weights, grid.numbers[rows, column], places, names, "")


def overview_of(frame: Frame, segments: Sequence[str]) -> Overview | None:
    """The table as one that sums segments up, where some of its lines are called as all of these; else None."""
    wanted = {*map(segment_key, segments)}
    sides = (frame, frame.turned()) if len(wanted) >= _PAIR else ()
    found = (s for s in sides if wanted <= {segment_key(s.columns.names[c]) for c in s.columns.places})
    side = next(found, None)
    return None if side is None else Overview(side)


def overviews_among(frames: Sequence[Frame]) -> tuple[list[Frame], list[Overview]]:
    """The tables of scores, and those that sum them up."""
    titles = {segment_key(frame.title or frame.grid.title) for frame in frames}
    kept: list[Frame] = []
    found: list[Overview] = []
    for frame in frames:
        side = next((side for side in (frame, frame.turned()) if _are_titles(side, titles)), None)
        if side is None:
            kept.append(frame)
        else:
            found.append(Overview(side))
    return (kept, found) if kept else ([*frames], [])


def _are_titles(frame: Frame, titles: set[str]) -> bool:
    """Whether the columns are called as the other tables, all but one or two at most."""
    own, least = segment_key(frame.title or frame.grid.title), max(_PAIR, len(titles) - 1)
    if len(titles - {own}) < least:
        return False
    keys = [segment_key(frame.columns.names[c]) for c in frame.columns.places]
    named = titles & {*keys} - {own}
    return len(named) >= least and own not in keys
