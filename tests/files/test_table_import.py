"""What comes in and how: shapes of tables, names, notices, and the cell behind every problem."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from valuemix.errors import InvalidFile, Problem, StorageError
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.tables.importer import Imported, import_files, import_path, read_workbook
from valuemix.model.weights import slider_points

DISCIPLINES = "innovation,operational_excellence,social_purpose,customer_intimacy"
SEGMENTS = f"segment,kind,size,{DISCIPLINES}\nFamilies,customer,3,40,30,20,10\nStaff,employee,1,25,25,25,25\n"
WIDE = f"""proposition,segment,{DISCIPLINES}
Green,Families,1,2,3,4
Green,Staff,5,6,7,8
Express,Families,2,2,2,2
Express,Staff,3,3,3,3
"""


def files(**tables: str) -> dict[str, bytes]:
    return {f"{name}.csv": text.encode() for name, text in tables.items()}


def brought(**tables: str) -> Imported:
    return import_files(files(**{"segments": SEGMENTS, "scores": WIDE, **tables}))


def refused(**tables: str) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    with pytest.raises(InvalidFile) as error:
        brought(**tables)
    return [(p.code, str(p.place)) for p in error.value.problems if not p.notice]


def book(sheets: dict[str, Sequence[Sequence[object]]], formats: dict[str, str] | None = None) -> bytes:
    """Workbook of the given rows; formats are number formats by ``Sheet!B2``."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as workbook:
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
            for place, number_format in (formats or {}).items():
                name, cell = place.split("!")
                if name == title:
                    i, j = xlsxwriter.utility.xl_cell_to_rowcol(cell)
                    sheet.write(i, j, rows[i][j], workbook.add_format({"num_format": number_format}))
    return buffer.getvalue()


def rows_of(text: str) -> list[list[object]]:
    def cell(value: str) -> object:
        return float(value) if value.replace(".", "").isdigit() else value

    return [[cell(value) for value in line.split(",")] for line in text.splitlines()]


# ---------------------------------------------------------------------- shapes


def test_a_wide_and_a_long_table_come_to_the_same_scores() -> None:
    lines = ["proposition,segment,discipline,score"]
    header, *rows = [line.split(",") for line in WIDE.splitlines()]
    lines += [f"{p},{s},{d},{v}" for p, s, *values in rows for d, v in zip(header[2:], values, strict=True)]
    assert brought(scores="\n".join(lines)).scenario == brought().scenario


def test_a_long_table_brings_ranges_and_perceptions_along() -> None:
    lines = ["proposition,segment,discipline,score,low,high,promised,believed"]
    lines += [
        f"{p},{s},{d},5,4,6,8,7" for p in "AB" for s in ("Families", "Staff") for d in DISCIPLINES.split(",")
    ]
    scenario = brought(scores="\n".join(lines)).scenario
    tables = ("scores", "low", "high", "promised", "believed")
    assert [scenario.array(t).min() for t in tables] == [5, 4, 6, 8, 7]


def test_a_row_without_a_segment_counts_for_every_segment() -> None:
    scores = f"proposition,segment,{DISCIPLINES}\nGreen,,1,2,3,4\nExpress,,2,2,2,2\n"
    result = brought(scores=scores)
    assert result.notices == ()
    assert np.array_equal(result.scenario.array("scores")[:, 0], [[1, 2, 3, 4], [1, 2, 3, 4]])


def test_a_row_that_names_the_segment_goes_before_it_cell_by_cell_in_any_order() -> None:
    header = f"proposition,segment,{DISCIPLINES}\n"
    general, own = "Green,,1,2,3,4\n", "Green,Staff,9,,9,9\n"
    for rows in (general + own, own + general):
        result = brought(scores=header + rows)
        assert np.array_equal(result.scenario.array("scores")[:, 0], [[1, 2, 3, 4], [9, 2, 9, 9]])
        assert [notice.code for notice in result.notices] == ["EVERY_SEGMENT"]


