"""Workbooks of other programs, parquet and SPSS: read as any table, and told in one sentence where they cannot be."""

from __future__ import annotations

import datetime
import importlib.util
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet
import pyreadstat
import pytest
from nightly import sampled

import valuemix as vm
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.tables.formats import apart
from valuemix.files.tables.importer import import_files

DATA = Path(__file__).parents[1] / "data"
ROWS: list[list[object]] = [["", "Speed", "Care"], ["Weight", 60, 40], ["A", 3, 5], ["B", 4, 2]]
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_BOMB = (
    '<table:table-row table:number-rows-repeated="19000"><table:table-cell table:number-columns-repeated="3000" '
    'office:value-type="float" office:value="1"/></table:table-row>'
)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = escape(str(value))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods(sheets: dict[str, list[list[object]]], more: str = "") -> bytes:
    tables = ""
    for name, rows in sheets.items():
        cells = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
        tables += f'<table:table table:name="{name}">{cells}{more}</table:table>'
    names = "".join(f' xmlns:{part}="{_URN}:{part}:1.0"' for part in ("office", "table", "text"))
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{_URN}:manifest:1.0"/>')
    return data.getvalue()


def parquet(table: pyarrow.Table | pd.DataFrame) -> bytes:
    data = io.BytesIO()
    if isinstance(table, pd.DataFrame):
        table.to_parquet(data)
    else:
        pyarrow.parquet.write_table(table, data)
    return data.getvalue()


def sav(path: Path, frame: pd.DataFrame, **labels: object) -> bytes:
    pyreadstat.write_sav(frame, path, **labels)
    return path.read_bytes()


def read(file: str, data: bytes) -> list[tuple[str, ...]]:
    [table] = apart.read_sheets(data, file, lambda titles: titles).tables.values()
    return [row.texts for row in table.rows]


def refused(file: str, data: bytes) -> str:
    with pytest.raises(vm.ValuemixError) as found:
        recognise_files({file: data})
    return str(found.value)


def test_an_opendocument_table_is_recognised() -> None:
    blank_end = (
        '<table:table-row table:number-rows-repeated="1048572">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    scenario = recognise_files({"offers.ods": ods({"Offers": ROWS}, blank_end)}).scenario()
    assert scenario.weights.tolist() == [pytest.approx([0.6, 0.4])]
    assert [*scenario.scores["Everyone"]["A"].values()] == [3, 5]


def test_our_sheets_in_an_opendocument_file_keep_their_rules() -> None:
    ids = ("innovation", "operational_excellence", "social_purpose", "customer_intimacy")
    segments: list[list[object]] = [["segment", "size", *ids], ["All", 1, 40, 30, 20, 10]]
    scores: list[list[object]] = [
        ["proposition", "segment", "discipline", "score"],
        *(["Express", "All", d, 8] for d in ids),
    ]
    book = {"segments": segments, "scores": scores}
    assert import_files({"book.ods": ods(book)}).scenario.proposition_names == ("Express",)
    scores[2][3] = "x"
    with pytest.raises(vm.ValuemixError, match=r"^book\.ods, scores!D3, column score: value 'x'"):
        import_files({"book.ods": ods(book)})


def test_parquet_keeps_the_index_of_pandas_and_short_numbers() -> None:
    frame = pd.DataFrame({"Speed": np.array([0.3, 4], "float32"), "Care": [True, None]}, index=["A", "=B"])
    assert read("offers.parquet", parquet(frame)) == [
        ("", "Speed", "Care"),
        ("A", "0.3", "TRUE"),
        ("=B", "4", ""),
    ]


def test_spss_codes_are_labels_where_each_has_one_and_numbers_on_a_scale(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "seg": [1.0, 2, 1],
            "q1": [1.0, 5, np.nan],
            "q2": [1.0, 2, 1],
            "day": [datetime.date(2026, 1, 2)] * 3,
            "said": ["ü", "=1+1", ""],
        }
    )
    data = sav(
        tmp_path / "a.sav",
        frame,
        column_labels={"q1": "Speed", "q2": "Speed", "seg": "Segment"},
        variable_value_labels={"seg": {1: "Small", 2: "Large"}, "q1": {1: "low", 5: "high"}, "q2": {1: "no"}},
        variable_measure={"q1": "ordinal"},
    )
    assert read("a.sav", data) == [
        ("Segment", "q1", "q2", "day", "said"),
        ("Small", "1", "1", "2026-01-02", "ü"),
        ("Large", "5", "2", "2026-01-02", "=1+1"),
        ("Small", "", "1", "2026-01-02", ""),
    ]


