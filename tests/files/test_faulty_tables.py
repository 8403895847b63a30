"""Tables that people brought and that were misread or misnamed: what is said about each is true of it."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.errors import EditError, InvalidFile, StorageError, visible
from valuemix.export.workbook import make_workbook
from valuemix.files.tables.importer import Imported, import_files, import_path
from valuemix.files.tables.writing.template import template_workbook
from valuemix.model.scenario import Scenario

FAULTS = Path(__file__).parents[1] / "data" / "faults" / "tables"
SEGMENTS = (
    b"segment,size,innovation,operational_excellence,social_purpose,customer_intimacy\nAll,1,40,30,20,10\n"
)
SCORES = (
    b"proposition,segment,innovation,operational_excellence,social_purpose,customer_intimacy\nA,All,1,2,3,4\n"
)


def problems(name: str) -> list[str]:
    with pytest.raises(InvalidFile) as error:
        import_path(FAULTS / name)
    return [
        str(problem).removeprefix(f"{name}, ").removeprefix(f"{name}: ") for problem in error.value.problems
    ]


def changed(book: bytes, part: str, old: str, new: str) -> bytes:
    """Workbook with the first occurrence of a text in one of its parts replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode(), 1)
            target.writestr(name, text)
    return buffer.getvalue()


