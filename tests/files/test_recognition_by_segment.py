"""Segments that share one sheet: blocks below each other, columns of importance, means beside the answers."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from written_tables import order, table

from valuemix.files.recognition.entry import recognise

STACKED = """How tenants see us,,,,
1 = poor 5 = good,,,,

Single tenants – 70% of flats,,,,
Wish,Weight,Loft,Yard,Park
Rent,50,5,2,3
Noise,30,3,4,4
Bus,20,2,3,5
Score,100,3.80,2.80,3.70

Families – 30% of flats,,,,
Wish,Weight,Loft,Yard,Park
Rent,20,4,3,3
Noise,50,2,5,3
Bus,30,1,4,4
Score,100,2.10,4.30,3.30
"""
TAIL = """
All tenants,,,,
Single tenants,0.7,3.80,2.80,3.70
Families,0.3,2.10,4.30,3.30
Overall,,3.29,3.25,3.58
"""


@pytest.mark.parametrize("tail", ["", TAIL], ids=["blocks", "blocks and their sum"])
def test_blocks_below_each_other_are_the_segments_of_their_own_titles(tmp_path: Path, tail: str) -> None:
    found = recognise(table(tmp_path, STACKED + tail))
    scenario = found.scenario()
    assert found.reading.segments == ("Single tenants", "Families")
    assert found.reading.criteria == ("Rent", "Noise", "Bus")
    assert np.allclose(scenario.weights, [[0.5, 0.3, 0.2], [0.2, 0.5, 0.3]])
    assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
    assert found.reading.sizes["Single tenants"] == pytest.approx(7 / 3 * found.reading.sizes["Families"])
    assert order(found) == ["Park", "Loft", "Yard"]


MIXED = """,Pro,60%,,,
,Home,40%,,,
,Importance,,How well,,,
Wish,Pro,Home,Now,Next,Rival,Cheap
Runs,5,2,9,3,9,3
Light,4,5,3,3,1,9
Cuts,5,2,9,9,9,1
Quiet,2,4,3,3,1,9
Points pro,16,,108,78,96,74
Points home,,13,63,51,45,89
Points mix,,,90,67.2,75.6,80
"""


def test_totals_of_all_tell_the_sizes_of_segments(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, MIXED))
    assert found.reading.segments == ("Pro", "Home")
    assert [*found.reading.sizes.values()] == pytest.approx([0.6 * 16, 0.4 * 13])
    assert order(found) == ["Now", "Cheap", "Rival", "Next"]


IMPORTANCE = """,Importance,,,Changes,,,Rated today,
Wish,Trade,Home,All,Grip,Lamp,Tray,Us,Them
Light,9,2,6.2,9,,1,3,4
Quick,4,8,5.6,,9,3,4,2
Quiet,7,3,5.4,3,1,,2,2
Small,2,9,4.8,1,,9,3,5
Rank Trade,,,,104,43,39,,
Rank Home,,,,36,75,107,,
Rank All,,,,76.8,55.8,66.2,,
"""


def test_columns_of_importance_with_totals_of_their_own_are_segments_and_give_their_sizes(
    tmp_path: Path,
) -> None:
    found = recognise(table(tmp_path, IMPORTANCE.replace("Rank", "Importance")))
    assert found.reading.options == ("Grip", "Lamp", "Tray")
    assert found.reading.segments == ("Trade", "Home")
    assert str(found.reading.proof) == "Your own totals agree (9 of 9)."
    # 60 and 40 % of weights that add up to 22 each.
    assert [*found.reading.sizes.values()] == pytest.approx([0.6 * 22, 0.4 * 22])
    assert order(found) == ["Grip", "Tray", "Lamp"]
    assert not found.reading.questions


def test_a_table_of_means_gives_answers_their_weights_and_proves_them(tmp_path: Path) -> None:
    people = (("P1", "A", 5, 2, 2), ("P1", "B", 3, 4, 2), ("P2", "A", 4, 1, 1), ("P2", "B", 2, 5, 1),
              ("P3", "A", 1, 2, 1), ("P3", "B", 3, 3, 1))  # fmt: skip
    summed = (("Offer", "Fresh", "Cheap", "Mark"), ("Importance", 0.8, 0.2), ("A", 3.75, 1.75, 3.35),
              ("B", 2.75, 4.0, 3.0))  # fmt: skip
    book = Workbook()
    answers, means = book.worksheets[0], book.create_sheet("Means")
    for answer in (("Respondent", "Offer", "Fresh", "Cheap", "Weight"), *people):
        answers.append(answer)
    for mean in summed:
        means.append(mean)
    book.save(tmp_path / "test.xlsx")
    found = recognise(tmp_path / "test.xlsx")
    assert str(found.reading.proof) == "Your own totals agree (2 of 2)."
    assert found.scenario().weights.tolist() == [[0.8, 0.2]]
    assert order(found) == ["A", "B"]


def test_the_most_there_can_be_is_no_option_and_numbers_of_rows_name_none(tmp_path: Path) -> None:
    text = (
        "ID,Idea,Reach,Depth,Total\nW,Weight,2,1,\nX-1,Sales notes,4,3,11\nX-2,Lamp,2,5,9\nX-3,Desk,3,1,7\n"
        ",Max possible,5,5,15\n"
    )
    found = recognise(table(tmp_path, text))
    assert found.reading.options == ("Sales notes", "Lamp", "Desk")


GROUPED = """Kriterium;Gewicht;Ofen A;;Ofen B;;Ofen C;
;in %;Punkte;gewichtet;Punkte;gewichtet;Punkte;gewichtet
Technik;60%;;4,4;;5,0;;2,8
  Bild;40%;8;3,2;8;3,2;4;1,6
  Steuerung;20%;6;1,2;9;1,8;6;1,2
