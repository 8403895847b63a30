"""The sheets of moments: read with problems at their cells, edited in the grid, and carried along."""

from __future__ import annotations

from typing import Any

import pytest
from moment_samples import two_segments_at_faults

from valuemix.errors import EditError, InvalidFile
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.scenario import Scenario
from valuemix.ui.widgets.data_editor import without_table

SHEETS = {
    "segments": "segment,size,speed,care\nEnterprise,60,50,50\nSmall business,40,30,70\n",
    "scores": "proposition,segment,speed,care\nParts,,8,6\nEngineer,,6,7\n",
    "disciplines": "id,name\nspeed,Speed\ncare,Care\n",
    "moments": "moment,stage,share,counts\nOrder,before,60,\nFault,after,40,3\n",
    "moment_points": "segment,moment,speed,care\nEnterprise,Fault,90,10\n",
    "moment_scores": "proposition,segment,moment,Speed\nEngineer,,Fault,2\n",
}


def _read(**sheets: str) -> Any:
    return import_files({f"{name}.csv": text.encode() for name, text in (SHEETS | sheets).items()})


def test_csv_files_with_moments_are_read() -> None:
    scenario = _read().scenario
    assert [(m.name, m.stage, m.share, m.counts) for m in scenario.moments] == [
        ("Order", "before", 60.0, None),
        ("Fault", "after", 40.0, 3.0),
    ]
    assert dict(scenario.moment_points[0].points) == {"speed": 90.0, "care": 10.0}
    assert dict(scenario.moment_scores[0].scores) == {"speed": 2.0, "care": None}


@pytest.mark.parametrize(
    ("sheets", "place", "told"),
    [
        ({"moments": SHEETS["moments"].replace("60", "")}, "moments.csv, row 2, column share", "no share"),
        ({"moments": SHEETS["moments"].replace("after", "afterwards")},
         "moments.csv, row 3, column stage", "'afterwards'"),
        ({"moment_points": SHEETS["moment_points"].replace("90", "")},
         "moment_points.csv, row 2, column speed", "is blank"),
        ({"moment_scores": SHEETS["moment_scores"].replace("Fault", "Faults")},
         "moment_scores.csv, row 2, column moment", "'Faults'"),
        ({"moment_scores": SHEETS["moment_scores"].replace(",2", ",12")},
         "moment_scores.csv, row 2, column Speed", "from 0 to 10, got 12"),
    ],
)  # fmt: skip
def test_problems_stand_at_their_cells(sheets: dict[str, str], place: str, told: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        _read(**sheets)
    first = next(problem for problem in caught.value.problems if not problem.notice)
    assert str(first.place) == place
    assert told in first.message


def test_tables_of_a_scenario_with_moments_come_back() -> None:
    scenario = two_segments_at_faults()
    assert from_frames(to_frames(scenario)).scenario == scenario.renamed("Scenario")
    assert Scenario.from_frames(**scenario.to_frames(), like=scenario) == scenario


def _edited(scenario: Scenario, sheet: str, **edits: Any) -> Scenario:
    return edit_table(scenario, sheet, GridEdits(**edits)).scenario


def test_rows_follow_the_names_in_them() -> None:
    scenario = two_segments_at_faults()
    renamed = _edited(scenario, "moments", edited_rows={2: {"moment": "Breakdown"}})
    assert {row.moment for row in renamed.moment_points} == {"Breakdown"}
    assert {row.moment for row in renamed.moment_scores} == {"Breakdown"}
    deleted = _edited(scenario, "moments", deleted_rows=[2])
    assert (deleted.moment_points, deleted.moment_scores) == ((), ())
    assert [row.moment for row in deleted.moment_shares] == ["Order", "Use"]
    without = _edited(scenario, "segments", deleted_rows=[0])
    assert [row.segment for row in without.moment_points] == ["Small business"]
    assert [row.segment for row in without.moment_scores] == ["", ""]
    more = _edited(scenario, "disciplines", added_rows=[{"id": "price", "name": "Price"}])
    assert dict(more.moment_points[0].points) == {"speed": 90.0, "care": 10.0, "price": 0.0}
    assert dict(more.moment_scores[0].scores) == {"speed": 2.0, "care": None, "price": None}


def test_an_edit_of_a_segment_s_score_keeps_those_of_moments() -> None:
    scenario = two_segments_at_faults()
    edited = _edited(scenario, "scores", edited_rows={0: {"speed": 9}})
    assert edited.given("scores")[0, 0, 0] == 9
    assert edited.moment_scores == scenario.moment_scores


def test_a_comparison_tells_what_differs_in_a_moment() -> None:
    scenario = two_segments_at_faults()
    rows = [row.model_copy(update={"scores": {"speed": 4.0}}) for row in scenario.moment_scores[:1]]
    points = [
        row.model_copy(update={"points": {"speed": 80, "care": 20}}) for row in scenario.moment_points[:1]
    ]
    other = scenario.replace(
        moment_scores=[*rows, *scenario.moment_scores[1:]],
        moment_points=[*points, *scenario.moment_points[1:]],
    )
    assert [str(difference) for difference in scenario.diff(other)] == [
        "Enterprise, Speed: points at Fault 90 → 80",
        "Enterprise, Care: points at Fault 10 → 20",
        "Named engineer, Speed: score at Fault 2 → 4",
    ]


def test_planned_decisions_that_go_with_their_moment_are_told() -> None:
    scenario = two_segments_at_faults().replace(
        planned_changes=[
            PlannedChange(decision="Parts", moment=moment, discipline="speed", likely=1)
            for moment in ("Fault", "")
        ]
    )
    edited = edit_table(scenario, "moments", GridEdits(deleted_rows=[2]))
    assert [row.moment for row in edited.scenario.planned_changes] == [""]
    (told,) = edited.notices
    assert told.message == "a moment is gone, and with it 1 row of Decisions planned that named it"
    with pytest.raises(EditError, match="is named in 1 row of Decisions planned"):
        without_table(scenario, "moments")
    kept = without_table(scenario.replace(planned_changes=scenario.planned_changes[1:]), "moments")
    assert (kept.moments, len(kept.planned_changes)) == ((), 1)