@pytest.mark.parametrize(
    ("file", "data", "told"),
    [
        ("a.xls", b"<html><table>", "this is a web page, not an old Excel file (.xls). Open it where it came"),
        ("a.xls", b"a,b\n1,2", "this is plain text, not an old Excel file (.xls). Rename it to .csv."),
        ("a.xls", ods({"A": []}), "this is an OpenDocument file (.ods or .odt), not an old Excel file (.xls). Rename"),
        ("a.ods", b"", "the file is empty. Save it again"),
        ("a.ods", ods({"A": ROWS})[:300], "the file is damaged, cut off, or claims far more cells"),
        pytest.param("a.parquet", b"PAR1 cut", "the file is damaged, cut off", marks=pytest.mark.nightly),  # as .sav
        ("a.sav", b"$FL2@(#) cut", "the file is damaged, cut off"),
        ("a.sav", b"PAR1", "this is a parquet file, not an SPSS file (.sav). Rename it to .parquet."),
        ("a.parquet", parquet(pd.DataFrame({"tags": [[1, 2]]})), "the column 'tags' holds lists or records"),
        ("a.parquet", parquet(pd.DataFrame({"a": range(20_001)})), "it holds too much: 20,002 rows, at most 20,000"),
        pytest.param(  # as the rows
            "a.parquet", parquet(pd.DataFrame([range(65)])), "it holds too much: 65 columns, at most 64",
            marks=pytest.mark.nightly,
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(file: str, data: bytes, told: str) -> None:
    assert refused(file, data).startswith(f"{file}: {told}")


# Either is stopped by the memory that its reader may take.
@pytest.mark.parametrize(
    "bomb",
    sampled([
        ("bomb.ods", ods({"A": ROWS}, _BOMB)),
        (
            "bomb.parquet",
            parquet(pyarrow.table({"a": pyarrow.DictionaryArray.from_arrays([0] * 19_000, ["x" * 30_000])})),
        ),
    ]),
    ids=lambda bomb: bomb[0],
)  # fmt: skip
def test_a_small_file_that_unfolds_is_stopped_apart(bomb: tuple[str, bytes]) -> None:
    file, data = bomb
    assert len(data) < 100_000
    told = refused(file, data)
    assert told.startswith(f"{file}: ")
    assert "with the tables alone" in told


def test_a_reader_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "child.py").write_text(
        'import time\nprint(\'{"sheet": "A"}\', flush=True)\ntime.sleep(600)\n'
    )
    monkeypatch.setattr(apart, "__file__", str(tmp_path / "apart.py"))
    with (
        (tmp_path / "a.ods").open("wb+") as source,
        pytest.raises(
            vm.ValuemixError, match=r"a\.ods: reading it took longer than 1 seconds and was stopped"
        ),
    ):
        list(apart.lines_apart(source, "a.ods", ".ods", apart.Limits(seconds=1)))


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert 'pip install "valuemix[spss]"' in refused("a.sav", b"$FL2")


# LibreOffice wrote the file that is kept; at night it writes it anew.
@pytest.mark.parametrize(
    "made", ["kept", pytest.param("anew", marks=[pytest.mark.nightly, pytest.mark.office, pytest.mark.slow])]
)
def test_an_old_excel_file_is_recognised(tmp_path: Path, made: str) -> None:
    path = DATA / "offers.xls" if made == "kept" else old_excel(tmp_path)
    scenario = vm.recognise(path).scenario()
    assert scenario.weights.tolist() == [pytest.approx([0.6, 0.4])]
    assert scenario.proposition_names == ("A", "B")


def old_excel(folder: Path) -> Path:
    pd.DataFrame(ROWS).to_excel(folder / "offers.xlsx", index=False, header=False)
    command = [shutil.which("soffice") or "", f"-env:UserInstallation=file://{folder}/office", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xls", "--outdir", folder, folder / "offers.xlsx"],
        check=True,
        capture_output=True,
    )
    return folder / "offers.xls"
