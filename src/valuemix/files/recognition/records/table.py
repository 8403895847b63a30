"""Tables of records: a row is one score, one answer of a respondent, or one rater's view of an option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import (
    COUNTED,
    divide_a_sum,
    head_of,
    keys_of,
    leftover,
    numeric_of,
    repeats,
)
from valuemix.files.recognition.records.crossing import crossing_of
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
    keys = keys_of(frame, given)
    numeric = numeric_of(frame, given, counts="option" not in keys.values())
    keys |= {column: role for column, role in numeric.items() if role in COUNTED}
    by_role = _by_role(keys)
    rows = tuple(r for r in frame.rows.places if r > frame.header and _is_record(frame, r, by_role))
    crossing = crossing_of(frame, rows, keys, _scores(frame, numeric, by_role), given)
    if crossing is None and not _are_records(frame, rows, by_role, given):
        return None
    keys |= crossing.roles if crossing else {}
    by_role = _by_role(keys)
    values = _scores(frame, numeric, by_role)
    leftover(frame, rows, keys, by_role)
    weight_row = next((r for r in frame.rows.places if is_named("weight", frame.rows.names[r])), None)
    rows = tuple(r for r in rows if r != weight_row)
    dropped = tuple(sorted({*frame.rows.places} - {*rows, weight_row}))
    questions = crossing.questions if crossing else ()
    return Records(frame, rows, by_role, tuple(values), weight_row, dropped, {**numeric, **keys}, questions)


def _by_role(keys: Mapping[int, Role]) -> dict[Role, int]:
    """Column of each role, the first where several have it."""
    return {role: column for column, role in reversed([*keys.items()])}


def _is_record(frame: Frame, row: int, keys: Mapping[Role, int]) -> bool:
    """Whether a row is a record, and no total or remark below."""
    wanted = [
        c for role, c in keys.items() if role in ("option", "criterion", "segment", "rater", "respondent")
    ]
    name = frame.rows.names.get(row, "")
    if is_named("total", name) and sum(frame.grid.filled[row, c] for c in wanted) < len(wanted):
        return False
    return any(frame.grid.filled[row, c] for c in wanted) if wanted else True


def _scores(frame: Frame, numeric: Mapping[int, Role], keys: Mapping[Role, int]) -> list[int]:
    """Columns of scores; where a column names the criterion, the one that is called so."""
    left = [c for c in frame.columns.places if c not in keys.values()]
    values = [c for c in left if numeric[c] in ("score", "total")]
    named = [c for c in values if is_named("score", head_of(frame, c))]
    return named if "criterion" in keys and len(named) == 1 else values


def _are_records(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int], given: Reading) -> bool:
    """Whether names repeat as those of records do."""
    if not rows or given.shape is not None:
        return bool(rows) and given.shape in (3, 5, 7, 8)
    names = [frame.rows.names[r] for r in rows]
    are_alike = len({*names}) <= _MOST_ALIKE * len(names) and len(names) >= 4
    if "criterion" in keys and "respondent" not in keys and not repeats(frame, rows, keys["criterion"]):
        return False
    if "option" not in keys:
        return _are_answers(frame, rows, keys, are_alike=are_alike)
    by = {"segment", "rater", "criterion", "respondent"} & keys.keys()
    return repeats(frame, rows, keys["option"]) if by else are_alike


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
    }
    if role in reasons:
        yield "why", reasons[role]
    elif role in ("score", "total") and column not in records.values:
        yield "why", "another column holds the scores"
