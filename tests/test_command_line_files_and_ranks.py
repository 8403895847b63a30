"""The commands that read and write files and rank: names that fit, ways out that work, values told apart."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from nightly import tries
from random_scenarios import scenarios
from sample_scenarios import ROOT

from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.documents.documents import rank_text
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.tables.importer import read_workbook
from valuemix.model.scenario import Scenario

BASE = str(ROOT / "scenarios" / "base-case.json")
BOOK = str(ROOT / "scenarios" / "sfo_2017.xlsx")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_comparison_becomes_a_workbook_where_one_is_named(tmp_path: Path) -> None:
    book = tmp_path / "compared.xlsx"
    made = run("compare", BASE, "-o", str(book))
    assert (made.exit_code, made.stdout, made.stderr) == (0, "", f"Wrote {book}.\n")
    assert book.read_bytes()[:2] == b"PK"
    assert "--overwrite" in run("compare", BASE, "-o", str(book)).stderr


@pytest.mark.parametrize(
    ("words", "wrong", "right"),
    [
        (["import", BOOK], "out.xlsx", "out.json"),
        (["template"], "out.txt", "out.xlsx"),
    ],
)
def test_a_name_that_promises_another_kind_of_file_is_refused(
    tmp_path: Path, words: list[str], wrong: str, right: str
) -> None:
    result = run(*words, "-o", str(tmp_path / wrong))
    assert result.exit_code == 1
    assert f"choose a name such as {right}" in result.stderr
    assert not [*tmp_path.iterdir()]
    assert run(*words, "-o", str(tmp_path / right)).exit_code == 0
    read = load if right.endswith(".json") else read_workbook
    assert read(tmp_path / right).propositions


def test_the_examples_are_copied_once_and_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "scenarios"
    assert run("examples", "-o", str(folder)).exit_code == 0
    assert (folder / "base-case.json").read_bytes() == Path(BASE).read_bytes()
    assert (folder / "sfo_2017.xlsx").read_bytes() == Path(BOOK).read_bytes()
    again = run("examples", "-o", str(folder))
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    assert run("examples", "-o", str(folder), "--overwrite").exit_code == 0


def test_a_file_that_is_there_is_replaced_by_the_option_that_the_message_names(tmp_path: Path) -> None:
    asked = ("import", BOOK, "-o", str(tmp_path / "out.json"))
    assert run(*asked).exit_code == 0
    refused = run(*asked)
    assert (refused.exit_code, "replace it with --overwrite" in refused.stderr) == (1, True)
    assert run(*asked, "--overwrite").exit_code == 0


def test_asking_for_overall_as_a_segment_is_told_the_way() -> None:
    for command in ("rank", "tradeoffs", "robustness"):
        result = run(command, BASE, "--segment", "Overall")
        assert result.exit_code == 1
        assert "Leave the segment out to see the overall value." in result.stderr
    assert "\nOverall\n" in run("rank", BASE).stdout


def test_the_ranking_ends_with_the_lead() -> None:
    assert (
        run("rank", BASE, "--segment", "Enterprise")
        .stdout.splitlines()[-2]
        .startswith("No leader can be told in Enterprise: Predictive uptime is ahead by ")
    )
    names = {"propositions": ["A", "B", "C"]}
    close = evaluate(Scenario.from_arrays([[5, 5], [5, 5.00004], [1, 1]], **names))
    assert rank_text(close).splitlines()[-5:-1] == [
        "  1  B  5.00",
        "  2  A  5.00",
        "  3  C  1.00",
        "No leader can be told overall: B is ahead by less than 0.01 over A",
    ]
    known = close.scenario.with_settings(doubt={"weights_within": 0, "scores_within": 0})
    assert rank_text(evaluate(known)).splitlines()[-2:] == [
        "B leads overall by less than 0.01 over A",
        "(no weight, score or size is taken to be in doubt)",
    ]
    shared = evaluate(Scenario.from_arrays([[5, 5], [5, 5], [1, 1]], **names))
    lead, note = rank_text(shared).splitlines()[-2:]
    assert lead == "A and B share the lead by 4.0 over C"
    assert note.startswith("(A and B are each above C in ")
    # A tie makes nothing surer than the lead of one of them would be.
    close = evaluate(Scenario.from_arrays([[5, 5], [5, 5], [4.9, 4.9]], **names))
    assert rank_text(close).splitlines()[-2] == "A and B tie, ahead by 0.1 over C, too close to call"
    same = evaluate(Scenario.from_arrays([[5, 5], [5, 5], [5, 5]], **names))
    assert rank_text(same).splitlines()[-1] == "A, B and C tie"
    assert rank_text(evaluate(Scenario.from_arrays([[5, 5]]))).splitlines()[-1] == "  1  Proposition 1  5.0"


@given(scenarios())
@settings(max_examples=tries(100, 10), deadline=None)
def test_the_terminal_prints_the_values_and_the_lead_of_the_ranking(scenario: Scenario) -> None:
    block, made = rank_text(evaluate(scenario)).split("\n\n")[-1].split("\n"), ranking(scenario)
    lines = block[1 : len(scenario.propositions) + 1]
    shown = [line.removesuffix(" *").rpartition("  ")[2] for line in lines]
    assert shown == [row.text.removesuffix("*") for row in made.chart.rows]
    lead = re.compile(r" (?:by )?((?:less than )?[\d.,]+\d)(?: ahead| over|, too|$)")
    printed = [*filter(None, map(lead.search, block[len(lines) + 1 :]))]
    assert [each[1] for each in printed[:1]] == [
        each[1] for each in [lead.search(made.finding)] if each and printed
    ]


def test_a_ranking_can_count_believed_scores_and_says_so() -> None:
    felt, believed = (
        json.loads(run("rank", BASE, "--json", *more).stdout) for more in ((), ("--view", "believed"))
    )
    assert (felt["view"], believed["view"]) == ("felt", "believed")
    assert felt["overall"] != believed["overall"]
    wrong = run("rank", BASE, "--view", "belived")
    assert wrong.exit_code == 1
    assert "did you mean 'believed'" in wrong.stderr.casefold()
