"""Tables of records: a row is one score, one answer of a respondent, or one rater's view of an option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import Part, is_bare, is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Findings

__all__ = ["Records", "records_of", "seen_records", "tell_columns"]

_KEYS: tuple[tuple[Part, Role], ...] = (
    ("wave", "wave"), ("note", "note"), ("segment", "segment"), ("rater", "rater"), ("respondent", "respondent"),
    ("criterion", "criterion"), ("group", "group"), ("option", "option"), ("unit", "unit"), ("index", "index"),
)  # fmt: skip
_VALUES: tuple[tuple[Part, Role], ...] = (
    ("survey weight", "survey weight"), ("wave", "wave"), ("outcome", "outcome"), ("weight", "weight"),
    ("respondent", "respondent"), ("rank", "rank"), ("note", "note"),
)  # fmt: skip
_COUNTED: tuple[Role, ...] = (
    "respondent", "wave", "survey weight", "weight", "option", "segment", "rater", "criterion",
)  # fmt: skip
"""Keys of records that may be columns of numbers."""
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
    keys = _keys(frame, given)
    numeric = _numeric(frame, given, counts="option" not in keys.values())
    keys |= {column: role for column, role in numeric.items() if role in _COUNTED}
    by_role = {role: column for column, role in reversed(keys.items())}
    rows = tuple(r for r in frame.rows.places if r > frame.header and _is_record(frame, r, by_role))
    if not rows or not _are_records(frame, rows, by_role, given):
        return None
    values = _scores(frame, numeric, by_role)
    _leftover(frame, rows, keys, by_role)
    weights = [r for r in frame.rows.places if is_named("weight", frame.rows.names[r])]
    weight_row = weights[0] if weights else None
    rows = tuple(r for r in rows if r != weight_row)
    dropped = tuple(sorted({*frame.rows.places} - {*rows, weight_row}))
    return Records(frame, rows, by_role, tuple(values), weight_row, dropped, {**numeric, **keys})


def _scores(frame: Frame, numeric: Mapping[int, Role], keys: Mapping[Role, int]) -> list[int]:
    """Columns of scores; where a column names the criterion, the one that is called so."""
    left = [c for c in frame.columns.places if c not in keys.values()]
    values = [c for c in left if numeric[c] in ("score", "total")]
    named = [c for c in values if is_named("score", _head(frame, c))]
    return named if "criterion" in keys and len(named) == 1 else values


def _head(frame: Frame, column: int) -> str:
    return frame.columns.names.get(column) or str(frame.grid.texts[frame.header, column])


def _label(frame: Frame) -> int | None:
    """Column that the names of rows come from, which is not among the columns of texts."""
    columns = {*range(len(frame.grid.columns))} - {*frame.text_columns, *frame.columns.places}
    filled = [c for c in sorted(columns) if frame.grid.filled[frame.header + 1 :, c].any()]
    return filled[0] if filled else None


def _keys(frame: Frame, given: Reading) -> dict[int, Role]:
    label = _label(frame)
    columns = sorted([*frame.text_columns, *([label] if label is not None else [])])
    found: dict[int, Role] = {}
    for column in columns:
        head = _head(frame, column)
        said = given.roles.get(head)
        role = said or next((role for part, role in _KEYS if is_named(part, head)), None)
        if role is not None and (role not in found.values() or said):
            found[column] = role
        else:
            found[column] = "left out"
    return found


def _numeric(frame: Frame, given: Reading, *, counts: bool) -> dict[int, Role]:
    """Role of each column of numbers; a criterion is a ``"score"``."""
    found: dict[int, Role] = {}
    for column in frame.columns.places:
        head = _head(frame, column)
        said = given.roles.get(head)
        if said is not None:
            found[column] = "score" if said == "criterion" else said
            continue
        named = () if is_named("score", head) else _VALUES
        found[column] = next((role for part, role in named if is_named(part, head)), "score")
    scores = [c for c, role in found.items() if role == "score" and _head(frame, c) not in given.roles]
    if counts and not _divide_a_sum(frame, scores):
        bare = [c for c in scores if is_bare("option", _head(frame, c)) and _is_counted(frame, c)]
        found |= dict.fromkeys(bare, "option")
    return found


def _divide_a_sum(frame: Frame, columns: Sequence[int]) -> bool:
    """Whether every row divides one sum over these columns, such as 100 points: "Brand" is one of them then."""
    if len(columns) < 3:
        return False
    numbers = frame.grid.numbers[frame.header + 1 :, columns]
    sums = numbers[np.isfinite(numbers).all(axis=1)].sum(axis=1)
    return bool(sums.size > 1 and np.ptp(sums) <= 1e-6 * abs(sums[0]))


def _is_counted(frame: Frame, column: int) -> bool:
    """Whether numbers in a column count things, so that they may name them."""
    cells = frame.grid.numbers[frame.header + 1 :, column]
    there = cells[np.isfinite(cells)]
    return bool(there.size and (there == np.round(there)).all() and len({*there.tolist()}) > 1)


def _is_record(frame: Frame, row: int, keys: Mapping[Role, int]) -> bool:
    """Whether a row is a record, and no total or remark below."""
    wanted = [
        c for role, c in keys.items() if role in ("option", "criterion", "segment", "rater", "respondent")
    ]
    name = frame.rows.names.get(row, "")
    if is_named("total", name) and sum(frame.grid.filled[row, c] for c in wanted) < len(wanted):
        return False
    return any(frame.grid.filled[row, c] for c in wanted) if wanted else True


def _are_records(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int], given: Reading) -> bool:
    """Whether names repeat as those of records do."""
    if given.shape is not None:
        return given.shape in (3, 5, 7, 8)
    names = [frame.rows.names[r] for r in rows]
    repeats = len({*names}) <= _MOST_ALIKE * len(names) and len(names) >= 4
    if "criterion" in keys and "respondent" not in keys and not _repeats(frame, rows, keys["criterion"]):
        return False
    if "option" not in keys:
        return _are_answers(frame, rows, keys, repeats=repeats)
    by = {"segment", "rater", "criterion", "respondent"} & keys.keys()
    return _repeats(frame, rows, keys["option"]) if by else repeats


def _are_answers(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int], *, repeats: bool) -> bool:
    """Whether rows without an option are answers: each by another person of some segment, or several by one."""
    people = _repeats(frame, rows, keys.get("respondent"))
    if people or repeats:
        return bool({"respondent", "rater", "criterion"} & keys.keys())
    points = [c for c in frame.columns.places if c not in keys.values()]
    return "respondent" in keys and len(rows) >= 2 and ("segment" in keys or _divide_a_sum(frame, points))


def _repeats(frame: Frame, rows: Sequence[int], column: int | None) -> bool:
    if column is None:
        return False
    texts = [text for text in frame.grid.texts[list(rows), column].tolist() if text]
    return len({*texts}) < len(texts)


def _leftover(frame: Frame, rows: Sequence[int], keys: dict[int, Role], by_role: dict[Role, int]) -> None:
    """A column of texts that nothing names is the option, where there is no other."""
    if "option" in by_role:
        return
    left = [
        c
        for c, role in keys.items()
        if role in ("left out", "group") and frame.grid.filled[list(rows), c].mean() > 0.9
    ]
    repeated = [c for c in left if _repeats(frame, rows, c)]
    # What stays the same in all rows of a respondent is theirs, not an offer that they rated.
    varied = [c for c in repeated if not _is_of_people(frame, rows, c, by_role.get("respondent"))]
    for column in [*varied[:1], *repeated[:1], *left[:1]]:
        keys[column], by_role["option"] = "option", column
        return


def _is_of_people(frame: Frame, rows: Sequence[int], column: int, people: int | None) -> bool:
    """Whether a column says the same in all rows of a respondent, where respondents have several."""
    if people is None or not _repeats(frame, rows, people):
        return False
    cells = frame.grid.texts[list(rows)]
    pairs = {(who, said) for who, said in zip(cells[:, people], cells[:, column], strict=True)}
    return len(pairs) == len({*cells[:, people].tolist()})


def tell_columns(records: Records, findings: Findings) -> None:
    """Note what each column is, and what has no part."""
    findings.seen.append(seen_records(records))
    _tell_dropped(records, findings)
    for column, role in sorted(records.roles.items()):
        name = _head(records.frame, column) or f"column {records.frame.grid.columns[column]}"
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
        names[place] = _head(frame, column)
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
    }
    if role in reasons:
        yield "why", reasons[role]
    elif role in ("score", "total") and column not in records.values:
        yield "why", "another column holds the scores"
