"""Tables beside those of scores: segments with their sizes and weights, criteria with their weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.words import Part, is_named, plain
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.records.lists import NamedNumbers
from valuemix.files.recognition.records.record_case import SIZE_OF_RESPONDENTS
from valuemix.files.recognition.records.table import Records, seen_records
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.tables.sheets.cells import column_key
from valuemix.typing import FloatArray

__all__ = ["Beside", "bare_title", "segment_key", "take_listed", "take_segments", "take_weights"]

_FEWEST = 2
_BESIDE: tuple[Part, ...] = ("total", "rank", "index", "note", "unit", "derived")


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
    lists : list of NamedNumbers
        Names with a number each that may be sizes or weights.
    used : list of str
        Titles of the sheets whose lists were taken.
    sizes_are : str
        What gives the sizes.
    shared : dict of str to float
        Weight by criterion in a line of another table of scores.
    """

    sizes: dict[str, float] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lists: list[NamedNumbers] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    sizes_are: str = "those of the list of segments"
    shared: dict[str, float] = field(default_factory=dict)

    def has_sizes(self, segments: Sequence[str]) -> bool:
        """Whether a size of any of these segments is known."""
        return not self.sizes.keys().isdisjoint(map(segment_key, segments))

    def add_to(self, case: Case, findings: Findings) -> None:
        """Put sizes and weights into a case, where it has none of its own."""
        if self.names and len(case.segments) == 1 and not case.named_segments:
            self._name_segments(case, findings)
        self._add_sizes(case, findings)
        if case.weights is None and not case.proved:
            keys = [segment_key(name) for name in case.segments]
            criteria = [column_key(name) for name in case.criteria]
            if not self.weights and (listed := self._weights_in({*criteria})):
                self.weights[""] = listed
                findings.guess("The weights are those of the list of criteria.")
            case.weights = self._weights_of(keys, criteria) if self.weights else None
        for sheet in self.used:
            findings.use(sheet)

    def _add_sizes(self, case: Case, findings: Findings) -> None:
        """Sizes of the segments by their list; of those that it lacks they are asked."""
        keys = [segment_key(name) for name in case.segments]
        if len(keys) < _FEWEST or (case.sizes is not None and not {*keys} <= self.sizes.keys()):
            return
        findings.take_back(SIZE_OF_RESPONDENTS.format("number"))
        findings.take_back(SIZE_OF_RESPONDENTS.format("weight"))
        if not self.has_sizes(case.segments):
            self.sizes |= self._sizes_in(keys)
        if self.has_sizes(case.segments):
            mean = float(np.mean([self.sizes[key] for key in keys if key in self.sizes]))
            case.sizes = np.array([self.sizes.get(key, mean) for key in keys])
            findings.guess(f"Sizes of the segments are {self.sizes_are}.")
            _ask_sizes([n for n in case.segments if segment_key(n) not in self.sizes], mean, findings)

    @property
    def are_shared(self) -> bool:
        """Whether weights of one table of scores alone are those of others: no list gives any."""
        return bool(self.shared) and not (self.weights or self.used)

    def weighed(self, frames: Sequence[Frame]) -> list[Frame]:
        """Matrices with the weights of a list or of one another, where they have none and one side has these names."""
        lines = [own for frame in frames for own in _weights_in_lines(frame)]
        self.shared = lines[0] if lines and all(own == lines[0] for own in lines) else {}
        return [self._weigh(frame) for frame in frames]

    def _weigh(self, frame: Frame) -> Frame:
        if any(_has_weights(side) for side in (frame.rows, frame.columns)):
            return frame
        own = self._weights_for(frame)
        if len(own) < _FEWEST:
            return frame
        for side, of in ((frame.columns, "columns"), (frame.rows, "rows")):
            keys = {line: column_key(side.names[line]) for line in side.places}
            if own.keys() <= {*keys.values()}:
                weights = {line: own[key] for line, key in keys.items() if key in own}
                return replace(frame, **{of: replace(side, weights=weights, listed=True)})  # type: ignore[arg-type]
        return frame

    def _weights_for(self, frame: Frame) -> dict[str, float]:
        own = self.weights.get(segment_key(frame.title)) or self.weights.get("", {})
        return own or self._listed(frame) or self.shared

    def _listed(self, frame: Frame) -> dict[str, float]:
        """Weights that some list gives of all lines of a side, but for totals and the like."""
        for side in (frame.columns, frame.rows):
            names = [side.names[line] for line in side.places]
            keys = {column_key(name) for name in names if not any(is_named(part, name) for part in _BESIDE)}
            found = self._weights_in(keys) if len(keys) >= _FEWEST else {}
            if found:
                return found
        return {}

    def _weights_in(self, keys: set[str]) -> dict[str, float]:
        """Numbers of some names, in the first list that has all of them and in which they add up as weights do."""
        for one in self.lists:
            own = {column_key(name): number for name, number in one.numbers}
            if keys <= own.keys() and one.are_shares([n for n, _ in one.numbers if column_key(n) in keys]):
                self.used.append(one.title)
                return {key: own[key] for key in own if key in keys}
        return {}

    def _sizes_in(self, keys: Sequence[str]) -> dict[str, float]:
        """Sizes of segments, in the first list that has all of them."""
        for one in self.lists:
            own = {segment_key(name): number for name, number in one.numbers}
            if {*keys} <= own.keys():
                self.used.append(one.title)
                return {key: own[key] for key in keys}
        return {}

    def _weights_of(self, segments: Sequence[str], criteria: Sequence[str]) -> FloatArray | None:
        """Weights by segment and criterion, those for all where a segment has none; None where there is none."""
        rows = [self.weights.get(key) or self.weights.get("", {}) for key in segments]
        found = np.array([[row.get(name, np.nan) for name in criteria] for row in rows])
        return found if np.isfinite(found).any() else None

    def _name_segments(self, case: Case, findings: Findings) -> None:
        """Give the segments of the list to a case of one that has no name; its scores hold for each."""
        case.segments = [*self.names.values()]
        if len(case.segments) == 1:
            return
        for table in ("scores", "low", "high"):
            array = getattr(case, table)
            if array is not None:
                setattr(case, table, np.repeat(array, len(case.segments), axis=0))
        findings.guess("The scores hold for every segment; weights and sizes are each segment's own.")


