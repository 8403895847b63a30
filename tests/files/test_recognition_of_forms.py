"""Respondents who rate the offers themselves: a row each, an offer a column."""

from __future__ import annotations

import pytest

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import InvalidFile
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.reading import Reading

ANSWERS = ((5, 1, 3), (4, 2, 3), (5, 1, 2), (1, 5, 4), (2, 4, 4), (1, 5, 5), (2, 5, 3), (1, 4, 4))
OFFERS = ("Club", "Mail", "Bus")
MEANS = [2.625, 3.375, 3.5]


def sheet(heads: list[str], foot: str = "", first: str = "Timestamp") -> bytes:
    rows = [
        f"0{i + 1}/06/2025 08:0{i}:15,{'Young' if i < 3 else 'Old'},{i % 3 + 1},{','.join(map(str, answer))},"
        for i, answer in enumerate(ANSWERS)
    ]
    names = [first, "Which year?", "How many children?", *heads, "Anything else?"]
    return "\n".join([",".join(names), *rows, *([foot] if foot else [])]).encode()


def test_a_form_that_asks_one_question_of_every_offer_gives_means_by_segment() -> None:
    heads = [f"How good is it? (1 = not; 5 = very) [{offer}]" for offer in OFFERS]
    found = recognise_files({"form.csv": sheet(heads, "Average,,,2.63,3.38,3.50,")})
    reading = found.reading
    assert (reading.options, reading.segments) == (OFFERS, ("Young", "Old"))
    assert not reading.questions
    assert str(reading.proof) == "Your own totals agree (3 of 3)."
    assert {left.what for left in reading.left_out} >= {"Timestamp", "How many children?", "row 10"}
    scenario = found.scenario()
    assert evaluate(scenario).overall == pytest.approx(MEANS)
    assert reading.sizes == {"Young": 3.0, "Old": 5.0}


def test_questions_of_a_form_are_the_criteria() -> None:
    heads = ["Good? [Club]", "Good? [Mail]", "Cheap? [Club]"]
    found = recognise_files({"form.csv": sheet([*heads])})
    assert found.reading.options == ("Club", "Mail")
    two = recognise_files({"form.csv": sheet(["Good? [Club]", "Good? [Mail]", "How old? [years]"])})
    assert two.reading.options == ("Club", "Mail")


def test_columns_that_the_owner_calls_options_are_rated_by_the_rows() -> None:
    with pytest.raises(InvalidFile, match='"columns_are": "options"'):
        recognise_files({"form.csv": sheet([*OFFERS])})
    left: dict[str, str] = {"How many children?": "left out"}
    said = Reading.model_validate({"columns_are": "options", "roles": left})
    found = recognise_files({"form.csv": sheet([*OFFERS])}, said)
    assert found.reading.segments == ("Young", "Old")
    assert evaluate(found.scenario()).overall == pytest.approx(MEANS)
