"""Points that respondents divide over the criteria of a matrix: the weights of their segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.reading import Role
from valuemix.files.recognition.records.columns import divide_a_sum
from valuemix.files.recognition.records.side_tables import Beside, segment_key
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Findings
from valuemix.files.tables.sheets.cells import column_key

__all__ = ["Points", "points_for"]

_LEAST_PEOPLE, _PAIR, _MOSTLY = 8, 2, 0.8


@dataclass(frozen=True)
class Points:
    """A sheet with a row a respondent, who divide one sum over criteria.

    Parameters
    ----------
    frame : Frame
    rows : tuple of int
        Of the respondents.
    columns : mapping of str to int
        Column by key of the criterion.
    """

    frame: Frame
    rows: tuple[int, ...]
    columns: Mapping[str, int]

    def give(self, beside: Beside, findings: Findings) -> None:
        """Give each segment its mean points as weights, and the number of its respondents as size."""
        names = [self.frame.rows.names[row] for row in self.rows]
        segments = [*dict.fromkeys(names)] if self.frame.rows.come_again else []
        columns = [*self.columns.values()]
        for segment in ["", *segments]:
            rows = [r for r, name in zip(self.rows, names, strict=True) if not segment or name == segment]
            means = self.frame.grid.numbers[np.ix_(rows, columns)].mean(axis=0).tolist()
            beside.weights[segment_key(segment)] = dict(zip(self.columns, means, strict=True))
            beside.names |= {segment_key(segment): segment} if segment else {}
            beside.sizes |= {segment_key(segment): float(len(rows))} if segment else {}
        beside.sizes_are = "the numbers of their respondents"
        whose = "of a segment are the mean points of its" if segments else "are the mean points of the"
        findings.guess(f"The weights {whose} {len(self.rows)} respondents in {self.frame.grid.title!r}.")
        findings.seen.append(self._seen())

    def _seen(self) -> Seen:
        grid = self.frame.grid
        roles: dict[str, Role] = {grid.columns[c]: "weight" for c in self.columns.values()}
        names = {grid.columns[c]: self.frame.columns.names[c] for c in self.columns.values()}
        records = frozenset(grid.rows[row] for row in self.rows)
        return Seen(grid.title, self.frame.title or grid.title, roles, names, records=records)


def points_for(frame: Frame, matrices: Sequence[Frame]) -> Points | None:
    """Points over the criteria of a matrix; None where a frame holds none.

    Parameters
    ----------
    frame : Frame
        That may hold them.
    matrices : sequence of Frame
        Of which one side may name the criteria.
    """
    own = {column_key(frame.columns.names[c]): c for c in reversed(frame.columns.places)}
    for matrix in matrices:
        for side in (matrix.columns, matrix.rows):
            keys = [column_key(side.names[line]) for line in side.places]
            columns = {key: own[key] for key in keys if key in own}
            rows = _respondents(frame) if len(columns) > _PAIR else ()
            if len(rows) >= _LEAST_PEOPLE and divide_a_sum(frame, [*columns.values()]):
                return Points(frame, rows, columns)
    return None


def _respondents(frame: Frame) -> tuple[int, ...]:
    """Rows with all the numbers that most rows have, which means at the foot have not."""
    numbers = np.isfinite(frame.grid.numbers)
    body = [r for r in frame.rows.places if r > frame.header]
    usual = [c for c in frame.columns.places if numbers[body, c].mean() >= _MOSTLY]
    return tuple(r for r in body if numbers[r, usual].all())
