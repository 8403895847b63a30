"""The owner's totals outrank what names tell: how they count what is missing, and what they are worked out from."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_tables import book_of, order, table

from valuemix.files.recognition.entry import recognise
from valuemix.files.recognition.reading import Reading


@pytest.mark.parametrize(
    ("totals", "best", "is_filled"),
    [
        ((3.5, 3.2, 3.1), "A", True),
        ((3.5, 4.0, 3.1), "B", False),
        ((70, 64, 62), "A", True),
        ((70, 80, 62), "B", False),
        ((350, 320, 310), "A", True),
        ((5.83, 5.33, 5.17), "A", True),
    ],
    ids=[
        "missing as 0",
        "left out",
        "percent, as 0",
        "percent, left out",
        "points",
        "to a top of the owner's",
    ],
)
def test_a_missing_score_counts_as_in_the_owners_totals(
    tmp_path: Path, totals: tuple[float, ...], best: str, *, is_filled: bool
) -> None:
    rows = [("A", 4, 3, 3), ("B", 4, 4, ""), ("C", 3, 2, 5)]
    lines = [f"{','.join(map(str, row))},{total}" for row, total in zip(rows, totals, strict=True)]
    found = recognise(table(tmp_path, "\n".join([",Speed,Care,Price,Total", "Weight,50,30,20,", *lines])))
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert order(found)[0] == best
    told = "Your totals count a missing score as 0, and so it is here: B on Price."
    assert (told in found.reading.guesses) == is_filled


def test_a_feature_without_effort_is_left_out_of_a_backlog(tmp_path: Path) -> None:
    rows = "Feature,Reach,Impact,Effort,RICE\nCarts,12000,1,4,3000\nPay,18500,2,6,6167\nLoyalty,9000,2,,\n"
    found = recognise(table(tmp_path, rows))
    assert order(found) == ["Pay", "Carts"]
    [why] = [left.why for left in found.reading.left_out if left.what == "Loyalty"]
    assert why == "without 'Effort' its product has no value"


@pytest.mark.parametrize("name", ["Fit %", "Nutzwert, gewichtet", "What we think", "Points (max 100)"])
def test_a_total_is_found_by_arithmetic_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    rows = f"Vendor,Speed,Risk,Care,{name},Next step\nHow much,50%,20%,30%,100%,\n"
    rows += "A,3,5,2,62,call\nB,4,2,3,66,visit\nC,1,4,5,56,\nD,2,2,2,40,\nTypical,2.5,3.25,3,56,\n"
    found = recognise(table(tmp_path, rows))
    assert not found.reading.questions
    assert found.reading.criteria == ("Speed", "Risk", "Care")
    assert found.reading.options == ("A", "B", "C", "D")
    assert order(found) == ["B", "A", "C", "D"]
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."


def test_numbers_that_are_half_of_all_weights_are_no_total(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, ",Speed,Care,Price\nWeight,1,2,3\nA,3,4,5\nB,4,2,1\nC,2,2,4\n"))
    assert found.reading.criteria == ("Speed", "Care", "Price")


def test_the_least_of_each_criterion_is_no_option_but_the_best_of_all_may_be(tmp_path: Path) -> None:
    rows = ",Speed,Care\nWeight,60,40\nA,3,5\nB,4,2\nC,4,5\n"
    assert recognise(table(tmp_path, f"{rows}Min,3,2\n")).reading.options == ("A", "B", "C")
    assert recognise(table(tmp_path, f"{rows}Super,4,5\n")).reading.options == ("A", "B", "C", "Super")


def test_weights_on_a_sheet_of_their_own_prove_the_totals(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(
        book_of(
            {
                "Scoring": [
                    ["", "Speed", "Care", "Price", "Score %"],
                    ["A", 3, 4, 2, 0.58],
                    ["B", 5, 2, "", 0.58],
                    ["C", 2, 3, 5, 0.62],
                ],
                "Weights": [
                    ["Criterion", "Weight"],
                    ["Speed", 50],
                    ["Care", 20],
                    ["Price", 30],
                    ["Check", 100],
                ],
            }
        )
    )
    found = recognise(path)
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert order(found)[0] == "C"
    assert "The weights are those of the list of criteria." in found.reading.guesses


def segments_with(sizes: list[list[object]]) -> bytes:
    head: list[object] = ["Criterion", "Weight", "A", "B"]
    return book_of(
        {
            "Clientèles": sizes,
            "Families": [head, ["Speed", 60, 5, 1], ["Care", 40, 3, 2]],
            "Trade (restaurants)": [head, ["Speed", 30, 1, 4], ["Care", 70, 2, 4]],
        }
    )


def test_a_list_of_the_segments_with_numbers_gives_their_sizes(tmp_path: Path) -> None:
    path = tmp_path / "segments.xlsx"
    rows: list[list[object]] = [["Families", 300, 0.75], ["Trade (restaurants)", 100, 0.25], ["All", 400, 1]]
    path.write_bytes(segments_with([["Who", "Effectif", "Part"], *rows]))
    found = recognise(path)
    assert not found.reading.questions
    assert found.reading.sizes == {"Families": 300, "Trade": 100}
    path.write_bytes(
        segments_with([["Who", "Cards", "Margin"], ["Families", 300, 20], ["Trade (restaurants)", 100, 90]])
    )
    [question] = recognise(path).reading.questions
    assert question.text == "Is 'Cards' the size of the segments, or 'Margin'?"
    for said in (Reading(roles={"Margin": "size"}), Reading(roles={"Cards": "left out"})):
        found = recognise(path, said)
        assert not found.reading.questions
        assert found.reading.sizes == {"Families": 20, "Trade": 90}
    path.write_bytes(
        segments_with([["Who", "Firms", "Speed", "Care"], ["Families", 300, 60, 40], ["Trade", 100, 30, 70]])
    )
    found = recognise(path)
    assert not found.reading.questions
    assert found.reading.sizes == {"Families": 300, "Trade": 100}


def test_tables_of_which_one_is_the_mean_are_people_who_scored(tmp_path: Path) -> None:
    path = tmp_path / "jury.xlsx"
    names, head = ("Meal pass", "Language café", "Buddy"), ["Aanbod", "Bereik", "Effect", "Draagvlak"]
    marks = {"Anneke": [[4, 5, 3], [5, 3, 4], [3, 5, 2]], "Bram": [[3, 4, 2], [4, "", 3], [2, 4, 5]]}
    sheets = {
        who: [head, *([n, *r] for n, r in zip(names, rows, strict=True))] for who, rows in marks.items()
    }
    sheets["Samenvatting"] = [
        ["Weging (%)", 50, 30, 20, 100],
        [*head, "Eindcijfer"],
        ["Meal pass", 3.5, 4.5, 2.5, 3.6],
        ["Language café", 4.5, 3, 3.5, 3.85],
        ["Buddy", 2.5, 4.5, 3.5, 3.3],
    ]
    path.write_bytes(book_of(sheets))
    found = recognise(path)
    assert found.reading.raters == ("Anneke", "Bram")
    assert not found.reading.questions
    assert order(found) == ["Language café", "Meal pass", "Buddy"]


def test_an_option_whose_scores_are_all_alike_is_not_taken_for_the_weights(tmp_path: Path) -> None:
    rows = ",A,B,C,D,E\nSpeed,4,5,1,5,3\nTime,5,4,1,1,5\nCare,2,2,1,3,2\nWhat comes of it,11,11,3,9,10\n"
    found = recognise(table(tmp_path, rows))
    assert found.reading.options == ("A", "B", "C", "D", "E")
    assert order(found)[-1] == "C"


def test_rows_of_days_and_remarks_and_of_texts_without_a_weight_are_no_criteria(tmp_path: Path) -> None:
    rows = "Criterion,Weight,A,B,C\nSpeed,60,3,4,5\nCare,40,5,2,1\nPlug,,Mark II,DIN 7,none\n"
    rows += "Offer came,,2026-03-01,2026-03-04,2026-02-11\nTotal,,3.8,3.2,3.4\n"
    found = recognise(table(tmp_path, rows))
    assert not found.reading.questions
    assert found.reading.criteria == ("Speed", "Care")
    assert {left.what for left in found.reading.left_out} >= {"Plug", "Offer came"}


def test_a_range_counts_as_its_middle(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, ",Days,Care (points)\nWeight,50,50\nA,14–16,5\nB,20,2\nC,8,1\n"))
    assert "'14–16' (B3) is a range and counts as its middle, 15." in found.reading.guesses
    assert not any(question.key == "words" for question in found.reading.questions)


def test_a_column_of_weight_times_score_is_no_second_score(tmp_path: Path) -> None:
    rows = "Mercato,Offerta,Fattore di scelta,Peso (%),Voto (1-10),Voto pesato,Fonte\n"
    marks = {"Firms": ((8, 4), (5, 9)), "Shops": ((3, 7), (6, 6))}
    for who, (one, other) in marks.items():
        for offer, speed, care in (("A", *one), ("B", *other)):
            rows += f"{who},{offer},Speed,70,{speed},{0.7 * speed:.2f},talk\n"
            rows += f"{who},{offer},Care,30,{care},{0.3 * care:.2f},guess\n"
    found = recognise(table(tmp_path, rows))
    assert not found.reading.questions
    assert found.reading.segments == ("Firms", "Shops")
    assert found.scenario().weights.tolist() == [pytest.approx([0.7, 0.3])] * 2


def test_technical_columns_are_known_by_their_strengths_whatever_they_are_called(tmp_path: Path) -> None:
    rows = "Need,Weight,Levers,,How we stand,\n,,Steel frame,Sensor,We,They\n"
    rows += "Speed,5,9,1,4,3\nCare,3,,9,2,5\nPrice,2,3,,4,4\nWe weigh,,,,3.4,3.8\n"
    found = recognise(table(tmp_path, rows))
    assert found.reading.options == ("We", "They")


def test_a_total_that_the_scores_do_not_give_is_asked_about_where_it_ranks_otherwise(tmp_path: Path) -> None:
    rows = ",Speed,Care,Total\nWeight,60,40,\nA,3,5,9\nB,4,2,50\nC,1,1,60\n"
    [question] = recognise(table(tmp_path, rows)).reading.questions
    assert question.text.startswith("Your own order, with 'C' first, agrees in only 0 of 3 pairs")
