"""Edits of one table in a grid, carried through the other tables of the scenario.

A renamed segment is renamed in every score table, a deleted one takes its scores along, and a
new one gets scores to start from. The rules are those of the import (frames.py).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.tables.frames import (
    FIRST_ROW,
    blank_frame,
    from_frames,
    in_grid,
    rows,
    score_frame,
    stated_frames,
    text,
    title,
    to_frames,
)
from valuemix.files.tables.sheets.assembly import Imported
from valuemix.model.evidence import Evidence
from valuemix.model.names import name_key, readable_id
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import LISTS, SHEETS, WEIGHINGS
from valuemix.typing import FloatArray

__all__ = ["GridEdits", "edit_table"]


@dataclass(frozen=True)
class GridEdits:
    """What a person changed in a grid, by place in the table that the grid started from.

    Parameters
    ----------
    edited_rows : mapping of int to mapping
        New cells by place of the row (the first is 0) and column.
    added_rows : sequence of mapping
        Cells of new rows by column.
    deleted_rows : sequence of int
        Places of the rows that are gone.
    """

    edited_rows: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    added_rows: Sequence[Mapping[str, Any]] = field(default_factory=list)
    deleted_rows: Sequence[int] = field(default_factory=list)


def edit_table(scenario: Scenario, sheet: str, edits: GridEdits) -> Imported:
    """Scenario after one of its tables was edited.

    Parameters
    ----------
    scenario : Scenario
        What the grid started from.
    sheet : str
        Which table, such as ``"segments"``.
    edits : GridEdits
        What was changed in it.

    Returns
    -------
    Imported
        The new scenario, and what is worth saying: what new rows start with, and what the
        import would say about this table that it did not say before.

    Raises
    ------
    InvalidFile
        With every problem at its row and column; nothing was changed.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9]], segments=["Linda"], propositions=["Laptop"])
    >>> edited = edit_table(scenario, "segments", GridEdits(edited_rows={0: {"segment": "Lin"}}))
    >>> edited.scenario.scores["Lin"]["Laptop"]["innovation"]
    8.0
    >>> edit_table(scenario, "scores", GridEdits(edited_rows={0: {"innovation": 11}}))
    Traceback (most recent call last):
    valuemix.errors.InvalidFile: Scores, row 2, column Innovation: score must be from 0 to 10, got 11. ...
    """
    frames = stated_frames(scenario)
    before = in_grid(frames[sheet], sheet) if sheet in frames else blank_frame(scenario, sheet)
    frames[sheet] = _edited(before, edits)
    if frames[sheet].empty and not SHEETS[sheet].may_be_blank:
        raise InvalidFile([_emptied(sheet)])
    notices = _CARRIED[sheet](scenario, frames) if sheet in _CARRIED else []
    notices += _given_up(scenario, frames) if sheet == "attributes" else []
    labels = dict(zip(scenario.discipline_ids, scenario.discipline_names, strict=True))
    shown = _Shown(labels, title(sheet), FIRST_ROW + len(before))
    try:
        imported = from_frames(frames, scenario.name)
    except InvalidFile as error:
        raise InvalidFile(shown.problems(error.problems)) from None
    said = {(n.code, n.message) for n in from_frames(to_frames(scenario)).notices}
    new = [
        n
        for n in imported.notices
        if n.place.file == title(sheet)
        and (n.code, n.message) not in said
        and not _was_missing(scenario, sheet, n)
    ]
    result = imported.scenario.replace(deck=scenario.deck, evidence=_evidence(scenario, sheet, frames[sheet]))
    return Imported(result, tuple(map(shown.problem, [*notices, *new])))


def _was_missing(scenario: Scenario, sheet: str, notice: Problem) -> bool:
    """Whether a notice tells of scores that were missing before: the grid shows them as such."""
    row = notice.place.row
    if sheet != "scores" or notice.code != "MISSING" or row is None:
        return False
    proposition, segment = divmod(row - FIRST_ROW, len(scenario.segments))
    scores = scenario.array("scores")[segment, proposition]
    ids = scenario.discipline_ids
    here = notice.place.column
    return bool(np.isnan(scores[ids.index(here)] if here in ids else scores).all())


def _edited(frame: pd.DataFrame, edits: GridEdits) -> pd.DataFrame:
    """Table after the edits; rows keep their numbers, and new ones follow."""
    cells = {
        number: dict(zip(frame.columns, row, strict=True)) for number, *row in frame.itertuples(name=None)
    }
    for place, changes in edits.edited_rows.items():
        cells[frame.index[place]] |= {column: v for column, v in changes.items() if column in frame.columns}
    for place in edits.deleted_rows:
        cells.pop(frame.index[place], None)
    for number, row in enumerate(edits.added_rows, FIRST_ROW + len(frame)):
        cells[number] = {column: row.get(column) for column in frame.columns}
    return pd.DataFrame(
        list(cells.values()), columns=frame.columns, index=pd.Index(cells, dtype="int64"), dtype=object
    )


def _emptied(sheet: str) -> Problem:
    # An import may leave propositions and disciplines out; who deletes the last one means something else.
    message = f"a scenario needs at least one of its {sheet}"
    return Problem("EMPTY", message, "Keep one, or add another first", Place(file=title(sheet)))


@dataclass(frozen=True)
class _Shown:
    """How a grid shows places: columns by their labels, rows that it has no number for as new ones."""

    labels: Mapping[str, str]
    table: str
    next_row: int

    def problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of the table in the grid; those of others follow from them, where there are any."""
        found = [problem for problem in problems if not problem.notice]
        here = [problem for problem in found if problem.place.file == self.table]
        return [self.problem(problem) for problem in here or found]

    def problem(self, problem: Problem) -> Problem:
        """The problem at its place as the grid shows it."""
        place = problem.place
        label = self.labels.get(place.column, place.column)
        shown = dataclasses.replace(place, column=shorten(label[:1].upper() + label[1:]))
        if place.file == self.table and place.row is not None and place.row >= self.next_row:
            count = place.row - self.next_row + 1
            shown = dataclasses.replace(shown, file=f"{self.table}, new row {count}", row=None)
        return dataclasses.replace(problem, place=shown)