Kosten;40%;;3,3;;1,9;;3,2
  Preis;30%;9;2,7;4;1,2;8;2,4
  Wartung;10%;6;0,6;7;0,7;8;0,8
Gesamt;100%;;7,7;;6,9;;6,0
nur zur Information: Preis in T€;;;48,9;;61,5;;39,8
"""


def test_lines_that_sum_groups_of_weights_up_are_the_disciplines(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, GROUPED, "ofen.csv"))
    assert found.reading.options == ("Ofen A", "Ofen B", "Ofen C")
    assert found.reading.criteria == ("Bild", "Steuerung", "Preis", "Wartung")
    assert {*found.reading.disciplines.values()} == {"Technik", "Kosten"}
    assert order(found) == ["Ofen A", "Ofen B", "Ofen C"]
    assert not found.reading.questions


def test_an_offer_called_total_is_no_sum_where_remarks_are_rare(tmp_path: Path) -> None:
    rows = [
        f"{wish},{offer},{score},{'as agreed' if score == 9 else ''}"
        for offer, scores in {"Basic": (3, 4, 5), "Total": (9, 8, 7), "Plus": (6, 6, 2)}.items()
        for wish, score in zip(("Price", "Cover", "Ease"), scores, strict=True)
    ]
    text = "\n".join(["Criterion,Plan,Points,Remarks", *rows]).replace("Total", "Vet Total")
    found = recognise(table(tmp_path, text))
    assert found.reading.options == ("Basic", "Vet Total", "Plus")
    assert order(found) == ["Vet Total", "Plus", "Basic"]


def test_a_sheet_of_weights_needs_no_heads(tmp_path: Path) -> None:
    book = Workbook()
    scores, weights = book.worksheets[0], book.create_sheet("Weights")
    for row in (("Chair", "Back", "Seat", "Weighted"), ("A", 8, 4, 7.2), ("B", 5, 9, 5.8), ("C", 2, 3, 2.2)):
        scores.append(row)
    for line in (("What matters", None), ("Back", 80), ("Seat", 20), ("Total", 100)):
        weights.append(line)
    book.save(tmp_path / "test.xlsx")
    found = recognise(tmp_path / "test.xlsx")
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert order(found) == ["A", "B", "C"]


def test_a_criterion_called_weight_is_none_of_the_weights_and_a_total_that_orders_otherwise_is_asked(
    tmp_path: Path,
) -> None:
    helmets = "Wish,Importance,A,B,C\nShield,4,9,3,1\nWeight,3,1,9,3\nAir,1,9,3,9\nTotal,,48,42,22\n"
    found = recognise(table(tmp_path, helmets))
    assert found.reading.criteria == ("Shield", "Weight", "Air")
    assert order(found) == ["A", "B", "C"]
    other = recognise(table(tmp_path, helmets.replace("48,42,22", "31,43,25")))
    assert [question.key for question in other.reading.questions] == ["directions"]


def test_rows_without_a_segment_are_told_and_count_nowhere(tmp_path: Path) -> None:
    people = (
        "P1,Shops,A,5,2",
        "P1,Shops,B,3,4",
        "P2,Homes,A,4,1",
        "P2,Homes,B,2,5",
        "P3,,A,1,1",
        "P3,,B,9,9",
    )
    found = recognise(table(tmp_path, "\n".join(["Respondent,Segment,Offer,Fresh,Cheap", *people])))
    assert "Rows 6, 7 name no segment, and so count nowhere." in found.reading.guesses
    assert found.reading.segments == ("Shops", "Homes")


def test_weights_in_points_and_in_percent_are_one_set_of_weights(tmp_path: Path) -> None:
    text = (
        ",Importance,,Offers,,\nWish,Points,Percent,A,B,C\nFresh,6,60,4,2,9\nCheap,3,30,1,5,3\n"
        "Near,1,10,3,4,1\nPoints total,,,30,31,64\nPercent total,,,300,310,640\n"
    )
    assert recognise(table(tmp_path, text)).reading.segments == ("Everyone",)


@pytest.mark.parametrize("side", ["weights", "sizes", ""])
def test_a_column_that_tells_scores_apart_is_the_segments_which_a_list_of_its_texts_proves(
    tmp_path: Path, side: str
) -> None:
    book = Workbook()
    scores, listed = book.worksheets[0], book.create_sheet("Zz")
    scores.append(("Criterion", "Zsource", "Public", "Score", "Option"))
    for i, place in enumerate(itertools.product(("Old", "Young"), ("A", "B", "C"), ("Fresh", "Cheap"))):
        scores.append((place[2], "xy"[i % 5 == 0], place[0], 1 + 7 * i % 10, place[1]))
    lists = {"weights": (("Zu", "Old", "Young"), ("Fresh", 30, 80), ("Cheap", 70, 20)),
             "sizes": (("Zv", "Population"), ("Young", 300), ("Old", 100)), "": (("Nothing",),)}  # fmt: skip
    for row in lists[side]:
        listed.append(row)
    book.save(tmp_path / "test.xlsx")
    found = recognise(tmp_path / "test.xlsx")
    assert found.reading.segments == ("Old", "Young")
    assert [question.about for question in found.reading.questions] == ([] if side else [("Public",)])
    made = found.scenario(take_guesses=True)
    assert made.weights.tolist() == ([[0.3, 0.7], [0.8, 0.2]] if side == "weights" else [[0.5, 0.5]] * 2)
    assert [segment.size for segment in made.segments] == ([100, 300] if side == "sizes" else [1, 1])
