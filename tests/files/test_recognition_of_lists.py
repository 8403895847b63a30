"""Sizes and weights that stand on a cover sheet, above the table or in a sentence; and a size that is missing."""

from __future__ import annotations

import numpy as np
import pytest
from written_tables import book_of

from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.recognise import Recognised

Rows = list[list[object]]
GRID: Rows = [["Option", "Speed", "Care", "Trust"], ["Depot", 7, 5, 6], ["Drone", 9, 2, 3]]


def read(sheets: dict[str, Rows], said: Reading | None = None) -> Recognised:
    return recognise_files({"t.xlsx": book_of(sheets)}, said)


def sheets(cover: Rows) -> dict[str, Rows]:
    return {"Cover": cover, **dict.fromkeys(("Shops", "Homes", "Offices"), GRID)}


SEGMENTS = Reading(sheets_are="segments")


def test_sizes_among_the_prose_of_a_cover_are_the_sizes() -> None:
    cover: Rows = [["Study of 2026"], [], ["Shops", "500 customers"], ["Homes", 300], ["Offices:", 200]]
    found = read(sheets(cover), SEGMENTS)
    assert found.reading.sizes == {"Shops": 500, "Homes": 300, "Offices": 200}


def test_a_size_that_the_list_lacks_is_asked_and_the_answer_counts() -> None:
    cover: Rows = [["Segment", "Customers"], ["Shops", 500], ["Homes", 300]]
    [question] = read(sheets(cover), SEGMENTS).reading.questions
    assert (question.key, question.about, question.guess) == ("sizes", ("Offices",), "400")
    said = read(sheets(cover), SEGMENTS.model_copy(update={"sizes": {"Offices": 80.0}})).reading
    assert not said.questions
    assert said.sizes == {"Shops": 500, "Homes": 300, "Offices": 80}


@pytest.mark.parametrize(
    "book",
    [
        {"Cover": [["Agreed in March"], ["Speed", 50], ["Care", 30], ["Trust", 20]], "Matrix": GRID},
        {"Matrix": [["Delivery"], ["", 50, 30, 20], *GRID]},
        {"Matrix": [["Weights: Speed 50 %, Care 30 % and Trust 20 %"], *GRID]},
    ],
)
def test_weights_on_a_cover_above_the_table_or_in_a_sentence(book: dict[str, Rows]) -> None:
    found = read(book)
    assert found.reading.options == ("Depot", "Drone")
    assert found.scenario().weights[0] == pytest.approx(np.array([0.5, 0.3, 0.2]))
