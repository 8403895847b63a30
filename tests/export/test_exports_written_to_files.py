"""The public functions: files of the kind that their names promise, whole, and nothing lost silently."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from sample_scenarios import made

import valuemix as vm
from valuemix.errors import FileIsThere, InvalidFile, StorageError
from valuemix.export.pptx.template.package import MAX_BYTES

STARTS = {"pptx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE html>"}


@pytest.fixture(scope="module")
def scenario() -> vm.Scenario:
    return made(3, 2)


@pytest.fixture(scope="module")
def exhibits(scenario: vm.Scenario) -> list[vm.exhibits.Exhibit]:
    return [vm.exhibits.ranking(scenario), vm.exhibits.leaders(scenario)]


def write(ending: str, path: Path, scenario: vm.Scenario, exhibits: list[vm.exhibits.Exhibit]) -> Path:
    if ending == "xlsx":
        return vm.export.workbook(scenario, path)
    return {"pptx": vm.export.deck, "html": vm.export.report}[ending](exhibits, path)


@pytest.mark.parametrize("ending", STARTS)
def test_a_file_is_written_once_and_stays(
    ending: str, tmp_path: Path, scenario: vm.Scenario, exhibits: list[vm.exhibits.Exhibit]
) -> None:
    path = tmp_path / f"board.{ending}"
    assert write(ending, path, scenario, exhibits) == path
    assert path.read_bytes().startswith(STARTS[ending])
    with pytest.raises(FileIsThere, match="overwrite=True"):
        write(ending, path, scenario, exhibits)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", STARTS)
@pytest.mark.parametrize("name", ["board", "board.json", "board.pptx.bak"])
def test_a_name_that_promises_something_else_is_refused(
    ending: str, name: str, tmp_path: Path, scenario: vm.Scenario, exhibits: list[vm.exhibits.Exhibit]
) -> None:
    with pytest.raises(StorageError, match=rf"ends in \.{ending}"):
        write(ending, tmp_path / name, scenario, exhibits)


def test_a_template_that_is_too_large_says_how_to_make_it_smaller(
    tmp_path: Path, exhibits: list[vm.exhibits.Exhibit]
) -> None:
    template = tmp_path / "house.pptx"
    with template.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(
        InvalidFile, match=r"house\.pptx: the file has more than 60 MB\. Compress its pictures"
    ):
        vm.export.deck(exhibits, tmp_path / "board.pptx", template=template)
    assert not (tmp_path / "board.pptx").exists()


def test_a_picture_that_is_no_picture_is_refused(tmp_path: Path, exhibits: list[vm.exhibits.Exhibit]) -> None:
    with pytest.raises(StorageError, match=r"ends in \.png, \.svg or \.pdf; choose .* chart\.png"):
        vm.export.picture(exhibits[0], tmp_path / "chart.gif")


def test_a_missing_folder_is_named_before_anything_is_made(
    tmp_path: Path, exhibits: list[vm.exhibits.Exhibit]
) -> None:
    told: list[int] = []
    with pytest.raises(StorageError, match="the folder does not exist"):
        vm.export.report(exhibits, tmp_path / "no" / "r.html", progress=lambda done, _: told.append(done))
    assert told == []


def test_no_exhibit_makes_no_file(tmp_path: Path) -> None:
    for write_one in (vm.export.deck, vm.export.report):
        with pytest.raises(vm.ValuemixError, match="no exhibit to export"):
            write_one([], tmp_path / ("a.pptx" if write_one is vm.export.deck else "a.html"))
    assert list(tmp_path.iterdir()) == []


def test_the_functions_stay_functions_and_the_libraries_load_when_they_are_used() -> None:
    code = """
import sys, valuemix as vm
vm.export.deck
heavy = {"pptx", "xlsxwriter", "plotly", "kaleido", "pandas", "streamlit"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    for name in ("pptx", "workbook", "report.report", "picture"):
        importlib.import_module(f"valuemix.export.{name}")
    assert all(callable(getattr(vm.export, name)) for name in vm.export.__all__)
