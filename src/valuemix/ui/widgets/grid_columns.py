"""How the columns of each grid look and what they help with."""

from __future__ import annotations

from typing import Any

import streamlit as st

from valuemix.model.scenario import Scenario
from valuemix.model.sheets import SHEETS, Column, Sheet
from valuemix.model.weights import equal_points
from valuemix.ui.literal_text import literal

__all__ = ["columns_of"]


def columns_of(scenario: Scenario, sheet: str) -> dict[str, Any]:
    """Column configuration of the grid of one table."""
    row = st.column_config.NumberColumn("Row", width=56, help="As in a workbook: the header is row 1.")
    if sheet == "settings":
        return {"_index": row, **_settings()}
    ids, labels = scenario.discipline_ids, scenario.discipline_names
    equal = dict(zip(ids, equal_points(len(ids)), strict=True))
    columns: dict[str, Any] = {"_index": row}
    derived = scenario.attribute_scoring.derived
    for column in SHEETS[sheet].columns:
        names = [*map(str.capitalize, column.headers(ids))]
        if column.each == "discipline":
            names = [column.before.capitalize() + label for label in labels]
        for header, name in zip(column.headers(ids), names, strict=True):
            start = equal[header] if column.holds == "points" and SHEETS[sheet].part else column.start
            help_ = _help(scenario, column, header, name)
            told: dict[str, Any] = {"help": help_}
            if header in derived and SHEETS[sheet].field in ("scores", "low", "high"):
                told = {
                    "help": f"{literal(name)} is made of attributes, which give its scores.",
                    "disabled": True,
                }
            columns[header] = _column(scenario, SHEETS[sheet], column, name, told, start)
    return columns


def _column(
    scenario: Scenario, sheet: Sheet, column: Column, name: str, told: dict[str, Any], start: Any
) -> Any:
    """Configuration of one column by what it holds."""
    more = {**told, **({"required": True} if start is None or any(column.choices[:1]) else {})}
    match column.holds:
        case _ if column.choices:
            return st.column_config.SelectboxColumn(name, options=column.choices, default=start, **more)
        case "name" if sheet.part and column.of:
            return st.column_config.SelectboxColumn(name, **_listed(scenario, column), **more)
        case "name":
            return st.column_config.TextColumn(name, pinned=True, disabled=bool(column.of) or None, **more)
        case "text" | "names" | "date":
            return st.column_config.TextColumn(name, default=start, width=column.grid_width, **more)
    return st.column_config.NumberColumn(name, default=start, **told)


def _listed(scenario: Scenario, column: Column) -> dict[str, Any]:
    """What can be chosen: names of another sheet; disciplines by their ids, shown as their names."""
    if column.of == "disciplines":
        labels = dict(zip(scenario.discipline_ids, scenario.discipline_names, strict=True))
        return {
            "options": [*column.blank, *labels],
            "format_func": lambda name: labels.get(name, name),
            **({"default": ""} if column.every else {}),
        }
    names = getattr(scenario, f"{SHEETS[column.of].thing}_names")
    return {"options": ["", *names], "default": ""} if column.every else {"options": names}


def _help(scenario: Scenario, column: Column, header: str, name: str) -> str | None:
    """Help of a column, with names and numbers of the scenario literally as they stand."""
    if column.help is None or not column.each:
        return column.help
    ends = {end: f"{getattr(scenario.scale, end):g}" for end in ("lowest", "highest")}
    part = next((d for d in scenario.disciplines if column.before + d.id == header), None)
    anchors = "".join(f" {ends[end]}: {getattr(part, end)}." for end in ends if getattr(part, end, ""))
    data = {
        "name": name.removeprefix(column.before.capitalize()) if part else header,
        **ends,
        "anchors": anchors,
    }
    return column.help.format(**{key: literal(text) for key, text in data.items()})


def _settings() -> dict[str, Any]:
    return {
        "setting": st.column_config.TextColumn("Setting", disabled=True, pinned=True),
        "value": st.column_config.TextColumn("Value", width="medium"),
        "meaning": st.column_config.TextColumn("What it does", disabled=True, width="large"),
    }
