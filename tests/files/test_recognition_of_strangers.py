"""Tables as strangers send them: footnotes, abbreviations and titles in cells where scores may stand."""

from __future__ import annotations

from itertools import cycle, product
from pathlib import Path

import pytest
from written_tables import book_of, order, table

from valuemix.errors import InvalidFile
from valuemix.files.recognition.entry import recognise, recognise_pasted

SCORECARD = """Nr.;Lieferant;Qualität;Preis;Service;Gesamt
Gewichtung;;50%;30%;20%;100%
700123;Brandl;8;5;9;7,3
700348;Weiss;9;3;n. b.;5,4
700355;Polymer;7;8;6;7,1
;;;;;
Punkte 1–10, 10 = sehr gut. n. b. = nicht bewertet;;;;;
"""


def test_weights_in_the_column_of_ids_and_footnotes_are_no_options(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, SCORECARD))
    assert found.reading.options == ("Brandl", "Weiss", "Polymer")
    assert found.reading.criteria == ("Qualität", "Preis", "Service")
    assert found.scenario().weights.tolist() == [pytest.approx([0.5, 0.3, 0.2])]
    assert found.reading.proof
    assert found.reading.proof.agree == 3
    assert any(left.what.startswith("Punkte 1–10") for left in found.reading.left_out)


@pytest.mark.parametrize(
    ("text", "options", "criteria"),
    [
        ("\tNA\tCare\tKa\nWeight\t50\t30\t20\nA\t3\t4\t5\nB\t2\tn/a\t1\n", ("A", "B"), ("NA", "Care", "Ka")),
        ("\tSpeed\tCare\nWeight\t60\t40\nNA\t3\t4\nKa\t2\t5\n", ("NA", "Ka"), ("Speed", "Care")),
        ("\tNA\tKa\nNC\t3\t4\nND\t2\t5\n", ("NC", "ND"), ("NA", "Ka")),
    ],
)
def test_a_head_over_numbers_is_a_name_also_where_it_may_stand_for_a_missing_score(
    text: str, options: tuple[str, ...], criteria: tuple[str, ...]
) -> None:
    reading = recognise_pasted(text).reading
    assert (reading.options, reading.criteria) == (options, criteria)


@pytest.mark.parametrize("missing", ["n. b.", "s/d", "NSP", "k. A.", "不详"])
def test_an_abbreviation_for_a_missing_score_needs_no_question(tmp_path: Path, missing: str) -> None:
    found = recognise(table(tmp_path, f",Speed,Care\nWeight,60,40\nA,3,5\nB,4,{missing}\nC,2,1\n"))
    assert found.reading.options == ("A", "B", "C")
    assert order(found) == ["B", "A", "C"]


def test_postal_codes_are_no_scores(tmp_path: Path) -> None:
    rows = ",Place,Speed,Care\nA,84028,3,5\nB,CH-8400,4,2\nC,CZ-62700,2,1\n"
    assert recognise(table(tmp_path, rows)).reading.criteria == ("Speed", "Care")


def test_shares_in_the_heads_are_weights_and_stars_of_five_are_scores(tmp_path: Path) -> None:
    rows = (
        "序号,候选系统,功能 (50%),价格 (30%),服务 (20%),综合得分,名次\n"
        "1,用友,★★★★☆,★★★☆☆,★★★☆☆,70,第2名\n2,金蝶,★★★★★,★★★★☆,★★☆☆☆,82,第1名\n3,浪潮,★★☆☆☆,★★★★★,—,50,第3名\n"
        "注:1. ★越多越好。,,,,,,\n"
    )
    found = recognise(table(tmp_path, rows))
    assert not found.reading.questions
    assert found.reading.criteria == ("功能", "价格", "服务")
    assert found.scenario().weights.tolist() == [pytest.approx([0.5, 0.3, 0.2])]
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."


def test_shares_that_do_not_add_up_stay_in_the_names(tmp_path: Path) -> None:
    rows = ",Rebate (20%),Rebate (5%)\nA,3,5\nB,4,2\n"
    assert recognise(table(tmp_path, rows)).reading.criteria == ("Rebate (20%)", "Rebate (5%)")


