"""The table of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from valuemix.errors import unknown_message
from valuemix.files.tables.cells import Draft, column_key, read_name, read_number, read_text
from valuemix.files.tables.columns import data_rows, find_columns
from valuemix.files.tables.tables import Row, Table
from valuemix.model.parts import DOUBT_PREFIX, DOUBT_SETTINGS, Doubt, Settings

__all__ = ["read_settings", "setting_path", "settings_of"]

_TEXT_SETTINGS = ("name", "note", "source")
_SCALE_SETTINGS = {"scale_min": "lowest", "scale_max": "highest"}
_WORDS = {"compensation": ("min", "max"), "fairness": ("max",)}
_CHOICES = {"doubt_weights_shift": ("shared", "own"), "doubt_ranges": ("limits", "interval")}
_BARS = ("lead_bar", "threshold", "cover_story_bar")
_SETTINGS = (*_TEXT_SETTINGS, *_SCALE_SETTINGS, *_WORDS, *_BARS, "seed", *DOUBT_SETTINGS)


def _known(*names: str) -> dict[str, str]:
    return {column_key(name): name for name in names}


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
