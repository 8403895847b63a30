"""What no name tells is told by what stands in the cells: counts of signs, ids, dates, columns that cross."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner
from written_tables import book_of, order, table

from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.errors import InvalidFile
from valuemix.files.recognition.entry import recognise
from valuemix.files.recognition.reading import Reading

PUGH = "Need,A (datum),B,C,D\nCost,S,+,-,+\nMass,S,+,+,+\nFit,S,-,+,S\nLook,S,S,S,S\n"
COUNTS = {
    "spelled as people spell": ("Sum +'s", "Sum of -'s", "# of S", "Net score"),
    "called by words": ("Better than datum", "Worse", "Unchanged", "Overall"),
    "in German": ("Plus", "Minus", "Gleich", "Ergebnis"),
    "as signs": ("\u03a3+", "\u03a3-", "\u03a3S", "Net"),
}


@pytest.mark.parametrize("names", COUNTS.values(), ids=COUNTS)
def test_counts_at_the_foot_of_a_pugh_sheet_are_totals_that_prove_it(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    feet = ("0,2,2,2", "0,1,1,0", "4,1,1,2", "0,1,1,2")
    rows = "".join(f"{name},{foot}\n" for name, foot in zip(names, feet, strict=True))
    found = recognise(table(tmp_path, PUGH + rows))
    assert found.reading.criteria == ("Cost", "Mass", "Fit", "Look")
    assert str(found.reading.proof) == "Your own totals agree (16 of 16)."
    assert order(found)[0] == "D"
    assert not found.reading.questions


def long(heads: str, *keys: str) -> str:
    cells = itertools.product(*(key.split() for key in keys))
    rows = (
        f"{','.join(cell)},{i % 5 + 1},2025-03-{i % 9 + 10},as agreed {i}" for i, cell in enumerate(cells)
    )
    return "\n".join([f"{heads},Marks out of 5,Date entered,Evaluator comment", *rows])


def test_a_long_list_with_dates_and_comments_is_no_table_of_values_over_time(tmp_path: Path) -> None:
    text = long("Region,Bundle,Lens", "North South", "Night Day Week", "Desire Worth Skill")
    found = recognise(table(tmp_path, text)).reading
    assert (found.options, found.criteria) == (("Night", "Day", "Week"), ("Desire", "Worth", "Skill"))
    assert found.segments == ("North", "South")
    assert {left.what for left in found.left_out} == {"Date entered", "Evaluator comment"}
    assert not found.questions


def test_columns_that_cross_are_asked_about_where_no_name_tells_and_the_answer_is_followed(
    tmp_path: Path,
) -> None:
    path = table(tmp_path, long("Where,What,How", "North South", "Night Day Week", "Desire Worth"))
    found = recognise(path).reading
    assert [(q.about, q.guess) for q in found.questions] == [(("Where",), "segment"), (("How",), "criterion")]
    said = recognise(path, Reading(roles={"Where": "rater", "How": "option", "What": "criterion"})).reading
    assert not said.questions
    assert (said.options, said.raters) == (("Desire", "Worth"), ("North", "South"))


@pytest.mark.parametrize("head", ["RespondentID", "ID", "uuid", "Participant", "Nr", "panel_id"])
def test_ids_are_no_criteria_and_a_weight_of_people_is_theirs(tmp_path: Path, head: str) -> None:
    rows = [
        f"{1000 + i},{0.5 + i % 3},{o},{3 + (i + k) % 4},{6 - k}"
        for i in range(6)
        for k, o in enumerate("AB")
    ]
    text = "\n".join([f"{head},weight,Concept,Appeal (1-7),Fit (1-7)", *rows])
    found = recognise(table(tmp_path, text)).reading
    assert found.criteria == ("Appeal (1-7)", "Fit (1-7)")
    assert found.roles["weight"] == "survey weight"
    assert found.shape == 3
    assert not found.questions


@pytest.mark.parametrize("head", ["ID", "Employee ID", "Nr", "uuid"])
def test_an_id_beside_options_numbers_them(tmp_path: Path, head: str) -> None:
    text = f"{head},Vendor,Speed,Care\n11,A,3,4\n12,B,4,2\n13,C,1,5\n"
    found = recognise(table(tmp_path, text)).reading
    assert (found.options, found.criteria) == (("A", "B", "C"), ("Speed", "Care"))


def test_titles_footers_and_a_summary_are_told_as_left_out(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    rows: list[list[object]] = [
        ["Which vendor?"], ["Scored 1 (poor) to 5 (good)"], [], ["", "Speed", "Care"], ["Weight", 60, 40],
        ["X", 4, 3], ["Y", 2, 4], [], ["Draft, without tax"],
    ]  # fmt: skip
    path.write_bytes(book_of({"Summary": [["", "Rate"], ["X", 3.6], ["Y", 2.8]], "Scores": rows}))
    found = recognise(path).reading
    told = {left.what for left in found.left_out}
    assert told == {"Which vendor?", "Scored 1 (poor) to 5 (good)", "Draft, without tax", "Summary"}
    assert (found.scale.lowest, found.scale.highest) == (1, 5) if found.scale else False


def test_showing_the_map_saves_nothing_and_tells_each_question_once(tmp_path: Path) -> None:
    path = table(tmp_path, "Option,Fit,Risk\nWeight,50,50\nA,4,5\nB,4,1\n")
    result = CliRunner().invoke(main, ["import", str(path), "--show-map", "-o", str(tmp_path / "x.json")])
    assert result.exit_code == 0
    assert result.output.count("Is more of 'Risk' better") == 1
    assert not (tmp_path / "x.json").exists()


def test_criteria_in_groups_are_attributes_in_the_owners_units_and_rank_as_their_total(
    tmp_path: Path,
) -> None:
    path = tmp_path / "groups.xlsx"
    heads = [["", "Use", "", "Cost", ""], ["", "Speed", "Care", "Price (EUR)", "Repairs"]]
    young = [["Weight", 30, 30, 30, 10], ["X", 4, 3, 1200, 2], ["Y", 2, 5, 1500, None], ["Z", 3, 3, 900, 1]]
    old = [["Weight", 10, 30, 30, 30], ["X", 5, 3, 1200, 2], ["Y", 2, 4, 1500, 5], ["Z", 3, 1, 900, 1]]
    path.write_bytes(book_of({"Young": [*heads, *young], "Old": [*heads, *old]}))  # type: ignore[list-item]
    found = recognise(path, Reading(sheets_are="segments", directions={"Repairs": "less"}))
    scenario = found.scenario()
    assert scenario.discipline_names == ("Use", "Cost")
    assert scenario.attribute_names == ("Speed", "Care", "Price (EUR)", "Repairs")
    price = scenario.attributes[2]
    assert (price.worst, price.best, price.unit) == (1500, 900, "EUR")
    assert {row.attribute for row in scenario.attribute_weights} == {"Speed", "Repairs"}
    shared = [row for row in scenario.attribute_scores if row.attribute == "Price (EUR)"]
    assert [(row.segment, row.value) for row in shared] == [("", 1200), ("", 1500), ("", 900)]
    # Old, X: 0.4 x mean of Speed 5 and Care 3 by 10 to 30, and 0.6 x mean of Price 3.5 of 1 to 5 and Repairs.
    low, high = scenario.scale.lowest, scenario.scale.highest
    use, cost = (10 * 5 + 30 * 3) / 40, (low + (high - low) * 0.5 + low + high - 2) / 2
    frame = evaluate(scenario).to_frame().set_index(["segment", "proposition"])
    assert frame.loc[("Old", "X"), "value"] == pytest.approx(0.4 * use + 0.6 * cost)


LEAST = "Where,Beach,Food,Cost,Sum of ranks\nLisbon,2,1,2,5\nCrete,1,3,1,5\nOslo,4,4,4,12\nMalta,3,2,3,8\n"
ASKED = "Vendor,Beach,Food\nLisbon,2,1\nCrete,1,3\nOslo,3,2\n"
AGREED = "Statement,A,B\nEasy,Agree,Strongly agree\nFair,Disagree,Neutral\nSafe,Agree,Agree\n"
STARS = "Hotel,View,Food,Calm,Overall\nSol,★★★★,★★★,★★★★★,4\nLuna,★★★,★★★★★,★★,3.3\nMar,★★★★★,★★★★,★★★★,4.3\n"
AGAINST = "Supplier,Care,Speed,Complaints,Score\nWeight,5,3,-2,\nNova,4,5,2,31\nPax,5,3,4,26\nQuad,3,4,1,25\n"
PARTS = "School,Teaching,Travel\nWeight (of 10),6,4\nNorth,4/5,3/5\nEast,5/5,2/5\nElm,3/5,5/5\n"
UNITS = "Maschine;Preis;Leistung\nEinheit;EUR;1-5\nGewicht;20%;80%\nM;120.000;4\nT;98.500;3\nP;135.000;5\n"
WORTH = "Need,Priority,A,B\nSign on,High,5,3\nReports,Low,2,5\nApp,Medium,4,4\n"


@pytest.mark.parametrize(
    ("text", "ranked", "asked"),
    [(LEAST, ["Lisbon", "Crete", "Malta", "Oslo"], 0), (ASKED, ["Lisbon", "Crete", "Oslo"], 1),
     (AGREED, ["B", "A"], 0), (STARS, ["Mar", "Sol", "Luna"], 0), (AGAINST, ["Nova", "Pax", "Quad"], 0),
     (PARTS, ["East", "Elm", "North"], 0), (UNITS, ["P", "M", "T"], 0), (WORTH, ["A", "B"], 1)],
    ids=["sums of ranks", "ranks", "agreement", "stars", "a weight below 0", "4/5", "units", "weights in words"],
)  # fmt: skip
def test_habits_of_owners_rank_as_their_own_totals_do(
    tmp_path: Path, text: str, ranked: list[str], asked: int
) -> None:
    found = recognise(table(tmp_path, text))
    assert order(found, take_guesses=True) == ranked
    assert len(found.reading.questions) == asked


def test_people_who_answered_without_a_word_of_what_are_no_options(tmp_path: Path) -> None:
    text = "ResponseId,StartDate,A - Care,A - Fit\nR_1x,2025-02-01 10:11,3,4\nR_2y,2025-02-02 10:12,4,2\n"
    with pytest.raises(InvalidFile, match="people who answered, and no column says what they rated"):
        recognise(table(tmp_path, text))