def book_with(title: str, rows: int, columns: int) -> bytes:
    """The scenario of these tables beside a sheet that is none of them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, table in (("Segments", SEGMENTS), ("Scores", SCORES)):
            sheet = book.add_worksheet(name)
            for i, line in enumerate(table.decode().splitlines()):
                for j, cell in enumerate(line.split(",")):
                    sheet.write(i, j, float(cell) if cell.isdigit() else cell)
        sheet = book.add_worksheet(title)
        for i in range(rows):
            for j in range(columns):
                sheet.write(i, j, f"answer {i} {j}" if j == 0 else i)
    return buffer.getvalue()


# ---------------------------------------------------------------------- two of one kind


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("two_sheets_scores_space.xlsx", "Scores "),
        ("two_sheets_scores_underscore.xlsx", "_scores_"),
        ("dup_sheet_case.xlsx", "SCORES"),
    ],
)
def test_two_sheets_of_one_kind_are_refused_by_both_names(name: str, second: str) -> None:
    told = f"the sheets 'Scores' and {second!r} both hold scores. Delete or rename one of them."
    assert problems(name) == [told]


def test_two_files_of_one_kind_are_refused_by_both_names() -> None:
    with pytest.raises(InvalidFile, match=r"the files 'scores.csv' and 'Scores .csv' both hold scores"):
        import_files({"segments.csv": SEGMENTS, "scores.csv": SCORES, "Scores .csv": SCORES})


# ---------------------------------------------------------------------- sheets that are no tables


@pytest.mark.parametrize(("rows", "columns"), [(20_005, 1), (1, 200)])
def test_limits_hold_for_tables_alone_and_other_sheets_are_named(rows: int, columns: int) -> None:
    imported = import_files({"book.xlsx": book_with("Raw survey", rows, columns)})
    assert [str(notice) for notice in imported.notices] == ["book.xlsx: the sheet 'Raw survey' was left out."]
    assert imported.scenario.proposition_names == ("A",)


def test_a_table_beyond_the_limits_is_refused_by_the_name_of_its_sheet() -> None:
    with pytest.raises(InvalidFile, match=r"Low!BM1: .* beyond 20,000 rows and 64 columns"):
        import_files({"book.xlsx": book_with("Low", 1, 65)})


def test_what_stands_in_a_sheet_that_is_no_table_is_not_looked_into() -> None:
    book = changed(book_with("Raw survey", 1, 1), "xl/worksheets/sheet3.xml", "<sheetData>", "<broken")
    assert import_files({"book.xlsx": book}).scenario.proposition_names == ("A",)


def test_a_workbook_of_ours_whose_calculation_has_half_a_million_cells_is_read() -> None:
    scenario = Scenario.from_arrays([[1, 2], [3, 4]])
    book = make_workbook(scenario)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        calculation = f"xl/worksheets/sheet{len(sheets)}.xml"
        body = archive.read(calculation).decode()
    cells = "".join(f'<row r="{i}">{"<c><v>1</v></c>" * 10}</row>' for i in range(1, 50_001))
    start, end = body.index("<sheetData>"), body.index("</sheetData>")
    grown = changed(book, calculation, body[start:end], f"<sheetData>{cells}")
    assert import_files({"case.xlsx": grown}).scenario == scenario


def test_what_could_not_be_read_again_is_not_written() -> None:
    for shape in ((2, 10_001, 2), (1, 12_000, 9)):
        scenario = Scenario.from_arrays(np.ones(shape))
        with pytest.raises(EditError, match=r"rows of scores and .* more than a workbook is read with"):
            make_workbook(scenario)


def test_a_workbook_larger_than_is_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[make_workbook.__module__], "MAX_BYTES", 10_000)
    with pytest.raises(EditError, match="would have more than 0 MB"):
        make_workbook(Scenario.from_arrays([[1, 2], [3, 4]]))


# ---------------------------------------------------------------------- hidden and filtered


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hidden_row_col.xlsx", "Scores: 1 row and 1 column are hidden, and were read."),
        ("filtered.xlsx", "Scores: 3 rows are filtered out, and were read."),
    ],
)
def test_what_is_not_shown_is_read_and_counted_in_one_notice(name: str, told: str) -> None:
    assert [str(notice) for notice in import_path(FAULTS / name).notices] == [f"{name}, {told}"]


def test_nothing_that_we_write_is_hidden() -> None:
    for book in (template_workbook(), make_workbook(Scenario.from_arrays([[1, 2], [3, 4]]))):
        assert "HIDDEN" not in {notice.code for notice in import_files({"book.xlsx": book}).notices}


# ---------------------------------------------------------------------- what a file is


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("strict_ooxml.xlsx", "this workbook is of the kind Strict Open XML Spreadsheet, which is not read"),
        ("leading_garbage.xlsx", "this is an Excel workbook behind 140 bytes that are no part of it"),
        ("docx_as_xlsx.xlsx", "this is a Word document"),
        ("backslash_entries.xlsx", "the parts of this workbook are named with backslashes"),
        ("row_of_formulas_without_results.xlsx", "Scores!A18, column proposition: it holds a formula"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_for_what_it_is(name: str, told: str) -> None:
    [problem] = problems(name)
    assert problem.startswith(told)
    assert any(way in problem for way in ("save it", "Save it", "Bring the tables", "paste values"))


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.bin", "a binary Excel workbook"),
        ("Index/Document.iwa", "a document of Numbers"),
        ("notes.txt", "a zip file, but not an Excel workbook"),
    ],
)
def test_a_zip_of_another_program_is_told_for_what_it_is(part: str, told: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(InvalidFile, match=f"this is {told}"):
        import_files({"book.xlsx": buffer.getvalue()})


def test_cells_out_of_order_are_damage_and_nothing_is_left_out_in_silence() -> None:
    book = book_with("Notes", 1, 1)
    for old, new in (('<row r="2"', '<row r="1"'), ('<c r="B2"', '<c r="A2"')):
        with pytest.raises(InvalidFile, match="out of order"):
            import_files({"book.xlsx": changed(book, "xl/worksheets/sheet2.xml", old, new)})


# ---------------------------------------------------------------------- numbers and texts in cells


@pytest.mark.parametrize(("name", "value"), [("v_fullwidth.xlsx", "９"), ("v_underscore.xlsx", "1_0")])
def test_what_is_marked_as_a_number_is_one_by_the_strict_rule(name: str, value: str) -> None:
    assert problems(name) == [
        f"{sheet}!D2: value {value!r} is not a plain number. Write digits with one decimal point, such as 7.5."
        for sheet in ("Scores", "Segments")
    ]


@pytest.mark.parametrize("value", ["NaN", "INF", "1e999", "0x1F", "1 000", "½"])
def test_no_other_text_is_read_as_a_number_cell(value: str) -> None:
    book = book_with("Notes", 1, 1)
    book = changed(book, "xl/worksheets/sheet2.xml", '"D2"><v>2</v>', f'"D2"><v>{value}</v>')
    with pytest.raises(InvalidFile, match=r"Scores!D2: value .* is not a plain number"):
        import_files({"book.xlsx": book})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Green_x000D_", "Green"),
        ("_x0041__x0042_", "AB"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
    ],
)
def test_characters_written_by_their_codes_are_decoded(written: str, read: str) -> None:
    book = book_with("Notes", 1, 1)
    shared = changed(book, "xl/sharedStrings.xml", "<t>A</t>", f"<t>{written}</t>")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        cell = archive.read("xl/worksheets/sheet2.xml").decode().split('<c r="A2"')[1].split("</c>")[0]
    inline = f' t="inlineStr"><is><t>{written}</t></is>'
    for data in (shared, changed(book, "xl/worksheets/sheet2.xml", f'<c r="A2"{cell}', f'<c r="A2"{inline}')):
        assert import_files({"book.xlsx": data}).scenario.proposition_names == (read,)


def test_how_a_text_is_spoken_is_no_part_of_it() -> None:
    rich = "<r><t>Gre</t></r><r><t>en</t></r><rPh sb='0' eb='1'><t>spoken</t></rPh>"
    book = changed(book_with("Notes", 1, 1), "xl/sharedStrings.xml", "<t>A</t>", rich)
    assert import_files({"book.xlsx": book}).scenario.proposition_names == ("Green",)


@settings(max_examples=tries(15))
@given(st.lists(st.text(st.sampled_from("_x05Fd0DAé ")), min_size=1, max_size=12))
def test_names_that_look_like_codes_come_back_from_a_workbook_as_they_are(names: list[str]) -> None:
    propositions = [f"N{i}{name}".strip() for i, name in enumerate(names)]
    scenario = Scenario.from_arrays([[1, 2]] * len(names), propositions=propositions)
    assert import_files({"case.xlsx": make_workbook(scenario)}).scenario == scenario


# ---------------------------------------------------------------------- what messages show

HOSTILE = "\x1b]0;PWNED\x07\x9b31m\u202e\u2066\u200f\u200b\n\r\x00\ud800"


def test_the_title_of_the_terminal_stays_as_it_is() -> None:
    [problem] = problems("csv_terminal_title")
    assert r"found: \u001b[31mproposition\u001b[0m, segment, \u001b]0;PWNED\u0007x, score" in problem


@given(st.text(st.sampled_from(HOSTILE + "ab,;\"'"), max_size=12), st.integers(0, 5))
def test_no_message_about_a_file_holds_what_steers_a_terminal(text: str, where: int) -> None:
    cell = text.encode("utf-8", "surrogatepass")
    files = [
        {f"{text}.csv": SCORES, "segments.csv": SEGMENTS},
        {"segments.csv": SEGMENTS, "scores.csv": SCORES.replace(b"innovation", cell)},
        {"segments.csv": SEGMENTS, "scores.csv": SCORES.replace(b"A,All", cell + b",All")},
        {"segments.csv": SEGMENTS, "scores.csv": SCORES.replace(b",4", b"," + cell)},
        {"segments.csv": SEGMENTS.replace(b"size", cell), "scores.csv": SCORES},
        {f"{text}.txt": SCORES},
    ][where]
    try:
        told: Imported | InvalidFile = import_files(files)
    except InvalidFile as error:
        told = error
    lines = [str(told)] if isinstance(told, InvalidFile) else []
    found = told.problems if isinstance(told, InvalidFile) else told.notices
    lines += [part for p in found for part in (p.message, p.mend, str(p.place))]
    for line in "\n".join(lines).split("\n"):
        assert visible(line) == line


def test_the_name_of_a_file_that_is_not_there_is_shown_by_its_codes(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"\\x1b\[31m\\u202e\.xlsx"):
        import_path(tmp_path / "\x1b[31m\u202e.xlsx")


# ---------------------------------------------------------------------- floods of csv


@pytest.mark.parametrize("line", [b"\n", b"\r\n", b"\r", b",,,,,\n", b"      \n"])
def test_a_flood_of_blank_rows_is_refused_where_it_passes_the_limit(line: bytes) -> None:
    header = SCORES.splitlines()[0] + line
    with pytest.raises(InvalidFile, match="more than 20,000 blank rows"):
        import_files({"segments.csv": SEGMENTS, "scores.csv": header + line * 30_000})


def test_a_line_longer_than_any_row_is_refused_before_it_is_taken_apart() -> None:
    with pytest.raises(InvalidFile, match="row 1: one line of 2,000,001 characters"):
        import_files({"segments.csv": SEGMENTS, "scores.csv": b"," * 2_000_000 + b"\n"})