def _ask_sizes(lacking: Sequence[str], mean: float, findings: Findings) -> None:
    if lacking:
        names = ", ".join(map(repr, lacking))
        findings.ask("sizes", tuple(lacking), f"The list of sizes lacks {names}: how large?", f"{mean:g}")


def _has_weights(lines: Lines) -> bool:
    return bool(lines.weights) or any(is_named("weight", lines.names[line]) for line in lines.places)


def _weights_in_lines(frame: Frame) -> Iterator[dict[str, float]]:
    """Weights in each line of a matrix that is called so, by criterion, without totals and the like."""
    for side in (frame, frame.turned()):
        names = {c: side.columns.names[c] for c in side.columns.places}
        criteria = {c: name for c, name in names.items() if not any(is_named(part, name) for part in _BESIDE)}
        for row in (r for r in side.rows.places if is_named("weight", side.rows.names[r])):
            numbers = {column_key(name): float(side.grid.numbers[row, c]) for c, name in criteria.items()}
            own = {key: number for key, number in numbers.items() if np.isfinite(number)}
            if len(own) >= _FEWEST:
                yield own


def take_segments(
    frame: Frame, titles: Sequence[str], beside: Beside, given: Reading, findings: Findings
) -> bool:
    """Take a list of segments: a row each, with a size and perhaps a weight on every criterion."""
    names = {r: frame.rows.names[r] for r in _not_totals(frame, titles) if r > frame.header}
    if not frame.columns.places or not _are_segments(frame, [*names.values()], titles):
        return False
    beside.names |= {segment_key(name): name for name in names.values()}
    heads, columns = frame.columns.names, frame.columns.places
    sizes = _sizes(frame, [*names], given, findings)
    weights, rows = sorted({*columns} - {*sizes}), [*names]
    for column in sizes[:1]:
        numbers = {r: float(frame.grid.numbers[r, column]) for r in rows}
        beside.sizes |= {segment_key(names[r]): n for r, n in numbers.items() if np.isfinite(n)}
        findings.roles[heads[column]] = "size"
    if len(weights) > 1:
        turned = frame.turned()
        beside.weights |= {segment_key(name): _by_name(turned, weights, r) for r, name in names.items()}
    roles = _roles_of(weights, sizes)
    findings.seen.append(_seen(frame, rows, "segment", roles))
    _tell_rest(frame, [*names], roles, findings)
    return True


def take_listed(
    frame: Frame, segments: Sequence[str], beside: Beside, given: Reading, findings: Findings
) -> bool:
    """Take a list of segments that are known, whatever it is headed, in its rows or its columns."""
    for side in (frame, frame.turned()):
        bare = replace(side, rows=replace(side.rows, corner=""))
        if take_segments(bare, segments, beside, given, findings):
            return True
    return False


def _roles_of(weights: Sequence[int], sizes: Sequence[int]) -> dict[int, Role]:
    roles: dict[int, Role] = dict.fromkeys(weights, "weight" if len(weights) > 1 else "left out")
    return roles | {**dict.fromkeys(sizes, "left out"), **dict.fromkeys(sizes[:1], "size")}


