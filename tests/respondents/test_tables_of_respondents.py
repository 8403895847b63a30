"""Tables that are damaged, empty or odd: each has its sentence, and what can be read is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyreadstat
import pytest
from attribute_samples import with_attributes
from respondent_tables import DISCIPLINES, heard, respondents, roles, written

import valuemix as vm
from valuemix.model.attributes.parts import Attribute, AttributeScore
from valuemix.respondents import case, framing
from valuemix.respondents.engines import duck
from valuemix.respondents.survey import read_survey
from valuemix.respondents.survey_map import SurveyMap, read_map
from valuemix.respondents.table import opened


def refused(source: str | Path, said: dict[str, object] | None = None, **options: object) -> str:
    with pytest.raises(vm.ValuemixError) as found:
        vm.survey(source, said or roles(), **options)
    return str(found.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "answers.csv: the file is empty. Save it again, or choose another file."),
        (b"\n \n", "answers.csv: the file is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "cannot be read as a table"),
        ("name;Größe\nä;1\n".encode("utf-16"), "is not written in UTF-8"),
        ("segment,x\nFamiliés,1\n".encode("latin-1"), "is not written in UTF-8"),
    ],
)
def test_a_damaged_file_is_told_in_plain_words(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)
    assert told in refused(file)


def test_a_damaged_parquet_file_quotes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "answers.parquet"
    file.write_bytes(b"PAR1 planted-secret PAR1")
    assert refused(file).startswith("answers.parquet: the file is damaged and cannot be read as a table.")


def test_a_file_that_is_not_there_or_of_another_kind_is_named(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "answers.csv")
    (tmp_path / "answers.dta").write_bytes(b"...")
    assert "read from .csv, .parquet, .xlsx, .xlsm, .xls, .ods, .sav, got '.dta'." in refused(
        tmp_path / "answers.dta"
    )


# Codes and labels of SPSS are read in tests/files/test_files_of_other_programs.py.
@pytest.mark.parametrize("ending", [".xlsx", pytest.param(".sav", marks=pytest.mark.nightly)])
def test_answers_in_a_workbook_or_of_spss_give_what_they_give_as_csv(tmp_path: Path, ending: str) -> None:
    rows, file = respondents(), tmp_path / f"answers{ending}"
    if ending == ".xlsx":
        with pd.ExcelWriter(file) as book:
            pd.DataFrame({"about": ["wave of June"]}).to_excel(book, sheet_name="About", index=False)
            rows.to_excel(book, sheet_name="Data", index=False)
    else:
        # Columns of SPSS go by the names of the variables, values by their labels.
        codes = rows.assign(segment=rows["segment"].map({"Families": 1.0, "Business": 2.0}))
        codes.columns = [f"v_{name}" for name in rows]
        labels = {"v_segment": {1: "Families", 2: "Business"}}
        pyreadstat.write_sav(codes, file, column_labels=[*rows], variable_value_labels=labels)
    said = json.dumps(roles())
    if ending == ".sav":
        for name in sorted(rows, key=len, reverse=True):
            said = said.replace(f': "{name}"', f': "v_{name}"')
    found = vm.survey(file, json.loads(said))
    assert found.scores == heard().scores
    assert found.weights.tolist() == heard().weights.tolist()
    assert found.evidence.source.startswith(
        "answers.xlsx, sheet Data" if ending == ".xlsx" else "answers.sav"
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "there are no rows under the header"),
        (1, "there is one respondent, so nothing can be said of how respondents differ"),
        (4, "no segment has 5 respondents; 4 in all in 2 segments. Join segments by names in the map"),
    ],
)
def test_too_few_people_are_counted(tmp_path: Path, count: int, told: str) -> None:
    assert told in refused(written(respondents()[:count], tmp_path))


def test_a_table_without_an_answer_says_where_to_look(tmp_path: Path) -> None:
    rows = respondents()
    rows[[column for column in rows if column[0] in "01"]] = None
    assert "no score has 5 answers in any segment, of 120 respondents. Look whether" in refused(
        written(rows, tmp_path)
    )


def test_a_table_of_one_segment_needs_no_column_of_it(tmp_path: Path) -> None:
    scenario = vm.survey(written(respondents(), tmp_path), roles(segment=None))
    assert scenario.segment_names == ("All respondents",)
    assert scenario.evidence.between == ()


def test_of_many_segments_those_of_too_few_are_left_out_and_said(tmp_path: Path) -> None:
    rows = respondents(900)
    rows["segment"] = [f"S{n:03d}" for n in [*range(300), *([0] * 300), *([1] * 300)]]
    found = read_survey(written(rows, tmp_path), roles())
    assert found.scenario.segment_names == ("S000", "S001")
    assert "segments left out for fewer than 5 answers: S002, S003, S004 and 295 more" in found.notes
    assert found.sample.respondents == 900


def test_answers_that_are_no_numbers_or_off_the_scale_are_told_column_by_column(tmp_path: Path) -> None:
    rows = respondents().astype({"0_innovation": object})
    rows.loc[3, "0_innovation"] = "DK"
    rows.loc[4, "1_innovation"] = 99
    told = refused(written(rows, tmp_path))
    assert "answers.csv, column 0_innovation: 1 answer is no number, such as 'DK'." in told
    assert "answers.csv, column 1_innovation: ratings must be from 1 to 5, got 99." in told
    heard = read_survey(tmp_path / "answers.csv", roles(missing=["DK", 99])).heard
    assert heard.counts[:, :, 0].sum() == 2 * 120 - 2


def test_less_than_nothing_is_no_importance_and_no_weight(tmp_path: Path) -> None:
    rows = respondents()
    rows.loc[0, "points_innovation"] = -5
    assert "column points_innovation: importance must be 0 or more, got −5" in refused(
        written(rows, tmp_path)
    )
    rows = respondents().assign(w=1.0)
    rows.loc[0, "w"] = -1
    assert "column w: survey weights must be 0 or more" in refused(written(rows, tmp_path), roles(weight="w"))


def test_rows_without_a_weight_or_a_segment_are_out_of_the_sample_and_counted(tmp_path: Path) -> None:
    rows = respondents().assign(w=1.0)
    rows.loc[[0, 1], "w"] = [0.0, np.nan]
    rows.loc[[2, 3, 4], "segment"] = [None, "Other", " "]
    names = {"columns": ["segment"], "names": {"Families": "Families", "Business": "Firms", "Other": None}}
    found = read_survey(written(rows, tmp_path), roles(weight="w", segment=names))
    assert found.sample.respondents == 115
    assert found.notes[:2] == (
        "3 rows left out that fall into none of the segments",
        "2 rows left out that have no survey weight",
    )
    assert found.scenario.segment_names == ("Families", "Firms")


def test_a_population_is_at_least_what_was_drawn_of_it(tmp_path: Path) -> None:
    file = written(respondents().assign(N=100), tmp_path)
    assert "the population must be at least what was drawn of it, 120, got 100" in refused(
        file, roles(population="N")
    )
    written(respondents().assign(N=120), tmp_path)
    heard = read_survey(file, roles(population="N")).heard
    assert np.abs(heard.blocks[0]).max() < 1e-18  # everyone was asked, so nothing is left in doubt


def test_several_columns_make_a_segment_together(tmp_path: Path) -> None:
    rows = respondents().assign(age=np.where(np.arange(120) % 2, "young", "old"))
    scenario = vm.survey(written(rows, tmp_path), roles(segment={"columns": ["segment", "age"]}))
    assert scenario.segment_names == (
        "Business x old",
        "Business x young",
        "Families x old",
        "Families x young",
    )


@pytest.mark.parametrize(
    ("row", "before", "after", "told"),
    [
        (0, "segment", '"segment', "row 1: the quote opened on row 1 is never closed"),
        (9, "", '"', "row 10: the quote opened on row 10 is never closed"),
        (9, "", "1,2,", "row 10: row 10 has 16 fields where the header has 14"),
    ],
)
def test_a_row_that_is_broken_is_told_in_place_of_what_it_hides(
    tmp_path: Path, row: int, before: str, after: str, told: str
) -> None:
    path = written(respondents(), tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[row] = lines[row].replace(before, after, 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert told in refused(path, roles())
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert told in refused(packed, roles())


def test_quotes_that_stand_late_are_quotes(tmp_path: Path) -> None:
    (tmp_path / "late.csv").write_text("s,a\n" + "B,1\n" * 30_000 + '"B",2\n' * 10, encoding="utf-8")
    with opened(tmp_path / "late.csv") as answers:
        assert answers.rows("SELECT DISTINCT s FROM answers") == [("B",)]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("weight", 1e-300, "come to at most 1e12 and be no smaller than 1e−12, got 1e−300. Divide or"),
        ("weight", 1e12, "come to at most 1e12 and be no smaller than 1e−12, got 120000000000000."),
        ("population", "many", "column extra: 120 populations are no number, such as 'many'"),
        ("cluster", "", "all respondents are of one cluster, so nothing can be said"),
        ("wave", "", "column extra names no wave in any row"),
    ],
)
def test_a_column_that_says_nothing_is_told(tmp_path: Path, column: str, cell: object, told: str) -> None:
    file = written(respondents().assign(extra=cell), tmp_path)
    assert told in refused(file, roles(**{column: "extra"}))


def test_rows_that_count_together_and_waves_of_other_people_are_said(tmp_path: Path) -> None:
    rows = respondents().assign(id=np.arange(120) // 2, cluster=np.where(np.arange(120) < 9, "", "c"))
    said = roles(id="id", cluster="cluster", wave="wave")
    waves = pd.concat([rows.assign(wave="1", id=rows["id"] + 900), rows.assign(wave="2")])
    notes = read_survey(written(waves, tmp_path), said).notes
    assert "9 rows without a cluster count as one together" in notes
    assert "60 respondents have 120 rows: those of one count together" in notes
    assert "no respondent is in two waves of the table, so each is a sample of its own" in notes


def test_a_column_that_does_not_exist_is_named_with_the_closest(tmp_path: Path) -> None:
    told = refused(written(respondents(), tmp_path), roles(segment="segmnt"))
    assert told.startswith("unknown column 'segmnt'. Did you mean 'segment'?")


def test_names_of_columns_and_files_are_never_read_as_sql(tmp_path: Path) -> None:
    odd = 'a"; DROP TABLE answers; --'
    rows = respondents().rename(columns={"segment": odd})
    rows[odd] = rows[odd].where(rows.index > 20, "it's")
    scenario = vm.survey(written(rows, tmp_path, "answers [1] it's.csv"), roles(segment=odd))
    assert "it's" in scenario.segment_names


def test_a_query_is_read_and_a_wrong_one_told(tmp_path: Path) -> None:
    file = written(respondents(), tmp_path)
    one = vm.survey(f"SELECT * FROM read_csv('{file}')", roles(), name="Same")
    assert one.scores == vm.survey(file, roles()).scores
    assert (one.name, one.evidence.source) == ("Same", "the query")
    assert "the query cannot be run" in refused("SELECT 1 FROM nowhere")
    assert "Correct the query" in refused("SELECT 1; COPY (SELECT 1) TO 'out.csv'")


def test_of_several_waves_the_newest_is_read_unless_another_is_named(tmp_path: Path) -> None:
    rows = respondents().assign(wave=np.where(np.arange(120) < 50, "2025-11-01", "2026-02-01"))
    file = written(rows, tmp_path)
    assert vm.survey(file, roles(wave="wave")).evidence.respondents == 70
    older = vm.survey(file, roles(wave="wave"), wave="2025-11-01")
    assert (older.evidence.respondents, older.evidence.asked) == (50, "2025-11-01")
    assert "unknown wave '2024'" in refused(file, roles(wave="wave"), wave="2024")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"segment": "a"}, "a survey needs importance or ratings"),
        (roles(segmnt="a"), "unknown key 'segmnt'. Did you mean 'segment'?"),
        (roles(weights="derived"), "derived weights need the columns of overall"),
        (roles(scale=[5, 1]), "the highest rating of the scale must lie above the lowest"),
        (roles(importance_as="best_worst"), "must be a pair of columns, best and worst, for best_worst"),
        (roles(importance={"innovation": "points_innovation"}), "the map has none of Operational excellence"),
        (roles(importance={}, weights="keep"), "keeps those of a case; bring the answers into one"),
        (roles(ratings=None), "nothing to rank; bring the answers into a case that has scores"),
    ],
)
def test_a_map_that_cannot_be_followed_says_what_to_add(
    tmp_path: Path, said: dict[str, object], told: str
) -> None:
    assert told in refused(written(respondents(), tmp_path), said)


def test_a_map_is_read_once_and_names_its_disciplines_in_order() -> None:
    assert read_map(roles()).disciplines == DISCIPLINES
    assert read_map(read_map(roles())).weights_from == "stated"
    assert read_map(roles(importance={}, overall="overall")).weights_from == "derived"
    assert read_map(roles(importance={})).weights_from == "equal"


def test_a_cell_of_answers_all_alike_takes_the_usual_variance(tmp_path: Path) -> None:
    rows = respondents()
    rows.loc[rows["segment"] == "Families", "0_innovation"] = 4
    found = read_survey(written(rows, tmp_path), roles())
    assert "1 cell of answers all alike: the usual variance taken" in found.notes
    g = found.sample.segments.index("Families")
    k = next(i for i, item in enumerate(found.heard.items[g]) if (item.of, item.discipline) == ("score", 0))
    assert found.heard.blocks[g][k, k] > 0.5 / found.sample.people[g]


def test_cells_of_few_answers_have_no_estimate_and_a_case_keeps_its_own_there(tmp_path: Path) -> None:
    rows = respondents()
    base = vm.survey(written(rows, tmp_path), roles()).replace(evidence=None, low=None, high=None)
    few = (rows["segment"] == "Families") & (rows.groupby("segment").cumcount() > 3)
    rows = rows.astype({"0_innovation": float, "1_innovation": float})
    rows.loc[few, "0_innovation"] = np.nan
    rows.loc[rows["segment"] == "Families", "1_innovation"] = np.nan
    typed = base.with_scores("Green line", "Families", innovation=1.5)
    found = read_survey(written(rows, tmp_path), roles(), into=typed)
    assert "2 scores not estimated: fewer than 5 answers" in found.notes  # one of four answers, one of none
    g = found.scenario.segment_index("Families")
    assert found.scenario.array("scores")[g, 0, 0] == 1.5
    assert np.isnan(found.scenario.array("low")[g, 0, 0])
    assert found.heard.counts[found.sample.segments.index("Families"), 0, 0] == 4


def test_a_case_keeps_its_names_sizes_and_settings_and_its_segments_that_nobody_is_in(tmp_path: Path) -> None:
    file = written(respondents(), tmp_path)
    base = vm.survey(file, roles()).with_sizes({"Families": 7, "Business": 3}).with_settings(fairness=1)
    found = vm.survey(file, roles(), into=base)
    assert (found.name, found.sizes.tolist(), found.settings.fairness) == (base.name, base.sizes.tolist(), 1)
    rows = respondents()
    told = refused(written(rows.assign(segment="Nobody"), tmp_path), into=base)
    assert told.startswith("unknown segment 'Nobody'")


def test_ratings_of_what_a_case_makes_of_attributes_are_refused_and_others_go_in(tmp_path: Path) -> None:
    file = written(respondents(), tmp_path)
    base = vm.survey(file, roles()).replace(evidence=None, low=None, high=None)
    delivery = Attribute(name="Delivery", discipline="innovation", worst=20, best=5, unit="days")
    rows = [
        AttributeScore(proposition=name, attribute="Delivery", value=8) for name in base.proposition_names
    ]
    made = with_attributes(base, [delivery], rows)
    told = refused(file, into=made)
    assert "ratings of innovation, whose scores 'answers' works out of attributes" in told
    assert "leave these ratings out of the map, or delete the attributes" in told
    asked = read_map(roles())
    others = [rating for rating in asked.ratings if rating.discipline != "innovation"]
    found = vm.survey(file, asked.model_copy(update={"ratings": others}), into=made)
    assert found.attribute_scores == made.attribute_scores
    assert (found.array("scores")[:, :, 0] == made.array("scores")[:, :, 0]).all()
    np.testing.assert_allclose(found.array("scores")[:, :, 1:], base.array("scores")[:, :, 1:])


def test_importance_alone_goes_into_a_case(tmp_path: Path) -> None:
    file = written(respondents(), tmp_path)
    base = vm.survey(file, roles(importance={}))
    assert base.weights.tolist() == [[0.25] * 4] * 2
    weighed = vm.survey(file, roles(ratings=None), into=base)
    assert weighed.scores == base.scores
    np.testing.assert_allclose(weighed.weights, vm.survey(file, roles()).weights, rtol=1e-9)
    assert {estimate.of for estimate in weighed.evidence.segments[0].estimates} == {"weight"}
    assert weighed.believed_weights is None  # equal weights are where a case starts


def test_weights_that_people_typed_are_kept_once_as_believed(tmp_path: Path) -> None:
    file = written(respondents(), tmp_path)
    typed = vm.survey(file, roles(importance={})).with_points([[70, 10, 10, 10]] * 2)
    found = vm.survey(file, roles(ratings=None), into=typed)
    np.testing.assert_allclose(found.believed_shares, typed.weights)
    assert any("kept on the sheet Believed weights" in note for note in found.evidence.notes)
    again = vm.survey(file, roles(ratings=None), into=found.with_points([[40, 20, 20, 20]] * 2))
    assert again.believed_weights == found.believed_weights
    kept = vm.survey(file, roles(weights="keep"), into=typed)
    assert (kept.believed_weights, kept.weights.tolist()) == (None, typed.weights.tolist())
    assert kept.source.endswith(f"; weights of the case ({typed.source})")
    bare = vm.survey(file, roles(weights="keep"), into=typed.replace(source=""))
    assert bare.source.endswith("respondents; weights of the case")
    founded = vm.survey(file, roles(weights="keep"), into=typed.replace(source="Panel of May"))
    assert founded.source.endswith("; weights of the case (Panel of May)")
    assert vm.survey(file, roles(weights="keep"), into=founded).source == founded.source


def test_derived_weights_are_said_to_be_derived(tmp_path: Path) -> None:
    found = read_survey(written(respondents(400), tmp_path), roles(importance={}, overall="overall"))
    assert "weights are derived from the overall judgment, not stated" in found.notes
    assert found.scenario.evidence.weights == "derived"
    np.testing.assert_allclose(found.scenario.weights.sum(axis=1), 1)
    g = found.heard.blocks[0][:4, :4]
    assert np.abs(g.sum(axis=0)).max() < 1e-12  # shares sum to 1, so their errors to 0


def test_who_would_choose_what_is_counted_by_hand(tmp_path: Path) -> None:
    rows = respondents()
    found = read_survey(written(rows, tmp_path), roles(segment=None))
    points = rows[[f"points_{name}" for name in DISCIPLINES]].to_numpy() / 100
    values = [(points * rows[[f"{p}_{name}" for name in DISCIPLINES]].to_numpy()).sum(axis=1) for p in (0, 1)]
    first = np.where(np.isclose(*values), 0.5, values[0] > values[1])
    assert found.choose[0].tolist() == pytest.approx([first.mean(), 1 - first.mean()])
    assert found.scenario.evidence.segments[0].choose["Green line"] == pytest.approx(first.mean())


def test_a_rating_of_several_items_is_their_mean_over_what_is_answered(tmp_path: Path) -> None:
    rows = pd.DataFrame({"a": [1, 2, 3, 4, 5, None], "b": [5, None, 3, 2, 1, None], "c": [3, 3, 3, 3, 4, 2]})
    ratings = [
        {"proposition": "Express", "discipline": "care", "column": ["a", "b"]},
        {"proposition": "Express", "discipline": "speed", "column": "c"},
    ]
    heard = read_survey(written(rows, tmp_path), {"scale": [1, 5], "ratings": ratings}).heard
    assert heard.scores[0, 0].tolist() == pytest.approx([np.mean([3, 2, 3, 3, 3]), 3.0])
    assert heard.counts[0, 0].tolist() == [5, 6]


def test_where_nobody_said_what_matters_weights_are_equal_and_a_note_says_so(tmp_path: Path) -> None:
    rows = respondents()
    rows[[f"points_{name}" for name in DISCIPLINES]] = np.nan
    found = vm.survey(written(rows, tmp_path), roles())
    assert (
        "Business, Families: fewer than 5 answers of what matters, so weights are equal"
        in found.evidence.notes
    )
    assert found.weights.tolist() == [[0.25] * 4] * 2


def test_more_estimates_than_can_be_drawn_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(respondents(), tmp_path)
    monkeypatch.setattr(case, "MOST_ESTIMATES", 25)
    assert "2 segments have 26 estimates, at most 25. Join segments by names in the map." in refused(file)
    monkeypatch.setattr(case, "MOST_ESTIMATES", 15)
    monkeypatch.setattr(
        framing, "WHOLE", 0
    )  # of many segments the scores are counted before anything is worked out
    assert "2 segments have 16 estimates, at most 15" in refused(file)


def test_a_table_too_wide_for_the_memory_is_told_as_that() -> None:
    error = duck._refused("wide.parquet", duckdb.OutOfMemoryException("failed to allocate 2.0 MiB"))
    assert "so many columns" in str(error)
    assert "damaged" not in str(error)
    limits = [duck._limit(duck._MEMORY, ["c"] * count) for count in (10, 90, 190)]
    assert limits == ["SET memory_limit = '512MB'"] * 2 + ["SET memory_limit = '1112MB'"]


def test_of_a_text_table_the_columns_are_kept_that_the_map_names(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text("area,wifi,art,remark\nA,1,2,no\n", encoding="utf-8")
    named = SurveyMap(
        ratings={"offer": "area", "columns": {"innovation": ["wifi"], "social_purpose": "art"}}
    ).names
    with opened(file, named=named) as answers:
        assert answers.columns == ("area", "wifi", "art", "remark")
        assert answers.rows("SELECT * FROM answers") == [("A", "1", "2")]
