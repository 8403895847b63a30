"""Respondents who rate the offers themselves: a row each, an offer a column."""

from __future__ import annotations

import numpy as np
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


PAIRED = ((5, 1, 4, 2), (4, 2, 5, 2), (5, 1, 4, 1), (4, 2, 4, 2), (5, 2, 3, 2), (4, 1, 4, 3))


def paired(heads: str, points: tuple[str, str, str] | None = None) -> bytes:
    """A form whose heads name an offer and a question, perhaps with points before them."""
    rows = [
        f"{i + 1},{'Young' if i < 3 else 'Old'},{'60,40,' if points else ''}{','.join(map(str, answer))}"
        for i, answer in enumerate(PAIRED)
    ]
    return "\n".join(["id,Segment," + (",".join(points[:2]) + "," if points else "") + heads, *rows]).encode()


def test_heads_that_name_an_offer_and_a_question_are_asked_which_is_which() -> None:
    form = paired("Club - Price,Mail - Price,Club - Care,Mail - Care")
    found = recognise_files({"form.csv": form})
    assert (found.reading.options, found.reading.criteria) == (("Club", "Mail"), ("Price", "Care"))
    assert [question.about for question in found.reading.questions] == [("Club",)]
    turned = recognise_files({"form.csv": form}, Reading.model_validate({"roles": {"Club": "criterion"}}))
    assert (turned.reading.options, turned.reading.questions) == (("Price", "Care"), ())


def test_columns_of_importance_tell_which_part_of_a_head_is_the_question() -> None:
    heads = "Club: Price,Mail: Price,Club: Care,Mail: Care"
    found = recognise_files({"form.csv": paired(heads, ("Importance Price", "Importance Care", ""))})
    assert (found.reading.options, found.reading.questions) == (("Club", "Mail"), ())
    assert found.scenario().weights == pytest.approx(np.array([[0.6, 0.4], [0.6, 0.4]]))
    scores = np.array(PAIRED, dtype=float).mean(axis=0)
    value = 0.6 * scores[:2] + 0.4 * scores[2:]
    assert evaluate(found.scenario()).overall == pytest.approx(value)


def test_heads_with_a_sign_are_no_pairs_where_rows_are_no_people() -> None:
    rows = "\n".join(f"Offer {i},{i},2,3,{9 - i}" for i in range(1, 8))
    found = recognise_files({"form.csv": f"Offer,Cost_now,Cost_later,Care_now,Care_later\n{rows}".encode()})
    assert found.reading.shape in (1, 2)


DIVIDED = (
    (50, 30, 20),
    (60, 10, 30),
    (40, 40, 20),
    (10, 60, 30),
    (20, 50, 30),
    (0, 80, 20),
    (30, 30, 40),
    (55, 25, 20),
)


def test_points_that_people_divide_over_offers_are_their_ratings_and_asked() -> None:
    """A shop comes again in their rows too, and is no offer: each person has one row."""
    rows = [
        f"{i + 1},{('East', 'West')[i % 2]},{('Old', 'Young')[i > 3]},{30 + i},{','.join(map(str, points))},100"
        for i, points in enumerate(DIVIDED)
    ]
    data = "\n".join(["id,Shop,Household,Age,Club,Mail,Bus,Total", *rows]).encode()
    found = recognise_files({"form.csv": data})
    reading = found.reading
    assert (reading.options, reading.segments) == (("Club", "Mail", "Bus"), ("Old", "Young"))
    assert [question.key for question in reading.questions] == ["columns_are"]
    values = evaluate(found.scenario(take_guesses=True)).overall
    assert np.argsort(-values).tolist() == np.argsort(-np.mean(DIVIDED, axis=0)).tolist()
    said = Reading.model_validate({"columns_are": "criteria"})
    with pytest.raises(InvalidFile, match="no proposition is scored"):
        recognise_files({"form.csv": data}, said).scenario(take_guesses=True)


def test_points_of_people_with_codes_are_no_matrix_of_options() -> None:
    rows = [
        f"A{100 + 7 * i},{('New', 'Old')[i % 2]},{3 + i * i},{','.join(map(str, points))},100"
        for i, points in enumerate(DIVIDED)
    ]
    data = "\n".join(["Member,Kind,Hives,Club,Mail,Bus,Sum", *rows]).encode()
    reading = recognise_files({"form.csv": data}).reading
    assert reading.options == OFFERS
    assert [question.key for question in reading.questions] == ["columns_are"]


def test_a_scale_from_not_at_all_on_is_asked_for_its_direction() -> None:
    heads = "id,Product,Taste,Greasy (1 = not at all 10 = very)"
    rows = [f"{i // 2 + 1},{'AB'[i % 2]},{5 + i % 3},{3 + i % 4}" for i in range(12)]
    found = recognise_files({"test.csv": "\n".join([heads, *rows]).encode()})
    assert [q.about for q in found.reading.questions] == [("Greasy (1 = not at all 10 = very)",)]
