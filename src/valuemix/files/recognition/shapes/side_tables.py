"""Tables beside those of scores: segments with their sizes and weights, criteria with their weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named, plain
from valuemix.files.recognition.reading import Role
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.records import Records, seen_records
from valuemix.files.tables.cells import column_key

__all__ = ["Beside", "bare_title", "take_segments", "take_weights"]


@dataclass
class Beside:
    """What tables beside the scores say.

    Attributes
    ----------
    sizes : dict of str to float
        Size by segment.
    weights : dict
        Weight by segment and criterion; the segment is blank where it holds for all.
    names : dict of str to str
        Segments by their key, as they are written.
    """

    sizes: dict[str, float] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add_to(self, case: Case, findings: Findings) -> None:
        """Put sizes and weights into a case, where it has none of its own."""
        if len(case.segments) == 1 and len(self.names) == 1 and not case.named_segments:
            case.segments = [*self.names.values()]
        elif len(case.segments) == 1 and len(self.names) > 1 and not case.named_segments:
            case.segments = [*self.names.values()]
            for table in ("scores", "low", "high"):
                array = getattr(case, table)
                if array is not None:
                    setattr(case, table, np.repeat(array, len(case.segments), axis=0))
            findings.guess("The scores hold for every segment; weights and sizes are each segment's own.")
        keys = [column_key(name) for name in case.segments]
        if case.sizes is None and any(key in self.sizes for key in keys):
            case.sizes = np.array([self.sizes.get(key, 0.0) for key in keys])
            findings.guess("Sizes of the segments are those of the list of segments.")
        if case.weights is None and self.weights:
            rows = [self.weights.get(key) or self.weights.get("", {}) for key in keys]
            criteria = [column_key(name) for name in case.criteria]
            found = np.array([[row.get(name, np.nan) for name in criteria] for row in rows])
            if np.isfinite(found).any():
                case.weights = found


def take_segments(frame: Frame, titles: Iterable[str], beside: Beside, findings: Findings) -> bool:
    """Take a list of segments: a row each, with a size and perhaps a weight on every criterion."""
    known = {column_key(title) for title in titles}
    rows = [r for r in frame.rows.places if not is_named("total", frame.rows.names[r]) and r > frame.header]
    names = [frame.rows.names[r] for r in rows]
    is_list = is_named("segment", frame.rows.corner) or (
        len(names) > 1 and all(column_key(n) in known for n in names)
    )
    if not is_list or len({*names}) < len(names) or not names or is_named("option", frame.rows.corner):
        return False
    heads = frame.columns.names
    sizes = [c for c in frame.columns.places if is_named("size", heads[c])]
    weights = [c for c in frame.columns.places if c not in sizes]
    if len(frame.columns.places) == 1:
        sizes, weights = [*frame.columns.places], []
    if not sizes and not weights:
        return False
    for r, name in zip(rows, names, strict=True):
        key = column_key(name)
        beside.names[key] = name
        if sizes and np.isfinite(frame.grid.numbers[r, sizes[0]]):
            beside.sizes[key] = float(frame.grid.numbers[r, sizes[0]])
        if len(weights) > 1:
            beside.weights[key] = {
                column_key(heads[c]): float(frame.grid.numbers[r, c])
                for c in weights
                if np.isfinite(frame.grid.numbers[r, c])
            }
    for c in sizes[:1]:
        findings.roles[heads[c]] = "size"
    role: Role = "weight" if len(weights) > 1 else "left out"
    columns: dict[int, Role] = dict.fromkeys(weights, role)
    columns |= {c: "size" if c == sizes[0] else "left out" for c in sizes}
    findings.seen.append(_seen(frame, rows, "segment", columns))
    return True


def take_weights(frame: Frame, records: Records | None, beside: Beside, findings: Findings) -> bool:
    """Take a list of criteria with their weights, perhaps by segment."""
    if records is not None:
        if not ("criterion" in records.keys and "weight" in records.keys) or "option" in records.keys:
            return False
        column = records.keys["weight"]
        segments = records.texts("segment") if "segment" in records.keys else [""] * len(records.rows)
        each = zip(segments, records.texts("criterion"), records.rows, strict=True)
        for segment, criterion, row in each:
            beside.weights.setdefault(column_key(segment), {})[column_key(criterion)] = float(
                frame.grid.numbers[row, column]
            )
        findings.seen.append(seen_records(records))
        return True
    heads = frame.columns.names
    weights = [c for c in frame.columns.places if is_named("weight", heads[c])]
    others = [c for c in frame.columns.places if c not in weights and not is_named("index", heads[c])]
    if len(weights) != 1 or others:
        return False
    rows = [r for r in frame.rows.places if not is_named("total", frame.rows.names[r])]
    beside.weights[""] = _pairs(frame, rows, weights[0])
    findings.seen.append(_seen(frame, rows, "criterion", {weights[0]: "weight"}))
    return True


def _seen(frame: Frame, rows: list[int], named: Role, columns: Mapping[int, Role]) -> Seen:
    """What each line of a list was taken for."""
    grid = frame.grid
    roles: dict[str, Role] = {grid.rows[r]: named if r in rows else "left out" for r in frame.rows.places}
    roles |= {grid.columns[c]: role for c, role in columns.items()}
    names = {grid.rows[r]: frame.rows.names[r] for r in frame.rows.places}
    names |= {grid.columns[c]: frame.columns.names[c] for c in columns}
    return Seen(grid.title, frame.title or grid.title, roles, names)


def _pairs(frame: Frame, rows: list[int], column: int) -> dict[str, float]:
    numbers: Mapping[int, float] = {r: float(frame.grid.numbers[r, column]) for r in rows}
    return {column_key(frame.rows.names[r]): n for r, n in numbers.items() if np.isfinite(n)}


def bare_title(title: str) -> str:
    """Title of a block without what only says that it is one.

    Examples
    --------
    >>> bare_title("Segment: Hotels (revenue 17 m EUR)"), bare_title("Segment Families"), bare_title("Rater 1")
    ('Hotels', 'Families', 'Rater 1')
    """
    bare = re.sub(r"\s*[(\[].*$", "", title).strip()
    cut = re.sub(
        r"^(customer )?(segment\w*|kundengruppe|zielgruppe|market|markt)\s*[:–-]?\s+", "", bare, flags=re.I
    )
    return cut.strip() or (bare if plain(bare) else title)
