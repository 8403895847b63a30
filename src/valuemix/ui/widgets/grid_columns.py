"""How the columns of each grid look and what they help with."""

from __future__ import annotations

from typing import Any

import streamlit as st

from valuemix.files.tables.frames import title
from valuemix.files.tables.template import SETTING_MEANINGS
from valuemix.glossary import meaning
from valuemix.model.parts import BURDENS, DOUBT_SETTINGS, KINDS
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points
from valuemix.ui.literal_text import literal

__all__ = ["ABOUT", "SETTINGS", "columns_of"]

ABOUT = {
    "segments": "Who weighs. Points say how much each discipline matters to a segment; 100 in all is easiest to read.",
    "propositions": "What is scored. Rename, add or delete one here and every other table follows.",
    "scores": "How well each proposition does for each segment. A blank cell is a missing score.",
    "low": "The lowest score that is still plausible.",
    "high": "The highest score that is still plausible.",
    "promised": "What is claimed towards customers.",
    "believed": "What the company thinks customers get.",
    "segments later": "Points in the long term. The page Customer view shows when the leader changes on the way there.",
    "burdens": "What a proposition costs the people who take it, on the scale of the scores; more is heavier. "
    "How much that weighs beside value is the column Burden of the Segments table.",
    "delivery": "Functions that a promise passes through, in order, with the share of value that survives each: "
    "1 where nothing is lost, which a blank cell means too.",
    "links": "Who serves whom: how much the value that the one feels depends on the value that the other receives, "
    "from 0 to 1.",
    "disciplines": "What propositions are scored on, 2 to 12 of them. "
    "The id names the column in workbooks; left blank, it is made of the name.",
    "settings": "How values are put together. A blank value stands for the default.",
}
"""What each table is for, in words for the caption above it."""

SETTINGS = {
    "name": "What people know the scenario by.",
    "note": "Anything worth remembering.",
    "source": "Where the scores come from; printed at the foot of every chart.",
    "scale_min": "The lowest score there can be; 0 by default.",
    "scale_max": "The highest score there can be; 10 by default. Every score must lie on the scale.",
    "compensation": f"{meaning('compensation')} min, max or a number; 1 by default.",
    "fairness": f"{meaning('fairness')} A number or max; 0 by default.",
    "lead_bar": f"{meaning('lead bar')} 70 % of the scale by default.",
    "threshold": f"{meaning('threshold')} 50 % of the scale by default.",
    "cover_story_bar": "How far a promised score may lie above the felt one before it counts as a cover story; "
    "20 % of the scale's width by default.",
    "seed": "Where random draws start, a whole number; the same seed gives the same numbers. 0 by default.",
    **{name: SETTING_MEANINGS[name] for name in DOUBT_SETTINGS},
}
"""What each setting does."""


def columns_of(scenario: Scenario, sheet: str) -> dict[str, Any]:
    """Column configuration of the grid of one table."""
    columns = {
        "segments": _segments,
        "segments later": _later,
        "burdens": _burdens,
        "delivery": _delivery,
        "links": _links,
        "propositions": _propositions,
        "disciplines": _disciplines,
        "settings": _settings,
    }.get(sheet, _scores)(scenario)
    row = st.column_config.NumberColumn("Row", width=56, help="As in a workbook: the header is row 1.")
    return {"_index": row, **columns}


def _name(thing: str, **more: Any) -> Any:
    return st.column_config.TextColumn(title(thing), required=True, pinned=True, help=meaning(thing), **more)


def _segments(scenario: Scenario) -> dict[str, Any]:
    start = dict(zip(scenario.discipline_ids, equal_points(len(scenario.disciplines)), strict=True))
    return {
        "segment": _name("segment"),
        "kind": st.column_config.SelectboxColumn(
            "Kind", options=KINDS, default="customer", required=True, help=meaning("kind")
        ),
        "size": st.column_config.NumberColumn("Size", default=0, help=meaning("size")),
        **{
            d.id: st.column_config.NumberColumn(
                d.name, default=start[d.id], help=f"Points for {literal(d.name)}. {meaning('points')}"
            )
            for d in scenario.disciplines
        },
        "burden": st.column_config.NumberColumn(
            "Burden", default=0, help="How much burden weighs beside value, in points out of 100."
        ),
    }


def _later(scenario: Scenario) -> dict[str, Any]:
    return {
        "segment": _name("segment", disabled=True),
        **{
            d.id: st.column_config.NumberColumn(
                d.name, help=f"Points for {literal(d.name)} in the long term. {meaning('points')}"
            )
            for d in scenario.disciplines
        },
    }


def _burdens(scenario: Scenario) -> dict[str, Any]:
    ends = f"From {scenario.scale.lowest:g} to {scenario.scale.highest:g}; more is heavier."
    return {
        "proposition": _name("proposition", disabled=True),
        "segment": _name("segment", disabled=True),
        **{
            name: st.column_config.NumberColumn(title(name), help=literal(f"What it costs in {name}. {ends}"))
            for name in BURDENS
        },
    }


def _delivery(scenario: Scenario) -> dict[str, Any]:
    return {
        "function": st.column_config.TextColumn(
            "Function", required=True, pinned=True, help="Such as Product, Sales, Operations or Service."
        ),
        **{
            d.id: st.column_config.NumberColumn(
                d.name,
                help=f"Share of {literal(d.name)} that survives this function, 0 to 1. Blank: all of it.",
            )
            for d in scenario.disciplines
        },
    }


def _links(scenario: Scenario) -> dict[str, Any]:
    names = scenario.segment_names
    return {
        "from": st.column_config.SelectboxColumn(
            "From", options=names, required=True, help="The segment that serves."
        ),
        "to": st.column_config.SelectboxColumn(
            "To", options=names, required=True, help="The segment that it serves."
        ),
        "strength": st.column_config.NumberColumn(
            "Strength", default=0.5, help="How much the one depends on the other: above 0, 1 wholly."
        ),
    }


def _propositions(_: Scenario) -> dict[str, Any]:
    return {
        "proposition": _name("proposition"),
        "description": st.column_config.TextColumn(
            "Description", default="", width="large", help="In one line, for people who read the charts."
        ),
    }


def _scores(scenario: Scenario) -> dict[str, Any]:
    scale = scenario.scale
    ends = ((f"{scale.lowest:g}", "lowest"), (f"{scale.highest:g}", "highest"))
    return {
        "proposition": _name("proposition", disabled=True),
        "segment": _name("segment", disabled=True),
        **{
            d.id: st.column_config.NumberColumn(
                d.name,
                help=literal(
                    f"{d.name}, from {scale.lowest:g} to {scale.highest:g}."
                    + "".join(f" {score}: {getattr(d, end)}." for score, end in ends if getattr(d, end))
                ),
            )
            for d in scenario.disciplines
        },
    }


def _disciplines(_: Scenario) -> dict[str, Any]:
    return {
        "id": st.column_config.TextColumn(
            "Id", default="", help="Small letters, digits and underscores; names the column in workbooks."
        ),
        "name": st.column_config.TextColumn("Name", required=True, help=meaning("discipline")),
        "lowest score means": st.column_config.TextColumn("Lowest score means", default="", width="medium"),
        "highest score means": st.column_config.TextColumn("Highest score means", default="", width="medium"),
    }


def _settings(_: Scenario) -> dict[str, Any]:
    return {
        "setting": st.column_config.TextColumn("Setting", disabled=True, pinned=True),
        "value": st.column_config.TextColumn("Value", width="medium"),
        "meaning": st.column_config.TextColumn("What it does", disabled=True, width="large"),
    }