def test_tabs_separate_whatever_commas_stand_in_a_title(tmp_path: Path) -> None:
    rows = "Backlog (Reach = users a quarter, 167 in progress)\n\nFeature\tReach\tImpact\tEffort\tRICE\n"
    rows += "Carts\t12,000\t1\t4\t3,000\nPay\t18,500\t2\t6\t6,167\nSearch\t30,000\t1\t10\t3,000\n"
    found = recognise(table(tmp_path, rows, "backlog.tsv"))
    assert found.reading.criteria == ("Reach", "Impact", "Effort")
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert order(found)[0] == "Pay"


PUGH = """## Brackets, 12 Sept

| Criterion | Steel (datum) | Aluminium | Titanium | Wt |
|---|:-:|:-:|:-:|:-:|
| Cost | S | + | − | 5 |
| Mass | S | + | ++ | 4 |
| Strength | S | - | + | 4 |
| **Net** | 0 | 1 | 2 | |
| **Weighted net** | 0 | 5 | 7 | |
"""


def test_a_markdown_table_is_read_from_a_file_as_from_the_clipboard(tmp_path: Path) -> None:
    found = recognise(table(tmp_path, PUGH, "pugh.md"))
    assert found.reading.options == ("Steel (datum)", "Aluminium", "Titanium")
    assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
    assert order(found) == order(recognise_pasted(PUGH)) == ["Titanium", "Aluminium", "Steel (datum)"]


def test_a_log_of_ratings_is_of_what_was_rated_and_not_of_who_rated(tmp_path: Path) -> None:
    things, groups, criteria = (
        ("Heat pump", "Thermostat", "Charger", "Roof"),
        ("Homes", "Firms"),
        ("Need", "Cost", "Fit"),
    )
    words, people = cycle(("High", "Low", "Medium", "Low", "Very high")), cycle(("jk", "sb", "jk", "mt"))
    cells = [(next(people), *place, next(words)) for place in product(things, groups, criteria)]
    rows = ["Who,Thing,Target group,Criterion,Rating", *map(",".join, cells), "sb,Roof,Firms,Fit,High"]
    found = recognise(table(tmp_path, "\n".join(rows)))
    assert found.reading.options == things
    assert not found.reading.questions
    assert found.reading.directions == {"Cost": "less"}
    assert any("again for the same place" in guess for guess in found.reading.guesses)


def test_weights_on_the_summary_alone_hold_for_every_rater(tmp_path: Path) -> None:
    marks = {
        "A. Martin": [[4, 2, 5], [3, 5, 1], [2, 4, 3]],
        "C. Dubois": [[5, 3, 4], [2, "NSP", 2], [3, 3, 4]],
    }
    names = ("Clients", "Loyer", "Délai")
    head = ["Critère", "Lille", "Metz", "Lyon"]
    sheets = {
        who: [[f"Évaluateur : {who}"], head, *([n, *r] for n, r in zip(names, rows, strict=True))]
        for who, rows in marks.items()
    }  # fmt: skip
    means = [[4.5, 2.5, 4.5], [2.5, 5, 1.5], [2.5, 3.5, 3.5]]
    sheets["Synthèse"] = [
        ["Critère", "Poids", "Lille", "Metz", "Lyon"],
        *([name, weight, *row] for name, weight, row in zip(names, (5, 4, 1), means, strict=True)),
        ["Total pondéré", "", 3.5, 3.6, 3.2],
    ]
    path = tmp_path / "sites.xlsx"
    path.write_bytes(book_of(sheets))
    found = recognise(path)
    assert found.reading.raters == ("A. Martin", "C. Dubois")
    assert not found.reading.questions
    assert found.scenario().weights.tolist() == [pytest.approx([0.5, 0.4, 0.1])]
    assert order(found) == ["Metz", "Lille", "Lyon"]


def test_a_plan_and_what_came_of_it_is_nothing_to_rank(tmp_path: Path) -> None:
    rows = "Item,Plan,Actual,Deviation %\nTrade fairs,150,163.4,8.9\nOnline ads,190,181.7,-4.4\nPrint,60,48.2,-19.7\n"
    with pytest.raises(
        InvalidFile, match="nothing to rank: its columns 'Plan', 'Actual', 'Deviation %' set a plan"
    ):
        recognise(table(tmp_path, rows))