def test_columns_may_stand_in_any_order_under_ids_or_labels() -> None:
    scores = "Customer Intimacy,SEGMENT,social_purpose,Operational excellence, Proposition ,innovation\n"
    scores += "4,Families,3,2,Green,1\n8,Staff,7,6,Green,5\n"
    assert brought(scores=scores).scenario.array("scores")[0, 0].tolist() == [1, 2, 3, 4]


def test_disciplines_of_ones_own_are_columns_by_id_or_name() -> None:
    scenario = brought(
        disciplines="id,name,lowest score means,highest score means\nspeed,Speed,slow,fast\ncare,Kind care,,\n",
        segments="segment,size,speed,Kind care\nFamilies,1,60,40\n",
        scores="proposition,segment,discipline,score\nA,Families,Speed,1\nA,Families,care,2\n",
    ).scenario
    assert scenario.discipline_ids == ("speed", "care")
    assert scenario.disciplines[0].highest == "fast"
    assert scenario.array("scores").tolist() == [[[1, 2]]]


def test_settings_are_read_by_name() -> None:
    scenario = brought(
        settings="setting,value\nName,Base case\nnote,\nsource,Survey\nscale min,0\nscale_max,20\n"
        "compensation,min\nfairness,0.5\nlead_bar,15\nthreshold,\n"
    ).scenario
    assert (scenario.name, scenario.source, scenario.note) == ("Base case", "Survey", "")
    assert (scenario.scale.highest, scenario.settings.compensation) == (20, "min")
    assert (scenario.settings.fairness, scenario.lead_bar, scenario.threshold) == (0.5, 15, 10)


def test_low_scores_may_be_given_for_some_disciplines_only() -> None:
    scenario = brought(low="proposition,segment,innovation\nGreen,Families,0.5\n").scenario
    assert scenario.low is not None
    assert scenario.low["Families"]["Green"]["innovation"] == 0.5
    assert np.isnan(scenario.array("low")).sum() == 15


def test_an_optional_table_may_be_blank_below_its_header() -> None:
    assert brought(low=f"proposition,segment,{DISCIPLINES}\n").scenario.low is None


# ---------------------------------------------------------------------- problems at their cells


def test_a_rule_of_the_model_is_told_at_the_cell_that_breaks_it() -> None:
    low = f"proposition,segment,{DISCIPLINES}\nGreen,Families,1,2,3,4.5\n"
    assert refused(low=low) == [("RANGE", "low.csv, row 2, column customer_intimacy")]


def test_a_proposition_without_a_score_in_a_segment_is_told_where_it_is_named_first() -> None:
    scores = WIDE.replace("Express,Staff,3,3,3,3\n", "")
    assert refused(scores=scores) == [("INCOMPLETE", "scores.csv, row 4, column proposition")]


def test_a_segment_without_a_score_is_told_where_it_is_named() -> None:
    scores = "".join(line for line in WIDE.splitlines(keepends=True) if ",Staff," not in line)
    assert refused(scores=scores) == [("INCOMPLETE", "segments.csv, row 3, column segment")]


def test_problems_of_all_tables_come_in_one_go() -> None:
    found = refused(
        segments=SEGMENTS.replace("Families,customer,3", "Families,guest,-3"),
        scores=WIDE.replace("1,2,3,4", "1,x,3,44"),
        settings="setting,value\ncompensaton,1\n",
    )
    assert found == [
        ("UNKNOWN", "segments.csv, row 2, column kind"),
        ("RANGE", "segments.csv, row 2, column size"),
        ("NUMBER", "scores.csv, row 2, column operational_excellence"),
        ("RANGE", "scores.csv, row 2, column customer_intimacy"),
        ("UNKNOWN", "settings.csv, row 2, column setting"),
    ]


def test_a_scale_that_cannot_be_read_is_told_alone() -> None:
    settings = "setting,value\nscale_max,hundred\n"
    assert refused(settings=settings, scores=WIDE.replace("5,6,7,8", "50,60,70,80")) == [
        ("NUMBER", "settings.csv, row 2, column value")
    ]


