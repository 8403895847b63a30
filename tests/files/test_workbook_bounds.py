"""Workbooks that unfold without end are refused at once; damaged ones are told as damaged."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from nightly import tries

from valuemix.errors import InvalidFile
from valuemix.files.tables.importer import import_files
from valuemix.files.tables.reading import xlsx_scan

HOSTILE = Path(__file__).parents[1] / "data" / "hostile"
BOMBS = sorted(path.name for pattern in ("bomb_*", "xxe_*") for path in HOSTILE.glob(pattern))

_MEASURE = """
import json, resource, sys, time
from pathlib import Path
from valuemix.errors import InvalidFile
from valuemix.files.tables.importer import import_path
folder = Path(sys.argv[1])
import_path(folder / "ok_book.xlsx")
found = {}
for name in sys.argv[2:]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        import_path(folder / name)
    except InvalidFile:
        seconds = time.process_time() - start
        found[name] = seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
print(json.dumps(found))
"""


@pytest.mark.slow
def test_bombs_are_refused_within_two_seconds_and_a_hundred_megabytes(tmp_path: Path) -> None:
    for made in (_packed_elements, _packed_strings):
        (tmp_path / f"{made.__name__}.xlsx").write_bytes(made())
    names = [*BOMBS, *(str(path) for path in tmp_path.iterdir())]
    run = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(HOSTILE), *names], capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    assert found.keys() == set(names)
    assert max(seconds for seconds, _ in found.values()) < 2
    assert max(megabytes for _, megabytes in found.values()) < 100


def _with_part(part: str, content: bytes, book: str = "ok_book.xlsx") -> bytes:
    """Valid workbook with one part replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(HOSTILE / book) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            if member.filename != part:
                target.writestr(member, source.read(member))
        target.writestr(part, content)
        # Something that does not pack keeps the ratio low, as a careful attacker would.
        target.writestr("xl/media/noise.bin", random.Random(1).randbytes(300_000))  # noqa: S311
    return buffer.getvalue()


def _packed_elements() -> bytes:
    """Just under the limits of size and ratio: a million formatted cells with nothing in them."""
    return _with_part(
        "xl/worksheets/sheet1.xml", b"<a><row>" + b'<c r="A1" s="1"/>' * 2_500_000 + b"</row></a>"
    )


def _packed_strings() -> bytes:
    strings = b"<sst><si><t>" + b"x" * 45_000_000 + b"</t></si></sst>"
    return _with_part("xl/sharedStrings.xml", strings, "bomb_strings.xlsx")


def test_the_far_cell_is_named_with_its_sheet() -> None:
    with pytest.raises(InvalidFile, match=r"Scores!XFD1048576"):
        import_files({"far.xlsx": (HOSTILE / "bomb_far_cell.xlsx").read_bytes()})


def test_a_cell_longer_than_any_program_writes_is_refused_by_name() -> None:
    sheet = b'<a><row r="1"><c r="B1" t="str"><v>' + b"x" * 40_000 + b"</v></c></row></a>"
    with pytest.raises(InvalidFile, match=r"Scores!B1.* holds more than 32,767 characters"):
        import_files({"long.xlsx": _with_part("xl/worksheets/sheet1.xml", sheet)})


def test_more_parts_than_any_workbook_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_scan, "MAX_MEMBERS", 5)
    with pytest.raises(InvalidFile, match="more than 5 parts"):
        import_files({"many.xlsx": (HOSTILE / "ok_book.xlsx").read_bytes()})


def test_rows_and_cells_without_numbers_follow_each_other() -> None:
    part = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(HOSTILE / "ok_book.xlsx").read(part)
    bare = re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", sheet)
    assert b' r="' in sheet
    assert b' r="' not in bare
    numbered = import_files({"book.xlsx": (HOSTILE / "ok_book.xlsx").read_bytes()})
    assert import_files({"book.xlsx": _with_part(part, bare)}) == numbered
    wrong = bare.replace(b"<c><v>8.0</v></c>", b"<c><v>8_0</v></c>", 1)
    assert wrong != bare
    with pytest.raises(InvalidFile, match="Scores!D3: value '8_0' is not a plain number"):
        import_files({"book.xlsx": _with_part(part, wrong)})


