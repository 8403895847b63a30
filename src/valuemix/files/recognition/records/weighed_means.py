"""Tables of means beside records: the weights of the criteria in them, and totals that prove the reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.records.side_tables import segment_key
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.totals import Check, best_check, decimals_of
from valuemix.files.tables.sheets.cells import column_key

__all__ = ["take_weighed_means"]

_PAIR = 2


def take_weighed_means(frames: Sequence[Frame], case: Case, findings: Findings) -> list[Frame]:
    """Take weights from tables of options by the criteria of a case, and compare their totals with it.

    Returns
    -------
    list of Frame
        The tables that are none.
    """
    weighed = {i: found for i, frame in enumerate(frames) if (found := _weights(frame, case)) is not None}
    if case.weights is not None or not weighed:
        return [*frames]
    rows = _by_segment({segment_key(frames[i].title): own for i, (_, own) in weighed.items()}, case)
    if not rows:
        return [*frames]
    case.weights = np.array([[row[column_key(name)] for name in case.criteria] for row in rows])
    findings.guess(f"The weights are those of {frames[next(iter(weighed))].grid.title!r}.")
    for i, (side, _) in weighed.items():
        _prove(side, case, findings)
        title = frames[i].title or frames[i].grid.title
        findings.leave_out(title, "it sums the answers up; weights are taken from it")
    return [frame for i, frame in enumerate(frames) if i not in weighed]


def _by_segment(found: Mapping[str, Mapping[str, float]], case: Case) -> list[Mapping[str, float]]:
    """Weights of each segment: of the table that is called as it, else of one for all; none where one is missing."""
    keys = [segment_key(name) for name in case.segments]
    whole = next((own for key, own in found.items() if key not in keys), {})
    rows = [found.get(key, whole) for key in keys]
    return rows if all(rows) else []


def _weights(frame: Frame, case: Case) -> tuple[Frame, Mapping[str, float]] | None:
    """The side of a table whose columns are the criteria of a case, with the weight of each; None where it has none."""
    for side in (frame, frame.turned()):
        columns = {column_key(side.columns.names[c]): c for c in reversed(side.columns.places)}
        row = next((r for r in side.rows.places if is_named("weight", side.rows.names[r])), None)
        if row is None or not {*map(column_key, case.criteria)} <= columns.keys():
            continue
        own = {key: float(side.grid.numbers[row, c]) for key, c in columns.items()}
        if all(np.isfinite(own[column_key(name)]) for name in case.criteria):
            return side, own
    return None


def _prove(side: Frame, case: Case, findings: Findings) -> None:
    """Compare the totals of one table with what the answers of its segment give."""
    at = {segment_key(name): g for g, name in enumerate(case.segments)}
    segment = 0 if len(case.segments) == 1 else at.get(segment_key(side.title))
    rows = {column_key(side.rows.names[r]): r for r in reversed(side.rows.places)}
    found = [rows.get(column_key(name), -1) for name in case.options]
    if segment is None or -1 in found or len(found) < _PAIR:
        return
    for check in _checks(side, case, segment, found):
        findings.formula = findings.formula or check.formula
        findings.agree, findings.compared = findings.agree + check.matches, findings.compared + check.count
        return


def _checks(side: Frame, case: Case, segment: int, rows: Sequence[int]) -> Iterator[Check]:
    """Checks of the columns that are no criteria, where they prove anything."""
    criteria = {*map(column_key, case.criteria)}
    weights = None if case.weights is None else case.weights[segment]
    for column in side.columns.places:
        if column_key(side.columns.names[column]) not in criteria:
            places = decimals_of(side.grid.texts[rows, column])
            totals = side.grid.numbers[rows, column]
            names = case.criteria
            found = best_check(case.scores[segment], weights, totals, places, names, "")
            if found is not None and found.is_proof:
                yield found
