"""The workbook to fill in: imports as it is, checks what is typed, is the same bytes every time."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from valuemix.errors import StorageError
from valuemix.files.tables.importer import import_files, read_workbook
from valuemix.files.tables.writing.template import template_workbook, write_template


@pytest.fixture(scope="module")
def template() -> bytes:
    return template_workbook()


@pytest.fixture(scope="module")
def book(template: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template))


def test_the_template_imports_as_it_is(tmp_path: Path, template: bytes) -> None:
    (tmp_path / "book.xlsx").write_bytes(template)
    scenario = read_workbook(tmp_path / "book.xlsx")
    assert scenario.segment_names == ("Enterprise", "Small business", "Distributors")
    assert scenario.array("scores").shape == (3, 3, 4)
    assert scenario.source == "Illustrative"
    assert {segment.kind for segment in scenario.segments} == {"customer", "partner"}


def test_the_only_word_at_its_import_is_about_the_row_for_every_segment(template: bytes) -> None:
    notices = import_files({"template.xlsx": template}).notices
    assert [(notice.code, notice.place.cell) for notice in notices] == [("EVERY_SEGMENT", "B8")]


def test_no_file_is_overwritten_unasked_and_it_is_the_same_bytes_every_time(
    tmp_path: Path, template: bytes
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(StorageError, match=r"book\.xlsx"):
        write_template(path)
    assert path.read_bytes() == b"mine"
    write_template(path, overwrite=True)
    assert path.read_bytes() == template


def test_it_opens_on_the_page_that_explains_it(book: openpyxl.Workbook) -> None:
    assert book.active.title == book.sheetnames[0] == "Read me"
    linked = {cell.value for row in book["Read me"].iter_rows(max_col=1) for cell in row if cell.hyperlink}
    assert linked == set(book.sheetnames[1:])


@pytest.mark.parametrize(
    ("sheet", "cell", "kind", "formula"),
    [
        ("Segments", "B2", "list", '"customer,employee,partner"'),
        ("Segments", "C2", "decimal", "0"),
        ("Segments", "G50", "decimal", "0"),
        ("Scores", "A2", "list", "Propositions!$A$2:$A$101"),
        ("Scores", "B2", "list", "Segments!$A$2:$A$51"),
        ("Low", "F2", "decimal", "Settings!$B$5"),
    ],
)
def test_cells_check_what_is_typed(
    book: openpyxl.Workbook, sheet: str, cell: str, kind: str, formula: str
) -> None:
    rules = [rule for rule in book[sheet].data_validations.dataValidation if cell in rule.sqref]
    assert [(rule.type, rule.formula1) for rule in rules] == [(kind, formula)]


def test_scores_are_checked_against_the_scale_in_the_settings(book: openpyxl.Workbook) -> None:
    assert [book["Settings"][f"A{row}"].value for row in (5, 6)] == ["scale_min", "scale_max"]


def test_every_header_explains_itself(book: openpyxl.Workbook) -> None:
    for title in book.sheetnames[1:]:
        assert all(cell.comment and cell.comment.text for cell in book[title][1]), title
