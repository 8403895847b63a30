"""The command that reads respondents: its document, its text, and what ends it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from respondent_tables import DISCIPLINES, PROPOSITIONS, respondents, roles, written

from valuemix.cli import main
from valuemix.files.scenarios.scenario_file import load


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


@pytest.fixture
def asked(tmp_path: Path) -> list[object]:
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps(roles()), encoding="utf-8")
    table = written(respondents(), tmp_path)
    return ["survey", table, "--map", map_file, "-o", tmp_path / "case.json"]


def test_the_document_has_estimates_errors_and_covariance_in_full(
    asked: list[object], tmp_path: Path
) -> None:
    result = run(*asked, "--json")
    assert (result.exit_code, result.stderr) == (0, f"Saved answers as {tmp_path / 'case.json'}.\n")
    document = json.loads(result.stdout)
    assert (document["respondents"], document["weights_from"]) == (120, "stated")
    for name in ("Families", "Business"):
        segment, covariance = document["segments"][name], document["covariance"][name]
        matrix = np.array(covariance["matrix"])
        assert segment.keys() == {"n", "n_effective", "size", "weights", "scores", "choose"}
        assert sum(weight["mean"] for weight in segment["weights"].values()) == pytest.approx(1)
        assert sum(segment["choose"].values()) == pytest.approx(1)
        order = [f"weights:{d}" for d in DISCIPLINES]
        order += [f"scores:{p}:{d}" for p in PROPOSITIONS for d in DISCIPLINES]
        assert covariance["order"] == [*order, "size"]
        assert segment["scores"]["Express"]["innovation"].keys() == {"mean", "se", "n"}
        place = order.index("scores:Express:innovation")
        assert segment["scores"]["Express"]["innovation"]["se"] == pytest.approx(
            np.sqrt(matrix[place, place])
        )
    assert document["leads"]["overall"]["degree"] in ("clear", "likely", "open")


def test_the_case_that_is_saved_holds_the_same_numbers_with_their_intervals(
    asked: list[object], tmp_path: Path
) -> None:
    document = json.loads(run(*asked, "--json").stdout)
    scenario = load(tmp_path / "case.json")
    for g, name in enumerate(scenario.segment_names):
        told = [
            [cell["mean"] for cell in row.values()] for row in document["segments"][name]["scores"].values()
        ]
        np.testing.assert_allclose(scenario.array("scores")[g], told, rtol=1e-11)
    assert (scenario.array("low") < scenario.array("scores")).all()
    assert (scenario.array("high") > scenario.array("scores")).all()


def test_people_read_who_was_asked_who_is_ahead_and_how_sure_that_is(asked: list[object]) -> None:
    shown = run(*asked).stdout
    assert shown.startswith("120 respondents\n  sizes are counts of respondents\n")
    assert "95 % interval" in shown
    assert shown.count("Among those asked") == 3


def test_answers_go_into_a_case_and_a_case_that_is_there_is_kept(asked: list[object], tmp_path: Path) -> None:
    assert run(*asked).exit_code == 0
    again = run(*asked)
    assert (again.exit_code, "replace it with --overwrite" in again.stderr) == (1, True)
    into = [*asked[:-1], tmp_path / "next.json", "--into", tmp_path / "case.json", "--wave", "2026-05-01"]
    assert run(*into).exit_code == 0
    assert load(tmp_path / "next.json").evidence.asked == "2026-05-01"


def test_a_mistake_is_one_message_and_nothing_is_written(asked: list[object], tmp_path: Path) -> None:
    Path(str(asked[3])).write_text(json.dumps(roles(segment="nowhere")), encoding="utf-8")
    result = run(*asked)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("unknown column 'nowhere'. Known: segment,")
    assert not (tmp_path / "case.json").exists()