def _sizes(frame: Frame, rows: Sequence[int], given: Reading, findings: Findings) -> list[int]:
    """Columns that may be sizes, the one that counts first: as said, as named, or asked where nothing tells."""
    heads = frame.columns.names
    roles = {c: given.roles.get(heads[c]) for c in frame.columns.places}
    columns = [c for c, role in roles.items() if role != "left out"]
    called = _called_sizes(frame, rows, columns)
    said = [c for c in columns if roles[c] == "size"]
    if said or len(columns) == 1:
        return [*dict.fromkeys(((said or columns)[0], *called))]
    return _guessed_sizes(frame, rows, columns, called, findings)


def _guessed_sizes(
    frame: Frame, rows: Sequence[int], columns: list[int], called: list[int], findings: Findings
) -> list[int]:
    """Columns that are called sizes, or else the first that may be; asked where others may be as well."""
    found = called or (columns if _may_be_sizes(frame, rows, columns) else [])
    if len(found) > 1 and not (called and _are_alike(frame, rows, called)):
        _ask_size([frame.columns.names[c] for c in found], findings)
    return called or found[:1]


def _called_sizes(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Columns that are called sizes, or else the one that stands beside weights, or that adds up to 1 or 100."""
    heads = frame.columns.names
    called = [c for c in columns if is_named("size", heads[c]) or _are_shares(frame, rows, c)]
    whole = [c for c in columns if _is_whole(frame, rows, c)]
    beside = [c for c in columns if _are_weights(frame, rows, [other for other in columns if other != c])]
    one = (found for found in (beside, whole) if len(found) == 1 < len(columns))
    return called or next(one, [])


def _are_shares(frame: Frame, rows: Sequence[int], column: int) -> bool:
    """Whether weights of segments add up to a whole down the rows: they are their sizes."""
    return is_named("weight", frame.columns.names[column]) and _is_whole(frame, rows, column)


def _is_whole(frame: Frame, rows: Sequence[int], column: int) -> bool:
    """Whether numbers of segments add up to 1 or 100."""
    with np.errstate(over="ignore"):
        whole = float(frame.grid.numbers[rows, column].sum())
    return bool(np.isclose([1.0, 100.0], whole).any())


def _ask_size(heads: Sequence[str], findings: Findings) -> None:
    first, *others = heads
    text = f"Is {first!r} the size of the segments, or {', '.join(map(repr, others))}?"
    findings.ask("roles", (first,), text, "size")


def _may_be_sizes(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether numbers may be sizes: all are there, none is below 0, and they are no weights."""
    cells = frame.grid.numbers[np.ix_(rows, columns)]
    with np.errstate(over="ignore"):
        known = np.isfinite(cells).all() and np.isfinite(cells.sum(axis=1)).all() and (cells >= 0).all()
    return bool(known) and not _add_up_alike(frame, rows, columns)


def _are_weights(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether numbers of several segments on several criteria add up to one number in every row."""
    return min(len(rows), len(columns)) >= _FEWEST and _add_up_alike(frame, rows, columns)


def _add_up_alike(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    with np.errstate(over="ignore", invalid="ignore"):
        sums = frame.grid.numbers[np.ix_(rows, columns)].sum(axis=1)
        return bool(np.ptp(sums) <= 1e-6 * abs(sums[0]))


def _are_alike(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether columns say the same in other units, such as a number and its share."""
    cells = frame.grid.numbers[np.ix_(rows, columns)]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        shares = cells / cells.sum(axis=0)
    return bool(np.isclose(shares, shares[:, :1], atol=0.006).all())


def _tell_rest(frame: Frame, rows: Sequence[int], roles: Mapping[int, Role], findings: Findings) -> None:
    """Say what a list of segments holds besides its names, sizes and weights: totals, notes, other numbers."""
    for row in {*frame.rows.places} - {*rows}:
        findings.leave_out(f"{frame.rows.names[row]} ({frame.grid.title})", "totals are computed anew")
    for column, role in roles.items():
        if role == "left out":
            findings.leave_out(frame.columns.names[column], "it is neither a size nor a weight")
    for column in frame.text_columns:
        findings.leave_out(frame.grid.texts[frame.header, column] or "a column of texts", "it holds texts")


def _are_segments(frame: Frame, names: Sequence[str], titles: Iterable[str]) -> bool:
    """Whether a list is one of segments: headed so, or with names that are titles of other tables."""
    if not names or len({*names}) < len(names) or _names_another(frame.rows.corner):
        return False
    known = {segment_key(title) for title in titles}
    return is_named("segment", frame.rows.corner) or (
        len(names) > 1 and all(segment_key(name) in known for name in names)
    )


def _names_another(corner: str) -> bool:
    """Whether a head says that names are options, or criteria such as the needs of a customer."""
    return is_named("option", corner) or is_named("criterion", corner)


def _not_totals(frame: Frame, titles: Iterable[str] = ()) -> list[int]:
    """Rows that are no total: by their name, or as a last one that adds the others up and has no table of its own."""
    names = frame.rows.names
    rows = [r for r in frame.rows.places if not is_named("total", names[r])]
    *others, last = rows or [-1]
    if len(others) < _FEWEST or not _adds_up(frame, rows):
        return rows
    known = {*map(segment_key, titles)}
    with_tables = all(segment_key(names[r]) in known for r in others)
    is_listed = segment_key(names[last]) in known or (len(others) == _FEWEST and not with_tables)
    return rows if is_listed else others


def _adds_up(frame: Frame, rows: Sequence[int]) -> bool:
    """Whether the last of some rows is the sum of the others wherever it has a number."""
    cells = frame.grid.numbers[np.ix_(rows, frame.columns.places)]
    there = np.isfinite(cells[-1])
    with np.errstate(over="ignore"):
        are_sums = np.isclose(np.nansum(cells[:-1], axis=0), cells[-1])[there]
    return bool(are_sums.size and are_sums.all())


def take_weights(frame: Frame, records: Records | None, beside: Beside, findings: Findings) -> bool:
    """Take a list of criteria with their weights, perhaps by segment."""
    if records is not None:
        return _take_recorded(frame, records, beside, findings)
    heads = {c: frame.columns.names[c] for c in frame.columns.places}
    weights = [c for c, head in heads.items() if is_named("weight", head)]
    indices = [c for c, head in heads.items() if c not in weights and is_named("index", head)]
    if len(weights) != 1 or len(indices) + 1 < len(heads):
        return False
    rows = _not_totals(frame)
    beside.weights[""] = _by_name(frame, rows, weights[0])
    findings.seen.append(_seen(frame, rows, "criterion", {weights[0]: "weight"}))
    return True


def _take_recorded(frame: Frame, records: Records, beside: Beside, findings: Findings) -> bool:
    """Take weights that stand in a row for each criterion, perhaps of each segment."""
    if not {"criterion", "weight"} <= {*records.keys} or "option" in records.keys:
        return False
    segments = records.texts("segment") if "segment" in records.keys else [""] * len(records.rows)
    weights = frame.grid.numbers[list(records.rows), records.keys["weight"]].tolist()
    for segment, criterion, weight in zip(segments, records.texts("criterion"), weights, strict=True):
        beside.weights.setdefault(segment_key(segment), {})[column_key(criterion)] = weight
    findings.seen.append(seen_records(records))
    return True


def _seen(frame: Frame, rows: list[int], named: Role, columns: Mapping[int, Role]) -> Seen:
    """What each line of a list was taken for."""
    grid = frame.grid
    roles: dict[str, Role] = {grid.rows[r]: named if r in rows else "left out" for r in frame.rows.places}
    roles |= {grid.columns[c]: role for c, role in columns.items()}
    names = {grid.rows[r]: frame.rows.names[r] for r in frame.rows.places}
    names |= {grid.columns[c]: frame.columns.names[c] for c in columns}
    return Seen(grid.title, frame.title or grid.title, roles, names)


def _by_name(frame: Frame, rows: Sequence[int], column: int) -> dict[str, float]:
    """Numbers of a column by the keys of the rows' names."""
    numbers = {r: float(frame.grid.numbers[r, column]) for r in rows}
    return {column_key(frame.rows.names[r]): n for r, n in numbers.items() if np.isfinite(n)}


def bare_title(title: str) -> str:
    """Title of a block without what only says that it is one.

    Examples
    --------
    >>> bare_title("Segment: Hotels (revenue 17 m EUR)"), bare_title("Families – 45 % of sales"), bare_title("Rater 1")
    ('Hotels', 'Families', 'Rater 1')
    """
    bare = re.sub(r"\s*[(\[].*$|\s+[–—-]\s+\d[\d.,]*\s*%.*$", "", title).strip()
    cut = re.sub(
        r"^(customer )?(segment\w*|kundengruppe|zielgruppe|market|markt)\s*[:–-]?\s+", "", bare, flags=re.I
    )
    return cut.strip() or (bare if plain(bare) else title)


def segment_key(name: str) -> str:
    """Key of a segment by its bare title: "Trade (restaurants)" on a list is the sheet "Trade".

    Examples
    --------
    >>> segment_key("Segment: Trade (restaurants)") == segment_key("Trade")
    True
    """
    return column_key(bare_title(name)) if name else ""
