"""The table of the settings."""

from __future__ import annotations

from functools import reduce
from typing import Any

from valuemix.errors import unknown_message
from valuemix.files.tables.reading.tables import Row, Table
from valuemix.files.tables.sheets.cells import Draft, TableReader, column_key
from valuemix.files.tables.sheets.columns import sheet_reader
from valuemix.model.settings import SETTINGS, Setting
from valuemix.model.sheets import SHEETS

__all__ = ["read_settings"]


def read_settings(draft: Draft, table: Table) -> dict[str, Any]:
    """Fields of a scenario that the settings give; those that are blank or cannot be read are left out."""
    cells = sheet_reader(draft, table, SHEETS["settings"], {})
    if cells is None:
        return {}
    fields: dict[str, Any] = {}
    known = {column_key(name): setting for name, setting in SETTINGS.items()}
    seen: dict[str, int] = {}
    for row in cells.rows:
        text, place = cells.name(row, "setting"), cells.place(row, "setting")
        setting = known.get(column_key(text))
        if not text:
            continue
        if setting is None:
            message = unknown_message("setting", text, [*SETTINGS])
            draft.problem("UNKNOWN", message, "Correct or delete it", place)
        elif seen.setdefault(setting.name, row.number) != row.number:
            message = f"setting {setting.name!r} stands on rows {seen[setting.name]} and {row.number}"
            draft.problem("DUPLICATE", message, "Delete one of them", place)
        else:
            value = _value(cells, row, setting)
            if value not in ("", None):
                *above, field = setting.place
                reduce(lambda part, name: part.setdefault(name, {}), above, fields)[field] = value
    return fields


def _value(cells: TableReader, row: Row, setting: Setting) -> str | float | None:
    if setting.holds == "text":
        return cells.text(row, "value", setting.place)
    place, text = cells.place(row, "value"), row.texts[cells.columns["value"]].strip()
    if text.casefold() in setting.words:
        return text.casefold()
    if setting.holds == "choice" and text:
        message = unknown_message(setting.name, text, setting.words)
        cells.draft.problem("UNKNOWN", message, "Correct it, or leave it blank", place)
        return None
    number = cells.number(row, "value", setting.place)
    if setting.holds != "whole" or number is None:
        return number
    if not number.is_integer():
        message = f"{setting.name} must be a whole number, got {number:g}"
        cells.draft.problem("NUMBER", message, "Write 0 or more", place)
        return None
    return int(number)
