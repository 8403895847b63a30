"""The command that chooses a set: one document, one text, and a refusal in one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.files.scenarios.scenario_file import load, save


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    base = load(ROOT / "scenarios" / "base-case.json")
    costs = zip(base.propositions, (260, 180, 140, 120, 90, None), strict=True)
    costly = base.replace(propositions=[part.model_copy(update={"cost": cost}) for part, cost in costs])
    return str(save(costly, Path(tmp_path_factory.mktemp("choose")) / "costs.json"))


def test_choose_prints_one_document_whose_parts_agree(case: str) -> None:
    result = CliRunner().invoke(main, ["choose", case, "--budget", "300", "--json"])
    found = json.loads(result.stdout)
    last = found["frontier"][-1]
    assert (last["set"], last["value"], last["cost"]) == (found["set"], found["value"], found["cost"])
    assert found["cost"] <= 300
    assert [*found["core"]] == [*load(case).proposition_names]
    lost = [row["segment"] for row in found["coverage"] if row["value"] < row["best_value"]]
    assert found["left_out"] == lost != []


def test_choose_says_the_set_whom_it_leaves_out_and_which_costs_are_not_known(case: str) -> None:
    shown = CliRunner().invoke(main, ["choose", case, "--budget", "300"]).stdout
    assert shown.startswith("The best set within a budget of 300\N{NO-BREAK SPACE}thousand euros is ")
    assert "it leaves out" in shown.splitlines()[0]
    assert "No cost is known of Co-design lab, which counts as 0." in shown


def test_a_budget_that_limits_nothing_is_refused_in_one_message() -> None:
    result = CliRunner().invoke(
        main, ["choose", str(ROOT / "scenarios" / "airport-survey-sfo-2017.json"), "--budget", "3"]
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert "fill in the column cost" in result.stderr
