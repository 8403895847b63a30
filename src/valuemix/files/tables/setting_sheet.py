"""The table of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from valuemix.errors import unknown_message
from valuemix.files.tables.cells import Draft, column_key, read_name, read_number, read_text
from valuemix.files.tables.columns import data_rows, find_columns
from valuemix.files.tables.tables import Row, Table
from valuemix.model.parts import Doubt, Settings
from valuemix.model.settings import SETTINGS, Setting

__all__ = ["read_settings", "settings_of"]


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
        name = _known(*SETTINGS).get(column_key(text))
        place = table.place(row.number, columns["setting"])
        if not text:
            continue
        if name is None:
            draft.problem(
                "UNKNOWN", unknown_message("setting", text, [*SETTINGS]), "Correct or delete it", place
            )
        elif name in seen:
            message = f"setting {name!r} stands on rows {seen[name]} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        else:
            seen[name] = row.number
            value = _setting(draft, table, row, columns["value"], SETTINGS[name])
            if value not in ("", None):
                settings[name] = value
    return settings


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Settings that were read by name, those of the doubt together."""
    own: dict[str, Any] = {}
    doubt: dict[str, Any] = {}
    for name, value in values.items():
        *above, field = SETTINGS[name].place
        if "settings" in above:
            (doubt if "doubt" in above else own)[field] = value
    return Settings(**own, doubt=Doubt(**doubt) if doubt else None)


def _setting(draft: Draft, table: Table, row: Row, position: int, setting: Setting) -> str | float | None:
    if setting.holds == "text":
        return read_text(draft, table, row, position, setting.place)
    place, text = table.place(row.number, position), row.texts[position].strip()
    if text.casefold() in setting.words:
        return text.casefold()
    if setting.holds == "choice" and text:
        message = unknown_message(setting.name, text, setting.words)
        draft.problem("UNKNOWN", message, "Correct it, or leave it blank", place)
        return None
    number = read_number(draft, table, row, position, setting.place)
    if setting.holds != "whole" or number is None:
        return number
    if not number.is_integer():
        message = f"{setting.name} must be a whole number, got {number:g}"
        draft.problem("NUMBER", message, "Write 0 or more", place)
        return None
    return int(number)