# ---------------------------------------------------------------------- through the other tables


def _origins(frame: pd.DataFrame, count: int) -> list[int | None]:
    """Place that each row had before, None for a new one."""
    return [row - FIRST_ROW if row < FIRST_ROW + count else None for row in frame.index]


def _evidence(scenario: Scenario, sheet: str, frame: pd.DataFrame) -> Evidence | None:
    """What respondents said, under the names that stand in the edited table."""
    before = {
        "segments": ("segment", scenario.segment_names),
        "propositions": ("proposition", scenario.proposition_names),
        "disciplines": ("id", scenario.discipline_ids),
        "moments": ("moment", scenario.moment_names),
    }
    if scenario.evidence is None or sheet not in before:
        return scenario.evidence
    column, old = before[sheet]
    now = zip(_origins(frame, len(old)), _texts(frame, column), strict=True)
    return scenario.evidence.renamed(sheet, {old[place]: name for place, name in now if place is not None})


def _carry_segments(scenario: Scenario, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    frame = frames["segments"]
    origins = _origins(frame, len(scenario.segments))
    kept = [o for o in origins if o is not None] or list(range(len(scenario.segments)))
    blocks = {
        table: np.array([array[o] if o is not None else _mean(scenario, array, kept) for o in origins])
        for table, array in _arrays(scenario).items()
    }
    _keep_order(blocks)
    names = _texts(frame, "segment")
    frames |= {
        table: score_frame(block, names, scenario.proposition_names, scenario.columns(table))
        for table, block in blocks.items()
    }
    _carry_weighings(frames, names, origins)
    _carry_names(frames, "segments", scenario.segment_names, dict(zip(origins, names, strict=True)))
    message = "{!r} is not scored yet"
    if scenario.scored().any():
        message = "the scores of {!r} start with the mean of the other segments by size, score by score"
    return _started(frame, "segments", "segment", origins, message)


def _carry_weighings(
    frames: dict[str, pd.DataFrame], names: Sequence[str], origins: Sequence[int | None]
) -> None:
    """Rows follow their segments; a new one starts with the points that it has today."""
    for sheet in (sheet.name for sheet in WEIGHINGS if sheet.name in frames):
        old = frames[sheet]
        today = frames["segments"][old.columns].to_numpy(dtype=object)
        cells = [today[i] if o is None else old.iloc[o].to_numpy(dtype=object) for i, o in enumerate(origins)]
        frames[sheet] = pd.DataFrame(cells, columns=old.columns, index=rows(len(cells)))
        frames[sheet]["segment"] = names


def _carry_names(
    frames: dict[str, pd.DataFrame], of: str, before: Sequence[str], names: Mapping[int | None, str]
) -> None:
    """Rows of lists that name what another sheet lists keep up with it, and go with it."""
    now = {old: names.get(place) for place, old in enumerate(before)}
    for sheet in LISTS:
        for column in sheet.columns:
            if column.of == of and column.name in frames.get(sheet.name, ()):
                cells = [column.renamed(text(cell), now) for cell in frames[sheet.name][column.name]]
                there = [cell is not None for cell in cells]
                frames[sheet.name] = frames[sheet.name].assign(**{column.name: cells})[there]


def _carry_propositions(scenario: Scenario, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    frame = frames["propositions"]
    origins = _origins(frame, len(scenario.propositions))
    names = _texts(frame, "proposition")
    for table, array in _arrays(scenario).items():
        start = np.full(array[:, 0].shape, np.nan)
        block = np.stack([array[:, o] if o is not None else start for o in origins], axis=1)
        frames[table] = score_frame(block, scenario.segment_names, names, scenario.columns(table))
    _carry_names(frames, "propositions", scenario.proposition_names, dict(zip(origins, names, strict=True)))
    return _started(frame, "propositions", "proposition", origins, "{!r} is not scored yet")


def _carry_disciplines(scenario: Scenario, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    frame = frames["disciplines"]
    blank = frame["id"].map(text) == ""
    frame.loc[blank, "id"] = [_id_for(name) for name in _texts(frame[blank], "name")]
    origins = _origins(frame, len(scenario.disciplines))
    before = [None if o is None else scenario.discipline_ids[o] for o in origins]
    for table, old in frames.items():
        each = SHEETS[table].each
        if each and each.each == "discipline":
            start = 0.0 if each.holds == "points" else np.nan
            others = old.drop(columns=[*each.headers(scenario.discipline_ids)], errors="ignore")
            kept = [None if name is None else old[each.before + name] for name in before]
            columns = [pd.Series(start if own is None else own, index=old.index) for own in kept]
            headers = [*others, *each.headers(_texts(frame, "id"))]
            new = pd.concat([others, *columns], axis=1).set_axis(headers, axis=1)
            # Two disciplines of one id are told where they stand, not as two columns elsewhere.
            frames[table] = new.loc[:, ~new.columns.duplicated()]
    ids = dict(zip(origins, _texts(frame, "id"), strict=True))
    _carry_names(frames, "disciplines", scenario.discipline_ids, ids)
    _carry_list("attributes", scenario, frames)
    mend = "Set its scores on the Scores table, then its points on the Segments table"
    message = "{!r} starts without points and without scores, so no value has changed"
    return _started(frame, "disciplines", "name", origins, message, mend)


def _carry_list(sheet: str, scenario: Scenario, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    """Rows that name what a list has, such as moments, follow it; those that need not name one are told to go."""
    if sheet not in frames:
        return []
    frame, before = frames[sheet], getattr(scenario, f"{SHEETS[sheet].thing}_names")
    names = _texts(frame, SHEETS[sheet].columns[0].name)
    told = [s.name for s in LISTS if any(c.of == sheet and c.every for c in s.columns) and s.name in frames]
    counts = {name: len(frames[name]) for name in told}
    _carry_names(frames, sheet, before, dict(zip(_origins(frame, len(before)), names, strict=True)))
    gone = {name: count - len(frames[name]) for name, count in counts.items() if count > len(frames[name])}
    place, thing = Place(file=title(sheet)), SHEETS[sheet].thing
    return [
        Problem(
            "ADDED",
            f"a {thing} is gone, and with it {count} row{'s' * (count > 1)} of {title(name)} that named it",
            "Undo brings all of it back",
            place,
            notice=True,
        )
        for name, count in gone.items()
    ]


def _given_up(scenario: Scenario, frames: dict[str, pd.DataFrame]) -> list[Problem]:
    """Take the scores of disciplines that are made of attributes from now on, and say so."""
    keys = {name_key(name): d.id for d in scenario.disciplines for name in (d.name, d.id)}
    frame = frames["attributes"]
    named = {row: keys.get(name_key(text(name))) for row, name in frame["discipline"].items()}
    made = [name for name in dict.fromkeys(named.values()) if name]
    labels = dict(zip(scenario.discipline_ids, scenario.discipline_names, strict=True))
    told = []
    for table in (frames[name] for name in ("scores", "low", "high") if name in frames):
        table[made] = np.nan
    for name in made:
        if name not in scenario.attribute_scoring.derived:
            row = next(row for row, other in named.items() if other == name)
            message = (
                f"{shorten(labels[name])} takes its scores from its attributes; those it had are left out"
            )
            place = Place(file=title("attributes"), row=int(str(row)))
            told.append(Problem("ADDED", message, "Fill in the Attribute scores table", place, notice=True))
    return told


_CARRIED: Mapping[str, Callable[[Scenario, dict[str, pd.DataFrame]], list[Problem]]] = {
    "attributes": partial(_carry_list, "attributes"),
    "moments": partial(_carry_list, "moments"),
    "segments": _carry_segments,
    "propositions": _carry_propositions,
    "disciplines": _carry_disciplines,
}


def _arrays(scenario: Scenario) -> dict[str, FloatArray]:
    """Tables as they are stated: what is worked out of attributes is blank."""
    found = {table: scenario.table(table) for table in scenario.tables}
    return {name: table.stated for name, table in found.items() if table is not None}


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    return [text(value) for value in frame[column]]


def _id_for(name: str) -> str:
    """Identifier for a discipline that was given a label only."""
    made = readable_id(name)
    return (made if made[:1].isalpha() else f"own_{made}")[:60].rstrip("_") if name else ""


def _mean(scenario: Scenario, array: FloatArray, kept: Sequence[int]) -> FloatArray:
    """Mean over some segments by size, as fine as people score: about a hundredth of the scale.

    Shape (P, D); NaN where none of the segments has a score.
    """
    cells, scale = array[kept], scenario.scale
    sizes = scenario.sizes[kept] if scenario.sizes[kept].any() else np.ones(len(kept))
    weights = np.where(np.isnan(cells), 0.0, (sizes / sizes.max())[:, None, None])
    total = weights.sum(axis=0)
    mean = np.divide(
        (np.nan_to_num(cells) * weights).sum(axis=0), total, out=np.full(total.shape, np.nan), where=total > 0
    )
    rounded = mean.round(max(0, 2 - math.ceil(math.log10(scale.width))))
    clipped: FloatArray = np.clip(rounded, np.fmin.reduce(cells), np.fmax.reduce(cells))
    return clipped


def _keep_order(blocks: dict[str, FloatArray]) -> None:
    """Low scores at or below the scores and high ones at or above, also where means rest on other cells."""
    scores = blocks["scores"]
    for table, wrong in (("low", np.greater), ("high", np.less)):
        if table in blocks:
            blocks[table] = np.where(wrong(blocks[table], scores), scores, blocks[table])


def _started(
    frame: pd.DataFrame,
    sheet: str,
    column: str,
    origins: Sequence[int | None],
    message: str,
    mend: str = "Set them on the Scores table",
) -> list[Problem]:
    """Say of every new row what it starts with."""
    return [
        Problem(
            "ADDED", message.format(shorten(name)), mend, Place(file=title(sheet), row=int(row)), notice=True
        )
        for row, name, origin in zip(frame.index, _texts(frame, column), origins, strict=True)
        if origin is None
    ]
