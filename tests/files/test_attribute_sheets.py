"""The sheets of attributes: read with problems at their cells, edited in the grid, and carried along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from attribute_samples import two_levels

from valuemix.errors import InvalidFile
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.model.scenario import Scenario

SEGMENTS = "segment,size,speed,care\nEnterprise,60,50,50\nSmall business,40,30,70\n"
SCORES = "proposition,segment,care\nParts,,8\nEngineer,,6\n"
DISCIPLINES = "id,name\nspeed,Speed\ncare,Care\n"
ATTRIBUTES = (
    "attribute,discipline,weight,worst,best,unit,value function\n"
    'Delivery,Speed,60,20,5,days,"20:0, 10:.8, 5:1"\nFaults,speed,40,5,0,,\n'
)
VALUES = (
    "proposition,segment,attribute,value,low,high\n"
    "Parts,,Delivery,8,6,12\nEngineer,,Delivery,30,,\nParts,,Faults,2,,\nParts,Enterprise,Faults,1,,\n"
)


def _read(**sheets: str) -> Any:
    texts = {
        "segments": SEGMENTS,
        "scores": SCORES,
        "disciplines": DISCIPLINES,
        "attributes": ATTRIBUTES,
        "attribute_scores": VALUES,
    } | sheets
    return import_files({f"{name}.csv": text.encode() for name, text in texts.items()})


def test_csv_files_with_attributes_give_scores() -> None:
    imported = _read()
    scores = imported.scenario.array("scores")[:, :, 0]
    assert scores[:, 0].round(9).tolist() == [8.48, 7.68]
    assert scores[:, 1].tolist() == [0.0, 0.0]
    told = {(n.code, str(n.place), n.message) for n in imported.notices}
    assert (
        "BEYOND_ANCHOR",
        "attribute_scores.csv, row 3, column value",
        "30 lies beyond worst of 'Delivery' and counts as 20",
    ) in told
    assert any(
        code == "MISSING" and "Engineer has no value on Faults; its weight" in text for code, _, text in told
    )


@pytest.mark.parametrize(
    ("sheets", "place", "told"),
    [
        ({"attributes": ATTRIBUTES.replace("speed,40", "sped,40")}, "attributes.csv, row 3, column discipline", "sped"),
        ({"attributes": ATTRIBUTES.replace("20,5,days", ",5,days")}, "attributes.csv, row 2, column worst", "is blank"),
        ({"attributes": ATTRIBUTES.replace("10:.8", "10")},
         "attributes.csv, row 2, column value function", "is no point"),
        ({"attribute_scores": VALUES.replace("8,6,12", "8,9,12")},
         "attribute_scores.csv, row 2, column low", "at or below"),
        ({"attribute_scores": VALUES.replace("Faults,2", "Fault,2")},
         "attribute_scores.csv, row 4, column attribute", "Fault"),
        ({"scores": SCORES.replace("care", "care,speed").replace("8", "8,7").replace("6", "6,")},
         "scores.csv, row 2, column speed", "is made of attributes"),
    ],
)  # fmt: skip
def test_problems_stand_at_their_cells(sheets: Mapping[str, str], place: str, told: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        _read(**sheets)
    problems = [p for p in caught.value.problems if not p.notice]
    assert [str(p.place) for p in problems][:1] == [place]
    assert told in problems[0].message


def test_tables_of_a_scenario_with_attributes_come_back() -> None:
    scenario = two_levels()
    assert from_frames(to_frames(scenario)).scenario == scenario


def _edited(scenario: Scenario, sheet: str, row: int, **cells: Any) -> Any:
    named = {name.replace("_", " "): value for name, value in cells.items()}
    return edit_table(scenario, sheet, GridEdits(edited_rows={row: named}))


@pytest.mark.parametrize(
    ("sheet", "row", "column", "field"),
    [
        ("propositions", 0, "proposition", "proposition"),
        ("segments", 1, "segment", "segment"),
        ("attributes", 1, "attribute", "attribute"),
    ],
)
def test_a_name_that_changes_changes_in_what_is_offered(
    sheet: str, row: int, column: str, field: str
) -> None:
    scenario = two_levels()
    after = _edited(scenario, sheet, row, **{column: "Other name"}).scenario
    old = getattr(scenario, sheet)[row].name
    names = [getattr(r, field) for r in scenario.attribute_scores]
    assert [getattr(r, field) for r in after.attribute_scores] == [
        "Other name" if n == old else n for n in names
    ]
    assert (after.array("scores") == scenario.array("scores")).all() or sheet == "attributes"


@pytest.mark.parametrize(
    ("sheet", "row"), [("propositions", 0), ("segments", 1), ("attributes", 1), ("disciplines", 0)]
)
def test_what_is_deleted_takes_its_rows_along(sheet: str, row: int) -> None:
    scenario = two_levels()
    after = edit_table(scenario, sheet, GridEdits(deleted_rows=[row])).scenario
    gone = getattr(scenario, sheet)[row].name
    left = [r for r in after.attribute_scores if gone in (r.proposition, r.segment, r.attribute)]
    assert not left
    assert len(after.attribute_scores) < len(scenario.attribute_scores)


def test_a_discipline_that_gets_its_first_attribute_gives_up_its_scores_and_says_so() -> None:
    scenario = two_levels()
    new = {"attribute": "Manners", "discipline": "care", "weight": 1, "worst": 0, "best": 10}
    edited = edit_table(scenario, "attributes", GridEdits(added_rows=[new]))
    assert edited.scenario.attribute_names == ("Delivery", "Faults", "Manners")
    assert all(row["care"] is None for block in edited.scenario.scores.values() for row in block.values())
    assert "Care takes its scores from its attributes; those it had are left out" in [
        n.message for n in edited.notices
    ]


def test_a_moved_anchor_shows_what_it_does_to_every_score() -> None:
    scenario = two_levels()
    after = _edited(scenario, "attributes", 0, worst=30, value_function="").scenario
    told = [str(change) for change in scenario.diff(after)]
    assert "worst of Delivery 20 → 30" in told
    assert any(line.startswith("Enterprise, Named engineer, Speed: score ") for line in told)


def test_a_score_typed_over_attributes_is_refused_at_its_cell() -> None:
    with pytest.raises(InvalidFile, match="Scores, row 2, column Speed: Speed is made of attributes"):
        _edited(two_levels(), "scores", 0, speed=3)


def test_differences_name_the_attribute_and_tell_rows_without_a_value() -> None:
    scenario = two_levels()
    rows = [*scenario.attribute_scores]
    after = scenario.replace(attribute_scores=[rows[0].model_copy(update={"high": 13.0}), *rows[1:]])
    assert "48-hour parts: high value of Delivery 12 → 13" in [str(change) for change in scenario.diff(after)]
    blank = rows[0].model_copy(update={"segment": "Enterprise", "value": None, "low": None, "high": None})
    added = scenario.replace(attribute_scores=[*rows, blank])
    assert [str(change) for change in scenario.diff(added)] == [
        "Enterprise, 48-hour parts: attribute score added: Delivery"
    ]
