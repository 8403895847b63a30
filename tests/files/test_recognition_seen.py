"""What every cell of a table was taken for, as the screen shows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from valuemix.files.recognition.entry import recognise, recognise_files, recognise_pasted
from valuemix.files.recognition.recognise import Recognised

MATRIX = """Vendors 2026,,,,,
,Delivery,Quality,Price (EUR),Remarks,Weighted total
Weight,50,30,20,,
North,7,8,5,cheap,6.9
East,6,9,4,,6.5
West,9,6,3,,6.9
"""


def roles(found: Recognised, sheet: int = 0, **shown: int) -> list[list[str]]:
    return [[cell.role for cell in cells] for _, cells in found.sheets(**shown)[sheet].rows]


def test_every_cell_of_a_matrix_has_the_role_it_plays_in_the_scenario() -> None:
    found = recognise_files({"vendors.csv": MATRIX.encode()})
    scores = ["score"] * 3
    assert roles(found) == [
        [""] * 6,
        ["", *["criterion"] * 3, "note", "total"],
        ["weight", *["weight"] * 3, "note", "total"],
        *[["option", *scores, "note", "total"]] * 3,
    ]
    [sheet] = found.sheets()
    assert [line.role for line in sheet.columns] == ["", *["criterion"] * 3, "note", "total"]
    assert [line.role for line, _ in sheet.rows] == ["", "", "weight", *["option"] * 3]


def test_a_turned_matrix_has_its_roles_where_it_stands() -> None:
    found = recognise_pasted("Criterion\tWeight\tA\tB\nSpeed\t60\t3\t4\nCare\t40\t5\t2\nTotal\t\t3.8\t3.2\n")
    assert roles(found) == [
        ["", "weight", "option", "option"],
        ["criterion", "weight", "score", "score"],
        ["criterion", "weight", "score", "score"],
        ["total", "total", "total", "total"],
    ]


def test_a_cell_of_a_record_has_the_role_of_its_column() -> None:
    text = "rater,offer,wave,speed,care\n" + "".join(
        f"{rater},{offer},1,{score},{score + 1}\n" for score, (rater, offer) in enumerate(
            [("Ann", "X"), ("Ann", "Y"), ("Ben", "X"), ("Ben", "Y")], start=3
        )
    )  # fmt: skip
    found = recognise_files({"raters.csv": text.encode()})
    assert roles(found)[0] == ["rater", "option", "wave", "criterion", "criterion"]
    assert roles(found)[1:] == [["rater", "option", "wave", "score", "score"]] * 4


def test_blocks_that_are_left_out_and_rows_beyond_the_first_are_told(tmp_path: Path) -> None:
    block = ",Speed,Care\nWeight,60,40\n{},3,5\n{},4,2\n"
    for name, options in (("Families", "AB"), ("Singles", "AB"), ("Others", "XY")):
        (tmp_path / f"{name}.csv").write_text(block.format(*options))
    (tmp_path / "Read me.csv").write_text("This folder holds, our tables\n")
    found = recognise(tmp_path)
    sheets = {sheet.title: sheet for sheet in found.sheets(most_rows=3, most_columns=2)}
    assert found.reading.segments == ("Families", "Singles")
    assert [cell.role for cell in sheets["Families"].rows[2][1]] == ["option", "score"]
    assert {cell.role for _, cells in sheets["Others"].rows for cell in cells} == {"", "left out"}
    assert (sheets["Families"].more_rows, sheets["Families"].more_columns) == (1, 1)
    assert sheets["Read me"].left_out == "there is no table of numbers in it"


def test_our_own_cells_pass_and_others_are_recognised_when_they_are_pasted() -> None:
    ours = recognise_pasted("Express\tAll\t8\t6\t4\t2\nGreen\tAll\t3\t8\t6\t4\n")
    assert (ours.reading.shape, ours.sheets()) == (8, [])
    weighted = "\tinnovation\tsocial_purpose\nWeight\t70\t30\nExpress\t8\t6\nGreen\t3\t8\n"
    found = recognise_pasted(weighted)
    assert found.reading.options == ("Express", "Green")
    assert found.scenario().weights == pytest.approx(np.array([[0.7, 0.3]]))
