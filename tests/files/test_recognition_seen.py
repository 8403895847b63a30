"""What every cell of a table was taken for, as the screen shows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from written_tables import book_of

from valuemix.files.recognition.entry import recognise, recognise_files, recognise_pasted
from valuemix.files.recognition.recognise import Recognised
from valuemix.files.recognition.seen import SeenCell, SeenLine, SeenSheet
from valuemix.screen.html.sheet import sheet_html

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


def test_a_missing_score_is_told_and_shown_as_one_and_a_dash_among_signs_is_not() -> None:
    found = recognise_files({"t.csv": b",Speed,Care\nWeight,60,40\nA,3,n/a\nB,,2\nC,1,0.643\n"})
    assert roles(found)[2:] == [
        ["option", "score", "no score"],
        ["option", "no score", "score"],
        ["option", "score", "score"],
    ]
    [sheet] = found.sheets()
    assert sheet.rows[-1][1][2].text == "0.643"
    assert '<td class="missing">n/a<small> no score</small></td>' in sheet_html(sheet)
    signs = recognise_files({"t.csv": b",Speed,Care\nWeight,60,40\nA,+,-\nB,-,S\nC,S,+\n"})
    assert "no score" not in {role for row in roles(signs) for role in row}


def test_a_cell_says_what_it_is_where_neither_its_row_nor_its_column_does() -> None:
    cell, column = SeenCell("Comfort", "group"), SeenLine("B", "criterion")
    shown = sheet_html(SeenSheet("Offers", (column,), ((SeenLine("1", ""), (cell,)),)))
    assert '<td class="who name">Comfort<span class="told">group</span></td>' in shown


def test_a_sheet_that_sizes_were_taken_from_is_not_left_out() -> None:
    sheets: dict[str, list[list[object]]] = {
        "Cover": [["Our offers, for the board: Families 60 %, Singles 40 %"]],
        "Families": [["", "Speed", "Care"], ["Weight", 60, 40], ["A", 3, 5], ["B", 4, 2]],
        "Singles": [["", "Speed", "Care"], ["Weight", 20, 80], ["A", 3, 4], ["B", 1, 2]],
    }
    found = recognise_files({"book.xlsx": book_of(sheets)})
    assert found.reading.sizes == {"Families": 60, "Singles": 40}
    assert [left.what for left in found.reading.left_out if left.what == "Cover"] == []
    assert found.sheets()[0].left_out == ""
    sheets["Cover"] = [["Our offers, for the board"]]
    left = recognise_files({"book.xlsx": book_of(sheets)}).reading.left_out
    assert ("Cover", "there is no table of numbers in it") in {(one.what, one.why) for one in left}