def test_a_problem_in_a_row_for_every_segment_is_told_once() -> None:
    scores = f"proposition,segment,{DISCIPLINES}\nGreen,,1,2,3,44\n"
    assert refused(scores=scores) == [("RANGE", "scores.csv, row 2, column customer_intimacy")]


def test_the_same_cell_in_two_tables_is_refused() -> None:
    scores = "proposition,segment,discipline,score,low\n" + "".join(
        f"Green,{s},innovation,5,4\n" for s in ("Families", "Staff")
    )
    low = "proposition,segment,innovation\nGreen,Staff,3\n"
    assert refused(scores=scores, low=low) == [("DUPLICATE", "low.csv, row 2, column innovation")]


def test_a_setting_that_stands_twice_is_refused() -> None:
    settings = "setting,value\nfairness,0\nFairness,1\n"
    assert refused(settings=settings) == [("DUPLICATE", "settings.csv, row 3, column setting")]


def test_a_proposition_that_is_not_on_the_list_is_told_once_at_its_first_row() -> None:
    assert refused(propositions="proposition\nGreen\n") == [
        ("UNKNOWN", "scores.csv, row 4, column proposition")
    ]


def test_thousands_of_problems_are_cut_to_some_hundreds() -> None:
    rows = "".join(f"P{i},Families,x,1,1,1\nP{i},Staff,x,1,1,1\n" for i in range(400))
    with pytest.raises(InvalidFile) as error:
        brought(scores=f"proposition,segment,{DISCIPLINES}\n{rows}")
    assert len(error.value.problems) == 501
    assert error.value.problems[-1].message == "and 300 more of these"


# ---------------------------------------------------------------------- notices


def notices(**tables: str) -> list[Problem]:
    return list(brought(**tables).notices)


def test_a_misspelt_optional_column_is_left_out_with_a_guess() -> None:
    [notice] = notices(segments=SEGMENTS.replace("kind", "kinds"))
    assert (notice.code, notice.mend) == ("EXTRA_COLUMN", "Did you mean 'kind'?")


def test_a_misspelt_optional_file_is_left_out_with_a_guess() -> None:
    [notice] = notices(promise=WIDE)
    assert (notice.code, notice.mend) == ("EXTRA_SHEET", "Did you mean 'Promised'?")


def test_trailing_blank_columns_are_nothing_to_talk_about() -> None:
    assert notices(segments="\n".join(line + ",," for line in SEGMENTS.splitlines())) == []


# ---------------------------------------------------------------------- workbooks


def test_a_workbook_and_csv_files_come_to_the_same_scenario() -> None:
    data = book({"Segments": rows_of(SEGMENTS), "Scores": rows_of(WIDE)})
    assert import_files({"book.xlsx": data}).scenario == brought().scenario.renamed("book")


def test_points_in_percent_cells_are_read_as_points() -> None:
    segments = rows_of(SEGMENTS)
    segments[1][3:] = [0.4, 0.3, 0.2, 0.1]
    formats = {f"Segments!{column}2": "0%" for column in "DEFG"}
    result = import_files({"b.xlsx": book({"Segments": segments, "Scores": rows_of(WIDE)}, formats)})
    assert result.scenario.points[0].tolist() == [40, 30, 20, 10]
    assert [notice.code for notice in result.notices] == ["PERCENT"]


def test_one_percent_cell_among_numbers_is_refused_not_misread() -> None:
    segments = rows_of(SEGMENTS)
    segments[1][3] = 0.4
    data = book({"Segments": segments, "Scores": rows_of(WIDE)}, {"Segments!D2": "0.0%"})
    with pytest.raises(InvalidFile, match=r"Segments!D2, column innovation: value '40%' .* Write 40 without"):
        import_files({"b.xlsx": data})


def test_a_quoted_percent_sign_in_a_format_changes_no_number() -> None:
    data = book({"Segments": rows_of(SEGMENTS), "Scores": rows_of(WIDE)}, {"Segments!D2": '0"%"'})
    assert import_files({"b.xlsx": data}).scenario.points[0, 0] == 40


