"""The tables beside the scores: segments, propositions, disciplines and settings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from valuemix.errors import Place, shorten, unknown_message
from valuemix.files.tables.cells import Draft, Path, column_key, read_name, read_number, read_text
from valuemix.files.tables.columns import data_rows, find_columns
from valuemix.files.tables.tables import Row, Table
from valuemix.model.parts import (
    DOUBT_PREFIX,
    DOUBT_SETTINGS,
    KINDS,
    Discipline,
    Doubt,
    Kind,
    Proposition,
    Segment,
    Settings,
)

__all__ = [
    "read_amount",
    "read_disciplines",
    "read_points",
    "read_propositions",
    "read_segments",
    "read_settings",
    "setting_path",
    "settings_of",
    "tell_scaling",
    "tell_sum",
]

_TEXT_SETTINGS = ("name", "note", "source")
_SCALE_SETTINGS = {"scale_min": "lowest", "scale_max": "highest"}
_WORDS = {"compensation": ("min", "max"), "fairness": ("max",)}
_CHOICES = {"doubt_weights_shift": ("shared", "own"), "doubt_ranges": ("limits", "interval")}
_BARS = ("lead_bar", "threshold", "cover_story_bar")
_SETTINGS = (*_TEXT_SETTINGS, *_SCALE_SETTINGS, *_WORDS, *_BARS, "seed", *DOUBT_SETTINGS)


def _known(*names: str) -> dict[str, str]:
    return {column_key(name): name for name in names}


def read_disciplines(draft: Draft, table: Table) -> list[Discipline]:
    """Disciplines of one's own: id, name, what the lowest and the highest score mean."""
    known = _known("id", "name", "lowest score means", "highest score means")
    columns = find_columns(draft, table, known, ("id", "name"))
    if columns is None:
        return []
    disciplines = []
    for i, row in enumerate(data_rows(table)):
        texts = {
            field: read_text(draft, table, row, columns.get(column), ("disciplines", i, field))
            for field, column in (
                ("id", "id"),
                ("name", "name"),
                ("lowest", "lowest score means"),
                ("highest", "highest score means"),
            )
        }
        disciplines.append(Discipline(**texts))
    return disciplines


def read_propositions(draft: Draft, table: Table) -> list[Proposition]:
    """Propositions with their descriptions."""
    columns = find_columns(draft, table, _known("proposition", "description"), ("proposition",))
    if columns is None:
        return []
    propositions: list[Proposition] = []
    for row in data_rows(table):
        name = read_name(draft, table, row, columns["proposition"])
        if name:
            i = len(propositions)
            draft.places["propositions", i, "name"] = table.place(row.number, columns["proposition"])
            path = ("propositions", i, "description")
            text = read_text(draft, table, row, columns.get("description"), path)
            propositions.append(Proposition(name=name, description=text))
    return propositions


def read_segments(draft: Draft, table: Table, disciplines: Mapping[str, str]) -> list[Segment]:
    """Segments with kind, size and points.

    Parameters
    ----------
    draft : Draft
        Takes the problems.
    table : Table
        Columns segment, kind (optional), size, one a discipline, and burden (optional).
    disciplines : mapping of str to str
        Id of a discipline by each column key that it goes by.

    Returns
    -------
    list of Segment
        With stand-ins where a number could not be read.
    """
    ids = list(dict.fromkeys(disciplines.values()))
    known = {**disciplines, **_known("segment", "kind", "size", "burden")}
    columns = find_columns(draft, table, known, ("segment", "size", *ids))
    if columns is None:
        return []
    segments: list[Segment] = []
    for row in data_rows(table):
        name = read_name(draft, table, row, columns["segment"])
        if name:
            segments.append(_segment(draft, table, row, columns, len(segments), name, ids))
    return segments


def _segment(
    draft: Draft,
    table: Table,
    row: Row,
    columns: Mapping[str, int],
    i: int,
    name: str,
    ids: Sequence[str],
) -> Segment:
    draft.places["segments", i, "name"] = table.place(row.number, columns["segment"])
    size = read_amount(draft, table, row, columns["size"], ("segments", i, "size"))
    points = read_points(draft, table, row, columns, ids, ("segments", i, "points"))
    return Segment(
        name=name,
        kind=_kind(draft, table, row, columns),
        size=size,
        points=points,
        burden=_burden(draft, table, row, columns.get("burden"), ("segments", i, "burden")),
    )


def read_points(
    draft: Draft, table: Table, row: Row, columns: Mapping[str, int], ids: Sequence[str], path: Path
) -> dict[str, float]:
    """Points of a row by discipline; its place is noted at the path, and percent cells count as points."""
    draft.places[path] = table.place(row.number)
    filled = [columns[d] for d in ids if row.texts[columns[d]].strip()]
    percent = bool(filled) and all(row.kinds[position] == "percent" for position in filled)
    if percent:
        draft.notice("PERCENT", "percent cells were read as points: 40 % as 40", table.place(row.number))
    return {d: read_amount(draft, table, row, columns[d], (*path, d), percent=percent) for d in ids}


