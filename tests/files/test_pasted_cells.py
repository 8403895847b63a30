"""Cells copied from a spreadsheet become a case of their own, or scores of the open one."""

from __future__ import annotations

import numpy as np
import pytest

from valuemix.errors import InvalidFile
from valuemix.files.tables.pasted import import_pasted, with_pasted_scores
from valuemix.model.scenario import Scenario

NAMES = ["Innovation", "Operational excellence", "Social purpose", "Customer intimacy"]
HEAD = "\t".join(NAMES)
ROWS = [["Express", "8", "6", "4", "3"], ["Green line", "3", "8.5", "6", ""]]
LONG = "\n".join(
    f"{name},Families,{discipline},{score}"
    for name, *scores in ROWS
    for discipline, score in zip(NAMES, scores, strict=True)
)


def joined(sign: str, *, segment: str = "") -> str:
    return "\n".join(sign.join([row[0], *([segment] if segment else []), *row[1:]]) for row in ROWS)


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        (joined("\t"), "Everyone"),
        (joined("\t", segment="Families"), "Families"),
        (joined(";"), "Everyone"),
        (joined("\t").replace(".", ","), "Everyone"),
        (f"\t{HEAD}\n{joined('	')}", "Everyone"),
        (f"Offer\tWho\t{HEAD}\r\n{joined('	', segment='Families')}\r\n", "Families"),
        (f"proposition\t{HEAD.lower()}\n{joined('	')}", "Everyone"),
        (f"proposition,segment,discipline,score\n{LONG}", "Families"),
        (LONG, "Families"),
    ],
    ids=["bare", "segments", "semicolons", "commas", "corner", "own heads", "our heads", "long", "long bare"],
)
def test_every_shape_of_ours_is_known_with_or_without_a_header(text: str, segment: str) -> None:
    scenario = import_pasted(text).scenario
    assert (scenario.proposition_names, scenario.segment_names) == (("Express", "Green line"), (segment,))
    np.testing.assert_array_equal(scenario.array("scores")[0], [[8, 6, 4, 3], [3, 8.5, 6, np.nan]])


def test_tables_below_each_other_are_read_together_with_the_rows_of_the_text() -> None:
    segments = f"segment\tsize\t{HEAD}\nFamilies\t60\t10\t20\t30\t40\nStudents\t40\t25\t25\t25\t25"
    scores = f"proposition\tsegment\t{HEAD}\nExpress\tFamilies\t1\t2\t3\t4\nExpress\tStudents\t5\t6\t7\t"
    scenario = import_pasted(f"{segments}\n\n\n{scores}8\n").scenario
    assert scenario.points.tolist() == [[10, 20, 30, 40], [25, 25, 25, 25]]
    with pytest.raises(
        InvalidFile, match="pasted cells, row 8, column Customer intimacy: value 'x' is not a plain"
    ):
        import_pasted(f"{segments}\n\n\n{scores}x\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n\t\n", "nothing was pasted"),
        ("Express\nGreen line", "row 1 is no header, and the cells are not names with 4 scores"),
        ("Express\t1\t2\nGreen line\t3\t4", "row 1 is no header"),
        ("segment\tsize\nFamilies\t3", "there are no scores, only segments"),
        (
            "Express\t11\t2\t3\t4",
            "pasted cells, row 1, column innovation: score must be from 0 to 10, got 11",
        ),
        (f"{joined('	')}\n\n{joined('	')}", "row 4: a second table of scores starts here"),
        ("<html><body>1</body></html>", "a web page"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_paste(text: str, told: str) -> None:
    with pytest.raises(InvalidFile, match=told):
        import_pasted(text)


def test_scores_of_known_names_go_into_the_open_scenario() -> None:
    mine = Scenario.from_arrays(
        np.full((2, 2, 2), np.nan), segments=["Families", "Students"], propositions=["Express", "Green line"],
        disciplines=["Speed", "Care"], scale=(1, 5), sizes=[3, 1],
    )  # fmt: skip
    brought = import_pasted("green line\t5\t4", mine).scenario
    assert brought.segment_names == mine.segment_names
    filled = with_pasted_scores(mine, brought)
    assert filled is not None
    np.testing.assert_array_equal(filled.array("scores")[:, 1], [[5, 4], [5, 4]])
    assert np.isnan(filled.array("scores")[:, 0]).all()
    one = with_pasted_scores(mine, import_pasted("Express\tStudents\t2\t", mine).scenario)
    assert one is not None
    assert np.isnan(one.array("scores")).sum() == 7
    assert with_pasted_scores(mine, import_pasted("Other\t5\t4\t3\t2", mine).scenario) is None
    larger = Scenario.from_arrays([[130, 4]], propositions=["Express"], scale=(0, 250), disciplines=["Speed", "Care"],
                                  segments=["Families"])  # fmt: skip
    assert with_pasted_scores(mine, larger) is None  # its scores lie beyond the scale of mine


def test_a_range_that_no_longer_holds_its_score_is_left_out() -> None:
    mine = Scenario.from_arrays([[5, 5], [4, 4]], propositions=["Express", "Green line"], segments=["All"])
    mine = mine.with_table("low", [[[4, 4], [3, 3]]]).with_table("high", [[[6, 6], [5, 5]]])
    filled = with_pasted_scores(mine, import_pasted("Express\t8\t5.5", mine).scenario)
    assert filled is not None
    np.testing.assert_array_equal(filled.array("low")[0], [[np.nan, 4], [3, 3]])
    np.testing.assert_array_equal(filled.array("high")[0], [[np.nan, 6], [5, 5]])