def test_an_empty_text_as_the_result_of_a_formula_is_a_blank_cell() -> None:
    with zipfile.ZipFile(HOSTILE / "book_formula_uncached.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    resolved = sheet.replace(b'<c r="D3"><f>2+3</f>', b'<c r="D3" t="str"><f>2+3</f><v></v>')
    assert resolved != sheet
    result = import_files({"book.xlsx": _with_part("xl/worksheets/sheet1.xml", resolved)})
    assert [(notice.code, notice.place.cell) for notice in result.notices] == [("MISSING", "D3")]


def _mutations(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(mutated))
            match chance.randrange(3):
                case 0:
                    mutated[place] = chance.randrange(256)
                case 1:
                    del mutated[place : place + chance.randint(1, 40)]
                case _:
                    mutated[place:place] = chance.randbytes(chance.randint(1, 8))
        yield bytes(mutated)


def _unpacked(name: str) -> bytes:
    """The workbook stored without packing, so that mutations reach the XML inside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(HOSTILE / name) as source, zipfile.ZipFile(buffer, "w") as target:
        for member in source.namelist():
            target.writestr(member, source.read(member))
    return buffer.getvalue()


def _mutated_parts(count: int, seed: int) -> Iterator[bytes]:
    """Whole zips with right check sums around parts that were mutated."""
    book = "book_merged.xlsx"
    with zipfile.ZipFile(HOSTILE / book) as archive:
        parts = archive.namelist()
        for number, part in zip(range(count), parts * count, strict=False):
            [mutated] = _mutations(archive.read(part), 1, seed + number)
            yield _with_part(part, mutated, book)


def _survives(files: dict[str, bytes]) -> None:
    """Imported or refused; whatever else is raised fails the test."""
    with suppress(InvalidFile):
        import_files(files)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(tries(3, 1)))
def test_no_mutated_workbook_raises_anything_but_its_problems(seed: int) -> None:
    many = tries(60, 20)
    for data in _mutations((HOSTILE / "ok_book.xlsx").read_bytes(), many, seed):
        _survives({"book.xlsx": data})
    for data in _mutations(_unpacked("ok_book.xlsx"), many, seed):
        _survives({"book.xlsx": data})
    for data in _mutated_parts(many, seed):
        _survives({"book.xlsx": data})


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["ok_propositions.csv", "enc_utf16.csv", "dialect_sep_line.csv", "name_newline.csv"]
)
def test_no_mutated_csv_file_raises_anything_but_its_problems(name: str) -> None:
    segments = (HOSTILE / "ok_segments.csv").read_bytes()
    for data in _mutations((HOSTILE / name).read_bytes(), tries(150, 50), 11):
        _survives({"scores.csv": data, "segments.csv": segments})


def test_merged_cells_without_end_are_refused() -> None:
    with zipfile.ZipFile(HOSTILE / "book_merged.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    many = sheet.replace(b'<mergeCell ref="A2:A5"/>', b'<mergeCell ref="A1:XFD1048576"/>' * 2_000)
    with pytest.raises(InvalidFile, match="more than 100,000 merged cells"):
        import_files({"book.xlsx": _with_part("xl/worksheets/sheet1.xml", many)})


DISCIPLINES = "innovation,operational_excellence,social_purpose,customer_intimacy"


def test_a_small_file_that_spans_millions_of_scores_is_refused() -> None:
    segments = f"segment,size,{DISCIPLINES}\n" + "".join(f"S{i},1,25,25,25,25\n" for i in range(2_000))
    scores = f"proposition,segment,{DISCIPLINES}\n" + "".join(f"P{i},,1,2,3,4\n" for i in range(2_000))
    with pytest.raises(InvalidFile, match=r"make 16,000,000 scores, at most 100,000"):
        import_files({"segments.csv": segments.encode(), "scores.csv": scores.encode()})


def test_thousands_of_unknown_names_are_told_in_one_line() -> None:
    listed = "proposition\n" + "".join(f"P{i}\n" for i in range(2_000))
    scores = f"proposition,segment,{DISCIPLINES}\n" + "".join(f"Q{i},Nordics,1,2,3,4\n" for i in range(2_000))
    segments = (HOSTILE / "ok_segments.csv").read_bytes()
    with pytest.raises(InvalidFile) as error:
        import_files(
            {"segments.csv": segments, "propositions.csv": listed.encode(), "scores.csv": scores.encode()}
        )
    assert [str(problem) for problem in error.value.problems] == [
        "2,000 propositions in other sheets are not in the sheet Propositions, such as 'Q0'. Write them alike."
    ]