def test_names_that_are_numbers_in_the_workbook_stay_names() -> None:
    scores = rows_of(WIDE.replace("Green", "2030"))
    scenario = import_files({"b.xlsx": book({"Segments": rows_of(SEGMENTS), "Scores": scores})}).scenario
    assert scenario.proposition_names == ("2030", "Express")


def test_a_date_where_a_name_belongs_is_refused() -> None:
    scores = rows_of(WIDE.replace("Green", "45000"))
    formats = {"Scores!A2": "yyyy-mm-dd"}
    with pytest.raises(InvalidFile, match=r"Scores!A2, column proposition: it holds a date \(2023-03-15\)"):
        import_files({"b.xlsx": book({"Segments": rows_of(SEGMENTS), "Scores": scores}, formats)})


def test_a_blank_sheet_is_told_as_blank() -> None:
    with pytest.raises(InvalidFile, match=r"b\.xlsx, Scores: the sheet is blank"):
        import_files({"b.xlsx": book({"Segments": rows_of(SEGMENTS), "Scores": []})})


# ---------------------------------------------------------------------- paths and uploads


def test_a_folder_of_csv_files_is_read_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "Board 2026"
    folder.mkdir()
    (folder / "Segments.CSV").write_text(SEGMENTS)
    (folder / "scores.csv").write_text(WIDE)
    (folder / "remarks.txt").write_text("not a table")
    assert read_workbook(folder) == brought().scenario.renamed("Board 2026")


def test_a_missing_table_is_told_with_the_files_there_are(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(WIDE)
    with pytest.raises(InvalidFile, match=r"there is no file segments\.csv; csv files found: scores\.csv"):
        import_path(tmp_path)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(StorageError, match=r"there is no file or folder 'nowhere\.xlsx'"):
        import_path("nowhere.xlsx")


def test_two_workbooks_at_once_are_refused() -> None:
    data = book({"Segments": rows_of(SEGMENTS), "Scores": rows_of(WIDE)})
    with pytest.raises(InvalidFile, match="one workbook"):
        import_files({"a.xlsx": data, "b.xlsx": data})


def test_a_name_that_stands_twice_is_listed_once_among_those_known() -> None:
    twice = SEGMENTS + "Families,customer,1,25,25,25,25\n"
    with pytest.raises(InvalidFile) as error:
        brought(segments=twice, scores=WIDE + "Express,Staf,3,3,3,3\n")
    told = str(error.value)
    assert "Known: Families, Staff." in told
    assert (
        "segments.csv, row 4, column segment: segment 'Families' stands twice; the first is on row 2" in told
    )


# ---------------------------------------------------------------------- the real case


def test_the_survey_workbook_comes_in_whole_and_without_a_word() -> None:
    result = import_path(Path(__file__).parents[2] / "scenarios" / "sfo_2017.xlsx")
    scenario = result.scenario
    assert result.notices == ()
    assert (len(scenario.propositions), len(scenario.segments)) == (7, 2)
    assert (scenario.scale.lowest, scenario.scale.highest) == (1, 5)
    low, score, high = (scenario.array(table) for table in ("low", "scores", "high"))
    assert ((low < score) & (score < high)).all()
    assert score[0, 0].tolist() == [4.074, 4.211, 3.986, 3.568]
    assert scenario.segments[1].points["customer_intimacy"] == 30.9
    assert scenario.discipline_names[2] == "Social purpose (art and culture)"


def test_the_survey_workbook_comes_in_as_the_scenario_that_the_app_opens_without_its_answers() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    saved = load(folder / "airport-survey-sfo-2017.json")
    book = import_path(folder / "sfo_2017.xlsx").scenario
    for table, rounded in (("scores", 5e-4), ("low", 0.01), ("high", 0.01)):
        np.testing.assert_allclose(book.array(table), saved.array(table), atol=rounded)
        saved = saved.with_table(table, book.array(table))
    assert book.points.tolist() == [slider_points(row) for row in saved.points.tolist()]
    assert book == saved.replace(evidence=None).with_points(book.points)
    assert saved.source.startswith("SFO passenger survey, May 2017")
