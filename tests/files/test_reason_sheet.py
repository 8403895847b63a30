"""The sheet of reasons: there and back, carried along, refused at its cell, told where it differs."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from reason_samples import HOSTILE, with_reasons

from valuemix.errors import InvalidFile
from valuemix.export.workbook import make_workbook
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files

SHEETS = {
    "segments": "segment,size,speed,care\nEnterprise,60,50,50\n",
    "scores": "proposition,segment,speed,care\nParts,,8,7\n",
    "disciplines": "id,name\nspeed,Speed\ncare,Care\n",
}
HEAD = "proposition,segment,discipline,attribute,kind,text,source,date,who\n"


def _read(row: str) -> Any:
    texts = {**SHEETS, "reasons": HEAD + row}
    return import_files({f"{name}.csv": text.encode() for name, text in texts.items()}).scenario


def test_reasons_come_back_from_frames_file_and_workbook() -> None:
    scenario = with_reasons()
    assert from_frames(to_frames(scenario)).scenario == scenario
    assert loads(dumps(scenario)) == scenario
    book = make_workbook(scenario)
    assert import_files({"book.xlsx": book}).scenario == scenario
    cells = openpyxl.load_workbook(io.BytesIO(book))["Reasons"]
    assert (cells["F3"].value, cells["F3"].data_type, cells["F3"].hyperlink) == (HOSTILE, "s", None)


def test_a_date_that_a_spreadsheet_made_of_one_is_read_as_it_was() -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(with_reasons().without_attributes())))
    book["Reasons"]["G2"].value = datetime(2026, 3, 14)
    book["Reasons"]["G3"].value = 2025
    changed = io.BytesIO()
    book.save(changed)
    reasons = import_files({"book.xlsx": changed.getvalue()}).scenario.reasons
    assert [reason.date for reason in reasons] == ["2026-03-14", "2025"]


@pytest.mark.parametrize(
    ("row", "place", "told"),
    [
        ("Part,,speed,,data,Why,,,", "row 2, column proposition", "unknown proposition 'Part'"),
        ("Parts,Big,speed,,data,Why,,,", "row 2, column segment", "unknown segment 'Big'"),
        ("Parts,,sped,,data,Why,,,", "row 2, column discipline", "unknown discipline 'sped'"),
        ("Parts,,,Days,data,Why,,,", "row 2, column attribute", "unknown attribute 'Days'"),
        ("Parts,,,,data,Why,,,", "row 2, column discipline", "names no discipline and no attribute"),
        ("Parts,,speed,,hearsay,Why,,,", "row 2, column kind", "unknown kind 'hearsay'"),
        ("Parts,,speed,,data,,,,", "row 2, column text", "has no text"),
        (
            "Parts,,speed,,data,Why,,3/2026,",
            "row 2, column date",
            "must be a day, month or year, got '3/2026'",
        ),
        ("Parts,,speed,,data,Why,,2026-02-30,", "row 2, column date", "got '2026-02-30'"),
        ("Parts,,speed,,,Why,,,\nParts,,Speed,,data,Why,,,", "row 3, column text", "stands twice"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(row: str, place: str, told: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        _read(row)
    [problem] = [p for p in caught.value.problems if not p.notice]
    assert str(problem.place).endswith(place)
    assert told in problem.message


def test_kind_is_a_judgment_where_nothing_says_otherwise() -> None:
    assert _read("Parts,,Care,,,Why,,,").reasons[0].kind == "judgment"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "field", "reasons_left"),
    [
        ("propositions", 0, "proposition", "proposition", 1),
        ("segments", 0, "segment", "segment", 2),
        ("disciplines", 1, "id", "discipline", 2),
        ("attributes", 0, "attribute", "attribute", 2),
    ],
)
def test_reasons_follow_their_names_and_go_with_them(
    sheet: str, row: int, column: str, field: str, reasons_left: int
) -> None:
    scenario = with_reasons()
    after = edit_table(scenario, sheet, GridEdits(edited_rows={row: {column: "other"}})).scenario
    old = scenario.disciplines[1].id if sheet == "disciplines" else getattr(scenario, sheet)[row].name
    names = [getattr(reason, field) for reason in scenario.reasons]
    assert [getattr(r, field) for r in after.reasons] == ["other" if n == old else n for n in names]
    assert len(edit_table(scenario, sheet, GridEdits(deleted_rows=[row])).scenario.reasons) == reasons_left


def test_reasons_follow_disciplines_in_a_case_without_attributes() -> None:
    scenario = with_reasons().without_attributes()
    after = edit_table(scenario, "disciplines", GridEdits(edited_rows={1: {"id": "other"}})).scenario
    assert [reason.discipline for reason in after.reasons] == ["other", "speed"]


def test_differences_tell_a_reason_once() -> None:
    scenario = with_reasons()
    heard, *others = scenario.reasons
    none = scenario.replace(reasons=others)
    assert [str(d) for d in none.diff(scenario)] == [
        "48-hour parts: reason added: Delivery, It came before we asked"
    ]
    later = scenario.replace(reasons=[heard.model_copy(update={"date": "2026-04"}), *others])
    assert [str(d) for d in scenario.diff(later)] == [
        "48-hour parts: date of the reason Delivery, It came before we asked '2026-03' → '2026-04'"
    ]


def test_a_case_without_reasons_keeps_its_signature_and_views_of_others_have_none() -> None:
    scenario = with_reasons()
    assert scenario.content_hash != scenario.replace(reasons=()).content_hash
    assert "reasons" not in dumps(scenario.replace(reasons=()))
    assert [reason.attribute for reason in scenario.without_attributes().reasons] == ["", ""]