def _burden(draft: Draft, table: Table, row: Row, position: int | None, path: Path) -> float:
    """Weight of burden in points out of 100; 0 where the cell is blank or there is no such column."""
    if position is None:
        return 0.0
    percent = row.kinds[position] == "percent"
    return read_number(draft, table, row, position, path, percent=percent) or 0.0


def read_amount(
    draft: Draft, table: Table, row: Row, position: int, path: Path, *, percent: bool = False
) -> float:
    """Number that has to be there; one stands in for it where it cannot be read, which is noted."""
    value = read_number(draft, table, row, position, path, percent=percent)
    if value is None and path not in draft.spoilt:
        draft.spoilt.add(path)
        place = table.place(row.number, position)
        draft.problem("MISSING", f"{place.column} is blank", "Write a number, 0 where there is none", place)
    return 1.0 if value is None else value


def _kind(draft: Draft, table: Table, row: Row, columns: Mapping[str, int]) -> Kind:
    if "kind" not in columns:
        return "customer"
    text = read_name(draft, table, row, columns["kind"], required=False)
    found = next((kind for kind in KINDS if kind == text.casefold()), None)
    if text and found is None:
        place = table.place(row.number, columns["kind"])
        draft.problem("UNKNOWN", unknown_message("kind", text, KINDS), "", place)
    return found or "customer"


def tell_scaling(draft: Draft, segments: Sequence[Segment]) -> None:
    """Say which segments have no influence, and whose points do not add up to 100."""
    for i, segment in enumerate(segments):
        name = shorten(segment.name)
        if segment.size == 0:
            place = draft.places["segments", i, "size"]
            draft.notice(
                "WEIGHT_ZERO", f"{name!r} has size 0 and so no influence on the overall value", place
            )
        tell_sum(draft, f"the points of {name!r}", segment.points, draft.places["segments", i, "points"])


def tell_sum(draft: Draft, whose: str, points: Mapping[str, float], place: Place) -> None:
    """Say so where points do not add up to 100."""
    total = math.fsum(points.values())
    if total and not math.isclose(total, 100, rel_tol=1e-9):  # none at all is a problem of its own
        draft.notice("SCALED", f"{whose} add up to {total:.10g}, not 100, and count as shares of that", place)


def read_settings(draft: Draft, table: Table) -> dict[str, Any]:
    """Settings by name; those that are blank or cannot be read are left out."""
    columns = find_columns(draft, table, _known("setting", "value"), ("setting", "value"))
    settings: dict[str, Any] = {}
    if columns is None:
        return settings
    seen: dict[str, int] = {}
    for row in data_rows(table):
        text = read_name(draft, table, row, columns["setting"])
        name = _known(*_SETTINGS).get(column_key(text))
        place = table.place(row.number, columns["setting"])
        if not text:
            continue
        if name is None:
            draft.problem(
                "UNKNOWN", unknown_message("setting", text, _SETTINGS), "Correct or delete it", place
            )
        elif name in seen:
            message = f"setting {name!r} stands on rows {seen[name]} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        else:
            seen[name] = row.number
            value = _setting(draft, table, row, columns["value"], name)
            if value not in ("", None):
                settings[name] = value
    return settings


def setting_path(name: str) -> tuple[str, ...]:
    """Path of a setting inside a scenario."""
    if name in _TEXT_SETTINGS:
        return (name,)
    if name in DOUBT_SETTINGS:
        return ("settings", "doubt", name.removeprefix(DOUBT_PREFIX))
    return ("scale", _SCALE_SETTINGS[name]) if name in _SCALE_SETTINGS else ("settings", name)


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Settings that were read by name, those of the doubt together."""
    own = {name: value for name, value in values.items() if setting_path(name)[0] == "settings"}
    doubt = {name.removeprefix(DOUBT_PREFIX): own.pop(name) for name in DOUBT_SETTINGS if name in own}
    return Settings(**own, doubt=Doubt(**doubt) if doubt else None)


def _setting(draft: Draft, table: Table, row: Row, position: int, name: str) -> str | float | None:
    path = setting_path(name)
    if name in _TEXT_SETTINGS:
        return read_text(draft, table, row, position, path)
    word = row.texts[position].strip().casefold()
    if word in _WORDS.get(name, ()) or word in _CHOICES.get(name, ()):
        return word
    if name in _CHOICES and word:
        message = unknown_message(name, row.texts[position].strip(), _CHOICES[name])
        draft.problem("UNKNOWN", message, "Correct it, or leave it blank", table.place(row.number, position))
        return None
    number = read_number(draft, table, row, position, path)
    if name != "seed" or number is None:
        return number
    if not number.is_integer():
        place = table.place(row.number, position)
        draft.problem("NUMBER", f"seed must be a whole number, got {number:g}", "Write 0 or more", place)
        return None
    return int(number)
