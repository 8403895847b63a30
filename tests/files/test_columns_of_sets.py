"""What propositions take and need, and floors of segments: there and back, carried along, refused at their cell."""

from __future__ import annotations

from typing import Any

import pytest

from valuemix.analysis.compare.joined import respelled
from valuemix.errors import InvalidFile
from valuemix.export.workbook import make_workbook
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.files.tables.frames import from_frames, in_grid, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.model.parts import Proposition
from valuemix.model.scenario import Scenario

TEXTS = {
    "segments": "segment,size,speed,care,floor\nEnterprise,60,50,50,4.5\nPublic,40,50,50,\n",
    "scores": "proposition,segment,speed,care\nParts,,8,7\nRepair; return,,5,5\nHotline,,3,9\n",
    "disciplines": "id,name\nspeed,Speed\ncare,Care\n",
}
HEAD = "proposition,description,cost,people,choose,needs,excludes\n"
ROWS = (
    'Parts,,120,6,Must,"""Repair; return"";Hotline",\nRepair; return,,,,,,Hotline\nHotline,,0,,must not,,\n'
)


def _read(rows: str = ROWS, **texts: str) -> Scenario:
    tables = {**TEXTS, "propositions": HEAD + rows, **texts}
    return import_files({f"{name}.csv": text.encode() for name, text in tables.items()}).scenario


def test_columns_of_sets_are_read_and_come_back_from_frames_file_and_workbook() -> None:
    scenario = _read()
    assert scenario.propositions == (
        Proposition(name="Parts", cost=120, people=6, choose="must", needs=("Repair; return", "Hotline")),
        Proposition(name="Repair; return", excludes=("Hotline",)),
        Proposition(name="Hotline", cost=0, choose="must not"),
    )
    assert [segment.floor for segment in scenario.segments] == [4.5, None]
    assert from_frames(to_frames(scenario)).scenario == scenario
    assert loads(dumps(scenario)) == scenario
    assert import_files({"book.xlsx": make_workbook(scenario)}).scenario == scenario


def test_a_scenario_without_them_keeps_its_file_its_hash_and_its_tables() -> None:
    plain = _read(
        propositions="proposition,description\nParts,\nRepair; return,\nHotline,\n",
        segments="segment,size,speed,care\nEnterprise,60,50,50\n",
    )
    assert not {"cost", "needs", "choose", "floor"} & {*dumps(plain).split('"')}
    assert plain.content_hash != plain.replace(propositions=_costly(plain)).content_hash
    assert [*to_frames(plain)["propositions"]] == ["proposition", "description"]
    assert [*in_grid(to_frames(plain)["propositions"], "propositions")] == HEAD.strip().split(",")


def _costly(scenario: Scenario) -> list[Proposition]:
    return [part.model_copy(update={"cost": 1.0}) for part in scenario.propositions]


def test_a_grid_takes_them_where_the_scenario_had_none() -> None:
    plain = Scenario.from_arrays([[8, 9], [7, 7]], segments=["Linda"], propositions=["Laptop", "Phone"])
    cells = {0: {"cost": 3.5, "choose": "must", "needs": "Phone"}}
    edited = edit_table(plain, "propositions", GridEdits(edited_rows=cells)).scenario
    edited = edit_table(edited, "segments", GridEdits(edited_rows={0: {"floor": 6}})).scenario
    assert [str(one) for one in plain.diff(edited)] == [
        "Linda: floor blank → 6",
        "Laptop: cost blank → 3.5",
        "Laptop: choose blank → 'must'",
        "Laptop: needs blank → 'Phone'",
    ]


def test_names_under_needs_and_excludes_are_renamed_and_go_with_what_they_name() -> None:
    edits = GridEdits(edited_rows={1: {"proposition": "Return; repair"}}, deleted_rows=[2])
    kept = edit_table(_read(), "propositions", edits).scenario.propositions
    assert (kept[0].needs, kept[1].excludes) == (("Return; repair",), ())
    spelt = respelled(_read(), {}, {"hotline": "HOTLINE"})
    assert spelt.propositions[0].needs == ("Repair; return", "HOTLINE")
    less = Scenario.from_frames(to_frames(_read())["scores"].iloc[:4], like=_read())
    assert less.propositions[0].needs == ("Repair; return",)


@pytest.mark.parametrize(
    ("texts", "place", "told"),
    [
        ({"rows": "Parts,,-1,,,,"}, "row 2, column cost", "cost of 'Parts' must be 0 or more"),
        ({"rows": "Parts,,,two,,,"}, "row 2, column people", "value 'two' is not a plain number"),
        ({"rows": "Parts,,,,maybe,,"}, "row 2, column choose", "unknown choose 'maybe'"),
        ({"rows": "Parts,,,,,Hotlin,"}, "row 2, column needs", "unknown proposition 'Hotlin'"),
        ({"rows": "Parts,,,,,,Parts"}, "row 2, column excludes", "'Parts' names itself"),
        ({"rows": "Parts,,,,,Hotline,Hotline"}, "row 2, column excludes", "'Hotline' stands under needs or"),
        (
            {"segments": "segment,size,speed,care,floor\nAll,1,1,1,11\n"},
            "column floor",
            "from 0 to 10, got 11",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(texts: dict[str, Any], place: str, told: str) -> None:
    rows = texts.pop("rows", "Parts,,,,,,")
    with pytest.raises(InvalidFile) as error:
        _read(f"{rows}\nHotline,,,,,,\nRepair; return,,,,,,\n", **texts)
    [problem] = error.value.problems
    assert place in str(problem)
    assert told in problem.message
