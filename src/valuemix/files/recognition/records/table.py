"""Tables of records: a row is one score, one answer of a respondent, or one rater's view of an option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import (
    divide_a_sum,
    head_of,
    leftover,
    repeats,
)
from valuemix.files.recognition.records.filled import filled_down
from valuemix.files.recognition.records.known import Columns, Proved, by_role_of, records_among, scores_of
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Findings

__all__ = ["Records", "records_of", "seen_records", "tell_columns"]

_MOST_ALIKE = 0.7
_MOST_TOLD = 10


@dataclass(frozen=True)
class Records:
    """Columns of a table of records by what they are.

    Parameters
    ----------
    frame : Frame
    rows : tuple of int
        Rows of the records.
    keys : mapping of Role to int
        Column of the option, criterion, segment, rater, respondent, wave and so on.
    values : tuple of int
        Columns of scores.
    """

    frame: Frame
    rows: tuple[int, ...]
    keys: Mapping[Role, int]
    values: tuple[int, ...]
    weight_row: int | None = None
    dropped: tuple[int, ...] = ()
    roles: Mapping[int, Role] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    proofs: tuple[Proved, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether a column names the criterion of each row."""
        return "criterion" in self.keys

    def texts(self, role: Role) -> list[str]:
        """Cells of a key, one a record."""
        return [str(text) for text in self.frame.grid.texts[list(self.rows), self.keys[role]].tolist()]


def records_of(frame: Frame, given: Reading) -> Records | None:
    """Columns of a table of records, or None where a frame is none."""
    if frame.is_turned or frame.header < 0:
        return None
    columns = Columns(filled_down(frame, given), given)
    crossing = columns.cross()
    frame, rows = columns.frame, columns.rows
    if crossing is None and not _are_records(frame, rows, by_role_of(columns.keys), given):
        return None
    columns.keys |= crossing.roles if crossing else {}
    by_role = by_role_of(columns.keys)
    leftover(frame, rows, columns.keys, by_role)
    asked = (*(crossing.questions if crossing else ()), *columns.kinds(by_role))
    by_role = by_role_of(columns.keys)
    columns.size(by_role)
    by_role = by_role_of(columns.keys)
    columns.total(by_role)
    columns.facts(by_role)
    values = scores_of(frame, columns.numeric, by_role)
    weight_row = next((r for r in frame.rows.places if is_named("weight", frame.rows.names[r])), None)
    rows = tuple(records_among(frame, rows, by_role))
    dropped = tuple(sorted({*frame.rows.places} - {*rows, weight_row}))
    roles = {**columns.numeric, **columns.keys}
    proofs = columns.proofs(by_role)
    return Records(frame, rows, by_role, tuple(values), weight_row, dropped, roles, asked, proofs)


def _are_records(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int], given: Reading) -> bool:
    """Whether names repeat as those of records do."""
    if not rows or given.shape is not None:
        return bool(rows) and given.shape in (3, 5, 7, 8)
    names = [frame.rows.names[r] for r in rows]
    are_alike = len({*names}) <= _MOST_ALIKE * len(names) and len(names) >= 4
    if "criterion" in keys and "respondent" not in keys and not repeats(frame, rows, keys["criterion"]):
        return False
    if _are_weighed(frame, rows):
        return False
    if "option" not in keys:
        return _are_answers(frame, rows, keys, are_alike=are_alike)
    by = {"segment", "rater", "criterion", "respondent"} & keys.keys()
    return repeats(frame, rows, keys["option"]) if by else are_alike


def _are_weighed(frame: Frame, rows: Sequence[int]) -> bool:
    """Whether a row of weights stands with rows of which each has another name: a matrix, whatever else repeats."""
    names = [frame.rows.names[r] for r in frame.rows.places]
    weights = [name for name in names if is_named("weight", name)]
    return len(weights) == 1 and len({*names}) == len(names) >= len(rows)


def _are_answers(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int], *, are_alike: bool) -> bool:
    """Whether rows without an option are answers: each by another person of some segment, or several by one."""
    people = repeats(frame, rows, keys.get("respondent"))
    if people or are_alike:
        return bool({"respondent", "rater", "criterion"} & keys.keys())
    points = [c for c in frame.columns.places if c not in keys.values()]
    return "respondent" in keys and len(rows) >= 2 and ("segment" in keys or divide_a_sum(frame, points))


def tell_columns(records: Records, findings: Findings) -> None:
    """Note what each column is, and what has no part."""
    findings.seen.append(seen_records(records))
    findings.questions += records.questions
    _tell_dropped(records, findings)
    for column, role in sorted(records.roles.items()):
        name = head_of(records.frame, column) or f"column {records.frame.grid.columns[column]}"
        findings.roles[name] = "criterion" if role == "score" and not records.is_long else role
        told = dict(_why(records, column, role))
        if told:
            findings.leave_out(name, told["why"])
            if role not in ("wave", "outcome", "note", "index", "unit"):
                findings.roles[name] = "left out"


def seen_records(records: Records) -> Seen:
    """What each line of a table of records was taken for."""
    frame = records.frame
    grid, roles, names = frame.grid, dict[str, Role](), dict[str, str]()
    for column, role in records.roles.items():
        place = grid.columns[column]
        names[place] = head_of(frame, column)
        counts = column in records.values
        roles[place] = "left out" if role == "score" and not counts else role
        if roles[place] == "score" and not records.is_long:
            roles[place] = "criterion"
    roles |= {grid.rows[row]: "left out" for row in records.dropped}
    if records.weight_row is not None:
        roles[grid.rows[records.weight_row]] = "weight"
        names[grid.rows[records.weight_row]] = frame.rows.names[records.weight_row]
    return Seen(
        grid.title,
        frame.title or grid.title,
        roles,
        names,
        records=frozenset(grid.rows[row] for row in records.rows),
    )


def _tell_dropped(records: Records, findings: Findings) -> None:
    for row in records.dropped[:_MOST_TOLD]:
        where = f"row {records.frame.grid.rows[row]}"
        name = records.frame.rows.names[row]
        findings.leave_out(
            name if name == where else f"{name} ({where})", "it is no record, but a total or remark"
        )


def _why(records: Records, column: int, role: Role) -> Iterator[tuple[str, str]]:
    reasons = {
        "wave": "answers of all dates and waves count together",
        "outcome": "an overall judgement is no criterion",
        "note": "it is a note",
        "index": "it numbers the rows",
        "unit": "it tells units",
        "left out": "it holds texts that name no part of a scenario",
        "group": "groups of records have no part",
        "rank": "ranks are computed anew",
        "derived": "it is weight times score",
        "total": "totals are computed anew",
    }
    if role in reasons:
        yield "why", reasons[role]
    elif role == "score" and column not in records.values:
        yield "why", "another column holds the scores"
