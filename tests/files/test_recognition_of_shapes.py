"""Tables as people have them: what each is taken for, what proves it, what is asked, and what ranks first."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from written_tables import book_of, order, table

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import InvalidFile, StorageError, ValuemixError
from valuemix.files.recognition.entry import recognise
from valuemix.files.recognition.reading import Reading, read_map
from valuemix.files.recognition.recognise import OpenQuestions
from valuemix.files.recognition.sentences import sentences
from valuemix.files.tables.importer import import_path

MONTHS = [*enumerate(("Jan", "Feb", "Mar", "Apr", "May"))]
SHAPES = Path(__file__).parents[1] / "data" / "faults" / "shapes"
HOSTILE = SHAPES.parents[1] / "hostile"
ORDERS = [
    ("1_decision_matrix.csv", 1, (3, 3), ["Vendor West", "Vendor North", "Vendor East"]),
    ("2_criteria_in_rows.csv", 2, (3, 3), ["Option 2", "Option 1", "Option 3"]),
    ("3_respondent_ratings.csv", 3, None, ["b", "a"]),
    ("5_pugh_and_qfd.csv", 2, (4, 4), ["Concept 1", "Concept 2", "Baseline"]),
    ("5b_house_of_quality.csv", 2, (3, 3), ["Rival P", "Us", "Rival Q"]),
    ("6_several_raters.csv", 5, None, ["Offer 2", "Offer 1"]),
    ("7_one_matrix_a_segment.xlsx", 6, (24, 24), None),
    ("own_criteria_no_disciplines_sheet.xlsx", 1, None, ["Car C", "Car A", "Car B"]),
    ("raters_dup.xlsx", 5, None, ["Beta", "Alpha"]),
]


@pytest.mark.parametrize(("name", "shape", "proof", "ranked"), ORDERS, ids=[row[0] for row in ORDERS])
def test_a_table_of_a_known_shape_is_read_without_a_question(
    name: str, shape: int, proof: tuple[int, int] | None, ranked: list[str] | None
) -> None:
    found = recognise(SHAPES / name)
    assert found.reading.shape == shape
    assert not found.reading.questions
    agreed = found.reading.proof and (found.reading.proof.agree, found.reading.proof.compared)
    if name != "7_one_matrix_a_segment.xlsx" or agreed:
        assert agreed == proof
    assert ranked is None or order(found) == ranked


def test_a_matrix_a_segment_has_its_sizes_from_the_titles() -> None:
    found = recognise(SHAPES / "7_one_matrix_a_segment.xlsx")
    assert found.reading.sizes == {
        "Corporate headquarters": 42, "Mid-size offices": 31, "Hotels": 17, "Public sector": 10
    }  # fmt: skip
    assert found.scenario().weights[3].tolist() == pytest.approx([0.1, 0.35, 0.45, 0.1])
    assert (found.reading.scale.lowest, found.reading.scale.highest) == (1, 10)


def test_values_of_a_matrix_are_the_owners_own_totals() -> None:
    frame = evaluate(recognise(SHAPES / "1_decision_matrix.csv").scenario()).to_frame()
    values = dict(zip(frame["proposition"], frame["value"], strict=True))
    assert values == pytest.approx({"Vendor North": 68.85, "Vendor East": 66.4, "Vendor West": 70.5})


def test_words_among_numbers_are_one_question_that_a_map_answers() -> None:
    found = recognise(SHAPES / "4_rice_backlog.csv")
    [question] = found.reading.questions
    assert question.about == ("high", "XL")
    with pytest.raises(OpenQuestions, match=r"'high' \(C4\), 'XL' \(E4\)"):
        found.scenario()
    answered = recognise(SHAPES / "4_rice_backlog.csv", Reading(words={"high": 2, "XL": 10}))
    assert not answered.reading.questions
    # 500 x 3 x 0.8 / 5 = 240; 300 x 1 x 1 / 2 = 150; 900 x 2 x 0.5 / 10 = 90
    assert order(answered) == ["Single sign-on", "Dark mode", "Bulk export"]


def test_a_product_ranks_as_the_owners_product_does(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    cells = [
        rng.integers(1, 2000, 12),
        rng.integers(1, 4, 12),
        rng.integers(1, 11, 12) / 10,
        rng.integers(1, 30, 12),
    ]
    product = cells[0] * cells[1] * cells[2] / cells[3]
    rows = [f"F{i},{','.join(str(c[i]) for c in cells)},{product[i]:.2f}" for i in range(12)]
    found = recognise(table(tmp_path, "Idea,Reach,Impact,Confidence,Effort,RICE\n" + "\n".join(rows)))
    assert found.reading.shape == 4
    assert order(found) == [f"F{i}" for i in np.argsort(-product)]


def test_a_factor_of_zero_is_refused_with_its_row(tmp_path: Path) -> None:
    text = "Idea,Reach,Impact,Effort,Score\nA,100,2,5,40\nB,50,1,2,25\nC,0,3,2,0\nD,10,3,3,10\n"
    with pytest.raises(InvalidFile, match="Reach of 'C' is 0; a factor of a product must be above 0"):
        recognise(table(tmp_path, text))


def test_a_total_that_differs_is_told_with_its_cell_and_by_how_much(tmp_path: Path) -> None:
    text = "Option,Speed,Care,Total\nWeight,60,40,\nA,3,5,3.8\nB,4,2,3.9\nC,5,5,5\n"
    proof = recognise(table(tmp_path, text)).reading.proof
    assert str(proof) == "Your own totals agree in 2 of 3: D4 (B) is 3.9 where the cells give 3.2 (+0.7)."


def test_a_low_cost_that_the_owner_adds_up_is_not_turned_and_a_rent_in_euros_is(tmp_path: Path) -> None:
    added = recognise(SHAPES / "2_criteria_in_rows.csv")
    assert added.reading.directions == {}
    text = "Flat,Rent (EUR),Quality\nWeight,50,50\nA,1450,4\nB,1200,4\nC,1700,4\n"
    rented = recognise(table(tmp_path, text))
    assert not rented.reading.questions
    assert rented.reading.anchors == {"Rent (EUR)": (1700, 1200)}
    assert order(rented) == ["B", "A", "C"]
    assert rented.scenario().disciplines[0].highest == "1200 EUR"


def test_a_risk_that_nothing_explains_is_asked_and_the_answer_turns_it(tmp_path: Path) -> None:
    path = table(tmp_path, "Option,Fit,Risk\nWeight,50,50\nA,4,5\nB,4,1\n")
    [question] = recognise(path).reading.questions
    assert question.text == "Is more of 'Risk' better, or less?"
    turned = recognise(path, Reading(directions={"Risk": "less"}))
    assert order(turned) == ["B", "A"]


def test_groups_are_disciplines_and_the_owners_total_comes_out(tmp_path: Path) -> None:
    text = (
        "Group,Criterion,Weight,A,B,Total of nothing\nTechnical,Speed,20,3,5,\n,Depth,30,4,1,\n"
        "Human,Care,40,5,2,\n,Warmth,10,1,4,\n,Weighted score,,3.9,2.5,\n"
    )
    found = recognise(table(tmp_path, text))
    scenario = found.scenario()
    assert [d.name for d in scenario.disciplines] == ["Technical", "Human"]
    frame = evaluate(scenario).to_frame()
    assert frame[frame["segment"] == "Overall"]["value"].tolist() == pytest.approx([3.9, 2.5])
    assert "Under Technical: 'Speed', 'Depth'; they add up by their weights." in sentences(found.reading)


def test_many_criteria_go_under_disciplines_and_the_total_comes_out(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    names = ["Design", "Novelty", "Support", "Advice", "Carbon", "Uptime", *(f"Item {k}" for k in range(9))]
    scores, weights = rng.integers(1, 6, (4, 15)), rng.integers(1, 9, 15)
    lines = ["Offer," + ",".join(names), "Weight," + ",".join(map(str, weights))]
    lines += [f"O{i}," + ",".join(map(str, row)) for i, row in enumerate(scores)]
    found = recognise(table(tmp_path, "\n".join(lines)))
    frame = evaluate(found.scenario()).to_frame()
    overall = frame[frame["segment"] == "Overall"]["value"].tolist()
    assert overall == pytest.approx((scores @ weights / weights.sum()).tolist())
    assert len(found.scenario().disciplines) == 4
    assert found.reading.disciplines["Carbon"] == "Social purpose"


def test_weights_without_any_offer_are_told_as_such() -> None:
    found = recognise(SHAPES / "3b_respondent_constant_sum.csv")
    with pytest.raises(
        InvalidFile, match=r"holds weights \(Enterprise, Small\), but no proposition is scored"
    ):
        found.scenario()


def test_words_and_signs_in_our_own_sheets_are_asked_and_check_stays_strict() -> None:
    found = recognise(SHAPES / "labels.xlsx")
    assert {"High", "S"} <= {*found.reading.questions[0].about}
    assert order(found, take_guesses=True) == ["Alpha", "Beta"]
    with pytest.raises(InvalidFile, match="'High' is not a plain number"):
        import_path(SHAPES / "labels.xlsx")


def test_our_own_sheets_go_through_as_they_always_did() -> None:
    book = Path(__file__).parents[2] / "scenarios" / "sfo_2017.xlsx"
    found = recognise(book)
    assert found.reading.shape == 8
    assert found.scenario() == import_path(book).scenario
    assert found.notices == import_path(book).notices


@pytest.mark.parametrize("name", sorted(path.name for path in SHAPES.iterdir()))
@pytest.mark.one_in(3)
def test_a_reading_is_the_same_after_json_and_its_sentences_name_the_file(name: str) -> None:
    reading = recognise(SHAPES / name).reading
    assert Reading.from_json(reading.to_json()) == reading
    assert sentences(reading)[0].startswith(name)


def test_subtotals_of_groups_prove_the_reading_and_are_left_out(tmp_path: Path) -> None:
    text = (
        "Category,Criterion,Weight,Alt 1,Alt 2\nTechnical,Performance,15,4,3\nTechnical,Reliability,15,3,5\n"
        "Subtotal technical,,30,105,120\nCommercial,Price,40,5,3\nCommercial,Terms,30,2,4\n"
        "Subtotal commercial,,70,260,240\nGrand total,,100,365,360\n"
    )
    found = recognise(table(tmp_path, text))
    assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
    assert [d.name for d in found.scenario().disciplines] == ["Technical", "Commercial"]
    assert order(found) == ["Alt 1", "Alt 2"]


def test_a_column_of_words_without_a_total_is_no_option(tmp_path: Path) -> None:
    text = (
        "Requirement,Needed?,Weight,Tool 1,Tool 2\nSSO,yes,5,Yes,No\nAPI,yes,4,Partly,Yes\n"
        "Mobile,no,2,Yes,Yes\nScore,,,9,6\n"
    )
    found = recognise(table(tmp_path, text))
    assert order(found) == ["Tool 1", "Tool 2"]
    assert "'Needed?' is left out: it has no total, which the others have." in sentences(found.reading)


@pytest.mark.parametrize(
    ("name", "cell"),
    [("percent", "70%"), ("hex", "0x1A"), ("inf", "inf"), ("true", "TRUE"), ("text", "high"), ("fraction", "1/2"),
     ("excel_date", "7-May"), ("underscore", "1_0"), ("fullwidth", "７"), ("currency", "€5"), ("overflow", "1e400")],
)  # fmt: skip
def test_a_cell_that_is_no_plain_score_is_asked_and_never_dropped(name: str, cell: str) -> None:
    [question] = recognise(HOSTILE / f"score_{name}.csv").reading.questions
    assert question.key == "words"
    assert cell in question.about


def test_a_score_that_is_not_there_is_told() -> None:
    guesses = recognise(HOSTILE / "score_blank.csv").reading.guesses
    assert "1 of 16 scores is missing; their weight goes to the other criteria." in guesses


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.csv")), ids=lambda path: path.stem)
@pytest.mark.one_in(4)
def test_a_hostile_table_is_a_reading_or_a_message(path: Path) -> None:
    try:
        found = recognise(path)
        told = [*sentences(found.reading), repr(found.scenario(take_guesses=True))]
    except ValuemixError as error:
        told = [str(error)]
    assert all(told)


def test_a_number_that_a_comma_splits_is_refused_and_a_title_with_commas_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="has 5 fields where the header has 4"):
        recognise(HOSTILE / "dialect_comma_decimal_unquoted.csv")
    text = "Our choice, as of May, by us, all\nOption,Fit,Care\nWeight,60,40\nA,4,5\nB,5,2\n"
    assert order(recognise(table(tmp_path, text))) == ["A", "B"]


def test_what_cannot_be_read_is_told_in_the_owners_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as error:
        recognise(table(tmp_path, "Invoice,Amount\n2026-1,120\n2026-2,80\n", "bills.csv"))
    assert "'Amount' is the one column of numbers" in str(error.value)
    with pytest.raises(InvalidFile, match="no names that stand over numbers"):
        recognise(table(tmp_path, "a,b\nc,d\n"))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("Invoice,Date,Customer,Qty,Amount\nI1,1.4.2025,A,7,49\nI2,2.4.2025,B,6,12\nI3,2.4.2025,A,5,50\n", "a ledger"),
        ("Month,Revenue,Cost,Margin\n" + "".join(f"{m} 2025,9,{i},{9 - i}\n" for i, m in MONTHS), "points in time"),
        ("Artikelnr;Lager;Bestand;Einkaufspreis\n40010;L1;3;4,5\n40011;L1;8;1,2\n40012;L2;2;9\n", "a stock list"),
    ],
)  # fmt: skip
def test_a_table_with_nothing_to_rank_is_refused_unless_the_owner_insists(
    tmp_path: Path, rows: str, why: str
) -> None:
    path = table(tmp_path, rows)
    with pytest.raises(InvalidFile, match=f"nothing to rank: .*{why}"):
        recognise(path)
    insisted = recognise(path, Reading.from_json('{"columns_are": "criteria"}'))
    assert insisted.reading.options


def test_the_map_of_every_open_question_reads_as_it_stands(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, ",Speed (km),Care\nA,3,high\nB,900,5\nC,50,great\n"))
    maps = [re.search(r"In a map: (\{.*\})", str(question)) for question in found.reading.questions]
    assert maps
    assert all(answer and Reading.from_json(answer[1]) for answer in maps)


def test_a_must_have_column_is_no_option_and_worst_and_best_are_the_anchors(tmp_path: Path) -> None:
    must = recognise(table(tmp_path, "Criterion,Weight,Must have?,A,B\nSafety,60,yes,4,3\nCare,40,no,3,5\n"))
    assert must.reading.options == ("A", "B")
    rows = (
        "Van,Price (EUR),Range (km)\nWeight,60,40\nA,30,200\nB,40,300\nC,35,250\nworst,50,100\nbest,20,400\n"
    )
    found = recognise(table(tmp_path, rows))
    assert found.reading.options == ("A", "B", "C")
    assert found.reading.anchors == {"Price (EUR)": (50, 20), "Range (km)": (100, 400)}
    assert not found.reading.questions


def test_a_backlog_with_its_cost_of_delay_ranks_as_its_own_total(tmp_path: Path) -> None:
    rows = "Epic,Value,Urgency,Risk reduction,Cost of delay,Job size,WSJF\n"
    rows += "A,8,13,5,26,8,3.25\nB,13,8,8,29,3,9.67\nC,5,3,2,10,5,2\nD,3,20,13,36,8,4.5\n"
    found = recognise(table(tmp_path, rows))
    assert order(found) == ["B", "D", "A", "C"]
    assert found.reading.proof is not None
    assert not found.reading.proof.mismatches


def test_the_rest_of_a_list_of_sizes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "market.xlsx"
    sizes: list[list[object]] = [["Segment", "Customers", "Comment"], ["Young", 40, "panel"], ["Old", 60, ""]]
    rows: list[list[object]] = [["", "Speed", "Ease"], ["Weight", 60, 40], ["X", 4, 3], ["Y", 2, 5]]
    path.write_bytes(book_of({"Market": [*sizes, ["Total", 100, ""]], "Young": rows, "Old": rows}))
    found = recognise(path).reading
    assert found.sizes == {"Young": 40, "Old": 60}
    assert {"Total (Market)", "Comment"} <= {left.what for left in found.left_out}


def test_sheets_named_after_people_are_asked_about_whatever_the_criteria_are_called(tmp_path: Path) -> None:
    path = tmp_path / "scores.xlsx"
    rows: list[list[object]] = [
        ["", "Market growth", "Ease"],
        ["Weight", 60, 40],
        ["Poland", 4, 3],
        ["Mexico", 2, 5],
    ]
    path.write_bytes(book_of({"Anna": rows, "Ben": rows}))
    found = recognise(path)
    assert [question.key for question in found.reading.questions] == ["sheets_are"]
    raters = recognise(path, Reading(sheets_are="raters"))
    assert raters.reading.raters == ("Anna", "Ben")


def test_a_map_that_is_none_is_told_with_its_field(tmp_path: Path) -> None:
    with pytest.raises(
        ValuemixError, match=r"roles\.json: columns_are: Input should be 'criteria' or 'options'"
    ):
        read_map(table(tmp_path, '{"columns_are": "rows"}', "roles.json"))
    with pytest.raises(StorageError, match="cannot be read"):
        read_map(tmp_path / "nowhere.json")


@pytest.mark.parametrize("segment", [True, False], ids=["with segments", "without"])
def test_points_that_respondents_divide_are_no_scores_of_offers(tmp_path: Path, segment: bool) -> None:
    rows = ["Respondent,Segment,Price,Service,Brand,Speed", "1,Small,40,30,10,20", "2,Small,50,20,10,20",
            "3,Large,20,40,20,20", "4,Large,25,35,15,25"]  # fmt: skip
    if not segment:
        rows = [",".join(cell for i, cell in enumerate(row.split(",")) if i != 1) for row in rows]
    path = tmp_path / "points.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"no proposition is scored in it.*valuemix survey"):
        recognise(path).scenario()


def test_codes_of_products_are_their_names(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("Product code,Quality,Delivery\nWeight,60,40\n1001,3,5\n1002,4,2\n", encoding="utf-8")
    assert recognise(path).scenario().proposition_names == ("1001", "1002")


def test_a_number_far_beyond_the_others_of_its_column_is_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Offer,Speed,Care\nWeight,60,40\nA,3,5\nB,444,4\nC,4,4\nD,5,3\n", encoding="utf-8")
    guesses = " ".join(recognise(path).reading.guesses)
    assert "One number of 'Speed', 444, is far beyond the others: look whether it is right." in guesses
    assert "One number of 'Care'" not in guesses


def test_what_a_respondent_rated_is_the_option_and_not_what_the_respondent_is(tmp_path: Path) -> None:
    rows = ["RespID,Household,Mode rated,Comfort,Speed"]
    for who, household in enumerate(("Alone", "Alone", "Family", "Family"), 1):
        rows += [
            f"{who},{household},{mode},{score},{9 - score}" for mode, score in (("Rail", 8), ("Coach", 3))
        ]
    path = tmp_path / "rated.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    assert set(recognise(path).scenario().proposition_names) == {"Rail", "Coach"}


def test_a_number_that_an_article_goes_by_is_its_name(tmp_path: Path) -> None:
    path = tmp_path / "sku.csv"
    path.write_text("SKU,Taste,Pack\n451,3,5\n452,4,4\n460,2,3\n", encoding="utf-8")
    assert recognise(path).scenario().proposition_names == ("451", "452", "460")


GRADES = "Kriterium;Gewicht;Nord;Süd;West\nPreis;50;1;3;2\nService;30;2;4;1\nTempo;20;1;5;3\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GRADES + "Platz;;1;3;2\n", "your own ranks, 1 for the best, say so"),
        ("Schulnoten 1 (sehr gut) bis 6 (ungenügend)\n\n" + GRADES, "'Schulnoten 1 (sehr gut)"),
    ],
)
def test_grades_of_which_1_is_the_best_count_down(tmp_path: Path, text: str, told: str) -> None:
    found = recognise(table(tmp_path, text, "noten.csv"))
    assert order(found) == ["Nord", "West", "Süd"]
    assert any(
        told in sentence for sentence in found.reading.guesses if sentence.startswith("Less is better")
    )


def test_ranks_that_agree_are_told_and_ranks_that_go_neither_way_are_asked_about(tmp_path: Path) -> None:
    agreeing = recognise(table(tmp_path, GRADES + "Platz;;3;1;2\n", "a.csv"))
    assert "Your own order agrees in 3 of 3 pairs of options." in agreeing.reading.guesses
    crossing = recognise(table(tmp_path, GRADES + "Platz;;1;2;3\n", "b.csv"))
    [question] = crossing.reading.questions
    assert question.key == "directions"
    assert "with 'Nord' first, agrees in only 1 of 3 pairs" in question.text
    answered = recognise(
        table(tmp_path, GRADES + "Platz;;1;2;3\n", "c.csv"), Reading(directions={"Preis": "less"})
    )
    assert not answered.reading.questions


def test_a_code_for_no_answer_is_told_and_is_no_score(tmp_path: Path) -> None:
    rows = "".join(f"R{i},{'AB'[i % 2]},{1 + i % 7},{99 if i == 3 else 2 + i % 6}\n" for i in range(12))
    found = recognise(table(tmp_path, "RespondentID,Concept,Relevance (1-7),Clarity (1-7)\n" + rows, "s.csv"))
    assert "99 stands once far from all other answers and is taken for no answer." in found.reading.guesses
    assert found.reading.scale is not None
    assert found.reading.scale.highest == 7


def test_minus_one_among_signs_is_a_score(tmp_path: Path) -> None:
    answers = {"A": (1, 1), "B": (0, -1), "C": (-1, -1)}
    rows = "".join(f"R{i},{name},{a},{b}\n" for i in range(4) for name, (a, b) in answers.items())
    found = recognise(table(tmp_path, "RespondentID,Concept,Speed,Care\n" + rows, "signs.csv"))
    assert not any("no answer" in guess for guess in found.reading.guesses)
    assert order(found, take_guesses=True) == ["A", "B", "C"]
