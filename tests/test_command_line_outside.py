"""The command line where the world is not as it should be: full disks, taken ports, names that steer terminals."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.errors import visible
from valuemix.files.scenarios.scenario_file import load, save

BASE = str(ROOT / "scenarios" / "base-case.json")
FULL = Path("/dev/full")
FEW = ("--draws", "1000")
STEERING = "\x1b]0;PWNED\x07\x9b31m\u202e\nall is well"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.skipif(not FULL.exists(), reason="there is no disk that is always full")
# One place writes what any command says.
@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        *(pytest.param(w, marks=pytest.mark.nightly) for w in (["rank", BASE, "--json"], ["rank", BASE])),
    ],
)
def test_a_full_disk_is_told_in_one_line(words: list[str]) -> None:
    with FULL.open("w") as full:
        command = [sys.executable, "-c", "from valuemix.cli import main; main()", *words]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 1
    told = "the output cannot be written: No space left on device; free some space and ask again\n"
    assert ended.stderr == told


def test_a_port_in_use_is_told_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("app", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"port {port} is in use, perhaps by another valuemix; end it, or choose")
    assert "--port" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("check", "{}.json"), ("rank", "{}.xlsx"), ("rank", BASE, "{}"), ("rank", BASE, "--segment", "{}")],
)
def test_no_name_on_the_command_line_steers_the_terminal(words: tuple[str, ...]) -> None:
    result = run(*(word.format(STEERING) for word in words))
    assert result.exit_code != 0
    assert "PWNED" in result.stderr
    for line in result.output.splitlines():
        assert visible(line) == line
        assert not line.startswith("all is well")


def test_the_name_of_a_file_that_is_fine_does_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / f"{STEERING}.json"
    shutil.copy(BASE, path)
    result = run("check", str(path))
    assert result.exit_code == 0
    assert r"\u001b]0;PWNED\u0007\u009b31m\u202e\u000aall is well.json is valid." in result.stdout
    made = tmp_path / f"{STEERING}.xlsx"
    assert r"\u202e\u000aall is well.xlsx" in run("template", "-o", str(made)).stderr


def test_ranges_that_are_not_there_are_said(tmp_path: Path) -> None:
    told = "score ranges were asked for, but no score has a low or high end."
    bare = tmp_path / "bare.json"
    save(load(BASE).replace(low=None, high=None), bare)
    assert told in run("robustness", str(bare), "--ranges", *FEW).stdout
    assert told not in run("robustness", str(bare), *FEW).stdout
    assert told not in run("robustness", BASE, "--ranges", *FEW).stdout
    result = run("robustness", str(bare), "--ranges", *FEW, "--json")
    assert json.loads(result.stdout)
    assert result.stderr == f"notice: {told}\n"
