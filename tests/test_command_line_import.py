"""The command that takes any table in: what it tells, asks and writes, and how a map answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.files.scenarios.scenario_file import load

SHAPES = ROOT / "tests" / "data" / "faults" / "shapes"
MATRIX, BACKLOG = str(SHAPES / "1_decision_matrix.csv"), str(SHAPES / "4_rice_backlog.csv")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_matrix_is_imported_and_says_in_a_few_lines_what_it_was(tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    result = run("import", MATRIX, "-o", str(out))
    assert result.exit_code == 0, result.stderr
    assert "Your own totals agree (3 of 3)." in result.stderr
    assert "--show-map tells" in result.stderr
    assert load(out).proposition_names == ("Vendor North", "Vendor East", "Vendor West")


def test_the_map_is_told_without_writing_anything(tmp_path: Path) -> None:
    result = run("import", MATRIX, "--show-map")
    assert result.exit_code == 0
    assert "'Weight' is taken for the weights." in result.stdout
    assert "'Weighted total' is left out: totals are computed anew." in result.stdout
    assert run("import", MATRIX).exit_code == 2
    assert not [*tmp_path.iterdir()]


def test_an_open_question_ends_with_exit_status_1_until_it_is_answered(tmp_path: Path) -> None:
    out, roles = tmp_path / "case.json", tmp_path / "roles.json"
    refused = run("import", BACKLOG, "-o", str(out))
    assert refused.exit_code == 1
    assert "1 question is open; nothing was imported." in refused.stderr
    assert "'high' (C4), 'XL' (E4)" in refused.stderr
    assert not out.exists()
    guessed = run("import", BACKLOG, "-o", str(out), "--yes")
    assert guessed.exit_code == 0
    roles.write_text('{"words": {"high": 2, "XL": 10}}', encoding="utf-8")
    answered = run("import", BACKLOG, "-o", str(out), "--map", str(roles), "--overwrite")
    assert answered.exit_code == 0, answered.stderr


def test_the_map_as_json_is_one_document_that_is_taken_back(tmp_path: Path) -> None:
    printed = run("import", MATRIX, "--json")
    document = json.loads(printed.stdout)
    assert (document["shape"], document["columns_are"], document["roles"]["Weight"]) == (
        1,
        "criteria",
        "weight",
    )
    roles = tmp_path / "roles.json"
    roles.write_text(printed.stdout, encoding="utf-8")
    out = tmp_path / "case.json"
    assert run("import", MATRIX, "--map", str(roles), "-o", str(out)).exit_code == 0


def test_a_corrected_role_is_followed(tmp_path: Path) -> None:
    roles, out = tmp_path / "roles.json", tmp_path / "case.json"
    roles.write_text('{"roles": {"Support": "left out"}}', encoding="utf-8")
    assert run("import", MATRIX, "--map", str(roles), "-o", str(out)).exit_code == 0
    assert [d.name for d in load(out).disciplines] == ["Delivery", "Quality", "Price fit"]


def test_check_keeps_to_our_own_sheets() -> None:
    result = run("check", MATRIX)
    assert result.exit_code == 1
    assert "segments" in result.stderr


@pytest.mark.parametrize("text", ["nothing", '{"role": {}}', "[]"])
def test_a_map_that_is_none_is_one_message(tmp_path: Path, text: str) -> None:
    roles = tmp_path / "roles.json"
    roles.write_text(text, encoding="utf-8")
    result = run("import", MATRIX, "--show-map", "--map", str(roles))
    assert result.exit_code == 1
    assert result.stderr.startswith("roles.json: ")
    assert "a map is JSON with any of these fields: shape, columns_are, roles" in result.stderr
