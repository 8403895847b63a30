"""Respondents stay where they are: nothing of a row is in any file that is written."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from respondent_tables import respondents, roles, written

import valuemix as vm
from valuemix.cli import main

PLANTED = ("planted-7f3a91", "2.718281828", "Ada Planted")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = respondents().astype({"0_innovation": float})
    rows.loc[7, "0_innovation"] = float(PLANTED[1])
    rows.insert(0, "id", [PLANTED[0] if n == 7 else f"r{n}" for n in range(len(rows))])
    rows["comment"] = PLANTED[2]
    return written(rows, tmp_path_factory.mktemp("in"))


def texts_of(file: Path) -> bytes:
    """What is in a file, unpacked where it is a zip."""
    data = file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            data += b"".join(archive.read(name) for name in archive.namelist())
    return data


def test_no_value_of_a_respondent_is_in_any_file_or_message(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))
    monkeypatch.chdir(tmp_path)
    map_file = tmp_path / "map.json"
    own = roles(id="id")
    at = {
        "proposition": "Green line",
        "discipline": "innovation",
        "column": "0_innovation",
        "moment": "Order",
    }
    own["ratings"] = [*own["ratings"], at]  # type: ignore[misc]
    map_file.write_text(json.dumps(own), encoding="utf-8")
    words = ["survey", str(table), "--map", str(map_file), "-o", "case.json"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    scenario = vm.load("case.json")
    vm.export.workbook(scenario, tmp_path / "book.xlsx")
    vm.export.deck([vm.exhibits.ranking(scenario)], tmp_path / "board.pptx")
    document = CliRunner().invoke(main, [*words, "--overwrite", "--json"])
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.name for file in files} == {"case.json", "map.json", "book.xlsx", "board.pptx"}
    for planted in PLANTED:
        assert planted in table.read_text("utf-8")
        assert planted not in result.output + document.output
        for file in files:
            assert planted.encode() not in texts_of(file), file.name
